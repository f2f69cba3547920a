"""For administrators: definitions, checks that wait, figures of the server; for anybody: which program this is."""
import subprocess

import pytest

from conftest import Supply
from support.administration import add_account
from support.client import problem
from support.journey import act, history, now, office_of, open_request
from support.program import program, wait_until
from support.shipped import VERSION

FIELDS = {"new_name": "欧阳管理", "ground": "register_changed", "reason": "户口簿更正"}


def test_anybody_learns_which_program_this_is(world):
    version = subprocess.run([program(), "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
    assert world.anonymous().get("/about").json() == {"name": "xueji", "version": version, "demo": True}


def test_definitions_count_what_the_lists_hold(world, supply, registrar):
    open_request(registrar, supply.student()["id"], FIELDS, submit=False)
    definitions = world["admin"].items("/definitions")
    assert {definition["key"] for definition in definitions} == {
        "key-information-change", "g-number-deletion", "suspension", "resumption", "return", "transfer", "class-change", "class-division", "problem-status",
        "j-to-g", "g-number-change"}
    assert all(definition["current"] for definition in definitions)
    requests = world["ministry"].items("/requests", limit=200)
    for definition in definitions:
        assert [count["state"] for count in definition["counts"]] == [state["key"] for state in definition["states"]]
        for count in definition["counts"]:
            there = [r for r in requests if r["workflow"]["sha256"] == definition["sha256"] and r["state"]["key"] == count["state"]]
            assert count["count"] == len(there), (definition["key"], count)
            assert 0 <= count["overdue"] <= count["count"]
    assert sum(count["overdue"] for definition in definitions for count in definition["counts"]) > 0


def test_waiting_times_agree_with_the_counts(world, supply, registrar):
    open_request(registrar, supply.student()["id"], FIELDS, submit=False)
    for definition in world["admin"].items("/definitions"):
        counts = {count["state"]: count for count in definition["counts"]}
        for row in definition["waiting"]:
            assert row["count"] == counts[row["state"]]["count"] and row["overdue"] == counts[row["state"]]["overdue"], row
            assert 0 <= row["meanSeconds"] <= row["longestSeconds"], row
        ends = {state["key"] for state in definition["states"] if state["kind"] == "end"}
        assert {row["state"] for row in definition["waiting"]} & ends == set()


def test_a_procedure_is_drawn_for_whoever_may_see_it(world, supply, registrar):
    request = open_request(registrar, supply.student()["id"], FIELDS, submit=False)
    for path, account in ((f"/requests/{request['id']}/diagram", "registrar"), (f"/definitions/key-information-change/{VERSION}/diagram", "admin")):
        zh, en = (world[account].get(path, headers={"Accept-Language": language}) for language in ("zh", "en"))
        assert zh.headers["Content-Type"] == en.headers["Content-Type"] == "image/svg+xml"
        assert 'data-state="head_review"' in zh.text and "学校审核" in zh.text and "Review by the head" in en.text
    problem(world["registrar2"].get(f"/requests/{request['id']}/diagram", expect=404), 404, "not-found")
    problem(world["admin"].get("/definitions/key-information-change/99/diagram", expect=404), 404, "not-found")


def test_only_administrators_are_told(world):
    for path in ("/definitions", f"/definitions/key-information-change/{VERSION}/diagram", "/checks", "/health"):
        problem(world["ministry"].get(path, expect=403), 403, "not-allowed")
    problem(world["ministry"].post("/checks/8/retry"), 403, "not-allowed")


def test_figures_of_the_server(world, supply):
    before = world["admin"].get("/health").json()
    open_request(world["registrar"], supply.student()["id"], FIELDS, submit=False)
    health = world["admin"].get("/health").json()
    assert health["version"] == world.anonymous().get("/about").json()["version"] and health["demo"] is True
    assert health["startedAt"] == before["startedAt"] and health["uptimeSeconds"] >= before["uptimeSeconds"] >= 0
    assert health["ready"] == world.anonymous().get("/readyz").json()["checks"] and all(health["ready"].values())
    assert health["pipeline"]["batches"] > before["pipeline"]["batches"] and health["pipeline"]["committed"] > 0
    assert health["connections"] >= 1 and health["websockets"] >= 0
    assert health["database"]["sizeBytes"] > 100_000 and health["database"]["schemaVersion"] >= 1
    assert world.folder.name not in str(health) and "/" not in str(health["database"])


def test_offices_are_found_by_name_and_code_and_know_how_many_stand_below(world):
    admin = world["admin"]
    offices = admin.items("/offices", limit=200)
    for office in offices:
        assert office["below"] == sum(other["supervisor"] == office["id"] for other in offices), office
        assert admin.get(f"/offices/{office['id']}").json() == office
    county = next(office for office in offices if office["level"] == "county")
    by_name = admin.items("/offices", q=county["name"][1:4])
    assert county in by_name and all(county["name"][1:4] in office["name"] for office in by_name)
    by_code = admin.items("/offices", q=county["code"][:4])
    assert county in by_code and all(county["code"][:4] in office["code"] + office["name"] for office in by_code)
    assert admin.items("/offices", q="𠮷𫝆") == []
    elsewhere = office_of(world["registrar2"])
    problem(world["registrar"].get(f"/offices/{elsewhere}", expect=404), 404, "not-found")


def test_accounts_are_narrowed_to_an_office_and_to_words(world):
    admin = world["admin"]
    registrar = world["registrar"].get("/me").json()
    office = registrar["posts"][0]["office"]["id"]
    there = admin.items("/accounts", office=office)
    assert {"registrar", "head"} <= {account["username"] for account in there}
    assert all(any(post["office"]["id"] == office for post in account["posts"]) for account in there)
    assert [account["username"] for account in admin.items("/accounts", office=office, q="registra")] == ["registrar"]
    assert "registrar" in {account["username"] for account in admin.items("/accounts", q=registrar["name"])}
    assert admin.items("/accounts", q="𠮷𫝆") == []
    problem(admin.get("/accounts?office=x", expect=400), 400, "malformed")


def to_the_checks(world, supply):
    example = supply.clear("new_name")
    request = open_request(world["registrar"], example["student"], {**example["fields"], "reason": "更正"})
    for username in ("head", "county", "county-approver"):
        request = act(world[username], request, "approve")
    return request


def job_of(client, request, **filters):
    return next((job for job in client.items("/checks", limit=2, **filters) if job["request"] == request["id"]), None)


@pytest.fixture
def outage(private_world):
    """A world whose national side does not answer, and a request that waits for it, as some of the demo's do."""
    world = private_world()
    world.simulator.switch(outage=True)
    request = to_the_checks(world, Supply(world))
    wait_until(lambda: job_of(world["admin"], request, outcome="unavailable"), "the checks to be unavailable")
    wait_until(lambda: world["admin"].items("/checks", outcome="none") == [], "the first attempt of all")
    return world, request


def test_a_check_that_waits_is_listed_and_retried_once(outage):
    world, request = outage
    admin = world["admin"]
    job, seen, entries = job_of(admin, request), now(admin, request), history(admin, request)
    assert job["lastOutcome"] == "unavailable" and job["underWay"] in (True, False)
    assert job["workflow"] == {key: request["workflow"][key] for key in ("key", "title", "subject")}
    assert job["student"] == {key: request["student"][key] for key in ("id", "name")}
    assert job["check"] == "identity_comparison" and job["checkTitle"] == "Identity comparison" and job["detail"]
    assert job["attempts"] >= 1 and job["nextAt"] > job["since"]
    waiting = admin.get("/checks", params={"limit": 200, "count": "true"}).json()
    assert waiting["count"] == len(waiting["items"]) == admin.get("/health").json()["checks"]["waiting"] > 1
    assert [each["since"] for each in waiting["items"]] == sorted(each["since"] for each in waiting["items"])
    assert admin.get("/checks", params={"outcome": "none", "count": "true"}).json() == {"items": [], "next": None, "count": 0}

    def after_a_retry():
        """The job, None once it is answered. A retry while it is being asked is refused."""
        answer = admin.post(f"/checks/{job['id']}/retry", expect=(200, 409))
        if answer.status_code == 409:
            problem(answer, 409, "not-in-this-state")
        return job_of(admin, request)

    wait_until(lambda: after_a_retry()["attempts"] >= job["attempts"] + 5, "further attempts long before their time", seconds=10)
    assert (now(admin, request)["version"], history(admin, request)) == (seen["version"], entries), "retries leave no history"

    world.simulator.switch()
    wait_until(lambda: after_a_retry() is None, "the answer", seconds=10)
    done = now(admin, request)
    assert (done["state"]["key"], done["version"]) == ("completed", seen["version"] + 1)
    assert [entry["to"] for entry in history(admin, request)].count("completed") == 1
    problem(admin.post(f"/checks/{job['id']}/retry"), 409, "not-in-this-state")


def test_what_is_no_job_is_not_found(world, supply, registrar):
    admin = world["admin"]
    for job in ("8000000", "7", "1", "x", "0"):
        problem(admin.post(f"/checks/{job}/retry"), 404, "not-found")
    job = open_request(registrar, supply.student()["id"], FIELDS)["holders"][0]["task"]
    problem(admin.post(f"/checks/{job}/retry"), 409, "not-in-this-state")
    problem(admin.post(f"/checks/{job}/retry", {"now": True}), 422, "validation")
    problem(world["ministry"].post(f"/checks/{job}/retry"), 403, "not-allowed")
    problem(admin.get("/checks", params={"outcome": "clear"}, expect=400), 400, "malformed")


def test_administration_ends_at_the_offices_border(world, outage):
    """An administrator of another county sees neither jobs nor numbers of this one."""
    own, request = outage
    office = next(post["office"] for post in own["county2"].get("/me").json()["posts"])
    add_account(own, {"username": "admin-far", "name": "远方管理员", "password": "xueji-demo",
                      "posts": [{"office": office["id"], "role": "admin"}]})
    far = own["admin-far"]
    assert far.items("/checks") == [] and far.get("/health").json()["checks"]["waiting"] == 0
    job = now(own["registrar"], request)["holders"][0]["task"]
    problem(far.post(f"/checks/{job}/retry"), 404, "not-found")
    counts = {count["state"]: count["count"] for d in far.items("/definitions") for count in d["counts"] if d["key"] == "key-information-change"}
    assert counts["central_check"] == 0
