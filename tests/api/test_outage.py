"""The national side fails: requests wait and say so, none is lost, and afterwards each effect happens once."""
from conftest import Supply
from support.client import problem
from support.journey import act, history, now, open_request, wait_for_state
from support.program import wait_until


def to_the_checks(world, example):
    request = open_request(world["registrar"], example["student"], {**example["fields"], "reason": "更正"})
    for username in ("head", "county", "county-approver"):
        request = act(world[username], request, "approve")
    return request


def unavailable(client, request):
    return "unavailable" in [finding["outcome"] for finding in now(client, request)["findings"]]


def assert_changed_once(client, example, request):
    entries = client.items(f"/students/{example['student']}/history")
    changes = [(change["field"], change["new"]) for entry in entries if entry["request"] == request["id"] for change in entry["changes"]]
    wanted = {key.removeprefix("new_"): value for key, value in example["fields"].items() if key.startswith("new_")}
    assert sorted(changes) == sorted(wanted.items())


def test_an_outage_delays_and_loses_nothing(private_world):
    world = private_world()
    registrar, supply = world["registrar"], Supply(world)
    world.simulator.switch(outage=True)
    waiting = [(example, to_the_checks(world, example)) for example in (supply.clear("new_name") for _ in range(5))]
    for example, request in waiting:
        wait_until(lambda r=request: unavailable(registrar, r), "the finding that the national side is unavailable")
        seen = now(registrar, request)
        assert seen["state"]["key"] == "central_check" and seen["outcome"] is None
        assert seen["holders"][0]["role"] == "system"
        problem(act(registrar, seen, "withdraw", expect=409), 409, "not-in-this-state")
        assert registrar.get("/students/" + example["student"]).json()["name"] != example["fields"]["new_name"]
    world.simulator.switch(error_rate=1)
    world.restart()
    world.simulator.switch()
    for example, request in waiting:
        request = wait_for_state(registrar, request, "completed", seconds=90)
        student = registrar.get("/students/" + example["student"]).json()
        assert student["name"] == example["fields"]["new_name"]
        assert_changed_once(registrar, example, request)
        entries = history(registrar, request)
        assert [entry["to"] for entry in entries].count("completed") == 1
        assert len(entries) < 15, "retries that change nothing write no history"


def test_a_national_side_that_is_slow_and_errs(private_world):
    world = private_world()
    registrar, supply = world["registrar"], Supply(world)
    world.simulator.switch(latency_ms=300, error_rate=0.3)
    waiting = [(example, to_the_checks(world, example)) for example in (supply.clear("new_name") for _ in range(6))]
    world.simulator.switch(latency_ms=300)
    for example, request in waiting:
        request = wait_for_state(registrar, request, "completed", seconds=90)
        assert_changed_once(registrar, example, request)
