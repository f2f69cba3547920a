#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/guard_node.hpp"
#include "engine/definition/guard_paths.hpp"

namespace xueji {
namespace {

Text both(const std::string& text) { return {text, text}; }

Text joined(const std::vector<Text>& texts, const Text& between) {
  Text whole;
  for (const auto& text : texts) {
    if (!whole.zh.empty()) {
      whole.zh += between.zh;
      whole.en += between.en;
    }
    whole.zh += text.zh;
    whole.en += text.en;
  }
  return whole;
}

Text value_text(const GuardValue& value, const std::map<std::string, Text>& words) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    const auto word = words.find(*text);
    return word == words.end() ? both(*text) : word->second;
  }
  if (const auto* number = std::get_if<std::int64_t>(&value)) return both(std::to_string(*number));
  if (const auto* date = std::get_if<Date>(&value)) return both(to_string(*date));
  if (const auto* boolean = std::get_if<bool>(&value)) return *boolean ? Text{"是", "yes"} : Text{"否", "no"};
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
    if (list->empty()) return {"无", "none"};
    std::vector<Text> items;
    for (const auto& item : *list) items.push_back(value_text(item, words));
    return joined(items, {"、", ", "});
  }
  return {"未填写", "not filled in"};
}

Text title_of(const GuardNode& operand) {
  if (operand.kind == GuardKind::path) return operand.info.title;
  const Text inner = title_of(operand.parts[0]);
  if (operand.parts[0].type == GuardType::rows) return {inner.zh + "的行数", "The number of rows of: " + inner.en};
  if (operand.parts[0].type == GuardType::text_list) return {inner.zh + "的数目", "The number of: " + inner.en};
  return {inner.zh + "的字数", "The length of: " + inner.en};
}

/// The other side of a comparison: a literal as it is, a field by its title with its value.
Text other_side(const GuardNode& operand, const GuardNode& subject, const Guard::Lookup& lookup) {
  const Text value = value_text(guard_value(operand, lookup),
                                operand.kind == GuardKind::path ? operand.info.words : subject.info.words);
  if (operand.kind == GuardKind::literal) return value;
  const Text title = title_of(operand);
  if (operand.type == GuardType::office) return title;
  return {fmt::format("{}（{}）", title.zh, value.zh), fmt::format("{} ({})", title.en, value.en)};
}

GuardComparison opposite(GuardComparison comparison) {
  switch (comparison) {
    case GuardComparison::equal:
      return GuardComparison::unequal;
    case GuardComparison::unequal:
      return GuardComparison::equal;
    case GuardComparison::less:
      return GuardComparison::at_least;
    case GuardComparison::at_most:
      return GuardComparison::greater;
    case GuardComparison::greater:
      return GuardComparison::at_most;
    case GuardComparison::at_least:
      return GuardComparison::less;
  }
  return comparison;
}

/// `a < b` read from the other side: `b > a`.
GuardComparison mirrored(GuardComparison comparison) {
  switch (comparison) {
    case GuardComparison::less:
      return GuardComparison::greater;
    case GuardComparison::at_most:
      return GuardComparison::at_least;
    case GuardComparison::greater:
      return GuardComparison::less;
    case GuardComparison::at_least:
      return GuardComparison::at_most;
    default:
      return comparison;
  }
}

Text demand(GuardComparison comparison, GuardType type) {
  const bool dates = type == GuardType::date;
  switch (comparison) {
    case GuardComparison::equal:
      return {"应为", "should be "};
    case GuardComparison::unequal:
      return {"不应为", "should not be "};
    case GuardComparison::less:
      return dates ? Text{"应早于", "should be before "} : Text{"应小于", "should be less than "};
    case GuardComparison::at_most:
      return dates ? Text{"不应晚于", "should not be after "} : Text{"不应大于", "should be at most "};
    case GuardComparison::greater:
      return dates ? Text{"应晚于", "should be after "} : Text{"应大于", "should be more than "};
    case GuardComparison::at_least:
      return dates ? Text{"不应早于", "should not be before "} : Text{"不应小于", "should be at least "};
  }
  return {};
}

