// GET /vocabulary: the words that answers use, and what people call them, from the tables of the engine.
#include <cctype>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/authority/role.hpp"
#include "engine/authority/stage.hpp"
#include "engine/base/sha256.hpp"
#include "engine/machine/act_titles.hpp"
#include "engine/machine/outcome_titles.hpp"
#include "engine/machine/sentences.hpp"
#include "engine/registry/check_names.hpp"
#include "engine/registry/members.hpp"
#include "engine/registry/titles.hpp"
#include "web/http/negotiation.hpp"
#include "web/server/answers.hpp"
#include "web/server/resources/resources.hpp"

namespace xueji::web {
namespace {

constexpr std::size_t tag_digits = 32;

using Words = std::vector<std::pair<std::string_view, Text>>;

/// Of an enum that begins with 0.
template <class Value>
Words words_up_to(Value last) {
  Words words;
  for (int value = 0; value <= static_cast<int>(last); ++value)
    words.emplace_back(to_string(static_cast<Value>(value)), title_of(static_cast<Value>(value)));
  return words;
}

template <class Keys, class Title>
Words words_of_each(const Keys& keys, Title title) {
  Words words;
  for (const std::string_view key : keys) words.emplace_back(key, title(key));
  return words;
}

Words members() {
  Words words;
  for (const Member& member : student_members()) words.emplace_back(member.name, member.title());
  for (const auto other : {school_member, number_state, merged_into_member})
    words.emplace_back(other, title_of_member(other));
  return words;
}

/// Standing alone, not within a sentence: with a capital.
std::string standing_alone(std::string title) {
  title[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(title[0])));
  return title;
}

std::string vocabulary(Language language) {
  JsonWriter json;
  const auto list = [&](std::string_view name, const Words& words) {
    json.key(name).begin_array();
    for (const auto& [key, title] : words)
      json.begin_object().member("key", key).member("title", standing_alone(title.in(language))).end_object();
    json.end_array();
  };
  json.begin_object();
  list("statuses", words_up_to(StudentStatus::merged));
  list("sexes", words_up_to(Sex::female));
  list("grades", words_of_each(grade_words, title_of_grade));
  list("kinds", words_up_to(NumberKind::J));
  list("numberStates", words_up_to(NumberState::retired));
  list("members", members());
  list("levels", words_up_to(Level::school));
  list("stages", words_up_to(Stage::special));
  list("roles", words_up_to(Role::system));
  list("outcomes", words_up_to(Outcome::expired));
  list("actions", titled_acts());
  list("checks", words_of_each(check_names, title_of_check));
  json.end_object();
  return json.take();
}

/// Made once: it is the program's, whoever asks.
struct Kept {
  std::shared_ptr<const std::string> text;
  std::string tag;
};
Kept kept(Language language) {
  auto text = std::make_shared<const std::string>(vocabulary(language));
  std::string tag = '"' + sha256_hex(*text).substr(0, tag_digits) + '"';
  return {std::move(text), std::move(tag)};
}

}  // namespace

HttpResponse show_vocabulary(Context&, const Exchange& exchange) {
  static const Kept chinese = kept(Language::zh), english = kept(Language::en);
  const Kept& asked = exchange.language == Language::zh ? chinese : english;
  HttpResponse response;
  response.headers = {
      {"ETag", asked.tag}, {"Cache-Control", "private, no-cache"}, {"Vary", "Accept-Language, Cookie, Authorization"}};
  if (has_already(exchange.request.headers.find("If-None-Match").value_or(""), asked.tag)) {
    response.status = 304;
    return response;
  }
  response.content_type = "application/json; charset=utf-8";
  response.shared_body = asked.text;
  return response;
}

}  // namespace xueji::web
