"""What is refused, and that each refusal is a document a person understands."""
import re

import pytest

from support import files
from support.client import new_key, problem
from support.journey import DELETION, NAME_CHANGE, act, history, now, open_request, scans, upload

FIELDS = {"new_name": "欧阳试三", "ground": "register_changed", "reason": "户口簿更正"}


@pytest.fixture(scope="module")
def request_at_head(world, supply):
    """A request that nobody in this module moves on."""
    return open_request(world["registrar"], supply.student()["id"], FIELDS)


@pytest.mark.parametrize("username", ["registrar2", "county2", "province2"])
def test_another_jurisdiction_learns_nothing(world, request_at_head, username):
    stranger, number, student = world[username], request_at_head["id"], request_at_head["student"]["id"]

    def without_names(response):
        return re.sub(r'"instance": ?"[^"]*"', "", response.text)

    foreign = [
        (f"/requests/{number}", "/requests/999999999"),
        (f"/requests/{number}/history", "/requests/999999999/history"),
        (f"/requests/{number}/explain?action=approve", "/requests/999999999/explain?action=approve"),
        (f"/students/{student}", "/students/999999999"),
        (f"/students/{student}/history", "/students/999999999/history"),
        (f"/students/{student}/numbers", "/students/999999999/numbers"),
        (f"/evidence/{request_at_head['evidence'][0]['sha256']}", "/evidence/" + "0" * 64)]
    for there, nowhere in foreign:
        seen, unseen = stranger.get(there, expect=404), stranger.get(nowhere, expect=404)
        problem(seen, 404, "not-found")
        assert without_names(seen) == without_names(unseen)
        assert set(seen.headers) == set(unseen.headers)
    acted = act(stranger, request_at_head, "approve", expect=404)
    unknown = act(stranger, {**request_at_head, "id": "999999999"}, "approve", expect=404)
    assert without_names(acted) == without_names(unknown)
    stale = act(stranger, request_at_head, "approve", version=99, expect=404)
    assert without_names(stale) == without_names(unknown), "not even whether the version is right"
    opened = open_request(stranger, student, FIELDS, scans(stranger), expect=404)
    nobody = open_request(stranger, "999999999", FIELDS, scans(stranger), expect=404)
    assert without_names(opened) == without_names(nobody)
    for path in ("/requests", "/students", "/tasks"):
        text = stranger.get(path, params={"limit": 200}).text
        assert f'"{number}"' not in text or path == "/students"
        assert request_at_head["student"]["name"] + '","idNumber":"' + request_at_head["student"]["idNumber"] not in text
    assert student not in [s["id"] for s in stranger.found("/students", limit=200, name=request_at_head["student"]["name"])]


def test_a_stale_version_says_what_changed(supply, registrar, head):
    request = open_request(registrar, supply.student()["id"], FIELDS)
    newer = act(head, request, "comment", comment="正在核对原件")
    assert newer["version"] > request["version"]
    body = problem(act(head, request, "approve", expect=412), 412, "stale")
    assert str(newer["version"]) in body["detail"]
    assert [(change["action"], change["by"]) for change in body["changes"]] == [("comment", "head")]
    assert now(head, request)["state"]["key"] == "head_review"


def test_acting_needs_the_version_and_a_key(request_at_head, head, registrar, supply):
    path = f"/requests/{request_at_head['id']}/actions/approve"
    problem(head.post(path, {}, key=new_key()), 428, "precondition-required")
    problem(head.post(path, {}, version=request_at_head["version"]), 400, "idempotency-key-required")
    body = {"workflow": NAME_CHANGE, "student": supply.student()["id"], "fields": FIELDS, "evidence": [], "submit": False}
    problem(registrar.post("/requests", body), 400, "idempotency-key-required")


@pytest.mark.parametrize("value", ["3", 'W/"3"', "*", '"3', '"x"', '"3", "4"', '"03"', '"-3"', ""])
def test_a_version_that_is_no_version(request_at_head, head, value):
    response = head.post(f"/requests/{request_at_head['id']}/actions/approve", {}, key=new_key(), headers={"If-Match": value})
    assert response.status_code in (400, 412, 428), response.text
    assert now(head, request_at_head)["version"] == request_at_head["version"]


