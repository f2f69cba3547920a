// Reads the parts of a scenario that are words of a small language of their own: moments, offices, people.
#pragma once
#include "engine/scenario/scenario.hpp"
#include "engine/yaml/yaml_reader.hpp"

namespace xueji {

std::optional<Moment> read_moment(const YamlNode& node, FaultList& faults);
/// `第一小学 under 东城区 under 北京市`, or `{name: 第一小学 under …, stages: [primary], system: 5-4}`.
std::vector<std::string> read_school(const YamlNode& node, ScenarioSchool& school, FaultList& faults);
/// A person by word or by a name of `given.people`.
std::string read_person(const YamlNode& node, const Scenario& scenario, FaultList& faults);
std::optional<RefusalKind> read_refusal(const YamlNode& node, FaultList& faults);
std::string read_state(const YamlNode& node, std::string_view name, const Definition& definition, FaultList& faults);

}  // namespace xueji
