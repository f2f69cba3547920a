#include "engine/machine/openings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/identity.hpp"
#include "engine/machine/field_types.hpp"
#include "engine/machine/sentences.hpp"

namespace xueji {
namespace {

/// In one sentence, with what is wrong with the form.
Text reason_of(const Refusal& refusal) {
  std::vector<Text> parts{refusal.detail};
  for (const FieldComplaint& complaint : refusal.complaints) parts.push_back(complaint.message);
  return join(parts, "；", "; ");
}

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

/// What is wrong with a value that stands in the file; offices stand in none.
Complaint complaint_of(const Field& field, const std::string& text) {
  constexpr Date any_later_day{std::chrono::year{9999}, std::chrono::December, std::chrono::day{31}};
  if (field.type == FieldType::office || field.type == FieldType::school)
    return Text{"单位不能写在流程定义里", "An office cannot be named in a file"};
  return check_field(field, normalise_field(field, text), {}, any_later_day);
}

bool has_choice(const Field& field, const std::string& key) {
  return std::any_of(field.choices.begin(), field.choices.end(), [&](const Choice& each) { return each.key == key; });
}

/// Why not every value of a field can be one of the other field's; empty where each can.
std::string misfit_of(const Field& from, const Field& to) {
  if (from.type != to.type) return fmt::format("is of type {}, not {}", to_string(to.type), to_string(from.type));
  for (const Choice& each : from.choices)
    if (!has_choice(to, each.key)) return fmt::format("has no choice `{}`", each.key);
  if (from.type == FieldType::text && to.max > 0 && (from.max == 0 || from.max > to.max))
    return fmt::format("takes {} characters at most", to.max);
  return {};
}

void add_unfit_value(const Definition& of, const EffectCall& call, const FieldSetting& setting, const std::string& name,
                     const Field& field, std::vector<Fault>& faults) {
  const std::string where = fmt::format("the field `{}` of {}", setting.key, name);
  if (field.each)
    faults.push_back({of.file, call.position, where + " has a value for each of several students", "leave it out"});
  else if (const Field* from = of.field(setting.field)) {
    if (const std::string why = misfit_of(*from, field); !why.empty())
      faults.push_back({of.file, call.position, fmt::format("{} {}", where, why),
                        fmt::format("take it from another field than `{}`, or leave it out", from->key)});
  } else if (const auto complaint = complaint_of(field, setting.text))
    faults.push_back({of.file, call.position, fmt::format("{} cannot be `{}`: {}", where, setting.text, complaint->en),
                      "write a value that the field takes, or leave it out"});
}

/// What of one opening does not fit one file of the business.
void add_unfit(const Definition& of, const EffectCall& call, const Definition& target, std::vector<Fault>& faults) {
  const Opening& opening = *call.opens;
  const std::string name = "`" + name_with_variant(target) + "`";
  if (opening.by.role != target.opened_by.role)
    faults.push_back({of.file, opening.by.position,
                      name + " is opened by a " + std::string(to_string(target.opened_by.role)) + ", not by a " +
                          std::string(to_string(opening.by.role)),
                      "name the post that opens it, as `" + target.opened_by.source + "` in its own file"});
  if (target.subject.kind != SubjectRule::Kind::one)
    faults.push_back({of.file, call.position, name + " is about several students, and is opened for one",
                      "name a business with `subject: student`"});
  for (const FieldSetting& setting : opening.fields)
    if (const Field* field = target.field(setting.key))
      add_unfit_value(of, call, setting, name, *field, faults);
    else
      faults.push_back(
          {of.file, call.position, name + " has no field `" + setting.key + "`", "leave it out, or correct the key"});
}

}  // namespace

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
  const Text reason = reason_of(refusal);
  const Text told{"“" + title.zh + "”未能发起：" + reason.zh, "\"" + title.en + "\" could not be opened: " + reason.en};
  const std::string& state = ended.request.token.state;
  HistoryDraft entry{{}, std::nullopt, "not_opened", state, state, in_two_lines(told), now, now, {}};
  entry.based_on = ended.request.pinned;
  ended.history.push_back(std::move(entry));
  if (what.inform) ended.notices.push_back({"not_opened", AccountId{}, what.inform});
}

std::vector<Fault> unfit_openings(const Definition& of, std::span<const Definition* const> all) {
  std::vector<Fault> faults;
  for (const State& state : of.states)
    for (const EffectCall& call : state.effects) {
      if (!call.opens) continue;
      const auto files = newest_of_key(call.opens->definition, all);
      if (std::all_of(files.begin(), files.end(), [](const Definition* each) { return each->retired; }))
        faults.push_back({of.file, call.position,
                          "`" + state.key + "` opens the business `" + call.opens->definition +
                              (files.empty() ? "`, which does not exist" : "`, which is retired"),
                          "put its file beside this one, or correct the key"});
      else
        for (const Definition* target : files)
          if (!target->retired) add_unfit(of, call, *target, faults);
    }
  return faults;
}

}  // namespace xueji
