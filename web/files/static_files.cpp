#include "web/files/static_files.hpp"

#include <utility>

#include "engine/base/sha256.hpp"

namespace xueji::web {
namespace {

constexpr std::string_view html = "text/html; charset=utf-8";

constexpr std::pair<std::string_view, std::string_view> media_types[] = {{".html", html},
                                                                         {".js", "text/javascript; charset=utf-8"},
                                                                         {".mjs", "text/javascript; charset=utf-8"},
                                                                         {".css", "text/css; charset=utf-8"},
                                                                         {".json", "application/json; charset=utf-8"},
                                                                         {".txt", "text/plain; charset=utf-8"},
                                                                         {".svg", "image/svg+xml"},
                                                                         {".png", "image/png"},
                                                                         {".jpg", "image/jpeg"},
                                                                         {".webp", "image/webp"},
                                                                         {".ico", "image/x-icon"},
                                                                         {".woff2", "font/woff2"},
                                                                         {".ttf", "font/ttf"},
                                                                         {".wasm", "application/wasm"},
                                                                         {".bcmap", "application/octet-stream"},
                                                                         {".pfb", "application/octet-stream"},
                                                                         {".icc", "application/vnd.iccprofile"}};

/// Scripts carry it too, since a worker is bound by the policy of its script and not by that of the page.
constexpr std::string_view content_security_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

constexpr std::string_view permissions_policy =
    "accelerometer=(), autoplay=(), camera=(), clipboard-read=(), display-capture=(), encrypted-media=(), "
    "geolocation=(), gyroscope=(), hid=(), idle-detection=(), magnetometer=(), microphone=(), midi=(), payment=(), "
    "picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), "
    "xr-spatial-tracking=()";

constexpr std::string_view for_a_year = "public, max-age=31536000, immutable";
constexpr std::size_t etag_digits = 32;

std::string_view media_type_of(std::string_view path) {
  for (const auto& [ending, type] : media_types)
    if (path.ends_with(ending)) return type;
  return {};
}

/// Such names hold a hash of what is in the file.
bool is_immutable(std::string_view path) {
  return path.starts_with("/assets/") || (path.starts_with("/fonts/") && path.ends_with(".woff2"));
}

bool is_hidden(std::string_view path) { return path.starts_with('.') || path.find("/.") != std::string_view::npos; }

bool is_place_in_application(const HttpRequest& request) {
  return !request.path.starts_with("/api/") && !request.path.starts_with("/assets/") &&
         wants_html(request.headers.find("Accept").value_or(""));
}

}  // namespace

StaticFiles::StaticFiles(std::vector<BuiltFile> files) {
  std::map<std::string, std::string> contents;
  for (auto& [path, content] : files)
    if (!is_hidden(path)) contents.insert_or_assign('/' + path, std::move(content));
  if (!contents.contains("/index.html")) return;
  const auto take = [&](const std::string& path) {
    const auto found = contents.find(path);
    return found == contents.end() ? Form{} : form_of(std::move(found->second));
  };
  for (auto& [path, content] : contents) {
    const auto media_type = media_type_of(path);
    if (media_type.empty()) continue;
    entries_[path] = {media_type, is_immutable(path), form_of(std::move(content)), take(path + ".gz"),
                      take(path + ".br")};
  }
}

StaticFiles::Form StaticFiles::form_of(std::string content) {
  std::string etag = '"' + sha256_hex(content).substr(0, etag_digits) + '"';
  return {std::make_shared<const std::string>(std::move(content)), std::move(etag)};
}

std::optional<HttpResponse> StaticFiles::answer(const HttpRequest& request) const {
  if (is_empty() || (request.method != Method::get && request.method != Method::head)) return std::nullopt;
  const auto found = entries_.find(request.path == "/" ? std::string_view{"/index.html"} : request.path);
  if (found != entries_.end()) return respond(found->second, request, "Accept-Encoding");
  if (!is_place_in_application(request)) return std::nullopt;
  return respond(entries_.find("/index.html")->second, request, "Accept, Accept-Encoding");
}

HttpResponse StaticFiles::respond(const Entry& entry, const HttpRequest& request, std::string_view vary) {
  const Coding coding = chosen_coding(request.headers.find("Accept-Encoding").value_or(""),
                                      entry.gzip.content != nullptr, entry.br.content != nullptr);
  const Form& form = coding == Coding::br ? entry.br : coding == Coding::gzip ? entry.gzip : entry.identity;
  HttpResponse response;
  response.headers = {{"ETag", form.etag},
                      {"Cache-Control", std::string(entry.is_immutable ? for_a_year : "no-cache")},
                      {"Vary", std::string(vary)},
                      {"Content-Security-Policy", std::string(content_security_policy)},
                      {"Cross-Origin-Resource-Policy", "same-origin"}};
  if (entry.media_type == html) {
    response.headers.emplace_back("Referrer-Policy", "same-origin");
    response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
    response.headers.emplace_back("Permissions-Policy", permissions_policy);
  }
  if (has_already(request.headers.find("If-None-Match").value_or(""), form.etag)) {
    response.status = 304;
    return response;
  }
  if (coding != Coding::identity) response.headers.emplace_back("Content-Encoding", to_string(coding));
  response.content_type = entry.media_type;
  response.shared_body = form.content;
  return response;
}

}  // namespace xueji::web
