// What holds of every picture: nothing lies on anything else, every arrow leads from its state to its target.
#include <cmath>

#include "engine/render/bpmn_sketch.hpp"
#include "engine/render/svg_sketch.hpp"
#include "tests/catch.hpp"
#include "tests/unit/render/pictured.hpp"

using namespace xueji;
using namespace xueji::tests;

namespace {

constexpr double near = 0.01;

bool overlap(const Box& a, const Box& b) {
  return a.width > 0 && b.width > 0 && a.x < b.right() - near && b.x < a.right() - near && a.y < b.bottom() - near &&
         b.y < a.bottom() - near;
}

bool inside(const Box& inner, const Box& outer) {
  return inner.x >= outer.x - near && inner.right() <= outer.right() + near && inner.y >= outer.y - near &&
         inner.bottom() <= outer.bottom() + near;
}

Box around(const Point& a, const Point& b) {
  const double thin = 0.1;
  return {std::min(a.x, b.x) - thin / 2, std::min(a.y, b.y) - thin / 2, std::abs(a.x - b.x) + thin,
          std::abs(a.y - b.y) + thin};
}

bool on_border(const Point& point, const Box& box) {
  const bool in_x = point.x >= box.x - near && point.x <= box.right() + near;
  const bool in_y = point.y >= box.y - near && point.y <= box.bottom() + near;
  const bool on_x = std::abs(point.x - box.x) < near || std::abs(point.x - box.right()) < near;
  const bool on_y = std::abs(point.y - box.y) < near || std::abs(point.y - box.bottom()) < near;
  return in_x && in_y && (on_x || on_y);
}

/// What is wrong with the picture, in words; empty for a good one.
class Inspector {
 public:
  Inspector(const Sketch& sketch, const Layout& layout) : sketch_(sketch), layout_(layout) {}

  std::vector<std::string> inspect() {
    inspect_states();
    inspect_regions();
    inspect_labels();
    for (std::size_t link = 0; link < layout_.links.size(); ++link) inspect_way(link);
    return faults_;
  }

 private:
  void expect(bool good, const std::string& what) {
    if (!good) faults_.push_back(what);
  }
  const State& state(const std::string& key) const { return *sketch_.definition->state(key); }

  void inspect_states() {
    expect(layout_.states.size() == sketch_.definition->states.size(), "not every state has a place");
    const Box whole{0, 0, layout_.width, layout_.height};
    for (const auto& [key, box] : layout_.states) {
      expect(inside(box, whole), key + " sticks out of the picture");
      for (const auto& [other, other_box] : layout_.states)
        if (key < other && state(key).parallel != other && state(other).parallel != key)
          expect(!overlap(box, other_box), key + " lies on " + other);
    }
  }

  void inspect_regions() {
    for (const auto& [key, region] : layout_.regions)
      for (const State& each : sketch_.definition->states) {
        if (each.parallel != key) continue;
        const Box& box = layout_.states.at(each.key);
        expect(inside(box, region.branches[each.branch].box), each.key + " is not in its branch");
        for (const PlacedBranch& branch : region.branches) {
          expect(!overlap(box, branch.stop), each.key + " lies on a stop");
          expect(!overlap(box, branch.name), each.key + " lies on the name of a branch");
        }
        expect(!overlap(box, region.join), each.key + " lies on the join");
      }
  }

  std::string name(std::size_t link) const {
    const Transition& transition = sketch_.links[link].transition;
    return transition.from + " -" + transition.event + "-> " + transition.to;
  }

  void inspect_labels() {
    for (std::size_t link = 0; link < layout_.links.size(); ++link) {
      const Box& label = layout_.links[link].label;
      expect((label.width > 0) == (sketch_.links[link].label_height > 0), "the words of " + name(link) + " are lost");
      if (label.width <= 0) continue;
      for (const auto& [key, box] : layout_.states)
        if (state(key).kind != StateKind::parallel)
          expect(!overlap(label, box), "the words of " + name(link) + " lie on " + key);
      for (std::size_t other = 0; other < layout_.links.size(); ++other) {
        if (other > link)
          expect(!overlap(label, layout_.links[other].label), "words of " + name(link) + " and " + name(other));
        expect(!crosses(layout_.links[other].way, label), name(other) + " crosses the words of " + name(link));
      }
    }
  }

