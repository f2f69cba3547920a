#include "adapters/sql/database_address.hpp"

#include <boost/url.hpp>

#include <algorithm>
#include <stdexcept>
#include <string_view>

namespace xueji::sql {
namespace {

constexpr std::string_view sqlite_scheme = "sqlite:";

SqliteAddress sqlite_address(const std::string& url) {
  std::string file = url.substr(sqlite_scheme.size());
  if (file.starts_with("//")) {
    file = file.substr(2);
    if (!file.starts_with("/"))
      throw std::runtime_error("an absolute database address has three slashes: sqlite:///path");
  }
  if (file.empty()) throw std::runtime_error("the database address names no file");
  if (file.find('"') != std::string::npos)
    throw std::runtime_error("the database file's name may not hold quotation marks");
  return {file};
}

bool is_mysql(std::string_view url) { return url.starts_with("mysql://") || url.starts_with("mariadb://"); }

bool is_database_name(std::string_view name) {
  constexpr std::size_t name_max = 64;
  return !name.empty() && name.size() <= name_max && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

MysqlAddress mysql_address(const std::string& text) {
  const auto parsed = boost::urls::parse_uri(text);
  if (!parsed)
    throw std::runtime_error(
        "the database address is not a URL; write mysql://user@host:3306/database, with %XX for special characters");
  const auto& url = *parsed;
  MysqlAddress address;
  address.user = url.user();
  if (address.user.empty()) throw std::runtime_error("the database address names no user: mysql://user@host/database");
  if (url.has_password()) address.password = url.password();
  address.host = url.host_type() == boost::urls::host_type::ipv6 ? std::string(url.host_ipv6_address().to_string())
                                                                 : std::string(url.host());
  if (url.has_port()) address.port = url.port_number();
  if (url.has_port() && address.port == 0) throw std::runtime_error("the port of the database address is no port");
  if (url.segments().size() == 1) address.database = url.segments().front();
  if (!is_database_name(address.database))
    throw std::runtime_error(
        "the database address must end with the name of one database, of letters, digits, _ and -: "
        "mysql://user@host/database");
  for (const auto& parameter : url.params()) {
    if (parameter.key != "socket")
      throw std::runtime_error("the database address has an unknown parameter; only socket=/path is known");
    address.socket = parameter.value;
  }
  if (!address.socket.empty()) address.host.clear();
  if (address.socket.empty() && address.host.empty())
    throw std::runtime_error("the database address names no host: mysql://user@host/database");
  return address;
}

}  // namespace

bool MysqlAddress::is_local() const {
  return !socket.empty() || host == "localhost" || host == "::1" || host.starts_with("127.");
}

DatabaseAddress parse_database_address(const std::string& url) {
  if (url.starts_with(sqlite_scheme)) return sqlite_address(url);
  if (is_mysql(url)) return mysql_address(url);
  throw std::runtime_error(
      "a database address begins with sqlite: or mysql:, as in sqlite:///var/lib/xueji/xueji.db or "
      "mysql://xueji@db.example.edu.cn/xueji");
}

std::string without_password(const std::string& url) {
  const auto authority = url.find("://");
  if (authority == std::string::npos || !is_mysql(url)) return url;
  const auto from = authority + 3;
  const auto at = url.rfind('@', url.find('/', from));
  const auto colon = url.find(':', from);
  if (at == std::string::npos || at < from || colon == std::string::npos || colon > at) return url;
  return url.substr(0, colon) + ":***" + url.substr(at);
}

std::string sqlite_file(const std::string& url) {
  const auto address = parse_database_address(url);
  if (const auto* sqlite = std::get_if<SqliteAddress>(&address)) return sqlite->file;
  throw std::runtime_error(
      "this works on SQLite's file only; for MariaDB use mariadb-backup or mariadb-dump (docs/operating.md)");
}

}  // namespace xueji::sql
