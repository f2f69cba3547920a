#include "tests/mutation/guard_mutants.hpp"

#include <map>

#include "engine/definition/guard_lexer.hpp"

namespace xueji::mutation {
namespace {

using Tokens = std::vector<GuardToken>;

const std::map<std::string, std::vector<std::string>>& other_signs() {
  static const std::map<std::string, std::vector<std::string>> signs{
      {"==", {"!="}},      {"!=", {"=="}},     {"<", {"<=", ">="}}, {"<=", {"<", ">"}},
      {">", {">=", "<="}}, {">=", {">", "<"}}, {"&&", {"||"}},      {"||", {"&&"}}};
  return signs;
}

class Changer {
 public:
  Changer(const std::string& source, const std::vector<std::set<std::string>>& words)
      : source_(source), words_(words), tokens_(std::get<Tokens>(lex_guard(source))) {}

  std::vector<GuardMutant> make() {
    mutants_.push_back({"negate-guard", "!(" + source_ + ")"});
    for (std::size_t at = 0; at + 1 < tokens_.size(); ++at) change(at);
    drop_parts();
    return std::move(mutants_);
  }

 private:
  std::size_t end_of(std::size_t token) const {
    std::size_t end = tokens_[token + 1].offset;
    while (end > 0 && source_[end - 1] == ' ') --end;
    return end;
  }

  void replace(const std::string& kind, std::size_t from, std::size_t to, const std::string& by) {
    mutants_.push_back({kind, source_.substr(0, from) + by + source_.substr(to)});
  }

  void change(std::size_t at) {
    const GuardToken& token = tokens_[at];
    const std::size_t from = token.offset, to = end_of(at);
    if (token.kind == GuardTokenKind::sign) {
      if (token.word == "!") replace("negate-guard", from, from + 1, "");
      if (const auto others = other_signs().find(token.word); others != other_signs().end())
        for (const auto& other : others->second) replace("change-guard-sign", from, to, other);
    } else if (token.kind == GuardTokenKind::integer) {
      for (const std::int64_t step : {-1, 1})
        replace("change-guard-value", from, to, std::to_string(token.number + step));
    } else if (token.kind == GuardTokenKind::text) {
      for (const auto& words : words_)
        if (words.contains(token.word))
          for (const auto& other : words)
            if (other != token.word) replace("change-guard-value", from, to, "\"" + other + "\"");
    } else if (token.word == "has" && (at == 0 || tokens_[at - 1].word != "!")) {
      replace("negate-guard", from, from, "!");
    }
  }

  /// Each part of a chain of `&&` or `||` that stands outside of parentheses.
  void drop_parts() {
    std::vector<std::size_t> signs;
    int depth = 0;
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      const auto& word = tokens_[at].word;
      if (tokens_[at].kind != GuardTokenKind::sign) continue;
      if (word == "(" || word == "[") ++depth;
      if (word == ")" || word == "]") --depth;
      if (depth == 0 && (word == "&&" || word == "||")) signs.push_back(at);
    }
    for (std::size_t part = 0; !signs.empty() && part <= signs.size(); ++part) {
      const bool last = part == signs.size();
      const std::size_t from = last        ? tokens_[signs.back()].offset
                               : part == 0 ? 0
                                           : tokens_[signs[part - 1] + 1].offset;
      replace("drop-conjunct", from, last ? source_.size() : tokens_[signs[part] + 1].offset, "");
    }
  }

  const std::string& source_;
  const std::vector<std::set<std::string>>& words_;
  Tokens tokens_;
  std::vector<GuardMutant> mutants_;
};

}  // namespace

std::vector<GuardMutant> guard_mutants(const std::string& source, const std::vector<std::set<std::string>>& words) {
  return Changer{source, words}.make();
}

}  // namespace xueji::mutation
