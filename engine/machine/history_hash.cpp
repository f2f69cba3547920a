#include "engine/machine/history_hash.hpp"

#include <stdexcept>

#include "engine/base/named_values.hpp"

namespace xueji {
namespace {

std::int64_t microseconds(Instant instant) { return instant.time_since_epoch().count(); }

std::string office_of(const HistoryDraft& entry) { return entry.as ? to_string(entry.as->office) : std::string(); }

std::string_view role_of(const HistoryDraft& entry) {
  return entry.as ? to_string(entry.as->role) : std::string_view();
}

/// Every member in its place, each a netstring.
std::string text_1(std::string_view previous, RequestId request, StudentId student, const HistoryDraft& entry) {
  std::string text;
  const auto put = [&](std::string_view member) { append_netstring(text, member); };
  const auto put_number = [&](std::int64_t number) { put(std::to_string(number)); };
  put("xueji history 1");
  put(previous);
  put_number(request.value);
  put_number(student.value);
  put_number(entry.by.value);
  put(office_of(entry));
  put(role_of(entry));
  put(entry.action);
  put(entry.from);
  put(entry.to);
  put(entry.comment);
  put_number(microseconds(entry.recorded_at));
  put_number(microseconds(entry.effective_at));
  put_number(static_cast<std::int64_t>(entry.changes.size()));
  for (const RegistryChange& change : entry.changes) {
    put(change.member);
    put(change.old_text());
    put(change.new_text());
  }
  return text;
}

std::string text_2(std::string_view previous, RequestId request, StudentId student, const HistoryDraft& entry) {
  NamedValues list("xueji history 2");
  list.add("previous", previous).add("request", request.value).add("student", student.value).add("by", entry.by.value);
  list.add("office", office_of(entry)).add("role", role_of(entry));
  list.add("action", entry.action).add("from", entry.from).add("to", entry.to).add("comment", entry.comment);
  list.add("recorded_at", microseconds(entry.recorded_at)).add("effective_at", microseconds(entry.effective_at));
  for (const RegistryChange& change : entry.changes)
    list.add(
        "change",
        NamedValues().add("member", change.member).add("old", change.old_text()).add("new", change.new_text()).text());
  list.add("submission", entry.based_on.form).add("evidence", entry.based_on.evidence);
  return list.text();
}

}  // namespace

std::string history_hash(int format, std::string_view previous, RequestId request, StudentId student,
                         const HistoryDraft& entry) {
  if (format == 1) return sha256_hex(text_1(previous, request, student, entry));
  if (format == history_hash_format) return sha256_hex(text_2(previous, request, student, entry));
  throw std::invalid_argument("a history entry of an unknown format");
}

}  // namespace xueji
