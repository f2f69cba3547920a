// Makes a definition of whatever bytes it is given, by the grammar of the language, loads and proves it, and walks one
// that is proved through decide(), with an auditor beside it. libFuzzer looks for bytes that crash, hang, or let a walk
// do what was proved not to happen.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <stdexcept>

#include "engine/verify/exploration.hpp"
#include "engine/verify/verify.hpp"
#include "tests/unit/machine/walker.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

/// The bytes, one choice after the other; zeros once they have run out.
class Choices {
 public:
  Choices(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
  std::size_t below(std::size_t limit) { return at_ < size_ ? data_[at_++] % limit : 0; }
  bool one_in(std::size_t chances) { return below(chances) == chances - 1; }
  template <std::size_t size>
  std::string of(const std::array<std::string_view, size>& words) {
    return std::string(words[below(size)]);
  }

 private:
  const std::uint8_t* data_;
  std::size_t size_, at_ = 0;
};

constexpr std::array<std::string_view, 9> posts{"reviewer at authority of student.school",
                                                "approver at authority of student.school",
                                                "head at student.school",
                                                "reviewer at province of student.school",
                                                "approver at province of student.school",
                                                "reviewer at ministry",
                                                "approver at ministry",
                                                "registrar at student.school",
                                                "reviewer at prefecture of student.school"};
constexpr std::array<std::string_view, 6> ends{"completed", "rejected", "withdrawn", "cancelled", "expired", "draft"};

struct Written {
  std::string_view key, type, changes;
};
constexpr std::array<Written, 8> fields{{{"new_name", "person_name", "student.name"},
                                         {"new_id_number", "id_number", "student.id_number"},
                                         {"new_class", "text, max: 20", "student.class"},
                                         {"new_status", "status", "student.status"},
                                         {"number", "student_number", ""},
                                         {"note", "text, max: 50", ""},
                                         {"day", "date", ""},
                                         {"ground", "choice, choices: {a: {zh: 甲, en: A}, b: {zh: 乙, en: B}}", ""}}};

class Author {
 public:
  explicit Author(Choices& choices) : choices_(choices) {}

  std::string write(int version) {
    states_.clear();
    approvals_.clear();
    fields_ = {"ground"};
    std::string text = fmt::format(
        "format: 2\nkey: made\nversion: {}\ntitle: {{zh: 流程, en: Made}}\nsource: made\nsubject: student\nopen:\n"
        "  by: {}\n{}fields:\n",
        version, choices_.one_in(6) ? choices_.of(posts) : "registrar at student.school", opening_rule());
    fields_.clear();
    changes_ = false;
    std::string written;
    for (const Written& field : fields)
      if (choices_.one_in(2) || (fields_.empty() && &field == &fields.back())) {
        fields_.push_back(field.key);
        const bool changes = !field.changes.empty() && !choices_.one_in(4);
        changes_ = changes_ || changes;
        written += fmt::format("  {}: {{type: {}{}, title: {{zh: 甲, en: A}}{}}}\n", field.key, field.type,
                               choices_.one_in(2) ? ", required: true" : "",
                               changes ? fmt::format(", changes: {}", field.changes) : "");
      }
    text += written + rules("", "require");
    if (choices_.one_in(4)) text += "evidence:\n  scan: {title: {zh: 扫描件, en: Scan}, count: 0..2}\n";
    const std::size_t count = 1 + choices_.below(5);
    for (std::size_t at = 0; at < count; ++at) states_.push_back(fmt::format("s{}", at));
    std::string states = fmt::format(
        "  draft:\n    draft: registrar at student.school\n    title: {{zh: 填报, en: Draft}}\n"
        "    actions: {{submit: {{to: {}}}, discard: {{to: withdrawn}}}}\n",
        choices_.one_in(4) ? state() : "s0");
    for (std::size_t at = 0; at < count; ++at) states += a_state(at);
    std::string effects = changes_ ? "apply_changes" : "";
    if (std::find(fields_.begin(), fields_.end(), "number") != fields_.end() && (effects.empty() || choices_.one_in(3)))
      effects += effects.empty() ? "retire_number" : ", retire_number";
    text += "states:\n" + states +
            fmt::format("  completed: {{end: completed, title: {{zh: 办结, en: Done}}{}}}\n",
                        effects.empty() ? "" : fmt::format(", effects: [{}]", effects));
    for (std::size_t at = 1; at + 1 < ends.size(); ++at)
      if (states.find(ends[at]) != std::string::npos || choices_.one_in(8))
        text += fmt::format("  {0}: {{end: {0}, title: {{zh: 结束, en: End}}}}\n", ends[at]);
    if (choices_.one_in(3))
      text += fmt::format("anywhere:\n  withdraw: {{by: {}, before: {}, to: {}}}\n",
                          choices_.one_in(3) ? choices_.of(posts) : "registrar at student.school",
                          choices_.one_in(2) ? "completed" : state(), choices_.one_in(3) ? state() : "withdrawn");
    text += "separation:\n  - decides: nobody their own submission\n";
    if (approvals_.size() > 1 && !choices_.one_in(4))
      text += fmt::format("  - different people: [{}]\n", fmt::join(approvals_, ", "));
    if (choices_.one_in(3)) text += fmt::format("staffing: {{persons: {{default: {}}}}}\n", 1 + choices_.below(3));
    if (choices_.one_in(3)) text += "always:\n  - every request ends\n";
    if (version > 1)
      text += fmt::format("migrate:\n  - from: {}\n{}    otherwise: {}\n", version - 1,
                          choices_.one_in(2) ? fmt::format("    states: {{{}: {}}}\n", state(), state()) : "",
                          choices_.one_in(4) ? "stay" : "same state");
    return text;
  }

