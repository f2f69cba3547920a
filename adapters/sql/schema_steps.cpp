// The steps themselves. docs/formats/schema.md says what each column holds.
#include "adapters/sql/schema_steps.hpp"

#include <fmt/format.h>

#include <array>

#include "adapters/sql/finding_rows.hpp"
#include "adapters/sql/place_rows.hpp"
#include "adapters/sql/twin_rows.hpp"
#include "engine/base/sha256.hpp"

namespace xueji::sql {
namespace {

const SchemaStep step_one{
    1,
    "offices, accounts, registry, requests, history",
    {
        R"(CREATE TABLE schema_migration (
  version {id},
  name VARCHAR(128) NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  applied_at BIGINT NOT NULL))",

        R"(CREATE TABLE office (
  id {id},
  code VARCHAR(16) NOT NULL,
  name VARCHAR(255) NOT NULL,
  level VARCHAR(16) NOT NULL,
  supervisor_id BIGINT NOT NULL))",
        R"(CREATE TABLE office_closure (
  ancestor_id BIGINT NOT NULL,
  descendant_id BIGINT NOT NULL,
  PRIMARY KEY (ancestor_id, descendant_id)) {clustered})",
        "CREATE INDEX office_closure_by_descendant ON office_closure (descendant_id, ancestor_id)",

        R"(CREATE TABLE account (
  id {id},
  username VARCHAR(64) NOT NULL,
  name VARCHAR(255) NOT NULL,
  language VARCHAR(8) NOT NULL,
  password_hash VARCHAR(255) NOT NULL,
  disabled BIGINT NOT NULL,
  failures BIGINT NOT NULL,
  locked_until BIGINT,
  read_through BIGINT NOT NULL))",
        "CREATE UNIQUE INDEX account_by_username ON account (username)",
        R"(CREATE TABLE post (
  id {id},
  account_id BIGINT NOT NULL REFERENCES account (id),
  office_id BIGINT NOT NULL REFERENCES office (id),
  role VARCHAR(16) NOT NULL,
  delegated_from BIGINT NOT NULL,
  from_at BIGINT,
  until_at BIGINT))",
        "CREATE INDEX post_by_account ON post (account_id)",
        "CREATE INDEX post_by_office ON post (office_id)",
        R"(CREATE TABLE login_session (
  token_hash VARCHAR(64) NOT NULL PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES account (id),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL) {clustered})",
        "CREATE INDEX login_session_by_expiry ON login_session (expires_at)",

        R"(CREATE TABLE definition (
  id {id},
  definition_key VARCHAR(64) NOT NULL,
  version BIGINT NOT NULL,
  sha256 VARCHAR(64) NOT NULL,
  file VARCHAR(255) NOT NULL,
  yaml {long_text} NOT NULL))",
        "CREATE UNIQUE INDEX definition_by_key ON definition (definition_key, version)",

        R"(CREATE TABLE student (
  id {id},
  school_id BIGINT NOT NULL REFERENCES office (id),
  name VARCHAR(255) NOT NULL,
  name_key VARCHAR(255) NOT NULL,
  id_number VARCHAR(18),
  sex VARCHAR(8) NOT NULL,
  birth_date VARCHAR(10) NOT NULL,
  status VARCHAR(16) NOT NULL,
  grade VARCHAR(8) NOT NULL,
  class_name VARCHAR(255) NOT NULL,
  open_request_id BIGINT NOT NULL,
  version BIGINT NOT NULL))",
        "CREATE INDEX student_by_school ON student (school_id, id)",
        "CREATE INDEX student_by_name_key ON student (name_key, id)",
        "CREATE INDEX student_by_id_number ON student (id_number)",
        "CREATE INDEX student_by_person ON student (name, birth_date, sex)",
        R"(CREATE TABLE student_number (
  number VARCHAR(19) NOT NULL PRIMARY KEY,
  student_id BIGINT NOT NULL REFERENCES student (id),
  kind VARCHAR(1) NOT NULL,
  state VARCHAR(16) NOT NULL,
  since BIGINT NOT NULL) {clustered})",
        "CREATE INDEX student_number_by_student ON student_number (student_id)",

        R"(CREATE TABLE request (
  id {id},
  definition_id BIGINT NOT NULL REFERENCES definition (id),
  student_id BIGINT NOT NULL REFERENCES student (id),
  school_id BIGINT NOT NULL REFERENCES office (id),
  state VARCHAR(64) NOT NULL,
  outcome VARCHAR(16) NOT NULL,
  version BIGINT NOT NULL,
  opened_by BIGINT NOT NULL,
  opened_at BIGINT NOT NULL,
  last_hash VARCHAR(64) NOT NULL,
  last_history_id BIGINT NOT NULL,
  document {long_text} NOT NULL))",
        "CREATE INDEX request_by_definition ON request (definition_id, id)",
        "CREATE INDEX request_by_student ON request (student_id, id)",
        "CREATE INDEX request_by_school ON request (school_id, id)",
        "CREATE INDEX request_by_opener ON request (opened_by, id)",
        R"(CREATE TABLE task (
  id {id},
  request_id BIGINT NOT NULL REFERENCES request (id),
  definition_id BIGINT NOT NULL,
  student_id BIGINT NOT NULL,
  school_id BIGINT NOT NULL,
  queue BIGINT NOT NULL,
  state VARCHAR(64) NOT NULL,
  since BIGINT NOT NULL,
  due BIGINT NOT NULL,
  timer BIGINT NOT NULL,
  claimed_by BIGINT NOT NULL))",
        "CREATE INDEX task_by_queue ON task (queue, since, id, due)",
        "CREATE INDEX task_by_timer ON task (timer)",

        R"(CREATE TABLE history (
  id {id},
  previous_id BIGINT NOT NULL,
  request_id BIGINT NOT NULL REFERENCES request (id),
  student_id BIGINT NOT NULL,
  definition_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  office_id BIGINT NOT NULL,
  role VARCHAR(16) NOT NULL,
  action VARCHAR(64) NOT NULL,
  from_state VARCHAR(64) NOT NULL,
  to_state VARCHAR(64) NOT NULL,
  comment {long_text} NOT NULL,
  recorded_at BIGINT NOT NULL,
  effective_at BIGINT NOT NULL,
  changes {long_text} NOT NULL,
  request_version BIGINT NOT NULL,
  previous_hash VARCHAR(64) NOT NULL,
  hash VARCHAR(64) NOT NULL,
  outbox {long_text},
  key_hash BIGINT,
  key_account_id BIGINT,
  idempotency_key VARCHAR(128),
  fingerprint VARCHAR(64)))",
        "CREATE UNIQUE INDEX history_by_key ON history (key_hash) {where key_hash is present}",
        R"(CREATE TABLE student_change (
  id {id},
  history_id BIGINT NOT NULL REFERENCES history (id),
  student_id BIGINT NOT NULL REFERENCES student (id),
  member VARCHAR(32) NOT NULL,
  old_value VARCHAR(255) NOT NULL,
  new_value VARCHAR(255) NOT NULL,
  effective_at BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL))",
        "CREATE INDEX student_change_by_student ON student_change (student_id, history_id)",

        R"(CREATE TABLE notification (
  id {id},
  history_id BIGINT NOT NULL REFERENCES history (id),
  request_id BIGINT NOT NULL,
  kind VARCHAR(64) NOT NULL,
  account_id BIGINT NOT NULL,
  queue BIGINT NOT NULL))",
        "CREATE INDEX notification_by_account ON notification (account_id, id)",
        "CREATE INDEX notification_by_queue ON notification (queue, id)",
        R"(CREATE TABLE notification_read (
  account_id BIGINT NOT NULL,
  notification_id BIGINT NOT NULL,
  PRIMARY KEY (account_id, notification_id)) {clustered})",

        R"(CREATE TABLE evidence_upload (
  sha256 VARCHAR(64) NOT NULL,
  account_id BIGINT NOT NULL,
  filename VARCHAR(255) NOT NULL,
  media_type VARCHAR(64) NOT NULL,
  size BIGINT NOT NULL,
  uploaded_at BIGINT NOT NULL,
  PRIMARY KEY (sha256, account_id)) {clustered})",
        "CREATE INDEX evidence_upload_by_age ON evidence_upload (uploaded_at, sha256)",
        R"(CREATE TABLE request_evidence (
  request_id BIGINT NOT NULL,
  sha256 VARCHAR(64) NOT NULL,
  PRIMARY KEY (request_id, sha256)) {clustered})",
        "CREATE INDEX request_evidence_by_hash ON request_evidence (sha256, request_id)",
    }};

