#include "engine/authority/password_rule.hpp"

#include <algorithm>

namespace xueji {
namespace {

std::string in_lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return lower;
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
  if (weak.contains(password))
    return Text{"这是常见密码，容易被猜中，请换一个",
                "This is a frequent password, which is guessed easily; take another"};
  if (old && password == *old) return Text{"须与原密码不同", "It must be another than the old one"};
  return std::nullopt;
}

}  // namespace xueji
