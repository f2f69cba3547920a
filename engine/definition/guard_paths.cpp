#include "engine/definition/guard_paths.hpp"

#include <algorithm>
#include <charconv>

#include "engine/authority/stage.hpp"
#include "engine/registry/members.hpp"
#include "engine/registry/titles.hpp"

namespace xueji {
namespace {

using PathTable = std::map<std::string, PathInfo, std::less<>>;

std::map<std::string, Text> status_words() {
  std::map<std::string, Text> words;
  for (const auto word : words_of(MemberType::status)) words.emplace(word, title_of(*parse_student_status(word)));
  return words;
}

std::map<std::string, Text> sex_words() {
  std::map<std::string, Text> words;
  for (const auto word : words_of(MemberType::sex)) words.emplace(word, title_of(*parse_sex(word)));
  return words;
}

std::map<std::string, Text> words_of_stages() {
  std::map<std::string, Text> words;
  for (const auto word : stage_words) words.emplace(word, title_of(*parse_stage(word)));
  return words;
}

std::map<std::string, Text> words_of_grades() {
  std::map<std::string, Text> words;
  for (const auto grade : grade_words) words.emplace(grade, title_of_grade(grade));
  return words;
}

PathInfo path_info(const Member& member) {
  PathInfo info{member.type == MemberType::date ? GuardType::date : GuardType::text, member.present_title(), {}};
  if (member.type == MemberType::status) info.words = status_words();
  if (member.type == MemberType::sex) info.words = sex_words();
  return info;
}

const PathTable& student_paths() {
  static const PathTable paths = [] {
    PathTable table{
        {std::string(g_numbers_path), {GuardType::text_list, {"现用 G 字头学籍号", "the current G numbers"}, {}}},
        {std::string(j_numbers_path), {GuardType::text_list, {"现用 J 字头学籍号", "the current J numbers"}, {}}},
        {std::string(numbers_path), {GuardType::text_list, {"现用学籍号", "the current numbers"}, {}}},
        {std::string(g_number_of_id_path),
         {GuardType::text, {"由身份证件号码生成的 G 号", "the G number of the ID number"}, {}}},
        {std::string(stage_path), {GuardType::text, {"学段", "The stage"}, words_of_stages()}},
        {std::string(graduating_path), {GuardType::boolean, {"毕业年级", "The last grade of its stage"}, {}}},
        {std::string(wrong_data_path), {GuardType::boolean, {"学籍信息有误", "Wrong data in the record"}, {}}}};
    for (const Member& member : student_members()) table.emplace(member.path(), path_info(member));
    return table;
  }();
  return paths;
}

constexpr std::string_view of_student = "student.", of_students = "students.";

const PathTable& pair_paths() {
  static const PathTable paths = [] {
    PathTable table;
    for (const int ordinal : {1, 2})
      for (const auto& [path, info] : student_paths()) {
        PathInfo of_each = info;
        const std::string number = std::to_string(ordinal);
        of_each.title = {"第 " + number + " 条学籍的" + info.title.zh, "Record " + number + ": " + info.title.en};
        table.emplace(pair_path_of(ordinal, path), std::move(of_each));
      }
    return table;
  }();
  return paths;
}

const PathTable& paths_of_subject(SubjectRule::Kind subject) {
  return subject == SubjectRule::Kind::pair ? pair_paths() : student_paths();
}

const PathTable& request_paths() {
  static const PathTable paths{{"request.round", {GuardType::integer, {"提交次数", "The number of submissions"}, {}}},
                               {"comment", {GuardType::text, {"意见", "The comment"}, {}}}};
  return paths;
}

const PathInfo& opened_from_info() {
  static const PathInfo info{GuardType::text, {"发起此件的业务", "The business that opened it"}, {}};
  return info;
}

constexpr std::string_view authority_step = "authority", stages_step = "stages", grades_step = "grades";

Text title_of_step(const Text& place, std::string_view step) {
  if (step.empty()) return place;
  const auto level = parse_level(step);
  if (!level) return {place.zh + "的主管部门", place.en + ": its authority"};
  return {place.zh + "所属" + title_of(*level).zh, place.en + ": its " + title_of(*level).en};
}

PathInfo taught_info(const TaughtPath& taught, const Text& place, std::string read) {
  if (taught.grades)
    return {GuardType::text_list, {place.zh + "的年级", place.en + ": its grades"}, words_of_grades(), std::move(read)};
  return {GuardType::text_list, {place.zh + "的学段", place.en + ": its stages"}, words_of_stages(), std::move(read)};
}

/// The office, or what it teaches, that a path beginning with that word means; nothing for another path.
std::optional<PathInfo> of_place(std::string_view word, std::string_view place, const Text& title,
                                 std::string_view path) {
  if (!path.starts_with(word)) return std::nullopt;
  const std::string read = std::string(place) + std::string(path.substr(word.size()));
  if (const auto taught = taught_path(read)) return taught_info(*taught, title, read);
  const auto found = office_path(read);
  if (!found) return std::nullopt;
  return PathInfo{GuardType::office, title_of_step(title, found->step), {}, read};
}

/// A pair's students may be at two schools: there is no one office of the student's.
std::vector<NamedPlace> places_in_guards(const Definition& definition) {
  std::vector<NamedPlace> places;
  for (const auto place : {student_school, initiator_office})
    places.push_back({std::string(place), std::string(place), title_of_place(place), {}});
  places.insert(places.end(), definition.places.begin(), definition.places.end());
  if (definition.subject.kind == SubjectRule::Kind::pair)
    std::erase_if(places, [](const NamedPlace& each) { return each.place == student_school; });
  return places;
}

std::optional<PathInfo> place_info(const std::vector<NamedPlace>& places, std::string_view path) {
  for (const NamedPlace& each : places)
    if (auto info = of_place(each.word, each.place, each.title, path)) return info;
  return std::nullopt;
}

void add_offices(std::vector<std::string>& known, const std::vector<NamedPlace>& places) {
  for (const NamedPlace& each : places) {
    const std::string& word = each.word;
    known.push_back(word);
    known.push_back(word + "." + std::string(authority_step));
    for (const auto level : level_words) known.push_back(word + "." + std::string(level));
  }
}

std::optional<PathInfo> find_in(const PathTable& table, std::string_view path) {
  const auto found = table.find(path);
  if (found == table.end()) return std::nullopt;
  return found->second;
}

}  // namespace

PathInfo path_info(const Field& field) {
  const GuardType type = field.type == FieldType::date   ? GuardType::date
                         : field.type == FieldType::rows ? GuardType::rows
                                                         : GuardType::text;
  PathInfo info{type, field.title, {}};
  if (field.type == FieldType::status) info.words = status_words();
  for (const auto& choice : field.choices) info.words.emplace(choice.key, choice.title);
  return info;
}

GuardPaths guard_paths(GuardScope scope, const std::vector<Field>& fields, SubjectRule::Kind subject) {
  GuardPaths paths;
  if (scope != GuardScope::opening)
    for (const auto& field : fields) paths.known.push_back(field.key);
  for (const auto& [path, info] : paths_of_subject(subject)) paths.known.push_back(path);
  if (scope == GuardScope::action)
    for (const auto& [path, info] : request_paths()) paths.known.push_back(path);
  if (scope == GuardScope::opening) paths.known.emplace_back(opened_from_path);
  paths.types = [scope, &fields, subject](std::string_view path) -> std::optional<PathInfo> {
    if (const auto found = find_in(paths_of_subject(subject), path)) return found;
    if (scope == GuardScope::opening)
      return path == opened_from_path ? std::optional(opened_from_info()) : std::nullopt;
    if (const Field* field = field_at(fields, path)) return path_info(*field);
    return scope == GuardScope::action ? find_in(request_paths(), path) : std::nullopt;
  };
  return paths;
}

GuardPaths guard_paths(GuardScope scope, const Definition& definition) {
  const bool offices = scope != GuardScope::form && scope != GuardScope::action;
  if (definition.format < 2 || !offices) return guard_paths(scope, definition.fields, definition.subject.kind);
  GuardPaths others, paths;
  if (scope != GuardScope::places) others = guard_paths(scope, definition.fields, definition.subject.kind);
  paths.known = others.known;
  auto places = places_in_guards(definition);
  add_offices(paths.known, places);
  const bool taught = scope != GuardScope::places;
  if (taught)
    for (const NamedPlace& each : places)
      for (const auto step : {stages_step, grades_step}) paths.known.push_back(each.word + "." + std::string(step));
  paths.types = [others = others.types, places = std::move(places),
                 taught](std::string_view path) -> std::optional<PathInfo> {
    if (auto info = place_info(places, path); info && (taught || info->type == GuardType::office)) return info;
    return others ? others(path) : std::nullopt;
  };
  return paths;
}

std::optional<PairPath> pair_path(std::string_view path) {
  constexpr auto ordinal_at = of_students.size();
  if (!path.starts_with(of_students) || path.size() < ordinal_at + 3 || path[ordinal_at + 1] != '.')
    return std::nullopt;
  const char ordinal = path[ordinal_at];
  if (ordinal != '1' && ordinal != '2') return std::nullopt;
  return PairPath{ordinal - '0', std::string(of_student) + std::string(path.substr(ordinal_at + 2))};
}

std::string pair_path_of(int ordinal, std::string_view of_one) {
  return std::string(of_students) + std::to_string(ordinal) + '.' + std::string(of_one.substr(of_student.size()));
}

std::string path_of_one(std::string_view path) {
  const auto of_pair = pair_path(path);
  return of_pair ? of_pair->of_one : std::string(path);
}

std::optional<RowPath> row_path(std::string_view path) {
  const auto begin = path.find('[');
  const auto end = path.find("].");
  if (begin == path.npos || end == path.npos || end < begin) return std::nullopt;
  std::size_t row = 0;
  std::from_chars(path.data() + begin + 1, path.data() + end, row);
  return RowPath{std::string(path.substr(0, begin)), std::string(path.substr(end + 2)), row};
}

std::string row_path_of(std::string_view field, std::string_view inner, std::size_t row) {
  std::string path(field);
  return path.append("[").append(row == 0 ? std::string() : std::to_string(row)).append("].").append(inner);
}

const Field* field_at(const std::vector<Field>& fields, std::string_view path) {
  const auto in_row = row_path(path);
  const std::string_view key = in_row ? std::string_view(in_row->field) : path;
  const auto field = std::find_if(fields.begin(), fields.end(), [&](const Field& each) { return each.key == key; });
  if (field == fields.end()) return nullptr;
  return in_row ? field->inner(in_row->inner) : &*field;
}

GuardPaths paths_of_row(const Field& rows) {
  GuardPaths paths;
  for (const Field& field : rows.row) paths.known.push_back(field.key);
  paths.types = [&rows](std::string_view path) -> std::optional<PathInfo> {
    const Field* field = rows.inner(path);
    return field ? std::optional(path_info(*field)) : std::nullopt;
  };
  return paths;
}

std::optional<TaughtPath> taught_path(std::string_view path) {
  for (const auto place : places_of_requests) {
    if (!path.starts_with(place) || path.size() == place.size() || path[place.size()] != '.') continue;
    const auto step = path.substr(place.size() + 1);
    if (step == stages_step || step == grades_step) return TaughtPath{place, step == grades_step};
  }
  return std::nullopt;
}

std::optional<OfficePath> office_path(std::string_view path) {
  for (const auto place : places_of_requests) {
    if (path == place) return OfficePath{place, {}};
    if (!path.starts_with(place) || path[place.size()] != '.') continue;
    const auto step = path.substr(place.size() + 1);
    if (step == authority_step || parse_level(step)) return OfficePath{place, step};
  }
  return std::nullopt;
}

bool reads_records(const Guard& guard) {
  return std::any_of(guard.paths().begin(), guard.paths().end(), [](const std::string& path) {
    return path_of_one(path).starts_with("student.") && !office_path(path) && !taught_path(path);
  });
}

}  // namespace xueji
