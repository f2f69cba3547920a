"""Whatever is not understood is refused, never guessed."""
import json

import pytest

from support.client import new_key, problem
from support.journey import NAME_CHANGE, act, now, open_request


def post_text(client, path, text, content_type="application/json", expect=None, **options):
    data = text if isinstance(text, bytes) else text.encode()
    return client.call("POST", path, expect, data=data, headers={"Content-Type": content_type}, **options)


@pytest.fixture(scope="module")
def draft_body(supply):
    return {"workflow": NAME_CHANGE, "student": supply.student()["id"], "fields": {"new_name": "欧阳严格", "ground": "register_changed", "reason": "更正"},
            "evidence": [], "submit": False}


def test_a_duplicate_key_is_malformed(registrar, draft_body):
    text = json.dumps(draft_body)[:-1] + ', "submit": false}'
    problem(post_text(registrar, "/requests", text, key=new_key()), 400, "malformed")
    nested = json.dumps({**draft_body, "fields": {}}).replace('"fields": {}', '"fields": {"new_name": "甲", "new_name": "乙"}')
    problem(post_text(registrar, "/requests", nested, key=new_key()), 400, "malformed")
    escaped = json.dumps(draft_body)[:-1] + ', "\\u0073ubmit": false}'
    problem(post_text(registrar, "/requests", escaped, key=new_key()), 400, "malformed")


@pytest.mark.parametrize("text", [
    b"", b"{", b"[]", b"null", b'"x"', b"{} {}", b"{'a': 1}", b'{"a": NaN}', b'{"a": 01}', b'\xef\xbb\xbf{}', b'{"workflow": "\xff\xfe"}',
    b'{"workflow": "\\ud800"}', b"[" * 5000 + b"]" * 5000, b'{"a":' * 200 + b"1" + b"}" * 200, b'{"a": 1,}', b"/* */ {}"],
    ids=["empty", "open", "list", "null", "text", "two", "quotes", "nan", "octal", "bom", "not-utf8", "surrogate", "deep-list", "deep-map",
         "comma", "comment"])
def test_what_is_no_json_object(registrar, text):
    response = post_text(registrar, "/requests", text, key=new_key())
    assert response.status_code in (400, 422), response.text
    assert response.json()["type"] in ("/problems/malformed", "/problems/validation")


def test_an_unknown_member_is_pointed_at(registrar, draft_body, world):
    body = problem(registrar.post("/requests", {**draft_body, "urgent": True}, key=new_key()), 422, "validation")
    assert [error["pointer"] for error in body["errors"]] == ["/urgent"]
    body = problem(registrar.post("/requests", {**draft_body, "evidence": [{"kind": "household_register", "sha256": "00" * 32, "size": 1}]},
                                  key=new_key()), 422, "validation")
    assert [error["pointer"] for error in body["errors"]] == ["/evidence/0/size"]
    body = problem(world.anonymous().post("/session", {"username": "registrar", "password": "xueji-demo", "remember": True}), 422, "validation")
    assert [error["pointer"] for error in body["errors"]] == ["/remember"]


@pytest.mark.parametrize("member, value, pointer", [
    ("workflow", 7, "/workflow"), ("student", 7, "/student"), ("submit", "yes", "/submit"), ("fields", [], "/fields"),
    ("evidence", {}, "/evidence"), ("evidence", [7], "/evidence/0"), ("comment", 7, "/comment")])
def test_a_member_of_another_type_is_pointed_at(registrar, draft_body, member, value, pointer):
    body = problem(registrar.post("/requests", {**draft_body, member: value}, key=new_key()), 422, "validation")
    assert [error["pointer"] for error in body["errors"]] == [pointer]


@pytest.mark.parametrize("member", ["workflow", "student"])
def test_a_missing_member_is_pointed_at(registrar, draft_body, member):
    body = {key: value for key, value in draft_body.items() if key != member}
    assert problem(registrar.post("/requests", body, key=new_key()), 422, "validation")["errors"]


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "application/xml", "text/json"])
def test_a_body_that_is_not_said_to_be_json(registrar, draft_body, content_type):
    problem(post_text(registrar, "/requests", json.dumps(draft_body), content_type, key=new_key()), 415, "unsupported-media-type")


def test_json_with_its_charset(registrar, draft_body):
    response = post_text(registrar, "/requests", json.dumps(draft_body), "application/json; charset=utf-8", key=new_key(), expect=201)
    act(registrar, response.json(), "discard")


def test_a_body_too_large_for_json(registrar, draft_body):
    text = json.dumps({**draft_body, "comment": "x" * 2_500_000})
    problem(post_text(registrar, "/requests", text, key=new_key()), 413, "too-large")
    problem(registrar.post("/session", {"username": "registrar", "password": "x" * 4096}), 413, "too-large")


@pytest.mark.parametrize("path", [
    "/students?nickname=x", "/students?name=a", "/students?class=a&class=b", "/tasks?foo=1", "/requests?page=2", "/workflows?x=1", "/me?x=1",
    "/notifications?before=3", "/tasks?limit=0", "/tasks?limit=201", "/tasks?limit=ten", "/tasks?limit=-1", "/tasks?limit=1e2",
    "/tasks?cursor=garbage", "/requests?cursor=AAAA", "/tasks?overdue=maybe", "/tasks?sort=name", "/requests?outcome=unknown",
    "/students?status=asleep", "/tasks?limit=%zz", "/students?class=%ff", "/students?class=%00", "/students?number=1",
    "/students?idNumber=1", "/tasks?q=a", "/exports/tasks.csv?q=a", "/students?status=", "/tasks?limit=", "/requests?open=", "/requests?open=maybe"])
def test_a_query_that_is_not_understood(registrar, path):
    problem(registrar.get(path, expect=400), 400, "malformed")


@pytest.mark.parametrize("path", ["/nowhere", "/requests/", "/requests//", "/requests/abc", "/requests/-1", "/requests/0",
                                  "/requests/99999999999999999999999", "/requests/1.0", "/students/x", "/requests/1/nothing"])
def test_paths_that_lead_nowhere(registrar, path):
    response = registrar.get(path, expect=(400, 404), check=False)
    assert response.json()["type"] in ("/problems/not-found", "/problems/malformed")


def test_a_method_that_a_path_does_not_know(registrar):
    response = registrar.call("PUT", "/requests", check=False)
    assert response.status_code in (404, 405), response.text
    if response.status_code == 405:
        assert "POST" in response.headers["Allow"]
    registrar.call("TRACE", "/requests", expect=(400, 404, 405, 501), check=False)


def test_head_answers_as_get_without_its_body(registrar):
    response = registrar.call("HEAD", "/me", check=False)
    assert response.status_code in (200, 405) and response.content == b""


def test_answers_are_not_cached_nor_framed(registrar):
    answer = registrar.get("/me")
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Server" not in answer.headers or "/" not in answer.headers["Server"]
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_an_act_with_unknown_members(registrar, draft_body):
    request = open_request(registrar, draft_body["student"], draft_body["fields"], [], submit=False)
    body = problem(act(registrar, request, "submit", state="completed", expect=422), 422, "validation")
    assert [error["pointer"] for error in body["errors"]] == ["/state"]
    assert now(registrar, request)["version"] == request["version"]
    act(registrar, request, "discard")
