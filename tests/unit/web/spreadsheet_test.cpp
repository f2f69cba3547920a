#include "web/files/spreadsheet.hpp"
#include "tests/catch.hpp"

#include "web/files/zip_archive.hpp"

using namespace xueji::web;

TEST_CASE("CSV cells are quoted, and none is taken for a formula") {
  CHECK(to_csv({{"a"}, {{"a,b", "say \"hi\"", "=1+1", "+1", "-1", "@x", "\tx"}}}) ==
        "\xEF\xBB\xBF\"a\"\r\n\"a,b\",\"say \"\"hi\"\"\",\"'=1+1\",\"'+1\",\"'-1\",\"'@x\",\"'\tx\"\r\n");
}

TEST_CASE("the checksum of archives is CRC-32") {
  CHECK(crc32("123456789") == 0xCBF43926U);
  CHECK(crc32("") == 0U);
}

TEST_CASE("an archive begins, ends and names its files as ZIP says") {
  ZipArchive archive;
  archive.add("a.txt", "hello");
  archive.add("b/c.txt", "");
  const std::string bytes = archive.take();
  CHECK(bytes.substr(0, 4) == "PK\x03\x04");
  CHECK(bytes.substr(30, 10) == "a.txthello");
  const auto end = bytes.size() - 22;
  CHECK(bytes.substr(end, 4) == "PK\x05\x06");
  CHECK(bytes[end + 10] == 2);
  const auto offset = static_cast<unsigned char>(bytes[end + 16]);
  CHECK(bytes.substr(offset, 4) == "PK\x01\x02");
}

TEST_CASE("a workbook holds every cell as text") {
  const std::string workbook = to_xlsx({{"标题"}, {{"=1+1", "<b>&\""}}});
  CHECK(workbook.find("<is><t xml:space=\"preserve\">标题</t></is>") != std::string::npos);
  CHECK(workbook.find("<c t=\"inlineStr\"><is><t xml:space=\"preserve\">=1+1</t></is></c>") != std::string::npos);
  CHECK(workbook.find("&lt;b&gt;&amp;&quot;") != std::string::npos);
  CHECK(workbook.find("<f>") == std::string::npos);
}
