"""Acts that can be undone: pending in the server, and done in the end whatever becomes of the browser."""
import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone

import pytest

from conftest import Supply
from support.administration import account
from support.client import new_key, problem, sign_in
from support.journey import act, history, now, open_request, task_of, wait_for_state
from support.live import Live
from support.program import MovedClock, wait_until

FIELDS = {"new_name": "欧阳撤销", "ground": "register_changed", "reason": "户口簿更正"}


@pytest.fixture(scope="module")
def quick_world(tmp_path_factory):
    """What is pending is done after a second."""
    from conftest import World
    made = World(tmp_path_factory.mktemp("quick"), environment={"XUEJI_PIPELINE_UNDO_SECONDS": "1"}, simulator=False)
    yield made
    made.close()


@pytest.fixture
def quick(quick_world):
    return Supply(quick_world)


def undoable(client, request, action, expect=202, **more):
    return act(client, request, action, expect=expect, undoable=True, **more)


def undo(client, request, expect=204):
    return client.delete(f"/requests/{request['id']}/pending", expect=expect)


def acts(client, request):
    return [entry["action"] for entry in history(client, request)]


def undone(client, request):
    return [notice for notice in client.items("/notifications") if notice["request"] == request["id"] and notice["kind"] == "undone"]


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def test_an_act_is_pending_for_ten_seconds_and_then_taken_back(supply, registrar, head):
    request = open_request(registrar, supply.student()["id"], FIELDS)
    begun = datetime.now(timezone.utc)
    answer = undoable(head, request, "approve", comment="同意").json()
    assert set(answer) == {"undoUntil"}
    assert 9 < (instant(answer["undoUntil"]) - begun).total_seconds() < 12

    seen = now(registrar, request)
    assert (seen["state"]["key"], seen["version"]) == ("head_review", request["version"])
    pending = {"action": "approve", "by": "head", "undoUntil": answer["undoUntil"]}
    assert pending.items() <= seen["pending"].items()
    assert pending.items() <= task_of(head, request)["pending"].items()
    assert pending.items() <= next(r for r in registrar.items("/requests", student=request["student"]["id"]))["pending"].items()

    undo(head, request)
    assert now(head, request)["pending"] is None and task_of(head, request)["pending"] is None
    problem(undo(head, request, expect=409), 409, "not-in-this-state")
    assert acts(head, request) == acts(registrar, request) and "approve" not in acts(head, request)
    assert not undone(head, request)
    act(head, request, "approve")


def test_it_is_done_when_its_time_has_passed(quick_world, quick):
    registrar, head, county = (quick_world[name] for name in ("registrar", "head", "county"))
    request = open_request(registrar, quick.student()["id"], FIELDS)
    undoable(head, request, "approve", comment="同意，材料齐全")
    done = wait_for_state(county, request, "county_review")
    assert done["pending"] is None and done["version"] == request["version"] + 1
    entry = history(head, request)[-1]
    assert (entry["action"], entry["by"], entry["comment"]) == ("approve", "head", "同意，材料齐全")
    problem(undo(head, request, expect=409), 409, "not-in-this-state")
    assert not undone(head, request)


def test_what_would_be_refused_is_refused_at_once(supply, registrar, head, county):
    request = open_request(registrar, supply.student()["id"], FIELDS)
    problem(undoable(head, request, "return", expect=422), 422, "validation")
    problem(undoable(county, request, "approve", expect=403), 403, "not-allowed")
    problem(undoable(head, request, "approve", expect=412, version=request["version"] + 1), 412, "stale")
    problem(undoable(head, request, "escalate", expect=409), 409, "not-in-this-state")
    problem(act(head, request, "approve", expect=422, undoable="yes"), 422, "validation")
    assert now(head, request)["pending"] is None


def test_a_repeated_key_gives_the_same_answer_also_once_it_is_over(quick_world, quick):
    registrar, head = quick_world["registrar"], quick_world["head"]
    request = open_request(registrar, quick.student()["id"], FIELDS)
    key = new_key()
    first = undoable(head, request, "approve", key=key).json()
    assert undoable(head, request, "approve", key=key).json() == first
    problem(act(head, request, "approve", expect=422, key=key), 422, "idempotency-mismatch")
    wait_for_state(head, request, "county_review")
    assert undoable(head, request, "approve", key=key).json() == first
    assert acts(head, request).count("approve") == 1

    other = open_request(registrar, quick.student()["id"], FIELDS)
    key = new_key()
    taken_back = undoable(head, other, "approve", key=key).json()
    undo(head, other)
    assert undoable(head, other, "approve", key=key).json() == taken_back
    assert now(head, other)["pending"] is None and acts(head, other).count("approve") == 0


