"""A school that a form named earlier goes on seeing what it saw, and learns no more of the request."""
import csv
import io
import pathlib

import pytest

from conftest import Supply, World
from support.client import new_key, problem
from support.journey import act, history, now, office_of, open_request, scans, task_of
from support.live import Live
from support.own_definitions import ROOT, with_definitions

REASON, LATER = "随父母迁居", "改到另一所学校就读"
FIRST, FIRST_HEAD = "registrar2", "head-2111000004"
ROUTE = "tests/routes/transfer-r7.yaml"


def with_scans(folder):
    """The route, with files that may be attached, and a school that hears of a return."""
    environment = with_definitions(folder, ROUTE)
    text = (ROOT / ROUTE).read_text(encoding="utf-8")
    kinds = "evidence:\n  proof: {title: {zh: 证明, en: Proof}, count: 0..6}\n\nrequire:\n"
    text = text.replace("  - on: return\n    who: [initiator]\n", "  - on: return\n    who: [initiator, registrar at receiving]\n", 1)
    (folder / pathlib.Path(ROUTE).name).write_text(text.replace("require:\n", kinds, 1), encoding="utf-8")
    return environment


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ended-parts")
    own = World(folder, simulator=False, environment=with_scans(folder / "workflows"))
    yield own
    own.verify_audit()
    own.close()


@pytest.fixture(scope="module")
def supply(world):
    return Supply(world)


@pytest.fixture
def pupil(world, supply):
    return world["registrar"].get("/students/" + supply.student(with_id_number=True)["id"]).json()


@pytest.fixture(scope="module")
def second(world):
    """A school of the same province under neither county, as (office, registrar, head)."""
    offices = {each["id"]: each for each in world["ministry"].items("/offices", limit=200)}
    counties = {office_of(world["county"]), office_of(world["county2"])}
    school = next(each for each in offices.values()
                  if each["level"] == "school" and each["supervisor"] not in counties and each["code"].startswith("2111"))
    return school["id"], f"registrar-{school['code']}", f"head-{school['code']}"


class Asked:
    """A request that named the first school, was returned by it, and then named the second."""

    def __init__(self, world, pupil, second):
        self.world, self.pupil = world, pupil
        registrar = world["registrar"]
        self.before = scans(registrar, "proof")
        self.request = open_request(registrar, pupil["id"], {"new_school": office_of(world[FIRST]), "reason": REASON},
                                    self.before, workflow="transfer-r7")
        self.whole = world[FIRST].get(f"/requests/{self.id}").json()
        act(world["head"], self.request, "approve")
        self.returned = act(world[FIRST_HEAD], now(world["head"], self.request), "return", comment="不是本校")
        self.history = history(registrar, self.request)
        self.after = scans(registrar, "proof")
        fields = {"new_school": second[0], "reason": LATER}
        self.draft = registrar.patch(f"/requests/{self.id}", {"fields": fields, "evidence": self.after},
                                     version=now(registrar, self.request)["version"]).json()

    @property
    def id(self):
        return self.request["id"]

    def submit(self):
        self.again = act(self.world["registrar"], self.draft, "submit")
        return self.again


@pytest.fixture
def asked(world, pupil, second):
    return Asked(world, pupil, second)


PARTLY = (FIRST, FIRST_HEAD, "county2")


def seen(world, name, asked):
    return world[name].get(f"/requests/{asked.id}").json()


def check_part(world, asked, second):
    """All that the first school can ask for tells what stood when it returned the request."""
    for name in PARTLY:
        client, request = world[name], seen(world, name, asked)
        assert request["partEnded"]["at"] == asked.history[-1]["at"] and request["actions"] == []
        assert request["version"] == asked.returned["version"] and request["state"]["key"] == "draft"
        assert (request["outcome"], request["holders"], request["pending"], request["findings"]) == (None, [], None, [])
        assert request["fields"] == {"new_school": office_of(world[FIRST]), "reason": REASON}
        assert [each["sha256"] for each in request["evidence"]] == [each["sha256"] for each in asked.before]
        assert request["places"]["receiving"]["id"] == office_of(world[FIRST]) and request["submissions"] == 1
        assert request["student"]["openRequest"] is None and request["student"]["class"] is None
        assert [each["id"] for each in history(client, asked.request)] == [each["id"] for each in asked.history]
        assert [each["id"] for each in client.items(f"/requests/{asked.id}/history", limit=1)] == [each["id"] for each in asked.history]
        assert [each["ordinal"] for each in client.items(f"/requests/{asked.id}/submissions", limit=1)] == [1]
        (subject,) = client.items(f"/requests/{asked.id}/subjects")
        assert subject["student"]["openRequest"] is None and subject["student"]["version"] == asked.pupil["version"]
        for scan in asked.before:
            client.get(f"/evidence/{scan['sha256']}", expect=200)
            client.get(f"/evidence/{scan['sha256']}/pages/1", expect=200)
        for scan in asked.after:
            problem(client.get(f"/evidence/{scan['sha256']}", expect=404), 404, "not-found")
            problem(client.get(f"/evidence/{scan['sha256']}/pages/1", expect=404), 404, "not-found")
        parts = [client.get(f"/requests/{asked.id}{part}").text for part in ("", "/history", "/submissions", "/subjects", "/explain", "/workflow")]
        assert not [text for text in parts if LATER in text or asked.after[0]["sha256"] in text]
        assert client.get(f"/requests/{asked.id}").headers["ETag"] == f'"{asked.returned["version"]}"'
    for name in PARTLY:
        check_lists(world[name], asked, second)