const SchemaStep step_two{2,
                          "progress of steps in slices",
                          {
                              R"(CREATE TABLE schema_progress (
  version {id},
  checksum VARCHAR(64) NOT NULL,
  part BIGINT NOT NULL,
  position {long_text} NOT NULL,
  rows_done BIGINT NOT NULL,
  rows_all BIGINT NOT NULL))",
                          }};

const SchemaStep step_three{
    3,
    "tasks that nobody can decide, and changes of who holds which post",
    {
        "ALTER TABLE task ADD COLUMN undecidable_since BIGINT",
        "CREATE INDEX task_undecidable ON task (undecidable_since) {where undecidable_since is present}",
        R"(CREATE TABLE staffing_change (
  id {id},
  queue BIGINT NOT NULL))",
        "CREATE INDEX post_by_from ON post (from_at)",
        "CREATE INDEX post_by_until ON post (until_at)",
    }};

const SchemaStep step_four{4,
                           "submissions, on which acts are based; trials of writing",
                           {
                               R"(CREATE TABLE submission (
  request_id BIGINT NOT NULL,
  ordinal BIGINT NOT NULL,
  round BIGINT NOT NULL,
  history_id BIGINT NOT NULL,
  form_hash VARCHAR(64) NOT NULL,
  evidence_hash VARCHAR(64) NOT NULL,
  document {long_text} NOT NULL,
  PRIMARY KEY (request_id, ordinal)) {clustered})",
                               "ALTER TABLE history ADD COLUMN hash_format BIGINT NOT NULL DEFAULT 1",
                               "ALTER TABLE history ADD COLUMN submission BIGINT NOT NULL DEFAULT 0",
                               R"(CREATE TABLE readiness_trial (
  id {id},
  tried_at BIGINT NOT NULL))",
                           }};

