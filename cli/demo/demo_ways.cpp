#include "cli/demo/demo_ways.hpp"

#include <utility>

#include "cli/demo/demo_parts.hpp"

namespace xueji::demo {
namespace {

/// Transfers into its schools are asked of both provinces.
constexpr std::string_view sichuan_code = "510000";

}  // namespace

Acts approved_by(const std::vector<std::string>& accounts) {
  Acts way;
  for (const std::string& account : accounts) way.push_back({account, "approve"});
  return way;
}

Acts rejected_by(const std::vector<std::string>& accounts, std::string why) {
  Acts way = approved_by(accounts);
  way.back().action = "reject";
  way.back().comment = std::move(why);
  return way;
}

Acts returned_and_approved_by(const std::vector<std::string>& accounts, const DemoExample& filed, std::string why) {
  Acts way{{accounts.front(), "return", std::move(why)},
           {filed.account, "submit", "已补正，请再核", "", filed.fields, filed.evidence}};
  const Acts then = approved_by(accounts);
  way.insert(way.end(), then.begin(), then.end());
  return way;
}

bool are_of_one_province(const DemoWorld& world, OfficeId one, OfficeId other) {
  const OfficeTree offices{world.offices};
  return offices.at_level(one, Level::province) == offices.at_level(other, Level::province);
}

std::vector<std::string> deciders_of_transfer(const DemoWorld& world, OfficeId receiving, OfficeId sending) {
  const OfficeTree offices{world.offices};
  const auto who = [&](Role role, OfficeId office) { return account_for(world, role, office)->account.username; };
  const Office* asked[] = {offices.authority_of(receiving), offices.authority_of(sending)};
  const Office* provinces[] = {offices.at_level(receiving, Level::province),
                               offices.at_level(sending, Level::province)};
  const bool provinces_too = provinces[0]->code == sichuan_code && !are_of_one_province(world, receiving, sending);
  std::vector<std::string> deciders{who(Role::head, receiving)};
  if (asked[0] != asked[1]) deciders.push_back(who(Role::approver, asked[0]->id));
  if (provinces_too) deciders.push_back(who(Role::approver, provinces[0]->id));
  deciders.push_back(who(Role::head, sending));
  deciders.push_back(who(Role::approver, asked[1]->id));
  if (provinces_too) deciders.push_back(who(Role::approver, provinces[1]->id));
  return deciders;
}

}  // namespace xueji::demo
