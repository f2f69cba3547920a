#include "cli/check_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <map>
#include <optional>
#include <set>

#include "cli/definition_files.hpp"
#include "cli/missing_warnings.hpp"
#include "cli/proving/proof_json.hpp"
#include "cli/setup/console.hpp"
#include "engine/definition/identity.hpp"
#include "engine/definition/loader.hpp"
#include "engine/machine/migration.hpp"
#include "engine/machine/openings.hpp"
#include "engine/machine/variants.hpp"
#include "engine/verify/verify.hpp"
#include "web/json/json_writer.hpp"

namespace xueji {
namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;

/// One file: what it is, and what was found out about it.
struct Checked {
  std::string file;
  std::optional<Definition> definition;
  Calendar calendar;
  std::vector<Fault> faults;  ///< of reading it; then there is nothing to verify
  Verification verification;
  Milliseconds took{0};
  bool in_folder = false;  ///< of whose files all are checked

  bool good() const { return faults.empty() && verification.violations.empty(); }
};

Checked read(const std::string& file, const std::string& content, const std::string& given_calendar) {
  Checked checked;
  checked.file = file;
  auto loaded = load_definition(content, file);
  if (auto* faults = std::get_if<std::vector<Fault>>(&loaded)) return checked.faults = std::move(*faults), checked;
  auto calendar = calendar_for(file, given_calendar);
  if (auto* faults = std::get_if<std::vector<Fault>>(&calendar)) return checked.faults = std::move(*faults), checked;
  checked.definition = std::get<Definition>(std::move(loaded));
  checked.calendar = std::get<Calendar>(std::move(calendar));
  return checked;
}

/// Each beside its older versions among them.
void prove(std::vector<Checked>& all) {
  for (Checked& each : all) {
    if (!each.definition) continue;
    std::vector<const Definition*> older;
    for (const Checked& other : all)
      if (other.definition && is_older_version(*other.definition, *each.definition))
        older.push_back(&*other.definition);
    for (const Definition* version : older)
      for (Fault& fault : check_migration(*version, *each.definition)) each.faults.push_back(std::move(fault));
    if (!each.faults.empty()) continue;
    const auto started = std::chrono::steady_clock::now();
    each.verification = verify(*each.definition, each.calendar, older);
    each.took = std::chrono::steady_clock::now() - started;
  }
}

/// A version has one text; told with the later file.
void refuse_second_files(std::vector<Checked>& all) {
  for (std::size_t at = 0; at < all.size(); ++at) {
    if (!all[at].definition) continue;
    const Definition& definition = *all[at].definition;
    const auto first =
        std::find_if(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(at), [&](const Checked& each) {
          return each.definition && is_same_file(*each.definition, definition) &&
                 each.definition->version == definition.version && each.definition->sha256 != definition.sha256;
        });
    if (first != all.begin() + static_cast<std::ptrdiff_t>(at))
      all[at].faults.push_back(same_version_twice(definition, first->file));
  }
}

/// Files of one business that stand in each other's way, told with one of the two, and variants beyond the national
/// window.
void compare_variants(std::vector<Checked>& all) {
  std::vector<const Definition*> definitions;
  for (const Checked& each : all)
    if (each.definition) definitions.push_back(&*each.definition);
  for (Fault& fault : clashes_of(definitions)) {
    const auto with =
        std::find_if(all.begin(), all.end(), [&](const Checked& each) { return each.file == fault.file; });
    with->faults.push_back(std::move(fault));
  }
  for (Checked& each : all)
    for (Fault& fault : variants_beyond_the_window(definitions, each.calendar))
      if (each.definition && each.file == fault.file) each.faults.push_back(std::move(fault));
}

/// What they open, where a whole folder says which businesses there are.
void compare_openings(std::vector<Checked>& all) {
  std::vector<const Definition*> definitions;
  for (const Checked& each : all)
    if (each.definition) definitions.push_back(&*each.definition);
  for (Checked& each : all)
    if (each.definition && each.in_folder)
      for (Fault& fault : unfit_openings(*each.definition, definitions)) each.faults.push_back(std::move(fault));
}

/// What is missing is told once for each calendar.
std::vector<Violation> missing_for_all(const std::vector<Checked>& all, Date today) {
  std::map<std::string, std::vector<const Checked*>> by_calendar;
  for (const Checked& each : all)
    if (each.definition) by_calendar[each.calendar.file].push_back(&each);
  std::vector<Violation> warnings;
  for (const auto& [file, checked] : by_calendar) {
    std::vector<const Definition*> definitions;
    for (const Checked* each : checked) definitions.push_back(&*each->definition);
    auto more = warnings_of_missing(checked.front()->calendar, definitions, today);
    std::move(more.begin(), more.end(), std::back_inserter(warnings));
  }
  return warnings;
}

std::string figures(const Verification& verification, Milliseconds took) {
  const auto broken = verification.violations.size();
  const auto proved = verification.properties - std::min(broken, verification.properties);
  return fmt::format("{} states explored, {} properties proved{} in {:.1f} ms", verification.states, proved,
                     broken ? fmt::format(", {} violated", broken) : "", took.count());
}

void print(const Checked& checked) {
  for (const auto& fault : checked.faults) std::cerr << fault.to_string() << '\n';
  for (const auto& violation : checked.verification.violations) {
    std::cerr << to_string(violation) << '\n';
    if (!violation.path.empty()) std::cerr << "    path: " << to_string(violation.path) << '\n';
  }
  for (const auto& warning : checked.verification.warnings) std::cerr << to_string(warning) << '\n';
  if (checked.definition && checked.faults.empty())
    std::cout << fmt::format("{}: {} version {}: {}\n", checked.file, name_with_variant(*checked.definition),
                             checked.definition->version, figures(checked.verification, checked.took));
}

/// The figures of all together.
std::pair<Verification, Milliseconds> sum_of(const std::vector<Checked>& all) {
  std::pair<Verification, Milliseconds> sum;
  for (const auto& each : all) {
    sum.first.states += each.verification.states;
    sum.first.properties += each.verification.properties;
    sum.first.violations.insert(sum.first.violations.end(), each.verification.violations.begin(),
                                each.verification.violations.end());
    sum.second += each.took;
  }
  return sum;
}

void write_figures(web::JsonWriter& json, const Verification& verification, Milliseconds took) {
  json.member("states", verification.states).member("properties", verification.properties);
  json.key("milliseconds").raw(fmt::format("{:.3f}", took.count()));
}

/// What is wrong with all of them, then each one's figures. What keeps a file from being read has the rule `load`.
void print_json(const std::vector<Checked>& all, const std::vector<Violation>& missing) {
  web::JsonWriter json;
  json.begin_object().key("violations").begin_array();
  for (const Checked& each : all) {
    for (const Fault& fault : each.faults) write(json, {"load", fault, {}, Severity::violation, {}});
    for (const Violation& violation : each.verification.violations) write(json, violation);
    for (const Violation& warning : each.verification.warnings) write(json, warning);
  }
  for (const Violation& warning : missing) write(json, warning);
  json.end_array().key("definitions").begin_array();
  for (const Checked& each : all) {
    json.begin_object().member("file", each.file);
    if (each.definition)
      json.member("key", each.definition->key)
          .member("variant", each.definition->variant)
          .member("version", each.definition->version);
    write_figures(json, each.verification, each.took);
    json.end_object();
  }
  const auto [sum, took] = sum_of(all);
  json.end_array();
  write_figures(json, sum, took);
  json.end_object();
  std::cout << json.take() << '\n';
}

/// The files there that are not `known` yet, which they are then. Nothing where a path cannot be used, which has then
/// been said.
std::optional<std::vector<Checked>> check_path(const std::string& path, const std::string& calendar,
                                               std::set<std::filesystem::path>& known) {
  const auto files = definition_files(path);
  if (!files || files->empty()) {
    std::cerr << (files ? fmt::format("xueji check: {} holds no definition; definitions end in .yaml\n", path)
                        : fmt::format("xueji check: {} cannot be found; check the path\n", path));
    return std::nullopt;
  }
  std::vector<Checked> all;
  for (const auto& file : *files) {
    if (!known.insert(std::filesystem::weakly_canonical(file)).second) continue;
    const auto content = read_definition_file(file);
    if (!content) {
      std::cerr << fmt::format("xueji check: {} cannot be read; check that it exists and that you may read it\n",
                               file.string());
      return std::nullopt;
    }
    all.push_back(read(file.string(), *content, calendar));
    all.back().in_folder = std::filesystem::is_directory(path);
  }
  return all;
}

}  // namespace

