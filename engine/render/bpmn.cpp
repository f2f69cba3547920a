#include "engine/render/bpmn.hpp"

#include <array>

#include "engine/render/bpmn_model.hpp"
#include "engine/render/xml.hpp"

namespace xueji {
namespace {

std::string_view element_of(BpmnType type) {
  static constexpr std::array<std::string_view, 12> names{
      "bpmn:startEvent",       "bpmn:userTask",        "bpmn:serviceTask",    "bpmn:callActivity",
      "bpmn:exclusiveGateway", "bpmn:parallelGateway", "bpmn:complexGateway", "bpmn:intermediateCatchEvent",
      "bpmn:boundaryEvent",    "bpmn:endEvent",        "bpmn:endEvent",       "bpmn:endEvent"};
  return names[static_cast<std::size_t>(type)];
}

class Document {
 public:
  Document(const Definition& definition, Language language)
      : definition_(definition), language_(language), model_(bpmn_model(definition, language)) {}

  std::string write() {
    xml_.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml_.open("bpmn:definitions", {{"xmlns:bpmn", "http://www.omg.org/spec/BPMN/20100524/MODEL"},
                                   {"xmlns:bpmndi", "http://www.omg.org/spec/BPMN/20100524/DI"},
                                   {"xmlns:dc", "http://www.omg.org/spec/DD/20100524/DC"},
                                   {"xmlns:di", "http://www.omg.org/spec/DD/20100524/DI"},
                                   {"xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"},
                                   {"id", "definitions"},
                                   {"targetNamespace", "urn:xueji:" + definition_.key},
                                   {"exporter", "xueji"}});
    write_categories();
    write_process();
    write_diagram();
    xml_.close();
    return xml_.take();
  }

 private:
  void write_categories() {
    for (const BpmnGroup& group : model_.groups) {
      xml_.open("bpmn:category", {{"id", "category_" + group.id}});
      xml_.empty("bpmn:categoryValue", {{"id", "value_" + group.id}, {"value", group.name}});
      xml_.close();
    }
  }

  void write_process() {
    xml_.open("bpmn:process",
              {{"id", "process"}, {"name", definition_.title.in(language_)}, {"isExecutable", "false"}});
    if (const std::string& told = definition_.description.in(language_); !told.empty())
      xml_.text("bpmn:documentation", told);
    for (const BpmnNode& node : model_.nodes) write_node(node);
    for (const BpmnFlow& flow : model_.flows) write_flow(flow);
    for (const BpmnGroup& group : model_.groups)
      xml_.empty("bpmn:group", {{"id", group.id}, {"categoryValueRef", "value_" + group.id}});
    xml_.close();
  }

  void write_node(const BpmnNode& node) {
    XmlWriter::Attributes attributes{{"id", node.id}};
    if (!node.name.empty()) attributes.emplace_back("name", node.name);
    if (!node.called.empty()) attributes.emplace_back("calledElement", "xueji:" + node.called);
    if (node.type == BpmnType::boundary_timer) {
      attributes.emplace_back("attachedToRef", node.attached_to);
      attributes.emplace_back("cancelActivity", node.interrupting ? "true" : "false");
    }
    xml_.open(element_of(node.type), attributes);
    if (!node.documentation.empty()) xml_.text("bpmn:documentation", node.documentation);
    for (const BpmnFlow& flow : model_.flows)
      if (flow.target == node.id) xml_.text("bpmn:incoming", flow.id);
    for (const BpmnFlow& flow : model_.flows)
      if (flow.source == node.id) xml_.text("bpmn:outgoing", flow.id);
    write_details(node);
    xml_.close();
  }

  void write_details(const BpmnNode& node) {
    if (node.type == BpmnType::user_task && !node.performer.empty()) {
      xml_.open("bpmn:potentialOwner");
      xml_.open("bpmn:resourceAssignmentExpression");
      xml_.text("bpmn:formalExpression", node.performer);
      xml_.close();
      xml_.close();
    }
    if (node.type == BpmnType::timer_catch_event || node.type == BpmnType::boundary_timer) {
      xml_.open("bpmn:timerEventDefinition", {{"id", "timer_" + node.id}});
      xml_.text("bpmn:timeDuration", node.timer, {{"xsi:type", "bpmn:tFormalExpression"}});
      xml_.close();
    }
    if (node.type == BpmnType::terminate_event)
      xml_.empty("bpmn:terminateEventDefinition", {{"id", "terminate_" + node.id}});
    if (node.type == BpmnType::escalation_event)
      xml_.empty("bpmn:escalationEventDefinition", {{"id", "escalation_" + node.id}});
  }

  void write_flow(const BpmnFlow& flow) {
    XmlWriter::Attributes attributes{{"id", flow.id}};
    if (!flow.name.empty()) attributes.emplace_back("name", flow.name);
    attributes.emplace_back("sourceRef", flow.source);
    attributes.emplace_back("targetRef", flow.target);
    if (flow.condition.empty()) return xml_.empty("bpmn:sequenceFlow", attributes);
    xml_.open("bpmn:sequenceFlow", attributes);
    xml_.text("bpmn:conditionExpression", flow.condition, {{"xsi:type", "bpmn:tFormalExpression"}});
    xml_.close();
  }

  void write_diagram() {
    xml_.open("bpmndi:BPMNDiagram", {{"id", "diagram"}});
    xml_.open("bpmndi:BPMNPlane", {{"id", "plane"}, {"bpmnElement", "process"}});
    for (const BpmnGroup& group : model_.groups) write_shape(group.id, group.box, group.label, {});
    for (const BpmnNode& node : model_.nodes)
      write_shape(node.id, node.box, node.label,
                  node.type == BpmnType::exclusive_gateway ? XmlWriter::Attributes{{"isMarkerVisible", "true"}}
                                                           : XmlWriter::Attributes{});
    for (const BpmnFlow& flow : model_.flows) write_edge(flow);
    xml_.close();
    xml_.close();
  }

  void write_shape(const std::string& id, const Box& box, const Box& label, const XmlWriter::Attributes& more) {
    XmlWriter::Attributes attributes{{"id", "shape_" + id}, {"bpmnElement", id}};
    attributes.insert(attributes.end(), more.begin(), more.end());
    xml_.open("bpmndi:BPMNShape", attributes);
    write_bounds(box);
    write_label(label);
    xml_.close();
  }

  void write_edge(const BpmnFlow& flow) {
    xml_.open("bpmndi:BPMNEdge", {{"id", "edge_" + flow.id}, {"bpmnElement", flow.id}});
    for (const Point& point : flow.way) xml_.empty("di:waypoint", {{"x", to_text(point.x)}, {"y", to_text(point.y)}});
    if (!flow.name.empty()) write_label(flow.label);
    xml_.close();
  }

  void write_label(const Box& label) {
    if (label.width <= 0) return;
    xml_.open("bpmndi:BPMNLabel");
    write_bounds(label);
    xml_.close();
  }

  void write_bounds(const Box& box) {
    xml_.empty(
        "dc:Bounds",
        {{"x", to_text(box.x)}, {"y", to_text(box.y)}, {"width", to_text(box.width)}, {"height", to_text(box.height)}});
  }

  const Definition& definition_;
  Language language_;
  BpmnModel model_;
  XmlWriter xml_;
};

}  // namespace

std::string render_bpmn(const Definition& definition, Language language) {
  return Document{definition, language}.write();
}

}  // namespace xueji
