#include "tests/unit/runtime/world.hpp"
#include "tests/catch.hpp"

#include <fstream>
#include <iterator>

#include "engine/definition/loader.hpp"
#include "engine/registry/numbers.hpp"

namespace xueji::testing {
namespace {

const std::string scan(64, 'a');

std::vector<Catalog::Entry> real_ones() {
  static const std::vector<Catalog::Entry> entries{{DefinitionId{1}, definition_of("workflows/key-information-change")},
                                                   {DefinitionId{2}, definition_of("workflows/g-number-deletion")}};
  return entries;
}

}  // namespace

DefinitionPtr definition_of(const std::string& path) {
  const std::string file = std::string(XUEJI_SOURCE_DIR "/") + path + ".yaml";
  std::ifstream stream(file);
  const std::string yaml(std::istreambuf_iterator<char>(stream), {});
  auto loaded = load_definition(yaml, file);
  if (const auto* faults = std::get_if<std::vector<Fault>>(&loaded))
    throw std::runtime_error(faults->front().to_string());
  return std::make_shared<const Definition>(std::get<Definition>(std::move(loaded)));
}

Finding FakeCentral::compare_identity(const IdentityQuery& query) {
  if (on_ask) on_ask();
  std::lock_guard lock(mutex_);
  ++asked_[query.idempotency_key];
  Finding finding;
  finding.outcome = is_down ? CheckOutcome::unavailable : CheckOutcome::clear;
  return finding;
}

std::map<std::string, int> FakeCentral::asked() const {
  std::lock_guard lock(mutex_);
  return asked_;
}

Caller person(std::int64_t account, Role role, OfficeId office) {
  Caller caller;
  caller.account = AccountId{account};
  caller.username = "account" + std::to_string(account);
  Post post;
  post.id = PostId{account};
  post.account = caller.account;
  post.office = office;
  post.role = role;
  caller.posts.push_back(post);
  return caller;
}

std::string id_number(int serial) {
  const int sequence = serial * 2 + 1;  // odd: a boy
  std::string digits = "11010520120504" +
                       std::string(sequence < 10    ? "00"
                                   : sequence < 100 ? "0"
                                                    : "") +
                       std::to_string(sequence);
  return digits + id_number_check_character(digits);
}

FakeData registry(int students) {
  FakeData data;
  for (int i = 1; i <= students; ++i) {
    Student student;
    student.id = StudentId{i};
    student.school = school;
    student.name = "学生" + std::to_string(i);
    student.id_number = id_number(i);
    student.sex = Sex::male;
    student.birth_date = *parse_date("2012-05-04");
    student.grade = "7";
    data.students.emplace(student.id, student);
  }
  data.uploads.emplace(upload_text(registrar().account, scan), EvidenceItem{scan, "", "scan.jpg", "image/jpeg", 1000});
  return data;
}

Directory directory() {
  return Directory(OfficeTree({{ministry, "000000", "ministry", Level::ministry, {}},
                               {province, "110000", "province", Level::province, ministry},
                               {county, "110105", "county", Level::county, province},
                               {school, "1101050001", "school", Level::school, county},
                               {other_county, "110106", "other county", Level::county, province}}),
                   Calendar{}, Catalog(real_ones()));
}

Command open_change(StudentId student, FieldValues fields, bool submit) {
  fields.emplace("ground", "register_changed");
  fields.emplace("reason", "更正");
  Open open{"key-information-change", student, std::move(fields), {{"household_register", scan}}, "", submit};
  return {std::move(open), registrar(), std::nullopt, std::nullopt};
}

Command open_j_to_g(StudentId student, const std::string& id_number) {
  Open open{"j-to-g",
            student,
            {{"ground", "id_number_issued"}, {"id_number", id_number}},
            {{"application", scan}, {"household_register", scan}},
            "",
            true};
  return {std::move(open), registrar(), std::nullopt, std::nullopt};
}

Command open_name_change(StudentId student, const std::string& name) {
  return open_change(student, {{"new_name", name}});
}

Command act(RequestId request, const std::string& action, Caller caller) {
  Perform perform;
  perform.request = request;
  perform.action = action;
  perform.comment = "同意";
  return {std::move(perform), std::move(caller), std::nullopt, std::nullopt};
}

Command keyed(Command command, const std::string& key, const std::string& fingerprint) {
  command.idempotency = IdempotencyKey{command.caller->account, key, fingerprint};
  return command;
}

World::World(FakeData data, RuntimeOptions options)
    : store(std::move(data)), runtime(store, clock, rooms, sink, [&] {
        options.backoff_first = std::chrono::milliseconds(1);
        return options;
      }()) {}

Committed World::done(Command command) {
  auto result = runtime.execute(std::move(command));
  if (const auto* why = refusal(result)) FAIL(slug(why->kind) << ": " << why->detail.en);
  return std::get<Committed>(std::move(result));
}

Refusal World::refused(Command command) {
  auto result = runtime.execute(std::move(command));
  REQUIRE(refusal(result) != nullptr);
  return std::get<Refusal>(std::move(result));
}

std::future<CommandResult> World::later(Command command) {
  const auto promise = std::make_shared<std::promise<CommandResult>>();
  auto future = promise->get_future();
  runtime.submit(std::move(command), [promise](CommandResult result) { promise->set_value(std::move(result)); });
  return future;
}

void World::deploy(DefinitionPtr definition) {
  auto entries = real_ones();
  entries.push_back({DefinitionId{3}, std::move(definition)});
  rooms.set_catalog(Catalog(std::move(entries)));
}

RequestId World::to_central_check(StudentId student, FieldValues fields) {
  return to_central_check(open_change(student, std::move(fields)));
}

RequestId World::to_central_check(Command open) {
  const RequestId id = done(std::move(open)).request.id;
  done(act(id, "approve", head()));
  done(act(id, "approve", reviewer()));
  REQUIRE(done(act(id, "approve", approver())).request.token.state == "central_check");
  return id;
}

std::vector<CommandResult> World::in_one_batch(std::vector<Command> commands) {
  const int begun = store.begun();
  store.close_gate();
  // The first command brings the committer to the gate; it is about nothing, so it changes nothing.
  auto holding = later({FireTimer{RequestId{1'000'000}, "", {}}, {}, {}, {}});
  store.wait_until_begun(begun + 1);
  std::vector<std::future<CommandResult>> futures;
  for (Command& command : commands) futures.push_back(later(std::move(command)));
  store.open_gate();
  std::vector<CommandResult> results;
  for (auto& future : futures) results.push_back(future.get());
  return results;
}

const Committed* committed(const CommandResult& result) { return std::get_if<Committed>(&result); }
const Refusal* refusal(const CommandResult& result) { return std::get_if<Refusal>(&result); }

}  // namespace xueji::testing
