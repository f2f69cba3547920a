#include "cli/migration_progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <iostream>

#include "cli/setup/console.hpp"

namespace xueji {
namespace {

void draw(const MigrationStage& stage) {
  std::cerr << "\r\033[K" << stage.step;
  if (stage.all > 0)
    std::cerr << ' ' << progress_bar(static_cast<std::size_t>(stage.done), static_cast<std::size_t>(stage.all))
              << " rows";
  std::cerr << (stage.done >= stage.all ? "\n" : "") << std::flush;
}

}  // namespace

MigrationProgress show_migration() {
  if (::isatty(STDERR_FILENO) == 1) return draw;
  return tell_migration([](const std::string& line) { std::cerr << line << std::endl; });
}

MigrationProgress tell_migration(std::function<void(const std::string&)> line) {
  return [line = std::move(line), step = std::string{}, tenth = std::int64_t{}](const MigrationStage& stage) mutable {
    const auto now = stage.all == 0 ? 0 : stage.done * 10 / stage.all;
    if (stage.step == step && now == tenth) return;
    step = stage.step;
    tenth = now;
    line(stage.all == 0 ? "schema step " + step
                        : fmt::format("schema step {}: {} of {} rows", step, stage.done, stage.all));
  };
}

}  // namespace xueji
