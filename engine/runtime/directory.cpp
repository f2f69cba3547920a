#include "engine/runtime/directory.hpp"

namespace xueji {

Directory::Directory(OfficeTree offices, Calendar calendar, Catalog catalog)
    : calendar_(std::make_shared<const Calendar>(std::move(calendar))),
      offices_(std::make_shared<const OfficeTree>(std::move(offices))),
      catalog_(std::make_shared<const Catalog>(std::move(catalog))) {}

std::shared_ptr<const OfficeTree> Directory::offices() const {
  const std::lock_guard lock(mutex_);
  return offices_;
}

std::shared_ptr<const Catalog> Directory::catalog() const {
  const std::lock_guard lock(mutex_);
  return catalog_;
}

void Directory::set_catalog(Catalog catalog) {
  auto next = std::make_shared<const Catalog>(std::move(catalog));
  const std::lock_guard lock(mutex_);
  catalog_.swap(next);
}

void Directory::set_offices(OfficeTree offices) {
  auto next = std::make_shared<const OfficeTree>(std::move(offices));
  const std::lock_guard lock(mutex_);
  offices_.swap(next);
}

}  // namespace xueji
