// Proofs by another process, so that what the prover needs of memory is not the server's; answers are kept in files.
#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "cli/setup/configuration.hpp"
#include "engine/verify/verify.hpp"

namespace xueji {

struct ProvingOptions {
  std::filesystem::path program;  ///< whose `check --json` is asked
  std::string build;              ///< of the program; another one's answers are not taken. Empty: none are kept
  std::filesystem::path kept;     ///< folder of the answers, made where it is missing; empty: none are kept
  std::chrono::seconds longest{300};
  std::function<void(std::string_view)> log{};
  std::stop_token stop{};  ///< once requested, a proof under way is ended and none begun: ProofEnded is thrown
};

/// Runs `program check --json` on the texts of the definition, the older versions and the calendar. An answer is kept
/// under the SHA-256 of these and of the build, and taken from there the next time. Where the program does not answer
/// there is a violation of `undecided`, which is not kept. Safe from any thread; throws nothing but std::bad_alloc and
/// ProofEnded.
Prove proving_child(ProvingOptions options);

/// By this program, with answers kept in `proofs` of the data folder.
Prove prover_for(const Configuration& configuration, std::function<void(std::string_view)> log,
                 std::stop_token stop = {});

/// This program, for ProvingOptions; the very file that runs, also once it was moved or replaced.
std::filesystem::path own_program();
/// What the linker named this build; empty where it did not.
std::string own_build();

}  // namespace xueji
