"""The inbox: what happened to one's requests, in order, read once."""
from conftest import Supply
from support.administration import remove_posts
from support.journey import act, open_request
from support.live import Live
from support.program import wait_until

FIELDS = {"new_name": "欧阳通知", "ground": "register_changed", "reason": "户口簿更正"}


def test_a_return_is_told_to_the_one_who_filed(supply, registrar, head):
    request = open_request(registrar, supply.student()["id"], FIELDS)
    newest = registrar.get("/notifications").json()["items"]
    after = {"after": newest[0]["id"]} if newest else {}
    with Live(registrar) as live:
        act(head, request, "return", comment="请补充户口簿首页")
        event = live.wait("notification.added")
    told = registrar.get("/notifications", params=after).json()["items"]
    mine = [notice for notice in told if notice["request"] == request["id"]]
    assert len(mine) == 1 and mine[0]["kind"] == "return" and mine[0]["read"] is False
    assert event["data"]["notification"] == mine[0]["id"]
    assert "请补充户口簿首页" in mine[0]["text"] or request["student"]["name"] in mine[0]["text"]
    assert not [n for n in head.items("/notifications") if n["id"] == mine[0]["id"]]

    head.post("/notifications/read", {"ids": [mine[0]["id"]]}, expect=(200, 204))
    assert [n["read"] for n in registrar.items("/notifications") if n["id"] == mine[0]["id"]] == [False], "others cannot read it away"
    registrar.post("/notifications/read", {"ids": [mine[0]["id"]]}, expect=(200, 204))
    assert [n["read"] for n in registrar.items("/notifications") if n["id"] == mine[0]["id"]] == [True]


def test_a_rejection_is_told_too(supply, registrar, head, county):
    request = open_request(registrar, supply.student()["id"], FIELDS)
    request = act(head, request, "approve")
    act(county, request, "reject", comment="材料虚假")
    for client in (registrar, head):
        assert "rejected" in [n["kind"] for n in client.items("/notifications") if n["request"] == request["id"]] or \
            "reject" in [n["kind"] for n in client.items("/notifications") if n["request"] == request["id"]]


def test_texts_are_in_the_readers_language(supply, registrar, head):
    request = open_request(registrar, supply.student()["id"], FIELDS)
    act(head, request, "return", comment="请补充")
    texts = {}
    for language in ("zh", "en"):
        answer = registrar.get("/notifications", headers={"Accept-Language": language}).json()["items"]
        texts[language] = next(n["text"] for n in answer if n["request"] == request["id"])
    assert texts["zh"] != texts["en"]


def test_the_unread_are_listed_by_themselves(supply, registrar, head):
    def unread():
        page = registrar.get("/notifications", params={"unread": "true", "count": "true", "limit": 200}).json()
        assert page["count"] == len(page["items"]) and not any(notice["read"] for notice in page["items"])
        return [notice["id"] for notice in page["items"]]

    before = unread()
    requests = [open_request(registrar, supply.student()["id"], FIELDS) for _ in range(2)]
    for request in requests:
        act(head, request, "return", comment="请补充")
    second, first = unread()[:2]
    assert unread()[2:] == before
    registrar.post("/notifications/read", {"ids": [second]}, expect=204)
    assert unread() == [first, *before]
    assert [n["id"] for n in registrar.items("/notifications", unread="true", after=first)] == []
    registrar.post("/notifications/read", {"through": second}, expect=204)
    assert unread() == []


def test_who_no_longer_sees_a_request_is_told_nothing_of_it(private_world):
    own = private_world(simulator=False)
    registrar = own["registrar"]
    request = open_request(registrar, Supply(own).student()["id"], FIELDS)
    act(own["head"], request, "return", comment="请补充")
    assert request["id"] in [notice["request"] for notice in registrar.items("/notifications")]
    remove_posts(own, "registrar")
    wait_until(lambda: registrar.get(f"/requests/{request['id']}", expect=None).status_code == 404, "the lost post to be noticed", 60, 0.5)
    inbox = registrar.get("/notifications", params={"count": "true"}).json()
    assert inbox["items"] == [] and inbox["count"] == 0
