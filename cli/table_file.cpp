#include "cli/table_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/text.hpp"

namespace xueji {
namespace {

struct Line {
  int number;
  std::vector<TableCell> cells;
  bool unclosed = false;
};

char separator_of(std::string_view text) {
  const auto first = text.substr(0, text.find('\n'));
  return first.find('\t') == std::string_view::npos ? ',' : '\t';
}

/// Cuts the text into rows of cells; a quoted cell may hold separators, line ends and doubled quotes.
class Cutter {
 public:
  explicit Cutter(std::string_view text) : text_(text), separator_(separator_of(text)) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text_.starts_with(byte_order_mark)) text_.remove_prefix(byte_order_mark.size());
  }

  bool at_end() const { return at_ >= text_.size(); }

  Line next() {
    Line line{line_, {}};
    const std::size_t start = at_;
    for (;;) {
      TableCell cell{"", column_of(start)};
      if (!at_end() && text_[at_] == '"')
        line.unclosed = !read_quoted(cell.text) || line.unclosed;
      else
        while (!at_end() && text_[at_] != separator_ && text_[at_] != '\n') cell.text += text_[at_++];
      const bool more = !at_end() && text_[at_] == separator_;
      if (!more && cell.text.ends_with('\r')) cell.text.pop_back();
      line.cells.push_back(std::move(cell));
      if (!more) break;
      ++at_;
    }
    while (!at_end() && text_[at_++] != '\n') continue;
    ++line_;
    return line;
  }

 private:
  /// As editors count: characters, not bytes.
  int column_of(std::size_t line_start) const {
    const auto before = text_.substr(line_start, at_ - line_start);
    return 1 + static_cast<int>(std::count_if(before.begin(), before.end(),
                                              [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
  }
  bool read_quoted(std::string& cell) {
    for (++at_; !at_end(); ++at_) {
      if (text_[at_] == '\n') ++line_;
      if (text_[at_] != '"')
        cell += text_[at_];
      else if (text_.substr(at_ + 1).starts_with('"'))
        cell += text_[++at_];
      else
        return ++at_, true;
    }
    return false;
  }

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  int line_ = 1;
};

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, ", ")); }

class TableReader {
 public:
  TableReader(const std::string& file, const std::vector<std::string>& required,
              const std::vector<std::string>& optional)
      : file_(file), required_(required), known_(required) {
    known_.insert(known_.end(), optional.begin(), optional.end());
  }

  std::vector<Fault> faults;

  void read_headings(const Line& line) {
    for (const TableCell& cell : line.cells) {
      const bool known = std::find(known_.begin(), known_.end(), cell.text) != known_.end();
      if (!known)
        fail({line.number, cell.column}, fmt::format("there is no column `{}`", cell.text),
             "the columns are " + joined(known_));
      if (std::find(headings_.begin(), headings_.end(), cell.text) != headings_.end())
        fail({line.number, cell.column}, fmt::format("the column `{}` stands here a second time", cell.text),
             "keep one of the two");
      headings_.push_back(cell.text);
    }
    for (const std::string& each : required_)
      if (std::find(headings_.begin(), headings_.end(), each) == headings_.end())
        fail({line.number, 1}, fmt::format("the column `{}` is missing", each), "the columns are " + joined(known_));
  }

  void read_row(Line line, std::vector<TableRow>& rows) {
    const bool empty =
        std::all_of(line.cells.begin(), line.cells.end(), [](const TableCell& cell) { return cell.text.empty(); });
    if (empty) return;
    if (line.unclosed) return fail({line.number, 1}, "a quoted cell does not end", "close it with \"");
    if (line.cells.size() != headings_.size())
      return fail({line.number, 1}, fmt::format("this row has {} cells", line.cells.size()),
                  fmt::format("write {}, as in the first line", headings_.size()));
    TableRow row{line.number, {}};
    for (std::size_t index = 0; index < line.cells.size(); ++index) {
      if (!is_clean_utf8(line.cells[index].text))
        fail({line.number, line.cells[index].column}, "this is no clean UTF-8 text", "save the file as UTF-8");
      row.cells.emplace(headings_[index], std::move(line.cells[index]));
    }
    rows.push_back(std::move(row));
  }

 private:
  void fail(Place place, std::string what, std::string advice) {
    faults.push_back({file_, place, std::move(what), std::move(advice)});
  }

  const std::string& file_;
  const std::vector<std::string>& required_;
  std::vector<std::string> known_;
  std::vector<std::string> headings_;
};

}  // namespace

const std::string& TableRow::text(std::string_view heading) const {
  static const std::string none;
  const auto found = cells.find(heading);
  return found == cells.end() ? none : found->second.text;
}

Place TableRow::place(std::string_view heading) const {
  const auto found = cells.find(heading);
  return {line, found == cells.end() ? 1 : found->second.column};
}

std::vector<std::string> table_headings(std::string_view text) {
  std::vector<std::string> headings;
  for (TableCell& cell : Cutter{text}.next().cells) headings.push_back(std::move(cell.text));
  return headings;
}

std::variant<std::vector<TableRow>, std::vector<Fault>> read_table(std::string_view text, const std::string& file,
                                                                   const std::vector<std::string>& required,
                                                                   const std::vector<std::string>& optional) {
  Cutter cutter{text};
  TableReader reader{file, required, optional};
  reader.read_headings(cutter.next());
  std::vector<TableRow> rows;
  if (reader.faults.empty())
    while (!cutter.at_end()) reader.read_row(cutter.next(), rows);
  if (!reader.faults.empty()) return std::move(reader.faults);
  return rows;
}

}  // namespace xueji
