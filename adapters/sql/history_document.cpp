#include "adapters/sql/history_document.hpp"

#include "adapters/sql/json_text.hpp"
#include "adapters/sql/task_rows.hpp"

namespace xueji::sql {
namespace {

json::array tasks_to_json(const std::vector<Task>& tasks, const json::storage_ptr& memory) {
  json::array array(memory);
  for (const auto& task : tasks) {
    array.push_back(json::array({task.id.value, to_json(task.holder, memory), view(task.state),
                                 task.since.time_since_epoch().count(), to_json(task.due), task.claimed_by.value},
                                memory));
  }
  return array;
}

std::vector<Task> tasks_from(const json::value& value, RequestId request) {
  std::vector<Task> tasks;
  for (const auto& item : value.as_array()) {
    const auto& array = item.as_array();
    tasks.push_back({task_in_document(request, array.at(0).as_int64()), request, holder_from(array.at(1)),
                     text_of(array.at(2)), instant_from(array.at(3)), optional_instant_from(array.at(4)),
                     AccountId{array.at(5).as_int64()}});
  }
  return tasks;
}

}  // namespace

std::string changes_to_text(const std::vector<RegistryChange>& changes) {
  if (changes.empty()) return "[]";
  json::array array;
  for (const auto& change : changes)
    array.push_back(json::array{view(change.member), view(change.old_text()), view(change.new_text())});
  return json::serialize(array);
}

std::vector<RegistryChange> changes_from_text(std::string_view text) {
  if (text == "[]") return {};
  return reading(text, "the changes of a history entry", [](const json::value& value) {
    std::vector<RegistryChange> changes;
    for (const auto& item : value.as_array()) {
      const auto& array = item.as_array();
      changes.push_back(change_of_texts(text_of(array.at(0)), text_of(array.at(1)), text_of(array.at(2))));
    }
    return changes;
  });
}

std::string outbox_to_text(const OutboxRow& row) {
  json::monotonic_resource resource;
  const json::storage_ptr memory(&resource);
  json::object object(memory);
  object.emplace("before", tasks_to_json(row.before, memory));
  object.emplace("after", tasks_to_json(row.after, memory));
  json::array concerned(memory);
  for (const auto office : row.concerned) concerned.push_back(office.value);
  object.emplace("concerned", std::move(concerned));
  if (!row.told.empty()) {
    json::array told(memory);
    for (const auto& one : row.told) {
      told.push_back(json::array({one.id.value, view(one.kind), one.account.value,
                                  one.holder ? to_json(*one.holder, memory) : json::value(nullptr)},
                                 memory));
    }
    object.emplace("told", std::move(told));
  }
  return json::serialize(object);
}

void read_outbox(std::string_view text, OutboxRow& row) {
  reading(text, "the outbox of a history entry", [&](const json::value& value) {
    const auto& object = value.as_object();
    row.before = tasks_from(object.at("before"), row.request);
    row.after = tasks_from(object.at("after"), row.request);
    for (const auto& office : object.at("concerned").as_array()) row.concerned.push_back(OfficeId{office.as_int64()});
    if (const auto* told = object.if_contains("told")) {
      for (const auto& item : told->as_array()) {
        const auto& array = item.as_array();
        OutboxRow::Told one{
            NotificationId{array.at(0).as_int64()}, text_of(array.at(1)), AccountId{array.at(2).as_int64()}, {}};
        if (!array.at(3).is_null()) one.holder = holder_from(array.at(3));
        row.told.push_back(std::move(one));
      }
    }
    return true;
  });
}

}  // namespace xueji::sql
