"""Lists: pages by cursor, filters, and what they may show."""
import re

import pytest

from support.journey import open_request
from support.program import wait_until

MASKED = re.compile(r"\d{6}\*{12}$")


@pytest.mark.parametrize("path", ["/students", "/requests", "/tasks"])
def test_pages_hold_everything_once(world, path):
    client = world["county"]
    whole = client.get(path, params={"limit": 200}).json()
    assert len(whole["items"]) > 3, "the demo has enough to page through"
    pieces, cursor = [], None
    for _ in range(4):
        page = client.get(path, params={"limit": 1, **({"cursor": cursor} if cursor else {})}).json()
        assert len(page["items"]) == 1
        pieces += page["items"]
        cursor = page["next"]
    assert [item["id"] for item in pieces] == [item["id"] for item in whole["items"]][:4]


def test_the_last_page_ends(world):
    for path in ("/students", "/requests", "/tasks", "/workflows", "/notifications", "/offices", "/schools"):
        items = world["registrar"].items(path)
        assert len({str(item.get("id") or item.get("key")) for item in items}) == len(items), path


def test_fifty_is_the_default(world):
    page = world["county"].get("/students").json()
    assert len(page["items"]) == 50 and page["next"]


def test_id_numbers_are_masked_in_lists_and_whole_in_the_detail(world, supply, registrar):
    student = next(s for s in registrar.items("/students", limit=200) if s["idNumber"])
    assert MASKED.match(student["idNumber"])
    whole = registrar.get("/students/" + student["id"]).json()["idNumber"]
    assert re.fullmatch(r"\d{17}[\dX]", whole) and whole[:6] == student["idNumber"][:6]
    assert student["birthDate"] is None
    assert student["numbers"] and all(re.fullmatch(r"[GLJ]\d{6}\*{12}", each["number"]) for each in student["numbers"])
    request = open_request(registrar, supply.clear("new_id_number")["student"], {"new_id_number": "11010520150901002" + check("11010520150901002"), "ground": "register_changed", "reason": "更正"}, submit=False)
    assert re.fullmatch(r"\d{17}[\dX]", request["fields"]["new_id_number"])
    listed = next(r for r in registrar.items("/requests", student=request["student"]["id"]) if r["id"] == request["id"])
    assert MASKED.match(listed["fields"]["new_id_number"])
    for path in ("/students", "/requests", "/tasks"):
        for client in (registrar, world["county"], world["province"]):
            text = client.get(path, params={"limit": 200}).text
            assert not re.search(r'\d{17}[\dX]"', text), f"{path} shows a whole number"
            assert not re.search(r'"birthDate":"', text), f"{path} shows a birth date"


def test_exports_and_the_dossiers_in_lists_hide_numbers_too(world, supply):
    province = world["province"]
    deletion = supply.deletion()
    request = open_request(province, deletion["student"], deletion["fields"], workflow="g-number-deletion")
    assert request["fields"]["number"] == deletion["fields"]["number"]
    (listed,) = [each for each in province.items("/requests", student=deletion["student"]) if each["id"] == request["id"]]
    assert listed["fields"]["number"] == deletion["fields"]["number"][:7] + "*" * 12
    for path in ("/exports/requests.csv", "/exports/tasks.csv"):
        assert not re.search(r"\d{17}[\dX]", province.get(path).text), f"{path} shows a whole number"


def check(digits):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(digits, weights)) % 11]


def test_students_are_found(registrar):
    student = next(s for s in registrar.items("/students", limit=200) if s["idNumber"] and s["numbers"])
    whole = registrar.get("/students/" + student["id"]).json()
    number = whole["numbers"][0]["number"]
    wanted = {"idNumber": whole["idNumber"], "number": number, "name": whole["name"]}
    for key, value in wanted.items():
        assert student["id"] in [s["id"] for s in registrar.found("/students", **{key: value})], key
    assert [s["id"] for s in registrar.found("/students", idNumber=whole["idNumber"].lower())] == \
        [s["id"] for s in registrar.found("/students", idNumber=whole["idNumber"])]
    classmates = registrar.items("/students", **{"class": whole["class"], "limit": 200})
    assert classmates and {s["class"] for s in classmates} == {whole["class"]}
    in_school = registrar.items("/students", status="in_school", school=whole["school"]["id"], limit=200)
    assert in_school and {(s["status"], s["school"]["id"]) for s in in_school} == {("in_school", whole["school"]["id"])}
    assert registrar.found("/students", name="没有这个人的名字") == []


def test_a_percent_sign_is_only_a_percent_sign(registrar):
    for text in ("%", "_", "'", '"', "\\", "%' OR 1=1 --", "*"):
        assert registrar.found("/students", name=text) == []
        registrar.found("/tasks", q=text)


