// What every shape of the API is rendered with: one moment's view of what rarely changes, and who reads it.
#pragma once
#include <memory>

#include "engine/authority/caller.hpp"
#include "engine/runtime/directory.hpp"
#include "web/json/json_writer.hpp"

namespace xueji::web {

struct Rendering {
  std::shared_ptr<const OfficeTree> offices;
  std::shared_ptr<const Catalog> catalog;
  std::shared_ptr<const Calendar> calendar;
  Language language = Language::zh;
  Instant now;
  bool brief = false;  ///< in lists: numbers as `110105************`, no birth dates, requests without their steps

  /// The student is at a school that the reader does not stand above: numbers as in lists, and of the record no more
  /// than says who it is and where.
  bool elsewhere = false;

  Rendering in_list() const {
    Rendering list = *this;
    list.brief = true;
    return list;
  }
  const std::string& text(const Text& both) const { return both.in(language); }
  /// Throws std::logic_error: every request runs on a definition of the catalog.
  const Definition& definition(DefinitionId id) const;
};

}  // namespace xueji::web
