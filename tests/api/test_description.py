"""What the server says of itself: OpenAPI, AsyncAPI, health, figures."""
import json
import re

import pytest
import requests

from support.openapi import Description

# The members that the contract fixes, by the names of the shapes in /openapi.json.
SHAPES = {
    "Account": "username name locale posts",
    "Office": "id name level supervisor stages system",
    "Student": "id name idNumber sex birthDate status grade stage graduating class school numbers openRequest version",
    "Workflow": "key version sha256 title description open fields evidence states actions",
    "Request": "id workflow state outcome version student fields changes evidence openedBy openedAt holders findings actions",
    "HistoryEntry": "id request at effectiveAt by post action from to comment changes hash previousHash",
    "Task": "id request workflow state student office role since due overdue claimedBy version",
    "Notification": "id at kind request text read",
    "Explain": "action allowed reasons who",
    "Problem": "type title status detail instance",
}
ROUTES = """POST /api/v1/session|DELETE /api/v1/session|GET /api/v1/me|GET /api/v1/workflows|GET /api/v1/workflows/{}|GET /api/v1/students
GET /api/v1/students/{}|GET /api/v1/students/{}/history|GET /api/v1/students/{}/numbers|POST /api/v1/evidence|GET /api/v1/evidence/{}
POST /api/v1/requests|GET /api/v1/requests|GET /api/v1/requests/{}|PATCH /api/v1/requests/{}|GET /api/v1/requests/{}/history
GET /api/v1/requests/{}/explain|POST /api/v1/requests/{}/actions/{}|GET /api/v1/tasks|POST /api/v1/tasks/{}/claim
POST /api/v1/tasks/{}/release|POST /api/v1/tasks/actions|GET /api/v1/notifications|POST /api/v1/notifications/read|GET /api/v1/events
GET /api/v1/offices|GET /api/v1/accounts|GET /api/v1/statistics|GET /healthz|GET /readyz|GET /metrics""".replace("\n", "|").split("|")


@pytest.fixture(scope="module")
def description(world):
    return world.anonymous().description


def test_it_is_openapi_3_1_and_lists_the_contracts_routes(description):
    assert description.document["openapi"].startswith("3.1")
    listed = {f"{method} {re.sub(r'{[^}]*}', '{}', path)}" for method, path, _ in description.operations()}
    assert set(ROUTES) - listed == set()
    assert [path for path in description.document["paths"] if path.startswith("/api/v1/exports")]


@pytest.mark.parametrize("shape", SHAPES)
def test_the_shapes_of_the_contract(description, shape):
    schema = description.document["components"]["schemas"][shape]
    members = set(SHAPES[shape].split())
    assert members - set(schema["properties"]) == set()
    optional = {"errors", "explain"}
    assert members - set(schema["required"]) <= optional


def test_every_operation_is_described_whole(description):
    ids = []
    for method, path, operation in description.operations():
        ids.append(operation["operationId"])
        assert operation["summary"].strip(), (method, path)
        assert operation["x-access"] in ("open", "signed_in", "admin"), (method, path)
        declared = {p["name"] for p in map(description.deref, operation.get("parameters", [])) if p["in"] == "path"}
        assert declared == set(re.findall(r"{([^}]*)}", path)), (method, path)
        assert any(status.startswith(("2", "1")) for status in operation["responses"]), (method, path)
    assert len(set(ids)) == len(ids)


def test_its_references_lead_somewhere(description):
    for reference in set(re.findall(r'"\$ref": "([^"]+)"', json.dumps(description.document))):
        assert description.deref({"$ref": reference})


def test_asyncapi_names_every_event(world):
    document = requests.get(world.url + "/asyncapi.json", timeout=10).json()
    assert document["asyncapi"][0] in "23"
    text = json.dumps(document)
    for kind in ("task.added", "task.changed", "task.removed", "request.changed", "notification.added", "resync"):
        assert f'"{kind}"' in text, kind


def test_health_readiness_and_pages(world):
    for page in ("/healthz", "/readyz", "/docs"):
        assert world.anonymous().get(page, check=False).text.strip(), page


def test_figures_for_prometheus(world):
    answer = world.anonymous().get("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain")
    samples = [line for line in answer.text.splitlines() if line and not line.startswith("#")]
    assert len([line for line in samples if line.startswith("xueji_")]) > 10
    assert all(re.fullmatch(r"[a-zA-Z_:][a-zA-Z0-9_:]*(\{.*\})? [-+0-9.eEInfNa]+", line) for line in samples)


def test_exports_hold_what_the_lists_hold(world, description):
    exports = [path for method, path, _ in description.operations() if method == "GET" and path.startswith("/api/v1/exports") and "{" not in path]
    for path in exports:
        answer = world["admin" if "/audit." in path else "county"].get(path)
        assert answer.content and "attachment" in answer.headers["Content-Disposition"], path
        assert not re.search(rb"\d{17}[\dX]", answer.content) or not path.endswith("csv"), f"{path} shows a whole ID number"


def test_statistics_and_offices_are_cut_to_the_jurisdiction(world):
    schools = [office for office in world["registrar"].items("/offices", limit=200) if office["level"] == "school"]
    assert len(schools) == 1
    assert len(world["ministry"].items("/offices", limit=200)) >= 1 + 3 + 8 + 24
    assert world["county"].get("/statistics").json()


def test_what_has_fitted_once_excuses_nothing_else():
    """The tests compare nothing anew that has fitted before; so a fault beside it, within it or by another schema must be seen."""
    shapes = {"Name": {"type": "string"}, "Count": {"type": "integer"},
              "Student": {"properties": {"name": {"$ref": "#/components/schemas/Name"}}, "required": ["name"]}}
    description = Description({"paths": {}, "components": {"schemas": shapes}})

    def faults(shape, value):
        return description.faults({"type": "array", "items": {"$ref": f"#/components/schemas/{shape}"}}, value)

    assert faults("Student", [{"name": "1"}]) == []
    assert faults("Student", [{"name": "1"}, {}]) == ["$[1]: 'name' is a required property"]
    for _ in range(2):
        assert faults("Student", [{"name": "1"}, {"name": 1}]) == ["$[1].name: 1 is not of type 'string'"]
    assert faults("Count", ["1"]) == ["$[0]: '1' is not of type 'integer'"]
    assert faults("Count", [1]) == []
    assert faults("Name", [1]) == ["$[0]: 1 is not of type 'string'"]
