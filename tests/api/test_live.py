"""Live events: who may follow, and that resuming loses and doubles nothing."""
import signal

import pytest

from support.administration import account, remove_posts
from support.client import sign_in
from support.journey import act, now, open_request, wait_for_state
from support.live import Live
from support.program import wait_until

FIELDS = {"new_name": "欧阳实况", "ground": "register_changed", "reason": "户口簿更正"}


def comment_often(client, request, times):
    for number in range(times):
        request = act(client, request, "comment", comment=f"第 {number} 次")
    return request


def versions(live, request):
    return [event["data"]["version"] for event in live.events
            if event["type"] == "request.changed" and event["data"]["request"] == request["id"]]


def caught_up(live, request, version):
    wait_until(lambda: version in versions(live, request), f"version {version} of {request['id']} among {versions(live, request)}", 10)


def test_a_frame_is_a_cloud_event_without_personal_data(supply, registrar, head):
    student = supply.student()
    with Live(head) as live:
        request = open_request(registrar, student["id"], FIELDS)
        event = live.wait("task.added", request=request["id"])
    assert event["specversion"] == "1.0" and event["source"] == "/xueji" and event["subject"] == "requests/" + request["id"]
    assert event["time"].endswith("Z") and event["id"]
    assert set(event["data"]) == {"task", "request", "workflow", "state", "office", "role"}
    assert student["name"] not in str(live.events) and FIELDS["new_name"] not in str(live.events)


def test_cookies_need_the_servers_own_origin(world):
    client = sign_in(world.url, "head", cookie=True)
    cookie = "; ".join(f"{c.name}={c.value}" for c in client.session.cookies)
    for origin in ("https://evil.example", "null", world.url + ".evil.example", world.url.replace("127.0.0.1", "127.0.0.2"), world.url + "0"):
        refused = Live(client, headers={"Cookie": cookie, "Origin": origin})
        assert refused.status == 403, origin
    assert Live(client, headers={"Cookie": cookie}).status == 403, "no Origin at all"
    with Live(client, headers={"Cookie": cookie, "Origin": world.url}) as live:
        assert not live.ended


def test_who_is_not_signed_in_follows_nothing(world):
    assert Live(world.anonymous(), headers={}).status == 401
    assert Live(world.anonymous(), headers={"Authorization": "Bearer nonsense"}).status == 401


@pytest.mark.parametrize("first", ["", "hello", "[]", '{"after": 7}', '{"before": null}', '{"after": null, "x": 1}', '{"after": "x"}',
                                   '{"after": null, "after": null}', "x" * 100_000])
def test_a_first_message_that_is_not_understood_ends_it(registrar, first):
    live = Live(registrar, first_message=first)
    assert live.wait_closed(10) in (1002, 1003, 1007, 1008, 1009)


def test_resuming_by_id_loses_and_doubles_nothing(supply, registrar, head):
    request = open_request(registrar, supply.student()["id"], FIELDS)
    with Live(head) as whole:
        # What came before is out, so that both begin behind it.
        request = act(head, request, "comment", comment="开始")
        caught_up(whole, request, request["version"])
        begun, seen, cursor = int(whole.events[-1]["id"]), [], None
        for _ in range(6):
            with Live(head, after=cursor) as live:
                for _ in range(3):
                    request = act(head, request, "comment", comment="接着")
                caught_up(live, request, request["version"])
                seen += live.events
                cursor = live.events[-1]["id"]
            request = comment_often(head, request, 2)  # while nobody of this cursor listens
        with Live(head, after=cursor) as live:
            caught_up(live, request, request["version"])
            seen += live.events
        caught_up(whole, request, request["version"])
        mine = [event for event in seen if event.get("subject") == "requests/" + request["id"]]
        theirs = [event for event in whole.events
                  if event.get("subject") == "requests/" + request["id"] and int(event["id"]) > begun]
    ids = [int(event["id"]) for event in seen]
    assert ids == sorted(set(ids)), "ids grow and none comes twice"
    assert mine == theirs


def test_an_id_that_never_was_still_leads_to_the_present(supply, registrar, head):
    """From before all memory, or from a future that a restored backup lost: what is live comes, told to fetch anew or not."""
    request = open_request(registrar, supply.student()["id"], FIELDS)
    for cursor in ("1", str(2**62)):
        with Live(head, after=cursor) as live:
            request = act(head, request, "comment", comment="现在")
            caught_up(live, request, request["version"])
            assert cursor == "1" or live.events[0]["type"] == "resync"


def test_what_came_while_the_server_was_away(private_world):
    world = private_world(simulator=False)
    registrar, head = world["registrar"], world["head"]
    students = [s for s in registrar.items("/students", status="in_school", limit=200) if s["openRequest"] is None]
    request = open_request(registrar, students[0]["id"], FIELDS)
    live = Live(head)
    request = comment_often(head, request, 3)
    caught_up(live, request, request["version"])
    before, cursor = live.events, live.events[0]["id"]
    assert world.server.stop(signal.SIGTERM) == 0, world.server.tail()
    assert live.wait_closed() == 1001
    world.server = world.server.again()
    with Live(head, after=cursor) as resumed:
        request = comment_often(head, request, 2)
        caught_up(resumed, request, request["version"])
        ids = [event["id"] for event in resumed.events]
    assert ids[:len(before) - 1] == [event["id"] for event in before[1:]]
    assert [int(i) for i in ids] == sorted({int(i) for i in ids})


def test_a_reader_that_does_not_read_holds_nobody_up(private_world):
    import json
    import socket
    from base64 import b64encode
    from os import urandom

    world = private_world(simulator=False)
    registrar, head = world["registrar"], world["head"]
    students = [s for s in registrar.items("/students", status="in_school", limit=200) if s["openRequest"] is None]
    request = open_request(registrar, students[0]["id"], FIELDS)
    slow = socket.socket()
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    slow.connect(("127.0.0.1", world.server.port))
    slow.sendall((f"GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1:{world.server.port}\r\nAuthorization: Bearer {head.token}\r\n"
                  "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                  f"Sec-WebSocket-Key: {b64encode(urandom(16)).decode()}\r\n\r\n").encode())
    hello = json.dumps({"after": None}).encode()
    assert b" 101 " in slow.recv(65536)
    slow.sendall(bytes([0x81, 0x80 | len(hello)]) + b"\0\0\0\0" + hello)
    with Live(head) as quick:
        for _ in range(300):
            request = act(head, request, "comment", comment="继续")
        caught_up(quick, request, request["version"])
        assert len(set(versions(quick, request))) >= 300 - 1
    slow.close()


def test_who_is_shut_out_or_loses_a_post_at_the_terminal_follows_no_more(private_world):
    world = private_world(simulator=False)
    disabled, moved, other = (Live(world[name]) for name in ("county2", "head", "county"))
    account(world, "disable", "county2", "--yes")
    remove_posts(world, "head")
    assert disabled.wait_closed(60) == 1008
    assert moved.wait_closed(60) == 1008
    assert not other.ended
    other.close()


def test_the_server_stops_gracefully(private_world):
    world = private_world(simulator=False)
    lives = [Live(world[name]) for name in ("registrar", "county", "admin")]
    assert world.server.stop(signal.SIGTERM) == 0, world.server.tail()
    assert [live.wait_closed() for live in lives] == [1001] * 3
    world.server = world.server.again()
    assert world["registrar"].get("/me").json()["username"] == "registrar"
    assert world.server.stop(signal.SIGINT) == 0