Text seen(const GuardNode& subject, const Guard::Lookup& lookup) {
  const auto value = guard_value(subject, lookup);
  if (std::holds_alternative<std::monostate>(value)) return {"，但未填写", ", but is not filled in"};
  const Text text = value_text(value, subject.info.words);
  return {"，实际为" + text.zh, ", but is " + text.en};
}

/// What is so or not has no value that people know.
Text explain_whether(const Text& title, bool should_be) {
  return should_be ? Text{"应属于“" + title.zh + "”的情形", "\"" + title.en + "\" should be the case"}
                   : Text{"不应属于“" + title.zh + "”的情形", "\"" + title.en + "\" should not be the case"};
}

Text explain_comparison(const GuardNode& condition, bool wanted, const Guard::Lookup& lookup) {
  const bool flipped = condition.parts[0].kind == GuardKind::literal;
  const GuardNode& subject = condition.parts[flipped ? 1 : 0];
  const GuardNode& other = condition.parts[flipped ? 0 : 1];
  auto comparison = flipped ? mirrored(condition.comparison) : condition.comparison;
  if (!wanted) comparison = opposite(comparison);
  if (const auto* asked = other.kind == GuardKind::literal ? std::get_if<bool>(&other.value) : nullptr)
    return explain_whether(title_of(subject), (comparison == GuardComparison::equal) == *asked);
  const Text title = title_of(subject), verb = demand(comparison, subject.type),
             value = other_side(other, subject, lookup);
  const bool says_it_all =
      comparison == GuardComparison::unequal && !std::holds_alternative<std::monostate>(guard_value(subject, lookup));
  const Text reality = says_it_all || subject.type == GuardType::office ? Text{} : seen(subject, lookup);
  return {title.zh + verb.zh + value.zh + reality.zh,
          fmt::format("{} {}{}{}", title.en, verb.en, value.en, reality.en)};
}

Text explain_membership(const GuardNode& condition, bool wanted, const Guard::Lookup& lookup) {
  const GuardNode& subject = condition.parts[0];
  const Text title =
      subject.kind == GuardKind::literal ? value_text(subject.value, condition.parts[1].info.words) : title_of(subject);
  const Text list = other_side(condition.parts[1], subject, lookup);
  const bool literal_list = condition.parts[1].kind == GuardKind::literal;
  const Text reality = subject.kind == GuardKind::literal ? Text{} : seen(subject, lookup);
  const Text demanded = wanted ? Text{literal_list ? "应为" : "应属于", "should be one of "}
                               : Text{literal_list ? "不应为" : "不应属于", "should be none of "};
  const std::string after_list = literal_list ? "之一" : "";
  return {title.zh + demanded.zh + list.zh + after_list + reality.zh,
          fmt::format("{} {}{}{}", title.en, demanded.en, list.en, reality.en)};
}

Text explain_presence(const GuardNode& condition, bool wanted) {
  const Text title = title_of(condition.parts[0]);
  if (condition.parts[0].path == opened_from_path)
    return wanted ? Text{"应由其他业务发起", "Another business should open it"}
                  : Text{"不应由其他业务发起", "No other business should open it"};
  if (condition.parts[0].type == GuardType::office)
    return wanted ? Text{"应有" + title.zh, title.en + " should exist"}
                  : Text{"不应有" + title.zh, title.en + " should not exist"};
  if (condition.parts[0].type == GuardType::text_list)
    return wanted ? Text{title.zh + "不应为空", title.en + " should not be empty"}
                  : Text{title.zh + "应为空", title.en + " should be empty"};
  return wanted ? Text{title.zh + "应填写", title.en + " should be filled in"}
                : Text{title.zh + "应留空", title.en + " should be left empty"};
}

