#include "web/server/leaves_undecided.hpp"

#include "engine/runtime/staffing.hpp"
#include "web/server/answers.hpp"
#include "web/shapes/json_task.hpp"

namespace xueji::web {
namespace {

constexpr std::size_t left_behind_max = 200;

}  // namespace

std::optional<Problem> leaves_undecided(const Services& services, const Exchange& exchange,
                                        const std::vector<Post>& gone) {
  const auto around = surroundings_of(services.directory, services.clock.now());
  auto tasks = left_behind(services.queries, services.accounts, around, gone, left_behind_max);
  std::erase_if(tasks, [&](const UndecidableRow& row) {
    return !may_see(row.request, *exchange.caller, *around.offices, around.now);
  });
  if (tasks.empty()) return std::nullopt;
  Problem problem{"leaves-undecided", {}, {}, {}, {}};
  problem.members = [tasks = std::move(tasks), rendering = rendering_for(services, exchange.language)](
                        JsonWriter& json, Language language) {
    Rendering mine = rendering;
    mine.language = language;
    json.key("tasks").begin_array();
    for (const UndecidableRow& row : tasks) write_undecidable(json, row, mine);
    json.end_array();
  };
  return problem;
}

}  // namespace xueji::web
