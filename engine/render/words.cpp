#include "engine/render/words.hpp"

#include <array>

#include "engine/machine/sentences.hpp"
#include "engine/registry/check_names.hpp"

namespace xueji {
namespace {

std::string english_days(int days) { return std::to_string(days) + (days == 1 ? " working day" : " working days"); }

Text season_of(const std::string& term) {
  if (term == "spring") return {"春季学期", "spring semester"};
  if (term == "autumn") return {"秋季学期", "autumn semester"};
  return {term, term};
}

Text describe(const WaitMoment& moment) {
  switch (moment.kind) {
    case WaitMoment::Kind::term_begins: {
      const Text season = season_of(moment.name);
      return {"等待" + season.zh + "第一天", "until the first day of " + season.en};
    }
    case WaitMoment::Kind::working_days:
      return {"等待 " + std::to_string(moment.working_days) + " 个工作日", "for " + english_days(moment.working_days)};
    case WaitMoment::Kind::window_opens:
      return {"等待办理窗口 " + moment.name + " 开放", "until the window " + moment.name + " opens"};
    case WaitMoment::Kind::window_closes:
      break;
  }
  return {"等待办理窗口 " + moment.name + " 关闭", "until the window " + moment.name + " closes"};
}

}  // namespace

Text awaited_in(const State& state) {
  if (waits_for_people(state.kind) || state.kind == StateKind::notice) return describe(state.actor);
  if (state.wait) return describe(*state.wait);
  if (state.awaited)
    return {"等待业务 " + state.awaited->opening.definition + " 办结",
            "until the request of " + state.awaited->opening.definition + " has ended"};
  std::vector<Text> checks;
  for (const auto& check : state.checks) checks.push_back(title_of_check(check));
  return join(checks, "、", ", ");
}

Text term_of(const State& state) {
  if (!state.deadline) return {};
  const int days = state.deadline->working_days;
  return {std::to_string(days) + " 个工作日内", "within " + english_days(days)};
}

Text join_rule_of(const State& state) {
  if (state.join == state.branches.size()) return {"全部分支汇合后继续", "goes on once all branches have joined"};
  if (state.join == 1) return {"任一分支汇合即继续", "goes on once any branch has joined"};
  const std::string count = std::to_string(state.join);
  return {count + " 个分支汇合即继续", "goes on once " + count + " branches have joined"};
}

Text title_of(StateKind kind) {
  static const std::array<Text, 11> titles{{{"填报", "draft"},
                                            {"审批", "approval"},
                                            {"登记", "registration"},
                                            {"办理", "work"},
                                            {"备案", "notice"},
                                            {"选择", "choice"},
                                            {"自动核查", "check"},
                                            {"等待", "wait"},
                                            {"等待另一件", "request"},
                                            {"并行", "parallel"},
                                            {"结束", "end"}}};
  return titles[static_cast<std::size_t>(kind)];
}

}  // namespace xueji
