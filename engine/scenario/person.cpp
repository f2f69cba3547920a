#include "engine/scenario/person.hpp"

#include <sstream>
#include <vector>

namespace xueji {
namespace {

bool is_of_a_school(Role role) { return role == Role::registrar || role == Role::head; }

std::vector<std::string> words_of(std::string_view text) {
  std::istringstream stream{std::string(text)};
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

}  // namespace

std::optional<PersonWord> parse_person(std::string_view text) {
  PersonWord person;
  auto words = words_of(text);
  if (words.size() > 1 && (words.front() == "second" || words.front() == "other")) {
    person.which = words.front() == "second" ? Which::second : Which::other;
    words.erase(words.begin());
  }
  if (words.empty() || words.size() > 2) return std::nullopt;
  const auto role = parse_role(words.back());
  if (!role || *role == Role::system) return std::nullopt;
  person.role = *role;
  if (words.size() == 1) return is_of_a_school(*role) ? std::optional(person) : std::nullopt;
  const auto level = parse_level(words.front());
  if (!level || (*level == Level::school) != is_of_a_school(*role)) return std::nullopt;
  person.level = *level;
  return person;
}

std::string to_string(const PersonWord& person) {
  std::string text = person.which == Which::second ? "second " : person.which == Which::other ? "other " : "";
  if (person.level != Level::school) text += std::string(to_string(person.level)) + " ";
  return text + std::string(to_string(person.role));
}

}  // namespace xueji