def test_a_double_click_decides_once(supply, registrar, head):
    request = open_request(registrar, supply.student()["id"], FIELDS)
    key = new_key()
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: undoable(head, request, "approve", key=key, expect=(202, 409)), range(2)))
    assert 202 in [answer.status_code for answer in answers]
    refusal = problem(undoable(head, request, "approve", expect=409), 409, "not-in-this-state")
    assert refusal["explain"]["reasons"][0]["rule"] == "pending"
    problem(act(head, request, "comment", expect=409, comment="还有一点"), 409, "not-in-this-state")
    assert {action["key"] for action in now(head, request)["actions"] if action["allowed"]} == set()
    undo(head, request)


def test_only_whoever_acted_can_undo_it(supply, registrar, head, county, world):
    request = open_request(registrar, supply.student()["id"], FIELDS)
    undoable(head, request, "approve")
    problem(undo(registrar, request, expect=403), 403, "not-allowed")
    problem(undo(world["registrar2"], request, expect=404), 404, "not-found")
    other = head.delete(f"/requests/{request['id']}/pending", expect=409, headers={"X-Acting-As": "registrar"})
    problem(other, 409, "other-account")
    assert now(head, request)["pending"]["by"] == "head"
    head.delete(f"/requests/{request['id']}/pending", expect=204, headers={"X-Acting-As": "head"})


def test_anothers_act_in_between_wins_and_the_officer_is_told(supply, registrar, head):
    request = open_request(registrar, supply.student()["id"], FIELDS)
    undoable(head, request, "approve")
    with Live(head) as live:
        withdrawn = act(registrar, request, "withdraw", comment="填错了")
        event = live.wait("notification.added")
    assert (withdrawn["state"]["key"], withdrawn["pending"]) == ("withdrawn", None)
    [told] = undone(head, request)
    assert event["data"] == {"notification": told["id"], "request": request["id"]}
    assert "Withdraw" in told["text"] and "Approve" in told["text"]
    problem(undo(head, request, expect=409), 409, "not-in-this-state")
    assert "approve" not in acts(head, request)


def test_anothers_act_that_can_be_undone_takes_its_place(supply, registrar, head):
    request = open_request(registrar, supply.student()["id"], FIELDS)
    undoable(head, request, "approve")
    undoable(registrar, request, "withdraw", comment="填错了")
    assert now(head, request)["pending"]["by"] == "registrar"
    assert len(undone(head, request)) == 1
    undo(registrar, request)
    assert now(head, request)["state"]["key"] == "head_review"


def test_many_at_once_can_be_undone_one_by_one(supply, registrar, head):
    requests = [open_request(registrar, supply.student()["id"], FIELDS) for _ in range(2)]
    items = [{"task": task_of(head, each)["id"], "version": each["version"]} for each in requests]
    body = {"action": "approve", "items": [*items, {"task": "8", "version": 1}], "undoable": True}
    key = new_key()
    results = head.post("/tasks/actions", body, expect=200, key=key).json()["results"]
    assert [result["status"] for result in results] == [202, 202, 404]
    assert all(result["undoUntil"] == result["request"]["pending"]["undoUntil"] for result in results[:2])
    again = head.post("/tasks/actions", body, expect=200, key=key).json()["results"]
    assert [result.get("undoUntil") for result in again] == [result.get("undoUntil") for result in results]
    for request in requests:
        undo(head, request)
        assert "approve" not in acts(head, request)


def test_it_is_done_also_when_the_server_was_killed(private_world):
    world = private_world(simulator=False)
    registrar, head = world["registrar"], world["head"]
    request = open_request(registrar, Supply(world).student()["id"], FIELDS)
    key = new_key()
    answer = undoable(head, request, "approve", key=key).json()
    world.server.stop(signal.SIGKILL)
    world.server = world.server.again()
    assert undoable(head, request, "approve", key=key).json() == answer
    assert now(head, request)["state"]["key"] in ("head_review", "county_review")
    done = wait_for_state(head, request, "county_review")
    assert done["pending"] is None and acts(head, request).count("approve") == 1
    at = instant(history(head, request)[-1]["at"])
    assert (at - instant(answer["undoUntil"])).total_seconds() < 5


