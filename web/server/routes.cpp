#include <array>

#include "web/server/resources/resources.hpp"

namespace xueji::web {
namespace {

constexpr std::string_view id_schema = R"({"type":"string","pattern":"^[1-9][0-9]{0,18}$"})";
constexpr std::string_view text_schema = R"({"type":"string","maxLength":200})";
constexpr std::string_view truth_schema = R"({"type":"boolean"})";
constexpr std::string_view outcome_schema = R"({"enum":["completed","rejected","withdrawn","cancelled","expired"]})";

constexpr Parameter cursor{"cursor", R"({"type":"string"})", "`next` of the page before"};
constexpr Parameter limit{"limit", R"({"type":"integer","minimum":1,"maximum":200,"default":50})", "items on a page"};
constexpr Parameter workflow{"workflow", text_schema, "key of a business"};
constexpr Parameter state{"state", text_schema, "key of a state"};
constexpr Parameter outcome{"outcome", outcome_schema, "how it ended"};
constexpr Parameter school{"school", id_schema, "id of a school"};
constexpr Parameter overdue{"overdue", truth_schema, "`true`: only those past their deadline"};
constexpr Parameter q{"q", text_schema, "part of a student's name, or the beginning of a number"};
constexpr Parameter sort{"sort", R"({"enum":["since","-since","due","-due"],"default":"since"})", "oldest or most urgent first; `-` turns it round"};

constexpr std::array paging{cursor, limit};
constexpr std::array student_parameters{
    Parameter{"number", text_schema, "a student number, current or former"}, Parameter{"idNumber", text_schema, "an ID number"},
    Parameter{"name", text_schema, "the beginning of a name"}, school,
    Parameter{"status", R"({"enum":["in_school","suspended","abroad","left","dropped_out","withdrawn","expelled","missing","graduated","completed","attended","deceased"]})", "status"},
    Parameter{"class", text_schema, "class"}, cursor, limit};
constexpr std::array evidence_parameters{Parameter{"filename", R"({"type":"string","maxLength":255})", "the file's name, kept with it"}};
constexpr std::array request_parameters{
    workflow, state, outcome, Parameter{"student", id_schema, "id of a student"}, school,
    Parameter{"mine", truth_schema, "`true`: only those that the caller opened"}, cursor, limit};
constexpr std::array explain_parameters{
    Parameter{"action", text_schema, "one action; without it all of the state are listed"},
    Parameter{"account", text_schema, "another person's user name, for administrators"}, cursor, limit};
constexpr std::array task_parameters{
    workflow, state, overdue, q, sort, Parameter{"count", truth_schema, "`true`: `count` says how many there are, up to 1000"}, cursor, limit};
constexpr std::array notification_parameters{Parameter{"after", id_schema, "only newer ones, oldest first"}, cursor, limit};
constexpr std::array office_parameters{
    Parameter{"level", R"({"enum":["ministry","province","prefecture","county","school"]})", "level"},
    Parameter{"supervisor", id_schema, "id of the office above"}, cursor, limit};
constexpr std::array request_export_parameters{workflow, state, outcome, school};
constexpr std::array task_export_parameters{workflow, state, overdue, q, sort};

constexpr std::array not_found_only{404};
constexpr std::array bad_body{415, 422};
constexpr std::array bad_body_or_not_found{404, 415, 422};
constexpr std::array sign_in_problems{401, 403, 415, 422, 429};
constexpr std::array explain_problems{403, 404};
constexpr std::array upload_problems{413, 415};
constexpr std::array opening_problems{403, 404, 409, 415, 422};
constexpr std::array editing_problems{403, 404, 409, 412, 415, 422, 428};
constexpr std::array claiming_problems{403, 404, 409, 412, 415, 422};
constexpr std::array not_ready{503};

constexpr std::size_t upload_max = 10 * 1024 * 1024 + 64 * 1024;  ///< room for the frame of a multipart body
constexpr std::size_t form_max = 256 * 1024;

constexpr std::string_view html = "text/html";
constexpr std::string_view csv = "text/csv";
constexpr std::string_view xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

constexpr std::array table{
    Route{.method = Method::post, .pattern = "/api/v1/session", .operation = "signIn", .summary = "Signs in", .access = Access::open,
          .blocking = sign_in, .password = true, .body_schema = "SignIn", .success = 201, .response_schema = "SignedIn", .problems = sign_in_problems},
    Route{.method = Method::del, .pattern = "/api/v1/session", .operation = "signOut", .summary = "Signs out, and ends the session's WebSockets",
          .blocking = sign_out, .success = 204},
    Route{.method = Method::get, .pattern = "/api/v1/me", .operation = "showMe", .summary = "The caller's account and posts",
          .blocking = show_me, .response_schema = "Account", .body_max = 0},
    Route{.method = Method::post, .pattern = "/api/v1/me/delegations", .operation = "lendPost", .summary = "Lends a post of one's own to a colleague for a time",
          .blocking = lend_post, .body_schema = "NewDelegation", .success = 201, .response_schema = "Delegation", .problems = bad_body},
    Route{.method = Method::del, .pattern = "/api/v1/me/delegations/{username}/{post}", .operation = "takePostBack", .summary = "Takes a lent post back",
          .blocking = take_post_back, .success = 204, .problems = not_found_only},
    Route{.method = Method::get, .pattern = "/api/v1/workflows", .operation = "listWorkflows", .summary = "The businesses that the caller may open",
          .blocking = list_workflows, .parameters = paging, .response_schema = "WorkflowList", .body_max = 0},
    Route{.method = Method::get, .pattern = "/api/v1/workflows/{key}", .operation = "showWorkflow", .summary = "One business that the caller may open or has a part in",
          .blocking = show_workflow, .response_schema = "Workflow", .problems = not_found_only, .body_max = 0},
    Route{.method = Method::get, .pattern = "/api/v1/students", .operation = "listStudents", .summary = "Students within the caller's jurisdiction",
          .blocking = list_students, .parameters = student_parameters, .response_schema = "StudentList", .body_max = 0},
    Route{.method = Method::get, .pattern = "/api/v1/students/{id}", .operation = "showStudent", .summary = "One student",
          .blocking = show_student, .response_schema = "Student", .problems = not_found_only, .body_max = 0},
    Route{.method = Method::get, .pattern = "/api/v1/students/{id}/history", .operation = "listStudentHistory", .summary = "Every change of the student's record, newest first",
          .blocking = list_student_history, .parameters = paging, .response_schema = "HistoryList", .problems = not_found_only, .body_max = 0},
    Route{.method = Method::get, .pattern = "/api/v1/students/{id}/numbers", .operation = "listStudentNumbers", .summary = "Every number that the student has or had",
          .blocking = list_student_numbers, .parameters = paging, .response_schema = "NumberList", .problems = not_found_only, .body_max = 0},
    Route{.method = Method::post, .pattern = "/api/v1/evidence", .operation = "uploadEvidence", .summary = "Uploads a scan (JPEG, PNG or PDF), raw or as multipart with one part `file`; 200 when it was here already",
          .blocking = upload_evidence, .parameters = evidence_parameters, .body_schema = "Scan", .success = 201, .response_schema = "Upload",
          .problems = upload_problems, .body_max = upload_max},
    Route{.method = Method::get, .pattern = "/api/v1/evidence/{sha256}", .operation = "showEvidence", .summary = "A scan: one's own, or of a request that the caller may see",
          .blocking = show_evidence, .response_schema = "Scan", .problems = not_found_only, .body_max = 0},
    Route{.method = Method::post, .pattern = "/api/v1/requests", .operation = "openRequest", .summary = "Opens a request; with `submit` it goes on from the draft at once",
          .later = open_request, .body_schema = "NewRequest", .success = 201, .response_schema = "Request", .problems = opening_problems,
          .body_max = form_max, .needs_idempotency_key = true},
    Route{.method = Method::get, .pattern = "/api/v1/requests", .operation = "listRequests", .summary = "Requests within the caller's jurisdiction, newest first",
          .blocking = list_requests, .parameters = request_parameters, .response_schema = "RequestList", .body_max = 0},
    Route{.method = Method::get, .pattern = "/api/v1/requests/{id}", .operation = "showRequest", .summary = "One request; its ETag is the version",
          .blocking = show_request, .response_schema = "Request", .problems = not_found_only, .body_max = 0},
    Route{.method = Method::patch, .pattern = "/api/v1/requests/{id}", .operation = "editRequest", .summary = "Changes a draft's fields and evidence",
          .later = edit_request, .body_schema = "RequestChange", .response_schema = "Request", .problems = editing_problems,
          .body_max = form_max, .needs_if_match = true},
    Route{.method = Method::get, .pattern = "/api/v1/requests/{id}/history", .operation = "listRequestHistory", .summary = "Everything that happened, oldest first",
          .blocking = list_request_history, .parameters = paging, .response_schema = "HistoryList", .problems = not_found_only, .body_max = 0},
    Route{.method = Method::get, .pattern = "/api/v1/requests/{id}/explain", .operation = "explainRequest", .summary = "Whether an action is allowed, if not why, and who could do it",
          .blocking = explain_request, .parameters = explain_parameters, .response_schema = "ExplainOrList", .problems = explain_problems, .body_max = 0},
    Route{.method = Method::post, .pattern = "/api/v1/requests/{id}/actions/{action}", .operation = "actOnRequest", .summary = "Does an action of the request's state, or `comment` or `reassign`",
          .later = act_on_request, .body_schema = "Act", .response_schema = "Request", .problems = editing_problems, .body_max = form_max,
          .needs_idempotency_key = true, .needs_if_match = true},
    Route{.method = Method::get, .pattern = "/api/v1/tasks", .operation = "listTasks", .summary = "The queue of the caller's posts",
          .blocking = list_tasks, .parameters = task_parameters, .response_schema = "TaskList", .body_max = 0},
    Route{.method = Method::post, .pattern = "/api/v1/tasks/actions", .operation = "actOnTasks", .summary = "Does one action on up to 100 tasks; each has its own result",
          .later = act_on_tasks, .body_schema = "BulkAct", .response_schema = "BulkResults", .problems = bad_body},
    Route{.method = Method::post, .pattern = "/api/v1/tasks/{id}/claim", .operation = "claimTask", .summary = "Claims a task, so that nobody else decides it meanwhile",
          .later = claim_task, .body_schema = "Nothing", .response_schema = "Task", .problems = claiming_problems},
    Route{.method = Method::post, .pattern = "/api/v1/tasks/{id}/release", .operation = "releaseTask", .summary = "Gives a claimed task back",
          .later = release_task, .body_schema = "Nothing", .response_schema = "Task", .problems = claiming_problems},
    Route{.method = Method::get, .pattern = "/api/v1/notifications", .operation = "listNotifications", .summary = "The inbox, newest first",
          .blocking = list_notifications, .parameters = notification_parameters, .response_schema = "NotificationList", .body_max = 0},
    Route{.method = Method::post, .pattern = "/api/v1/notifications/read", .operation = "readNotifications", .summary = "Marks notifications as read",
          .blocking = read_notifications, .body_schema = "ReadNotifications", .success = 204, .problems = bad_body},
    Route{.method = Method::get, .pattern = "/api/v1/events", .operation = "followEvents", .summary = "Opens the WebSocket of live events (see /asyncapi.json)",
          .blocking = refuse_plain_events, .success = 101, .problems = explain_problems, .body_max = 0},
    Route{.method = Method::get, .pattern = "/api/v1/offices", .operation = "listOffices", .summary = "The caller's offices, those above them, and all below",
          .blocking = list_offices, .parameters = office_parameters, .response_schema = "OfficeList", .body_max = 0},
    Route{.method = Method::get, .pattern = "/api/v1/accounts", .operation = "listAccounts", .summary = "Accounts with a post in the administrator's offices",
          .access = Access::admin, .blocking = list_accounts, .parameters = paging, .response_schema = "AccountList", .body_max = 0},
    Route{.method = Method::post, .pattern = "/api/v1/accounts", .operation = "addAccount", .summary = "Adds an account with its posts", .access = Access::admin,
          .blocking = add_account, .password = true, .body_schema = "NewAccount", .success = 201, .response_schema = "Account", .problems = bad_body},
    Route{.method = Method::patch, .pattern = "/api/v1/accounts/{username}", .operation = "changeAccount", .summary = "Shuts an account out, or lets it in again",
          .access = Access::admin, .blocking = change_account, .body_schema = "AccountChange", .response_schema = "Account", .problems = bad_body_or_not_found},
    Route{.method = Method::post, .pattern = "/api/v1/accounts/{username}/posts", .operation = "addPost", .summary = "Gives an account a post", .access = Access::admin,
          .blocking = add_post, .body_schema = "NewPost", .success = 201, .response_schema = "Post", .problems = bad_body_or_not_found},
    Route{.method = Method::del, .pattern = "/api/v1/accounts/{username}/posts/{post}", .operation = "removePost", .summary = "Takes a post away", .access = Access::admin,
          .blocking = remove_post, .success = 204, .problems = not_found_only},
    Route{.method = Method::get, .pattern = "/api/v1/statistics", .operation = "showStatistics", .summary = "How many requests stand where, within the caller's offices",
          .blocking = show_statistics, .parameters = paging, .response_schema = "Statistics", .body_max = 0},
    Route{.method = Method::get, .pattern = "/api/v1/exports/requests.csv", .operation = "exportRequests", .summary = "Requests for a spreadsheet, at most 10,000",
          .blocking = export_requests, .parameters = request_export_parameters, .response_schema = "Csv", .body_max = 0, .response_type = csv},
    Route{.method = Method::get, .pattern = "/api/v1/exports/tasks.csv", .operation = "exportTasks", .summary = "The caller's queue for a spreadsheet, at most 10,000",
          .blocking = export_tasks, .parameters = task_export_parameters, .response_schema = "Csv", .body_max = 0, .response_type = csv},
    Route{.method = Method::get, .pattern = "/api/v1/exports/requests.xlsx", .operation = "exportRequestsWorkbook", .summary = "The same as a workbook",
          .blocking = export_requests, .parameters = request_export_parameters, .response_schema = "Workbook", .body_max = 0, .response_type = xlsx},
    Route{.method = Method::get, .pattern = "/api/v1/exports/tasks.xlsx", .operation = "exportTasksWorkbook", .summary = "The same as a workbook",
          .blocking = export_tasks, .parameters = task_export_parameters, .response_schema = "Workbook", .body_max = 0, .response_type = xlsx},
    Route{.method = Method::get, .pattern = "/api/v1/demo", .operation = "showDemo", .summary = "Accounts and examples to try, only with --demo", .access = Access::open,
          .blocking = show_demo, .response_schema = "Demo", .body_max = 0, .only_demo = true},
    Route{.method = Method::get, .pattern = "/demo", .operation = "showDemoAtRoot", .summary = "The same as /api/v1/demo", .access = Access::open,
          .blocking = show_demo, .response_schema = "Demo", .body_max = 0, .only_demo = true},
    Route{.method = Method::get, .pattern = "/openapi.json", .operation = "showOpenApi", .summary = "This description, OpenAPI 3.1", .access = Access::open,
          .blocking = show_openapi, .response_schema = "AnyObject", .body_max = 0},
    Route{.method = Method::get, .pattern = "/asyncapi.json", .operation = "showAsyncApi", .summary = "The live events, AsyncAPI 3.0", .access = Access::open,
          .blocking = show_asyncapi, .response_schema = "AnyObject", .body_max = 0},
    Route{.method = Method::get, .pattern = "/healthz", .operation = "showHealth", .summary = "The process is alive", .access = Access::open,
          .blocking = show_health, .response_schema = "Health", .body_max = 0},
    Route{.method = Method::get, .pattern = "/readyz", .operation = "showReadiness", .summary = "The server can do its work", .access = Access::open,
          .blocking = show_readiness, .response_schema = "Readiness", .problems = not_ready, .body_max = 0},
    Route{.method = Method::get, .pattern = "/metrics", .operation = "showMetrics", .summary = "Figures for Prometheus", .access = Access::open,
          .blocking = show_metrics, .response_schema = "PlainText", .body_max = 0, .response_type = "text/plain"},
    Route{.method = Method::get, .pattern = "/", .operation = "showLandingPage", .summary = "Where to begin", .access = Access::open,
          .blocking = show_landing_page, .response_schema = "PlainText", .body_max = 0, .response_type = html},
    Route{.method = Method::get, .pattern = "/docs", .operation = "showDocs", .summary = "This description for people", .access = Access::open,
          .blocking = show_docs, .response_schema = "PlainText", .body_max = 0, .response_type = html},
    Route{.method = Method::get, .pattern = "/problems", .operation = "listProblems", .summary = "Every type of problem", .access = Access::open,
          .blocking = list_problem_pages, .response_schema = "PlainText", .body_max = 0, .response_type = html},
    Route{.method = Method::get, .pattern = "/problems/{slug}", .operation = "showProblem", .summary = "What a type of problem means, and what to do", .access = Access::open,
          .blocking = show_problem_page, .response_schema = "PlainText", .problems = not_found_only, .body_max = 0, .response_type = html},
    Route{.method = Method::get, .pattern = "/style.css", .operation = "showStylesheet", .summary = "The style of these pages", .access = Access::open,
          .blocking = show_stylesheet, .response_schema = "PlainText", .body_max = 0, .response_type = "text/css"},
};

}  // namespace

std::span<const Route> routes() { return table; }

}  // namespace xueji::web
