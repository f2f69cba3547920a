#include "engine/verify/logic.hpp"

#include <fmt/format.h>
#include <z3++.h>

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "engine/base/text.hpp"
#include "engine/definition/guard_node.hpp"
#include "engine/definition/guard_paths.hpp"
#include "engine/verify/guard_trees.hpp"
#include "engine/verify/possible_values.hpp"

namespace xueji {
namespace {

/// Of Z3's steps, for one question and for all of a definition. The shipped definitions' questions take some thousands.
constexpr unsigned steps_max = 2'000'000, all_steps_max = 8'000'000;

}  // namespace

class Logic::Prover {
 public:
  explicit Prover(const Definition& definition)
      : definition_(definition),
        paths_(guard_paths(GuardScope::action, definition.fields, definition.subject.kind)),
        solver_(context_) {
    std::set<std::string> texts;
    for_each_guard(definition, [&](const Guard& guard) {
      if (guard.tree()) collect_texts(*guard.tree(), texts);
    });
    for (const std::string& path : paths_.known)
      if (const auto info = paths_.types(path))
        for (const auto& [word, title] : info->words) texts.insert(word);
    for (const Field& field : definition.fields) {
      for (const Field& inner : field.row)
        for (const auto& [word, title] : path_info(inner).words) texts.insert(word);
      if (field.type == FieldType::rows) count_rows(field);
    }
    texts.insert("deceased");
    std::erase_if(texts, [](const std::string& text) { return is_blank(text); });
    for (const std::string& text : texts) texts_.emplace(text, static_cast<int>(texts_.size()) + 1);
    terms_.push_back(context_.bool_val(true));
  }

  Term add(const z3::expr& expr) {
    const auto known = known_.find(expr.id());
    if (known != known_.end() && z3::eq(terms_[known->second], expr)) return known->second;
    terms_.push_back(expr);
    const auto term = static_cast<Term>(terms_.size() - 1);
    known_[expr.id()] = term;
    return term;
  }
  const z3::expr& expr(Term term) const { return terms_[term]; }
  z3::context& context() { return context_; }

  /// A path as Z3 knows it. Numbers are always present.
  struct Variable {
    std::string path;
    GuardType type;
    z3::expr value;  ///< identity of a text (0: empty), days of a date, a number, the size of a list
    z3::expr size;   ///< of a text
    z3::expr present;
  };

  const Variable& variable(const std::string& path) {
    if (const auto known = variables_.find(path); known != variables_.end()) return known->second;
    const auto& made = variables_.emplace(path, made_variable(path, "")).first->second;
    std::vector<Variable> all;
    all.reserve(variables_.size());
    for (const auto& [other, of] : variables_) all.push_back(of);
    solver_.add(is_possible(made, all));
    return made;
  }

  z3::expr encoded(const GuardNode& node) {
    switch (node.kind) {
      case GuardKind::comparison:
        return comparison(node);
      case GuardKind::membership:
        return membership(node.parts[0], node.parts[1]);
      case GuardKind::presence:
        return presence(node.parts[0].path);
      case GuardKind::negation:
        return !encoded(node.parts[0]);
      case GuardKind::all_of:
      case GuardKind::any_of: {
        z3::expr_vector parts(context_);
        for (const GuardNode& part : node.parts) parts.push_back(encoded(part));
        return node.kind == GuardKind::all_of ? z3::mk_and(parts) : z3::mk_or(parts);
      }
      case GuardKind::every_row:
      case GuardKind::some_row:
        return of_rows(node);
      default:
        return context_.bool_val(false);
    }
  }

  /// What each row says, where there is that row.
  template <class Says>
  z3::expr of_every_row(const Field& field, Says says) {
    z3::expr_vector all(context_);
    for (std::size_t row = 1; row <= rows_of_.at(field.key); ++row)
      all.push_back(z3::implies(has_row(field, row), says(row)));
    return z3::mk_and(all);
  }

