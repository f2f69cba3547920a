// Reads what was written with another program's eyes: Boost's XML parser, which throws for what is not well-formed.
#pragma once
#include <boost/property_tree/xml_parser.hpp>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace xueji::tests {

struct XmlElement {
  std::string name;
  std::map<std::string, std::string> attributes;
  std::string text;
  std::string parent_id;  ///< `id` or `bpmnElement` of the nearest element around it that has one
};

inline std::vector<XmlElement> read_xml(const std::string& text) {
  using Tree = boost::property_tree::ptree;
  std::istringstream stream{text};
  Tree tree;
  boost::property_tree::read_xml(stream, tree);
  std::vector<XmlElement> all;
  const std::function<void(const Tree&, const std::string&)> walk = [&](const Tree& node, const std::string& around) {
    for (const auto& [name, child] : node) {
      if (name.front() == '<') continue;
      XmlElement element{name, {}, child.data(), around};
      if (const auto found = child.get_child_optional("<xmlattr>"))
        for (const auto& [key, value] : *found) element.attributes[key] = value.data();
      std::string id = around;
      for (const char* key : {"id", "bpmnElement"})
        if (const auto named = element.attributes.find(key); named != element.attributes.end()) id = named->second;
      all.push_back(std::move(element));
      walk(child, id);
    }
  };
  walk(tree, "");
  return all;
}

inline std::string attribute(const XmlElement& element, const std::string& name) {
  const auto found = element.attributes.find(name);
  return found == element.attributes.end() ? "" : found->second;
}

}  // namespace xueji::tests
