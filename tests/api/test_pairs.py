"""Two records that may be one student's: opened by the system, seen by both sides, settled, merged."""
import pytest

from conftest import World
from support.client import new_key, problem
from support.journey import act, history, knowledge, now, open_request, scans, task_of

BUSINESS = "problem-status"
TOLD_ELSEWHERE = ("name", "sex", "birthDate", "status", "grade", "school")


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """Of these tests alone: records are merged for ever."""
    own = World(tmp_path_factory.mktemp("pairs"))
    yield own
    own.close()


def examples(world):
    return {each["title"].split(" · ")[1]: each for each in world.demo["examples"] if each["workflow"] == BUSINESS}


def example(world, words):
    (found,) = [each for title, each in examples(world).items() if words in title]
    return found


def shown(client, example):
    return client.get("/requests/" + example["request"]).json()


def settle(world, example, steps=None):
    """The request after the acts that the example says, or the first of them."""
    request = {"id": example["request"]}
    for step in example["way"][:steps]:
        client = world[step["account"]]
        body = {key: step[key] for key in ("comment", "fields") if key in step}
        if "evidence" in step:
            body["evidence"] = [scan for kind, count in step["evidence"].items() for scan in scans(client, kind, count)]
        request = act(client, now(client, request), step["action"], **body)
    return request


def record(world, student):
    return world["ministry"].get(f"/students/{student}").json()


def test_nobody_opens_it(world):
    for who in ("registrar", "county", "province", "ministry"):
        assert BUSINESS not in {each["key"] for each in world[who].items("/workflows", limit=200)}, who
        answer = world[who].post("/requests", {"workflow": BUSINESS, "fields": {}}, key=new_key())
        problem(answer, 403, "not-allowed")
    told = world["county"].get(f"/workflows/{BUSINESS}").json()
    assert told["subject"] == "pair" and told["atMost"] == 2
    assert [each["key"] for each in told["opensOn"]] == ["name", "sex", "birth_date"]
    assert "subject" in {each["type"] for each in told["fields"]}


def test_it_is_opened_by_the_system_and_waits_for_the_office_above_both(world):
    for words, who, office in (("one school", "county", "county"), ("two schools", "county", "county"),
                               ("one is retired", "province", "province"), ("can't be merged", "ministry", "ministry")):
        request = shown(world[who], example(world, words))
        assert (request["openedBy"], request["student"], request["subjectCount"]) == ("system", None, 2)
        (holder,) = request["holders"]
        assert (holder["office"]["level"], holder["role"]) == (office, "reviewer"), words
        assert request["mayBeSetAside"] is False
        one, other = [each["student"] for each in request["subjects"]]
        assert [one[key] for key in ("name", "sex", "birthDate")] == [other[key] for key in ("name", "sex", "birthDate")]
        assert one["idNumber"] and "*" not in one["idNumber"] and other["idNumber"] is None


def test_each_side_sees_its_own_record_whole_and_of_the_other_who_it_is(world):
    request = shown(world["ministry"], example(world, "can't be merged"))
    whole = {each["ordinal"]: each["student"] for each in request["subjects"]}
    seen = shown(world["registrar"], example(world, "can't be merged"))
    own, foreign = seen["subjects"]
    assert own["id"] == request["subjects"][0]["id"] and own["student"]["numbers"] == whole[1]["numbers"]
    assert foreign["id"] is None and foreign["student"]["class"] is None
    for member in TOLD_ELSEWHERE:
        assert foreign["student"][member] == whole[2][member], member
    assert all(each["number"].endswith("************") for each in foreign["student"]["numbers"])
    problem(world["registrar"].get(f"/students/{request['subjects'][1]['id']}", expect=404), 404, "not-found")
    listed = world["registrar"].items(f"/requests/{request['id']}/subjects")
    assert [each["id"] for each in listed] == [own["id"], None]


def test_it_is_called_by_the_name_and_that_there_are_two_records(world):
    opened = example(world, "two schools")
    request = shown(world["county"], opened)
    name = request["subjects"][0]["student"]["name"]
    task = task_of(world["county"], request)
    assert (task["student"]["name"], task["subjectCount"], task["workflow"]["subject"]) == (name, 2, "pair")
    told = [each["text"] for each in world["county"].items("/notifications", limit=200) if each["request"] == request["id"]]
    assert told and all(text.startswith(f"{name} (2 records): ") for text in told)
    exported = world["county"].get("/exports/tasks.csv").text
    assert f"{name} (2 records)" in exported
    assert request["id"] in {each["id"] for each in world["county"].found("/requests", q=name)}


def test_a_pupil_of_a_case_is_not_transferred_meanwhile(world):
    request = shown(world["county"], example(world, "one school"))
    pupil = record(world, request["subjects"][0]["student"]["id"])
    receiving = world["registrar2"]
    assert receiving.get("/me").json()["posts"][0]["office"]["id"] != pupil["school"]["id"]
    found = receiving.post("/students/find", knowledge(pupil), expect=200).json()
    assert found["openBusiness"] is True
    papers = scans(receiving, "application") + scans(receiving)
    answer = open_request(receiving, found["handle"], {"ground": "home_moved", "reason": "迁居", "new_class": "2班"}, papers, workflow="transfer", expect=409)
    problem(answer, 409, "open-business")


