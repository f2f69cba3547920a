#pragma once
#include <cstdint>
#include <string>

namespace xueji::demo {

/// A PNG that looks like the scan of a form: a frame, lines of writing, a seal. Other seeds make other bytes.
std::string make_scan(std::uint32_t seed);

}  // namespace xueji::demo
