// The refusals that the pipeline itself makes, before or after decide().
#pragma once
#include "engine/machine/refusal.hpp"

namespace xueji {

Refusal request_not_found();
Refusal workflow_not_found();
Refusal key_in_progress();
Refusal key_mismatch();
Refusal pipeline_full();
Refusal pipeline_stopping();
Refusal store_busy();
Refusal unexpected_failure();
/// For an act with a key: repeating it tells, or does it.
Refusal unknown_until_repeated();
Refusal unknown_outcome();
Refusal answer_outdated();

}  // namespace xueji
