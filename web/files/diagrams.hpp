// The pictures of definitions that pages show, each drawn once. Safe from any thread.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "engine/definition/definition.hpp"

namespace xueji::web {

class Diagrams {
 public:
  /// SVG without a style of its own. Definitions are known by their SHA-256 and never change: at most two pictures of
  /// each version are kept.
  std::shared_ptr<const std::string> of(const Definition& definition, Language language);

 private:
  std::mutex mutex_;
  std::map<std::pair<std::string, Language>, std::shared_ptr<const std::string>> drawn_;
};

}  // namespace xueji::web
