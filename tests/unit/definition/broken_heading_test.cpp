#include "tests/unit/definition/broken.hpp"

using namespace xueji;

TEST_CASE("faults in the head of a definition are told with place and advice") {
  check_broken({
      {"format: 1\n",
       "format: 3\n",
       {"w.yaml:1:9: error: this version of xueji reads the formats 1 and 2; write `format: 2`"}},
      {"format: 1\n", "", {"w.yaml:1:1: error: a definition needs `format`; begin with `format: 1`"}},
      {"key: small-business",
       "key: Small_Business",
       {"w.yaml:2:6: error: `key` must be small letters and digits joined by hyphens; write it like `key: "
        "key-information-change`"}},
      {"version: 3",
       "version: 03",
       {"w.yaml:3:10: error: `version` must be a whole number from 1 to 1000000; write it in plain decimal digits"}},
      {"version: 3",
       "version: three",
       {"w.yaml:3:10: error: `version` must be a whole number from 1 to 1000000; write it in plain decimal digits"}},
      {"version: 3", "version:", {"w.yaml:3:1: error: `version` is empty; give it a value or remove the key"}},
      {"title: {zh: 小业务, en: Small business}",
       "title: Small business",
       {"w.yaml:4:8: error: `title` must be written in both languages; write {zh: 中文, en: English}"}},
      {"title: {zh: 小业务, en: Small business}",
       "title: {zh: 小业务}",
       {"w.yaml:4:8: error: `title` needs `en`; add the English text, `en: …`"}},
      {"title: {zh: 小业务, en: Small business}",
       R"(title: {zh: "", en: Small business})",
       {"w.yaml:4:13: error: `zh` is empty; write a text"}},
      {"source: FAQ 1",
       "sorce: FAQ 1",
       {"w.yaml:1:1: error: a definition needs `source`; cite the rule it comes from, like `source: FAQ 7`",
        "w.yaml:5:1: error: a definition has no key `sorce`; did you mean `source`?"}},
      {"subject: student",
       "subject: school",
       {"w.yaml:6:10: error: a request cannot be about `school`; write `subject: student`, `subject: {students of: "
        "initiator.office, at_most: 5000}`, or `subject: {students: 2}`"}},
      {"subject: student",
       "subject: student\nspeed: fast",
       {"w.yaml:7:1: error: a definition has no key `speed`; its keys are: format, key, variant, version, retired, "
        "title, "
        "description, source, subject, places, applies, open, lock, once_per, fields, require, evidence, states, "
        "anywhere, separation, staffing, inform, remind, close, always, migrate"}},
  });
}
