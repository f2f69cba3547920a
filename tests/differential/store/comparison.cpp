#include "tests/differential/store/comparison.hpp"

namespace xueji::differential {

namespace {
constexpr std::size_t kept_max = 20;
}

void Differences::add(const std::string& where, const std::string& left, const std::string& right) {
  if (count_++ < kept_max) found_.push_back(where + ":\n  " + left + "\n  " + right);
}

}  // namespace xueji::differential
