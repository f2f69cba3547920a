#include "tests/unit/definition/broken.hpp"

using namespace xueji;

TEST_CASE("faults in what only shows when all is read are told with place and advice") {
  check_broken({
      {"actions:\n      submit: {to: review}",
       "actions:\n      send: {to: review, title: {zh: 送, en: Send}}",
       {"w.yaml:21:3: error: the draft `draft` has no action `submit`; add `submit: {to: STATE}`"}},
      {", effects: [apply_changes]}",
       "}",
       {"w.yaml:13:3: error: the field `new_name` changes the student, but no end has the effect apply_changes; "
        "add `effects: [apply_changes]` to an end"}},
      {", changes: student.name}",
       "}",
       {"w.yaml:41:3: error: the effect apply_changes has nothing to change; give a field `changes: "
        "student.name` or another member"}},
      {"effects: [apply_changes]",
       "effects: [apply_changes, retire_number]",
       {"w.yaml:41:3: error: the effect retire_number needs one field of type student_number, and there are 0; "
        "keep one field for the number to retire"}},
  });
}
