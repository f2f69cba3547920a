#include "adapters/sql/scratch_database.hpp"

#include <fmt/format.h>

#include <boost/url.hpp>
#include <random>
#include <stdexcept>

#include "adapters/sql/database_address.hpp"
#include "adapters/sql/session.hpp"

namespace xueji {

ScratchDatabase::ScratchDatabase(std::string url, DatabaseOptions options)
    : server_url_(std::move(url)), options_(std::move(options)) {
  const auto address = sql::parse_database_address(server_url_);
  const auto* server = std::get_if<sql::MysqlAddress>(&address);
  if (!server) throw std::runtime_error("a database of its own is made on MariaDB only: mysql://user@host/database");
  name_ = fmt::format("{}_{:08x}", server->database, std::random_device{}());
  boost::urls::url own(server_url_);
  own.set_path("/" + name_);
  url_ = own.buffer();
  execute("CREATE DATABASE `" + name_ + '`');
}

ScratchDatabase::~ScratchDatabase() {
  try {
    execute("DROP DATABASE `" + name_ + '`');
  } catch (const std::exception&) {
    // Its name says that it may be dropped by hand.
  }
}

void ScratchDatabase::execute(const std::string& statement) const {
  const auto dialect = sql::make_dialect(server_url_, options_);
  sql::Session(*dialect, sql::SessionUse::schema, options_).execute(statement);
}

}  // namespace xueji
