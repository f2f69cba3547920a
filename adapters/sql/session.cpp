#include "adapters/sql/session.hpp"

#include <stdexcept>

namespace xueji::sql {
namespace {

constexpr std::size_t statements_kept_max = 400;

template <class Act>
auto guarded(const Dialect& dialect, bool at_commit, Act&& act) {
  try {
    return act();
  } catch (const soci::soci_error& error) {
    throw dialect.translate(error, at_commit);
  }
}

}  // namespace

Statement::Statement(soci::session& session, const Dialect& dialect, std::string_view sql, std::string_view columns)
    : dialect_(dialect), statement_(session) {
  std::string text;
  for (std::size_t at = 0; at < sql.size(); ++at) {
    if (sql[at] != '?') {
      text += sql[at];
      continue;
    }
    const char kind = at + 1 < sql.size() ? sql[++at] : ' ';
    if (kind != 'i' && kind != 't') throw std::logic_error("a parameter without kind in: " + std::string(sql));
    parameters_.emplace_back().kind = kind;
    text += ":v" + std::to_string(parameters_.size());
  }
  for (const char kind : columns) columns_.emplace_back().kind = kind;
  guarded(dialect_, false, [&] {
    for (auto& slot : parameters_) {
      if (slot.kind == 'i')
        statement_.exchange(soci::use(slot.integer, slot.indicator));
      else
        statement_.exchange(soci::use(slot.text, slot.indicator));
    }
    for (auto& slot : columns_) {
      if (slot.kind == 'i')
        statement_.exchange(soci::into(slot.integer, slot.indicator));
      else
        statement_.exchange(soci::into(slot.text, slot.indicator));
    }
    statement_.alloc();
    statement_.prepare(dialect_.adapt(text));
    statement_.define_and_bind();
  });
}

void Statement::check_count(std::size_t count) const {
  if (count != parameters_.size())
    throw std::logic_error("a statement got another number of values than it has parameters");
}

void Statement::set_integer(std::size_t at, long long value) {
  auto& parameter = slot(at);
  if (parameter.kind != 'i') throw std::logic_error("an integer for a text parameter");
  parameter.integer = value;
  parameter.indicator = soci::i_ok;
}

void Statement::set(std::size_t at, std::string_view text) {
  auto& parameter = slot(at);
  if (parameter.kind != 't') throw std::logic_error("a text for an integer parameter");
  parameter.text.assign(text);
  parameter.indicator = soci::i_ok;
}

Statement& Statement::bind_all(std::span<const Value> values) {
  check_count(values.size());
  for (std::size_t at = 0; at < values.size(); ++at) {
    if (const auto* number = std::get_if<long long>(&values[at]))
      set(at, *number);
    else if (const auto* text = std::get_if<std::string>(&values[at]))
      set(at, std::string_view{*text});
    else
      set(at, std::nullopt);
  }
  return *this;
}

std::vector<Value> Statement::bound() const {
  std::vector<Value> values;
  for (const auto& slot : parameters_) {
    if (slot.indicator == soci::i_null)
      values.emplace_back();
    else if (slot.kind == 'i')
      values.emplace_back(slot.integer);
    else
      values.emplace_back(slot.text);
  }
  return values;
}

long long Statement::run() {
  return guarded(dialect_, false, [&] {
    statement_.execute(true);
    return statement_.get_affected_rows();
  });
}

bool Statement::start() {
  const bool more = guarded(dialect_, false, [&] { return statement_.execute(true); });
  if (more) clear_nulls();
  return more;
}

bool Statement::next() {
  const bool more = guarded(dialect_, false, [&] { return statement_.fetch(); });
  if (more) clear_nulls();
  return more;
}

void Statement::finish() {
  while (next()) {
  }
}

bool Statement::one() {
  if (!start()) return false;
  finish();
  return true;
}

void Statement::clear_nulls() {
  for (auto& column : columns_) {
    if (column.indicator == soci::i_ok) continue;
    column.integer = 0;
    column.text.clear();
  }
}

Session::Session(const Dialect& dialect, SessionUse use, const DatabaseOptions& options) : dialect_(dialect) {
  guarded(dialect_, false, [&] {
    dialect_.connect(session_, use, options);
    if (use == SessionUse::read) dialect_.watch(session_, &guard_);
  });
}

void Session::limit_reads(std::chrono::seconds longest, std::shared_ptr<const std::atomic<bool>> given_up) {
  guard_ = {};
  if (longest.count() > 0) guard_.until = std::chrono::steady_clock::now() + longest;
  guard_.given_up = std::move(given_up);
  if (longest == told_server_) return;
  if (const auto statement = dialect_.limit_statement(longest); !statement.empty()) execute(statement);
  told_server_ = longest;
}

Statement& Session::prepare(std::string_view sql, std::string_view columns) {
  if (const auto found = statements_.find(sql); found != statements_.end()) return *found->second;
  auto made = std::make_unique<Statement>(session_, dialect_, sql, columns);
  return *statements_.emplace(std::string(sql), std::move(made)).first->second;
}

void Session::trim() {
  if (statements_.size() > statements_kept_max) statements_.clear();
}

std::vector<Session::Kept> Session::kept() const {
  std::vector<Kept> found;
  for (const auto& [text, statement] : statements_) found.push_back({text, statement->bound()});
  for (const auto& [text, bulk] : bulks_)
    if (bulk) found.push_back({text, {}});
  return found;
}

long long Session::run_rows(const std::string& sql, std::size_t width, std::span<const Value> values) {
  auto known = bulks_.find(sql);
  if (known == bulks_.end())
    known = bulks_.emplace(sql, guarded(dialect_, false, [&] { return dialect_.prepare_bulk(session_, sql); })).first;
  if (known->second) return guarded(dialect_, false, [&] { return known->second->run(values); });
  auto& statement = prepare(sql);
  long long matched = 0;
  for (; !values.empty(); values = values.subspan(width)) matched += statement.bind_all(values.first(width)).run();
  return matched;
}

void Session::require_durability() {
  guarded(dialect_, false, [&] { dialect_.require_durability(session_); });
}

bool Session::has_table(std::string_view name) {
  auto& known = prepare(dialect_.table_exists_question(), "i");
  return known.bind(name).one() && known.integer(0) > 0;
}

std::optional<std::string> Session::any_table() {
  auto& first = prepare(dialect_.any_table_question(), "t");
  return first.one() ? std::optional{first.text(0)} : std::nullopt;
}

bool Session::is_alive() {
  try {
    return session_.is_connected();
  } catch (const soci::soci_error&) {
    return false;
  }
}

void Session::execute(const std::string& sql, bool is_commit) {
  guarded(dialect_, is_commit, [&] { session_ << sql; });
}

}  // namespace xueji::sql
