#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/guard_lexer.hpp"
#include "engine/definition/guard_node.hpp"
#include "engine/definition/guard_paths.hpp"

namespace xueji {
namespace {

std::string_view name_of(GuardType type) {
  switch (type) {
    case GuardType::boolean:
      return "true or false";
    case GuardType::integer:
      return "a number";
    case GuardType::text:
      return "a text";
    case GuardType::date:
      return "a date";
    case GuardType::text_list:
      return "a list of texts";
    case GuardType::office:
      return "an office";
    case GuardType::rows:
      return "a field of rows";
  }
  return "";
}

constexpr std::array<std::pair<std::string_view, GuardComparison>, 6> comparisons{{{"==", GuardComparison::equal},
                                                                                   {"!=", GuardComparison::unequal},
                                                                                   {"<", GuardComparison::less},
                                                                                   {"<=", GuardComparison::at_most},
                                                                                   {">", GuardComparison::greater},
                                                                                   {">=", GuardComparison::at_least}}};

constexpr std::string_view student_name = "student.name";

bool is_order(GuardComparison comparison) {
  return comparison != GuardComparison::equal && comparison != GuardComparison::unequal;
}

}  // namespace

/// Recursive descent; the first fault ends it, as an exception that does not leave parse_guard().
struct GuardParser {
  const PathTypes& types;
  const std::vector<std::string>& known_paths;
  std::vector<GuardToken> tokens;
  std::size_t at = 0;
  int depth = 0;
  std::vector<std::string> paths;
  int each = 0;        ///< within `all(students, …)` whose turn it is; `student.…` is that one's
  std::string rows{};  ///< within `all(findings, …)` these; `note` is what each holds there

  struct Deeper {
    GuardParser& parser;
    explicit Deeper(GuardParser& owner) : parser(owner) {
      if (++parser.depth > guard_depth_max)
        fail(parser.next().offset, fmt::format("this condition is nested deeper than {} levels", guard_depth_max),
             "split it into several rules");
    }
    ~Deeper() { --parser.depth; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;
  };

  [[noreturn]] static void fail(std::size_t offset, std::string what, std::string advice) {
    throw GuardFault{offset, std::move(what), std::move(advice)};
  }

  const GuardToken& next() const { return tokens[at]; }
  bool next_is(GuardTokenKind kind, std::string_view word) const { return next().kind == kind && next().word == word; }
  bool take_sign(std::string_view sign) {
    if (!next_is(GuardTokenKind::sign, sign)) return false;
    ++at;
    return true;
  }
  void expect_sign(std::string_view sign, std::string_view after) {
    if (!take_sign(sign))
      fail(next().offset, fmt::format("a `{}` is missing here", sign), fmt::format("put `{}` {}", sign, after));
  }

  GuardNode condition_from(GuardNode node) const {
    if (!node.is_operand()) return node;
    if (node.kind == GuardKind::path && node.type == GuardType::boolean) {
      GuardNode literal{GuardKind::literal, GuardType::boolean, {}, true, {}, {}, {}, node.offset};
      const auto offset = node.offset;
      GuardNode wrapped{GuardKind::comparison, GuardType::boolean, GuardComparison::equal, {}, {}, {}, {}, offset};
      wrapped.parts = {std::move(node), std::move(literal)};
      return wrapped;
    }
    if (node.kind == GuardKind::literal)
      fail(node.offset, "a fixed value alone is no condition", "compare a field with it");
    fail(node.offset, fmt::format("{} alone is no condition", name_of(node.type)),
         node.kind == GuardKind::path ? fmt::format("compare `{0}` with something, or ask has({0})",
                                                    row_path(node.path) ? word_at(node.offset) : node.path)
                                      : "compare it with a number");
  }

  GuardNode parse_chain(GuardKind kind, std::string_view sign) {
    const auto part = [&] {
      return kind == GuardKind::any_of ? parse_chain(GuardKind::all_of, "&&") : parse_relation();
    };
    GuardNode first = part();
    if (!next_is(GuardTokenKind::sign, sign)) return first;
    GuardNode chain{kind, GuardType::boolean, {}, {}, {}, {}, {}, first.offset};
    chain.parts.push_back(condition_from(std::move(first)));
    while (take_sign(sign)) chain.parts.push_back(condition_from(part()));
    return chain;
  }

  GuardNode parse_expression() {
    const Deeper deeper{*this};
    return parse_chain(GuardKind::any_of, "||");
  }

  GuardNode parse_relation() {
    GuardNode left = parse_unary();
    if (next_is(GuardTokenKind::name, "in")) {
      ++at;
      return membership(std::move(left), parse_unary());
    }
    const auto found = next().kind == GuardTokenKind::sign
                           ? std::find_if(comparisons.begin(), comparisons.end(),
                                          [&](const auto& entry) { return entry.first == next().word; })
                           : comparisons.end();
    if (found == comparisons.end()) return left;
    const auto offset = next().offset;
    ++at;
    return comparison(found->second, offset, std::move(left), parse_unary());
  }

