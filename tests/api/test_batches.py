"""Requests about several students: named or chosen by the server, one set aside, and carried out on the others."""
import pytest

from conftest import World
from support.client import new_key, problem
from support.journey import act, free_students, history, now, office_of, open_request, take
from support.program import wait_until

CLASS_CHANGE = "class-change"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """Of these tests alone: whole classes are locked and renamed."""
    own = World(tmp_path_factory.mktemp("batches"))
    yield own
    own.close()


@pytest.fixture(scope="module")
def free(world):
    return free_students(world)


def begin(world, students=None, expect=201, key=None, submit=True, workflow=CLASS_CHANGE, **fields):
    body = {"workflow": workflow, "fields": {"ground": "moved", "new_class": "新1班", **fields}, "submit": submit}
    if students is not None:
        body["subjects"] = [{"student": each if isinstance(each, str) else each["id"]} for each in students]
    response = world["registrar"].post("/requests", body, expect=expect, key=key or new_key())
    return response.json() if expect == 201 else response


def set_aside(client, request, ordinal, reason="转入外校", expect=200, version=None, key=None, body=None):
    response = client.post(f"/requests/{request['id']}/subjects/{ordinal}/set-aside", {"reason": reason} if body is None else body,
                           expect=expect, key=key or new_key(), version=request["version"] if version is None else version)
    return response.json() if expect == 200 else response


def subjects(client, request, **query):
    return client.items(f"/requests/{request['id']}/subjects", **query)


def record(world, student):
    return world["registrar"].get(f"/students/{student['id']}").json()


def finished(client, request):
    """Once it is written to all of their records."""
    return wait_until(lambda: (lambda seen: seen if seen["outcome"] else None)(now(client, request)), f"request {request['id']} to be finished")


def pointers(response):
    return [error["pointer"] for error in problem(response, 422, "validation")["errors"]]


def test_the_business_says_that_it_is_about_students(world):
    offered = {each["key"]: each for each in world["registrar"].items("/workflows", limit=200)}
    batch, single = offered[CLASS_CHANGE], offered["key-information-change"]
    assert (batch["subject"], batch["atMost"], batch["chooses"]) == ("students", 5000, True)
    assert (single["subject"], single["atMost"], single["chooses"]) == ("student", 1, False)
    assert CLASS_CHANGE not in {each["key"] for each in world["county"].items("/workflows", limit=200)}


def test_from_naming_them_to_their_records(world, free):
    students = take(free, 3)
    request = begin(world, students)
    assert request["student"] is None
    assert [(each["ordinal"], each["register"], each["id"]) for each in request["subjects"]] == [
        (place, "student", student["id"]) for place, student in enumerate(students, 1)]
    assert [each["student"]["name"] for each in request["subjects"]] == [each["name"] for each in students]
    assert all("*" in each["student"]["idNumber"] for each in request["subjects"] if each["student"]["idNumber"])
    assert (request["subjectCount"], request["setAsideCount"], request["applying"]) == (3, 0, None)
    assert [record(world, each)["openRequest"]["id"] for each in students] == [request["id"]] * 3

    head = world["head"]
    task = next(each for each in head.items("/tasks", limit=200) if each["request"] == request["id"])
    assert (task["student"]["name"], task["subjectCount"]) == (students[0]["name"], 3)
    seen = now(head, request)
    assert seen["mayBeSetAside"] is True
    changed = set_aside(head, seen, 2)
    assert (changed["version"], changed["setAsideCount"], changed["subjectCount"]) == (seen["version"] + 1, 1, 3)
    aside = changed["subjects"][1]["setAside"]
    assert (aside["by"], aside["reason"]) == ("head", "转入外校")
    assert record(world, students[1])["openRequest"] is None
    assert [each["ordinal"] for each in subjects(head, request, setAside="true")] == [2]
    assert [each["ordinal"] for each in subjects(head, request, setAside="false")] == [1, 3]

    act(head, changed, "approve")
    done = finished(head, request)
    assert done["state"]["key"] == "completed"
    assert (done["outcome"], done["applying"]) == ("completed", None)
    assert [each.get("outcome") for each in done["subjects"]] == ["completed", None, "completed"]
    after = [record(world, each) for each in students]
    assert [each["class"] for each in after] == ["新1班", students[1]["class"], "新1班"]
    assert [each["openRequest"] for each in after] == [None, None, None]

    told = history(head, request)
    apart = [entry for entry in told if entry["action"] == "set_aside"]
    assert [(entry["by"], entry["subject"]["name"], entry["comment"]) for entry in apart] == [("head", students[1]["name"], "转入外校")]
    applied = [entry for entry in told if "subject" in entry and entry["changes"]]
    assert [entry["subject"]["id"] for entry in applied] == [students[0]["id"], students[2]["id"]]
    assert all([(change["field"], change["new"]) for change in entry["changes"]] == [("class", "新1班")] for entry in applied)
    own = world["registrar"].items(f"/students/{students[2]['id']}/history")
    assert own[0]["request"] == request["id"]


