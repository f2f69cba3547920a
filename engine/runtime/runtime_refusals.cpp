#include "engine/runtime/runtime_refusals.hpp"

namespace xueji {
namespace {

Refusal refusal(RefusalKind kind, const char* zh, const char* en) {
  Refusal result;
  result.kind = kind;
  result.detail = {zh, en};
  return result;
}

}  // namespace

Refusal request_not_found() {
  return refusal(RefusalKind::not_found, "没有这项业务，或它不在您的管辖范围内",
                 "There is no such request within your jurisdiction");
}

Refusal workflow_not_found() { return refusal(RefusalKind::not_found, "没有这种业务", "There is no such workflow"); }

Refusal key_in_progress() {
  return refusal(RefusalKind::idempotency_in_progress, "使用同一幂等键的操作正在办理，请稍后再查",
                 "The act with this Idempotency-Key is under way; ask again in a moment");
}

Refusal key_mismatch() {
  return refusal(RefusalKind::idempotency_mismatch, "该幂等键已用于另一项操作，请换一个新键",
                 "This Idempotency-Key was used for another act; take a new one");
}

Refusal pipeline_full() {
  return refusal(RefusalKind::busy, "系统繁忙，操作未执行，请稍后重试",
                 "The server is busy and did nothing; try again in a moment");
}

Refusal pipeline_stopping() {
  return refusal(RefusalKind::busy, "服务正在停止，操作未执行，请稍后重试",
                 "The server is stopping and did nothing; try again in a moment");
}

Refusal store_busy() {
  return refusal(RefusalKind::busy, "数据库繁忙，操作未执行，请稍后重试",
                 "The database is busy and nothing was changed; try again in a moment");
}

Refusal unexpected_failure() {
  return refusal(RefusalKind::failed, "发生意外错误，未作任何更改",
                 "Something unexpected happened; nothing was changed");
}

Refusal unknown_until_repeated() {
  return refusal(
      RefusalKind::busy, "与数据库的连接中断，操作是否完成未知；请稍后用同一幂等键重试，不会重复办理",
      "The connection to the database broke before it said whether this was done; send it again with the same "
      "Idempotency-Key, it will not be done twice");
}

Refusal unknown_outcome() {
  return refusal(RefusalKind::failed, "与数据库的连接中断，操作是否完成未知，请先查看业务的现状",
                 "The connection to the database broke: look at the request before you try again");
}

Refusal answer_outdated() {
  return refusal(RefusalKind::stale, "同一身份证件号码刚被另一名学生使用，须重新查重",
                 "Another student was just given the same ID number: the checks must be asked anew");
}

}  // namespace xueji
