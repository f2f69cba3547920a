"""The clock is set: rules follow it, limits and timeouts do not notice. faketime leaves CLOCK_MONOTONIC as it is."""
import os
import signal
import socket
import subprocess
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
import requests

from conftest import Supply, World
from support.administration import account
from support.client import problem, sign_in
from support.journey import act, history, now, open_request, scans, task_of, wait_for_state
from support.live import Live
from support.program import ROOT, MovedClock, Process, faked, free_port, own_database, program, wait_until
from test_limits import seasonal
from test_outage import assert_changed_once, to_the_checks, unavailable

FIELDS = {"new_name": "欧阳时日", "ground": "register_changed", "reason": "户口簿更正"}


pytestmark = pytest.mark.usefixtures("a_program_that_faketime_can_run")


@pytest.fixture
def moved_world(tmp_path):
    """A server whose clock `world.clock.move("-1d")` sets while it runs."""
    made = []

    def make(environment=None, **settings):
        clock = MovedClock(tmp_path)
        made.append(World(tmp_path / "world", environment={**clock.environment, **(environment or {})}, **settings))
        made[-1].clock = clock
        return made[-1]

    yield make
    for one in made:
        one.close()


def actions(client, request):
    return [entry["action"] for entry in history(client, request)]


@contextmanager
def half_a_call(world):
    """A connection whose request has begun; `rest()` sends what is missing and returns the answer."""
    with socket.create_connection(("127.0.0.1", world.server.port), timeout=60) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n")

        def rest():
            connection.sendall(b"\r\n")
            return connection.recv(65536)

        yield rest


def test_a_deadline_passes(private_world):
    world = private_world(simulator=False)
    request = open_request(world["registrar"], Supply(world).student()["id"], FIELDS)
    assert task_of(world["county"], request) is None
    world.restart(clock="+4d")
    wait_until(lambda: "reminder" in actions(world["registrar"], request), "the reminder, two working days before the deadline")
    assert task_of(world["head"], request)["overdue"] is False
    world.restart(clock="+15d")
    wait_until(lambda: "overdue" in actions(world["registrar"], request), "the deadline of five working days to pass")
    assert task_of(world["head"], request)["overdue"] is True
    assert act(world["county"], now(world["county"], request), "approve")["state"]["key"] == "county_review"


def suspended_for(world, student, days):
    fields = {"ground": "family", "from": str(date.today()), "until": str(date.today() + timedelta(days=days))}
    registrar = world["registrar"]
    request = open_request(registrar, student["id"], fields, scans(registrar, "application"), workflow="suspension")
    return act(world["county-approver"], act(world["head"], request, "approve"), "approve")


def test_the_end_of_a_suspensions_term_is_reminded_of_once_each_time(private_world):
    world = private_world(simulator=False)
    supply = Supply(world)
    student, other = supply.student(), supply.student()
    request, resumed = suspended_for(world, student, 60), suspended_for(world, other, 60)
    assert world["registrar"].get(f"/students/{student['id']}").json()["openRequest"] is None

    def reminders(of):
        return [notice for notice in world["registrar"].items("/notifications")
                if notice["request"] == of["id"] and notice["kind"] == "remind"]

    def told(times):
        wait_until(lambda: actions(world["registrar"], request).count("remind") == times, f"reminder {times} of the term")
        assert len(reminders(request)) == times
        seen = now(world["registrar"], request)
        assert (seen["outcome"], seen["state"]["key"], seen["holders"]) == ("completed", "completed", [])

    back = {"ground": "other", "statement": "已返校", "back_on": str(date.today()), "new_grade": student["grade"]}
    registrar = world["registrar"]
    done = open_request(registrar, other["id"], back, scans(registrar, "application"), workflow="resumption")
    act(world["county-approver"], act(world["head"], done, "approve"), "approve")
    assert registrar.get(f"/students/{other['id']}").json()["statusUntil"] is None

    world.restart(clock="+45d")
    told(1)
    world.server.stop(signal.SIGKILL)
    world.server = world.server.again("+46d")
    world.sign_in_anew()
    told(1)
    assert str(date.today() + timedelta(days=60)) in reminders(request)[0]["text"]
    listed = world["registrar"].items("/requests", open="true", limit=200)
    assert request["id"] not in [each["id"] for each in listed]
    world.restart(clock="+61d")
    told(2)
    assert world["registrar"].get(f"/students/{student['id']}").json()["status"] == "suspended"
    world.restart(clock="+90d")
    told(2)
    assert reminders(resumed) == [] and "remind" not in actions(world["registrar"], resumed)
    assert world.server.stop() == 0
    world.verify_audit()


