// Texts inside XML and HTML.
#pragma once
#include <string>
#include <string_view>

namespace xueji {

/// For text and for values between quotes. Characters that XML does not have are left out.
std::string escape_markup(std::string_view text);

}  // namespace xueji
