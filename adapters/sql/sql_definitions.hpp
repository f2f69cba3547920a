#pragma once
#include "adapters/sql/connections.hpp"
#include "engine/ports/definition_store.hpp"

namespace xueji::sql {

class SqlDefinitions final : public DefinitionStore {
 public:
  explicit SqlDefinitions(Connections& connections) : connections_(connections) {}
  std::vector<PinnedDefinition> all_definitions() override;
  DefinitionId newest_definition() override;
  DefinitionId pin(const PinnedDefinition& definition, const std::string& known) override;
  DefinitionId pin_newest(const PinnedDefinition& definition) override;

 private:
  Connections& connections_;
};

}  // namespace xueji::sql
