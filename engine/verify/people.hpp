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

/// Who made the submission under way, where that is not whoever holds the draft, and who decided since, as far as
/// somebody later must be another; sorted. The mark is the position of the state, or stands for the submission, or for
/// several states of a group of `different people`: two bind as all do.
using DecisionMark = std::uint16_t;
using Deciders = std::vector<std::pair<Person, DecisionMark>>;

/// The people of one definition for one kind of subject. The definition and the kind must outlive it.
class People {
 public:
  /// With a successor everybody is remembered whom its separation of duties will ask for, and of `older` versions who
  /// decided there in a state that this one has in a group.
  People(const Definition& definition, const SubjectKind& kind, const Successor* successor = nullptr,
         const std::vector<const Definition*>& older = {});

  /// Those who may decide for the post in the state: everybody known who still may, and one for all who did not act
  /// yet. Empty where separation of duties leaves nobody.
  std::vector<Person> who_may_decide(const State& state, const Holder& post, const Deciders& deciders) const;
  /// Remembers that the person decided in the state.
  void decided(Deciders& deciders, const State& state, Person person) const;
  /// Forgets the round before, and remembers who submitted by an action with `by`.
  void submitted(Deciders& deciders, const Action& action) const;
  /// Whether whoever submitted by an action with `by` is of that post.
  bool submitted_by(const Holder& post, const Deciders& deciders) const;
  /// Forgets what binds nobody from the active states on, and takes people of a post who are bound alike for each
  /// other.
  void settle(Deciders& deciders, const std::vector<const State*>& active) const;
  /// What of the deciders of an older version, for which this one was the successor, binds here.
  Deciders brought_over(const People& older, const Deciders& deciders, const Successor& successor) const;

 private:
  /// States that different people must decide in.
  struct Group {
    std::vector<bool> states;  ///< by position
    std::vector<bool> ahead;   ///< by position: one of its states can still come
    std::set<Person> bound;    ///< the posts that decide in several of its states, by their first person
  };
  static constexpr DecisionMark first_group_mark = 0x8000, submission_mark = 0x7FFF;

  void add_own_groups(const std::vector<const Definition*>& older);
  void add_groups_of(const Successor& successor);
  std::size_t position(const State& state) const;
  Person person(const Holder& post, std::size_t number) const;
  std::size_t persons_in(const Holder& post) const;
  bool is_own(Person person) const;
  bool may(const State& state, Person person, const Deciders& deciders) const;
  std::vector<DecisionMark> settled_marks(Person person, const std::vector<DecisionMark>& marks,
                                          const std::vector<const State*>& active) const;

  const Definition& definition_;
  const SubjectKind& kind_;
  std::vector<Group> groups_;  ///< its own, then those of its successor
  std::size_t own_groups_ = 0;
  bool asks_for_submitters_ = false;
  std::vector<Person> own_;  ///< who opened, and who submits as the holder of the draft
};

/// The states (earlier, later) of two offices, or of two posts of one office of which the first hands over to the
/// second, that one person could decide both of, for some kind of subject.
std::set<std::pair<const State*, const State*>> unseparated_pairs(const Definition& definition,
                                                                  const std::vector<SubjectKind>& kinds);

}  // namespace xueji
