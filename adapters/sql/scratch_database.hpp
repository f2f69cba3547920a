// A database of MariaDB for the length of a measurement, beside the one that an address names.
#pragma once
#include <string>

#include "adapters/sql/database.hpp"

namespace xueji {

class ScratchDatabase {
 public:
  /// Makes `NAME_<random>` on the server of `url`, whose account must be allowed to. Throws StoreError and
  /// std::runtime_error with a sentence for the operator.
  ScratchDatabase(std::string url, DatabaseOptions options);
  /// Drops it.
  ~ScratchDatabase();
  ScratchDatabase(const ScratchDatabase&) = delete;
  ScratchDatabase& operator=(const ScratchDatabase&) = delete;
  const std::string& url() const { return url_; }

 private:
  void execute(const std::string& statement) const;

  std::string server_url_;
  DatabaseOptions options_;
  std::string name_, url_;
};

}  // namespace xueji
