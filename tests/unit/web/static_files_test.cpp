#include "web/files/static_files.hpp"
#include "tests/catch.hpp"

#include "tests/unit/web/application_world.hpp"

using namespace xueji::web;
using namespace xueji::testing;

namespace {

const std::string browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

StaticFiles built() {
  return StaticFiles{{{"index.html", "<!doctype html>"},
                      {"index.html.br", "index by br"},
                      {"favicon.svg", "<svg/>"},
                      {"assets/index-B4kT9x2a.js", "script"},
                      {"assets/index-B4kT9x2a.js.br", "script by br"},
                      {"assets/index-B4kT9x2a.js.gz", "script by gzip"},
                      {"assets/index-B4kT9x2a.js.map", "source"},
                      {"assets/orphan-C5.js.br", "no such script"},
                      {"assets/worker-D6.mjs", "worker"},
                      {"assets/han-E7.woff2", "font"},
                      {"assets/style-F8.css", "style"},
                      {"fonts/rare.css", "@font-face {}"},
                      {"fonts/rare-20B00-f00d.woff2", "rare"},
                      {"assets/engine-G9.wasm", "wasm"},
                      {"assets/page-H0.php", "nothing of ours"},
                      {".vite/manifest.json", "{}"}}};
}

HttpRequest asking(const std::string& path, std::vector<std::pair<std::string, std::string>> headers = {},
                   Method method = Method::get) {
  HttpRequest request;
  request.method = method;
  request.path = path;
  for (auto& [name, value] : headers) request.headers.add(name, value);
  return request;
}

Answered answered(const HttpRequest& request) {
  auto response = built().answer(request);
  REQUIRE(response);
  return {std::move(*response)};
}

}  // namespace

TEST_CASE("a file is found by its path, with its media type") {
  const auto type = [](const std::string& path) { return answered(asking(path)).response.content_type; };
  CHECK(type("/") == "text/html; charset=utf-8");
  CHECK(type("/index.html") == "text/html; charset=utf-8");
  CHECK(type("/favicon.svg") == "image/svg+xml");
  CHECK(type("/assets/index-B4kT9x2a.js") == "text/javascript; charset=utf-8");
  CHECK(type("/assets/worker-D6.mjs") == "text/javascript; charset=utf-8");
  CHECK(type("/assets/style-F8.css") == "text/css; charset=utf-8");
  CHECK(type("/assets/han-E7.woff2") == "font/woff2");
  CHECK(type("/assets/engine-G9.wasm") == "application/wasm");
  CHECK(answered(asking("/assets/index-B4kT9x2a.js")).response.content() == "script");
}

TEST_CASE("what is not in the map is not there") {
  for (const char* path : {"/assets/index-B4kT9x2a.js.map", "/assets/index-B4kT9x2a.js.br", "/assets/orphan-C5.js",
                           "/assets/orphan-C5.js.br", "/assets/page-H0.php", "/.vite/manifest.json", "/assets",
                           "/assets/", "//index.html", "/assets/../index.html", "/INDEX.html", "/etc/passwd", ""}) {
    INFO(path);
    CHECK_FALSE(built().answer(asking(path)));
    CHECK_FALSE(built().answer(asking(path, {{"Accept", "*/*"}})));
  }
  CHECK_FALSE(built().answer(asking("/", {}, Method::post)));
  CHECK_FALSE(built().answer(asking("/queue", {{"Accept", browser}}, Method::put)));
}

TEST_CASE("a folder without index.html is no application") {
  CHECK(StaticFiles{}.is_empty());
  const StaticFiles without{{{"assets/index-B4kT9x2a.js", "script"}, {"sub/index.html", "page"}}};
  CHECK(without.is_empty());
  CHECK_FALSE(without.answer(asking("/assets/index-B4kT9x2a.js")));
  CHECK_FALSE(without.answer(asking("/", {{"Accept", browser}})));
}

TEST_CASE("places within the application get its page when a browser asks, but for missing assets and calls") {
  for (const char* path : {"/queue", "/requests/12", "/students/1/history/", "/queue.old"}) {
    INFO(path);
    const auto page = answered(asking(path, {{"Accept", browser}}));
    CHECK(page.response.content() == "<!doctype html>");
    CHECK(page.header("Cache-Control") == "no-cache");
    CHECK(page.header("Vary") == "Accept, Accept-Encoding");
    CHECK_FALSE(built().answer(asking(path, {{"Accept", "application/json"}})));
    CHECK_FALSE(built().answer(asking(path)));
  }
  for (const char* path : {"/api/v1/nothing", "/assets/index-OLD00000.js"})
    CHECK_FALSE(built().answer(asking(path, {{"Accept", browser}})));
}

TEST_CASE("hashed files are kept for ever, others are asked for each time") {
  CHECK(answered(asking("/assets/index-B4kT9x2a.js")).header("Cache-Control") == "public, max-age=31536000, immutable");
  CHECK(answered(asking("/fonts/rare-20B00-f00d.woff2")).header("Cache-Control") ==
        "public, max-age=31536000, immutable");
  CHECK(answered(asking("/fonts/rare.css")).header("Cache-Control") == "no-cache");
  CHECK(answered(asking("/")).header("Cache-Control") == "no-cache");
  CHECK(answered(asking("/favicon.svg")).header("Cache-Control") == "no-cache");
}

