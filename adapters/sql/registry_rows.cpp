#include "adapters/sql/registry_rows.hpp"

#include <utility>

#include "adapters/sql/schema_steps.hpp"
#include "engine/registry/names.hpp"

namespace xueji::sql {

RegistryRows::RegistryRows(Session& session)
    : session_(session),
      offices_(session,
               "INSERT INTO office (id, code, name, level, supervisor_id, stages, school_system) "
               "VALUES (?i, ?t, ?t, ?t, ?i, ?t, ?t)"),
      amended_offices_(session, "UPDATE office SET stages = ?t, school_system = ?t WHERE id = ?i"),
      own_closure_(session, "INSERT INTO office_closure (ancestor_id, descendant_id) VALUES (?i, ?i)"),
      closure_above_(session,
                     "INSERT INTO office_closure (ancestor_id, descendant_id) SELECT ancestor_id, ?i "
                     "FROM office_closure WHERE descendant_id = ?i"),
      accounts_(session,
                "INSERT INTO account (id, username, name, language, password_hash, disabled, failures, locked_until, "
                "read_through, must_change_password, used_at) VALUES (?i, ?t, ?t, ?t, ?t, ?i, ?i, ?i, 0, ?i, ?i)"),
      posts_(session,
             "INSERT INTO post (id, account_id, office_id, role, delegated_from, from_at, until_at, source_id) "
             "VALUES (?i, ?i, ?i, ?t, ?i, ?i, ?i, ?i)"),
      students_(session,
                "INSERT INTO student (id, school_id, name, name_key, id_number, sex, birth_date, status, grade, "
                "class_name, open_request_id, version, merged_into, status_until) VALUES (?i, ?i, ?t, ?t, ?t, ?t, ?t, "
                "?t, ?t, ?t, ?i, ?i, ?i, ?t)"),
      numbers_(session,
               "INSERT INTO student_number (number, student_id, kind, state, since) VALUES (?t, ?i, ?t, ?t, ?i)"),
      finding_(session) {}

void RegistryRows::add(const Office& office) {
  offices_.add(office.id, office.code, office.name, to_string(office.level), office.supervisor,
               to_string(office.stages), to_string(office.system));
  own_closure_.add(office.id, office.id);
  closure_above_.add(office.id, office.supervisor);
}

void RegistryRows::amend(const Office& office) {
  amended_offices_.add(to_string(office.stages), to_string(office.system), office.id);
}

void RegistryRows::add(const Account& account) {
  accounts_.add(account.id, account.username, account.name, account.language == Language::zh ? "zh" : "en",
                account.password_hash, account.disabled ? 1 : 0, account.failures, account.locked_until,
                account.must_change_password ? 1 : 0, account.used);
}

void RegistryRows::add(const Post& post) {
  posts_.add(post.id, post.account, post.office, to_string(post.role), post.delegated_from, post.from, post.until,
             post.source);
  lent_ = lent_ || (post.delegated_from && !post.source);
}

void RegistryRows::add(const Student& student) {
  students_.add(student.id, student.school, student.name, search_key(student.name), student.id_number,
                to_string(student.sex), to_string(student.birth_date), to_string(student.status), student.grade,
                student.class_name, student.open_request, student.version, present(student.merged_into),
                text_or_none(student.status_until));
  for (const auto& number : student.numbers)
    numbers_.add(number.number, student.id, to_string(number.kind), to_string(number.state), number.since);
  finding_.add(student);
}

std::size_t RegistryRows::rows() const {
  return offices_.rows() + amended_offices_.rows() + accounts_.rows() + posts_.rows() + students_.rows() +
         numbers_.rows() + finding_.rows();
}

void RegistryRows::run() {
  for (auto* bulk :
       {&offices_, &amended_offices_, &own_closure_, &closure_above_, &accounts_, &posts_, &students_, &numbers_})
    bulk->run();
  finding_.run();
  if (std::exchange(lent_, false)) session_.prepare(loans_find_their_source).run();
}

}  // namespace xueji::sql
