#include "cli/bench/whole_requests.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <chrono>
#include <set>
#include <stdexcept>
#include <thread>

#include "cli/bench/http_load.hpp"
#include "cli/bench/names.hpp"

namespace xueji::bench {
namespace {

namespace json = boost::json;
constexpr std::string_view played_workflow = "key-information-change";
constexpr std::chrono::seconds checks_time_max{120};
constexpr std::chrono::milliseconds pause{20};

/// A PNG of one pixel.
constexpr std::array<unsigned char, 69> one_pixel{
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00,
    0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x02, 0x00, 0x00, 0x00, 0x90, 0x77, 0x53, 0xde, 0x00, 0x00, 0x00,
    0x0c, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0xf8, 0xff, 0xff, 0x3f, 0x00, 0x05, 0xfe, 0x02, 0xfe, 0x0d,
    0xef, 0x46, 0xb8, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82};

std::string text(const json::value& object, std::string_view member) {
  return std::string(object.at(member).as_string());
}

}  // namespace

WholeRequests::WholeRequests(std::uint16_t port, unsigned connections, std::size_t students_max)
    : port_(port), connections_(connections) {
  for (const char* username : {"registrar", "head", "county", "county-approver", "province-approver"}) {
    const json::object who{{"username", username}, {"password", "xueji-demo"}, {"mode", "token"}};
    const auto answer =
        ask(port, post("/api/v1/session", {}, "Content-Type: application/json\r\n", json::serialize(who)));
    tokens_[username] = text(json::parse(answer), "token");
  }
  scan_ =
      text(json::parse(ask(port, post("/api/v1/evidence?filename=scan.png", tokens_["registrar"],
                                      "Content-Type: image/png\r\n", std::string(one_pixel.begin(), one_pixel.end())))),
           "sha256");
  choose_students(students_max);
}

/// What else an example fills in is filled in here too.
void WholeRequests::choose_students(std::size_t students_max) {
  const auto examples = json::parse(fetch(port_, "/demo", {})).at("examples").as_array();
  const auto example = std::find_if(examples.begin(), examples.end(), [](const json::value& each) {
    return each.at("workflow").as_string() == played_workflow && each.at("fields").as_object().contains("new_name");
  });
  if (example == examples.end()) throw std::runtime_error("the demo has no change of a name as example");
  auto fields = example->at("fields").as_object();
  fields["reason"] = "户口簿更正";
  fields.erase("new_id_number");
  fields_ = json::serialize(fields);

  std::string cursor;
  do {
    const auto page = json::parse(
        fetch(port_, "/api/v1/students?status=in_school&limit=200" + (cursor.empty() ? "" : "&cursor=" + cursor),
              tokens_["registrar"]));
    for (const auto& student : page.at("items").as_array())
      if (student.at("openRequest").is_null() && students_.size() < students_max)
        students_.push_back({text(student, "id"), text(student, "name")});
    cursor = page.at("next").is_null() ? "" : text(page, "next");
  } while (!cursor.empty() && students_.size() < students_max);
  if (students_.empty()) throw std::runtime_error("the demo's school has no student who is free");
}

void WholeRequests::round() {
  ++rounds_;
  open_all();
  act("head", "head_review", "approve", true);
  act("county", "county_review", "approve", true);
  act("county-approver", "county_approval", "approve", true);
  wait_for_checks();
  act("county", "county_findings", "escalate", false);
  act("province-approver", "province_judgement", "approve", false);
  if (const auto left = still_open(); left > 0)
    throw std::runtime_error(fmt::format("{} of {} requests were not completed", left, students_.size()));
  completed_ += students_.size();
}

void WholeRequests::open_all() {
  std::vector<std::string> openings;
  for (std::size_t n = 0; n < students_.size(); ++n) {
    auto fields = json::parse(fields_).as_object();
    const bool is_back = rounds_ % 2 == 0;
    fields["new_name"] = is_back ? students_[n].name : name_of("程", rounds_ * students_.size() + n);
    const json::object body{{"workflow", played_workflow},
                            {"student", students_[n].id},
                            {"fields", std::move(fields)},
                            {"evidence", json::array{json::object{{"kind", "household_register"}, {"sha256", scan_}}}},
                            {"submit", true}};
    openings.push_back(
        post("/api/v1/requests", tokens_["registrar"],
             fmt::format("Content-Type: application/json\r\nIdempotency-Key: bench-{}-{}\r\n", rounds_, n),
             json::serialize(body)));
  }
  drive_all(openings, 201, nullptr);
}

std::vector<Waiting> WholeRequests::ours(const std::string& username, const std::string& state) const {
  std::set<std::string> ids;
  for (const Student& student : students_) ids.insert(student.id);
  auto found = queue_of(port_, tokens_.at(username));
  std::erase_if(found, [&](const Waiting& each) { return each.state != state || !ids.contains(each.student); });
  return found;
}

void WholeRequests::act(const std::string& username, const std::string& state, const std::string& action,
                        bool is_measured) {
  std::vector<std::string> acts;
  for (const Waiting& waiting : ours(username, state)) acts.push_back(act_on(waiting, action, tokens_[username]));
  drive_all(acts, 200, is_measured ? &approving_seconds_ : nullptr);
  if (is_measured) approvals_ += acts.size();
}

void WholeRequests::drive_all(const std::vector<std::string>& requests, int wanted_status, double* seconds) {
  const LoadResult result = drive(port_, connections_, requests, wanted_status);
  if (result.wrong > 0)
    throw std::runtime_error(
        fmt::format("{} answers were not as wanted; the first:\n{}", result.wrong, result.first_wrong));
  if (seconds) *seconds += result.seconds;
}

std::size_t WholeRequests::still_open() const {
  std::size_t open = 0;
  std::set<std::string> ids;
  for (const Student& student : students_) ids.insert(student.id);
  std::string cursor;
  do {
    const auto page = json::parse(fetch(
        port_, "/api/v1/students?limit=200" + (cursor.empty() ? "" : "&cursor=" + cursor), tokens_.at("registrar")));
    for (const auto& student : page.at("items").as_array())
      open += ids.contains(text(student, "id")) && !student.at("openRequest").is_null();
    cursor = page.at("next").is_null() ? "" : text(page, "next");
  } while (!cursor.empty());
  return open;
}

void WholeRequests::wait_for_checks() const {
  const auto end = std::chrono::steady_clock::now() + checks_time_max;
  while (still_open() > ours("county", "county_findings").size()) {
    if (std::chrono::steady_clock::now() > end) throw std::runtime_error("the national checks did not end in time");
    std::this_thread::sleep_for(pause);
  }
}

}  // namespace xueji::bench
