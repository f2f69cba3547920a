"""Whether one may, if not why, and who could."""
import re

from support.client import problem
from support.journey import act, now, open_request

FIELDS = {"new_name": "欧阳解释", "ground": "register_changed", "reason": "户口簿更正"}
CHINESE = re.compile("[\u4e00-\u9fff]")


def explain(client, request, action, language="en", **parameters):
    return client.get(f"/requests/{request['id']}/explain", params={"action": action, **parameters}, headers={"Accept-Language": language}).json()


def test_the_one_who_may_is_told_so(supply, registrar, head):
    request = open_request(registrar, supply.student()["id"], FIELDS)
    answer = explain(head, request, "approve")
    assert answer["action"] == "approve" and answer["allowed"] is True and answer["reasons"] == []
    assert [(who["role"], who["office"]["level"]) for who in answer["who"]] == [("head", "school")]


def test_the_one_who_may_not_is_told_why_and_who_could(supply, registrar, county, approver, head):
    request = open_request(registrar, supply.student()["id"], FIELDS)
    spoken = {language: explain(county, request, "approve", language) for language in ("zh", "en")}
    for answer in spoken.values():
        assert answer["allowed"] is False and answer["reasons"]
        assert all(reason["rule"] and reason["message"] for reason in answer["reasons"])
        assert [who["role"] for who in answer["who"]] == ["head"]
    assert CHINESE.search(spoken["zh"]["reasons"][0]["message"])
    assert spoken["zh"]["reasons"][0]["message"] != spoken["en"]["reasons"][0]["message"]
    assert explain(approver, request, "submit")["reasons"][0]["rule"] == "state"


def test_all_actions_at_once(supply, registrar, head):
    request = open_request(registrar, supply.student()["id"], FIELDS)
    listed = head.get(f"/requests/{request['id']}/explain").json()
    assert set(listed) == {"items", "next"}
    by_action = {item["action"]: item for item in listed["items"]}
    assert {"approve", "return", "reject", "withdraw"} <= set(by_action)
    assert by_action["approve"]["allowed"] and not by_action["withdraw"]["allowed"]
    shown = {action["key"]: action["allowed"] for action in now(head, request)["actions"]}
    assert all(by_action[key]["allowed"] == allowed for key, allowed in shown.items() if key in by_action)


def test_what_is_shown_as_allowed_is_allowed_and_no_more(world, supply, registrar):
    """For every demo account that sees it: the request's own list of actions agrees with explain()."""
    request = open_request(registrar, supply.student()["id"], FIELDS)
    for username in ("registrar", "head", "county", "county-approver", "province", "ministry-approver", "admin"):
        client = world[username]
        answer = client.get(f"/requests/{request['id']}", expect=(200, 404))
        if answer.status_code == 404:
            continue
        for action in answer.json()["actions"]:
            assert explain(client, request, action["key"])["allowed"] == action["allowed"], (username, action)


def test_administrators_may_ask_for_another(world, supply, registrar, head):
    request = open_request(registrar, supply.student()["id"], FIELDS)
    assert explain(world["admin"], request, "approve", account="head")["allowed"] is True
    assert explain(world["admin"], request, "approve", account="county")["allowed"] is False
    problem(registrar.get(f"/requests/{request['id']}/explain", params={"action": "approve", "account": "head"}, expect=403), 403, "not-allowed")


def test_an_action_that_nobody_knows_is_explained_as_refused(supply, registrar):
    request = open_request(registrar, supply.student()["id"], FIELDS)
    answer = registrar.get(f"/requests/{request['id']}/explain", params={"action": "explode"}, expect=(200, 400, 404))
    if answer.status_code == 200:
        assert answer.json()["allowed"] is False
