// The national side: the identity comparison (认证) with the population database.
#pragma once
#include <functional>
#include <string>

#include "engine/machine/request.hpp"

namespace xueji {

struct IdentityQuery {
  std::string idempotency_key;  ///< the same for every attempt of the same question
  std::string name;
  std::string id_number;
};

/// Calls may block for seconds and never throw: an outage is the outcome `unavailable`. Safe from any thread.
class CentralRegistry {
 public:
  virtual ~CentralRegistry() = default;
  virtual Finding compare_identity(const IdentityQuery& query) = 0;
};

}  // namespace xueji
