"""Every example that the demonstration offers, played by HTTP as it says, with what it promises comes of it."""
import collections
import datetime
import re

import pytest

from conftest import World
from support.client import slug
from support.journey import act, now, open_request, scans
from support.program import ROOT, wait_until


def shipped():
    """The keys of the businesses."""
    files = [file for file in (ROOT / "workflows").glob("*.yaml") if ".scenario." not in file.name]
    return {re.search(r"^key: (\S+)$", file.read_text(encoding="utf-8"), re.MULTILINE)[1] for file in files}


def papers(client, counts):
    return [scan for kind, count in counts.items() for scan in scans(client, kind, count)]


def subject(client, example):
    """What stands for the student in the call that opens it; another school's pupil is looked for."""
    if "find" not in example:
        return example["student"]
    found = client.post("/students/find", example["find"], expect=200).json()
    assert found["name"] == example["find"]["name"]
    return found["handle"]


def after_the_checks(client, request):
    """Machines answer by themselves."""
    return wait_until(lambda: (lambda seen: seen if seen["state"]["kind"] != "check" else None)(now(client, request)),
                      f"the checks of request {request['id']} to answer")


def perform(client, request, step, **expected):
    body = {key: step[key] for key in ("comment", "fields", "to") if key in step}
    if "evidence" in step:
        body["evidence"] = papers(client, step["evidence"])
    return act(client, request, step["action"], **body, **expected)


def play(world, example):
    """The request, as its outcome leaves it; None where it could not be opened."""
    if "request" in example:
        assert not {"account", "student", "find", "fields", "evidence"} & set(example), example["title"]
        return follow(world, world[example["way"][0]["account"]], {"id": example["request"]}, example)
    opener = world[example["account"]]
    answer = open_request(opener, subject(opener, example), example["fields"], papers(opener, example["evidence"]),
                          workflow=example["workflow"], expect=None if "refused" in example else 201)
    if "refused" in example:
        assert (slug(answer), example["way"]) == (example["refused"], []), answer.text
        return None
    return follow(world, opener, after_the_checks(opener, answer), example)


def follow(world, reader, request, example):
    """The way that an open request goes, to its end."""
    for step in example["way"]:
        client = world[step["account"]]
        seen = now(client, request)
        if "refused" in step:
            assert slug(perform(client, seen, step, expect=None)) == step["refused"] and step is example["way"][-1]
        else:
            request = after_the_checks(client, perform(client, seen, step))
    return now(reader, request)


def student_id(world, example):
    """Of two records the first."""
    if "student" in example:
        return example["student"]
    if "request" in example:
        return world["ministry"].get("/requests/" + example["request"]).json()["subjects"][0]["id"]
    (found,) = world["ministry"].found("/students", idNumber=example["find"]["number"])
    return found["id"]


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """A world of its own, since it uses up what is offered: (example, request, the student before and after)."""
    world = World(tmp_path_factory.mktemp("played"))

    def record(student):
        return world["ministry"].get("/students/" + student).json()

    students = [(example, student_id(world, example)) for example in world.demo["examples"]]
    before = [record(student) for _, student in students]
    played = [play(world, example) for example, _ in students]
    after = [record(student) for _, student in students]
    yield list(zip([example for example, _ in students], played, before, after))
    world.close()


def test_each_ends_as_it_says(played):
    assert len(played) > 250
    for example, request, was, is_now in played:
        promised = example["then"]
        outcome = request["outcome"] if request else None
        assert outcome == promised["outcome"], example["title"]
        for member, value in promised.get("student", {}).items():
            assert is_now[member] == value, (example["title"], member)
        if outcome != "completed":
            same = ("name", "idNumber", "status", "grade", "class", "school", "numbers")
            assert {key: is_now[key] for key in same} == {key: was[key] for key in same}, example["title"]


def test_what_the_checks_find_is_what_it_says(played):
    for example, request, *_ in played:
        refused = "refused" in example or any("refused" in step for step in example["way"])
        assert (example["outcome"] is None) == refused == (example["then"]["outcome"] is None), example["title"]
        if request and request["findings"]:
            assert any(finding["outcome"] == "suspect" for finding in request["findings"]) == (example["outcome"] == "suspect"), example["title"]


def test_every_business_can_be_tried_three_times_to_different_ends(played):
    ends = collections.defaultdict(collections.Counter)
    for example, *_ in played:
        ends[example["workflow"]][example["then"]["outcome"]] += 1
    assert set(ends) == shipped()
    for workflow, outcomes in ends.items():
        assert sum(outcomes.values()) >= 3 and outcomes["completed"], workflow
        assert outcomes["rejected"] + outcomes[None], workflow


def test_whoever_takes_part_is_named_among_the_accounts(world):
    named = {account["username"]: account for account in world.demo["accounts"]}
    assert len(named) == len(world.demo["accounts"])
    for example in world.demo["examples"]:
        for username in [*([example["account"]] if "account" in example else []), *(step["account"] for step in example["way"])]:
            posts = world[username].get("/me").json()["posts"]
            assert (named[username]["office"]["id"], named[username]["role"]) == (posts[0]["office"]["id"], posts[0]["role"])


def offices_above(world, office):
    """From the office itself to the ministry."""
    chain = [office]
    while chain[-1]["supervisor"]:
        chain.append(world["ministry"].get("/offices/" + chain[-1]["supervisor"]).json())
    return chain


def test_transfers_are_offered_near_and_far(played, world):
    levels = set()
    for example, request, *_ in played:
        if example["workflow"] == "transfer" and request and request["outcome"] == "completed":
            receiving, sending = (offices_above(world, request["places"][word]) for word in ("receiving", "sending"))
            ids = {office["id"] for office in receiving}
            levels.add(next(office["level"] for office in sending if office["id"] in ids))
            assert {step["account"] for step in example["way"]} >= {
                account["username"] for account in world.demo["accounts"]
                if account["role"] == "head" and account["office"]["id"] in (request["places"]["receiving"]["id"], request["places"]["sending"]["id"])}
    assert levels == {"county", "prefecture", "province", "ministry"}


@pytest.mark.usefixtures("a_program_that_faketime_can_run")
def test_in_the_pause_of_transfers_they_are_offered_as_refused(private_world):
    world = private_world(environment={"XUEJI_WORKFLOWS_CALENDAR": str(ROOT / "config" / "calendar.yaml")}, simulator=False)
    world.restart(clock=f"@{datetime.date.today().year + 1}-07-20 12:00:00")
    examples = [each for each in world.anonymous().get("/demo").json()["examples"] if each["workflow"] == "transfer"]
    assert len(examples) >= 10 and {each["refused"] for each in examples} == {"window-closed"}
    for example in examples:
        assert (example["outcome"], example["then"]) == (None, {"outcome": None})
        assert play(world, example) is None
