// Names for people of the bench.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace xueji::bench {

/// A name of three ideographs that no other number, from 0 to 262,143, has with this family.
std::string name_of(std::string_view family, std::size_t number);

}  // namespace xueji::bench