 private:
  std::string state() { return states_[choices_.below(states_.size())]; }
  /// Mostly onwards, so that much of what is made is proved.
  std::string target(std::size_t from, bool branch) {
    if (branch) return choices_.one_in(5) ? "stop" : "join";
    if (choices_.one_in(4)) return choices_.of(ends);
    if (choices_.one_in(8)) return state();
    return from + 1 < states_.size() ? states_[from + 1] : "completed";
  }
  std::string field() { return std::string(fields_[choices_.below(fields_.size())]); }
  bool has(std::string_view key) const { return std::find(fields_.begin(), fields_.end(), key) != fields_.end(); }

  std::string opening_rule() {
    if (!choices_.one_in(2)) return {};
    return R"(  when:
    - {rule: "student.status in [\"in_school\", \"suspended\"]", else: {zh: 不符合, en: Not so}}
)";
  }

  std::string condition() {
    const std::string key = field();
    switch (choices_.below(9)) {
      case 0:
        return "has(" + key + ")";
      case 1:
        return "!has(" + key + ")";
      case 2:
        if (key == "note" || key == "new_class")
          return fmt::format("has({0}) && size({0}) > {1}", key, choices_.below(60));
        [[fallthrough]];
      case 3:
        if (has("ground")) return R"(ground == \")" + std::string(choices_.one_in(2) ? "a" : "b") + R"(\")";
        [[fallthrough]];
      case 4:
        if (has("number")) return "number in student.current_g_numbers";
        [[fallthrough]];
      case 5:
        if (has("new_name")) return "has(new_name) && new_name != student.name";
        [[fallthrough]];
      case 6:
        return "size(student.current_g_numbers) " + std::string(choices_.one_in(2) ? "> 0" : "== 0");
      case 7:
        return R"(student.status in [\"in_school\", \"suspended\"])";
      default:
        return R"(student.status != \"deceased\")";
    }
  }

  std::string a_rule() { return fmt::format(R"({{rule: "{}", else: {{zh: 不符合, en: Not so}}}})", condition()); }

  std::string rules(std::string_view indent, std::string_view key) {
    if (!choices_.one_in(3)) return {};
    std::string text = fmt::format("{}{}:\n", indent, key);
    for (std::size_t count = 1 + choices_.below(2); count > 0; --count)
      text += fmt::format("{}  - {}\n", indent, a_rule());
    return text;
  }

  std::string actions(const std::string& indent, std::size_t from, bool branch) {
    static constexpr std::array<std::string_view, 3> keys{"approve", "reject", "refer"};
    std::string text = indent + "actions:\n";
    for (std::size_t at = 0; at < keys.size(); ++at) {
      if (at > 0 && !choices_.one_in(3)) continue;
      text += fmt::format("{}  {}: {{to: {}", indent, keys[at], target(from, branch));
      if (choices_.one_in(8)) text += fmt::format(", by: {}", choices_.of(posts));
      if (choices_.one_in(8)) text += fmt::format(", when: [{}]", a_rule());
      if (choices_.one_in(8)) text += fmt::format(", fields: [{}]", field());
      text += ", title: {zh: 办理, en: Act}}\n";
    }
    if (choices_.one_in(3)) text += indent + "  return: {to: earlier, default: draft, comment: required}\n";
    return text;
  }

  std::string an_approval(const std::string& key, const std::string& indent, std::size_t from, bool branch) {
    approvals_.push_back(key);
    std::string overdue;
    switch (choices_.below(5)) {
      case 0:
        overdue = indent + "  overdue: {escalate: office above}\n";
        break;
      case 1:
        overdue = fmt::format("{}  overdue: {{escalate: {}}}\n", indent, choices_.of(posts));
        break;
      case 2:
        overdue = indent + "  overdue: {expire: expired}\n";
        break;
      default:
        break;
    }
    return fmt::format(
        "{0}{1}:\n{0}  approval: {2}\n{0}  title: {{zh: 审核, en: Review}}\n{0}  due: 5 working days\n{3}{4}", indent,
        key, choices_.of(posts), overdue, actions(indent + "  ", from, branch));
  }

