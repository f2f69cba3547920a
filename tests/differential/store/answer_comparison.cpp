#include <fmt/format.h>

#include <array>

#include "engine/registry/finding.hpp"
#include "tests/differential/store/comparison.hpp"

namespace xueji::differential {
namespace {

constexpr std::size_t pages_max = 40;
constexpr std::size_t details_sampled = 150;
constexpr std::size_t outbox_page = 1000;

class AnswerComparison {
 public:
  AnswerComparison(Twin& left, Twin& right, const World& world, Instant now, Chance& chance, Differences& differences)
      : left_(left.database()),
        right_(right.database()),
        world_(world),
        now_(now),
        chance_(chance),
        differences_(differences) {}

  void run() {
    for (const auto& person : world_.people) compare_desk(person);
    for (const auto& scope : scopes()) {
      compare_students(scope);
      compare_requests(scope);
      compare_whole(scope);
    }
    compare_details();
    compare_machine();
    compare_accounts();
    compare_stream();
  }

 private:
  template <class Ask>
  void both(const std::string& what, Ask&& ask) {
    differences_.compare_texts(what, ask(left_), ask(right_));
  }
  template <class Ask>
  void both_numbers(const std::string& what, Ask&& ask) {
    differences_.compare(what, ask(left_), ask(right_));
  }

  /// Page by page with each store's own cursors, which are the same texts.
  template <class Ask>
  void pages(const std::string& what, std::size_t limit, Ask&& ask) {
    PageRequest page{limit, std::nullopt};
    for (std::size_t number = 0; number < pages_max; ++number) {
      const auto left = ask(left_, page), right = ask(right_, page);
      const auto where = fmt::format("{}, page {}", what, number);
      differences_.compare_texts(where, left.items, right.items);
      differences_.compare(where + ", cursor", left.next.value_or("-"), right.next.value_or("-"));
      if (!left.next || !right.next) return;
      page.after = left.next;
    }
  }

  std::vector<Scope> scopes() const {
    std::vector<Scope> scopes{{{}}};
    for (const auto& office : world_.offices) scopes.push_back({{office.id}});
    scopes.push_back({{world_.offices.back().id, world_.offices[2].id}});
    return scopes;
  }

  void compare_desk(const Caller& person) {
    std::vector<Holder> posts;
    for (const auto& post : person.posts) posts.push_back({post.office, post.role});
    TaskFilter filter;
    filter.queues = posts;
    for (const auto sort : {TaskSort::since, TaskSort::due})
      for (const bool descending : {false, true}) {
        filter.sort = sort;
        filter.descending = descending;
        compare_tasks("tasks of " + person.username, filter);
      }
    auto overdue = filter;
    overdue.overdue_at = now_;
    compare_tasks("overdue tasks of " + person.username, overdue);
    for (const std::string q : {"王", "𠮷", "a", "ss", "é", "g110105201", "l0000", "%", "·"}) {
      auto search = filter;
      search.sought = sought_in_names_and_numbers(q);
      compare_tasks("tasks of " + person.username + " with " + q, search);
    }
    auto narrowed = filter;
    narrowed.workflow = "key-information-change";
    narrowed.state = "county_review";
    compare_tasks("county reviews of " + person.username, narrowed);

    Scope scope;
    for (const auto& post : person.posts) scope.offices.push_back(post.office);
    InboxFilter inbox{person.account, posts, {}, false};
    compare_inbox("notifications of " + person.username, scope, inbox);
    inbox.unread = true;
    compare_inbox("unread notifications of " + person.username, scope, inbox);
    inbox.after = NotificationId{500};
    compare_inbox("later notifications of " + person.username, scope, inbox);
  }

  void compare_tasks(const std::string& what, const TaskFilter& filter) {
    pages(what, 29, [&](Database& d, const PageRequest& page) { return d.queries().tasks(filter, page); });
    both_numbers(what, [&](Database& d) { return d.queries().count_tasks(filter, 25); });
  }

  void compare_inbox(const std::string& what, const Scope& scope, const InboxFilter& filter) {
    pages(what, 50,
          [&](Database& d, const PageRequest& page) { return d.queries().notifications(scope, filter, page); });
    both_numbers(what, [&](Database& d) { return d.queries().count_notifications(scope, filter, 1000); });
  }

  void compare_students(const Scope& scope) {
    std::vector<StudentFilter> filters(1);
    for (const std::string name : {"王", "𠮷", "a", "ss", "é", "欧阳小"})
      filters.emplace_back().sought = sought_in_names_and_numbers(name);
    filters.emplace_back().class_name = "1班 ";
    filters.emplace_back().class_name = "1班";
    filters.emplace_back().status = StudentStatus::suspended;
    filters.emplace_back().status_until_before = Date{std::chrono::year{2027} / 5 / 28};
    filters.emplace_back().school = world_.offices.back().id;
    const auto& someone = chance_.pick(world_.students);
    filters.emplace_back().id_number = someone.id_number;
    filters.emplace_back().number = someone.numbers.front().number;
    filters.emplace_back().number = someone.numbers.front().number + " ";
    for (std::size_t at = 0; at < filters.size(); ++at) {
      const auto what = fmt::format("students, filter {}", at);
      pages(what, 101,
            [&](Database& d, const PageRequest& page) { return d.queries().students(scope, filters[at], page); });
      both_numbers(what, [&](Database& d) { return d.queries().count_students(scope, filters[at], 100); });
    }
  }

