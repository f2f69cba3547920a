// The sources of this repository, for rules to be tried on.
#pragma once
#include <initializer_list>
#include <string>
#include <vector>

#include "tests/unit/architecture/source_rules.hpp"

namespace xueji::tests {

/// A file's text, by its path from the top of the repository.
std::string text_of(const std::string& path);

/// All .cpp and .hpp below these folders.
std::vector<SourceFile> sources_below(std::initializer_list<const char*> folders);

}  // namespace xueji::tests
