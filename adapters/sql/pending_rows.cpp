#include "adapters/sql/pending_rows.hpp"

#include "adapters/sql/json_text.hpp"
#include "adapters/sql/rows.hpp"
#include "adapters/sql/task_rows.hpp"

namespace xueji::sql {
namespace {

void read_act(std::string_view document, Perform& act) {
  reading(document, "the document of a pending act", [&](const json::value& value) {
    const auto& object = value.as_object();
    act.comment = text_of(object.at("comment"));
    act.to = text_of(object.at("to"));
    act.reassign_to = AccountId{object.at("reassign_to").as_int64()};
    act.task = task_in_document(act.request, object.at("task").as_int64());
    if (const auto* subject = object.if_contains("subject")) act.subject = static_cast<int>(subject->as_int64());
    if (const auto* fields = object.if_contains("fields")) {
      act.fields.emplace();
      for (const auto& member : fields->as_object())
        act.fields->emplace(std::string(member.key().data(), member.key().size()), text_of(member.value()));
    }
    if (const auto* evidence = object.if_contains("evidence")) {
      act.evidence.emplace();
      for (const auto& item : evidence->as_array())
        act.evidence->push_back({text_of(item.as_array().at(0)), text_of(item.as_array().at(1))});
    }
    return true;
  });
}

}  // namespace

std::string act_to_document(const Perform& act) {
  json::monotonic_resource resource;
  const json::storage_ptr memory(&resource);
  json::object document(memory);
  document.emplace("comment", view(act.comment));
  document.emplace("to", view(act.to));
  document.emplace("reassign_to", act.reassign_to.value);
  document.emplace("task", act.task.value);
  if (act.subject != 0) document.emplace("subject", act.subject);
  if (act.fields) {
    json::object fields(memory);
    for (const auto& [key, value] : *act.fields) fields.emplace(view(key), view(value));
    document.emplace("fields", std::move(fields));
  }
  if (act.evidence) {
    json::array evidence(memory);
    for (const auto& item : *act.evidence)
      evidence.push_back(json::array({view(item.kind), view(item.sha256)}, memory));
    document.emplace("evidence", std::move(evidence));
  }
  return json::serialize(document);
}

std::vector<PendingAct> load_pending(Session& session, std::span<const RequestId> requests) {
  std::vector<PendingAct> found;
  in_chunks<RequestId>(requests, [&](std::span<const RequestId> chunk) {
    auto& rows = session.prepare(
        "SELECT request_id, account_id, action, from_state, until_at, document FROM pending_act WHERE request_id IN " +
            parameter_list(chunk.size()),
        "iittit");
    bind_list(rows, chunk);
    rows.each([&] {
      PendingAct act{
          RequestId{rows.integer(0)}, AccountId{rows.integer(1)}, {}, rows.text(3), instant_of(rows.integer(4))};
      act.what.request = act.request;
      act.what.action = rows.text(2);
      read_act(rows.text(5), act.what);
      found.push_back(std::move(act));
    });
  });
  return found;
}

std::unordered_map<RequestId, PendingRow> load_pending_rows(Session& session, std::span<const RequestId> requests) {
  std::unordered_map<RequestId, PendingRow> found;
  in_chunks<RequestId>(requests, [&](std::span<const RequestId> chunk) {
    auto& rows = session.prepare(
        "SELECT p.request_id, p.account_id, p.action, p.from_state, p.until_at, a.username, a.name FROM pending_act p "
        "CROSS JOIN account a ON a.id = p.account_id WHERE p.request_id IN " +
            parameter_list(chunk.size()),
        "iittitt");
    bind_list(rows, chunk);
    rows.each([&] {
      PendingRow row{
          {RequestId{rows.integer(0)}, AccountId{rows.integer(1)}, {}, rows.text(3), instant_of(rows.integer(4))},
          rows.text(5),
          rows.text(6)};
      row.act.what.action = rows.text(2);
      found.insert_or_assign(row.act.request, std::move(row));
    });
  });
  return found;
}

}  // namespace xueji::sql
