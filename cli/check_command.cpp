#include "cli/check_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <optional>

#include "cli/definition_files.hpp"
#include "cli/setup/console.hpp"
#include "engine/definition/loader.hpp"
#include "engine/verify/verify.hpp"
#include "web/server/json_writer.hpp"

namespace xueji {
namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;

/// One file: what it is, and what was found out about it.
struct Checked {
  std::string file;
  std::optional<Definition> definition;
  std::vector<Fault> faults;  ///< of reading it; then there is nothing to verify
  Verification verification;
  Milliseconds took{0};

  bool good() const { return faults.empty() && verification.violations.empty(); }
};

Checked check(const std::string& file, const std::string& content) {
  const auto started = std::chrono::steady_clock::now();
  Checked checked;
  checked.file = file;
  auto loaded = load_definition(content, file);
  if (auto* faults = std::get_if<std::vector<Fault>>(&loaded)) return checked.faults = std::move(*faults), checked;
  checked.definition = std::get<Definition>(std::move(loaded));
  auto calendar = calendar_for(file);
  if (auto* faults = std::get_if<std::vector<Fault>>(&calendar)) return checked.faults = std::move(*faults), checked;
  checked.verification = verify(*checked.definition, std::get<Calendar>(calendar));
  checked.took = std::chrono::steady_clock::now() - started;
  return checked;
}

std::string figures(const Verification& verification, Milliseconds took) {
  const auto broken = verification.violations.size();
  const auto proved = verification.properties - std::min(broken, verification.properties);
  return fmt::format("{} states explored, {} properties proved{} in {:.1f} ms", verification.states, proved,
                     broken ? fmt::format(", {} violated", broken) : "", took.count());
}

void print(const Checked& checked) {
  for (const auto& fault : checked.faults) std::cerr << fault.to_string() << '\n';
  for (const auto& violation : checked.verification.violations) {
    std::cerr << to_string(violation) << '\n';
    if (!violation.path.empty()) std::cerr << "    path: " << to_string(violation.path) << '\n';
  }
  if (checked.definition && checked.faults.empty())
    std::cout << fmt::format("{}: {} version {}: {}\n", checked.file, checked.definition->key,
                             checked.definition->version, figures(checked.verification, checked.took));
}

/// The figures of all together.
std::pair<Verification, Milliseconds> sum_of(const std::vector<Checked>& all) {
  std::pair<Verification, Milliseconds> sum;
  for (const auto& each : all) {
    sum.first.states += each.verification.states;
    sum.first.properties += each.verification.properties;
    sum.first.violations.insert(sum.first.violations.end(), each.verification.violations.begin(),
                                each.verification.violations.end());
    sum.second += each.took;
  }
  return sum;
}

void write_fault(web::JsonWriter& json, const Fault& fault) {
  json.member("line", fault.place.line).member("column", fault.place.column);
  json.member("what", fault.what).member("advice", fault.advice);
}

void write(web::JsonWriter& json, const Violation& violation) {
  json.begin_object().member("rule", violation.rule);
  write_fault(json, violation.fault);
  json.key("path").begin_array();
  for (const PathStep& step : violation.path)
    json.begin_object()
        .member_or_null("state", step.state)
        .member("event", step.event)
        .member("to", step.to)
        .member_or_null("who", step.who)
        .end_object();
  json.end_array().end_object();
}

void write_figures(web::JsonWriter& json, const Verification& verification, Milliseconds took) {
  json.member("states", verification.states).member("properties", verification.properties);
  json.key("milliseconds").raw(fmt::format("{:.3f}", took.count()));
}

void print_json(const std::vector<Checked>& all) {
  web::JsonWriter json;
  json.begin_object().key("definitions").begin_array();
  for (const Checked& each : all) {
    json.begin_object().member("file", each.file);
    if (each.definition) json.member("key", each.definition->key).member("version", each.definition->version);
    write_figures(json, each.verification, each.took);
    json.key("faults").begin_array();
    for (const Fault& fault : each.faults) {
      json.begin_object();
      write_fault(json, fault);
      json.end_object();
    }
    json.end_array().key("violations").begin_array();
    for (const Violation& violation : each.verification.violations) write(json, violation);
    json.end_array().end_object();
  }
  const auto [sum, took] = sum_of(all);
  json.end_array();
  write_figures(json, sum, took);
  json.end_object();
  std::cout << json.take() << '\n';
}

/// Nothing where a path cannot be used, which has then been said.
std::optional<std::vector<Checked>> check_path(const std::string& path) {
  const auto files = definition_files(path);
  if (!files || files->empty()) {
    std::cerr << (files ? fmt::format("xueji check: {} holds no definition; definitions end in .yaml\n", path)
                        : fmt::format("xueji check: {} cannot be found; check the path\n", path));
    return std::nullopt;
  }
  std::vector<Checked> all;
  for (const auto& file : *files) {
    const auto content = read_definition_file(file);
    if (!content) {
      std::cerr << fmt::format("xueji check: {} cannot be read; check that it exists and that you may read it\n",
                               file.string());
      return std::nullopt;
    }
    all.push_back(check(file.string(), *content));
  }
  return all;
}

}  // namespace

int run_check(const CheckArguments& arguments) {
  if (arguments.paths.empty()) {
    std::cerr << "xueji check: no path given; name files or folders of definitions\n";
    return exit_usage;
  }
  bool usable = true;
  std::vector<Checked> all;
  for (const auto& path : arguments.paths) {
    auto checked = check_path(path);
    usable = usable && checked;
    if (checked)
      all.insert(all.end(), std::make_move_iterator(checked->begin()), std::make_move_iterator(checked->end()));
  }
  if (arguments.json) {
    print_json(all);
  } else if (!all.empty()) {
    for (const Checked& each : all) print(each);
    const auto [sum, took] = sum_of(all);
    std::cout << fmt::format("{} definitions: {}\n", all.size(), figures(sum, took));
  }
  if (!usable) return exit_usage;
  return std::all_of(all.begin(), all.end(), [](const Checked& each) { return each.good(); }) ? exit_done : exit_fault;
}

}  // namespace xueji
