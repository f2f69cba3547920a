#include "cli/table_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/text.hpp"

namespace xueji {
namespace {

struct Line {
  int number;
  std::vector<TableCell> cells;
  int end_column = 1;        ///< behind its last character
  bool unclosed = false;     ///< a quoted cell does not end
  int behind_quotes_at = 0;  ///< column of text behind a closing quote; 0: there is none
};

char separator_of(std::string_view text) {
  const auto first = text.substr(0, text.find('\n'));
  return first.find('\t') == std::string_view::npos ? ',' : '\t';
}

/// Cuts the text into rows of cells; a quoted cell may hold separators, line ends and doubled quotes.
class Cutter {
 public:
  explicit Cutter(std::string_view text) : text_(text), separator_(separator_of(text)) {}

  bool at_end() const { return at_ >= text_.size(); }

  Line next() {
    Line line{line_, {}};
    column_ = 1;
    measured_to_ = at_;
    for (;;) {
      TableCell cell{"", column()};
      if (!at_end() && text_[at_] == '"')
        read_quoted_cell(cell, line);
      else
        while (!at_end() && text_[at_] != separator_ && text_[at_] != '\n') cell.text += text_[at_++];
      const bool more = !at_end() && text_[at_] == separator_;
      if (!more && cell.text.ends_with('\r')) cell.text.pop_back();
      line.cells.push_back(std::move(cell));
      if (!more) break;
      ++at_;
    }
    line.end_column = column() - (at_ > 0 && text_[at_ - 1] == '\r' ? 1 : 0);
    if (!at_end()) ++at_;
    ++line_;
    return line;
  }

 private:
  /// As editors count: characters, not bytes.
  int column() {
    column_ += static_cast<int>(code_points(text_.substr(measured_to_, at_ - measured_to_)));
    measured_to_ = at_;
    return column_;
  }
  void read_quoted_cell(TableCell& cell, Line& line) {
    line.unclosed = !read_quoted(cell.text) || line.unclosed;
    const std::size_t behind = at_;
    while (!at_end() && text_[at_] != separator_ && text_[at_] != '\n') ++at_;
    const auto rest = text_.substr(behind, at_ - behind);
    if (rest.empty() || rest == "\r") return;
    line.behind_quotes_at = column() - static_cast<int>(code_points(rest));
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
  std::size_t measured_to_ = 0;  ///< column_ is of here
  int column_ = 1;
};

bool is_empty(const TableCell& cell) { return is_blank(cell.text); }

/// Headings: columns at the end without one are none.
Line without_empty_end(Line line) {
  while (!line.cells.empty() && is_empty(line.cells.back())) line.cells.pop_back();
  return line;
}

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, ", ")); }

class TableReader {
 public:
  TableReader(const std::vector<std::string>& required, const std::vector<std::string>& optional)
      : required_(required), known_(required) {
    known_.insert(known_.end(), optional.begin(), optional.end());
  }

  Table table;

  void read_headings(const Line& line) {
    const Text columns{"可用的列：" + joined(known_), "the columns are " + joined(known_)};
    for (const TableCell& cell : line.cells) {
      const std::string heading = plain_characters(cell.text);
      const bool known = std::find(known_.begin(), known_.end(), heading) != known_.end();
      if (!known)
        fail({line.number, cell.column},
             {fmt::format("没有名为“{}”的列", heading), fmt::format("there is no column `{}`", heading)}, columns);
      if (std::find(headings_.begin(), headings_.end(), heading) != headings_.end())
        fail({line.number, cell.column},
             {fmt::format("列“{}”重复", heading), fmt::format("the column `{}` stands here a second time", heading)},
             {"请只保留一列", "keep one of the two"});
      headings_.push_back(heading);
    }
    for (const std::string& each : required_)
      if (std::find(headings_.begin(), headings_.end(), each) == headings_.end())
        fail({line.number, 1}, {fmt::format("缺少列“{}”", each), fmt::format("the column `{}` is missing", each)},
             columns);
  }

  void read_row(const Line& line) {
    if (std::all_of(line.cells.begin(), line.cells.end(), is_empty)) return;
    if (line.unclosed)
      return fail({line.number, 1}, {"引号没有成对", "a quoted cell does not end"},
                  {"请补上另一个引号", "close it with \""});
    if (line.behind_quotes_at != 0)
      return fail({line.number, line.behind_quotes_at}, {"引号之后还有文字", "there is text behind the closing quote"},
                  {"引号内的引号应写两次", "write a quote within a quoted cell twice"});
    const auto behind = std::find_if_not(
        line.cells.begin() + static_cast<std::ptrdiff_t>(std::min(headings_.size(), line.cells.size())),
        line.cells.end(), is_empty);
    if (behind != line.cells.end())
      return fail({line.number, behind->column},
                  {fmt::format("本行有 {} 个单元格", line.cells.size()),
                   fmt::format("this row has {} cells", line.cells.size())},
                  {fmt::format("应与首行一样为 {} 个", headings_.size()),
                   fmt::format("write {}, as in the first line", headings_.size())});
    TableRow row{line.number, {}};
    for (std::size_t index = 0; index < headings_.size(); ++index) {
      const TableCell cell = index < line.cells.size() ? line.cells[index] : TableCell{"", line.end_column};
      if (!is_clean_utf8(cell.text))
        fail({line.number, cell.column}, {"这不是有效的 UTF-8 文字", "this is no clean UTF-8 text"},
             {"请另存为 UTF-8", "save the file as UTF-8"});
      row.cells.emplace(headings_[index], cell);
    }
    table.rows.push_back(std::move(row));
  }

 private:
  void fail(Position position, Text what, Text advice) {
    table.faults.push_back({position, std::move(what), std::move(advice)});
  }

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

Position TableRow::position(std::string_view heading) const {
  const auto found = cells.find(heading);
  return {line, found == cells.end() ? 1 : found->second.column};
}

std::string TableFault::to_string(const std::string& file) const {
  return Fault{file, position, what.en, advice.en}.to_string() + "\n    " + what.zh + "；" + advice.zh;
}

std::vector<std::string> table_headings(std::string_view text) {
  std::vector<std::string> headings;
  for (const TableCell& cell : Cutter{text}.next().cells) headings.push_back(plain_characters(cell.text));
  return headings;
}

Table read_table(std::string_view text, const std::vector<std::string>& required,
                 const std::vector<std::string>& optional) {
  Cutter cutter{text};
  TableReader reader{required, optional};
  reader.read_headings(without_empty_end(cutter.next()));
  if (reader.table.faults.empty())
    while (!cutter.at_end()) reader.read_row(cutter.next());
  return std::move(reader.table);
}

}  // namespace xueji
