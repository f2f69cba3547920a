"""A branch for each school of a case: each school sees and does its own, one school has one branch."""
import pytest

from conftest import World
from support.client import problem
from support.journey import act, history, task_of
from support.own_definitions import ROOT, with_definitions

BUSINESS = "problem-status"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """The cases of the demo, moved to a version in which both schools prove."""
    folder = tmp_path_factory.mktemp("for-each")
    environment = with_definitions(folder / "workflows")
    definition = (ROOT / "tests/routes/both-schools-prove.yaml").read_text(encoding="utf-8")
    definition = definition.replace("key: both-schools-prove\nversion: 1", f"key: {BUSINESS}\nversion: 2")
    definition += "\nmigrate:\n  - {from: 1, states: {settling: asking}, otherwise: stay}\n"
    (folder / f"workflows/{BUSINESS}.yaml").write_text(definition, encoding="utf-8")
    own = World(folder, simulator=False, environment=environment)
    yield own
    own.verify_audit()
    own.close()


def submitted(world, words):
    (found,) = [each for each in world.demo["examples"] if each["workflow"] == BUSINESS and words in each["title"]]
    (holder,) = world["ministry"].get("/requests/" + found["request"]).json()["holders"]
    above = world[holder["office"]["level"]]
    return act(above, shown(above, {"id": found["request"]}), "submit", fields={"statement": "同名同日出生"})


def states(request):
    return [branch["state"]["key"] if branch["state"] else branch["ended"] for branch in request["branches"]]


def shown(client, request):
    return client.get("/requests/" + request["id"]).json()


def test_both_schools_act_at_once_and_each_only_in_its_own_branch(world):
    request = submitted(world, "two schools")
    assert states(request) == ["proof", "proof_2"]
    one, other = request["holders"]
    schools = [each["student"]["school"]["name"] for each in request["subjects"]]
    assert [one["office"]["name"], other["office"]["name"]] == schools and schools[0] != schools[1]
    assert [branch["title"] for branch in request["branches"]] == schools
    registrar = world["registrar"]
    task = task_of(registrar, request)
    assert (task["id"], task["office"]["name"], task["state"]["key"]) == (one["task"], schools[0], "proof")

    refused = act(registrar, request, "prove", expect=403, comment="出生证明", task=other["task"])
    assert schools[1] in problem(refused, 403, "not-allowed")["detail"]
    act(world["county"], request, "prove", expect=403, comment="出生证明")

    request = act(registrar, shown(registrar, request), "prove", comment="出生证明")
    assert states(request) == ["head_of_proof", "proof_2"]
    request = act(world["head"], request, "approve")
    assert states(request) == ["join", "proof_2"]
    assert [(each["office"]["name"], each["state"]) for each in request["holders"]] == [(schools[1], "proof_2")]
    proved = [entry for entry in history(registrar, request) if entry["action"] == "prove"]
    assert [entry["post"]["office"]["name"] for entry in proved] == [schools[0]]


def test_a_school_that_gives_up_ends_both_branches(world):
    request = submitted(world, "can't be merged")
    assert states(request) == ["proof", "proof_2"]
    request = act(world["registrar"], shown(world["registrar"], request), "give_up", comment="查无此人")
    assert "branches" not in request and request["state"]["key"] == "given_up"
    assert [(each["office"]["level"], each["role"]) for each in request["holders"]] == [("ministry", "approver")]


def test_where_both_are_at_one_school_it_has_one_branch(world):
    request = submitted(world, "one school")
    assert states(request) == ["proof", "join"]
    assert len(request["holders"]) == 1
    request = act(world["registrar"], request, "prove", comment="两份出生证明")
    request = act(world["head"], request, "approve")
    assert request["state"]["key"] == "deciding"
    request = act(world["county-approver"], request, "approve")
    assert request["outcome"] == "completed"