def test_a_window_opens_and_shuts(private_world, tmp_path):
    environment, opens = seasonal(tmp_path)
    world = private_world(environment=environment, simulator=False)
    student = Supply(world).student()["id"]

    def may_open():
        return next(w for w in world["registrar"].items("/workflows") if w["key"] == "seasonal-change")["open"]["now"]

    assert not may_open()
    world.restart(clock="+181d")
    assert may_open()
    opened = open_request(world["registrar"], student, FIELDS, workflow="seasonal-change")
    world.restart(clock="+212d")
    assert not may_open()
    assert act(world["head"], now(world["head"], opened), "approve")["state"]["key"] == "county_review", "what began before goes on"


def test_what_is_unfinished_when_its_window_closes_is_closed_and_told(private_world, tmp_path):
    environment, _ = seasonal(tmp_path, "close: {on: window seasonal closes, when: student.grade != \"9\", to: expired}\n")
    world = private_world(environment=environment, simulator=False)
    supply = Supply(world)
    world.restart(clock="+181d")
    registrar = world["registrar"]
    free = [supply.student() for _ in range(6)]
    spared = [each for each in free if each["grade"] == "9"]
    opened = {each["id"]: open_request(registrar, each["id"], FIELDS, workflow="seasonal-change") for each in free}
    draft = open_request(registrar, supply.student()["id"], FIELDS, workflow="seasonal-change", submit=False)
    withdrawn = act(registrar, open_request(registrar, supply.student()["id"], FIELDS, workflow="seasonal-change"), "withdraw")
    world.server.stop(signal.SIGKILL)
    world.server = world.server.again("+212d")
    world.sign_in_anew()
    registrar = world["registrar"]
    for each in free:
        request = opened[each["id"]]
        if each in spared:
            continue
        wait_until(lambda: now(registrar, request)["outcome"] == "expired", "the closing")
        assert actions(registrar, request)[-1] == "closed"
        assert registrar.get(f"/students/{each['id']}").json()["openRequest"] is None
        (told,) = [notice for notice in world["head"].items("/notifications", limit=200) if notice["request"] == request["id"] and notice["kind"] == "closed"]
        assert "was not finished by its date and has been closed" in told["text"]
        (told,) = [notice for notice in registrar.items("/notifications", limit=200) if notice["request"] == request["id"] and notice["kind"] in ("closed", "expired")]
        problem(act(world["head"], now(world["head"], request), "approve", expect=409), 409, "not-in-this-state")
    wait_until(lambda: now(registrar, draft)["outcome"] == "expired", "the closing of a draft")
    assert actions(registrar, withdrawn).count("closed") == 0
    assert [now(registrar, opened[each["id"]])["outcome"] for each in spared] == [None] * len(spared)
    world.restart(clock="+213d")
    assert all(actions(world["registrar"], request).count("closed") <= 1 for request in opened.values())
    assert world.server.stop() == 0
    world.verify_audit()


def test_limits_and_timeouts_do_not_notice_a_jump_ahead(moved_world):
    world = moved_world({"XUEJI_ACCOUNTS_RATE_PER_SECOND": "1", "XUEJI_ACCOUNTS_RATE_BURST": "200",
                         "XUEJI_ACCOUNTS_SIGN_IN_PER_MINUTE": "1"}, simulator=False)
    registrar, guessing = world["registrar"], world.anonymous()
    guess = {"username": "province2", "password": "guess"}
    assert guessing.post("/session", guess).status_code == 401
    problem(guessing.post("/session", guess), 429, "rate-limited")
    wait_until(lambda: registrar.get("/me", expect=None).status_code == 429, "the limit of calls", pause=0)
    with Live(world["county"]) as live, half_a_call(world) as rest:
        world.clock.move("+1h")
        problem(guessing.post("/session", guess), 429, "rate-limited")
        passed = [registrar.get("/me", expect=None).status_code for _ in range(100)].count(200)
        assert passed < 50, "an hour of the clock has filled the bucket"
        assert not live.ended
        world.clock.move("+1y")
        assert rest().startswith(b"HTTP/1.1 200"), "the connection was ended by the clock"
        assert live.wait_closed(30) == 1008, "the session has ended by the clock, and what follows in its name with it"


