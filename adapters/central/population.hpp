// The simulated population: who bears which ID number.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>

namespace xueji {

class Population {
 public:
  Population() = default;
  /// TSV, one `id_number<TAB>name` a line in UTF-8, blank lines and lines beginning with `#` left out; or, for a file
  /// named *.json, `[{"idNumber": …, "name": …}]`. The first bearer of a number counts.
  /// Throws std::runtime_error `file:line: error: …` that names no person.
  static Population read(const std::filesystem::path& file);

  void add(std::string id_number, std::string name);
  /// `match`, `mismatch` or `unknown`.
  std::string_view compare(const std::string& id_number, std::string_view name) const;
  std::size_t size() const { return names_.size(); }

 private:
  std::unordered_map<std::string, std::string> names_;
};

}  // namespace xueji
