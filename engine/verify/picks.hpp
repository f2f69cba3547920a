// Where whoever files chooses, after others have decided, what becomes of the record.
#pragma once
#include <set>

#include "engine/verify/moves.hpp"

namespace xueji {

/// The states that are no draft in which the opener's post has two actions, or one beside a wait, that lead to ends
/// with other effects, and nobody else decides on the way. A way back to an earlier state leads nowhere, for what was
/// decided behind it counts no more; neither does one to an end `withdrawn` without effects, for whoever files may take
/// back the request.
std::set<const State*> states_where_the_filer_picks(const Definition& definition, const SubjectKind& kind);

}  // namespace xueji
