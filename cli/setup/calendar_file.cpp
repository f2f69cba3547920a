#include "cli/setup/calendar_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <iostream>

#include "adapters/evidence/descriptor.hpp"
#include "cli/setup/console.hpp"
#include "cli/setup/installation.hpp"
#include "engine/registry/calendar_addition.hpp"

namespace xueji {
namespace {

namespace fs = std::filesystem;
using evidence::Descriptor;

constexpr std::string_view calendar_name = "calendar.yaml";

[[noreturn]] void cannot_write(const fs::path& calendar) {
  throw UsageError(fmt::format("the calendar {} can't be written: {}; run this as whoever may write it and its folder",
                               calendar.string(), std::strerror(errno)));
}

void write_all(int descriptor, std::string_view bytes, const fs::path& calendar) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) cannot_write(calendar);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// In its place at once, readable by whom the old one was.
void replace(const fs::path& calendar, std::string_view text, int folder) {
  std::string temporary = (calendar.parent_path() / ".calendar-XXXXXX").string();
  const Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
  if (file.number() < 0) cannot_write(calendar);
  try {
    struct stat old{};
    if (::stat(calendar.c_str(), &old) != 0 || ::fchmod(file.number(), old.st_mode & 07777) != 0)
      cannot_write(calendar);
    write_all(file.number(), text, calendar);
    if (::fsync(file.number()) != 0 || ::rename(temporary.c_str(), calendar.c_str()) != 0) cannot_write(calendar);
  } catch (...) {
    ::unlink(temporary.c_str());
    throw;
  }
  if (::fsync(folder) != 0) cannot_write(calendar);
}

std::string listed(const std::vector<std::chrono::year>& years) {
  std::string text;
  for (const auto year : years) text += (text.empty() ? "" : ", ") + std::to_string(static_cast<int>(year));
  return text;
}

}  // namespace

bool is_definition_file(const fs::path& path) {
  return path.extension() == ".yaml" && path.stem().extension() != ".scenario" && path.filename() != calendar_name;
}

std::optional<fs::path> find_calendar(const fs::path& given, const fs::path& definitions) {
  if (!given.empty()) return given;
  const fs::path folder = fs::absolute(definitions).lexically_normal();
  const fs::path config = "config";
  std::vector<fs::path> places{folder / calendar_name, folder / ".." / config / calendar_name};
  if (const auto resources = find_resources_directory()) places.push_back(*resources / config / calendar_name);
  std::error_code error;
  for (const fs::path& place : places)
    if (fs::is_regular_file(place, error)) return place.lexically_normal();
  return std::nullopt;
}

void add_to_calendar(const fs::path& named, const fs::path& years) {
  std::error_code error;
  const fs::path calendar = fs::canonical(named, error);
  if (error) throw UsageError(fmt::format("there is no calendar {} to add to", named.string()));
  const Descriptor folder(::open(calendar.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.number() < 0 || ::flock(folder.number(), LOCK_EX) != 0) cannot_write(calendar);
  auto result = with_years({calendar.string(), read_whole_file(calendar)}, {years.string(), read_whole_file(years)});
  if (auto* faults = std::get_if<std::vector<Fault>>(&result)) throw FaultyFiles{std::move(*faults)};
  const auto& addition = std::get<CalendarAddition>(result);
  if (!addition.there.empty())
    std::cout << fmt::format("{} stands in {} already, with the same days\n", listed(addition.there),
                             calendar.string());
  if (addition.added.empty()) return;
  replace(calendar, addition.text, folder.number());
  std::cout << fmt::format(
      "{} is added to {}\nA server reads the calendar when it starts: restart it. Deadlines that are set already stay "
      "as "
      "they are.\n",
      listed(addition.added), calendar.string());
}

}  // namespace xueji
