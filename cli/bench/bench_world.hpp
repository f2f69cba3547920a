// A registry to measure with: counties, each with one school whose requests wait for the county's reviewer.
#pragma once
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace xueji::bench {

/// A county of the bench. Tokens are of sessions that are signed in.
struct County {
  std::string reviewer_token;
  std::string approver_token;
};

/// A school where all pupils are in one class, and no request is open.
struct WholeClass {
  std::string registrar_token, head_token;
  std::string grade, name;
  std::size_t size = 0;
};

struct BenchWorld {
  std::vector<County> counties;
  std::vector<WholeClass> classes;       ///< each at a school of its own
  std::vector<std::string> idle_tokens;  ///< reviewers of counties where nothing happens
};

/// Makes `folder`/xueji.db with `requests` name changes waiting at county_review, spread over the counties, by the same
/// pipeline that the server uses, and `classes`, at most 8, of `pupils` each. Throws std::runtime_error.
BenchWorld make_bench_world(const std::filesystem::path& folder, std::size_t requests, std::size_t classes,
                            std::size_t pupils);

}  // namespace xueji::bench
