#include "adapters/sql/connections.hpp"

#include <utility>

namespace xueji::sql {

Connections::Connections(const std::string& url, DatabaseOptions options)
    : options_(std::move(options)), dialect_(make_dialect(url, options_)) {
  quick_.max = options_.read_sessions;
  lists_.max = options_.list_sessions;
  heavy_.max = options_.heavy_sessions;
}

Connections::Pool& Connections::pool_of(ReadLane lane) {
  switch (lane) {
    case ReadLane::list:
      return lists_;
    case ReadLane::heavy:
      return heavy_;
    default:
      return quick_;
  }
}

bool Connections::is_too_old(const Session& session) const {
  return std::chrono::steady_clock::now() - session.opened_at() > options_.session_lifetime;
}

/// Null where the session must be opened anew; its place is taken.
std::unique_ptr<Session> Connections::borrow(Pool& pool) {
  std::unique_lock lock(mutex_);
  const auto deadline = std::chrono::steady_clock::now() + options_.wait;
  if (!free_.wait_until(lock, deadline, [&] { return !pool.idle.empty() || pool.made < pool.max; }))
    throw StoreError(StoreError::Kind::busy, "no reading session was free in time");
  if (pool.idle.empty()) {
    ++pool.made;
    return nullptr;
  }
  auto session = std::move(pool.idle.back());
  pool.idle.pop_back();
  lock.unlock();
  if (is_too_old(*session)) session.reset();
  return session;
}

void Connections::bring_back(Pool& pool, std::unique_ptr<Session> session) {
  {
    const std::lock_guard lock(mutex_);
    if (session)
      pool.idle.push_back(std::move(session));
    else
      --pool.made;
  }
  free_.notify_all();
}

Connections::Reading::Reading(Connections& connections)
    : connections_(connections), pool_(connections.pool_of(OnReadLane::lane())), session_(connections.borrow(pool_)) {
  const auto& dialect = *connections_.dialect_;
  const auto begin = [&] {
    const auto longest = connections_.options_.longest_reads[static_cast<std::size_t>(OnReadLane::lane())];
    session_->limit_reads(longest, OnReadLane::given_up());
    session_->execute(dialect.begin_read());
  };
  try {
    if (session_) {
      try {
        begin();
        return;
      } catch (const StoreError&) {
        if (session_->is_alive()) throw;
      }
    }
    session_.reset();
    session_ = std::make_unique<Session>(dialect, SessionUse::read, connections_.options_);
    begin();
  } catch (...) {
    connections_.bring_back(pool_, nullptr);
    throw;
  }
}

Connections::Reading::~Reading() {
  try {
    session_->forget_limits();
    session_->execute("ROLLBACK");
    session_->trim();
  } catch (const std::exception&) {
    session_.reset();  // A session that can't end its transaction is not lent again.
  }
  connections_.bring_back(pool_, std::move(session_));
}

Connections::Writing::Writing(Connections& connections) : connections_(connections) {
  connections_.turn_.take(connections_.options_.wait);
  auto& writer = connections_.writer_;
  const auto begin = [&] {
    for (const auto& statement : connections_.dialect_->begin_write()) writer->execute(statement);
  };
  try {
    if (writer && connections_.is_too_old(*writer)) writer.reset();
    if (writer) {
      try {
        begin();
        return;
      } catch (const StoreError&) {
        if (writer->is_alive()) throw;
      }
    }
    writer.reset();
    writer = std::make_unique<Session>(*connections_.dialect_, SessionUse::write, connections_.options_);
    begin();
  } catch (...) {
    connections_.turn_.give_back();
    throw;
  }
}

void Connections::Writing::commit() {
  connections_.writer_->execute("COMMIT", true);
  open_ = false;
}

Connections::Writing::~Writing() {
  try {
    if (open_) connections_.writer_->execute("ROLLBACK");
    connections_.writer_->trim();
  } catch (const std::exception&) {
    connections_.writer_.reset();  // Closing it rolls back; the next to write opens a new one.
  }
  connections_.turn_.give_back();
}

Connections::Migrating::Migrating(const Connections& connections) {
  const auto& dialect = connections.dialect();
  try {
    lock_ = dialect.lock_schema(connections.options_);
  } catch (const soci::soci_error& error) {
    throw dialect.translate(error, false);
  }
  try {
    session_ = std::make_unique<Session>(dialect, SessionUse::schema, connections.options_);
  } catch (const StoreError& error) {
    if (error.kind != StoreError::Kind::busy || !dialect.changes_schema_in_transactions()) throw;
    throw StoreError(error.kind,
                     "another program uses the database, whose schema must be changed: stop that one first");
  }
}

}  // namespace xueji::sql
