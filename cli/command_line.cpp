#include "cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <array>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include "cli/account_command.hpp"
#include "cli/audit_command.hpp"
#include "cli/backup_command.hpp"
#include "cli/bench_command.hpp"
#include "cli/calendar_command.hpp"
#include "cli/check_command.hpp"
#include "cli/compare_command.hpp"
#include "cli/copy_command.hpp"
#include "cli/demo_data_command.hpp"
#include "cli/deploy_command.hpp"
#include "cli/import_command.hpp"
#include "cli/migrate_command.hpp"
#include "cli/national_simulator_command.hpp"
#include "cli/openapi_command.hpp"
#include "cli/render_command.hpp"
#include "cli/schema_command.hpp"
#include "cli/serve_command.hpp"
#include "cli/setup/configuration_source.hpp"
#include "cli/setup/console.hpp"
#include "cli/setup/installation.hpp"
#include "cli/setup/system_clock.hpp"
#include "cli/simulate_command.hpp"
#include "cli/test_command.hpp"
#include "engine/simulation/staffing.hpp"

namespace xueji {
namespace {

constexpr const char* other_calendar = "Calendar; else the one beside the definitions, else config/calendar.yaml";
constexpr std::array<const char*, 3> option_of_calendar{"--calendar", "workflows.calendar", other_calendar};
constexpr std::initializer_list<std::array<const char*, 3>> options_of_database{
    {"--data", "data", "Folder of the data"}, {"--database", "database", "Address of the database"}};

/// What the options were read into, and what to run with them once all are read.
struct CommandLine {
  CLI::App app{"xueji: approvals for the student-status registry (学籍)", "xueji"};
  std::function<int()> run;

  std::string configuration_file;
  std::vector<std::pair<std::string, std::string>> configuration_options;
  bool demo = false;
  AccountArguments account;
  CheckArguments check_arguments;
  std::vector<std::string> paths;
  std::string file;
  bool dry_run = false;
  bool without_files = false;
  NationalSimulatorOptions simulator;
  BenchOptions bench;
  CompareOptions compare;
  CopyArguments copy;
  SimulateArguments simulation;
  ScenarioArguments scenarios;
  RenderArguments picture;
  DeployArguments deployment;

  CommandLine() {
    app.set_version_flag("--version", std::string{"xueji "} + XUEJI_VERSION);
    app.require_subcommand(1);
    app.footer("Exit status: 0 done, 1 it found a fault, 2 wrong usage or configuration.");
    add_serve();
    add_demo_data();
    add_account();
    add_import();
    add_check();
    add_render();
    add_test();
    add_simulate();
    add_openapi();
    add_schema();
    add_national_simulator();
    add_bench();
    add_database();
    add_deploy();
    add_calendar();
  }

  CLI::App* add(const char* name, const char* description, std::function<int()> what) {
    return add(&app, name, description, std::move(what));
  }
  CLI::App* add(CLI::App* parent, const char* name, const char* description, std::function<int()> what) {
    CLI::App* command = parent->add_subcommand(name, description);
    command->callback([this, what = std::move(what)] { run = what; });
    return command;
  }

  Configuration configuration() const {
    return read_configuration(configuration_file, configuration_options, demo ? demo_defaults() : Configuration{});
  }

  /// --config, and those of its keys that are often given on the command line.
  void add_configuration(CLI::App* command, std::initializer_list<std::array<const char*, 3>> options) {
    command->add_option("--config", configuration_file, "Configuration file (see config/xueji.yaml)");
    for (const auto& [flag, key, description] : options)
      command->add_option_function<std::string>(
          flag,
          [this, key = std::string{key}](const std::string& value) { configuration_options.emplace_back(key, value); },
          description);
  }

  void add_serve() {
    CLI::App* command =
        add("serve", "Serve the API until SIGINT or SIGTERM", [this] { return run_serve(configuration(), demo); });
    command->add_flag("--demo", demo, "With demo data and accounts; only on loopback");
    add_configuration(command, {{"--address", "server.address", "IP address to listen on"},
                                {"--port", "server.port", "Port to listen on; 0 takes a free one"},
                                {"--data", "data", "Folder of the data"},
                                {"--database", "database", "Address of the database"},
                                option_of_calendar,
                                {"--national", "checks.national_url", "Address of the national side"},
                                {"--log-level", "log.level", "debug, info, warning, error or off"}});
  }

