// xueji-render: decodes one file that somebody uploaded, in a process that can do nothing else. scans/task.hpp says how
// it is asked; nobody but the server does.
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <charconv>
#include <cstring>
#include <optional>
#include <span>

#include "scans/decoders.hpp"
#include "scans/task.hpp"

namespace {

using namespace xueji::scans;

constexpr int exit_done = 0, exit_usage = 2;

void write_whole(std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(STDOUT_FILENO, text.data(), text.size());
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

template <class Number>
bool read_number(const char* word, Number& number) {
  const char* end = word + std::strlen(word);
  unsigned value = 0;
  const auto [stop, error] = std::from_chars(word, end, value);
  number = static_cast<Number>(value);
  return error == std::errc{} && stop == end && value <= 1'000'000'000;
}

std::optional<Task> read_task(std::span<char*> words) {
  Task task;
  if (words.size() == 2 && std::string_view(words[1]) == "try") {
    task.what = "try";
    task.format = "pdf";
    task.allotment = {1024, 10};
    return task;
  }
  const bool shows = words.size() == 10;
  if (words.size() != 7 && !shows) return std::nullopt;
  task.what = words[1];
  task.format = words[2];
  const bool numbers = read_number(words[3], task.limits.pixels) && read_number(words[4], task.limits.pages) &&
                       read_number(words[5], task.allotment.memory_mb) && read_number(words[6], task.allotment.seconds);
  if (!numbers || task.what != (shows ? "page" : "examine")) return std::nullopt;
  if (shows &&
      !(read_number(words[7], task.page) && read_number(words[8], task.longest) && read_number(words[9], task.quality)))
    return std::nullopt;
  return task;
}

/// Nothing where standard input is no file.
std::optional<std::string_view> map_file() {
  struct stat found{};
  if (::fstat(STDIN_FILENO, &found) != 0 || !S_ISREG(found.st_mode)) return std::nullopt;
  const auto size = static_cast<std::size_t>(found.st_size);
  if (size == 0) return std::string_view{};
  void* bytes = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0);
  if (bytes == MAP_FAILED) return std::nullopt;
  return std::string_view(static_cast<const char*>(bytes), size);
}

int say_unsafe(const std::string& why) {
  write_whole("unsafe " + why + '\n');
  return exit_done;
}

}  // namespace

int main(int count, char** words) {
  const auto task = read_task({words, static_cast<std::size_t>(count)});
  if (!task) return exit_usage;
  const Sandbox sandbox = task->format == "pdf" ? Sandbox::pages : Sandbox::pictures;
  if (auto fault = close_files(sandbox, task->allotment); !fault.empty()) return say_unsafe(fault);
  if (sandbox == Sandbox::pages) prepare_fonts();
  if (auto fault = close_calls(sandbox); !fault.empty()) return say_unsafe(fault);
  if (task->what == "try") {
    write_whole("done\n");
    ::_exit(exit_done);
  }
  const auto file = map_file();
  if (!file) ::_exit(exit_usage);
  write_whole(answer(*task, *file));
  // Nothing of a file that may be hostile is taken apart once it has been answered.
  ::_exit(exit_done);
}
