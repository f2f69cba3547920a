"""What the shapes tell a person beside the bare facts: titles, posts, working days, the way that lies ahead."""
import re

from support.client import problem
from support.journey import act, history, now, open_request, task_of, wait_for_state
from test_suspect import to_findings

FIELDS = {"new_name": "欧阳形状", "ground": "register_changed", "reason": "户口簿更正"}
NAME_CHANGE = "/workflows/key-information-change"
MAIN_WAY = ["draft", "head_review", "county_review", "county_approval", "central_check", "completed"]
CHINESE = re.compile("[\u4e00-\u9fff]")


def positions(request):
    return {step["key"]: step["position"] for step in request["steps"]}


def test_a_business_tells_its_main_way_and_its_source(world, registrar):
    workflow = registrar.get(NAME_CHANGE).json()
    assert workflow["path"] == MAIN_WAY and workflow["source"]
    deletion = world["province"].get("/workflows/g-number-deletion").json()
    assert deletion["path"] == ["draft", "province_approval", "ministry_review", "ministry_approval", "completed"]
    for state in workflow["states"]:
        assert ("byTitle" in state) == (state["kind"] in ("draft", "approval")) and ("checks" in state) == (state["kind"] == "check")
        assert "holder" not in state and "explain" not in workflow["open"]
    chinese = registrar.get(NAME_CHANGE, headers={"Accept-Language": "zh"}).json()
    assert all(CHINESE.search(state["byTitle"]) for state in chinese["states"] if "byTitle" in state)


def test_for_a_student_it_tells_whether_it_may_be_opened_and_who_would_decide(supply, registrar):
    student = supply.student()["id"]
    listed = registrar.items("/workflows", student=student)
    shown = registrar.get(NAME_CHANGE, params={"student": student}).json()
    assert shown in listed
    assert shown["open"]["explain"]["allowed"] is True and shown["open"]["explain"]["action"] == "open"
    holders = {state["key"]: state.get("holder") for state in shown["states"]}
    assert [holders[key]["role"] for key in MAIN_WAY[:-1]] == ["registrar", "head", "reviewer", "approver", "system"]
    assert holders["head_review"]["office"]["id"] == registrar.get("/students/" + student).json()["school"]["id"]
    assert holders["completed"] is None

    request = open_request(registrar, student, FIELDS)
    explained = registrar.get(NAME_CHANGE, params={"student": student}).json()["open"]["explain"]
    assert explained["allowed"] is False and [reason["rule"] for reason in explained["reasons"]] == ["open-business"]
    assert request["id"] in explained["reasons"][0]["message"]


def test_a_status_that_is_not_eligible_is_told_before_a_form_is_filled(registrar):
    gone = next(student for status in ("left", "abroad", "dropped_out", "missing", "deceased")
                for student in registrar.items("/students", status=status))
    explained = registrar.get(NAME_CHANGE, params={"student": gone["id"]}).json()["open"]["explain"]
    assert explained["allowed"] is False and [reason["rule"] for reason in explained["reasons"]] == ["guard"]
    assert "Only for students in school or suspended" in explained["reasons"][0]["message"]


def test_nobody_learns_of_students_whom_they_may_not_see(world, supply):
    student = supply.student()["id"]
    for path in ("/workflows", NAME_CHANGE):
        problem(world["registrar2"].get(path, params={"student": student}, expect=404), 404, "not-found")
        problem(world["registrar2"].get(path, params={"student": "999999999"}, expect=404), 404, "not-found")
        problem(world["registrar2"].get(path, params={"student": "x"}, expect=400), 400, "malformed")


