#include "engine/machine/reminders.hpp"

#include "engine/definition/effects.hpp"
#include "engine/machine/movement.hpp"
#include "engine/machine/places.hpp"

namespace xueji {
namespace {

/// The date that the end gave the member, where the record still has it.
std::optional<Date> date_left(const Definition& definition, const State& end, const FieldValues& fields,
                              const Student& record, const std::string& member) {
  for (const Touch& touch : touched_by(definition, end)) {
    if (touch.member != member) continue;
    const auto filled_in = fields.find(touch.field);
    const std::string text = touch.field.empty()         ? touch.text
                             : filled_in == fields.end() ? std::string()
                                                         : filled_in->second;
    if (!text.empty() && text == member_text(record, member)) return parse_date(text);
  }
  return std::nullopt;
}

/// 00:00 in China of that many working days before the date; never before the end was reached.
Instant instant_of(const MemberReminder& reminder, Date date, const Calendar& calendar, Instant since) {
  const Instant over = start_of_day_in_china(date) + std::chrono::hours(24);
  return calendar.working_days_before(over, reminder.working_days, since);
}

/// At the offices of today, for the student may have moved.
std::optional<Holder> told_by(const MemberReminder& reminder, const Situation& situation) {
  Places places = places_of(*situation.request);
  places.school = situation.student->school;
  return resolve(reminder.to, places, situation.offices);
}

}  // namespace

void await_reminders(const Situation& situation, const State& end, const Student& record, Request& request) {
  const auto& reminders = situation.definition.reminders;
  if (reminders.empty() || end.outcome != Outcome::completed) return;
  const auto date = date_left(situation.definition, end, request.fields, record, reminders.front().member);
  if (!date) return;
  Token& token = request.token;
  token.holder = {request.school, Role::system};
  token.timer = instant_of(reminders.front(), *date, situation.calendar, token.since);
}

Verdict decide_reminder(const Situation& situation, const FireTimer& what) {
  const Request* request = situation.request;
  const auto& reminders = situation.definition.reminders;
  if (!request || !situation.student || !request->outcome || request->token.state != what.state ||
      request->token.timer != what.timer || situation.now < what.timer)
    return Nothing{};
  Movement movement(situation, *request, request->version, what.state);
  Token& token = movement.token();
  token.timer.reset();
  const State* end = situation.definition.state(what.state);
  const auto date = reminders.empty() ? std::nullopt
                                      : date_left(situation.definition, *end, request->fields, *situation.student,
                                                  reminders.front().member);
  if (!date) return std::move(movement).finish();
  for (auto told = static_cast<std::size_t>(token.attempts); told < reminders.size(); ++told) {
    const Instant at = instant_of(reminders[told], *date, situation.calendar, token.since);
    if (at > situation.now) {
      token.timer = at;
      break;
    }
    ++token.attempts;
    if (const auto holder = told_by(reminders[told], situation)) movement.notify({"remind", AccountId{}, holder});
  }
  if (token.attempts != request->token.attempts) movement.record({}, std::nullopt, "remind", to_string(*date));
  return std::move(movement).finish();
}

}  // namespace xueji
