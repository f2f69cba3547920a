// That the real bpmn-js opens it, tests/ui/diagrams.spec.ts tries.
#include "engine/render/bpmn.hpp"
#include "tests/catch.hpp"

#include <set>

#include "engine/render/transitions.hpp"
#include "tests/unit/render/pictured.hpp"
#include "tests/unit/render/xml_reading.hpp"

using namespace xueji;
using namespace xueji::tests;

namespace {

class Process {
 public:
  explicit Process(const Definition& definition) : all_(read_xml(render_bpmn(definition, Language::en))) {
    for (const auto& element : all_)
      if (const std::string id = attribute(element, "id"); !id.empty()) {
        ids_.push_back(id);
        types_[id] = element.name;
      }
  }

  const std::vector<XmlElement>& all() const { return all_; }
  const std::vector<std::string>& ids() const { return ids_; }
  std::string type(const std::string& id) const { return types_.contains(id) ? types_.at(id) : ""; }
  /// `source name target` of the flows that leave it.
  std::multiset<std::string> from(const std::string& source) const {
    std::multiset<std::string> found;
    for (const auto& element : all_)
      if (element.name == "bpmn:sequenceFlow" && attribute(element, "sourceRef") == source)
        found.insert(attribute(element, "name") + " " + attribute(element, "targetRef"));
    return found;
  }
  bool has(const std::string& name, const std::string& parent) const {
    return std::any_of(all_.begin(), all_.end(),
                       [&](const auto& element) { return element.name == name && element.parent_id == parent; });
  }

 private:
  std::vector<XmlElement> all_;
  std::vector<std::string> ids_;
  std::map<std::string, std::string> types_;
};

using Flows = std::multiset<std::string>;

}  // namespace

TEST_CASE("ids are unique, and whatever is referred to is there") {
  for (const Definition& definition : pictured()) {
    const Process process{definition};
    CHECK(std::set<std::string>(process.ids().begin(), process.ids().end()).size() == process.ids().size());
    for (const auto& element : process.all())
      for (const auto* reference : {"sourceRef", "targetRef", "attachedToRef", "bpmnElement", "categoryValueRef"})
        if (const std::string id = attribute(element, reference); !id.empty()) CHECK(!process.type(id).empty());
  }
}

TEST_CASE("everything that is drawn has its place in the diagram") {
  for (const Definition& definition : pictured()) {
    const Process process{definition};
    std::set<std::string> drawn;
    for (const auto& element : process.all()) {
      if (element.name == "bpmndi:BPMNShape" || element.name == "bpmndi:BPMNEdge")
        drawn.insert(attribute(element, "bpmnElement"));
      if (element.name == "dc:Bounds") {
        CHECK(std::stod(attribute(element, "width")) > 0);
        CHECK(std::stod(attribute(element, "height")) > 0);
      }
    }
    for (const auto& element : process.all())
      if (element.parent_id == "process" && element.name.starts_with("bpmn:") && element.name != "bpmn:documentation")
        CHECK(drawn.contains(attribute(element, "id")));
  }
}

TEST_CASE("approvals are user tasks of their actor, checks service tasks, ways part at exclusive gateways") {
  const Process process{load_from("workflows/key-information-change.yaml")};
  CHECK(process.type("state_head_review") == "bpmn:userTask");
  CHECK(process.type("state_central_check") == "bpmn:serviceTask");
  CHECK(process.type("gateway_head_review") == "bpmn:exclusiveGateway");
  CHECK(process.from("state_head_review") == Flows{" gateway_head_review"});
  CHECK(process.from("gateway_head_review") == Flows{"Approve state_county_review", "Reject state_rejected",
                                                     "Return state_draft", "Withdraw state_withdrawn"});
  CHECK(process.from("gateway_central_check") ==
        Flows{"Checks clear state_completed", "Checks suspect state_county_findings"});
  CHECK(std::any_of(process.all().begin(), process.all().end(), [](const auto& element) {
    return element.name == "bpmn:formalExpression" && element.text == "head at student.school";
  }));
}

TEST_CASE("a deadline that tells somebody does not interrupt, one that ends the request does") {
  const Process change{load_from("workflows/key-information-change.yaml")}, moved{transfer()};
  const auto interrupts = [](const Process& process, const std::string& id) {
    for (const auto& element : process.all())
      if (attribute(element, "id") == id) return attribute(element, "cancelActivity");
    return std::string{"missing"};
  };
  CHECK(interrupts(change, "due_county_review") == "false");
  CHECK(change.from("due_county_review") == Flows{" overdue_county_review"});
  CHECK(interrupts(moved, "expire_findings") == "true");
  CHECK(moved.from("expire_findings") == Flows{"Expired state_expired"});
  CHECK(moved.from("gateway_findings") == Flows{"Approve state_until_semester", "Return fork_both_sides"});
}

TEST_CASE("branches fork and join at gateways, and an end without consent ends all of them") {
  const Process process{transfer()};
  CHECK(process.type("fork_both_sides") == "bpmn:parallelGateway");
  CHECK(process.from("fork_both_sides") ==
        Flows{"Receiving side state_receiving_review", "Sending side state_sending_review"});
  CHECK(process.type("join_both_sides") == "bpmn:complexGateway");
  CHECK(process.from("join_both_sides") == Flows{" state_central_check", "Too few can join state_rejected"});
  CHECK(process.from("gateway_sending_review") ==
        Flows{"Approve join_both_sides", "Decline stop_both_sides_2", "Return state_draft"});
  CHECK(process.has("bpmn:terminateEventDefinition", "state_rejected"));
  CHECK_FALSE(process.has("bpmn:terminateEventDefinition", "state_completed"));
  Definition all_join = transfer();
  for (State& state : all_join.states) state.otherwise.clear();
  CHECK(Process{all_join}.type("join_both_sides") == "bpmn:parallelGateway");
}

TEST_CASE("a wait is a timer, and one that people may cut short a task that the timer interrupts") {
  const Process process{transfer()};
  CHECK(process.type("state_grace") == "bpmn:intermediateCatchEvent");
  CHECK(process.has("bpmn:timerEventDefinition", "state_grace"));
  CHECK(process.type("state_until_semester") == "bpmn:userTask");
  CHECK(process.from("elapse_until_semester") == Flows{"The date came state_grace"});
  CHECK(process.from("state_until_semester") == Flows{"Cancel state_withdrawn"});
}

TEST_CASE("a choice is an exclusive gateway, its conditions are the names of its flows") {
  const Process process{load_from("tests/routes/suspension-by-stage.yaml")};
  CHECK(process.type("state_to_be_filed") == "bpmn:exclusiveGateway");
  CHECK(process.from("state_to_be_filed") ==
        Flows{"Otherwise state_completed", "ground == \"other\" state_prefecture_notice"});
  CHECK(process.from("gateway_county_approval").contains("Approve state_to_be_filed"));
  CHECK(std::any_of(process.all().begin(), process.all().end(), [](const auto& element) {
    return element.name == "bpmn:conditionExpression" && element.text == "ground == \"illness\"";
  }));
}
