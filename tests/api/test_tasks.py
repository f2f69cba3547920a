"""The queue: claiming, releasing, handing on, and deciding many at once."""
from conftest import Supply
from support.client import new_key, problem
from support.journey import act, history, now, open_request, task_of, wait_for_state
from support.program import wait_until

FIELDS = {"new_name": "欧阳待办", "ground": "register_changed", "reason": "户口簿更正"}


def bulk(client, action, items, expect=200, key=None, **more):
    return client.post("/tasks/actions", {"action": action, "items": items, **more}, expect=expect, key=key or new_key())


def test_a_task_stands_in_the_queue_of_its_post_alone(supply, registrar, head, county, approver):
    request = open_request(registrar, supply.student()["id"], FIELDS)
    task = task_of(head, request)
    assert task["state"]["key"] == "head_review" and task["role"] == "head" and task["workflow"]["key"] == "key-information-change"
    assert task["student"]["name"] == request["student"]["name"] and task["student"]["school"]
    assert task["version"] == request["version"] and task["overdue"] is False and task["due"] and task["claimedBy"] is None
    for other in (registrar, county, approver):
        assert task_of(other, request) is None
    assert task_of(head, request, state="head_review") and not task_of(head, request, state="county_review")
    assert task_of(head, request, q=request["student"]["name"]) and not task_of(head, request, q="没有这个人")
    assert not task_of(head, request, overdue="true") and not task_of(head, request, workflow="g-number-deletion")


def test_sorting_by_due(county):
    dues = [task["due"] for task in county.items("/tasks", sort="due", limit=200) if task["due"]]
    assert dues == sorted(dues) and dues


def test_some_tasks_of_the_demo_are_overdue(world):
    overdue = [task for name in ("head", "county", "county-approver", "province", "ministry", "ministry-approver", "province-approver")
               for task in world[name].items("/tasks", overdue="true", limit=200)]
    assert overdue and all(task["overdue"] for task in overdue)


def claim_headers(task):
    return {"key": new_key(), "version": task["version"]}


def test_claiming_keeps_others_out_until_released(world, supply, registrar, head, county, approver):
    request = act(head, open_request(registrar, supply.student()["id"], FIELDS), "approve")
    task = task_of(county, request)
    claimed = county.post(f"/tasks/{task['id']}/claim", expect=200, **claim_headers(task))
    assert task_of(county, request)["claimedBy"] == "county"
    assert now(county, request)["holders"][0]["claimedBy"] == "county"
    problem(county.post(f"/tasks/{task['id']}/claim", **claim_headers(task_of(county, request))), 409, "not-in-this-state")
    problem(approver.post(f"/tasks/{task['id']}/claim", **claim_headers(task_of(county, request))), 403, "not-allowed")
    problem(world["county2"].post(f"/tasks/{task['id']}/claim", **claim_headers(task)), 404, "not-found")
    assert claimed.json()["id"] in (task["id"], request["id"])
    county.post(f"/tasks/{task['id']}/release", expect=200, **claim_headers(task_of(county, request)))
    assert task_of(county, request)["claimedBy"] is None
    assert [entry["action"] for entry in history(county, request)][-2:] == ["claim", "release"]


def test_a_claim_ends_with_its_owners_right_and_does_not_come_back(private_world):
    own = private_world()
    request = open_request(own["registrar"], Supply(own).student()["id"], FIELDS)
    task = task_of(own["head"], request)
    own["head"].post(f"/tasks/{task['id']}/claim", expect=200, **claim_headers(task))
    shut_out = {"params": {"confirm": "true"}, "expect": 200}
    own["admin"].patch("/accounts/head", {"disabled": True}, **shut_out)
    wait_until(lambda: [h["claimedBy"] for h in now(own["registrar"], request)["holders"]].count(None) == 2, "the office above, without the claim")
    own["admin"].patch("/accounts/head", {"disabled": False}, **shut_out)
    wait_until(lambda: len(now(own["registrar"], request)["holders"]) == 2, "both holders")
    assert [entry["action"] for entry in history(own["registrar"], request)][-3:] == ["claim", "release", "stand_in"]
    assert {holder["claimedBy"] for holder in now(own["registrar"], request)["holders"]} == {None}


def test_an_unknown_task(county):
    for number in ("999999999", "x", "0"):
        county.post(f"/tasks/{number}/claim", expect=(400, 404), key=new_key(), version=1, check=number == "999999999")