const SchemaStep step_five{
    5,
    "uploads of an account within a day",
    {
        "CREATE INDEX evidence_upload_by_account ON evidence_upload (account_id, uploaded_at, size)",
    }};

const SchemaStep step_six{
    6,
    "audit trail, proposed posts, loans and their sources, sessions in use, known devices, second factors",
    {
        R"(CREATE TABLE audit_line (
  id {id},
  at BIGINT NOT NULL,
  action VARCHAR(32) NOT NULL,
  actor_id BIGINT NOT NULL,
  by_operator BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  office_id BIGINT NOT NULL,
  post_id BIGINT NOT NULL,
  role VARCHAR(16) NOT NULL,
  record VARCHAR(64) NOT NULL,
  address VARCHAR(64) NOT NULL,
  once_key VARCHAR(128)))",
        "CREATE UNIQUE INDEX audit_line_by_key ON audit_line (once_key) {where once_key is present}",
        "CREATE INDEX audit_line_by_account ON audit_line (account_id, id)",
        "CREATE INDEX audit_line_by_actor ON audit_line (actor_id, id)",
        "CREATE INDEX audit_line_by_office ON audit_line (office_id, id)",
        "CREATE INDEX audit_line_by_action ON audit_line (action, id)",
        "CREATE INDEX audit_line_by_time ON audit_line (at)",
        "CREATE INDEX audit_line_by_post ON audit_line (post_id)",

        "ALTER TABLE post ADD COLUMN source_id BIGINT NOT NULL DEFAULT 0",
        loans_find_their_source,
        "CREATE INDEX post_by_source ON post (source_id)",
        R"(CREATE TABLE post_proposal (
  id {id},
  account_id BIGINT NOT NULL REFERENCES account (id),
  office_id BIGINT NOT NULL REFERENCES office (id),
  role VARCHAR(16) NOT NULL,
  from_at BIGINT,
  until_at BIGINT,
  proposed_by BIGINT NOT NULL REFERENCES account (id),
  proposed_at BIGINT NOT NULL))",
        "CREATE INDEX post_proposal_by_account ON post_proposal (account_id)",
        "CREATE INDEX post_proposal_by_office ON post_proposal (office_id)",

        "ALTER TABLE account ADD COLUMN must_change_password BIGINT NOT NULL DEFAULT 0",
        "ALTER TABLE account ADD COLUMN used_at BIGINT",
        "ALTER TABLE login_session ADD COLUMN by_token BIGINT NOT NULL DEFAULT 0",
        "ALTER TABLE login_session ADD COLUMN used_at BIGINT NOT NULL DEFAULT 0",
        "ALTER TABLE login_session ADD COLUMN address VARCHAR(64) NOT NULL DEFAULT ''",
        "ALTER TABLE login_session ADD COLUMN user_agent VARCHAR(255) NOT NULL DEFAULT ''",
        "UPDATE login_session SET used_at = created_at WHERE used_at = 0",
        "CREATE INDEX login_session_by_account ON login_session (account_id)",
        R"(CREATE TABLE known_device (
  token_hash VARCHAR(64) NOT NULL,
  account_id BIGINT NOT NULL REFERENCES account (id),
  used_at BIGINT NOT NULL,
  PRIMARY KEY (token_hash, account_id)) {clustered})",
        "CREATE INDEX known_device_by_account ON known_device (account_id, used_at)",
        "CREATE INDEX known_device_by_use ON known_device (used_at)",
        R"(CREATE TABLE second_factor (
  account_id BIGINT NOT NULL PRIMARY KEY REFERENCES account (id),
  secret VARCHAR(64) NOT NULL,
  confirmed BIGINT NOT NULL,
  used_step BIGINT NOT NULL) {clustered})",
        R"(CREATE TABLE recovery_code (
  account_id BIGINT NOT NULL REFERENCES account (id),
  code_hash VARCHAR(64) NOT NULL,
  PRIMARY KEY (account_id, code_hash)) {clustered})",
    }};

