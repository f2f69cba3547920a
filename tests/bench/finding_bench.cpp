// How fast students are found at a nation's size, and what the keys cost. Not a test: run by hand.
//   finding_bench FOLDER STUDENTS
// makes FOLDER/finding.db where it is missing (ten million take half an hour and 10 GB), then searches as a school, a
// county, a prefecture, a province and the ministry do, and prints the milliseconds at which 50, 99 and 100 of a
// hundred searches were answered, each a page of 50 with its students.
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "adapters/sql/database.hpp"
#include "engine/registry/finding.hpp"
#include "engine/registry/numbers.hpp"

namespace {

using namespace xueji;
using Clock = std::chrono::steady_clock;

/// The twenty most frequent surnames, each as often as it stands here among a hundred; others share the rest.
constexpr std::string_view surnames[] = {
    "王", "王", "王", "王", "王", "王", "王", "李", "李", "李", "李", "李", "李", "李", "张", "张", "张",
    "张", "张", "张", "张", "刘", "刘", "刘", "刘", "刘", "陈", "陈", "陈", "陈", "陈", "杨", "杨", "杨",
    "黄", "黄", "赵", "赵", "吴", "吴", "周", "周", "徐", "孙", "马", "朱", "胡", "郭", "何", "林", "罗",
    "高", "郑", "梁", "谢", "宋", "唐", "许", "韩", "冯", "邓", "曹", "彭", "曾", "肖", "田", "董", "袁",
    "潘", "于", "蒋", "蔡", "余", "杜", "叶", "程", "苏", "魏", "吕", "丁", "任", "沈", "姚", "卢", "姜",
    "崔", "钟", "谭", "陆", "汪", "范", "金", "石", "廖", "贾", "夏", "韦", "付", "方", "白"};

struct Nation {
  std::vector<OfficeId> provinces, prefectures, counties, schools;
};

/// 31 provinces of 10 prefectures of 10 counties of 32 schools: 99,200 schools.
Nation add_offices(BulkLoader& loader) {
  Nation nation;
  const auto add = [&](Level level, OfficeId above, int number) {
    return loader.add(Office{{}, std::to_string(number), "单位" + std::to_string(number), level, above});
  };
  int number = 0;
  const auto ministry = add(Level::ministry, {}, number);
  for (int p = 0; p < 31; ++p) {
    nation.provinces.push_back(add(Level::province, ministry, ++number));
    for (int f = 0; f < 10; ++f) {
      nation.prefectures.push_back(add(Level::prefecture, nation.provinces.back(), ++number));
      for (int c = 0; c < 10; ++c) {
        nation.counties.push_back(add(Level::county, nation.prefectures.back(), ++number));
        for (int s = 0; s < 32; ++s) nation.schools.push_back(add(Level::school, nation.counties.back(), ++number));
      }
    }
  }
  return nation;
}

std::string character(std::mt19937_64& random) {
  // Of 2,000 characters, the first the most frequent, as in names.
  const double share = std::uniform_real_distribution<double>(0, 1)(random);
  const auto c = static_cast<unsigned>(0x4E00 + static_cast<int>(share * share * share * 2000) * 7);
  return {static_cast<char>(0xE0 | (c >> 12)), static_cast<char>(0x80 | ((c >> 6) & 63)),
          static_cast<char>(0x80 | (c & 63))};
}

Student make_student(std::int64_t number, OfficeId school, std::mt19937_64& random) {
  Student student;
  student.id = StudentId{number + 1};
  student.school = school;
  student.name = std::string(surnames[random() % 100]) + character(random);
  if (random() % 10 < 8) student.name += character(random);
  const auto day = static_cast<unsigned>(random() % 28 + 1), month = static_cast<unsigned>(random() % 12 + 1);
  const int year = 2008 + static_cast<int>(random() % 12);
  student.birth_date = std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(day);
  const auto digits =
      fmt::format("{:06}{:04}{:02}{:02}{:03}", 110000 + school.value % 500000, year, month, day, number % 1000);
  student.id_number = digits + id_number_check_character(digits);
  student.sex = sex_of_id_number(*student.id_number);
  student.grade = std::to_string(1 + random() % 9);
  student.class_name = std::to_string(1 + random() % 8) + "班";
  student.numbers = {{"L" + std::to_string(11010520000000000 + number) + "X", NumberKind::L, NumberState::current, {}}};
  return student;
}

void fill(const std::string& url, std::int64_t students) {
  DatabaseOptions options;
  options.cache_mb = 3072;
  const auto database = Database::open(url, options);
  auto loader = database->bulk_loader();
  const auto nation = add_offices(*loader);
  loader->commit();
  loader.reset();
  std::mt19937_64 random(14);
  const auto began = Clock::now();
  for (std::int64_t number = 0; number < students;) {
    loader = database->bulk_loader();
    for (const auto end = std::min(students, number + 500'000); number < end; ++number)
      loader->add(make_student(
          number,
          nation.schools[static_cast<std::size_t>(number) * nation.schools.size() / static_cast<std::size_t>(students)],
          random));
    loader->commit();
    loader.reset();
    std::fprintf(stderr, "%lld students, %lld s\n", static_cast<long long>(number),
                 static_cast<long long>(std::chrono::floor<std::chrono::seconds>(Clock::now() - began).count()));
  }
}

void print_sizes(const std::string& file) {
  sqlite3* handle = nullptr;
  sqlite3_stmt* rows = nullptr;
  if (sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK &&
      sqlite3_prepare_v2(handle, "SELECT name, SUM(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 12", -1,
                         &rows, nullptr) == SQLITE_OK)
    while (sqlite3_step(rows) == SQLITE_ROW)
      std::printf("%-32s %9.1f MB\n", reinterpret_cast<const char*>(sqlite3_column_text(rows, 0)),
                  static_cast<double>(sqlite3_column_int64(rows, 1)) / 1e6);
  sqlite3_finalize(rows);
  sqlite3_close(handle);
}

struct Question {
  const char* what;
  std::string (*typed)(const Student&);
};

std::string letters_of(const Student& student, char kind) {
  for (const auto& key : finding_keys(student))
    if (key.front() == kind && key.size() > 2) return key.substr(1);
  return student.name;
}

constexpr std::size_t searches = 200;

void measure(Database& database, std::int64_t students) {
  const Question questions[] = {{"surname", [](const Student& s) { return s.name.substr(0, 3); }},
                                {"given name", [](const Student& s) { return s.name.substr(3); }},
                                {"whole name", [](const Student& s) { return s.name; }},
                                {"pinyin", [](const Student& s) { return letters_of(s, 'p'); }},
                                {"initials", [](const Student& s) { return letters_of(s, 'i'); }},
                                {"last six digits", [](const Student& s) { return s.id_number->substr(12); }},
                                {"nobody", [](const Student& s) { return s.name + "没有"; }}};
  const struct {
    const char* name;
    Level level;
  } levels[] = {{"school", Level::school},
                {"county", Level::county},
                {"prefecture", Level::prefecture},
                {"province", Level::province},
                {"ministry", Level::ministry}};
  std::mt19937_64 random(7);
  const auto office_above = [&](OfficeId school, Level level) {
    // In the order of add_offices(): a county is followed by its 32 schools, a prefecture by its 10 counties …
    const auto at = school.value - 2;
    const auto in_province = at % (1 + 10 * (1 + 10 * 33)), province = at - in_province;
    const auto in_prefecture = (in_province - 1) % (1 + 10 * 33),
               prefecture = province + 1 + (in_province - 1) - in_prefecture;
    const auto county = prefecture + 1 + (in_prefecture - 1) / 33 * 33;
    switch (level) {
      case Level::school:
        return school;
      case Level::county:
        return OfficeId{county + 2};
      case Level::prefecture:
        return OfficeId{prefecture + 2};
      case Level::province:
        return OfficeId{province + 2};
      default:
        return OfficeId{1};
    }
  };
  std::printf("%-12s %-16s %9s %9s %9s %8s\n", "who", "by", "p50 ms", "p99 ms", "most ms", "found");
  for (const auto& level : levels)
    for (const auto& question : questions) {
      std::vector<double> took;
      std::size_t found = 0;
      for (std::size_t at = 0; at < searches; ++at) {
        const auto student = database.queries().student(
            StudentId{static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(students)) + 1});
        StudentFilter filter;
        filter.sought = sought_in_names_and_numbers(question.typed(*student));
        const Scope scope{{office_above(student->school, level.level)}};
        const auto began = Clock::now();
        found += database.queries().students(scope, filter, {}).items.size();
        took.push_back(std::chrono::duration<double, std::milli>(Clock::now() - began).count());
      }
      std::sort(took.begin(), took.end());
      std::printf("%-12s %-16s %9.2f %9.2f %9.2f %8.1f\n", level.name, question.what, took[searches / 2],
                  took[searches * 99 / 100], took.back(), static_cast<double>(found) / searches);
      std::fflush(stdout);
    }
}

}  // namespace

int main(int count, char** words) {
  if (count != 3) return std::fprintf(stderr, "finding_bench FOLDER STUDENTS\n"), 2;
  const auto file = std::filesystem::absolute(std::filesystem::path(words[1]) / "finding.db").string();
  const std::int64_t students = std::atoll(words[2]);
  std::filesystem::create_directories(words[1]);
  const auto url = "sqlite://" + file;
  if (!std::filesystem::exists(file)) fill(url, students);
  print_sizes(file);
  DatabaseOptions options;
  options.cache_mb = 512;
  measure(*Database::open(url, options), students);
}
