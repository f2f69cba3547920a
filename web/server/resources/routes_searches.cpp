// The rows of the route table that search by names and numbers: in bodies, so that none stands in an address.
#include <array>

#include "web/server/answers.hpp"
#include "web/server/resources/resources.hpp"
#include "web/server/route_parameters.hpp"

namespace xueji::web {
namespace {

constexpr std::string_view csv = "text/csv";
constexpr std::string_view workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

constexpr std::array search_table{
    Route{.method = Method::post,
          .pattern = "/api/v1/students/search",
          .operation = "searchStudents",
          .summary =
              "Students within the caller's jurisdiction by any part of a name, its pinyin or initials, or numbers",
          .blocking = search_students,
          .lane = ReadLane::list,
          .body_schema = "StudentSearch",
          .response_schema = "StudentList",
          .problems = bad_body},
    Route{.method = Method::post,
          .pattern = "/api/v1/students/find",
          .operation = "findStudent",
          .summary = "A student anywhere in the nation, by number, name and birth date together; the handle names the "
                     "student for an hour where a request is opened",
          .blocking = find_student,
          .body_schema = "StudentFind",
          .response_schema = "FoundStudent",
          .problems = find_problems},
    Route{.method = Method::post,
          .pattern = "/api/v1/requests/search",
          .operation = "searchRequests",
          .summary = "Requests within the caller's jurisdiction, newest first, by what finds their student",
          .blocking = search_requests,
          .lane = ReadLane::list,
          .body_schema = "RequestSearch",
          .response_schema = "RequestList",
          .problems = bad_body},
    Route{.method = Method::post,
          .pattern = "/api/v1/tasks/search",
          .operation = "searchTasks",
          .summary = "The queue of the caller's posts, by what finds the student",
          .blocking = search_tasks,
          .lane = ReadLane::list,
          .body_schema = "TaskSearch",
          .response_schema = "TaskList",
          .problems = bad_body},
    Route{.method = Method::post,
          .pattern = "/api/v1/exports/requests.csv",
          .operation = "exportFoundRequests",
          .summary = "Requests that are searched for, for a spreadsheet, at most 10,000",
          .blocking = export_found_requests,
          .lane = ReadLane::heavy,
          .body_schema = "RequestSearch",
          .response_schema = "Csv",
          .problems = bad_body,
          .response_type = csv},
    Route{.method = Method::post,
          .pattern = "/api/v1/exports/requests.xlsx",
          .operation = "exportFoundRequestsWorkbook",
          .summary = "The same as a workbook",
          .blocking = export_found_requests,
          .lane = ReadLane::heavy,
          .body_schema = "RequestSearch",
          .response_schema = "Workbook",
          .problems = bad_body,
          .response_type = workbook},
    Route{.method = Method::post,
          .pattern = "/api/v1/exports/tasks.csv",
          .operation = "exportFoundTasks",
          .summary = "Tasks that are searched for, for a spreadsheet, at most 10,000",
          .blocking = export_found_tasks,
          .lane = ReadLane::heavy,
          .body_schema = "TaskSearch",
          .response_schema = "Csv",
          .problems = bad_body,
          .response_type = csv},
    Route{.method = Method::post,
          .pattern = "/api/v1/exports/tasks.xlsx",
          .operation = "exportFoundTasksWorkbook",
          .summary = "The same as a workbook",
          .blocking = export_found_tasks,
          .lane = ReadLane::heavy,
          .body_schema = "TaskSearch",
          .response_schema = "Workbook",
          .problems = bad_body,
          .response_type = workbook},
};

}  // namespace

std::span<const Route> search_routes() { return search_table; }

}  // namespace xueji::web
