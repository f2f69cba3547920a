#include "engine/runtime/checks.hpp"

#include <algorithm>
#include <array>

#include "engine/ports/store.hpp"
#include "engine/registry/check_names.hpp"
#include "engine/registry/names.hpp"
#include "engine/runtime/candidate.hpp"

namespace xueji {
namespace {

constexpr std::size_t hits_told_max = 10;

struct HitWords {
  std::string_view code;
  std::string_view zh;
  std::string_view en;
};
constexpr std::array<HitWords, 3> hit_words{{
    {"same_id_number", "身份证件号码相同", "the same ID number"},
    {"same_name_birth_date_sex", "姓名、出生日期、性别均相同", "the same name, birth date and sex"},
    {"number_of_another", "学籍号与他人的现用或曾用学籍号相同", "a student number that is or was another's"},
}};

Finding finding(std::string_view check, const CheckSubject& subject, CheckOutcome outcome, std::string code,
                Text detail) {
  return {std::string(check), outcome, subject.now, std::move(code), std::move(detail)};
}

/// Says who stands in the way by id only: their schools' data is not the reader's to see.
Text describe(const std::vector<DuplicateHit>& hits, const std::string& name) {
  Text text{"全国查重发现疑似重复：", "The registry holds possible duplicates: "};
  for (std::size_t i = 0; i < std::min(hits.size(), hits_told_max); ++i) {
    const DuplicateHit& hit = hits[i];
    const auto words =
        std::find_if(hit_words.begin(), hit_words.end(), [&](const HitWords& w) { return w.code == hit.code; });
    const bool is_known = words != hit_words.end();
    text.zh += (i ? "；学生 " : "学生 ") + to_string(hit.student) + "（学校 " + to_string(hit.school) + "）" +
               std::string(is_known ? words->zh : std::string_view(hit.code));
    text.en += (i ? "; student " : "student ") + to_string(hit.student) + " (school " + to_string(hit.school) +
               ") has " + std::string(is_known ? words->en : std::string_view(hit.code));
    if (hit.code != hit_words[1].code || hit.name == name) continue;
    const Text difference = spelling_difference(name, hit.name);
    text.zh += "，但姓名写作“" + hit.name + "”（" + difference.zh + "）";
    text.en += ", but the name is written " + hit.name + " there (" + difference.en + ")";
  }
  if (hits.size() > hits_told_max) {
    text.zh += "；共 " + std::to_string(hits.size()) + " 人";
    text.en += "; " + std::to_string(hits.size()) + " in all";
  }
  return text;
}

Finding ask_duplicate_check(const CheckSubject& subject, Queries& queries, CentralRegistry&) {
  constexpr auto name = check_names[0];
  const Student candidate = candidate_of(subject);
  try {
    const auto hits =
        queries.duplicates({candidate.id, candidate.id_number, candidate.name, candidate.sex, candidate.birth_date});
    if (!hits.empty())
      return finding(name, subject, CheckOutcome::suspect, hits.front().code, describe(hits, candidate.name));
    return finding(name, subject, CheckOutcome::clear, "", {"查重未发现重复", "No duplicate was found"});
  } catch (const StoreError&) {
    return finding(name, subject, CheckOutcome::unavailable, "registry_unavailable",
                   {"查重暂不可用，将自动重试", "The duplicate check is not available now and will be asked again"});
  }
}

Finding ask_identity_comparison(const CheckSubject& subject, Queries&, CentralRegistry& central) {
  constexpr auto name = check_names[1];
  const Student candidate = candidate_of(subject);
  if (!candidate.id_number)
    return finding(name, subject, CheckOutcome::suspect, "no_id_number",
                   {"没有身份证件号码，无法进行身份比对", "Without an ID number there is nothing to compare"});
  Finding answer = central.compare_identity({to_string(subject.request.id) + ":" + std::string(subject.state) + ":" +
                                                 std::to_string(subject.request.round) + ":" + std::string(name),
                                             candidate.name, *candidate.id_number});
  answer.check = name;
  answer.at = subject.now;
  return answer;
}

constexpr std::array<Check, check_names.size()> table{
    {{check_names[0], ask_duplicate_check}, {check_names[1], ask_identity_comparison}}};

}  // namespace

std::span<const Check> checks() { return table; }

}  // namespace xueji
