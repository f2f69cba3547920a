// The audit trail: who did what to which account, post, delegation or record, from where. It is only ever added to.
#pragma once
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/authority/role.hpp"
#include "engine/base/id.hpp"
#include "engine/base/time.hpp"

namespace xueji {

enum class AuditAction {
  signed_in,
  sign_in_failed,
  signed_out,
  session_ended,
  password_changed,
  password_reset,
  account_added,
  account_disabled,
  account_enabled,
  account_unsealed,
  second_factor_set,
  second_factor_removed,
  post_proposed,
  post_confirmed,
  proposal_withdrawn,
  post_given,
  post_taken,
  post_lent,
  loan_taken_back,
  record_looked_at,
  student_sought,
  exported
};

inline constexpr std::array<std::pair<AuditAction, std::string_view>, 22> audit_action_words{{
    {AuditAction::signed_in, "signed_in"},
    {AuditAction::sign_in_failed, "sign_in_failed"},
    {AuditAction::signed_out, "signed_out"},
    {AuditAction::session_ended, "session_ended"},
    {AuditAction::password_changed, "password_changed"},
    {AuditAction::password_reset, "password_reset"},
    {AuditAction::account_added, "account_added"},
    {AuditAction::account_disabled, "account_disabled"},
    {AuditAction::account_enabled, "account_enabled"},
    {AuditAction::account_unsealed, "account_unsealed"},
    {AuditAction::second_factor_set, "second_factor_set"},
    {AuditAction::second_factor_removed, "second_factor_removed"},
    {AuditAction::post_proposed, "post_proposed"},
    {AuditAction::post_confirmed, "post_confirmed"},
    {AuditAction::proposal_withdrawn, "proposal_withdrawn"},
    {AuditAction::post_given, "post_given"},
    {AuditAction::post_taken, "post_taken"},
    {AuditAction::post_lent, "post_lent"},
    {AuditAction::loan_taken_back, "loan_taken_back"},
    {AuditAction::record_looked_at, "record_looked_at"},
    {AuditAction::student_sought, "student_sought"},
    {AuditAction::exported, "exported"},
}};
std::string_view to_string(AuditAction action);
std::optional<AuditAction> parse_audit_action(std::string_view word);

/// One line. Nothing in it is a name, an ID number, a password or a text that a client made up.
struct AuditLine {
  Instant at;
  AuditAction action = AuditAction::signed_in;
  AccountId actor;           ///< who did it; none for strangers and for the operator
  bool by_operator = false;  ///< at the command line
  AccountId account;         ///< whom it was done to; none where a stranger took a name that no account has
  OfficeId office;           ///< of the post; where there is none, of a post of the account
  PostId post;
  std::optional<Role> role;  ///< of the post
  std::string record;        ///< `students/ID`, `requests/ID`, which export; `students` where none was found
  std::string address;       ///< of the client, as the server saw it
  std::string once;          ///< a line with the same text is written once; empty: always
};
using AuditLines = std::vector<AuditLine>;

/// Safe from any thread; throws StoreError.
class AuditTrail {
 public:
  virtual ~AuditTrail() = default;
  /// In their order, in one transaction.
  virtual void add(const AuditLines& lines) = 0;
  struct Wanted {
    AccountId account;  ///< done by or to it, whatever the offices: whoever asks has seen to that
    std::optional<AuditAction> action;
    std::optional<Instant> from, until;  ///< from the one on, before the other
  };
  struct Row {
    std::int64_t number = 0;  ///< in the order in which they were written
    AuditLine line;
    std::string actor_username, account_username;  ///< empty for none
  };
  /// Newest first, at most `limit` with numbers below `before` (0: from the newest on): those of `account`, or without
  /// one those about these offices and what stands below them, and about no office where the topmost is among them.
  virtual std::vector<Row> lines(const std::vector<OfficeId>& offices, const Wanted& wanted, std::int64_t before,
                                 std::size_t limit) = 0;
  /// Removes at most `limit` lines older than that, the oldest first; how many it were.
  virtual std::size_t remove_before(Instant instant, std::size_t limit) = 0;
};

}  // namespace xueji