int run_check(const CheckArguments& arguments, const Clock& clock) {
  if (arguments.paths.empty()) {
    std::cerr << "xueji check: no path given; name files or folders of definitions\n";
    return exit_usage;
  }
  bool usable = true;
  std::vector<Checked> all;
  std::set<std::filesystem::path> known;
  for (const auto& path : arguments.paths) {
    auto checked = check_path(path, arguments.calendar, known);
    usable = usable && checked;
    if (checked)
      all.insert(all.end(), std::make_move_iterator(checked->begin()), std::make_move_iterator(checked->end()));
  }
  refuse_second_files(all);
  compare_variants(all);
  compare_openings(all);
  prove(all);
  const auto missing = missing_for_all(all, china_date(clock.now()));
  if (arguments.json) {
    print_json(all, missing);
  } else if (!all.empty()) {
    for (const Checked& each : all) print(each);
    for (const Violation& warning : missing) std::cerr << to_string(warning) << '\n';
    const auto [sum, took] = sum_of(all);
    std::cout << fmt::format("{} definitions: {}\n", all.size(), figures(sum, took));
  }
  if (!usable) return exit_usage;
  return std::all_of(all.begin(), all.end(), [](const Checked& each) { return each.good(); }) ? exit_done : exit_fault;
}

}  // namespace xueji
