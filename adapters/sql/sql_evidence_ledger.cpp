#include "adapters/sql/sql_evidence_ledger.hpp"

namespace xueji::sql {
namespace {

const std::string select_upload =
    "SELECT sha256, account_id, filename, media_type, size, uploaded_at FROM evidence_upload ";
constexpr std::string_view upload_kinds = "tittii";

std::optional<Upload> read_upload(Statement& row) {
  if (!row.one()) return std::nullopt;
  return Upload{row.text(0),    AccountId{row.integer(1)}, row.text(2), row.text(3),
                row.integer(4), instant_of(row.integer(5))};
}

}  // namespace

bool SqlEvidenceLedger::add(const Upload& upload) {
  Connections::Writing writing(connections_);
  if (writing->prepare("SELECT 1 FROM evidence_upload WHERE sha256 = ?t AND account_id = ?i", "i")
          .bind(upload.sha256, upload.account)
          .one()) {
    writing->prepare("UPDATE evidence_upload SET uploaded_at = ?i WHERE sha256 = ?t AND account_id = ?i")
        .bind(upload.at, upload.sha256, upload.account)
        .run();
    writing.commit();
    return false;
  }
  writing
      ->prepare(
          "INSERT INTO evidence_upload (sha256, account_id, filename, media_type, size, uploaded_at) "
          "VALUES (?t, ?i, ?t, ?t, ?i, ?i)")
      .bind(upload.sha256, upload.account, upload.filename, upload.media_type, upload.size, upload.at)
      .run();
  writing.commit();
  return true;
}

std::optional<Upload> SqlEvidenceLedger::find(const std::string& sha256, AccountId account) {
  const Connections::Reading session(connections_);
  return read_upload(
      session->prepare(select_upload + "WHERE sha256 = ?t AND account_id = ?i", upload_kinds).bind(sha256, account));
}

std::optional<Upload> SqlEvidenceLedger::find(const std::string& sha256) {
  const Connections::Reading session(connections_);
  return read_upload(
      session->prepare(select_upload + "WHERE sha256 = ?t ORDER BY account_id LIMIT 1", upload_kinds).bind(sha256));
}

std::int64_t SqlEvidenceLedger::bytes_of(AccountId account, Instant since) {
  const Connections::Reading session(connections_);
  auto& sum = session->prepare(
      "SELECT CAST(COALESCE(SUM(size), 0) AS INTEGER) FROM evidence_upload WHERE account_id = ?i AND uploaded_at >= ?i",
      "i");
  return sum.bind(account, since).one() ? sum.integer(0) : 0;
}

std::int64_t SqlEvidenceLedger::bytes_of(OfficeId office, Instant since) {
  const Connections::Reading session(connections_);
  auto& sum = session->prepare(
      "SELECT CAST(COALESCE(SUM(u.size), 0) AS INTEGER) FROM evidence_upload u WHERE u.uploaded_at >= ?i "
      "AND u.account_id IN (SELECT p.account_id FROM post p WHERE p.office_id = ?i)",
      "i");
  return sum.bind(since, office).one() ? sum.integer(0) : 0;
}

std::vector<std::string> SqlEvidenceLedger::unreferenced(Instant before, std::size_t limit) {
  const Connections::Reading session(connections_);
  auto& rows = session->prepare(
      "SELECT DISTINCT u.sha256 FROM evidence_upload u WHERE u.uploaded_at < ?i "
      "AND NOT EXISTS (SELECT 1 FROM evidence_upload v WHERE v.sha256 = u.sha256 AND v.uploaded_at >= ?i) "
      "AND NOT EXISTS (SELECT 1 FROM request_evidence e WHERE e.sha256 = u.sha256) "
      "AND NOT EXISTS (SELECT 1 FROM pending_evidence p WHERE p.sha256 = u.sha256) "
      "ORDER BY u.sha256 LIMIT ?i",
      "t");
  std::vector<std::string> hashes;
  rows.bind(before, before, limit).each([&] { hashes.push_back(rows.text(0)); });
  return hashes;
}

bool SqlEvidenceLedger::remove_unreferenced(const std::string& sha256, Instant before) {
  Connections::Writing writing(connections_);
  for (const char* referred : {"SELECT 1 FROM request_evidence WHERE sha256 = ?t LIMIT 1",
                               "SELECT 1 FROM pending_evidence WHERE sha256 = ?t LIMIT 1"})
    if (writing->prepare(referred, "i").bind(sha256).one()) return false;
  if (writing->prepare("SELECT 1 FROM evidence_upload WHERE sha256 = ?t AND uploaded_at >= ?i LIMIT 1", "i")
          .bind(sha256, before)
          .one())
    return false;
  writing->prepare("DELETE FROM evidence_upload WHERE sha256 = ?t").bind(sha256).run();
  writing.commit();
  return true;
}

}  // namespace xueji::sql
