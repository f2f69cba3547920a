#include "adapters/sql/audit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "adapters/sql/connections.hpp"
#include "adapters/sql/migrations.hpp"
#include "adapters/sql/rows.hpp"
#include "engine/machine/history_hash.hpp"

namespace xueji {
namespace {

using sql::Connections;

constexpr std::size_t requests_at_once = 500;

struct ChangeRow {
  long long history;
  RegistryChange change;
  bool operator==(const ChangeRow&) const = default;
};

class Auditor {
 public:
  Auditor(const std::string& url, const DatabaseOptions& options) : connections_(url, options) {}

  AuditReport run(const std::function<void(std::int64_t, std::int64_t)>& progress) {
    check_schema();
    const auto all = count("SELECT COUNT(*) FROM request");
    const auto entries_before = count("SELECT COUNT(*) FROM history");
    RequestId after;
    for (auto requests = next_requests(after); !requests.empty(); requests = next_requests(after)) {
      check_requests(requests);
      after = requests.back().id;
      progress(report_.requests, std::max(all, report_.requests));
    }
    if (report_.entries < entries_before)
      fault(fmt::format("{} history entries belong to no request's chain", entries_before - report_.entries));
    check_rows_without_owner();
    check_invariants();
    return std::move(report_);
  }

 private:
  struct StoredRequest {
    RequestId id;
    Request request;
    std::vector<long long> tasks;
    std::vector<HistoryRow> entries;
    std::vector<ChangeRow> changes;
    RequestId locked_by;  ///< the student's open request
  };

  /// By reading alone: the turn to write belongs to the server.
  void check_schema() {
    const Connections::Reading session(connections_);
    if (!sql::lacking_steps(*session, sql::schema_steps()).applied.empty())
      throw std::runtime_error("the database lacks schema steps: run `xueji migrate` first");
  }

  void fault(std::string sentence) {
    ++report_.faults_found;
    if (report_.faults.size() < AuditReport::faults_max) report_.faults.push_back(std::move(sentence));
  }

  std::int64_t count(const char* question) {
    const Connections::Reading session(connections_);
    auto& row = session->prepare(question, "i");
    row.one();
    return row.integer(0);
  }

  /// All of a part is read within one transaction, so that a running server can't make it disagree.
  std::vector<StoredRequest> next_requests(RequestId after) {
    const Connections::Reading session(connections_);
    std::vector<StoredRequest> found;
    auto& rows =
        session->prepare("SELECT " + std::string(sql::request_columns) +
                             ", s.open_request_id FROM request r "
                             "CROSS JOIN student s ON s.id = r.student_id WHERE r.id > ?i ORDER BY r.id LIMIT ?i",
                         std::string(sql::request_kinds) + "i");
    rows.bind(after, requests_at_once).each([&] {
      auto request = sql::read_request(rows, 0);
      const auto id = request.id;
      found.push_back({id, std::move(request), {}, {}, {}, RequestId{rows.integer(sql::request_kinds.size())}});
    });
    if (found.empty()) return found;
    const auto last = found.back().id;
    const auto of = [&](long long id) -> StoredRequest* {
      const auto place =
          std::lower_bound(found.begin(), found.end(), id,
                           [](const StoredRequest& one, long long value) { return one.id.value < value; });
      return place != found.end() && place->id.value == id ? &*place : nullptr;
    };
    auto& tasks = session->prepare("SELECT id FROM task WHERE id > ?i AND id < ?i", "i");
    tasks.bind(after.value * task_branches_max + task_branches_max - 1, (last.value + 1) * task_branches_max).each([&] {
      if (auto* request = of(tasks.integer(0) / task_branches_max)) request->tasks.push_back(tasks.integer(0));
    });
    std::map<long long, StoredRequest*> owner;
    for (auto& entry : sql::read_chains(*session, after, last)) {
      auto* request = of(entry.request.value);
      if (!request) {
        fault(fmt::format("history entry {} hangs in the chain of another request than its own {}", entry.id.value,
                          entry.request.value));
        continue;
      }
      owner[entry.id.value] = request;
      request->entries.push_back(std::move(entry));
    }
    std::vector<long long> changing;
    changing.reserve(owner.size());
    for (const auto& [id, request] : owner) changing.push_back(id);
    sql::in_chunks<long long>(changing, [&](std::span<const long long> chunk) {
      auto& changes =
          session->prepare("SELECT history_id, member, old_value, new_value FROM student_change WHERE history_id IN " +
                               sql::parameter_list(chunk.size()) + " ORDER BY id",
                           "ittt");
      sql::bind_list(changes, chunk);
      changes.each([&] {
        owner.at(changes.integer(0))
            ->changes.push_back({changes.integer(0), {changes.text(1), changes.text(2), changes.text(3)}});
      });
    });
    return found;
  }

  void check_requests(const std::vector<StoredRequest>& requests) {
    for (const auto& one : requests) {
      ++report_.requests;
      report_.open += one.request.outcome ? 0 : 1;
      report_.entries += static_cast<std::int64_t>(one.entries.size());
      report_.changes += static_cast<std::int64_t>(one.changes.size());
      report_.tasks += static_cast<std::int64_t>(one.tasks.size());
      check_chain(one);
      check_changes(one);
      check_tasks(one);
    }
  }