  void add_demo_data() {
    CLI::App* command = add("demo-data", "Make the data of the demonstration where it is not there yet",
                            [this] { return run_demo_data(configuration()); });
    add_configuration(command, {{"--data", "data", "Folder of the data"}});
  }

  void add_account() {
    CLI::App* group = app.add_subcommand("account", "Accounts and their posts, in the database of the configuration");
    group->require_subcommand(1);
    const auto one = [&](const char* name, const char* description, std::function<int()> what) {
      CLI::App* command = add(group, name, description, std::move(what));
      add_configuration(
          command, {{"--data", "data", "Folder of the data"}, {"--database", "database", "Address of the database"}});
      return command;
    };
    const auto with_username = [&](CLI::App* command) {
      command->add_option("username", account.username, "Who")->required();
      return command;
    };
    const auto with_password = [&](CLI::App* command) {
      command->add_option("--password-file", account.password_file,
                          "File whose first line is the password; else standard input");
    };
    one("list", "Accounts with their posts", [this] { return run_account_list(configuration()); });
    CLI::App* adding =
        with_username(one("add", "Add an account", [this] { return run_account_add(configuration(), account); }));
    adding->add_option("--name", account.name, "The person's name")->required();
    adding->add_option("--locale", account.locale, "zh or en")->capture_default_str();
    with_password(adding);
    with_password(with_username(one("set-password", "Set a password and end a lock-out",
                                    [this] { return run_account_set_password(configuration(), account); })));
    const auto with_yes = [&](CLI::App* command) {
      command->add_flag("--yes", account.yes,
                        "Also where tasks are left that nobody at their post can decide, or no administrator");
      return command;
    };
    with_yes(with_username(one("disable", "Let an account sign in no more",
                               [this] { return run_account_enable(configuration(), account, false); })));
    with_username(one("enable", "Let a disabled account sign in again",
                      [this] { return run_account_enable(configuration(), account, true); }));
    with_username(one("remove-second-factor", "Do without a second factor that was lost",
                      [this] { return run_account_remove_second_factor(configuration(), account); }));
    CLI::App* post_add = with_username(
        one("post-add", "Give a post", [this] { return run_account_post_add(configuration(), account); }));
    post_add->add_option("--office", account.office, "Code of the office")->required();
    post_add->add_option("--role", account.role, "registrar, head, reviewer, approver or admin")->required();
    post_add->add_option("--delegated-from", account.delegated_from, "Whose post is lent");
    post_add->add_option_function<std::string>(
        "--from", [this](const std::string& text) { account.from = text; },
        "Date or instant from which it is in force");
    post_add->add_option_function<std::string>(
        "--until", [this](const std::string& text) { account.until = text; },
        "Date or instant from which it no longer is");
    with_yes(with_username(one("post-remove", "Take a post away",
                               [this] { return run_account_post_remove(configuration(), account); })))
        ->add_option("post", account.post, "Its number, as `list` shows it")
        ->required();
  }

  void add_import() {
    CLI::App* command = add("import", "Take in offices or students from a CSV or TSV file, whole or not at all",
                            [this] { return run_import(configuration(), paths.front()); });
    command
        ->add_option("file", paths,
                     "code,name,level,supervisor or school,name,grade,class,id_number,sex,birth_date,status,number")
        ->required()
        ->expected(1);
    add_configuration(
        command, {{"--data", "data", "Folder of the data"}, {"--database", "database", "Address of the database"}});
  }

