"""Suspension, resumption and return, as the demonstration offers them: by HTTP from opening to the record."""
import pytest

from support.client import problem
from support.journey import act, history, open_request, scans

SUSPENSION, RESUMPTION, RETURN = "suspension", "resumption", "return"
BUSINESSES = (SUSPENSION, RESUMPTION, RETURN)


@pytest.fixture(scope="module")
def offered(world):
    """The demo's examples of each business that nobody has played yet."""
    return {key: [e for e in world.demo["examples"] if e["workflow"] == key] for key in BUSINESSES}


def take(offered, business, refused=False):
    examples = offered[business]
    return examples.pop(next(place for place, each in enumerate(examples) if ("refused" in each) == refused))


def evidence(client, example):
    return [scan for kind, count in example["evidence"].items() for scan in scans(client, kind, count)]


def open_example(world, example, expect=201, **changes):
    client = world[example["account"]]
    return open_request(client, example["student"], {**example["fields"], **changes}, evidence(client, example),
                        workflow=example["workflow"], expect=expect)


def complete(world, request):
    request = act(world["head"], request, "approve")
    assert request["state"]["key"] == "county_approval"
    return act(world["county-approver"], request, "approve", comment="同意")


def record(world, student):
    return world["registrar"].get(f"/students/{student}").json()


def test_each_business_is_offered_at_least_three_times_and_once_where_it_is_refused(offered):
    for business in BUSINESSES:
        outcomes = [each["outcome"] for each in offered[business]]
        assert len(outcomes) >= 3 and outcomes.count("clear") >= 2 and outcomes.count(None) == 1
        assert {each["account"] for each in offered[business]} == {"registrar"}


@pytest.mark.parametrize("business, status", [(SUSPENSION, "suspended"), (RESUMPTION, "in_school"), (RETURN, "in_school")])
def test_completed_it_changes_the_status_and_nothing_that_was_left_empty(world, offered, business, status):
    example = take(offered, business)
    before = record(world, example["student"])
    if business != SUSPENSION:
        refused = problem(open_example(world, example, expect=422, new_class="班" * 51), 422, "validation")
        assert "50" in str(refused)
    request = complete(world, open_example(world, example, **({"new_class": ""} if business != SUSPENSION else {})))
    assert (request["state"]["key"], request["outcome"], request["holders"]) == ("completed", "completed", [])
    after = record(world, example["student"])
    assert after["status"] == status != before["status"]
    assert after["openRequest"] is None
    assert (after["class"], after["numbers"], after["school"]) == (before["class"], before["numbers"], before["school"])
    changes = [change for entry in history(world["registrar"], request) for change in entry["changes"]]
    term = (before["statusUntil"] or "", example["fields"].get("until", ""))
    assert after["statusUntil"] == (term[1] or None)
    assert [(change["field"], change["old"], change["new"]) for change in changes] == [
        ("status", before["status"], status), *([("status_until", *term)] if any(term) else [])]


@pytest.mark.parametrize("business", BUSINESSES)
def test_rejected_it_changes_nothing(world, offered, business):
    example = take(offered, business)
    before = record(world, example["student"])
    request = act(world["head"], open_example(world, example), "reject", comment="材料不实")
    assert request["outcome"] == "rejected"
    after = record(world, example["student"])
    assert (after["status"], after["openRequest"]) == (before["status"], None)
    assert (after["grade"], after["class"]) == (before["grade"], before["class"])


@pytest.mark.parametrize("business, next_step", [
    (SUSPENSION, "open a resumption"), (RESUMPTION, "is in school"), (RETURN, "open a resumption")])
def test_refused_it_says_what_to_do(world, offered, business, next_step):
    example = take(offered, business, refused=True)
    refused = problem(open_example(world, example, expect=409), 409, example["refused"])
    assert next_step in refused["detail"]
    assert record(world, example["student"])["openRequest"] is None


def test_grade_and_class_to_join_are_shown_beside_todays_and_set_at_the_end(world, supply):
    student = supply.student()
    registrar = world["registrar"]
    refused = problem(open_request(registrar, student["id"], {"ground": "other", "from": "2026-09-01", "until": "2026-09-01"},
                                   scans(registrar, "application"), workflow=SUSPENSION, expect=422), 422, "validation")
    assert "later than the beginning" in str(refused)
    fields = {"ground": "illness", "from": "2026-09-01", "until": "2027-08-31"}
    problem(open_request(registrar, student["id"], fields, scans(registrar, "application"), workflow=SUSPENSION, expect=422),
            422, "missing-evidence")
    papers = scans(registrar, "application") + scans(registrar, "hospital_certificate")
    complete(world, open_request(registrar, student["id"], fields, papers, workflow=SUSPENSION))

    grade = "3" if student["grade"] != "3" else "4"
    fields = {"ground": "term_ended", "back_on": "2027-09-01", "new_grade": grade, "new_class": "12班"}
    request = open_request(registrar, student["id"], fields, scans(registrar, "application"), workflow=RESUMPTION)
    assert [(change["field"], change["old"], change["new"]) for change in request["changes"]] == [
        ("new_grade", student["grade"], grade), ("new_class", student["class"], "12班")]
    by_key = {field["key"]: field for field in registrar.get(f"/workflows/{RESUMPTION}").json()["fields"]}
    assert (by_key["new_grade"]["changes"], by_key["new_class"]["changes"], "changes" in by_key["ground"]) == ("grade", "class", False)
    complete(world, request)
    after = record(world, student["id"])
    assert (after["status"], after["grade"], after["class"]) == ("in_school", grade, "12班")


def test_a_county_finds_whose_suspension_was_to_be_over(world):
    county = world["county"]
    suspended = county.items("/students", status="suspended", limit=200)
    days = sorted({student["statusUntil"] for student in suspended if student["statusUntil"]})
    assert len(days) > 1, "the demonstration's suspended pupils have terms"
    assert not any(student["statusUntil"] for student in county.items("/students", status="in_school", limit=200))
    earlier = {student["id"] for student in suspended if student["statusUntil"] and student["statusUntil"] < days[-1]}
    found = county.items("/students", statusUntilBefore=days[-1], limit=200)
    assert earlier and {student["id"] for student in found} == earlier
    assert {s["id"] for s in county.found("/students", statusUntilBefore=days[-1], limit=200)} == earlier
    assert county.items("/students", statusUntilBefore=days[-1], status="in_school") == []
    assert county.items("/students", statusUntilBefore=days[0]) == []
    problem(county.get("/students", params={"statusUntilBefore": "2027-13-01"}, expect=400), 400, "malformed")
    problem(county.post("/students/search", {"statusUntilBefore": "soon"}, expect=422), 422, "validation")
    assert world["registrar2"].items("/students", statusUntilBefore="2100-01-01", school=suspended[0]["school"]["id"]) == []


def test_whoever_may_act_once_it_is_overdue_reads_what_it_is_about(world):
    # The county's reviewer has no step of its own, but stands in for a head who lets the deadline pass.
    assert [field["key"] for field in world["county"].get(f"/workflows/{SUSPENSION}").json()["fields"]] == [
        "ground", "from", "until", "statement"]
    problem(world["registrar2"].get("/workflows/no-such", expect=404), 404, "not-found")
