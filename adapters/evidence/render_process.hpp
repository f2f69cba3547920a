// One run of a program that reads a file and answers on a pipe.
#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace xueji::evidence {

struct RenderRun {
  bool started = false;
  bool late = false;      ///< it was killed because its time was over
  bool given_up = false;  ///< it was killed because nobody waits for it
  int signal = 0;         ///< that ended it otherwise; 0 for none
  std::string answer;     ///< all that it wrote, unless it wrote too much
};

/// The program has `bytes` as its standard input, a file without a name, and nothing else: no other descriptors, no
/// environment. Returns when it has ended, `longest` at most. `given_up`, where it is not empty, is asked before
/// it starts and five times a second.
RenderRun run_render(const std::filesystem::path& program, const std::vector<std::string>& words,
                     std::string_view bytes, std::chrono::milliseconds longest,
                     const std::function<bool()>& given_up = {});

}  // namespace xueji::evidence
