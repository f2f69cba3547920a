"""A business whose end opens another: the transfer of a pupil who is not in school, and the return that follows it."""
import pathlib
import re
import shutil

import pytest

from support import program
from support.client import problem
from support.journey import act, history, now, open_request, scans, task_of
from support.live import Live
from test_two_schools import RECEIVING, RECEIVING_AUTHORITY, RECEIVING_HEAD, transfer

ROOT = pathlib.Path(__file__).parents[2]
ENTRY = {"ground": "transferred", "back_on": "2026-09-01", "new_grade": "8", "new_class": "三年级二班"}


def pupil_who(world, status):
    """Of the sending school, whom nobody has begun anything with."""
    taken = {example.get("student") for example in world.demo["examples"]}
    registrar = world["registrar"]
    row = next(s for s in registrar.items("/students", status=status, limit=200)
               if s["openRequest"] is None and s["id"] not in taken and s["idNumber"])
    return registrar.get("/students/" + row["id"]).json()


def approved_but_by_the_last(world, pupil):
    request = transfer(world, pupil)
    for who in (RECEIVING_HEAD, RECEIVING_AUTHORITY, "head"):
        request = act(world[who], now(world[who], request), "approve")
    assert request["state"]["key"] == "sending_authority"
    return request


def completed(world, pupil):
    request = act(world["county-approver"], approved_but_by_the_last(world, pupil), "approve")
    assert request["outcome"] == "completed"
    return request


def seen_at_the_receiving_school(world, student):
    return world[RECEIVING].get(f"/students/{student}").json()


def notices(client, kind, request):
    return [each for each in client.items("/notifications", limit=200) if each["kind"] == kind and each["request"] == request]


@pytest.fixture(scope="module")
def left(world):
    return pupil_who(world, "left")


@pytest.fixture(scope="module")
def opened(world, left):
    """The transfer that has ended, and the return that its end opened."""
    request = approved_but_by_the_last(world, left)
    with Live(world[RECEIVING]) as screen:
        request = act(world["county-approver"], request, "approve")
        added = screen.wait("task.added")["data"]
    draft = world[RECEIVING].get(f"/requests/{added['request']}").json()
    return request, draft


def test_the_end_opens_a_draft_in_the_receiving_registrars_queue(world, left, opened):
    ended, draft = opened
    assert (ended["state"]["key"], ended["outcome"]) == ("completed", "completed")
    assert draft["workflow"]["key"] == "return" and draft["state"]["kind"] == "draft" and draft["outcome"] is None
    assert draft["openedBy"] == "system" and draft["openedFrom"] == {"id": ended["id"], "workflow": "transfer"}
    assert draft["openedAs"]["role"] == "registrar" and draft["openedAs"]["office"]["id"] == ended["places"]["receiving"]["id"]
    assert draft["fields"] == {"ground": "transferred", "new_class": "三年级二班"}
    assert ended["openedFrom"] is None and ended["openedBy"] == RECEIVING

    pupil = seen_at_the_receiving_school(world, left["id"])
    assert pupil["status"] == "left" and pupil["school"]["id"] == ended["places"]["receiving"]["id"]
    assert pupil["openRequest"]["id"] == draft["id"]
    assert task_of(world[RECEIVING], draft)["state"]["key"] == "draft"
    assert draft["id"] in {each["id"] for each in world[RECEIVING].items("/requests", limit=200)}


def test_its_history_begins_with_the_machine_and_names_the_request(world, opened):
    ended, draft = opened
    entry, = history(world[RECEIVING], draft)
    assert (entry["by"], entry["action"], entry["to"]) == ("system", "open", "draft")
    assert entry["comment"] == f"由“转学”（编号 {ended['id']}）办结时发起\nOpened at the end of \"Transfer\" (number {ended['id']})"
    assert [each["action"] for each in history(world[RECEIVING], ended)][-1] == "approve"


@pytest.mark.parametrize("language, person, sentence", [
    ("zh", "系统", "的“返校”已由系统发起，请填报后提交：由“转学”（编号 {}）办结时发起"),
    ("en", "machine", ": \"Return to school\" was opened for your post to fill in and submit: Opened at the end of \"Transfer\" (number {})"),
])
def test_the_post_is_told_in_either_language(world, left, opened, language, person, sentence):
    ended, draft = opened
    shown = world[RECEIVING].get(f"/requests/{draft['id']}", headers={"Accept-Language": language}).json()
    assert shown["openedByName"] == person
    told = world[RECEIVING].get("/notifications", params={"limit": 200}, headers={"Accept-Language": language}).json()["items"]
    notice = next(each for each in told if each["kind"] == "opened" and each["request"] == draft["id"])
    assert notice["text"] == left["name"] + sentence.format(ended["id"])


def test_the_school_that_the_pupil_left_sees_nothing_of_it(world, opened):
    ended, draft = opened
    problem(world["registrar"].get(f"/requests/{draft['id']}", expect=None), 404, "not-found")
    assert now(world["registrar"], ended)["student"]["status"] == "left"


