#include "web/json/problem_catalog.hpp"

#include <algorithm>
#include <array>

namespace xueji::web {
namespace {

constexpr std::array types{
    ProblemType{"malformed", 400, "请求格式有误", "Malformed request",
                "请求的路径、参数、请求头或 JSON 无法按约定读取。请对照接口说明更正后再发送；原样重发不会成功。",
                "The path, a parameter, a header or the JSON can't be read as agreed. Correct it by the API's "
                "description; sending it again as it is won't help."},
    ProblemType{"idempotency-key-required", 400, "缺少幂等键", "Idempotency-Key required",
                "此操作须带 Idempotency-Key 请求头（1 至 128 个可见 ASCII "
                "字符，每次操作一个新值），以便网络中断后可以放心重发。",
                "This act needs the header Idempotency-Key (1 to 128 visible ASCII characters, a new one for each "
                "act), so that it can be sent again safely after a broken connection."},
    ProblemType{"unauthenticated", 401, "未登录", "Not signed in", "用户名或密码不正确，或登录已失效。请重新登录。",
                "The user name or password is wrong, or the session has ended. Sign in again."},
    ProblemType{
        "second-factor-required", 401, "需要动态口令", "A code is needed",
        "密码正确，还需要手机上的 6 位动态口令（或一个备用码）。口令只能用一次，不正确时请等下一个。",
        "The password is right; the six digits that your phone shows are needed too, or a recovery code. Each is "
        "taken once; where one is wrong, wait for the next."},
    ProblemType{
        "second-factor-setup-required", 403, "须先启用动态口令", "Set a second factor up first",
        "您的岗位须使用动态口令。请先在“我的账号”中启用，然后才能办理其他事项。",
        "Your post asks for a second factor. Set it up under “My account”; nothing else can be done until then."},
    ProblemType{
        "account-sealed", 403, "账号已封存", "Account sealed", "此账号长期未使用，已封存。请联系管理员解封。",
        "Nobody has signed in to this account for a long time, so it is sealed. Ask your administrator to unseal "
        "it."},
    ProblemType{
        "not-allowed", 403, "无权办理", "Not allowed",
        "您可以看到此事项，但您的岗位不能进行此操作。explain 成员说明缺什么、由谁办理。",
        "You may see this, but your post may not do that. The member explain says what is missing and who can do it."},
    ProblemType{
        "separation-of-duties", 403, "须由另一人办理", "Another person must do this",
        "填报人不能审核自己的填报，同一人也不能在两个环节审核同一件；岗位也不能由本人或提请人自己确认。请由同岗位的另一"
        "位同事办理。",
        "Nobody decides their own submission, nobody decides one request at two steps, and nobody confirms a "
        "post for themselves or one that they proposed. A colleague with the same post can."},
    ProblemType{
        "password-change-required", 403, "须先修改密码", "Change the password first",
        "当前密码由他人设置，请先改成只有您自己知道的密码，然后才能办理其他事项。",
        "Somebody else chose this password. Change it to one that only you know; nothing else can be done until "
        "then."},
    ProblemType{"foreign-origin", 403, "来源不符", "Foreign origin",
                "请求来自另一个网站的页面，已被拒绝。请在本系统的页面中操作。",
                "The request comes from a page of another site and is refused. Use this system's own pages."},
    ProblemType{"not-found", 404, "未找到", "Not found", "没有此项，或者它不在您的管辖范围内；二者不作区分。",
                "There is no such thing, or it lies outside your jurisdiction; nothing tells the two apart."},
    ProblemType{"method-not-allowed", 405, "不支持该方法", "Method not allowed",
                "此地址不支持该请求方法；Allow 响应头列出支持的方法。",
                "This address does not know that method; the header Allow lists those that it knows."},
    ProblemType{"one-by-one", 409, "此环节须逐件办理", "Decided one by one",
                "批量办理不适用于此环节，此件未作任何更改。请逐件打开，查看内容后办理。",
                "This step is not decided in bulk, and nothing was done to this request. Open each request and decide "
                "it there."},
    ProblemType{"not-in-this-state", 409, "当前环节不能进行此操作", "Not in this state",
                "业务已流转到其他环节或已结束。请刷新后查看当前可以进行的操作。",
                "The request is at another step, or has ended. Fetch it anew to see what can be done now."},
    ProblemType{
        "open-business", 409, "该生有在办业务", "Business already open",
        "同一学生同一时间只能有一项在办业务。request 和 holders 成员指明在办业务及其经办岗位，待其办结或撤回后再填报。",
        "A student can have one open business at a time. The members request and holders name it and who holds it; "
        "wait until it has ended, or have it withdrawn."},
    ProblemType{"once-per", 409, "已办理过同一事项", "Done already",
                "此业务对同一学生、学年或单位等只办理一次，已有一件申请。request 成员在您的管辖范围内时指明是哪一件；"
                "已有的申请在审核前撤回后方可重新提交。",
                "This business is done once for the same student, school year, office or the like, and there is a "
                "request already. The member request names it where it lies within your jurisdiction; once that is "
                "taken back before anybody has decided about it, another can be submitted."},
    ProblemType{"numbers-exhausted", 409, "学籍号已用尽", "Numbers exhausted",
                "学校所在区划、学生出生日期和性别所对应的学籍号已全部编完，未作任何更改。请先核对出生日期和性别；"
                "确认无误的，请报上级主管部门。",
                "Every student number for the division of the school, the birth date and the sex has been given, and "
                "nothing was changed. Check the birth date and the sex; if they are right, tell the office above."},
    ProblemType{"business-retired", 409, "业务已停办", "Business retired",
                "此业务已停办，不再受理新的申请；已受理的照常办理至结束。",
                "This business is retired and nothing new can be begun; what began before goes on to its end."},
    ProblemType{
        "window-closed", 409, "不在办理时间内", "Window closed",
        "此业务目前不受理。opensAt 成员说明何时开始受理；已受理的业务不受影响。",
        "This business can't be started now. The member opensAt says when it opens; what began before goes on."},
    ProblemType{"status-not-eligible", 409, "不符合办理条件", "Not eligible",
                "学生当前的学籍状态或信息不满足此业务的条件；explain 成员逐条说明。",
                "The student's status or data don't meet this business's conditions; the member explain tells each."},
    ProblemType{
        "other-account", 409, "登录的是另一账号", "Another account is signed in",
        "操作时页面所示的账号（X-Acting-As 请求头）与当前登录的账号不同，未做任何更改。请以原账号重新登录后再办理。",
        "The account that was shown while acting (the header X-Acting-As) is not the one that is signed in now, "
        "and nothing was done. Sign in as the first one again, and repeat it."},
    ProblemType{
        "leaves-undecided", 409, "有任务将无人办理", "Tasks would be left undecided",
        "停用此账号或收回此岗位后，tasks 成员列出的任务在其岗位上将无人可以办理，转由 standIn "
        "所示的上级岗位代为办理（为空则无人）。请先让他人任此岗位；确需继续，请带 confirm=true 再次发送。",
        "Without this account or post nobody at their post could decide the tasks in the member tasks; the post in "
        "standIn would, or nobody where it is null. Give the post to somebody first, or send it again with "
        "confirm=true."},
    ProblemType{"last-administrator", 409, "最后一位管理员", "The last administrator",
                "停用此账号或收回此岗位后，该单位及其上级将没有任何管理员。请先由另一位管理员任管理员岗位。",
                "Without this account or post neither the office nor any above it would have an administrator. Make "
                "somebody else administrator first."},
    ProblemType{"second-factor-there", 409, "已启用动态口令", "There is a second factor already",
                "此账号已启用动态口令。如要更换，请先停用。",
                "The account has a second factor. Remove it first to have another."},
    ProblemType{"idempotency-in-progress", 409, "同一操作正在办理", "Already under way",
                "使用同一幂等键的操作正在进行。请稍候再查询结果。",
                "The act with the same Idempotency-Key is under way. Ask again in a moment."},
    ProblemType{"stale", 412, "页面内容已过时", "Changed meanwhile",
                "在您打开之后，此件已有变动；changes 成员列出了变动，currentVersion 为当前版本。请查看后再决定。",
                "It has changed since you opened it; the member changes lists how, currentVersion is today's version. "
                "Look again, then decide."},
    ProblemType{"too-large", 413, "内容过大", "Too large", "上传的内容超过限制；每个佐证文件最大 10 MB。",
                "What was sent is larger than accepted; a scan may have 10 MB at most."},
    ProblemType{"unsupported-media-type", 415, "不支持的文件类型", "Unsupported media type",
                "佐证材料只接受 JPEG、PNG、PDF，以内容为准；其他请求须为 application/json。",
                "Evidence is taken as JPEG, PNG or PDF, whatever it is called; other bodies must be application/json."},
    ProblemType{"validation", 422, "填写有误", "Validation failed",
                "errors 成员逐项指出有误之处（JSON Pointer）及原因。",
                "The member errors points to every fault (JSON Pointer) and says what is wrong."},
    ProblemType{"missing-evidence", 422, "缺少佐证材料", "Evidence missing",
                "errors 成员列出还缺的材料种类和份数。请上传后再提交。",
                "The member errors lists which kinds are missing. Upload them, then submit."},
    ProblemType{"unreadable-evidence", 422, "佐证材料无法显示", "Evidence can't be shown",
                "文件必须能完整显示给审核人员。cause 成员说明原因：damaged（不完整或损坏）、password（需要密码）、"
                "too-many-pixels（像素或所需内存过多）、too-many-pages（页数过多）、too-slow（打开过慢）。",
                "Those who decide must be able to see the whole file. The member cause says why they can't: damaged, "
                "password (it opens with one only), too-many-pixels (or too much memory), too-many-pages, too-slow."},
    ProblemType{"idempotency-mismatch", 422, "幂等键已用于其他操作", "Idempotency-Key used for another act",
                "此幂等键先前用于内容不同的操作。请为新的操作使用新的键。",
                "This Idempotency-Key was used for an act with other content. Take a new key for a new act."},
    ProblemType{"precondition-required", 428, "缺少版本号", "If-Match required",
                "此操作须带 If-Match 请求头，其值为您所见版本的 ETag，例如 \"3\"，以免覆盖他人的改动。",
                "This act needs the header If-Match with the ETag of the version that you saw, such as \"3\", so that "
                "nobody's change is overwritten."},
    ProblemType{
        "rate-limited", 429, "请求过于频繁", "Too many requests",
        "请按 Retry-After 响应头给出的秒数稍后再试。多次输错密码后，从该处登录此账号会暂停 15 分钟。",
        "Wait as many seconds as the header Retry-After says. After several wrong passwords nobody can sign in to "
        "that account from there for 15 minutes."},
    ProblemType{"internal", 500, "服务器内部错误", "Internal error",
                "操作未能完成。请稍后用同一幂等键重试；若仍不成功，请把 instance 中的编号告知管理员。",
                "It could not be done. Try again later with the same Idempotency-Key; if it fails again, tell the "
                "administrators the number in instance."},
    ProblemType{"busy", 503, "系统繁忙", "Busy",
                "系统正忙，或暂时连不上数据库。请按 Retry-After 响应头给出的秒数稍后用同一幂等键重试，不会重复办理。",
                "The server is busy, or its database is away for a moment. Wait as many seconds as the header "
                "Retry-After says, "
                "then send it again with the same Idempotency-Key: it is not done twice."},
};

}  // namespace

std::span<const ProblemType> problem_types() { return types; }

const ProblemType* problem_type(std::string_view slug) {
  const auto found =
      std::find_if(types.begin(), types.end(), [&](const ProblemType& type) { return type.slug == slug; });
  return found == types.end() ? nullptr : &*found;
}

const ProblemType& problem_type(RefusalKind kind) {
  const ProblemType* type = kind == RefusalKind::failed ? problem_type("internal") : problem_type(slug(kind));
  return *type;
}

}  // namespace xueji::web
