"""One's own posts: whom to lend them to, what one has lent, and the queue of each."""
import datetime

import pytest

from support.client import problem
from support.journey import act, open_request, task_of

FIELDS = {"new_name": "欧阳岗位", "ground": "register_changed", "reason": "户口簿更正"}


def until(days):
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


def post_of(client, role):
    return next(post for post in client.get("/me").json()["posts"] if post["role"] == role)


@pytest.fixture
def lent(world):
    """The approver's post, lent to the reviewer for a day."""
    approver, county = world["county-approver"], world["county"]
    body = {"post": post_of(approver, "approver")["id"], "to": "county", "until": until(1)}
    delegation = approver.post("/me/delegations", body, expect=201).json()
    yield delegation
    approver.delete(f"/me/delegations/county/{delegation['post']['id']}", expect=204)
    assert approver.items("/me/delegations") == []


def test_what_one_has_lent(world, lent):
    approver, county = world["county-approver"], world["county"]
    assert approver.items("/me/delegations") == [lent]
    assert lent["to"] == "county" and lent["toName"] == county.get("/me").json()["name"] and "from" not in lent
    assert lent["until"][:10] == until(1)[:10] and lent["post"]["role"] == "approver" and lent["post"]["delegatedFrom"] == "county-approver"
    assert county.items("/me/delegations") == []
    later = approver.post("/me/delegations", {
        "post": post_of(approver, "approver")["id"], "to": "county", "from": until(10), "until": until(20)}, expect=201).json()
    assert later["from"][:10] == until(10)[:10]
    first = approver.get("/me/delegations", params={"limit": 1}).json()
    second = approver.get("/me/delegations", params={"limit": 1, "cursor": first["next"]}).json()
    assert [*first["items"], *second["items"]] == [lent, later] and second["next"] is None
    approver.delete(f"/me/delegations/county/{later['post']['id']}", expect=204)


def test_colleagues_are_those_at_the_same_offices(world, lent):
    colleagues = {c["username"]: c for c in world["county"].items("/me/colleagues")}
    assert "county-approver" in colleagues and "county" not in colleagues and "county2" not in colleagues
    office = post_of(world["county"], "reviewer")["office"]["id"]
    assert all(post["office"]["id"] == office for c in colleagues.values() for post in c["posts"])
    assert [post["role"] for post in colleagues["county-approver"]["posts"]] == ["approver"]
    borrower = next(c for c in world["county-approver"].items("/me/colleagues") if c["username"] == "county")
    assert [(post["role"], post.get("delegatedFrom")) for post in borrower["posts"]] == [("reviewer", None), ("approver", "county-approver")]
    assert set(borrower) == {"username", "name", "posts"}
    assert [c["username"] for c in world["county"].items("/me/colleagues", limit=1)] == list(colleagues)


def test_who_is_shut_out_is_no_colleague(world):
    office = post_of(world["registrar"], "registrar")["office"]["id"]
    world["admin"].post("/accounts", {"username": "short-stay", "name": "临时人员", "password": "xueji-demo",
                                      "posts": [{"office": office, "role": "registrar"}]}, expect=201)
    assert "short-stay" in [c["username"] for c in world["registrar"].items("/me/colleagues")]
    world["admin"].patch("/accounts/short-stay", {"disabled": True}, expect=200)
    assert "short-stay" not in [c["username"] for c in world["registrar"].items("/me/colleagues")]


def test_each_post_has_its_queue(world, supply, registrar, head, lent):
    county = world["county"]
    at_review = act(head, open_request(registrar, supply.student()["id"], FIELDS), "approve")
    at_approval = act(county, act(head, open_request(registrar, supply.student()["id"], FIELDS), "approve"), "approve")
    posts = {post["role"]: post["id"] for post in county.get("/me").json()["posts"]}
    queues = {role: county.items("/tasks", post=post, limit=200) for role, post in posts.items()}
    assert {task["role"] for task in queues["reviewer"]} == {"reviewer"} and {task["role"] for task in queues["approver"]} == {"approver"}
    assert at_review["id"] in [task["request"] for task in queues["reviewer"]]
    assert at_approval["id"] in [task["request"] for task in queues["approver"]]
    both = county.items("/tasks", limit=200)
    assert sorted(task["id"] for task in both) == sorted(task["id"] for queue in queues.values() for task in queue)
    assert county.get("/tasks", params={"post": posts["approver"], "count": "true"}).json()["count"] == len(queues["approver"])
    assert task_of(county, at_review, post=posts["approver"]) is None
    exported = county.get("/exports/tasks.csv", params={"post": posts["approver"]}).content.decode()
    assert len(exported.strip().splitlines()) == len(queues["approver"]) + 1


def test_the_queue_of_a_post_that_is_not_ones_own_is_empty(world):
    foreign = post_of(world["head"], "head")["id"]
    assert world["county"].get("/tasks", params={"post": foreign, "count": "true"}).json() == {"items": [], "next": None, "count": 0}
    problem(world["county"].get("/tasks", params={"post": "mine"}, expect=400), 400, "malformed")