def test_it_is_submitted_by_the_post_completed_and_the_pupil_is_in_school(world, left, opened):
    _, draft = opened
    registrar = world[RECEIVING]
    problem(open_request(registrar, left["id"], {}, [], workflow="return", submit=False, expect=409), 409, "open-business")
    problem(act(registrar, draft, "submit", expect=422), 422, "validation")
    request = act(registrar, draft, "submit", fields=ENTRY, evidence=scans(registrar, "application"))
    assert request["state"]["key"] == "head_review" and request["openedBy"] == "system"
    request = act(world[RECEIVING_HEAD], request, "approve")
    problem(act(world["county-approver"], request, "approve", expect=404), 404, "not-found")
    request = act(world[RECEIVING_AUTHORITY], request, "approve")
    assert request["outcome"] == "completed"
    pupil = seen_at_the_receiving_school(world, left["id"])
    assert (pupil["status"], pupil["grade"], pupil["class"], pupil["openRequest"]) == ("in_school", "8", "三年级二班", None)
    assert [each["action"] for each in history(registrar, draft)] == ["open", "submit", "approve", "approve"]
    assert notices(registrar, "completed", draft["id"])


def test_for_a_pupil_in_school_nothing_is_opened(world, supply):
    pupil = world["registrar"].get("/students/" + supply.student()["id"]).json()
    ended = completed(world, pupil)
    assert [each["action"] for each in history(world[RECEIVING], ended)][-1] == "approve"
    seen = seen_at_the_receiving_school(world, pupil["id"])
    assert seen["status"] == "in_school" and seen["openRequest"] is None


def test_what_is_opened_can_be_taken_back_by_the_post(world):
    pupil = pupil_who(world, "abroad")
    completed(world, pupil)
    registrar = world[RECEIVING]
    draft = registrar.get("/requests/" + seen_at_the_receiving_school(world, pupil["id"])["openRequest"]["id"]).json()
    assert act(registrar, draft, "discard")["outcome"] == "withdrawn"
    assert seen_at_the_receiving_school(world, pupil["id"])["openRequest"] is None


def own_files(folder, *changes):
    """The shipped businesses, with changes of the return."""
    workflows = folder / "workflows"
    workflows.mkdir()
    for definition in (ROOT / "workflows").glob("*.yaml"):
        if ".scenario." not in definition.name:
            shutil.copy(definition, workflows)
    text = (workflows / "return.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (workflows / "return.yaml").write_text(text, encoding="utf-8")
    return {"XUEJI_WORKFLOWS_DIRECTORY": str(workflows), "XUEJI_WORKFLOWS_CALENDAR": str(ROOT / "config" / "calendar.yaml")}


def test_what_cannot_be_opened_undoes_nothing_and_is_told(private_world, tmp_path):
    narrower = ('student.status != "suspended"', 'student.status in ["abroad", "dropped_out", "missing"]')
    world = private_world(environment=own_files(tmp_path, narrower, ("version: 3", "version: 4")), simulator=False)
    pupil = pupil_who(world, "left")
    ended = completed(world, pupil)
    seen = seen_at_the_receiving_school(world, pupil["id"])
    assert seen["openRequest"] is None and seen["school"]["id"] == ended["places"]["receiving"]["id"]
    entry = history(world[RECEIVING], ended)[-1]
    assert (entry["by"], entry["action"]) == ("system", "not_opened")
    in_chinese, in_english = entry["comment"].split("\n")
    assert in_chinese.startswith("“返校”未能发起：该生在休学，请办理复学")
    assert in_english.startswith("\"Return to school\" could not be opened: The student's study is suspended")
    for language, ending in (("zh", in_chinese), ("en", in_english)):
        told = world[RECEIVING].get("/notifications", params={"limit": 200}, headers={"Accept-Language": language}).json()["items"]
        notice = next(each for each in told if each["kind"] == "not_opened" and each["request"] == ended["id"])
        assert notice["text"].endswith(ending) and notice["text"].startswith(pupil["name"])
    world.verify_audit()
    world.restart()
    assert world[RECEIVING].get(f"/requests/{ended['id']}").json()["outcome"] == "completed"


def first_versions(folder):
    """Transfer and return as they were before an end opened anything."""
    environment = own_files(folder)
    workflows = folder / "workflows"
    for name in ("transfer.yaml", "return.yaml"):
        text = (ROOT / "workflows" / name).read_text(encoding="utf-8")
        text = re.sub(r"^version: \d+$", "version: 1", text[:text.index("\nmigrate:\n") + 1], count=1, flags=re.M)
        if name == "transfer.yaml":
            effect = text.index("      # The entry procedure of who is not in school")
            end = text.index("  rejected: {end: rejected")
            text = text[:effect] + text[end:].replace("  - effect open only after sending_school.approve\n", "", 1)
        (workflows / name).write_text(text, encoding="utf-8")
    return environment


def test_transfers_begun_before_an_end_opened_anything_go_on_and_open_it(private_world, tmp_path):
    files = first_versions(tmp_path)
    program.own_demo_data(tmp_path / "world0", files)
    world = private_world(environment=files, simulator=False)
    pupil = pupil_who(world, "left")
    request = approved_but_by_the_last(world, pupil)
    assert request["workflow"]["version"] == 1
    for name in ("transfer.yaml", "return.yaml"):
        shutil.copy(ROOT / "workflows" / name, tmp_path / "workflows")
    world.restart()
    request = now(world["county-approver"], request)
    assert request["workflow"]["version"] > 1 and request["state"]["key"] == "sending_authority"
    act(world["county-approver"], request, "approve")
    opened = seen_at_the_receiving_school(world, pupil["id"])["openRequest"]
    draft = world[RECEIVING].get(f"/requests/{opened['id']}").json()
    assert (draft["workflow"]["key"], draft["workflow"]["version"], draft["state"]["key"]) == ("return", 3, "draft")
    world.verify_audit()
