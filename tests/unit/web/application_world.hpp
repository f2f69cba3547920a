// The whole application over fakes, without a listener: requests go in, answers come out.
#pragma once
#include <boost/json/object.hpp>
#include <memory>

#include "adapters/identity/argon2_identity.hpp"
#include "tests/unit/runtime/fake_accounts.hpp"
#include "tests/unit/web/fake_evidence.hpp"
#include "tests/unit/web/fake_handles.hpp"
#include "tests/unit/web/fake_read_side.hpp"
#include "web/server/application.hpp"

namespace xueji::testing {

struct Answered {
  web::HttpResponse response;
  int status() const { return response.status; }
  boost::json::value json() const;
  /// The last part of the problem's type.
  std::string slug() const;
  std::string header(std::string_view name) const;
};

/// Accounts `registrar`, `head`, `reviewer`, `approver`, `stranger` (of another county), `admin` (of the ministry); the
/// password of all is `secret-word`.
struct ApplicationWorld {
  explicit ApplicationWorld(web::ApplicationOptions options = {});
  ~ApplicationWorld();

  Answered send(web::HttpRequest request);
  Answered get(const std::string& target, const std::string& username = {});
  Answered post(const std::string& target, const std::string& body, const std::string& username = {},
                std::vector<std::pair<std::string, std::string>> headers = {});
  /// A request of that account by Authorization.
  web::HttpRequest request(web::Method method, const std::string& target, const std::string& username = {},
                           const std::string& body = {}) const;
  const std::string& token(const std::string& username) const { return tokens.at(username); }

  /// Opens a name change of that student as `registrar`; answers its id.
  std::string open(int student, bool submit = true);
  Answered act(const std::string& id, const std::string& action, const std::string& username, std::int64_t version,
               const std::string& key, const std::string& body = "{}");

  /// Time passes; clock.advance() alone is a clock that is set.
  void pass(std::chrono::microseconds time) {
    clock.advance(time);
    steady.advance(time);
  }

  DrivenClock clock;
  DrivenSteadyClock steady;
  FakeStore store;
  Directory rooms = directory();
  FakeAccounts accounts;
  FakeHandles handles;
  Argon2Identity identity{PasswordCost::cheap()};
  WeakPasswords weak_passwords{"password\n12345678\n"};
  FakeEvidence evidence;
  FakeReadSide queries{store, rooms, accounts};
  FakeCentral central;
  web::Hub hub{rooms, clock, {}};
  Runtime runtime;
  std::unique_ptr<MachineRoom> machine_room;
  StaffingFigures staffing;
  std::unique_ptr<web::Application> application;
  std::map<std::string, std::string> tokens;
};

inline const std::string scan_sha256(64, 'a');

}  // namespace xueji::testing
