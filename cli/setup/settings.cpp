#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <limits>
#include <regex>

#include "adapters/sql/database_address.hpp"
#include "cli/setup/configuration.hpp"
#include "engine/base/text.hpp"
#include "engine/machine/pending_act.hpp"

namespace xueji {
namespace {

template <class Access>
Setting text(std::string key, std::string expects, Access access) {
  return {std::move(key), std::move(expects),
          [access](Configuration& configuration, std::string_view value) {
            if (!is_clean_utf8(value)) return false;
            access(configuration) = std::string{value};
            return true;
          },
          [access](const Configuration& configuration) { return access(configuration); }};
}

template <class Access>
Setting whole_number(std::string key, unsigned min, unsigned max, Access access) {
  return {std::move(key), fmt::format("a whole number from {} to {}", min, max),
          [access, min, max](Configuration& configuration, std::string_view value) {
            unsigned number = 0;
            const char* end = value.data() + value.size();
            const auto [stop, error] = std::from_chars(value.data(), end, number);
            if (error != std::errc{} || stop != end || number < min || number > max) return false;
            using Number = std::decay_t<decltype(access(configuration))>;
            access(configuration) = static_cast<Number>(number);
            return true;
          },
          [access](const Configuration& configuration) { return std::to_string(access(configuration)); }};
}

template <class Access>
Setting yes_or_no(std::string key, Access access) {
  return {
      std::move(key), "`true` or `false`",
      [access](Configuration& configuration, std::string_view value) {
        if (value != "true" && value != "false") return false;
        access(configuration) = value == "true";
        return true;
      },
      [access](const Configuration& configuration) { return std::string{access(configuration) ? "true" : "false"}; }};
}

template <class Access>
Setting one_of(std::string key, std::string expects, std::vector<std::string_view> words, Access access) {
  return {std::move(key), std::move(expects),
          [access, words = std::move(words)](Configuration& configuration, std::string_view value) {
            if (std::find(words.begin(), words.end(), value) == words.end()) return false;
            access(configuration) = value;
            return true;
          },
          [access](const Configuration& configuration) { return access(configuration); }};
}

template <class Access>
Setting password(std::string key, Access access) {
  auto setting = text(std::move(key), "a password", access);
  setting.get = [access](const Configuration& configuration) {
    return std::string{access(configuration).empty() ? "" : "***"};
  };
  return setting;
}

/// As browsers send it: nothing behind the host but a port that is not the scheme's own.
bool is_origin(std::string_view value) {
  static const std::regex shape(R"((https?)://([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(:([1-9][0-9]{0,4}))?)");
  std::match_results<std::string_view::const_iterator> parts;
  if (!std::regex_match(value.begin(), value.end(), parts, shape)) return false;
  constexpr int port_max = 65'535;
  const std::string port = parts.str(5), usual = parts.str(1) == "https" ? "443" : "80";
  return port.empty() || (port != usual && std::stoi(port) <= port_max);
}

Setting origin(std::string key, std::string expects, std::string Configuration::Server::* member) {
  return {std::move(key), std::move(expects),
          [member](Configuration& configuration, std::string_view value) {
            if (!value.empty() && !is_origin(value)) return false;
            configuration.server.*member = std::string{value};
            return true;
          },
          [member](const Configuration& configuration) { return configuration.server.*member; }};
}

Setting database() {
  auto setting = text(
      "database", "an address such as `sqlite:///var/lib/xueji/xueji.db` or `mysql://xueji@db.example.edu.cn/xueji`",
      [](auto& c) -> auto& { return c.database; });
  setting.get = [](const Configuration& configuration) { return sql::without_password(configuration.database); };
  return setting;
}

std::vector<Setting> make_settings() {
  constexpr unsigned large = 1'000'000;
  return {
      text("data", "a folder", [](auto& c) -> auto& { return c.data; }),
      database(),
      text("server.address", "an IP address", [](auto& c) -> auto& { return c.server.address; }),
      whole_number("server.port", 0, 65'535, [](auto& c) -> auto& { return c.server.port; }),
      whole_number("server.io_threads", 1, 256, [](auto& c) -> auto& { return c.server.io_threads; }),
      whole_number("server.worker_threads", 1, 256, [](auto& c) -> auto& { return c.server.worker_threads; }),
      whole_number("server.worker_queue_max", 1, large, [](auto& c) -> auto& { return c.server.worker_queue_max; }),
      whole_number("server.connections_max", 1, large, [](auto& c) -> auto& { return c.server.connections_max; }),
      whole_number("server.websockets_per_account_max", 1, large,
                   [](auto& c) -> auto& { return c.server.websockets_per_account_max; }),
      origin("server.public_origin",
             "an origin as browsers send it, in lower case, without path, and with a port only where it is not the "
             "usual one, such as `https://xueji.example.edu.cn`",
             &Configuration::Server::public_origin),
      yes_or_no("server.secure_cookies", [](auto& c) -> auto& { return c.server.secure_cookies; }),
      whole_number("server.header_seconds", 1, 3600, [](auto& c) -> auto& { return c.server.header_seconds; }),
      whole_number("server.idle_seconds", 1, 3600, [](auto& c) -> auto& { return c.server.idle_seconds; }),
      whole_number("server.write_seconds", 1, 3600, [](auto& c) -> auto& { return c.server.write_seconds; }),
      whole_number("server.websocket_idle_seconds", 1, 3600,
                   [](auto& c) -> auto& { return c.server.websocket_idle_seconds; }),
      whole_number("server.bodies_mb", 1, 1'000'000, [](auto& c) -> auto& { return c.server.bodies_mb; }),
      whole_number("server.account_bodies_mb", 1, 1'000'000,
                   [](auto& c) -> auto& { return c.server.account_bodies_mb; }),
      whole_number("server.anonymous_bodies_mb", 1, 1'000'000,
                   [](auto& c) -> auto& { return c.server.anonymous_bodies_mb; }),
      whole_number("server.body_kb_per_second", 1, 1'000'000,
                   [](auto& c) -> auto& { return c.server.body_kb_per_second; }),
      whole_number("server.drain_seconds", 0, 3600, [](auto& c) -> auto& { return c.server.drain_seconds; }),
      whole_number("store.read_sessions", 1, 256, [](auto& c) -> auto& { return c.store.read_sessions; }),
      whole_number("store.list_sessions", 1, 256, [](auto& c) -> auto& { return c.store.list_sessions; }),
      whole_number("store.heavy_sessions", 1, 256, [](auto& c) -> auto& { return c.store.heavy_sessions; }),
      whole_number("store.quick_read_seconds", 1, 3600, [](auto& c) -> auto& { return c.store.quick_read_seconds; }),
      whole_number("store.list_read_seconds", 1, 3600, [](auto& c) -> auto& { return c.store.list_read_seconds; }),
      whole_number("store.heavy_read_seconds", 1, 3600, [](auto& c) -> auto& { return c.store.heavy_read_seconds; }),
      whole_number("store.wait_ms", 1, 600'000, [](auto& c) -> auto& { return c.store.wait_ms; }),
      whole_number("store.cache_mb", 1, 1'000'000, [](auto& c) -> auto& { return c.store.cache_mb; }),
      whole_number("store.checkpoint_pages", 100, large, [](auto& c) -> auto& { return c.store.checkpoint_pages; }),
      yes_or_no("store.migrate", [](auto& c) -> auto& { return c.store.migrate; }),
      text("store.password_file", "a file", [](auto& c) -> auto& { return c.store.password_file; }),
      password("store.password", [](auto& c) -> auto& { return c.store.password; }),
      one_of("store.tls", "`verify`, `off` or nothing", {"", "verify", "off"},
             [](auto& c) -> auto& { return c.store.tls; }),
      text("store.tls_ca", "a file", [](auto& c) -> auto& { return c.store.tls_ca; }),
      whole_number("store.session_minutes", 1, 1440, [](auto& c) -> auto& { return c.store.session_minutes; }),
      whole_number("pipeline.queue_max", 1, large, [](auto& c) -> auto& { return c.pipeline.queue_max; }),
      whole_number("pipeline.batch_max", 1, 10'000, [](auto& c) -> auto& { return c.pipeline.batch_max; }),
      whole_number("pipeline.undo_seconds", 1, undo_time_max.count(),
                   [](auto& c) -> auto& { return c.pipeline.undo_seconds; }),
      text("workflows.directory", "a folder", [](auto& c) -> auto& { return c.workflows.directory; }),
      text("workflows.calendar", "a file", [](auto& c) -> auto& { return c.workflows.calendar; }),
      text("ui.directory", "a folder", [](auto& c) -> auto& { return c.ui.directory; }),
      text("checks.national_url", "an address such as `http://127.0.0.1:8090`",
           [](auto& c) -> auto& { return c.checks.national_url; }),
      text("checks.national_authorities", "a file of certificates in PEM",
           [](auto& c) -> auto& { return c.checks.national_authorities; }),
      text("checks.national_certificate", "a file with a certificate in PEM",
           [](auto& c) -> auto& { return c.checks.national_certificate; }),
      text("checks.national_key", "a file with a private key in PEM",
           [](auto& c) -> auto& { return c.checks.national_key; }),
      whole_number("checks.timeout_seconds", 1, 600, [](auto& c) -> auto& { return c.checks.timeout_seconds; }),
      whole_number("checks.threads", 1, 256, [](auto& c) -> auto& { return c.checks.threads; }),
      whole_number("checks.poll_ms", 10, 60'000, [](auto& c) -> auto& { return c.checks.poll_ms; }),
      text("evidence.directory", "a folder", [](auto& c) -> auto& { return c.evidence.directory; }),
      whole_number("evidence.keep_unreferenced_hours", 1, 8760,
                   [](auto& c) -> auto& { return c.evidence.keep_unreferenced_hours; }),
      text("evidence.render_program", "a file", [](auto& c) -> auto& { return c.evidence.render_program; }),
      whole_number("evidence.decoders", 1, 256, [](auto& c) -> auto& { return c.evidence.decoders; }),
      whole_number("evidence.decoders_queue_max", 1, 10'000,
                   [](auto& c) -> auto& { return c.evidence.decoders_queue_max; }),
      whole_number("evidence.megapixels_max", 1, 1000, [](auto& c) -> auto& { return c.evidence.megapixels_max; }),
      whole_number("evidence.pages_max", 1, 10'000, [](auto& c) -> auto& { return c.evidence.pages_max; }),
      whole_number("evidence.decode_memory_mb", 256, 65'536,
                   [](auto& c) -> auto& { return c.evidence.decode_memory_mb; }),
      whole_number("evidence.decode_seconds", 1, 600, [](auto& c) -> auto& { return c.evidence.decode_seconds; }),
      whole_number("evidence.account_mb_per_day", 1, 100 * large,
                   [](auto& c) -> auto& { return c.evidence.account_mb_per_day; }),
      whole_number("evidence.office_mb_per_day", 1, 100 * large,
                   [](auto& c) -> auto& { return c.evidence.office_mb_per_day; }),
      whole_number("evidence.free_mb_min", 0, 1000 * large, [](auto& c) -> auto& { return c.evidence.free_mb_min; }),
      whole_number("accounts.session_hours", 1, 720, [](auto& c) -> auto& { return c.accounts.session_hours; }),
      whole_number("accounts.session_idle_minutes", 5, 1440,
                   [](auto& c) -> auto& { return c.accounts.session_idle_minutes; }),
      whole_number("accounts.audit_keep_days", 180, 36'500,
                   [](auto& c) -> auto& { return c.accounts.audit_keep_days; }),
      whole_number("accounts.sealed_after_days", 30, 36'500,
                   [](auto& c) -> auto& { return c.accounts.sealed_after_days; }),
      text("accounts.second_factor_roles", "roles such as `admin,approver`",
           [](auto& c) -> auto& { return c.accounts.second_factor_roles; }),
      text("accounts.weak_passwords", "a file", [](auto& c) -> auto& { return c.accounts.weak_passwords; }),
      whole_number("accounts.sign_in_per_minute", 1, large,
                   [](auto& c) -> auto& { return c.accounts.sign_in_per_minute; }),
      whole_number("accounts.rate_per_second", 1, large, [](auto& c) -> auto& { return c.accounts.rate_per_second; }),
      whole_number("accounts.rate_burst", 1, large, [](auto& c) -> auto& { return c.accounts.rate_burst; }),
      whole_number("accounts.finds_per_minute", 1, large, [](auto& c) -> auto& { return c.accounts.finds_per_minute; }),
      one_of("log.level", "one of `debug`, `info`, `warning`, `error`, `off`",
             {"debug", "info", "warning", "error", "off"}, [](auto& c) -> auto& { return c.log.level; }),
  };
}

}  // namespace

std::span<const Setting> settings() {
  static const std::vector<Setting> all = make_settings();
  return all;
}

std::string environment_name(const Setting& setting) {
  std::string name = "XUEJI_" + setting.key;
  for (char& c : name) c = c == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return name;
}

}  // namespace xueji
