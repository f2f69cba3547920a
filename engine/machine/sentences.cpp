#include "engine/machine/sentences.hpp"

#include <array>
#include <cstdio>

namespace xueji {
namespace {

/// `教育部`, `省级教育行政部门`, …; `province`, ….
Text words_of(Level level) {
  static const std::array<Text, 5> words{{{"教育部", "ministry"},
                                          {"省级教育行政部门", "province"},
                                          {"市级教育行政部门", "prefecture"},
                                          {"县级教育行政部门", "county"},
                                          {"学校", "school"}}};
  return words[static_cast<std::size_t>(level)];
}

Text describe(const OfficeExpression& office) {
  const bool of_student = office.place == student_school;
  const Text base = of_student ? Text{"学校", "the school's "} : Text{"发起单位", "the initiator's "};
  switch (office.step) {
    case OfficeExpression::Step::itself:
      return {base.zh, of_student ? "the student's school" : "the initiator's office"};
    case OfficeExpression::Step::authority:
      return {base.zh + "所属主管部门", base.en + "authority"};
    case OfficeExpression::Step::at_level:
      break;
  }
  const Text level = words_of(office.level);
  if (office.level == Level::ministry) return {level.zh, "the " + level.en};
  if (office.level == Level::school)
    return {of_student ? level.zh : "发起学校", of_student ? "the student's school" : base.en + level.en};
  return {base.zh + "所属" + level.zh, base.en + level.en};
}

}  // namespace

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

Text describe(const ActorExpression& actor) {
  const Text role = title_of(actor.role);
  const Text office = describe(actor.office);
  return {office.zh + role.zh, role.en + " at " + office.en};
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

Text business_retired() {
  return {"此业务已停办，不再受理新的申请；已受理的照常办理",
          "This business is retired: nothing new can be begun; what began before goes on"};
}

}  // namespace xueji
