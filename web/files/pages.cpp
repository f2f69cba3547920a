#include "web/files/pages.hpp"

#include "engine/base/markup.hpp"

namespace xueji::web {

std::string page(Language language, std::string_view title, std::string_view content) {
  const std::string name = escape_markup(title);
  std::string html = "<!doctype html>\n<html lang=\"";
  html += language == Language::zh ? "zh-CN" : "en";
  html +=
      "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n<title>";
  html += name;
  html += " · xueji</title>\n<link rel=\"stylesheet\" href=\"/style.css\">\n</head>\n<body>\n<main>\n<h1>";
  html += name;
  html += "</h1>\n";
  html += content;
  html += "</main>\n</body>\n</html>\n";
  return html;
}

}  // namespace xueji::web
