#include "tests/contract/store/fixture.hpp"

#include <mysql.h>
#include <stdlib.h>

#include <stdexcept>

#include "adapters/sql/database_address.hpp"
#include "engine/base/sha256.hpp"
#include "engine/machine/submission_hash.hpp"

namespace xueji::store_test {

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "xueji-store-XXXXXX").string();
  if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

namespace {

std::string address_of_the_server() {
  const char* address = std::getenv("XUEJI_DATABASE");
  return address && !std::string_view(address).starts_with("sqlite:") ? address : "";
}

/// Runs a statement on the server by its own library: the database it is about may not be there.
void on_server(const std::string& statement) {
  const auto address = std::get<sql::MysqlAddress>(sql::parse_database_address(address_of_the_server()));
  const std::unique_ptr<MYSQL, decltype(&mysql_close)> server(mysql_init(nullptr), &mysql_close);
  const auto text = [](const std::string& value) { return value.empty() ? nullptr : value.c_str(); };
  if (!mysql_real_connect(server.get(), text(address.host), address.user.c_str(), text(address.password.value_or("")),
                          nullptr, address.port, text(address.socket), 0) ||
      mysql_real_query(server.get(), statement.data(), statement.size()) != 0)
    throw std::runtime_error(mysql_error(server.get()));
}

std::string name_in(const std::string& url) {
  return std::get<sql::MysqlAddress>(sql::parse_database_address(url)).database;
}

}  // namespace

bool on_sqlite() { return address_of_the_server().empty(); }

TestDatabase::TestDatabase() {
  if (on_sqlite()) {
    url_ = "sqlite://" + (folder() / "test.db").string();
    return;
  }
  // The folder's name is used by nobody else on this machine.
  url_ = address_of_the_server() + '_' + folder().filename().string();
  on_server("CREATE DATABASE `" + name_in(url_) + '`');
}

TestDatabase::~TestDatabase() {
  if (on_sqlite()) return;
  try {
    on_server("DROP DATABASE `" + name_in(url_) + '`');
  } catch (const std::exception&) {
    // The server's end is the end of its databases.
  }
}

Instant at(int minutes) {
  return Instant{std::chrono::seconds{1790000000} + std::chrono::minutes{minutes} + std::chrono::microseconds{7}};
}

Student student_of(std::int64_t id, OfficeId school_of, const std::string& name) {
  using namespace std::chrono;
  Student student;
  student.id = StudentId{id};
  student.school = school_of;
  student.name = name;
  student.id_number = "11010519491231002X";
  const std::string digits = std::to_string(10 + id);
  student.id_number->replace(16 - digits.size(), digits.size(), digits);
  student.sex = Sex::female;
  student.birth_date = year{1949} / 12 / 31;
  student.grade = "5";
  student.class_name = "2班";
  student.numbers = {{"L11010520150309" + std::to_string(1000 + id), NumberKind::L, NumberState::former, at(-9)},
                     {"G" + *student.id_number, NumberKind::G, NumberState::current, at(-5)}};
  return student;
}

Registry::Registry(DatabaseOptions with) : options(std::move(with)), database(place.open(options)) {
  auto loader = database->bulk_loader();
  loader->add(Office{ministry, "000000", "教育部", Level::ministry, {}});
  loader->add(Office{province, "110000", "北京市教委", Level::province, ministry});
  loader->add(Office{county, "110105", "朝阳区教委", Level::county, province});
  loader->add(Office{other_county, "110108", "海淀区教委", Level::county, province});
  loader->add(Office{school, "3111000001", "第一小学", Level::school, county});
  loader->add(Office{second_school, "3111000002", "第二小学", Level::school, county});
  loader->add(Office{far_school,
                     "3111000003",
                     "远方小学",
                     Level::school,
                     other_county,
                     {Stage::primary, Stage::junior},
                     SchoolSystem::five_four});
  loader->add(Account{registrar, "registrar", "王登记", Language::zh, "hash-1", false, 0, {}});
  loader->add(Account{head, "head", "李校长", Language::zh, "hash-2", false, 0, {}});
  loader->add(Account{reviewer, "county", "Zhao", Language::en, "hash-3", false, 0, {}});
  loader->add(Post{{}, registrar, school, Role::registrar, {}, {}, {}, {}});
  loader->add(Post{{}, head, school, Role::head, {}, {}, {}, {}});
  loader->add(Post{{}, reviewer, county, Role::reviewer, {}, {}, {}, {}});
  loader->add(student_of(1, school, "𠮷田·买买提"));
  loader->add(student_of(2, school, "王小明"));
  loader->add(student_of(3, second_school, "王大明"));
  loader->add(student_of(4, far_school, "张三"));
  loader->commit();
  loader.reset();
  const std::string yaml = "key: x\n";
  definition =
      database->definitions().pin({{}, "key-information-change", 1, sha256_hex(yaml), yaml, "x.yaml", false}, {});
}