  static void require_operand(const GuardNode& node) {
    if (!node.is_operand())
      fail(node.offset, "a condition cannot be compared with something", "join conditions with `&&` and `||`");
  }

  /// As the author wrote it.
  const std::string& word_at(std::size_t offset) const {
    return std::find_if(tokens.begin(), tokens.end(), [&](const GuardToken& each) { return each.offset == offset; })
        ->word;
  }
  const std::string& as_written(const GuardNode& path) const {
    return path.info.reads.empty() && !row_path(path.path) ? path.path : word_at(path.offset);
  }

  /// Two that have words of their own, and none in common.
  void check_words_meet(const GuardNode& one, const GuardNode& other) const {
    const auto &words = one.info.words, &others = other.info.words;
    if (words.empty() || others.empty() ||
        std::any_of(words.begin(), words.end(), [&](const auto& each) { return others.contains(each.first); }))
      return;
    fail(one.offset, fmt::format("`{}` is never one of `{}`", as_written(one), as_written(other)),
         "compare values of one kind");
  }

  void check_word(const GuardNode& path, const GuardNode& literal) const {
    if (literal.kind != GuardKind::literal || literal.type == GuardType::text_list) return;
    check_one_word(path, std::get<std::string>(literal.value), literal.offset);
  }

  void check_one_word(const GuardNode& path, const std::string& word, std::size_t offset) const {
    if (word.empty()) fail(offset, "an empty text never equals a field", "ask has(field) or !has(field)");
    if (path.info.words.empty() || path.info.words.contains(word)) return;
    std::vector<std::string_view> words;
    for (const auto& [each, text] : path.info.words) words.push_back(each);
    const auto meant = nearest(word, words);
    fail(offset, fmt::format("`{}` is never \"{}\"", as_written(path), word),
         meant.empty() ? fmt::format("its values are: {}", fmt::join(words, ", "))
                       : fmt::format("did you mean \"{}\"?", meant));
  }

  GuardNode comparison(GuardComparison how, std::size_t offset, GuardNode left, GuardNode right) const {
    require_operand(left);
    require_operand(right);
    if (left.kind == GuardKind::literal && right.kind == GuardKind::literal)
      fail(left.offset, "this compares two fixed values", "name a field on one side");
    if (left.type != right.type)
      fail(offset, fmt::format("{} cannot be compared with {}", name_of(left.type), name_of(right.type)),
           right.type == GuardType::text_list ? "use `in` to look into a list" : "compare values of one type");
    if (left.type == GuardType::text_list) fail(offset, "lists cannot be compared", "use `in` or size(list)");
    if (left.type == GuardType::rows)
      fail(offset, "rows cannot be compared", "use any(rows, …), all(rows, …) or size(rows)");
    if (is_order(how) && left.type != GuardType::integer && left.type != GuardType::date)
      fail(offset, fmt::format("{} has no order", name_of(left.type)),
           "only numbers and dates are less or greater; use `==`, `!=` or `in`");
    if (left.type == GuardType::text) {
      check_word(left, right);
      check_word(right, left);
    }
    GuardNode node{GuardKind::comparison, GuardType::boolean, how, {}, {}, {}, {}, left.offset};
    node.parts.push_back(std::move(left));
    node.parts.push_back(std::move(right));
    return node;
  }

  GuardNode membership(GuardNode left, GuardNode right) const {
    require_operand(left);
    require_operand(right);
    if (left.type != GuardType::text)
      fail(left.offset, fmt::format("{} cannot be looked for in a list", name_of(left.type)), "lists hold texts");
    if (right.type != GuardType::text_list)
      fail(right.offset, fmt::format("after `in` stands {}, not a list", name_of(right.type)),
           right.type == GuardType::office
               ? fmt::format("what its school teaches is `{0}.stages` and `{0}.grades`", word_at(right.offset))
               : "write a list like [\"a\", \"b\"] or name a field that is a list");
    if (left.kind == GuardKind::literal && right.kind == GuardKind::literal)
      fail(left.offset, "this compares two fixed values", "name a field on one side");
    if (right.kind == GuardKind::literal)
      for (const auto& word : std::get<std::vector<std::string>>(right.value)) check_one_word(left, word, right.offset);
    check_word(right, left);
    check_words_meet(left, right);
    GuardNode node{GuardKind::membership, GuardType::boolean, {}, {}, {}, {}, {}, left.offset};
    node.parts.push_back(std::move(left));
    node.parts.push_back(std::move(right));
    return node;
  }

