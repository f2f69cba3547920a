"""Data of earlier programs: today's opens it, finds all of it again, and brings its live requests to an end."""
import hashlib
import pathlib
import re
import sys

import pytest
import yaml

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "api"), str(HERE)]

import content  # noqa: E402
from finish import Finisher  # noqa: E402
from journeys import again  # noqa: E402
from kept import Kept, stores  # noqa: E402
from support.program import ROOT  # noqa: E402

WORKFLOWS = ROOT / "workflows"


@pytest.fixture(params=stores(), ids="-".join)
def kept(request, tmp_path):
    made = Kept(*request.param, tmp_path)
    yield made
    made.close()


def test_what_is_kept_is_what_was_made():
    listings = sorted(HERE.glob("*/SHA256SUMS"))
    assert listings
    for listing in listings:
        for line in listing.read_text().splitlines():
            wanted, name = line.split()
            assert hashlib.sha256((listing.parent / name).read_bytes()).hexdigest() == wanted, f"{listing.parent.name}/{name} was changed"


def moves_to_what_is_shipped(request, shipped):
    """As `migrate` of the shipped definition says: a change that was filed without its ground goes on under its version, a draft is
    asked for it."""
    if request["outcome"] is not None or request["workflowVersion"] >= shipped[file_of(request)]:
        return False
    ways = yaml.safe_load(shipped_texts()[file_of(request)])["migrate"]
    way = next(each for each in ways if each["from"] == request["workflowVersion"])
    return request["state"] in way.get("states", {}) or way["otherwise"] == "same state"


def shipped_definitions():
    return [file for file in WORKFLOWS.glob("*.yaml") if not file.name.endswith(".scenario.yaml")]


def assert_kept_in_database(kept, moved=0, defined=0):
    """What was there before anything was served, exactly, but for so many live requests that moved to the shipped versions, each by one act,
    and so many definitions that were written; later tables and steps may stand beside it."""
    with content.database_of(kept.data, kept.address) as ask:
        rows = ask("SELECT id, state, outcome, version, student_id, last_hash FROM request ORDER BY id")
        counted = content.counts(ask, kept.content["counts"])
    wanted = [(int(each["id"]), each["state"], each["outcome"] or "", each["version"], int(each["student"]), each["lastHash"])
              for each in kept.content["requests"]]
    changed = [(tuple(row), was) for row, was in zip(rows, wanted, strict=True) if tuple(row) != was]
    assert len(changed) == moved
    for now, was in changed:
        assert was[2] == "" and now[:3] + now[4:5] == was[:3] + was[4:5] and now[3] == was[3] + 1, (now, was)
    counted["history"] -= moved
    counted["definition"] -= defined
    steps = counted.pop("schema_migration")
    assert steps >= kept.content["counts"]["schema_migration"]
    assert counted == {table: rows for table, rows in kept.content["counts"].items() if table != "schema_migration"}


def history_and_request(admin, kept):
    """As they stand together: timers that have passed meanwhile fire after the start, and may do so between the two calls."""
    while True:
        entries = content.history_of(admin, kept)
        now = content.request_of(admin, kept, entries)
        if len(entries) > kept["entries"] or now["version"] == kept["version"]:
            return entries, now


def assert_kept_request(server, kept, shipped):
    """The machine may have reminded or escalated since: that stands behind what was kept."""
    entries, now = history_and_request(server["admin"], kept)
    assert entries[kept["entries"] - 1]["hash"] == kept["lastHash"], f"the history of request {kept['id']}"
    since = entries[kept["entries"]:]
    assert {entry["by"] for entry in since} <= {"system"}, since
    if not since:
        assert {**{key: now[key] for key in kept}, "version": kept["version"]} == kept
    is_moved = moves_to_what_is_shipped(kept, shipped)
    assert is_moved == ("migrate" in {entry["action"] for entry in since})
    assert now["workflowVersion"] == (shipped[file_of(kept)] if is_moved else kept["workflowVersion"])
    lasting = ("workflow", "student", "fields", "evidence", "openedBy", "outcome", "state")
    assert {key: now[key] for key in lasting} == {key: kept[key] for key in lasting}


def assert_kept(server, kept, shipped):
    for request in kept.content["requests"]:
        assert_kept_request(server, request, shipped)
    for student in kept.content["students"]:
        assert content.student_of(server["ministry"], student["id"]) == student
    scans = {scan for request in kept.content["requests"] for _, scan in request["evidence"]}
    for scan in scans:
        assert server["admin"].get(f"/evidence/{scan}", expect=(200, 404), check=False).status_code == 200, scan
    assert_keys_remembered(server, kept)


def assert_keys_remembered(server, kept):
    """Nothing happens twice, whether the key is still known or was forgotten meanwhile."""
    for each in kept.content["keys"]:
        answer = again(server[each["as"]], each["path"], each["body"], each["key"], each["version"], (200, 201, 409, 412))
        if answer.ok:
            assert answer.json()["id"] == each["request"]


