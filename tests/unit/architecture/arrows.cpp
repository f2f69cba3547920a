#include "tests/unit/architecture/arrows.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <regex>
#include <sstream>
#include <stdexcept>

namespace xueji::tests {
namespace {

constexpr std::string_view heading = "## Who includes whom";

/// Headers by the word that the table has for them.
struct Library {
  std::string_view word;
  std::vector<std::string_view> headers;  ///< whole names, or beginnings that end with `/`
};

const std::vector<Library>& libraries() {
  static const std::vector<Library> all{
      {"asio", {"boost/asio/", "boost/asio.hpp"}},
      {"beast", {"boost/beast/", "boost/beast.hpp"}},
      {"cli11", {"CLI/"}},
      {"date", {"date/"}},
      {"files", {"filesystem", "fstream"}},
      {"fmt", {"fmt/"}},
      {"fontconfig", {"fontconfig/"}},
      {"icu", {"unicode/"}},
      {"jpeg", {"jerror.h", "jpeglib.h"}},
      {"json", {"boost/json/", "boost/json.hpp"}},
      {"mariadb", {"mysql.h", "errmsg.h", "mysqld_error.h"}},
      {"png", {"png.h"}},
      {"poppler",
       {"Error.h", "ErrorCodes.h", "GfxFont.h", "GfxState.h", "GlobalParams.h", "Lexer.h", "Object.h",
        "OptionalContent.h", "PDFDoc.h", "Page.h", "Parser.h", "SplashOutputDev.h", "Stream.h", "XRef.h",
        "splash/SplashBitmap.h"}},
      {"posix",
       {"arpa/", "elf.h", "fcntl.h", "link.h", "linux/", "netinet/", "poll.h", "pthread.h", "signal.h", "spawn.h",
        "stdlib.h", "sys/", "termios.h", "unistd.h"}},
      {"prometheus", {"prometheus/"}},
      {"random", {"random"}},
      {"seccomp", {"seccomp.h"}},
      {"soci", {"soci/"}},
      {"sodium", {"sodium.h"}},
      {"spdlog", {"spdlog/"}},
      {"sqlite", {"sqlite3.h"}},
      {"terminal", {"iostream"}},
      {"threads",
       {"barrier", "condition_variable", "future", "latch", "mutex", "semaphore", "shared_mutex", "stop_token",
        "thread"}},
      {"url", {"boost/url/", "boost/url.hpp"}},
      {"yaml-cpp", {"yaml-cpp/"}},
      {"z3", {"z3++.h"}},
  };
  return all;
}

/// What is no header but is kept to rooms like one.
struct Use {
  std::string_view word;
  std::string_view pattern;  ///< of a line
};
constexpr std::array uses{
    Use{"clock",
        R"((system_clock|steady_clock|high_resolution_clock)::now|\btime\((nullptr|NULL|0)\)|gettimeofday|clock_gettime)"},
    Use{"environment", R"(\bgetenv\b)"},
    Use{"random", R"(\brandom_device\b)"},
};

bool is_known(const std::string& word) {
  return std::any_of(libraries().begin(), libraries().end(), [&](const Library& each) { return each.word == word; }) ||
         std::any_of(uses.begin(), uses.end(), [&](const Use& each) { return each.word == word; });
}

bool names(std::string_view pattern, std::string_view header) {
  return pattern.ends_with('/') ? header.starts_with(pattern) : header == pattern;
}

/// The word for the header; empty for the standard library's others; `?` where a foreign header has none.
std::string_view library_of(std::string_view header) {
  for (const Library& library : libraries())
    if (std::any_of(library.headers.begin(), library.headers.end(), [&](auto each) { return names(each, header); }))
      return library.word;
  return header.find_first_of("./") == std::string_view::npos ? "" : "?";
}

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

std::set<std::string> words_of(const std::string& cell) {
  std::string plain;
  for (const char c : cell) plain += c == '`' || c == ',' || c == '|' ? ' ' : c;
  std::istringstream stream{plain};
  return {std::istream_iterator<std::string>{stream}, {}};
}

std::vector<std::string> cells_of(const std::string& row) {
  std::vector<std::string> cells;
  std::istringstream stream{row.substr(1)};
  for (std::string cell; std::getline(stream, cell, '|');) cells.push_back(cell);
  return cells;
}

class Arrows {
 public:
  explicit Arrows(const std::vector<Room>& rooms) {
    for (const Room& room : rooms) {
      if (!rooms_.emplace(room.folder, &room).second) add(room.folder + ": has two rows");
      for (const std::string& word : room.libraries)
        if (!is_known(word)) add(room.folder + ": nobody knows the library `" + word + "`");
    }
    for (const Room& room : rooms)
      for (const std::string& other : room.rooms)
        if (!rooms_.contains(other)) add(room.folder + ": its arrow to " + other + " leads to no room");
  }

