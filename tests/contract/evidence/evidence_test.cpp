// What callers may rely on when scans are uploaded: recognised by content, whole or not at all, swept when unused.

#include <stdlib.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>
#include <thread>

#include "adapters/evidence/evidence_directory.hpp"
#include "adapters/evidence/recognise.hpp"
#include "adapters/sql/database.hpp"
#include "engine/machine/history_hash.hpp"
#include "tests/catch.hpp"

using namespace xueji;
using namespace std::string_literals;

namespace {

const std::string jpeg = "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xd9"s;
const std::string png =
    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\xda\x63\x64\xf8\xcf\x50\x0f\0\x03\x86\1\x80\x5a\x34\x7d\x6b\0\0\0\0IEND\xae\x42\x60\x82"s;
const std::string pdf = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

class DrivenClock final : public Clock {
 public:
  Instant now() const override { return instant; }
  Instant instant{std::chrono::seconds{1790000000}};
};

struct EvidenceRoom {
  EvidenceRoom() {
    std::string name = (std::filesystem::temp_directory_path() / "xueji-evidence-XXXXXX").string();
    folder = ::mkdtemp(name.data());
    database = Database::open("sqlite://" + (folder / "e.db").string());
    store = open_evidence_directory(folder / "files", database->evidence(), clock);
  }
  ~EvidenceRoom() {
    store.reset();
    database.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }
  EvidenceRoom(const EvidenceRoom&) = delete;
  EvidenceRoom& operator=(const EvidenceRoom&) = delete;

  std::size_t files() const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "files"))
      count += entry.is_regular_file();
    return count;
  }

  std::filesystem::path folder;
  DrivenClock clock;
  std::unique_ptr<Database> database;
  std::unique_ptr<EvidenceStore> store;
};

using PutFault = EvidenceStore::Fault;
constexpr AccountId anna{1}, bert{2};

}  // namespace

TEST_CASE("the three kinds are recognised by content, kept byte for byte under their SHA-256, and found again") {
  EvidenceRoom place;
  for (const auto& [bytes, media_type] :
       {std::pair{jpeg, "image/jpeg"}, {png, "image/png"}, {pdf, "application/pdf"}}) {
    const auto put = place.store->put({anna, {}}, bytes, "扫描.bin");
    REQUIRE(put.fault == PutFault::none);
    CHECK(put.created);
    CHECK(put.upload.media_type == media_type);
    CHECK(put.upload.sha256 == sha256_hex(bytes));
    CHECK(put.upload.size == static_cast<std::int64_t>(bytes.size()));
    const auto file = place.store->path(put.upload.sha256);
    CHECK(file.parent_path().filename() == put.upload.sha256.substr(2, 2));
    std::ifstream stream(file, std::ios::binary);
    CHECK(std::string(std::istreambuf_iterator<char>(stream), {}) == bytes);
    REQUIRE(place.store->find(put.upload.sha256, anna));
    CHECK(place.store->find(put.upload.sha256, anna)->filename == "扫描.bin");
    CHECK_FALSE(place.store->find(put.upload.sha256, bert));
    CHECK(place.store->find(put.upload.sha256));
  }
}

TEST_CASE("what no viewer of the three formats would try to show is refused and leaves no file") {
  EvidenceRoom place;
  const auto refused = [&](const std::string& bytes) {
    return place.store->put({anna, {}}, bytes, "x").fault == PutFault::unsupported_media_type;
  };
  CHECK(place.store->put({anna, {}}, "", "x").fault == PutFault::empty);
  CHECK(refused("hello"));
  CHECK(refused("<svg xmlns='http://www.w3.org/2000/svg'/>"));
  CHECK(refused("GIF89a\1\0\1\0\0\0\0;"));
  CHECK(refused("PK\3\4" + jpeg));
  CHECK(refused("GIF89a" + png));
  CHECK(refused("\xff\xd8"));
  CHECK(place.files() == 0);
}

