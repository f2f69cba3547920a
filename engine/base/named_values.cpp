#include "engine/base/named_values.hpp"

namespace xueji {

void append_netstring(std::string& text, std::string_view bytes) {
  text += std::to_string(bytes.size());
  text += ':';
  text += bytes;
  text += ',';
}

NamedValues::NamedValues(std::string_view format) { append_netstring(text_, format); }

NamedValues& NamedValues::add(std::string_view name, std::string_view value) {
  if (value.empty()) return *this;
  append_netstring(text_, name);
  append_netstring(text_, value);
  return *this;
}

NamedValues& NamedValues::add(std::string_view name, std::int64_t value) { return add(name, std::to_string(value)); }

}  // namespace xueji
