// Where a database is: the address that an operator writes, taken apart.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace xueji::sql {

struct SqliteAddress {
  std::string file;
};

struct MysqlAddress {
  std::string user;
  std::optional<std::string> password;  ///< better kept in `store.password_file` or the environment
  std::string host;                     ///< empty with a socket
  std::uint16_t port = 3306;
  std::string socket;  ///< path of a Unix socket
  std::string database;
  bool is_local() const;
};

using DatabaseAddress = std::variant<SqliteAddress, MysqlAddress>;

/// `sqlite:///absolute/path`, `sqlite:relative/path`, `mysql://user[:password]@host[:port]/database` (`mariadb://` is
/// the same), `mysql://user@localhost/database?socket=/run/mysqld/mysqld.sock`. Names of MySQL databases consist of
/// letters, digits, `_` and `-`. Throws std::runtime_error with a sentence for the operator, which never holds a
/// password.
DatabaseAddress parse_database_address(const std::string& url);

/// The address without its password, for people and logs. Never throws.
std::string without_password(const std::string& url);

/// The file of a `sqlite:` address. Throws std::runtime_error for others.
std::string sqlite_file(const std::string& url);

}  // namespace xueji::sql
