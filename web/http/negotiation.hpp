// What a client says it takes, and what it has already.
#pragma once
#include <string_view>

namespace xueji::web {

enum class Coding { identity, gzip, br };
/// As Content-Encoding names it; empty for identity.
std::string_view to_string(Coding coding);

/// By the weights of Accept-Encoding; of equals br before gzip before identity. Identity where nothing is acceptable.
Coding chosen_coding(std::string_view accept_encoding, bool has_gzip, bool has_br);

/// Accept names `text/html` itself, as browsers do for pages; `*/*` and `text/*`, which programs send, are not enough.
bool wants_html(std::string_view accept);

/// The weak comparison of RFC 9110: If-None-Match is `*` or lists this tag, with or without `W/`.
bool has_already(std::string_view if_none_match, std::string_view etag);

}  // namespace xueji::web