def finished(server, kept):
    """Brings all to an end; how many ended with each outcome."""
    simulator = kept.simulate()
    finisher = Finisher(server, kept)
    finisher.finish_all()
    outcomes = {each["id"]: each["outcome"] for each in server["admin"].items("/requests", limit=200)}
    assert simulator.stop() == 0
    assert server.stop() == 0, server.tail()
    assert ": sound" in kept.run("audit", "verify")
    assert None not in outcomes.values()
    live = [each["id"] for each in kept.content["requests"] if each["outcome"] is None]
    assert all(outcomes[each["id"]] == each["outcome"] for each in kept.content["requests"] if each["outcome"])
    return [outcomes[each] for each in live]


def test_it_is_brought_over_found_again_and_finished(kept):
    content.assert_complete(kept.content)
    kept.run("migrate")
    assert ": sound" in kept.run("audit", "verify")
    shipped = {workflow: version_in(text) for workflow, text in shipped_texts().items()}
    assert_kept_in_database(
        kept, moved=sum(moves_to_what_is_shipped(each, shipped) for each in kept.content["requests"]),
        defined=sum(version > kept_version(kept, workflow) for workflow, version in shipped.items()))
    server = kept.serve().wait()
    assert "moves to" not in server.logged(), "`migrate` has moved them"
    assert_kept(server, kept, shipped)
    outcomes = finished(server, kept)
    assert outcomes.count("completed") > len(outcomes) / 2, outcomes


def version_in(text):
    return int(re.search(r"^version: (\d+)$", text, re.MULTILINE)[1])


def shipped_texts():
    """By the key of the business."""
    return {file.stem: file.read_text(encoding="utf-8") for file in shipped_definitions()}


def file_of(request):
    """The name of the file that its definition came from."""
    return "-".join(filter(None, (request["workflow"], request.get("variant"))))


def kept_version(kept, workflow="key-information-change"):
    """0 where the business is a later one. The first folders tell only of what had requests."""
    if "definitions" in kept.content:
        return max((version for name, version in kept.content["definitions"] if name == workflow), default=0)
    return max((each["workflowVersion"] for each in kept.content["requests"] if each["workflow"] == workflow), default=0)


REQUIRED_GROUND = "  ground:\n    type: choice\n    required: true\n    title: {zh: 变更依据, en: Ground}\n"


def next_versions(folder, kept):
    """Of the shipped definitions, behind those that the kept requests run on: one state of a business has another name and is
    mapped, another is not; the ground of a change may be left out as it was; the other business stays, and later businesses stand
    beside them."""
    folder.mkdir()
    for workflow, text in shipped_texts().items():
        version = kept_version(kept, workflow)
        if not version:
            (folder / f"{workflow}.yaml").write_text(text, encoding="utf-8")
            continue
        text = text.split("\nmigrate:\n")[0] + "\n"
        text = text.replace(REQUIRED_GROUND, REQUIRED_GROUND.replace("    required: true\n", ""))
        text = re.sub(r"^version: \d+$", f"version: {version + 1}", text, flags=re.MULTILINE)
        text = text.replace("county_findings", "findings_review").replace("province_judgement", "province_decision")
        text += f"\nmigrate:\n  - from: {version}\n"
        text += "    states: {county_findings: findings_review}\n    otherwise: same state\n" if "findings_review" in text else "    otherwise: stay\n"
        (folder / f"{workflow}.yaml").write_text(text, encoding="utf-8")
    return folder


def place_in_next_version(request):
    """The state after the move; None where it stays on its version."""
    if "county_findings" not in shipped_texts()[file_of(request)] or request["state"] == "province_judgement":
        return None
    return "findings_review" if request["state"] == "county_findings" else request["state"]


def test_a_start_with_the_next_versions_moves_live_requests(kept, tmp_path):
    kept.definitions = next_versions(tmp_path / "next", kept)
    servers = [kept.serve(), kept.serve()]  # at once
    logs = "".join(server.wait().logged() for server in servers)
    server = servers[0]
    assert servers[1].stop() == 0
    live = [each for each in kept.content["requests"] if each["outcome"] is None]
    for request in live:
        entries = content.history_of(server["admin"], request)
        moves = [entry["to"] for entry in entries if entry["action"] == "migrate"]
        to = place_in_next_version(request)
        assert moves == ([to] if to else []), f"request {request['id']} at {request['state']}"
        now = server["admin"].get(f"/requests/{request['id']}").json()
        assert now["workflow"]["version"] == request["workflowVersion"] + (to is not None)
        if request["state"] == "province_judgement":
            assert f"request {request['id']} in province_judgement of version {kept_version(kept)} would be stuck and stays" in logs
    findings = sum(each["state"] == "county_findings" and each["workflow"] == "key-information-change" for each in live)
    assert f"{findings} in county_findings of version {kept_version(kept)}: moves to findings_review" in logs
    outcomes = finished(server, kept)
    assert outcomes.count("completed") > len(outcomes) / 2, outcomes


def test_a_move_that_names_what_is_not_there_is_refused_and_nothing_moves(kept, tmp_path):
    kept.definitions = next_versions(tmp_path / "next", kept)
    file = kept.definitions / "key-information-change.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("{county_findings: ", "{county_finding: "), encoding="utf-8")
    told = kept.run("serve", "--demo", "--port", "0", expect=2)
    assert re.search(rf"key-information-change\.yaml:\d+:\d+: error: version {kept_version(kept)} has no state `county_finding`", told)
    assert_kept_in_database(kept)
