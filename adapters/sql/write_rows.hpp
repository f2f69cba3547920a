// The rows that one transaction of the pipeline writes, collected by statement and run together.
#pragma once
#include <utility>
#include <vector>

#include "adapters/sql/bulk.hpp"
#include "adapters/sql/finding_rows.hpp"

namespace xueji::sql {

/// Each member's parameters are in the order of its statement in write_rows.cpp.
struct WriteRows {
  explicit WriteRows(Session& session);

  Bulk new_requests, changed_requests;
  Bulk locked_students, changed_students;
  Bulk new_subjects, subjects_set_aside, subjects_filled;
  Bulk new_numbers, changed_numbers, moved_numbers;
  FindingRows finding;
  Bulk migrated_requests, migrated_tasks;
  Bulk ended_tasks, moved_tasks, changed_tasks, claimed_tasks, new_tasks, marked_tasks;
  Bulk dropped_evidence, new_evidence;
  Bulk dropped_places, new_places, dropped_past_places, new_past_places;
  Bulk given_up_once, new_once;

  Bulk history, submissions, student_changes, notifications;

  Bulk ended_acts, ended_act_evidence, new_acts, new_act_evidence;
  Bulk undoable_keys, forgotten_keys;
  Bulk undo_events, forgotten_events, undo_notifications;

  std::vector<StudentId> marked;  ///< whose twins are to be looked for

  /// Requests about several students that release all whom the database holds as locked by them, before anything
  /// else is changed of those; and how many they are.
  std::vector<std::pair<RequestId, long long>> releases;

  /// In an order in which what a row refers to is there before it. Throws StoreError{stale} where a request or student
  /// was not at the version that its change starts from.
  void run();

 private:
  void release_students();

  Session& session_;
};

}  // namespace xueji::sql
