// Who is found by what people type.
#include "engine/registry/finding.hpp"

#include <chrono>

#include "engine/base/text.hpp"
#include "tests/catch.hpp"

using namespace xueji;

namespace {

Student named(const std::string& name) {
  Student student;
  student.name = name;
  student.id_number = "110105201503091001";
  student.numbers = {{"G110105201503091001", NumberKind::G, NumberState::current, Instant{}},
                     {"L110105201503090042", NumberKind::L, NumberState::former, Instant{}}};
  return student;
}

bool finds(const std::string& typed, const std::string& name) {
  return found_by(finding_keys(named(name)), sought_in_names_and_numbers(typed)).has_value();
}

}  // namespace

TEST_CASE("a name is found by any part of it, from any of its characters on") {
  for (const char* part : {"王建国", "王", "王建", "建国", "国", " 王 建国 "}) CHECK(finds(part, "王建国"));
  for (const char* other : {"王国", "建王", "李", "国建"}) CHECK_FALSE(finds(other, "王建国"));
}

TEST_CASE("a name is found by its pinyin and initials, from any syllable on") {
  for (const char* part :
       {"wangjianguo", "Wang Jianguo", "wáng jiàn guó", "wang", "wangj", "jianguo", "guo", "wjg", "jg", "WJ", "w"})
    CHECK(finds(part, "王建国"));
  for (const char* other : {"angjian", "wg", "anguo", "wangguo", "x"}) CHECK_FALSE(finds(other, "王建国"));
}

TEST_CASE("a surname is found by the reading that it has as one, and by the usual one") {
  CHECK(finds("shan", "单小明"));
  CHECK(finds("sxm", "单小明"));
  CHECK(finds("dan", "单小明"));
  CHECK(finds("zeng", "曾国强"));
  CHECK_FALSE(finds("shan", "王单"));
}

TEST_CASE("ü is typed v, u, yu or itself") {
  for (const char* typed : {"lv", "lu", "lyu", "lü", "lvmeng", "lyumeng"}) CHECK(finds(typed, "吕蒙"));
  CHECK_FALSE(finds("lv", "鲁蒙"));
}

TEST_CASE("rare, traditional and compatible forms are found by the common one, and the other way round") {
  CHECK(finds("刘吉", "刘𠮷"));
  CHECK(finds("𠮷", "刘吉"));
  CHECK(finds("刘德华", "劉德華"));
  CHECK(finds("ji", "刘𠮷"));
  CHECK(finds("高", "髙明"));
}

TEST_CASE("dots, spaces, case and width make no difference") {
  for (const char* typed : {"买买提·艾力", "买买提•艾力", "买买提艾力", "艾力", "maimaiti", "aili", "mmtal"})
    CHECK(finds(typed, "买买提·艾力"));
  for (const char* name : {"王ᐧ小明", "王\u3164小明", "王ㆍ小明"}) CHECK(finds("王小明", name));
  CHECK(finds("买买提⋅艾力", "买买提·艾力"));
  CHECK(finds("ANNA", "Anna"));
  CHECK(finds("ａｎｎａ", "Anna"));
  for (const char* typed : {"Müller", "muller", "MULLER"}) CHECK(finds(typed, "Müller Hans"));
  CHECK(finds("garcia", "Zoë García"));
}

TEST_CASE("numbers are found by their last digits, former ones too, and whole") {
  for (const char* typed : {"1001", "91001", "091001", "110105201503091001", "G110105201503091001",
                            "g110105201503091001", "0042", "L110105201503090042", "１００１"})
    CHECK(finds(typed, "王"));
  for (const char* other : {"110105", "1002", "J110105201503091001", "1", "01", "001", "3091001", "10105201503091001"})
    CHECK_FALSE(finds(other, "王"));
  CHECK_FALSE(found_by(finding_keys(named("王")), sought_in_names("1001")));
}

TEST_CASE("nothing but dots and spaces finds nobody, and neither do wildcards") {
  for (const char* typed : {"", " ", "·", "•　", "-"}) CHECK(sought_in_names_and_numbers(typed).empty());
  for (const char* typed : {"%", "_", "*", "\n", "'"}) CHECK_FALSE(finds(typed, "王建国"));
}

TEST_CASE("keys are distinct, in order, and bounded, whatever the name") {
  std::string longest;
  for (int at = 0; at < 50; ++at) longest += "𠮷";
  for (const auto& name : {std::string("小小小"), longest, std::string("Anna Maria"), std::string("ཀརྨ་པ"),
                           std::string("王𮯰吉"), std::string("ئايگۈل")}) {
    const auto keys = finding_keys(named(name));
    CHECK(std::is_sorted(keys.begin(), keys.end()));
    CHECK(std::adjacent_find(keys.begin(), keys.end()) == keys.end());
    CHECK(keys.size() <= 104);
    for (const auto& key : keys) {
      CHECK(key.size() <= finding_key_bytes_max);
      CHECK(is_clean_utf8(key));
    }
    CHECK(found_by(keys, sought_in_names(name)));
  }
}
