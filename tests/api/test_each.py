"""A value for each student of a request: filled in at the opening and in the draft, asked for, shown, pinned, written."""
import os
import subprocess

import pytest

from conftest import World
from support.client import new_key, problem
from support.journey import act, free_students, history, now, take
from support.program import address_of, change_rows, program, wait_until

DIVISION = "class-division"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """Of these tests alone: pupils are locked and given other classes."""
    own = World(tmp_path_factory.mktemp("each"))
    yield own
    own.close()


@pytest.fixture(scope="module")
def free(world):
    return free_students(world)


def begin(world, students, classes=(), submit=False, expect=201, fields=None):
    subjects = [{"student": each["id"]} for each in students]
    for subject, name in zip(subjects, classes):
        if name is not None:
            subject["fields"] = {"new_class": name}
    body = {"workflow": DIVISION, "fields": fields or {}, "subjects": subjects, "submit": submit}
    response = world["registrar"].post("/requests", body, expect=expect, key=new_key())
    return response.json() if expect == 201 else response


def fill(client, request, classes, expect=200, version=None, **body):
    """`classes`: by ordinal."""
    body["subjects"] = [{"ordinal": ordinal, "fields": {"new_class": name}} for ordinal, name in classes.items()]
    response = client.patch(f"/requests/{request['id']}", body, expect=expect, version=request["version"] if version is None else version)
    return response.json() if expect == 200 else response


def classes_of(client, request):
    return [each["fields"].get("new_class") for each in client.items(f"/requests/{request['id']}/subjects", limit=200)]


def errors(response):
    return [(error["pointer"], error["message"]) for error in problem(response, 422, "validation")["errors"]]


def finished(client, request):
    return wait_until(lambda: (lambda seen: seen if seen["outcome"] else None)(now(client, request)), f"request {request['id']} to be finished")


def test_the_business_says_what_is_filled_in_for_each(world):
    fields = {each["key"]: each for each in world["registrar"].get(f"/workflows/{DIVISION}").json()["fields"]}
    assert (fields["new_class"]["each"], fields["new_class"]["changes"]) == (True, "class")
    assert "each" not in fields["statement"]


def test_from_one_class_to_two(world, free):
    students = take(free, 4)
    registrar, head = world["registrar"], world["head"]
    request = begin(world, students, ["5班"])
    assert request["fields"] == {}
    assert [each["fields"] for each in request["subjects"]] == [{"new_class": "5班"}, {}, {}, {}]
    refused = act(registrar, request, "submit", expect=422)
    names = ", ".join(each["name"] for each in students[1:])
    assert errors(refused) == [("/subjects", f'"New class" is empty for 3 students: {names}')]
    filled = fill(registrar, request, {4: "6班", 2: "5班", 3: "6班"}, fields={"statement": "按人数分班"})
    assert (filled["version"], filled["fields"]) == (request["version"] + 1, {"statement": "按人数分班"})
    assert classes_of(registrar, request) == ["5班", "5班", "6班", "6班"]

    submitted = act(registrar, filled, "submit")
    assert submitted["state"]["key"] == "head_review"
    assert classes_of(head, request) == ["5班", "5班", "6班", "6班"]
    problem(fill(registrar, submitted, {1: "6班"}, expect=409), 409, "not-in-this-state")
    act(head, now(head, request), "approve")
    finished(head, request)
    assert [registrar.get(f"/students/{each['id']}").json()["class"] for each in students] == ["5班", "5班", "6班", "6班"]
    written = [(entry["subject"]["id"], change["new"]) for entry in history(head, request) if "subject" in entry for change in entry["changes"]]
    assert written == [(each["id"], name) for each, name in zip(students, ["5班", "5班", "6班", "6班"])]


def test_all_that_is_filled_in_for_one_is_what_is_sent_last(world, free):
    registrar = world["registrar"]
    request = begin(world, take(free, 2), ["5班", "6班"])
    unsaid = registrar.patch(f"/requests/{request['id']}", {"subjects": [{"ordinal": 1}]}, expect=422, version=request["version"])
    assert [each["pointer"] for each in problem(unsaid, 422, "validation")["errors"]] == ["/subjects/0/fields"]
    response = registrar.patch(f"/requests/{request['id']}", {"subjects": [{"ordinal": 1, "fields": {}}]}, version=request["version"])
    assert response.status_code == 200 and classes_of(registrar, request) == [None, "6班"]
    changed = fill(registrar, response.json(), {1: "7班"})
    problem(fill(registrar, request, {1: "8班"}, expect=412), 412, "stale")
    assert classes_of(registrar, request) == ["7班", "6班"]
    assert fill(registrar, changed, {})["version"] == changed["version"] + 1
    assert classes_of(registrar, request) == ["7班", "6班"]


