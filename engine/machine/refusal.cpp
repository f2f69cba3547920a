#include "engine/machine/refusal.hpp"

#include <array>

namespace xueji {

std::string_view slug(RefusalKind kind) {
  static constexpr std::array<std::string_view, 18> slugs{"not-found",
                                                          "idempotency-in-progress",
                                                          "idempotency-mismatch",
                                                          "stale",
                                                          "not-in-this-state",
                                                          "separation-of-duties",
                                                          "not-allowed",
                                                          "one-by-one",
                                                          "business-retired",
                                                          "window-closed",
                                                          "status-not-eligible",
                                                          "open-business",
                                                          "once-per",
                                                          "numbers-exhausted",
                                                          "validation",
                                                          "missing-evidence",
                                                          "busy",
                                                          "failed"};
  return slugs[static_cast<std::size_t>(kind)];
}

}  // namespace xueji
