#include "generated_definition.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace xueji::test {
namespace {

/// The first five are other people's in every kind of school; a province may be a school's authority.
constexpr std::array<const char*, 7> post_words{"head at student.school",
                                                "reviewer at authority of student.school",
                                                "approver at authority of student.school",
                                                "reviewer at ministry",
                                                "approver at ministry",
                                                "reviewer at province of student.school",
                                                "approver at province of student.school"};
constexpr std::size_t posts_apart = 5;

class Author {
 public:
  explicit Author(std::mt19937& random) : random_(random) {}

  std::string write() {
    small_ = one_in(2);
    const std::size_t stages = 2 + below(small_ ? 2 : 5);
    for (std::size_t stage = 0; stage < stages; ++stage) stages_.push_back(fmt::format("stage_{}", stage));
    stages_.push_back("completed");
    std::string states;
    for (std::size_t stage = 0; stage < stages; ++stage) states += a_stage(stage);
    return heading() + states + endings(states);
  }

 private:
  std::size_t below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_); }
  bool one_in(std::size_t chances) { return below(chances) == 0; }

  static std::string heading() {
    return R"(format: 2
key: generated
version: 1
title: {zh: 随机流程, en: Generated}
source: made at random
subject: student
open: {by: registrar at student.school}
fields:
  new_name: {type: person_name, required: true, title: {zh: 新姓名, en: New name}, changes: student.name}
  note: {type: text, max: 20, title: {zh: 备注, en: Note}}
states:
  draft:
    draft: registrar at student.school
    title: {zh: 填报, en: Draft}
    actions: {submit: {to: stage_0}, discard: {to: withdrawn}}
)";
  }

  std::string endings(const std::string& states) const {
    const auto leads_to = [&](const char* end) { return states.find(end) != std::string::npos; };
    std::string text = R"(  completed: {end: completed, title: {zh: 办结, en: Completed}, effects: [apply_changes]}
  withdrawn: {end: withdrawn, title: {zh: 已撤回, en: Withdrawn}}
anywhere:
  withdraw: {by: registrar at student.school, before: completed, to: withdrawn}
separation:
  - decides: nobody their own submission
)";
    if (leads_to("rejected")) text = "  rejected: {end: rejected, title: {zh: 不予办理, en: Rejected}}\n" + text;
    if (leads_to("expired")) text = "  expired: {end: expired, title: {zh: 逾期, en: Expired}}\n" + text;
    if (approvals_.size() > 1) text += fmt::format("  - different people: [{}]\n", fmt::join(approvals_, ", "));
    text += "always:\n  - every request ends\n";
    for (const auto& approval : approvals_)
      text += fmt::format("  - effect apply_changes only after {}.approve\n", approval);
    for (const auto& stage : stages_)
      if (stage != "completed") text += fmt::format("  - every path to completed passes {}\n", stage);
    return text;
  }

  std::string a_stage(std::size_t stage) {
    switch (below(7)) {
      case 0:
        return a_check(stage);
      case 6:
        return a_choice(stage);
      case 1:
        return fmt::format("  {}: {{wait: {} working days, title: {{zh: 等待, en: Wait}}, to: {}}}\n", stages_[stage],
                           1 + below(5), stages_[stage + 1]);
      case 2:
        if (!small_ || one_in(3)) return a_fork(stage);
        [[fallthrough]];
      default:
        return an_approval(stages_[stage], "  ", stages_[stage + 1], stage);
    }
  }

  std::string a_choice(std::size_t stage) {
    static constexpr std::array<const char*, 3> conditions{"has(note)", "student.status == 'in_school'",
                                                           "has(note) && new_name == '张三'"};
    std::string ways = fmt::format("{{when: \"{}\", to: {}}}, ", conditions[below(conditions.size())], later(stage));
    if (one_in(3)) ways += fmt::format("{{when: has(student.school.prefecture), to: {}}}, ", later(stage));
    return fmt::format("  {}: {{choice: [{}{{to: {}}}]}}\n", stages_[stage], ways, stages_[stage + 1]);
  }

  std::string a_check(std::size_t stage) {
    const bool back = one_in(3) && !approvals_.empty() && !is_machine_before(stage);
    return fmt::format(
        "  {}: {{check: [duplicate_check], title: {{zh: 查重, en: Check}}, outcomes: {{clear: {{to: {}}}, suspect: "
        "{{to: "
        "{}}}}}}}\n",
        stages_[stage], stages_[stage + 1], back ? stages_[stage - 1] : "rejected");
  }

  /// Whether nothing that waits for a person stands just before: going back there could go round for ever.
  bool is_machine_before(std::size_t stage) const { return stage == 0 || approvals_.back() != stages_[stage - 1]; }

  /// `to` is a state, or how the branch ends.
  std::string an_approval(const std::string& key, const std::string& indent, const std::string& to, std::size_t stage) {
    approvals_.push_back(key);
    const char* fields = !one_in(6) ? "" : one_in(2) ? ", fields: [note]" : ", fields: [new_name]";
    std::string actions = fmt::format("approve: {{to: {}{}}}", to, fields);
    if (!one_in(3)) actions += ", return: {to: earlier, default: draft, comment: required}";
    if (!one_in(3)) actions += ", reject: {to: rejected}";
    if (!small_ && one_in(5)) actions += fmt::format(", skip: {{to: {}, title: {{zh: 越过, en: Skip}}}}", later(stage));
    if (to == "join" && can_stop_) actions += ", decline: {to: stop, title: {zh: 不同意, en: Decline}}";
    std::string overdue;
    if (one_in(5)) overdue = indent + "  overdue: {expire: expired}\n";
    if (overdue.empty() && !small_ && one_in(4)) overdue = indent + "  overdue: {escalate: approver at ministry}\n";
    const char* post = next_post();
    if (std::string(post) == "approver at ministry") overdue.clear();
    return fmt::format(
        "{0}{1}:\n{0}  approval: {2}\n{0}  title: {{zh: 审核, en: Review}}\n{0}  due: 5 working days\n{3}{0}  actions: "
        "{{{4}}}\n",
        indent, key, post, overdue, actions);
  }

  /// Each post once, as far as they go: one person of each is enough for most of what comes of it.
  const char* next_post() {
    if (posts_.empty()) {
      posts_.assign(post_words.begin(), small_ ? post_words.begin() + posts_apart : post_words.end());
      std::shuffle(posts_.begin(), posts_.end(), random_);
    }
    const char* post = posts_.back();
    posts_.pop_back();
    return post;
  }

  /// Some stage behind the next one.
  std::string later(std::size_t stage) {
    const std::size_t from = std::min(stage + 1, stages_.size() - 1);
    return stages_[from + below(stages_.size() - from)];
  }

  std::string a_fork(std::size_t stage) {
    const std::size_t branches = 2 + below(2);
    can_stop_ = one_in(2);
    std::string text = fmt::format("  {}:\n    parallel:\n", stages_[stage]);
    for (std::size_t branch = 0; branch < branches; ++branch) {
      const std::string key = fmt::format("{}_{}", stages_[stage], branch);
      text += fmt::format("      side_{}:\n        title: {{zh: 一方, en: Side}}\n        states:\n", branch);
      const bool two = one_in(2);
      if (two) {
        const bool stops = std::exchange(can_stop_, false);
        text += an_approval(key + "_first", "          ", key + "_last", stage);
        can_stop_ = stops;
      }
      text += an_approval(key + "_last", "          ", "join", stage);
    }
    const std::array<std::string, 3> joins{"all", "any", "2"};
    text += fmt::format("    title: {{zh: 多方, en: Sides}}\n    join: {}\n    to: {}\n", joins[below(3)],
                        stages_[stage + 1]);
    if (std::exchange(can_stop_, false)) text += "    otherwise: rejected\n";
    return text;
  }

  std::mt19937& random_;
  std::vector<std::string> stages_, approvals_;
  std::vector<const char*> posts_;
  bool small_ = false;  ///< so few approvals that one person for each post is often enough
  bool can_stop_ = false;
};

}  // namespace

std::string generated_definition(std::mt19937& random) { return Author{random}.write(); }

}  // namespace xueji::test
