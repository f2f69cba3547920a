"""A new version reaches live requests: `xueji deploy` predicts, keeps its word, and goes on where it was killed."""
import collections
import concurrent.futures
import os
import pathlib
import re
import signal
import subprocess

import pytest

from conftest import World
from support import client as api
from support import program
from support.journey import NAME_CHANGE, act, history, open_request, scans
from support.live import Live
from support.own_definitions import with_definitions
from support.shipped import SHIPPED, VERSION, without_migration

PREFECTURE = """
  prefecture_review:
    approval: reviewer at prefecture of student.school
    title: {zh: 市级审核, en: Review by the prefecture}
    due: 10 working days
    remind: 2 working days before
    overdue: {escalate: office above}
    otherwise: central_check
    actions:
      approve: {to: central_check}
      return: {to: earlier, default: draft, comment: required}
      reject: {to: rejected, comment: required}

  central_check:
"""
MIGRATE = f"""
staffing: {{persons: {{default: 2}}}}
migrate:
  - from: {VERSION}
    states: {{county_approval: prefecture_review}}
    otherwise: same state
"""
LINE = re.compile(rf"request (\d+)\tversion {VERSION}\t(\S+)\t(moves to (\S+)|stays: .*|would be stuck and stays: .*)")
# School, its head, the county's reviewer: one below a prefecture, one in a municipality.
ROOT = pathlib.Path(__file__).resolve().parents[2]
SIDES = (("2144000011", "registrar-2144000011", "head-2144000011", "reviewer-440104"),
         ("2111000001", "registrar", "head", "county"))


def second_version(*changes):
    """With the prefecture between the county and the checks, where there is one."""
    text = without_migration().replace(f"version: {VERSION}", f"version: {VERSION + 1}", 1)
    text = text.replace("approve: {to: central_check}", "approve: {to: prefecture_review}", 1)
    text = text.replace("\n  central_check:\n", PREFECTURE, 1) + MIGRATE
    text = text.replace("different people: [head_review, county_review, county_approval,",
                        "different people: [head_review, county_review, county_approval, prefecture_review,", 1)
    text = text.replace("[head_review, county_findings,", "[head_review, prefecture_review, county_findings,", 1)
    # Requests that wait for the county's approval go on without it.
    text = text.replace("  - effect apply_changes only after county_approval.approve\n", "", 1)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def arguments(world, file, *options):
    return [program.program(), "deploy", str(file), "--data", str(world.server.data), *options]


def environment(world):
    return {**os.environ, "XUEJI_DATABASE": program.address_of(world.server.data)}


def deploy(world, file, *options, expect=0):
    done = subprocess.run(arguments(world, file, *options), env=environment(world), capture_output=True, text=True, timeout=120)
    assert done.returncode == expect, done.stdout[-2000:] + done.stderr
    return done


def told(output):
    """Request to (state, where it moves to or None)."""
    return {found[1]: (found[2], found[4]) for found in map(LINE.match, output.splitlines()) if found}


def add_students(world, count):
    lines = ["school,name,grade,class,id_number,sex,birth_date,status,number"]
    for day, (school, *_) in enumerate(SIDES, start=1):  # of no two on one day, or they would be pairs
        lines += [f"{school},王{chr(0x4E00 + number)},3,1,,male,2015-01-{day:02},in_school," for number in range(count)]
    file = world.folder / "students.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    subprocess.run([program.program(), "import", str(file), "--data", str(world.server.data)], check=True, env=environment(world),
                   capture_output=True, timeout=60)


def spread(world, side, count):
    """Opens that many requests in a side's school and leaves them in different states."""
    school, registrar, head, reviewer = (world[each] if number else each for number, each in enumerate(side))
    students = [s for s in registrar.found("/students", name="王", limit=200) if s["openRequest"] is None][:count]
    assert len(students) == count
    evidence = scans(registrar)

    def one(place):
        request = open_request(registrar, students[place]["id"], {"new_name": "王新", "ground": "register_changed", "reason": "更正"}, evidence)
        if place % 10 < 6:
            request = act(head, request, "approve")
        if place % 10 < 3:
            request = act(reviewer, request, "approve")
        return request["id"]

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, range(count)))


def deployed_until_killed(world, file, lines):
    """Runs it in small transactions and kills it once so many requests were told."""
    process = subprocess.Popen(arguments(world, file, "--batch", "5"), env=environment(world), stdout=subprocess.PIPE, text=True)
    seen = 0
    for line in process.stdout:
        seen += LINE.match(line) is not None
        if seen >= lines:
            process.send_signal(signal.SIGKILL)
            break
    process.stdout.read()
    assert process.wait(30) == -signal.SIGKILL


@pytest.fixture
def world(private_world):
    return private_world()