  void add_database() {
    CLI::App* migrate = add("migrate", "Bring the database up to date: its schema, and requests of older versions",
                            [this] { return run_migrate(configuration(), dry_run); });
    migrate->add_flag("--dry-run", dry_run, "Say what would be done to the schema, and do nothing");
    migrate->footer("Stop the server first. Broken off, run it again: it goes on with the rest.");
    add_configuration(migrate, options_of_database);

    CLI::App* audit = app.add_subcommand("audit", "Look after the permanent record");
    audit->require_subcommand(1);
    CLI::App* verify = audit->add_subcommand("verify", "Recompute every hash, submission, scan, change and task");
    verify->callback([this] { run = [this] { return run_audit_verify(configuration(), !without_files); }; });
    verify->add_flag("--without-files", without_files, "Leave out the files of the scans, which take the longest");
    add_configuration(verify, options_of_database);

    CLI::App* backup = add("backup", "Write a consistent copy of the database, also while it is served", [this] {
      const Configuration known = configuration();
      require_database(known);
      return run_backup(known.database_address(), file);
    });
    backup->add_option("to", file, "New file for the copy")->required();
    add_configuration(backup, options_of_database);

    CLI::App* restore = add("restore", "Put a copy in the place of the database, which nobody may be using",
                            [this] { return run_restore(configuration().database_address(), file); });
    restore->add_option("from", file, "File with the copy")->required();
    add_configuration(restore, options_of_database);

    CLI::App* copying = add("copy", "Carry the database over into another, empty one, and compare the two",
                            [this] { return run_copy(configuration(), copy); });
    copying->add_option("--to", copy.to, "Address of the empty database: sqlite:///PATH or mysql://USER@HOST/NAME")
        ->required();
    copying->add_option("--to-password-file", copy.to_password_file,
                        "File whose first line is the password there; else XUEJI_TO_PASSWORD");
    copying->footer(
        "Stop the server first. docs/operating.md has the way from SQLite to MariaDB and back.\n"
        "Exit status: 0 copied and equal, 1 they differ or it broke off, 2 either database won't do.");
    add_configuration(copying, options_of_database);
  }

