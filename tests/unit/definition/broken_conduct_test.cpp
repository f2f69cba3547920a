#include "tests/unit/definition/broken.hpp"

using namespace xueji;

TEST_CASE("faults in separation, inform and always are told with place and advice") {
  check_broken({
      {"decides: nobody their own submission",
       "decides: anybody",
       {"w.yaml:47:14: error: `decides` cannot be `anybody`; write `decides: nobody their own submission`"}},
      {"  - decides: nobody their own submission",
       "  - different people: [review]",
       {"w.yaml:47:23: error: one state alone needs no different people; name at least two states"}},
      {"  - decides: nobody their own submission",
       "  - different people: [review, draft]",
       {"w.yaml:47:32: error: in `draft` no officer decides; name approval states"}},
      {"  - decides: nobody their own submission",
       "  - different people: [review, reveiw]",
       {"w.yaml:47:32: error: there is no state `reveiw`; did you mean `review`?"}},
      {"  - decides: nobody their own submission",
       "  - nobody: own submission",
       {"w.yaml:47:5: error: an entry of `separation` has no key `nobody`; its keys are: decides, different people"}},
      {"on: return",
       "on: retrun",
       {"w.yaml:49:9: error: nothing called `retrun` happens here; did you mean `return`?"}},
      {"on: return",
       "on: escalate",
       {"w.yaml:49:9: error: nothing called `escalate` happens here; write one of: submit, withdraw, approve, "
        "return, reject, overdue, suspect, completed, rejected, withdrawn"}},
      {"who: [initiator, head at student.school]",
       "who: [initator]",
       {"w.yaml:50:11: error: `initator` is nobody to tell; write `initiator` or `ROLE at OFFICE`"}},
      {"effect apply_changes only after checking.clear",
       "effect apply_change only after checking.clear",
       {"w.yaml:52:12: error: there is no effect `apply_change`; did you mean `apply_changes`?"}},
      {"effect apply_changes only after checking.clear",
       "effect apply_changes only after cheking.clear",
       {"w.yaml:52:37: error: there is no state `cheking`; did you mean `checking`?"}},
      {"effect apply_changes only after checking.clear",
       "effect apply_changes only after checking.approve",
       {"w.yaml:52:37: error: `checking` has no action `approve`; write one of: clear, suspect"}},
      {"effect apply_changes only after checking.clear",
       "effect apply_changes only after completed.approve",
       {"w.yaml:52:37: error: nothing is done in `completed`; name a state with actions or outcomes"}},
      {"effect apply_changes only after checking.clear",
       "effect apply_changes only after checking",
       {"w.yaml:52:37: error: what is done in `checking` is not said; write one of: clear, suspect"}},
      {"  - every request ends",
       "  - every request end",
       {"w.yaml:53:5: error: this is no invariant; write `every request ends` or `effect EFFECT only after "
        "STATE.ACTION or STATE.ACTION`"}},
  });
}
