#include "tests/differential/store/twin.hpp"

#include <algorithm>
#include <stdexcept>

#include "engine/runtime/checks.hpp"
#include "tests/unit/verify/files.hpp"

namespace xueji::differential {
namespace {

constexpr std::size_t commands_max = 4096;

using Files = std::vector<std::pair<std::string, std::string>>;

Files with_shipped(Files files) {
  for (const std::string key : {"g-number-deletion", "key-information-change"})
    files.emplace_back(key + ".yaml", test::shipped_text(key));
  return files;
}

std::unique_ptr<Directory> directory_of(Database& database, const Files& files) {
  auto catalog = load_catalog(files, database.definitions(), test::national_calendar());
  if (const auto* faults = std::get_if<std::vector<Fault>>(&catalog))
    throw std::runtime_error(faults->front().to_string());
  return std::make_unique<Directory>(OfficeTree(database.accounts().offices()), Calendar{},
                                     std::get<Catalog>(std::move(catalog)));
}

}  // namespace

Finding NoCentral::compare_identity(const IdentityQuery& query) {
  Finding finding;
  const int digit = query.id_number[15] - '0' + (query.idempotency_key.back() % 2);
  finding.outcome = digit > 3 ? CheckOutcome::clear : digit > 1 ? CheckOutcome::suspect : CheckOutcome::unavailable;
  if (finding.outcome != CheckOutcome::clear) finding.code = "no_match";
  return finding;
}

Twin::Twin(Location place, const DrivenClock& clock, Files more)
    : place_(std::move(place)),
      clock_(clock),
      more_definitions_(std::move(more)),
      database_(Database::open(place_.url, place_.options)),
      queue_(commands_max, commands_max) {
  options_.log = [this](std::string_view sentence) { log_.emplace_back(sentence); };
}

std::vector<CommandResult> Twin::run(std::vector<Command> batch) {
  if (!committer_) {
    directory_ = directory_of(*database_, with_shipped(more_definitions_));
    committer_ =
        std::make_unique<BatchCommitter>(database_->store(), clock_, *directory_, sink_, queue_, options_, figures_);
  }
  std::vector<std::optional<CommandResult>> results(batch.size());
  for (std::size_t at = 0; at < batch.size(); ++at) {
    QueuedCommand queued{std::move(batch[at]), [&, at](CommandResult result) { results[at] = std::move(result); }};
    if (queue_.add(queued) == CommandQueue::Taken::key_under_way)
      results[at] = Refusal{RefusalKind::idempotency_in_progress, {}, {}, {}, {}, {}, {}, {}};
  }
  if (queue_.waiting() > 0) {
    auto taken = queue_.take();
    committer_->process(taken);
  }
  std::vector<CommandResult> answers;
  for (auto& result : results) answers.push_back(std::move(result.value()));
  return answers;
}

Command Twin::answer(const DueTask& due) {
  const auto definition = directory_->catalog()->find(due.request.definition);
  const Token& token = *token_of(due.request, due.task);
  const State& state = *definition->state(token.state);
  if (state.kind != StateKind::check) return {FireTimer{due.request.id, state.key, token.timer.value()}, {}, {}, {}};
  const auto offices = directory_->offices();
  const CheckSubject subject{due.request, due.student, *definition, *offices, state.key, clock_.now()};
  AnswerChecks answer{due.request.id, state.key, token.attempts, {}, due.task};
  for (const auto& name : state.checks) {
    const auto table = checks();
    const auto check = std::find_if(table.begin(), table.end(), [&](const Check& each) { return each.name == name; });
    answer.findings.push_back(check->ask(subject, database_->queries(), central_));
  }
  return {std::move(answer), {}, {}, {}};
}

}  // namespace xueji::differential
