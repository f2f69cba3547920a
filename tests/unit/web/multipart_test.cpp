#include "web/http/multipart.hpp"
#include "tests/catch.hpp"

using namespace xueji::web;

namespace {

const std::string type = "multipart/form-data; boundary=\"frontier\"";

std::string body(const std::string& head, const std::string& content, const std::string& end = "--\r\n") {
  return "--frontier\r\n" + head + "\r\n\r\n" + content + "\r\n--frontier" + end;
}

}  // namespace

TEST_CASE("a form with one file is read") {
  const auto sent =
      body("Content-Disposition: form-data; name=\"file\"; filename=\"户口簿.png\"\r\nContent-Type: Image/PNG",
           std::string("a\r\n--b\0c", 9));
  const auto part = read_single_part(type, sent, "file");
  REQUIRE(part);
  CHECK(part->content == std::string("a\r\n--b\0c", 9));
  CHECK(part->filename == "户口簿.png");
  CHECK(part->media_type == "image/png");
}

TEST_CASE("names are decoded and lose their folders") {
  CHECK(read_single_part(type, body("content-disposition: form-data; name=file; filename*=utf-8''%E6%88%B7.png", "x"),
                         "file")
            ->filename == "户.png");
  CHECK(read_single_part(
            type, body("Content-Disposition: form-data; name=\"file\"; filename=\"C:\\scans\\a%22b.png\"", "x"), "file")
            ->filename == "a\"b.png");
  CHECK(read_single_part(type, body("Content-Disposition: form-data; name=\"file\"", ""), "file")->content.empty());
}

TEST_CASE("quotes within a name are read as programs write them") {
  const auto name_of = [](const std::string& written) {
    const auto part = read_single_part(
        type, body("Content-Disposition: form-data; name=\"file\"; filename=\"" + written + "\"", "x"), "file");
    return part ? part->filename : "refused";
  };
  CHECK(name_of("a\\\"b.jpg") == "a\"b.jpg");
  CHECK(name_of("a%22b.jpg") == "a\"b.jpg");
  CHECK(name_of("\\\"a\\\".jpg") == "\"a\".jpg");
  CHECK(name_of("C:\\scans\\a\\\"b.jpg") == "a\"b.jpg");
  CHECK(name_of("C:\\\\scans\\\\a.jpg") == "a.jpg");
  CHECK(name_of("a.jpg\\\\") == "");
  CHECK(name_of("C:\\") == "");
  CHECK(name_of("a\"b.jpg") == "refused");
}

TEST_CASE("whatever is unusual is refused") {
  const std::string head = "Content-Disposition: form-data; name=\"file\"";
  const std::vector<std::pair<std::string, std::string>> refused{
      {"multipart/form-data", body(head, "x")},
      {"multipart/mixed; boundary=frontier", body(head, "x")},
      {"multipart/form-data; boundary=other", body(head, "x")},
      {type, "preamble" + body(head, "x")},
      {type, body("Content-Disposition: form-data; name=\"other\"", "x")},
      {type, body("Content-Disposition: attachment; name=\"file\"", "x")},
      {type, body("Content-Type: image/png", "x")},
      {type, body(head + "\r\n" + head, "x")},
      {type, body(head + "\r\nContent-Transfer-Encoding: base64", "x")},
      {type, body(head, "x", "\r\n")},
      {type, body(head, "x", "--\r\nepilogue")},
      {type, body(head, "x", "\r\n" + head + "\r\n\r\ny\r\n--frontier--\r\n")},
      {type, ""},
  };
  for (const auto& [content_type, sent] : refused) {
    INFO(content_type << '\n' << sent);
    CHECK_FALSE(read_single_part(content_type, sent, "file"));
  }
}
