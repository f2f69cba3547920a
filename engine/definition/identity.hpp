// Which file of a business a definition is: its key and variant; the version says which of its time.
#pragma once
#include <string>

namespace xueji {

/// Whether both are versions of one file; of definitions, or of what a store keeps of them.
template <class One, class Other>
bool is_same_file(const One& one, const Other& other) {
  return one.key == other.key && one.variant == other.variant;
}

template <class Older, class Newer>
bool is_older_version(const Older& older, const Newer& newer) {
  return is_same_file(older, newer) && older.version < newer.version;
}

/// `transfer`, or with the variant `transfer (guangdong-senior)`.
template <class Definition>
std::string name_with_variant(const Definition& definition) {
  return definition.variant.empty() ? definition.key : definition.key + " (" + definition.variant + ")";
}

}  // namespace xueji