const SchemaStep step_seven{
    7,
    "students found by any part of a name, pinyin, initials, last digits of a number",
    {
        R"(CREATE TABLE student_key (
  found_by VARCHAR(160) NOT NULL,
  student_id BIGINT NOT NULL,
  school_id BIGINT NOT NULL,
  PRIMARY KEY (found_by, student_id)) {clustered})",
        R"(CREATE TABLE student_key_list (
  school_id BIGINT NOT NULL,
  student_id BIGINT NOT NULL,
  found_by {long_text} NOT NULL,
  PRIMARY KEY (school_id, student_id)) {clustered})",
        fill_finding_rows(),
        "{sqlite} DROP INDEX student_by_name_key",
        "{sqlite} DROP INDEX student_by_person",
        "{mariadb} ALTER TABLE student DROP INDEX IF EXISTS student_by_name_key, DROP INDEX IF EXISTS "
        "student_by_person",
        "CREATE INDEX student_by_name_and_birth ON student (name_key, birth_date, sex)",
    }};

const SchemaStep step_eight{8,
                            "acts that can be undone",
                            {
                                R"(CREATE TABLE pending_act (
  request_id BIGINT NOT NULL PRIMARY KEY REFERENCES request (id),
  account_id BIGINT NOT NULL REFERENCES account (id),
  action VARCHAR(64) NOT NULL,
  from_state VARCHAR(64) NOT NULL,
  until_at BIGINT NOT NULL,
  document {long_text} NOT NULL) {clustered})",
                                "CREATE INDEX pending_act_by_until ON pending_act (until_at)",
                                R"(CREATE TABLE pending_evidence (
  request_id BIGINT NOT NULL,
  sha256 VARCHAR(64) NOT NULL,
  PRIMARY KEY (request_id, sha256)) {clustered})",
                                "CREATE INDEX pending_evidence_by_hash ON pending_evidence (sha256)",
                                R"(CREATE TABLE undoable_key (
  key_hash BIGINT NOT NULL PRIMARY KEY,
  key_account_id BIGINT NOT NULL,
  idempotency_key VARCHAR(128) NOT NULL,
  fingerprint VARCHAR(64) NOT NULL,
  request_id BIGINT NOT NULL,
  until_at BIGINT NOT NULL) {clustered})",
                                "CREATE INDEX undoable_key_by_until ON undoable_key (until_at)",
                                R"(CREATE TABLE undo_event (
  id {id},
  request_id BIGINT NOT NULL REFERENCES request (id),
  definition_id BIGINT NOT NULL,
  request_version BIGINT NOT NULL,
  word VARCHAR(16) NOT NULL,
  state VARCHAR(64) NOT NULL,
  recorded_at BIGINT NOT NULL,
  outbox {long_text} NOT NULL,
  reason_zh {long_text} NOT NULL,
  reason_en {long_text} NOT NULL))",
                                "CREATE INDEX undo_event_by_time ON undo_event (recorded_at)",
                                "ALTER TABLE notification ADD COLUMN undo_event_id BIGINT",
                            }};

