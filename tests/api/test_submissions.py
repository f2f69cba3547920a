"""What a decision was based on is kept for ever: values and scans of every round, and the history hashes them."""
import pathlib
import shutil
import sqlite3
import subprocess

import pytest

from support import files, program
from support.client import problem
from support.history_hash import assert_chain, submission_hashes
from support.journey import act, history, open_request, scans, upload

FIRST, SECOND = "张一世", "张二世"


def submissions(client, request, **query):
    return client.items(f"/requests/{request['id']}/submissions", **query)


def resubmitted(supply, registrar, head, county):
    """A request whose first round the county returned; then the registrar gave another name and another scan."""
    first, second = upload(registrar, files.png()), upload(registrar, files.jpeg(), "户口簿新.jpg", "image/jpeg")
    student = supply.student()
    request = open_request(registrar, student["id"], {"new_name": FIRST, "ground": "register_changed", "reason": "更正"},
                           [{"kind": "household_register", "sha256": first["sha256"]}])
    request = act(head, request, "approve")
    request = act(county, request, "return", comment="扫描件是旧的", to="draft")
    request = act(registrar, request, "submit", fields={"new_name": SECOND, "ground": "register_changed", "reason": "更正"},
                  evidence=[{"kind": "household_register", "sha256": second["sha256"]}])
    return request, student, first, second


def test_both_rounds_stay_readable_to_whoever_may_see_the_request(world, supply, registrar, head, county):
    request, student, first, second = resubmitted(supply, registrar, head, county)
    assert request["submissions"] == 2
    act(head, request, "approve")
    for reader in (registrar, head, county):
        for scan in (first, second):
            reader.get("/evidence/" + scan["sha256"])
        new, old = submissions(reader, request)
        assert [(one["ordinal"], one["round"]) for one in (new, old)] == [(2, 2), (1, 1)]
        assert old["fields"] == {"new_name": FIRST, "ground": "register_changed", "reason": "更正"} and new["fields"]["new_name"] == SECOND
        assert old["changes"] == [{"field": "new_name", "title": "New name", "old": student["name"], "new": FIRST}]
        assert old["since"] is None and old["by"] == new["by"] == "registrar"
        assert new["since"]["fields"] == [{"field": "new_name", "title": "New name", "old": FIRST, "new": SECOND}]
        assert [item["sha256"] for item in new["since"]["added"]] == [second["sha256"]]
        assert [item["filename"] for item in new["since"]["removed"]] == ["scan.png"]
    for stranger in (world["county2"], world["registrar2"]):
        for path in ("/evidence/" + first["sha256"], f"/requests/{request['id']}/submissions"):
            problem(stranger.call("GET", path), 404, "not-found")
    page = registrar.get(f"/requests/{request['id']}/submissions", params={"limit": 1}).json()
    assert page["items"] == submissions(registrar, request)[:1] and page["next"]


def test_a_scan_that_only_a_draft_had_is_not_kept(supply, registrar, head, county):
    mistaken = upload(registrar)
    request = open_request(registrar, supply.student()["id"], {"new_name": FIRST, "ground": "register_changed", "reason": "更正"},
                           [{"kind": "household_register", "sha256": mistaken["sha256"]}], submit=False)
    request = act(registrar, request, "submit", evidence=scans(registrar))
    problem(head.call("GET", "/evidence/" + mistaken["sha256"]), 404, "not-found")
    assert [one["ordinal"] for one in submissions(head, request)] == [1]


def test_the_chain_covers_what_was_submitted(world, supply, registrar, head, county):
    request, student, first, second = resubmitted(supply, registrar, head, county)
    entries = history(registrar, request)
    assert_chain(world["admin"], entries, student["id"])
    new, old = submissions(registrar, request)
    for one in (old, new):
        before = {"new_name": student["name"]}
        assert (one["formSha256"], one["evidenceSha256"]) == submission_hashes(one, before)
    based_on = [(entry["action"], entry["submission"] and entry["submission"]["ordinal"]) for entry in entries]
    assert based_on == [("open", 1), ("submit", 1), ("approve", 1), ("return", 1), ("submit", 2)]
    assert entries[1]["submission"] == {"ordinal": 1, "formSha256": old["formSha256"], "evidenceSha256": old["evidenceSha256"]}


def audited(data, *options):
    done = subprocess.run([program.program(), "audit", "verify", "--data", str(data), *options], capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout


@pytest.mark.skipif(bool(program.databases.server_address()), reason="changes the file of the database behind its back")
def test_the_audit_finds_a_swapped_scan_a_removed_act_and_a_changed_comment(private_world, tmp_path):
    world = private_world()
    registrar, head, county = (world[name] for name in ("registrar", "head", "county"))
    student = world["registrar"].items("/students", limit=200, status="in_school")[0]
    scan = upload(registrar)
    request = open_request(registrar, student["id"], {"new_name": FIRST, "ground": "register_changed", "reason": "更正"},
                           [{"kind": "household_register", "sha256": scan["sha256"]}])
    act(head, request, "approve", comment="属实")
    world.close()
    data = pathlib.Path(world.server.data)
    assert audited(data)[0] == 0
    folder = next(data.glob("evidence/*/*/" + scan["sha256"])).parent
    (folder / scan["sha256"]).write_bytes(files.png())
    status, told = audited(data)
    assert status == 1 and f"scan {scan['sha256']} of request {request['id']}: the evidence file" in told
    assert audited(data, "--without-files")[0] == 0

    def damaged(statement):
        copy = tmp_path / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(data, copy)
        with sqlite3.connect(copy / "xueji.db") as database:
            assert database.execute(statement, (int(request["id"]),)).rowcount >= 1
        database.close()
        return audited(copy, "--without-files")

    for statement, sentence in (
            (f"UPDATE request SET document = replace(document, '{scan['sha256']}', '{'0' * 64}') WHERE id = ?", "is not the one that was submitted"),
            (f"UPDATE submission SET document = replace(document, '{scan['sha256']}', '{'0' * 64}') WHERE request_id = ?", "is not what its hashes say"),
            ("UPDATE request SET document = replace(document, '\"approve\"', '\"claim\"') WHERE id = ?", "are not those of its history"),
            ("UPDATE history SET comment = '不属实' WHERE request_id = ? AND action = 'approve'", "is not what its hash says"),
            ("DELETE FROM history WHERE request_id = ? AND action = 'approve'", "does not end with the hash of its newest")):
        status, told = damaged(statement)
        assert status == 1 and sentence in told, (statement, told)
