#include "web/shapes/json_audit.hpp"

#include <algorithm>
#include <array>

#include "web/shapes/json_office.hpp"

namespace xueji::web {
namespace {

struct ActionTitle {
  AuditAction action;
  std::string_view zh, en;
};
constexpr std::array action_titles{
    ActionTitle{AuditAction::signed_in, "登录", "Signed in"},
    ActionTitle{AuditAction::sign_in_failed, "登录失败", "Failed to sign in"},
    ActionTitle{AuditAction::signed_out, "退出登录", "Signed out"},
    ActionTitle{AuditAction::session_ended, "结束一处登录", "Ended a session"},
    ActionTitle{AuditAction::password_changed, "修改密码", "Changed the password"},
    ActionTitle{AuditAction::password_reset, "重设密码", "Reset the password"},
    ActionTitle{AuditAction::account_added, "新建账号", "Added the account"},
    ActionTitle{AuditAction::account_disabled, "停用账号", "Shut the account out"},
    ActionTitle{AuditAction::account_enabled, "恢复账号", "Let the account in again"},
    ActionTitle{AuditAction::account_unsealed, "解封账号", "Unsealed the account"},
    ActionTitle{AuditAction::second_factor_set, "启用动态口令", "Set a second factor up"},
    ActionTitle{AuditAction::second_factor_removed, "停用动态口令", "Removed the second factor"},
    ActionTitle{AuditAction::post_proposed, "提请授予岗位", "Proposed a post"},
    ActionTitle{AuditAction::post_confirmed, "确认授予岗位", "Confirmed a post"},
    ActionTitle{AuditAction::proposal_withdrawn, "不予授予岗位", "Turned a proposed post down"},
    ActionTitle{AuditAction::post_given, "授予岗位", "Gave a post"},
    ActionTitle{AuditAction::post_taken, "收回岗位", "Took a post away"},
    ActionTitle{AuditAction::post_lent, "委托岗位", "Lent a post"},
    ActionTitle{AuditAction::loan_taken_back, "收回委托", "Took a lent post back"},
    ActionTitle{AuditAction::record_looked_at, "查看档案", "Looked at a record"},
    ActionTitle{AuditAction::student_sought, "按号码、姓名、出生日期查找学生",
                "Looked a student up by number, name and birth date"},
    ActionTitle{AuditAction::exported, "导出", "Exported"},
};
static_assert(action_titles.size() == audit_action_words.size());

}  // namespace

std::string title_of(AuditAction action, Language language) {
  const auto found = std::find_if(action_titles.begin(), action_titles.end(),
                                  [&](const ActionTitle& each) { return each.action == action; });
  return std::string(language == Language::zh ? found->zh : found->en);
}

std::string who_did(const AuditTrail::Row& row, Language language) {
  if (row.line.by_operator) return language == Language::zh ? "运维人员（命令行）" : "the operator at the command line";
  if (!row.line.actor) return language == Language::zh ? "未登录者" : "somebody not signed in";
  return row.actor_username;
}

void write_audit_line(JsonWriter& json, const AuditTrail::Row& row, const Rendering& rendering) {
  const AuditLine& line = row.line;
  json.begin_object().member("id", std::to_string(row.number)).member("at", line.at);
  json.member("action", to_string(line.action)).member("actionTitle", title_of(line.action, rendering.language));
  json.member_or_null("by", row.actor_username).member("byName", who_did(row, rendering.language));
  json.member("operator", line.by_operator).member_or_null("account", row.account_username);
  json.key("office");
  if (rendering.offices->find(line.office))
    write_office(json, line.office, rendering);
  else
    json.null();
  json.key("role");
  if (line.role)
    json.value(to_string(*line.role));
  else
    json.null();
  json.key("post");
  if (line.post)
    json.value(line.post);
  else
    json.null();
  json.member_or_null("record", line.record).member_or_null("address", line.address).end_object();
}

}  // namespace xueji::web
