"""Somebody can always decide: what nobody at its post can is known, told to the office above and decided there."""
from datetime import datetime, timedelta, timezone

import pytest

from conftest import Supply
from support.administration import account, try_account, add_account, give_post
from support.client import problem, sign_in
from support.journey import act, history, now, open_request, task_of, wait_for_state
from support.program import wait_until

FIELDS = {"new_name": "欧阳有人", "ground": "register_changed", "reason": "户口簿更正"}


@pytest.fixture
def world(private_world):
    return private_world()


def in_days(days):
    return (datetime.now(timezone.utc) + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


def post_of(world, username):
    return world[username].get("/me").json()["posts"][0]


def marked(client, request):
    return next((task for task in client.items("/tasks/undecidable", limit=2) if task["request"] == request["id"]), None)


def wait_for_stand_in(world, request, username):
    """Until the post of that account stands in for the request's own, or nobody for None."""
    wanted = post_of(world, username) if username else None

    def stands_in():
        task = marked(world["admin"], request)
        there = task and task["standIn"]
        return task if task and (there and (there["office"]["id"], there["role"])) == (wanted and (wanted["office"]["id"], wanted["role"])) else None

    return wait_until(stands_in, f"{username or 'nobody'} to stand in for request {request['id']}")


def shut_out(world, username, disabled=True):
    return world["admin"].patch(f"/accounts/{username}?confirm=true", {"disabled": disabled}, expect=200)


def new_account(world, username, *posts):
    body = {"username": username, "name": "新来", "password": "xueji-demo", "locale": "en",
            "posts": [{"office": post["office"]["id"], "role": post["role"]} for post in posts]}
    add_account(world, body)
    return sign_in(world.url, username)


def gauge(world):
    line = next(line for line in world.anonymous().get("/metrics").text.splitlines() if line.startswith("xueji_tasks_undecidable "))
    return float(line.split()[1])


def to_county(world, example=None):
    student = example["student"] if example else Supply(world).student()["id"]
    fields = {**example["fields"], "reason": "更正"} if example else FIELDS
    request = open_request(world["registrar"], student, fields)
    return act(world["head"], request, "approve")


def test_the_office_above_decides_what_nobody_at_its_post_can(world):
    request = to_county(world, Supply(world).clear("new_name"))
    own = post_of(world, "county")
    before = gauge(world)
    shut_out(world, "county")
    task = wait_for_stand_in(world, request, "province")
    assert task == {**task, "role": "reviewer", "office": own["office"], "state": request["state"]}
    assert task["why"] == f"Nobody who can sign in is the reviewer at {own['office']['name']} now"
    chinese = world["admin"].get("/tasks/undecidable?limit=200", headers={"Accept-Language": "zh"}).json()["items"]
    assert f"「{own['office']['name']}」经办人现无人在岗" in {each["why"] for each in chinese}
    wait_until(lambda: gauge(world) > before, "the metric to count it")

    assert task_of(world["province"], request)
    told = [each for each in world["province"].items("/notifications", limit=200) if each["request"] == request["id"]]
    assert told[0]["kind"] == "stand_in" and "waits for yours" in told[0]["text"]
    explained = world["registrar"].get(f"/requests/{request['id']}/explain?action=approve").json()
    assert post_of(world, "province")["office"]["id"] in {who["office"]["id"] for who in explained["who"]}
    request = act(world["province"], now(world["province"], request), "approve", comment="代为办理")
    assert request["state"]["key"] == "county_approval"
    assert marked(world["admin"], request) is None
    act(world["county-approver"], request, "approve")
    wait_for_state(world["registrar"], request, "completed")
    entries = history(world["registrar"], request)
    stand_in = next(entry for entry in entries if entry["action"] == "stand_in")
    assert stand_in["by"] == "system" and stand_in["actionTitle"] == "Stand-in from above"
    assert stand_in["post"]["office"]["id"] == post_of(world, "province")["office"]["id"]


def test_separation_of_duties_leaves_a_task_to_another_office(world):
    """In a county with one person for both posts, whoever reviewed can't approve."""
    shut_out(world, "county")
    shut_out(world, "county-approver")
    both = new_account(world, "alone", post_of_role(world, "reviewer"), post_of_role(world, "approver"))
    request = to_county(world)
    wait_until(lambda: task_of(both, request), "the request in the county's queue")
    request = act(both, now(both, request), "approve")
    task = wait_for_stand_in(world, request, "province-approver")
    assert "decided it at another step" in task["why"]
    refusal = problem(act(both, now(both, request), "approve", expect=403), 403, "separation-of-duties")
    assert post_of(world, "province-approver")["office"]["id"] in {who["office"]["id"] for who in refusal["explain"]["who"]}
    request = act(world["province-approver"], now(world["province-approver"], request), "approve")
    assert request["state"]["key"] in ("central_check", "county_findings", "completed")


def post_of_role(world, role):
    """A post of school 1's authority."""
    return {"office": {"id": world["registrar"].get("/me").json()["posts"][0]["office"]["supervisor"]}, "role": role}


def test_at_the_ministry_nobody_takes_over_and_its_administrators_are_told(world):
    example = Supply(world).deletion()
    request = open_request(world["province"], example["student"], example["fields"], workflow="g-number-deletion")
    shut_out(world, "ministry")
    request = act(world["province-approver"], request, "approve")
    assert request["state"]["key"] == "ministry_review"
    wait_for_stand_in(world, request, None)
    told = [each for each in world["admin"].items("/notifications", limit=200) if each["request"] == request["id"]]
    assert told[0]["kind"] == "undecidable" and "give the post to somebody" in told[0]["text"]
    shut_out(world, "ministry", disabled=False)
    wait_until(lambda: marked(world["admin"], request) is None, "the mark to go")
    world.sign_in_anew()
    assert act(world["ministry"], now(world["ministry"], request), "approve")["state"]["key"] == "ministry_approval"


def test_what_would_be_left_is_said_beforehand(world):
    request = to_county(world)
    admin, post = world["admin"], post_of(world, "county")
    for refused in (admin.patch("/accounts/county", {"disabled": True}), admin.delete(f"/accounts/county/posts/{post['id']}"),
                    admin.patch("/accounts/county?confirm=false", {"disabled": True})):
        tasks = problem(refused, 409, "leaves-undecided")["tasks"]
        task = next(task for task in tasks if task["request"] == request["id"])
        assert task["standIn"]["office"]["id"] == post_of(world, "province")["office"]["id"]
        assert task["state"]["key"] == "county_review" and task["office"] == post["office"] and task["role"] == "reviewer"
    assert world["county"].get("/me").json()["posts"], "nothing was done"
    assert marked(admin, request) is None
    problem(admin.patch("/accounts/county?confirm=perhaps", {"disabled": True}), 400, "malformed")

    given = give_post(world, "county2", {"office": post["office"]["id"], "role": "reviewer"})
    admin.delete(f"/accounts/county/posts/{post['id']}", expect=204)
    assert problem(admin.delete(f"/accounts/county2/posts/{given['id']}"), 409, "leaves-undecided")["tasks"]
    admin.delete(f"/accounts/county2/posts/{given['id']}?confirm=true", expect=204)
    wait_for_stand_in(world, request, "province")


def test_at_the_terminal_too(world):
    request = to_county(world)
    refused = try_account(world, "disable", "county")
    assert refused.returncode == 1, refused.stderr
    assert f"request {request['id']}, Review by the authority: Nobody who can sign in is the reviewer at" in refused.stdout
    assert "would stand in" in refused.stdout and "--yes" in refused.stdout
    assert world["county"].get("/me", expect=200)
    assert account(world, "disable", "county", "--yes") == "disabled county\n"
    wait_for_stand_in(world, request, "province")
    account(world, "enable", "county")
    wait_until(lambda: marked(world["admin"], request) is None, "the mark to go")


@pytest.mark.usefixtures("a_program_that_faketime_can_run")
def test_a_post_that_ends_by_time_is_noticed(private_world):
    world = private_world(simulator=False)
    request = to_county(world)
    post = post_of(world, "county")
    world["admin"].delete(f"/accounts/county/posts/{post['id']}?confirm=true", expect=204)
    wait_for_stand_in(world, request, "province")
    give_post(world, "county2", {"office": post["office"]["id"], "role": "reviewer", "until": in_days(5)})
    wait_until(lambda: marked(world["admin"], request) is None, "the mark to go")
    world.restart(clock="+6d")
    wait_until(lambda: marked(world["admin"], request), "the post to have run out")


def test_only_administrators_see_the_list_within_their_offices(world):
    problem(world["county"].get("/tasks/undecidable", expect=403), 403, "not-allowed")
    request = to_county(world)
    office = post_of(world, "county")["office"]
    other = new_account(world, "elsewhere", {"office": post_of(world, "county2")["office"], "role": "admin"})
    here = new_account(world, "here", {"office": office, "role": "admin"})
    shut_out(world, "county")
    wait_for_stand_in(world, request, "province")
    assert marked(here, request) and marked(other, request) is None
    problem(here.get("/tasks/undecidable?cursor=x", expect=400), 400, "malformed")


@pytest.mark.usefixtures("a_program_that_faketime_can_run")
def test_a_county_of_two_completes_though_its_reviewer_is_away(private_world):
    """One reviewer, one approver; the reviewer is away for forty working days."""
    world = private_world()
    example = Supply(world).clear("new_name")
    request = to_county(world, example)
    world.restart(clock="+60d")
    wait_until(lambda: task_of(world["province"], request), "the office above to be asked")
    problem(act(world["county-approver"], now(world["registrar"], request), "approve", expect=403), 403, "not-allowed")
    request = act(world["province"], now(world["province"], request), "approve", comment="经办人不在岗，代为办理")
    assert request["state"]["key"] == "county_approval"
    for username in ("registrar", "head", "county", "county-approver", "province"):
        explained = world[username].get(f"/requests/{request['id']}/explain?action=approve").json()
        assert explained["who"] and explained["allowed"] is (username == "county-approver"), (username, explained)
        assert explained["allowed"] or all(reason["message"] for reason in explained["reasons"])
    act(world["county-approver"], request, "approve")
    wait_for_state(world["registrar"], request, "completed")
    entries = history(world["registrar"], request)
    assert all(entry["actionTitle"] for entry in entries)
    assert "overdue" in [entry["action"] for entry in entries]
