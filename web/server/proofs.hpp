// What was proved of the definitions that pages show, each once. Safe from any thread.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "engine/runtime/directory.hpp"
#include "engine/verify/verify.hpp"

namespace xueji::web {

class Proofs {
 public:
  /// Definitions are known by their SHA-256 and never change; the calendar is read once for the life of the server. The
  /// first call for a definition proves it, beside the older versions in the catalog.
  std::shared_ptr<const Verification> of(const Catalog& catalog, const Definition& definition,
                                         const Calendar& calendar);

 private:
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const Verification>> proved_;
};

}  // namespace xueji::web
