"""A business between two schools: the school that asks finds the pupil, both sides see their part and no more."""
import re

import pytest

from support.client import new_key, problem
from support.journey import act, history, knowledge, now, open_request, scans, task_of
from support.live import Live

FIELDS = {"ground": "household_moved", "reason": "随父母迁居", "new_class": "三年级二班"}
RECEIVING, RECEIVING_HEAD, RECEIVING_AUTHORITY = "registrar2", "head-2111000004", "approver-110102"


def papers(client):
    return scans(client, "application") + scans(client, "household_register")


def find(world, student, who=RECEIVING):
    return world[who].post("/students/find", knowledge(student), expect=200).json()


@pytest.fixture
def pupil(world, supply):
    return world["registrar"].get("/students/" + supply.student(with_id_number=True)["id"]).json()


def transfer(world, student, **more):
    client = world[RECEIVING]
    return open_request(client, find(world, student)["handle"], FIELDS, papers(client), workflow="transfer", **more)


def test_a_pupil_is_found_by_number_name_and_birth_date_together(world, pupil):
    found = find(world, pupil)
    assert found | {"handle": ""} == {"handle": "", "name": pupil["name"], "school": pupil["school"], "status": "in_school", "openBusiness": False}
    for number in [each["number"] for each in pupil["numbers"]]:
        assert world[RECEIVING].post("/students/find", knowledge(pupil) | {"number": number.lower()}, expect=200).json()["name"] == pupil["name"]
    for wrong in ({"name": "王某某"}, {"birthDate": "2001-02-03"}, {"number": "110105194912310021"}, {"number": "1"}):
        problem(world[RECEIVING].post("/students/find", knowledge(pupil) | wrong), 404, "not-found")
    answer = world[RECEIVING].post("/students/find", {"number": "x", "name": 1, "birthDate": "someday", "more": True})
    problem(answer, 422, "validation")
    assert {each["pointer"] for each in answer.json()["errors"]} == {"/name", "/birthDate", "/more"}


def test_looking_for_a_pupil_leaves_a_line_that_tells_nothing_of_what_was_typed(world, pupil):
    find(world, pupil)
    world[RECEIVING].post("/students/find", knowledge(pupil) | {"name": "没有此人"}, expect=404)
    lines = world["admin"].items("/audit", account=RECEIVING, action="student_sought", limit=200)
    assert {line["record"] for line in lines} >= {f"students/{pupil['id']}", "students"}
    assert pupil["name"] not in str(lines) and knowledge(pupil)["number"] not in str(lines)