def test_signing_out_leaves_it_to_be_done(quick_world, quick):
    registrar = quick_world["registrar"]
    request = open_request(registrar, quick.student()["id"], FIELDS)
    head = sign_in(quick_world.url, "head")
    undoable(head, request, "approve")
    head.delete("/session", expect=204)
    wait_for_state(registrar, request, "county_review")


def test_whoever_was_shut_out_meanwhile_has_done_nothing(private_world):
    world = private_world(simulator=False, environment={"XUEJI_PIPELINE_UNDO_SECONDS": "3"})
    registrar, head, admin = world["registrar"], world["head"], world["admin"]
    request = open_request(registrar, Supply(world).student()["id"], FIELDS)
    undoable(head, request, "approve")
    account(world, "disable", "head", "--yes")
    wait_until(lambda: now(registrar, request)["pending"] is None, "the act to be dropped")
    assert now(registrar, request)["state"]["key"] == "head_review" and "approve" not in acts(registrar, request)
    account(world, "enable", "head")
    [told] = undone(sign_in(world.url, "head"), request)
    assert '"Approve" was not done' in told["text"]
    assert "“同意”未办理" in sign_in(world.url, "head", language="zh").items("/notifications")[0]["text"]


def test_live_events_tell_what_is_pending_undone_and_done(quick_world, quick):
    registrar, head = quick_world["registrar"], quick_world["head"]
    request = open_request(registrar, quick.student()["id"], FIELDS)
    with Live(registrar) as teller, Live(head) as live:
        undoable(head, request, "approve")
        teller.wait("request.changed", request=request["id"])
        first = live.wait("task.changed", request=request["id"])
        undo(head, request)
        wait_until(lambda: len([e for e in teller.events if e["type"] == "request.changed"]) >= 2, "undo to be told")
        undoable(head, request, "approve")
        live.wait("task.removed", request=request["id"])
        seen = live.events
    with Live(head, after=first["id"]) as resumed:
        missed = seen[seen.index(first) + 1:]
        wait_until(lambda: len(resumed.events) >= len(missed), "what was missed to be told")
        assert [event["id"] for event in resumed.events][:len(missed)] == [event["id"] for event in missed]
    ids = [int(event["id"]) for event in seen]
    assert ids == sorted(set(ids))


@pytest.mark.usefixtures("a_program_that_faketime_can_run")
@pytest.mark.parametrize("offset", ["+20d", "-20d"])
def test_it_is_done_when_the_clock_is_set(tmp_path, offset):
    from conftest import World
    clock = MovedClock(tmp_path)
    world = World(tmp_path / "world", environment={**clock.environment, "XUEJI_PIPELINE_UNDO_SECONDS": "60"}, simulator=False)
    try:
        request = open_request(world["registrar"], Supply(world).student()["id"], FIELDS)
        undoable(world["head"], request, "approve")
        assert now(world["registrar"], request)["pending"]
        clock.move(offset)
        world.sign_in_anew()
        wait_for_state(world["registrar"], request, "county_review")
    finally:
        world.close()


def test_undo_takes_a_key_like_every_call_that_changes_something(world, supply):
    registrar, head = world["registrar"], world["head"]
    request = open_request(registrar, supply.student()["id"], FIELDS)
    undoable(head, request, "approve")
    assert head.call("DELETE", f"/requests/{request['id']}/pending", 204, key=new_key()).content == b""
    problem(head.call("DELETE", f"/requests/{request['id']}/pending", 409, key=new_key()), 409, "not-in-this-state")
    assert now(registrar, request)["pending"] is None


def test_a_task_stands_once_among_many(world, supply):
    registrar, head = world["registrar"], world["head"]
    request = open_request(registrar, supply.student()["id"], FIELDS)
    task = task_of(head, request)
    items = [{"task": task["id"], "version": task["version"]}] * 2
    for undo_it in (True, False):
        refused = problem(head.post("/tasks/actions", {"action": "approve", "undoable": undo_it, "items": items}, 422, key=new_key()),
                          422, "validation")
        assert refused["errors"][0]["pointer"] == "/items/1/task"
    assert now(registrar, request)["pending"] is None and now(registrar, request)["state"]["key"] == "head_review"


@pytest.mark.parametrize("verb", ["claim", "release"])
def test_a_claim_takes_a_key_too(world, supply, verb):
    head = world["head"]
    request = open_request(world["registrar"], supply.student()["id"], FIELDS)
    task = task_of(head, request)
    for each in ("claim", "release")[:1 if verb == "claim" else 2]:
        task = head.post(f"/tasks/{task['id']}/{each}", {}, 200, key=new_key(), version=task["version"]).json()
