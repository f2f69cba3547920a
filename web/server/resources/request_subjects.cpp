// GET /requests/{id}/subjects, POST /requests/{id}/subjects/{ordinal}/set-aside.
#include <charconv>
#include <iterator>

#include "engine/machine/acts.hpp"
#include "web/json/body_reader.hpp"
#include "web/json/query_reader.hpp"
#include "web/server/audit_lines.hpp"
#include "web/server/resources/commands.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"
#include "web/shapes/json_subject.hpp"

namespace xueji::web {
namespace {

constexpr std::size_t subjects_at_once = 200;

std::optional<int> parse_ordinal(std::string_view text) {
  int ordinal = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), ordinal);
  const bool whole = read.ec == std::errc() && read.ptr == text.data() + text.size() && text.front() != '0';
  return whole && ordinal >= 1 ? std::optional(ordinal) : std::nullopt;
}

std::string read_reason(BodyReader& reader) {
  const auto reason = reader.text("reason");
  if (!reader.has("reason") || (reason && is_blank(*reason)))
    reader.complain("reason", {"请写明移出的理由", "Say why the student is set aside"});
  else if (reason && code_points(*reason) > comment_code_points_max)
    reader.complain("reason", {"理由最多 2000 个字", "A reason has at most 2,000 characters"});
  return reason.value_or("");
}

HttpResponse set_aside_done(Context& context, const Exchange& exchange, const Committed& committed) {
  return request_response(context, exchange, committed, 200);
}

/// Of a request about one student that one.
Page<SubjectRow> subjects_of(const Context& context, const Caller& caller, const RequestRow& row,
                             std::optional<bool> set_aside, const PageRequest& page) {
  Queries& queries = context.services.queries;
  if (row.request.several && !row.part_ended) {
    auto found = queries.subjects(row.request.id, set_aside, page);
    found.items = subjects_as_seen(context, caller, row, std::move(found.items));
    return found;
  }
  if (row.request.several) {
    std::vector<SubjectRow> all;
    PageRequest next{subjects_at_once, std::nullopt};
    do {
      auto found = queries.subjects(row.request.id, std::nullopt, next);
      all.insert(all.end(), std::make_move_iterator(found.items.begin()), std::make_move_iterator(found.items.end()));
      next.after = found.next;
    } while (next.after);
    all = subjects_as_seen(context, caller, row, std::move(all));
    std::erase_if(all, [&](const SubjectRow& each) {
      return set_aside.value_or(each.subject.set_aside.has_value()) != each.subject.set_aside.has_value();
    });
    return page_of(std::move(all), page);
  }
  std::vector<SubjectRow> only;
  if (!set_aside.value_or(false)) {
    SubjectRow& one = only.emplace_back();
    one.subject.ordinal = 1;
    one.subject.student = row.student.id;
    one.student = row.student;
    one.when_left = row.when_left;
  }
  return page_of(std::move(only), page);
}

}  // namespace

HttpResponse list_subjects(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const auto set_aside = query.truth("setAside");
  const auto page = query.page();
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto row = visible_request(context, exchange, exchange.path[0]);
  if (!row) return answer(exchange, not_found());
  note_look(context, exchange, "requests", to_string(row->request.id));
  const auto whole = rendering_for(context, exchange);
  // What is filled in for each is shown as the form is; the numbers of the students are cut either way.
  const auto rendering = whole.definition(row->request.definition).has_each() ? whole : whole.in_list();
  const auto goes_on = goes_on_of(context, exchange);
  const auto found = subjects_of(context, *exchange.caller, *row, set_aside, page);
  return list_response(found.items, found.next, [&](JsonWriter& json, const SubjectRow& subject) {
    write_subject(json, subject, row->request, row->claimers, *exchange.caller, rendering, goes_on);
  });
}

void set_subject_aside(Context& context, ExchangePtr exchange, Reply reply) {
  const auto id = parse_id<RequestId>(exchange->path[0]);
  const auto ordinal = parse_ordinal(exchange->path[1]);
  if (!id || !ordinal) return reply(answer(*exchange, not_found()));
  auto body = read_body(exchange->request);
  if (const auto* problem = std::get_if<Problem>(&body)) return reply(answer(*exchange, *problem));
  BodyReader reader(std::get<boost::json::object>(body));
  Perform perform;
  perform.request = *id;
  perform.action = set_aside_action().key;
  perform.subject = *ordinal;
  perform.comment = read_reason(reader);
  if (auto complaints = reader.finish(); !complaints.empty())
    return reply(answer(*exchange, invalid(std::move(complaints))));
  Command command = command_of(*exchange);
  CommandNote note{*id, perform.action, command.expected_version.value_or(0)};
  command.what = std::move(perform);
  submit(context, std::move(exchange), std::move(reply), std::move(command), std::move(note), set_aside_done);
}

}  // namespace xueji::web
