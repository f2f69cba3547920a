// The component schemas of OpenAPI and AsyncAPI: one for every shape.
#pragma once
#include <span>
#include <string_view>

namespace xueji::web {

struct NamedSchema {
  std::string_view name;
  std::string_view json;  ///< JSON Schema 2020-12; refers to others by #/components/schemas/…
};

/// What the server answers: the shapes of the contract.
std::span<const NamedSchema> answer_schemas();
/// What administrators are answered.
std::span<const NamedSchema> administration_schemas();
/// What clients send, lists, and the rest.
std::span<const NamedSchema> message_schemas();

}  // namespace xueji::web
