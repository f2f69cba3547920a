#include "engine/machine/sentences.hpp"

#include <array>
#include <cstdio>

namespace xueji {

Text title_of(Role role) {
  static const std::array<Text, 6> titles{{{"学籍管理员", "registrar"},
                                           {"主管领导", "head"},
                                           {"经办人", "reviewer"},
                                           {"审批人", "approver"},
                                           {"管理员", "administrator"},
                                           {"系统", "machine"}}};
  return titles[static_cast<std::size_t>(role)];
}

Text describe(const Holder& holder, const OfficeTree& offices) {
  const Office* office = offices.find(holder.office);
  const std::string name = office ? office->name : to_string(holder.office);
  const Text title = title_of(holder.role);
  return {"「" + name + "」" + title.zh, "the " + title.en + " at " + name};
}

Text describe(const std::vector<Holder>& holders, const OfficeTree& offices) {
  std::vector<Text> parts;
  parts.reserve(holders.size());
  for (const Holder& holder : holders) parts.push_back(describe(holder, offices));
  return join(parts, "或", " or ");
}

Text join(const std::vector<Text>& parts, std::string_view between_zh, std::string_view between_en) {
  Text result;
  for (const Text& part : parts) {
    if (!result.zh.empty()) result.zh += between_zh;
    if (!result.en.empty()) result.en += between_en;
    result.zh += part.zh;
    result.en += part.en;
  }
  return result;
}

std::string china_minute(Instant instant) {
  const Date date = china_date(instant);
  const auto minutes = std::chrono::floor<std::chrono::minutes>(instant - start_of_day_in_china(date)).count();
  std::array<char, 8> clock;
  std::snprintf(clock.data(), clock.size(), "%02d:%02d", static_cast<int>(minutes / 60) % 24,
                static_cast<int>(minutes % 60));
  return to_string(date) + " " + clock.data();
}

}  // namespace xueji