  z3::expr has_row(const Field& field, std::size_t row) {
    return variable(field.key).value >= context_.int_val(static_cast<std::int64_t>(row));
  }

  z3::expr of_rows(const GuardNode& node) {
    const Field& field = *definition_.field(node.parts[0].path);
    const bool every = node.kind == GuardKind::every_row;
    const z3::expr all = of_every_row(field, [&](std::size_t row) {
      const z3::expr holds = encoded(in_row(node.parts[1], field, row));
      return every ? holds : !holds;
    });
    return every ? all : !all;
  }

  z3::expr are_complete(const Field& field) {
    return of_every_row(field, [&](std::size_t row) {
      z3::expr_vector required(context_), any(context_);
      for (const Field& inner : field.row) {
        const z3::expr filled = presence(row_path_of(field.key, inner.key, row));
        any.push_back(filled);
        if (inner.required) required.push_back(filled);
      }
      return z3::mk_and(required) && z3::mk_or(any);
    });
  }

  z3::expr in_first_row(const Field& field, const GuardNode& condition) {
    return has_row(field, 1) && encoded(in_row(condition, field, 1));
  }

  z3::expr presence(const std::string& path) {
    const Variable& of = variable(path);
    return of.type == GuardType::text_list ? of.value > 0 : of.present;
  }

  z3::expr equality(const std::string& path, const std::string& text) { return variable(path).value == identity(text); }

  z3::expr equality(const std::string& path, std::int64_t number) {
    return variable(path).value == context_.int_val(number);
  }

  z3::expr membership_of(const std::string& path, const std::string& list) {
    return is_listed(variable(path).value, list);
  }

  /// With the rows of those that are fields of rows.
  std::set<std::string> with_rows(std::set<std::string> paths) const {
    for (const auto& [path, of] : variables_)
      if (const auto in_row = row_path(path); in_row && paths.contains(in_row->field)) paths.insert(path);
    return paths;
  }

  z3::expr for_some(const std::set<std::string>& chosen_paths, const z3::expr& term) {
    const auto paths = with_rows(chosen_paths);
    z3::expr_vector from(context_), to(context_), bound(context_), demands(context_);
    std::vector<Variable> others;
    for (const std::string& path : paths) {
      if (!variables_.contains(path)) continue;
      const Variable now = variable(path);
      const Variable then = made_variable(path, fmt::format("'{}", ++copies_));
      others.push_back(then);
      for (const auto& [old_part, new_part] :
           {std::pair{now.value, then.value}, {now.size, then.size}, {now.present, then.present}}) {
        if (!old_part.is_const() || old_part.decl().decl_kind() != Z3_OP_UNINTERPRETED) continue;
        from.push_back(old_part);
        to.push_back(new_part);
        bound.push_back(new_part);
      }
    }
    z3::expr body = term;
    body = body.substitute(from, to);
    if (z3::eq(body, term)) return term;
    // What the term does not read can always be another text.
    const std::set<std::string> read = read_by(body);
    const auto chosen = others.size();
    for (const auto& [path, of] : variables_)
      if (!paths.contains(path) && (read.contains(path) || read.contains("size " + path))) others.push_back(of);
    for (std::size_t at = 0; at < chosen; ++at) demands.push_back(is_possible(others[at], others));
    demands.push_back(body);
    const z3::expr all = z3::mk_and(demands);
    if (!reads_free(read)) {
      // Nothing else matters: it holds for some values or for none, and no quantifier is needed.
      const Answer answer = ask(all, [](const z3::model&) {});
      if (answer != Answer::undecided) return context_.bool_val(answer == Answer::yes);
    }
    return z3::exists(bound, all);
  }

  Answer can_hold(Term term) {
    const auto known = answers_.find(term);
    return known != answers_.end() ? known->second : answers_[term] = ask(terms_[term], [](const z3::model&) {});
  }

  Data example(Term term, Term about) {
    Data data;
    ask(terms_[term], [&](const z3::model& model) { data = data_in(model, terms_[about]); });
    return data;
  }

