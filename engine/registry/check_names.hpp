// The names of the national checks that definitions may use; engine/runtime/checks.hpp says what each does.
#pragma once
#include <array>
#include <string_view>

#include "engine/base/text.hpp"

namespace xueji {

inline constexpr std::array<std::string_view, 2> check_names{"duplicate_check", "identity_comparison"};

/// `全国查重`, `身份比对`; an unknown name stands for itself.
Text title_of_check(std::string_view name);

}  // namespace xueji
