#include "web/shapes/json_notification.hpp"

#include <algorithm>
#include <array>

#include "web/shapes/json_subject.hpp"

namespace xueji::web {
namespace {

struct Sentence {
  std::string_view kind, zh, en;
};
/// `{}` stands for the state that was reached.
constexpr std::array sentences{
    Sentence{"completed", "已办结", "is completed"},
    Sentence{"rejected", "不予办理", "was rejected"},
    Sentence{"withdrawn", "已撤回", "was withdrawn"},
    Sentence{"cancelled", "已取消", "was cancelled"},
    Sentence{"expired", "已过期终止", "has expired"},
    Sentence{"return", "被退回至“{}”", "was returned to \"{}\""},
    Sentence{"suspect", "核查发现疑点，转“{}”处理", "was found suspect by the national checks and is now at \"{}\""},
    Sentence{"clear", "已通过核查，进入“{}”", "passed the national checks and is now at \"{}\""},
    Sentence{"reminder", "即将到期，当前环节“{}”", "is due soon at \"{}\""},
    Sentence{"overdue", "已逾期，当前环节“{}”", "is overdue at \"{}\""},
    Sentence{"remind", "所登记的期限将到，请留意", "left a date in the record that is about to come"},
    Sentence{"closed", "到期未办结，已由系统关闭", "was not finished by its date and has been closed"},
    Sentence{"stand_in", "现由您的岗位代为办理，当前环节“{}”",
             "can't be decided by its own post and waits for yours at \"{}\""},
    Sentence{"undecidable", "现无人可以办理，请安排人员任职，当前环节“{}”",
             "can be decided by nobody at \"{}\": give the post to somebody"},
    Sentence{"reassign", "已改派给您，当前环节“{}”", "was assigned to you at \"{}\""},
    Sentence{"undone", "您的操作没有办理，当前环节“{}”", "is at \"{}\": what you did was not carried out"},
    Sentence{"opened", "已由系统发起，请填报后提交", "was opened for your post to fill in and submit"},
    Sentence{"noticed", "报您单位备案，现处于“{}”", "is filed with your office for the record and is now at \"{}\""},
    Sentence{"not_opened", "已结束，后续业务未能发起", "has ended, and what was to follow could not be opened"},
    Sentence{"set_aside", "有一名学生被移出，当前环节“{}”", "had a student set aside at \"{}\""},
    Sentence{"comment", "有新的意见，当前环节“{}”", "has a new comment at \"{}\""},
};
constexpr Sentence any_other{"", "有新进展，现处于“{}”", "has moved on and is now at \"{}\""};

std::string filled(std::string_view sentence, std::string_view state) {
  const auto at = sentence.find("{}");
  if (at == std::string_view::npos) return std::string(sentence);
  return std::string(sentence.substr(0, at)).append(state).append(sentence.substr(at + 2));
}

}  // namespace

Text notification_text(const NotificationRow& row, const Definition& definition) {
  const auto found =
      std::find_if(sentences.begin(), sentences.end(), [&](const Sentence& known) { return known.kind == row.kind; });
  const Sentence& sentence = found == sentences.end() ? any_other : *found;
  const State* state = definition.state(row.state);
  const Text title = state ? state->title : Text{row.state, row.state};
  const Text students = name_of_students(row.student_name, row.subjects, definition.subject.kind);
  Text text{students.zh + "的“" + definition.title.zh + "”" + filled(sentence.zh, title.zh),
            students.en + ": \"" + definition.title.en + "\" " + filled(sentence.en, title.en)};
  const Text more = row.reason.zh.empty() ? Text{row.comment, row.comment} : row.reason;
  if (!more.zh.empty()) {
    text.zh += "：" + more.zh;
    text.en += ": " + more.en;
  }
  return text;
}

void write_notification(JsonWriter& json, const NotificationRow& row, const Rendering& rendering) {
  json.begin_object().member("id", row.id).member("at", row.at).member("kind", row.kind).member("request", row.request);
  json.member("text", rendering.text(notification_text(row, rendering.definition(row.definition))));
  json.member("read", row.read).end_object();
}

}  // namespace xueji::web
