#include "adapters/sql/backup.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>

#include "adapters/sql/connections.hpp"
#include "adapters/sql/database_address.hpp"
#include "adapters/sql/migrations.hpp"

namespace xueji {
namespace {

namespace fs = std::filesystem;

void sync(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  if (!synced) throw std::runtime_error("the copy can't be synced to the disk");
}

fs::path folder_of(const fs::path& file) { return fs::absolute(file).parent_path(); }

DatabaseOptions alone() {
  DatabaseOptions options;
  options.read_sessions = 1;
  return options;
}

void check_is_sound(const fs::path& file) {
  sql::Connections connections("sqlite:" + fs::absolute(file).string(), alone());
  const sql::Connections::Reading session(connections);
  auto& answer = session->prepare("PRAGMA quick_check(1)", "t");
  if (!answer.one() || answer.text(0) != "ok") throw std::runtime_error("the copy is damaged");
  if (!session->has_table("schema_migration")) throw std::runtime_error("the copy is not a database of xueji");
  sql::lacking_steps(*session, sql::schema_steps());
}

/// Moves what the write-ahead log holds into the file and leaves none, which fails while another program has it open.
void close_for_good(const std::string& url) {
  const auto dialect = sql::make_dialect(url, alone());
  sql::Session session(*dialect, sql::SessionUse::write, alone());
  try {
    session.execute("PRAGMA locking_mode = EXCLUSIVE");
    auto& mode = session.prepare("PRAGMA journal_mode = DELETE", "t");
    if (mode.one() && mode.text(0) == "delete") return;
  } catch (const StoreError&) {
    // Told below.
  }
  throw std::runtime_error("another program uses the database: stop the server first");
}

/// A database that is written under a name of its own, with the files beside it; nothing of it stays, nor of an earlier
/// one that was broken off, unless it is renamed.
class Draft {
 public:
  explicit Draft(fs::path file) : file_(std::move(file)) { remove(); }
  ~Draft() { remove(); }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  const fs::path& file() const { return file_; }

 private:
  void remove() const {
    std::error_code ignored;
    for (const char* more : {"", "-wal", "-shm", "-journal"}) fs::remove(file_.string() + more, ignored);
  }

  fs::path file_;
};

/// That name, or the first with a number after it that nothing has.
fs::path free_name(const std::string& name) {
  fs::path free = name;
  for (int number = 2; fs::exists(free); ++number) free = name + "-" + std::to_string(number);
  return free;
}

}  // namespace

void backup(const std::string& url, const std::string& to) {
  if (!fs::exists(sql::sqlite_file(url))) throw std::runtime_error("there is no database at the configured address");
  if (fs::exists(to)) throw std::runtime_error("the file for the copy exists already");
  const auto dialect = sql::make_dialect(url, alone());
  const Draft draft(to + ".part");
  {
    sql::Session session(*dialect, sql::SessionUse::write, alone());
    session.prepare(dialect->copy_statement()).bind(std::string_view{draft.file().native()}).run();
  }
  sync(draft.file());
  fs::rename(draft.file(), to);
  sync(folder_of(to));
}

void restore(const std::string& url, const std::string& from) {
  const fs::path database = sql::sqlite_file(url);
  if (!fs::exists(from)) throw std::runtime_error("there is no file with the copy");
  fs::create_directories(folder_of(database));
  const Draft incoming(database.string() + ".restoring");
  fs::copy_file(from, incoming.file());
  check_is_sound(incoming.file());
  close_for_good("sqlite:" + fs::absolute(incoming.file()).string());
  sync(incoming.file());
  if (fs::exists(database)) {
    close_for_good(url);
    fs::rename(database, free_name(database.string() + ".before-restore"));
  }
  fs::rename(incoming.file(), database);
  sync(folder_of(database));
}

}  // namespace xueji