def test_the_prediction_is_right_for_a_thousand_live_requests_and_a_kill_changes_nothing(world, tmp_path):
    add_students(world, 500)
    opened = [request for side in SIDES for request in spread(world, side, 500)]
    file = tmp_path / "second.yaml"
    file.write_text(second_version(), encoding="utf-8")

    predicted = told(deploy(world, file, "--dry-run").stdout)
    assert set(opened) <= set(predicted)
    admin = world["admin"]
    before = {r["id"]: r for r in admin.items("/requests", workflow=NAME_CHANGE, open="true", limit=200)}
    assert {r["workflow"]["version"] for r in before.values()} == {VERSION}, "a dry run writes nothing"
    kinds = collections.Counter((state, to) for state, to in (predicted[each] for each in opened))
    assert kinds[("county_approval", "prefecture_review")] == 150
    assert kinds[("county_approval", "central_check")] == 150
    assert kinds[("county_review", "county_review")] == 300
    assert kinds[("head_review", "head_review")] == 400

    with Live(world["reviewer-440100"]) as prefecture:
        deployed_until_killed(world, file, 300)
        halfway = collections.Counter(r["workflow"]["version"] for r in admin.items("/requests", workflow=NAME_CHANGE, limit=200))
        assert halfway[VERSION] > 0 and halfway[VERSION + 1] > 0, halfway
        deploy(world, file)
        moved = next(each for each in opened if predicted[each][1] == "prefecture_review")
        prefecture.wait("task.added", seconds=10, request=moved)

    after = {r["id"]: r for r in admin.items("/requests", workflow=NAME_CHANGE, limit=200)}
    for request in opened:  # those of the demo go on with the machine meanwhile
        state, to = predicted[request]
        entries = [entry for entry in history(admin, {"id": request}) if entry["action"] == "migrate"]
        assert after[request]["workflow"]["version"] == (VERSION + 1 if to else VERSION)
        assert [(entry["from"], entry["to"]) for entry in entries] == ([(state, to)] if to else [])
        if to and to != "central_check":
            assert after[request]["state"]["key"] == to
    assert not told(deploy(world, file).stdout), "nothing is left to do"
    subprocess.run([program.program(), "audit", "verify", "--data", str(world.server.data)], check=True, env=environment(world), timeout=120)

    officer = world["reviewer-440100"]
    act(officer, officer.get(f"/requests/{moved}").json(), "approve")


def test_new_requests_take_the_new_version_without_a_restart_and_after_one(world, tmp_path):
    file = tmp_path / "second.yaml"
    file.write_text(second_version(), encoding="utf-8")
    add_students(world, 2)
    deploy(world, file)
    first = spread(world, SIDES[0], 1)[0]
    assert world["registrar-2144000011"].get(f"/requests/{first}").json()["workflow"]["version"] == VERSION + 1
    world.restart()
    second = spread(world, SIDES[0], 1)[0]
    assert world["registrar-2144000011"].get(f"/requests/{second}").json()["workflow"]["version"] == VERSION + 1


def test_what_cannot_be_deployed_is_refused_with_its_place(world, tmp_path):
    file = tmp_path / "changed.yaml"
    file.write_text(SHIPPED + "# changed\n", encoding="utf-8")
    refused = deploy(world, file, expect=1)
    assert re.search(rf"there is version {VERSION} of `key-information-change` with SHA-256 [0-9a-f]{{64}} already, and the file has [0-9a-f]{{64}}; "
                     f"raise its version to {VERSION + 1}", refused.stderr)
    file.write_text(second_version(("county_approval: prefecture_review}", "no_such_state: prefecture_review}")), encoding="utf-8")
    assert f"version {VERSION} has no state `no_such_state`" in deploy(world, file, "--dry-run", expect=1).stderr
    file.write_text(second_version(("{to: prefecture_review}", "{to: prefecture_revue}")), encoding="utf-8")
    assert "there is no state `prefecture_revue`; did you mean `prefecture_review`?" in deploy(world, file, expect=1).stderr
    file.write_text(second_version(), encoding="utf-8")
    deploy(world, file)
    file.write_text(SHIPPED, encoding="utf-8")
    assert "going back is a new version too" in deploy(world, file, expect=1).stderr
    deploy(world, tmp_path / "missing.yaml", expect=2)


