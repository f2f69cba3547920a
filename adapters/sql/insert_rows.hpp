// Single rows that both the administration and the bulk loader write. An id of 0 takes the next free one.
#pragma once
#include "adapters/sql/session.hpp"
#include "engine/authority/office.hpp"
#include "engine/ports/accounts.hpp"
#include "engine/registry/student.hpp"

namespace xueji::sql {

void insert_office(Session& session, const Office& office);
void insert_account(Session& session, const Account& account);
void insert_post(Session& session, const Post& post);
void insert_student(Session& session, const Student& student);

}  // namespace xueji::sql
