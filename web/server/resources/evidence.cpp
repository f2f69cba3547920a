// POST /evidence, GET /evidence/{sha256}: scans, named by the SHA-256 of their bytes.
#include <spdlog/spdlog.h>

#include <algorithm>

#include "web/http/multipart.hpp"
#include "web/json/query_reader.hpp"
#include "web/server/answers.hpp"
#include "web/server/audit_lines.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"
#include "web/server/resources/scan_texts.hpp"

namespace xueji::web {
namespace {

constexpr std::size_t evidence_bytes_max = 10 * 1024 * 1024;
constexpr std::size_t filename_bytes_max = 255;

/// Cut between two characters.
std::string shortened(std::string name) {
  if (name.size() <= filename_bytes_max) return name;
  std::size_t end = filename_bytes_max;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
  return name.substr(0, end);
}

bool is_sha256(std::string_view text) {
  return text.size() == 64 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::string percent_encoded(std::string_view text) {
  static constexpr std::string_view hex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    if (plain)
      encoded += c;
    else
      encoded.append(1, '%').append(1, hex[byte >> 4]).append(1, hex[byte & 15]);
  }
  return encoded;
}

/// What the file is called by who has not uploaded it: the name that its uploader gave is theirs.
std::string plain_name(const Upload& upload) {
  constexpr std::size_t characters = 12;
  const std::string_view ending = upload.media_type == "image/jpeg"  ? ".jpg"
                                  : upload.media_type == "image/png" ? ".png"
                                                                     : ".pdf";
  return upload.sha256.substr(0, characters).append(ending);
}

/// Having uploaded a scan gives a right to it while it is put into a form; from then on the request does.
constexpr std::chrono::hours own_for{24};

}  // namespace

Problem not_as_uploaded() {
  return {"internal",
          {"服务器上保存的扫描件已缺失或损坏，无法显示。请把 instance 中的编号告知管理员",
           "The scan as it is kept is missing or damaged. Tell the administrators the number in instance"},
          {},
          {},
          {}};
}

std::optional<Upload> visible_upload(const Context& context, const Exchange& exchange, const std::string& sha256) {
  if (!is_sha256(sha256)) return std::nullopt;
  const Instant now = context.services.clock.now();
  const Scope scope = scope_of(*exchange.caller, now);
  if (scope.offices.empty()) return std::nullopt;
  auto own = context.services.evidence.find(sha256, exchange.caller->account);
  if (own && now - own->at < own_for) return own;
  if (!context.services.queries.evidence_is_referenced(sha256, scope)) return std::nullopt;
  if (own) return own;
  auto upload = context.services.evidence.find(sha256);
  if (upload) upload->filename = plain_name(*upload);
  return upload;
}

GivenUp given_up_on(const HttpRequest& request) {
  return [departed = request.departed] { return departed && *departed; };
}

void note_look_at_scan(Context& context, const Exchange& exchange, const Upload& upload) {
  constexpr std::size_t enough_to_tell = 32;
  note_look(context, exchange, "evidence", std::string_view(upload.sha256).substr(0, enough_to_tell));
}

HttpResponse upload_evidence(Context& context, const Exchange& exchange) {
  const HttpRequest& request = exchange.request;
  const std::string_view type = request.headers.find("Content-Type").value_or("");
  UploadedPart part{request.body, {}, bare_media_type(type)};
  if (part.media_type == "multipart/form-data") {
    const auto read = read_single_part(type, request.body, "file");
    if (!read)
      return answer(exchange, malformed({"multipart 正文须恰有一个名为 file 的部分",
                                         "The multipart body must be exactly one part named file"}));
    part = *read;
  }
  if (part.content.size() > evidence_bytes_max) return answer(exchange, {"too-large", {}, {}, {}, {}});
  if (const auto named = QueryReader(request).text("filename")) part.filename = base_name(*named);
  if (part.filename.empty()) part.filename = "evidence";
  if (!is_clean_utf8(part.filename) || part.filename.find_first_of("\n\t") != std::string::npos)
    return answer(exchange, malformed({"文件名含有无效字符", "The file name has characters that are not accepted"}));

  const Uploader uploader{exchange.caller->account, offices_of(*exchange.caller, context.services.clock.now())};
  const auto put =
      context.services.evidence.put(uploader, part.content, shortened(std::move(part.filename)), given_up_on(request));
  const ScanLimits& limits = context.options.scan_limits;
  if (put.fault == EvidenceStore::Fault::given_up) return answer(exchange, busy());
  if (put.fault == EvidenceStore::Fault::unreadable) return answer(exchange, unreadable(put.cause, limits));
  if (put.fault != EvidenceStore::Fault::none) return answer(exchange, not_taken(put.fault, limits));
  JsonWriter json;
  json.begin_object().member("sha256", put.upload.sha256).member("mediaType", put.upload.media_type);
  json.member("size", put.upload.size).member("filename", put.upload.filename);
  json.member("width", put.facts.width).member("height", put.facts.height).member("pages", put.facts.pages);
  write_warnings(json, put.facts, exchange.language);
  json.end_object();
  HttpResponse response = json_response(put.created ? 201 : 200, std::move(json));
  response.headers.emplace_back("Location", "/api/v1/evidence/" + put.upload.sha256);
  return response;
}

HttpResponse show_evidence(Context& context, const Exchange& exchange) {
  const auto upload = visible_upload(context, exchange, exchange.path[0]);
  if (!upload) return answer(exchange, not_found());
  auto opened = context.services.evidence.open(*upload);
  if (!opened.bytes) {
    spdlog::error("request {} failed: {}", exchange.request.request_id, opened.fault);
    return answer(exchange, not_as_uploaded());
  }
  note_look_at_scan(context, exchange, *upload);
  HttpResponse response;
  response.content_type = upload->media_type;
  response.bytes = std::move(opened.bytes);
  response.headers = {
      {"Content-Disposition", "inline; filename*=UTF-8''" + percent_encoded(upload->filename)},
      {"X-Content-Type-Options", "nosniff"},
      {"Content-Security-Policy", "sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'none'"},
      {"Cache-Control", "private, no-store"}};
  return response;
}

}  // namespace xueji::web
