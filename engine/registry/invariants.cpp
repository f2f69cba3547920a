#include "engine/registry/invariants.hpp"

#include <algorithm>
#include <array>

#include "engine/registry/names.hpp"
#include "engine/registry/numbers.hpp"

namespace xueji {
namespace {

struct Planned {
  const Student& before;
  std::span<const RegistryChange> changes;
  const ChangeGrounds& grounds;

  bool changes_any_of(std::initializer_list<std::string_view> members) const {
    return std::any_of(changes.begin(), changes.end(), [&](const RegistryChange& change) {
      return std::find(members.begin(), members.end(), change.member) != members.end();
    });
  }
};

bool disagrees(const Student& student) {
  return student.id_number &&
         (!has_id_number_shape(*student.id_number) || sex_of_id_number(*student.id_number) != student.sex ||
          birth_date_of_id_number(*student.id_number) != student.birth_date);
}

bool identity_disagrees(const Planned& planned) {
  return planned.changes_any_of({"id_number", "sex", "birth_date"}) &&
         disagrees(apply(planned.before, planned.changes, {}));
}

bool id_number_is_anothers(const Planned& planned) {
  return planned.changes_any_of({"id_number"}) && planned.grounds.id_number_is_anothers;
}

/// What is left is to correct the record (A12).
bool goes_on_after_death(const Planned& planned) {
  return planned.before.status == StudentStatus::deceased && planned.changes_any_of({"status", school_member});
}

bool goes_on_after_merging(const Planned& planned) { return planned.before.merged_into && !planned.changes.empty(); }

bool is_merged_from_below(const Planned& planned) {
  return planned.changes_any_of({merged_into_member}) && planned.grounds.is_merged_from_below;
}

/// A number that was retired before may go over to the record that goes on.
bool lacks_an_officer(const Planned& planned) {
  const bool retires = std::any_of(planned.changes.begin(), planned.changes.end(), [](const RegistryChange& change) {
    return change.member == number_state && change.number.starts_with("G") &&
           change.new_value == to_string(NumberState::retired) && !change.old_value.empty();
  });
  return retires && planned.grounds.ministry_officers < 2;
}

/// The number that becomes current and is not taken over; null for none.
const RegistryChange* number_given(const Planned& planned) {
  const auto found = std::find_if(planned.changes.begin(), planned.changes.end(), [](const RegistryChange& change) {
    return change.member == number_state && change.new_value == to_string(NumberState::current);
  });
  return planned.grounds.takes_numbers_over || found == planned.changes.end() ? nullptr : &*found;
}

bool gives_anothers_number(const Planned& planned) {
  return number_given(planned) && planned.grounds.number_is_anothers;
}

bool brings_a_retired_number_back(const Planned& planned) {
  return std::any_of(planned.changes.begin(), planned.changes.end(), [](const RegistryChange& change) {
    return change.member == number_state && change.old_value == to_string(NumberState::retired) &&
           !change.new_value.empty();
  });
}

bool gives_a_g_number(const Planned& planned) {
  const RegistryChange* given = number_given(planned);
  return given && kind_of_student_number(given->number) == NumberKind::G;
}

bool gives_a_number_of_no_id_number(const Planned& planned) {
  return gives_a_g_number(planned) &&
         number_given(planned)->number != g_number_of(apply(planned.before, planned.changes, {}));
}

bool gives_an_unchecked_number(const Planned& planned) {
  return gives_a_g_number(planned) && !planned.grounds.both_checks_clear;
}

bool leaves_the_schools(const Planned& planned) {
  return planned.changes_any_of({school_member}) && planned.grounds.moves_to_no_school;
}

bool has_term_of_nothing(const Student& student) {
  return student.status_until && student.status != StudentStatus::suspended;
}

bool leaves_term_of_nothing(const Planned& planned) {
  return planned.changes_any_of({"status", "status_until"}) &&
         has_term_of_nothing(apply(planned.before, planned.changes, {}));
}

struct KnownInvariant {
  std::string_view name;
  bool (*is_breached)(const Planned&);
  std::string_view zh, en;
};

constexpr std::array<KnownInvariant, 12> invariants{
    {{"identity-agrees", identity_disagrees, "身份证件号码与性别、出生日期不一致",
      "The ID number does not agree with the sex and the birth date"},
     {"id-number-is-one-students", id_number_is_anothers, "该身份证件号码已为另一名学生所有",
      "Another student has this ID number"},
     {"deceased-is-final", goes_on_after_death, "学生已死亡，学籍只能更正，不能再改变状态、转学或合并",
      "The student has died; the record can be corrected, and neither changes its status nor moves nor is merged"},
     {"merged-is-final", goes_on_after_merging, "此学籍已合并到另一条学籍，不能再变更",
      "The record was merged into another one, and nothing of it changes any more"},
     {"merged-from-above-both", is_merged_from_below,
      "其中一名学生已转到他处，本单位不是两校共同的上级；须由两校共同的上级单位认定（逾期后由上级单位代办）",
      "One of the pupils has moved, and this office does not stand above both schools; an office above both settles it "
      "(it stands in once the deadline has passed)"},
     {"number-needs-two-officers", lacks_an_officer, "撤销 G 号须由教育部两名不同人员同意",
      "Retiring a G number needs the approval of two different officers of the ministry"},
     {"record-is-at-a-school", leaves_the_schools, "学籍只能转入学校，不能转入其他单位",
      "A record can only move to a school, to no other office"},
     {"number-is-one-students", gives_anothers_number,
      "该学籍号的 18 位字符已为另一名学生的学籍号所用（含曾用、已撤销的）",
      "The eighteen characters of this number are those of another student's number, present, former or retired"},
     {"retired-is-final", brings_a_retired_number_back, "该学籍号已撤销，永不再用",
      "This number was retired and never returns"},
     {"number-is-the-id-numbers", gives_a_number_of_no_id_number, "G 号须由学生的身份证件号码生成",
      "A G number is made of the student's ID number"},
     {"number-needs-both-checks", gives_an_unchecked_number, "全国查重与身份比对均通过后，方可生成 G 号",
      "A G number needs a clear answer of both national checks"},
     {"term-is-a-suspensions", leaves_term_of_nothing, "只有休学学生才有状态期满日期",
      "Only the record of a suspended student says until when"}}};

Breach breach(const KnownInvariant& invariant) {
  return {invariant.name, {std::string(invariant.zh), std::string(invariant.en)}};
}

}  // namespace

Complaint wrong_data_of(const Student& student) {
  constexpr Date any_later_day{std::chrono::year{9999}, std::chrono::December, std::chrono::day{31}};
  if (auto complaint = check_person_name(student.name)) return complaint;
  if (student.id_number)
    if (auto complaint = check_id_number(*student.id_number, any_later_day)) return complaint;
  if (disagrees(student)) return breach(invariants.front()).sentence;
  if (has_term_of_nothing(student)) return breach(invariants.back()).sentence;
  return std::nullopt;
}

std::vector<Breach> breaches_of(const Student& before, std::span<const RegistryChange> changes,
                                const ChangeGrounds& grounds) {
  std::vector<Breach> breaches;
  const Planned planned{before, changes, grounds};
  for (const KnownInvariant& each : invariants)
    if (each.is_breached(planned)) breaches.push_back(breach(each));
  return breaches;
}

}  // namespace xueji
