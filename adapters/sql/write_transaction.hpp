// One transaction of the command pipeline: loads a batch, writes what was decided, commits.
#pragma once
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "adapters/sql/connections.hpp"
#include "adapters/sql/rows.hpp"
#include "adapters/sql/write_rows.hpp"
#include "engine/ports/store.hpp"

namespace xueji::sql {

class SqlWriteTransaction final : public WriteTransaction {
 public:
  explicit SqlWriteTransaction(Connections& connections);
  Batch load(const BatchKeys& keys) override;
  RequestId next_request_id() override;
  bool is_anothers_id_number(const std::string& id_number, StudentId self) override;
  bool is_anothers_number(const std::string& number, StudentId self) override;
  RequestId who_has(const std::string& once) override;
  std::vector<Written> write(std::span<Write> writes) override;
  void commit() override;

 private:
  struct NextIds {
    long long request = 0, history = 0, notification = 0;
  };
  NextIds& next_ids();
  void remember_requests(const std::vector<RequestId>& ids);
  void remember_students(const std::vector<StudentId>& ids);
  void remember_what_is_written(std::span<const Write> writes);
  /// What a write() has changed, as it was before: the database is given the end of it, whatever came between.
  struct Touched {
    std::map<RequestId, std::optional<Request>> requests;  ///< nothing for a new one
    std::map<StudentId, Student> students;
    std::map<RequestId, std::optional<PendingAct>> pending;  ///< as it shall be
  };
  Written write_one(Write& write, Touched& touched, WriteRows& rows);
  /// The student as this transaction has it, about to be changed.
  Student& touch(StudentId id, Touched& touched);
  static void lock(Student& student, RequestId request);
  static void unlock(Student& student, RequestId request);
  void change_student(const Decision& decision, Touched& touched);
  void change_subjects(const Decision& decision, Touched& touched, WriteRows& rows);
  void release_all(RequestId request, Touched& touched, WriteRows& rows);
  static void change_pending(const Write& write, Touched& touched, WriteRows& rows);
  static void write_pending(RequestId request, const std::optional<PendingAct>& act, WriteRows& rows);
  static void write_undo_event(const Write& write, const Written& written, HistoryId last, WriteRows& rows);
  static void write_request(const StoredRequest& stored, const Request* before, WriteRows& rows);
  static void write_migration(const Request& request, const Request* before, WriteRows& rows);
  static void write_tasks(const Request& request, const Request* before, WriteRows& rows);
  static void write_evidence(const Request& request, const Request* before, WriteRows& rows);
  static void write_places(const Request& request, const Request* before, WriteRows& rows);
  static void write_once(const Request& request, const Request* before, WriteRows& rows);
  /// Numbers that a student has no more, and who that is: another takes each over.
  using NumbersGiven = std::map<std::string, StudentId>;
  void write_students(const Touched& touched, WriteRows& rows);
  static void write_student(const Student& before, const Student& after, NumbersGiven& given, WriteRows& rows);
  /// Where an entry stands in its request's chain.
  struct Link {
    HistoryId previous, id;
    std::string previous_hash, hash;
  };
  static void write_submission(const Request& request, const Submission& submission, const std::vector<Link>& entries,
                               WriteRows& rows);
  static void write_entry(const Write& write, std::size_t position, const Link& link,
                          const std::vector<NotificationId>& notifications, WriteRows& rows);

  Connections::Writing writing_;
  std::optional<NextIds> next_;
  /// As the database holds them within this transaction.
  std::unordered_map<RequestId, StoredRequest> requests_;
  std::unordered_map<StudentId, Student> students_;
};

}  // namespace xueji::sql
