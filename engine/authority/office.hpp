// The tree of offices by who supervises whom, and how a relative office is found in it.
#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/authority/role.hpp"
#include "engine/authority/stage.hpp"
#include "engine/base/id.hpp"

namespace xueji {

struct Office {
  OfficeId id;
  std::string code;  ///< division code of an authority (6 digits) or a township (9), school code (10) of a school
  std::string name;
  Level level = Level::school;
  OfficeId supervisor;                            ///< none for the ministry
  std::vector<Stage> stages{};                    ///< that a school teaches, in order; empty: those of its code
  SchoolSystem system = SchoolSystem::six_three;  ///< of a school: by it a grade has its stage
  bool operator==(const Office&) const = default;
};

/// The stages that a school teaches, in order: those that were entered, else those of its code. None for an authority,
/// and for a school of which nobody knows.
std::vector<Stage> stages_taught(const Office& office);
/// The grades of these stages at that school, each once; none where its stages are not known.
std::vector<std::string> grades_taught(const Office& office);
/// The stage of a grade at that school, by its system; nothing where the grade is none or is not known.
std::optional<Stage> stage_at(const Office& school, std::string_view grade);
/// Whether it is the last grade of its stage there.
bool is_graduating_at(const Office& school, std::string_view grade);

/// Immutable once built; safe to read from any thread. Built anew when offices change.
class OfficeTree {
 public:
  OfficeTree() = default;
  /// Throws std::invalid_argument for an unknown supervisor or a cycle.
  explicit OfficeTree(std::vector<Office> offices);

  const Office* find(OfficeId id) const;
  /// The office directly above; null above the ministry or for an unknown office.
  const Office* above(OfficeId id) const;
  /// The authority of an office (学籍主管部门): the nearest one above that is no township's. Null as above().
  const Office* authority_of(OfficeId id) const;
  /// `id` itself or the nearest office above it at that level; null where the level is missing.
  const Office* at_level(OfficeId id, Level level) const;
  /// The lowest authority of both; null where there is none.
  const Office* common_superior(OfficeId a, OfficeId b) const;
  /// True when `upper` is `lower` or stands above it.
  bool contains(OfficeId upper, OfficeId lower) const;
  /// `id` and everything above it, from below upwards.
  std::vector<OfficeId> chain(OfficeId id) const;
  std::span<const Office> all() const { return offices_; }

 private:
  std::vector<Office> offices_;
  std::unordered_map<OfficeId, std::size_t> index_;
};

}  // namespace xueji
