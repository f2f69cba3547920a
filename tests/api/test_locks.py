"""From when on a request keeps its pupil from other business, and what there may be one request for."""
import pathlib
import shutil
from datetime import date, timedelta

import pytest

from support import program
from support.client import new_key, problem
from support.journey import act, now, open_request, scans, task_of
from test_two_schools import RECEIVING, RECEIVING_AUTHORITY, RECEIVING_HEAD, transfer

ROOT = pathlib.Path(__file__).parents[2]
BESIDE, YEARLY = "class-beside", "yearly-check"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """With the shipped businesses, one that locks nobody, and one that is done once in a school year."""
    from conftest import World
    folder = tmp_path_factory.mktemp("locks")
    workflows = folder / "workflows"
    workflows.mkdir()
    for definition in (ROOT / "workflows").glob("*.yaml"):
        if ".scenario." not in definition.name:
            shutil.copy(definition, workflows)
    for key in (BESIDE, YEARLY):
        shutil.copy(ROOT / "tests" / "routes" / f"{key}.yaml", workflows)
    own = World(folder / "world", environment={"XUEJI_WORKFLOWS_DIRECTORY": str(workflows), **program.always_open()})
    yield own
    own.verify_audit()
    own.close()


@pytest.fixture(scope="module")
def free(world):
    """Pupils of the registrar's school with no business; each is taken once."""
    taken = {example.get("student") for example in world.demo["examples"]}
    return [each["id"] for each in world["registrar"].items("/students", status="in_school", limit=200)
            if each["openRequest"] is None and each["id"] not in taken and each["idNumber"]]


@pytest.fixture
def pupil(world, free):
    return record(world, free.pop())


def record(world, student, who="registrar"):
    return world[who].get(f"/students/{student}").json()


def new_class(world, pupil, to="5班", **more):
    return open_request(world["registrar"], pupil["id"], {"new_class": to}, [], workflow=BESIDE, **more)


def check(world, pupil, who="registrar", **more):
    return open_request(world[who], pupil["id"], {"finding": "一致"}, [], workflow=YEARLY, **more)


def name_change(world, pupil, **more):
    return open_request(world["registrar"], pupil["id"], {"new_name": "王小某", "ground": "other", "reason": "更名"}, **more)


def offered(world, pupil, key, who="registrar"):
    found = world[who].get(f"/workflows/{key}", params={"student": pupil["id"]}).json()
    return found["open"]["explain"]


def test_a_business_says_how_it_locks_and_what_it_is_done_once_for(world):
    found = {each["key"]: each for each in world["registrar"].items("/workflows", limit=200)}
    assert (found[BESIDE]["lock"], found[BESIDE]["oncePer"]) == ("none", [])
    assert found[YEARLY]["lock"] == "from submission"
    assert found[YEARLY]["oncePer"] == [{"key": "student", "title": "student"}, {"key": "school year", "title": "school year"}]
    assert found["key-information-change"]["lock"] == "from opening"
    assert world[RECEIVING].get("/workflows/transfer").json()["lock"] == "by opener"
    served = {each["key"]: each["lock"] for each in world["admin"].items("/definitions", limit=200)}
    assert (served["problem-status"], served["class-change"]) == ("when free", "from opening")


def test_what_locks_nobody_is_filed_and_ends_beside_other_business(world, pupil):
    other = name_change(world, pupil)
    assert offered(world, pupil, BESIDE)["allowed"]
    request = new_class(world, pupil)
    assert request["student"]["openRequest"]["id"] == other["id"]
    assert record(world, pupil["id"])["openRequest"]["id"] == other["id"]
    assert act(world["head"], request, "approve")["outcome"] == "completed"
    after = record(world, pupil["id"])
    assert (after["class"], after["openRequest"]["id"]) == ("5班", other["id"])
    assert now(world["registrar"], other)["outcome"] is None


def test_what_locks_nobody_keeps_no_other_business_away(world, pupil):
    first, second = new_class(world, pupil, "4班"), new_class(world, pupil, "6班")
    assert record(world, pupil["id"])["openRequest"] is None
    other = name_change(world, pupil)
    assert record(world, pupil["id"])["openRequest"]["id"] == other["id"]
    for request in (first, second):
        assert act(world["head"], request, "approve")["outcome"] == "completed"
    assert record(world, pupil["id"])["class"] == "6班"
    listed = {each["id"] for each in world["registrar"].items("/requests", student=pupil["id"], limit=200)}
    assert {first["id"], second["id"], other["id"]} <= listed


