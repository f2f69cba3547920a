// Rows of `task`: a task is named by its request and its number within it, and its id is made of the two.
#pragma once
#include <string>
#include <string_view>

#include "adapters/sql/question.hpp"
#include "engine/machine/request.hpp"

namespace xueji::sql {

/// Of the table by the name of `t`.
inline constexpr std::string_view task_key = "t.request_id, t.number";
inline constexpr std::string_view task_key_kinds = "ii";
TaskId read_task_id(const Statement& row, std::size_t first);
/// Those that a list in order of `column`, request and number has after that one.
void where_task_after(Question& question, const std::string& column, bool descending, const Value& order,
                      const Value& task);

/// Before step 15 the id of a task was its request's times 8 plus a place: documents and outboxes that were written
/// then still name tasks so. The step numbered tasks by their place plus 1, and so does this. 0 stays none.
TaskId task_in_document(RequestId request, std::int64_t id);
/// The same for a request whose document was written before step 15.
void number_older_tasks(Request& request);

}  // namespace xueji::sql