def test_names_are_found_by_look_alike_dots(world):
    dotted = [student for student in world["county"].items("/students", limit=200) if "·" in student["name"]]
    assert dotted, "the demo has dotted names"
    for dot in "•・‧":
        found = world["county"].found("/students", name=dotted[0]["name"].replace("·", dot))
        assert dotted[0]["id"] in [s["id"] for s in found], dot


def test_requests_are_filtered(registrar, supply, county):
    request = open_request(registrar, supply.student()["id"], {"new_name": "欧阳列表", "ground": "register_changed", "reason": "更正"})
    for parameters in ({"workflow": "key-information-change"}, {"state": "head_review"}, {"student": request["student"]["id"]},
                       {"school": request["student"]["school"]["id"]}, {"mine": "true"}):
        found = registrar.items("/requests", limit=200, **parameters)
        assert request["id"] in [r["id"] for r in found], parameters
    assert all(r["state"]["key"] == "head_review" for r in registrar.items("/requests", limit=200, state="head_review"))
    assert request["id"] not in [r["id"] for r in registrar.items("/requests", limit=200, outcome="completed")]
    is_listed = {shown: request["id"] in [r["id"] for r in registrar.items("/requests", limit=200, open=shown)] for shown in ("true", "false")}
    assert is_listed == {"true": True, "false": False}
    assert all(r["outcome"] == "completed" for r in registrar.items("/requests", limit=200, outcome="completed"))
    assert request["id"] not in [r["id"] for r in county.items("/requests", limit=200, mine="true")]


def test_requests_are_exported_as_they_are_filtered(registrar, supply):
    open_request(registrar, supply.student()["id"], {"new_name": "欧阳导出", "ground": "register_changed", "reason": "更正"})
    for parameters in ({"mine": "true", "open": "true"}, {"open": "false"}, {"outcome": "completed"}):
        lines = registrar.get("/exports/requests.csv", params=parameters).content.decode().strip().splitlines()
        assert len(lines) == len(registrar.items("/requests", limit=200, **parameters)) + 1, parameters


def test_the_demo_has_requests_in_every_state(world):
    states = {r["state"]["key"] for r in world["ministry"].items("/requests", limit=200)}
    for workflow in world["ministry"].items("/workflows") + world["registrar"].items("/workflows") + world["province"].items("/workflows"):
        assert {state["key"] for state in workflow["states"]} - states <= {"central_check"}, workflow["key"]


def test_what_is_served_for_the_demo(world):
    demo = world.anonymous().get("/demo").json()
    assert {"registrar", "head", "registrar2", "county", "county-approver", "county2", "province", "province-approver", "province2",
            "ministry", "ministry-approver", "admin"} <= {account["username"] for account in demo["accounts"]}
    kinds = [(e["workflow"], e["outcome"]) for e in demo["examples"]]
    assert kinds.count(("key-information-change", "clear")) >= 200
    assert kinds.count(("key-information-change", "suspect")) >= 10
    assert kinds.count(("g-number-deletion", "clear")) >= 5
    assert len({e.get("student") or e.get("request") or e["find"]["number"] for e in demo["examples"]}) == len(demo["examples"])


@pytest.mark.parametrize("path, filters", [
    ("/requests", {}), ("/requests", {"open": "true"}), ("/requests", {"open": "false"}), ("/requests", {"outcome": "completed"}),
    ("/requests", {"open": "true", "workflow": "g-number-deletion"}), ("/requests", {"open": "true", "outcome": "completed"}),
    ("/students", {}), ("/students", {"status": "suspended"}), ("/tasks", {}), ("/tasks", {"overdue": "true"}),
    ("/notifications", {}), ("/notifications", {"unread": "true"})])
def test_counts_are_those_of_the_list(world, path, filters):
    for username in ("registrar", "county", "province", "ministry"):
        client = world[username]
        counted = client.get(path, params={**filters, "count": "true", "limit": 1}).json()
        assert counted["count"] == min(len(client.items(path, limit=200, **filters)), 1000), username
        assert "count" not in client.get(path, params=filters).json()


def while_nothing_ends(client, read):
    """All requests, and what was read while none of them ended: the national side answers those of the demo at the start."""
    def both():
        before = client.items("/requests", limit=200)
        found = read()
        after = client.items("/requests", limit=200)
        return (after, found) if [(r["id"], r["outcome"]) for r in before] == [(r["id"], r["outcome"]) for r in after] else None

    return wait_until(both, "a moment in which no request ends")


def test_open_requests_and_ended_ones(world):
    for username in ("registrar", "county", "ministry"):
        client = world[username]
        for is_open in (True, False):
            everything, found = while_nothing_ends(client, lambda: client.items("/requests", limit=7, open=str(is_open).lower()))
            assert [r["id"] for r in found] == [r["id"] for r in everything if (r["outcome"] is None) == is_open]
            assert found or username == "registrar"
