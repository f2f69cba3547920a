// The browser application as it was built: a map from paths to files in memory. Only what is in the map can be served;
// nothing of a URL ever becomes a path of the file system.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/http/http.hpp"
#include "web/http/negotiation.hpp"

namespace xueji::web {

struct BuiltFile {
  std::string path;  ///< from the top of the folder: `assets/index-B4kT9x2a.js`
  std::string content;
};

/// Copies share the contents. Safe from any thread, and never blocks.
class StaticFiles {
 public:
  /// No application.
  StaticFiles() = default;
  /// `NAME.br` and `NAME.gz` are compressed forms of NAME. Left out are source maps, hidden files, and kinds of files
  /// that have no place in an application; without an `index.html` at the top there is no application, and nothing.
  explicit StaticFiles(std::vector<BuiltFile> files);

  bool is_empty() const { return entries_.empty(); }

  /// The answer to GET and HEAD of a file, `/` being `/index.html`, with its security and caching headers; also 304.
  /// Other paths are places within the application and get its index.html, when the client asks for HTML by name; but
  /// never below /api/ and /assets/, where a path that is not there is a mistake.
  std::optional<HttpResponse> answer(const HttpRequest& request) const;

 private:
  struct Form {
    std::shared_ptr<const std::string> content;  ///< null where there is no such form
    std::string etag;
  };
  struct Entry {
    std::string_view media_type;
    bool is_immutable = false;
    Form identity, gzip, br;
  };
  static Form form_of(std::string content);
  static HttpResponse respond(const Entry& entry, const HttpRequest& request, std::string_view vary);

  std::map<std::string, Entry, std::less<>> entries_;
};

}  // namespace xueji::web
