#include "cli/bench/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

namespace xueji::bench {
namespace {

std::vector<double> ratios(const Figure& figure, const std::vector<Pair>& pairs) {
  std::vector<double> all;
  for (const Pair& pair : pairs) all.push_back(pair.today.*figure.value / pair.other.*figure.value);
  return all;
}

double median_of(const Figure& figure, const std::vector<Pair>& pairs, Measured Pair::* which) {
  std::vector<double> all;
  for (const Pair& pair : pairs) all.push_back(pair.*which.*figure.value);
  return median(std::move(all));
}

}  // namespace

const std::vector<Figure>& compared_figures() {
  static const std::vector<Figure> all{
      {"approvals a second", "approvalsPerSecond", 0, &Measured::approvals_per_second, Better::more},
      {"processor, a whole request, ms", "processorMsPerRequest", 2, &Measured::processor_ms, Better::less},
      {"peak memory, MB", "peakMemoryMb", 1, &Measured::peak_memory_mb, Better::less}};
  return all;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

Ratio ratio_of(const Figure& figure, const std::vector<Pair>& pairs) {
  const auto all = ratios(figure, pairs);
  const auto [least, greatest] = std::minmax_element(all.begin(), all.end());
  return {median(all), *least, *greatest};
}

bool is_regression(const Figure& figure, const std::vector<Pair>& pairs, double percent) {
  const Ratio ratio = ratio_of(figure, pairs);
  if (figure.better == Better::less) return ratio.median > 1 + percent / 100 && ratio.least > 1;
  return 1 / ratio.median > 1 + percent / 100 && ratio.greatest < 1;
}

std::string table_of(const std::vector<Pair>& pairs, const std::string& other) {
  std::string table =
      fmt::format("{:<32}{:>12}{:>12}   ratio (of {} pairs: least to greatest)\n", "", other, "today", pairs.size());
  for (const Figure& figure : compared_figures()) {
    const Ratio ratio = ratio_of(figure, pairs);
    table +=
        fmt::format("{:<32}{:>12.{}f}{:>12.{}f}   {:.3f} ({:.3f} to {:.3f})\n", figure.name,
                    median_of(figure, pairs, &Pair::other), figure.decimals, median_of(figure, pairs, &Pair::today),
                    figure.decimals, ratio.median, ratio.least, ratio.greatest);
  }
  return table;
}

boost::json::value json_of(const std::vector<Pair>& pairs, const std::string& other) {
  boost::json::object all;
  for (const Figure& figure : compared_figures()) {
    boost::json::array others, todays;
    for (const Pair& pair : pairs) {
      others.emplace_back(pair.other.*figure.value);
      todays.emplace_back(pair.today.*figure.value);
    }
    const Ratio ratio = ratio_of(figure, pairs);
    all[figure.key] = {{"other", std::move(others)},
                       {"today", std::move(todays)},
                       {"ratio", {{"median", ratio.median}, {"least", ratio.least}, {"greatest", ratio.greatest}}}};
  }
  return {{"other", other}, {"pairs", pairs.size()}, {"figures", std::move(all)}};
}

}  // namespace xueji::bench
