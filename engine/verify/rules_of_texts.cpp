// Every text in both languages: Chinese really is written in Han characters, English in none.
#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "engine/verify/rules.hpp"

namespace xueji {
namespace {

bool has_han(const std::string& text) {
  const auto characters = icu::UnicodeString::fromUTF8(text);
  for (std::int32_t at = 0; at < characters.length(); at = characters.moveIndex32(at, 1))
    if (u_hasBinaryProperty(characters.char32At(at), UCHAR_IDEOGRAPHIC)) return true;
  return false;
}

struct Reading {
  Ledger& ledger;

  void read(const Text& text, Position position) {
    ledger.tried();
    if (text.zh.empty() || text.en.empty())
      ledger.violated("text-language", position, "a text is missing in one of the two languages", "fill in both");
    else if (!has_han(text.zh))
      ledger.violated("text-language", position, fmt::format("the text `{}` under zh is not Chinese", text.zh),
                      "write it in Chinese characters");
    else if (has_han(text.en))
      ledger.violated("text-language", position, fmt::format("the text `{}` under en has Chinese characters", text.en),
                      "write it in English");
  }
  void read(const std::vector<Rule>& rules) {
    for (const Rule& rule : rules) read(rule.otherwise, rule.position);
  }
};

}  // namespace

void texts_are_in_their_language(const Definition& definition, Ledger& ledger) {
  constexpr Position heading{1, 1};
  Reading reading{ledger};
  reading.read(definition.title, heading);
  reading.read(definition.description, heading);
  reading.read(definition.open_when);
  reading.read(definition.require);
  for (const Field& field : definition.fields) {
    reading.read(field.title, field.position);
    if (field.help) reading.read(*field.help, field.position);
    for (const Choice& choice : field.choices) reading.read(choice.title, field.position);
  }
  for (const EvidenceKind& kind : definition.evidence) reading.read(kind.title, kind.position);
  for (const State& state : definition.states) {
    reading.read(state.title, state.position);
    for (const Branch& branch : state.branches) reading.read(branch.title, branch.position);
    for (const Action& action : state.actions) {
      reading.read(action.title, action.position);
      reading.read(action.when);
    }
  }
}

}  // namespace xueji
