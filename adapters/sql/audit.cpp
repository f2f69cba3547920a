#include "adapters/sql/audit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "adapters/sql/audited_request.hpp"
#include "adapters/sql/connections.hpp"
#include "adapters/sql/migrations.hpp"
#include "adapters/sql/rows.hpp"
#include "adapters/sql/subject_rows.hpp"
#include "engine/base/sha256.hpp"

namespace xueji {
namespace {

using sql::AuditedRequest;
using sql::Connections;

constexpr std::size_t requests_at_once = 500;

class Auditor {
 public:
  Auditor(const std::string& url, const DatabaseOptions& options, const CheckScan& check_scan)
      : connections_(url, options), check_scan_(check_scan) {}

  AuditReport run(const std::function<void(std::int64_t, std::int64_t)>& progress) {
    check_schema();
    const auto all = count("SELECT COUNT(*) FROM request");
    const auto entries_before = count("SELECT COUNT(*) FROM history");
    RequestId after;
    for (auto requests = next_requests(after); !requests.empty(); requests = next_requests(after)) {
      check_requests(requests);
      after = requests.back().request.id;
      progress(report_.requests, std::max(all, report_.requests));
    }
    if (report_.entries < entries_before)
      fault(fmt::format("{} history entries belong to no request's chain", entries_before - report_.entries));
    check_waiting();
    check_formats();
    check_definitions();
    check_rows_without_owner();
    check_students();
    check_merged();
    check_invariants();
    return std::move(report_);
  }

 private:
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
  std::vector<AuditedRequest> next_requests(RequestId after) {
    const Connections::Reading session(connections_);
    std::vector<AuditedRequest> found = read_requests(*session, after);
    if (found.empty()) return found;
    const auto last = found.back().request.id;
    const auto of = [&](long long id) -> AuditedRequest* {
      const auto place =
          std::lower_bound(found.begin(), found.end(), id,
                           [](const AuditedRequest& one, long long value) { return one.request.id.value < value; });
      return place != found.end() && place->request.id.value == id ? &*place : nullptr;
    };
    auto& tasks = session->prepare(
        "SELECT request_id, number, branch, escalated, queue, state FROM task WHERE request_id > ?i AND "
        "request_id <= ?i",
        "iiiiit");
    tasks.bind(after, last).each([&] {
      if (auto* request = of(tasks.integer(0)))
        request->tasks.push_back(
            {tasks.integer(1), tasks.integer(2), tasks.integer(3), tasks.integer(4), tasks.text(5)});
    });
    auto& scans = session->prepare(
        "SELECT request_id, sha256 FROM request_evidence WHERE request_id > ?i AND request_id <= ?i", "it");
    scans.bind(after, last).each([&] {
      if (auto* request = of(scans.integer(0))) request->scans.push_back(scans.text(1));
    });
    auto& places = session->prepare(
        "SELECT request_id, office_id FROM request_place WHERE request_id > ?i AND request_id <= ?i "
        "ORDER BY request_id, office_id",
        "ii");
    places.bind(after, last).each([&] {
      if (auto* request = of(places.integer(0))) request->places.push_back(OfficeId{places.integer(1)});
    });
    auto& past_places = session->prepare(
        "SELECT request_id, office_id, until_at FROM request_past_place WHERE request_id > ?i AND request_id <= ?i "
        "ORDER BY request_id, office_id",
        "iii");
    past_places.bind(after, last).each([&] {
      if (auto* request = of(past_places.integer(0)))
        request->past_places.push_back({OfficeId{past_places.integer(1)}, sql::instant_of(past_places.integer(2))});
    });
    auto& once = session->prepare(
        "SELECT request_id, once_hash FROM request_once WHERE request_id > ?i AND request_id <= ?i", "it");
    once.bind(after, last).each([&] {
      if (auto* request = of(once.integer(0))) request->once = once.text(1);
    });
    constexpr auto own = sql::subject_kinds.size();
    auto& subjects =
        session->prepare("SELECT " + std::string(sql::subject_columns) +
                             ", x.request_id, s.open_request_id FROM request_subject x CROSS JOIN student s ON s.id = "
                             "x.student_id WHERE x.request_id > ?i AND x.request_id <= ?i "
                             "ORDER BY x.request_id, x.ordinal",
                         std::string(sql::subject_kinds) + "ii");
    subjects.bind(after, last).each([&] {
      if (auto* request = of(subjects.integer(own)))
        request->subjects.push_back({sql::read_subject(subjects, 0), RequestId{subjects.integer(own + 1)}});
    });
    auto& submissions = session->prepare("SELECT " + std::string(sql::submission_columns) +
                                             " FROM submission p WHERE p.request_id > ?i AND p.request_id <= ?i "
                                             "ORDER BY p.request_id, p.ordinal",
                                         sql::submission_kinds);
    submissions.bind(after, last).each([&] {
      if (auto* request = of(submissions.integer(0)))
        request->submissions.push_back(sql::read_submission(submissions, 0));
    });
    add_history(*session, after, last, of);
    return found;
  }

