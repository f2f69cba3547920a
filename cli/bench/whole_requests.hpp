// Whole requests: changes of the names of a school's students, each from opening to completed, over HTTP alone and on
// the demo's data, so that the server of any commit can play them.
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "cli/bench/queue.hpp"

namespace xueji::bench {

class WholeRequests {
 public:
  /// Signs in, uploads a scan and chooses the students: at most `students_max` who are free. Throws std::runtime_error.
  WholeRequests(std::uint16_t port, unsigned connections, std::size_t students_max);
  /// Every student's name is changed once: in odd rounds to one that the national side does not know, so that the
  /// province must judge, and in even ones back. Throws std::runtime_error when a request is not completed.
  void round();

  std::size_t completed() const { return completed_; }
  std::size_t approvals() const { return approvals_; }  ///< of head, reviewer and approver
  double approving_seconds() const { return approving_seconds_; }

 private:
  struct Student {
    std::string id, name;
  };
  void choose_students(std::size_t students_max);
  void open_all();
  /// Performs the action on every request of ours that waits for the account in that state.
  void act(const std::string& username, const std::string& state, const std::string& action, bool is_measured);
  /// Until each request has left the checks: completed, or suspect in the county's queue.
  void wait_for_checks() const;
  std::vector<Waiting> ours(const std::string& username, const std::string& state) const;
  std::size_t still_open() const;
  void drive_all(const std::vector<std::string>& requests, int wanted_status, double* seconds);

  const std::uint16_t port_;
  const unsigned connections_;
  std::map<std::string, std::string> tokens_;  ///< by username
  std::vector<Student> students_;
  std::string school_, fields_, scan_;
  unsigned rounds_ = 0;
  std::size_t completed_ = 0, approvals_ = 0;
  double approving_seconds_ = 0;
};

}  // namespace xueji::bench