  void add_deploy() {
    CLI::App* command = add("deploy", "Bring a new version of a definition to new requests and to the live ones",
                            [this] { return run_deploy(configuration(), deployment); });
    command->add_option("file", deployment.file, "The definition")->required();
    command->add_flag("--dry-run", deployment.dry_run,
                      "Say for every live request whether it stays, moves or would be stuck, and write nothing");
    command->add_option("--batch", deployment.batch, "Requests in one transaction")
        ->check(CLI::Range(1, 10'000))
        ->capture_default_str();
    command->footer(
        "Beside a running server or without one. Broken off, run it again: it goes on with the rest.\n"
        "Exit status: 0 done, 1 the definition or the database has a fault, 2 wrong usage or configuration.");
    add_configuration(command, {options_of_database.begin()[0], options_of_database.begin()[1], option_of_calendar});
  }

  void add_calendar() {
    CLI::App* group = app.add_subcommand("calendar", "The business calendar");
    group->require_subcommand(1);
    CLI::App* command = add(group, "add", "Put a year's holidays into the calendar",
                            [this] { return run_calendar_add(configuration(), file); });
    command->add_option("file", file, "The year, as in config/calendar.yaml: `format`, and `holidays` with its source")
        ->required();
    command->footer(
        "What stands in the calendar stays; a year that stands there with other days is refused.\n"
        "A server reads the calendar when it starts.\n"
        "Exit status: 0 it stands in the calendar, 1 the file has a fault, 2 wrong usage or configuration.");
    add_configuration(command, {option_of_calendar});
  }

  void add_test() {
    CLI::App* command =
        add("test", "Run the scenarios that stand beside definitions", [this] { return run_scenarios(scenarios); });
    command->add_option("paths", scenarios.paths, "Scenarios, definitions or folders")->required();
    command->add_option("--calendar", scenarios.calendar, other_calendar);
    command->add_option("--junit", scenarios.junit, "Write the report as JUnit into this file too");
    command->add_flag("--coverage", scenarios.coverage, "Say what share of transitions and guards was tried");
    command
        ->add_option("--require-coverage", scenarios.required_coverage,
                     "Fail where less than so many of a hundred transitions or guards were tried")
        ->check(CLI::Range(0.0, 100.0));
  }

  void add_simulate() {
    SimulateArguments& given = simulation;
    CLI::App* command = add("simulate", "Play a population of schools and officers through a definition",
                            [this] { return run_simulate(simulation); });
    command->add_option("file", given.file, "The definition")->required();
    command->add_option("--requests", given.requests, "Requests that are opened")->capture_default_str();
    command->add_option("--days", given.days, "Days that are played")->capture_default_str();
    command->add_option("--from", given.from, "First day")->capture_default_str();
    command->add_option("--arrivals", given.shape, "even, or september: four times as many at its beginning")
        ->check(CLI::IsMember({"even", "september"}))
        ->capture_default_str();
    command->add_option("--seed", given.seed, "The same seed gives the same report")->capture_default_str();
    command->add_option("--officers", given.officers,
                        "Officers of each post, [LEVEL ]ROLE=NUMBER, over: " + std::string(usual_officers));
    command->add_option("--minutes", given.minutes,
                        "Mean minutes of a decision, a number for all or over: " + std::string(usual_minutes));
    command->add_option("--schools", given.schools, "Schools, with the offices above them")->capture_default_str();
    command->add_option("--schools-of-county", given.schools_of_county)->capture_default_str();
    command->add_option("--counties-of-prefecture", given.counties_of_prefecture)->capture_default_str();
    command->add_option("--prefectures-of-province", given.prefectures_of_province)->capture_default_str();
    command->add_option("--students-of-school", given.students_of_school, "On average")->capture_default_str();
    command->add_option("--return", given.returned, "Of 100 decisions, returned")->capture_default_str();
    command->add_option("--reject", given.rejected, "Of 100 decisions, rejected")->capture_default_str();
    command->add_option("--withdraw", given.taken_back, "Of 100 requests, withdrawn")->capture_default_str();
    command->add_option("--suspect", given.suspect, "Of 100 checks, suspect")->capture_default_str();
    command->add_option("--unavailable", given.unavailable, "Of 100 questions to checks, without an answer")
        ->capture_default_str();
    command->add_option("--chance", given.chosen, "STATE.ACTION=SHARE (0 to 1): a choice of its own; may be repeated");
    command->add_option("--calendar", given.calendar, other_calendar);
    command->add_option("--plot", given.plot, "Write a picture (SVG) into this file");
    command->add_option("--language", given.language, "zh or en, of the picture")
        ->check(CLI::IsMember({"zh", "en"}))
        ->capture_default_str();
    command->add_flag("--json", given.json, "The report as JSON");
    command->footer(
        "Offices work from 08:30 to 12:00 and from 13:30 to 18:00 on working days, first due first.\n"
        "A decision takes exponentially distributed time; what is neither returned nor rejected leads on.");
  }

  void add_check() {
    CLI::App* command = add("check", "Read definitions as the server would, prove what they promise, say what is wrong",
                            [this] { return run_check(check_arguments, SystemClock{}); });
    command->add_option("paths", check_arguments.paths, "Files or folders")->required();
    command->add_option("--calendar", check_arguments.calendar, other_calendar);
    command->add_flag("--json", check_arguments.json, "Answer with one JSON object");
  }

  void add_render() {
    CLI::App* command = add("render", "Draw a definition", [this] { return run_render(picture); });
    command->add_option("file", picture.file, "The definition")->required();
    command->add_option("--as", picture.form, "svg, mermaid or bpmn (BPMN 2.0 XML with its diagram)")
        ->check(CLI::IsMember({"svg", "mermaid", "bpmn"}))
        ->capture_default_str();
    command->add_option("--lang", picture.language, "zh or en")
        ->check(CLI::IsMember({"zh", "en"}))
        ->capture_default_str();
    command->add_option("--out", picture.out, "File to write; else standard output");
  }

  void add_openapi() {
    CLI::App* command =
        add("openapi", "Print the description of the API, OpenAPI 3.1", [this] { return run_openapi(demo); });
    command->add_flag("--demo", demo, "With the calls that there are only under serve --demo");
  }

  void add_schema() {
    CLI::App* command = add("schema", "Print the JSON Schema of definitions or scenarios, for editors",
                            [this] { return run_schema(file); });
    command->add_option("of", file, "definition or scenario")->required();
  }

  void add_national_simulator() {
    CLI::App* command = add("national-simulator", "Serve a simulated national side for demonstrations and tests",
                            [this] { return run_national_simulator(simulator); });
    command->add_option("--address", simulator.address, "Address to listen on")->capture_default_str();
    command->add_option("--port", simulator.port, "Port; 0 takes a free one")->capture_default_str();
    command->add_option("--population", simulator.population, "File of id_number<TAB>name lines")->required();
    command->add_option("--latency-ms", simulator.latency_ms, "Delay of each answer")->capture_default_str();
    command->add_option("--error-rate", simulator.error_rate, "Share of questions answered by 500, 0 to 1")
        ->capture_default_str();
    command->add_flag("--outage", simulator.outage, "Answer nothing");
  }

  void add_bench() {
    CLI::App* command = add("bench", "Measure approvals over HTTP and live events against a server of its own", [this] {
      bench.store = database_options(configuration());
      if (!bench.json.empty()) require_writable(bench.json);
      if (compare.against.empty()) return run_bench(bench);
      compare.data = bench.data;
      compare.database = bench.database;
      compare.store = bench.store;
      compare.load.connections = bench.connections;
      compare.json = bench.json;
      return run_compare(compare);
    });
    command->add_option("--connections", bench.connections, "Keep-alive connections")->capture_default_str();
    command->add_option("--approvals", bench.approvals, "Approvals to measure")->capture_default_str();
    command->add_option("--single-approvals", bench.single_approvals, "Approvals in batches of one")
        ->capture_default_str();
    command->add_option("--live-connections", bench.live_connections, "WebSockets that stay idle")
        ->capture_default_str();
    command->add_option("--live-events", bench.live_events, "Live events a second")->capture_default_str();
    command->add_option("--live-seconds", bench.live_seconds, "How long they go on")->capture_default_str();
    command->add_option("--bare-beast", bench.bare_beast, "Program to compare with; empty: bare_beast beside this one");
    command->add_option("--data", bench.data, "Folder for the databases; empty: that for temporary files");
    command->add_option(
        "--database", bench.database,
        "mysql://USER@HOST/NAME: make the databases there, NAME_<random>; the password from the address "
        "or XUEJI_STORE_PASSWORD");
    command->add_flag("--smoke", bench.smoke, "Small; fails where committing together gains nothing");
    command->add_option("--json", bench.json, "File for the figures");
    command->add_option("--against", compare.against,
                        "Another xueji: measures whole requests of both in turn and compares, nothing else");
    command->add_option("--name", compare.name, "What the table calls it")->capture_default_str();
    command->add_option("--today", compare.today, "Program that it is compared with; empty: this one");
    command->add_option("--pairs", compare.pairs, "Runs of each")->capture_default_str();
    command->add_option("--rounds", compare.load.rounds, "Rounds of each run")->capture_default_str();
    command->add_option("--requests", compare.load.students_max, "Whole requests of a round")->capture_default_str();
    command->add_option("--max-regression", compare.max_regression,
                        "Percent: exit status 1 where a figure is worse by more, in every pair");
  }
};

int parse_and_run(int argc, char** argv) {
  CommandLine line;
  try {
    line.app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return line.app.exit(error) == 0 ? exit_done : exit_usage;
  }
  return line.run();
}

}  // namespace

int run_command_line(int argc, char** argv) {
  try {
    return parse_and_run(argc, argv);
  } catch (const FaultyFiles& found) {
    print_faults(found.faults);
    return exit_usage;
  } catch (const UsageError& error) {
    std::cerr << "xueji: " << error.what() << '\n';
    return exit_usage;
  } catch (const std::exception& error) {
    std::cerr << "xueji: " << error.what() << '\n';
    return exit_fault;
  }
}

}  // namespace xueji
