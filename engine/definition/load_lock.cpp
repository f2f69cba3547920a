#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

bool any_school_opens(const Definition& definition) {
  return definition.opened_by.office.step == OfficeExpression::Step::any_school;
}

/// Where the author says nothing.
Lock usual_lock(const Definition& definition) {
  switch (definition.subject.kind) {
    case SubjectRule::Kind::pair:
      return Lock::when_free;
    case SubjectRule::Kind::batch:
      return Lock::from_opening;
    case SubjectRule::Kind::one:
      break;
  }
  return any_school_opens(definition) ? Lock::by_opener : Lock::from_opening;
}

void check_lock_of_several(Loading& loading, const YamlNode& node) {
  const Lock usual = loading.definition.lock;
  if (node.text == to_string(usual)) return;
  const bool is_pair = loading.definition.subject.kind == SubjectRule::Kind::pair;
  loading.faults.add(node.position,
                     is_pair ? "a case locks each of its records that no other business locks, and in no other way"
                             : "a request about several students locks them from its opening, and in no other way",
                     fmt::format("leave it out, or write `lock: {}`", to_string(usual)));
}

void load_lock_of_one(Loading& loading, const YamlNode& node) {
  Definition& definition = loading.definition;
  static const std::vector<std::string_view> words{to_string(Lock::none), to_string(Lock::from_opening),
                                                   to_string(Lock::from_submission)};
  for (const Lock lock : {Lock::none, Lock::from_opening, Lock::from_submission})
    if (node.text == to_string(lock)) definition.lock = lock;
  if (std::find(words.begin(), words.end(), node.text) == words.end())
    return loading.faults.add(
        node.position, fmt::format("`lock` cannot be `{}`", node.text),
        node.text == to_string(Lock::when_free) ? "leave that to a case about two records" : suggest(node.text, words));
  if (definition.lock == Lock::from_opening && any_school_opens(definition))
    loading.faults.add(node.position,
                       "any school may open it, and a draft that the student's own school does not see would keep "
                       "other business from the student",
                       "leave it out: their own school's request locks from its opening, another school's from its "
                       "submission");
}

constexpr std::string_view student_term = "student", school_year_term = "school year";

std::vector<std::string> words_of_terms(const Definition& definition) {
  std::vector<std::string> words{std::string(student_term), std::string(school_year_term), std::string(student_school),
                                 std::string(initiator_office), std::string(stage_path)};
  for (const NamedPlace& place : definition.places) words.push_back(place.word);
  for (std::string& path : member_paths()) words.push_back(std::move(path));
  return words;
}

const Text& title_of_named_place(const Definition& definition, std::string_view word, std::string_view place) {
  for (const NamedPlace& named : definition.places)
    if (named.word == word) return named.title;
  return title_of_place(place);
}

std::optional<OnceTerm> term_of(const Definition& definition, const std::string& word) {
  if (word == student_term) return OnceTerm{OnceTerm::Kind::student, {}, word, {"学生", "student"}};
  if (word == school_year_term) return OnceTerm{OnceTerm::Kind::school_year, {}, word, {"学年", "school year"}};
  if (std::string place = place_named(word, definition); !place.empty()) {
    Text title = title_of_named_place(definition, word, place);
    return OnceTerm{OnceTerm::Kind::place, std::move(place), word, std::move(title)};
  }
  if (word == stage_path) return OnceTerm{OnceTerm::Kind::path, word, word, {"学段", "stage"}};
  for (const Member& member : student_members())
    if (member.path() == word) return OnceTerm{OnceTerm::Kind::path, word, word, member.title()};
  return std::nullopt;
}

void load_term(Loading& loading, const YamlNode& node) {
  Definition& definition = loading.definition;
  const auto word = read_text(node, "once_per", loading.faults);
  if (!word) return;
  auto term = term_of(definition, *word);
  if (!term) {
    const auto words = words_of_terms(definition);
    return loading.faults.add(node.position, fmt::format("a business cannot be once per `{}`", *word),
                              suggest(*word, {words.begin(), words.end()}));
  }
  if (std::any_of(definition.once_per.begin(), definition.once_per.end(),
                  [&](const OnceTerm& each) { return each.is_same(*term); }))
    return loading.faults.add(node.position, fmt::format("`{}` stands here a second time", *word),
                              "keep one of the two");
  definition.once_per.push_back(*std::move(term));
}

}  // namespace

void load_lock(Loading& loading, const YamlNode* node) {
  Definition& definition = loading.definition;
  definition.lock = usual_lock(definition);
  if (!node || !read_text(*node, "lock", loading.faults)) return;
  if (definition.subject.several())
    check_lock_of_several(loading, *node);
  else
    load_lock_of_one(loading, *node);
}

void load_once_per(Loading& loading, const YamlNode& node) {
  if (loading.definition.subject.several())
    return loading.faults.add(node.position, "the request is about several students, and `once_per` counts by one",
                              "leave it to a request about one student");
  const auto& items = read_list(node, "once_per", loading.faults);
  if (items.size() > once_terms_max)
    loading.faults.add(node.position, fmt::format("a business is once per {} things at most", once_terms_max),
                       "leave some out");
  for (const auto& item : items) load_term(loading, item);
}

}  // namespace xueji