const SchemaStep step_nine{9,
                           "which offices see a request, handles of students of other schools",
                           {
                               R"(CREATE TABLE request_place (
  request_id BIGINT NOT NULL REFERENCES request (id),
  office_id BIGINT NOT NULL REFERENCES office (id),
  PRIMARY KEY (request_id, office_id)) {clustered})",
                               fill_request_places(),
                               "CREATE INDEX request_place_by_office ON request_place (office_id, request_id)",
                               "{sqlite} DROP INDEX request_by_school",
                               R"(CREATE TABLE student_handle (
  handle_hash VARCHAR(64) NOT NULL PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES account (id),
  student_id BIGINT NOT NULL REFERENCES student (id),
  until_at BIGINT NOT NULL) {clustered})",
                               "CREATE INDEX student_handle_by_until ON student_handle (until_at)",
                           }};

const SchemaStep step_ten{10,
                          "variants of definitions",
                          {
                              "ALTER TABLE definition ADD COLUMN variant VARCHAR(64) NOT NULL DEFAULT ''",
                              "CREATE UNIQUE INDEX definition_by_file ON definition (definition_key, variant, version)",
                              "{sqlite} DROP INDEX definition_by_key",
                              "{mariadb} ALTER TABLE definition DROP INDEX IF EXISTS definition_by_key",
                          }};

const SchemaStep step_eleven{11,
                             "several students of a request",
                             {
                                 R"(CREATE TABLE request_subject (
  request_id BIGINT NOT NULL REFERENCES request (id),
  ordinal BIGINT NOT NULL,
  student_id BIGINT NOT NULL REFERENCES student (id),
  set_aside_at BIGINT,
  set_aside_by BIGINT NOT NULL,
  reason_zh {long_text} NOT NULL,
  reason_en {long_text} NOT NULL,
  PRIMARY KEY (request_id, ordinal)) {clustered})",
                                 "CREATE INDEX request_subject_by_student ON request_subject (student_id, request_id)",
                                 "ALTER TABLE request ADD COLUMN subject_count BIGINT NOT NULL DEFAULT 1",
                                 "ALTER TABLE history ADD COLUMN about_one BIGINT NOT NULL DEFAULT 0",
                             }};

const SchemaStep step_twelve{
    12,
    "merged records, pairs of records, marks by which twins are found",
    {
        "ALTER TABLE student ADD COLUMN merged_into BIGINT",
        "CREATE INDEX student_by_merged_into ON student (merged_into) {where merged_into is present}",
        "ALTER TABLE request_subject ADD COLUMN locked BIGINT NOT NULL DEFAULT 1",
        R"(CREATE TABLE twin_mark (
  id {id},
  student_id BIGINT NOT NULL REFERENCES student (id)))",
        fill_twin_marks(),
    }};

const SchemaStep step_thirteen{13,
                               "the stages and the system of a school, the end of a suspension's term",
                               {
                                   "ALTER TABLE office ADD COLUMN stages VARCHAR(64) NOT NULL DEFAULT ''",
                                   "ALTER TABLE office ADD COLUMN school_system VARCHAR(8) NOT NULL DEFAULT '6-3'",
                                   "ALTER TABLE student ADD COLUMN status_until VARCHAR(10)",
                               }};

const SchemaStep step_fourteen{14,
                               "what there may be one request for",
                               {
                                   R"(CREATE TABLE request_once (
  once_hash VARCHAR(64) NOT NULL PRIMARY KEY,
  request_id BIGINT NOT NULL REFERENCES request (id)) {clustered})",
                                   "CREATE UNIQUE INDEX request_once_by_request ON request_once (request_id)",
                               }};

const SchemaStep step_fifteen{
    15, "a value for each of several students", {"ALTER TABLE request_subject ADD COLUMN fields {long_text}"}};

const SchemaStep step_sixteen{16,
                              "which offices see a part of a request",
                              {
                                  R"(CREATE TABLE request_past_place (
  request_id BIGINT NOT NULL REFERENCES request (id),
  office_id BIGINT NOT NULL REFERENCES office (id),
  until_at BIGINT NOT NULL,
  PRIMARY KEY (request_id, office_id)) {clustered})",
                                  "CREATE INDEX request_past_place_by_office ON request_past_place (office_id, "
                                  "request_id)",
                              }};

