#include "adapters/sql/audited_request.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "engine/machine/each_values.hpp"
#include "engine/machine/history_hash.hpp"
#include "engine/machine/places.hpp"
#include "engine/machine/sight.hpp"
#include "engine/machine/subjects.hpp"
#include "engine/machine/submission_hash.hpp"

namespace xueji::sql {
namespace {

using TellFault = std::function<void(std::string)>;

/// What people do without deciding anything: no act of theirs stands in the request.
bool is_no_act(const std::string& action) {
  static const std::set<std::string> without{"edit", "claim", "release", "reassign", "comment", "set_aside"};
  return without.contains(action);
}

class RequestAuditor {
 public:
  RequestAuditor(const AuditedRequest& one, const TellFault& fault) : one_(one), request_(one.request), fault_(fault) {
    for (const auto& [subject, locked_by] : one.subjects) subjects_.insert(subject.student);
    for (const auto& entry : one.entries) ++said_[{entry.entry.action, entry.entry.about}];
  }

  void check_chain() const {
    std::string previous;
    int format = 0;
    if (one_.entries.empty()) tell("request {} has no history", request_.id.value);
    for (const auto& entry : one_.entries) {
      if (entry.previous_hash != previous)
        tell("history entry {} of request {} does not follow the entry before it", entry.id.value, request_.id.value);
      if (!is_what_its_hash_says(entry))
        tell("history entry {} of request {} is not what its hash says", entry.id.value, request_.id.value);
      if (entry.hash_format < format)
        tell("history entry {} of request {} is of an older format than the one before it", entry.id.value,
             request_.id.value);
      if (entry.entry.about ? !is_subject(entry.student) : entry.student != request_.student)
        tell("history entry {} of request {} is about another student", entry.id.value, request_.id.value);
      previous = entry.hash;
      format = entry.hash_format;
    }
    if (!one_.entries.empty() && request_.branches.empty() && one_.entries.back().entry.to != request_.token.state)
      tell("request {} does not stand where its history ends", request_.id.value);
    if (request_.last_hash != previous)
      tell("request {} does not end with the hash of its newest history entry", request_.id.value);
    if (!one_.entries.empty() && one_.entries.back().request_version > request_.version)
      tell("request {} is at an older version than its history", request_.id.value);
  }

  void check_submissions() const {
    int ordinal = 0;
    for (const auto& stored : one_.submissions) {
      ++ordinal;
      if (stored.submission.ordinal != ordinal)
        tell("submission {} of request {} is missing", ordinal, request_.id.value);
      ordinal = stored.submission.ordinal;
      if (stored.submission.subjects != digest())
        tell("submission {} of request {} is about other students", ordinal, request_.id.value);
      if (pinned(stored.submission) != stored.hashes)
        tell("submission {} of request {} is not what its hashes say", ordinal, request_.id.value);
      if (std::none_of(one_.entries.begin(), one_.entries.end(), [&](const HistoryRow& entry) {
            return entry.id == stored.history && entry.entry.based_on == stored.hashes;
          }))
        tell("no history entry of request {} says that submission {} was made", request_.id.value, ordinal);
    }
    const PinnedForm last = one_.submissions.empty() ? PinnedForm{} : one_.submissions.back().hashes;
    if (request_.pinned != last)
      tell("request {} does not rest on the newest of its submissions", request_.id.value);
    else if (last.submission != 0 && !may_differ_from_submission() && pinned(form_as_it_is()) != last)
      tell("the form of request {} is not the one that was submitted", request_.id.value);
  }

  /// Every decision in the history is an act of the request, and the other way round: duties are separated by them.
  void check_acts() const {
    using Deed = std::tuple<std::int64_t, std::string, Instant, std::string>;
    std::multiset<Deed> told, kept;
    const auto post = [](const Holder& holder) {
      return to_string(holder.office) + std::string(to_string(holder.role));
    };
    for (const auto& row : one_.entries)
      if (const auto& entry = row.entry; entry.by && entry.as && !is_no_act(entry.action))
        told.emplace(entry.by.value, entry.action, entry.recorded_at, post(*entry.as));
    for (const auto& act : request_.acts) kept.emplace(act.account.value, act.action, act.at, post(act.as));
    if (told != kept) tell("the acts of request {} are not those of its history", request_.id.value);
  }

  void check_changes() const {
    std::vector<ChangeRow> told;
    for (const auto& entry : one_.entries)
      for (const auto& change : entry.entry.changes) told.push_back({entry.id.value, change});
    for (const auto& change : told)
      if (std::find(one_.changes.begin(), one_.changes.end(), change) == one_.changes.end())
        tell("the change of '{}' in history entry {} is missing among the student's changes", change.change.member,
             change.history);
    for (const auto& change : one_.changes)
      if (std::find(told.begin(), told.end(), change) == told.end())
        tell("the student's change of '{}' is not in history entry {}", change.change.member, change.history);
    if (told.size() != one_.changes.size())
      tell("request {} changed the registry another number of times than it tells", request_.id.value);
  }

