#include "cli/housekeeping.hpp"

#include <spdlog/spdlog.h>

#include <typeinfo>

#include "engine/ports/store.hpp"

namespace xueji {

namespace {
constexpr std::size_t audit_lines_at_once = 1'000;
}

Housekeeping::Housekeeping(EvidenceStore& evidence, Accounts& accounts, AuditTrail& audit_trail, const Clock& clock,
                           std::chrono::hours keep_unreferenced, std::chrono::days keep_audit)
    : evidence_(evidence),
      accounts_(accounts),
      audit_trail_(audit_trail),
      clock_(clock),
      keep_unreferenced_(keep_unreferenced),
      keep_audit_(keep_audit),
      thread_([this] { run(); }) {}

Housekeeping::~Housekeeping() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  woken_.notify_all();
  thread_.join();
}

void Housekeeping::run() {
  std::unique_lock lock{mutex_};
  while (!stopping_) {
    lock.unlock();
    clear_away();
    lock.lock();
    woken_.wait_for(lock, std::chrono::hours{1}, [this] { return stopping_; });
  }
}

void Housekeeping::clear_away() {
  try {
    const Instant now = clock_.now();
    const std::size_t swept = evidence_.sweep(now - keep_unreferenced_);
    if (swept > 0) spdlog::info("removed {} uploads that no request refers to", swept);
    accounts_.remove_expired_sessions(now);
    accounts_.remove_old_devices(now);
    while (audit_trail_.remove_before(now - keep_audit_, audit_lines_at_once) == audit_lines_at_once);
  } catch (const StoreError& error) {
    spdlog::warn("clearing away old uploads and sessions failed: {}", error.what());
  } catch (const std::exception& error) {
    spdlog::warn("clearing away old uploads and sessions failed: {}", typeid(error).name());
  }
}

}  // namespace xueji