/// Until then a task's id was its request's times 8 plus a place: 0 the request itself, 1 to 3 its branches, and 7 down
/// to 4 those to whom these were escalated.
const Rebuild tasks_with_numbers{
    "task",
    R"(CREATE TABLE task (
  request_id BIGINT NOT NULL REFERENCES request (id),
  definition_id BIGINT NOT NULL,
  student_id BIGINT NOT NULL,
  school_id BIGINT NOT NULL,
  queue BIGINT NOT NULL,
  state VARCHAR(64) NOT NULL,
  since BIGINT NOT NULL,
  due BIGINT NOT NULL,
  timer BIGINT NOT NULL,
  claimed_by BIGINT NOT NULL,
  undecidable_since BIGINT,
  number BIGINT NOT NULL,
  branch BIGINT NOT NULL,
  escalated BIGINT NOT NULL,
  PRIMARY KEY (request_id, number)) {clustered})",
    "request_id, definition_id, student_id, school_id, queue, state, since, due, timer, claimed_by, undecidable_since, "
    "number, branch, escalated",
    "request_id, definition_id, student_id, school_id, queue, state, since, due, timer, claimed_by, undecidable_since, "
    "id % 8 + 1, CASE WHEN id % 8 > 3 THEN 7 - id % 8 ELSE id % 8 END, CASE WHEN id % 8 > 3 THEN 1 ELSE 0 END"};

const SchemaStep step_seventeen{
    17,
    "tasks with numbers of their own within a request",
    {
        tasks_with_numbers,
        "{mariadb} ALTER TABLE task ADD COLUMN number BIGINT NOT NULL DEFAULT 0, ADD COLUMN branch BIGINT NOT NULL "
        "DEFAULT 0, ADD COLUMN escalated BIGINT NOT NULL DEFAULT 0",
        "{mariadb} UPDATE task SET number = id % 8 + 1, branch = CASE WHEN id % 8 > 3 THEN 7 - id % 8 ELSE id % 8 END, "
        "escalated = CASE WHEN id % 8 > 3 THEN 1 ELSE 0 END",
        "{mariadb} ALTER TABLE task DROP INDEX IF EXISTS task_by_queue, DROP PRIMARY KEY, "
        "ADD PRIMARY KEY (request_id, number), DROP COLUMN id",
        "CREATE INDEX task_by_queue ON task (queue, since, request_id, number, due)",
        "CREATE INDEX task_by_timer ON task (timer)",
        "CREATE INDEX task_undecidable ON task (undecidable_since) {where undecidable_since is present}",
    }};

/// Until then that of a draft which the student's school does not know moved on with every act on it.
const SchemaStep step_eighteen{18,
                               "up to when a request shows its students",
                               {
                                   "ALTER TABLE request ADD COLUMN shown_until BIGINT NOT NULL DEFAULT 0",
                                   "UPDATE request SET shown_until = last_history_id WHERE outcome <> '' OR "
                                   "INSTR(document, '\"unfiled\":true') > 0",
                               }};

std::string as_written(const StepPart& part) {
  if (part.is_sliced()) return "{slices} " + std::string(part.work.identity) + ";\n";
  const auto& table = part.rebuild;
  if (part.is_rebuild())
    return fmt::format("{{rebuild}} {};\n{};\n{};\n{};\n", table.table, table.create, table.columns, table.values);
  return std::string(part.statement) + ";\n";
}

}  // namespace

std::span<const SchemaStep> schema_steps() {
  static const std::array<SchemaStep, 18> steps{
      step_one,      step_two,      step_three,   step_four,    step_five,      step_six,
      step_seven,    step_eight,    step_nine,    step_ten,     step_eleven,    step_twelve,
      step_thirteen, step_fourteen, step_fifteen, step_sixteen, step_seventeen, step_eighteen};
  return steps;
}

std::string title(const SchemaStep& step) { return fmt::format("{:04} {}", step.version, step.name); }

std::string checksum(const SchemaStep& step) {
  std::string whole;
  for (const auto& part : step.parts) whole += as_written(part);
  return sha256_hex(whole);
}

}  // namespace xueji::sql
