// The main() of every test program. Catch2 2 is compiled here; Catch2 3 is a library.
#define CATCH_CONFIG_RUNNER
#include "tests/catch.hpp"
#if __has_include(<catch2/catch_session.hpp>)
#include <catch2/catch_session.hpp>
#endif

int main(int argc, char** argv) { return Catch::Session().run(argc, argv); }
