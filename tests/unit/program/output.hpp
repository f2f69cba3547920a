// What a command prints, and a folder of its own for what it writes.
#pragma once
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <sstream>

namespace xueji::tests {

struct Output {
  int status = 0;
  std::string out;
  std::string errors;
};

inline Output output_of(const std::function<int()>& command) {
  std::ostringstream out, errors;
  auto* const old_out = std::cout.rdbuf(out.rdbuf());
  auto* const old_errors = std::cerr.rdbuf(errors.rdbuf());
  struct Back {
    std::streambuf *out, *errors;
    ~Back() {
      std::cout.rdbuf(out);
      std::cerr.rdbuf(errors);
    }
  } back{old_out, old_errors};
  const int status = command();
  return {status, out.str(), errors.str()};
}

struct TemporaryFolder {
  std::filesystem::path path = std::filesystem::temp_directory_path() / ("xueji-program-" + std::to_string(::getpid()));
  TemporaryFolder() { std::filesystem::create_directories(path); }
  ~TemporaryFolder() { std::filesystem::remove_all(path); }
};

inline std::string content_of(const std::filesystem::path& file) {
  std::ifstream stream{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

}  // namespace xueji::tests