  static std::vector<AuditedRequest> read_requests(sql::Session& session, RequestId after) {
    std::vector<AuditedRequest> found;
    auto& rows =
        session.prepare("SELECT " + std::string(sql::request_columns) +
                            ", s.open_request_id, r.subject_count FROM request r "
                            "CROSS JOIN student s ON s.id = r.student_id WHERE r.id > ?i ORDER BY r.id LIMIT ?i",
                        std::string(sql::request_kinds) + "ii");
    rows.bind(after, requests_at_once).each([&] {
      AuditedRequest one;
      one.request = sql::read_request(rows, 0);
      one.locked_by = RequestId{rows.integer(sql::request_kinds.size())};
      one.subject_count = rows.integer(sql::request_kinds.size() + 1);
      found.push_back(std::move(one));
    });
    return found;
  }

  template <class Find>
  void add_history(sql::Session& session, RequestId after, RequestId last, Find&& of) {
    std::map<long long, AuditedRequest*> owner;
    for (auto& entry : sql::read_chains(session, after, last)) {
      auto* request = of(entry.request.value);
      if (!request) {
        fault(fmt::format("history entry {} hangs in the chain of another request than its own {}", entry.id.value,
                          entry.request.value));
        continue;
      }
      owner[entry.id.value] = request;
      note_format(entry);
      request->entries.push_back(std::move(entry));
    }
    std::vector<long long> changing;
    changing.reserve(owner.size());
    for (const auto& [id, request] : owner) changing.push_back(id);
    sql::in_chunks<long long>(changing, [&](std::span<const long long> chunk) {
      auto& changes =
          session.prepare("SELECT history_id, member, old_value, new_value FROM student_change WHERE history_id IN " +
                              sql::parameter_list(chunk.size()) + " ORDER BY id",
                          "ittt");
      sql::bind_list(changes, chunk);
      changes.each([&] {
        owner.at(changes.integer(0))
            ->changes.push_back(
                {changes.integer(0), change_of_texts(changes.text(1), changes.text(2), changes.text(3))});
      });
    });
  }

  /// Entries of an older format all come before those of a newer one: otherwise somebody wrote them later.
  void note_format(const HistoryRow& entry) {
    auto& [first, last] = formats_.try_emplace(entry.hash_format, entry.id, entry.id).first->second;
    first = std::min(first, entry.id);
    last = std::max(last, entry.id);
  }

  void check_formats() {
    for (auto older = formats_.begin(); older != formats_.end(); ++older)
      for (auto newer = std::next(older); newer != formats_.end(); ++newer)
        if (older->second.second > newer->second.first)
          fault(fmt::format("history entry {} is of format {}, and entry {} before it of format {}",
                            older->second.second.value, older->first, newer->second.first.value, newer->first));
  }

  void check_requests(const std::vector<AuditedRequest>& requests) {
    for (const auto& one : requests) {
      ++report_.requests;
      report_.open += one.request.outcome ? 0 : 1;
      report_.entries += static_cast<std::int64_t>(one.entries.size());
      report_.submissions += static_cast<std::int64_t>(one.submissions.size());
      report_.changes += static_cast<std::int64_t>(one.changes.size());
      report_.tasks += static_cast<std::int64_t>(one.tasks.size());
      sql::check_request(one, check_scan_, [this](std::string sentence) { fault(std::move(sentence)); });
      if (one.request.outcome) continue;
      if (one.request.token.awaits) waiting_.emplace(one.request.id, one.request.token.awaits);
      const auto& from = one.request.opened_from;
      if (from && from->depth > 0) waiting_.emplace(from->request, one.request.id);
    }
  }

