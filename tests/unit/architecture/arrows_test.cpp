// docs/architecture.md says which room includes which, and the sources do just that.
#include "tests/unit/architecture/arrows.hpp"

#include <stdexcept>
#include "tests/catch.hpp"

#include "tests/unit/architecture/sources.hpp"

using namespace xueji::tests;

namespace {

const std::vector<Room> small{{"engine/base", {}, {"fmt"}}, {"engine/machine", {"engine/base"}, {"clock"}}};

std::vector<SourceFile> small_sources() {
  return {{"engine/base/text.cpp", "#include <fmt/format.h>\n#include <string>\n"},
          {"engine/machine/decide.cpp",
           "#include \"engine/base/text.hpp\"\n#include \"engine/machine/open.hpp\"\nauto t = steady_clock::now();\n"}};
}

std::vector<SourceFile> small_sources_with(const std::string& path, const std::string& text) {
  auto files = small_sources();
  files.push_back({path, text});
  return files;
}

}  // namespace

TEST_CASE("the sources include what docs/architecture.md allows them, and all of that") {
  const auto rooms = rooms_in(text_of("docs/architecture.md"));
  const auto files = sources_below({"engine", "adapters", "scans", "web", "cli"});
  REQUIRE(rooms.size() > 20);
  REQUIRE(files.size() > 300);
  CHECK(arrow_breaches(files, rooms) == Breaches{});
}

TEST_CASE("a table is read with its rooms and words") {
  CHECK(rooms_in("# Map\n\n## Who includes whom\n\n| room | includes | libraries |\n| --- | --- | --- |\n"
                 "| `engine/base` | | fmt |\n| `cli` | `engine/base`, `adapters/sql` | fmt, files |\n\n## Next\n| `x` "
                 "| | |\n") ==
        std::vector<Room>{{"engine/base", {}, {"fmt"}}, {"cli", {"engine/base", "adapters/sql"}, {"files", "fmt"}}});
  CHECK_THROWS_AS(rooms_in("# Map\n"), std::invalid_argument);
  CHECK_THROWS_AS(rooms_in("## Who includes whom\n| room | includes |\n| --- | --- |\n| `a` | |\n"),
                  std::invalid_argument);
}

TEST_CASE("what the table allows is no breach") { CHECK(arrow_breaches(small_sources(), small) == Breaches{}); }

TEST_CASE("an arrow, a library or a clock that the table lacks is found, with its line") {
  const auto [path, line, told] = GENERATE(table<std::string, std::string, std::string>({
      {"engine/base/time.cpp", "#include \"engine/machine/open.hpp\"", "engine/base may not include engine/machine"},
      {"engine/machine/a.cpp", "#include \"adapters/sql/rows.hpp\"",
       "includes adapters/sql/rows.hpp, which lies in no room"},
      {"engine/machine/a.cpp", "#include \"tests/a.hpp\"", "includes tests/a.hpp, which lies in no room"},
      {"engine/machine/a.cpp", "  #  include <boost/asio/post.hpp>",
       "engine/machine includes <boost/asio/post.hpp> of asio, which its row lacks"},
      {"engine/machine/a.cpp", "#include <soci/soci.h>",
       "engine/machine includes <soci/soci.h> of soci, which its row lacks"},
      {"engine/machine/a.cpp", "#include <fstream>", "engine/machine includes <fstream> of files, which its row lacks"},
      {"engine/machine/a.cpp", "#include <openssl/ssl.h>", "<openssl/ssl.h> belongs to no library that the test knows"},
      {"engine/base/a.cpp", "auto now = std::chrono::system_clock::now();",
       "engine/base uses clock, which its row lacks"},
      {"engine/base/a.cpp", "std::random_device seed;", "engine/base uses random, which its row lacks"},
      {"engine/base/a.cpp", "auto home = getenv(\"HOME\");", "engine/base uses environment, which its row lacks"},
  }));
  CHECK(arrow_breaches(small_sources_with(path, "#pragma once\n" + line + "\n"), small) ==
        Breaches{path + ":2: " + told});
}

TEST_CASE("a folder without a row and a row without files are found") {
  CHECK(arrow_breaches(small_sources_with("engine/new/a.cpp", "int a;\n"), small) ==
        Breaches{"engine/new/a.cpp: its folder has no row"});
  auto rooms = small;
  rooms.push_back({"engine/old", {}, {}});
  CHECK(arrow_breaches(small_sources(), rooms) == Breaches{"engine/old: a row without files"});
}

TEST_CASE("an arrow and a library that no file uses, and words that nobody knows, are found") {
  auto rooms = small;
  rooms[1].libraries = {"clock", "icu"};
  CHECK(arrow_breaches(small_sources(), rooms) == Breaches{"engine/machine: no file uses icu"});
  rooms = small;
  rooms[0].rooms = {"engine/gone"};
  CHECK(arrow_breaches(small_sources(), rooms) == Breaches{"engine/base: its arrow to engine/gone leads to no room",
                                                           "engine/base: no file uses the arrow to engine/gone"});
  rooms = small;
  rooms[0].libraries = {"fmt", "frobnicator"};
  CHECK(arrow_breaches(small_sources(), rooms) ==
        Breaches{"engine/base: nobody knows the library `frobnicator`", "engine/base: no file uses frobnicator"});
}

TEST_CASE("rooms that include each other are found, over as many rooms as it takes") {
  const std::vector<Room> rooms{{"a", {"b"}, {}}, {"b", {"c"}, {}}, {"c", {"a"}, {}}};
  CHECK(arrow_breaches({{"a/a.cpp", "#include \"b/b.hpp\"\n"},
                        {"b/b.cpp", "#include \"c/c.hpp\"\n"},
                        {"c/c.cpp", "#include \"a/a.hpp\"\n"}},
                       rooms) == Breaches{"rooms include each other: a -> b -> c -> a"});
}
