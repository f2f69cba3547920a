#include "tests/unit/definition/broken.hpp"

using namespace xueji;

TEST_CASE("faults in fields, rules of the form and evidence are told with place and advice") {
  check_broken({
      {"{type: person_name,",
       "{type: person_nam,",
       {"w.yaml:13:20: error: there is no field type `person_nam`; did you mean `person_name`?"}},
      {"{type: person_name,", "{", {"w.yaml:13:13: error: a field needs `type`; add its type, like `type: text`"}},
      {"{type: person_name,",
       "{type: person_name, max: 20,",
       {"w.yaml:13:38: error: only fields of type text have a `max`; remove it"}},
      {"{type: person_name,",
       "{type: person_name, required: yes,",
       {"w.yaml:13:43: error: `required` must be true or false; write the bare word true or false"}},
      {"{type: person_name,",
       "{type: person_name, reqired: true,",
       {"w.yaml:13:33: error: a field has no key `reqired`; did you mean `required`?"}},
      {"changes: student.name",
       "changes: student.nam",
       {"w.yaml:13:74: error: a field cannot change `student.nam`; did you mean `student.name`?"}},
      {"changes: student.name",
       "changes: student.id_number",
       {"w.yaml:13:74: error: a field of type person_name cannot change `student.id_number`; give the field the "
        "type id_number"}},
      {"  new_name: {",
       "  New-Name: {",
       {"w.yaml:13:3: error: `New-Name` cannot be the key of a field; use a small letter first, then small "
        "letters, digits and `_`, at most 40 in all",
        "w.yaml:16:15: error: there is no field `new_name` here; did you mean `New-Name`?"}},
      {"  new_name: {",
       "  comment: {",
       {"w.yaml:13:3: error: `comment` means something else in conditions; choose another key for the field",
        "w.yaml:16:15: error: there is no field `new_name` here; the fields are: comment, ground, "
        "student.birth_date, student.class, student.current_g_numbers, student.current_j_numbers, "
        "student.current_numbers, student.g_number_of_id, student.grade, student.graduating, student.id_number, "
        "student.name, student.sex, student.stage, student.status, student.status_until, student.wrong_data"}},
      {"choices: {wrong: {zh: 错误, en: Wrong}, other: {zh: 其他, en: Other}}",
       "help: {zh: 帮助, en: Help}",
       {"w.yaml:14:11: error: a field of type choice needs `choices`; add `choices: {key: {zh: …, en: …}}`"}},
      {"  - rule: has(new_name)",
       "  - rule: has(new_nam)",
       {"w.yaml:16:15: error: there is no field `new_nam` here; did you mean `new_name`?"}},
      {"    else: {zh: 请填写, en: Fill it in}\n",
       "",
       {"w.yaml:16:5: error: a rule needs `else`; say what the person is told when it does not hold, `else: {zh: "
        "…, en: …}`"}},
      {"count: 1..6", "count: 6..1", {"w.yaml:19:63: error: `6..1` is no count; write it like `1..6`, at most 100"}},
      {"count: 1..6",
       "count: 1..6, media: [image/jpg]",
       {"w.yaml:19:77: error: files of type `image/jpg` are not accepted; did you mean `image/jpeg`?"}},
      {"count: 1..6",
       "count: 1..6, max_bytes: 20000000",
       {"w.yaml:19:80: error: `max_bytes` must be a whole number from 1 to 10485760; write it in plain decimal "
        "digits"}},
      {"count: 1..6",
       R"(count: 1..6, when: ground == "othr")",
       {R"(w.yaml:19:85: error: `ground` is never "othr"; did you mean "other"?)"}},
  });
}