  Breaches of(const std::vector<SourceFile>& files) {
    for (const SourceFile& file : files) look_at(file);
    for (const auto& [folder, room] : rooms_) {
      if (!lived_in_.contains(folder)) add(folder + ": a row without files");
      for (const std::string& other : room->rooms)
        if (!used_.contains({folder, other}))
          add(std::string(folder).append(": no file uses the arrow to ").append(other));
      for (const std::string& word : room->libraries)
        if (!used_.contains({folder, word})) add(std::string(folder).append(": no file uses ").append(word));
    }
    for (const auto& [folder, room] : rooms_) look_for_cycle(folder, {});
    return std::move(breaches_);
  }

 private:
  void add(std::string breach) { breaches_.push_back(std::move(breach)); }

  void look_at(const SourceFile& file) {
    static const std::regex included{R"re(^\s*#\s*include\s+([<"])([^>"]+)[>"])re"};
    static const std::vector<std::pair<std::string_view, std::regex>> patterns = [] {
      std::vector<std::pair<std::string_view, std::regex>> made;
      made.reserve(std::size(uses));
      for (const Use& use : uses) made.emplace_back(use.word, std::regex{std::string{use.pattern}});
      return made;
    }();
    const std::string folder = folder_of(file.path);
    lived_in_.insert(folder);
    const auto room = rooms_.find(folder);
    if (room == rooms_.end()) return add(file.path + ": its folder has no row");
    std::istringstream lines{file.text};
    std::string line;
    std::smatch found;
    for (int number = 1; std::getline(lines, line); ++number) {
      const std::string place = file.path + ":" + std::to_string(number) + ": ";
      if (std::regex_search(line, found, included)) {
        found[1] == "\"" ? take_file(place, *room->second, found[2]) : take_header(place, *room->second, found[2]);
        continue;
      }
      for (const auto& [word, pattern] : patterns)
        if (std::regex_search(line, pattern)) take_word(place, *room->second, std::string(word), "uses");
    }
  }

  void take_file(const std::string& place, const Room& room, const std::string& path) {
    const std::string other = folder_of(path);
    if (other == room.folder) return;
    used_.insert({room.folder, other});
    if (!rooms_.contains(other)) return add(place + "includes " + path + ", which lies in no room");
    if (!room.rooms.contains(other)) add(place + room.folder + " may not include " + other);
  }

  void take_header(const std::string& place, const Room& room, const std::string& header) {
    const std::string word{library_of(header)};
    if (word == "?") return add(place + "<" + header + "> belongs to no library that the test knows");
    if (!word.empty()) take_word(place, room, word, "includes <" + header + "> of");
  }

  void take_word(const std::string& place, const Room& room, const std::string& word, const std::string& how) {
    used_.insert({room.folder, word});
    if (!room.libraries.contains(word)) add(place + room.folder + " " + how + " " + word + ", which its row lacks");
  }

  /// Each cycle is told once, from its first room.
  void look_for_cycle(const std::string& folder, std::vector<std::string> way) {
    if (!way.empty() && folder == way.front()) {
      std::string text;
      for (const std::string& each : way) text += each + " -> ";
      return add("rooms include each other: " + text + folder);
    }
    const auto room = rooms_.find(folder);
    if (room == rooms_.end() || std::find(way.begin(), way.end(), folder) != way.end()) return;
    if (!way.empty() && folder < way.front()) return;
    way.push_back(folder);
    for (const std::string& other : room->second->rooms) look_for_cycle(other, way);
  }

  std::map<std::string, const Room*> rooms_;
  std::set<std::string> lived_in_;
  std::set<std::pair<std::string, std::string>> used_;  ///< a room, and the room or the word that one of its files uses
  Breaches breaches_;
};

}  // namespace

std::vector<Room> rooms_in(std::string_view document) {
  const auto start = document.find(heading);
  if (start == std::string_view::npos) throw std::invalid_argument("there is no heading " + std::string(heading));
  std::istringstream lines{std::string{document.substr(start + heading.size())}};
  std::vector<Room> rooms;
  int rows = 0;
  for (std::string line; std::getline(lines, line) && !line.starts_with("## ");) {
    if (!line.starts_with('|') || ++rows <= 2) continue;
    const auto cells = cells_of(line);
    const auto folder = cells.empty() ? std::set<std::string>{} : words_of(cells.front());
    if (cells.size() != 3 || folder.size() != 1) throw std::invalid_argument("a row that can't be read: " + line);
    rooms.push_back({*folder.begin(), words_of(cells[1]), words_of(cells[2])});
  }
  return rooms;
}

Breaches arrow_breaches(const std::vector<SourceFile>& files, const std::vector<Room>& rooms) {
  return Arrows{rooms}.of(files);
}

}  // namespace xueji::tests
