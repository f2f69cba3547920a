#include "engine/machine/variants.hpp"
#include "engine/runtime/directory.hpp"

namespace xueji {

Catalog::Catalog(std::vector<Entry> entries) : entries_(std::move(entries)) {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Definition& definition = *entries_[i].definition;
    by_id_.emplace(entries_[i].id, entries_[i].definition);
    const auto [newest, is_first] = newest_[definition.key].emplace(definition.variant, i);
    if (!is_first && entries_[newest->second].definition->version < definition.version) newest->second = i;
  }
}

DefinitionPtr Catalog::find(DefinitionId id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

const Catalog::Entry* Catalog::newest(std::string_view key, std::string_view variant) const {
  const auto files = newest_.find(key);
  if (files == newest_.end()) return nullptr;
  const auto found = files->second.find(variant);
  return found == files->second.end() ? nullptr : &entries_[found->second];
}

std::vector<Catalog::Entry> Catalog::newest() const {
  std::vector<Entry> result;
  for (const auto& [key, files] : newest_)
    for (const auto& [variant, index] : files) result.push_back(entries_[index]);
  return result;
}

std::vector<const Catalog::Entry*> Catalog::opened_on_pairs() const {
  std::vector<const Entry*> result;
  for (const auto& [key, files] : newest_)
    for (const auto& [variant, index] : files)
      if (const Definition& each = *entries_[index].definition; each.opened_on && !each.retired)
        result.push_back(&entries_[index]);
  return result;
}

std::vector<const Catalog::Entry*> Catalog::newest_of(std::string_view key) const {
  std::vector<const Entry*> result;
  if (const auto files = newest_.find(key); files != newest_.end())
    for (const auto& [variant, index] : files->second) result.push_back(&entries_[index]);
  return result;
}

const Catalog::Entry* Catalog::to_open(std::string_view key, const Caller& caller, const OpenedAbout& whom,
                                       const OfficeTree& offices, Instant now) const {
  std::vector<const Definition*> newest;
  for (const Entry* each : newest_of(key)) newest.push_back(each->definition.get());
  const Definition* chosen = definition_to_open(newest, caller, whom, offices, now);
  return chosen ? this->newest(key, chosen->variant) : nullptr;
}

}  // namespace xueji