def test_the_server_chooses_whom_the_condition_holds_for(world):
    registrar = world["registrar"]
    school = office_of(registrar)
    grade, name = sorted({(each["grade"], each["class"]) for each in registrar.items("/students", status="in_school", limit=200)
                          if each["class"] != "新1班"})[0]
    wanted = {each["id"] for each in registrar.items("/students", **{"class": name, "school": school, "limit": 200}) if each["grade"] == grade}
    where = {"grade": grade, "class": name}
    key = new_key()
    request = begin(world, key=key, **where)
    everybody = subjects(registrar, request)
    assert {each["id"] for each in everybody} == wanted and request["subjectCount"] == len(wanted)
    assert [each["ordinal"] for each in everybody] == list(range(1, len(wanted) + 1))
    assert len(request["subjects"]) == min(20, len(wanted))
    for each in everybody:
        if "setAside" in each:
            assert each["setAside"]["by"] == "system" and each["setAside"]["reason"]
    act(world["head"], now(world["head"], request), "approve")
    finished(registrar, request)
    again = begin(world, key=key, **where)
    assert (again["id"], again["outcome"]) == (request["id"], "completed"), "the same key, though nobody is in that class any more"
    assert pointers(begin(world, expect=422)) == ["/subjects"]
    assert pointers(begin(world, expect=422, **{**where, "class": name + "无人"})) == ["/subjects"]


def test_who_is_named_must_be_there_once(world, free):
    student = free[0]
    other = world["registrar2"].items("/students", limit=1)[0]
    assert pointers(begin(world, [student, student], expect=422)) == ["/subjects/1/student"]
    assert pointers(begin(world, [student, other, "999999999", "x"], expect=422)) == [f"/subjects/{n}/student" for n in (1, 2, 3)]
    assert pointers(begin(world, [], expect=422)) == ["/subjects"]
    assert pointers(begin(world, [str(n) for n in range(1, 5002)], expect=422)) == ["/subjects"]
    body = {"workflow": CLASS_CHANGE, "fields": {"ground": "moved", "new_class": "新2班"}, "student": student["id"], "subjects": [{"student": student["id"]}]}
    assert pointers(world["registrar"].post("/requests", body, expect=422, key=new_key())) == ["/subjects"]
    for wrong in ({"student": 1}, {}, {"student": student["id"], "more": 1}):
        body = {"workflow": CLASS_CHANGE, "fields": {"ground": "moved", "new_class": "新2班"}, "subjects": [wrong]}
        assert pointers(world["registrar"].post("/requests", body, expect=422, key=new_key()))[0].startswith("/subjects/0/")
    assert record(world, student)["openRequest"] is None


