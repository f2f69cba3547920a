#include "cli/schema/definition_schema.hpp"

#include "cli/schema/schema_parts.hpp"
#include "cli/schema/state_schema.hpp"
#include "engine/definition/definition.hpp"
#include "engine/definition/guard_paths.hpp"

namespace xueji::schema {
namespace {

constexpr std::int64_t sentence = 500, paragraph = 2'000, help_text = 1'000, any_version = 1'000'000;
constexpr std::string_view word_pattern = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";
constexpr std::int64_t text_field = 10'000, file_bytes = 10 * 1024 * 1024;

std::vector<std::string_view> field_types() {
  std::vector<std::string_view> words;
  for (int type = 0; type <= static_cast<int>(last_field_type); ++type)
    words.push_back(to_string(static_cast<FieldType>(type)));
  return words;
}

json::object rules() {
  return list_of(
      map_of({{"rule", true,
               described("条件，CEL 的子集：has(字段)、==、!=、<、in、size()、date()、&&、||、!。",
                         "The condition, a subset of CEL: has(field), ==, !=, <, in, size(), date(), &&, ||, !.",
                         text(paragraph))},
              {"else", true,
               described("条件不成立时告诉办理人的话。", "What the person is told when it does not hold.",
                         texts(sentence))}}));
}

json::object place() {
  const auto office = [] {
    return any_of(
        {one_of_words({student_school, initiator_office}), matching("^field [a-z][a-z0-9_]*$", {"field new_school"})});
  };
  return any_of(
      {office(), map_of({{"office", true, described("哪个机构。", "Which office it is.", office())},
                         {"title", false, described("给人看的名称。", "What people read.", texts(short_text))}})});
}

json::object applies() {
  json::object code =
      any_of({matching("^[1-9][0-9]0000$", {"440000"}),
              {{"type", "integer"}, {"minimum", 100'000}, {"maximum", 990'000}, {"multipleOf", 10'000}}});
  return map_of(
      {{"place", true,
        described("看哪个机构所在的省份与学段。", "The place whose province and stage are asked.",
                  matching("^(student\\.school|initiator\\.office|[a-z][a-z0-9_]*)$", {"receiving"}))},
       {"provinces", true, described("省级行政区划代码。", "Division codes of provinces.", list_of(std::move(code)))},
       {"within", false,
        described("双方学校的共同上级不高于此级。",
                  "The lowest office above both schools stands at this level or below.",
                  one_of_words({"county", "prefecture", "province", "nation"}))},
       {"stages", false,
        described("学校的学段。", "The stages that the school stands for.",
                  list_of(one_of_words({stage_words.begin(), stage_words.end()})))}});
}

/// What two records have alike for the machine to open a request about them.
json::object pair_rule() {
  const auto members = member_paths();
  return map_of({{"pair of students", true,
                  described("两条学籍哪几项相同，至少有姓名与出生日期。",
                            "What the two records have alike; name and birth date at least.",
                            list_of(one_of_words({members.begin(), members.end()})))},
                 {"where", false, described("还须符合的条件。", "What must hold of both beside it.", text(sentence))}});
}

json::object windows() {
  const json::object one = any_of(
      {text(short_text), map_of({{"name", true, described("日历中的时段。", "Which window it is.", text(short_text))},
                                 {"when", true,
                                  described("只对符合此条件的学生与机构有效。", "It counts only where this holds.",
                                            text(static_cast<std::int64_t>(guard_bytes_max)))}})});
  return any_of({one, list_of(one)});
}

json::object closing() {
  return map_of({{"on", true,
                  described("何时：“window 时段 closes”。", "When: `window NAME closes`.",
                            matching("^window +[a-z0-9-]+ +closes$", {"window graduating-work closes"}))},
                 {"when", false,
                  described("只对符合此条件的学生与机构有效。", "It counts only where this holds.",
                            text(static_cast<std::int64_t>(guard_bytes_max)))},
                 {"to", true,
                  described("到哪个终点：cancelled 或 expired，无变更。",
                            "The end that it comes to: cancelled or expired, without effects.", text(short_text))}});
}

json::object open() {
  return map_of(
      {{"on", false,
        described("由系统发现后立案，by 的岗位填报；仅用于两条学籍。",
                  "The machine opens it when it finds such a pair, and the post of `by` fills it in.", pair_rule())},
       {"by", true, described("谁可以申请：“角色 at 机构”。", "Who may open it: `ROLE at OFFICE`.", opener())},
       {"when", false, described("对学生及双方机构的要求。", "Rules about the student and the offices.", rules())},
       {"window", false,
        described("日历中的受理时段，可列多个；时段外不得开始。附条件的与列表属格式 2。",
                  "Entries of the calendar outside which nobody may start; a list and conditions are format 2.",
                  windows())}});
}

/// What a row is filled in with: any field but those that stand for something outside of it.
json::object inner_field() {
  std::vector<std::string_view> types = field_types();
  std::erase_if(types, [](std::string_view word) {
    return word == "rows" || word == "subject" || word == "office" || word == "school";
  });
  return map_of(
      {{"type", true, described("字段类型。", "What is filled in.", one_of_words(types))},
       {"title", true, described("字段名称。", "What stands above it.", texts(short_text))},
       {"help", false, described("填写说明。", "An explanation for whoever fills it in.", texts(help_text))},
       {"required", false, described("每行必填。", "It may be empty in no row.", {{"type", "boolean"}})},
       {"max", false, described("最多字数，仅 text。", "The most characters, for text.", whole_number(1, text_field))},
       {"choices", false,
        described("可选项，仅 choice。", "What may be chosen, for choice.", map_by_key(texts(short_text)))}});
}

json::object offer() {
  return any_of(
      {text(short_text), map_of({{"business", true, described("业务的 key。", "The business's key.", text(short_text))},
                                 {"when", false,
                                  described("只看这一行的条件；不写则每行都有。",
                                            "A condition on the row alone; every row where left out.",
                                            text(static_cast<std::int64_t>(guard_bytes_max)))}})});
}

json::object field() {
  const auto members = member_paths();
  json::object schema = map_of(
      {{"type", true, described("字段类型。", "What is filled in.", one_of_words(field_types()))},
       {"title", true, described("字段名称。", "What stands beside it.", texts(short_text))},
       {"help", false, described("填写说明。", "An explanation for whoever fills it in.", texts(help_text))},
       {"required", false, described("必填。", "It may not be left empty.", {{"type", "boolean"}})},
       {"each", false,
        described("逐名学生填写，各有其值；仅用于一批学生，属格式 2。",
                  "Each student of a batch has a value of their own; format 2.", {{"type", "boolean"}})},
       {"max", false, described("最多字数，仅 text。", "The most characters, for text.", whole_number(1, text_field))},
       {"choices", false,
        described("可选项，仅 choice。", "What may be chosen, for choice.", map_by_key(texts(short_text)))},
       {"changes", false,
        described("办结时改变学籍的哪一项。", "The member of the student that the end sets.",
                  one_of_words({members.begin(), members.end()}))},
       {"rows", false,
        described("每行填写的字段，仅 rows，属格式 2。", "What each row is filled in with, for rows; format 2.",
                  map_by_key(inner_field()))},
       {"at_most", false,
        described("最多几行，仅 rows。", "How many rows there may be, for rows.", whole_number(1, rows_max))},
       {"offers", false,
        described("各行可由此发起的业务，按顺序取第一个符合条件的，仅 rows。",
                  "The business that a row lets people begin, the first whose condition holds, for rows.",
                  any_of({offer(), list_of(offer())}))}});
  schema["allOf"] = {
      {{"if", {{"properties", {{"type", {{"const", "rows"}}}}}}},
       {"then", {{"required", json::array{"rows", "at_most"}}}},
       {"else", {{"properties", {{"rows", false}, {"at_most", false}, {"offers", false}}}}}},
      {{"if", {{"properties", {{"type", {{"const", "choice"}}}}}}},
       {"then", {{"required", json::array{"choices"}}}},
       {"else", {{"properties", {{"choices", false}}}}}},
      {{"if", {{"properties", {{"type", {{"const", "text"}}}}}}}, {"else", {{"properties", {{"max", false}}}}}}};
  return schema;
}

json::object evidence() {
  return map_of(
      {{"title", true, described("材料名称。", "What it is called.", texts(short_text))},
       {"count", true,
        described("份数，如 1..6。", "How many files, like 1..6.",
                  any_of({matching("^[0-9]{1,3}(\\.\\.[0-9]{1,3})?$", {"1..6", "0..6"}), whole_number(1, 100)}))},
       {"media", false,
        described("接受的格式。", "The formats that are taken.",
                  list_of(one_of_words({"image/jpeg", "image/png", "application/pdf"})))},
       {"max_bytes", false,
        described("每个文件的上限（字节）。", "The most bytes of a file.", whole_number(1, file_bytes))},
       {"when", false,
        described("成立时才要求最少份数。", "The condition without which the lower count does not bind.",
                  text(paragraph))}});
}

json::object separation() {
  return list_of(map_of({{"decides", false,
                          described("不得审批自己提交的申请。", "Nobody decides what they submitted.",
                                    one_of_words({"nobody their own submission"}))},
                         {"different people", false,
                          described("这些环节须由不同的人办理。", "No person decides in two of these states.",
                                    list_of(text(short_text)))}}));
}

json::object staffing() {
  json::object persons{{"type", "object"},
                       {"patternProperties",
                        {{"^(default|(registrar|head|reviewer|approver|admin) at "
                          "(ministry|province|prefecture|county|township|school))$",
                          whole_number(0, persons_max)}}},
                       {"additionalProperties", false}};
  return map_of({{"persons", false,
                  described("每个岗位至少有几人；default 为其余岗位。",
                            "How many people a post has at least; default is for all others.", std::move(persons))},
                 {"same_person", false,
                  described("可由同一人担任的角色。", "Roles that one person may hold at one office.",
                            list_of(list_of(one_of_words({role_words.begin(), role_words.end()}))))}});
}

json::object inform() {
  return list_of(map_of(
      {{"on", true,
        described("操作、结果、suspect 或 overdue。", "An action, an outcome, suspect or overdue.", text(short_text))},
       {"who", true,
        described("告知谁：initiator 或“角色 at 机构”。", "Who is told: initiator, or ROLE at OFFICE.",
                  list_of(any_of({one_of_words({"initiator"}), told()})))}}));
}

json::object remind() {
  const auto members = student_members();
  std::vector<std::string> dates;
  for (const Member& member : members)
    if (member.type == MemberType::date) dates.push_back(member.path());
  return list_of(
      map_of({{"of", true,
               described("办结时写入学籍的哪个日期。", "The date that a completed request leaves in the record.",
                         one_of_words({dates.begin(), dates.end()}))},
              {"before", true,
               described("提前多少个工作日；0 为当日。", "How long before it; 0 is that day.",
                         matching("^(0|[1-9][0-9]{0,2}) +working +days?$", {"15 working days", "0 working days"}))},
              {"to", true,
               described("告知谁，以当日学生所在学校为准。", "Who is told, at the offices of that day.", actor())}}));
}

json::object subject() {
  return any_of(
      {one_of_words({"student"}),
       map_of({{"students of", true,
                described("哪所学校的学生。", "Whose students they are.", one_of_words({initiator_office}))},
               {"at_most", true, described("最多几名。", "How many they may be.", whole_number(1, subjects_max))},
               {"where", false,
                described("未指明学生时，由系统选出符合此条件的学生。",
                          "Whom the server chooses where the request names nobody.", text(sentence))},
               {"eligible", false,
                described("每名学生须符合的条件；不符合的移出此件并写明原因。",
                          "Rules about each student; who does not meet one is set aside and told why.", rules())}}),
       map_of({{"students", true,
                described("两条可能属于同一人的学籍。", "Two records that may be one student's.", {{"const", 2}})}})});
}

json::object once_per() {
  std::vector<std::string_view> words{"student", "school year", student_school, initiator_office, stage_path};
  const auto members = member_paths();
  words.insert(words.end(), members.begin(), members.end());
  json::object terms = list_of(any_of({one_of_words(words), matching("^[a-z][a-z0-9_]*$", {"receiving"})}));
  terms["maxItems"] = once_terms_max;
  return terms;
}

json::object migrate() {
  return list_of(map_of(
      {{"from", true, described("旧版本号。", "The older version.", whole_number(1, any_version))},
       {"states", false, described("旧环节: 新环节。", "State there: state here.", map_by_key(text(short_text)))},
       {"otherwise", true,
        described("其他环节的申请：留在旧版本，或到同名环节。",
                  "Requests in other states stay, or come to the same state.", one_of_words({"stay", "same state"}))},
       {"lost", false,
        described("新版没有的项目与材料：有则留在旧版本，或不再保留，或随件保留。",
                  "What becomes of values and files that this version has no place for: a request that has some stays, "
                  "they leave it, or they are kept.",
                  one_of_words({"stay", "drop", "keep"}))}}));
}

}  // namespace

json::object definition_schema() {
  json::object schema = heading("xueji definition", "一项业务的流程定义。", "The definition of one business.");
  json::object body = map_of(
      {{"format", true,
        described("语言版本，1 或 2。", "The language's version, 1 or 2.", {{"enum", json::array{1, 2}}})},
       {"key", true,
        described("程序所用的业务名，永不改变。", "The business's name for programs; it never changes.",
                  matching(word_pattern, {"key-information-change"}))},
       {"variant", false,
        described("地方版本的名称；国家版本不写。属格式 2。",
                  "The variant's name; none for the national file. Format 2.",
                  matching(word_pattern, {"guangdong-senior"}))},
       {"version", true, described("每次修改都要加一。", "Raise it with every change.", whole_number(1, any_version))},
       {"retired", false,
        described("停办：不再受理新的申请，已受理的照常办理。",
                  "Nobody may begin one any more; what began before goes on.", {{"type", "boolean"}})},
       {"title", true, described("业务名称。", "What people read.", texts(short_text))},
       {"description", false,
        described("给选择业务的人看的说明。", "A sentence or two for those who choose.", texts(paragraph))},
       {"source", true, described("所依据的规定。", "The rule that it comes from.", text(sentence))},
       {"subject", true,
        described("申请针对一名学生，或本校的多名学生，或两条学籍（后二者属格式 2）。",
                  "A request is about one student, several of the school that opens it, or two records (format 2).",
                  subject())},
       {"places", false,
        described("参与办理的机构，由作者命名；属格式 2。",
                  "The offices that take part, by the author's words; format 2.", map_by_key(place()))},
       {"applies", false,
        described("地方版本适用的范围，与 variant 同写；属格式 2。",
                  "Where the variant stands in place of the national file; goes with `variant`. Format 2.", applies())},
       {"open", true, described("谁可以申请，何时可以。", "Who may open it, and when.", open())},
       {"lock", false,
        described("从何时起使该生不能办理其他业务；不写则自发起时起，外校发起的自提交时起。属格式 2。",
                  "From when on it keeps the student from other business; where left out from its opening, another "
                  "school's from its submission. Format 2.",
                  one_of_words({to_string(Lock::none), to_string(Lock::from_opening), to_string(Lock::from_submission),
                                to_string(Lock::when_free)}))},
       {"once_per", false,
        described("对哪些相同者只办理一次：学生、学年、机构或学籍的某项。属格式 2。",
                  "What it is done once for: the student, the school year, a place, a member of the record. Format 2.",
                  once_per())},
       {"fields", false, described("表单的字段。", "The fields of the form.", map_by_key(field()))},
       {"require", false,
        described("整张表单须满足的条件，每次提交时检查。", "Rules of the whole form, tried on every submission.",
                  rules())},
       {"evidence", false, described("须上传的材料。", "What must be attached.", map_by_key(evidence()))},
       {"states", true,
        described("环节，按办理顺序；第一个是填报。",
                  "The states in the order of the procedure; the first is the draft.", map_by_key(reference("state")))},
       {"anywhere", false,
        described("在某环节之前随处可用的操作。", "Actions of every state before a certain one.",
                  map_by_key(reference("action_anywhere")))},
       {"separation", false, described("职责分离。", "Separation of duties.", separation())},
       {"staffing", false, described("流程所依靠的人手。", "How many people the procedure counts on.", staffing())},
       {"inform", false, described("另外告知谁。", "Who is told, beside the next office.", inform())},
       {"close", false,
        described("时段结束时，未办结的申请到此终止；属格式 2。",
                  "What is unfinished when a window closes comes to this end; format 2.", closing())},
       {"remind", false,
        described("办结写入学籍的日期将到时提醒谁；属格式 2。",
                  "Who is reminded before a date that a completed request left in the record; format 2.", remind())},
       {"always", false,
        described("必须始终成立的事，由 xueji check 证明。", "What must always hold; xueji check proves it.",
                  list_of(text(sentence)))},
       {"migrate", false,
        described("旧版本上的在办申请如何转入本版本。", "How live requests of an older version come over.",
                  migrate())}});
  for (auto& each : body) schema.insert_or_assign(each.key(), std::move(each.value()));
  schema["dependentRequired"] = {{"variant", json::array{"applies"}}, {"applies", json::array{"variant"}}};
  schema["$defs"] = state_definitions(rules());
  return schema;
}

}  // namespace xueji::schema
