#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "cli/demo/demo_data.hpp"

namespace xueji::demo {
namespace {

constexpr std::size_t promised_accounts = 12;

const Office& office_of(const DemoWorld& world, OfficeId id) {
  return *std::find_if(world.offices.begin(), world.offices.end(), [&](const Office& each) { return each.id == id; });
}

boost::json::object office_json(const Office& office) {
  boost::json::object json{
      {"id", to_string(office.id)}, {"name", office.name}, {"level", to_string(office.level)}, {"supervisor", nullptr}};
  if (office.supervisor) json["supervisor"] = to_string(office.supervisor);
  boost::json::array stages;
  for (const Stage stage : stages_taught(office)) stages.emplace_back(to_string(stage));
  json["stages"] = std::move(stages);
  json["system"] = nullptr;
  if (office.level == Level::school) json["system"] = to_string(office.system);
  return json;
}

/// The request that the machine opened, where nobody has touched it since.
std::optional<RequestId> opened_by_machine(const DemoWorld& world, const DemoExample& example, Queries& queries) {
  RequestFilter filter;
  filter.workflow = example.workflow;
  filter.student = example.student;
  filter.open = true;
  const auto found = queries.requests({{world.offices.front().id}}, filter, {}).items;
  if (found.empty() || found.front().request.version != 1) return std::nullopt;
  return found.front().request.id;
}

/// Nothing has happened to the student since, and nothing is under way.
bool still_possible(const DemoExample& example, const Student& original, Queries& queries) {
  const auto student = queries.student(example.student);
  return student && !student->open_request && student->name == original.name &&
         student->id_number == original.id_number && student->numbers == original.numbers &&
         student->status == original.status && student->grade == original.grade;
}

boost::json::object knowledge_of(const Student& student) {
  return {{"number", *student.id_number}, {"name", student.name}, {"birthDate", to_string(student.birth_date)}};
}

boost::json::object fields_json(const FieldValues& values) {
  boost::json::object fields;
  for (const auto& [key, value] : values) fields[key] = value;
  return fields;
}

boost::json::object evidence_json(const std::vector<std::string>& kinds) {
  boost::json::object evidence;
  for (const std::string& kind : kinds) evidence[kind] = 1;
  return evidence;
}

boost::json::object act_json(const DemoAct& act) {
  boost::json::object json{{"account", act.account}, {"action", act.action}};
  if (!act.comment.empty()) json["comment"] = act.comment;
  if (!act.fields.empty()) json["fields"] = fields_json(act.fields);
  if (!act.evidence.empty()) json["evidence"] = evidence_json(act.evidence);
  if (!act.refused.empty()) json["refused"] = act.refused;
  return json;
}

boost::json::object end_json(const DemoWorld& world, const DemoEnd& end) {
  boost::json::object json{{"outcome", nullptr}};
  if (!end.outcome.empty()) json["outcome"] = end.outcome;
  boost::json::object student;
  for (const auto& [member, value] : end.student) student[member] = value;
  if (end.school) student["school"] = {{"id", to_string(end.school)}, {"name", office_of(world, end.school).name}};
  if (!student.empty()) json["student"] = std::move(student);
  return json;
}

bool is_refused(const DemoExample& example) {
  return !example.refused.empty() || (!example.way.empty() && !example.way.back().refused.empty());
}

/// Without who opens it, and about whom.
boost::json::object example_json(const DemoWorld& world, const DemoExample& example) {
  boost::json::array way;
  for (const DemoAct& act : example.way) way.push_back(act_json(act));
  boost::json::object json{{"title", example.title},
                           {"workflow", example.workflow},
                           {"outcome", example.cause.empty() ? "clear" : "suspect"},
                           {"way", std::move(way)},
                           {"then", end_json(world, example.then)}};
  if (!example.cause.empty()) json["cause"] = example.cause;
  if (is_refused(example)) json["outcome"] = nullptr;
  if (!example.refused.empty()) json["refused"] = example.refused;
  return json;
}

boost::json::object example_json(const DemoWorld& world, const DemoExample& example, RequestId open) {
  auto json = example_json(world, example);
  json["request"] = to_string(open);
  return json;
}

boost::json::object example_json(const DemoWorld& world, const DemoExample& example, const Student& student) {
  auto json = example_json(world, example);
  json["account"] = example.account;
  json["fields"] = fields_json(example.fields);
  json["evidence"] = evidence_json(example.evidence);
  if (example.is_found)
    json["find"] = knowledge_of(student);
  else
    json["student"] = to_string(example.student);
  return json;
}

boost::json::object account_json(const DemoWorld& world, const DemoAccount& account) {
  return {{"username", account.account.username},
          {"name", account.account.name},
          {"office", office_json(office_of(world, account.posts.front().office))},
          {"role", to_string(account.posts.front().role)}};
}

/// Those that the contract promises, then whoever takes part in an example.
boost::json::array accounts_json(const DemoWorld& world) {
  std::set<std::string_view> acting;
  for (const DemoExample& example : world.examples) {
    acting.insert(example.account);
    for (const DemoAct& act : example.way) acting.insert(act.account);
  }
  boost::json::array accounts;
  for (std::size_t position = 0; position < world.accounts.size(); ++position) {
    const DemoAccount& each = world.accounts[position];
    if (position < promised_accounts || acting.contains(each.account.username))
      accounts.push_back(account_json(world, each));
  }
  return accounts;
}

}  // namespace

boost::json::value demo_content(const DemoWorld& world, Queries& queries) {
  boost::json::array examples;
  for (const DemoExample& example : world.examples) {
    const Student& student = world.students[static_cast<std::size_t>(example.student.value) - 1];
    if (example.is_open) {
      if (const auto open = opened_by_machine(world, example, queries))
        examples.push_back(example_json(world, example, *open));
      continue;
    }
    if (still_possible(example, student, queries)) examples.push_back(example_json(world, example, student));
  }
  return boost::json::object{{"accounts", accounts_json(world)}, {"examples", std::move(examples)}};
}

}  // namespace xueji::demo
