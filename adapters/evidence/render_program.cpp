#include "adapters/evidence/render_program.hpp"

#include <signal.h>
#include <spdlog/spdlog.h>

#include <array>
#include <charconv>
#include <mutex>
#include <utility>

#include "adapters/evidence/render_process.hpp"

namespace xueji {
namespace {

constexpr int clock_for_processor = 3;  ///< how much longer a file may take on a machine that is busy otherwise
/// How much longer drawing may take than taking did, which drew as large: what was just within the limit is shown.
constexpr unsigned drawing_for_taking = 2;
constexpr int thumbnail_longest = 320;
/// Of a page of A4, 175 for each inch. xueji-render draws as large when a file is taken (scans/task.cpp).
constexpr int screen_longest = 2048;
constexpr int jpeg_quality = 85;

constexpr std::array causes{std::pair{std::string_view{"damaged"}, ScanFault::damaged},
                            std::pair{std::string_view{"password"}, ScanFault::password},
                            std::pair{std::string_view{"too-many-pixels"}, ScanFault::too_many_pixels},
                            std::pair{std::string_view{"too-many-pages"}, ScanFault::too_many_pages},
                            std::pair{std::string_view{"too-slow"}, ScanFault::too_slow}};

std::string_view format_of(std::string_view media_type) { return media_type.substr(media_type.find('/') + 1); }

/// What the program says of a file, which it may say under the file's influence: nothing of it is believed but numbers
/// within bounds, and bytes that are called a picture.
struct Answer {
  ScanFault fault = ScanFault::damaged;
  std::string unsafe;
  std::array<int, 6> numbers{};
  std::string jpeg;
};

bool read_numbers(std::string_view words, std::array<int, 6>& into) {
  constexpr int largest = 10'000'000;
  for (int& number : into) {
    if (!words.starts_with(' ')) return false;
    words.remove_prefix(1);
    const auto [stop, error] = std::from_chars(words.data(), words.data() + words.size(), number);
    if (error != std::errc{} || number < 0 || number > largest) return false;
    words.remove_prefix(static_cast<std::size_t>(stop - words.data()));
  }
  return words.empty();
}

Answer read_answer(std::string text) {
  constexpr std::string_view done = "done", refused = "refused ", unsafe = "unsafe ";
  Answer answer;
  const auto end = text.find('\n');
  if (end == std::string::npos) return answer;
  const std::string line = text.substr(0, end);
  if (line.starts_with(done) && read_numbers(std::string_view(line).substr(done.size()), answer.numbers)) {
    answer.fault = ScanFault::none;
    answer.jpeg = std::move(text.erase(0, end + 1));
  } else if (line.starts_with(refused)) {
    for (const auto& [word, cause] : causes)
      if (line.substr(refused.size()) == word) answer.fault = cause;
  } else if (line.starts_with(unsafe)) {
    answer.fault = ScanFault::unavailable;
    answer.unsafe = line.substr(unsafe.size());
  }
  return answer;
}

class RenderProgram final : public ScanDecoder {
 public:
  explicit RenderProgram(RenderProgramOptions options) : options_(std::move(options)) {
    const auto run = evidence::run_render(options_.program, {"try"}, {}, longest(options_.seconds));
    if (run.answer == "done\n") return;
    remember(!run.started ? not_started() : read_answer(run.answer).unsafe);
    if (unavailable_.empty()) unavailable_ = "xueji-render ended without an answer";
  }

  Examined examine(std::string_view bytes, std::string_view media_type, const GivenUp& given_up) override {
    const Answer answer = ask({"examine"}, {}, options_.seconds, bytes, media_type, given_up);
    const auto& found = answer.numbers;
    const bool has_pages = media_type == "application/pdf";
    return {
        answer.fault,
        {found[0], found[1], found[2], found[3] != 0 && !has_pages, has_pages ? found[3] : 0, found[4], found[5] != 0}};
  }

  Drawn draw(std::string_view bytes, std::string_view media_type, int page, ScanSize size,
             const GivenUp& given_up) override {
    const int side = size == ScanSize::thumbnail ? thumbnail_longest : screen_longest;
    Answer answer = ask({"page"}, {std::to_string(page), std::to_string(side), std::to_string(jpeg_quality)},
                        options_.seconds * drawing_for_taking, bytes, media_type, given_up);
    return {answer.fault, answer.numbers[2], std::move(answer.jpeg)};
  }

  std::string unavailable() const override {
    const std::lock_guard lock(mutex_);
    return unavailable_;
  }

 private:
  static std::chrono::milliseconds longest(unsigned seconds) {
    return std::chrono::seconds{std::uint64_t{seconds} * clock_for_processor};
  }

  std::string not_started() const { return "xueji-render can't be started: " + options_.program.string(); }

  void remember(std::string why) {
    const std::lock_guard lock(mutex_);
    unavailable_ = std::move(why);
  }

  Answer ask(std::vector<std::string> words, const std::vector<std::string>& more, unsigned seconds,
             std::string_view bytes, std::string_view media_type, const GivenUp& given_up) {
    words.emplace_back(format_of(media_type));
    for (const std::uint64_t number :
         {std::uint64_t{options_.megapixels_max} * 1'000'000, std::uint64_t{options_.pages_max},
          std::uint64_t{options_.memory_mb}, std::uint64_t{seconds}})
      words.push_back(std::to_string(number));
    words.insert(words.end(), more.begin(), more.end());
    return answer_of(evidence::run_render(options_.program, words, bytes, longest(seconds), given_up), media_type);
  }

  Answer answer_of(evidence::RenderRun run, std::string_view media_type) {
    Answer answer;
    if (run.given_up) {
      answer.fault = ScanFault::given_up;
      return answer;
    }
    if (!run.started) {
      answer.fault = ScanFault::unavailable;
      answer.unsafe = not_started();
    } else if (run.late || run.signal == SIGXCPU) {
      answer.fault = ScanFault::too_slow;
    } else if (run.signal != 0) {
      spdlog::warn("xueji-render was ended by signal {} on a file of the type {}", run.signal, media_type);
    } else {
      answer = read_answer(std::move(run.answer));
    }
    remember(answer.unsafe);
    return answer;
  }

  const RenderProgramOptions options_;
  mutable std::mutex mutex_;
  std::string unavailable_;
};

}  // namespace

std::unique_ptr<ScanDecoder> open_render_program(RenderProgramOptions options) {
  return std::make_unique<RenderProgram>(std::move(options));
}

}  // namespace xueji
