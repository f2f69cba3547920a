#include <algorithm>

#include "adapters/sql/cursor.hpp"
#include "adapters/sql/finding_questions.hpp"
#include "adapters/sql/question.hpp"
#include "adapters/sql/sql_queries.hpp"

namespace xueji::sql {
namespace {

std::string name_of_list(const InboxFilter& filter) {
  std::string name = "notifications|" + to_string(filter.account) + (filter.after ? "|after" : "");
  if (filter.unread) name += "|unread";
  for (const auto& post : filter.posts) name += '|' + to_string(post.office) + std::string(to_string(post.role));
  return name;
}

NotificationId read_through(Session& session, AccountId account) {
  auto& row = session.prepare("SELECT read_through FROM account WHERE id = ?i", "i");
  return row.bind(account).one() ? NotificationId{row.integer(0)} : NotificationId{};
}

const std::string from_notices = " FROM notification n CROSS JOIN request r ON r.id = n.request_id";

/// Joins what was read one by one. What was read at once ends at `through`.
void add_conditions(Question& question, const Scope& scope, const InboxFilter& filter, const std::string& addressed,
                    long long addressee, NotificationId through) {
  question.add(" LEFT JOIN notification_read x ON x.account_id = ?i AND x.notification_id = n.id")
      .value(filter.account)
      .where(addressed)
      .value(addressee);
  const auto from = filter.unread ? std::max(filter.after.value_or(through), through) : filter.after;
  if (from) question.where("n.id > ?i", *from);
  if (filter.unread) question.where("x.notification_id IS NULL");
  where_request_in_sight(question, "n.request_id", scope, ScopeWay::row_by_row, Parts::told_by_then);
}

/// The machine's comments are in both languages.
void add_said_by_machine(NotificationRow& row, bool by_machine) {
  auto said = by_machine ? of_two_lines(row.comment) : std::nullopt;
  if (!said) return;
  row.reason = std::move(*said);
  row.comment.clear();
}

/// Calls `ask(condition, addressee)` for the account's own notices and for those of each post: each has its index.
template <class Ask>
void for_each_addressee(const InboxFilter& filter, Ask&& ask) {
  ask("n.account_id = ?i", filter.account.value);
  for (const auto& post : std::set<Holder>(filter.posts.begin(), filter.posts.end()))
    ask("n.queue = ?i", queue_of(post));
}

}  // namespace

/// A page at most is read for each addressee, and the pages are merged.
Page<NotificationRow> SqlQueries::notifications(const Scope& scope, const InboxFilter& filter,
                                                const PageRequest& page) {
  if (scope.offices.empty()) return {};
  const Connections::Reading session(connections_);
  const bool newest_first = !filter.after;
  const std::string list = name_of_list(filter);
  const auto key = page.after ? read_cursor(list, "i", *page.after) : std::vector<Value>{};
  const auto through = read_through(*session, filter.account);

  std::vector<NotificationRow> found;
  for_each_addressee(filter, [&](const std::string& addressed, long long addressee) {
    Question question(
        "SELECT n.id, h.recorded_at, n.kind, n.request_id, h.definition_id, h.to_state, h.comment, " + name_then +
        ", "
        "x.notification_id, u.recorded_at, u.definition_id, u.state, u.reason_zh, u.reason_en, h.account_id, "
        "r.subject_count" +
        from_notices +
        " CROSS JOIN history h ON h.id = n.history_id CROSS JOIN student s ON s.id = r.student_id LEFT JOIN undo_event "
        "u ON u.id = n.undo_event_id");
    add_conditions(question, scope, filter, addressed, addressee, through);
    if (!key.empty()) question.where_key_after("n.id", newest_first, key[0]);
    question.add(newest_first ? " ORDER BY n.id DESC LIMIT ?i" : " ORDER BY n.id LIMIT ?i").value(page.limit + 1);
    auto& rows = question.prepare(*session,
                                  "iitiitt"
                                  "tiiitttii");
    rows.each([&] {
      const NotificationId id{rows.integer(0)};
      found.push_back({id, instant_of(rows.integer(1)), rows.text(2), RequestId{rows.integer(3)},
                       DefinitionId{rows.integer(4)}, rows.text(5), rows.text(6), rows.text(7),
                       id <= through || !rows.null(8)});
      found.back().subjects = static_cast<int>(rows.integer(15));
      if (rows.null(9)) return add_said_by_machine(found.back(), rows.integer(14) == 0);
      NotificationRow& undone = found.back();
      undone.at = instant_of(rows.integer(9));
      undone.definition = DefinitionId{rows.integer(10)};
      undone.state = rows.text(11);
      undone.comment.clear();
      undone.reason = {rows.text(12), rows.text(13)};
    });
  });

  std::sort(found.begin(), found.end(), [&](const NotificationRow& left, const NotificationRow& right) {
    return newest_first ? right.id < left.id : left.id < right.id;
  });
  return cut_page(std::move(found), page.limit, [&](const NotificationRow& last) {
    return make_cursor(list, {static_cast<long long>(last.id.value)});
  });
}

std::size_t SqlQueries::count_notifications(const Scope& scope, const InboxFilter& filter, std::size_t limit) {
  if (scope.offices.empty()) return 0;
  const Connections::Reading session(connections_);
  const auto through = filter.unread ? read_through(*session, filter.account) : NotificationId{};
  std::size_t count = 0;
  for_each_addressee(filter, [&](const std::string& addressed, long long addressee) {
    if (count >= limit) return;
    Question question("SELECT 1" + from_notices);
    add_conditions(question, scope, filter, addressed, addressee, through);
    count += count_up_to(*session, std::move(question), limit - count);
  });
  return count;
}

}  // namespace xueji::sql
