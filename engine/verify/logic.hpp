// Whether conditions can hold together, and for which data: decided over all data, not by trying some.
//
// Z3 decides it. A text is its identity and its length, so that equality, membership and size() are exact and nothing
// is asked of a theory of strings; a date is a number of days; a list is its size and who is in it. Rows are their
// number and the first of them: as many as there are conditions about rows, each of which needs one row at most to hold
// or to fail, so that more rows could say nothing that these don't. The answer depends on the terms alone, never on the
// machine: the budget is counted in Z3's own steps. Not thread-safe.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/definition/definition.hpp"

namespace xueji {

/// What falsifies a property: `student.status` -> `in_school`, `size(note)` -> `7`, `note` -> empty where nothing is
/// in.
using Data = std::map<std::string, std::string>;

class Logic {
 public:
  enum class Answer { no, yes, undecided };
  using Term = std::uint32_t;

  /// The definition must outlive it.
  explicit Logic(const Definition& definition);
  ~Logic();
  Logic(const Logic&) = delete;
  Logic& operator=(const Logic&) = delete;

  Term always() const { return 0; }
  Term of(const Guard& guard);
  /// That something stands at the path.
  Term filled(const std::string& path);
  Term equals(const std::string& path, const std::string& text);
  Term is_number(const std::string& path, std::int64_t number);
  /// That the office at `path` is that one; nothing: that there is none.
  Term is_office(const std::string& path, std::optional<std::int64_t> office);
  /// That the text at `path` is in the list at `list`.
  Term is_in(const std::string& path, const std::string& list);
  Term all(const std::vector<Term>& terms);
  Term any(const std::vector<Term>& terms);
  Term no(Term term);
  /// That each row is filled in, and whatever it requires.
  Term are_complete(const Field& rows);
  /// That there is a row, of which the guard holds; it reads nothing else, as RowOffer::when.
  Term in_first_row(const Field& rows, const Guard& guard);
  /// That it holds for some other values of these paths, whatever stands there now.
  Term for_some(const std::set<std::string>& paths, Term term);

  Answer can_hold(Term term);
  /// For terms that can hold together: what the paths that `about` reads would have to be.
  Data example(const std::vector<Term>& terms, Term about);

 private:
  class Prover;
  std::unique_ptr<Prover> prover_;
};

/// "with status = in_school, size(note) = 7"; empty for no data.
std::string to_string(const Data& data);

}  // namespace xueji
