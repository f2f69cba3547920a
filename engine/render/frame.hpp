// One column of states with the tracks beside it: the whole procedure, or one branch of a parallel state. First told
// which arrows leave whom, then measured, then put somewhere.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/render/layout.hpp"

namespace xueji {

inline constexpr double label_margin = 8;  ///< between a card and the words beside it
inline constexpr double label_above = 4;   ///< between the words and their line

enum class Side { left, right };

/// How an arrow gets to its target.
enum class Course {
  straight,   ///< down, nothing between
  elbow_out,  ///< to the right, then down into the second column
  elbow_in,   ///< down from the second column, then left
  track       ///< to a side, along the track of its target, and in
};

struct Wire {
  std::size_t link = 0;
  Course course = Course::straight;
  Side side = Side::right;
  std::string track;  ///< the target whose track it takes
};

/// A state, or a whole parallel one, in a row of its own.
struct Item {
  std::string key;
  int column = 0;
  Shape shape;
  bool whole_width = false;  ///< a parallel state
  std::vector<Wire> left, right;
  std::optional<Wire> down;
  bool left_entry = false, right_entry = false;
  Box box;
  std::map<std::size_t, double> ports;  ///< link -> where it leaves to a side, below the top of the box
};

class Frame {
 public:
  Frame(const Sketch& sketch, std::vector<Item> items) : sketch_(&sketch), items_(std::move(items)) {}

  std::vector<Item>& items() { return items_; }
  Item* item(const std::string& key);
  /// Position of the row; the number of rows for a key that is not here.
  std::size_t row(const std::string& key) const;
  /// The arrow leaves `from`, an item of this frame, and may lead out of it.
  Wire connect(std::size_t link, Item& from);
  /// Something outside comes in to `to` along that track.
  void enter(const std::string& to, Side side, const std::string& track);

  /// Heights, widths, tracks; `above` is kept free over the first row.
  void measure(double above);
  double width() const { return right_ - left_; }
  double height() const { return height_; }
  void move(double x, double y);  ///< puts the upper left corner there
  double axis() const { return axis_; }
  double track(Side side, const std::string& target) const;
  const std::map<std::string, double>& tracks(Side side) const { return side == Side::left ? lefts_ : rights_; }
  /// Targets of the tracks of that side, the nearest to the column first.
  std::vector<std::string> targets(Side side) const;

 private:
  std::map<std::string, double>& mutable_tracks(Side side) { return side == Side::left ? lefts_ : rights_; }
  long rank(const std::string& target) const;
  const std::string& track_of(const Transition& transition) const;
  bool is_free_between(std::size_t above, std::size_t below, int column) const;
  Course course_of(std::size_t from, std::size_t to) const;
  void sort_wires(std::vector<Wire>& wires) const;
  void place_ports(Item& item);
  void place_rows(double above);
  void place_columns();
  void place_tracks();
  double widest_label(const std::vector<Wire>& wires) const;

  const Sketch* sketch_;
  std::vector<Item> items_;
  std::map<std::string, double> lefts_, rights_;
  double left_ = 0, right_ = 0, height_ = 0, axis_ = 0;
};

}  // namespace xueji
