// On what a request's changes of the registry rest: the decisions and answers that stand.
#pragma once
#include <vector>

#include "engine/machine/decide.hpp"
#include "engine/registry/invariants.hpp"

namespace xueji {

/// The decisions of the round under way that lead on and were not undone: a return undoes those in the state that it
/// came to and in all after it, in its own branch or everywhere.
std::vector<const Act*> standing_decisions(const Definition& definition, const Request& request);

/// `changes` are what its end would make; the act that leads there counts.
ChangeGrounds grounds_of(const Situation& situation, const Request& request,
                         const std::vector<RegistryChange>& changes);

/// Whether the office stands above the schools of today of all whom the request is about: a pupil may have moved since
/// it was opened.
bool stands_above_all(const Situation& situation, OfficeId office);

}  // namespace xueji