 private:
  /// As many as may matter: one for each condition about them, for each that must be filled in, and one more.
  void count_rows(const Field& field) {
    std::size_t count = 2;
    for_each_guard(definition_, [&](const Guard& guard) {
      if (guard.tree()) count += conditions_about_rows(*guard.tree(), field.key);
    });
    for (const Field& inner : field.row) count += inner.required ? 1 : 0;
    rows_of_.emplace(field.key, std::min(count, field.at_most));
  }

  /// Two texts have two; one that no guard of the definition names gets its own when it is first met.
  int identity(const std::string& text) {
    if (is_blank(text)) return 0;
    return texts_.emplace(text, static_cast<int>(texts_.size()) + 1).first->second;
  }

  template <class Show>
  Answer ask(const z3::expr& term, Show show) {
    const unsigned left = all_steps_max - std::min(all_steps_max, steps_taken());
    if (left == 0) return Answer::undecided;
    Answer answer = Answer::undecided;
    z3::params params(context_);
    params.set("rlimit", std::min(steps_max, left));
    solver_.set(params);
    solver_.push();
    try {
      solver_.add(term);
      const auto result = solver_.check();
      answer = result == z3::sat ? Answer::yes : result == z3::unsat ? Answer::no : Answer::undecided;
      if (answer == Answer::yes) show(solver_.get_model());
    } catch (const z3::exception&) {
      answer = Answer::undecided;
    }
    solver_.pop();
    return answer;
  }

  /// By all questions so far.
  unsigned steps_taken() const {
    const z3::stats statistics = solver_.statistics();
    for (unsigned at = 0; at < statistics.size(); ++at)
      if (statistics.is_uint(at) && statistics.key(at) == "rlimit count") return statistics.uint_value(at);
    return 0;
  }

  Variable made_variable(const std::string& path, const std::string& suffix) {
    const auto info = paths_.types(path);
    const GuardType type = office_path(path)   ? GuardType::office
                           : taught_path(path) ? GuardType::text_list
                           : info              ? info->type
                                               : GuardType::text;
    const std::string name = path + suffix;
    const z3::expr value = context_.int_const(name.c_str());
    const z3::expr none = context_.int_val(0);
    switch (type) {
      case GuardType::text:
        return {path, type, value, context_.int_const(("size " + name).c_str()), value != 0};
      case GuardType::date:
      case GuardType::office:
        return {path, type, value, none, context_.bool_const(("has " + name).c_str())};
      case GuardType::rows:
        return {path, type, value, none, value > 0};
      default:
        return {path, type, value, none, context_.bool_val(true)};
    }
  }

  static std::string id_number_beside(const std::string& path) {
    constexpr auto of_one = "student.id_number";
    const auto of_pair = pair_path(path);
    return of_pair ? pair_path_of(of_pair->ordinal, of_one) : of_one;
  }

