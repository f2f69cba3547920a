#include "cli/openapi_command.hpp"

#include <boost/json/serialize.hpp>
#include <iostream>

#include "cli/setup/console.hpp"
#include "web/description/openapi.hpp"

namespace xueji {

int run_openapi(bool demo) {
  std::cout << boost::json::serialize(web::openapi_document(web::routes(), demo)) << std::endl;
  return std::cout ? exit_done : exit_fault;
}

}  // namespace xueji
