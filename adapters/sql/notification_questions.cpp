#include <algorithm>

#include "adapters/sql/cursor.hpp"
#include "adapters/sql/question.hpp"
#include "adapters/sql/sql_queries.hpp"

namespace xueji::sql {

/// The account's own notices and those of each post are read from their indexes, a page at most of each, and merged.
Page<NotificationRow> SqlQueries::notifications(AccountId account, const std::vector<Holder>& posts,
                                                std::optional<NotificationId> after, const PageRequest& page) {
  const Connections::Reading session(connections_);
  const bool newest_first = !after;
  std::string list = "notifications|" + to_string(account) + (newest_first ? "" : "|after");
  for (const auto& post : posts) list += '|' + to_string(post.office) + std::string(to_string(post.role));
  const auto key = page.after ? read_cursor(list, "i", *page.after) : std::vector<Value>{};

  auto& through = session->prepare("SELECT read_through FROM account WHERE id = ?i", "i");
  const long long read_through = through.bind(account).one() ? through.integer(0) : 0;

  std::vector<NotificationRow> found;
  const auto collect = [&](auto&& restrict_to) {
    Question question(
        "SELECT n.id, h.recorded_at, n.kind, n.request_id, h.definition_id, h.to_state, h.comment, s.name, "
        "x.notification_id FROM notification n CROSS JOIN history h ON h.id = n.history_id "
        "CROSS JOIN student s ON s.id = h.student_id "
        "LEFT JOIN notification_read x ON x.account_id = ?i AND x.notification_id = n.id");
    question.value(account);
    restrict_to(question);
    if (after) question.where("n.id > ?i", *after);
    if (!key.empty()) question.where_key_after("n.id", newest_first, key[0]);
    question.add(newest_first ? " ORDER BY n.id DESC LIMIT ?i" : " ORDER BY n.id LIMIT ?i").value(page.limit + 1);
    auto& rows = question.prepare(*session,
                                  "iitiitt"
                                  "ti");
    rows.each([&] {
      found.push_back({NotificationId{rows.integer(0)}, instant_of(rows.integer(1)), rows.text(2),
                       RequestId{rows.integer(3)}, DefinitionId{rows.integer(4)}, rows.text(5), rows.text(6),
                       rows.text(7), rows.integer(0) <= read_through || !rows.null(8)});
    });
  };
  collect([&](Question& question) { question.where("n.account_id = ?i", account); });
  std::set<Holder> distinct(posts.begin(), posts.end());
  for (const auto& post : distinct)
    collect([&](Question& question) { question.where("n.queue = ?i", queue_of(post)); });

  std::sort(found.begin(), found.end(), [&](const NotificationRow& left, const NotificationRow& right) {
    return newest_first ? right.id < left.id : left.id < right.id;
  });
  return cut_page(std::move(found), page.limit, [&](const NotificationRow& last) {
    return make_cursor(list, {static_cast<long long>(last.id.value)});
  });
}

}  // namespace xueji::sql
