// The sessions of one database: one that writes, and a bounded pool that reads. SOCI's own pool lends sessions in the
// middle of a transaction and waits for ever; this one waits up to a deadline, ends every transaction, and replaces a
// session that the server has dropped or that has lived long enough.
#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "adapters/sql/session.hpp"
#include "adapters/sql/write_turn.hpp"

namespace xueji::sql {

class Connections {
  struct Pool;

 public:
  Connections(const std::string& url, DatabaseOptions options);

  /// A reading session of this thread's lane within a transaction of its own, so that several questions see one moment.
  class Reading {
   public:
    explicit Reading(Connections& connections);
    ~Reading();
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;
    Session& operator*() const { return *session_; }
    Session* operator->() const { return session_.get(); }

   private:
    Connections& connections_;
    Pool& pool_;
    std::unique_ptr<Session> session_;
  };

  /// The writing session within a transaction, rolled back unless committed.
  class Writing {
   public:
    explicit Writing(Connections& connections);
    ~Writing();
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;
    Session& operator*() const { return *connections_.writer_; }
    Session* operator->() const { return connections_.writer_.get(); }
    void commit();

   private:
    Connections& connections_;
    bool open_ = true;
  };

  /// A session of its own, outside a transaction, that alone changes the schema while nobody else writes: in MariaDB
  /// other programs wait for their turn, in SQLite none may have the database open, not even to read.
  class Migrating {
   public:
    explicit Migrating(const Connections& connections);
    Session& operator*() { return *session_; }

   private:
    std::unique_ptr<SchemaLock> lock_;
    std::unique_ptr<Session> session_;
  };

  const Dialect& dialect() const { return *dialect_; }
  const DatabaseOptions& options() const { return options_; }

 private:
  /// The reading sessions of a lane.
  struct Pool {
    std::vector<std::unique_ptr<Session>> idle;
    unsigned made = 0, max = 1;
  };
  Pool& pool_of(ReadLane lane);
  std::unique_ptr<Session> borrow(Pool& pool);
  bool is_too_old(const Session& session) const;
  void bring_back(Pool& pool, std::unique_ptr<Session> session);

  DatabaseOptions options_;
  std::unique_ptr<Dialect> dialect_;
  std::unique_ptr<Session> writer_;
  WriteTurn turn_;
  std::mutex mutex_;
  std::condition_variable free_;
  Pool quick_, lists_, heavy_;
};

}  // namespace xueji::sql
