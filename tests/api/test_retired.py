"""A retired business: nobody begins it any more, and what began before goes on."""
import pytest

from support.client import problem
from support.journey import NAME_CHANGE, act, now, open_request
from support.shipped import VERSION
from test_pinned import FIELDS, deploy, student, next_version, world  # noqa: F401: fixtures

RETIRED = (f"version: {VERSION + 1}", f"version: {VERSION + 1}\nretired: true")


@pytest.fixture
def begun(world, student, tmp_path):  # noqa: F811
    """A request that stands with the head when the business is retired."""
    request = open_request(world["registrar"], student["id"], FIELDS)
    assert any(example["workflow"] == NAME_CHANGE for example in world.anonymous().get("/demo").json()["examples"])
    deploy(world, tmp_path, next_version("", RETIRED))
    return request


def test_nobody_begins_it_and_what_began_goes_on(world, begun):  # noqa: F811
    registrar = world["registrar"]
    assert NAME_CHANGE not in [each["key"] for each in registrar.items("/workflows")]
    other = next(s for s in registrar.items("/students", status="in_school", limit=200) if s["openRequest"] is None)
    refused = problem(open_request(registrar, other["id"], FIELDS, expect=409), 409, "business-retired")
    assert refused["detail"] == "This business is retired: nothing new can be begun; what began before goes on"
    assert refused["explain"]["reasons"][0]["rule"] == "retired"
    assert registrar.get(f"/students/{other['id']}").json()["openRequest"] is None
    # Outside the jurisdiction it is nothing, and whoever may not begin it is told so first.
    problem(open_request(world["registrar2"], other["id"], FIELDS, expect=404), 404, "not-found")
    problem(open_request(world["head"], other["id"], FIELDS, [], expect=403), 403, "not-allowed")

    request = act(world["head"], begun, "approve")
    request = act(world["county"], request, "approve")
    assert request["state"]["key"] == "county_approval"
    assert now(registrar, begun)["workflow"]["version"] == VERSION


def test_it_is_shown_as_retired_and_offered_nowhere(world, begun):  # noqa: F811
    shown = world["registrar"].get(f"/workflows/{NAME_CHANGE}").json()
    assert shown["retired"] is True and shown["open"]["now"] is False and shown["open"]["reason"]
    versions = {each["version"]: each for each in world["admin"].items("/definitions") if each["key"] == NAME_CHANGE}
    assert (versions[VERSION + 1]["retired"], versions[VERSION + 1]["current"], versions[VERSION]["retired"]) == (True, True, False)
    others = {"g-number-deletion", "suspension", "resumption", "return", "transfer", "class-change", "class-division", "problem-status",
              "j-to-g", "g-number-change"}
    assert {example["workflow"] for example in world.anonymous().get("/demo").json()["examples"]} == others
    world.restart()
    assert {example["workflow"] for example in world.anonymous().get("/demo").json()["examples"]} == others
    assert NAME_CHANGE not in [each["key"] for each in world["registrar"].items("/workflows")]