  GuardNode parse_unary() {
    const Deeper deeper{*this};
    const auto offset = next().offset;
    if (take_sign("!")) {
      GuardNode node{GuardKind::negation, GuardType::boolean, {}, {}, {}, {}, {}, offset};
      node.parts.push_back(condition_from(parse_unary()));
      return node;
    }
    if (take_sign("-")) {
      if (next().kind != GuardTokenKind::integer)
        fail(offset, "a minus must stand before a number", "write a number after it");
      GuardNode node = literal(-next().number, GuardType::integer);
      return node;
    }
    if (take_sign("(")) {
      GuardNode node = parse_expression();
      expect_sign(")", "after the part that `(` began");
      return node;
    }
    if (next_is(GuardTokenKind::sign, "[")) return parse_list();
    return parse_primary();
  }

  GuardNode literal(GuardValue value, GuardType type) {
    GuardNode node{GuardKind::literal, type, {}, std::move(value), {}, {}, {}, next().offset};
    ++at;
    return node;
  }

  GuardNode parse_list() {
    const auto offset = next().offset;
    ++at;
    std::vector<std::string> items;
    do {
      if (next().kind != GuardTokenKind::text)
        fail(next().offset, "a list holds texts between quotes", "write it like [\"in_school\", \"suspended\"]");
      items.push_back(next().word);
      ++at;
    } while (take_sign(","));
    expect_sign("]", "after the last text of the list");
    return {GuardKind::literal, GuardType::text_list, {}, std::move(items), {}, {}, {}, offset};
  }

  GuardNode parse_primary() {
    const GuardToken& token = next();
    if (token.kind == GuardTokenKind::text) return literal(token.word, GuardType::text);
    if (token.kind == GuardTokenKind::integer) return literal(token.number, GuardType::integer);
    if (token.kind == GuardTokenKind::end)
      fail(token.offset, "the condition ends too early", "add a field, a value or another condition");
    if (token.kind == GuardTokenKind::sign)
      fail(token.offset, fmt::format("`{}` cannot stand here", token.word),
           "a field, a value or another condition is wanted");
    if (token.word == "true" || token.word == "false") return literal(token.word == "true", GuardType::boolean);
    if (token.word == "null") fail(token.offset, "there is no `null`", "ask has(field) or !has(field)");
    if (token.word == "has" || token.word == "size" || token.word == "date") return parse_call();
    if (next_is_call_of("all") || next_is_call_of("any"))
      return next_is_over_rows() ? parse_over_rows() : parse_over_students();
    return parse_path();
  }

  bool next_is_call_of(std::string_view word) const {
    return next_is(GuardTokenKind::name, word) && tokens[at + 1].kind == GuardTokenKind::sign &&
           tokens[at + 1].word == "(";
  }

  /// What such a function asks about is a field of rows.
  bool next_is_over_rows() const {
    const GuardToken& over = tokens[at + 2];
    if (over.kind != GuardTokenKind::name) return false;
    const auto info = types(over.word);
    return info && info->type == GuardType::rows;
  }

  /// `all(findings, P)` is P of every row, `any(findings, P)` of at least one.
  GuardNode parse_over_rows() {
    const GuardToken function = next();
    if (each != 0 || !rows.empty())
      fail(function.offset, fmt::format("`{}` stands within another one", function.word),
           "join the two with `&&` or `||`");
    ++at;
    expect_sign("(", fmt::format("after `{}`", function.word));
    GuardNode node{function.word == "all" ? GuardKind::every_row : GuardKind::some_row,
                   GuardType::boolean,
                   {},
                   {},
                   {},
                   {},
                   {},
                   function.offset};
    node.parts.push_back(parse_path());
    expect_sign(",", fmt::format("after `{}`", node.parts[0].path));
    rows = node.parts[0].path;
    node.parts.push_back(condition_from(parse_expression()));
    rows.clear();
    expect_sign(")", fmt::format("at the end of `{}(`", function.word));
    return node;
  }

  /// `all(students, P)` is P of the first and P of the second; `any(students, P)` likewise.
  GuardNode parse_over_students() {
    const GuardToken function = next();
    if (each != 0 || !rows.empty())
      fail(function.offset, fmt::format("`{}` stands within another one", function.word),
           each != 0 ? "name the students, `students.1` and `students.2`" : "join the two with `&&` or `||`");
    if (!types(pair_path_of(1, student_name)))
      fail(function.offset,
           fmt::format("`{}` asks about a pair, and the request is not about two students", function.word),
           "write `subject: {students: 2}`, or ask about `student` or about a field of type rows");
    ++at;
    expect_sign("(", fmt::format("after `{}`", function.word));
    if (!next_is(GuardTokenKind::name, "students"))
      fail(next().offset, fmt::format("`{}` asks about `students`", function.word),
           fmt::format("write `{}(students, CONDITION)`", function.word));
    ++at;
    expect_sign(",", "after `students`");
    GuardNode node{function.word == "all" ? GuardKind::all_of : GuardKind::any_of,
                   GuardType::boolean,
                   {},
                   {},
                   {},
                   {},
                   {},
                   function.offset};
    const std::size_t begin = at;
    for (each = 1; each <= 2; ++each) {
      at = begin;
      node.parts.push_back(condition_from(parse_expression()));
    }
    each = 0;
    expect_sign(")", fmt::format("at the end of `{}(`", function.word));
    return node;
  }