  /// What is so of the values at any path, whoever filled it in; texts that are the same as one of the `others` have
  /// its size too.
  z3::expr is_possible(const Variable& of, const std::vector<Variable>& others) {
    z3::expr_vector facts(context_);
    const auto info = paths_.types(of.path);
    if (of.type == GuardType::date) {
      facts.push_back(of.value >= context_.int_val(first_day) && of.value <= context_.int_val(last_day));
      if (!can_be_empty(of.path)) facts.push_back(of.present);
    } else if (of.type == GuardType::text) {
      facts.push_back(of.value >= 0);
      const auto [least, most] = sizes_of(definition_, of.path);
      facts.push_back(
          z3::ite(of.present, of.size >= context_.int_val(least) && of.size <= context_.int_val(most), of.size == 0));
      if (!can_be_empty(of.path)) facts.push_back(of.present);
      if (info && !info->words.empty()) {
        z3::expr_vector words(context_);
        for (const auto& [word, title] : info->words) words.push_back(of.value == identity(word));
        facts.push_back(z3::implies(of.present, z3::mk_or(words)));
      }
      if (path_of_one(of.path) == g_number_of_id_path)
        facts.push_back(of.present == presence(id_number_beside(of.path)));
      for (const auto& [text, id] : texts_)
        if (!can_be(definition_, of.path, text)) facts.push_back(of.value != id);
      for (const auto& [text, id] : texts_)
        facts.push_back(
            z3::implies(of.value == id, of.size == context_.int_val(static_cast<std::int64_t>(code_points(text)))));
      for (const Variable& other : others)
        if (other.type == GuardType::text && !z3::eq(other.value, of.value))
          facts.push_back(z3::implies(of.present && of.value == other.value, of.size == other.size));
    } else {
      facts.push_back(of.value >= 0);
      if (of.type == GuardType::boolean) facts.push_back(of.value <= 1);
      if (const Field* field = of.type == GuardType::rows ? definition_.field(of.path) : nullptr)
        facts.push_back(of.value <= context_.int_val(static_cast<std::int64_t>(field->at_most)));
      if (of.type == GuardType::text_list) {
        for (const auto& [text, id] : texts_)
          if (!can_be_listed(of.path, text)) facts.push_back(!is_listed(context_.int_val(id), of.path));
        // what is not empty has a member
        const z3::expr member = context_.int_const(("member of " + of.path).c_str());
        facts.push_back(z3::implies(of.value >= 1, member > 0 && is_listed(member, of.path)));
      }
    }
    return z3::mk_and(facts);
  }

  struct Operand {
    GuardType type;
    z3::expr value, present;
  };

  Operand operand(const GuardNode& node) {
    if (node.kind == GuardKind::size) {
      if (node.parts[0].kind != GuardKind::path) {
        const auto value = guard_value(node, [](std::string_view) { return GuardValue{}; });
        const auto* number = std::get_if<std::int64_t>(&value);
        return {GuardType::integer, context_.int_val(number ? *number : 0), context_.bool_val(number != nullptr)};
      }
      const Variable& of = variable(node.parts[0].path);
      const bool list = of.type == GuardType::text_list || of.type == GuardType::rows;
      return {GuardType::integer, list ? of.value : of.size, list ? context_.bool_val(true) : of.present};
    }
    if (node.kind == GuardKind::path) {
      const Variable& of = variable(node.path);
      return {of.type, of.value, of.present};
    }
    return literal(node.value);
  }

  Operand literal(const GuardValue& value) {
    const z3::expr yes = context_.bool_val(true);
    if (const auto* text = std::get_if<std::string>(&value))
      return {GuardType::text, context_.int_val(identity(*text)), context_.bool_val(!is_blank(*text))};
    if (const auto* number = std::get_if<std::int64_t>(&value))
      return {GuardType::integer, context_.int_val(*number), yes};
    if (const auto* date = std::get_if<Date>(&value))
      return {GuardType::date,
              context_.int_val(static_cast<std::int64_t>(std::chrono::sys_days{*date}.time_since_epoch().count())),
              yes};
    if (const auto* truth = std::get_if<bool>(&value))
      return {GuardType::boolean, context_.int_val(*truth ? 1 : 0), yes};
    return {GuardType::text, context_.int_val(0), context_.bool_val(false)};
  }

  z3::expr comparison(const GuardNode& node) {
    const Operand left = operand(node.parts[0]), right = operand(node.parts[1]);
    const auto holds = [&]() -> z3::expr {
      switch (node.comparison) {
        case GuardComparison::equal:
          return left.value == right.value;
        case GuardComparison::unequal:
          return left.value != right.value;
        case GuardComparison::less:
          return left.value < right.value;
        case GuardComparison::at_most:
          return left.value <= right.value;
        case GuardComparison::greater:
          return left.value > right.value;
        case GuardComparison::at_least:
          return left.value >= right.value;
      }
      return context_.bool_val(false);
    };
    return left.present && right.present && holds();
  }

