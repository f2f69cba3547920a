"""Whoever acts says as whom: in another account's session nothing is done."""
import pytest

from support import raw
from support.client import new_key, problem
from support.journey import history, now, open_request, scans, upload


def as_whom(client, method, path, username, **options):
    return client.call(method, path, headers={"X-Acting-As": username}, **options)


def test_an_act_meant_for_another_account_is_refused_and_nothing_is_done(supply, registrar, head):
    request = open_request(registrar, supply.student()["id"], {"new_name": "欧阳守一", "ground": "register_changed", "reason": "更正"})
    path = f"/requests/{request['id']}/actions/approve"
    answer = as_whom(head, "POST", path, "registrar", json={}, key=new_key(), version=request["version"])
    problem(answer, 409, "other-account")
    assert "head" in answer.json()["detail"]
    assert now(registrar, request)["version"] == request["version"]
    assert [entry["action"] for entry in history(registrar, request)] == ["open", "submit"]
    assert as_whom(head, "POST", path, "head", json={}, key=new_key(), version=request["version"]).status_code == 200


def test_a_key_that_was_refused_may_be_used_by_whom_it_was_meant_for(supply, registrar, head):
    request = open_request(registrar, supply.student()["id"], {"new_name": "欧阳守二", "ground": "register_changed", "reason": "更正"})
    path, key = f"/requests/{request['id']}/actions/approve", new_key()
    problem(as_whom(head, "POST", path, "Head", json={}, key=key, version=request["version"]), 409, "other-account")
    as_whom(head, "POST", path, "head", json={}, key=key, version=request["version"], expect=200)


@pytest.mark.parametrize("method, path, body", [
    ("POST", "/requests", {"json": {"workflow": "key-information-change", "student": "1", "fields": {}, "evidence": []}}),
    ("PATCH", "/requests/1", {"json": {"fields": {}}}),
    ("POST", "/tasks/actions", {"json": {"action": "approve", "items": []}}),
    ("POST", "/tasks/8/claim", {}),
    ("POST", "/notifications/read", {"json": {"ids": []}}),
    ("POST", "/evidence", {"data": b"\xff\xd8", "params": {"filename": "a.jpg"}}),
    ("POST", "/me/delegations", {"json": {}}),
    ("DELETE", "/session", {})])
def test_every_call_that_changes_something_asks_it_first(head, method, path, body):
    answer = as_whom(head, method, path, "registrar", key=new_key(), version=1, **body)
    problem(answer, 409, "other-account")
    assert head.get("/me").json()["username"] == "head"


def test_reading_asks_nothing_and_an_upload_leaves_nothing(registrar, head):
    assert as_whom(head, "GET", "/me", "registrar", expect=200).json()["username"] == "head"
    scan = scans(registrar)[0]["sha256"]
    problem(head.call("GET", "/evidence/" + scan), 404, "not-found")
    assert upload(registrar)["sha256"]


def test_two_such_headers_are_malformed(world):
    token = world["head"].session.headers["Authorization"]
    text = (f"DELETE /api/v1/session HTTP/1.1\r\nHost: x\r\nAuthorization: {token}\r\nX-Acting-As: head\r\nX-Acting-As: registrar\r\n\r\n")
    assert raw.statuses(raw.exchange(world.url, text.encode())[0]) == [400]
