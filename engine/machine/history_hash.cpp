#include "engine/machine/history_hash.hpp"

namespace xueji {
namespace {

constexpr std::string_view format = "xueji history 1";

/// One member as a netstring, so that no two entries share a text.
void put(std::string& text, std::string_view member) {
  text += std::to_string(member.size());
  text += ':';
  text += member;
  text += ',';
}

void put(std::string& text, std::int64_t number) { put(text, std::to_string(number)); }

std::int64_t microseconds(Instant instant) { return instant.time_since_epoch().count(); }

}  // namespace

std::string history_hash(std::string_view previous, RequestId request, StudentId student, const HistoryDraft& entry) {
  std::string text;
  text.reserve(320 + entry.comment.size());
  put(text, format);
  put(text, previous);
  put(text, request.value);
  put(text, student.value);
  put(text, entry.by.value);
  put(text, entry.as ? to_string(entry.as->office) : std::string());
  put(text, entry.as ? to_string(entry.as->role) : std::string_view());
  put(text, entry.action);
  put(text, entry.from);
  put(text, entry.to);
  put(text, entry.comment);
  put(text, microseconds(entry.recorded_at));
  put(text, microseconds(entry.effective_at));
  put(text, static_cast<std::int64_t>(entry.changes.size()));
  for (const RegistryChange& change : entry.changes) {
    put(text, change.member);
    put(text, change.old_value);
    put(text, change.new_value);
  }
  return sha256_hex(text);
}

}  // namespace xueji
