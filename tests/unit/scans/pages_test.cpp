// PDFs of which something that is painted is missing, or is only named; and pages that are too small, or not counted.
#include <vector>

#include "scans/picture.hpp"
#include "scans/task.hpp"
#include "tests/catch.hpp"

using namespace xueji::scans;
using namespace std::string_literals;

namespace {

const std::string taken = "done 200 200 1 0 0 0\n", damaged_page = "refused damaged\n";
const std::string all_of_it = "0 0 200 200 re f";

std::string stream_of(const std::string& data, const std::string& entries = "") {
  return "<< /Length " + std::to_string(data.size()) + " " + entries + " >>\nstream\n" + data + "\nendstream";
}

/// With a true cross-reference table; the first object is the catalogue.
std::string file_of(const std::vector<std::string>& objects) {
  std::string file = "%PDF-1.4\n", table;
  for (std::size_t number = 1; number <= objects.size(); ++number) {
    const std::string offset = std::to_string(file.size());
    table += std::string(10 - offset.size(), '0') + offset + " 00000 n \n";
    file += std::to_string(number) + " 0 obj\n" + objects[number - 1] + "\nendobj\n";
  }
  const std::string size = std::to_string(objects.size() + 1), start = std::to_string(file.size());
  return file + "xref\n0 " + size + "\n0000000000 65535 f \n" + table + "trailer\n<< /Size " + size +
         " /Root 1 0 R >>\nstartxref\n" + start + "\n%%EOF\n";
}

/// `more` are objects from number 5 on; there is none of number 9.
std::string answer_to_page(const std::string& content, const std::string& resources,
                           const std::vector<std::string>& more = {}, const std::string& box = "0 0 200 200",
                           const std::string& kids = "[3 0 R] /Count 1") {
  std::vector<std::string> objects{
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids " + kids + " >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [" + box + "] /Contents 4 0 R /Resources << " + resources + " >> >>",
      stream_of(content)};
  objects.insert(objects.end(), more.begin(), more.end());
  return answer({"examine", "pdf", {1e8, 50}, {}, 0, 0, 0}, file_of(objects));
}

std::string answer_to_mesh(int kind, const std::string& data) {
  const std::string entries = "/ShadingType " + std::to_string(kind) +
                              " /ColorSpace /DeviceGray /BitsPerCoordinate 8 /BitsPerComponent 8 /BitsPerFlag 8 "
                              "/VerticesPerRow 2 /Decode [0 200 0 200 0 1]";
  return answer_to_page("/S sh 0 0 9 9 re f", "/Shading << /S 5 0 R >>", {stream_of(data, entries)});
}

}  // namespace

TEST_CASE("a pattern that is missing is a loss where it is painted with, and nowhere else") {
  const std::string missing = "/Pattern << /P 9 0 R >>", set = "/Pattern cs /P scn ", set_pen = "/Pattern CS /P SCN ";
  for (const std::string& content :
       {set + all_of_it, set + "0 0 9 9 re b*", set_pen + "0 0 9 9 re s", "q " + set + "q Q " + all_of_it + " Q",
        "BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI " + set + all_of_it, set + "BI /W 8 /H 1 /IM true ID \x55 EI"s}) {
    CAPTURE(content);
    CHECK(answer_to_page(content, missing) == damaged_page);
  }
  for (const std::string& content :
       {"q " + set + "Q " + all_of_it, set + "0 g " + all_of_it, set + "/DeviceGray cs 0 scn " + all_of_it,
        set + "0 0 9 9 re S", set_pen + all_of_it, set + "0 0 9 9 re W n", "/Pattern cs " + all_of_it,
        set + "BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI"}) {
    CAPTURE(content);
    CHECK(answer_to_page(content, missing) == taken);
  }
}