def test_a_school_changes_nothing_of_a_pupil_who_has_gone_over_meanwhile(world, pupil):
    request = new_class(world, pupil)
    moved = transfer(world, pupil)
    for who in (RECEIVING_HEAD, RECEIVING_AUTHORITY, "head", "county-approver"):
        moved = act(world[who], now(world[who], moved), "approve")
    assert moved["outcome"] == "completed"
    seen = now(world["head"], request)
    approve = next(each for each in seen["actions"] if each["key"] == "approve")
    assert not approve["allowed"] and "another school" in approve["explain"]["reasons"][0]["message"]
    assert "another school" in problem(act(world["head"], seen, "approve", expect=409), 409, "status-not-eligible")["detail"]
    assert record(world, pupil["id"], RECEIVING)["class"] == "三年级二班"
    returned = act(world["head"], seen, "return", comment="学生已转走")
    assert act(world["registrar"], now(world["registrar"], returned), "discard")["outcome"] == "withdrawn"


def test_a_pupil_who_has_gone_over_is_shown_to_the_old_school_as_they_left_it(world, pupil):
    request, old = new_class(world, pupil), world["registrar"]
    draft = new_class(world, pupil, submit=False)
    moved = transfer(world, pupil)
    for who in (RECEIVING_HEAD, RECEIVING_AUTHORITY, "head", "county-approver"):
        moved = act(world[who], now(world[who], moved), "approve")
    new = world[RECEIVING]
    term = {"ground": "family", "from": str(date.today()), "until": str(date.today() + timedelta(days=30))}
    suspended = open_request(new, pupil["id"], term, scans(new, "application"), workflow="suspension")
    for who in (RECEIVING_HEAD, RECEIVING_AUTHORITY):
        suspended = act(world[who], now(world[who], suspended), "approve")
    assert record(world, pupil["id"], RECEIVING)["status"] == "suspended"

    def check_shown():
        for one in (request, draft):
            for name in ("registrar", "head", "county"):
                client = world[name]
                listed = next(each for each in client.items("/requests", limit=200) if each["id"] == one["id"])
                (subject,) = client.items(f"/requests/{one['id']}/subjects")
                for student in (now(client, one)["student"], listed["student"], subject["student"]):
                    shown = {key: student[key] for key in ("status", "school", "grade", "class", "openRequest")}
                    assert shown == {"status": "in_school", "school": pupil["school"], "grade": pupil["grade"], "class": None, "openRequest": None}
                parts = [client.get(f"/requests/{one['id']}{part}").text for part in ("", "/history", "/explain", "/workflow")]
                assert not [text for text in parts if "suspended" in text or moved["places"]["receiving"]["name"] in text]
            for name in ("province", "ministry"):
                assert now(world[name], one)["student"]["status"] == "suspended"

    check_shown()
    refused = problem(act(old, now(old, draft), "submit", expect=409), 409, "status-not-eligible")
    assert "suspended" not in str(refused)
    returned = act(world["head"], now(old, request), "return", comment="学生已转走")
    for one in (returned, now(old, draft)):
        assert act(old, one, "discard")["student"]["status"] == "in_school"
    check_shown()


def renamed(world, pupil, name):
    """By the school that the pupil is at now; the national side doesn't know the name, and the province settles it."""
    new = world[RECEIVING]
    fields = {"new_name": name, "ground": "entry_wrong", "reason": "更正"}
    request = open_request(new, pupil["id"], fields, scans(new, "household_register"))
    for who in (RECEIVING_HEAD, "county2", RECEIVING_AUTHORITY):
        request = act(world[who], now(world[who], request), "approve")
    program.wait_until(lambda: now(world["county2"], request)["state"]["key"] == "county_findings", "the checks")
    act(world["county2"], now(world["county2"], request), "escalate", comment="请省级认定")
    ended = act(world["province-approver"], now(world["province-approver"], request), "approve", comment="准予变更")
    assert ended["outcome"] == "completed"


