// Puts the demonstration's world into an empty database, and offers things to try with what is in it.
#pragma once
#include <boost/json/value.hpp>
#include <filesystem>
#include <optional>
#include <string>

#include "cli/demo/demo_world.hpp"
#include "cli/setup/configuration.hpp"
#include "cli/setup/installation.hpp"

namespace xueji::demo {

/// The national side's table, `id_number<TAB>name`, in the data folder.
std::filesystem::path population_file(const Configuration& configuration);

/// Does nothing where the database holds the demonstration already. What an earlier run began and did not finish is
/// thrown away and made anew; of two runs at once the second waits for the first. Returns whether it was made now.
/// Throws UsageError where the database holds anything else.
bool ensure_demo_data(const Configuration& configuration, Database& database, const DemoWorld& world, Instant now,
                      const Prove& prove = verify);

/// An account of the demonstration that is let in by its published password; nothing where there is none. For whoever
/// serves real people. As slow as a password is to check, where there is one of those names.
std::optional<std::string> account_with_published_password(Accounts& accounts, const DemoWorld& world);

/// The body of `GET /demo`: accounts, and the examples whose student is free and still as they expect.
boost::json::value demo_content(const DemoWorld& world, Queries& queries);

}  // namespace xueji::demo
