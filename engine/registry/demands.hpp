// What has to have happened before a change of a student's record, asked by machine, verifier and explanation.
#pragma once

namespace xueji {

enum class Demand {
  decision,  ///< by a person who is neither the initiator nor of the initiator's post
  calendar,  ///< the date comes, and nobody decides: promotion, distribution of numbers
  none       ///< who may file it at the student's own school makes it; but never time alone without a decision
};

}  // namespace xueji
