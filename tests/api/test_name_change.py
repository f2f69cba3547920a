"""The main journey: a change of name from the school to the registry, seen live by every next office."""
import os

from support import files
from support.journey import act, history, now, open_request, scans, upload, wait_for_state
from support.history_hash import assert_chain
from support.live import Live

SOON = float(os.environ.get("XUEJI_LIVE_SECONDS", "1"))  # what an office may wait to see what concerns it


def test_a_name_change_from_filing_to_the_registry(world, supply, registrar, head, county, approver):
    example = supply.clear("new_name")
    student = registrar.get("/students/" + example["student"]).json()
    old_name, new_name = student["name"], example["fields"]["new_name"]
    with Live(registrar) as at_school, Live(head) as at_head, Live(county) as at_county, Live(approver) as at_approver, \
            Live(world["county2"]) as elsewhere:
        evidence = [
            {"kind": "household_register", "sha256": upload(registrar, files.jpeg(), "户口簿.jpg", "image/jpeg")["sha256"]},
            {"kind": "household_register", "sha256": upload(registrar, files.pdf(), "户口簿.pdf", "application/pdf")["sha256"]}]
        request = open_request(registrar, student["id"], {**example["fields"], "reason": "户口簿登记错误"}, evidence)
        number = request["id"]
        assert request["state"]["key"] == "head_review" and request["state"]["kind"] == "approval"
        assert request["outcome"] is None
        assert [item["kind"] for item in request["evidence"]] == ["household_register", "household_register"]
        assert {"field": "new_name", "old": old_name, "new": new_name}.items() <= request["changes"][0].items()
        at_head.wait("task.added", SOON, request=number, state="head_review")

        request = act(head, now(head, request), "approve")
        assert request["state"]["key"] == "county_review"
        at_county.wait("task.added", SOON, request=number, state="county_review")
        at_head.wait("task.removed", SOON, request=number)
        at_school.wait("request.changed", SOON, request=number, state="county_review")

        request = act(county, now(county, request), "return", comment="第二页看不清，请重新扫描")
        assert request["state"]["key"] == "draft"
        at_school.wait("task.added", SOON, request=number, state="draft")
        at_school.wait("notification.added", SOON)
        notices = registrar.items("/notifications")
        assert any(notice["request"] == number and not notice["read"] for notice in notices)
        returned = history(registrar, request)[-1]
        assert (returned["action"], returned["by"], returned["comment"]) == ("return", "county", "第二页看不清，请重新扫描")

        evidence[1] = scans(registrar)[0]
        corrected = registrar.patch(
            f"/requests/{number}", {"fields": {**example["fields"], "reason": "户口簿登记错误，已重新扫描"}, "evidence": evidence},
            expect=200, version=request["version"]).json()
        assert corrected["version"] > request["version"]
        assert corrected["fields"]["reason"].endswith("已重新扫描")
        request = act(registrar, corrected, "submit")
        assert request["state"]["key"] == "head_review"
        request = act(head, request, "approve")
        request = act(county, request, "approve")
        assert request["state"]["key"] == "county_approval"
        at_approver.wait("task.added", SOON, request=number, state="county_approval")
        request = act(approver, request, "approve")
        assert request["state"]["key"] in ("central_check", "completed")
        request = wait_for_state(registrar, request, "completed")
        at_school.wait("request.changed", SOON, request=number, state="completed")
        assert not [e for e in elsewhere.events if e.get("subject") == f"requests/{number}"], "another county was told"

    assert request["outcome"] == "completed"
    assert {finding["check"]: finding["outcome"] for finding in request["findings"]} == {
        "duplicate_check": "clear", "identity_comparison": "clear"}
    changed = registrar.get("/students/" + student["id"]).json()
    assert changed["name"] == new_name
    assert changed["openRequest"] is None
    assert changed["version"] > student["version"]

    entries = history(registrar, request)
    assert [entry["action"] for entry in entries if entry["action"] in ("submit", "approve", "return")] == [
        "submit", "approve", "return", "submit", "approve", "approve", "approve"] or entries[0]["action"] == "open"
    assert [entry["to"] for entry in entries][-1] == "completed"
    assert [change for change in entries[-1]["changes"] if change["field"] in ("name", "new_name")][0].items() >= {
        "old": old_name, "new": new_name}.items()
    assert entries[-1]["by"] == "system"
    assert_chain(world["admin"], entries, student["id"])

    registry = registrar.items(f"/students/{student['id']}/history")
    assert [(c["old"], c["new"]) for entry in registry for c in entry["changes"] if entry["request"] == number] == [(old_name, new_name)]


def test_the_new_and_the_old_name_find_their_way(world, supply, registrar, head, county, approver):
    example = supply.clear("new_name")
    request = open_request(registrar, example["student"], {**example["fields"], "reason": "更正"})
    for officer in (head, county, approver):
        request = act(officer, request, "approve")
    wait_for_state(registrar, request, "completed")
    found = registrar.found("/students", name=example["fields"]["new_name"])
    assert example["student"] in [student["id"] for student in found]


def test_a_return_may_name_any_earlier_state(supply, registrar, head, county, approver):
    example = supply.clear()
    request = open_request(registrar, example["student"], {**example["fields"], "reason": "更正"})
    request = act(head, request, "approve")
    request = act(county, request, "approve")
    offered = {action["key"]: action for action in now(approver, request)["actions"]}["return"]
    assert offered["allowed"] and offered["comment"] == "required"
    assert set(offered["to"]) == {"draft", "head_review", "county_review"}
    request = act(approver, request, "return", comment="请县级经办补充意见", to="county_review")
    assert request["state"]["key"] == "county_review"
    assert [holder["role"] for holder in request["holders"]] == ["reviewer"]


def test_a_rejected_request_ends_and_frees_the_student(supply, registrar, head):
    student = supply.student()
    request = open_request(registrar, student["id"], {"new_name": "欧阳试一", "ground": "register_changed", "reason": "更正"})
    assert registrar.get("/students/" + student["id"]).json()["openRequest"]["id"] == request["id"]
    request = act(head, request, "reject", comment="材料与本人不符")
    assert (request["state"]["kind"], request["outcome"], request["holders"]) == ("end", "rejected", [])
    assert registrar.get("/students/" + student["id"]).json()["openRequest"] is None
    assert registrar.get("/students/" + student["id"]).json()["name"] == student["name"]


def test_the_school_withdraws_what_has_not_reached_the_checks(supply, registrar, head, county):
    student = supply.student()
    request = open_request(registrar, student["id"], {"new_name": "欧阳试二", "ground": "register_changed", "reason": "更正"})
    request = act(head, request, "approve")
    request = act(registrar, request, "withdraw")
    assert request["outcome"] == "withdrawn"
    again = open_request(registrar, student["id"], {"new_name": "欧阳试二", "ground": "register_changed", "reason": "更正"})
    assert again["id"] != request["id"]