void Registry::reopen() {
  database.reset();
  database = place.open(options);
}

void pin(Decision& decision) {
  Request& request = decision.request;
  const Submission submission{request.pinned.submission + 1,
                              request.round,
                              request.fields,
                              request.before,
                              request.evidence,
                              request.several ? request.several->digest : std::string(),
                              request.several ? request.several->values : std::string()};
  request.pinned = pinned(submission);
  decision.submission = submission;
  for (HistoryDraft& entry : decision.history) entry.based_on = request.pinned;
}

Write opening(RequestId id, DefinitionId definition, StudentId student, OfficeId school_of, Instant when) {
  Write write;
  auto& request = write.decision.request;
  request.id = id;
  request.definition = definition;
  request.student = student;
  request.school = school_of;
  request.version = 1;
  request.token.state = "head_review";
  request.token.holder = {school_of, Role::head};
  request.token.since = when;
  request.fields = {{"new_name", "𠮷田·𫝆 "}, {"reason", "line\n\"quoted\" \\ 你好"}};
  request.before = {{"new_name", "𠮷田"}};
  request.evidence = {{std::string(64, 'e'), "household_register", "页 1.jpg", "image/jpeg", 12345}};
  for (const char* action : {"open", "submit"})
    request.acts.push_back({"draft", action, registrar, {}, {school_of, Role::registrar}, when, 0});
  request.round = 1;
  request.opened_by = registrar;
  request.opened_as = {school_of, Role::registrar};
  request.opened_at = when;
  write.decision.locks_student = true;
  write.decision.history = {
      {registrar, Holder{school_of, Role::registrar}, "open", "", "draft", "", when, when, {}},
      {registrar, Holder{school_of, Role::registrar}, "submit", "draft", "head_review", "请审核", when, when, {}}};
  pin(write.decision);
  give_numbers(request);
  write.after = tasks_of(request);
  write.concerned = {school_of};
  return write;
}

namespace {

Write next(const Request& before, Instant when) {
  Write write;
  write.decision.request = before;
  write.decision.replaces = before.version;
  ++write.decision.request.version;
  write.decision.request.token.since = when;
  write.decision.request.token.claimed_by = {};
  write.decision.request.token.due.reset();
  write.decision.request.token.timer.reset();
  write.decision.request.token.number = write.decision.request.token.escalated_number = 0;
  write.before = tasks_of(before);
  write.concerned = {before.school};
  return write;
}

}  // namespace

Write moving(const Request& before, const std::string& action, const std::string& state, Holder holder, Instant when) {
  auto write = next(before, when);
  auto& request = write.decision.request;
  request.token.state = state;
  request.token.holder = holder;
  write.decision.history = {
      {head, before.token.holder, action, before.token.state, state, "", when, when, {}, before.pinned}};
  if (action != "comment")
    request.acts.push_back({before.token.state, action, head, {}, before.token.holder, when, before.round});
  give_numbers(request);
  write.after = tasks_of(request);
  return write;
}

Write ending(const Request& before, std::vector<RegistryChange> changes, Instant when) {
  auto write = next(before, when);
  auto& request = write.decision.request;
  request.token.state = "completed";
  request.token.holder = {};
  request.outcome = Outcome::completed;
  write.decision.changes = changes;
  write.decision.unlocks_student = true;
  write.decision.history = {{reviewer, before.token.holder, "approve", before.token.state, "completed", "", when,
                             when - std::chrono::hours{24}, std::move(changes), before.pinned}};
  request.acts.push_back({before.token.state, "approve", reviewer, {}, before.token.holder, when, before.round});
  give_numbers(request);
  return write;
}

std::vector<Written> commit(Store& store, std::vector<Write> writes) {
  auto transaction = store.begin();
  auto written = transaction->write(writes);
  transaction->commit();
  return written;
}

Request open_request(Registry& registry, StudentId student, OfficeId school_of, Instant when) {
  auto transaction = registry.store().begin();
  std::vector<Write> writes{opening(transaction->next_request_id(), registry.definition, student, school_of, when)};
  transaction->write(writes);
  transaction->commit();
  return writes.front().decision.request;
}

}  // namespace xueji::store_test
