#include "cli/schema/state_schema.hpp"

#include "cli/schema/schema_parts.hpp"
#include "engine/definition/branch_schools.hpp"
#include "engine/definition/definition.hpp"
#include "engine/definition/effects.hpp"
#include "engine/registry/check_names.hpp"

namespace xueji::schema {
namespace {

json::object title() { return described("名称。", "What people read.", texts(short_text)); }
json::object target(std::string_view zh, std::string_view en) { return described(zh, en, text(short_text)); }

std::vector<Property> common_of_actions(const json::object& rules) {
  return {{"title", false, title()},
          {"comment", false,
           described("意见：必填、选填或不填。", "The comment: required, optional, or none.",
                     one_of_words({"required", "optional", "none"}))},
          {"when", false, described("办理的条件。", "Rules for doing it.", rules)},
          {"fields", false,
           described("办理时须填写的字段。", "Fields that must be filled in with it.", list_of(text(short_text)))},
          {"evidence", false,
           described("办理时须上传的材料。", "Kinds of evidence that must be attached with it.",
                     list_of(text(short_text)))}};
}

json::object action(const json::object& rules) {
  auto properties = common_of_actions(rules);
  properties.insert(
      properties.begin(),
      {{"to", true,
        target("去向：环节；earlier 为之前任一人办环节；分支内可为 join、stop。",
               "Where it leads: a state; earlier for any state before that waited for a person; join or stop "
               "in a branch.")},
       {"default", false, target("to: earlier 时的默认去向。", "With to: earlier, where it goes when none is named.")},
       {"by", false, described("由他人办理。", "Somebody other than the state's own actor.", actor())}});
  json::object schema = map_of(std::move(properties));
  schema["if"] = {{"properties", {{"to", {{"const", "earlier"}}}}}};
  schema["then"] = {{"required", json::array{"default"}}};
  schema["else"] = {{"properties", {{"default", false}}}};
  return schema;
}

json::object action_anywhere(const json::object& rules) {
  auto properties = common_of_actions(rules);
  properties.insert(properties.begin(),
                    {{"by", true, described("谁可以办理。", "Who may do it.", actor())},
                     {"before", true, target("自该环节起为时已晚。", "The state from which on it is too late.")},
                     {"to", true, target("去向。", "Where it leads.")}});
  return map_of(std::move(properties));
}

json::object actions() {
  return described("可以做什么；先写同意。", "What may be done; write the action of consent first.",
                   map_by_key(reference("action")));
}

void add_condition(json::object& schema) {
  auto& properties = schema["properties"].as_object();
  properties["when"] = described("机构之间满足此条件才经过本环节；属格式 2。",
                                 "The request comes here only where this holds of its offices; format 2.",
                                 text(static_cast<std::int64_t>(guard_bytes_max)));
  properties["otherwise"] = target("不经过本环节，或没有该机构时的去向。",
                                   "Where it goes where `when` does not hold or there is no such office.");
}

json::object notice() {
  json::object schema = map_of(
      {{"notice", true, described("告知谁；不等待。属格式 2。", "Who is told; waits for nobody. Format 2.", actor())},
       {"title", true, title()},
       {"to", true, target("随即去向。", "Where it goes on at once.")}});
  add_condition(schema);
  return schema;
}

json::object choice() {
  const auto way = map_of({{"when", false,
                            described("满足此条件才走这一去向；最后一项不写。", "Its condition; the last way has none.",
                                      text(static_cast<std::int64_t>(guard_bytes_max)))},
                           {"to", true, target("去向：之后的环节或结束环节。", "A later state, or an end.")}});
  json::object ways = list_of(way);
  ways["minItems"] = 2;
  return map_of({{"choice", true,
                  described("依次取第一项符合条件的去向，不等待。属格式 2。",
                            "Goes on at once, on the first way whose condition holds. Format 2.", std::move(ways))},
                 {"title", false, title()}});
}

json::object of_people(StateKind kind, std::string_view zh, std::string_view en) {
  const auto tell = [](bool needed) {
    return Property{"tell", needed, described("逾期时告知谁。", "Who is told.", actor())};
  };
  json::object overdue =
      any_of({map_of({{"escalate", true,
                       described("逾期后谁也可以办理；office above 为上级机构的相应岗位。",
                                 "Who may act too once it is overdue; office above is whoever stands in there.",
                                 any_of({one_of_words({"office above"}), actor()}))},
                      tell(false)}),
              map_of({tell(true)}),
              map_of({{"expire", true, target("逾期后转入的结束环节。", "The end that it moves to.")}, tell(false)})});
  json::object schema =
      map_of({{to_string(kind), true, described(zh, en, actor())},
              {"title", true, title()},
              {"due", false,
               described("办理期限，自次日起计。", "The deadline, from the day after arrival.", working_days(""))},
              {"remind", false, described("提前提醒。", "When its holder is reminded.", working_days(" +before"))},
              {"overdue", false, described("逾期时如何。", "What happens once it is overdue.", std::move(overdue))},
              {"actions", true, actions()}});
  if (kind != StateKind::draft) add_condition(schema);
  if (is_decided(kind))
    schema["properties"].as_object()["one_by_one"] =
        described("须逐件办理，不得批量；属格式 2。", "Refused in bulk: each request is decided alone; format 2.",
                  {{"type", "boolean"}});
  schema["dependentRequired"] = {{"remind", json::array{"due"}}, {"overdue", json::array{"due"}}};
  return schema;
}

json::object check() {
  const auto duration = [] {
    return matching("^[1-9][0-9]* +(seconds?|minutes?|hours?|days?)$", {"5 seconds", "10 minutes", "1 hour"});
  };
  const auto way = [](std::string_view zh, std::string_view en) {
    return described(zh, en, map_of({{"to", true, target("去向。", "Where it leads.")}}));
  };
  return map_of({{"check", true,
                  described("全国核查。", "The national checks.",
                            list_of(one_of_words({check_names.begin(), check_names.end()})))},
                 {"title", true, title()},
                 {"retry", false,
                  described("无应答时重问。", "How often an unanswered check is asked again.",
                            map_of({{"first", false, described("第一次等多久。", "The first pause.", duration())},
                                    {"factor", false,
                                     described("每次延长几倍。", "How many times longer each time.",
                                               {{"type", "number"}, {"minimum", 1}, {"maximum", 100}})},
                                    {"at_most", false, described("最长等多久。", "The longest pause.", duration())}}))},
                 {"outcomes", true,
                  described("结果的去向。", "Where it leads.",
                            map_of({{"clear", true, way("全部无疑点。", "All are clear.")},
                                    {"suspect", true, way("有疑点。", "One is suspect.")}}))}});
}

json::object refused() {
  return target("学籍系统不予变更时的去向。", "Where it goes instead when the registry refuses the effect.");
}

json::object wait() {
  return map_of(
      {{"wait", true,
        described(
            "等待的时刻。", "The moment waited for.",
            matching("^(first +day +of +(spring|autumn) +semester|[1-9][0-9]{0,2} +working +days?|window +[a-z0-9-]+ "
                     "+(opens|closes))$",
                     {"first day of spring semester", "5 working days", "window transfer opens"}))},
       {"title", true, title()},
       {"to", true, target("之后的去向。", "Where it goes on.")},
       {"refused", false, refused()},
       {"actions", false, actions()}});
}

json::object fields_of_opening() {
  return described("预先填好的字段：一个值，或 field 加本业务的字段。",
                   "Fields that it begins with: a value, or `field` and a field of this business.",
                   map_by_key({{"type", json::array{"string", "number", "boolean"}},
                               {"examples", json::array{"transferred", "field new_class"}}}));
}

json::object other_request() {
  const auto way = [](std::string_view zh, std::string_view en, bool needed, std::string_view word) {
    return Property{word, needed, described(zh, en, map_of({{"to", true, target("去向。", "Where it leads.")}}))};
  };
  json::object request =
      map_of({{"definition", true, described("业务的 key。", "The business's key.", text(short_text))},
              {"about", true,
               described("为谁办理；两名学生的，写 field 加字段，或 other than field 加字段。",
                         "Whom it is about; of two students `field KEY` or `other than field KEY`.",
                         any_of({one_of_words({"student"}),
                                 matching("^(other than )?field [a-z][a-z0-9_]*$", {"other than field survivor"})}))},
              {"by", true, described("由谁填报。", "Who fills it in and submits it.", actor())},
              {"fields", false, fields_of_opening()}});
  json::object outcomes = map_of({way("办结时的去向。", "Once it is completed.", true, "completed"),
                                  way("不予办理时的去向。", "Once it is rejected.", false, "rejected"),
                                  way("撤回时的去向。", "Once it is withdrawn.", false, "withdrawn"),
                                  way("取消时的去向。", "Once it is cancelled.", false, "cancelled"),
                                  way("逾期失效时的去向。", "Once it has expired.", false, "expired"),
                                  way("其他结果的去向。", "Any other outcome.", false, otherwise_word)});
  json::object schema = map_of(
      {{"request", true,
        described("发起另一件业务，等它办结。属格式 2。", "Opens another business and waits for its end. Format 2.",
                  std::move(request))},
       {"title", true, title()},
       {"due", false, described("期限，自次日起计。", "The deadline, from the day after arrival.", working_days(""))},
       {"overdue", false,
        described("逾期时告知谁。", "Who is told once it is overdue.",
                  map_of({{"tell", true, described("告知谁。", "Who is told.", actor())}}))},
       {"outcomes", true, described("那一件的结果与去向。", "Where it goes, by its outcome.", std::move(outcomes))},
       {"refused", true,
        target("那一件未能发起，或学籍系统不予变更时的去向。",
               "Where it goes where it could not be opened, or the registry refuses the effect.")}});
  schema["dependentRequired"] = {{"overdue", json::array{"due"}}};
  return schema;
}

json::object states_of_branch() {
  return described("分支的环节。", "The states of the branch.", map_by_key(reference("state_in_branch")));
}

/// One branch for each of a pair's schools.
json::object branches_of_schools() {
  return map_of({{"for each", true,
                  described("两名学生的每所学校各一个分支。", "One branch for each school of the two students.",
                            one_of_words({"school of students"}))},
                 {"title", true, title()},
                 {"states", true, states_of_branch()}});
}

json::object parallel() {
  json::object branches = map_by_key(map_of({{"title", true, title()}, {"states", true, states_of_branch()}}));
  branches["minProperties"] = 2;
  branches["maxProperties"] = branches_max;
  json::object either{{"type", "object"},
                      {"if", {{"required", json::array{for_each_word}}}},
                      {"then", branches_of_schools()},
                      {"else", std::move(branches)}};
  return map_of(
      {{"parallel", true, described("同时进行的分支。", "Branches that run at the same time.", std::move(either))},
       {"title", true, title()},
       {"join", true,
        described("几个分支须会合。", "How many branches must join.",
                  any_of({one_of_words({"all", "any"}), whole_number(1, branches_max)}))},
       {"to", true, target("会合后的去向。", "Where it goes once they have joined.")},
       {"otherwise", false, target("已不可能会合时的去向。", "Where it goes once too few can still join.")},
       {"refused", false, refused()}});
}

/// A constant of the member, `field KEY`, or `none` where it may be empty.
json::object value_of(const Member& member) {
  std::vector<json::object> forms{matching("^field [a-z][a-z0-9_]*$", {"field new_class"})};
  std::vector<std::string_view> words;
  if (member.type != MemberType::sex) words = words_of(member.type);
  if (member.may_be_empty) words.push_back("none");
  if (!words.empty()) forms.push_back(one_of_words(words));
  if (member.type == MemberType::grade) forms.push_back(whole_number(1, static_cast<std::int64_t>(grade_words.size())));
  if (member.type == MemberType::text) forms.push_back(text(static_cast<std::int64_t>(class_code_points_max)));
  return described(member.zh, member.en, any_of(std::move(forms)));
}

json::object settings() {
  const auto paths = member_paths();
  std::vector<Property> properties;
  for (const Member& member : student_members())
    properties.push_back({paths[properties.size()], false, value_of(member)});
  json::object schema = map_of(std::move(properties));
  schema["minProperties"] = 1;
  return schema;
}

/// Another business, about the same student.
json::object opening() {
  return map_of({{"definition", true, described("业务的 key。", "The business's key.", text(short_text))},
                 {"about", true, described("为谁办理。", "Whom it is about.", one_of_words({"student"}))},
                 {"by", true, described("由谁填报。", "Who fills it in and submits it.", actor())},
                 {"fields", false, fields_of_opening()},
                 {"otherwise", false,
                  described("未能发起时告知谁。", "Who is told where it cannot be opened.",
                            map_of({{"inform", true, described("告知谁。", "Who is told.", actor())}}))}});
}

json::object argument_of(const Effect& effect) {
  if (!effect.load) return {{"type", "null"}};
  if (effect.takes_opening) return opening();
  return effect.takes_members ? settings() : text(short_text);
}

/// Its name alone, or with what it takes behind it, and its condition beside it.
json::object effect() {
  std::vector<std::string_view> names;
  std::vector<json::object> forms;
  for (const Effect* each : effects()) {
    if (!each->load) names.push_back(each->name);
    forms.push_back(map_of({{each->name, true, argument_of(*each)},
                            {"when", !each->load,
                             described("满足此条件才产生。", "The effect is made only where this holds.",
                                       text(static_cast<std::int64_t>(guard_bytes_max)))}}));
  }
  forms.insert(forms.begin(), one_of_words(names));
  return any_of(std::move(forms));
}

json::object end() {
  std::vector<std::string_view> outcomes;
  for (int outcome = 0; outcome <= static_cast<int>(Outcome::expired); ++outcome)
    outcomes.push_back(to_string(static_cast<Outcome>(outcome)));
  return map_of({{"end", true, described("结果。", "The outcome.", one_of_words(outcomes))},
                 {"title", true, title()},
                 {"effects", false, described("对学籍的改变。", "What changes in the registry.", list_of(effect()))}});
}

/// The kind is told by its key, so that an editor shows the faults of that kind alone.
json::object one_of_kinds(std::vector<std::pair<StateKind, json::object>> kinds) {
  json::object schema{{"not", true}};
  while (!kinds.empty()) {
    auto& [kind, body] = kinds.back();
    schema = {
        {"if", {{"required", json::array{to_string(kind)}}}}, {"then", std::move(body)}, {"else", std::move(schema)}};
    kinds.pop_back();
  }
  schema["type"] = "object";
  return schema;
}

}  // namespace

json::object state_definitions(const json::object& rules) {
  const auto draft = of_people(StateKind::draft, "由谁填报。", "Who fills the form in.");
  const auto approval = of_people(StateKind::approval, "由谁办理。", "Who decides.");
  const auto registration = of_people(StateKind::registration, "由谁登记；只登记或退回，不能驳回。属格式 2。",
                                      "Who records it; recorded or returned, never rejected. Format 2.");
  const auto work = of_people(StateKind::work, "由谁完成此项工作，不是审批；属格式 2。",
                              "Whose work it is, which is no decision; format 2.");
  return {{"state", one_of_kinds({{StateKind::draft, draft},
                                  {StateKind::approval, approval},
                                  {StateKind::registration, registration},
                                  {StateKind::work, work},
                                  {StateKind::notice, notice()},
                                  {StateKind::choice, choice()},
                                  {StateKind::check, check()},
                                  {StateKind::wait, wait()},
                                  {StateKind::request, other_request()},
                                  {StateKind::parallel, parallel()},
                                  {StateKind::end, end()}})},
          {"state_in_branch", one_of_kinds({{StateKind::approval, approval},
                                            {StateKind::registration, registration},
                                            {StateKind::work, work},
                                            {StateKind::check, check()},
                                            {StateKind::wait, wait()}})},
          {"action", action(rules)},
          {"action_anywhere", action_anywhere(rules)}};
}

}  // namespace xueji::schema
