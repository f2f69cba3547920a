#include "cli/proving/proving_child.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <vector>

#include "cli/proving/proof_json.hpp"
#include "cli/proving/subprocess.hpp"
#include "cli/setup/console.hpp"
#include "engine/base/sha256.hpp"

namespace xueji {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view checked_name = "definition.yaml";

/// A folder for the time of one question.
class TemporaryFolder {
 public:
  /// Where temporary files go, or else in `other`.
  explicit TemporaryFolder(const fs::path& other) {
    std::error_code error;
    for (const fs::path& place : {fs::temp_directory_path(error), other}) {
      std::string pattern = (place / "xueji-check-XXXXXX").string();
      if (place.empty() || !::mkdtemp(pattern.data())) continue;
      path_ = pattern;
      return;
    }
    throw std::runtime_error("no folder can be made in TMPDIR or " + other.string());
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

struct Question {
  const Definition& definition;
  const Calendar& calendar;
  const std::vector<const Definition*>& older;
};

std::string calendar_text(const Calendar& calendar) {
  return calendar.text.empty() ? "format: 1\nholidays: {}\n" : calendar.text;
}

std::string name_of_answer(const Question& question, const std::string& build) {
  std::string all = build + '\n' + question.definition.sha256 + '\n' + sha256_hex(calendar_text(question.calendar));
  for (const Definition* each : question.older) all += '\n' + each->sha256;
  return sha256_hex(all) + ".json";
}

constexpr std::uintmax_t answer_bytes_max = 16 * 1024 * 1024;

/// Nothing of what is no file, or larger than an answer.
std::optional<std::string> content_of(const fs::path& file) {
  std::error_code error;
  if (!fs::is_regular_file(file, error) || fs::file_size(file, error) > answer_bytes_max) return std::nullopt;
  std::ifstream stream{file, std::ios::binary};
  if (!stream) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>(stream), {}};
}

/// Writes the texts into the folder; the arguments that have them checked.
std::vector<std::string> laid_out(const Question& question, const fs::path& folder) {
  const fs::path calendar = folder / "calendar.yaml";
  const fs::path definition = folder / checked_name;
  write_whole_file(calendar, calendar_text(question.calendar));
  write_whole_file(definition, question.definition.text);
  std::vector<std::string> arguments{"check", "--json", "--calendar", calendar.string(), definition.string()};
  for (const Definition* each : question.older) {
    const fs::path older = folder / fmt::format("version-{}.yaml", each->version);
    write_whole_file(older, each->text);
    arguments.push_back(older.string());
  }
  return arguments;
}

/// Answers of `check` name the file by its path in the temporary folder, which is another each time.
std::string with_name_alone(std::string answer, const fs::path& folder) {
  const std::string prefix = folder.string() + "/";
  for (std::size_t at = answer.find(prefix); at != std::string::npos; at = answer.find(prefix, at))
    answer.erase(at, prefix.size());
  return answer;
}

Verification unanswered(const Definition& definition, const std::string& why) {
  Verification verification;
  verification.properties = 1;
  verification.violations.push_back(
      {"undecided",
       {definition.file, {}, "it was not proved: " + why, "run `xueji check` on the file to see more"},
       {},
       Severity::violation,
       {}});
  return verification;
}

class ProvingChild {
 public:
  explicit ProvingChild(ProvingOptions options) : options_(std::move(options)) {}

  Verification operator()(const Definition& definition, const Calendar& calendar,
                          const std::vector<const Definition*>& older) const {
    const Question question{definition, calendar, older};
    try {
      if (auto kept = kept_answer(question)) return std::move(*kept);
      return ask(question);
    } catch (const std::runtime_error& error) {
      return unanswered(definition, error.what());
    }
  }

 private:
  bool keeps() const { return !options_.build.empty() && !options_.kept.empty(); }

  std::optional<Verification> kept_answer(const Question& question) const {
    if (!keeps()) return std::nullopt;
    const auto answer = content_of(options_.kept / name_of_answer(question, options_.build));
    return answer ? read_proof(*answer, checked_name, question.definition.file) : std::nullopt;
  }

  Verification ask(const Question& question) const {
    if (options_.stop.stop_requested()) throw ProofEnded{};
    if (keeps()) make_folder();
    const TemporaryFolder folder{options_.kept};
    const fs::path log = folder.path() / "answer";
    Subprocess child(options_.program, laid_out(question, folder.path()), {}, log);
    const auto status = child.wait_for(options_.longest, options_.stop);
    if (options_.stop.stop_requested()) throw ProofEnded{};
    if (!status)
      return unanswered(question.definition,
                        fmt::format("`xueji check` took more than {} s", options_.longest.count()));
    const std::string answer = with_name_alone(content_of(log).value_or(std::string{}), folder.path());
    auto proof = read_proof(answer, checked_name, question.definition.file);
    if (!proof || (*status != exit_done && *status != exit_fault))
      return unanswered(question.definition, fmt::format("`xueji check` ended with status {}: {}", *status, answer));
    if (keeps()) keep(question, answer);
    return std::move(*proof);
  }

  /// Where it can't be made, keep() says so.
  void make_folder() const {
    std::error_code ignored;
    fs::create_directories(options_.kept, ignored);
  }

  /// In its place at once, so that a server that starts beside this one reads all of it or nothing.
  void keep(const Question& question, const std::string& answer) const {
    const fs::path place = options_.kept / name_of_answer(question, options_.build);
    const fs::path beside = place.string() + fmt::format(".{}", ::getpid());
    try {
      write_whole_file(beside, answer);
      fs::rename(beside, place);
    } catch (const std::runtime_error& error) {
      if (options_.log) options_.log(fmt::format("the proof is not kept: {}", error.what()));
    }
  }

  ProvingOptions options_;
};

}  // namespace

Prove proving_child(ProvingOptions options) { return ProvingChild{std::move(options)}; }

Prove prover_for(const Configuration& configuration, std::function<void(std::string_view)> log, std::stop_token stop) {
  ProvingOptions options;
  options.program = own_program();
  options.build = own_build();
  if (!configuration.data.empty()) options.kept = fs::path{configuration.data} / "proofs";
  options.log = std::move(log);
  options.stop = std::move(stop);
  return proving_child(std::move(options));
}

}  // namespace xueji
