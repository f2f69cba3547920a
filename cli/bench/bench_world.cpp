#include "cli/bench/bench_world.hpp"

#include <fmt/format.h>

#include <atomic>
#include <condition_variable>
#include <mutex>

#include "adapters/identity/token.hpp"
#include "cli/bench/names.hpp"
#include "cli/setup/installation.hpp"
#include "cli/setup/system_clock.hpp"
#include "engine/authority/token.hpp"
#include "engine/runtime/runtime.hpp"

namespace xueji::bench {
namespace {

constexpr std::size_t active_counties = 32;
constexpr std::size_t idle_counties = 8;
constexpr std::string_view workflow = "key-information-change";
constexpr std::string_view grade = "6", class_name = "1班";
const std::string scan(64, 'a');

struct NobodyListens : EventSink {
  void committed(std::span<const OutboxRow>) override {}
};

/// Waits for many completions at once.
class Tally {
 public:
  explicit Tally(std::size_t expected) : left_(expected) {}
  void done() {
    const std::lock_guard lock(mutex_);
    if (--left_ == 0) all_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    all_.wait(lock, [this] { return left_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable all_;
  std::size_t left_;
};

class Builder {
 public:
  Builder(const Configuration& configuration, Database& database)
      : configuration_(configuration), database_(database), loader_(database.bulk_loader()) {}

  void add_offices() {
    const OfficeId ministry = add_office("000000", "教育部", Level::ministry, {});
    const OfficeId province = add_office("990000", "测试省", Level::province, ministry);
    for (std::size_t n = 0; n < active_counties + idle_counties; ++n) {
      const OfficeId county =
          add_office(fmt::format("99{:04}", n + 1), fmt::format("第{}县", n + 1), Level::county, province);
      counties_.push_back(
          {county, add_office(fmt::format("399{:07}", n + 1), fmt::format("第{}学校", n + 1), Level::school, county)});
    }
  }

  void add_people() {
    for (std::size_t n = 0; n < counties_.size(); ++n) {
      Place& place = counties_[n];
      place.registrar = add_account(fmt::format("registrar-{}", n + 1), Role::registrar, place.school);
      place.head = add_account(fmt::format("head-{}", n + 1), Role::head, place.school);
      place.reviewer = add_account(fmt::format("reviewer-{}", n + 1), Role::reviewer, place.county);
      place.approver = add_account(fmt::format("approver-{}", n + 1), Role::approver, place.county);
    }
  }

  /// Those whose requests will wait, and classes of schools where nothing happens.
  void add_students(std::size_t wanted, std::size_t classes, std::size_t pupils) {
    for (std::size_t n = 0; n < wanted; ++n)
      students_.push_back(loader_->add(student_at(counties_[n % active_counties].school, name_of("陈", n), n)));
    for (std::size_t n = 0; n < classes * pupils; ++n)
      loader_->add(student_at(counties_.at(active_counties + n / pupils).school, name_of("周", n), n));
    classes_.assign(classes, {{}, {}, std::string(grade), std::string(class_name), pupils});
    loader_->commit();
    loader_.reset();
  }

  /// Opened, submitted and confirmed by the head, through the pipeline.
  void file_requests() {
    const auto directory = open_directory(configuration_, database_);
    const SystemClock clock;
    for (const Place& place : counties_)
      database_.evidence().add({scan, place.registrar.account, "scan.png", "image/png", 1000, clock.now()});
    NobodyListens nobody;
    Runtime runtime(database_.store(), clock, *directory, nobody, {});
    for (std::size_t first = 0; first < students_.size(); first += at_once)
      file(runtime, first, std::min(first + at_once, students_.size()));
    if (failures_ > 0)
      throw std::runtime_error(
          fmt::format("{} requests of the bench could not be filed: {}", failures_.load(), first_failure_));
  }

  BenchWorld sign_in() {
    BenchWorld world;
    world.classes = classes_;
    const Instant now = SystemClock{}.now();
    const auto token_of = [&](const Caller& caller) {
      const std::string token = new_token();
      database_.accounts().add_session({token_hash(token), caller.account, now, now + std::chrono::hours{24}});
      return token;
    };
    for (std::size_t n = 0; n < counties_.size(); ++n) {
      const Place& place = counties_[n];
      if (n < active_counties)
        world.counties.push_back({token_of(place.reviewer), token_of(place.approver)});
      else
        world.idle_tokens.push_back(token_of(place.reviewer));
    }
    for (std::size_t n = 0; n < classes_.size(); ++n) {
      world.classes[n].registrar_token = token_of(counties_[active_counties + n].registrar);
      world.classes[n].head_token = token_of(counties_[active_counties + n].head);
    }
    return world;
  }

 private:
  static constexpr std::size_t at_once = 2048;
  struct Place {
    OfficeId county, school;
    Caller registrar{}, head{}, reviewer{}, approver{};
  };

  Student student_at(OfficeId school, std::string name, std::size_t n) const {
    Student student;
    student.school = school;
    student.name = std::move(name);
    student.birth_date = Date{std::chrono::year{2015}, std::chrono::month{1 + static_cast<unsigned>(n % 12)},
                              std::chrono::day{1 + static_cast<unsigned>(n % 28)}};
    student.grade = grade;
    student.class_name = class_name;
    return student;
  }

  OfficeId add_office(std::string code, std::string name, Level level, OfficeId supervisor) {
    return loader_->add(Office{{}, std::move(code), std::move(name), level, supervisor});
  }

  Caller add_account(const std::string& username, Role role, OfficeId office) {
    Account account;
    account.username = account.name = username;
    Post post;
    post.account = loader_->add(account);
    post.office = office;
    post.role = role;
    post.id = loader_->add(post);
    return {post.account, username, username, Language::en, {post}};
  }

  void file(Runtime& runtime, std::size_t first, std::size_t last) {
    std::vector<RequestId> opened(last - first);
    each(
        runtime, first, last, [&](std::size_t n) { return opening(n); },
        [&](std::size_t n, const Request& request) { opened[n - first] = request.id; });
    each(
        runtime, first, last, [&](std::size_t n) { return confirmation(n, opened[n - first]); },
        [](std::size_t, const Request&) {});
  }

  template <class Make, class Keep>
  void each(Runtime& runtime, std::size_t first, std::size_t last, Make make, Keep keep) {
    Tally tally(last - first);
    for (std::size_t n = first; n < last; ++n)
      runtime.submit(make(n), [&, n](CommandResult result) {
        if (auto* done = std::get_if<Committed>(&result))
          keep(n, done->request);
        else
          note(std::get<Refusal>(result));
        tally.done();
      });
    tally.wait();
  }

  Command opening(std::size_t n) const {
    Open open;
    open.workflow = workflow;
    open.student = students_[n];
    open.fields = {{"new_name", name_of("程", n)}, {"ground", "register_changed"}, {"reason", "户口簿更正"}};
    open.evidence = {{"household_register", scan}};
    open.submit = true;
    return {std::move(open), counties_[n % active_counties].registrar, std::nullopt, std::nullopt};
  }

  Command confirmation(std::size_t n, RequestId request) const {
    Perform perform;
    perform.request = request;
    perform.action = "approve";
    return {std::move(perform), counties_[n % active_counties].head, std::nullopt, std::nullopt};
  }

  void note(const Refusal& refusal) {
    if (failures_++ == 0) first_failure_ = refusal.detail.en;
  }

  const Configuration& configuration_;
  Database& database_;
  std::unique_ptr<BulkLoader> loader_;
  std::vector<Place> counties_;
  std::vector<StudentId> students_;
  std::vector<WholeClass> classes_;
  std::atomic<std::size_t> failures_{0};
  std::string first_failure_;
};

}  // namespace

BenchWorld make_bench_world(const std::filesystem::path& folder, std::size_t requests, std::size_t classes,
                            std::size_t pupils) {
  Configuration configuration;
  configuration.data = folder.string();
  const auto database = open_database(configuration);
  Builder builder(configuration, *database);
  builder.add_offices();
  builder.add_people();
  builder.add_students(requests, classes, pupils);
  builder.file_requests();
  return builder.sign_in();
}

}  // namespace xueji::bench
