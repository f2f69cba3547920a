// `xueji openapi`: what a server answers at /openapi.json, without a server.
#pragma once

namespace xueji {

/// To standard output. `demo`: with the calls that there are only under `serve --demo`. Returns 0, or 1 when the output
/// can't be written.
int run_openapi(bool demo);

}  // namespace xueji
