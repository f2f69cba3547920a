// The members of a request that no question filters by, as one JSON text in its row.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "engine/machine/request.hpp"

namespace xueji::sql {

std::string to_document(const Request& request);
/// Fills in what to_document() wrote; id, definition, student, school, state, outcome, version, opener, last hash are
/// columns.
void read_document(std::string_view document, Request& request);

/// Those of its findings that are suspect, without reading the rest.
std::vector<Finding> suspect_findings(std::string_view document);

/// Values and scans of a submission, likewise; ordinal and round are columns.
std::string submission_to_document(const Submission& submission);
void read_submission(std::string_view document, Submission& submission);

/// What is filled in for one of several students; nothing where nothing is.
std::optional<std::string> values_to_document(const FieldValues& values);
FieldValues read_values(std::string_view document);

}  // namespace xueji::sql