def check_lists(client, asked, second):
    """It is found among all, as it was; by nothing that stands now."""
    def found(**filters):
        listed = client.items("/requests", limit=200, **filters)
        assert client.get("/requests", params={**filters, "count": "true", "limit": 1}).json()["count"] == len(listed)
        return [each for each in listed if each["id"] == asked.id]
    (listed,) = found()
    assert listed["state"]["key"] == "draft" and listed["version"] == asked.returned["version"] and listed["partEnded"]
    assert found(student=asked.pupil["id"]) and found(workflow="transfer-r7")
    for filters in ({"open": "true"}, {"open": "false"}, {"state": "draft"}, {"state": "sending_begins"}, {"state": "withdrawn"},
                    {"outcome": "withdrawn"}, {"outcome": "rejected"}, {"school": second[0]}):
        assert not found(**filters), filters
    named = client.found("/requests", q=asked.pupil["name"], limit=200)
    assert asked.id in {each["id"] for each in named}
    rows = list(csv.reader(io.StringIO(client.get("/exports/requests.csv").text.lstrip("\ufeff"))))
    (row,) = [each for each in rows if each[0] == asked.id]
    assert row[2:4] == [listed["state"]["title"], ""] and row[-1] == ""


def counts_of(client):
    return {(row["workflow"]["key"], row["state"]["key"]): row["count"] for row in client.items("/statistics")}


def test_an_office_whose_part_has_ended_sees_what_it_saw(world, asked, second):
    check_part(world, asked, second)
    request = asked.submit()
    check_part(world, asked, second)
    act(world["head"], request, "approve")
    assert task_of(world[second[2]], asked.request)
    check_part(world, asked, second)
    done = act(world[second[2]], now(world["head"], request), "reject", comment="本校已满")
    assert done["outcome"] == "rejected"
    check_part(world, asked, second)


def test_a_draft_that_was_returned_and_discarded_stays_as_it_was_returned(world, asked, second):
    assert act(world["registrar"], asked.draft, "discard")["outcome"] == "withdrawn"
    check_part(world, asked, second)


def test_an_answer_that_is_given_again_follows_the_request_no_further(world, pupil, second):
    registrar, head, key = world["registrar"], world[FIRST_HEAD], new_key()
    fields = {"new_school": office_of(world[FIRST]), "reason": REASON}
    request = open_request(registrar, pupil["id"], fields, [], workflow="transfer-r7")
    act(world["head"], request, "approve")
    task = task_of(head, request)["id"]
    head.post(f"/tasks/{task}/claim", key=key, expect=200)
    act(head, now(world["head"], request), "return", comment="不是本校")
    changed = registrar.patch(f"/requests/{request['id']}", {"fields": {"new_school": second[0], "reason": LATER}},
                              version=now(registrar, request)["version"]).json()
    act(world["head"], act(registrar, changed, "submit"), "approve")
    again = head.post(f"/tasks/{task}/claim", key=key, expect=403)
    assert "takes no part" in problem(again, 403, "not-allowed")["detail"]


def test_what_was_told_before_the_part_ended_stays_in_the_inbox(world, asked):
    returned = [each for each in world[FIRST].items("/notifications", limit=200) if each["request"] == asked.id]
    assert "return" in {each["kind"] for each in returned}
    asked.submit()
    assert [each for each in world[FIRST].items("/notifications", limit=200) if each["request"] == asked.id] == returned


