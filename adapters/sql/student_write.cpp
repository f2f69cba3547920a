// What a decision changes in the registry: the lock of "one open business", and the effects.
#include <algorithm>

#include "adapters/sql/rows.hpp"
#include "adapters/sql/write_transaction.hpp"
#include "engine/registry/effects.hpp"
#include "engine/registry/numbers.hpp"

namespace xueji::sql {

void SqlWriteTransaction::write_student(const Decision& decision) {
  if (!decision.locks_student && !decision.unlocks_student && decision.changes.empty()) return;
  const auto& request = decision.request;
  const auto known = students_.find(request.student);
  if (known == students_.end())
    throw StoreError(StoreError::Kind::broken, "the student of a request is not in the registry");
  const Student before = known->second;
  const StoreError stale(StoreError::Kind::stale, "a student has moved to another version");

  Student after = before;
  if (!decision.changes.empty()) {
    if (decision.history.empty()) throw std::logic_error("a change of the registry without history");
    after = apply(before, decision.changes, decision.history.back().recorded_at);
  }
  if (decision.locks_student) {
    if (before.open_request) throw stale;
    after.open_request = request.id;
  }
  if (decision.unlocks_student) {
    if (before.open_request != request.id) throw stale;
    after.open_request = {};
  }

  long long changed = 0;
  if (decision.changes.empty()) {
    changed =
        writing_
            ->prepare("UPDATE student SET open_request_id = ?i WHERE id = ?i AND version = ?i AND open_request_id = ?i")
            .bind(after.open_request, after.id, before.version, before.open_request)
            .run();
  } else {
    changed = writing_
                  ->prepare(
                      "UPDATE student SET school_id = ?i, name = ?t, name_key = ?t, id_number = ?t, sex = ?t, "
                      "birth_date = ?t, status = ?t, grade = ?t, class_name = ?t, open_request_id = ?i, version = ?i "
                      "WHERE id = ?i AND version = ?i AND open_request_id = ?i")
                  .bind(after.school, after.name, search_key(after.name), after.id_number, to_string(after.sex),
                        to_string(after.birth_date), to_string(after.status), after.grade, after.class_name,
                        after.open_request, after.version, after.id, before.version, before.open_request)
                  .run();
    write_numbers(before, after);
  }
  if (changed != 1) throw stale;
  students_.insert_or_assign(after.id, std::move(after));
}

void SqlWriteTransaction::write_numbers(const Student& before, const Student& after) {
  for (const auto& number : after.numbers) {
    const auto old = std::find_if(before.numbers.begin(), before.numbers.end(),
                                  [&](const StudentNumber& other) { return other.number == number.number; });
    if (old == before.numbers.end()) {
      writing_
          ->prepare("INSERT INTO student_number (number, student_id, kind, state, since) VALUES (?t, ?i, ?t, ?t, ?i)")
          .bind(number.number, after.id, to_string(number.kind), to_string(number.state), number.since)
          .run();
    } else if (*old != number) {
      writing_->prepare("UPDATE student_number SET state = ?t, since = ?i WHERE number = ?t AND student_id = ?i")
          .bind(to_string(number.state), number.since, number.number, after.id)
          .run();
    }
  }
}

}  // namespace xueji::sql
