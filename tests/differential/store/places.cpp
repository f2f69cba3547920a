#include "tests/differential/store/places.hpp"

#include <stdlib.h>

#include <stdexcept>

namespace xueji::differential {

TwoPlaces::TwoPlaces() {
  std::string name = (std::filesystem::temp_directory_path() / "xueji-twins-XXXXXX").string();
  if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
  folder_ = name;
}

TwoPlaces::~TwoPlaces() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

}  // namespace xueji::differential