TEST_CASE("a format is recognised by how it begins, a PDF within 1024 bytes but behind no other format") {
  using evidence::recognise;
  CHECK(recognise(jpeg + std::string(50'000, '\0')) == "image/jpeg");
  CHECK(recognise("\xff\xd8\xff\xd9") == "image/jpeg");
  CHECK(recognise(png + "behind") == "image/png");
  CHECK(recognise("\xef\xbb\xbf" + pdf) == "application/pdf");
  CHECK(recognise("\r\n \t\0\r\n"s + pdf + std::string(5000, 'z')) == "application/pdf");
  CHECK(recognise("\x1b%-12345X@PJL JOB\r\n" + pdf) == "application/pdf");
  CHECK(recognise(std::string(1019, '\n') + pdf) == "application/pdf");
  CHECK_FALSE(recognise(std::string(1020, '\n') + pdf));
  for (const std::string& other : {"<html>"s, "\xef\xbb\xbf\n<svg>"s, "PK\3\4"s, "GIF89a"s, "MZ"s,
                                   "\x7f"
                                   "ELF"s,
                                   "#!/bin/sh\n"s, "\x89PNG"s, "Rar!"s, "\x1f\x8b"s})
    CHECK_FALSE(recognise(other + pdf));
  CHECK_FALSE(recognise(""));
}

namespace {

/// Says what it was told to say.
class FakeDecoder final : public ScanDecoder {
 public:
  Examined examine(std::string_view, std::string_view, const GivenUp&) override {
    ++asked;
    return {fault, {1000, 1400, 2, false, 0, 2, false}};
  }
  Drawn draw(std::string_view bytes, std::string_view, int page, ScanSize size, const GivenUp&) override {
    ++asked;
    if (fault != ScanFault::none) return {fault, 0, {}};
    return {fault, 2, page > 2 ? "" : std::to_string(bytes.size()) + (size == ScanSize::screen ? " screen" : " small")};
  }
  std::string unavailable() const override { return fault == ScanFault::unavailable ? "no sandbox" : ""; }
  ScanFault fault = ScanFault::none;
  int asked = 0;
};

struct DecodingRoom : EvidenceRoom {
  explicit DecodingRoom(EvidenceLimits limits = {}) {
    store = open_evidence_directory(folder / "files", database->evidence(), clock, &decoder, limits);
  }
  FakeDecoder decoder;
};

}  // namespace

TEST_CASE("what can't be decoded is refused with its cause, leaves nothing, and what can is told of") {
  DecodingRoom place;
  for (const auto fault : {ScanFault::damaged, ScanFault::password, ScanFault::too_slow}) {
    place.decoder.fault = fault;
    const auto put = place.store->put({anna, {}}, pdf, "a");
    CHECK(put.fault == PutFault::unreadable);
    CHECK(put.cause == fault);
  }
  place.decoder.fault = ScanFault::unavailable;
  CHECK(place.store->put({anna, {}}, pdf, "a").fault == PutFault::unavailable);
  CHECK(place.store->unavailable() == "no sandbox");
  CHECK(place.files() == 0);
  CHECK_FALSE(place.store->find(sha256_hex(pdf)));
  place.decoder.fault = ScanFault::none;
  const auto put = place.store->put({anna, {}}, pdf, "a");
  CHECK(put.fault == PutFault::none);
  CHECK(put.facts.pages == 2);
  CHECK(put.facts.blurred_page == 2);
}

TEST_CASE("a rendering is drawn once, kept beside the file, and swept with it") {
  DecodingRoom place;
  const auto upload = place.store->put({anna, {}}, pdf, "a").upload;
  place.decoder.asked = 0;
  CHECK_FALSE(place.store->kept_rendering(upload, 1, ScanSize::screen));
  CHECK(place.store->render(upload, 1, ScanSize::screen).jpeg == std::to_string(pdf.size()) + " screen");
  const auto kept = place.store->kept_rendering(upload, 1, ScanSize::screen);
  REQUIRE(kept);
  CHECK(kept->jpeg == std::to_string(pdf.size()) + " screen");
  CHECK(kept->pages == 2);
  CHECK(place.decoder.asked == 1);
  CHECK(place.store->render(upload, 1, ScanSize::thumbnail).jpeg == std::to_string(pdf.size()) + " small");
  CHECK(place.store->render(upload, 3, ScanSize::screen).jpeg.empty());
  CHECK_FALSE(place.store->kept_rendering(upload, 3, ScanSize::screen));
  CHECK(place.files() == 3);

  const std::filesystem::path beside = place.store->path(upload.sha256).string() + ".r1-1-screen";
  std::ofstream(beside, std::ios::trunc) << "something else";
  CHECK_FALSE(place.store->kept_rendering(upload, 1, ScanSize::screen));
  std::filesystem::remove(beside);
  std::filesystem::create_symlink("/etc/passwd", beside);
  CHECK_FALSE(place.store->kept_rendering(upload, 1, ScanSize::screen));

  place.clock.instant += std::chrono::hours{48};
  CHECK(place.store->sweep(place.clock.now() - std::chrono::hours{24}) == 1);
  CHECK(place.files() == 0);
}

TEST_CASE("what can't be drawn is remembered, what passes by itself is tried again") {
  DecodingRoom place;
  const auto upload = place.store->put({anna, {}}, pdf, "a").upload;
  place.decoder.fault = ScanFault::too_slow;
  CHECK(place.store->render(upload, 1, ScanSize::screen).fault == ScanFault::too_slow);
  CHECK_FALSE(place.store->kept_rendering(upload, 1, ScanSize::screen));
  place.decoder.fault = ScanFault::damaged;
  CHECK(place.store->render(upload, 1, ScanSize::screen).fault == ScanFault::damaged);
  REQUIRE(place.store->kept_rendering(upload, 1, ScanSize::screen));
  CHECK(place.store->kept_rendering(upload, 1, ScanSize::screen)->fault == ScanFault::damaged);
}

TEST_CASE("an account and an office upload so many bytes within 24 hours and no more") {
  EvidenceLimits limits;
  limits.account_bytes_a_day = 200;
  DecodingRoom place(limits);
  CHECK(place.store->put({anna, {}}, jpeg + std::string(130, 'x'), "a").fault == PutFault::none);
  CHECK(place.store->put({anna, {}}, jpeg + std::string(131, 'x'), "a").fault == PutFault::account_quota);
  CHECK(place.store->put({bert, {}}, jpeg + std::string(131, 'x'), "a").fault == PutFault::none);
  place.clock.instant += std::chrono::hours{24} + std::chrono::seconds{1};
  CHECK(place.store->put({anna, {}}, jpeg + std::string(131, 'x'), "a").fault == PutFault::none);
}

TEST_CASE("with less room than is kept free uploads are refused and renderings are shown without being kept") {
  DecodingRoom place;
  const auto upload = place.store->put({anna, {}}, pdf, "a").upload;
  EvidenceLimits limits;
  limits.bytes_kept_free = std::numeric_limits<std::uintmax_t>::max();
  place.store =
      open_evidence_directory(place.folder / "files", place.database->evidence(), place.clock, &place.decoder, limits);
  CHECK(place.store->put({anna, {}}, png, "a").fault == PutFault::no_room);
  CHECK(place.store->unavailable().find("No space left on device") != std::string::npos);
  CHECK_FALSE(place.store->render(upload, 1, ScanSize::screen).jpeg.empty());
  CHECK_FALSE(place.store->kept_rendering(upload, 1, ScanSize::screen));
  CHECK(place.store->open(upload).bytes);
}

TEST_CASE("the same bytes again are one file; another account's upload is its own") {
  EvidenceRoom place;
  const auto first = place.store->put({anna, {}}, png, "eins.png");
  const auto again = place.store->put({anna, {}}, png, "zwei.png");
  CHECK_FALSE(again.created);
  CHECK(again.upload.filename == "eins.png");
  CHECK(place.store->put({bert, {}}, png, "b.png").created);
  CHECK(place.files() == 1);
}

TEST_CASE("file names lose folders, controls and tricks, never characters of people's scripts") {
  using evidence::plain_filename;
  CHECK(plain_filename("../../etc/passwd") == "passwd");
  CHECK(plain_filename("C:\\Users\\王\\户口簿.jpg") == "户口簿.jpg");
  CHECK(plain_filename("a\r\nSet-Cookie: x\x7f\0.png"s) == "aSet-Cookie: x.png");
  CHECK(plain_filename("fdp.\u202egpj.exe") == "fdp.gpj.exe");
  CHECK(plain_filename("𠮷.pdf") == "𠮷.pdf");
  CHECK(plain_filename("") == "evidence");
  CHECK(plain_filename("..") == "evidence");
  CHECK(plain_filename("\xb0\xa1.jpg") == "evidence");
  std::string rare;
  for (int count = 0; count < 100; ++count) rare += "𠮷";
  CHECK(plain_filename(rare).size() == 252);
}

TEST_CASE("paths are made of hashes only") {
  EvidenceRoom place;
  CHECK_THROWS_AS(place.store->path("../../../etc/passwd"), std::invalid_argument);
  CHECK_THROWS_AS(place.store->path(std::string(64, 'A')), std::invalid_argument);
  CHECK_FALSE(place.store->find("'; DROP TABLE x", anna));
}

TEST_CASE("the sweep removes old uploads that no request refers to, and nothing else") {
  EvidenceRoom place;
  const auto old = place.store->put({anna, {}}, jpeg, "a").upload;
  place.store->put({bert, {}}, jpeg, "b");
  place.clock.instant += std::chrono::hours{48};
  const auto young = place.store->put({anna, {}}, png, "c").upload;
  CHECK(place.store->sweep(place.clock.now() - std::chrono::hours{24}) == 1);
  CHECK_FALSE(place.store->find(old.sha256));
  CHECK_FALSE(std::filesystem::exists(place.store->path(old.sha256)));
  CHECK(place.store->find(young.sha256));
  CHECK(place.files() == 1);

  place.store->put({anna, {}}, jpeg, "a");
  place.clock.instant += std::chrono::hours{48};
  place.store->put({anna, {}}, jpeg, "again");
  CHECK(place.store->sweep(place.clock.now() - std::chrono::hours{24}) == 1);
  CHECK(std::filesystem::exists(place.store->path(old.sha256)));
}

TEST_CASE("what a request refers to is never swept") {
  EvidenceRoom place;
  const auto upload = place.store->put({anna, {}}, pdf, "a").upload;
  auto loader = place.database->bulk_loader();
  const auto office = loader->add(Office{{}, "1", "o", Level::school, {}});
  Student student;
  student.school = office;
  student.name = "x";
  student.birth_date = std::chrono::year{2015} / 1 / 1;
  const auto id = loader->add(student);
  loader->commit();
  loader.reset();
  const auto definition = place.database->definitions().pin({{}, "k", 1, "h", "y", "f", false}, {});
  auto transaction = place.database->store().begin();
  std::vector<Write> writes(1);
  auto& request = writes[0].decision.request;
  request.id = transaction->next_request_id();
  request.definition = definition;
  request.student = id;
  request.school = office;
  request.token.state = "draft";
  request.token.holder = {office, Role::registrar};
  request.opened_as = request.token.holder;
  request.evidence = {{upload.sha256, "k", "a", upload.media_type, upload.size}};
  writes[0].decision.locks_student = true;
  transaction->write(writes);
  transaction->commit();
  transaction.reset();
  CHECK(place.store->sweep(place.clock.now() + std::chrono::hours{1}) == 0);
  CHECK(std::filesystem::exists(place.store->path(upload.sha256)));
}

TEST_CASE("many threads upload at once") {
  EvidenceRoom place;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      for (int number = 0; number < 10; ++number) {
        std::string bytes = jpeg;
        bytes.insert(bytes.size() - 2, std::to_string(number));
        place.store->put({AccountId{thread + 1}, {}}, bytes, "x");
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(place.files() == 10);
}

TEST_CASE("a write that fails leaves no part of a file and no row") {
  EvidenceRoom place;
  const auto hash = sha256_hex(pdf);
  std::filesystem::create_directories(place.folder / "files");
  std::ofstream(place.folder / "files" / hash.substr(0, 2)) << "in the way";
  CHECK_THROWS(place.store->put({anna, {}}, pdf, "a"));
  CHECK_FALSE(place.store->find(hash));
  CHECK(place.files() == 1);
}

TEST_CASE("a file is opened only as what was uploaded, told otherwise with its path, and mended by the same upload") {
  EvidenceRoom place;
  const auto upload = place.store->put({anna, {}}, pdf, "a.pdf").upload;
  const auto file = place.store->path(upload.sha256);
  const auto fault = [&] {
    const auto opened = place.store->open(upload);
    CHECK(opened.bytes == nullptr);
    const std::string begin = "the evidence file " + file.string() + " ";
    REQUIRE(opened.fault.starts_with(begin));
    return opened.fault.substr(begin.size());
  };
  const auto is_whole = [&] {
    const auto opened = place.store->open(upload);
    REQUIRE(opened.bytes);
    std::string bytes(opened.bytes->size(), ' ');
    return opened.bytes->read(bytes) == pdf.size() && bytes == pdf && opened.bytes->read(bytes) == 0;
  };
  const auto mended = [&] { return !place.store->put({anna, {}}, pdf, "a.pdf").created && is_whole(); };
  CHECK(is_whole());

  std::filesystem::remove(file);
  CHECK(fault() == "can't be opened: No such file or directory");
  CHECK(mended());

  std::filesystem::remove(file);
  std::ofstream(place.folder / "same.pdf", std::ios::binary) << pdf;
  std::filesystem::create_symlink(place.folder / "same.pdf", file);
  CHECK(fault() == "is a link");
  CHECK(mended());

  std::filesystem::remove(file);
  REQUIRE(::mkfifo(file.c_str(), 0600) == 0);
  CHECK(fault() == "is no regular file");
  CHECK(mended());

  std::ofstream(file, std::ios::binary) << pdf << "%";
  CHECK(fault() == "has " + std::to_string(pdf.size() + 1) + " bytes instead of " + std::to_string(pdf.size()));
  CHECK(mended());

  std::ofstream(file, std::ios::binary) << std::string(pdf.size(), ' ');
  CHECK(fault() == "has other bytes than were uploaded");
  CHECK(mended());
}

TEST_CASE("a folder that can't be made or written to is told at the start, with its path") {
  EvidenceRoom place;
  using Catch::Matchers::StartsWith;
  CHECK_THROWS_WITH(open_evidence_directory("/proc/nowhere", place.database->evidence(), place.clock),
                    StartsWith("the evidence folder /proc/nowhere can't be made: "));
  CHECK_THROWS_WITH(open_evidence_directory("/proc/self/task", place.database->evidence(), place.clock),
                    StartsWith("the evidence folder /proc/self/task can't be written to: "));
}
