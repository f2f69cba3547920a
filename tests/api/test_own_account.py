"""One's own account: its password, where it is signed in, and how sessions end."""
import pytest

from support import client as api
from support.administration import account
from support.client import problem, sign_in
from support.live import Live
from support.program import MovedClock

GOOD = "correct horse battery staple"


@pytest.fixture
def own(private_world):
    return private_world(simulator=False)


def change(client, new, old="xueji-demo", **options):
    return client.post("/me/password", {"old": old, "new": new}, **options)


def test_people_change_their_password_and_other_sessions_end(own):
    here, there = sign_in(own.url, "county"), sign_in(own.url, "county", cookie=True)
    live_here, live_there = Live(here), Live(there)
    change(here, GOOD, expect=204)
    assert live_there.wait_closed(5) == 1008 and not live_here.ended
    live_here.close()
    problem(there.get("/me", expect=401), 401, "unauthenticated")
    assert here.get("/me").json()["username"] == "county"
    problem(own.anonymous().post("/session", {"username": "county", "password": "xueji-demo"}), 401, "unauthenticated")
    sign_in(own.url, "county", GOOD)
    assert own["admin"].items("/audit", account="county", action="password_changed")[0]["by"] == "county"


@pytest.mark.parametrize("new", ["short", "1234567", "12345678", "PASSWORD", "woaini1314", "county-is-mine", "xxCOUNTYxx", "xueji-demo", "一二三四五六七", "Xueji@2026", "registrar.1", "学籍-20260901", "x" * 257])
def test_weak_passwords_are_refused(own_county, new):
    body = problem(change(own_county, new), 422, "validation")
    assert [error["pointer"] for error in body["errors"]] == ["/new"]
    assert own_county.get("/me").json()["username"] == "county"


@pytest.fixture(scope="module")
def own_county(world):
    return sign_in(world.url, "county")


@pytest.mark.parametrize("new", ["密码是一二三四五六", "🐴" * 64, "x y  z  ,;'\"<>&%", "a" * 64])
def test_all_characters_and_long_passwords_are_taken(own, new):
    change(own["head"], new, expect=204)
    sign_in(own.url, "head", new)


def test_a_wrong_old_password_changes_nothing_and_is_slowed_down(own):
    answers = [change(own["head"], GOOD, old="wrong") for _ in range(12)]
    body = problem(answers[0], 422, "validation")
    assert [error["pointer"] for error in body["errors"]] == ["/old"]
    assert answers[-1].status_code == 429
    assert own["head"].get("/me")


def test_weak_passwords_are_refused_at_creation_and_at_the_terminal(own, tmp_path):
    school = own["registrar"].get("/me").json()["posts"][0]["office"]["id"]
    for password in ("88888888", "weak-one-2026"):
        body = {"username": "weak-one", "name": "弱", "password": password, "posts": [{"office": school, "role": "registrar"}]}
        assert [e["pointer"] for e in problem(own["admin"].post("/accounts", body), 422, "validation")["errors"]] == ["/password"]
    (tmp_path / "password").write_text("88888888\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="frequent password"):
        account(own, "set-password", "head", "--password-file", str(tmp_path / "password"))


def test_a_password_that_somebody_else_chose_must_be_changed_first(private_world, tmp_path):
    world = private_world(simulator=False, demo=False)
    (tmp_path / "password").write_text("chosen by the operator\n", encoding="utf-8")
    account(world, "set-password", "county", "--password-file", str(tmp_path / "password"))
    client = api.Client(world.url, "county")
    answer = client.post("/session", {"username": "county", "password": "chosen by the operator", "mode": "token"}, expect=201).json()
    assert answer["passwordChangeRequired"]
    client = api.Client(world.url, "county", answer["token"])
    assert client.get("/me").json()["passwordChangeRequired"]
    for path in ("/tasks", "/notifications", "/me/sessions", "/students", "/workflows"):
        problem(client.get(path, expect=403), 403, "password-change-required")
    problem(client.post("/notifications/read", {"ids": []}), 403, "password-change-required")
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}
    problem(client.get("/events", expect=403, headers=upgrade), 403, "password-change-required")
    change(client, GOOD, old="chosen by the operator", expect=204)
    assert client.items("/tasks", limit=200) and not client.get("/me").json()["passwordChangeRequired"]
    Live(client).close()


def test_one_sees_and_ends_ones_sessions(own):
    here = sign_in(own.url, "province")
    there = api.Client(own.url, "province")
    there.post("/session", {"username": "province", "password": "xueji-demo"}, expect=201, headers={"Origin": own.url, "User-Agent": "Browser/1 \u00e9"})
    there.session.headers["Origin"] = own.url
    live = Live(there)
    sessions = here.items("/me/sessions")
    assert [(s["kind"], s["current"], s["address"]) for s in sorted(sessions, key=lambda s: s["current"])] == [
        ("browser", False, "127.0.0.1"), ("token", True, "127.0.0.1")]
    other = next(s for s in sessions if not s["current"])
    assert other["userAgent"].startswith("Browser/1") and other["since"] <= other["lastUsed"] < other["until"]
    problem(own["county"].delete(f"/me/sessions/{other['id']}"), 404, "not-found")
    here.delete(f"/me/sessions/{other['id']}", expect=204)
    assert live.wait_closed(5) == 1008
    problem(there.get("/me", expect=401), 401, "unauthenticated")
    assert [s["current"] for s in here.items("/me/sessions")] == [True]
    problem(here.delete(f"/me/sessions/{other['id']}"), 404, "not-found")


def test_shutting_out_and_letting_in_again_revives_no_session(own):
    client = sign_in(own.url, "head")
    live = Live(client)
    own["admin"].patch("/accounts/head?confirm=true", {"disabled": True}, expect=200)
    assert live.wait_closed(5) == 1008
    own["admin"].patch("/accounts/head", {"disabled": False}, expect=200)
    problem(client.get("/me", expect=401), 401, "unauthenticated")
    sign_in(own.url, "head")


@pytest.mark.usefixtures("a_program_that_faketime_can_run")
def test_sessions_end_by_idleness_and_by_time_with_their_live_events(private_world, tmp_path):
    clock = MovedClock(tmp_path)
    world = private_world(simulator=False, environment=clock.environment)
    browser, program_ = sign_in(world.url, "county", cookie=True), sign_in(world.url, "county")
    live, live_of_program = Live(browser), Live(program_)
    clock.move("+20m")
    browser.get("/me", headers={"X-Background": "1"})
    clock.move("+29m")
    browser.get("/me")
    clock.move("+50m")
    browser.get("/tasks", headers={"X-Background": "1"})
    clock.move("+59m")
    assert live.wait_closed(40) == 1008, "what the page asks by itself is no use of it"
    problem(browser.get("/me", expect=401), 401, "unauthenticated")
    assert program_.get("/me") and not live_of_program.ended
    clock.move("+13h")
    assert live_of_program.wait_closed(5) == 1008, "a session ends with its time, at once"
    problem(program_.get("/me", expect=401), 401, "unauthenticated")
