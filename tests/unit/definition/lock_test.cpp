#include "tests/unit/definition/small_definition.hpp"

using namespace xueji;

namespace {

/// The small definition in format 2, with these lines in its head.
std::string headed(const std::string& lines, std::string yaml = small_definition) {
  return with(with(std::move(yaml), "format: 1", "format: 2"), "fields:\n", lines + "fields:\n");
}

std::string any_school_opens() {
  return with(
      small_definition, "open:\n  by: registrar at student.school",
      "places: {receiving: {office: initiator.office, title: {zh: 转入学校, en: Receiving school}}}\nopen:\n  by: "
      "registrar at any school");
}

}  // namespace

TEST_CASE("a request locks from its opening, where any school may open it as its opener says") {
  CHECK(loaded(small_definition).lock == Lock::from_opening);
  CHECK(loaded(headed("", any_school_opens())).lock == Lock::by_opener);
  CHECK(loaded(shipped_file("class-change.yaml")).lock == Lock::from_opening);
  CHECK(loaded(shipped_file("problem-status.yaml")).lock == Lock::when_free);
}

TEST_CASE("the lock is read") {
  CHECK(loaded(headed("lock: none\n")).lock == Lock::none);
  CHECK(loaded(headed("lock: from opening\n")).lock == Lock::from_opening);
  CHECK(loaded(headed("lock: from submission\n")).lock == Lock::from_submission);
  CHECK(loaded(headed("lock: from submission\n", any_school_opens())).lock == Lock::from_submission);
  CHECK(loaded(with(shipped_file("problem-status.yaml"), "subject: {students: 2}",
                    "subject: {students: 2}\nlock: when free"))
            .lock == Lock::when_free);
}

TEST_CASE("what is wrong with a lock is told where it stands") {
  CHECK(faults_of(with(small_definition, "fields:\n", "lock: none\nfields:\n")) ==
        "w.yaml:12:7: error: `lock` belongs to format 2; write `format: 2` at the top\n");
  CHECK(faults_of(headed("lock: from submision\n")) ==
        "w.yaml:12:7: error: `lock` cannot be `from submision`; did you mean `from submission`?\n");
  CHECK(faults_of(headed("lock: when free\n")) ==
        "w.yaml:12:7: error: `lock` cannot be `when free`; leave that to a case about two records\n");
  CHECK(faults_of(headed("lock: from opening\n", any_school_opens())) ==
        "w.yaml:13:7: error: any school may open it, and a draft that the student's own school does not see would keep "
        "other business from the student; leave it out: their own school's request locks from its opening, another "
        "school's from its submission\n");
  CHECK(faults_of(
            with(shipped_file("problem-status.yaml"), "subject: {students: 2}", "subject: {students: 2}\nlock: none"))
            .find("a case locks each of its records that no other business locks, and in no other way; leave it out, "
                  "or write `lock: when free`") != std::string::npos);
  CHECK(faults_of(with(shipped_file("class-change.yaml"), "\nopen:", "\nlock: none\nopen:"))
            .find("a request about several students locks them from its opening, and in no other way; leave it out, or "
                  "write `lock: from opening`") != std::string::npos);
}

TEST_CASE("what a business is once per is read, with its titles") {
  const auto definition =
      loaded(headed("once_per: [student, school year, receiving, student.stage]\n", any_school_opens()));
  REQUIRE(definition.once_per.size() == 4);
  CHECK(definition.once_per[0].kind == OnceTerm::Kind::student);
  CHECK(definition.once_per[1].title == Text{"学年", "school year"});
  CHECK(definition.once_per[2].name == "initiator.office");
  CHECK(definition.once_per[2].source == "receiving");
  CHECK(definition.once_per[2].title == Text{"转入学校", "Receiving school"});
  CHECK(definition.once_per[3].title == Text{"学段", "stage"});
  CHECK(loaded(headed("once_per: [student.grade]\n")).once_per[0].title == Text{"年级", "Grade"});
  CHECK(loaded(small_definition).once_per.empty());
}

TEST_CASE("what is wrong with once_per is told where it stands") {
  CHECK(faults_of(headed("once_per: []\n")) ==
        "w.yaml:12:11: error: `once_per` must be a list with at least one entry; write it as [one, two]\n");
  CHECK(faults_of(headed("once_per: [student, school yaer]\n")) ==
        "w.yaml:12:21: error: a business cannot be once per `school yaer`; did you mean `school year`?\n");
  CHECK(faults_of(headed("once_per: [receiving, initiator.office]\n", any_school_opens())) ==
        "w.yaml:13:23: error: `initiator.office` stands here a second time; keep one of the two\n");
  CHECK(faults_of(headed("once_per: [student, school year, student.grade, student.class, student.name]\n")) ==
        "w.yaml:12:11: error: a business is once per 4 things at most; leave some out\n");
  CHECK(faults_of(with(shipped_file("class-change.yaml"), "\nopen:", "\nonce_per: [student]\nopen:"))
            .find("the request is about several students, and `once_per` counts by one") != std::string::npos);
}
