// Whether the database agrees with itself: every hash, every submission and scan, every change of the registry, every
// task.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "adapters/sql/database.hpp"

namespace xueji {

/// What is wrong with the file of a scan, in one sentence without its name; empty where it is what was uploaded.
/// Empty itself where files are not looked at.
using CheckScan = std::function<std::string(const EvidenceItem&)>;

struct AuditReport {
  std::int64_t requests = 0, open = 0, entries = 0, submissions = 0, changes = 0, tasks = 0;
  std::vector<std::string> faults;  ///< one sentence each, naming ids only; at most `faults_max`
  std::int64_t faults_found = 0;
  static constexpr std::size_t faults_max = 200;
};

/// Reads all of it, a bounded part at a time, beside a running server. `progress` hears of requests done and of how
/// many there are. Throws StoreError, or std::runtime_error where the database can't be opened.
AuditReport audit(const std::string& url, const DatabaseOptions& options, const CheckScan& check_scan,
                  const std::function<void(std::int64_t done, std::int64_t all)>& progress);

}  // namespace xueji
