// The shape Workflow.
#pragma once
#include "web/shapes/json_student.hpp"

namespace xueji::web {

/// The student about whom somebody thinks of opening a business, or whom an open one is about.
struct Prospect {
  Student student;
  std::optional<OpenRequest> open;   ///< the student's open request
  const Caller* caller;              ///< who would open it; null where it is open already
  bool found = false;                ///< by a handle, wherever the student's school is
  const Request* request = nullptr;  ///< the open one
  WhoHas who_has{};                  ///< asks the registry
};

/// When anybody may begin one, whoever it is about: windows with a condition are left to the explanation.
WindowAnswer window_now(const Definition& definition, const Rendering& rendering);

/// With a prospect also whether the caller may open it about this student, and who would hold each state.
void write_workflow(JsonWriter& json, const Catalog::Entry& entry, const Rendering& rendering,
                    const Prospect* prospect = nullptr);
/// Its members, into an object that is open.
void write_workflow_members(JsonWriter& json, const Catalog::Entry& entry, const Rendering& rendering,
                            const Prospect* prospect = nullptr);

}  // namespace xueji::web
