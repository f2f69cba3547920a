// What people do to the examples' requests, one act after the other, as the definitions have it.
#pragma once
#include <string>
#include <vector>

#include "cli/demo/demo_world.hpp"

namespace xueji::demo {

using Acts = std::vector<DemoAct>;

/// By these accounts, one after the other.
Acts approved_by(const std::vector<std::string>& accounts);

/// The same, but the last of them rejects.
Acts rejected_by(const std::vector<std::string>& accounts, std::string why);

/// The first of them sends it back, whoever filed files it again as it was, then all approve.
Acts returned_and_approved_by(const std::vector<std::string>& accounts, const DemoExample& filed, std::string why);

bool are_of_one_province(const DemoWorld& world, OfficeId one, OfficeId other);

/// Who decides a transfer, in order: one authority of both schools once; into Sichuan from elsewhere both provinces
/// too.
std::vector<std::string> deciders_of_transfer(const DemoWorld& world, OfficeId receiving, OfficeId sending);

}  // namespace xueji::demo
