// Second factors of accounts.
#include "adapters/sql/audit_rows.hpp"
#include "adapters/sql/rows.hpp"
#include "adapters/sql/sql_accounts.hpp"

namespace xueji::sql {

std::optional<SecondFactor> SqlAccounts::second_factor(AccountId account) {
  const Connections::Reading session(connections_);
  auto& row = session->prepare("SELECT secret, confirmed, used_step FROM second_factor WHERE account_id = ?i", "tii");
  if (!row.bind(account).one()) return std::nullopt;
  return SecondFactor{row.text(0), row.integer(1) != 0, row.integer(2)};
}

void SqlAccounts::propose_second_factor(AccountId account, const std::string& secret,
                                        const std::vector<std::string>& recovery_hashes) {
  Connections::Writing writing(connections_);
  writing->prepare("DELETE FROM recovery_code WHERE account_id = ?i").bind(account).run();
  writing->prepare("DELETE FROM second_factor WHERE account_id = ?i").bind(account).run();
  writing->prepare("INSERT INTO second_factor (account_id, secret, confirmed, used_step) VALUES (?i, ?t, 0, 0)")
      .bind(account, secret)
      .run();
  for (const std::string& hash : recovery_hashes)
    writing->prepare("INSERT INTO recovery_code (account_id, code_hash) VALUES (?i, ?t)").bind(account, hash).run();
  writing.commit();
}

bool SqlAccounts::use_code(AccountId account, std::int64_t step, const AuditLines& lines) {
  Connections::Writing writing(connections_);
  const auto used =
      writing
          ->prepare("UPDATE second_factor SET confirmed = 1, used_step = ?i WHERE account_id = ?i AND used_step < ?i")
          .bind(step, account, step)
          .run();
  if (used == 0) return false;
  write_audit(*writing, lines);
  writing.commit();
  return true;
}

bool SqlAccounts::use_recovery_code(AccountId account, const std::string& hash) {
  Connections::Writing writing(connections_);
  const auto used =
      writing->prepare("DELETE FROM recovery_code WHERE account_id = ?i AND code_hash = ?t").bind(account, hash).run();
  writing.commit();
  return used > 0;
}

void SqlAccounts::remove_second_factor(AccountId account, const AuditLines& lines) {
  Connections::Writing writing(connections_);
  writing->prepare("DELETE FROM recovery_code WHERE account_id = ?i").bind(account).run();
  writing->prepare("DELETE FROM second_factor WHERE account_id = ?i").bind(account).run();
  write_audit(*writing, lines);
  writing.commit();
}

}  // namespace xueji::sql
