#include "adapters/central/population.hpp"

#include <boost/json.hpp>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "engine/registry/numbers.hpp"

namespace xueji {
namespace {

Population from_tsv(std::istream& input, const std::string& file) {
  Population population;
  std::string line;
  for (int number = 1; std::getline(input, line); ++number) {
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty() || line.front() == '#') continue;
    const auto tab = line.find('\t');
    if (tab == 0 || tab == std::string::npos || tab + 1 == line.size())
      throw std::runtime_error(file + ":" + std::to_string(number) +
                               ": error: not `id_number<TAB>name`; write one person a line");
    population.add(line.substr(0, tab), line.substr(tab + 1));
  }
  return population;
}

Population from_json(const std::string& text, const std::string& file) {
  try {
    Population population;
    const auto people = boost::json::parse(text);
    for (const auto& person : people.as_array())
      population.add(std::string(person.at("idNumber").as_string()), std::string(person.at("name").as_string()));
    return population;
  } catch (const std::exception&) {
    throw std::runtime_error(file + ":1: error: not a JSON array of {\"idNumber\", \"name\"}; correct it or use TSV");
  }
}

}  // namespace

Population Population::read(const std::filesystem::path& file) {
  std::ifstream input(file, std::ios::binary);
  if (!input)
    throw std::runtime_error(file.string() +
                             ":1: error: the population file can't be read; give its path with --population");
  if (file.extension() != ".json") return from_tsv(input, file.string());
  return from_json({std::istreambuf_iterator<char>(input), {}}, file.string());
}

void Population::add(std::string id_number, std::string name) {
  names_.emplace(normalise_id_number(id_number), std::move(name));
}

std::string_view Population::compare(const std::string& id_number, std::string_view name) const {
  const auto person = names_.find(normalise_id_number(id_number));
  if (person == names_.end()) return "unknown";
  return person->second == name ? "match" : "mismatch";
}

}  // namespace xueji
