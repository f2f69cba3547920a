#include "engine/simulation/plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/simulation/scale.hpp"

namespace xueji {
namespace {

constexpr double width = 960, left = 72, right = 900;
constexpr double queues_top = 150, queues_bottom = 430, bars_top = 520, bar_step = 34, bar_height = 16;
constexpr double bars_left = 230, bars_right = 820;
/// Colours that the colour-blind tell apart (Okabe and Ito), by level from the ministry to the school.
constexpr std::array<std::string_view, 5> colours{"#D55E00", "#CC79A7", "#E69F00", "#0072B2", "#009E73"};

struct Words {
  Language language;
  const char* operator()(const char* zh, const char* en) const { return language == Language::zh ? zh : en; }
  std::string level(Level each) const {
    static const std::array<Text, 5> names{{{"教育部", "Ministry"},
                                            {"省级", "Provinces"},
                                            {"地市", "Prefectures"},
                                            {"县级", "Counties"},
                                            {"学校", "Schools"}}};
    return names[static_cast<std::size_t>(each)].in(language);
  }
  std::string role(Role each) const {
    static const std::array<Text, 6> names{{{"学籍管理员", "registrar"},
                                            {"主管领导", "head"},
                                            {"经办人", "reviewer"},
                                            {"审批人", "approver"},
                                            {"管理员", "administrator"},
                                            {"系统", "system"}}};
    return names[static_cast<std::size_t>(each)].in(language);
  }
};

std::string escaped(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    if (letter == '<')
      result += "&lt;";
    else if (letter == '&')
      result += "&amp;";
    else if (letter == '"')
      result += "&quot;";
    else
      result += letter;
  }
  return result;
}

std::string label(double x, double y, std::string_view kind, std::string_view text) {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"{}\">{}</text>\n", x, y, kind, escaped(text));
}

std::string rule(double x1, double y1, double x2, double y2, std::string_view kind) {
  return fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" class=\"{}\"/>\n", x1, y1, x2, y2,
                     kind);
}

std::string head(const SimulationReport& report, const Words& say) {
  std::string text = label(left - 40, 40, "title", report.title.in(say.language));
  text += label(
      left - 40, 66, "small",
      fmt::format(fmt::runtime(say(
                      "第 {} 版 · 自 {} 起 {} 天（{} 个工作日） · {} 所学校 · 申请 {} 件，办结 {} 件 · 种子 {}",
                      "version {} · from {} {} days ({} working days) · {} schools · {} requests, {} ended · seed {}")),
                  report.version, to_string(report.from), report.days, report.working_days, report.schools,
                  report.opened, report.ended, report.seed));
  if (const PostFigures* post = bottleneck(report))
    text += label(
        left - 40, 90, "strong",
        fmt::format("{}{} · {}{}", say("瓶颈：", "Bottleneck: "), say.level(post->level), say.role(post->role),
                    fmt::format(fmt::runtime(say("，所需工时为现有的 {:.0f} %", ", asked for {:.0f} % of its time")),
                                post->offered * 100)));
  return text;
}

std::string day_axis(const SimulationReport& report, double per_day) {
  std::string text;
  const double step = tick_step(report.days, 8);
  for (double day = 0; day < report.days; day += std::max(1.0, step)) {
    const Date date{std::chrono::sys_days{report.from} + std::chrono::days{static_cast<int>(day)}};
    text += rule(left + day * per_day, queues_bottom, left + day * per_day, queues_bottom + 5, "axis");
    text += label(left + day * per_day, queues_bottom + 20, "tick middle", to_string(date));
  }
  return text;
}

std::string queues(const SimulationReport& report, const Words& say) {
  std::string text = label(left - 40, queues_top - 26, "heading",
                           say("各级待办（每日结束时，件）", "Tasks waiting at each level, at the end of each day"));
  std::int64_t most = 1;
  for (const LevelFigures& level : report.levels)
    for (const std::int64_t count : level.daily) most = std::max(most, count);
  const double step = std::max(1.0, tick_step(static_cast<double>(most), 5));
  const double top = std::ceil(static_cast<double>(most) / step) * step;
  const auto height_of = [&](double count) { return queues_bottom - count / top * (queues_bottom - queues_top); };
  for (double count = 0; count <= top + step / 2; count += step) {
    text += rule(left, height_of(count), right, height_of(count), "grid");
    text += label(left - 8, height_of(count) + 4, "tick end", grouped(static_cast<std::int64_t>(count)));
  }
  const double per_day = (right - left) / report.days;
  text += day_axis(report, per_day);
  double legend = left;
  for (const LevelFigures& level : report.levels) {
    const auto colour = colours[static_cast<std::size_t>(level.level)];
    std::string points = fmt::format("{:.1f},{:.1f}", left, height_of(0));
    for (std::size_t day = 0; day < level.daily.size(); ++day)
      points += fmt::format(" {:.1f},{:.1f}", left + static_cast<double>(day + 1) * per_day,
                            height_of(static_cast<double>(level.daily[day])));
    text += fmt::format("<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"/>\n", points, colour);
    text += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"14\" height=\"4\" fill=\"{}\"/>\n", legend,
                        queues_bottom + 39, colour);
    const std::string name =
        fmt::format(fmt::runtime(say("{}（最多 {}）", "{} (at most {})")), say.level(level.level), grouped(level.max));
    text += label(legend + 20, queues_bottom + 45, "small", name);
    legend += 190;
  }
  return text;
}