std::vector<Text> explain_every(const GuardNode& condition, bool wanted, const Guard::Lookup& lookup) {
  std::vector<Text> reasons;
  for (const auto& part : condition.parts)
    for (auto& reason : explain_condition(part, wanted, lookup)) reasons.push_back(std::move(reason));
  return reasons;
}

bool reads(const GuardNode& node, const std::string& path) {
  return (node.kind == GuardKind::path && node.path == path) ||
         std::any_of(node.parts.begin(), node.parts.end(), [&](const GuardNode& part) { return reads(part, path); });
}

/// `!has(grade) || …`: it only lets pass whom the rest could not be asked about, and nobody is told to empty it.
bool only_guards_another(const GuardNode& part, const GuardNode& whole) {
  if (whole.kind != GuardKind::any_of || part.kind != GuardKind::negation || part.parts[0].kind != GuardKind::presence)
    return false;
  const std::string& path = part.parts[0].parts[0].path;
  return std::any_of(whole.parts.begin(), whole.parts.end(),
                     [&](const GuardNode& other) { return &other != &part && reads(other, path); });
}

std::vector<Text> explain_alternatives(const GuardNode& condition, bool wanted, const Guard::Lookup& lookup) {
  std::vector<Text> alternatives;
  for (const auto& part : condition.parts)
    if (!only_guards_another(part, condition))
      alternatives.push_back(joined(explain_condition(part, wanted, lookup), {"且", " and "}));
  return {joined(alternatives, {"，或", "; or: "})};
}

constexpr std::size_t rows_told = 3;

Text row_words(std::size_t at, const std::vector<Text>& reasons) {
  const std::string number = std::to_string(at + 1);
  const Text all = joined(reasons, {"，且", ", and "});
  return {"第 " + number + " 行：" + all.zh, "row " + number + ": " + all.en};
}

/// Where every row should be so, the first of those that are not; where one would do, the first rows.
std::vector<Text> explain_rows(const GuardNode& condition, bool wanted, const Guard::Lookup& lookup) {
  const bool asks_every = condition.kind == GuardKind::every_row;
  const GuardRows rows = rows_at(condition.parts[0], lookup);
  const Text title = condition.parts[0].info.title;
  std::vector<Text> told;
  for (std::size_t at = 0; at < rows.size() && told.size() < rows_told; ++at)
    if (const auto reasons =
            explain_condition(condition.parts[1], wanted, values_in_row(condition.parts[0], rows[at], lookup));
        !reasons.empty())
      told.push_back(row_words(at, reasons));
  if (told.empty()) return {{title.zh + "应至少有一行", title.en + " should have at least one row"}};
  const Text which = joined(told, {"；", "; "});
  if (asks_every == wanted) return {{title.zh + which.zh, title.en + ", " + which.en}};
  return {{title.zh + "至少有一行应符合（" + which.zh + "）",
           title.en + ": at least one row should be so (" + which.en + ")"}};
}

}  // namespace

std::vector<Text> explain_condition(const GuardNode& condition, bool wanted, const Guard::Lookup& lookup) {
  if (guard_holds(condition, lookup) == wanted) return {};
  switch (condition.kind) {
    case GuardKind::comparison:
      return {explain_comparison(condition, wanted, lookup)};
    case GuardKind::membership:
      return {explain_membership(condition, wanted, lookup)};
    case GuardKind::presence:
      return {explain_presence(condition, wanted)};
    case GuardKind::negation:
      return explain_condition(condition.parts[0], !wanted, lookup);
    case GuardKind::all_of:
      return wanted ? explain_every(condition, wanted, lookup) : explain_alternatives(condition, wanted, lookup);
    case GuardKind::any_of:
      return wanted ? explain_alternatives(condition, wanted, lookup) : explain_every(condition, wanted, lookup);
    case GuardKind::every_row:
    case GuardKind::some_row:
      return explain_rows(condition, wanted, lookup);
    default:
      return {};
  }
}

}  // namespace xueji
