"""A definition with parallel branches and a wait, served: which task is meant, what stands where, and leaving all at once."""
import pathlib
import re
import shutil

import pytest

from support.journey import act, history, open_request, task_of
from support.live import Live

ROOT = pathlib.Path(__file__).parents[2]
DEFINITION = re.search(r'R"\((.*)\)"', (ROOT / "tests/unit/definition/parallel_definition.hpp").read_text(encoding="utf-8"), re.S)[1].replace(
    "different people: [county_review, county_approval]", "different people: [head_review, county_review, county_approval, province_review]").replace(
    "escalate: approver at authority", "escalate: approver at province")


@pytest.fixture(scope="module")
def sides(tmp_path_factory):
    """A server whose folder of definitions has it too."""
    from conftest import World

    folder = tmp_path_factory.mktemp("workflows")
    for file in (ROOT / "workflows").glob("*.yaml"):
        shutil.copy(file, folder)
    (folder / "both-sides.yaml").write_text(DEFINITION, encoding="utf-8")
    world = World(tmp_path_factory.mktemp("sides"), environment={"XUEJI_WORKFLOWS_DIRECTORY": str(folder)})
    yield world
    world.close()


@pytest.fixture
def request_at_both(sides):
    registrar = sides["registrar"]
    taken = {each.get("student") for each in sides.demo["examples"]}
    student = next(s for s in registrar.items("/students", status="in_school", limit=200)
                   if s["openRequest"] is None and s["id"] not in taken)
    opened = open_request(registrar, student["id"], {"new_name": "王新"}, evidence=[], workflow="both-sides")
    return act(sides["head"], opened, "approve")


def states(request):
    return [branch["state"]["key"] if branch["state"] else branch["ended"] for branch in request["branches"]]


def test_both_sides_hold_it_and_each_goes_on_alone(sides, request_at_both):
    request = request_at_both
    assert request["state"]["kind"] == "parallel"
    assert states(request) == ["county_review", "province_review"]
    assert [(h["state"], h["office"]["level"], h["role"]) for h in request["holders"]] == [
        ("county_review", "county", "reviewer"), ("province_review", "province", "reviewer")]
    province, county = sides["province"], sides["county"]
    task = task_of(province, request)
    assert task["id"] == request["holders"][1]["task"] and task["state"]["key"] == "province_review"

    request = act(province, request, "approve")
    assert states(request) == ["county_review", "join"]
    assert task_of(province, request) is None and task_of(county, request)
    request = act(county, request, "approve")
    request = act(sides["county-approver"], request, "approve")
    assert request["state"]["key"] == "until_term" and request["state"]["kind"] == "wait"
    assert "branches" not in request
    assert request["holders"][0]["role"] == "system" and request["holders"][0]["due"]
    assert [entry["to"] for entry in history(county, request)][-3:] == ["both_sides", "county_approval", "until_term"]


def test_the_task_says_which_branch_and_a_wrong_one_is_told(sides, request_at_both):
    request, county = request_at_both, sides["county"]
    own, other = (holder["task"] for holder in request["holders"])
    refused = act(county, request, "approve", expect=422, task="17").json()
    assert refused["errors"][0]["pointer"] == "/task"
    act(county, request, "approve", expect=403, task=other)
    claimed = county.post(f"/tasks/{own}/claim", {}, expect=200, version=request["version"]).json()
    assert claimed["claimedBy"] == "county"
    request = county.get(f"/requests/{request['id']}").json()
    assert [holder["claimedBy"] for holder in request["holders"]] == ["county", None]
    done = county.post("/tasks/actions", {"action": "approve", "items": [{"task": own, "version": request["version"]}]}, key="bulk-of-branches",
                       expect=200).json()["results"][0]
    assert done["status"] == 200 and states(done["request"]) == ["county_approval", "province_review"]


def test_a_withdrawal_takes_it_from_all_queues_at_once(sides, request_at_both):
    request, province = request_at_both, sides["province"]
    with Live(province) as live:
        withdrawn = act(sides["registrar"], request, "withdraw")
        live.wait("task.removed", request=request["id"])
    assert withdrawn["outcome"] == "withdrawn" and withdrawn["holders"] == []
    assert task_of(province, request) is None and task_of(sides["county"], request) is None


def test_a_return_out_of_a_branch_begins_all_again(sides, request_at_both):
    county = sides["county"]
    returned = act(county, request_at_both, "return", comment="户口簿不清")
    assert returned["state"]["key"] == "draft" and task_of(sides["province"], returned) is None
    request = act(sides["registrar"], returned, "submit")
    request = act(sides["head"], request, "approve")
    assert states(request) == ["county_review", "province_review"]


def test_too_few_left_to_join_leads_otherwise(sides, request_at_both):
    assert act(sides["province"], request_at_both, "decline")["outcome"] == "rejected"
