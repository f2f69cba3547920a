#include "web/server/proofs.hpp"

namespace xueji::web {

std::shared_ptr<const Verification> Proofs::of(const Catalog& catalog, const Definition& definition,
                                               const Calendar& calendar) {
  const std::lock_guard lock(mutex_);
  auto& proved = proved_[definition.sha256];
  if (!proved) {
    std::vector<const Definition*> older;
    for (const Catalog::Entry& each : catalog.all())
      if (each.definition->key == definition.key && each.definition->version < definition.version)
        older.push_back(each.definition.get());
    proved = std::make_shared<const Verification>(verify(definition, calendar, older));
  }
  return proved;
}

}  // namespace xueji::web
