// Who may decide, as the separation of duties leaves it: the people of each post, counted as `staffing:` says.
#pragma once
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "engine/verify/subject_kinds.hpp"
#include "engine/verify/successor.hpp"

namespace xueji {

/// One of the people of a post. People of a post are alike until they act, so those who acted come first.
using Person = std::uint32_t;

/// Who decided in which state since the last submission, as far as somebody later must be another; sorted.
using Deciders = std::vector<std::pair<std::uint16_t, Person>>;

/// The people of one definition for one kind of subject. The definition and the kind must outlive it.
class People {
 public:
  /// With a successor everybody is remembered whom its separation of duties will ask for.
  People(const Definition& definition, const SubjectKind& kind, const Successor* successor = nullptr);

  /// Those who may decide for the post in the state: everybody known who still may, and one for all who did not act yet.
  /// Empty where separation of duties leaves nobody.
  std::vector<Person> who_may_decide(const State& state, const Holder& post, const Deciders& deciders) const;
  /// Remembers that the person decided in the state, where that binds anybody later.
  void decided(Deciders& deciders, const State& state, Person person) const;
  /// Forgets those of whom nothing more is asked from there on.
  void forget(Deciders& deciders, const std::vector<const State*>& active) const;

 private:
  std::size_t position(const State& state) const;
  Person person(const Holder& post, std::size_t number) const;
  std::size_t persons_in(const Holder& post) const;
  bool may(const State& state, Person person, const Deciders& deciders) const;

  const Definition& definition_;
  const SubjectKind& kind_;
  std::vector<std::vector<std::size_t>> groups_;  ///< of each state
  std::vector<std::vector<bool>> groups_ahead_;   ///< by state and group: one of its states can still come
  std::vector<Person> own_;                       ///< who opened and who submitted
  std::vector<bool> kept_for_successor_;          ///< by state; empty without one
};

/// The states (earlier, later) of two offices, or of two posts of one office of which the first hands over to the
/// second, that one person could decide both of, for some kind of subject.
std::set<std::pair<const State*, const State*>> unseparated_pairs(const Definition& definition,
                                                                  const std::vector<SubjectKind>& kinds);

}  // namespace xueji
