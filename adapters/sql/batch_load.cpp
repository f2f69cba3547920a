// The reading half of a write transaction.
#include "adapters/sql/pending_rows.hpp"
#include "adapters/sql/post_rows.hpp"
#include "adapters/sql/rows.hpp"
#include "adapters/sql/subject_rows.hpp"
#include "adapters/sql/write_transaction.hpp"
#include "engine/machine/subjects.hpp"

namespace xueji::sql {
namespace {

void load_keys(Session& session, const std::vector<IdempotencyKey>& keys, Batch& batch) {
  in_chunks<IdempotencyKey>(keys, [&](std::span<const IdempotencyKey> chunk) {
    std::vector<long long> hashes;
    for (const auto& key : chunk) hashes.push_back(key_hash(key.account, key.key));
    auto& rows = session.prepare(
        "SELECT key_account_id, idempotency_key, fingerprint, request_id FROM history "
        "WHERE key_hash IN " +
            parameter_list(chunk.size()),
        "itti");
    bind_list<long long>(rows, hashes);
    rows.each([&] {
      batch.keys.insert_or_assign(key_text(AccountId{rows.integer(0)}, rows.text(1)),
                                  KeyRecord{rows.text(2), RequestId{rows.integer(3)}});
    });
    auto& undoable = session.prepare(
        "SELECT key_account_id, idempotency_key, fingerprint, request_id, until_at FROM undoable_key "
        "WHERE key_hash IN " +
            parameter_list(chunk.size()),
        "ittii");
    bind_list<long long>(undoable, hashes);
    undoable.each([&] {
      batch.keys.insert_or_assign(
          key_text(AccountId{undoable.integer(0)}, undoable.text(1)),
          KeyRecord{undoable.text(2), RequestId{undoable.integer(3)}, instant_of(undoable.integer(4))});
    });
  });
  std::unordered_set<std::string> wanted;
  for (const auto& key : keys) wanted.insert(key_text(key.account, key.key));
  std::erase_if(batch.keys, [&](const auto& found) { return !wanted.contains(found.first); });
}

using UploadKey = std::pair<AccountId, std::string>;

void load_uploads(Session& session, const std::vector<UploadKey>& uploads, Batch& batch) {
  in_chunks<UploadKey>(uploads, [&](std::span<const UploadKey> chunk) {
    auto& rows =
        session.prepare("SELECT account_id, sha256, filename, media_type, size FROM evidence_upload WHERE sha256 IN " +
                            parameter_list(chunk.size(), 't'),
                        "ittti");
    for (std::size_t at = 0; at < padded(chunk.size()); ++at)
      rows.set(at, std::string_view{chunk[std::min(at, chunk.size() - 1)].second});
    rows.each([&] {
      batch.uploads.insert_or_assign(upload_text(AccountId{rows.integer(0)}, rows.text(1)),
                                     EvidenceItem{rows.text(1), {}, rows.text(2), rows.text(3), rows.integer(4)});
    });
  });
  std::unordered_set<std::string> wanted;
  for (const auto& [account, sha256] : uploads) wanted.insert(upload_text(account, sha256));
  std::erase_if(batch.uploads, [&](const auto& found) { return !wanted.contains(found.first); });
}

std::vector<SubjectRange> wanted_subjects(const BatchKeys& keys,
                                          const std::unordered_map<RequestId, Request>& requests) {
  std::vector<SubjectRange> wanted;
  for (const auto& [request, ordinal] : keys.subjects) wanted.push_back({request, ordinal, ordinal});
  for (const RequestId id : keys.all_subjects)
    if (const auto found = requests.find(id); found != requests.end() && found->second.several)
      wanted.push_back({id, 1, found->second.several->count});
  for (const auto& [id, request] : requests)
    if (const auto slice = request.several && !request.outcome ? next_slice(*request.several) : std::nullopt)
      wanted.push_back({id, slice->first, slice->last});
  return wanted;
}

/// Whoever is asked about: from each first record's requests about two on.
void load_paired(Session& session, const std::vector<PairKey>& pairs, Batch& batch) {
  const std::set<PairKey> wanted(pairs.begin(), pairs.end());
  std::set<StudentId> distinct;
  for (const auto& pair : wanted) distinct.insert(pair.first);
  const std::vector<StudentId> firsts(distinct.begin(), distinct.end());
  in_chunks<StudentId>(firsts, [&](std::span<const StudentId> chunk) {
    auto& rows = session.prepare(
        "SELECT d.definition_key, x.student_id, y.student_id FROM request_subject x CROSS JOIN request r ON r.id = "
        "x.request_id CROSS JOIN request_subject y ON y.request_id = r.id CROSS JOIN definition d ON d.id = "
        "r.definition_id WHERE r.subject_count = 2 AND y.student_id > x.student_id AND x.student_id IN " +
            parameter_list(chunk.size()),
        "tii");
    bind_list(rows, chunk);
    rows.each([&] {
      PairKey pair{rows.text(0), StudentId{rows.integer(1)}, StudentId{rows.integer(2)}};
      if (wanted.contains(pair)) batch.paired.insert(std::move(pair));
    });
  });
}

template <class AnyId>
std::vector<AnyId> unique(std::vector<AnyId> ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::erase_if(ids, [](AnyId id) { return !id; });
  return ids;
}

}  // namespace

void SqlWriteTransaction::remember_requests(const std::vector<RequestId>& ids) {
  auto missing = unique(ids);
  std::erase_if(missing, [&](RequestId id) { return requests_.contains(id); });
  for (auto& stored : load_requests(*writing_, missing)) {
    const auto id = stored.request.id;
    requests_.insert_or_assign(id, std::move(stored));
  }
}

void SqlWriteTransaction::remember_students(const std::vector<StudentId>& ids) {
  auto missing = unique(ids);
  std::erase_if(missing, [&](StudentId id) { return students_.contains(id); });
  for (auto& student : load_students(*writing_, missing)) {
    const auto id = student.id;
    students_.insert_or_assign(id, std::move(student));
  }
}

Batch SqlWriteTransaction::load(const BatchKeys& keys) {
  Batch batch;
  load_keys(*writing_, keys.keys, batch);
  load_paired(*writing_, keys.pairs, batch);

  auto uploads = keys.uploads;
  std::set<AccountId> acting;
  for (auto& act : load_pending(*writing_, unique(keys.requests))) {
    acting.insert(act.by);
    if (act.what.reassign_to) acting.insert(act.what.reassign_to);
    if (act.what.evidence)
      for (const auto& item : *act.what.evidence) uploads.emplace_back(act.by, item.sha256);
    const RequestId request = act.request;
    batch.pending.insert_or_assign(request, std::move(act));
  }
  load_uploads(*writing_, uploads, batch);

  auto requests = keys.requests;
  for (const auto& [text, record] : batch.keys) requests.push_back(record.request);
  remember_requests(requests);
  auto students = keys.students;
  for (const auto id : requests)
    if (const auto found = requests_.find(id); found != requests_.end())
      students.push_back(found->second.request.student);
  remember_students(students);
  for (const auto id : students)
    if (const auto found = students_.find(id); found != students_.end()) requests.push_back(found->second.open_request);
  remember_requests(requests);

  for (const auto id : requests)
    if (const auto found = requests_.find(id); found != requests_.end())
      batch.requests.emplace(id, found->second.request);
  for (auto& [request, subjects] : load_subjects(*writing_, wanted_subjects(keys, batch.requests))) {
    for (const auto& subject : subjects) students.push_back(subject.student);
    batch.subjects.emplace(request, std::move(subjects));
  }
  remember_students(students);
  std::set<AccountId> claimers = std::move(acting);
  for (const auto& [id, request] : batch.requests) claimers.merge(claimers_of(request));
  batch.claimers = load_claimers(*writing_, claimers);
  for (const auto id : students)
    if (const auto found = students_.find(id); found != students_.end()) batch.students.insert(*found);
  return batch;
}

}  // namespace xueji::sql