def test_the_steps_follow_the_request(supply, registrar, head, county, approver):
    request = open_request(registrar, supply.student()["id"], FIELDS, submit=False)
    assert request["openedAs"]["role"] == "registrar"
    assert [step["key"] for step in request["steps"]] == MAIN_WAY
    assert set(positions(request).values()) == {"current", "ahead"}
    request = act(registrar, request, "submit")
    request = act(head, request, "approve")
    request = act(county, request, "approve")
    assert positions(request)["county_review"] == "done" and positions(request)["county_approval"] == "current"
    assert request["steps"] == now(approver, request)["steps"]
    steps = {step["key"]: step for step in request["steps"]}
    assert steps["county_approval"]["holder"] == {key: request["holders"][0][key] for key in ("office", "role")}
    assert steps["county_approval"]["workingDays"] == 10 and steps["completed"]["holder"] is None
    request = act(approver, request, "return", comment="请补充", to="head_review")
    assert [key for key, position in positions(request).items() if position == "done"] == ["draft"]
    request = act(head, request, "reject", comment="不符")
    assert positions(request) == {"draft": "done", "head_review": "done", "rejected": "current"}
    assert all("steps" not in item for item in registrar.get("/requests").json()["items"])


def test_a_suspect_request_stands_beside_the_main_way_with_titled_findings(world, supply, county):
    _, request = to_findings(world, supply)
    assert list(positions(request)) == MAIN_WAY[:-1] + ["county_findings", "completed"]
    assert positions(request)["central_check"] == "done" and positions(request)["county_findings"] == "current"
    assert {f["check"]: f["checkTitle"] for f in request["findings"]} == {
        "duplicate_check": "National duplicate check", "identity_comparison": "Identity comparison"}
    chinese = county.get(f"/requests/{request['id']}", headers={"Accept-Language": "zh"}).json()
    assert {f["checkTitle"] for f in chinese["findings"]} == {"全国查重", "身份比对"}


def test_what_is_allowed_names_the_post(supply, registrar, head):
    request = now(head, open_request(registrar, supply.student()["id"], FIELDS))
    for action in request["actions"]:
        assert ("as" in action) == action["allowed"]
        if action["allowed"]:
            assert (action["as"]["role"], action["as"]["office"]["id"]) == ("head", request["student"]["school"]["id"])


def test_tasks_tell_working_days_and_who_has_claimed_them(world, supply, registrar, head):
    request = open_request(registrar, supply.student()["id"], FIELDS)
    task = task_of(head, request)
    assert task["dueInWorkingDays"] == 5 and task["claimedByName"] is None
    head.post(f"/tasks/{task['id']}/claim", expect=200)
    name = head.get("/me").json()["name"]
    assert task_of(head, request)["claimedByName"] == name
    assert [(holder["claimedByName"], holder["dueInWorkingDays"]) for holder in now(head, request)["holders"]] == [(name, 5)]
    for task in world["county"].items("/tasks", limit=200):
        assert (task["dueInWorkingDays"] is None) == (task["due"] is None)
        assert task["due"] is None or (task["dueInWorkingDays"] < 0) == task["overdue"]


def test_a_history_reads_in_words(world, supply, registrar, head):
    example = supply.clear()
    request = open_request(registrar, example["student"], {**example["fields"], "reason": "更正"})
    for username in ("head", "county", "county-approver"):
        request = act(world[username], request, "approve")
    wait_for_state(registrar, request, "completed")
    entries = history(registrar, request)
    assert [entry["actionTitle"] for entry in entries] == ["Open", "Submit", "Approve", "Approve", "Approve", "Checks clear"]
    assert (entries[0]["fromTitle"], entries[0]["toTitle"]) == (None, "Draft")
    assert (entries[-1]["fromTitle"], entries[-1]["toTitle"]) == ("National checks", "Completed")
    for entry in registrar.items(f"/requests/{request['id']}/history", limit=200):
        assert entry["action"] != entry["actionTitle"]


def test_a_stale_version_is_told_in_words_what_it_missed(supply, registrar, head):
    request = open_request(registrar, supply.student()["id"], FIELDS)
    act(head, request, "approve")
    missed = problem(act(registrar, request, "withdraw", expect=412), 412, "stale")["changes"]
    assert [(change["actionTitle"], change["fromTitle"], change["toTitle"]) for change in missed] == [
        ("Approve", "Review by the head", "Review by the authority")]
