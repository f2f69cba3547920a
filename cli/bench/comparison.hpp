// Two programs measured in turn on the same machine, pair by pair, so that what else the machine does meets both alike.
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <boost/json/value.hpp>

namespace xueji::bench {

/// What one run of a program took.
struct Measured {
  double approvals_per_second = 0;
  double processor_ms = 0;  ///< of the server, user and system, for a whole request from opening to completed
  double peak_memory_mb = 0;
};

/// How today's figure stands to the other's: the median of the pairs' ratios, the least and the greatest.
struct Ratio {
  double median = 1, least = 1, greatest = 1;
};

enum class Better { more, less };

struct Figure {
  const char* name;
  const char* key;  ///< in JSON
  int decimals;     ///< in the table
  double Measured::* value;
  Better better;
};
/// Every figure that is compared.
const std::vector<Figure>& compared_figures();

struct Pair {
  Measured other, today;
};

double median(std::vector<double> values);
/// Of at least one pair.
Ratio ratio_of(const Figure& figure, const std::vector<Pair>& pairs);
/// Whether today's figure is worse by more than `percent`, and in every pair worse: one pair that is not worse shows
/// that the machine's noise is as large.
bool is_regression(const Figure& figure, const std::vector<Pair>& pairs, double percent);

/// The medians side by side with their ratios.
std::string table_of(const std::vector<Pair>& pairs, const std::string& other);
boost::json::value json_of(const std::vector<Pair>& pairs, const std::string& other);

}  // namespace xueji::bench
