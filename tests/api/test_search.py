"""Who is found by what people type, in bodies and never in addresses."""

import csv
import io

import pytest

from support.journey import open_request
from support.client import problem


@pytest.fixture(scope="module")
def named(world):
    """A student with a number, and a surname that is read in one way."""
    client = world["county"]
    return pupil(client, lambda name: name.startswith("王") and len(name) == 3)


def pupil(client, called):
    """The first of whom the name is such; the number ends in a digit, for an X alone is the first letter of a name."""
    for listed in client.items("/students", limit=200):
        if called(listed["name"]) and listed["idNumber"]:
            whole = client.get("/students/" + listed["id"]).json()
            if whole["idNumber"][-1].isdigit():
                return whole
    raise AssertionError("the demo has such a pupil")


def ids(items):
    return [item["id"] for item in items]


@pytest.mark.parametrize("level", ["registrar", "county", "province", "ministry"])
def test_a_student_is_found_by_any_part_and_by_last_digits(world, named, level):
    client = world[level]
    if level == "registrar":
        named = pupil(client, lambda name: len(name) == 3)
    name, number = named["name"], named["idNumber"]
    for typed in (name, name[1:], name[1], name[:2], number, number[-6:], number[-4:].lower(), number[-5:]):
        assert named["id"] in ids(client.found("/students", q=typed, limit=200)), typed
    for typed in (name, name[1:]):
        assert named["id"] in ids(client.found("/students", name=typed, limit=200)), typed
    assert named["id"] not in ids(client.found("/students", name=number[-6:]))
    for part in (number[-1:], number[-3:], number[-7:], number[-17:], number[:6], number[6:14]):
        assert client.found("/students", q=part) == [], "a masked number is not asked out digit by digit"
    assert named["id"] not in ids(client.found("/students", q="诸葛没有"))


@pytest.mark.parametrize("typed", ["wang", "Wang ", "wáng", "w"])
def test_pinyin_and_initials_find_a_name(world, named, typed):
    assert named["id"] in ids(world["county"].found("/students", q=typed, limit=200))


def test_a_rare_character_is_found_by_the_common_one(world):
    rare = next(s for s in world["ministry"].found("/students", name="𠮷", limit=200) if "𠮷" in s["name"])
    for typed in (rare["name"].replace("𠮷", "吉"), "吉", "ji"):
        assert rare["id"] in ids(world["ministry"].found("/students", name=typed, limit=200)), typed


def test_a_search_stays_within_the_jurisdiction(world, named):
    stranger = world["registrar2"]
    for typed in (named["name"], named["idNumber"], named["idNumber"][-6:], named["numbers"][0]["number"]):
        assert named["id"] not in ids(stranger.found("/students", q=typed, limit=200))
    assert stranger.found("/students", number=named["numbers"][0]["number"]) == []
    assert stranger.found("/students", idNumber=named["idNumber"]) == []
    school = named["school"]["id"]
    assert stranger.found("/students", school=school, q="w") == []


def test_what_is_found_is_masked(world, named):
    for student in world["county"].found("/students", q=named["idNumber"][-6:]):
        assert student["birthDate"] is None and student["idNumber"].endswith("*" * 12), student


def test_filters_and_searches_work_together(world, named):
    county = world["county"]
    found = county.found("/students", q="w", **{"class": named["class"], "status": named["status"], "school": named["school"]["id"]})
    assert named["id"] in ids(found) and {s["class"] for s in found} == {named["class"]}
    page = county.post("/students/search", {"q": "w", "limit": 1, "count": True}).json()
    assert len(page["items"]) == 1 and page["next"] and page["count"] == len(county.found("/students", q="w"))
    again = county.post("/students/search", {"q": "w", "limit": 1, "cursor": page["next"]}).json()
    assert again["items"][0]["id"] != page["items"][0]["id"]
    problem(county.post("/students/search", {"q": "l", "cursor": page["next"]}, expect=400), 400, "malformed")


def test_requests_and_tasks_are_found_by_their_student(world, supply):
    request = open_request(world["registrar"], supply.student()["id"], {"new_name": "欧阳寻找", "ground": "register_changed", "reason": "更正"})
    name, number = request["student"]["name"], request["student"]["idNumber"]
    for typed in (name, name[-1], *([number[-6:]] if number else [])):
        for client in ("registrar", "county", "ministry"):
            assert request["id"] in ids(world[client].found("/requests", q=typed, limit=200)), (typed, client)
        assert request["id"] in [task["request"] for task in world["head"].found("/tasks", q=typed, limit=200)]
    assert request["id"] not in ids(world["registrar2"].found("/requests", q=name))
    assert request["id"] not in ids(world["county"].found("/requests", q=name, outcome="completed"))
    assert request["id"] in ids(world["county"].found("/requests", q=name, open=True, school=request["student"]["school"]["id"]))
    text = world["head"].post("/exports/tasks.csv", {"q": name}).content.decode("utf-8-sig")
    assert request["id"] in {line[0] for line in csv.reader(io.StringIO(text))}
    text = world["county"].post("/exports/requests.csv", {"q": name, "open": True}).content.decode("utf-8-sig")
    assert request["id"] in {line[0] for line in csv.reader(io.StringIO(text))}
    assert world["county"].post("/exports/requests.xlsx", {"q": "没有这个人"}).content.startswith(b"PK")


@pytest.mark.parametrize("path", ["/students/search", "/requests/search", "/tasks/search"])
@pytest.mark.parametrize("body, pointer", [
    ({"q": None}, "/q"), ({"q": 1}, "/q"), ({"limit": "5"}, "/limit"), ({"limit": 0}, "/limit"), ({"limit": 201}, "/limit"),
    ({"limit": 1.5}, "/limit"), ({"count": "true"}, "/count"), ({"cursor": 1}, "/cursor"), ({"nickname": "x"}, "/nickname")])
def test_what_a_search_does_not_take_is_told(world, path, body, pointer):
    answer = problem(world["county"].post(path, body, expect=422), 422, "validation")
    assert [error["pointer"] for error in answer["errors"]] == [pointer]


def test_blank_words_narrow_nothing(world):
    county = world["county"]
    everybody = county.post("/students/search", {"count": True}).json()["count"]
    for blank in ("", " ", "\u3000"):
        assert county.post("/students/search", {"q": blank, "count": True}).json()["count"] == everybody
    assert county.found("/students", q="·") == []


@pytest.mark.parametrize("path, body", [
    ("/requests", {"workflow": "key-information-change", "student": "1", "submit": None}),
    ("/requests", {"workflow": "key-information-change", "student": "1", "fields": None}),
    ("/requests", {"workflow": "key-information-change", "student": "1", "evidence": None}),
    ("/notifications/read", {"ids": None}), ("/tasks/actions", {"action": "approve", "items": None})])
def test_null_is_refused_where_it_means_nothing(world, path, body):
    key = {"key": "null-" + path.replace("/", "-")} if path != "/notifications/read" else {}
    answer = problem(world["registrar"].post(path, body, expect=422, **key), 422, "validation")
    null = next(name for name, value in body.items() if value is None)
    assert "/" + null in [error["pointer"] for error in answer["errors"]]
