#include "adapters/central/identity_answer.hpp"

#include <boost/json.hpp>

namespace xueji {
namespace {

Finding finding(CheckOutcome outcome, const char* code, const char* zh, const char* en) {
  Finding result;
  result.outcome = outcome;
  result.code = code;
  result.detail = {zh, en};
  return result;
}

}  // namespace

std::string question_body(const IdentityQuery& query) {
  return boost::json::serialize(boost::json::object{{"name", query.name}, {"idNumber", query.id_number}});
}

namespace {

/// Boost.JSON keeps the last of two equal keys: an answer that says two things says nothing. Without escapes two
/// spellings of a key are one.
bool says_outcome_once(std::string_view body) {
  constexpr std::string_view key = "\"outcome\"";
  const auto first = body.find(key);
  return body.find('\\') == std::string_view::npos && first != std::string_view::npos &&
         body.find(key, first + 1) == std::string_view::npos;
}

}  // namespace

Finding finding_of_answer(unsigned status, std::string_view body) {
  if (status != 200 || !says_outcome_once(body)) return national_side_unavailable();
  boost::json::error_code error;
  const auto value = boost::json::parse({body.data(), body.size()}, error);
  const auto* object = error ? nullptr : value.if_object();
  const auto* outcome = object && object->size() == 1 ? object->if_contains("outcome") : nullptr;
  const auto* word = outcome ? outcome->if_string() : nullptr;
  if (!word) return national_side_unavailable();
  if (*word == "match")
    return finding(CheckOutcome::clear, "", "姓名与身份证件号码比对一致", "The name and the ID number match");
  if (*word == "mismatch")
    return finding(CheckOutcome::suspect, "no_match", "该身份证件号码在人口库中对应另一姓名",
                   "The population database knows this ID number under another name");
  if (*word == "unknown")
    return finding(CheckOutcome::suspect, "unknown_person", "人口库中没有该身份证件号码",
                   "The population database does not know this ID number");
  return national_side_unavailable();
}

Finding national_side_unavailable() {
  return finding(CheckOutcome::unavailable, "national_side_unavailable", "国家身份比对暂不可用，将自动重试",
                 "The national identity comparison is not available now and will be asked again");
}

}  // namespace xueji