@pytest.mark.parametrize("value", ["", "x" * 129, "a b", "schl\u00fcssel".encode("utf-8").decode("latin-1")])
def test_a_key_that_is_no_key(request_at_head, head, value):
    response = head.post(
        f"/requests/{request_at_head['id']}/actions/approve", {}, version=request_at_head["version"],
        headers={"Idempotency-Key": value.encode("latin-1")})
    assert response.status_code == 400, response.text
    assert now(head, request_at_head)["version"] == request_at_head["version"]


def test_ones_own_submission(request_at_head, registrar):
    body = problem(act(registrar, request_at_head, "approve", expect=403), 403, "not-allowed")
    assert body["explain"]["action"] == "approve" and body["explain"]["allowed"] is False
    assert [who["role"] for who in body["explain"]["who"]] == ["head"]
    assert [who["office"]["level"] for who in body["explain"]["who"]] == ["school"]


def test_another_post_of_the_same_jurisdiction(request_at_head, county):
    body = problem(act(county, request_at_head, "approve", expect=403), 403, "not-allowed")
    assert body["explain"]["reasons"]


def test_an_action_of_another_state(request_at_head, head):
    problem(act(head, request_at_head, "submit", expect=409), 409, "not-in-this-state")


def test_an_action_that_no_state_knows(request_at_head, head):
    response = act(head, request_at_head, "explode", expect=(404, 409))
    assert response.json()["type"] in ("/problems/not-found", "/problems/not-in-this-state")


def test_a_return_needs_a_comment_and_an_earlier_state(request_at_head, head):
    body = problem(act(head, request_at_head, "return", expect=422), 422, "validation")
    assert [error["pointer"] for error in body["errors"]] == ["/comment"]
    for state in ("county_review", "completed", "nowhere"):
        body = problem(act(head, request_at_head, "return", comment="退回", to=state, expect=422), 422, "validation")
        assert [error["pointer"] for error in body["errors"]] == ["/to"]


def test_a_second_business_names_the_first_and_who_holds_it(request_at_head, registrar):
    response = open_request(registrar, request_at_head["student"]["id"], FIELDS, expect=409)
    body = problem(response, 409, "open-business")
    assert request_at_head["id"] in body["detail"]
    assert request_at_head["holders"][0]["office"]["name"] in body["detail"]


def test_a_student_who_has_left_cannot_change_names(world, registrar):
    left = [s for s in registrar.items("/students", limit=200) if s["status"] not in ("in_school", "suspended") and not s["openRequest"]]
    assert left, "the demo's first school has a student who left"
    body = problem(open_request(registrar, left[0]["id"], FIELDS, expect=409), 409, "status-not-eligible")
    assert body["explain"]["reasons"]


def test_submitting_without_the_household_register(supply, registrar):
    student = supply.student()["id"]
    body = problem(open_request(registrar, student, FIELDS, [], expect=422), 422, "missing-evidence")
    assert "household" in body["detail"].lower() or "household" in str(body["errors"]).lower()
    other = scans(registrar, "other_certificate")
    problem(open_request(registrar, student, FIELDS, other, expect=422), 422, "missing-evidence")
    assert registrar.get("/students/" + student).json()["openRequest"] is None


def test_evidence_must_be_a_known_kind_of_ones_own_upload_and_not_too_many(world, supply, registrar):
    student = supply.student()["id"]
    wrong = scans(registrar, "birthday_card")
    assert problem(open_request(registrar, student, FIELDS, wrong, expect=422), 422, "validation")["errors"]
    seven = scans(registrar, count=7)
    open_request(registrar, student, FIELDS, seven, expect=422)
    never = [{"kind": "household_register", "sha256": "ab" * 32}]
    of_another = scans(world["registrar2"])
    refused = [open_request(registrar, student, FIELDS, evidence, expect=422).json() for evidence in (never, of_another)]
    assert refused[0]["type"] == refused[1]["type"]


def check_character(digits):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(digits, weights)) % 11]


