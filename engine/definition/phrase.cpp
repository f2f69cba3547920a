#include "engine/definition/phrase.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>
#include <span>

#include "engine/yaml/yaml_reader.hpp"

namespace xueji {
namespace {

constexpr int working_days_max = 250;
constexpr std::chrono::seconds duration_max = std::chrono::days{7};
constexpr std::size_t count_max = 100;

struct Word {
  std::string_view text;
  std::size_t offset = 0;
};

std::vector<Word> words_of(std::string_view phrase) {
  std::vector<Word> words;
  std::size_t at = 0;
  while ((at = phrase.find_first_not_of(" \t\n", at)) != std::string_view::npos) {
    const auto end = std::min(phrase.find_first_of(" \t\n", at), phrase.size());
    words.push_back({phrase.substr(at, end - at), at});
    at = end;
  }
  return words;
}

/// Plain decimal digits without leading zeros, at most `max`.
std::optional<std::size_t> number_of(std::string_view text, std::size_t max) {
  std::size_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stop != end || number > max || (text.size() > 1 && text.front() == '0'))
    return std::nullopt;
  return number;
}

constexpr auto office_advice =
    "write `student.school`, `authority of student.school`, `province of student.school`, `initiator.office` or "
    "`ministry`";

/// The words for places: the engine's, and the author's where there are any.
class PlaceWords {
 public:
  explicit PlaceWords(const std::vector<NamedPlace>* named) : named_(named) {}

  struct Found {
    std::string place;  ///< the engine's word for it; empty for no place
    Text title;         ///< the author's
  };
  Found find(std::string_view word) const {
    if (word == student_school || word == initiator_office) return {std::string(word), {}};
    if (named_)
      for (const NamedPlace& each : *named_)
        if (each.word == word) return {each.place, each.title};
    return {};
  }
  /// Whether there is such a place, which the office then starts from.
  bool take(std::string_view word, std::string& place, Text& title) const {
    auto found = find(word);
    if (found.place.empty()) return false;
    place = std::move(found.place);
    title = std::move(found.title);
    return true;
  }
  std::vector<std::string_view> words() const {
    std::vector<std::string_view> all{student_school, initiator_office};
    if (named_)
      for (const NamedPlace& each : *named_) all.push_back(each.word);
    return all;
  }
  bool has_own() const { return named_; }

 private:
  const std::vector<NamedPlace>* named_;
};

PhraseFault no_such_office(const Word& word, std::vector<std::string_view> known) {
  return {word.offset, fmt::format("there is no office `{}`", word.text), suggest(word.text, known)};
}

Phrase<OfficeExpression> parse_one_word_office(const Word& word, const PlaceWords& places) {
  OfficeExpression office;
  if (places.take(word.text, office.place, office.title)) return office;
  if (word.text == to_string(Level::ministry)) {
    office.step = OfficeExpression::Step::at_level;
    office.level = Level::ministry;
    return office;
  }
  if (word.text == "authority" || parse_level(word.text))
    return PhraseFault{word.offset, fmt::format("`{}` of what is not said", word.text),
                       fmt::format("write `{} of student.school`", word.text)};
  auto known = places.words();
  known.push_back("ministry");
  return no_such_office(word, std::move(known));
}

/// "common superior of sending, receiving", or with `and`, which needs no quotes within `{…}`.
Phrase<OfficeExpression> parse_common_superior(std::span<const Word> words, std::size_t end, const PlaceWords& places) {
  const auto word = [&](std::size_t index) { return index < words.size() ? words[index].text : std::string_view{}; };
  if (words.size() == 4 && word(1) == "superior" && word(2) == "of" && word(3) == students_schools) {
    OfficeExpression office;
    office.step = OfficeExpression::Step::common_superior;
    office.place = students_schools;
    return office;
  }
  const bool by_comma = words.size() == 5 && word(3).ends_with(',');
  const bool by_and = words.size() == 6 && word(4) == "and";
  if (word(1) != "superior" || word(2) != "of" || (!by_comma && !by_and))
    return PhraseFault{words.size() > 1 ? words[1].offset : end, "a common superior is that of two places",
                       "write `common superior of PLACE and PLACE`, of a pair `common superior of students`"};
  const Word first{by_comma ? word(3).substr(0, word(3).size() - 1) : word(3), words[3].offset};
  const Word& second = words.back();
  OfficeExpression office;
  office.step = OfficeExpression::Step::common_superior;
  if (!places.take(first.text, office.place, office.title)) return no_such_office(first, places.words());
  if (!places.take(second.text, office.other, office.other_title)) return no_such_office(second, places.words());
  if (office.place == office.other)
    return PhraseFault{second.offset, fmt::format("`{}` and `{}` are the same place", first.text, second.text),
                       "name two places, or write `authority of PLACE`"};
  return office;
}

Phrase<OfficeExpression> parse_office(std::span<const Word> words, std::size_t end, const PlaceWords& places) {
  if (words.empty()) return PhraseFault{end, "the office is missing", office_advice};
  if (words.size() == 1) return parse_one_word_office(words[0], places);
  if (places.has_own() && words[0].text == "common") return parse_common_superior(words, end, places);
  OfficeExpression office;
  if (places.has_own() && words.size() == 2 && words[0].text == "any" && words[1].text == "school") {
    office.step = OfficeExpression::Step::any_school;
    office.place = initiator_office;
    return office;
  }
  if (places.has_own() && words.size() == 3 && words[0].text == "schools" && words[1].text == "of" &&
      words[2].text == students_schools) {
    office.place = students_schools;
    return office;
  }
  if (words[0].text == "authority") {
    office.step = OfficeExpression::Step::authority;
  } else if (const auto level = parse_level(words[0].text)) {
    office.step = OfficeExpression::Step::at_level;
    office.level = *level;
  } else {
    std::vector<std::string_view> firsts{level_words.begin(), level_words.end()};
    firsts.push_back("authority");
    return PhraseFault{words[0].offset, fmt::format("there is no level `{}`", words[0].text),
                       suggest(words[0].text, firsts)};
  }
  if (words.size() != 3 || words[1].text != "of")
    return PhraseFault{words[1].offset, "an office is one step from the school or the initiator", office_advice};
  if (!places.take(words[2].text, office.place, office.title)) return no_such_office(words[2], places.words());
  return office;
}

Phrase<int> parse_days(std::string_view phrase, bool before, std::size_t at_least = 1) {
  const auto words = words_of(phrase);
  const std::string_view form = before ? "2 working days before" : "5 working days";
  const auto days = words.empty() ? std::nullopt : number_of(words[0].text, working_days_max);
  const bool unit = words.size() == (before ? 4U : 3U) && words[1].text == "working" &&
                    (words[2].text == "days" || words[2].text == "day") && (!before || words[3].text == "before");
  if (days && *days >= at_least && unit) return static_cast<int>(*days);
  return PhraseFault{0, fmt::format("`{}` is no number of working days", phrase),
                     fmt::format("write it like `{}`, from {} to {}", form, at_least, working_days_max)};
}

}  // namespace

