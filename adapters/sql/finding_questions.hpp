// How a list of students, or of what is about them, is cut to those who are found by what was typed.
#pragma once
#include <functional>

#include "adapters/sql/question.hpp"
#include "engine/ports/queries.hpp"

namespace xueji::sql {

/// Behind `student s`: the list of its keys, as `f`.
inline constexpr std::string_view join_key_list =
    " CROSS JOIN student_key_list f ON f.school_id = s.school_id AND f.student_id = s.id";
/// One condition over `f.found_by`. Nothing sought finds nobody.
void where_found(Question& question, const std::vector<std::string>& sought);

/// As where_found(), over requests `r` with their students `s`, for whoever sees the schools that `in_sight` adds a
/// condition on: another school's student is found by the name that the request shows, and by no number.
void where_found_in_sight(Question& question, const std::vector<std::string>& sought,
                          const std::function<void(Question&)>& in_sight);

/// Of change `c` of a name: request `r` shows it no more (StoredRequest::shown_until), or it came after the student `s`
/// had left the school that they were at when `r` was opened, otherwise than by its own end.
inline constexpr std::string_view came_later =
    "c.student_id = r.student_id AND c.member = 'name' AND ((r.shown_until > 0 AND c.history_id > r.shown_until) OR "
    "(s.school_id <> r.school_id AND c.history_id > (SELECT MIN(m.history_id) FROM student_change m WHERE m.student_id "
    "= r.student_id AND m.member = 'school' AND m.recorded_at >= r.opened_at AND (r.shown_until = 0 OR m.history_id < "
    "r.shown_until))))";
/// The name of student `s` as request `r` shows it: without the changes that came later.
inline const std::string name_then = "COALESCE((SELECT c.old_value FROM student_change c WHERE " +
                                     std::string(came_later) + " ORDER BY c.history_id LIMIT 1), s.name)";

/// The ids of students of which a key, `k`, begins with one of the prefixes; a student may come more than once.
/// `with` adds conditions over `k`, and over what `join` brings.
Question ids_by_keys(const std::vector<std::string>& sought, std::string_view join,
                     const std::function<void(Question&)>& with);

/// Where in the order of keys a student was found.
struct KeyPlace {
  std::string key;
  StudentId student;
};
/// Nothing where the student is gone, or not found any more.
std::optional<KeyPlace> place_of(Session& session, StudentId student, const std::vector<std::string>& sought);
/// A page of students in the order of their keys, each at the first that is sought, from behind `after`. Conditions
/// over `k`, and `s` where `join` brings it, are added by `with`.
std::vector<std::pair<Student, KeyPlace>> students_by_keys(Session& session, const std::vector<std::string>& sought,
                                                           std::string_view join,
                                                           const std::function<void(Question&)>& with,
                                                           std::optional<KeyPlace> after, std::size_t limit);

}  // namespace xueji::sql
