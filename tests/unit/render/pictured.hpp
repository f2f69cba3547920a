// Definitions whose pictures are looked at: those shipped, one with everything in it, and any number of made-up ones.
#pragma once
#include <random>
#include <string>
#include <vector>

#include "engine/definition/definition.hpp"

namespace xueji::tests {

Definition load_from(const std::string& path);

/// Shipped ones, one with choices, and `transfer.yaml`.
std::vector<Definition> pictured();
Definition transfer();

/// With long and short titles, branches, ways in all directions; the same seed gives the same.
Definition made_up(unsigned seed);

}  // namespace xueji::tests
