#include "engine/scenario/told_words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace xueji {

std::string joined(const std::vector<std::string>& words) {
  return words.empty() ? "nobody" : fmt::format("{}", fmt::join(words, ", "));
}

std::vector<std::string> sorted(std::vector<std::string> words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

std::vector<std::string> split(const std::string& list) {
  constexpr std::string_view between = ", ";
  std::vector<std::string> parts;
  std::size_t at = 0;
  for (auto next = list.find(between); next != std::string::npos; next = list.find(between, at)) {
    parts.push_back(list.substr(at, next - at));
    at = next + between.size();
  }
  parts.push_back(list.substr(at));
  return parts;
}

std::vector<std::string> numbers_of(const Student& student) {
  std::vector<std::string> numbers;
  for (const StudentNumber& each : student.numbers)
    numbers.push_back(fmt::format("{} {}", each.number, to_string(each.state)));
  if (numbers.empty()) numbers.emplace_back("none");
  return numbers;
}

std::string text_of(const std::vector<RegistryChange>& changes) {
  std::string text;
  for (const auto& change : changes)
    text +=
        fmt::format("{}{}: {} -> {}", text.empty() ? "" : "; ", change.member, change.old_text(), change.new_text());
  return text.empty() ? "nothing" : text;
}

}  // namespace xueji
