#include "tests/unit/definition/broken.hpp"

using namespace xueji;

TEST_CASE("faults in who may open it, and guards at the opening are told with place and advice") {
  check_broken({
      {"open:\n  by: registrar at student.school",
       "open:\n  by: registrer at student.school",
       {"w.yaml:8:7: error: there is no role `registrer`; did you mean `registrar`?"}},
      {"open:\n  by: registrar at student.school",
       "open:\n  by: registrar of student.school",
       {"w.yaml:8:17: error: after the role stands `at` and an office; write it like `registrar at student.school`"}},
      {"open:\n  by: registrar at student.school",
       "open:\n  by: registrar at",
       {"w.yaml:8:19: error: the office is missing; write `student.school`, `authority of student.school`, "
        "`province of student.school`, `initiator.office` or `ministry`"}},
      {"open:\n  by: registrar at student.school",
       "open:\n  by: registrar at student.shool",
       {"w.yaml:8:20: error: there is no office `student.shool`; did you mean `student.school`?"}},
      {"open:\n  by: registrar at student.school",
       "open:\n  by: registrar at province",
       {"w.yaml:8:20: error: `province` of what is not said; write `province of student.school`"}},
      {"open:\n  by: registrar at student.school",
       "open:\n  by: registrar at provinze of student.school",
       {"w.yaml:8:20: error: there is no level `provinze`; did you mean `province`?"}},
      {"open:\n  by: registrar at student.school",
       "open:\n  by: registrar at province of authority of student.school",
       {"w.yaml:8:29: error: an office is one step from the school or the initiator; write `student.school`, "
        "`authority of student.school`, `province of student.school`, `initiator.office` or `ministry`"}},
      {"open:\n  by: registrar at student.school",
       "open:\n  by: registrar at initiator.office",
       {"w.yaml:8:7: error: nobody is the initiator before the request is opened; name the office from the "
        "student, like `student.school`"}},
      {"open:\n  by: registrar at student.school",
       "open:\n  by: registrar at student.school\n  windows: transfer",
       {"w.yaml:9:3: error: this version of xueji does not know `windows` yet; leave it out until a version that "
        "knows it"}},
      {R"(student.status == "in_school")",
       R"(student.status == "in_scool")",
       {R"(w.yaml:10:31: error: `student.status` is never "in_scool"; did you mean "in_school"?)"}},
      {R"(student.status == "in_school")",
       R"(student.state == "in_school")",
       {"w.yaml:10:13: error: there is no field `student.state` here; did you mean `student.stage`?"}},
      {R"(student.status == "in_school")",
       R"(new_name == "x")",
       {"w.yaml:10:13: error: there is no field `new_name` here; the fields are: student.birth_date, "
        "student.class, student.current_g_numbers, student.current_j_numbers, student.current_numbers, "
        "student.g_number_of_id, student.grade, student.graduating, student.id_number, "
        "student.name, student.sex, student.stage, student.status, student.status_until, "
        "student.wrong_data, request.opened_from"}},
      {R"(student.status == "in_school")",
       R"(student.status = "in_school")",
       {"w.yaml:10:28: error: `=` is no comparison; write `==` to compare"}},
      {R"(student.status == "in_school")",
       "student.birth_date < 5",
       {"w.yaml:10:32: error: a date cannot be compared with a number; compare values of one type"}},
  });
}