def test_what_is_wrong_is_told_at_its_place(world, free):
    registrar = world["registrar"]
    students = take(free, 2)
    assert errors(begin(world, students, ["字" * 51, None], expect=422)) == [("/subjects/0/fields/new_class", "At most 50 characters")]
    refused = begin(world, students, fields={"new_class": "5班"}, expect=422)
    assert [pointer for pointer, _ in errors(refused)] == ["/fields/new_class"]
    request = begin(world, students)
    assert [pointer for pointer, _ in errors(fill(registrar, request, {2: "5班", 3: "5班"}, expect=422))] == ["/subjects/1/ordinal"]

    def pointers(subjects):
        response = registrar.patch(f"/requests/{request['id']}", {"subjects": subjects}, expect=422, version=request["version"])
        return [pointer for pointer, _ in errors(response)]

    assert pointers([{"ordinal": 1, "fields": {"statement": "x", "nothing": "x"}}]) == ["/subjects/0/fields/nothing", "/subjects/0/fields/statement"]
    assert pointers([{"ordinal": 1, "fields": {}}, {"ordinal": 1, "fields": {}}]) == ["/subjects/1/ordinal"]
    assert pointers([{"ordinal": 0, "fields": {}}, {"fields": {}}, {"ordinal": "1", "fields": {}}]) == ["/subjects/0/ordinal", "/subjects/1/ordinal", "/subjects/2/ordinal", "/subjects/2/ordinal"]
    assert pointers([{"ordinal": 1, "fields": {"new_class": 5}, "more": 1}]) == ["/subjects/0/fields/new_class", "/subjects/0/more"]
    assert pointers([{"ordinal": each} for each in range(1, 5002)]) == ["/subjects"]
    assert now(registrar, request)["version"] == request["version"]


def test_a_business_about_one_student_has_no_values_for_each(world, free):
    [student] = take(free, 1)
    body = {"workflow": "key-information-change", "subjects": [{"student": student["id"], "fields": {"new_name": "王小明"}}]}
    assert [pointer for pointer, _ in errors(world["registrar"].post("/requests", body, expect=422, key=new_key()))] == ["/subjects/0/fields"]


def test_only_who_files_it_fills_in_and_only_who_sees_it_reads(world, free):
    request = begin(world, take(free, 2), ["5班", "6班"])
    problem(fill(world["head"], request, {1: "7班"}, expect=403), 403, "not-allowed")
    for name in ("registrar2", "county2"):
        problem(fill(world[name], request, {1: "7班"}, expect=404), 404, "not-found")
        problem(world[name].get(f"/requests/{request['id']}/subjects", expect=404), 404, "not-found")
    assert classes_of(world["registrar"], request) == ["5班", "6班"]


def test_the_server_chooses_and_each_is_filled_in_at_once(world):
    """A whole class, in one call."""
    registrar, head = world["registrar"], world["head"]
    grade, name = sorted({(each["grade"], each["class"]) for each in registrar.items("/students", status="in_school", limit=200)})[-1]
    body = {"workflow": DIVISION, "fields": {"grade": grade, "class": name}}
    request = registrar.post("/requests", body, expect=201, key=new_key()).json()
    everybody = registrar.items(f"/requests/{request['id']}/subjects", limit=200)
    assert {each["student"]["class"] for each in everybody} == {name}
    taking_part = [each for each in everybody if "setAside" not in each]
    filled = fill(registrar, request, {each["ordinal"]: f"{each['ordinal'] % 3}班" for each in taking_part})
    submitted = act(registrar, filled, "submit")
    returned = act(head, now(head, submitted), "return", comment="请核对")
    act(registrar, fill(registrar, returned, {taking_part[0]["ordinal"]: "9班"}), "submit")
    act(head, now(head, request), "approve")
    finished(registrar, request)
    after = {each["ordinal"]: each["student"]["class"] for each in registrar.items(f"/requests/{request['id']}/subjects", limit=200)}
    assert after[taking_part[0]["ordinal"]] == "9班"
    assert all(after[each["ordinal"]] == f"{each['ordinal'] % 3}班" for each in taking_part[1:])


def audited(data):
    return subprocess.run([program(), "audit", "verify", "--data", str(data)], capture_output=True, text=True, timeout=120,
                          env={**os.environ, "XUEJI_DATABASE": address_of(data)})


def test_a_value_that_is_swapped_in_the_database_is_found(world, free):
    """By the audit: between the rows, the request and what was submitted."""
    request = begin(world, take(free, 2), ["5班", "6班"], submit=True)
    data = world.server.data
    assert audited(data).returncode == 0
    swap = ("UPDATE request_subject SET fields = REPLACE(REPLACE(REPLACE(fields, '5班', 'x'), '6班', '5班'), 'x', '6班') "
            f"WHERE request_id = {int(request['id'])}")
    change_rows(data, swap)
    found = audited(data)
    assert found.returncode != 0
    assert f"what is filled in for the students of request {request['id']} is not what it says" in found.stdout + found.stderr
    change_rows(data, swap)
    assert audited(data).returncode == 0


def test_a_class_is_written_in_one_line(world, free):
    """Blanks at the ends, line breaks and what nobody sees would make two classes of one."""
    request = begin(world, take(free, 3), [" 3班\u3000", "初一\n二班", "5\u200b班\u202e"])
    assert classes_of(world["registrar"], request) == ["3班", "初一 二班", "5班"]