  std::string a_state(std::size_t at) {
    const std::string& key = states_[at];
    switch (choices_.below(7)) {
      case 0:
        return fmt::format(
            "  {}:\n    check: [duplicate_check, identity_comparison]\n    title: {{zh: 核查, en: Check}}\n"
            "    outcomes: {{clear: {{to: {}}}, suspect: {{to: {}}}}}\n",
            key, target(at, false), choices_.one_in(2) ? "rejected" : target(at, false));
      case 1:
        return fmt::format("  {}:\n    wait: {} working days\n    title: {{zh: 等待, en: Wait}}\n    to: {}\n", key,
                           1 + choices_.below(5), target(at, false));
      case 2:
        return a_fork(key, at);
      case 3:
        return a_choice(key, at);
      default:
        return an_approval(key, "  ", at, false);
    }
  }

  /// A choice only leads on.
  std::string onwards(std::size_t from) {
    if (from + 1 >= states_.size() || choices_.one_in(3)) return std::string(ends[choices_.below(ends.size() - 1)]);
    return states_[from + 1 + choices_.below(states_.size() - from - 1)];
  }

  std::string a_choice(const std::string& key, std::size_t at) {
    std::string text = fmt::format("  {}:\n    choice:\n", key);
    for (std::size_t count = 1 + choices_.below(2); count > 0; --count)
      text += fmt::format("      - {{when: \"{}\", to: {}}}\n", condition(), onwards(at));
    return text + fmt::format("      - {{to: {}}}\n", onwards(at));
  }

  std::string a_fork(const std::string& key, std::size_t at) {
    std::string text = fmt::format("  {}:\n    parallel:\n", key);
    const std::size_t branches = 2 + choices_.below(2);
    for (std::size_t branch = 0; branch < branches; ++branch) {
      text += fmt::format("      side{}:\n        title: {{zh: 一方, en: Side}}\n        states:\n", branch);
      text += an_approval(fmt::format("{}_{}", key, branch), "          ", at, true);
    }
    return text + fmt::format("    title: {{zh: 多方, en: Sides}}\n    join: {}\n    to: {}\n    otherwise: rejected\n",
                              choices_.of(std::array<std::string_view, 3>{"all", "any", "2"}), target(at, false));
  }

  Choices& choices_;
  std::vector<std::string> states_, approvals_;
  std::vector<std::string_view> fields_;
  bool changes_ = false;
};

std::optional<Definition> loaded(const std::string& yaml) {
  auto result = load_definition(yaml, "made.yaml");
  if (auto* definition = std::get_if<Definition>(&result)) return std::move(*definition);
  if (std::getenv("XUEJI_SHOW"))
    for (const Fault& fault : std::get<std::vector<Fault>>(result)) fmt::print(stderr, "{}\n", fault.to_string());
  return std::nullopt;
}

const std::array<std::vector<std::string>, 3> schools{{{"第一小学", "东城区教育局", "北京市教育委员会"},
                                                       {"第一小学", "沈河区教育局", "沈阳市教育局", "辽宁省教育厅"},
                                                       {"省实验中学", "辽宁省教育厅"}}};

/// How far the inputs came: without many that are proved the walks would try nothing.
struct Reached {
  std::size_t made = 0, loaded = 0, proved = 0, migrations = 0;
  ~Reached() {
    fmt::print(stderr, "{} definitions made, {} loaded, {} proved and walked, {} with a second version\n", made, loaded,
               proved, migrations);
  }
};
Reached reached;

/// Every configuration that the walk comes to was explored; the auditor throws at everything else that must not be.
void walk(const Definition& definition, Choices& choices) {
  const auto explored = Exploration{definition}.configurations();
  WalkReport report;
  Walker walker(definition, schools[choices.below(schools.size())], choices.one_in(4) ? NumberKind::L : NumberKind::G,
                static_cast<unsigned>(choices.below(256)));
  walker.walk(300, report);
  for (const StateConfiguration& each : report.configurations)
    if (!explored.contains(each)) throw std::logic_error("not explored: " + to_string(each));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Choices choices(data, size);
  const bool twice = choices.one_in(3);
  const std::string first_text = Author{choices}.write(1);
  const auto first = loaded(first_text);
  ++reached.made;
  if (!first) return 0;
  ++reached.loaded;
  const std::string second_text = twice ? Author{choices}.write(2) : std::string();
  const auto second = second_text.empty() ? std::nullopt : loaded(second_text);
  const auto violations = verify(*first, Calendar{}).violations;
  if (std::getenv("XUEJI_SHOW"))
    for (const Violation& violation : violations) fmt::print(stderr, "{}\n", to_string(violation));
  const bool proved = violations.empty();
  if (proved) ++reached.proved;
  if (second) verify(*second, Calendar{}, {&*first}), ++reached.migrations;
  try {
    if (proved) walk(*first, choices);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n{}\n", error.what(), first_text);
    throw;
  }
  return 0;
}
