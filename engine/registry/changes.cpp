#include "engine/registry/changes.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "engine/registry/numbers.hpp"

namespace xueji {
namespace {

constexpr std::string_view current_suffix = " current";
constexpr std::string_view retired_suffix = " retired";

/// The members that a change may name, each with how it is read and set.
struct Member {
  std::string_view name;
  std::string (*read)(const Student&);
  void (*set)(Student&, const std::string&);
};

template <class Value>
Value required(std::optional<Value> value, std::string_view member) {
  if (!value) throw std::logic_error("a change gives '" + std::string(member) + "' no possible value");
  return *value;
}

constexpr std::array<Member, 7> members{{
    {"name", [](const Student& s) { return s.name; }, [](Student& s, const std::string& text) { s.name = text; }},
    {"id_number", [](const Student& s) { return s.id_number.value_or(""); },
     [](Student& s, const std::string& text) { s.id_number = text.empty() ? std::nullopt : std::optional(text); }},
    {"sex", [](const Student& s) { return std::string(to_string(s.sex)); },
     [](Student& s, const std::string& text) { s.sex = required(parse_sex(text), "sex"); }},
    {"birth_date", [](const Student& s) { return to_string(s.birth_date); },
     [](Student& s, const std::string& text) { s.birth_date = required(parse_date(text), "birth_date"); }},
    {"status", [](const Student& s) { return std::string(to_string(s.status)); },
     [](Student& s, const std::string& text) { s.status = required(parse_student_status(text), "status"); }},
    {"grade", [](const Student& s) { return s.grade; }, [](Student& s, const std::string& text) { s.grade = text; }},
    {"class", [](const Student& s) { return s.class_name; },
     [](Student& s, const std::string& text) { s.class_name = text; }},
}};

const Member& member_named(std::string_view name) {
  for (const Member& member : members)
    if (member.name == name) return member;
  throw std::logic_error("a student has no member '" + std::string(name) + "'");
}

const StudentNumber* current_number(const Student& student, std::string_view number) {
  const auto found = std::find_if(student.numbers.begin(), student.numbers.end(), [&](const StudentNumber& each) {
    return each.number == number && each.state == NumberState::current;
  });
  return found == student.numbers.end() ? nullptr : &*found;
}

void add_change(std::vector<RegistryChange>& changes, const Student& student, std::string_view member,
                const std::string& new_value) {
  std::string old_value = member_text(student, member);
  if (old_value != new_value) changes.push_back({std::string(member), std::move(old_value), new_value});
}

void retire(Student& student, std::string_view old_value, Instant now) {
  const auto number = old_value.substr(0, old_value.size() - current_suffix.size());
  for (StudentNumber& each : student.numbers)
    if (each.number == number && each.state == NumberState::current) {
      each.state = NumberState::retired;
      each.since = now;
      return;
    }
  throw std::logic_error("the number to retire is not current");
}

}  // namespace

std::vector<RegistryChange> setting(const Student& student, std::string_view member, const std::string& text) {
  std::vector<RegistryChange> changes;
  add_change(changes, student, member, text);
  if (member == "id_number") {
    add_change(changes, student, "sex", std::string(to_string(sex_of_id_number(text))));
    add_change(changes, student, "birth_date", to_string(birth_date_of_id_number(text)));
  }
  return changes;
}

std::vector<RegistryChange> retiring(const Student& student, const std::string& number) {
  if (!current_number(student, number)) return {};
  return {{"number.state", number + std::string(current_suffix), number + std::string(retired_suffix)}};
}

Student apply(Student student, std::span<const RegistryChange> changes, Instant now) {
  for (const RegistryChange& change : changes) {
    if (change.member == "number.state")
      retire(student, change.old_value, now);
    else
      member_named(change.member).set(student, change.new_value);
  }
  ++student.version;
  return student;
}

std::string member_text(const Student& student, std::string_view member) { return member_named(member).read(student); }

}  // namespace xueji
