"""A request is shown and judged by the version that it runs on, whatever was deployed since."""
import os
import subprocess

import pytest

from support import program
from support.client import problem
from support.journey import NAME_CHANGE, act, now, open_request, scans
from support.shipped import VERSION, without_migration



def next_version(migrate="", *changes):
    """The shipped business as the next version, with those texts changed and without a way over from this one."""
    text = without_migration().replace(f"version: {VERSION}", f"version: {VERSION + 1}", 1)
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text + migrate


def deploy(world, folder, text, *options, expect=0):
    file = folder / "next.yaml"
    file.write_text(text, encoding="utf-8")
    done = subprocess.run([program.program(), "deploy", str(file), "--data", str(world.server.data), *options],
                          env={**os.environ, "XUEJI_DATABASE": program.address_of(world.server.data)},
                          capture_output=True, text=True, timeout=120)
    assert done.returncode == expect, done.stdout[-2000:] + done.stderr
    return done.stdout


@pytest.fixture
def world(private_world):
    return private_world()


@pytest.fixture
def student(world):
    taken = {example.get("student") for example in world.demo["examples"]}
    return next(s for s in world["registrar"].items("/students", status="in_school", limit=200)
                if s["openRequest"] is None and s["id"] not in taken)


FIELDS = {"new_name": "欧阳旧版", "ground": "register_changed", "reason": "更正"}
RENAMED = ("title: {zh: 学校审核, en: Review by the head}", "title: {zh: 校长审核, en: The head's word}")


def title_of(workflow, state):
    return next(each["title"] for each in workflow["states"] if each["key"] == state)


def test_a_request_keeps_the_words_of_its_version(world, student, tmp_path):
    registrar = world["registrar"]
    request = open_request(registrar, student["id"], FIELDS)
    before = registrar.get(f"/requests/{request['id']}/workflow").json()
    deploy(world, tmp_path, next_version("", RENAMED))
    newest = registrar.get(f"/workflows/{NAME_CHANGE}").json()
    pinned = registrar.get(f"/requests/{request['id']}/workflow").json()
    assert (newest["version"], pinned["version"]) == (VERSION + 1, VERSION)
    assert pinned == before and pinned["sha256"] == now(registrar, request)["workflow"]["sha256"]
    assert title_of(newest, "head_review") != title_of(pinned, "head_review") == now(registrar, request)["state"]["title"]
    assert set(newest) == set(pinned), "the same shape"
    assert "explain" not in pinned["open"], "it is open already"
    assert next(s for s in pinned["states"] if s["key"] == "head_review")["holder"]["office"]["id"] == student["school"]["id"]


def test_it_is_shown_to_whoever_may_see_the_request_and_to_nobody_else(world, student):
    request = open_request(world["registrar"], student["id"], FIELDS)
    for name in ("registrar", "head", "county", "province", "ministry", "admin"):
        assert world[name].get(f"/requests/{request['id']}/workflow").json()["version"] == VERSION
    for name in ("registrar2", "county2", "province2"):
        problem(world[name].get(f"/requests/{request['id']}/workflow", 404), 404, "not-found")
    problem(world["registrar"].get("/requests/987654321/workflow", 404), 404, "not-found")
    problem(world["registrar"].get("/requests/x/workflow", 404), 404, "not-found")
    world.anonymous().get(f"/requests/{request['id']}/workflow", 401)


WITHOUT_CERTIFICATE = ("  other_certificate: {title: {zh: 其他证明, en: Other certificate}, count: 0..6}\n", "")
MIGRATE = f"\nmigrate:\n  - {{from: {VERSION}, otherwise: same state%s}}\n"


@pytest.fixture
def certified(world, student):
    """A draft with a file of a kind that the next version does not have."""
    registrar = world["registrar"]
    evidence = scans(registrar) + scans(registrar, "other_certificate", 2)
    return open_request(registrar, student["id"], FIELDS, evidence, submit=False)


def told(output, request):
    return next(line for line in output.splitlines() if line.startswith(f"request {request['id']}\t")).split("\t")[3:]


def test_a_request_that_would_lose_something_is_named_and_stays(world, certified, tmp_path):
    text = next_version(MIGRATE % "", WITHOUT_CERTIFICATE)
    outcome = ["would be stuck and stays: the new version takes no evidence of kind `other_certificate`, which was uploaded",
               "would lose: 2 files of other_certificate"]
    assert told(deploy(world, tmp_path, text, "--dry-run"), certified) == outcome
    assert f"1 of version {VERSION}: would lose: 2 files of other_certificate\n" in deploy(world, tmp_path, text, "--dry-run")
    deploy(world, tmp_path, text)
    request = act(world["registrar"], certified, "submit")
    assert request["workflow"]["version"] == VERSION and len(request["evidence"]) == 3


def test_what_is_dropped_leaves_the_draft_which_can_be_submitted(world, certified, tmp_path):
    text = next_version(MIGRATE % ", lost: drop", WITHOUT_CERTIFICATE)
    assert told(deploy(world, tmp_path, text, "--dry-run"), certified) == ["moves to draft", "drops: 2 files of other_certificate"]
    deploy(world, tmp_path, text)
    moved = now(world["registrar"], certified)
    assert moved["workflow"]["version"] == VERSION + 1 and [each["kind"] for each in moved["evidence"]] == ["household_register"]
    evidence = [{"kind": each["kind"], "sha256": each["sha256"]} for each in moved["evidence"]]
    assert act(world["registrar"], moved, "submit", fields=FIELDS, evidence=evidence)["state"]["key"] == "head_review"
    subprocess.run([program.program(), "audit", "verify", "--data", str(world.server.data)], check=True, timeout=120,
                   env={**os.environ, "XUEJI_DATABASE": program.address_of(world.server.data)})


def test_what_is_kept_stays_until_somebody_removes_it(world, certified, tmp_path):
    text = next_version(MIGRATE % ", lost: keep", WITHOUT_CERTIFICATE)
    assert told(deploy(world, tmp_path, text, "--dry-run"), certified) == ["moves to draft", "keeps: 2 files of other_certificate"]
    deploy(world, tmp_path, text)
    registrar = world["registrar"]
    moved = now(registrar, certified)
    everything = [{"kind": each["kind"], "sha256": each["sha256"]} for each in moved["evidence"]]
    assert len(everything) == 3
    refused = problem(act(registrar, moved, "submit", fields=FIELDS, evidence=everything, expect=422), 422, "validation")
    assert {error["pointer"] for error in refused["errors"]} == {"/evidence/1/kind", "/evidence/2/kind"}
    kinds = {each["kind"] for each in registrar.get(f"/requests/{moved['id']}/workflow").json()["evidence"]}
    remaining = [each for each in everything if each["kind"] in kinds]
    assert act(registrar, moved, "submit", fields=FIELDS, evidence=remaining)["state"]["key"] == "head_review"
