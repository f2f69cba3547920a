"""Deletion of a G number: province to ministry; the number is retired for ever and its history stays."""
from support.administration import add_account
from support.client import problem, sign_in
from support.journey import DELETION, act, history, open_request, scans
from support.history_hash import assert_chain
from support.live import Live


def numbers(client, student):
    return {number["number"]: number for number in client.items(f"/students/{student}/numbers")}


def test_a_g_number_is_retired_by_three_officers_of_two_levels(world, supply):
    example = supply.deletion()
    province, ministry = world["province"], world["ministry"]
    doomed = example["fields"]["number"]
    assert numbers(province, example["student"])[doomed]["state"] == "current"
    with Live(world["province-approver"]) as first, Live(ministry) as second, Live(world["ministry-approver"]) as third:
        request = open_request(province, example["student"], example["fields"], workflow=DELETION)
        assert request["state"]["key"] == "province_approval"
        first.wait("task.added", request=request["id"])
        request = act(world["province-approver"], request, "approve")
        second.wait("task.added", request=request["id"], state="ministry_review")
        request = act(ministry, request, "approve")
        third.wait("task.added", request=request["id"], state="ministry_approval")
        refused = problem(act(ministry, request, "approve", expect=403), 403, "separation-of-duties")
        assert refused["explain"]["allowed"] is False and refused["explain"]["reasons"]
        assert numbers(province, example["student"])[doomed]["state"] == "current"
        request = act(world["ministry-approver"], request, "approve")
    assert request["outcome"] == "completed"
    assert numbers(province, example["student"])[doomed]["state"] == "retired"
    entries = history(province, request)
    assert [entry["by"] for entry in entries][-3:] == ["province-approver", "ministry", "ministry-approver"]
    assert_chain(world["admin"], entries, example["student"])
    registry = province.items(f"/students/{example['student']}/history")
    assert [entry["request"] for entry in registry if doomed in [c["old"] for c in entry["changes"]] or entry["request"] == request["id"]]
    found = province.found("/students", number=doomed)
    assert [student["id"] for student in found] == [example["student"]], "a retired number still leads to its record"

    again = open_request(province, example["student"], example["fields"], workflow=DELETION, expect=422)
    problem(again, 422, "validation")


def officer_with_both_posts(world, office, name):
    """A new account that is reviewer and approver of one office."""
    posts = [{"office": office, "role": role} for role in ("reviewer", "approver")]
    account = {"username": name, "name": "兼岗", "password": "xueji-demo-2", "posts": posts}
    add_account(world, account)
    return sign_in(world.url, name, "xueji-demo-2")


def test_one_officer_with_both_posts_cannot_do_both_steps(world, supply):
    example = supply.deletion()
    ministry = world["ministry"].get("/me").json()["posts"][0]["office"]["id"]
    both = officer_with_both_posts(world, ministry, "both-at-ministry")
    request = open_request(world["province"], example["student"], example["fields"], workflow=DELETION)
    request = act(world["province-approver"], request, "approve")
    request = act(both, request, "approve")
    assert request["state"]["key"] == "ministry_approval"
    body = problem(act(both, request, "approve", expect=403), 403, "separation-of-duties")
    assert body["explain"]["reasons"][0]["rule"] == "different-people"
    request = act(world["ministry-approver"], request, "reject", comment="不予删除")
    assert request["outcome"] == "rejected"


def test_one_officer_with_both_posts_cannot_file_and_decide(world, supply):
    example = supply.deletion()
    province = world["province"].get("/me").json()["posts"][0]["office"]["id"]
    both = officer_with_both_posts(world, province, "both-at-province")
    request = open_request(both, example["student"], example["fields"], workflow=DELETION)
    problem(act(both, request, "approve", expect=403), 403, "separation-of-duties")
    act(both, request, "withdraw")


def test_nobody_decides_their_own_dossier(world, supply):
    example = supply.deletion()
    request = open_request(world["province"], example["student"], example["fields"], workflow=DELETION)
    refused = act(world["province"], request, "approve", expect=403)
    assert refused.json()["type"] in ("/problems/separation-of-duties", "/problems/not-allowed")
    assert act(world["province"], request, "withdraw")["outcome"] == "withdrawn"
    assert numbers(world["province"], example["student"])[example["fields"]["number"]]["state"] == "current"


def test_the_ministry_returns_a_dossier_with_its_reason(world, supply):
    example = supply.deletion()
    request = open_request(world["province"], example["student"], example["fields"], workflow=DELETION)
    request = act(world["province-approver"], request, "approve")
    problem(act(world["ministry"], request, "return", expect=422), 422, "validation")
    request = act(world["ministry"], request, "return", comment="佐证材料不足")
    assert request["state"]["key"] == "draft"
    request = act(world["province"], request, "submit", evidence=scans(world["province"], "certification", 2))
    assert request["state"]["key"] == "province_approval"
    assert len(request["evidence"]) == 2
    request = act(world["province-approver"], request, "reject", comment="撤案")
    assert request["outcome"] == "rejected"


def test_schools_and_counties_cannot_file_it(world, supply):
    student = next(s for s in iter(supply.student, None) if any(n["kind"] == "G" for n in s["numbers"]))
    number = next(n["number"] for n in student["numbers"] if n["kind"] == "G")
    fields = {"number": number, "ground": "duplicate_status", "statement": "重复建籍"}
    for username in ("registrar", "head", "county", "county-approver", "province-approver", "ministry"):
        client = world[username]
        refused = open_request(client, student["id"], fields, scans(client, "certification"), workflow=DELETION, expect=403)
        body = problem(refused, 403, "not-allowed")
        assert [(who["role"], who["office"]["level"]) for who in body["explain"]["who"]] == [("reviewer", "province")], "it says who could"
        assert DELETION not in [workflow["key"] for workflow in client.items("/workflows")]
    assert DELETION in [workflow["key"] for workflow in world["province"].items("/workflows")]
