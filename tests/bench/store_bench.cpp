// Transitions a second of the store alone: one thread, no HTTP, random requests, each batch one durable transaction.
// store_bench [--requests N] [--transitions N] [--cache MB] [--checkpoint PAGES]: prints one line for each size of
// batch.
#include <fmt/format.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "adapters/sql/database.hpp"

namespace {

using namespace xueji;

constexpr int schools = 200;
constexpr int counties = 20;

struct Options {
  std::int64_t requests = 100000;
  std::int64_t transitions = 100000;
  std::size_t cache_mb = 256;
  std::size_t checkpoint_pages = DatabaseOptions{}.checkpoint_pages;
  std::string database;  ///< empty: a file of SQLite
};

std::int64_t number(const char* text) {
  std::int64_t value = 0;
  const std::string_view view(text);
  std::from_chars(view.data(), view.data() + view.size(), value);
  return value;
}

OfficeId county_of(std::int64_t student) { return OfficeId{2 + student % counties}; }
OfficeId school_of(std::int64_t student) { return OfficeId{2 + counties + student % schools}; }

void load_registry(Database& database, std::int64_t students) {
  auto loader = database.bulk_loader();
  loader->add(Office{OfficeId{1}, "000000", "ministry", Level::ministry, {}});
  for (int office = 0; office < counties; ++office)
    loader->add(Office{OfficeId{2 + office}, "1", "county", Level::county, OfficeId{1}});
  for (int office = 0; office < schools; ++office)
    loader->add(Office{OfficeId{2 + counties + office}, "3", "school", Level::school, OfficeId{2 + office % counties}});
  for (std::int64_t id = 1; id <= students; ++id) {
    Student student;
    student.id = StudentId{id};
    student.school = school_of(id);
    student.name = fmt::format("学生{}", id);
    student.id_number = fmt::format("11010520100101{:04}", id % 10000);
    student.birth_date = std::chrono::year{2010} / 1 / 1;
    student.numbers = {{fmt::format("L{:018}", id), NumberKind::L, NumberState::current, {}}};
    loader->add(student);
  }
  loader->commit();
}

Write opening(std::int64_t id, DefinitionId definition, Instant now) {
  Write write;
  auto& request = write.decision.request;
  request.id = RequestId{id};
  request.definition = definition;
  request.student = StudentId{id};
  request.school = school_of(id);
  request.version = 1;
  request.token.state = "head_review";
  request.token.holder = {request.school, Role::head};
  request.token.since = now;
  request.token.due = now + std::chrono::hours{120};
  request.token.timer = now + std::chrono::hours{72};
  request.fields = {{"new_name", "某某某"}, {"reason", "户口簿已更改，随父母改姓"}};
  request.before = {{"new_name", "某某"}};
  request.evidence = {{fmt::format("{:064x}", id), "household_register", "page1.jpg", "image/jpeg", 200000},
                      {fmt::format("{:064x}", id + 1000000), "household_register", "page2.jpg", "image/jpeg", 200000}};
  request.acts = {{"draft", "submit", AccountId{7}, {}, {request.school, Role::registrar}, now, 0}};
  request.round = 1;
  request.opened_by = AccountId{7};
  request.opened_as = {request.school, Role::registrar};
  request.opened_at = now;
  write.decision.locks_student = true;
  write.decision.history = {
      {AccountId{7}, Holder{request.school, Role::registrar}, "open", "", "head_review", "", now, now, {}}};
  write.after = tasks_of(request);
  write.concerned = {request.school};
  return write;
}

Write moving(const Request& before, std::int64_t key, Instant now) {
  Write write;
  write.decision.request = before;
  write.decision.replaces = before.version;
  auto& request = write.decision.request;
  const bool to_county = before.token.state == "head_review";
  const Holder acted = before.token.holder;
  ++request.version;
  request.token.state = to_county ? "county_review" : "head_review";
  request.token.holder =
      to_county ? Holder{county_of(request.student.value), Role::reviewer} : Holder{request.school, Role::head};
  request.token.since = now;
  request.token.due = now + std::chrono::hours{120};
  request.token.timer = now + std::chrono::hours{72};
  if (request.acts.size() > 4) request.acts.resize(1);
  request.acts.push_back({before.token.state, "approve", AccountId{9}, {}, acted, now, 1});
  write.decision.history = {
      {AccountId{9}, acted, "approve", before.token.state, request.token.state, "同意", now, now, {}}};
  write.before = tasks_of(before);
  write.after = tasks_of(request);
  write.concerned = {request.school, request.token.holder.office};
  write.key = IdempotencyKey{
      AccountId{9}, fmt::format("{:016x}-{:08x}", static_cast<std::uint64_t>(key) * 0x9e3779b97f4a7c15ull, key),
      std::string(64, 'f')};
  return write;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// What the process has used so far: processor seconds, bytes handed to write().
struct Used {
  double cpu_seconds = 0;
  double bytes = 0;
};

Used used() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  Used result{seconds(usage.ru_utime) + seconds(usage.ru_stime), 0};
  std::ifstream file("/proc/self/io");
  std::string name;
  for (double value = 0; file >> name >> value;)
    if (name == "wchar:") result.bytes = value;
  return result;
}

void run(Database& database, const Options& options, std::size_t batch, std::int64_t transitions, std::int64_t& key,
         std::mt19937_64& random) {
  std::uniform_int_distribution<std::int64_t> any(1, options.requests);
  Instant now{std::chrono::seconds{1790000000} + std::chrono::seconds{key}};
  const auto start = std::chrono::steady_clock::now();
  const auto before = used();
  for (std::int64_t done = 0; done < transitions; done += static_cast<std::int64_t>(batch)) {
    BatchKeys keys;
    std::vector<std::int64_t> numbers;
    for (std::size_t at = 0; at < batch; ++at) {
      keys.requests.push_back(RequestId{any(random)});
      numbers.push_back(++key);
    }
    auto transaction = database.store().begin();
    auto loaded = transaction->load(keys);
    std::vector<Write> writes;
    writes.reserve(batch);
    for (std::size_t at = 0; at < batch; ++at) {
      now += std::chrono::milliseconds{1};
      auto& request = loaded.requests.at(keys.requests[at]);
      writes.push_back(moving(request, numbers[at], now));
      writes.back().decision.request.last_hash.clear();
      request = writes.back().decision.request;
    }
    transaction->write(writes);
    transaction->commit();
  }
  const double seconds = seconds_since(start);
  const auto after = used();
  const auto count = static_cast<double>(transitions);
  fmt::print(
      "batches of {:4}: {:8.0f} transitions/s ({} in {:.1f} s); each {:.0f} us of processor, {:.1f} KiB written\n",
      batch, count / seconds, transitions, seconds, (after.cpu_seconds - before.cpu_seconds) * 1e6 / count,
      (after.bytes - before.bytes) / 1024 / count);
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** arguments) {
  Options options;
  for (int at = 1; at + 1 < count; at += 2) {
    const std::string_view name = arguments[at];
    if (name == "--database") {
      options.database = arguments[at + 1];
      continue;
    }
    const auto value = number(arguments[at + 1]);
    if (name == "--requests")
      options.requests = value;
    else if (name == "--transitions")
      options.transitions = value;
    else if (name == "--cache")
      options.cache_mb = static_cast<std::size_t>(value);
    else if (name == "--checkpoint")
      options.checkpoint_pages = static_cast<std::size_t>(value);
    else
      return std::fputs(
                 "store_bench [--requests N] [--transitions N] [--cache MB] [--checkpoint PAGES] "
                 "[--database mysql://ADDRESS of an empty database]\n",
                 stderr),
             2;
  }
  std::string folder = (std::filesystem::current_path() / "store-bench-XXXXXX").string();
  if (!::mkdtemp(folder.data())) return std::fputs("no folder for the database can be made here\n", stderr), 1;
  {
    DatabaseOptions database_options;
    database_options.cache_mb = options.cache_mb;
    database_options.checkpoint_pages = options.checkpoint_pages;
    const auto database = Database::open(
        options.database.empty() ? "sqlite://" + folder + "/bench.db" : options.database, database_options);
    auto start = std::chrono::steady_clock::now();
    load_registry(*database, options.requests);
    fmt::print("{} students loaded in {:.2f} s\n", options.requests, seconds_since(start));
    const auto definition = database->definitions().pin({{}, "bench", 1, std::string(64, 'a'), "x", "x", false}, {});
    start = std::chrono::steady_clock::now();
    for (std::int64_t id = 1; id <= options.requests;) {
      std::vector<Write> writes;
      for (; id <= options.requests && writes.size() < 512; ++id)
        writes.push_back(opening(id, definition, Instant{std::chrono::seconds{1780000000 + id}}));
      auto transaction = database->store().begin();
      transaction->write(writes);
      transaction->commit();
    }
    fmt::print("{} requests opened: {:.0f}/s\n", options.requests,
               static_cast<double>(options.requests) / seconds_since(start));
    std::mt19937_64 random(42);
    std::int64_t key = 0;
    run(*database, options, 64, options.transitions / 5, key, random);  // Warms the cache; its figure counts as well.
    run(*database, options, 1, options.transitions / 5, key, random);
    run(*database, options, 64, options.transitions, key, random);
    run(*database, options, 512, options.transitions, key, random);
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    fmt::print("peak memory {} MB, database {} MB\n", usage.ru_maxrss / 1024,
               database->queries().database_facts().size_bytes / 1000000);
  }
  std::filesystem::remove_all(folder);
  return 0;
}
