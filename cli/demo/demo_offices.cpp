#include <algorithm>
#include <array>

#include "cli/demo/demo_parts.hpp"

namespace xueji::demo {
namespace {

struct Row {
  std::string_view code;
  std::string_view supervisor;
  Level level;
  std::string_view name;
};

/// Codes of GB/T 2260; 北京市 has no prefectures, some schools stand directly under a prefecture or the province.
constexpr std::array authorities{
    Row{"000000", "", Level::ministry, "教育部"},
    Row{"110000", "000000", Level::province, "北京市教育委员会"},
    Row{"110101", "110000", Level::county, "东城区教育委员会"},
    Row{"110102", "110000", Level::county, "西城区教育委员会"},
    Row{"110105", "110000", Level::county, "朝阳区教育委员会"},
    Row{"440000", "000000", Level::province, "广东省教育厅"},
    Row{"440100", "440000", Level::prefecture, "广州市教育局"},
    Row{"440104", "440100", Level::county, "越秀区教育局"},
    Row{"440106", "440100", Level::county, "天河区教育局"},
    Row{"440300", "440000", Level::prefecture, "深圳市教育局"},
    Row{"440305", "440300", Level::county, "南山区教育局"},
    Row{"510000", "000000", Level::province, "四川省教育厅"},
    Row{"510100", "510000", Level::prefecture, "成都市教育局"},
    Row{"510105", "510100", Level::county, "青羊区教育局"},
    Row{"510107", "510100", Level::county, "武侯区教育局"},
    Row{"510700", "510000", Level::prefecture, "绵阳市教育和体育局"},
    Row{"510703", "510700", Level::county, "涪城区教育和体育局"},
};

constexpr std::array schools{
    Row{first_school_code, "110101", Level::school, "东城区第一小学"},
    Row{"2111000002", "110101", Level::school, "东城区第二小学"},
    Row{"3111000003", "110101", Level::school, "东城区第一中学"},
    Row{"2111000004", "110102", Level::school, "西城区第一小学"},
    Row{"2111000005", "110102", Level::school, "西城区第二小学"},
    Row{"3111000006", "110102", Level::school, "西城区第一中学"},
    Row{"2111000007", "110105", Level::school, "朝阳区第一小学"},
    Row{"2111000008", "110105", Level::school, "朝阳区第二小学"},
    Row{"3111000009", "110105", Level::school, "朝阳区第一中学"},
    Row{"3411000010", "110000", Level::school, "北京市实验高级中学"},
    Row{"2144000011", "440104", Level::school, "越秀区第一小学"},
    Row{"2144000012", "440104", Level::school, "越秀区第二小学"},
    Row{"3144000013", "440104", Level::school, "越秀区第一中学"},
    Row{"2144000014", "440106", Level::school, "天河区第一小学"},
    Row{"2144000015", "440106", Level::school, "天河区第二小学"},
    Row{"3144000016", "440106", Level::school, "天河区第一中学"},
    Row{"3444000017", "440100", Level::school, "广州市实验高级中学"},
    Row{"2144000018", "440305", Level::school, "南山区第一小学"},
    Row{"3144000019", "440305", Level::school, "南山区第一中学"},
    Row{"2151000020", "510105", Level::school, "青羊区第一小学"},
    Row{"2151000021", "510105", Level::school, "青羊区第二小学"},
    Row{"3151000022", "510105", Level::school, "青羊区第一中学"},
    Row{"2151000023", "510107", Level::school, "武侯区第一小学"},
    Row{"2151000024", "510107", Level::school, "武侯区第二小学"},
    Row{"3151000025", "510107", Level::school, "武侯区第一中学"},
    Row{"3451000026", "510100", Level::school, "成都市实验高级中学"},
    Row{"2151000027", "510703", Level::school, "涪城区第一小学"},
    Row{"3151000028", "510703", Level::school, "涪城区第一中学"},
};

/// After all others, so that theirs keep their numbers.
constexpr std::array township{
    Row{township_code, "110105", Level::township, "朝阳区乡镇中心校"},
    Row{township_school_code, township_code, Level::school, "朝阳区乡镇第一小学"},
};

void add(std::vector<Office>& offices, const Row& row) {
  const auto supervisor = row.supervisor.empty() ? OfficeId{} : office_by_code(offices, row.supervisor).id;
  offices.push_back({OfficeId{static_cast<std::int64_t>(offices.size()) + 1}, std::string{row.code},
                     std::string{row.name}, row.level, supervisor});
}

}  // namespace

std::vector<Office> make_offices() {
  std::vector<Office> offices;
  for (const Row& row : authorities) add(offices, row);
  for (const Row& row : schools) add(offices, row);
  for (const Row& row : township) add(offices, row);
  return offices;
}

const Office& office_by_code(const std::vector<Office>& offices, std::string_view code) {
  return *std::find_if(offices.begin(), offices.end(), [&](const Office& office) { return office.code == code; });
}

}  // namespace xueji::demo