  z3::expr membership(const GuardNode& member, const GuardNode& list) {
    const Operand of = operand(member);
    if (list.kind == GuardKind::path) return of.present && is_listed(of.value, list.path);
    z3::expr_vector words(context_);
    if (const auto* texts = std::get_if<std::vector<std::string>>(&list.value))
      for (const std::string& text : *texts)
        if (!is_blank(text)) words.push_back(of.value == identity(text));
    return of.present && z3::mk_or(words);
  }

  /// Membership in a list of the student: a G or J number is one of the numbers, and what has members is not empty.
  z3::expr is_listed(const z3::expr& member, const std::string& path) {
    const auto in = [&](const std::string& list) {
      return z3::function(("in " + list).c_str(), context_.int_sort(), context_.bool_sort())(member);
    };
    const z3::expr there = member != 0 && in(path);
    if (const std::string list = path_of_one(path); list == g_numbers_path || list == j_numbers_path) {
      const auto of_pair = pair_path(path);
      const std::string all_numbers =
          of_pair ? pair_path_of(of_pair->ordinal, numbers_path) : std::string(numbers_path);
      return there && in(all_numbers) && variable(path).value >= 1 &&
             variable(all_numbers).value >= variable(path).value;
    }
    return there && variable(path).value >= 1;
  }

  static std::set<std::string> read_by(const z3::expr& term) {
    std::set<unsigned> seen;
    std::set<std::string> read;
    collect_read(term, seen, read);
    return read;
  }

  /// Beside those that were filled in anew.
  static bool reads_free(const std::set<std::string>& read) {
    return std::any_of(read.begin(), read.end(), [](const std::string& name) { return name.find('\'') == name.npos; });
  }

  Data data_in(const z3::model& model, const z3::expr& term) {
    Data data;
    const std::set<std::string> read = read_by(term);
    for (const auto& [path, of] : variables_)
      if ((read.contains(path) || read.contains("size " + path) || read.contains("has " + path)) &&
          is_there(model, path))
        tell(model, of, read, data);
    return data;
  }

  /// Whether there is such a row, of a path in one.
  bool is_there(const z3::model& model, const std::string& path) const {
    const auto in_row = row_path(path);
    if (!in_row) return true;
    const auto rows = variables_.find(in_row->field);
    return rows != variables_.end() &&
           model.eval(rows->second.value, true).get_numeral_int64() >= static_cast<std::int64_t>(in_row->row);
  }

  static void collect_read(const z3::expr& term, std::set<unsigned>& seen, std::set<std::string>& read) {
    if (!seen.insert(term.id()).second) return;
    if (term.is_quantifier()) return collect_read(term.body(), seen, read);
    if (!term.is_app()) return;
    if (term.num_args() == 0 && term.decl().decl_kind() == Z3_OP_UNINTERPRETED) read.insert(term.decl().name().str());
    for (unsigned part = 0; part < term.num_args(); ++part) collect_read(term.arg(part), seen, read);
  }

  void tell(const z3::model& model, const Variable& of, const std::set<std::string>& read, Data& data) const {
    const std::int64_t value = model.eval(of.value, true).get_numeral_int64();
    if (of.type == GuardType::text_list || of.type == GuardType::rows) {
      data["size(" + of.path + ")"] = std::to_string(value);
    } else if (of.type == GuardType::date) {
      const bool present = model.eval(of.present, true).is_true();
      data[of.path] = present ? to_string(Date{std::chrono::sys_days{std::chrono::days{value}}}) : "";
    } else if (of.type == GuardType::office) {
      return;  // the kind of subject says which offices there are
    } else if (of.type == GuardType::integer) {
      data[of.path] = std::to_string(value);
    } else if (of.type == GuardType::boolean) {
      data[of.path] = value == 0 ? "false" : "true";
    } else if (value == 0) {
      data[of.path] = "";
    } else if (const auto info = paths_.types(of.path); info && !info->words.empty()) {
      const auto known =
          std::find_if(texts_.begin(), texts_.end(), [&](const auto& each) { return each.second == value; });
      if (known != texts_.end()) data[of.path] = known->first;
    } else if (read.contains("size " + of.path)) {
      data["size(" + of.path + ")"] = std::to_string(model.eval(of.size, true).get_numeral_int64());
    } else {
      tell_likeness(model, of, read, data);
    }
  }