  void check_tasks() const {
    std::set<AuditedTask> expected;
    for (const auto& task : kept_tasks_of(request_)) {
      const TaskPlace place = place_of(request_, task.id).value();
      expected.insert({number_of(task.id), static_cast<long long>(place.branch), place.escalated ? 1 : 0,
                       queue_of(task.holder), task.state});
    }
    const std::set<AuditedTask> found(one_.tasks.begin(), one_.tasks.end());
    if (found.size() != expected.size() || one_.tasks.size() != expected.size())
      tell("request {} has {} task(s) where its state makes {}", request_.id.value, one_.tasks.size(), expected.size());
    else if (found != expected)
      tell("request {} has a task in another place, queue or state than its own", request_.id.value);
    if (request_.several) return;
    if (request_.unfiled && request_.locks)
      tell("request {} locks a student whose school does not know it", request_.id.value);
    if (!request_.outcome && request_.locks && one_.locked_by != request_.id)
      tell("request {} is open and does not lock its student", request_.id.value);
    if (!request_.outcome && !request_.locks && one_.locked_by == request_.id)
      tell("request {} locks a student whom it should not", request_.id.value);
    if (request_.outcome && one_.locked_by == request_.id)
      tell("request {} has ended and still locks its student", request_.id.value);
  }

  void check_subjects() const {
    const int count = request_.several ? request_.several->count : 1;
    if (one_.subject_count != count || one_.subjects.size() != (request_.several ? static_cast<std::size_t>(count) : 0))
      tell("request {} is about {} student(s), and the database has another number", request_.id.value, count);
    if (!request_.several) return;
    std::vector<Subject> at_opening;
    int aside = 0, unlocked = 0;
    bool has_first = false;
    for (const auto& [subject, locked_by] : one_.subjects) {
      aside += subject.set_aside ? 1 : 0;
      unlocked += subject.set_aside || subject.locked ? 0 : 1;
      has_first = has_first || subject.student == request_.student;
      at_opening.push_back(subject);
      if (!was_ruled_out(subject)) at_opening.back().set_aside.reset();
      if (subject.set_aside && !was_ruled_out(subject) && !is_told(subject))
        tell("no history entry of request {} says why student {} was set aside", request_.id.value, subject.ordinal);
      const bool locks = !request_.outcome && !subject.set_aside && subject.locked;
      if (locks && locked_by != request_.id)
        tell("request {} is open and does not lock its student {}", request_.id.value, subject.ordinal);
      if (!locks && locked_by == request_.id)
        tell("request {} still locks its student {}", request_.id.value, subject.ordinal);
    }
    if (aside != request_.several->set_aside)
      tell("request {} has {} student(s) set aside where it says {}", request_.id.value, aside,
           request_.several->set_aside);
    if (unlocked != request_.several->unlocked)
      tell("request {} leaves {} student(s) unlocked where it says {}", request_.id.value, unlocked,
           request_.several->unlocked);
    if (!has_first) tell("the first student of request {} is none of its students", request_.id.value);
    if (digest_of_subjects(at_opening) != digest())
      tell("the students of request {} are not those that it was opened about", request_.id.value);
    const bool has_values = std::any_of(at_opening.begin(), at_opening.end(),
                                        [](const Subject& subject) { return !subject.fields.empty(); });
    if (values().empty() ? has_values : digest_of_values(at_opening) != values())
      tell("what is filled in for the students of request {} is not what it says", request_.id.value);
  }

  /// What the history says was done to each of several students is what their rows and the request's progress say.
  void check_carried_out() const {
    if (!request_.several) return;
    const auto& applied = request_.several->applied;
    if (applied && (*applied < 0 || *applied >= request_.several->count))
      tell("request {} is carried out up to student {} of {}", request_.id.value, *applied, request_.several->count);
    const bool finished = said("finished", StudentId{}) > 0;
    for (const auto& [subject, locked_by] : one_.subjects) {
      if (!subject.set_aside && said("set_aside", subject.student) + said("not_applied", subject.student) > 0)
        tell("the history of request {} says that student {} was set aside, and the database does not",
             request_.id.value, subject.ordinal);
      const bool reached = finished || (applied && subject.ordinal <= *applied);
      const std::size_t expected = reached && !subject.set_aside ? 1 : 0;
      if (const auto times = said("applied", subject.student); times != expected)
        tell("the end of request {} was carried out {} time(s) on student {}, and should have been {}",
             request_.id.value, times, subject.ordinal, expected);
    }
  }

  void check_places() const {
    auto expected = offices_in_sight(request_);
    std::sort(expected.begin(), expected.end());
    if (one_.places != expected) tell("request {} is shown to other offices than its own", request_.id.value);
    std::vector<PastPlace> past;
    for (const PartEnd& part : parts_in_sight(request_)) past.push_back({part.school, part.at});
    std::sort(past.begin(), past.end());
    if (one_.past_places != past)
      tell("request {} shows a part of itself to other offices than its own", request_.id.value);
    for (const PartEnd& part : request_.parts_ended)
      if (!ended_then(part))
        tell("the history of request {} does not say that a part in it has ended", request_.id.value);
    for (const OfficeId school : request_.named_schools)
      if (!was_named(school)) tell("request {} names a school that no form of it named", request_.id.value);
  }

