#include "engine/registry/titles.hpp"

#include <algorithm>
#include <array>

namespace xueji {

const Text& title_of(StudentStatus status) {
  static const std::array<Text, 13> titles{{{"在校", "in school"},
                                            {"休学", "suspended"},
                                            {"出国", "abroad"},
                                            {"其他离校", "left"},
                                            {"辍学", "dropped out"},
                                            {"退学", "withdrawn"},
                                            {"开除", "expelled"},
                                            {"失踪", "missing"},
                                            {"毕业", "graduated"},
                                            {"结业", "completed"},
                                            {"肄业", "attended"},
                                            {"死亡", "deceased"},
                                            {"已合并", "merged"}}};
  return titles[static_cast<std::size_t>(status)];
}

const Text& title_of(Sex sex) {
  static const std::array<Text, 2> titles{{{"男", "male"}, {"女", "female"}}};
  return titles[static_cast<std::size_t>(sex)];
}

const Text& title_of(NumberKind kind) {
  static const std::array<Text, 3> titles{
      {{"正式学籍号", "official number"}, {"临时学籍号", "temporary number"}, {"无证件学籍号", "number without ID"}}};
  return titles[static_cast<std::size_t>(kind)];
}

const Text& title_of(NumberState state) {
  static const std::array<Text, 3> titles{{{"现用", "current"}, {"曾用", "former"}, {"永久停用", "retired for ever"}}};
  return titles[static_cast<std::size_t>(state)];
}

Text title_of_grade(std::string_view grade) {
  static constexpr std::array<std::string_view, grade_words.size()> zh{
      "一年级", "二年级", "三年级", "四年级", "五年级", "六年级", "七年级", "八年级", "九年级", "高一", "高二", "高三"};
  const auto found = std::find(grade_words.begin(), grade_words.end(), grade);
  if (found == grade_words.end()) return {std::string(grade), std::string(grade)};
  return {std::string(zh.at(static_cast<std::size_t>(found - grade_words.begin()))), "grade " + std::string(grade)};
}

}  // namespace xueji