  void check_chain(const StoredRequest& one) {
    std::string previous;
    if (one.entries.empty()) fault(fmt::format("request {} has no history", one.id.value));
    for (const auto& entry : one.entries) {
      if (entry.previous_hash != previous)
        fault(fmt::format("history entry {} of request {} does not follow the entry before it", entry.id.value,
                          one.id.value));
      if (entry.hash != history_hash(entry.previous_hash, entry.request, entry.student, entry.entry))
        fault(fmt::format("history entry {} of request {} is not what its hash says", entry.id.value, one.id.value));
      if (entry.student != one.request.student)
        fault(fmt::format("history entry {} of request {} is about another student", entry.id.value, one.id.value));
      previous = entry.hash;
    }
    if (one.request.last_hash != previous)
      fault(fmt::format("request {} does not end with the hash of its newest history entry", one.id.value));
    if (!one.entries.empty() && one.entries.back().request_version > one.request.version)
      fault(fmt::format("request {} is at an older version than its history", one.id.value));
  }

  void check_changes(const StoredRequest& one) {
    std::vector<ChangeRow> told;
    for (const auto& entry : one.entries)
      for (const auto& change : entry.entry.changes) told.push_back({entry.id.value, change});
    for (const auto& change : told)
      if (std::find(one.changes.begin(), one.changes.end(), change) == one.changes.end())
        fault(fmt::format("the change of '{}' in history entry {} is missing among the student's changes",
                          change.change.member, change.history));
    for (const auto& change : one.changes)
      if (std::find(told.begin(), told.end(), change) == told.end())
        fault(fmt::format("the student's change of '{}' is not in history entry {}", change.change.member,
                          change.history));
    if (told.size() != one.changes.size())
      fault(fmt::format("request {} changed the registry another number of times than it tells", one.id.value));
  }

  void check_tasks(const StoredRequest& one) {
    std::set<long long> expected;
    for (const auto& task : tasks_of(one.request)) expected.insert(task.id.value);
    if (std::set<long long>(one.tasks.begin(), one.tasks.end()) != expected)
      fault(fmt::format("request {} has {} task(s) where its state makes {}", one.id.value, one.tasks.size(),
                        expected.size()));
    if (!one.request.outcome && one.locked_by != one.id)
      fault(fmt::format("request {} is open and does not lock its student", one.id.value));
    if (one.request.outcome && one.locked_by == one.id)
      fault(fmt::format("request {} has ended and still locks its student", one.id.value));
  }

  void check_rows_without_owner() {
    const auto none = [&](const char* question, std::string_view what) {
      if (const auto found = count(question); found != 0) fault(fmt::format("{} {}", found, what));
    };
    none("SELECT COUNT(*) FROM task t WHERE NOT EXISTS (SELECT 1 FROM request r WHERE r.id = t.request_id)",
         "task(s) belong to no request");
    none(
        "SELECT COUNT(*) FROM student_change x WHERE NOT EXISTS (SELECT 1 FROM history h WHERE h.id = x.history_id AND "
        "h.student_id = x.student_id)",
        "change(s) of students belong to no history entry about them");
    none(
        "SELECT COUNT(*) FROM student s WHERE s.open_request_id <> 0 AND NOT EXISTS (SELECT 1 FROM request r WHERE "
        "r.id = s.open_request_id AND r.student_id = s.id AND r.outcome = '')",
        "student(s) are locked by no open request");
    none("SELECT COUNT(*) FROM notification n WHERE NOT EXISTS (SELECT 1 FROM history h WHERE h.id = n.history_id)",
         "notice(s) belong to no history entry");
  }

  /// Of engine/registry/invariants.hpp, what the rows alone tell.
  void check_invariants() {
    const auto none = [&](const char* question, std::string_view what) {
      if (const auto found = count(question); found != 0) fault(fmt::format("{} {}", found, what));
    };
    none(
        "SELECT COUNT(*) FROM student s WHERE s.id_number IS NOT NULL AND (SUBSTR(s.id_number, 7, 8) <> "
        "REPLACE(s.birth_date, '-', '') OR (SUBSTR(s.id_number, 17, 1) IN ('1', '3', '5', '7', '9')) <> (s.sex = "
        "'male'))",
        "student(s) have a sex or a birth date against their ID number");
    none(
        "SELECT COUNT(DISTINCT s.id) FROM student_change x CROSS JOIN student s ON s.id = x.student_id "
        "WHERE x.member = 'id_number' AND x.new_value = s.id_number AND EXISTS (SELECT 1 FROM student o WHERE "
        "o.id_number = s.id_number AND o.id <> s.id)",
        "student(s) were given an ID number that another student has");
    none("SELECT COUNT(*) FROM student_change x WHERE x.member = 'status' AND x.old_value = 'deceased'",
         "change(s) brought a student back from death");
  }

  Connections connections_;
  AuditReport report_;
};

}  // namespace

AuditReport audit(const std::string& url, const DatabaseOptions& options,
                  const std::function<void(std::int64_t, std::int64_t)>& progress) {
  if (!sql::make_dialect(url, options)->exists())
    throw std::runtime_error("there is no database at the configured address");
  return Auditor(url, options).run(progress);
}

}  // namespace xueji
