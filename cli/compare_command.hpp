// `xueji bench --against PROGRAM`: this program and another measured in turn, in one run.
#pragma once
#include <optional>
#include <string>

#include "cli/bench/compared_program.hpp"

namespace xueji {

struct CompareOptions {
  std::string against;         ///< the other program
  std::string name = "other";  ///< what the table calls it
  std::string today;           ///< the program that it is compared with; empty: this one
  std::string data;            ///< where the data are made; empty takes the folder for temporary files
  std::string database;        ///< `mysql://…` of a server where the databases are made; empty: SQLite, in `data`
  DatabaseOptions store;       ///< with which that server is reached
  unsigned pairs = 5;
  bench::Load load;
  std::optional<double> max_regression;  ///< percent
  std::string json;                      ///< file for the figures
};

/// Exit status 0 done, 1 a program did not play its requests or, where `max_regression` is given, a figure is worse by
/// more than that and the noise, 2 wrong usage.
int run_compare(const CompareOptions& options);

}  // namespace xueji
