"""A repeated group of fields: given and shown as a list, checked in each row, pinned, compared, and offered what mends it."""
import json
import os
import subprocess

import pytest

from conftest import World
from support.client import new_key, problem
from support.journey import act, free_students, now, open_request, take
from support.own_definitions import with_definitions
from support.program import address_of, change_rows, program

CHECK, FILE = "record-findings", "tests/routes/record-findings.yaml"
ABSENT = {"kind": "absent"}
WRONG = {"kind": "wrong_entry", "right_number": "440524188001010014", "note": "末位"}


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rows")
    own = World(folder, simulator=False, environment=with_definitions(folder / "workflows", FILE))
    yield own
    own.verify_audit()
    own.close()


@pytest.fixture(scope="module")
def free(world):
    return free_students(world)


def begin(world, free, rows=None, submit=False, expect=201):
    fields = {} if rows is None else {"findings": rows}
    return open_request(world["registrar"], take(free, 1)[0]["id"], fields, [], workflow=CHECK, submit=submit, expect=expect)


def change(world, request, rows, expect=200):
    response = world["registrar"].patch(f"/requests/{request['id']}", {"fields": {"findings": rows}}, expect=expect, version=request["version"])
    return response.json() if expect == 200 else response


def pointers(response):
    return [error["pointer"] for error in problem(response, 422, "validation")["errors"]]


def submissions(world, request):
    return world["registrar"].items(f"/requests/{request['id']}/submissions")


def test_the_business_says_what_a_row_is_filled_in_with_and_what_it_offers(world):
    field, = world["registrar"].get(f"/workflows/{CHECK}").json()["fields"]
    assert (field["type"], field["atMost"], field["required"]) == ("rows", 20, False)
    assert [(each["key"], each["type"], each["required"]) for each in field["rows"]] == [
        ("kind", "choice", True), ("found_on", "date", False), ("right_number", "id_number", False), ("note", "text", False)]
    assert [each["key"] for each in field["rows"][0]["choices"]] == ["wrong_entry", "absent", "other"]
    assert field["offers"] == [{"workflow": "key-information-change", "when": 'kind == "wrong_entry"'},
                               {"workflow": "suspension", "when": 'kind == "absent"'}]


def test_rows_are_shown_as_they_were_given(world, free):
    rows = [WRONG, {"kind": "other", "note": "一\n二 / ~ \" 𠮷"}, {}]
    request = begin(world, free, rows)
    assert request["fields"]["findings"] == rows
    changed = change(world, request, [{"kind": "absent", "note": None, "found_on": " "}])
    assert changed["fields"] == {"findings": [ABSENT]}
    assert change(world, changed, [])["fields"] == {}


def test_each_fault_points_at_the_row_and_the_field_on_every_way(world, free):
    wrong = [{"kind": "abscent"}, {"kind": "other", "found_on": "2026-02-30", "shoe": "42"}, {"kind": "wrong_entry", "right_number": "440524188001010013"}]
    at = ["/fields/findings/0/kind", "/fields/findings/1/found_on", "/fields/findings/1/shoe", "/fields/findings/2/right_number"]
    assert pointers(begin(world, free, wrong, expect=422)) == at
    request = begin(world, free, [ABSENT])
    assert pointers(change(world, request, wrong, expect=422)) == at
    assert pointers(act(world["registrar"], request, "submit", expect=422, fields={"findings": wrong})) == at
    submitted = act(world["registrar"], request, "submit")
    reviewed = act(world["head"], submitted, "approve")
    assert reviewed["state"]["key"] == "authority_review"
    assert pointers(act(world["county"], reviewed, "approve", expect=422, fields={"findings": wrong})) == at


def test_what_is_no_list_of_rows_is_refused_where_it_stands(world, free):
    request = begin(world, free)
    for given, at in ((7, ""), ({}, ""), ("absent", ""), (["absent"], "/0"), ([ABSENT, [ABSENT]], "/1"), ([{"note": 7}], "/0/note"),
                      ([{"note": [ABSENT]}], "/0/note"), ([ABSENT] * 21, ""), ([ABSENT] * 201, "")):
        assert pointers(change(world, request, given, expect=422)) == ["/fields/findings" + at], given
    assert pointers(change(world, request, [{"note": "x" * 201}], expect=422)) == ["/fields/findings/0/note"]
    body = {"fields": {"findings": [{"note": "a\u001eb"}]}}
    assert pointers(world["registrar"].patch(f"/requests/{request['id']}", body, expect=422, version=request["version"])) == [
        "/fields/findings/0/note"]
    other = open_request(world["registrar"], take(free, 1)[0]["id"], {"reason": [ABSENT]}, [], submit=False, expect=422)
    assert pointers(other) == ["/fields/reason"]