TEST_CASE("it is a loss too in what a page draws: a form, and one that begins with it") {
  const std::string form = "/Type /XObject /Subtype /Form /BBox [0 0 200 200] ", forms = "/XObject << /X 5 0 R >> ";
  const std::string missing = "/Pattern << /P 9 0 R >>";
  const std::string within = stream_of("/Pattern cs /P scn " + all_of_it, form + "/Resources << " + missing + " >>");
  CHECK(answer_to_page("/X Do", forms, {within}) == damaged_page);
  CHECK(answer_to_page("", forms, {within}) == taken);
  CHECK(answer_to_page("/Pattern cs /P scn /X Do", forms + missing, {stream_of(all_of_it, form)}) == damaged_page);
  CHECK(answer_to_page("/X Do /Pattern cs /P scn", forms + missing, {stream_of(all_of_it, form)}) == taken);
}

TEST_CASE("a mesh is whole with its last point, in each of its four kinds") {
  const std::string corners = "\0\0\0\xff"s + "\0\xff\0\x80"s + "\0\0\xff\x00"s;
  const std::string coons = "\0"s + std::string(24, '\x40') + std::string(4, '\x80');
  const std::string tensor = "\0"s + std::string(32, '\x40') + std::string(4, '\x80');
  const std::string next_patch = "\x01"s + std::string(16, '\x40') + std::string(2, '\x80');
  const std::string lattice = "\0\0\xff"s + "\xff\0\x80"s + "\0\xff\x80"s + "\xff\xff\0"s;
  const auto is_taken = [](const std::string& answered) { return answered.starts_with("done "); };
  for (const auto& [kind, data] : {std::pair{4, corners},
                                   {4, corners + corners},
                                   {4, corners + "\x01\x10\x10\x10"},
                                   {5, lattice},
                                   {6, coons},
                                   {6, coons + next_patch},
                                   {7, tensor},
                                   {4, corners + "\n"}}) {
    CAPTURE(kind, data.size());
    CHECK(is_taken(answer_to_mesh(kind, data)));
    CHECK(answer_to_mesh(kind, data.substr(0, data.size() - 2)) == damaged_page);
    CHECK(answer_to_mesh(kind, "") == damaged_page);
  }
  CHECK(answer_to_mesh(5, lattice.substr(0, 9)) == damaged_page);
  CHECK(answer_to_mesh(4, corners + corners.substr(0, 4)) == damaged_page);
}

TEST_CASE("every page that hangs on the tree is counted, or the file is damaged") {
  CHECK(answer_to_page("", "", {}, "0 0 200 200", "[3 0 R 3 0 R] /Count 1") == damaged_page);
  CHECK(answer_to_page("", "", {}, "0 0 200 200", "[3 0 R 3 0 R] /Count 2") == "done 200 200 2 0 0 0\n");
}

TEST_CASE("a page is small if nobody can read it, and never of no width") {
  CHECK(answer_to_page("", "", {}, "0 0 .0001 .0001") == "done 1 1 1 1 0 0\n");
  CHECK(answer_to_page("", "", {}, "0 0 1 1") == "done 1 1 1 1 0 0\n");
  CHECK(answer_to_page("", "", {}, "0 0 1 14400") == "done 1 14400 1 1 0 0\n");
  CHECK(answer_to_page("", "", {}, "0 0 14400 1") == "done 14400 1 1 1 0 0\n");
  CHECK(answer_to_page("", "", {}, "0 0 227 1700") == "done 227 1700 1 0 0 0\n");
}

TEST_CASE("half a picture has the mean of each four, and at least one pixel") {
  const Picture four{{2, 2}, {0, 0, 0, 10, 20, 30, 20, 20, 20, 10, 0, 10}};
  CHECK(halved(four).pixels == std::vector<std::uint8_t>{10, 10, 15});
  CHECK(halved({{1, 1}, {7, 8, 9}}).pixels == std::vector<std::uint8_t>{7, 8, 9});
  const Picture odd = halved({{5, 3}, std::vector<std::uint8_t>(45, 9)});
  CHECK(odd.extent.width == 2);
  CHECK(odd.extent.height == 1);
  CHECK(odd.pixels == std::vector<std::uint8_t>(6, 9));
}