  /// Of a text that may be anything only which other it is like matters.
  void tell_likeness(const z3::model& model, const Variable& of, const std::set<std::string>& read, Data& data) const {
    for (const auto& [path, other] : variables_)
      if (path != of.path && other.type == GuardType::text && read.contains(path) && !data.contains(of.path)) {
        const bool same = model.eval(of.value == other.value, true).is_true();
        if (same) data[of.path] = path;
      }
  }

  const Definition& definition_;
  GuardPaths paths_;
  z3::context context_;
  z3::solver solver_;
  std::map<std::string, int> texts_;
  std::map<std::string, Variable> variables_;
  std::vector<z3::expr> terms_;
  std::unordered_map<unsigned, Term> known_;
  std::unordered_map<Term, Answer> answers_;
  std::map<std::string, std::size_t> rows_of_;  ///< how many rows of each field stand for all
  int copies_ = 0;
};

Logic::Logic(const Definition& definition) : prover_(std::make_unique<Prover>(definition)) {}
Logic::~Logic() = default;

Logic::Term Logic::of(const Guard& guard) {
  return guard.tree() ? prover_->add(prover_->encoded(*guard.tree())) : always();
}
Logic::Term Logic::filled(const std::string& path) { return prover_->add(prover_->presence(path)); }
Logic::Term Logic::equals(const std::string& path, const std::string& text) {
  return prover_->add(prover_->equality(path, text));
}
Logic::Term Logic::is_number(const std::string& path, std::int64_t number) {
  return prover_->add(prover_->equality(path, number));
}
Logic::Term Logic::is_office(const std::string& path, std::optional<std::int64_t> office) {
  return office ? all({filled(path), is_number(path, *office)}) : no(filled(path));
}
Logic::Term Logic::is_in(const std::string& path, const std::string& list) {
  return prover_->add(prover_->membership_of(path, list));
}

Logic::Term Logic::are_complete(const Field& rows) { return prover_->add(prover_->are_complete(rows)); }

Logic::Term Logic::in_first_row(const Field& rows, const Guard& guard) {
  return guard.tree() ? prover_->add(prover_->in_first_row(rows, *guard.tree())) : filled(rows.key);
}

Logic::Term Logic::all(const std::vector<Term>& terms) {
  z3::expr_vector parts(prover_->context());
  for (const Term term : terms)
    if (term != always()) parts.push_back(prover_->expr(term));
  return parts.empty() ? always() : parts.size() == 1 ? prover_->add(parts[0]) : prover_->add(z3::mk_and(parts));
}

Logic::Term Logic::any(const std::vector<Term>& terms) {
  z3::expr_vector parts(prover_->context());
  for (const Term term : terms) {
    if (term == always()) return term;
    parts.push_back(prover_->expr(term));
  }
  return prover_->add(z3::mk_or(parts));
}

Logic::Term Logic::no(Term term) { return prover_->add(!prover_->expr(term)); }
Logic::Term Logic::for_some(const std::set<std::string>& paths, Term term) {
  return term == always() ? term : prover_->add(prover_->for_some(paths, prover_->expr(term)));
}
Logic::Answer Logic::can_hold(Term term) { return prover_->can_hold(term); }
Data Logic::example(const std::vector<Term>& terms, Term about) { return prover_->example(all(terms), about); }

std::string to_string(const Data& data) {
  std::string text;
  for (const auto& [name, value] : data)
    text += fmt::format("{}{} = {}", text.empty() ? "with " : ", ", name, value.empty() ? "(empty)" : value);
  return text;
}

}  // namespace xueji
