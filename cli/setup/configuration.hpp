// The configuration of the program: one YAML file, every key of which an environment variable overrides.
// config/xueji.yaml documents each key; a test compares the two.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/position.hpp"

namespace xueji {

struct Configuration {
  std::string data = "var";  ///< folder of the database and the evidence, where these are not named
  std::string database;      ///< `sqlite:///absolute/path` or `mysql://…`; empty is `xueji.db` in the data folder

  struct Server {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;
    unsigned io_threads = 2;
    unsigned worker_threads = 4;
    unsigned worker_queue_max = 2048;
    unsigned connections_max = 20'000;
    unsigned websockets_per_account_max = 20;
    std::string public_origin;
    bool secure_cookies = false;
    unsigned header_seconds = 10;
    unsigned idle_seconds = 30;
    unsigned write_seconds = 30;
    unsigned websocket_idle_seconds = 60;
    unsigned bodies_mb = 512;
    unsigned account_bodies_mb = 64;
    unsigned anonymous_bodies_mb = 16;
    unsigned body_kb_per_second = 8;
    unsigned drain_seconds = 10;
  } server;

  struct Store {
    unsigned read_sessions = 4;
    unsigned list_sessions = 4;
    unsigned heavy_sessions = 2;
    unsigned quick_read_seconds = 10;
    unsigned list_read_seconds = 20;
    unsigned heavy_read_seconds = 60;
    unsigned wait_ms = 2000;
    unsigned cache_mb = 256;
    unsigned checkpoint_pages = 16'384;
    bool migrate = true;
    std::string password_file;  ///< first line: the password of the database's account
    std::string password;       ///< from the environment; the file goes before it
    std::string tls;            ///< `verify`, `off`; empty: `off` on this machine, else `verify`
    std::string tls_ca;         ///< file; empty: the authorities that the system trusts
    unsigned session_minutes = 30;
  } store;

  struct Pipeline {
    unsigned queue_max = 4096;
    unsigned batch_max = 512;
    unsigned undo_seconds = 10;
  } pipeline;

  struct Workflows {
    std::string directory;  ///< empty is the folder that came with the program
    std::string calendar;   ///< empty is the file that came with the program
  } workflows;

  struct Ui {
    std::string directory;  ///< empty is the folder that came with the program
  } ui;

  struct Checks {
    std::string national_url = "http://127.0.0.1:8090";
    std::string national_authorities;  ///< file; empty: the authorities that the system trusts
    std::string national_certificate;  ///< file that we show the national side; empty: none
    std::string national_key;          ///< file of its private key
    unsigned timeout_seconds = 5;
    unsigned threads = 4;
    unsigned poll_ms = 200;
  } checks;

  struct Evidence {
    std::string directory;  ///< empty is `evidence` in the data folder
    unsigned keep_unreferenced_hours = 24;
    std::string render_program;  ///< empty is `xueji-render` beside this program
    unsigned decoders = 2;
    unsigned decoders_queue_max = 16;
    unsigned megapixels_max = 120;
    unsigned pages_max = 50;
    unsigned decode_memory_mb = 768;
    unsigned decode_seconds = 10;
    unsigned account_mb_per_day = 500;
    unsigned office_mb_per_day = 5000;
    unsigned free_mb_min = 512;
  } evidence;

  struct Accounts {
    unsigned session_hours = 12;
    unsigned session_idle_minutes = 30;
    unsigned audit_keep_days = 3650;
    unsigned sealed_after_days = 183;
    std::string second_factor_roles;  ///< words of roles with commas between
    std::string weak_passwords;       ///< file; empty is the one that came with the program
    unsigned sign_in_per_minute = 10;
    unsigned rate_per_second = 50;
    unsigned rate_burst = 200;
    unsigned finds_per_minute = 20;
  } accounts;

  struct Log {
    std::string level = "info";
  } log;

  std::string database_address() const;
  std::string evidence_directory() const;
};

/// One key: how its text becomes a value, and back.
struct Setting {
  std::string key;                                            ///< `server.port`, or `database` at the top level
  std::string expects;                                        ///< "a whole number from 0 to 65535"
  std::function<bool(Configuration&, std::string_view)> set;  ///< false when the text does not fit
  std::function<std::string(const Configuration&)> get;       ///< for people: passwords are masked
};

/// All keys, in the order of config/xueji.yaml.
std::span<const Setting> settings();

/// `XUEJI_SERVER_PORT` for `server.port`.
std::string environment_name(const Setting& setting);

struct ConfigurationFile {
  std::string name;
  std::string text;
};
using Environment = std::map<std::string, std::string>;

/// What `--demo` starts from: one machine and few accounts, behind which many hands and load generators may be.
Configuration demo_defaults();

/// Defaults, then the file, then the environment. Variables whose name begins with that of a section but names no key
/// are faults.
std::variant<Configuration, std::vector<Fault>> load_configuration(const std::optional<ConfigurationFile>& file,
                                                                   const Environment& environment,
                                                                   Configuration defaults = {});

}  // namespace xueji
