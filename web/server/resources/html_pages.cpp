// GET /, /docs, /problems, /problems/{slug}, /style.css: pages for people, made from the same tables as the API.
#include "engine/base/markup.hpp"
#include "web/description/openapi.hpp"
#include "web/files/pages.hpp"
#include "web/json/problem_catalog.hpp"
#include "web/server/answers.hpp"
#include "web/server/resources/resources.hpp"

namespace xueji::web {
namespace {

constexpr std::string_view style = R"(:root { color-scheme: light dark; }
body { font-family: system-ui, "Noto Sans CJK SC", sans-serif; line-height: 1.6; margin: 0; }
main { max-width: 64rem; margin: 0 auto; padding: 1rem 1.5rem 4rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent); padding: .4rem .6rem; text-align: left; vertical-align: top; }
code { font-family: ui-monospace, monospace; }
)";

void append_cell(std::string& html, std::string_view tag, std::string_view content) {
  html.append("<").append(tag).append(">").append(content).append("</").append(tag).append(">");
}

std::string code(std::string_view text) { return "<code>" + escape_markup(text) + "</code>"; }

std::string text_of(const boost::json::object& object, const char* key) {
  const auto* value = object.if_contains(key);
  if (value && value->is_string()) return std::string(value->get_string().data(), value->get_string().size());
  if (value && value->is_object()) return text_of(value->get_object(), "name");
  return {};
}

/// The accounts of `GET /demo`.
std::string demo_accounts(const boost::json::value& content, bool zh) {
  const auto* object = content.if_object();
  const auto* accounts = object ? object->if_contains("accounts") : nullptr;
  if (!accounts || !accounts->is_array()) return {};
  std::string html = zh ? "<h2>演示账号</h2>\n<p>密码均为 <code>xueji-demo</code>。</p>\n"
                        : "<h2>Demo accounts</h2>\n<p>The password of all is <code>xueji-demo</code>.</p>\n";
  html += "<table><tbody>\n";
  for (const auto& account : accounts->get_array()) {
    if (!account.is_object()) continue;
    html += "<tr>";
    append_cell(html, "td", code(text_of(account.get_object(), "username")));
    append_cell(html, "td", escape_markup(text_of(account.get_object(), "office")));
    append_cell(html, "td", escape_markup(text_of(account.get_object(), "role")));
    html += "</tr>\n";
  }
  return html + "</tbody></table>\n";
}

void append_problem(std::string& html, const ProblemType& type) {
  html += "<h2 lang=\"zh-CN\">" + escape_markup(type.title_zh) + "</h2>\n<p lang=\"zh-CN\">" +
          escape_markup(type.page_zh) + "</p>\n";
  html += "<h2 lang=\"en\">" + escape_markup(type.title_en) + "</h2>\n<p lang=\"en\">" + escape_markup(type.page_en) +
          "</p>\n";
}

}  // namespace

HttpResponse show_landing_page(Context& context, const Exchange& exchange) {
  const bool zh = exchange.language == Language::zh;
  std::string html =
      zh ? "<p>学籍业务审批服务。</p>\n<ul>\n<li><a href=\"/docs\">接口说明</a>（<a "
           "href=\"/openapi.json\">OpenAPI</a>、<a href=\"/asyncapi.json\">AsyncAPI</a>）</li>\n"
           "<li>接口地址：<code>/api/v1</code></li>\n<li><a href=\"/problems\">错误类型</a></li>\n</ul>\n"
         : "<p>The approval engine of the student-status registry.</p>\n<ul>\n<li><a href=\"/docs\">The API</a> (<a "
           "href=\"/openapi.json\">OpenAPI</a>, "
           "<a href=\"/asyncapi.json\">AsyncAPI</a>)</li>\n<li>The API is under <code>/api/v1</code></li>\n<li><a "
           "href=\"/problems\">Types of problems</a></li>\n</ul>\n";
  if (context.options.demo) html += demo_accounts(context.options.demo_content, zh);
  return html_response(200, page(exchange.language, "学籍 xueji", html));
}

HttpResponse show_docs(Context& context, const Exchange& exchange) {
  const bool zh = exchange.language == Language::zh;
  std::string html =
      zh ? "<p>下表由路由表生成；请求与应答的结构见 <a href=\"/openapi.json\">/openapi.json</a>，实时事件见 <a "
           "href=\"/asyncapi.json\">/asyncapi.json</a>。</p>\n"
         : "<p>Made from the route table; the shapes are in <a href=\"/openapi.json\">/openapi.json</a>, the live "
           "events in <a href=\"/asyncapi.json\">/asyncapi.json</a>.</p>\n";
  html += zh ? "<table><thead><tr><th>调用</th><th>作用</th><th>权限</th><th>查询参数</th><th>请求头</th></tr></"
               "thead><tbody>\n"
             : "<table><thead><tr><th>Call</th><th>Does</th><th>Access</th><th>Query "
               "parameters</th><th>Headers</th></tr></thead><tbody>\n";
  for (const Route& route : routes()) {
    if (route.only_demo && !context.options.demo) continue;
    std::string parameters;
    for (const Parameter& parameter : route.parameters)
      parameters.append(parameters.empty() ? "" : ", ").append(code(parameter.name));
    std::string headers = route.needs_idempotency_key ? code("Idempotency-Key") : std::string();
    if (route.needs_if_match) headers.append(headers.empty() ? "" : ", ").append(code("If-Match"));
    html += "<tr>";
    append_cell(html, "td", code(std::string(to_string(route.method)) + ' ' + std::string(route.pattern)));
    append_cell(html, "td", escape_markup(route.summary));
    append_cell(html, "td", code(to_string(route.access)));
    append_cell(html, "td", parameters);
    append_cell(html, "td", headers);
    html += "</tr>\n";
  }
  html += "</tbody></table>\n";
  return html_response(200, page(exchange.language, zh ? "接口说明" : "The API", html));
}

HttpResponse list_problem_pages(Context&, const Exchange& exchange) {
  const bool zh = exchange.language == Language::zh;
  std::string html = "<table><tbody>\n";
  for (const ProblemType& type : problem_types()) {
    const std::string slug(type.slug);
    html += "<tr>";
    append_cell(html, "td", std::to_string(type.status));
    append_cell(html, "td", "<a href=\"/problems/" + slug + "\"><code>" + slug + "</code></a>");
    append_cell(html, "td", escape_markup(zh ? type.title_zh : type.title_en));
    html += "</tr>\n";
  }
  html += "</tbody></table>\n";
  return html_response(200, page(exchange.language, zh ? "错误类型" : "Types of problems", html));
}

HttpResponse show_problem_page(Context&, const Exchange& exchange) {
  const ProblemType* type = problem_type(exchange.path[0]);
  if (!type) return answer(exchange, not_found());
  std::string html = "<p>HTTP " + std::to_string(type->status) + "</p>\n";
  append_problem(html, *type);
  return html_response(200, page(exchange.language, type->slug, html));
}

HttpResponse show_stylesheet(Context&, const Exchange&) {
  HttpResponse response;
  response.content_type = "text/css; charset=utf-8";
  response.headers.emplace_back("Cache-Control", "public, max-age=3600");
  response.body = style;
  return response;
}

}  // namespace xueji::web
