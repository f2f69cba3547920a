#include "engine/machine/sentences.hpp"

#include <array>
#include <cctype>
#include <cstdio>

namespace xueji {
namespace {

/// What the place is called: the author's title, or the engine's words.
Text place_of(std::string_view place, const Text& title) {
  if (title.zh.empty())
    return place == student_school ? Text{"学校", "the student's school"} : Text{"发起单位", "the initiator's office"};
  Text called = title;
  called.en[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(called.en[0])));
  called.en.insert(0, called.en.starts_with("the ") ? "" : "the ");
  return called;
}

/// "the school's " of "the student's school", for what stands above it.
std::string possessive(const OfficeExpression& office) {
  if (!office.title.en.empty()) return place_of(office.place, office.title).en + "'s ";
  return office.place == student_school ? "the school's " : "the initiator's ";
}

Text describe(const OfficeExpression& office) {
  const Text place = place_of(office.place, office.title);
  const bool of_pair = office.place == students_schools;
  switch (office.step) {
    case OfficeExpression::Step::itself:
      return of_pair ? Text{"两条学籍所在学校", "the schools of both records"} : place;
    case OfficeExpression::Step::authority:
      return {place.zh + "所属主管部门", possessive(office) + "authority"};
    case OfficeExpression::Step::common_superior: {
      if (of_pair) return {"两条学籍所在学校共同的上级主管部门", "the authority above the schools of both records"};
      const Text other = place_of(office.other, office.other_title);
      return {place.zh + "与" + other.zh + "共同的上级主管部门",
              "the authority above both " + place.en + " and " + other.en};
    }
    case OfficeExpression::Step::any_school:
      return {"学校", "any school"};
    case OfficeExpression::Step::at_level:
      break;
  }
  const Text& level = title_of(office.level);
  if (office.level == Level::ministry) return {level.zh, "the " + level.en};
  if (office.level != Level::school) return {place.zh + "所属" + level.zh, possessive(office) + level.en};
  if (!office.title.zh.empty()) return place;
  return office.place == student_school ? Text{level.zh, "the student's school"}
                                        : Text{"发起学校", possessive(office) + level.en};
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
