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

/// Whether it ever ends so.
bool may_end(const Definition& definition, Outcome outcome) {
  return std::any_of(definition.states.begin(), definition.states.end(),
                     [&](const State& state) { return state.kind == StateKind::end && state.outcome == outcome; });
}

/// Whether requests of one business may come to wait for some of the other.
bool comes_to_wait_for(const std::string& key, const std::string& other, std::span<const Definition* const> all,
                       std::set<std::string>& seen) {
  if (!seen.insert(key).second) return false;
  for (const Definition* file : newest_of_key(key, all))
    for (const State& state : file->states)
      if (state.awaited && (state.awaited->opening.definition == other ||
                            comes_to_wait_for(state.awaited->opening.definition, other, all, seen)))
        return true;
  return false;
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

/// What of waiting for one of this business does not fit it.
void add_unfit_wait(const Definition& of, const State& state, const Definition& target, std::vector<Fault>& faults) {
  const std::string name = "`" + name_with_variant(target) + "`";
  if (moves_the_record(target))
    faults.push_back({of.file, state.position,
                      name + " takes the record to another school, and what waits for it would go on at the old one",
                      "let an end open it instead, or wait for another business"});
  for (const AwaitedWay& way : state.awaited->ways)
    if (std::none_of(way.outcomes.begin(), way.outcomes.end(),
                     [&](Outcome outcome) { return may_end(target, outcome); }))
      faults.push_back({of.file, state.position,
                        way.event == otherwise_word ? name + " ends with no other outcome than those that are named"
                                                    : name + " never ends " + way.event,
                        "remove `" + way.event + "` from the outcomes"});
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
  if (written.state.awaited) add_unfit_wait(of, written.state, target, faults);
}

/// A business that somebody should be able to begin: what is wrong with naming it; nothing where it can be.
std::optional<Fault> unknown_business(const Definition& of, Position position, const std::string& who,
                                      const std::string& business, std::span<const Definition* const> all) {
  const auto files = newest_of_key(business, all);
  if (std::any_of(files.begin(), files.end(), [](const Definition* each) { return !each->retired; }))
    return std::nullopt;
  return Fault{of.file, position,
               who + " the business `" + business + (files.empty() ? "`, which does not exist" : "`, which is retired"),
               "put its file beside this one, or correct the key"};
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
    for (const Definition* target : newest_of_key(key, all))
      if (!target->retired) add_unfit(of, written, *target, faults);
    std::set<std::string> seen;
    if (written.state.awaited && comes_to_wait_for(key, of.key, all, seen))
      faults.push_back({of.file, written.position,
                        "`" + written.state.key + "` waits for `" + key + "`, which comes to wait for `" + of.key +
                            "`, and so on for ever",
                        "let one of them go on without waiting"});
  }
  for (const Field& field : of.fields)
    for (const RowOffer& offer : field.offers)
      if (auto fault = unknown_business(of, offer.position, "a row of `" + field.key + "` offers", offer.business, all))
        faults.push_back(std::move(*fault));
  return faults;
}

}  // namespace xueji
