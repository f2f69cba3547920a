#include "engine/runtime/directory.hpp"

namespace xueji {

Catalog::Catalog(std::vector<Entry> entries) : entries_(std::move(entries)) {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Definition& definition = *entries_[i].definition;
    by_id_.emplace(entries_[i].id, entries_[i].definition);
    const auto [newest, is_first] = newest_.emplace(definition.key, i);
    if (!is_first && entries_[newest->second].definition->version < definition.version) newest->second = i;
  }
}

DefinitionPtr Catalog::find(DefinitionId id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

const Catalog::Entry* Catalog::newest(std::string_view key) const {
  const auto found = newest_.find(key);
  return found == newest_.end() ? nullptr : &entries_[found->second];
}

std::vector<Catalog::Entry> Catalog::newest() const {
  std::vector<Entry> result;
  result.reserve(newest_.size());
  for (const auto& [key, index] : newest_) result.push_back(entries_[index]);
  return result;
}

}  // namespace xueji
