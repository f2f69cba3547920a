// The rows of the route table that are for administrators.
#include <array>

#include "web/server/answers.hpp"
#include "web/server/resources/resources.hpp"
#include "web/server/route_parameters.hpp"

namespace xueji::web {
namespace {

constexpr std::array account_parameters{Parameter{"office", id_schema, "with a post at this very office"},
                                        Parameter{"q", text_schema, "part of the name or of the user name"}, cursor,
                                        limit};
constexpr std::array parameters_of_checks{
    Parameter{"outcome", R"({"enum":["unavailable","none"]})",
              "the last answer: `unavailable`, or `none` for those not asked yet"},
    counted, cursor, limit};
constexpr std::array confirmed{
    Parameter{"confirm", truth_schema, "`true`: also where tasks are left that nobody at their post can decide"}};
constexpr std::array account_change_problems{404, 409, 415, 422};
constexpr std::array post_removal_problems{404, 409};
constexpr std::array retry_problems{404, 409, 415, 422};

constexpr std::array administration_table{
    Route{.method = Method::get,
          .pattern = "/api/v1/accounts",
          .operation = "listAccounts",
          .summary = "Accounts with a post in the administrator's offices",
          .access = Access::admin,
          .blocking = list_accounts,
          .parameters = account_parameters,
          .response_schema = "AccountList",
          .body_max = 0},
    Route{.method = Method::post,
          .pattern = "/api/v1/accounts",
          .operation = "addAccount",
          .summary = "Adds an account with its posts",
          .access = Access::admin,
          .blocking = add_account,
          .password = true,
          .body_schema = "NewAccount",
          .success = 201,
          .response_schema = "Account",
          .problems = bad_body},
    Route{.method = Method::patch,
          .pattern = "/api/v1/accounts/{username}",
          .operation = "changeAccount",
          .summary = "Shuts an account out, or lets it in again",
          .access = Access::admin,
          .blocking = change_account,
          .parameters = confirmed,
          .body_schema = "AccountChange",
          .response_schema = "Account",
          .problems = account_change_problems},
    Route{.method = Method::post,
          .pattern = "/api/v1/accounts/{username}/posts",
          .operation = "addPost",
          .summary = "Gives an account a post",
          .access = Access::admin,
          .blocking = add_post,
          .body_schema = "NewPost",
          .success = 201,
          .response_schema = "Post",
          .problems = bad_body_or_not_found},
    Route{.method = Method::del,
          .pattern = "/api/v1/accounts/{username}/posts/{post}",
          .operation = "removePost",
          .summary = "Takes a post away",
          .access = Access::admin,
          .blocking = remove_post,
          .parameters = confirmed,
          .success = 204,
          .problems = post_removal_problems},
    Route{.method = Method::get,
          .pattern = "/api/v1/tasks/undecidable",
          .operation = "listUndecidableTasks",
          .summary = "Tasks within the administrator's offices that nobody at their post can decide, longest so first",
          .access = Access::admin,
          .blocking = list_undecidable_tasks,
          .parameters = paging,
          .response_schema = "UndecidableTaskList",
          .body_max = 0},
    Route{
        .method = Method::get,
        .pattern = "/api/v1/definitions",
        .operation = "listDefinitions",
        .summary = "Every version of every business, and how many requests of the administrator's offices stand where",
        .access = Access::admin,
        .blocking = list_definitions,
        .parameters = paging,
        .response_schema = "DefinitionList",
        .body_max = 0},
    Route{.method = Method::get,
          .pattern = "/api/v1/definitions/{key}/{version}/diagram",
          .operation = "showDefinitionDiagram",
          .summary = "A version of a business as a picture; elements have `data-state`, `data-from`, `data-to`",
          .access = Access::admin,
          .blocking = show_definition_diagram,
          .response_schema = "Picture",
          .problems = not_found_only,
          .body_max = 0,
          .response_type = svg_type},
    Route{.method = Method::get,
          .pattern = "/api/v1/checks",
          .operation = "listChecks",
          .summary = "What waits for the national side within the administrator's offices, longest waiting first",
          .access = Access::admin,
          .blocking = list_checks,
          .parameters = parameters_of_checks,
          .response_schema = "CheckList",
          .body_max = 0},
    Route{.method = Method::post,
          .pattern = "/api/v1/checks/{id}/retry",
          .operation = "retryCheck",
          .summary = "Asks now instead of at the next attempt",
          .access = Access::admin,
          .blocking = retry_check,
          .body_schema = "Nothing",
          .response_schema = "Check",
          .problems = retry_problems},
    Route{.method = Method::get,
          .pattern = "/api/v1/health",
          .operation = "showServerHealth",
          .summary = "Figures of the running server, and of the checks within the administrator's offices",
          .access = Access::admin,
          .blocking = show_server_health,
          .response_schema = "ServerHealth",
          .body_max = 0},
};

}  // namespace

std::span<const Route> administration_routes() { return administration_table; }

}  // namespace xueji::web
