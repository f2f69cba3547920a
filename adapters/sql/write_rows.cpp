#include "adapters/sql/write_rows.hpp"

#include "adapters/sql/subject_rows.hpp"
#include "adapters/sql/twin_rows.hpp"
#include "engine/ports/store.hpp"

namespace xueji::sql {
namespace {

void run_compared(Bulk& bulk, const char* otherwise) {
  const auto rows = static_cast<long long>(bulk.rows());
  if (bulk.run() != rows) throw StoreError(StoreError::Kind::stale, otherwise);
}

}  // namespace

WriteRows::WriteRows(Session& session)
    : new_requests(session,
                   "INSERT INTO request (id, definition_id, student_id, school_id, state, outcome, version, opened_by, "
                   "opened_at, last_hash, last_history_id, shown_until, document, subject_count) "
                   "VALUES (?i, ?i, ?i, ?i, ?t, ?t, ?i, ?i, ?i, ?t, ?i, ?i, ?t, ?i)"),
      changed_requests(session,
                       "UPDATE request SET state = ?t, outcome = ?t, version = ?i, last_hash = ?t, "
                       "last_history_id = ?i, shown_until = ?i, document = ?t WHERE id = ?i AND version = ?i"),
      locked_students(session,
                      "UPDATE student SET open_request_id = ?i "
                      "WHERE id = ?i AND version = ?i AND open_request_id = ?i"),
      changed_students(
          session,
          "UPDATE student SET school_id = ?i, name = ?t, name_key = ?t, id_number = ?t, sex = ?t, "
          "birth_date = ?t, status = ?t, status_until = ?t, grade = ?t, class_name = ?t, merged_into = "
          "?i, open_request_id = ?i, version = ?i WHERE id = ?i AND version = ?i AND open_request_id = ?i"),
      new_subjects(session,
                   "INSERT INTO request_subject (request_id, ordinal, student_id, set_aside_at, set_aside_by, "
                   "reason_zh, reason_en, locked, fields) VALUES (?i, ?i, ?i, ?i, ?i, ?t, ?t, ?i, ?t)"),
      subjects_set_aside(session,
                         "UPDATE request_subject SET set_aside_at = ?i, set_aside_by = ?i, reason_zh = ?t, "
                         "reason_en = ?t WHERE request_id = ?i AND ordinal = ?i AND set_aside_at IS NULL"),
      subjects_filled(session, "UPDATE request_subject SET fields = ?t WHERE request_id = ?i AND ordinal = ?i"),
      new_numbers(session,
                  "INSERT INTO student_number (number, student_id, kind, state, since) VALUES (?t, ?i, ?t, ?t, ?i)"),
      changed_numbers(session,
                      "UPDATE student_number SET state = ?t, since = ?i WHERE number = ?t AND student_id = ?i"),
      moved_numbers(session,
                    "UPDATE student_number SET student_id = ?i, state = ?t, since = ?i WHERE number = ?t AND "
                    "student_id = ?i"),
      finding(session),
      migrated_requests(session, "UPDATE request SET definition_id = ?i WHERE id = ?i"),
      migrated_tasks(session, "UPDATE task SET definition_id = ?i WHERE request_id = ?i"),
      ended_tasks(session, "DELETE FROM task WHERE request_id = ?i AND number = ?i"),
      moved_tasks(
          session,
          "UPDATE task SET number = ?i, branch = ?i, escalated = ?i, queue = ?i, state = ?t, since = ?i, "
          "due = ?i, timer = ?i, claimed_by = ?i, undecidable_since = ?i WHERE request_id = ?i AND number = ?i"),
      changed_tasks(session,
                    "UPDATE task SET queue = ?i, state = ?t, since = ?i, due = ?i, timer = ?i, claimed_by = ?i "
                    "WHERE request_id = ?i AND number = ?i"),
      claimed_tasks(session, "UPDATE task SET claimed_by = ?i WHERE request_id = ?i AND number = ?i"),
      new_tasks(session,
                "INSERT INTO task (request_id, number, branch, escalated, definition_id, student_id, school_id, queue, "
                "state, since, due, timer, claimed_by, undecidable_since) "
                "VALUES (?i, ?i, ?i, ?i, ?i, ?i, ?i, ?i, ?t, ?i, ?i, ?i, ?i, ?i)"),
      marked_tasks(session, "UPDATE task SET undecidable_since = ?i WHERE request_id = ?i AND number = ?i"),
      dropped_evidence(session, "DELETE FROM request_evidence WHERE request_id = ?i AND sha256 = ?t"),
      new_evidence(session, "INSERT INTO request_evidence (request_id, sha256) VALUES (?i, ?t)"),
      dropped_places(session, "DELETE FROM request_place WHERE request_id = ?i AND office_id = ?i"),
      new_places(session, "INSERT INTO request_place (request_id, office_id) VALUES (?i, ?i)"),
      dropped_past_places(session, "DELETE FROM request_past_place WHERE request_id = ?i AND office_id = ?i"),
      new_past_places(session, "INSERT INTO request_past_place (request_id, office_id, until_at) VALUES (?i, ?i, ?i)"),
      given_up_once(session, "DELETE FROM request_once WHERE once_hash = ?t AND request_id = ?i"),
      new_once(session, "INSERT INTO request_once (once_hash, request_id) VALUES (?t, ?i)"),
      history(session,
              "INSERT INTO history (id, previous_id, request_id, student_id, definition_id, account_id, office_id, "
              "role, action, from_state, to_state, comment, recorded_at, effective_at, changes, request_version, "
              "previous_hash, hash, outbox, key_hash, key_account_id, idempotency_key, fingerprint, hash_format, "
              "submission, about_one) "
              "VALUES (?i, ?i, ?i, ?i, ?i, ?i, ?i, ?t, ?t, ?t, ?t, ?t, ?i, ?i, ?t, ?i, ?t, ?t, ?t, ?i, ?i, ?t, ?t, "
              "?i, ?i, ?i)"),
      submissions(session,
                  "INSERT INTO submission (request_id, ordinal, round, history_id, form_hash, evidence_hash, document) "
                  "VALUES (?i, ?i, ?i, ?i, ?t, ?t, ?t)"),
      student_changes(session,
                      "INSERT INTO student_change (id, history_id, student_id, member, old_value, new_value, "
                      "effective_at, recorded_at) VALUES (?i, ?i, ?i, ?t, ?t, ?t, ?i, ?i)"),
      notifications(session,
                    "INSERT INTO notification (id, history_id, request_id, kind, account_id, queue) "
                    "VALUES (?i, ?i, ?i, ?t, ?i, ?i)"),
      ended_acts(session, "DELETE FROM pending_act WHERE request_id = ?i"),
      ended_act_evidence(session, "DELETE FROM pending_evidence WHERE request_id = ?i"),
      new_acts(session,
               "INSERT INTO pending_act (request_id, account_id, action, from_state, until_at, document) "
               "VALUES (?i, ?i, ?t, ?t, ?i, ?t)"),
      new_act_evidence(session, "INSERT INTO pending_evidence (request_id, sha256) VALUES (?i, ?t)"),
      undoable_keys(session,
                    "INSERT INTO undoable_key (key_hash, key_account_id, idempotency_key, fingerprint, request_id, "
                    "until_at) VALUES (?i, ?i, ?t, ?t, ?i, ?i)"),
      forgotten_keys(session, "DELETE FROM undoable_key WHERE until_at < ?i"),
      undo_events(session,
                  "INSERT INTO undo_event (id, request_id, definition_id, request_version, word, state, recorded_at, "
                  "outbox, reason_zh, reason_en) VALUES (?i, ?i, ?i, ?i, ?t, ?t, ?i, ?t, ?t, ?t)"),
      forgotten_events(session, "DELETE FROM undo_event WHERE recorded_at < ?i AND reason_zh = ''"),
      undo_notifications(session,
                         "INSERT INTO notification (id, history_id, request_id, kind, account_id, queue, "
                         "undo_event_id) VALUES (?i, ?i, ?i, ?t, ?i, ?i, ?i)"),
      session_(session) {}

void WriteRows::release_students() {
  for (const auto& [request, locked] : releases)
    if (release_students_of(session_, request) != locked)
      throw StoreError(StoreError::Kind::stale, "a student of several has moved to another request");
}

void WriteRows::run() {
  constexpr const char* moved_student = "a student has moved to another version";
  new_requests.run();
  run_compared(changed_requests, "a request has moved to another version");
  release_students();
  new_subjects.run();
  run_compared(subjects_set_aside, "one of several students has been set aside");
  run_compared(subjects_filled, "one of several students is missing");
  run_compared(locked_students, moved_student);
  run_compared(changed_students, moved_student);
  run_compared(moved_numbers, "a number has moved to another student");
  for (auto* bulk : {&given_up_once,
                     &new_once,
                     &dropped_places,
                     &new_places,
                     &dropped_past_places,
                     &new_past_places,
                     &new_numbers,
                     &changed_numbers,
                     &migrated_requests,
                     &ended_tasks,
                     &moved_tasks,
                     &changed_tasks,
                     &claimed_tasks,
                     &new_tasks,
                     &marked_tasks,
                     &migrated_tasks,
                     &dropped_evidence,
                     &new_evidence,
                     &history,
                     &submissions,
                     &student_changes,
                     &notifications,
                     &ended_acts,
                     &ended_act_evidence,
                     &new_acts,
                     &new_act_evidence,
                     &forgotten_keys,
                     &undoable_keys,
                     &forgotten_events,
                     &undo_events,
                     &undo_notifications})
    bulk->run();
  finding.run();
  mark_for_twins(session_, marked);
}

}  // namespace xueji::sql
