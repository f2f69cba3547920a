// The names of the national checks that definitions may use; engine/runtime/checks.hpp says what each does.
#pragma once
#include <array>
#include <string_view>

namespace xueji {

inline constexpr std::array<std::string_view, 2> check_names{"duplicate_check", "identity_comparison"};

}  // namespace xueji