Phrase<ActorExpression> parse_actor(std::string_view phrase, const std::vector<NamedPlace>* places) {
  const auto words = words_of(phrase);
  if (words.empty())
    return PhraseFault{0, "this names nobody", "write a role at an office, like `head at student.school`"};
  const auto role = parse_role(words[0].text);
  if (!role || *role == Role::system)
    return PhraseFault{words[0].offset, fmt::format("there is no role `{}`", words[0].text),
                       suggest(words[0].text, {role_words.begin(), role_words.end()})};
  if (words.size() < 2 || words[1].text != "at")
    return PhraseFault{words.size() < 2 ? phrase.size() : words[1].offset, "after the role stands `at` and an office",
                       fmt::format("write it like `{} at student.school`", words[0].text)};
  auto office = parse_office(std::span{words}.subspan(2), phrase.size(), PlaceWords{places});
  if (auto* fault = std::get_if<PhraseFault>(&office)) return std::move(*fault);
  return ActorExpression{*role, std::get<OfficeExpression>(office), std::string{phrase}, {}};
}

std::string place_named(std::string_view word, const Definition& definition) {
  return PlaceWords{&definition.places}.find(word).place;
}

Phrase<int> parse_working_days(std::string_view phrase) { return parse_days(phrase, false); }
Phrase<int> parse_working_days_before(std::string_view phrase) { return parse_days(phrase, true); }
Phrase<int> parse_any_working_days(std::string_view phrase) { return parse_days(phrase, false, 0); }

Phrase<WaitMoment> parse_wait(std::string_view phrase) {
  const auto words = words_of(phrase);
  const auto word = [&](std::size_t index) { return index < words.size() ? words[index].text : std::string_view{}; };
  if (words.size() == 5 && phrase.starts_with("first day of ") && word(4) == "semester") {
    const auto term = word(3);
    if (term != "spring" && term != "autumn")
      return PhraseFault{words[3].offset, fmt::format("there is no semester `{}`", term),
                         suggest(term, {"spring", "autumn"})};
    return WaitMoment{WaitMoment::Kind::term_begins, std::string{term}, 0, std::string{phrase}};
  }
  if (words.size() == 3 && word(0) == "window" && (word(2) == "opens" || word(2) == "closes"))
    return WaitMoment{word(2) == "opens" ? WaitMoment::Kind::window_opens : WaitMoment::Kind::window_closes,
                      std::string{word(1)}, 0, std::string{phrase}};
  const auto days = parse_working_days(phrase);
  if (const auto* number = std::get_if<int>(&days))
    return WaitMoment{WaitMoment::Kind::working_days, {}, *number, std::string{phrase}};
  return PhraseFault{0, fmt::format("`{}` is no moment to wait for", phrase),
                     "write `first day of spring semester`, `5 working days`, `window transfer opens` or `closes`"};
}

Phrase<std::chrono::seconds> parse_duration(std::string_view phrase) {
  struct Unit {
    std::string_view one, many;
    std::chrono::seconds length;
  };
  constexpr std::array<Unit, 4> units{{{"second", "seconds", std::chrono::seconds{1}},
                                       {"minute", "minutes", std::chrono::minutes{1}},
                                       {"hour", "hours", std::chrono::hours{1}},
                                       {"day", "days", std::chrono::days{1}}}};
  const auto words = words_of(phrase);
  const auto number =
      words.size() == 2 ? number_of(words[0].text, static_cast<std::size_t>(duration_max.count())) : std::nullopt;
  if (number && *number > 0)
    for (const auto& unit : units)
      if (words[1].text == unit.one || words[1].text == unit.many)
        if (const auto duration = unit.length * static_cast<std::int64_t>(*number); duration <= duration_max)
          return duration;
  return PhraseFault{0, fmt::format("`{}` is no duration", phrase),
                     "write it like `5 seconds`, `10 minutes` or `1 hour`, at most 7 days"};
}

Phrase<CountRange> parse_count(std::string_view phrase) {
  const auto dots = phrase.find("..");
  const auto min = number_of(phrase.substr(0, dots), count_max);
  const auto max = dots == std::string_view::npos ? min : number_of(phrase.substr(dots + 2), count_max);
  if (min && max && *max > 0 && *min <= *max) return CountRange{*min, *max};
  return PhraseFault{0, fmt::format("`{}` is no count", phrase),
                     fmt::format("write it like `1..6`, at most {}", count_max)};
}

}  // namespace xueji