  void check_once() const {
    if (one_.once != request_.once)
      tell("request {} and the database disagree on what there may be one request for", request_.id.value);
  }

  void check_scans(const CheckScan& check_scan) const {
    std::map<std::string, EvidenceItem> items;
    for (const auto& item : request_.evidence) items.emplace(item.sha256, item);
    for (const auto& stored : one_.submissions)
      for (const auto& item : stored.submission.evidence) items.emplace(item.sha256, item);
    const std::set<std::string> kept(one_.scans.begin(), one_.scans.end());
    for (const auto& [sha256, item] : items) {
      if (!kept.contains(sha256)) tell("scan {} of request {} would be swept", sha256, request_.id.value);
      if (const auto wrong = check_scan ? check_scan(item) : std::string(); !wrong.empty())
        tell("scan {} of request {}: {}", sha256, request_.id.value, wrong);
    }
  }

 private:
  /// How many entries of the history say that of the student, or of all where it is none.
  std::size_t said(std::string_view action, StudentId about) const {
    const auto found = said_.find({std::string(action), about});
    return found == said_.end() ? 0 : found->second;
  }

  template <class... Values>
  void tell(fmt::format_string<Values...> sentence, Values&&... values) const {
    fault_(fmt::format(sentence, std::forward<Values>(values)...));
  }

  static bool is_what_its_hash_says(const HistoryRow& entry) {
    try {
      return entry.hash ==
             history_hash(entry.hash_format, entry.previous_hash, entry.request, entry.student, entry.entry);
    } catch (const std::invalid_argument&) {
      return false;
    }
  }

  std::string digest() const { return request_.several ? request_.several->digest : std::string(); }

  std::string values() const { return request_.several ? request_.several->values : std::string(); }

  bool was_named(OfficeId school) const {
    return std::any_of(one_.submissions.begin(), one_.submissions.end(), [&](const auto& stored) {
      const FieldValues& fields = stored.submission.fields;
      return std::any_of(fields.begin(), fields.end(),
                         [&](const auto& field) { return field.second == to_string(school); });
    });
  }

  /// What was pinned by then is what the part is shown.
  bool ended_then(const PartEnd& part) const {
    return std::any_of(one_.entries.begin(), one_.entries.end(), [&](const HistoryRow& row) {
      return row.request_version == part.version && row.entry.recorded_at == part.at &&
             row.entry.based_on.submission == part.submission;
    });
  }

  bool is_subject(StudentId student) const { return subjects_.contains(student); }

  /// By the machine, when the request was opened.
  bool was_ruled_out(const Subject& subject) const {
    return subject.set_aside && !subject.set_aside->by && subject.set_aside->at == request_.opened_at;
  }

  bool is_told(const Subject& subject) const {
    const SetAside& why = *subject.set_aside;
    return std::any_of(one_.entries.begin(), one_.entries.end(), [&](const HistoryRow& row) {
      const auto& entry = row.entry;
      return entry.about == subject.student && entry.by == why.by && entry.recorded_at == why.at &&
             (entry.comment == in_two_lines(why.reason) ||
              (entry.comment == why.reason.zh && entry.comment == why.reason.en));
    });
  }

  Submission form_as_it_is() const {
    const auto& last = one_.submissions.back().submission;
    return {last.ordinal, last.round, request_.fields, request_.before, request_.evidence, digest(), values()};
  }

  /// The draft was worked on since, or taken back with other values.
  bool may_differ_from_submission() const {
    if (request_.outcome == Outcome::withdrawn || request_.outcome == Outcome::cancelled ||
        request_.outcome == Outcome::expired)
      return true;
    const auto since = one_.submissions.back().history;
    return std::any_of(one_.entries.begin(), one_.entries.end(), [&](const HistoryRow& entry) {
      return entry.id > since && (entry.entry.action == "edit" || entry.entry.action == "migrate");
    });
  }

  const AuditedRequest& one_;
  const Request& request_;
  const TellFault& fault_;
  std::set<StudentId> subjects_;
  std::map<std::pair<std::string, StudentId>, std::size_t> said_;
};

}  // namespace

void check_request(const AuditedRequest& one, const CheckScan& check_scan, const TellFault& fault) {
  const RequestAuditor auditor(one, fault);
  auditor.check_chain();
  auditor.check_submissions();
  auditor.check_acts();
  auditor.check_changes();
  auditor.check_tasks();
  auditor.check_subjects();
  auditor.check_carried_out();
  auditor.check_places();
  auditor.check_once();
  auditor.check_scans(check_scan);
}

}  // namespace xueji::sql
