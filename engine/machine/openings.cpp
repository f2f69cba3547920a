#include "engine/machine/openings.hpp"

#include <algorithm>

#include "engine/definition/effects.hpp"
#include "engine/definition/identity.hpp"
#include "engine/machine/opening_fields.hpp"
#include "engine/machine/sentences.hpp"
#include "engine/registry/members.hpp"

namespace xueji {
namespace {

/// One of each variant.
std::vector<const Definition*> newest_of_key(std::string_view key, std::span<const Definition* const> all) {
  std::vector<const Definition*> newest;
  for (const Definition* each : all) {
    if (each->key != key) continue;
    const auto known = std::find_if(newest.begin(), newest.end(),
                                    [&](const Definition* other) { return is_same_file(*other, *each); });
    if (known == newest.end())
      newest.push_back(each);
    else if ((*known)->version < each->version)
      *known = each;
  }
  return newest;
}

/// An opening of a definition, where it stands in it.
struct WrittenOpening {
  const State& state;
  const Opening& opening;
  Position position;
};

std::vector<WrittenOpening> openings_of(const Definition& definition) {
  std::vector<WrittenOpening> openings;
  for (const State& state : definition.states) {
    if (state.awaited) openings.push_back({state, state.awaited->opening, state.position});
    for (const EffectCall& call : state.effects)
      if (call.opens) openings.push_back({state, *call.opens, call.position});
  }
  return openings;
}

/// The files of a business of which requests can be opened.
std::vector<const Definition*> files_in_use(std::string_view key, std::span<const Definition* const> all) {
  auto files = newest_of_key(key, all);
  std::erase_if(files, [](const Definition* each) { return each->retired; });
  return files;
}

/// With which outcomes requests of the business end, whichever of its files they are opened on.
std::set<Outcome> outcomes_of(std::string_view key, std::span<const Definition* const> all) {
  std::set<Outcome> outcomes;
  for (const Definition* file : files_in_use(key, all))
    for (const State& state : file->states)
      if (state.kind == StateKind::end) outcomes.insert(state.outcome);
  return outcomes;
}

/// The businesses that requests of one business may come to wait for, itself among them where it is a circle, and how
/// many of these wait for each other in a row at most.
struct Waited {
  std::set<std::string> businesses;
  int in_a_row = 0;
};

void follow_waiting(std::string_view key, std::span<const Definition* const> all, std::vector<std::string>& row,
                    Waited& waited) {
  waited.in_a_row = std::max(waited.in_a_row, static_cast<int>(row.size()));
  for (const Definition* file : newest_of_key(key, all))
    for (const State& state : file->states) {
      if (!state.awaited) continue;
      const std::string& next = state.awaited->opening.definition;
      waited.businesses.insert(next);
      if (std::find(row.begin(), row.end(), next) != row.end()) continue;
      row.push_back(next);
      follow_waiting(next, all, row, waited);
      row.pop_back();
    }
}

/// From a state that waits for this business.
Waited waited_from(const std::string& business, std::span<const Definition* const> all) {
  Waited waited;
  std::vector<std::string> row{business};
  follow_waiting(business, all, row, waited);
  return waited;
}

/// A business that one of these opens at an end, which a student who is locked would be refused; both names.
std::optional<std::pair<std::string, std::string>> locked_out(const std::set<std::string>& waited,
                                                              std::span<const Definition* const> all) {
  for (const std::string& business : waited)
    for (const Definition* file : files_in_use(business, all))
      for (const WrittenOpening& written : openings_of(*file)) {
        if (written.state.awaited) continue;
        for (const Definition* target : files_in_use(written.opening.definition, all))
          if (target->lock != Lock::none) return std::pair{name_with_variant(*file), name_with_variant(*target)};
      }
  return std::nullopt;
}

bool moves_the_record(const Definition& definition) {
  return std::any_of(definition.states.begin(), definition.states.end(), [&](const State& state) {
    return std::any_of(state.effects.begin(), state.effects.end(), [&](const EffectCall& call) {
      const auto touches = effect_named(call.name).touches(definition, call);
      return std::any_of(touches.begin(), touches.end(),
                         [](const Touch& each) { return each.member == school_member; });
    });
  });
}

/// What of waiting for a business does not fit its files.
void add_unfit_wait(const Definition& of, const State& state, std::span<const Definition* const> all,
                    std::vector<Fault>& faults) {
  const std::string& business = state.awaited->opening.definition;
  const auto tell = [&](std::string what, std::string advice) {
    faults.push_back({of.file, state.position, std::move(what), std::move(advice)});
  };
  for (const Definition* target : files_in_use(business, all))
    if (moves_the_record(*target))
      tell("`" + name_with_variant(*target) +
               "` takes the record to another school, and what waits for it would go on at the old one",
           "let an end open it instead, or wait for another business");
  // `otherwise` may stand for what its next version brings, so it is never in vain.
  const auto outcomes = outcomes_of(business, all);
  for (const AwaitedWay& way : state.awaited->ways)
    if (way.event != otherwise_word && !outcomes.contains(way.outcomes.front()))
      tell("`" + business + "` never ends " + way.event, "remove `" + way.event + "` from the outcomes");
  Waited waited = waited_from(business, all);
  if (waited.businesses.contains(of.key))
    return tell("`" + state.key + "` waits for `" + business + "`, which comes to wait for `" + of.key +
                    "`, and so on for ever",
                "let one of them go on without waiting");
  if (waited.in_a_row > waiting_requests_max)
    tell("from `" + state.key + "` on " + std::to_string(waited.in_a_row) +
             " requests would wait for each other, and " + std::to_string(waiting_requests_max) + " do at most",
         "let one of them go on without waiting");
  waited.businesses.insert(business);
  if (const auto out = of.lock == Lock::none ? std::nullopt : locked_out(waited.businesses, all))
    tell("`" + out->first + "` opens `" + out->second + "` at its end, while this one still keeps the student from it",
         "let an end of this business open it, or write `lock: none` here or there");
}

/// What of one opening does not fit one file of the business.
void add_unfit(const Definition& of, const WrittenOpening& written, const Definition& target,
               std::vector<Fault>& faults) {
  const Opening& opening = written.opening;
  const std::string name = "`" + name_with_variant(target) + "`";
  if (opening.by.role != target.opened_by.role)
    faults.push_back({of.file, opening.by.position,
                      name + " is opened by a " + std::string(to_string(target.opened_by.role)) + ", not by a " +
                          std::string(to_string(opening.by.role)),
                      "name the post that opens it, as `" + target.opened_by.source + "` in its own file"});
  if (target.subject.kind != SubjectRule::Kind::one)
    faults.push_back({of.file, written.position,
                      name + " is about several students, and is " +
                          (written.state.awaited ? "waited for about one" : "opened for one"),
                      "name a business with `subject: student`"});
  for (const FieldSetting& setting : opening.fields)
    if (const Field* field = target.field(setting.key))
      add_unfit_value(of, written.position, setting, name, *field, faults);
    else
      faults.push_back({of.file, written.position, name + " has no field `" + setting.key + "`",
                        "leave it out, or correct the key"});
}

/// A business that somebody should be able to begin: what is wrong with naming it; nothing where it can be.
std::optional<Fault> unknown_business(const Definition& of, Position position, const std::string& who,
                                      const std::string& business, std::span<const Definition* const> all) {
  if (!files_in_use(business, all).empty()) return std::nullopt;
  const bool is_retired = !newest_of_key(business, all).empty();
  return Fault{of.file, position,
               who + " the business `" + business + (is_retired ? "`, which is retired" : "`, which does not exist"),
               "put its file beside this one, or correct the key"};
}

/// What a row offers, a person begins.
std::optional<Fault> unfit_offer(const Definition& of, const Field& field, const RowOffer& offer,
                                 std::span<const Definition* const> all) {
  const std::string who = "a row of `" + field.key + "` offers";
  if (auto fault = unknown_business(of, offer.position, who, offer.business, all)) return fault;
  const auto files = files_in_use(offer.business, all);
  if (std::any_of(files.begin(), files.end(), [](const Definition* each) { return !each->opened_on; }))
    return std::nullopt;
  return Fault{of.file, offer.position, who + " the business `" + offer.business + "`, which only the system opens",
               "offer one that a person begins, or leave it out"};
}

}  // namespace

Text why_not_opened(const Refusal& refusal) {
  std::vector<Text> parts{refusal.detail};
  for (const FieldComplaint& complaint : refusal.complaints) parts.push_back(complaint.message);
  return join(parts, "；", "; ");
}

Caller opener_of(const ToOpen& what) {
  Caller machine;
  if (!what.by) return machine;
  Post post;
  post.office = what.by->office;
  post.role = what.by->role;
  machine.posts.push_back(post);
  return machine;
}

void tell_not_opened(Decision& ended, const ToOpen& what, const Text& title, const Refusal& refusal, Instant now) {
  const Text reason = why_not_opened(refusal);
  const Text told{"“" + title.zh + "”未能发起：" + reason.zh, "\"" + title.en + "\" could not be opened: " + reason.en};
  const std::string& state = ended.request.token.state;
  HistoryDraft entry{{}, std::nullopt, "not_opened", state, state, in_two_lines(told), now, now, {}};
  entry.based_on = ended.request.pinned;
  ended.history.push_back(std::move(entry));
  if (what.inform) ended.notices.push_back({"not_opened", AccountId{}, what.inform});
}

std::set<std::string> businesses_named(const Definition& of) {
  std::set<std::string> keys;
  for (const WrittenOpening& written : openings_of(of)) keys.insert(written.opening.definition);
  for (const Field& field : of.fields)
    for (const RowOffer& offer : field.offers) keys.insert(offer.business);
  return keys;
}

std::vector<Fault> unfit_openings(const Definition& of, std::span<const Definition* const> all) {
  std::vector<Fault> faults;
  for (const WrittenOpening& written : openings_of(of)) {
    const std::string& key = written.opening.definition;
    if (auto fault = unknown_business(of, written.position, "`" + written.state.key + "` opens", key, all)) {
      faults.push_back(std::move(*fault));
      continue;
    }
    for (const Definition* target : files_in_use(key, all)) add_unfit(of, written, *target, faults);
    if (written.state.awaited) add_unfit_wait(of, written.state, all, faults);
  }
  for (const Field& field : of.fields)
    for (const RowOffer& offer : field.offers)
      if (auto fault = unfit_offer(of, field, offer, all)) faults.push_back(std::move(*fault));
  return faults;
}

}  // namespace xueji
