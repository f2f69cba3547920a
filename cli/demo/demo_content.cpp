#include <algorithm>
#include <boost/json.hpp>

#include "cli/demo/demo_data.hpp"

namespace xueji::demo {
namespace {

constexpr std::size_t accounts_shown = 12;

boost::json::object office_json(const DemoWorld& world, OfficeId id) {
  const Office& office =
      *std::find_if(world.offices.begin(), world.offices.end(), [&](const Office& each) { return each.id == id; });
  boost::json::object json{
      {"id", to_string(office.id)}, {"name", office.name}, {"level", to_string(office.level)}, {"supervisor", nullptr}};
  if (office.supervisor) json["supervisor"] = to_string(office.supervisor);
  return json;
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

boost::json::object example_json(const DemoExample& example, const Student& student) {
  boost::json::object fields;
  for (const auto& [key, value] : example.fields) fields[key] = value;
  boost::json::object evidence;
  for (const std::string& kind : example.evidence) evidence[kind] = 1;
  boost::json::object json{{"title", example.title},          {"workflow", example.workflow},
                           {"account", example.account},      {"fields", std::move(fields)},
                           {"evidence", std::move(evidence)}, {"outcome", example.cause.empty() ? "clear" : "suspect"}};
  if (example.is_found)
    json["find"] = knowledge_of(student);
  else
    json["student"] = to_string(example.student);
  if (!example.cause.empty()) json["cause"] = example.cause;
  if (!example.refused.empty()) {
    json["outcome"] = nullptr;
    json["refused"] = example.refused;
  }
  return json;
}

}  // namespace

boost::json::value demo_content(const DemoWorld& world, Queries& queries) {
  boost::json::array accounts;
  for (std::size_t position = 0; position < accounts_shown; ++position) {
    const DemoAccount& each = world.accounts[position];
    accounts.push_back({{"username", each.account.username},
                        {"name", each.account.name},
                        {"office", office_json(world, each.posts.front().office)},
                        {"role", to_string(each.posts.front().role)}});
  }
  boost::json::array examples;
  for (const DemoExample& example : world.examples) {
    const Student& student = world.students[static_cast<std::size_t>(example.student.value) - 1];
    if (still_possible(example, student, queries)) examples.push_back(example_json(example, student));
  }
  return boost::json::object{{"accounts", std::move(accounts)}, {"examples", std::move(examples)}};
}

}  // namespace xueji::demo
