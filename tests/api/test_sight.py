"""Who sees what: for every demo account, what can be read one by one is what its lists hold, and what its posts let it see."""
import csv
import io
import random

import pytest

from conftest import ACCOUNTS, Supply, World
from support.journey import act, knowledge, now, open_request, scans
from support.own_definitions import with_definitions


class Country:
    """The offices by who supervises whom, as the top of the tree lists them, and everything that is there to be seen."""

    def __init__(self, world):
        self.world = world
        top = world["ministry"]
        offices = top.items("/offices", limit=200)
        self.above = {office["id"]: office["supervisor"] for office in offices}
        self.posts_of = {name: [(post["office"]["id"], post["role"]) for post in world[name].get("/me").json()["posts"]]
                         for name in ACCOUNTS}
        self.requests = {each["id"]: each for each in top.items("/requests", limit=200)}
        self.schools = [self.posts_of[name][0][0] for name in ("registrar", "registrar2")]
        self.students = {each["id"]: each for school in self.schools for each in top.items("/students", school=school, limit=200)}
        for school in sample([office["id"] for office in offices if office["level"] == "school"], 4):
            for each in top.get("/students", params={"school": school, "limit": 10}).json()["items"]:
                self.students[each["id"]] = each

    def sees(self, name, office):
        """Jurisdiction: a post sees its own office and all below it."""
        chain = []
        while office:
            chain.append(office)
            office = self.above[office]
        return any(own in chain for own, _ in self.posts_of[name])

    def requests_of(self, name, parts=True):
        """Those with a place in the jurisdiction; of another school's, where the pupil is, once they were submitted, and
        likewise at the school that the form names; with `parts` also those that are seen as they stood before another was
        named."""
        def places(each):
            begun = each["openedAs"]["office"]["id"]
            if each["openedBy"] == "system" and each["workflow"]["subject"] == "pair":
                return {begun} | {self.students[one["id"]]["school"]["id"] if one["id"] in self.students else one["student"]["school"]["id"] for one in each["subjects"]}
            if each["student"] is None:  # of several, all at the school that began it
                return {begun}
            if "sending" not in each["places"]:
                return {begun, each["student"]["school"]["id"]}
            taking_part = {office["id"] for office in each["places"].values()} | (self.world.named_before.get(each["id"], set()) if parts else set())
            return {begun} | taking_part if each["submissions"] > 0 else {begun}
        return {key for key, each in self.requests.items() if any(self.sees(name, place) for place in places(each))}


def asked_for_elsewhere(world, student, submit):
    """A pupil of the registrar's school whom the school of registrar2 asks for."""
    pupil, receiving = world["registrar"].get("/students/" + student["id"]).json(), world["registrar2"]
    found = receiving.post("/students/find", knowledge(pupil), expect=200)
    open_request(receiving, found.json()["handle"], {"ground": "household_moved", "reason": "迁居", "new_class": "2班"},
                 scans(receiving, "application") + scans(receiving), workflow="transfer", submit=submit)


def named_in_the_form(world, student, school, submit=True):
    """A pupil of the registrar's school whom that school sends to the one that the form names."""
    return open_request(world["registrar"], student["id"], {"new_school": school, "reason": "迁居"}, [], workflow="transfer-r7", submit=submit)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """Without its national side, so that nothing moves by itself while it is looked at."""
    folder = tmp_path_factory.mktemp("sight")
    still = World(folder, simulator=False, environment=with_definitions(folder / "workflows", "tests/routes/transfer-r7.yaml"))
    supply, registrar = Supply(still), still["registrar"]
    for submit in (False, True, True):
        example = supply.clear("new_name")
        last = open_request(registrar, example["student"], {**example["fields"], "reason": "更正"}, submit=submit)
    act(still["head"], last, "approve")
    for submit in (False, True):
        asked_for_elsewhere(still, supply.student(), submit)
    receiving, another = (still[name].get("/me").json()["posts"][0]["office"]["id"] for name in ("registrar2", "registrar-2111000007"))
    for submit in (False, True):
        named_in_the_form(still, supply.student(), receiving, submit)
    moved = named_in_the_form(still, supply.student(), receiving)
    moved = act(still["head"], moved, "approve")
    act(still["head-2111000004"], moved, "return", comment="请改填另一所学校")
    act(registrar, now(registrar, moved), "submit", fields={"new_school": another, "reason": "迁居"})
    still.named_before = {moved["id"]: {receiving}}
    yield still
    still.close()


@pytest.fixture(scope="module")
def country(world):
    return Country(world)


def status(client, path):
    return client.call("GET", path, check=False).status_code


def ids(client, path, **params):
    found = [each["id"] for each in client.items(path, limit=200, **params)]
    assert len(found) == len(set(found)), f"{path} lists something twice"
    return set(found)


