// What the ports answer, as texts that hold every member: equal texts are equal answers, and unequal ones can be read.
#pragma once
#include <string>

#include "adapters/sql/database.hpp"
#include "engine/runtime/runtime.hpp"

namespace xueji::differential {

std::string text_of(const Student& student);
std::string text_of(const Twins& twins);
std::string text_of(const Request& request);
std::string text_of(const Finding& finding);
std::string text_of(const CommandResult& result);
std::string text_of(const DueTask& due);
std::string text_of(const RequestRow& row);
std::string text_of(const TaskRow& row);
std::string text_of(const CheckRow& row);
std::string text_of(const HistoryRow& row);
std::string text_of(const NotificationRow& row);
std::string text_of(const OutboxRow& row);
std::string text_of(const StatisticsRow& row);
std::string text_of(const DefinitionCount& row);
std::string text_of(const StateWaiting& row);
std::string text_of(const DuplicateHit& hit);
std::string text_of(const Accounts::Listed& listed);
std::string text_of(const Accounts::Lent& lent);
inline std::string text_of(const std::string& text) { return text; }

template <class Item>
std::string text_of(const std::vector<Item>& items) {
  std::string text;
  for (const auto& item : items) text += text_of(item) + '\n';
  return text;
}

}  // namespace xueji::differential
