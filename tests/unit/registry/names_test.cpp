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

TEST_CASE("every dot that looks like the one within a name is told, found, and the same to the duplicate check") {
  for (const std::string dot : {"ᐧ", "ㆍ", "ꞏ", "•", "．"}) {
    INFO(dot);
    CHECK_FALSE(check_person_name("唐" + dot + "一三"));
    CHECK(meant_name("唐" + dot + "一三") == "唐·一三");
    CHECK(search_key("唐" + dot + "一三") == search_key("唐·一三"));
  }
  CHECK_FALSE(meant_name("ᐊᐧᐱ"));
  CHECK(check_person_name("·ᐧ·")->zh == "姓名中没有文字");
}

TEST_CASE("characters that nobody sees are told, but not those that choose an ideograph's form") {
  for (const std::string unseen : {"\u3164", "\u1160", "\uFFA0", "\u034F", "\u17B4", "\u115F", "\U00013441"}) {
    INFO(unseen);
    CHECK(meant_name("张" + unseen + "三") == "张三");
    CHECK(meant_name(unseen + "张三" + unseen) == "张三");
    CHECK(search_key("张" + unseen + "三") == search_key("张三"));
    for (const auto& nothing : {unseen, "·" + unseen + "·", unseen + "-" + unseen, unseen + " " + unseen})
      CHECK(check_person_name(nothing)->en == "A name holds at least one letter or ideograph");
  }
  for (const auto* same : {"葛\U000E0100城", "辻\U000E0101", "神\uFE00", "\U00033479\U000E0100", "ᠠ\u180B"})
    CHECK_FALSE(meant_name(same));
  CHECK(meant_name("Anna\U000E0100") == "Anna");
  CHECK(meant_name("葛\U000E0100\U000E0100城") == "葛\U000E0100城");
  CHECK(meant_name("\uFE00张") == "张");
}

TEST_CASE("letters of another alphabet are told with those that were meant, where that is clear") {
  CHECK(meant_name("张O三") == "张〇三");
  CHECK(meant_name("张О三") == "张〇三");
  CHECK(meant_name("张𝐎") == "张〇");
  CHECK(meant_name("Аnna") == "Anna");
  CHECK(meant_name("Αnna-Maria") == "Anna-Maria");
  CHECK(meant_name("Иван Пeтров") == "Иван Петров");
  CHECK(meant_name("𝐀nna") == "Anna");
  CHECK(meant_name("ﬁona") == "fiona");
  CHECK(meant_name("Jeſus") == "Jesus");
  for (const auto* same : {"Анна", "Оса", "Οδυσσέας", "Otto", "O'Connor", "张·O", "张Otto", "Anna Иванова", "José",
                           "Jose\u0301", "ʻOkina", "བཀྲ་ཤིས་", "次仁-卓玛"}) {
    INFO(same);
    CHECK_FALSE(check_person_name(same));
    CHECK_FALSE(meant_name(same));
  }
}

TEST_CASE("a dot or hyphen at either end is told") {
  CHECK(meant_name("阿卜·") == "阿卜");
  CHECK(meant_name("·阿卜") == "阿卜");
  CHECK(meant_name("-A") == "A");
  CHECK(meant_name("阿卜•-") == "阿卜");
}

TEST_CASE("what is refused is told with what was meant, where that is clear") {
  for (const std::string dot : {".", "⋅", "\u0387", "⸱", "⸳", "﹒", "｡", "。"}) {
    INFO(dot);
    CHECK(check_person_name("阿" + dot + "卜")->zh.ends_with("，应为“·”（U+00B7）"));
    CHECK(check_person_name("阿" + dot + "卜")->en.ends_with("; write · (U+00B7)"));
    CHECK_FALSE(check_person_name("阿卜" + dot)->en.ends_with("(U+00B7)"));
  }
  CHECK(check_person_name("J. Smith")->en == "A name cannot hold the character U+002E");
  for (const std::string dash : {"－", "–", "—", "−"})
    CHECK(check_person_name("Anne" + dash + "Marie")->en.ends_with("; write - (U+002D)"));
  CHECK(check_person_name("O＇Connor")->en.ends_with("; write ' (U+0027)"));
  CHECK(check_person_name("Anna\u00A0Maria")->en == "A name cannot hold the character U+00A0; write a space (U+0020)");
  CHECK(check_person_name("Anna\u2009Maria")->zh == "姓名中不能有字符 U+2009，应为空格（U+0020）");
  CHECK(check_person_name("\u00A0Anna")->en == "A name neither begins nor ends with a space");
  CHECK(check_person_name("张○三")->zh == "姓名中不能有字符 U+25CB，应为“〇”（U+3007）");
}
