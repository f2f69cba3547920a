// Which tasks nobody can decide, as the posts are held now or would be.
#pragma once
#include <functional>
#include <vector>

#include "engine/ports/accounts.hpp"
#include "engine/ports/queries.hpp"
#include "engine/runtime/directory.hpp"

namespace xueji {

/// What tasks are looked at in: the definitions and offices of one moment.
struct StaffingSurroundings {
  std::shared_ptr<const OfficeTree> offices;
  std::shared_ptr<const Calendar> calendar;
  std::shared_ptr<const Catalog> catalog;
  Instant now;
};
StaffingSurroundings surroundings_of(const Directory& directory, Instant now);

/// What is to be done about the tasks of these requests. The people of their posts are looked up together. Requests of
/// a definition that the catalog does not know yet are passed over. Throws StoreError.
std::vector<TakeOver> take_overs(Accounts& accounts, const StaffingSurroundings& around,
                                 const std::vector<Request>& requests);

/// The tasks that nobody at their post could decide any more without these posts, or where one of these stands in, each
/// marked as it would be then; at most `limit`. Throws StoreError.
std::vector<UndecidableRow> left_behind(Queries& queries, Accounts& accounts, const StaffingSurroundings& around,
                                        const std::vector<Post>& gone, std::size_t limit);

/// Whether an office would be left without any administrator of its own or above, lent posts apart. Of the
/// administrators that stay only those for whom `counts` holds are reckoned with; without it all. Throws StoreError.
bool leaves_no_administrator(Accounts& accounts, const OfficeTree& offices, const std::vector<Post>& gone, Instant now,
                             const std::function<bool(const Post&)>& counts = {});

}  // namespace xueji
