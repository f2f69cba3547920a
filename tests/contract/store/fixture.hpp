// A small registry for the store's contract, on any database that the factory opens.
#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "adapters/sql/database.hpp"

namespace xueji::store_test {

/// A folder of its own, removed at the end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// An empty place for a database, gone at the end: a file of SQLite, or where the environment variable XUEJI_DATABASE
/// holds a `mysql://` address, a database beside the one that it names. The whole suite runs on either.
class TestDatabase {
 public:
  TestDatabase();
  ~TestDatabase();
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;
  const std::string& url() const { return url_; }
  const std::filesystem::path& folder() const { return folder_.path(); }
  std::unique_ptr<Database> open(const DatabaseOptions& options = {}) const { return Database::open(url_, options); }

 private:
  TemporaryFolder folder_;
  std::string url_;
};
bool on_sqlite();

inline constexpr OfficeId ministry{1}, province{2}, county{3}, other_county{4}, school{5}, second_school{6},
    far_school{7};
inline constexpr AccountId registrar{1}, head{2}, reviewer{3};

/// Offices, three accounts with posts, four students (1, 2 at `school`, 3 at `second_school`, 4 at `far_school`), one
/// definition.
struct Registry {
  explicit Registry(DatabaseOptions options = {});
  void reopen();

  TestDatabase place;
  DatabaseOptions options;
  std::unique_ptr<Database> database;
  DefinitionId definition;

  Store& store() { return database->store(); }
  Queries& queries() { return database->queries(); }
};

Instant at(int minutes);
Student student_of(std::int64_t id, OfficeId school_of, const std::string& name);

/// A decision that opens a request about the student, waiting for the school's head.
Write opening(RequestId id, DefinitionId definition, StudentId student, OfficeId school_of = school,
              Instant when = at(0));
/// Pins what the decision's form holds, and rests its entries on it.
void pin(Decision& decision);
/// The next decision on what `before` was: moves to `state` at `holder`.
Write moving(const Request& before, const std::string& action, const std::string& state, Holder holder, Instant when);
/// The next decision: ends, unlocks the student, makes the changes.
Write ending(const Request& before, std::vector<RegistryChange> changes, Instant when);

/// Writes and commits in one transaction; the requests as written.
std::vector<Written> commit(Store& store, std::vector<Write> writes);
/// Opens a request and commits it.
Request open_request(Registry& registry, StudentId student, OfficeId school_of = school, Instant when = at(0));

}  // namespace xueji::store_test