def test_a_task_that_has_moved_on_and_come_back_is_not_the_one_there_now(supply, registrar, head):
    """A page that was not loaded anew names the task that it saw, and acts on no other."""
    request = open_request(registrar, supply.student()["id"], FIELDS)
    seen = task_of(head, request)
    request = act(registrar, act(head, request, "return", comment="请补充"), "submit")
    there = task_of(head, request)
    assert there["state"]["key"] == seen["state"]["key"] == "head_review" and there["id"] != seen["id"]
    late, up_to_date = {"version": seen["version"]}, {"version": request["version"]}
    for version in (late, up_to_date, {}):
        for deed in ("claim", "release"):
            problem(head.post(f"/tasks/{seen['id']}/{deed}", key=new_key(), **version), 412, "stale")
    told = problem(head.post(f"/tasks/{seen['id']}/claim", key=new_key(), **late), 412, "stale")
    assert told["currentVersion"] == request["version"] and [change["action"] for change in told["changes"]] == ["return", "submit"]
    told = problem(head.post(f"/tasks/{seen['id']}/claim", key=new_key(), **up_to_date), 412, "stale")
    assert "done or has moved on" in told["detail"] and told["currentVersion"] == request["version"] and told["changes"] == []
    for version in (late, up_to_date):
        result = bulk(head, "approve", [{"task": seen["id"], **version}]).json()["results"][0]
        assert (result["status"], result["problem"]["type"]) == (412, "/problems/stale")
    problem(act(head, request, "approve", task=seen["id"], expect=412), 412, "stale")
    never = str(int(there["id"]) + 1)
    problem(head.post(f"/tasks/{never}/claim", key=new_key(), **up_to_date), 404, "not-found")
    assert now(head, request)["version"] == request["version"] and now(head, request)["state"]["key"] == "head_review"
    result = bulk(head, "approve", [{"task": there["id"], **up_to_date}]).json()["results"][0]
    assert result["request"]["state"]["key"] == "county_review"


def test_deciding_many_answers_each(world, supply, registrar, head, county):
    requests = [open_request(registrar, supply.student()["id"], FIELDS) for _ in range(4)]
    tasks = [task_of(head, request) for request in requests]
    act(registrar, requests[2], "withdraw")
    foreign = {"task": "999999992", "version": 1}
    items = [{"task": task["id"], "version": task["version"]} for task in tasks]
    items[1]["version"] += 7
    answer = bulk(head, "approve", [*items, foreign]).json()["results"]
    assert [result["task"] for result in answer] == [item["task"] for item in [*items, foreign]]
    assert [result["status"] for result in answer][:2] == [200, 412] and answer[2]["status"] in (404, 409, 412)
    assert (answer[3]["status"], answer[4]["status"]) == (200, 404)
    assert answer[0]["request"]["state"]["key"] == "county_review" and answer[0].get("problem") is None
    assert answer[1]["problem"]["type"] == "/problems/stale"
    assert now(head, requests[1])["state"]["key"] == "head_review"
    again = head.get("/tasks").json()
    assert requests[0]["id"] not in [task["request"] for task in again["items"]]


def test_deciding_many_twice_by_the_same_key(supply, registrar, head):
    request = open_request(registrar, supply.student()["id"], FIELDS)
    task, key = task_of(head, request), new_key()
    items = [{"task": task["id"], "version": task["version"]}]
    first = bulk(head, "approve", items, key=key).json()["results"]
    second = bulk(head, "approve", items, key=key).json()["results"]
    assert [r["status"] for r in first] == [r["status"] for r in second] == [200]
    assert [entry["action"] for entry in history(head, request)].count("approve") == 1


def test_limits_of_deciding_many(head):
    assert bulk(head, "approve", [{"task": str(n), "version": 1} for n in range(1, 102)], expect=422).json()["errors"]
    bulk(head, "approve", [], expect=422)
    body = problem(bulk(head, "approve", [{"task": "8", "version": 1, "x": 1}], expect=422), 422, "validation")
    assert [error["pointer"] for error in body["errors"]] == ["/items/0/x"]


def test_a_return_in_bulk_needs_its_comment_for_each(supply, registrar, head):
    request = open_request(registrar, supply.student()["id"], FIELDS)
    task = task_of(head, request)
    result = bulk(head, "return", [{"task": task["id"], "version": task["version"]}]).json()["results"][0]
    assert (result["status"], result["problem"]["type"]) == (422, "/problems/validation")
    result = bulk(head, "return", [{"task": task["id"], "version": task["version"]}], comment="请补充").json()["results"][0]
    assert result["request"]["state"]["key"] == "draft"


def test_reassigning_needs_another_holder_of_the_post(supply, registrar, head, county):
    request = act(head, open_request(registrar, supply.student()["id"], FIELDS), "approve")
    body = problem(act(county, request, "reassign", to="county-approver", expect=422), 422, "validation")
    assert [error["pointer"] for error in body["errors"]] == ["/to"]
    problem(act(county, request, "reassign", to="nobody-of-this-name", expect=422), 422, "validation")
    request = act(county, request, "reassign", to="county")
    assert request["holders"][0]["claimedBy"] == "county"
    assert request["state"]["key"] == "county_review"


def test_a_comment_moves_nothing(supply, registrar, head, county):
    request = act(head, open_request(registrar, supply.student()["id"], FIELDS), "approve")
    commented = act(county, request, "comment", comment="已电话核实")
    assert (commented["state"]["key"], commented["version"]) == ("county_review", request["version"] + 1)
    assert history(county, request)[-1]["comment"] == "已电话核实"
