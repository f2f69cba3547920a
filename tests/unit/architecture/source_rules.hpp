// The rules of the house that a machine can see, as functions over file names and texts.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace xueji::tests {

struct SourceFile {
  std::string path;  ///< from the top of the repository: `engine/machine/decide.cpp`
  std::string text;
};

/// `path:line: what`, one for each breach.
using Breaches = std::vector<std::string>;

/// engine/ prints nothing and opens no file.
Breaches effect_breaches(const SourceFile& file);

/// At most 600 lines; no note of work left undone.
Breaches tidiness_breaches(const SourceFile& file);

/// The effects that have a file: `retire_number` of `engine/definition/effect_retire_number.cpp`.
std::vector<std::string> effects_with_a_file(const std::vector<SourceFile>& files);
/// An effect's name is written in its own file alone.
Breaches effect_name_breaches(const SourceFile& file, const std::vector<std::string>& effects);

}  // namespace xueji::tests
