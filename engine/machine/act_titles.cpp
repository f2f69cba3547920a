#include "engine/machine/act_titles.hpp"

#include <map>
#include <optional>

#include "engine/definition/action_titles.hpp"
#include "engine/machine/outcome_titles.hpp"

namespace xueji {
namespace {

const std::map<std::string_view, Text>& built_in_titles() {
  static const std::map<std::string_view, Text> titles{
      {"open", {"发起", "Open"}},
      {"edit", {"修改填报", "Edit"}},
      {"claim", {"认领", "Claim"}},
      {"release", {"释放", "Release"}},
      {"comment", {"备注", "Comment"}},
      {"reassign", {"改派", "Reassign"}},
      {"set_aside", {"移出学生", "Student set aside"}},
      {"applied", {"已写入学籍", "Written to the record"}},
      {"not_applied", {"未写入学籍", "Not written to the record"}},
      {"finished", {"全部写入完毕", "All written"}},
      {"reminder", {"到期提醒", "Reminder"}},
      {"overdue", {"逾期", "Overdue"}},
      {"remind", {"期限提醒", "Reminder of a date"}},
      {"expire", {"逾期终止", "Expired"}},
      {"stand_in", {"由上级代为办理", "Stand-in from above"}},
      {"undecidable", {"无人可以办理", "Nobody can decide"}},
      {"closed", {"到期关闭", "Closed on its date"}},
      {"elapsed", {"等待期满", "The date came"}},
      {"noticed", {"备案", "Filed for the record"}},
      {"chosen", {"按条件选择去向", "Way chosen by condition"}},
      {"not_opened", {"后续业务未能发起", "What was to follow could not be opened"}},
      {"refused", {"学籍系统不予变更", "Refused by the registry"}},
      {"migrate", {"迁移至新版流程", "Moved to a new version"}},
      {"checks", {"全国核查", "National checks"}},
      {"clear", {"核查通过", "Checks clear"}},
      {"suspect", {"核查发现疑点", "Checks suspect"}},
      {"unavailable", {"核查暂无结果", "Checks unavailable"}},
  };
  return titles;
}

/// `clear`, `suspect` or `unavailable`; `checks` itself where the definition leads both outcomes to one state.
std::string_view answer_of_checks(const State& check, const HistoryDraft& entry) {
  if (entry.to == entry.from) return to_string(CheckOutcome::unavailable);
  std::string_view answer;
  for (const auto& [outcome, to] : check.outcomes) {
    if (to != entry.to) continue;
    if (!answer.empty()) return entry.action;
    answer = to_string(outcome);
  }
  return answer.empty() ? std::string_view(entry.action) : answer;
}

/// How the other request ended that it waited for; nothing where the act is none of that.
std::optional<Text> title_of_ending(const State& from, std::string_view event) {
  if (!from.awaited) return std::nullopt;
  for (const AwaitedWay& way : from.awaited->ways) {
    if (way.event != event) continue;
    if (event == otherwise_word) return Text{"所等业务未办成", "What it waited for ended otherwise"};
    const Text& outcome = title_of(way.outcomes.front());
    return Text{"所等业务" + outcome.zh, "What it waited for was " + outcome.en};
  }
  return std::nullopt;
}

}  // namespace

const Text* built_in_title(std::string_view action) {
  const auto found = built_in_titles().find(action);
  return found == built_in_titles().end() ? nullptr : &found->second;
}

std::vector<std::pair<std::string_view, Text>> titled_acts() {
  std::vector<std::pair<std::string_view, Text>> acts;
  for (const DefaultTitle& each : default_action_titles())
    acts.emplace_back(each.key, Text{std::string(each.zh), std::string(each.en)});
  acts.insert(acts.end(), built_in_titles().begin(), built_in_titles().end());
  return acts;
}

Text title_of_act(const Definition& definition, const HistoryDraft& entry) {
  const State* from = definition.state(entry.from);
  if (const Action* action = from ? from->action(entry.action) : nullptr) return action->title;
  if (const auto ending = from ? title_of_ending(*from, entry.action) : std::nullopt) return *ending;
  const bool answers = from && entry.action == "checks";
  const Text* title = built_in_title(answers ? answer_of_checks(*from, entry) : std::string_view(entry.action));
  return title ? *title : Text{entry.action, entry.action};
}

}  // namespace xueji