def test_the_search_is_limited(private_world, pupil):
    world = private_world(environment={"XUEJI_ACCOUNTS_FINDS_PER_MINUTE": "3"}, simulator=False)
    answers = [world[RECEIVING].post("/students/find", knowledge(pupil)) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert int(answers[-1].headers["Retry-After"]) >= 1


def test_a_handle_serves_its_caller_alone_and_a_plain_id_nobody_elsewhere(world, pupil):
    handle = find(world, pupil)["handle"]
    client = world[RECEIVING]
    for student in (pupil["id"], "A" * 43, handle[:-1]):
        problem(client.post("/requests", {"workflow": "transfer", "student": student}, key=new_key()), 404, "not-found")
    problem(world["registrar-2111000007"].post("/requests", {"workflow": "transfer", "student": handle}, key=new_key()), 404, "not-found")
    problem(client.post("/requests", {"workflow": "key-information-change", "student": handle}, key=new_key()), 404, "not-found")
    assert client.get("/workflows/transfer", params={"student": handle}).json()["open"]["now"] is True
    problem(client.get("/students/" + pupil["id"], expect=None), 404, "not-found")


def test_a_draft_is_unseen_where_the_pupil_is_until_it_is_filed(world, pupil):
    draft = transfer(world, pupil, submit=False)
    sending, county, receiving = world["registrar"], world["county"], world[RECEIVING]
    for client in (sending, county):
        problem(client.get(f"/requests/{draft['id']}", expect=None), 404, "not-found")
        assert draft["id"] not in {each["id"] for each in client.items("/requests", limit=200)}
    assert sending.get("/students/" + pupil["id"]).json()["openRequest"] is None
    assert draft["id"] in {each["id"] for each in receiving.items("/requests", limit=200)}

    with Live(sending) as screen:
        act(receiving, draft, "submit")
        screen.wait("request.changed", request=draft["id"])
    for client in (sending, county, world["county2"], world["province"], world["ministry"]):
        assert client.get(f"/requests/{draft['id']}").json()["id"] == draft["id"]
    assert draft["id"] in {each["id"] for each in sending.items("/requests", limit=200)}
    assert sending.get("/students/" + pupil["id"]).json()["openRequest"]["id"] == draft["id"]
    problem(world["registrar-2111000007"].get(f"/requests/{draft['id']}", expect=None), 404, "not-found")
    act(receiving, now(receiving, draft), "withdraw")


def test_a_request_tells_another_school_who_the_pupil_is_and_no_more(world, pupil):
    request = transfer(world, pupil)
    own = world["registrar"].get(f"/requests/{request['id']}").json()
    assert own["student"]["idNumber"] == pupil["idNumber"] and own["student"]["class"] == pupil["class"]
    for name in (RECEIVING, RECEIVING_AUTHORITY, RECEIVING_HEAD):
        seen = world[name].get(f"/requests/{request['id']}").json()
        student = seen["student"]
        assert {key: student[key] for key in ("name", "sex", "birthDate", "status", "grade", "school")} == {
            key: pupil[key] for key in ("name", "sex", "birthDate", "status", "grade", "school")}
        assert student["class"] is None
        assert all(each["number"].endswith("*" * 12) for each in student["numbers"]) and student["idNumber"].endswith("*" * 12)
        text = str(seen) + world[name].get(f"/requests/{request['id']}/history").text + world[name].get(f"/requests/{request['id']}/submissions").text
        assert pupil["idNumber"] not in text and f"'{pupil['class']}'" not in text
        assert seen["places"] == own["places"]
    assert {word: office["id"] for word, office in own["places"].items()} == {"receiving": request["places"]["receiving"]["id"], "sending": pupil["school"]["id"]}
    assert own["subjects"] == [{"ordinal": 1, "register": "student", "id": pupil["id"]}] and own["subjectCount"] == 1
    scan = request["evidence"][0]["sha256"]
    for name in ("registrar", "county", RECEIVING_AUTHORITY):
        assert world[name].get(f"/evidence/{scan}").status_code == 200
    problem(world["registrar-2111000007"].get(f"/evidence/{scan}", expect=None), 404, "not-found")
    act(world[RECEIVING], now(world[RECEIVING], request), "withdraw")


def test_which_business_keeps_a_pupil_is_not_told_to_another_school(world, pupil):
    mine = open_request(world["registrar"], pupil["id"], {"new_name": "王小某", "ground": "other", "reason": "更名"}, submit=False)
    assert find(world, pupil)["openBusiness"] is True
    answer = world[RECEIVING].post("/requests", {"workflow": "transfer", "student": find(world, pupil)["handle"]}, key=new_key())
    problem(answer, 409, "open-business")
    told = {key: value for key, value in answer.json().items() if key not in ("instance", "status")}
    assert "request" not in told and "holders" not in told and mine["id"] not in re.findall(r"\d+", str(told["detail"]) + str(told["explain"]["reasons"]))
    act(world["registrar"], mine, "discard")


def test_a_pupil_goes_over_with_the_record_and_the_sending_school_keeps_what_stood(world, pupil):
    request = transfer(world, pupil)
    for who in (RECEIVING_HEAD, RECEIVING_AUTHORITY, "head", "county-approver"):
        request = act(world[who], now(world[who], request), "approve")
    assert request["outcome"] == "completed"

    receiving, sending = world[RECEIVING], world["registrar"]
    over = receiving.get("/students/" + pupil["id"]).json()
    assert over["school"]["id"] == request["places"]["receiving"]["id"] and over["class"] == FIELDS["new_class"]
    assert over["numbers"] == pupil["numbers"] and over["status"] == "in_school" and over["grade"] == pupil["grade"]
    assert any(entry["request"] == request["id"] for entry in receiving.items(f"/students/{pupil['id']}/history"))
    problem(sending.get("/students/" + pupil["id"], expect=None), 404, "not-found")
    kept = sending.get(f"/requests/{request['id']}").json()["student"]
    assert kept["name"] == pupil["name"] and kept["school"] == over["school"] and kept["class"] is None

    change = open_request(receiving, over["id"], {"new_name": pupil["name"] + "安", "ground": "register_changed", "reason": "户口登记已变更"},
                          scans(receiving))
    act(world[RECEIVING_HEAD], now(world[RECEIVING_HEAD], change), "approve")
    assert sending.get(f"/requests/{request['id']}").json()["student"]["name"] == pupil["name"]
    problem(sending.get(f"/requests/{change['id']}", expect=None), 404, "not-found")
    problem(sending.get(f"/students/{pupil['id']}/history", expect=None), 404, "not-found")


def test_two_schools_that_ask_at_once_are_served_in_turn(world, pupil):
    first = transfer(world, pupil, submit=False)
    other = world["registrar-2111000007"]
    found = other.post("/students/find", knowledge(pupil), expect=200).json()
    second = open_request(other, found["handle"], FIELDS, papers(other), workflow="transfer")
    answer = world[RECEIVING].post(f"/requests/{first['id']}/actions/submit", {}, key=new_key(), version=first["version"])
    problem(answer, 409, "open-business")
    assert "request" not in answer.json()
    act(other, now(other, second), "withdraw")
    act(world[RECEIVING], now(world[RECEIVING], first), "submit")
    act(world[RECEIVING], now(world[RECEIVING], first), "withdraw")


def test_transfers_are_decided_one_by_one_and_the_others_of_the_same_call_go_on(world, supply):
    head, school = world["head"], world["registrar"]
    transfers = [transfer(world, school.get("/students/" + supply.student()["id"]).json()) for _ in range(2)]
    for request in transfers:
        for who in (RECEIVING_HEAD, RECEIVING_AUTHORITY):
            act(world[who], now(world[who], request), "approve")
    change = open_request(school, supply.student()["id"], {"new_name": "欧阳逐件", "ground": "register_changed", "reason": "户口簿更正"})
    requests = [transfers[0], change, transfers[1]]
    tasks = [task_of(head, request) for request in requests]
    assert [task["oneByOne"] for task in tasks] == [True, False, True]
    states = {state["key"]: state.get("oneByOne") for state in head.get("/workflows/transfer").json()["states"]}
    assert states["draft"] is None and states["sending_school"] is True and states["completed"] is None

    def in_bulk(action, **more):
        items = [{"task": task["id"], "version": task["version"]} for task in tasks]
        return head.post("/tasks/actions", {"action": action, "items": items, **more}, expect=200, key=new_key()).json()["results"]

    for language, detail in (("zh", "批量办理不适用于此环节，请逐件办理"), ("en", "This step is not decided in bulk; open each request and decide it there")):
        items = [{"task": tasks[0]["id"], "version": tasks[0]["version"]}]
        (refused,) = head.post("/tasks/actions", {"action": "return", "comment": "请补充", "items": items}, expect=200, key=new_key(),
                               headers={"Accept-Language": language}).json()["results"]
        assert refused["status"] == 409 and refused["problem"]["type"] == "/problems/one-by-one" and refused["problem"]["detail"] == detail
        assert [reason["rule"] for reason in refused["problem"]["explain"]["reasons"]] == ["one-by-one"]
    results = in_bulk("approve")
    assert [result["status"] for result in results] == [409, 200, 409]
    assert [now(head, request)["state"]["key"] for request in requests] == ["sending_school", "county_review", "sending_school"]
    assert now(head, transfers[0])["version"] == tasks[0]["version"]
    explained = head.get(f"/requests/{transfers[0]['id']}/explain", params={"action": "approve"}).json()
    assert explained["allowed"] is True

    assert [result["status"] for result in in_bulk("comment", comment="正在核对")][::2] == [200, 200]
    assert [entry["action"] for entry in history(head, transfers[1])][-1] == "comment"
    for request in transfers:
        assert act(head, now(head, request), "approve")["state"]["key"] == "sending_authority"
        act(world[RECEIVING], now(world[RECEIVING], request), "withdraw")
