#include "engine/registry/changes.hpp"

#include <algorithm>
#include <stdexcept>

#include "engine/registry/numbers.hpp"

namespace xueji {
namespace {

void add_change(std::vector<RegistryChange>& changes, const Student& student, std::string_view member,
                const std::string& new_value) {
  std::string old_value = member_text(student, member);
  if (old_value != new_value) changes.push_back({std::string(member), std::move(old_value), new_value});
}

/// Whoever is suspended no more has no term left.
void end_term(std::vector<RegistryChange>& changes, const Student& student, std::string_view status) {
  if (status != to_string(StudentStatus::suspended)) add_change(changes, student, "status_until", {});
}

StudentNumber* number_in_state(Student& student, std::string_view number, std::string_view state) {
  const auto found = std::find_if(student.numbers.begin(), student.numbers.end(), [&](const StudentNumber& each) {
    return each.number == number && to_string(each.state) == state;
  });
  return found == student.numbers.end() ? nullptr : &*found;
}

void change_number(Student& student, const RegistryChange& change, Instant now) {
  StudentNumber* number = number_in_state(student, change.number, change.old_value);
  const auto state = parse_number_state(change.new_value);
  if (!number || !state) throw std::logic_error("the number to change is not " + change.old_value);
  number->state = *state;
  number->since = now;
}

/// The number is new to the record, made or taken over from another one; or it has been given away.
void hand_over_number(Student& student, const RegistryChange& change, Instant now) {
  if (change.new_value.empty()) {
    const StudentNumber* number = number_in_state(student, change.number, change.old_value);
    if (!number) throw std::logic_error("the number to hand over is not " + change.old_value);
    std::erase_if(student.numbers, [&](const StudentNumber& each) { return each.number == change.number; });
    return;
  }
  const auto state = parse_number_state(change.new_value);
  const auto kind = parse_number_kind(change.number.substr(0, 1));
  if (!state || !kind) throw std::logic_error("the number to add is none");
  student.numbers.push_back({change.number, *kind, *state, now});
}

/// Taken back where nothing is new.
void merge_into(Student& student, const RegistryChange& change) {
  if (change.new_value.empty() && to_string(student.merged_into) == change.old_value) {
    student.merged_into = {};
    return;
  }
  const auto into = parse_id<StudentId>(change.new_value);
  if (!into || student.merged_into) throw std::logic_error("the record can't be merged into that one");
  student.merged_into = *into;
}

RegistryChange change_of_number(const std::string& number, std::string_view before, std::string_view after) {
  return {std::string(number_state), std::string(before), std::string(after), number};
}

bool has_current(const Student& student, NumberKind kind) {
  return std::any_of(student.numbers.begin(), student.numbers.end(), [&](const StudentNumber& each) {
    return each.kind == kind && each.state == NumberState::current;
  });
}

void move(Student& student, const RegistryChange& change) {
  const auto school = parse_id<OfficeId>(change.new_value);
  if (!school || to_string(student.school) != change.old_value)
    throw std::logic_error("the student to move is at another school");
  student.school = *school;
}

}  // namespace

RegistryChange change_of_texts(std::string member, std::string old_text, std::string new_text) {
  if (member != number_state) return {std::move(member), std::move(old_text), std::move(new_text)};
  const std::string& worded = old_text.empty() ? new_text : old_text;
  const auto number = worded.substr(0, worded.find(' '));
  const auto state = [&](const std::string& text) { return text.substr(std::min(number.size() + 1, text.size())); };
  return {std::move(member), state(old_text), state(new_text), number};
}

std::vector<RegistryChange> setting(const Student& student, std::string_view member, const std::string& text) {
  std::vector<RegistryChange> changes;
  add_change(changes, student, member, text);
  if (member == "id_number" && !text.empty()) {
    add_change(changes, student, "sex", std::string(to_string(sex_of_id_number(text))));
    add_change(changes, student, "birth_date", to_string(birth_date_of_id_number(text)));
  }
  if (member == "status") end_term(changes, student, text);
  return changes;
}

std::vector<RegistryChange> retiring(const Student& student, const std::string& number) {
  const bool is_current = std::any_of(student.numbers.begin(), student.numbers.end(), [&](const StudentNumber& each) {
    return each.number == number && each.state == NumberState::current;
  });
  if (!is_current) return {};
  return {{std::string(number_state), std::string(to_string(NumberState::current)),
           std::string(to_string(NumberState::retired)), number}};
}

std::string g_number_of(const Student& student) {
  return student.id_number ? std::string(to_string(NumberKind::G)) + *student.id_number : std::string();
}

std::vector<RegistryChange> giving(const Student& student, const std::string& number) {
  if (check_student_number(number)) return {};
  const auto own = std::find_if(student.numbers.begin(), student.numbers.end(),
                                [&](const StudentNumber& each) { return each.number == number; });
  if (own != student.numbers.end() && own->state == NumberState::current) return {};
  const auto current = to_string(NumberState::current), former = to_string(NumberState::former);
  std::vector<RegistryChange> changes;
  for (const StudentNumber& each : student.numbers)
    if (each.state == NumberState::current) changes.push_back(change_of_number(each.number, current, former));
  changes.push_back(
      change_of_number(number, own == student.numbers.end() ? std::string_view() : to_string(own->state), current));
  return changes;
}

std::vector<RegistryChange> moving(const Student& student, OfficeId school) {
  if (!school || school == student.school) return {};
  return {{std::string(school_member), to_string(student.school), to_string(school)}};
}

std::optional<std::array<std::vector<RegistryChange>, 2>> merging(const Student& first, const Student& second) {
  const bool takes_g = has_current(second, NumberKind::G);
  if (first.merged_into || second.merged_into || first.id == second.id || second.id_number ||
      (takes_g && has_current(first, NumberKind::G)))
    return std::nullopt;
  const auto current = to_string(NumberState::current), former = to_string(NumberState::former);
  std::array<std::vector<RegistryChange>, 2> changes;
  auto& [goes_on, ends] = changes;
  if (takes_g)
    for (const StudentNumber& each : first.numbers)
      if (each.state == NumberState::current) goes_on.push_back(change_of_number(each.number, current, former));
  for (const StudentNumber& each : second.numbers) {
    const bool stays_current = each.kind == NumberKind::G && each.state == NumberState::current;
    const auto after = each.state == NumberState::current && !stays_current ? former : to_string(each.state);
    goes_on.push_back(change_of_number(each.number, {}, after));
    ends.push_back(change_of_number(each.number, to_string(each.state), {}));
  }
  ends.push_back({"status", std::string(to_string(second.status)), std::string(to_string(StudentStatus::merged))});
  end_term(ends, second, to_string(StudentStatus::merged));
  ends.push_back({std::string(merged_into_member), {}, to_string(first.id)});
  return changes;
}

Student apply(Student student, std::span<const RegistryChange> changes, Instant now) {
  for (const RegistryChange& change : changes) {
    if (change.member == number_state && (change.old_value.empty() || change.new_value.empty())) {
      hand_over_number(student, change, now);
    } else if (change.member == number_state) {
      change_number(student, change, now);
    } else if (change.member == merged_into_member) {
      merge_into(student, change);
    } else if (change.member == school_member) {
      move(student, change);
    } else if (const Member* member = student_member(change.member)) {
      member->set(student, change.new_value);
    } else {
      throw std::logic_error("a student has no member '" + change.member + "'");
    }
  }
  ++student.version;
  return student;
}

}  // namespace xueji