  static bool crosses(const std::vector<Point>& way, const Box& box) {
    for (std::size_t at = 0; at + 1 < way.size(); ++at)
      if (overlap(around(way[at], way[at + 1]), box)) return true;
    return false;
  }

  void inspect_way(std::size_t link) {
    const Transition& transition = sketch_.links[link].transition;
    const auto& way = layout_.links[link].way;
    expect(on_border(way.front(), layout_.states.at(transition.from)), name(link) + " does not begin at its state");
    expect(on_border(way.back(), target_of(transition)), name(link) + " does not end at its target");
    for (std::size_t at = 0; at + 1 < way.size(); ++at)
      expect(way[at].x == way[at + 1].x || way[at].y == way[at + 1].y, name(link) + " runs aslant");
    for (const auto& [key, box] : layout_.states)
      if (state(key).kind != StateKind::parallel)
        expect(!crosses(way, shrunk(box)), name(link) + " runs through " + key);
  }

  static Box shrunk(const Box& box) { return {box.x + 1, box.y + 1, box.width - 2, box.height - 2}; }

  Box target_of(const Transition& transition) const {
    const State& from = state(transition.from);
    if (transition.to == join_word) return layout_.regions.at(from.parallel).join;
    if (transition.to == stop_word) return layout_.regions.at(from.parallel).branches[from.branch].stop;
    return layout_.states.at(transition.to);
  }

  const Sketch& sketch_;
  const Layout& layout_;
  std::vector<std::string> faults_;
};

std::vector<std::string> faults_of(const Sketch& sketch) { return Inspector{sketch, lay_out(sketch)}.inspect(); }

}  // namespace

TEST_CASE("in pictures of the shipped definitions and of one with everything nothing overlaps") {
  for (const Definition& definition : pictured())
    for (const Language language : {Language::zh, Language::en}) {
      INFO(definition.key);
      CHECK(faults_of(sketch_svg(definition, language).sketch) == std::vector<std::string>{});
      CHECK(faults_of(sketch_bpmn(definition, language).sketch) == std::vector<std::string>{});
    }
}

TEST_CASE("whatever the definition, nothing overlaps and every arrow leads from its state to its target") {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    const Definition definition = made_up(seed);
    INFO("seed " << seed);
    REQUIRE(faults_of(sketch_svg(definition, Language::zh).sketch) == std::vector<std::string>{});
    REQUIRE(faults_of(sketch_svg(definition, Language::en).sketch) == std::vector<std::string>{});
    REQUIRE(faults_of(sketch_bpmn(definition, Language::en).sketch) == std::vector<std::string>{});
  }
}

TEST_CASE("the main way runs straight down") {
  const Definition definition = load_from("workflows/key-information-change.yaml");
  const SvgSketch drawn = sketch_svg(definition, Language::zh);
  const Layout layout = lay_out(drawn.sketch);
  for (std::size_t link = 0; link < layout.links.size(); ++link) {
    if (drawn.sketch.links[link].transition.weight != Weight::main) continue;
    const auto& way = layout.links[link].way;
    CHECK(way.front().x == way.back().x);
    CHECK(way.front().y < way.back().y);
  }
  CHECK(layout.states.at("central_check").centre() == layout.states.at("completed").centre());
  CHECK(layout.states.at("county_findings").x > layout.states.at("central_check").right());
}

TEST_CASE("branches stand side by side in the box of their parallel state") {
  const Definition definition = transfer();
  const Layout layout = lay_out(sketch_svg(definition, Language::en).sketch);
  const PlacedRegion& region = layout.regions.at("both_sides");
  REQUIRE(region.branches.size() == 2);
  CHECK(region.branches[0].box.right() == Catch::Approx(region.branches[1].box.x));
  CHECK(layout.states.at("receiving_review").right() < layout.states.at("sending_review").x);
  CHECK(inside(layout.states.at("receiving_approval"), region.branches[0].box));
  CHECK(inside(layout.states.at("sending_review"), region.branches[1].box));
}
