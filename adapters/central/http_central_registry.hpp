// The national side: `POST URL/v1/identity-comparison` (docs/national-side.md), over TLS with a certificate of our own.
#pragma once
#include <chrono>
#include <memory>
#include <string>

#include "engine/ports/central_registry.hpp"

namespace xueji {

struct HttpCentralRegistryOptions {
  std::string url = "http://127.0.0.1:8090";
  std::chrono::milliseconds timeout{3000};  ///< of a whole question: connecting, asking, answering
  std::string authorities{};  ///< file of the authorities that the national side is trusted by; empty: the system's
  std::string certificate{};  ///< file with the chain that we show; empty: none
  std::string key{};          ///< file with its private key
};

/// One connection for each question. Whatever goes wrong on the way is the outcome `unavailable`.
class HttpCentralRegistry : public CentralRegistry {
 public:
  /// Throws std::invalid_argument with a sentence for the operator unless the URL is `https://HOST[:PORT][/PATH]`, or
  /// `http://` with a host of this machine: names and ID numbers go nowhere in the clear. Likewise for files that can't
  /// be read, and for a certificate without its key.
  explicit HttpCentralRegistry(const HttpCentralRegistryOptions& options);
  ~HttpCentralRegistry() override;
  Finding compare_identity(const IdentityQuery& query) override;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace xueji
