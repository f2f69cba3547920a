#pragma once
#include <string>

namespace xueji {

/// `xueji schema definition|scenario`: prints the JSON Schema for editors. Throws UsageError for other words.
int run_schema(const std::string& of);

}  // namespace xueji