@pytest.mark.parametrize("back", ["-1d", "-1y"])
def test_a_clock_set_back_while_running_shuts_nobody_out(moved_world, back):
    world = moved_world({"XUEJI_ACCOUNTS_RATE_PER_SECOND": "5", "XUEJI_ACCOUNTS_RATE_BURST": "20",
                         "XUEJI_ACCOUNTS_SIGN_IN_PER_MINUTE": "1000", "XUEJI_SERVER_HEADER_SECONDS": "2"})
    supply = Supply(world)
    example = supply.clear("new_name")
    world.simulator.switch(outage=True)
    waiting = to_the_checks(world, example)
    wait_until(lambda: unavailable(world["registrar"], waiting), "the national side to be found unavailable", pause=0.5)
    request = open_request(world["registrar"], supply.student()["id"], FIELDS)
    claimed = world["head"].post(f"/tasks/{task_of(world['head'], request)['id']}/claim", {}, expect=200, version=request["version"]).json()
    for _ in range(10):
        assert world.anonymous().post("/session", {"username": "province2", "password": "guess"}).status_code == 401
    locked = world["county2"]
    assert locked.get("/me").json()["username"] == "county2"
    wait_until(lambda: world["registrar"].get("/me", expect=None).status_code == 429, "the limit of calls", pause=0)

    world.clock.move(back)
    account(world, "disable", "county2", "--yes")
    world.sign_in_anew()
    right = world.anonymous().post("/session", {"username": "province2", "password": "xueji-demo"})
    assert 1 <= int(problem(right, 429, "rate-limited") and right.headers["Retry-After"]) <= 900, "a lock lasts no longer than it did"
    wait_until(lambda: world["registrar"].get("/me", expect=None).status_code == 200, "calls to be let through again")
    released = world["head"].post(f"/tasks/{claimed['id']}/release", {}, expect=200, version=claimed["version"])
    assert released.json()["claimedBy"] is None
    assert act(world["head"], now(world["head"], request), "approve")["state"]["key"] == "county_review"
    with socket.create_connection(("127.0.0.1", world.server.port), timeout=60) as silent:
        silent.sendall(b"GET /healthz HTTP/1.1\r\n")
        while silent.recv(65536):
            pass
    world.simulator.switch()
    wait_until(lambda: now(world["registrar"], waiting)["outcome"] == "completed", "the checks to be asked again", seconds=60, pause=0.5)
    assert_changed_once(world["registrar"], example, waiting)
    wait_until(lambda: locked.get("/me", expect=None).status_code == 401, "the disabled account to be shut out", seconds=60, pause=0.5)


@pytest.mark.parametrize("back", ["-1d", "-1y"])
def test_a_start_with_the_clock_set_back(private_world, back):
    world = private_world()
    example = Supply(world).clear("new_name")
    world.simulator.switch(outage=True)
    waiting = to_the_checks(world, example)
    wait_until(lambda: unavailable(world["registrar"], waiting), "the national side to be found unavailable")
    other = open_request(world["registrar"], Supply(world).student()["id"], FIELDS)
    world.restart(clock=back)
    world.simulator.switch()
    other = act(world["head"], now(world["head"], other), "approve")
    assert other["state"]["key"] == "county_review"
    entries = history(world["head"], other)
    assert entries[-1]["at"] < entries[0]["at"], "the clock was not set back"
    assert_changed_once(world["registrar"], example, wait_for_state(world["registrar"], waiting, "completed", seconds=60))
    world.restart()
    world.sign_in_anew()
    act(world["county"], now(world["county"], other), "approve")


def test_the_commands_of_an_outside_test(tmp_path):
    """`demo-data`, `national-simulator` and `serve` as they are written, by faketime, then again on the same data later."""
    data, database = tmp_path / "data", {"XUEJI_DATABASE": own_database()}
    made = subprocess.run([program(), "demo-data", "--data", str(data)], cwd=ROOT, capture_output=True, text=True, env={**os.environ, **database})
    assert made.returncode == 0, made.stdout + made.stderr
    side = free_port()
    simulator = Process([program(), "national-simulator", "--port", str(side), "--population", str(data / "population.tsv")], tmp_path / "simulator.log")
    request = None
    for clock, usernames in (("+3d", ("head", "county")), ("+40d", ("county-approver",))):
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        server = Process([*faked(clock), program(), "serve", "--demo", "--port", str(port), "--data", str(data), "--national", f"http://127.0.0.1:{side}"],
                         tmp_path / "server.log", database)
        wait_until(lambda: server.answers(url + "/readyz"), "the server to be ready", seconds=120, pause=0.05)
        if request is None:
            example = next(e for e in requests.get(url + "/demo", timeout=30).json()["examples"]
                           if e["workflow"] == "key-information-change" and e["outcome"] == "clear")
            request = open_request(sign_in(url, "registrar"), example["student"], {**example["fields"], "reason": "更正"})
        for username in usernames:
            client = sign_in(url, username)
            request = act(client, now(client, request), "approve")
        if clock == "+40d":
            wait_for_state(sign_in(url, "registrar"), request, "completed")
        assert server.stop() == 0, server.tail()
    assert simulator.stop() == 0, simulator.tail()
