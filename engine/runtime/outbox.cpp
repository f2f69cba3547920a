#include "engine/runtime/outbox.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "engine/machine/places.hpp"

namespace xueji {
namespace {

void add_holders(std::set<OfficeId>& offices, const Request& request) {
  for (const Task& task : tasks_of_people(request)) offices.insert(task.holder.office);
}

std::vector<OutboxRow::Told> told_of(const Decision& decision, const Written& written) {
  std::vector<OutboxRow::Told> told;
  for (std::size_t i = 0; i < decision.notices.size(); ++i) {
    const Notice& notice = decision.notices[i];
    told.push_back({written.notifications[i], notice.kind, notice.account, notice.holder});
  }
  return told;
}

}  // namespace

std::vector<Task> tasks_of_people(const Request& request) {
  std::vector<Task> tasks = tasks_of(request);
  std::erase_if(tasks, [](const Task& task) { return task.holder.role == Role::system; });
  return tasks;
}

std::vector<OfficeId> concerned_offices(const Request& request, const Request* before, const OfficeTree& tree) {
  auto places = offices_in_sight(request);
  if (before && !request.parts_ended.empty()) {
    const auto until_now = offices_in_sight(*before);
    places.insert(places.end(), until_now.begin(), until_now.end());
  }
  const auto sees = [&](OfficeId office) {
    return request.parts_ended.empty() ||
           std::any_of(places.begin(), places.end(), [&](OfficeId each) { return tree.contains(office, each); });
  };
  std::set<OfficeId> offices{places.begin(), places.end()};
  for (const Act& act : request.acts)
    if (sees(act.as.office)) offices.insert(act.as.office);
  add_holders(offices, request);
  if (before) add_holders(offices, *before);
  offices.erase(OfficeId{});
  return {offices.begin(), offices.end()};
}

Write write_of(Decision decision, const Request* before, const std::optional<IdempotencyKey>& key,
               const OfficeTree& offices, Instant now) {
  Write write;
  write.key = key;
  if (before) write.before = tasks_of_people(*before);
  write.after = tasks_of_people(decision.request);
  write.concerned = concerned_offices(decision.request, before, offices);
  if (decision.holds || decision.undone || (decision.ends_pending && decision.history.empty())) write.told_aside = now;
  write.decision = std::move(decision);
  return write;
}

Student student_after(Student student, const Decision& decision, Instant now) {
  if (!decision.changes.empty()) student = apply(std::move(student), decision.changes, now);
  if (decision.locks_student) student.open_request = decision.request.id;
  if (decision.unlocks_student) student.open_request = RequestId{};
  return student;
}

std::vector<OutboxRow> outbox_rows(const Write& write, const Written& written) {
  const Decision& decision = write.decision;
  if (written.history.size() != decision.history.size() || written.notifications.size() != decision.notices.size() ||
      (written.undo_event.value != 0) != write.told_aside.has_value())
    throw std::logic_error("the store numbered other rows than it was given");
  OutboxRow row;
  row.request = decision.request.id;
  row.definition = decision.request.definition;
  row.version = decision.request.version;
  row.after = write.after;
  row.concerned = write.concerned;
  std::vector<OutboxRow> rows;
  if (!decision.history.empty()) {
    const HistoryDraft& entry = decision.history.back();
    rows.push_back(row);
    rows.back().id = written.history.back();
    rows.back().first = written.history.front();
    rows.back().action = entry.action;
    rows.back().at = entry.recorded_at;
    rows.back().state = entry.to;
    rows.back().before = write.before;
    rows.back().told = told_of(decision, written);
  }
  if (write.told_aside) {
    row.id = row.first = written.undo_event;
    row.action = undo_word(decision);
    row.at = *write.told_aside;
    row.state = decision.request.token.state;
    row.before = write.after;
    if (decision.undone) row.told.push_back({written.undone, "undone", decision.undone->officer, {}});
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace xueji
