"""A place that a field of the form names: it takes part from the submission on, and moves with it."""
import pytest

from conftest import Supply, World
from support.client import problem
from support.journey import act, history, now, office_of, open_request, task_of
from support.live import Live
from support.own_definitions import with_definitions
from support.program import wait_until

REASON = "随父母迁居"
RECEIVING, RECEIVING_HEAD, ANOTHER, ANOTHER_HEAD = "registrar2", "head-2111000004", "registrar-2111000007", "head-2111000007"
ROUTE = "tests/routes/transfer-r7.yaml"
LEAVING = """format: 2
key: leaving
version: 1
title: {zh: 离校登记, en: Leaving}
source: of this test
subject: student
open: {by: registrar at student.school}
states:
  draft:
    draft: registrar at student.school
    title: {zh: 填报, en: Draft}
    due: 30 working days
    overdue: {expire: expired}
    actions: {submit: {to: completed}}
  completed:
    end: completed
    title: {zh: 办结, en: Completed}
    effects:
      - open: {definition: transfer-r7, about: student, by: registrar at student.school, fields: {reason: 随父母迁居}}
  expired: {end: expired, title: {zh: 逾期失效, en: Expired}}
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("field-places")
    environment = with_definitions(folder / "workflows", ROUTE)
    (folder / "workflows" / "leaving.yaml").write_text(LEAVING, encoding="utf-8")
    own = World(folder, simulator=False, environment=environment)
    yield own
    own.verify_audit()
    own.close()


@pytest.fixture(scope="module")
def supply(world):
    return Supply(world)


@pytest.fixture
def pupil(world, supply):
    return world["registrar"].get("/students/" + supply.student(with_id_number=True)["id"]).json()


def sent(world, pupil, to=RECEIVING, **more):
    fields = {"new_school": office_of(world[to]), "reason": REASON}
    return open_request(world["registrar"], pupil["id"], fields, [], workflow="transfer-r7", **more)


def sees(client, request):
    listed = request["id"] in {each["id"] for each in client.items("/requests", limit=200)}
    one = client.call("GET", f"/requests/{request['id']}", check=False).status_code
    assert one == (200 if listed else 404)
    return listed


def test_the_business_says_which_field_names_a_place(world):
    told = world["registrar"].get("/workflows/transfer-r7").json()
    assert [(each["key"], each["field"]) for each in told["places"]] == [("sending", None), ("receiving", "new_school")]


def test_any_school_of_the_country_is_found_by_name_and_code(world):
    registrar, schools = world["registrar"], [each for each in world["ministry"].items("/offices", limit=200) if each["level"] == "school"]
    assert {each["id"] for each in registrar.items("/schools", limit=5)} == {each["id"] for each in schools}
    far = next(each for each in schools if each["code"].startswith("2144"))
    authority = world["ministry"].get("/offices/" + far["supervisor"]).json()["name"]
    shown = {"id": far["id"], "name": far["name"], "code": far["code"], "authority": authority}
    assert shown in registrar.items("/schools", q=far["name"][:4]) and registrar.items("/schools", q=far["code"]) == [shown]
    assert registrar.get("/schools/" + far["id"]).json() == shown
    assert registrar.items("/schools", q="没有这所学校") == []
    problem(registrar.get("/schools/" + far["supervisor"], expect=404), 404, "not-found")
    problem(registrar.get("/offices/" + far["id"], expect=404), 404, "not-found")


def test_a_school_takes_part_from_the_submission_on(world, pupil):
    draft = sent(world, pupil, submit=False)
    assert set(draft["places"]) == {"sending"}
    # What the form says shows the way ahead, and lets nobody in.
    ahead = {step["key"]: step["holder"] for step in draft["steps"]}
    assert ahead["receiving_school"]["office"]["id"] == office_of(world[RECEIVING])
    receiving, head = world[RECEIVING], world[RECEIVING_HEAD]
    assert not sees(receiving, draft) and not sees(head, draft) and not sees(world["county2"], draft)
    with Live(receiving) as screen:
        request = act(world["registrar"], draft, "submit")
        screen.wait("request.changed", request=draft["id"])
    assert request["places"]["receiving"]["id"] == office_of(world[RECEIVING])
    for client in (receiving, head, world["county2"], world["county"], world["province"]):
        assert sees(client, draft)
    assert not sees(world[ANOTHER], draft) and not sees(world["province2"], draft)
    act(world["registrar"], now(world["registrar"], draft), "comment", comment="等待接收")
    problem(act(world[ANOTHER_HEAD], request, "approve", expect=404), 404, "not-found")
    explained = receiving.get(f"/requests/{draft['id']}/explain", params={"action": "approve"}).json()
    assert not explained["allowed"] and {reason["rule"] for reason in explained["reasons"]} == {"post"}


def test_the_receiving_school_is_told_who_the_pupil_is_and_no_more(world, pupil):
    request = sent(world, pupil)
    seen = world[RECEIVING].get(f"/requests/{request['id']}").json()
    student = seen["student"]
    assert (student["name"], student["birthDate"], student["school"]) == (pupil["name"], pupil["birthDate"], pupil["school"])
    assert student["class"] is None and student["idNumber"].endswith("*" * 12)
    assert all(each["number"].endswith("*" * 12) for each in student["numbers"])
    text = str(seen) + world[RECEIVING].get(f"/requests/{request['id']}/history").text + world[RECEIVING].get(f"/requests/{request['id']}/submissions").text
    assert pupil["idNumber"] not in text
    problem(world[RECEIVING].get("/students/" + pupil["id"], expect=404), 404, "not-found")


def test_the_record_moves_to_the_school_that_the_form_names(world, pupil):
    request = sent(world, pupil)
    for name, action in (("head", "approve"), (RECEIVING_HEAD, "approve"), ("head", "approve"), ("county", "approve")):
        assert task_of(world[name], request)
        request = act(world[name], now(world[name], request), action)
    assert request["state"]["key"] == "receiving_county"
    request = act(world["county2"], now(world["county2"], request), "approve")
    assert request["outcome"] == "completed"
    moved = world[RECEIVING].get("/students/" + pupil["id"]).json()
    assert moved["school"]["id"] == office_of(world[RECEIVING]) and moved["idNumber"] == pupil["idNumber"]
    problem(world["registrar"].get("/students/" + pupil["id"], expect=404), 404, "not-found")
    told = wait_until(lambda: [each for each in world[RECEIVING].items("/notifications", limit=200) if each["request"] == request["id"]], "to be told")
    assert "completed" in {each["kind"] for each in told}
    assert sees(world["registrar"], request)


def test_a_school_asked_wrongly_returns_it_and_another_is_named(world, pupil):
    request = act(world["head"], sent(world, pupil), "approve")
    assert task_of(world[RECEIVING_HEAD], request)
    returned = act(world[RECEIVING_HEAD], request, "return", comment="不是本校")
    assert returned["state"]["key"] == "draft" and returned["places"]["receiving"]["id"] == office_of(world[RECEIVING])
    registrar = world["registrar"]
    own = {"new_school": office_of(world["registrar"]), "reason": REASON}
    refused = act(registrar, now(registrar, request), "submit", expect=422, fields=own)
    problem(refused, 422, "validation")
    assert [each["pointer"] for each in refused.json()["errors"]] == ["/fields"]
    far = next(each["id"] for each in registrar.items("/schools", limit=200) if each["code"].startswith("2144"))
    problem(act(registrar, now(registrar, request), "submit", expect=422, fields=own | {"new_school": far}), 422, "validation")
    county = office_of(world["county"])
    refused = act(registrar, now(registrar, request), "submit", expect=422, fields=own | {"new_school": county})
    assert [each["pointer"] for each in refused.json()["errors"]] == ["/fields/new_school"]

    again = act(registrar, now(registrar, request), "submit", fields=own | {"new_school": office_of(world[ANOTHER])})
    assert again["places"]["receiving"]["id"] == office_of(world[ANOTHER])
    (since,) = [each["since"] for each in registrar.items(f"/requests/{request['id']}/submissions") if each["since"]]
    names = [registrar.get("/schools/" + office_of(world[name])).json()["name"] for name in (RECEIVING, ANOTHER)]
    assert [(each["field"], each["old"], each["new"]) for each in since["fields"]] == [("new_school", *names)]
    again = act(world["head"], now(world["head"], again), "approve")
    assert sees(world[ANOTHER], again) and task_of(world[ANOTHER_HEAD], again) and not task_of(world[RECEIVING_HEAD], again)
    # Whoever was asked before keeps sight of it, and decides nothing any more.
    assert sees(world[RECEIVING], again)
    problem(act(world[RECEIVING_HEAD], again, "approve", expect=403), 403, "not-allowed")
    done = act(world[ANOTHER_HEAD], again, "approve")
    assert done["state"]["key"] == "sending_school"
    assert [each["action"] for each in history(registrar, request)].count("submit") == 2


def test_outsiders_see_nothing(world, pupil):
    request = sent(world, pupil)
    for name in (ANOTHER, ANOTHER_HEAD, "province2"):
        client = world[name]
        assert not sees(client, request)
        for part in ("history", "submissions", "explain", "diagram"):
            problem(client.get(f"/requests/{request['id']}/{part}", expect=404), 404, "not-found")


def test_what_opened_a_request_is_told_to_whoever_sees_that_one(world, pupil):
    leaving = open_request(world["registrar"], pupil["id"], {}, [], workflow="leaving")
    (draft,) = [each for each in world["registrar"].items("/requests", workflow="transfer-r7", open="true", limit=200)
                if each["student"]["id"] == pupil["id"]]
    request = act(world["registrar"], draft, "submit", fields={"new_school": office_of(world[RECEIVING]), "reason": REASON})
    assert request["openedFrom"] == {"id": leaving["id"], "workflow": "leaving"}
    assert not sees(world[RECEIVING], leaving) and sees(world[RECEIVING], request)
    seen = now(world[RECEIVING], request)
    assert (seen["openedFrom"], seen["openedBy"]) == (None, "system")
