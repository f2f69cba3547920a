// The national side over HTTP: `POST URL/v1/identity-comparison` (docs/national-side.md).
#pragma once
#include <chrono>
#include <cstdint>
#include <string>

#include "engine/ports/central_registry.hpp"

namespace xueji {

struct HttpCentralRegistryOptions {
  std::string url = "http://127.0.0.1:8090";
  std::chrono::milliseconds timeout{3000};  ///< of a whole question: connecting, asking, answering
};

/// One connection for each question. Whatever goes wrong on the way is the outcome `unavailable`.
class HttpCentralRegistry : public CentralRegistry {
 public:
  /// Throws std::invalid_argument with a sentence for the operator unless the URL is `http://HOST[:PORT][/PATH]`.
  explicit HttpCentralRegistry(const HttpCentralRegistryOptions& options);
  Finding compare_identity(const IdentityQuery& query) override;

 private:
  std::string host_, port_, target_;
  std::chrono::milliseconds timeout_;
};

}  // namespace xueji