@pytest.mark.parametrize("fields, pointer", [
    ({"new_id_number": "11010520150901001" + ("1" if check_character("11010520150901001") != "1" else "2")}, "/fields/new_id_number"),
    ({"new_id_number": "110105201502300018"}, "/fields/new_id_number"),
    ({"new_id_number": "11010520150901"}, "/fields/new_id_number"),
    ({"new_id_number": ""}, None),
    ({"new_name": "张\u0000三"}, "/fields/new_name"),
    ({"new_name": " 张三"}, "/fields/new_name"),
    ({"new_name": "x" * 51}, "/fields/new_name"),
    ({"new_name": "张三\u202e"}, "/fields/new_name"),
    ({"new_name": 7}, "/fields/new_name"),
    ({"new_name": "张三", "nickname": "小三"}, "/fields/nickname"),
    ({}, None),
])
def test_a_wrong_value_is_pointed_at(supply, registrar, wrong_value_student, fields, pointer):
    evidence = scans(registrar)
    response = open_request(registrar, wrong_value_student, {**fields, "ground": "other", "reason": "更正"}, evidence, expect=(422, 400))
    body = response.json()
    if "\u0000" in str(fields.get("new_name")) and response.status_code == 400:
        return  # a NUL may be refused with the text itself
    problem(response, 422, "validation")
    if pointer:
        assert [error["pointer"] for error in body["errors"]] == [pointer]
    assert all(error["message"].strip() for error in body["errors"])


@pytest.fixture(scope="module")
def wrong_value_student(supply):
    return supply.student()["id"]


def test_a_missing_required_field_and_one_equal_to_todays(supply, registrar):
    student = supply.student()
    body = problem(open_request(registrar, student["id"], {"new_name": "欧阳试四", "ground": "other"}, expect=422), 422, "validation")
    assert [error["pointer"] for error in body["errors"]] == ["/fields/reason"]
    problem(open_request(registrar, student["id"], {"new_name": student["name"], "ground": "register_changed", "reason": "更正"}, expect=422), 422, "validation")


def test_a_change_says_its_ground(supply, registrar):
    shown = next(field for field in registrar.get("/workflows/key-information-change").json()["fields"] if field["key"] == "ground")
    assert shown["required"] is True and [choice["key"] for choice in shown["choices"]] == ["register_changed", "entry_wrong", "other"]
    student, fields = supply.student()["id"], {"new_name": "欧阳试六", "reason": "更正"}
    for ground in ({}, {"ground": ""}, {"ground": "wished"}):
        body = problem(open_request(registrar, student, {**fields, **ground}, expect=422), 422, "validation")
        assert [error["pointer"] for error in body["errors"]] == ["/fields/ground"]
    draft = open_request(registrar, student, fields, submit=False)
    problem(act(registrar, draft, "submit", expect=422), 422, "validation")
    assert act(registrar, draft, "submit", fields={**fields, "ground": "other"})["state"]["key"] == "head_review"


@pytest.mark.parametrize("written", ["x", "X"])
def test_both_cases_of_the_check_character(supply, registrar, written):
    digits = next(d for d in (f"11010520150901{n:03d}" for n in range(1000)) if check_character(d) == "X")
    student = supply.student()
    request = open_request(registrar, student["id"], {"new_id_number": digits + written, "ground": "register_changed", "reason": "更正"}, submit=False)
    assert request["fields"]["new_id_number"] == digits + "X"


def test_a_workflow_that_does_not_exist(supply, registrar):
    response = open_request(registrar, supply.student()["id"], FIELDS, workflow="space-travel", evidence=[], expect=(404, 422))
    assert response.json()["type"] in ("/problems/not-found", "/problems/validation")


def test_refusals_speak_the_readers_language(world, request_at_head, head):
    path = f"/requests/{request_at_head['id']}/actions/submit"
    spoken = {}
    for language in ("zh-CN", "en-GB"):
        response = head.post(path, {}, key=new_key(), version=request_at_head["version"], headers={"Accept-Language": language})
        spoken[language] = problem(response, 409, "not-in-this-state")
        assert response.headers["Content-Language"].startswith(language[:2])
    assert re.search("[\u4e00-\u9fff]", spoken["zh-CN"]["detail"]) and re.search("[\u4e00-\u9fff]", spoken["zh-CN"]["title"])
    assert not re.search("[\u4e00-\u9fff]", spoken["en-GB"]["title"])


def test_every_problem_type_is_a_page_of_the_server(world, request_at_head, head):
    body = problem(act(head, request_at_head, "submit", expect=409), 409, "not-in-this-state")
    page = world.anonymous().call("GET", body["type"], expect=200, check=False)
    assert page.text.strip()
    world.anonymous().call("GET", "/problems/no-such-problem", expect=404, check=False)