def test_a_business_about_one_student_takes_one(world, free):
    one, two = take(free, 2)
    fields = {"new_name": "王小明", "ground": "register_changed", "reason": "更正"}
    assert pointers(begin(world, [one, two], workflow="key-information-change", expect=422, submit=False)) == ["/subjects"]
    request = open_request(world["registrar"], one["id"], fields, submit=False)
    assert (request["student"]["id"], request["subjectCount"], request.get("mayBeSetAside")) == (one["id"], 1, None)
    assert [(each["ordinal"], each["id"], each["student"]["name"]) for each in subjects(world["registrar"], request)] == [(1, one["id"], one["name"])]
    assert subjects(world["registrar"], request, setAside="true") == []
    problem(set_aside(world["registrar"], request, 1, expect=404), 404, "not-found")
    batch_of_one = world["registrar"].post("/requests", {"workflow": CLASS_CHANGE, "student": two["id"], "fields": {"ground": "moved", "new_class": "新3班"}},
                                           expect=201, key=new_key()).json()
    assert (batch_of_one["student"], batch_of_one["subjectCount"]) == (None, 1)


def test_setting_aside_is_refused_where_it_makes_no_sense(world, free):
    request = now(world["head"], begin(world, take(free, 2)))
    head = world["head"]
    problem(set_aside(head, request, 3, expect=404), 404, "not-found")
    for ordinal in ("0", "x", "01", "99999999999999999999"):
        problem(set_aside(head, request, ordinal, expect=404), 404, "not-found")
    problem(act(head, request, "set_aside", expect=404, comment="x"), 404, "not-found")
    problem(set_aside(head, request, 1, expect=412, version=request["version"] + 1), 412, "stale")
    response = head.post(f"/requests/{request['id']}/subjects/1/set-aside", {"reason": "x"}, expect=428, key=new_key())
    problem(response, 428, "precondition-required")
    assert pointers(set_aside(head, request, 1, expect=422, reason=" ")) == ["/reason"]
    assert pointers(set_aside(head, request, 1, expect=422, body={})) == ["/reason"]
    assert pointers(set_aside(head, request, 1, expect=422, reason="字" * 2001)) == ["/reason"]
    problem(set_aside(world["registrar2"], request, 1, expect=404), 404, "not-found")
    problem(set_aside(world["county"], request, 1, expect=403), 403, "not-allowed")
    assert now(world["county"], request)["mayBeSetAside"] is False
    key = new_key()
    changed = set_aside(head, request, 1, key=key)
    again = set_aside(head, request, 1, key=key)
    assert (again["version"], again["setAsideCount"]) == (changed["version"], 1)


def test_who_has_other_business_is_set_aside_by_the_machine(world, free):
    busy, idle = take(free, 2)
    other = open_request(world["registrar"], busy["id"], {"new_name": "王小明", "ground": "register_changed", "reason": "更正"})
    request = begin(world, [busy, idle])
    assert request["setAsideCount"] == 1
    aside = request["subjects"][0]["setAside"]
    assert aside["by"] == "system" and aside["reason"]
    assert record(world, busy)["openRequest"]["id"] == other["id"]
    refused = open_request(world["registrar"], idle["id"], {"new_name": "王小明", "ground": "register_changed", "reason": "更正"}, expect=409)
    assert problem(refused, 409, "open-business")["request"] == request["id"]


def test_lists_and_notices_name_the_first_and_how_many(world, free):
    students = take(free, 3)
    request = now(world["head"], begin(world, students))
    for table in ("tasks", "requests"):
        assert f"{students[0]['name']} and 2 others" in world["head"].get(f"/exports/{table}.csv").text
    listed = next(each for each in world["head"].items("/requests", limit=200) if each["id"] == request["id"])
    assert (listed["student"], listed["subjectCount"], len(listed["subjects"])) == (None, 3, 3)
    assert any(each["id"] == request["id"] for each in world["head"].items("/requests", student=students[2]["id"]))
    act(world["head"], request, "return", comment="请核对名单")
    texts = [each["text"] for each in world["registrar"].items("/notifications", limit=50) if each["request"] == request["id"]]
    assert any(f"{students[0]['name']} and 2 others" in text for text in texts)
    chinese = world["registrar"].get("/notifications", params={"limit": 50}, headers={"Accept-Language": "zh"}).json()["items"]
    assert any(f"{students[0]['name']}等 3 人" in each["text"] for each in chinese)


