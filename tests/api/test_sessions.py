"""Signing in and out, by cookie and by token; foreign origins; lock-out and limits."""
import re
import statistics
import time

import pytest
import requests

from support import client as api
from support.client import new_key, problem, sign_in
from support.journey import NAME_CHANGE, open_request
from support.live import Live


def test_a_cookie_that_scripts_cannot_read(world):
    client = world.anonymous()
    answer = client.post("/session", {"username": "registrar", "password": "xueji-demo"}, expect=201, headers={"Origin": world.url})
    attributes = [part.strip().lower() for part in answer.headers["Set-Cookie"].split(";")[1:]]
    assert "httponly" in attributes and "samesite=strict" in attributes and "path=/" in attributes
    assert "token" not in answer.json()
    me = client.get("/me").json()
    assert me["username"] == "registrar" and me["posts"][0]["role"] == "registrar" and me["posts"][0]["office"]["level"] == "school"


def test_a_token_and_no_cookie(world):
    client = world.anonymous()
    answer = client.post("/session", {"username": "county", "password": "xueji-demo", "mode": "token"}, expect=201)
    assert "Set-Cookie" not in answer.headers and len(answer.json()["token"]) >= 22
    assert api.Client(world.url, "county", answer.json()["token"]).get("/me").json()["username"] == "county"


@pytest.mark.parametrize("headers", [
    {}, {"Authorization": "Bearer "}, {"Authorization": "Bearer x"}, {"Authorization": "Basic cmVnaXN0cmFyOnh1ZWppLWRlbW8="},
    {"Cookie": "session=x; xueji=y"}, {"Authorization": "Bearer " + "a" * 4000}])
def test_who_is_not_signed_in(world, headers):
    problem(world.anonymous().get("/me", expect=401, headers=headers), 401, "unauthenticated")


def test_a_wrong_password_and_an_unknown_name_are_told_alike(world):
    client, times, bodies = world.anonymous(), {"province2": [], "nobody-here": []}, {}
    for name in ("province2", "nobody-here", "province2", "nobody-here"):
        start = time.perf_counter()
        answer = client.post("/session", {"username": name, "password": "not this one"})
        times[name].append(time.perf_counter() - start)
        body = problem(answer, 401, "unauthenticated")
        bodies[name] = {key: value for key, value in body.items() if key != "instance"}
    assert bodies["province2"] == bodies["nobody-here"]
    fast, slow = sorted(min(values) for values in times.values())
    assert slow < 5 * fast, "an unknown name answers in another time"


def test_signing_out_ends_the_session_and_its_live_events(world):
    for client in (sign_in(world.url, "county"), sign_in(world.url, "county", cookie=True)):
        live = Live(client)
        other = Live(world["county"])
        client.delete("/session", expect=204)
        assert live.wait_closed(5) == 1008
        problem(client.get("/me", expect=401), 401, "unauthenticated")
        assert not other.ended, "other sessions of the account go on"
        other.close()


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://127.0.0.1.evil.example", "http://localhost.evil", "file://"])
def test_foreign_origins_change_nothing(world, supply, origin):
    client = sign_in(world.url, "registrar", cookie=True)
    body = {"workflow": NAME_CHANGE, "student": supply.student()["id"], "fields": {}, "evidence": [], "submit": False}
    problem(client.post("/requests", body, key=new_key(), headers={"Origin": origin}), 403, "foreign-origin")
    problem(client.delete("/session", headers={"Origin": origin}), 403, "foreign-origin")
    problem(world.anonymous().post("/session", {"username": "registrar", "password": "xueji-demo"}, headers={"Origin": origin}), 403, "foreign-origin")
    assert client.get("/me").json()["username"] == "registrar"
    assert client.get("/students/" + body["student"]).json()["openRequest"] is None


def test_a_cookie_from_another_site_changes_nothing(world):
    client = sign_in(world.url, "registrar", cookie=True)
    del client.session.headers["Origin"]
    answer = client.post("/notifications/read", {"ids": []}, headers={"Sec-Fetch-Site": "cross-site"})
    problem(answer, 403, "foreign-origin")


def test_preflights_are_not_granted(world):
    answer = world.anonymous().call("OPTIONS", "/requests", headers={
        "Origin": "https://evil.example", "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}, check=False)
    assert not [name for name in answer.headers if name.lower().startswith("access-control-allow")]


def test_guessing_locks_an_account_for_a_while(private_world):
    world = private_world(environment={"XUEJI_ACCOUNTS_SIGN_IN_PER_MINUTE": "1000"}, simulator=False)
    client = world.anonymous()
    for _ in range(40):
        answer = client.post("/session", {"username": "registrar", "password": "guess"})
        if answer.status_code == 429:
            break
        problem(answer, 401, "unauthenticated")
    right = client.post("/session", {"username": "registrar", "password": "xueji-demo", "mode": "token"})
    assert right.status_code in (401, 429), "after many wrong passwords the right one must wait too"
    assert client.post("/session", {"username": "head", "password": "xueji-demo", "mode": "token"}).status_code == 201


def test_signing_in_is_limited(private_world):
    world = private_world(environment={"XUEJI_ACCOUNTS_SIGN_IN_PER_MINUTE": "5"}, simulator=False)
    client = world.anonymous()
    answers = [client.post("/session", {"username": "nobody-here", "password": "guess"}) for _ in range(20)]
    refused = next(answer for answer in answers if answer.status_code != 401)
    problem(refused, 429, "rate-limited")
    assert int(refused.headers["Retry-After"]) >= 1


def test_calls_of_an_account_are_limited(private_world):
    world = private_world(environment={"XUEJI_ACCOUNTS_RATE_PER_SECOND": "2", "XUEJI_ACCOUNTS_RATE_BURST": "5"}, simulator=False)
    registrar, head = world["registrar"], world["head"]
    answers = [registrar.get("/me", expect=None) for _ in range(30)]
    refused = next(answer for answer in answers if answer.status_code != 200)
    problem(refused, 429, "rate-limited")
    assert int(refused.headers["Retry-After"]) >= 1
    head.get("/me")


def test_sessions_outlive_a_restart(private_world):
    world = private_world(simulator=False)
    registrar = world["registrar"]
    world.restart()
    assert registrar.get("/me").json()["username"] == "registrar"


def test_behind_tls_cookies_and_answers_say_so(private_world):
    """`server.secure_cookies`: the proxy in front speaks TLS, and browsers are to come by nothing else from then on."""
    world = private_world(simulator=False, environment={"XUEJI_SERVER_SECURE_COOKIES": "true", "XUEJI_SERVER_PUBLIC_ORIGIN": "https://xueji.example.edu.cn"})
    answer = requests.post(world.url + "/api/v1/session", json={"username": "county", "password": "xueji-demo"},
                           headers={"Origin": "https://xueji.example.edu.cn"}, timeout=30)
    assert answer.status_code == 201
    cookies = answer.raw.headers.getlist("Set-Cookie")
    assert len(cookies) == 2 and all(re.match(r"__Host-xueji_(session|device)=[\w-]+; Path=/; HttpOnly; SameSite=Strict; Max-Age=\d+; Secure$", each) for each in cookies)
    for path in ("/", "/api/v1/me", "/nothing", "/healthz", "/api/v1/events"):
        assert requests.get(world.url + path, timeout=30).headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "Strict-Transport-Security" not in requests.get(private_world(simulator=False).url + "/healthz", timeout=30).headers