def count(client, path, **params):
    return client.get(path, params={"count": "true", "limit": 1, **params}).json()["count"]


def sample(found, size, seed=12):
    return random.Random(seed).sample(sorted(found), min(size, len(found)))


@pytest.mark.parametrize("name", ACCOUNTS)
def test_requests_one_by_one_are_those_of_the_list(country, world, name):
    client = world[name]
    listed = ids(client, "/requests")
    assert listed == country.requests_of(name)
    assert count(client, "/requests") == len(listed)
    one_by_one = {key: status(client, f"/requests/{key}") for key in country.requests}
    assert one_by_one == {key: 200 if key in listed else 404 for key in country.requests}
    for part in ("history", "explain"):
        for key in sample(listed, 10) + sample(country.requests.keys() - listed, 10):
            assert status(client, f"/requests/{key}/{part}") == one_by_one[key], f"{part} of {key}"


@pytest.mark.parametrize("name", ACCOUNTS)
def test_students_one_by_one_are_those_of_the_list(country, world, name):
    client = world[name]
    seen = {key for key, each in country.students.items() if country.sees(name, each["school"]["id"])}
    one_by_one = {key: status(client, f"/students/{key}") for key in country.students}
    assert one_by_one == {key: 200 if key in seen else 404 for key in country.students}
    for school in country.schools:
        listed = ids(client, "/students", school=school)
        assert listed == {key for key in seen if country.students[key]["school"]["id"] == school}
        assert count(client, "/students", school=school) == len(listed)
    for part in ("history", "numbers"):
        for key in sample(seen, 6) + sample(country.students.keys() - seen, 6):
            assert status(client, f"/students/{key}/{part}") == one_by_one[key], f"{part} of {key}"


@pytest.mark.parametrize("name", ACCOUNTS)
def test_tasks_are_what_the_posts_hold(country, world, name):
    client = world[name]
    held = {holder["task"] for each in country.requests.values() for holder in each["holders"]
            if (holder["office"]["id"], holder["role"]) in country.posts_of[name]}
    tasks = client.items("/tasks", limit=200)
    assert {task["id"] for task in tasks} == held and len(tasks) == len(held)
    assert count(client, "/tasks") == len(held)
    assert {task["request"] for task in tasks} <= country.requests_of(name)


@pytest.mark.parametrize("name", ACCOUNTS)
def test_scans_are_readable_where_their_request_is(country, world, name):
    client = world[name]
    requests_of = {}
    for key, each in country.requests.items():
        for item in each["evidence"]:
            requests_of.setdefault(item["sha256"], set()).add(key)
    seen = country.requests_of(name)
    for sha256 in sample(requests_of, 25):
        assert status(client, f"/evidence/{sha256}") == (200 if requests_of[sha256] & seen else 404)


@pytest.mark.parametrize("name", ACCOUNTS)
def test_counts_and_exports_are_those_of_the_lists(country, world, name):
    client = world[name]
    listed = {key: country.requests[key] for key in country.requests_of(name)}
    assert count(client, "/notifications") == len(client.items("/notifications", limit=200))
    rows = client.items("/statistics", limit=200)
    whole = [country.requests[key] for key in country.requests_of(name, parts=False)]
    assert sum(row["count"] for row in rows) == len(whole)
    assert sum(row["count"] for row in rows if row["ended"]) == sum(each["outcome"] is not None for each in whole)

    def lines(path):
        text = client.get(path).content.decode("utf-8-sig")
        return [line[0] for line in csv.reader(io.StringIO(text))][1:]

    assert sorted(lines("/exports/requests.csv")) == sorted(listed)
    assert sorted(lines("/exports/tasks.csv")) == sorted(task["request"] for task in client.items("/tasks", limit=200))


def test_checks_are_those_of_the_schools_administered(country, world):
    admin = world["admin"]
    assert any(each["state"]["kind"] == "check" for each in country.requests.values())
    waiting = {each["id"] for each in country.requests.values()
               if each["state"]["kind"] == "check" and each["outcome"] is None and country.sees("admin", each["student"]["school"]["id"])}
    checks = admin.items("/checks", limit=200)
    assert {check["request"] for check in checks} == waiting
    assert count(admin, "/checks") == len(checks)


def test_the_accounts_differ_in_what_they_see(country):
    """Else nothing above would say much."""
    shares = {name: len(country.requests_of(name)) for name in ACCOUNTS}
    assert shares["ministry"] == len(country.requests) > shares["province"] > shares["county"] > shares["registrar"] > 0
    of_both = country.requests_of("registrar2") & country.requests_of("county")
    assert {country.requests[key]["workflow"]["key"] for key in of_both} == {"transfer", "transfer-r7", "problem-status"} and country.requests_of("registrar2") > of_both
