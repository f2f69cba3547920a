"""What the national checks doubt goes before people, with the findings."""
from support.journey import act, history, open_request, wait_for_state
from support.live import Live


def to_findings(world, supply):
    example = supply.suspect()
    request = open_request(world["registrar"], example["student"], {**example["fields"], "reason": "户口簿更正"})
    for username in ("head", "county", "county-approver"):
        request = act(world[username], request, "approve")
    return example, wait_for_state(world["county"], request, "county_findings")


def test_a_suspect_answer_is_judged_by_the_province(world, supply, registrar, county):
    with Live(county) as at_county, Live(world["province-approver"]) as at_province:
        example, request = to_findings(world, supply)
        at_county.wait("task.added", request=request["id"], state="county_findings")
        doubts = [finding for finding in request["findings"] if finding["outcome"] == "suspect"]
        assert doubts and all(finding["detail"] for finding in doubts)
        assert registrar.get("/students/" + example["student"]).json()["name"] != example["fields"].get("new_name")
        request = act(county, request, "escalate", comment="请省级认定")
        assert request["state"]["key"] == "province_judgement"
        at_province.wait("task.added", request=request["id"], state="province_judgement")
    request = act(world["province-approver"], request, "approve", comment="经核实属实")
    assert request["outcome"] == "completed"
    student = registrar.get("/students/" + example["student"]).json()
    if "new_name" in example["fields"]:
        assert student["name"] == example["fields"]["new_name"]
    if "new_id_number" in example["fields"]:
        assert student["idNumber"] == example["fields"]["new_id_number"]
    assert [entry["to"] for entry in history(registrar, request)][-3:] == ["county_findings", "province_judgement", "completed"]


def test_the_county_rejects_what_is_suspect(world, supply, registrar, county):
    example, request = to_findings(world, supply)
    before = registrar.get("/students/" + example["student"]).json()
    request = act(county, request, "reject", comment="与公安信息不符")
    assert request["outcome"] == "rejected"
    after = registrar.get("/students/" + example["student"]).json()
    assert (after["name"], after["idNumber"]) == (before["name"], before["idNumber"])
    assert any(n["request"] == request["id"] for n in registrar.items("/notifications"))


def test_the_county_returns_what_is_suspect_for_correction(world, supply, registrar, county):
    _, request = to_findings(world, supply)
    refused = act(county, request, "approve", expect=409)
    assert refused.json()["type"] == "/problems/not-in-this-state"
    request = act(county, request, "return", comment="请核对户口簿")
    assert request["state"]["key"] == "draft"
    assert act(registrar, request, "withdraw")["outcome"] == "withdrawn"


def test_nobody_judges_at_two_levels_what_they_decided(world, supply, county):
    """The county's approver sent it to the checks; the findings are the reviewer's to judge."""
    _, request = to_findings(world, supply)
    refused = act(world["county-approver"], request, "reject", comment="不同意", expect=403)
    assert refused.json()["type"] in ("/problems/not-allowed", "/problems/separation-of-duties")


def test_the_province_cannot_give_an_id_number_that_another_student_has(world, supply, registrar):
    """One ID number, one student: the page says so before anybody clicks."""
    student = supply.student()
    other = next(each for each in registrar.items("/students", limit=200) if each["id"] != student["id"] and each["idNumber"])
    taken = registrar.get("/students/" + other["id"]).json()["idNumber"]
    request = open_request(registrar, student["id"], {"new_id_number": taken, "ground": "register_changed", "reason": "户口簿更正"})
    for username in ("head", "county", "county-approver"):
        request = act(world[username], request, "approve")
    request = wait_for_state(world["county"], request, "county_findings")
    # Whose number it is may be read by those who judge it, not by the school that asked.
    for username, sees in (("county", True), ("registrar", False), ("head", False)):
        told = [finding["detail"] for finding in world[username].get(f"/requests/{request['id']}").json()["findings"]
                if finding["check"] == "duplicate_check"]
        assert told and all((other["id"] in detail) == sees for detail in told), (username, told)
    request = act(world["county"], request, "escalate", comment="请省级认定")
    approver = world["province-approver"]
    seen = approver.get(f"/requests/{request['id']}").json()
    approve = next(action for action in seen["actions"] if action["key"] == "approve")
    assert not approve["allowed"] and "Another student has this ID number" in str(approve["explain"])
    explained = approver.get(f"/requests/{request['id']}/explain", params={"action": "approve"}).json()
    assert not explained["allowed"] and explained["reasons"] == approve["explain"]["reasons"]
    refused = act(approver, request, "approve", comment="经核实属实", expect=409)
    assert refused.json()["type"] == "/problems/status-not-eligible" and "Another student" in refused.json()["detail"]
    assert act(approver, request, "reject", comment="号码为他人所有")["outcome"] == "rejected"