def test_nobody_is_set_aside(world):
    opened = shown(world["county"], example(world, "two schools"))
    answer = world["county"].post(f"/requests/{opened['id']}/subjects/2/set-aside", {"reason": "不是同一人"}, key=new_key(), version=opened["version"])
    assert answer.status_code in (403, 404, 409), answer.text
    assert now(world["county"], opened)["version"] == opened["version"]


def test_what_is_said_must_fit_the_two(world):
    opened = example(world, "one school")
    county = world["county"]
    request = shown(county, opened)
    fields = {**opened["way"][0]["fields"], "survivor": "3"}
    answer = act(county, request, "submit", fields=fields, evidence=scans(county, "proof"), expect=422)
    assert "/fields/survivor" in [error["pointer"] for error in problem(answer, 422, "validation")["errors"]]
    # The second has no ID number, the first has: that one has to go on.
    fields["survivor"] = "2"
    problem(act(county, request, "submit", fields=fields, evidence=scans(county, "proof"), expect=422), 422, "validation")


@pytest.fixture(scope="module")
def merged(world):
    """A case that ended with one record: (request, the two before)."""
    opened = example(world, "one school")
    before = [record(world, each["id"]) for each in shown(world["ministry"], opened)["subjects"]]
    return settle(world, opened), before


def test_the_record_that_goes_on_has_every_number(world, merged):
    request, (one, other) = merged
    assert request["outcome"] == "completed"
    survivor, ended = record(world, one["id"]), record(world, other["id"])
    assert {each["number"] for each in survivor["numbers"]} == {each["number"] for each in one["numbers"] + other["numbers"]}
    assert sum(each["state"] == "current" for each in survivor["numbers"]) == 1
    assert survivor["mergedInto"] is None and survivor["status"] == one["status"]
    assert survivor["openRequest"] is None and ended["openRequest"] is None
    assert (ended["status"], ended["numbers"]) == ("merged", [])
    assert ended["mergedInto"] == {"id": one["id"], "name": one["name"]}


def test_the_merged_record_is_out_of_the_lists_and_no_business_is_offered_for_it(world, merged):
    _, (one, other) = merged
    ids = {each["id"] for each in world["registrar"].items("/students", limit=200)}
    assert one["id"] in ids and other["id"] not in ids
    offered = world["registrar"].items("/workflows", student=other["id"], limit=200)
    assert not any(each["open"]["explain"]["allowed"] for each in offered)


def test_its_history_is_read_with_that_of_the_record_that_goes_on(world, merged):
    request, (one, other) = merged
    entries = world["registrar"].items(f"/students/{one['id']}/history", limit=200)
    assert {one["id"], other["id"]} <= {each["student"] for each in entries if each["request"] == request["id"]}
    told = [each for each in history(world["county"], request) if each.get("subject")]
    assert {each["subject"]["ordinal"] for each in told} == {1, 2}
    changes = [change for each in told for change in each["changes"]]
    into = next(change for change in changes if change["field"] == "merged_into")
    numbers = {each["number"] for each in record(world, one["id"])["numbers"]}
    assert into["title"] == "Merged into the record" and into["new"] in numbers and into["old"] == ""
    assert any(change["field"] == "status" and change["new"] == "merged" for change in changes)


def test_two_students_keep_their_records(world):
    opened = example(world, "two schools")
    before = [record(world, each["id"]) for each in shown(world["ministry"], opened)["subjects"]]
    assert settle(world, opened)["outcome"] == "completed"
    same = ("name", "idNumber", "status", "numbers", "mergedInto")
    for was in before:
        assert {key: record(world, was["id"])[key] for key in same} == {key: was[key] for key in same}


def test_of_two_g_numbers_one_is_retired_first(world):
    opened = example(world, "one is retired")
    one, other = [record(world, each["id"]) for each in shown(world["ministry"], opened)["subjects"]]
    given_up = opened["way"][0]["fields"]["given_up"]
    assert given_up in {each["number"] for each in other["numbers"]}
    assert settle(world, opened)["outcome"] == "completed"
    states = {each["number"]: each["state"] for each in record(world, one["id"])["numbers"]}
    assert states[given_up] == "retired"
    assert [number for number, state in states.items() if state == "current" and number.startswith("G")] == [
        each["number"] for each in one["numbers"] if each["state"] == "current"]


def test_two_students_can_not_be_merged(world):
    opened = example(world, "can't be merged")
    request = settle(world, opened, steps=1)
    last = opened["way"][-1]
    client = world[last["account"]]
    explained = client.get(f"/requests/{request['id']}/explain", params={"action": last["action"]}).json()
    assert not explained["allowed"] and "guard" in {each["rule"] for each in explained["reasons"]}
    problem(act(client, now(client, request), last["action"], expect=409), 409, last["refused"])


def test_the_audit_finds_nothing(world, merged):
    world.verify_audit()