  /// What waits for another request, and that one, are open together and name each other. Both are read anew, at one
  /// moment.
  void check_waiting() {
    for (const auto& [waiting, awaited] : waiting_) {
      std::map<RequestId, Request> both;
      const Connections::Reading session(connections_);
      auto& rows = session->prepare(
          "SELECT " + std::string(sql::request_columns) + " FROM request r WHERE r.id IN (?i, ?i)", sql::request_kinds);
      rows.bind(waiting, awaited).each([&] {
        Request request = sql::read_request(rows, 0);
        both.emplace(request.id, std::move(request));
      });
      const auto outer = both.find(waiting), inner = both.find(awaited);
      const bool waits = outer != both.end() && !outer->second.outcome && outer->second.token.awaits == awaited;
      const bool is_open = inner != both.end() && !inner->second.outcome;
      const bool is_named = is_open && inner->second.opened_from && inner->second.opened_from->request == waiting;
      if (waits != is_open || (is_open && !is_named))
        fault(fmt::format("request {} waits for request {}, and one of the two does not know of it", waiting.value,
                          awaited.value));
    }
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
        "r.id = s.open_request_id AND r.outcome = '' AND ((r.subject_count = 1 AND r.student_id = s.id) OR EXISTS "
        "(SELECT "
        "1 FROM request_subject x WHERE x.student_id = s.id AND x.request_id = r.id AND x.set_aside_at IS NULL AND "
        "x.locked <> 0)))",
        "student(s) are locked by no open request");
    none("SELECT COUNT(*) FROM notification n WHERE NOT EXISTS (SELECT 1 FROM history h WHERE h.id = n.history_id)",
         "notice(s) belong to no history entry");
    none("SELECT COUNT(*) FROM submission x WHERE NOT EXISTS (SELECT 1 FROM request r WHERE r.id = x.request_id)",
         "submission(s) belong to no request");
    none("SELECT COUNT(*) FROM request_once o WHERE NOT EXISTS (SELECT 1 FROM request r WHERE r.id = o.request_id)",
         "once-only business(es) belong to no request");
    none("SELECT COUNT(*) FROM pending_act p WHERE NOT EXISTS (SELECT 1 FROM request r WHERE r.id = p.request_id)",
         "pending act(s) belong to no request");
  }

  /// What a request was decided by is what was loaded then.
  void check_definitions() {
    const Connections::Reading session(connections_);
    auto& rows =
        session->prepare("SELECT id, definition_key, version, sha256, yaml FROM definition ORDER BY id", "ititt");
    rows.each([&] {
      if (sha256_hex(rows.text(4)) != rows.text(3))
        fault(fmt::format("the text of version {} of {} is not what was loaded", rows.integer(2), rows.text(1)));
    });
  }

  /// Students have what the last change of each of their members gave them, and their numbers likewise.
  void check_students() {
    constexpr auto last =
        "NOT EXISTS (SELECT 1 FROM student_change y WHERE y.student_id = x.student_id AND y.member = x.member AND "
        "y.id > x.id{})";
    const auto tell = [&](std::string_view member, const std::string& question) {
      const auto found = count(question.c_str());
      if (found != 0)
        fault(fmt::format("{} student(s) have another {} than their last change gave them", found, member));
    };
    for (const auto& [member, column] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
             {"name", "s.name"},
             {"id_number", "COALESCE(s.id_number, '')"},
             {"sex", "s.sex"},
             {"birth_date", "s.birth_date"},
             {"status", "s.status"},
             {"status_until", "COALESCE(s.status_until, '')"},
             {"grade", "s.grade"},
             {"class", "s.class_name"},
             {"merged_into", "CAST(COALESCE(s.merged_into, 0) AS CHAR)"}})
      tell(member,
           fmt::format("SELECT COUNT(*) FROM student_change x CROSS JOIN student s ON s.id = x.student_id WHERE "
                       "x.member = '{}' AND x.new_value <> {} AND {}",
                       member, column, fmt::format(last, "")));
    tell("school",
         fmt::format("SELECT COUNT(*) FROM student_change x CROSS JOIN student s ON s.id = x.student_id WHERE "
                     "x.member = 'school' AND x.new_value <> CAST(s.school_id AS CHAR) AND {}",
                     fmt::format(last, "")));
    const auto number_of = [](std::string_view change) {
      return fmt::format("SUBSTR(CASE WHEN {0}.new_value = '' THEN {0}.old_value ELSE {0}.new_value END, 1, 19)",
                         change);
    };
    tell("number",
         fmt::format("SELECT COUNT(*) FROM student_change x WHERE x.member = 'number.state' AND {} AND (x.new_value = "
                     "'') = EXISTS (SELECT 1 FROM student_number n WHERE n.number = {} AND n.student_id = x.student_id "
                     "AND (x.new_value = '' OR n.state = SUBSTR(x.new_value, 21)))",
                     fmt::format(last, fmt::format(" AND {} = {}", number_of("y"), number_of("x"))), number_of("x")));
  }

