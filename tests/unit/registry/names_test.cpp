// Names are taken as they are written, and found by a separate key.

#include "engine/registry/names.hpp"
#include "engine/registry/name_characters.hpp"
#include "tests/catch.hpp"

using namespace xueji;

namespace {

std::string repeated(std::string_view text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

}  // namespace

TEST_CASE("names of all peoples of China, and of foreigners, are accepted") {
  for (const std::string name : {"张三", "𠮷野", "𮭡", "〇一", "买买提·阿不都热依木", "阿依古丽•买买提", "古丽．那扎尔",
                                 "扎西‧次仁", "次仁・卓玛", "次仁∙卓玛", "Anne-Marie O'Connor", "José", "Nguyễn Văn A",
                                 "ئايگۈل", "བཀྲ་ཤིས", "欧阳　娜娜", "葛\U000E0100城"}) {
    INFO(name);
    CHECK_FALSE(check_person_name(name));
  }
}

TEST_CASE("up to 50 code points, counted as people count them and not in bytes") {
  CHECK_FALSE(check_person_name(repeated("𠮷", 50)));
  CHECK(check_person_name(repeated("𠮷", 51))->en == "A name has at most 50 characters");
  CHECK(check_person_name("")->en == "Give a name");
}

TEST_CASE("characters that are newer than the library are accepted, those of no Unicode are not") {
  CHECK(unicode_version() == "17.0.0");
  for (const std::string name : {"张\U0002EBF0", "张\U0002EE5D", "张\U000323B0", "张\U00033479", "辻\U000E0100"}) {
    INFO(name);
    CHECK_FALSE(check_person_name(name));
    CHECK_FALSE(search_key(name).empty());
  }
  for (const std::string name : {"张\U0002EE5E", "张\U0003347A", "张\U0003FFFD", "张\U000F0000"}) {
    INFO(name);
    CHECK(check_person_name(name));
  }
}

TEST_CASE("look-alikes are told with what was meant, radicals are refused with it") {
  CHECK(meant_name("\uFA19\uF9DC") == "神隆");
  CHECK(meant_name("\U0002F80C") == "\u349E");
  CHECK(meant_name("Ｌｉ") == "Li");
  CHECK(meant_name("ｱﾘ") == "アリ");
  CHECK(meant_name("阿依古丽•买买提．艾力") == "阿依古丽·买买提·艾力");
  CHECK(meant_name("阿依古丽•·买买提") == "阿依古丽·买买提");
  for (const auto* same : {"张三", "丽丽", "𠮷野", "买买提·艾力", "\uFA0E", "é", ""}) CHECK_FALSE(meant_name(same));
  CHECK(check_person_name("⼀三")->en == "A name cannot hold the character U+2F00; write 一 (U+4E00)");
  CHECK(check_person_name("⼀三")->zh == "姓名中不能有字符 U+2F00，应为“一”（U+4E00）");
  CHECK(check_person_name("⺀三"));
}

TEST_CASE("what is no name is refused, naming the character") {
  CHECK(check_person_name("张3")->en == "A name cannot hold the character U+0033");
  CHECK(check_person_name("张\xEE\x80\x80")->en == "A name cannot hold the character U+E000");
  CHECK(check_person_name("张\U000E0FFF")->en == "A name cannot hold the character U+E0FFF");
  CHECK(check_person_name("张\u200B三")->en == "A name cannot hold the character U+200B");
  CHECK(check_person_name("张\n三"));
  CHECK(check_person_name("<b>"));
  CHECK(check_person_name(" 张三")->en == "A name neither begins nor ends with a space");
  CHECK(check_person_name("张三　")->en == "A name neither begins nor ends with a space");
  CHECK(check_person_name("\u0301")->en == "A name holds at least one letter or ideograph");
  CHECK(check_person_name("·-")->en == "A name holds at least one letter or ideograph");
  CHECK(check_person_name("\xC3\x28")->en == "The name is not well-formed text");
  CHECK(check_person_name(std::string("张\0三", 7))->en == "The name is not well-formed text");
}

TEST_CASE("the search key folds dots, widths, case and spaces") {
  const auto key = search_key("买买提·阿不都热依木");
  for (const std::string dot : {"·", "•", "．", "‧", "・", "･", "∙"}) {
    INFO(dot);
    CHECK(search_key("买买提" + dot + "阿不都热依木") == key);
  }
  CHECK(search_key("Ａｎｎｅ Marie") == search_key("anne marie"));
  CHECK(search_key("欧阳　娜娜") == search_key("欧阳娜娜"));
  CHECK(search_key("Jose\u0301") == search_key("José"));
  CHECK(search_key("葛\U000E0100城") == search_key("葛城"));
}

TEST_CASE("different ideographs stay different") {
  CHECK(search_key("𠮷") != search_key("吉"));
  CHECK(search_key("𠮷") != search_key("𫝆"));
  CHECK(search_key("张三") != search_key("張三"));
}

TEST_CASE("names of one key tell where they are written differently") {
  CHECK(spelling_difference("买买提·艾力", "买买提•艾力").en == "character 4 U+00B7 against U+2022");
  CHECK(spelling_difference("Anna", "anna").zh == "第 1 个字符 U+0041 与 U+0061");
  CHECK(spelling_difference("王 明", "王明").en == "character 2 U+0020 against U+660E");
  CHECK(spelling_difference("王明", "王明 ").en == "character 3 nothing against U+0020");
  CHECK(spelling_difference("王", "王").en.empty());
}

TEST_CASE("the wide space with which spreadsheets pad a name is told") {
  CHECK(meant_name("王　小") == "王 小");
  CHECK_FALSE(meant_name("王 小"));
}