  GuardNode parse_call() {
    const GuardToken function = next();
    ++at;
    expect_sign("(", fmt::format("after `{}`", function.word));
    GuardNode result = function.word == "date" ? parse_date_literal() : parse_field_call(function);
    result.offset = function.offset;
    expect_sign(")", fmt::format("at the end of `{}(`", function.word));
    return result;
  }

  GuardNode parse_date_literal() {
    const auto date = next().kind == GuardTokenKind::text ? parse_date(next().word) : std::nullopt;
    if (!date) fail(next().offset, "this is no date", "write it like date(\"2026-09-01\")");
    return literal(*date, GuardType::date);
  }

  GuardNode parse_field_call(const GuardToken& function) {
    if (next().kind != GuardTokenKind::name)
      fail(next().offset, fmt::format("`{}` asks about a field", function.word),
           fmt::format("name a field, like {}(new_name)", function.word));
    GuardNode path = parse_path();
    const bool asks_size = function.word == "size";
    if (asks_size && path.type != GuardType::text && path.type != GuardType::text_list && path.type != GuardType::rows)
      fail(path.offset, fmt::format("{} has no size", name_of(path.type)), "only texts and lists have one");
    GuardNode node{asks_size ? GuardKind::size : GuardKind::presence,
                   asks_size ? GuardType::integer : GuardType::boolean,
                   {},
                   {},
                   {},
                   {},
                   {},
                   path.offset};
    node.parts.push_back(std::move(path));
    return node;
  }

  /// Within a function that asks about several, what a word is of the one whose turn it is.
  std::string meant_by(const std::string& word) const {
    if (each != 0 && word.starts_with("student.")) return pair_path_of(each, word);
    if (rows.empty() || word.find('.') != word.npos) return word;
    std::string in_row = row_path_of(rows, word);
    return types(in_row) ? in_row : word;
  }

  GuardNode parse_path() {
    const GuardToken& token = next();
    const std::string word = meant_by(token.word);
    const auto info = types(word);
    if (!info) fail_unknown(token);
    const std::string& path = info->reads.empty() ? word : info->reads;
    if (std::find(paths.begin(), paths.end(), path) == paths.end()) paths.push_back(path);
    GuardNode node{GuardKind::path, info->type, {}, {}, path, *info, {}, token.offset};
    ++at;
    return node;
  }

  [[noreturn]] void fail_unknown(const GuardToken& token) const {
    if (tokens[at + 1].kind == GuardTokenKind::sign && tokens[at + 1].word == "(")
      fail(token.offset, fmt::format("there is no function `{}`", token.word),
           "the functions are has, size, date, all and any");
    if (token.word == "and" || token.word == "or" || token.word == "not")
      fail(token.offset, fmt::format("`{}` is no word of this language", token.word), "write `&&`, `||` or `!`");
    const auto meant = nearest(token.word, known_paths);
    fail(token.offset, fmt::format("there is no field `{}` here", token.word),
         meant.empty() ? fmt::format("the fields are: {}", fmt::join(known_paths, ", "))
                       : fmt::format("did you mean `{}`?", meant));
  }

  Guard parse(std::string_view source) {
    GuardNode root = condition_from(parse_expression());
    if (next().kind == GuardTokenKind::name && (next().word == "and" || next().word == "or")) fail_unknown(next());
    if (next().kind != GuardTokenKind::end)
      fail(next().offset, fmt::format("the condition should have ended before `{}`", next().word),
           "join conditions with `&&` and `||`");
    Guard guard;
    guard.source_ = source;
    guard.root_ = std::make_shared<const GuardNode>(std::move(root));
    guard.paths_ = std::move(paths);
    return guard;
  }
};

std::variant<Guard, GuardFault> parse_guard(std::string_view source, const PathTypes& types,
                                            const std::vector<std::string>& known_paths) {
  if (source.size() > guard_bytes_max)
    return GuardFault{0, fmt::format("this condition is longer than {} bytes", guard_bytes_max),
                      "split it into several rules"};
  auto tokens = lex_guard(source);
  if (auto* fault = std::get_if<GuardFault>(&tokens)) return std::move(*fault);
  GuardParser parser{types, known_paths, std::move(std::get<0>(tokens)), 0, 0, {}};
  try {
    return parser.parse(source);
  } catch (GuardFault& fault) {
    return std::move(fault);
  }
}

}  // namespace xueji
