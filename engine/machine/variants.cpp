#include "engine/machine/variants.hpp"

#include <algorithm>

#include "engine/definition/identity.hpp"
#include "engine/machine/decide.hpp"

namespace xueji {
namespace {

bool is_opened_at_any_school(const Definition& definition) {
  return definition.opened_by.office.step == OfficeExpression::Step::any_school;
}

bool stands_there(const Applies& applies, OfficeId office, const OfficeTree& offices) {
  const Office* province = offices.at_level(office, Level::province);
  return province && std::binary_search(applies.provinces.begin(), applies.provinces.end(), province->code);
}

/// Both in order.
template <class Value>
bool is_part_of(const std::vector<Value>& part, const std::vector<Value>& whole) {
  return std::includes(whole.begin(), whole.end(), part.begin(), part.end());
}

template <class Value>
bool meet(const std::vector<Value>& one, const std::vector<Value>& other) {
  return std::any_of(one.begin(), one.end(),
                     [&](const Value& each) { return std::binary_search(other.begin(), other.end(), each); });
}

/// A school of several stages has it by the pupil's.
bool has_stage(const Applies& applies, const Office& office, std::optional<Stage> of_pupil) {
  if (applies.stages.empty()) return true;
  const auto taught = stages_taught(office);
  const bool is_pupils = of_pupil && std::binary_search(taught.begin(), taught.end(), *of_pupil);
  return is_pupils ? std::binary_search(applies.stages.begin(), applies.stages.end(), *of_pupil)
                   : meet(taught, applies.stages);
}

bool is_narrower(const Applies& one, const Applies& other) {
  return lets_through_no_more(one, other) && !lets_through_no_more(other, one);
}

/// Of two places both can stand in one province, or in one each.
bool can_both_fit(const Definition& a, const Definition& b) {
  const Applies &one = *a.applies, &other = *b.applies;
  const bool same_place = one.place == other.place;
  const bool same_province = same_place || one.within || other.within || !is_opened_at_any_school(a);
  const bool stages = !same_place || one.stages.empty() || other.stages.empty() || meet(one.stages, other.stages);
  return stages && (!same_province || meet(one.provinces, other.provinces));
}

bool is_variant_in_use(const Definition& definition) { return definition.applies && !definition.retired; }

/// The newest version of each file, in the order in which the files are first met.
std::vector<const Definition*> newest_of_each(std::span<const Definition* const> definitions) {
  std::vector<const Definition*> newest;
  for (const Definition* each : definitions) {
    const auto known = std::find_if(newest.begin(), newest.end(),
                                    [&](const Definition* other) { return is_same_file(*other, *each); });
    if (known == newest.end())
      newest.push_back(each);
    else if ((*known)->version < each->version)
      *known = each;
  }
  return newest;
}

Fault ambiguous(const Definition& one, const Definition& other) {
  return {other.file, other.applies->position,
          "the variants `" + other.variant + "` and `" + one.variant + "` of `" + one.key +
              "` can apply to the same schools, and neither is narrower; the other stands in " + one.file + ":" +
              std::to_string(one.applies->position.line) + ":" + std::to_string(one.applies->position.column),
          "let one of them say all that the other does and more: fewer provinces, a lower `within`, fewer stages"};
}

/// By any school or not, and at the same place: what else there is to a request hangs on it.
bool is_opened_as(const Definition& one, const Definition& other) {
  return is_opened_at_any_school(one) == is_opened_at_any_school(other) &&
         one.opened_by.office.place == other.opened_by.office.place;
}

Fault opened_otherwise(const Definition& variant, const Definition& national) {
  const Position& at = national.opened_by.position;
  return {variant.file, variant.opened_by.position,
          "the variant `" + variant.variant + "` of `" + variant.key + "` is opened by `" + variant.opened_by.source +
              "`, and the national file by `" + national.opened_by.source + "`; that stands in " + national.file + ":" +
              std::to_string(at.line) + ":" + std::to_string(at.column),
          "let a variant be opened as the national file is: both by any school, or both at the same place"};
}

/// What keeps two files of one business from standing beside each other.
std::optional<Fault> clash_of(const Definition& one, const Definition& other) {
  if (one.key != other.key || one.variant == other.variant) return std::nullopt;
  if (!one.applies && is_variant_in_use(other) && !is_opened_as(one, other)) return opened_otherwise(other, one);
  if (!other.applies && is_variant_in_use(one) && !is_opened_as(one, other)) return opened_otherwise(one, other);
  if (is_variant_in_use(one) && is_variant_in_use(other) && can_both_fit(one, other) &&
      !is_narrower(*one.applies, *other.applies) && !is_narrower(*other.applies, *one.applies))
    return ambiguous(one, other);
  return std::nullopt;
}

/// `07-15`, as in the calendar.
std::string day_of_year(Date date) { return to_string(date).substr(sizeof "2026-" - 1); }

/// The windows of a variant that count wherever that of the national file does.
std::vector<const WindowRule*> counting_with(const WindowRule& national, const Definition& variant) {
  std::vector<const WindowRule*> counting;
  for (const WindowRule& rule : variant.windows)
    if (!rule.when || rule.when == national.when) counting.push_back(&rule);
  return counting;
}

/// The first day of a common or a leap year on which the variant can be begun and the national file can't.
std::optional<Date> day_beyond(const std::vector<const WindowRule*>& variant, const std::string& national,
                               const Calendar& calendar) {
  for (const int year : {2027, 2028}) {
    const auto first = std::chrono::sys_days{Date{std::chrono::year{year} / 1 / 1}};
    for (auto day = first; Date{day}.year() == Date{first}.year(); day += std::chrono::days{1}) {
      const Instant morning = start_of_day_in_china(Date{day});
      const bool is_open = std::all_of(variant.begin(), variant.end(), [&](const WindowRule* rule) {
        return calendar.window(rule->name, morning).open;
      });
      if (is_open && !calendar.window(national, morning).open) return Date{day};
    }
  }
  return std::nullopt;
}

Fault beyond(const Definition& variant, const std::vector<const WindowRule*>& own, const WindowRule& national, Date day,
             const Calendar& calendar) {
  const auto opens = calendar.window(national.name, start_of_day_in_china(day)).from;
  const std::string until = opens ? " until " + day_of_year(china_date(*opens)) : "";
  const std::string whom = national.when ? " for whom `" + national.when->source() + "` holds" : "";
  const std::string written =
      national.when ? "{name: " + national.name + ", when: " + national.when->source() + "}" : national.name;
  return {variant.file, own.empty() ? variant.applies->position : own.front()->position,
          "the variant `" + variant.variant + "` of `" + variant.key + "` could be begun on " + day_of_year(day) +
              whom + (own.empty() ? ", having no window" : ", by its window `" + own.front()->name + "`") +
              ", when the national window `" + national.name + "` is closed" + until,
          own.empty() ? "give it `window: " + written + "`, or one that lies within it"
                      : "narrow the window in the calendar: a province's own lies within the national one"};
}

}  // namespace

bool lets_through_no_more(const Applies& one, const Applies& other) {
  const bool within = !other.within || (one.within && *one.within >= *other.within);
  const bool stages = other.stages.empty() || (!one.stages.empty() && is_part_of(one.stages, other.stages));
  return one.place == other.place && within && stages && is_part_of(one.provinces, other.provinces);
}

bool is_within(const Applies& applies, const Places& places, const OfficeTree& offices) {
  if (!applies.within) return true;
  const Office* above_both = offices.common_superior(places.school, places.initiator);
  return above_both && above_both->level >= *applies.within;
}

std::optional<Stage> OpenedAbout::stage(const OfficeTree& offices) const {
  const Office* office = offices.find(school);
  return office ? stage_at(*office, grade) : std::nullopt;
}

bool fits(const Applies& applies, const Places& places, const OfficeTree& offices, std::optional<Stage> of_pupil) {
  const Office* office = offices.find(places.at(applies.place));
  return office && stands_there(applies, office->id, offices) && has_stage(applies, *office, of_pupil) &&
         is_within(applies, places, offices);
}

bool may_ever_fit(const Definition& definition, const Caller& caller, const OfficeTree& offices, Instant now) {
  // Another school's pupil can be anywhere.
  if (!definition.applies || (is_opened_at_any_school(definition) && definition.applies->place == student_school))
    return true;
  return std::any_of(caller.posts.begin(), caller.posts.end(), [&](const Post& post) {
    const Office* office = offices.find(post.office);
    return office && post.role == definition.opened_by.role && post.in_force(now) &&
           stands_there(*definition.applies, office->id, offices) &&
           (office->level != Level::school || has_stage(*definition.applies, *office, {}));
  });
}

const Definition* definition_to_open(std::span<const Definition* const> newest, const Caller& caller,
                                     const OpenedAbout& whom, const OfficeTree& offices, Instant now) {
  const auto stage = whom.stage(offices);
  const Definition* chosen = nullptr;
  for (const Definition* each : newest) {
    if (!each->applies) {
      if (!chosen) chosen = each;
      continue;
    }
    if (!is_variant_in_use(*each) || (chosen && chosen->applies && !is_narrower(*each->applies, *chosen->applies)))
      continue;
    const auto opener = opening_post(*each, caller, offices, whom.school, now);
    if (fits(*each->applies, {whom.school, opener ? opener->office : OfficeId{}}, offices, stage)) chosen = each;
  }
  return chosen;
}

std::vector<Fault> clashes_of(std::span<const Definition* const> definitions) {
  const auto newest = newest_of_each(definitions);
  std::vector<Fault> faults;
  for (std::size_t at = 0; at < newest.size(); ++at)
    for (Fault& fault : clashes_beside(*newest[at], std::span{newest}.first(at))) faults.push_back(std::move(fault));
  return faults;
}

std::vector<Fault> variants_beyond_the_window(std::span<const Definition* const> definitions,
                                              const Calendar& calendar) {
  const auto newest = newest_of_each(definitions);
  std::vector<Fault> faults;
  for (const Definition* each : newest) {
    if (!is_variant_in_use(*each)) continue;
    const auto national = std::find_if(newest.begin(), newest.end(), [&](const Definition* other) {
      return other->variant.empty() && other->key == each->key;
    });
    if (national == newest.end()) continue;
    for (const WindowRule& rule : (*national)->windows) {
      const auto own = counting_with(rule, *each);
      if (const auto day = day_beyond(own, rule.name, calendar))
        faults.push_back(beyond(*each, own, rule, *day, calendar));
    }
  }
  return faults;
}

std::vector<Fault> clashes_beside(const Definition& definition, std::span<const Definition* const> others) {
  std::vector<Fault> faults;
  for (const Definition* each : newest_of_each(others))
    if (auto clash = clash_of(*each, definition)) faults.push_back(std::move(*clash));
  return faults;
}

Fault same_version_twice(const Definition& definition, const std::string& other_file) {
  return {definition.file,
          {},
          "version " + std::to_string(definition.version) + " of '" + name_with_variant(definition) + "' is also in " +
              other_file,
          "remove one of the two files, or raise the version of the newer"};
}

}  // namespace xueji
