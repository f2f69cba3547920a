// The members of a student's record: one table of traits, from which come guards, changes, fields, titles and schemas.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/text.hpp"
#include "engine/registry/demands.hpp"
#include "engine/registry/student.hpp"

namespace xueji {

enum class MemberType { person_name, id_number, sex, date, status, grade, text };

struct Member {
  std::string_view name;  ///< its word: in changes and answers, and behind `student.` in definitions
  MemberType type;
  Demand demand;      ///< of a change
  bool may_be_empty;  ///< a record may have none
  std::string_view zh, en;
  std::string_view now_zh, now_en;  ///< the title where a form has a new value beside it; mostly the same
  /// The text that changes, guards and scenarios write; empty where the record has none.
  std::string (*read)(const Student&);
  /// Throws std::logic_error for a text that is no value of the member.
  void (*set)(Student&, const std::string&);

  /// `student.name`
  std::string path() const { return "student." + std::string(name); }
  Text title() const { return {std::string(zh), std::string(en)}; }
  Text present_title() const { return {std::string(now_zh), std::string(now_en)}; }
};

/// The words that such a member may be given; none where it isn't one out of a few. `merged` is given by merging alone.
std::vector<std::string_view> words_of(MemberType type);

/// In the order in which people read them.
std::span<const Member> student_members();
/// `student.name`, …: the paths of all.
std::vector<std::string> member_paths();
/// Null for a word that is no member.
const Member* student_member(std::string_view name);

/// The member's present text; empty for a missing ID number. Throws std::logic_error for a word that is no member.
std::string member_text(const Student& student, std::string_view name);

/// What changes about a number; one of a student's many, so no member of the table.
inline constexpr std::string_view number_state = "number.state";

/// Where the record is: changed by moving the student there, never by a field.
inline constexpr std::string_view school_member = "school";

/// The record that goes on in place of a merged one, by its id: changed by merging alone.
inline constexpr std::string_view merged_into_member = "merged_into";

/// Of a member, `school`, `merged_into` or `number.state`; the word itself where it is neither, as in what an older
/// version wrote.
Text title_of_member(std::string_view name);
/// What such a change demands. A word that is no member demands a decision.
Demand demand_of(std::string_view name);

}  // namespace xueji