TEST_CASE("each compressed form has a tag of its own, and only the one that is sent saves sending it") {
  const auto script = [](const std::string& accepted, const std::string& tag = {}) {
    return answered(asking("/assets/index-B4kT9x2a.js", {{"Accept-Encoding", accepted}, {"If-None-Match", tag}}));
  };
  const auto br = script("gzip, br");
  CHECK(br.response.content() == "script by br");
  CHECK(br.header("Content-Encoding") == "br");
  CHECK(br.header("Vary") == "Accept-Encoding");
  CHECK(br.response.content_type == "text/javascript; charset=utf-8");
  const auto gzip = script("gzip");
  CHECK(gzip.response.content() == "script by gzip");
  CHECK(gzip.header("Content-Encoding") == "gzip");
  const auto plain = script("");
  CHECK(plain.response.content() == "script");
  CHECK(plain.header("Content-Encoding").empty());
  CHECK(plain.header("Vary") == "Accept-Encoding");
  CHECK(br.header("ETag") != gzip.header("ETag"));
  CHECK(br.header("ETag") != plain.header("ETag"));
  CHECK(gzip.header("ETag") != plain.header("ETag"));

  CHECK(script("br", br.header("ETag")).status() == 304);
  CHECK(script("gzip", br.header("ETag")).status() == 200);
  CHECK(script("", "W/" + plain.header("ETag")).status() == 304);
  CHECK(answered(asking("/favicon.svg", {{"Accept-Encoding", "br"}})).header("Content-Encoding").empty());
}

TEST_CASE("an unchanged page is not sent again, and keeps its headers") {
  const auto first = answered(asking("/"));
  const auto again = answered(asking("/", {{"If-None-Match", "\"other\", " + first.header("ETag")}}));
  CHECK(again.status() == 304);
  CHECK(again.response.content().empty());
  CHECK(again.response.content_type.empty());
  CHECK(again.response.headers == first.response.headers);
  StaticFiles changed{{{"index.html", "<!doctype html><p>"}}};
  CHECK(changed.answer(asking("/", {{"If-None-Match", first.header("ETag")}}))->status == 200);
}

TEST_CASE("pages may load what is ours and nothing else, and use no sensor") {
  const auto page = answered(asking("/"));
  CHECK(page.header("Content-Security-Policy") ==
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; "
        "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
  CHECK(page.header("Referrer-Policy") == "same-origin");
  CHECK(page.header("Cross-Origin-Opener-Policy") == "same-origin");
  CHECK(page.header("Permissions-Policy").find("camera=()") != std::string::npos);
  const auto worker = answered(asking("/assets/worker-D6.mjs"));
  CHECK(worker.header("Content-Security-Policy") == page.header("Content-Security-Policy"));
  CHECK(worker.header("Cross-Origin-Resource-Policy") == "same-origin");
}

TEST_CASE("the application serves its files beside the routes, which go first") {
  ApplicationOptions options;
  options.demo = true;
  options.ui = StaticFiles{{{"index.html", "<!doctype html>"},
                            {"assets/a-1.js", "script"},
                            {"openapi.json", "not the API"},
                            {"style.css", "not the pages' style"}}};
  ApplicationWorld world(options);
  const auto as_browser = [&](const std::string& target, Method method = Method::get) {
    auto request = world.request(method, target);
    request.headers.add("Accept", browser);
    return world.send(std::move(request));
  };
  CHECK(as_browser("/").response.content() == "<!doctype html>");
  CHECK(world.get("/").response.content() == "<!doctype html>");
  CHECK(world.get("/?from=mail").status() == 200);
  CHECK(as_browser("/queue?workflow=x&sort=due").response.content() == "<!doctype html>");
  CHECK(world.get("/assets/a-1.js").response.content() == "script");
  CHECK(world.get("/openapi.json").json().at("openapi").as_string() == "3.1.0");
  CHECK(world.get("/style.css").response.content().find("font-family") != std::string_view::npos);
  CHECK(as_browser("/docs").header("Content-Security-Policy") ==
        "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'");
  CHECK(as_browser("/problems/nothing").status() == 404);
  CHECK(world.get("/queue").slug() == "not-found");
  CHECK(as_browser("/api/v1/nothing").slug() == "not-found");
  CHECK(as_browser("/queue", Method::post).slug() == "not-found");
  CHECK(as_browser("/", Method::post).slug() == "method-not-allowed");
  CHECK(as_browser("/api/v1/session").slug() == "method-not-allowed");
  CHECK(world.get("/metrics")
            .response.content()
            .find("xueji_http_requests_total{operation=\"showLandingPage\",status=\"2xx\"} 5") !=
        std::string_view::npos);
}

TEST_CASE("without the application nothing but the plain page is there") {
  ApplicationWorld world;
  auto request = world.request(Method::get, "/queue");
  request.headers.add("Accept", browser);
  CHECK(world.send(std::move(request)).slug() == "not-found");
  CHECK(world.get("/").response.content().find("/openapi.json") != std::string_view::npos);
  CHECK(world.get("/?from=mail").slug() == "malformed");
  CHECK(world.get("/index.html").slug() == "not-found");
}
