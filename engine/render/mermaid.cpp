#include "engine/render/mermaid.hpp"

#include <fmt/format.h>

#include "engine/render/transitions.hpp"
#include "engine/render/words.hpp"

namespace xueji {
namespace {

/// Everything that Mermaid could take for its own becomes an entity.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool plain = static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                       (c >= 'a' && c <= 'z') || c == ' ' || c == ',' || c == '.' || c == '-' || c == '(' || c == ')';
    result += plain ? std::string{c} : fmt::format("#{};", static_cast<int>(c));
  }
  return result;
}

/// Keys are words of Mermaid too (`state`, `end`, `note`): with a prefix they never are.
std::string id(std::string_view key) { return fmt::format("s_{}", key); }

class Writer {
 public:
  Writer(const Definition& definition, Language language) : definition_(definition), language_(language) {}

  std::string write() {
    out_ = fmt::format("stateDiagram-v2\n  accTitle: {}\n  direction TB\n", escaped(definition_.title.in(language_)));
    for (const State& state : definition_.states)
      if (state.parallel.empty()) write_state(state);
    out_ += fmt::format("  [*] --> {}\n", id(definition_.states.front().key));
    for (const Transition& transition : transitions_of(definition_))
      if (transition.weight != Weight::choice && !is_inner(transition)) write_arrow(transition, "  ");
    for (const State& state : definition_.states)
      if (state.kind == StateKind::end) out_ += fmt::format("  {} --> [*]\n", id(state.key));
    return std::move(out_);
  }

 private:
  /// Within a branch of a parallel state, its end included.
  bool is_inner(const Transition& transition) const {
    if (definition_.state(transition.from)->parallel.empty()) return false;
    const State* to = definition_.state(transition.to);
    return !to || !to->parallel.empty();
  }

  void write_name(const State& state, std::string_view indent) {
    std::string name = escaped(state.title.in(language_));
    for (const Text& detail : {awaited_in(state), term_of(state)})
      if (!detail.en.empty()) name += "<br/>" + escaped(detail.in(language_));
    out_ += fmt::format("{}state \"{}\" as {}\n", indent, name, id(state.key));
  }

  void write_state(const State& state) {
    if (state.kind == StateKind::choice) {
      out_ += fmt::format("  state {} <<choice>>\n", id(state.key));
      return;
    }
    write_name(state, "  ");
    if (state.kind == StateKind::parallel) write_branches(state);
  }

  void write_branches(const State& parallel) {
    out_ += fmt::format("  state {} {{\n", id(parallel.key));
    for (std::size_t branch = 0; branch < parallel.branches.size(); ++branch) {
      if (branch > 0) out_ += "    --\n";
      for (const State& state : definition_.states)
        if (state.parallel == parallel.key && state.branch == branch) write_name(state, "    ");
      out_ += fmt::format("    [*] --> {} : {}\n", id(parallel.branches[branch].first),
                          escaped(parallel.branches[branch].title.in(language_)));
      for (const Transition& transition : transitions_of(definition_))
        if (is_inner(transition) && is_in(transition.from, parallel, branch)) write_arrow(transition, "    ");
    }
    out_ += "  }\n";
  }

  bool is_in(const std::string& state, const State& parallel, std::size_t branch) const {
    const State* found = definition_.state(state);
    return found->parallel == parallel.key && found->branch == branch;
  }

  void write_arrow(const Transition& transition, std::string_view indent) {
    const bool ends_branch = !definition_.state(transition.to);
    out_ += fmt::format("{}{} --> {}", indent, id(transition.from), ends_branch ? "[*]" : id(transition.to));
    const std::string& title = transition.title.in(language_);
    out_ += title.empty() ? "\n" : " : " + escaped(title) + "\n";
  }

  const Definition& definition_;
  Language language_;
  std::string out_;
};

}  // namespace

std::string render_mermaid(const Definition& definition, Language language) {
  return Writer{definition, language}.write();
}

}  // namespace xueji