def test_pages_of_students(world, free):
    students = take(free, 5)
    request = begin(world, students, submit=False)
    first = world["registrar"].get(f"/requests/{request['id']}/subjects", params={"limit": 2}).json()
    assert [each["ordinal"] for each in first["items"]] == [1, 2] and first["next"]
    second = world["registrar"].get(f"/requests/{request['id']}/subjects", params={"limit": 200, "cursor": first["next"]}).json()
    assert [each["ordinal"] for each in second["items"]] == [3, 4, 5] and second["next"] is None
    problem(world["registrar"].get(f"/requests/{request['id']}/subjects", expect=400, params={"setAside": "maybe"}), 400, "malformed")
    problem(world["registrar2"].get(f"/requests/{request['id']}/subjects", expect=404), 404, "not-found")


def test_a_large_batch_is_written_part_by_part(world):
    listed = world["registrar"].items("/students", status="in_school", limit=200)
    students = [each for each in listed if each["openRequest"] is None]
    assert len(students) > 200, "as many as one part has, and more"
    request = now(world["head"], begin(world, students))
    written = act(world["head"], request, "approve")
    assert (written["state"]["key"], written["outcome"]) == ("completed", None)
    assert written["applying"] == {"done": 0, "of": len(students)}
    assert (written["mayBeSetAside"], [each["role"] for each in written["holders"]]) == (False, ["system"])
    done = finished(world["registrar"], request)
    assert (done["applying"], done["setAsideCount"]) == (None, 0)
    assert {each["outcome"] for each in subjects(world["registrar"], request, limit=200)} == {"completed"}
    applied = [entry["subject"]["id"] for entry in history(world["registrar"], request) if entry["action"] == "applied"]
    assert applied == [each["id"] for each in students]


def test_the_form_goes_on_saying_which_class_is_meant(world, free):
    """What the students were chosen by stays, and holds of those who are named."""
    pupil = record(world, take(free, 1)[0])  # other tests rename classes
    where = {"grade": pupil["grade"], "class": pupil["class"]}
    assert pointers(begin(world, [pupil], expect=422, grade=pupil["grade"], **{"class": "没有此班"})) == ["/subjects/0/student"]
    draft = begin(world, [pupil], submit=False, **where)
    other = {**draft["fields"], "class": "没有此班"}
    registrar = world["registrar"]
    refused = registrar.patch(f"/requests/{draft['id']}", {"fields": other}, expect=422, version=draft["version"])
    assert pointers(refused) == ["/fields/class"]
    assert pointers(act(registrar, draft, "submit", expect=422, fields=other)) == ["/fields/class"]
    assert act(registrar, draft, "submit", fields={**draft["fields"], "new_class": "新2班"})["fields"]["class"] == pupil["class"]


def test_an_empty_student_is_not_everybody(world):
    body = {"workflow": CLASS_CHANGE, "student": "", "fields": {"ground": "moved", "new_class": "新1班", "grade": "3", "class": "1班"}}
    assert pointers(world["registrar"].post("/requests", body, expect=422, key=new_key())) == ["/student"]


def test_whoever_filed_is_told_who_was_set_aside(world, free):
    request = begin(world, take(free, 2))
    set_aside(world["head"], request, 2, reason="即将转学")
    [told] = [each for each in world["registrar"].items("/notifications", limit=200)
              if each["kind"] == "set_aside" and each["request"] == request["id"]]
    assert "had a student set aside" in told["text"] and "即将转学" in told["text"]
    assert now(world["head"], request)["mayBeSetAside"] is False, "only one is left"
