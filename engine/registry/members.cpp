#include "engine/registry/members.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace xueji {
namespace {

template <class Value>
Value possible(std::optional<Value> value, const char* member) {
  if (!value) throw std::logic_error(std::string("a change gives '") + member + "' no possible value");
  return *value;
}

/// Class lists are the school's own business (FAQ 13); whatever says who somebody is, or where and whether they go to
/// school, is decided by others (FAQ 7, 8).
constexpr std::array<Member, 8> members{{
    {"name", MemberType::person_name, Demand::decision, false, "姓名", "Name", "现姓名", "Present name",
     [](const Student& s) { return s.name; }, [](Student& s, const std::string& text) { s.name = text; }},
    {"id_number", MemberType::id_number, Demand::decision, true, "身份证件号码", "ID number", "现身份证件号码",
     "Present ID number", [](const Student& s) { return s.id_number.value_or(""); },
     [](Student& s, const std::string& text) { s.id_number = text.empty() ? std::nullopt : std::optional(text); }},
    {"sex", MemberType::sex, Demand::decision, false, "性别", "Sex", "性别", "Sex",
     [](const Student& s) { return std::string(to_string(s.sex)); },
     [](Student& s, const std::string& text) { s.sex = possible(parse_sex(text), "sex"); }},
    {"birth_date", MemberType::date, Demand::decision, false, "出生日期", "Date of birth", "出生日期", "Birth date",
     [](const Student& s) { return to_string(s.birth_date); },
     [](Student& s, const std::string& text) { s.birth_date = possible(parse_date(text), "birth_date"); }},
    {"status", MemberType::status, Demand::decision, false, "学籍状态", "Status", "状态", "Status",
     [](const Student& s) { return std::string(to_string(s.status)); },
     [](Student& s, const std::string& text) { s.status = possible(parse_student_status(text), "status"); }},
    {"status_until", MemberType::date, Demand::decision, true, "状态期满日期", "Status until", "状态期满日期",
     "Status until", [](const Student& s) { return s.status_until ? to_string(*s.status_until) : std::string(); },
     [](Student& s, const std::string& text) {
       s.status_until = text.empty() ? std::nullopt : std::optional(possible(parse_date(text), "status_until"));
     }},
    {"grade", MemberType::grade, Demand::decision, false, "年级", "Grade", "年级", "Grade",
     [](const Student& s) { return s.grade; }, [](Student& s, const std::string& text) { s.grade = text; }},
    {"class", MemberType::text, Demand::none, true, "班级", "Class", "班级", "Class",
     [](const Student& s) { return s.class_name; }, [](Student& s, const std::string& text) { s.class_name = text; }},
}};

}  // namespace

std::span<const Member> student_members() { return members; }

std::vector<std::string_view> words_of(MemberType type) {
  std::vector<std::string_view> words;
  if (type == MemberType::status)
    for (int status = 0; status <= static_cast<int>(StudentStatus::deceased); ++status)
      words.push_back(to_string(static_cast<StudentStatus>(status)));
  if (type == MemberType::sex) words = {to_string(Sex::male), to_string(Sex::female)};
  if (type == MemberType::grade) words = {grade_words.begin(), grade_words.end()};
  return words;
}

std::vector<std::string> member_paths() {
  std::vector<std::string> paths;
  for (const Member& member : members) paths.push_back(member.path());
  return paths;
}

const Member* student_member(std::string_view name) {
  const auto* const found =
      std::find_if(members.begin(), members.end(), [&](const Member& member) { return member.name == name; });
  return found == members.end() ? nullptr : found;
}

std::string member_text(const Student& student, std::string_view name) {
  const Member* member = student_member(name);
  if (!member) throw std::logic_error("a student has no member '" + std::string(name) + "'");
  return member->read(student);
}

Text title_of_member(std::string_view name) {
  if (name == number_state) return {"学籍号状态", "State of the number"};
  if (name == school_member) return {"学校", "School"};
  if (name == merged_into_member) return {"并入的学籍", "Merged into the record"};
  if (const Member* member = student_member(name)) return member->title();
  return {std::string(name), std::string(name)};
}

Demand demand_of(std::string_view name) {
  const Member* member = student_member(name);
  return member ? member->demand : Demand::decision;
}

}  // namespace xueji
