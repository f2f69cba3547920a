// What there is, in the words in which a story tells it, so that the two can be compared.
#pragma once
#include <string>
#include <vector>

#include "engine/registry/changes.hpp"
#include "engine/registry/student.hpp"

namespace xueji {

/// With commas between; `nobody` where there are none.
std::string joined(const std::vector<std::string>& words);
/// Each once.
std::vector<std::string> sorted(std::vector<std::string> words);
/// At each `, `.
std::vector<std::string> split(const std::string& list);
/// All that the record has: `none`, or each with its state.
std::vector<std::string> numbers_of(const Student& student);
/// `name: 张三 -> 张叁; class: 1班 -> 2班`, or `nothing`.
std::string text_of(const std::vector<RegistryChange>& changes);

}  // namespace xueji