  void compare_requests(const Scope& scope) {
    std::vector<RequestFilter> filters(1);
    filters.emplace_back().open = true;
    filters.emplace_back().open = false;
    filters.emplace_back().workflow = "g-number-deletion";
    filters.emplace_back().state = "county_review";
    filters.emplace_back().outcome = Outcome::rejected;
    filters.emplace_back().student = chance_.pick(world_.students).id;
    filters.emplace_back().school = world_.offices.back().id;
    filters.emplace_back().opened_by = chance_.pick(world_.people).account;
    for (std::size_t at = 0; at < filters.size(); ++at) {
      const auto what = fmt::format("requests, filter {}", at);
      pages(what, 97,
            [&](Database& d, const PageRequest& page) { return d.queries().requests(scope, filters[at], page); });
      both_numbers(what, [&](Database& d) { return d.queries().count_requests(scope, filters[at], 90); });
    }
  }

  void compare_whole(const Scope& scope) {
    both("statistics", [&](Database& d) { return d.queries().statistics(scope, now_); });
    both("what waits", [&](Database& d) { return d.queries().waiting(scope, now_); });
    both("counts of definitions", [&](Database& d) { return d.queries().definition_counts(scope, now_); });
    CheckFilter filter{{world_.offices.front().id, Role::system}, {}};
    for (const auto asked : {std::optional<bool>{}, std::optional{true}, std::optional{false}}) {
      filter.asked = asked;
      pages("checks", 20,
            [&](Database& d, const PageRequest& page) { return d.queries().checks(scope, filter, page); });
      both_numbers("checks", [&](Database& d) { return d.queries().count_checks(scope, filter, 50); });
    }
    const auto& sha256 = chance_.pick(world_.uploads).sha256;
    both_numbers("evidence in use", [&](Database& d) { return d.queries().evidence_is_referenced(sha256, scope); });
  }

  void compare_details() {
    const auto newest = left_.queries().requests({{world_.offices.front().id}}, {}, {1, {}});
    const auto requests = newest.items.empty() ? 0 : newest.items.front().request.id.value;
    for (std::size_t sample = 0; sample < details_sampled; ++sample) {
      const RequestId request{1 + static_cast<std::int64_t>(chance_.below(static_cast<std::size_t>(requests) + 1))};
      const auto& student = chance_.pick(world_.students);
      both("request " + to_string(request), [&](Database& d) {
        const auto row = d.queries().request(request);
        return row ? text_of(*row) : "none";
      });
      pages("history of request " + to_string(request), 3,
            [&](Database& d, const PageRequest& page) { return d.queries().request_history(request, page); });
      both("student " + to_string(student.id),
           [&](Database& d) { return text_of(d.queries().student(student.id).value()); });
      pages("history of student " + to_string(student.id), 3,
            [&](Database& d, const PageRequest& page) { return d.queries().student_history(student.id, page); });
      both("duplicates", [&](Database& d) {
        return d.queries().duplicates(
            {student.id, student.id_number, some_name_of(student), student.sex, student.birth_date});
      });
    }
  }

  std::string some_name_of(const Student& student) const {
    return world_.students[static_cast<std::size_t>(student.id.value * 7) % world_.students.size()].name;
  }

  void compare_machine() {
    both("what is due", [&](Database& d) { return d.store().due_tasks(now_ + std::chrono::hours{240}, 500); });
    both("marked twins", [&](Database& d) { return d.store().marked_twins(200).twins; });
    both_numbers("marks", [&](Database& d) { return d.store().marked_twins(100'000).marks.size(); });
    both("the next timer", [&](Database& d) {
      const auto timer = d.store().next_timer();
      return timer ? to_rfc3339(*timer) : "none";
    });
    both_numbers("the schema", [&](Database& d) { return d.queries().database_facts().schema_version; });
    both_numbers("the newest entry", [&](Database& d) { return d.queries().newest_history().value; });
    both("unreferenced uploads", [&](Database& d) { return d.evidence().unreferenced(now_, 1000); });
  }

  void compare_accounts() {
    for (const auto& person : world_.people) {
      std::vector<OfficeId> offices;
      for (const auto& post : person.posts) offices.push_back(post.office);
      both("colleagues of " + person.username,
           [&](Database& d) { return d.accounts().colleagues(person.account, offices, now_, "", 50); });
      both("lent by " + person.username, [&](Database& d) { return d.accounts().lent(person.account, offices, now_); });
      both("accounts below " + person.username,
           [&](Database& d) { return d.accounts().list(offices, {{}, "王"}, "", 50); });
      both_numbers("sign-in of " + person.username, [&](Database& d) {
        return d.accounts().by_username(person.username + " ").has_value() ||
               !d.accounts().by_username(person.username).has_value();
      });
    }
  }

  void compare_stream() {
    HistoryId after;
    for (;;) {
      const auto left = left_.queries().outbox(after, outbox_page), right = right_.queries().outbox(after, outbox_page);
      differences_.compare_texts("events after " + to_string(after), left, right);
      if (left.empty()) break;
      after = left.back().id;
    }
    both("the audit's first page", [&](Database& d) { return d.queries().audit_page({}, 300); });
  }

  Database& left_;
  Database& right_;
  const World& world_;
  const Instant now_;
  Chance& chance_;
  Differences& differences_;
};

}  // namespace

void compare_answers(Twin& left, Twin& right, const World& world, Instant now, Chance& chance,
                     Differences& differences) {
  AnswerComparison(left, right, world, now, chance, differences).run();
}

}  // namespace xueji::differential
