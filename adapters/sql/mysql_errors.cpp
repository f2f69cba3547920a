#include "adapters/sql/mysql_errors.hpp"

#include <errmsg.h>
#include <mysqld_error.h>

#include <string>

namespace xueji::sql {
namespace {

// A node of Galera that must not serve takes no command, and calls each one unknown.
constexpr unsigned er_wsrep_not_ready = ER_UNKNOWN_COM_ERROR;

}  // namespace

StoreError mysql_error(unsigned number, bool at_commit) {
  using Kind = StoreError::Kind;
  const auto say = [&](Kind kind, const char* what) {
    return StoreError(kind, std::string(what) + " (MariaDB error " + std::to_string(number) + ")");
  };
  switch (number) {
    case ER_LOCK_WAIT_TIMEOUT:
      return say(Kind::busy, "a lock was not had in time");
    case ER_LOCK_DEADLOCK:
    case ER_CHECKREAD:
      return say(Kind::busy, "another transaction was in the way");
    case er_wsrep_not_ready:
      return say(Kind::busy, "the database's node is not ready");
    case ER_STATEMENT_TIMEOUT:
      return say(Kind::busy, "a read took too long");
    case ER_CON_COUNT_ERROR:
    case ER_TOO_MANY_USER_CONNECTIONS:
      return say(Kind::busy, "the database server takes no more connections");
    case CR_CONNECTION_ERROR:
    case CR_CONN_HOST_ERROR:
      return say(Kind::busy, "the database server can't be reached");
    case CR_SERVER_GONE_ERROR:
    case CR_SERVER_LOST:
    case CR_SERVER_LOST_EXTENDED:
    case ER_CONNECTION_KILLED:
    case ER_SERVER_SHUTDOWN:
    case ER_QUERY_INTERRUPTED:
      return say(at_commit ? Kind::unknown_outcome : Kind::busy, "the connection to the database was lost");
    case ER_DUP_ENTRY:
    case ER_ROW_IS_REFERENCED_2:
    case ER_NO_REFERENCED_ROW_2:
    case ER_BAD_NULL_ERROR:
    case ER_DATA_TOO_LONG:
    case ER_WARN_DATA_OUT_OF_RANGE:
    case ER_TRUNCATED_WRONG_VALUE_FOR_FIELD:
      return say(Kind::broken, "a row breaks a rule of the schema");
    case ER_DISK_FULL:
    case ER_RECORD_FILE_FULL:
      return say(Kind::full, "the database server's disk is full");
    case ER_OPTION_PREVENTS_STATEMENT:
    case ER_READ_ONLY_MODE:
    case ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION:
      return say(Kind::broken, "the database may only be read");
    case ER_ACCESS_DENIED_ERROR:
    case ER_ACCESS_DENIED_NO_PASSWORD_ERROR:
    case ER_HOST_NOT_PRIVILEGED:
    case ER_HOST_IS_BLOCKED:
      return say(Kind::broken, "the database server does not let this account in: check user and password");
    case ER_DBACCESS_DENIED_ERROR:
    case ER_TABLEACCESS_DENIED_ERROR:
      return say(Kind::broken,
                 "the account lacks rights on the database: `xueji migrate` needs the account that owns it");
    case ER_BAD_DB_ERROR:
      return say(Kind::broken, "there is no such database: CREATE DATABASE first (docs/operating.md)");
    case CR_SSL_CONNECTION_ERROR:
      return say(Kind::broken, "no trusted TLS connection to the database: check store.tls and store.tls_ca");
    default:
      return say(Kind::broken, "the database refused a statement");
  }
}

}  // namespace xueji::sql
