// GET /evidence/{sha256}/pages/{n}: a page of a scan as a picture.
#include <spdlog/spdlog.h>

#include <charconv>

#include "web/json/query_reader.hpp"
#include "web/server/answers.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"
#include "web/server/resources/scan_texts.hpp"

namespace xueji::web {
namespace {

struct WantedPage {
  Upload upload;
  int page = 0;
  ScanSize size = ScanSize::screen;

  /// Pictures of a page never change: its bytes are named by their hash.
  std::string tag() const {
    return '"' + upload.sha256 + '-' + std::to_string(page) +
           (size == ScanSize::screen ? "-screen-1\"" : "-thumbnail-1\"");
  }
};

std::optional<int> page_number(std::string_view text) {
  constexpr int largest = 100'000;
  int number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool plain = error == std::errc{} && stop == text.data() + text.size() && !text.starts_with('0');
  return plain && number >= 1 && number <= largest ? std::optional(number) : std::nullopt;
}

std::optional<ScanSize> size_named(std::string_view word) {
  if (word == "thumbnail") return ScanSize::thumbnail;
  return word == "screen" ? std::optional(ScanSize::screen) : std::nullopt;
}

std::variant<WantedPage, Problem> wanted_page(const Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const auto size = query.parsed<ScanSize>("size", size_named).value_or(ScanSize::screen);
  if (auto fault = query.fault()) return *fault;
  const auto page = page_number(exchange.path[1]);
  auto upload = visible_upload(context, exchange, exchange.path[0]);
  if (!page || !upload) return not_found();
  return WantedPage{std::move(*upload), *page, size};
}

bool has_it(const HttpRequest& request, const std::string& tag) {
  const auto known = request.headers.find("If-None-Match");
  return known && known->find(tag) != std::string_view::npos;
}

HttpResponse picture_response(Context& context, const Exchange& exchange, const WantedPage& wanted,
                              EvidenceStore::Rendering rendering) {
  if (!rendering.damaged.empty()) {
    spdlog::error("request {} failed: {}", exchange.request.request_id, rendering.damaged);
    return answer(exchange, not_as_uploaded());
  }
  if (rendering.fault == ScanFault::given_up) return answer(exchange, busy());
  if (rendering.fault != ScanFault::none)
    return answer(exchange, unreadable(rendering.fault, context.options.scan_limits));
  if (rendering.jpeg.empty()) return answer(exchange, not_found());
  note_look_at_scan(context, exchange, wanted.upload);
  HttpResponse response;
  if (has_it(exchange.request, wanted.tag())) {
    response.status = 304;
  } else {
    response.content_type = "image/jpeg";
    response.body = std::move(rendering.jpeg);
  }
  // For the session that fetched it: another one on the same machine asks anew.
  response.headers = {
      {"Cache-Control", "private, max-age=86400, immutable"},
      {"Vary", "Cookie, Authorization"},
      {"ETag", wanted.tag()},
      {"X-Page-Count", std::to_string(rendering.pages)},
      {"X-Content-Type-Options", "nosniff"},
      {"Content-Security-Policy", "sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'none'"}};
  return response;
}

}  // namespace

std::optional<HttpResponse> kept_evidence_page(Context& context, const Exchange& exchange) {
  auto found = wanted_page(context, exchange);
  if (const auto* problem = std::get_if<Problem>(&found)) return answer(exchange, *problem);
  const auto& wanted = std::get<WantedPage>(found);
  auto kept = context.services.evidence.kept_rendering(wanted.upload, wanted.page, wanted.size);
  if (!kept) return std::nullopt;
  return picture_response(context, exchange, wanted, std::move(*kept));
}

HttpResponse show_evidence_page(Context& context, const Exchange& exchange) {
  auto found = wanted_page(context, exchange);
  if (const auto* problem = std::get_if<Problem>(&found)) return answer(exchange, *problem);
  const auto& wanted = std::get<WantedPage>(found);
  return picture_response(
      context, exchange, wanted,
      context.services.evidence.render(wanted.upload, wanted.page, wanted.size, given_up_on(exchange.request)));
}

}  // namespace xueji::web
