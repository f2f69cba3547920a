// Definitions made at random, as YAML: officers of all levels, skips, returns, rejections, expiries, checks, waits and
// forks with branches that join or stop. Most of them verify.
#pragma once
#include <random>
#include <string>

namespace xueji::test {

std::string generated_definition(std::mt19937& random);

}  // namespace xueji::test
