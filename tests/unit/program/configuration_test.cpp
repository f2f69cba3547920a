#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "cli/setup/configuration.hpp"
#include "cli/setup/console.hpp"
#include "cli/setup/installation.hpp"
#include "engine/yaml/strict_yaml.hpp"
#include "tests/catch.hpp"

using namespace xueji;

namespace {

std::string documented_configuration() {
  std::ifstream file{XUEJI_SOURCE_DIR "/config/xueji.yaml"};
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> faults_of(const std::string& yaml, const Environment& environment = {}) {
  const auto loaded = load_configuration(ConfigurationFile{"x.yaml", yaml}, environment);
  std::vector<std::string> texts;
  if (const auto* faults = std::get_if<std::vector<Fault>>(&loaded))
    for (const Fault& fault : *faults) texts.push_back(fault.to_string());
  return texts;
}

Configuration loaded(const std::string& yaml, const Environment& environment = {}) {
  const auto result = load_configuration(ConfigurationFile{"x.yaml", yaml}, environment);
  REQUIRE(std::holds_alternative<Configuration>(result));
  return std::get<Configuration>(result);
}

}  // namespace

TEST_CASE("config/xueji.yaml documents every key, with the default that holds without it") {
  const auto document = read_strict_yaml(documented_configuration(), "config/xueji.yaml");
  REQUIRE(std::holds_alternative<YamlDocument>(document));
  std::map<std::string, std::string> documented;
  for (const auto& [key, value] : std::get<YamlDocument>(document).root.entries) {
    if (!value.is_map()) documented[key.text] = value.text;
    for (const auto& [inner, inner_value] : value.entries) documented[key.text + "." + inner.text] = inner_value.text;
  }
  std::map<std::string, std::string> defaults;
  for (const Setting& setting : settings()) defaults[setting.key] = setting.get(Configuration{});
  CHECK(documented == defaults);
}

TEST_CASE("every key is overridden by its environment variable") {
  for (const Setting& setting : settings()) {
    INFO(setting.key);
    Configuration other;
    std::string value;
    for (const char* candidate : {"11", "1100", "error", "true", "verify", "https://a.example"})
      if (value.empty() && setting.set(other, candidate)) value = candidate;
    REQUIRE(!value.empty());
    const auto result = load_configuration(std::nullopt, {{environment_name(setting), value}});
    REQUIRE(std::holds_alternative<Configuration>(result));
    CHECK(setting.get(std::get<Configuration>(result)) == (setting.key == "store.password" ? "***" : value));
  }
  CHECK(loaded("server: {port: 81}\n", {{"XUEJI_SERVER_PORT", "82"}}).server.port == 82);
  CHECK(loaded("database: sqlite:///a/b.db\n", {{"PATH", "/bin"}}).database_address() == "sqlite:///a/b.db");
}

TEST_CASE("passwords are taken and never shown") {
  const auto known = loaded("database: mysql://xueji:geheim@db/xueji\n", {{"XUEJI_STORE_PASSWORD", "streng geheim"}});
  CHECK(known.store.password == "streng geheim");
  CHECK(known.database_address() == "mysql://xueji:geheim@db/xueji");
  for (const Setting& setting : settings()) CHECK(setting.get(known).find("geheim") == std::string::npos);
}

TEST_CASE("the database's password is the first line of its file, before that of the environment") {
  const auto file = std::filesystem::temp_directory_path() / fmt::format("xueji-password-{}", getpid());
  std::ofstream{file} << "from the file\r\nmore\n";
  Configuration configuration;
  configuration.store.password = "from the environment";
  CHECK(database_options(configuration).password == "from the environment");
  configuration.store.password_file = file.string();
  CHECK(database_options(configuration).password == "from the file");
  std::filesystem::remove(file);
  CHECK_THROWS_AS(database_options(configuration), UsageError);
}

TEST_CASE("an unknown key is an error with its place and the nearest key") {
  CHECK(faults_of("server:\n  prot: 80\n") ==
        std::vector<std::string>{"x.yaml:2:3: error: there is no key `server.prot`; did you mean `server.port`?"});
  CHECK(faults_of("databas: x\n") ==
        std::vector<std::string>{"x.yaml:1:1: error: there is no key `databas`; did you mean `database`?"});
  CHECK(faults_of("server: {port: 80}\n", {{"XUEJI_SERVER_PROT", "80"}}) ==
        std::vector<std::string>{
            "XUEJI_SERVER_PROT:1:1: error: this environment variable names no key of the configuration; "
            "did you mean `XUEJI_SERVER_PORT`?"});
}

TEST_CASE("a value that does not fit is an error that says what would") {
  CHECK(faults_of("server:\n  port: 65536\n") ==
        std::vector<std::string>{
            "x.yaml:2:9: error: the value of `server.port` does not fit; write a whole number from 0 to 65535"});
  CHECK(faults_of("server:\n  secure_cookies: yes\n") ==
        std::vector<std::string>{
            "x.yaml:2:19: error: the value of `server.secure_cookies` does not fit; write `true` or `false`"});
  CHECK(faults_of("server: 8080\n") ==
        std::vector<std::string>{
            "x.yaml:1:9: error: `server` is a section of keys; write its keys below it, indented by two spaces"});
}

TEST_CASE("the public origin is one as browsers send it") {
  for (const char* origin : {"https://xueji.example.edu.cn", "http://10.0.0.1:8080", "https://[2001:db8::1]:8443",
                             "http://localhost:3000", "\"\""}) {
    INFO(origin);
    CHECK(faults_of(std::string("server: {public_origin: '") + (origin[0] == '"' ? "" : origin) + "'}\n").empty());
  }
  for (const char* wrong :
       {"xueji.example.edu.cn", "https://", "https://a.example/", "https://a.example/xueji", "https://A.example",
        "https://a.example:443", "http://a.example:80", "https://a.example:0", "https://a.example:65536",
        "ftp://a.example", "https://me@a.example", "https://a.example?x", "https://a.example#x", "https://a b", "*"}) {
    INFO(wrong);
    CHECK(faults_of(std::string("server: {public_origin: '") + wrong + "'}\n").size() == 1);
  }
}
