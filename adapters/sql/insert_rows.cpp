#include "adapters/sql/insert_rows.hpp"

#include "engine/registry/numbers.hpp"

namespace xueji::sql {

void insert_office(Session& session, const Office& office) {
  session.prepare("INSERT INTO office (id, code, name, level, supervisor_id) VALUES (?i, ?t, ?t, ?t, ?i)")
      .bind(office.id, office.code, office.name, to_string(office.level), office.supervisor)
      .run();
  session
      .prepare(
          "INSERT INTO office_closure (ancestor_id, descendant_id) SELECT ancestor_id, ?i FROM office_closure "
          "WHERE descendant_id = ?i")
      .bind(office.id, office.supervisor)
      .run();
  session.prepare("INSERT INTO office_closure (ancestor_id, descendant_id) VALUES (?i, ?i)")
      .bind(office.id, office.id)
      .run();
}

void insert_account(Session& session, const Account& account) {
  session
      .prepare(
          "INSERT INTO account (id, username, name, language, password_hash, disabled, failures, locked_until, "
          "read_through) "
          "VALUES (?i, ?t, ?t, ?t, ?t, ?i, ?i, ?i, 0)")
      .bind(account.id, account.username, account.name, account.language == Language::zh ? "zh" : "en",
            account.password_hash, account.disabled ? 1 : 0, account.failures, account.locked_until)
      .run();
}

void insert_post(Session& session, const Post& post) {
  session
      .prepare(
          "INSERT INTO post (id, account_id, office_id, role, delegated_from, from_at, until_at) "
          "VALUES (?i, ?i, ?i, ?t, ?i, ?i, ?i)")
      .bind(post.id, post.account, post.office, to_string(post.role), post.delegated_from, post.from, post.until)
      .run();
}

void insert_student(Session& session, const Student& student) {
  session
      .prepare(
          "INSERT INTO student (id, school_id, name, name_key, id_number, sex, birth_date, status, grade, class_name, "
          "open_request_id, version) VALUES (?i, ?i, ?t, ?t, ?t, ?t, ?t, ?t, ?t, ?t, ?i, ?i)")
      .bind(student.id, student.school, student.name, search_key(student.name), student.id_number,
            to_string(student.sex), to_string(student.birth_date), to_string(student.status), student.grade,
            student.class_name, student.open_request, student.version)
      .run();
  for (const auto& number : student.numbers) {
    session.prepare("INSERT INTO student_number (number, student_id, kind, state, since) VALUES (?t, ?i, ?t, ?t, ?i)")
        .bind(number.number, student.id, to_string(number.kind), to_string(number.state), number.since)
        .run();
  }
}

}  // namespace xueji::sql
