// What the acts of a history are called, whoever did them.
#pragma once
#include <string_view>
#include <utility>
#include <vector>

#include "engine/machine/decide.hpp"

namespace xueji {

/// Of what no definition writes: `open`, `edit`, `claim`, `comment`, `reminder`, …; null for any other word.
const Text* built_in_title(std::string_view action);

/// All acts that have a title without an author: those that they may write first, then the built-in ones.
std::vector<std::pair<std::string_view, Text>> titled_acts();

/// The definition's title of the action, or the built-in one. The answer of checks is called by what it was.
Text title_of_act(const Definition& definition, const HistoryDraft& entry);

}  // namespace xueji