def test_a_row_is_filled_in_at_the_submission(world, free):
    request = begin(world, free, [ABSENT, {}, {"note": "x"}])
    assert pointers(act(world["registrar"], request, "submit", expect=422)) == ["/fields/findings/1", "/fields/findings/2/kind"]
    other = begin(world, free, [{"kind": "other"}])
    refused = act(world["registrar"], other, "submit", expect=422)
    assert [(each["pointer"], each["message"]) for each in problem(refused, 422, "validation")["errors"]] == [
        ("/fields", 'A finding of the kind "Other" says what it is')]


def test_as_many_rows_as_a_business_takes_fit_in_a_request(world, free):
    rows = [{"kind": "wrong_entry", "found_on": "2026-09-01", "right_number": "440524188001010014", "note": "𠮷" * 200}] * 20
    request = begin(world, free, rows)
    assert request["fields"]["findings"] == rows
    assert len(json.dumps({"fields": request["fields"]}, ensure_ascii=False).encode()) < 64 * 1024


def test_what_changed_in_the_rows_is_told_with_each_submission(world, free):
    registrar, head = world["registrar"], world["head"]
    request = begin(world, free, [WRONG], submit=True)
    returned = act(head, request, "return", comment="请核对")
    again = act(registrar, returned, "submit", fields={"findings": [WRONG, ABSENT]})
    last, first = submissions(world, again)
    assert (first["since"], first["fields"]) == (None, {"findings": [WRONG]})
    assert last["since"]["rows"] == [{"field": "findings", "title": "Findings", "old": [WRONG], "new": [WRONG, ABSENT]}]
    assert last["since"]["fields"] == [] and last["formSha256"] != first["formSha256"]

    reviewed = act(head, again, "approve")
    dated = {**ABSENT, "found_on": "2026-09-01"}
    refused = act(world["county"], reviewed, "approve", expect=409)
    assert "row 1" not in refused.text and "row 2" in refused.text
    done = act(world["county"], reviewed, "approve", fields={"findings": [dated]})
    assert (done["outcome"], done["fields"]) == ("completed", {"findings": [dated]})
    assert submissions(world, done)[0]["since"]["rows"][0]["old"] == [WRONG, ABSENT]


def test_rows_offer_the_business_that_mends_them(world, free):
    request = begin(world, free, [ABSENT, {"kind": "other", "note": "x"}, WRONG])
    assert request["offers"] == [{"field": "findings", "row": 0, "workflow": "suspension"},
                                 {"field": "findings", "row": 2, "workflow": "key-information-change"}]
    assert world["head"].get("/requests/" + request["id"]).json()["offers"] == []
    assert "offers" not in open_request(world["registrar"], take(free, 1)[0]["id"], {}, [], submit=False)


def test_lists_mask_the_numbers_in_rows_as_they_mask_others(world, free):
    request = begin(world, free, [WRONG], submit=True)
    listed = next(each for each in world["registrar"].items("/requests", limit=200) if each["id"] == request["id"])
    assert listed["fields"]["findings"] == [{**WRONG, "right_number": listed["fields"]["findings"][0]["right_number"]}]
    assert "*" in listed["fields"]["findings"][0]["right_number"]
    assert now(world["registrar"], request)["fields"]["findings"] == [WRONG]


def test_the_same_call_with_other_rows_is_another_call(world, free):
    student, key = take(free, 1)[0]["id"], new_key()
    first = open_request(world["registrar"], student, {"findings": [ABSENT]}, [], workflow=CHECK, submit=False, key=key)
    again = open_request(world["registrar"], student, {"findings": [ABSENT]}, [], workflow=CHECK, submit=False, key=key)
    assert first["id"] == again["id"]
    other = open_request(world["registrar"], student, {"findings": [WRONG]}, [], workflow=CHECK, submit=False, key=key, expect=422)
    problem(other, 422, "idempotency-mismatch")


def test_a_row_that_is_swapped_in_the_database_is_found(world, free):
    request = begin(world, free, [WRONG], submit=True)
    swap = "UPDATE request SET document = REPLACE(document, '{}', '{}') WHERE id = " + request["id"]
    for was, now_it_is, sound in (("末位", "首位", False), ("首位", "末位", True)):
        change_rows(world.server.data, swap.format(was, now_it_is))
        verified = subprocess.run([program(), "audit", "verify", "--data", str(world.server.data)], timeout=120, capture_output=True, text=True,
                                  env={**os.environ, "XUEJI_DATABASE": address_of(world.server.data)})
        assert (verified.returncode == 0) == sound, verified.stdout + verified.stderr