def test_of_two_files_deployed_at_once_as_one_version_one_is_refused(world, tmp_path):
    files = [tmp_path / "left.yaml", tmp_path / "right.yaml"]
    for file in files:
        file.write_text(second_version() + f"# {file.stem}\n", encoding="utf-8")
    started = [subprocess.Popen(arguments(world, file), env=environment(world), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
               for file in files]
    outputs = [process.communicate(timeout=120) for process in started]
    assert sorted(process.returncode for process in started) == [0, 1], outputs
    loser = next(place for place, process in enumerate(started) if process.returncode)
    assert deploy(world, files[loser], expect=1).stderr == outputs[loser][1], "the same error a second later"


def deployed_first(world, tmp_path, name, folder):
    """A business of the tests' own, as it stands."""
    file = tmp_path / f"{name}.yaml"
    file.write_text((folder / f"{name}.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    deploy(world, file)
    return file


def test_a_version_that_those_who_wait_for_it_or_open_it_cannot_use_is_refused(world, tmp_path):
    deployed_first(world, tmp_path, "two-g-numbers", ROOT / "tests" / "routes")
    shipped = (ROOT / "workflows" / "g-number-deletion.yaml").read_text(encoding="utf-8")
    version = int(re.search(r"^version: (\d+)$", shipped, re.M)[1])
    newer = shipped.replace(f"version: {version}\n", f"version: {version + 1}\n", 1)
    file = tmp_path / "newer.yaml"
    for text, why in [
        (newer.replace("subject: student\n", "subject: student\nretired: true\n", 1), "`deletion` opens the business `g-number-deletion`, which is retired"),
        (re.sub(r"\bstatement\b", "reasoning", newer), "`g-number-deletion` has no field `statement`"),
        (newer.replace("{end: rejected,", "{end: cancelled,").replace("- on: rejected", "- on: cancelled"), "`g-number-deletion` never ends rejected"),
    ]:
        assert text != newer
        file.write_text(text, encoding="utf-8")
        for options in ([], ["--dry-run"]):
            refused = deploy(world, file, *options, expect=1).stderr
            assert re.search(r"two-g-numbers\.yaml:\d+:\d+: error: .*" + re.escape(why), refused), refused
    file.write_text(newer, encoding="utf-8")
    deploy(world, file)


ENDS = """
  completed: {end: completed, title: {zh: 办结, en: Done}}
  rejected: {end: rejected, title: {zh: 不予办理, en: Rejected}}
  withdrawn: {end: withdrawn, title: {zh: 已撤销, en: Withdrawn}}
  expired: {end: expired, title: {zh: 已过期, en: Expired}}
"""


def by_the_school(key, version, way, ends=ENDS, more=""):
    """A small business that a registrar begins."""
    return f"""format: 2
key: {key}
version: {version}
title: {{zh: 测试业务, en: {key}}}
source: 测试
subject: student
{more}open: {{by: registrar at student.school}}
states:
  draft:
    draft: registrar at student.school
    title: {{zh: 填报, en: Draft}}
    due: 30 working days
    overdue: {{expire: expired}}
    actions:
      submit: {{to: second}}
      discard: {{to: withdrawn}}
{way}{ends}separation:
  - decides: nobody their own submission
"""


APPROVED = """  second:
    approval: head at student.school
    title: {zh: 审核, en: Review}
    due: 5 working days
    overdue: {escalate: office above}
    actions:
      approve: {to: completed}
      reject: {to: rejected, comment: required}
"""
WAITING = """  second:
    request: {definition: inner, about: student, by: registrar at student.school}
    title: {zh: 等待, en: Waits}
    due: 30 working days
    overdue: {tell: registrar at student.school}
    outcomes: {completed: {to: completed}, otherwise: {to: rejected}}
    refused: rejected
"""
OF_THE_CLASS = ENDS.replace("Done}}", "Done}, effects: [{set: {student.class: 八班}}]}")
MOVING = ENDS.replace("Done}}", "Done}, effects: [{move: student to receiving}]}")
PLACES = """places:
  sending: {office: student.school, title: {zh: 原校, en: Old school}}
  receiving: {office: field new_school, title: {zh: 新校, en: New school}}
fields:
  new_school: {type: school, required: true, title: {zh: 新校, en: New school}}
require:
  - rule: receiving != sending
    else: {zh: 应为另一所学校, en: Another school}
"""


def test_an_older_version_on_which_requests_wait_is_asked_too(tmp_path):
    served = tmp_path / "workflows"
    environment = with_definitions(served)
    (served / "inner.yaml").write_text(by_the_school("inner", 1, APPROVED), encoding="utf-8")
    (served / "outer.yaml").write_text(by_the_school("outer", 1, WAITING, OF_THE_CLASS), encoding="utf-8")
    world = World(tmp_path, simulator=False, environment=environment)

    def deployed(name, text, expect=0):
        file = tmp_path / f"{name}.yaml"
        file.write_text(text, encoding="utf-8")
        return deploy(world, file, expect=expect)

    try:
        asked_too(world, deployed)
    finally:
        world.close()


def asked_too(world, deployed):
    registrar = world["registrar-2144000011"]
    pupil = next(each for each in registrar.found("/students", name="王", limit=200) if each["openRequest"] is None)
    live = open_request(registrar, pupil["id"], {}, [], workflow="outer", submit=False)
    deployed("outer", by_the_school("outer", 2, APPROVED, OF_THE_CLASS, "migrate: [{from: 1, otherwise: stay}]\n"))
    mover = by_the_school("inner", 2, APPROVED, MOVING, PLACES + "migrate: [{from: 1, otherwise: stay}]\n")
    refused = deployed("inner", mover, expect=1).stderr
    assert re.search(r"outer\.yaml:\d+:\d+: error: ", refused), refused
    act(registrar, live, "discard")
    deployed("inner", mover)
