// Whether two stores hold the same rows and answer the same.
#pragma once
#include <string>
#include <vector>

#include "tests/differential/store/texts.hpp"
#include "tests/differential/store/twin.hpp"
#include "tests/differential/store/world.hpp"

namespace xueji::differential {

class Differences {
 public:
  /// Keeps the first of them, with where they are.
  void add(const std::string& where, const std::string& left, const std::string& right);
  template <class Answer>
  void compare(const std::string& where, const Answer& left, const Answer& right) {
    ++compared_;
    if (left != right) add(where, describe(left), describe(right));
  }
  template <class Item>
  void compare_texts(const std::string& where, const Item& left, const Item& right) {
    compare(where, text_of(left), text_of(right));
  }
  const std::vector<std::string>& found() const { return found_; }
  std::size_t count() const { return count_; }
  std::size_t compared() const { return compared_; }

 private:
  static std::string describe(const std::string& text) { return text; }
  static std::string describe(std::integral auto number) { return std::to_string(number); }
  std::vector<std::string> found_;
  std::size_t count_ = 0, compared_ = 0;
};

/// Every row of every table, in order of the primary keys, column by column. How many rows there are.
std::size_t compare_tables(const Location& left, const Location& right, Differences& differences);

/// The read side: lists with their filters through all pages, counts, details, statistics, what is due.
void compare_answers(Twin& left, Twin& right, const World& world, Instant now, Chance& chance,
                     Differences& differences);

}  // namespace xueji::differential
