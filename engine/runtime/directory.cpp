#include "engine/runtime/directory.hpp"

namespace xueji {

Directory::Directory(OfficeTree offices, Calendar calendar, Catalog catalog)
    : offices_(std::make_shared<const OfficeTree>(std::move(offices))),
      calendar_(std::make_shared<const Calendar>(std::move(calendar))),
      catalog_(std::make_shared<const Catalog>(std::move(catalog))) {}

std::shared_ptr<const OfficeTree> Directory::offices() const { return std::atomic_load(&offices_); }

std::shared_ptr<const Catalog> Directory::catalog() const { return std::atomic_load(&catalog_); }

void Directory::set_catalog(Catalog catalog) {
  std::atomic_store(&catalog_, std::make_shared<const Catalog>(std::move(catalog)));
}

void Directory::set_offices(OfficeTree offices) {
  std::atomic_store(&offices_, std::make_shared<const OfficeTree>(std::move(offices)));
}

}  // namespace xueji
