#include "engine/authority/password_rule.hpp"

#include <algorithm>
#include <array>

namespace xueji {
namespace {

std::string in_lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return lower;
}

/// What anybody tries first against this program: docs/security.md lists them.
constexpr std::array<std::string_view, 24> words_of_the_place{
    "xueji",      "xuejiguanli", "xuejixitong", "xuesheng",      "xuexiao", "jiaoyu",    "jiaoyuju",  "jiaoyubu",
    "jiaoyuting", "jiaowu",      "jiaoshi",     "student",       "school",  "education", "registrar", "head",
    "reviewer",   "approver",    "admin",       "administrator", "学籍",    "学生",      "学校",      "教育局"};

/// Nothing but one of these words, with digits and marks about it: `Xueji@2026`.
bool is_word_of_the_place(std::string_view password) {
  std::string letters = in_lower_case(password);
  std::erase_if(letters, [](char c) { return static_cast<unsigned char>(c) < 0x80 && (c < 'a' || c > 'z'); });
  return std::find(words_of_the_place.begin(), words_of_the_place.end(), letters) != words_of_the_place.end();
}

}  // namespace

WeakPasswords::WeakPasswords(std::string_view lines) {
  while (!lines.empty()) {
    const auto end = std::min(lines.find('\n'), lines.size());
    const auto line = lines.substr(0, end);
    if (!line.empty() && line != "#" && !line.starts_with("# ")) passwords_.insert(in_lower_case(line));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
}

bool WeakPasswords::contains(std::string_view password) const { return passwords_.contains(in_lower_case(password)); }

std::optional<Text> fault_of_password(std::string_view password, std::string_view username,
                                      const std::optional<std::string>& old, const WeakPasswords& weak) {
  if (!is_clean_utf8(password) || code_points(password) < password_characters_min)
    return Text{"至少 8 个字，建议 15 个以上", "At least 8 characters; 15 or more are better"};
  if (password.size() > password_bytes_max) return Text{"不能超过 256 个字节", "At most 256 bytes"};
  if (!username.empty() && in_lower_case(password).find(in_lower_case(username)) != std::string::npos)
    return Text{"不能含有用户名", "It must not hold the user name"};
  if (is_word_of_the_place(password))
    return Text{"不能只是本系统的常用词加数字或符号", "It must be more than a word of this place with digits or marks"};
  if (weak.contains(password))
    return Text{"这是常见密码，容易被猜中，请换一个",
                "This is a frequent password, which is guessed easily; take another"};
  if (old && password == *old) return Text{"须与原密码不同", "It must be another than the old one"};
  return std::nullopt;
}

}  // namespace xueji
