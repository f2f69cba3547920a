#include <array>

#include "cli/demo/demo_parts.hpp"

namespace xueji::demo {
namespace {

constexpr std::array surnames{"王", "李", "张", "刘", "陈", "杨", "黄", "赵",   "周",   "吴",   "徐",
                              "孙", "朱", "马", "胡", "郭", "林", "何", "高",   "梁",   "郑",   "罗",
                              "宋", "谢", "唐", "韩", "曹", "许", "邓", "萧",   "冯",   "曾",   "程",
                              "蔡", "彭", "潘", "袁", "于", "董", "余", "欧阳", "上官", "司马", "诸葛"};
constexpr std::array given{"伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰",
                           "娟", "涛", "明", "超", "霞", "平", "刚", "梓", "涵", "浩", "然", "欣", "怡",
                           "宇", "轩", "子", "萱", "思", "远", "嘉", "豪", "雨", "桐", "博", "文", "诗",
                           "琪", "佳", "一", "诺", "晨", "曦", "若", "熙", "皓", "泽", "可", "馨", "语",
                           "嫣", "俊", "熹", "沐", "阳", "清", "妍", "天", "佑", "乐", "瑶", "辰"};
/// From the Unihan extensions, most of them four bytes in UTF-8: what registries of old could not write.
constexpr std::array rare{"𠮷", "𫝆", "䶮", "㛃", "𬱖", "𬭎", "𡐓", "𤧚", "𫖯",
                          "𬍛", "㼆", "䒟", "𣲗", "𬎆", "𪣻", "喆", "堃", "昇"};
constexpr std::array dotted{"阿依古丽·买买提", "古丽娜尔·吐尔逊", "艾力·阿不都热合曼",   "扎西·次仁",
                            "卓玛·央金",       "巴特尔·苏和",     "迪丽热巴·迪力木拉提", "热依扎·阿里木",
                            "麦麦提·图尔贡",   "努尔兰·哈力克",   "索南·达杰",           "格桑·梅朵"};
/// As typed in many offices, with look-alikes of U+00B7.
constexpr std::array look_alike_dots{"帕丽达•库尔班", "阿迪力．艾山", "洛桑・丹增"};
constexpr std::array latin{"Anna Maria Schmidt", "Liam O'Neil", "Jean-Luc Moreau",
                           "Zoë García",         "Yuki Tanaka", "Müller Hans"};
constexpr std::array second_surnames{"Li", "Wang", "Chen", "Zhang"};

}  // namespace

std::string make_name(DemoRandom& random) {
  if (random.one_in(90)) return random.pick(dotted);
  if (random.one_in(400)) return random.pick(look_alike_dots);
  if (random.one_in(300)) return random.pick(latin);
  std::string name = random.pick(surnames);
  if (random.one_in(60)) return name + random.pick(rare);
  name += random.pick(given);
  if (random.one_in(40)) return name + random.pick(rare);
  if (!random.one_in(6)) name += random.pick(given);
  return name;
}

std::string corrected_name(const std::string& name, DemoRandom& random) {
  const bool ends_in_latin = static_cast<unsigned char>(name.back()) < 0x80;
  if (ends_in_latin) return name + "-" + random.pick(second_surnames);
  std::size_t last = name.size() - 1;
  while ((static_cast<unsigned char>(name[last]) & 0xC0) == 0x80) --last;
  for (;;) {
    std::string corrected = name.substr(0, last) + (random.one_in(5) ? random.pick(rare) : random.pick(given));
    if (corrected != name) return corrected;
  }
}

}  // namespace xueji::demo
