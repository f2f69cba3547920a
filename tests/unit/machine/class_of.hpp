// A school's pupils and one request about several of them.
#pragma once
#include "bench.hpp"
#include "engine/machine/each_values.hpp"
#include "engine/machine/subjects.hpp"

namespace xueji::test {

/// A school's pupils of one class, and the command about any of them.
class ClassOf {
 public:
  explicit ClassOf(std::size_t pupils, const std::string& business = "class-change") : bench(shipped(business)) {
    for (std::size_t made = 0; made < pupils; ++made) {
      Student pupil = bench.student;
      pupil.id = StudentId{static_cast<std::int64_t>(made) + 1};
      pupil.class_name = "2班";
      pupils_.push_back(pupil);
    }
  }

  Student& pupil(int ordinal) { return pupils_.at(static_cast<std::size_t>(ordinal) - 1); }

  Open open(bool chosen = false) const {
    Open what{"class-change", pupils_.front().id, {{"ground", "renamed"}, {"new_class", "阳光班"}}, {}, "", true};
    if (chosen) what.fields.insert({{"grade", "3"}, {"class", "2班"}});
    what.chosen = chosen;
    return what;
  }

  Verdict try_by(const std::string& who, decltype(Command::what) what) {
    Situation where = bench.situation();
    where.student = &pupils_.front();
    const bool opens = std::holds_alternative<Open>(what);
    if (opens) where.request = nullptr;
    if (const auto* act = std::get_if<Perform>(&what); opens || (act && act->subject))
      for (const Student& each : pupils_)
        if (const Subject subject = of(each); opens || subject.ordinal == act->subject)
          where.subjects.push_back({subject, &each});
    if (const auto* act = std::get_if<Perform>(&what); act && !act->subject) where.subjects = next_subjects();
    const Command command{std::move(what), bench.world.person(who), std::nullopt, std::nullopt};
    if (!opens && asks_for_all(bench.definition, *bench.request, command))
      where.subjects = subjects_in({1, bench.request->several->count});
    return decide(where, command);
  }

  Decision by(const std::string& who, decltype(Command::what) what) { return kept(try_by(who, std::move(what))); }

  Refusal refused(const std::string& who, decltype(Command::what) what) {
    return std::get<Refusal>(try_by(who, std::move(what)));
  }

  Perform set_aside(int ordinal, const std::string& why) const {
    Perform what = bench.perform("set_aside", why);
    what.subject = ordinal;
    return what;
  }

  /// The next slice; nothing is left to do where it says so.
  Verdict try_slice() {
    Situation where = bench.situation();
    where.student = &pupils_.front();
    where.subjects = next_subjects();
    return decide(where, {FireTimer{bench.request->id, bench.request->token.state,
                                    bench.request->token.timer.value_or(bench.now)},
                          {},
                          {},
                          {}});
  }
  std::vector<SubjectRecord> next_subjects() {
    const auto slice = next_slice(*bench.request->several);
    return slice ? subjects_in(*slice) : std::vector<SubjectRecord>{};
  }
  std::vector<SubjectRecord> subjects_in(const Slice& slice) {
    std::vector<SubjectRecord> records;
    for (const Subject& each : subjects)
      if (slice.holds(each.ordinal)) records.push_back({each, &pupil(static_cast<int>(each.student.value))});
    return records;
  }
  Decision slice() { return kept(try_slice()); }

  Decision kept(Verdict verdict) {
    if (const auto* refusal = std::get_if<Refusal>(&verdict)) throw std::logic_error("refused: " + refusal->detail.en);
    Decision decision = std::get<Decision>(std::move(verdict));
    bench.request = decision.request;
    if (!bench.request->id) bench.request->id = RequestId{++bench.requests};
    if (!decision.subjects.added.empty()) subjects = decision.subjects.added;
    for (const Subject& each : decision.subjects.added)
      if (!each.set_aside) pupil(static_cast<int>(each.student.value)).open_request = bench.request->id;
    for (const Subject& each : decision.subjects.set_aside) {
      subjects.at(static_cast<std::size_t>(each.ordinal) - 1) = each;
      pupil(static_cast<int>(each.student.value)).open_request = {};
    }
    for (const Subject& each : decision.subjects.filled) subjects.at(static_cast<std::size_t>(each.ordinal) - 1) = each;
    for (const HistoryDraft& entry : decision.history)
      if (entry.about && !entry.changes.empty())
        pupil(static_cast<int>(entry.about.value)) =
            apply(pupil(static_cast<int>(entry.about.value)), entry.changes, bench.now);
    return decision;
  }

  Bench bench;
  std::vector<Subject> subjects;

 private:
  Subject of(const Student& student) const {
    for (const Subject& each : subjects)
      if (each.student == student.id) return each;
    return {0, student.id, std::nullopt};
  }

  std::vector<Student> pupils_;
};

}  // namespace xueji::test