  /// A merged record ends as that, without a number, and what it gave away the record that goes on has taken over. Else
  /// a new number is the G number of an ID number that the student has or had, or a first one, L or J, with a birth
  /// date that the student has or had.
  void check_merged() {
    const auto none = [&](const char* question, std::string_view what) {
      if (const auto found = count(question); found != 0) fault(fmt::format("{} {}", found, what));
    };
    none(
        "SELECT COUNT(*) FROM student s WHERE (s.status = 'merged' OR s.merged_into IS NOT NULL) AND (s.status <> "
        "'merged' OR s.merged_into IS NULL OR s.open_request_id <> 0 OR NOT EXISTS (SELECT 1 FROM student_change x "
        "WHERE x.student_id = s.id AND x.member = 'merged_into' AND x.new_value = CAST(s.merged_into AS CHAR)) OR NOT "
        "EXISTS (SELECT 1 FROM student o WHERE o.id = s.merged_into AND o.id <> s.id))",
        "student(s) are merged otherwise than by a change of their record");
    none("SELECT COUNT(*) FROM student s CROSS JOIN student_number n ON n.student_id = s.id WHERE s.status = 'merged'",
         "number(s) belong to a merged record");
    none(
        "SELECT COUNT(*) FROM student_change x CROSS JOIN student s ON s.id = x.student_id WHERE x.member = "
        "'number.state' AND x.new_value = '' AND NOT EXISTS (SELECT 1 FROM student_change y CROSS JOIN history h ON "
        "h.id = y.history_id CROSS JOIN history g ON g.id = x.history_id WHERE y.student_id = s.merged_into AND "
        "y.member = 'number.state' AND y.old_value = '' AND SUBSTR(y.new_value, 1, 19) = SUBSTR(x.old_value, 1, 19) "
        "AND h.request_id = g.request_id)",
        "number(s) were given away without being taken over by the record that goes on");
    none(
        "SELECT COUNT(*) FROM student_change x CROSS JOIN history g ON g.id = x.history_id WHERE x.member = "
        "'number.state' AND x.old_value = '' AND NOT EXISTS (SELECT 1 FROM student s CROSS JOIN student_change y ON "
        "y.student_id = s.id CROSS JOIN history h ON h.id = y.history_id WHERE s.merged_into = x.student_id AND "
        "y.member = 'number.state' AND y.new_value = '' AND SUBSTR(y.old_value, 1, 19) = SUBSTR(x.new_value, 1, 19) "
        "AND h.request_id = g.request_id) AND NOT EXISTS (SELECT 1 FROM student s WHERE s.id = x.student_id AND "
        "SUBSTR(x.new_value, 1, 1) = 'G' AND SUBSTR(x.new_value, 20) = ' current' AND (s.id_number = "
        "SUBSTR(x.new_value, 2, 18) OR EXISTS (SELECT 1 FROM student_change z WHERE z.student_id = s.id AND z.member = "
        "'id_number' AND SUBSTR(x.new_value, 2, 18) IN (z.old_value, z.new_value)))) AND NOT EXISTS (SELECT 1 FROM "
        "student s WHERE s.id = x.student_id AND SUBSTR(x.new_value, 1, 1) IN ('L', 'J') AND SUBSTR(x.new_value, 20) = "
        "' current' AND (SUBSTR(x.new_value, 8, 8) = REPLACE(s.birth_date, '-', '') OR EXISTS (SELECT 1 FROM "
        "student_change z WHERE z.student_id = s.id AND z.member = 'birth_date' AND SUBSTR(x.new_value, 8, 8) IN "
        "(REPLACE(z.old_value, '-', ''), REPLACE(z.new_value, '-', '')))) AND NOT EXISTS (SELECT 1 FROM student_change "
        "z WHERE z.history_id = x.history_id AND z.student_id = x.student_id AND z.member = 'number.state' AND "
        "z.old_value <> ''))",
        "number(s) came neither from a record that was merged nor from an ID number of the student");
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
    none("SELECT COUNT(*) FROM student_change x WHERE x.member = 'status' AND x.old_value = 'merged'",
         "change(s) brought a merged record back");
    none("SELECT COUNT(*) FROM student s WHERE s.status_until IS NOT NULL AND s.status <> 'suspended'",
         "student(s) have a term without being suspended");
  }

  Connections connections_;
  const CheckScan& check_scan_;
  AuditReport report_;
  std::set<std::pair<RequestId, RequestId>> waiting_;       ///< what waits, and for what
  std::map<int, std::pair<HistoryId, HistoryId>> formats_;  ///< the first and the last entry of each
};

}  // namespace

AuditReport audit(const std::string& url, const DatabaseOptions& options, const CheckScan& check_scan,
                  const std::function<void(std::int64_t, std::int64_t)>& progress) {
  if (!sql::make_dialect(url, options)->exists())
    throw std::runtime_error("there is no database at the configured address");
  return Auditor(url, options, check_scan).run(progress);
}

}  // namespace xueji
