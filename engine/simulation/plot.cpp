#include "engine/simulation/plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/markup.hpp"
#include "engine/simulation/scale.hpp"

namespace xueji {
namespace {

constexpr double width = 960, left = 150, right = 900, margin = 32;
constexpr double queues_top = 142, queue_step = 96, queue_height = 70;
constexpr double bar_step = 34, bar_height = 16;
constexpr double bars_left = 230, bars_right = 820;
/// Colours that the colour-blind tell apart (Okabe and Ito), by level from the ministry to the school.
constexpr std::array<std::string_view, 6> colours{"#D55E00", "#CC79A7", "#E69F00", "#0072B2", "#56B4E9", "#009E73"};

struct Words {
  Language language;
  const char* operator()(const char* zh, const char* en) const { return language == Language::zh ? zh : en; }
  std::string level(Level each) const {
    static const std::array<Text, 6> names{{{"教育部", "Ministry"},
                                            {"省级", "Provinces"},
                                            {"地市", "Prefectures"},
                                            {"县级", "Counties"},
                                            {"乡镇", "Townships"},
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

std::string label(double x, double y, std::string_view kind, std::string_view text) {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"{}\">{}</text>\n", x, y, kind, escape_markup(text));
}

std::string rule(double x1, double y1, double x2, double y2, std::string_view kind) {
  return fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" class=\"{}\"/>\n", x1, y1, x2, y2,
                     kind);
}

std::string head(const SimulationReport& report, const Words& say) {
  std::string text = label(margin, 40, "title", report.title.in(say.language));
  text += label(
      margin, 66, "small",
      fmt::format(fmt::runtime(say(
                      "第 {} 版 · 自 {} 起 {} 天（{} 个工作日） · {} 所学校 · 申请 {} 件，办结 {} 件 · 种子 {}",
                      "version {} · from {} {} days ({} working days) · {} schools · {} requests, {} ended · seed {}")),
                  report.version, to_string(report.from), report.days, report.working_days, report.schools,
                  report.opened, report.ended, report.seed));
  if (const PostFigures* post = bottleneck(report))
    text += label(
        margin, 90, "strong",
        fmt::format("{}{} · {}{}", say("瓶颈：", "Bottleneck: "), say.level(post->level), say.role(post->role),
                    fmt::format(fmt::runtime(say("，所需工时为现有的 {:.0f} %", ", asked for {:.0f} % of its time")),
                                post->offered * 100)));
  return text;
}

std::string day_axis(const SimulationReport& report, double bottom, double per_day) {
  std::string text;
  const double step = std::max(1.0, tick_step(report.days, 8));
  for (double day = 0; day < report.days; day += step) {
    const Date date{std::chrono::sys_days{report.from} + std::chrono::days{static_cast<int>(day)}};
    text += rule(left + day * per_day, bottom, left + day * per_day, bottom + 5, "axis");
    text += label(left + day * per_day, bottom + 20, "tick middle", to_string(date));
  }
  return text;
}

/// A level has a scale of its own: a hundred tasks of a province are not lost beside the thousands of the schools.
std::string queue(const LevelFigures& level, double top, double per_day, const Words& say) {
  const double bottom = top + queue_height;
  const double most = static_cast<double>(std::max<std::int64_t>(level.max, 1));
  const auto height_of = [&](std::int64_t count) { return bottom - static_cast<double>(count) / most * queue_height; };
  std::string text = label(left - 12, top + 28, "name end", say.level(level.level));
  text += label(left - 12, top + 46, "small end",
                fmt::format(fmt::runtime(say("平均 {} 件", "{} on average")), grouped(std::llround(level.mean))));
  text += rule(left, top, right, top, "grid") + rule(left, bottom, right, bottom, "axis");
  text += label(right + 6, top + 4, "tick", grouped(level.max)) + label(right + 6, bottom + 4, "tick", "0");
  std::string points = fmt::format("{:.1f},{:.1f}", left, bottom);
  for (std::size_t day = 0; day < level.daily.size(); ++day)
    points += fmt::format(" {:.1f},{:.1f}", left + static_cast<double>(day + 1) * per_day, height_of(level.daily[day]));
  const auto colour = colours[static_cast<std::size_t>(level.level)];
  return text + fmt::format(
                    "<polygon points=\"{0} {1:.1f},{2:.1f}\" fill=\"{3}\" fill-opacity=\"0.25\"/>\n"
                    "<polyline points=\"{0}\" fill=\"none\" stroke=\"{3}\" stroke-width=\"1.5\"/>\n",
                    points, right, bottom, colour);
}

std::string queues(const SimulationReport& report, const Words& say) {
  std::string text =
      label(margin, queues_top - 18, "heading",
            say("各级待办（每日结束时，件；右侧为最多时）",
                "Tasks waiting at each level, at the end of each day (at the right the most there were)"));
  const double per_day = (right - left) / report.days;
  double top = queues_top;
  for (const LevelFigures& level : report.levels) {
    text += queue(level, top, per_day, say);
    top += queue_step;
  }
  return text + day_axis(report, top - queue_step + queue_height, per_day);
}

std::string bars(const SimulationReport& report, double bars_top, const Words& say) {
  std::string text =
      label(margin, bars_top - 22, "heading", say("各环节用时（工作日）", "Time in each state, in working days"));
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
  const double bars_top = queues_top + queue_step * static_cast<double>(report.levels.size()) + 60;
  const double height = bars_top + bar_step * static_cast<double>(report.states.size()) + 50;
  return fmt::format(
             "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" "
             "height=\"{1:.0f}\" "
             "role=\"img\" xml:lang=\"{2}\">\n<title>{3}</title>\n<rect width=\"100%\" height=\"100%\" "
             "fill=\"#ffffff\"/>\n",
             width, height, say("zh-CN", "en"), escape_markup(report.title.in(language))) +
         std::string(style) + head(report, say) + queues(report, say) + bars(report, bars_top, say) + "</svg>\n";
}

}  // namespace xueji