std::string bars(const SimulationReport& report, const Words& say) {
  std::string text =
      label(left - 40, bars_top - 22, "heading", say("各环节用时（工作日）", "Time in each state, in working days"));
  text += fmt::format("<rect x=\"{0:.1f}\" y=\"{1:.1f}\" width=\"14\" height=\"10\" class=\"mean\"/>\n",
                      bars_right - 250, bars_top - 31);
  text += label(bars_right - 230, bars_top - 22, "small", say("平均", "mean"));
  text += fmt::format("<rect x=\"{0:.1f}\" y=\"{1:.1f}\" width=\"14\" height=\"10\" class=\"most\"/>\n",
                      bars_right - 150, bars_top - 31);
  text += label(bars_right - 130, bars_top - 22, "small", say("90 % 的件不超过", "90 % take no longer"));
  double longest = 0;
  for (const StateFigures& state : report.states) longest = std::max({longest, state.time.p90, state.time.mean});
  const double step = tick_step(std::max(longest, 0.01), 6);
  const double most = std::max(step, std::ceil(longest / step) * step);
  const auto x_of = [&](double days) { return bars_left + days / most * (bars_right - bars_left); };
  const double bottom = bars_top + bar_step * static_cast<double>(report.states.size());
  for (double days = 0; days <= most + step / 2; days += step) {
    text += rule(x_of(days), bars_top - 6, x_of(days), bottom, "grid");
    text += label(x_of(days), bottom + 16, "tick middle", fmt::format("{:g}", std::round(days * 1000) / 1000));
  }
  double y = bars_top;
  for (const StateFigures& state : report.states) {
    text += label(bars_left - 10, y + 13, "name end", state.title.in(say.language));
    const auto bar = [&](double days, double at, double height, const char* kind) {
      return fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" class=\"{}\"/>\n",
                         bars_left, at, std::max(0.5, x_of(days) - bars_left), height, kind);
    };
    text += bar(state.time.p90, y, bar_height, "most") + bar(state.time.mean, y + 4, bar_height - 8, "mean");
    const double overdue =
        state.visits > 0 ? 100.0 * static_cast<double>(state.breaches) / static_cast<double>(state.visits) : 0;
    std::string note = fmt::format("{:.2f} / {:.2f}", state.time.mean, state.time.p90);
    if (state.breaches > 0) note += fmt::format(fmt::runtime(say(" · 逾期 {:.1f} %", " · {:.1f} % overdue")), overdue);
    text += label(x_of(std::max(state.time.p90, state.time.mean)) + 8, y + 13, "small", note);
    y += bar_step;
  }
  return text;
}

constexpr std::string_view style =
    "<style>text{font-family:'Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft "
    "YaHei',system-ui,sans-serif;fill:#1f2933}"
    ".title{font-size:22px;font-weight:600}.heading{font-size:15px;font-weight:600}.strong{font-size:14px;font-weight:"
    "600}"
    ".small{font-size:12.5px;fill:#3e4c59}.name{font-size:13px}.tick{font-size:11.5px;fill:#52606d}"
    ".middle{text-anchor:middle}.end{text-anchor:end}.grid{stroke:#e4e7eb}.axis{stroke:#7b8794}"
    ".mean{fill:#0072B2}.most{fill:#9fcbea}</style>\n";

}  // namespace

std::string to_svg(const SimulationReport& report, Language language) {
  const Words say{language};
  const double height = bars_top + bar_step * static_cast<double>(report.states.size()) + 50;
  return fmt::format(
             "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" "
             "height=\"{1:.0f}\" "
             "role=\"img\" xml:lang=\"{2}\">\n<title>{3}</title>\n<rect width=\"100%\" height=\"100%\" "
             "fill=\"#ffffff\"/>\n",
             width, height, say("zh-CN", "en"), escaped(report.title.in(language))) +
         std::string(style) + head(report, say) + queues(report, say) + bars(report, say) + "</svg>\n";
}

}  // namespace xueji
