#include "cli/setup/installation.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <filesystem>

#include "adapters/evidence/evidence_directory.hpp"
#include "adapters/evidence/render_program.hpp"
#include "adapters/evidence/stored_file.hpp"
#include "adapters/sql/database_address.hpp"
#include "cli/setup/calendar_file.hpp"
#include "cli/setup/console.hpp"
#include "cli/setup/password_input.hpp"
#include "engine/registry/calendar.hpp"

namespace xueji {
namespace {

namespace files = std::filesystem;

files::path definitions_directory(const Configuration& configuration) {
  if (!configuration.workflows.directory.empty()) return configuration.workflows.directory;
  return resources_directory() / "workflows";
}

/// Path and text of each definition in the folder, in order of names; scenarios stand beside them.
std::vector<std::pair<std::string, std::string>> read_definitions(const files::path& directory) {
  if (!files::is_directory(directory)) throw UsageError("there is no folder of definitions " + directory.string());
  std::vector<std::pair<std::string, std::string>> texts;
  for (const auto& entry : files::directory_iterator{directory}) {
    if (entry.is_regular_file() && is_definition_file(entry.path()))
      texts.emplace_back(entry.path().string(), read_whole_file(entry.path()));
  }
  if (texts.empty()) throw UsageError("there is no definition (*.yaml) in " + directory.string());
  std::sort(texts.begin(), texts.end());
  return texts;
}

}  // namespace

Calendar read_calendar(const files::path& file) {
  auto calendar = load_calendar(read_whole_file(file), file.string());
  if (auto* faults = std::get_if<std::vector<Fault>>(&calendar)) throw FaultyFiles{std::move(*faults)};
  return std::move(std::get<Calendar>(calendar));
}

DatabaseOptions database_options(const Configuration& configuration) {
  DatabaseOptions options;
  options.read_sessions = configuration.store.read_sessions;
  options.list_sessions = configuration.store.list_sessions;
  options.heavy_sessions = configuration.store.heavy_sessions;
  options.longest_reads = {std::chrono::seconds{0}, std::chrono::seconds{configuration.store.quick_read_seconds},
                           std::chrono::seconds{configuration.store.list_read_seconds},
                           std::chrono::seconds{configuration.store.heavy_read_seconds}};
  options.wait = std::chrono::milliseconds{configuration.store.wait_ms};
  options.cache_mb = configuration.store.cache_mb;
  options.checkpoint_pages = configuration.store.checkpoint_pages;
  options.migrate = configuration.store.migrate;
  options.password = configuration.store.password_file.empty() ? configuration.store.password
                                                               : read_secret(configuration.store.password_file);
  options.tls = configuration.store.tls;
  options.tls_ca = configuration.store.tls_ca;
  options.session_lifetime = std::chrono::minutes{configuration.store.session_minutes};
  return options;
}

void make_data_folder(const Configuration& configuration) {
  if (configuration.data.empty())
    throw UsageError("the data folder has no name: give one by --data, XUEJI_DATA or `data` in the configuration");
  std::error_code error;
  files::create_directories(configuration.data, error);
  if (error) throw UsageError(fmt::format("the data folder {} can't be made: {}", configuration.data, error.message()));
}

std::unique_ptr<Database> open_database(const Configuration& configuration, const MigrationProgress& progress) {
  if (configuration.database.empty()) make_data_folder(configuration);
  auto options = database_options(configuration);
  options.on_migration = progress;
  return Database::open(configuration.database_address(), options);
}

void require_database(const Configuration& configuration) {
  const auto address = sql::parse_database_address(configuration.database_address());
  const auto* sqlite = std::get_if<sql::SqliteAddress>(&address);
  if (sqlite && !files::exists(sqlite->file))
    throw UsageError(
        fmt::format("there is no database {}: is --data, --database or --config right? `xueji serve`, "
                    "`migrate` and `import` make one",
                    sqlite->file));
}

std::unique_ptr<Database> open_existing_database(const Configuration& configuration) {
  require_database(configuration);
  return open_database(configuration);
}

std::optional<files::path> calendar_file(const Configuration& configuration) {
  const files::path given = configuration.workflows.calendar;
  return given.empty() ? find_calendar({}, definitions_directory(configuration)) : given;
}

Calendar open_calendar(const Configuration& configuration) {
  const auto file = calendar_file(configuration);
  return file ? read_calendar(*file) : Calendar{};
}

std::unique_ptr<Directory> open_directory(const Configuration& configuration, Database& database, const Prove& prove) {
  Calendar calendar = open_calendar(configuration);
  auto catalog = load_catalog(read_definitions(definitions_directory(configuration)), database.definitions(), calendar,
                              prove, [](const std::string& line) { spdlog::warn("{}", line); });
  if (auto* faults = std::get_if<std::vector<Fault>>(&catalog)) throw FaultyFiles{std::move(*faults)};
  return std::make_unique<Directory>(OfficeTree{database.accounts().offices()}, std::move(calendar),
                                     std::move(std::get<Catalog>(catalog)));
}

CheckScan scan_check(const Configuration& configuration) {
  return [directory = std::filesystem::path(configuration.evidence_directory())](const EvidenceItem& item) {
    if (!evidence::is_sha256(item.sha256)) return std::string("has no SHA-256 as its name");
    Upload upload;
    upload.sha256 = item.sha256;
    upload.size = item.size;
    return evidence::open_stored(evidence::file_of(directory, item.sha256), upload).fault;
  };
}

std::unique_ptr<ScanDecoder> open_scan_decoder(const Configuration& configuration) {
  const auto& given = configuration.evidence;
  RenderProgramOptions options;
  options.program =
      given.render_program.empty() ? folder_of_program() / "xueji-render" : files::path{given.render_program};
  options.megapixels_max = given.megapixels_max;
  options.pages_max = given.pages_max;
  options.memory_mb = given.decode_memory_mb;
  options.seconds = given.decode_seconds;
  return open_render_program(std::move(options));
}

std::unique_ptr<EvidenceStore> open_evidence(const Configuration& configuration, Database& database, const Clock& clock,
                                             ScanDecoder* decoder) {
  constexpr std::int64_t megabyte = 1024 * 1024;
  EvidenceLimits limits;
  limits.account_bytes_a_day = configuration.evidence.account_mb_per_day * megabyte;
  limits.office_bytes_a_day = configuration.evidence.office_mb_per_day * megabyte;
  limits.bytes_kept_free = static_cast<std::uintmax_t>(configuration.evidence.free_mb_min) * megabyte;
  return open_evidence_directory(configuration.evidence_directory(), database.evidence(), clock, decoder, limits);
}

}  // namespace xueji
