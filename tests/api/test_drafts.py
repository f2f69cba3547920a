"""Drafts: kept, corrected, submitted or discarded."""
from support.client import problem
from support.journey import act, history, now, open_request, scans
from support.live import Live


def test_a_draft_is_kept_until_it_is_submitted(supply, registrar, head):
    student = supply.student()
    request = open_request(registrar, student["id"], {}, [], submit=False)
    assert (request["state"]["key"], request["state"]["kind"]) == ("draft", "draft")
    assert request["fields"] == {} or not any(request["fields"].values())
    refused = problem(act(registrar, request, "submit", expect=422), 422, "validation")
    assert refused["errors"]
    answer = registrar.patch(f"/requests/{request['id']}", {"fields": {"new_name": "欧阳草稿", "ground": "register_changed", "reason": "更正"}}, 200, version=request["version"])
    assert answer.headers["ETag"] == f'"{answer.json()["version"]}"'
    request = answer.json()
    problem(act(registrar, request, "submit", expect=422), 422, "missing-evidence")
    request = registrar.patch(f"/requests/{request['id']}", {"evidence": scans(registrar)}, 200, version=request["version"]).json()
    assert request["fields"]["new_name"] == "欧阳草稿", "a member left out is left alone"
    request = act(registrar, request, "submit")
    assert request["state"]["key"] == "head_review"
    problem(registrar.patch(f"/requests/{request['id']}", {"fields": {"reason": "晚了"}}, version=request["version"]), 409, "not-in-this-state")


def test_a_draft_is_changed_by_its_school_alone_and_with_its_version(supply, registrar, head, world):
    request = open_request(registrar, supply.student()["id"], {"reason": "更正"}, [], submit=False)
    path, change = f"/requests/{request['id']}", {"fields": {"reason": "改"}}
    problem(registrar.patch(path, change), 428, "precondition-required")
    problem(registrar.patch(path, change, version=request["version"] + 5), 412, "stale")
    problem(head.patch(path, change, version=request["version"]), 403, "not-allowed")
    problem(world["registrar2"].patch(path, change, version=request["version"]), 404, "not-found")
    body = problem(registrar.patch(path, {"fields": {"nickname": "x"}}, version=request["version"]), 422, "validation")
    assert [error["pointer"] for error in body["errors"]] == ["/fields/nickname"]
    problem(registrar.patch(path, {"state": "completed"}, version=request["version"]), 422, "validation")
    assert now(registrar, request)["version"] == request["version"]


def test_a_discarded_draft_frees_the_student(supply, registrar):
    student = supply.student()
    request = open_request(registrar, student["id"], {"reason": "更正"}, [], submit=False)
    assert act(registrar, request, "discard")["outcome"] == "withdrawn"
    assert registrar.get("/students/" + student["id"]).json()["openRequest"] is None


def test_submitting_may_bring_the_last_fields_and_scans(supply, registrar):
    request = open_request(registrar, supply.student()["id"], {"reason": "更正"}, [], submit=False)
    request = act(registrar, request, "submit", fields={"new_name": "欧阳补齐", "ground": "register_changed", "reason": "更正"}, evidence=scans(registrar))
    assert request["state"]["key"] == "head_review" and request["fields"]["new_name"] == "欧阳补齐"
    assert [entry["by"] for entry in history(registrar, request)] == ["registrar"] * len(history(registrar, request))


def test_an_etag_saves_the_body(supply, registrar):
    request = open_request(registrar, supply.student()["id"], {"reason": "更正"}, [], submit=False)
    answer = registrar.get(f"/requests/{request['id']}")
    assert answer.headers["ETag"] == f'"{request["version"]}"'
