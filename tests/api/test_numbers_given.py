"""From a J number to a G number, and changes of a G number (FAQ 5, 6): both national checks clear, the old number is found for ever."""
from support.journey import act, history, open_request, scans, wait_for_state

TO_G, CHANGE = "j-to-g", "g-number-change"


def examples(world, workflow, wanted):
    found = [each for each in world.demo["examples"] if each["workflow"] == workflow and wanted(each)]
    assert found, workflow
    return found


def file(world, example, fields=None, **more):
    registrar = world["registrar"]
    evidence = [scan for kind in example["evidence"] for scan in scans(registrar, kind)]
    return open_request(registrar, example["student"], fields or example["fields"], evidence, workflow=example["workflow"], **more)


def approve(world, request, accounts):
    for account in accounts:
        request = act(world[account], request, "approve")
    return request


def numbers(world, student):
    return {each["number"]: each["state"] for each in world["registrar"].items(f"/students/{student}/numbers")}


def found_by(world, number):
    return [each["id"] for each in world["registrar"].found("/students", number=number)]


def test_a_j_number_becomes_the_g_number_of_the_id_number_and_is_found_for_ever(world):
    example = examples(world, TO_G, lambda each: each["outcome"] == "clear")[0]
    student, id_number = example["student"], example["fields"]["id_number"]
    (old, state), = numbers(world, student).items()
    assert (old[0], state) == ("J", "current")
    request = approve(world, file(world, example), ("head", "county", "county-approver"))
    request = wait_for_state(world["registrar"], request, "completed")
    assert numbers(world, student) == {old: "former", "G" + id_number: "current"}
    assert world["registrar"].get("/students/" + student).json()["idNumber"] == id_number
    assert found_by(world, old) == [student]
    assert found_by(world, "G" + id_number) == [student]
    changes = {(each["field"], each["old"], each["new"]) for each in history(world["registrar"], request)[-1]["changes"]}
    assert {("number.state", old + " current", old + " former"), ("number.state", "", f"G{id_number} current")} <= changes
    again = file(world, example, expect=409)
    assert again.json()["type"] == "/problems/status-not-eligible"
    world.verify_audit()


def test_what_the_checks_doubt_leaves_the_j_number(world):
    example = examples(world, TO_G, lambda each: each["outcome"] == "suspect")[0]
    before = numbers(world, example["student"])
    request = approve(world, file(world, example), ("head", "county", "county-approver"))
    request = wait_for_state(world["county"], request, "county_findings")
    assert any(each["outcome"] == "suspect" and each["detail"] for each in request["findings"])
    assert "escalate" not in {each["key"] for each in request["actions"]}
    request = act(world["county"], request, "reject", comment="人口库查无此号，继续使用 J 号")
    assert request["outcome"] == "rejected"
    assert numbers(world, example["student"]) == before


def test_a_g_number_is_changed_by_the_ministry_and_the_old_one_is_found_for_ever(world):
    example = examples(world, CHANGE, lambda each: each["then"]["outcome"] == "completed")[0]
    student = example["student"]
    old = next(number for number, state in numbers(world, student).items() if state == "current")
    id_number = world["registrar"].get("/students/" + student).json()["idNumber"]
    assert old != "G" + id_number
    request = approve(world, file(world, example), ("head", "county", "county-approver", "province-approver", "ministry-approver"))
    wait_for_state(world["registrar"], request, "completed")
    after = numbers(world, student)
    assert (after[old], after["G" + id_number]) == ("former", "current")
    assert found_by(world, old) == [student]


def test_to_agree_with_the_id_number_is_no_ground(world):
    example = examples(world, CHANGE, lambda each: each.get("refused") == "validation")[0]
    refused = file(world, example, expect=422)
    said = refused.json()["errors"]
    assert any("问答 6" in each["message"] or "FAQ 6" in each["message"] for each in said), said
    form = world["registrar"].get("/workflows/" + CHANGE).json()
    ground = next(each for each in form["fields"] if each["key"] == "ground")
    assert "6" in ground["help"]
