#include "web/shapes/json_history.hpp"

#include <algorithm>
#include <array>

#include "engine/machine/act_titles.hpp"
#include "web/shapes/json_office.hpp"
#include "web/shapes/json_student.hpp"

namespace xueji::web {
namespace {

std::string_view by(const HistoryRow& row) { return row.entry.by ? std::string_view(row.by_username) : "system"; }

void write_state(JsonWriter& json, std::string_view key, std::string_view title, const std::string& state,
                 const HistoryRow& row, const Rendering& rendering) {
  const State* known = rendering.definition(row.definition).state(state);
  json.member_or_null(key, state).member_or_null(title, known ? rendering.text(known->title) : state);
}

void write_act(JsonWriter& json, const HistoryRow& row, const Rendering& rendering) {
  const HistoryDraft& entry = row.entry;
  const Definition& definition = rendering.definition(row.definition);
  json.member("action", entry.action).member("actionTitle", rendering.text(title_of_act(definition, entry)));
  write_state(json, "from", "fromTitle", entry.from, row, rendering);
  write_state(json, "to", "toTitle", entry.to, row, rendering);
}

/// The id itself where there is no such office.
std::string name_of_office(const std::string& id, const Rendering& rendering) {
  const auto office = parse_id<OfficeId>(id);
  const Office* found = office ? rendering.offices->find(*office) : nullptr;
  return found ? found->name : id;
}

void write_change(JsonWriter& json, RegistryChange change, const std::string& into, const Rendering& rendering) {
  const auto shown = [&](const std::string& value) {
    if (change.member == school_member) return name_of_office(value, rendering);
    if (change.member == merged_into_member) return value.empty() ? value : into;
    return change.member == "id_number" ? shown_number(value, rendering) : value;
  };
  if (!change.number.empty()) change.number = shown_number(change.number, rendering);
  json.begin_object().member("field", change.member).member("title", rendering.text(title_of_member(change.member)));
  json.member("old", shown(change.old_text())).member("new", shown(change.new_text())).end_object();
}

void write_based_on(JsonWriter& json, const PinnedForm& pinned, const Rendering& rendering) {
  if (pinned.submission == 0) {
    json.null();
    return;
  }
  json.begin_object().member("ordinal", pinned.submission);
  write_form_hash(json, pinned.form, rendering);
  json.member("evidenceSha256", pinned.evidence).end_object();
}

}  // namespace

void write_form_hash(JsonWriter& json, const std::string& hash, const Rendering& rendering) {
  json.key("formSha256");
  rendering.elsewhere ? json.null() : json.value(hash);
}

void write_history_entry(JsonWriter& json, const HistoryRow& row, const Rendering& rendering, const EntryNames& names) {
  const HistoryDraft& entry = row.entry;
  json.begin_object().member("id", row.id).member("request", row.request).member("student", row.student);
  if (!names.about.empty()) {
    json.key("subject").begin_object().member("id", row.student).member("name", names.about);
    if (names.ordinal) json.member("ordinal", names.ordinal);
    json.end_object();
  }
  json.member("workflow", rendering.definition(row.definition).key);
  json.member("at", entry.recorded_at).member("effectiveAt", entry.effective_at);
  json.member("by", by(row)).member("byName", row.by_name).key("post");
  write_post_or_null(json, entry.as, rendering);
  if (!names.lender.empty()) json.member("delegatedFrom", names.lender);
  write_act(json, row, rendering);
  json.member("comment", entry.comment).key("changes").begin_array();
  for (const RegistryChange& change : entry.changes) write_change(json, change, names.into, rendering);
  json.end_array()
      .member("version", row.request_version)
      .member("hash", row.hash)
      .member("previousHash", row.previous_hash)
      .member("hashFormat", row.hash_format)
      .key("submission");
  write_based_on(json, entry.based_on, rendering);
  json.end_object();
}

void write_change_since(JsonWriter& json, const HistoryRow& row, const Rendering& rendering) {
  json.begin_object().member("by", by(row)).member("byName", row.by_name).member("at", row.entry.recorded_at);
  write_act(json, row, rendering);
  json.member("version", row.request_version).end_object();
}

}  // namespace xueji::web
