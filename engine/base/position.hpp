// Where in a file something stands.
#pragma once
#include <string>
#include <string_view>

namespace xueji {

struct Position {
  int line = 0;  ///< from 1; 0 where the position is not known
  int column = 0;
  bool operator==(const Position&) const = default;
};

/// A fault in a file an author wrote: what is wrong and what to do about it.
struct Fault {
  std::string file;
  Position position;
  std::string what;    ///< one sentence, without a full stop
  std::string advice;  ///< what to do; may name the nearest word that would fit

  /// `file:line:column: error: what; advice`
  std::string to_string(std::string_view severity = "error") const;
};

}  // namespace xueji