def test_whoever_takes_no_part_any_more_does_nothing_on_it(world, asked):
    for request in (asked.draft, asked.submit()):
        for name in PARTLY:
            client = world[name]
            for action in ("comment", "approve", "return", "withdraw"):
                body = {"comment": "再说一句"}
                for version in (request["version"], 1):  # what has changed since is told to nobody either
                    refused = client.post(f"/requests/{asked.id}/actions/{action}", body, expect=(403, 404), key=new_key(), version=version)
                    told = refused.json()
                    assert f"version {request['version']}" not in told.get("detail", "") and not {"changes", "currentVersion"} & told.keys()
            refused = client.post(f"/requests/{asked.id}/actions/comment", {"comment": "再说一句"}, expect=403, key=new_key(), version=request["version"])
            problem(refused, 403, "not-allowed")
            assert "takes no part" in refused.json()["detail"]
            refused = client.patch(f"/requests/{asked.id}", {"fields": {}}, expect=403, version=request["version"])
            problem(refused, 403, "not-allowed")
            told = client.get(f"/requests/{asked.id}/explain", params={"action": "comment"}).json()
            assert not told["allowed"] and [each["rule"] for each in told["reasons"]] == ["part-ended"]
            assert client.items(f"/requests/{asked.id}/explain") == []


def test_the_answer_to_the_act_that_ends_the_part_tells_no_more_later(world, pupil, second):
    registrar = world["registrar"]
    fields = {"new_school": office_of(world[FIRST]), "reason": REASON}
    request = open_request(registrar, pupil["id"], fields, [], workflow="transfer-r7")
    request = act(world["head"], request, "approve")
    key, client = new_key(), world[FIRST_HEAD]
    first = act(client, request, "return", key=key, comment="不是本校")
    act(registrar, now(registrar, request), "submit", fields={"new_school": second[0], "reason": LATER})
    again = act(client, request, "return", key=key, comment="不是本校")
    assert again == first and again["partEnded"]


def test_nothing_is_told_or_counted_after_the_part(world, supply, asked):
    told = {name: world[name].items("/notifications", limit=200) for name in PARTLY}
    counts = {name: counts_of(world[name]) for name in PARTLY}
    assert ("transfer-r7", "draft") not in counts[FIRST]
    screens = {name: Live(world[name]) for name in (FIRST, FIRST_HEAD)}
    act(world["head"], asked.submit(), "approve")
    act(world["registrar"], now(world["registrar"], asked.request), "comment", comment="等待接收")
    for name in PARTLY:
        assert counts_of(world[name]) == counts[name]
        assert {each["id"] for each in world[name].items("/notifications", limit=200)} <= {each["id"] for each in told[name]}
    # What comes next, of another request, is told: so all before it has been.
    fields = {"new_school": office_of(world[FIRST]), "reason": REASON}
    other = open_request(world["registrar"], supply.student()["id"], fields, [], workflow="transfer-r7")
    for screen in screens.values():
        with screen:
            screen.wait("request.changed", request=other["id"])
            assert asked.id not in {event["data"].get("request") for event in screen.events}


def test_a_school_that_is_named_again_sees_all_again(world, asked, second):
    registrar = world["registrar"]
    act(world["head"], asked.submit(), "approve")
    act(world[second[2]], now(registrar, asked.request), "return", comment="也不是本校")
    # Now the second takes no part either, and both see what they saw.
    assert seen(world, second[1], asked)["submissions"] == 2 and seen(world, FIRST, asked)["submissions"] == 1
    assert seen(world, second[1], asked)["fields"]["reason"] == LATER
    again = act(registrar, now(registrar, asked.request), "submit", fields={"new_school": office_of(world[FIRST]), "reason": LATER})
    for name in PARTLY:
        request = seen(world, name, asked)
        assert "partEnded" not in request and request["version"] == again["version"] and request["submissions"] == 3
        assert len(history(world[name], asked.request)) == len(history(registrar, asked.request))
        world[name].get(f"/evidence/{asked.after[0]['sha256']}", expect=200)
        assert asked.id in {each["id"] for each in world[name].items("/requests", limit=200, open="true")}
    assert seen(world, second[1], asked)["partEnded"]
    act(world["head"], again, "approve")
    assert act(world[FIRST_HEAD], now(registrar, asked.request), "approve")["state"]["key"] == "sending_school"


def test_offices_above_both_schools_see_everything_as_before(world, asked):
    asked.submit()
    for name in ("registrar", "head", "county", "province", "ministry"):
        request = seen(world, name, asked)
        assert "partEnded" not in request and request["fields"]["reason"] == LATER and request["submissions"] == 2
        assert counts_of(world[name])[("transfer-r7", "sending_begins")] >= 1


def test_it_is_found_by_the_name_and_by_no_number(world, asked):
    asked.submit()
    for q, is_found in ((asked.pupil["name"], True), (asked.pupil["idNumber"], False), (asked.pupil["idNumber"][-6:], False)):
        found = {each["id"] for each in world[FIRST].found("/requests", q=q, limit=200)}
        assert (asked.id in found) == is_found, q