def test_the_old_school_learns_no_later_name_by_any_act_or_search(world, pupil):
    request = new_class(world, pupil)
    moved = transfer(world, pupil)
    for who in (RECEIVING_HEAD, RECEIVING_AUTHORITY, "head", "county-approver"):
        moved = act(world[who], now(world[who], moved), "approve")
    later = "诸葛后来"
    renamed(world, pupil, later)
    head, task = world["head"], task_of(world["head"], request)["id"]
    for claimed in (head.post(f"/tasks/{task}/claim", key=new_key(), expect=200), head.post(f"/tasks/{task}/release", key=new_key(), expect=200)):
        assert claimed.json()["student"]["name"] == pupil["name"]
    (listed,) = [each for each in head.items("/tasks", limit=200) if each["id"] == task]
    assert listed["student"]["name"] == pupil["name"]
    for path in ("/tasks", "/requests"):
        assert not [each for each in head.found(path, q=later, limit=200) if request["id"] in (each["id"], each.get("request"))]
    assert later not in head.post("/exports/tasks.csv", {"q": later}).text + head.get("/exports/tasks.csv").text
    assert request["id"] in {each["id"] for each in world["ministry"].found("/requests", q=later, limit=200)}
    old = world["registrar"]
    act(head, now(head, request), "return", comment="请核实")
    assert act(old, now(old, request), "discard")["student"]["name"] == pupil["name"]
    for who in (old, head, world["county"]):
        assert later not in str(who.items("/requests", limit=200))
        assert request["id"] not in {each["id"] for each in who.found("/requests", q=later, limit=200)}
        assert later not in who.post("/exports/requests.csv", {"q": later}).text


def test_a_draft_that_locks_from_its_submission_waits_for_what_came_before_it(world, pupil):
    draft = check(world, pupil, submit=False)
    assert draft["student"]["openRequest"] is None
    assert now(world["head"], draft)["id"] == draft["id"], "it is no other school's draft"
    other = name_change(world, pupil)
    refused = act(world["registrar"], draft, "submit", expect=409)
    told = problem(refused, 409, "open-business")
    assert told["request"] == other["id"] and other["holders"][0]["office"]["name"] in told["detail"]
    act(world["registrar"], now(world["registrar"], other), "withdraw")
    submitted = act(world["registrar"], now(world["registrar"], draft), "submit")
    assert record(world, pupil["id"])["openRequest"]["id"] == submitted["id"]
    act(world["registrar"], submitted, "withdraw")


def test_what_is_done_once_is_refused_early_and_names_the_request(world, pupil):
    assert offered(world, pupil, YEARLY)["allowed"]
    first = check(world, pupil)
    assert act(world["county"], first, "approve")["outcome"] == "completed"
    explained = offered(world, pupil, YEARLY)
    assert not explained["allowed"] and [each["rule"] for each in explained["reasons"]] == ["once-per"]
    told = problem(check(world, pupil, submit=False, expect=409), 409, "once-per")
    assert told["request"] == first["id"] and first["id"] in told["detail"]
    told = world["registrar"].post("/requests", {"workflow": YEARLY, "student": pupil["id"]}, key=new_key(),
                                   headers={"Accept-Language": "zh"})
    assert f"此业务对同一学生、学年只办理一次，已有一件（编号 {first['id']}）" == told.json()["detail"]


def test_what_is_taken_back_before_a_decision_may_be_filed_anew_and_what_is_rejected_may_not(world, pupil):
    registrar = world["registrar"]
    assert act(registrar, check(world, pupil), "withdraw")["outcome"] == "withdrawn"
    second = check(world, pupil)
    returned = act(world["county"], second, "return", comment="请写明")
    assert act(registrar, now(registrar, returned), "discard")["outcome"] == "withdrawn"
    third = check(world, pupil)
    assert act(world["county"], third, "reject", comment="不符")["outcome"] == "rejected"
    assert problem(check(world, pupil, expect=409), 409, "once-per")["request"] == third["id"]


def test_of_two_drafts_one_is_submitted(world, pupil):
    registrar = world["registrar"]
    first, second = check(world, pupil, submit=False), check(world, pupil, submit=False)
    first = act(registrar, first, "submit")
    act(world["county"], first, "approve")
    submit = next(each for each in now(registrar, second)["actions"] if each["key"] == "submit")
    assert [each["rule"] for each in submit["explain"]["reasons"]] == ["once-per"]
    assert problem(act(registrar, second, "submit", expect=409), 409, "once-per")["request"] == first["id"]
    assert act(registrar, second, "discard")["outcome"] == "withdrawn"


def test_it_outlives_a_restart_and_another_school_is_not_told_which_request_it_is(world, pupil):
    first = act(world["county"], check(world, pupil), "approve")
    moved = transfer(world, pupil)
    for who in (RECEIVING_HEAD, RECEIVING_AUTHORITY, "head", "county-approver"):
        moved = act(world[who], now(world[who], moved), "approve")
    world.restart()
    told = problem(check(world, pupil, RECEIVING, expect=409), 409, "once-per")
    assert "request" not in told and "holders" not in told
    assert told["detail"] == "This business is done once per student, school year, and there is a request already"
    assert [each["message"] for each in offered(world, pupil, YEARLY, RECEIVING)["reasons"]] == [told["detail"]]
    assert first["outcome"] == "completed"
