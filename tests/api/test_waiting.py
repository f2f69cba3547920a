"""A request that opens another one and waits for it: a school asks its province to have a G number deleted."""
import os
import signal
import subprocess

import pytest

from conftest import Supply, World
from support import program
from support.client import new_key, problem
from support.journey import act, history, now, open_request, scans, task_of
from support.own_definitions import with_definitions

BUSINESS, OTHER = "asked-deletion", "g-number-deletion"
DEFINITION = """format: 2
key: asked-deletion
version: 1
title: {zh: 申请删除 G 号, en: Request to delete a G number}
source: FAQ 8
subject: student
open: {by: registrar at student.school}
fields:
  number: {type: student_number, required: true, title: {zh: 学籍号, en: Number}}
  statement: {type: text, max: 3000, required: true, title: {zh: 说明, en: Statement}}
states:
  draft:
    draft: registrar at student.school
    title: {zh: 填报, en: Draft}
    due: 30 working days
    overdue: {expire: expired}
    actions: {submit: {to: head_review}, discard: {to: withdrawn}}
  head_review:
    approval: head at student.school
    title: {zh: 学校审核, en: Review by the head}
    due: 5 working days
    overdue: {escalate: office above}
    actions: {approve: {to: deletion}, reject: {to: rejected, comment: required}}
  deletion:
    request:
      definition: g-number-deletion
      about: student
      by: reviewer at province of student.school
      fields: {number: field number, ground: duplicate_status, statement: field statement}
    title: {zh: 等待 G 号删除, en: Waiting for the deletion}
    outcomes: {completed: {to: completed}, rejected: {to: rejected}, otherwise: {to: head_review}}
    refused: head_review
  completed: {end: completed, title: {zh: 办结, en: Completed}}
  rejected: {end: rejected, title: {zh: 不予办理, en: Rejected}}
  withdrawn: {end: withdrawn, title: {zh: 已撤回, en: Withdrawn}}
  expired: {end: expired, title: {zh: 逾期失效, en: Expired}}
separation: [decides: nobody their own submission]
inform: [{on: completed, who: [initiator]}]
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("waiting")
    environment = with_definitions(folder / "workflows")
    (folder / "workflows" / f"{BUSINESS}.yaml").write_text(DEFINITION)
    own = World(folder, simulator=False, environment=environment)
    yield own
    own.verify_audit()
    own.close()


@pytest.fixture(scope="module")
def supply(world):
    return Supply(world)


@pytest.fixture
def pupil(world, supply):
    while True:
        pupil = world["registrar"].get("/students/" + supply.student()["id"]).json()
        if any(each["number"].startswith("G") and each["state"] == "current" for each in pupil["numbers"]):
            return pupil


def g_number(pupil):
    return next(each["number"] for each in pupil["numbers"] if each["number"].startswith("G") and each["state"] == "current")


def waiting(world, pupil, statement="一人两号"):
    """The request that waits, and the other one as its province sees it."""
    fields = {"number": g_number(pupil), "statement": statement}
    request = open_request(world["registrar"], pupil["id"], fields, [], workflow=BUSINESS)
    request = act(world["head"], now(world["head"], request), "approve")
    return request, world["province"].get("/requests/" + request["awaits"]["id"]).json() if "awaits" in request else None


def test_both_pages_say_what_waits_for_what(world, pupil):
    request, other = waiting(world, pupil)
    assert (request["state"]["key"], request["state"]["kind"]) == ("deletion", "request")
    assert (request["awaits"]["workflow"]["key"], request["awaits"]["state"]["kind"]) == (OTHER, "draft")
    assert {each["key"] for each in request["actions"] if each["allowed"]} <= {"comment"}
    assert other["openedFrom"] == {"id": request["id"], "workflow": BUSINESS, "waits": True}
    assert (other["openedBy"], other["fields"]["number"]) == ("system", g_number(pupil))
    assert task_of(world["province"], other)["state"]["key"] == "draft"
    assert now(world["registrar"], request)["awaits"]["id"] == other["id"]
    steps = {each["key"]: each["position"] for each in request["steps"]}
    assert (steps["head_review"], steps["deletion"]) == ("done", "current")


def test_one_lock_keeps_others_out_and_the_other_request_in(world, pupil):
    request, other = waiting(world, pupil)
    registrar = world["registrar"]
    assert registrar.get("/students/" + pupil["id"]).json()["openRequest"]["id"] == request["id"]
    answer = registrar.post("/requests", {"workflow": BUSINESS, "student": pupil["id"], "fields": {}}, key=new_key())
    assert problem(answer, 409, "open-business")["request"] == request["id"]
    submitted = act(world["province"], other, "submit", evidence=scans(world["province"], "certification"))
    assert submitted["state"]["key"] == "province_approval"
    assert registrar.get("/students/" + pupil["id"]).json()["openRequest"]["id"] == request["id"]


def test_what_ends_the_one_moves_the_other_also_after_the_server_was_killed(world, pupil):
    request, other = waiting(world, pupil)
    other = act(world["province"], other, "submit", evidence=scans(world["province"], "certification"))
    world.server.stop(signal.SIGKILL)
    world.server = world.server.again()
    for who in ("province-approver", "ministry", "ministry-approver"):
        other = act(world[who], now(world[who], other), "approve")
    assert other["outcome"] == "completed" and "waits" not in other["openedFrom"]
    ended = now(world["registrar"], request)
    assert (ended["outcome"], "awaits" in ended) == ("completed", False)
    (gone_on,) = [each for each in history(world["registrar"], request) if each["action"] == "completed"]
    assert (gone_on["by"], gone_on["actionTitle"]) == ("system", "What it waited for was completed") and other["id"] in gone_on["comment"]
    seen = world["registrar"].get("/students/" + pupil["id"]).json()
    assert seen["openRequest"] is None
    assert {each["number"]: each["state"] for each in seen["numbers"]}[g_number(pupil)] == "retired"


def test_withdrawn_it_comes_back_and_rejected_it_ends(world, pupil):
    request, other = waiting(world, pupil)
    act(world["province"], other, "discard")
    back = now(world["head"], request)
    assert back["state"]["key"] == "head_review" and "awaits" not in back
    again = act(world["head"], back, "approve")
    other = world["province"].get("/requests/" + again["awaits"]["id"]).json()
    other = act(world["province"], other, "submit", evidence=scans(world["province"], "certification"))
    act(world["province-approver"], now(world["province-approver"], other), "reject", comment="佐证不足")
    assert now(world["registrar"], request)["outcome"] == "rejected"
    assert world["registrar"].get("/students/" + pupil["id"]).json()["openRequest"] is None


def test_where_it_cannot_be_opened_the_history_says_why(world, pupil):
    request, other = waiting(world, pupil, statement="长" * 2500)
    assert other is None and request["state"]["key"] == "head_review"
    (told,) = [each for each in history(world["head"], request) if each["action"] == "not_opened"]
    assert "未能发起" in told["comment"] and "could not be opened" in told["comment"]


def deployed(world, folder, version, **changes):
    """How `xueji deploy` ends with that version, and what it says."""
    text = DEFINITION.replace("version: 1", f"version: {version}").replace("max: 3000", "max: 2000")
    for old, new in changes.items():
        text = text.replace(old, new)
    file = folder / f"{BUSINESS}.{version}.yaml"
    file.write_text(text)
    done = subprocess.run([program.program(), "deploy", str(file), "--data", str(world.server.data)], capture_output=True, text=True,
                          timeout=120, env={**os.environ, "XUEJI_DATABASE": program.address_of(world.server.data)})
    return done.returncode, done.stderr


def test_it_is_deployed_beside_what_it_waits_for_and_never_in_a_circle(world, tmp_path):
    assert deployed(world, tmp_path, 2) == (0, "")
    status, said = deployed(world, tmp_path, 3, **{f"definition: {OTHER}": f"definition: {BUSINESS}"})
    assert status == 1 and "and so on for ever" in said, said
