"""What strangers do with somebody's name keeps nobody out, and nobody's sign-ins starve the others'."""
import concurrent.futures
import time

import pytest
from requests.adapters import HTTPAdapter

from support import client as api
from support.client import problem, sign_in


class From(HTTPAdapter):
    """Connections from another address of this machine."""

    def __init__(self, address):
        self._address = address
        super().__init__()

    def init_poolmanager(self, *arguments, **options):
        super().init_poolmanager(*arguments, source_address=(self._address, 0), **options)


def at(world, address):
    client = api.Client(world.url)
    client.session.mount("http://", From(address))
    return client


def attempt(client, username="county", password="xueji-demo", **more):
    return client.post("/session", {"username": username, "password": password, **more}, headers={"Origin": client.url})


def guess(client, times, username="county"):
    return [attempt(client, username, "a guess").status_code for _ in range(times)]


@pytest.fixture
def own(private_world):
    return private_world(simulator=False, environment={"XUEJI_ACCOUNTS_SIGN_IN_PER_MINUTE": "1000"})


def test_a_stranger_elsewhere_does_not_lock_the_owner_out(own):
    stranger = at(own, "127.0.0.9")
    assert guess(stranger, 15)[-1] == 429
    problem(attempt(stranger, mode="token"), 429, "rate-limited")
    assert attempt(own.anonymous(), mode="token").status_code == 201, "from here it goes on"
    assert sign_in(own.url, "county").get("/me")


def test_a_browser_that_is_known_is_let_in_whatever_others_do(own):
    browser = own.anonymous()
    assert attempt(browser).status_code == 201
    device = [cookie for cookie in browser.session.cookies if cookie.name == "xueji_device"]
    assert len(device) == 1 and device[0].expires > time.time() + 170 * 86400
    del browser.session.cookies["xueji_session"]
    for number in range(20, 32):
        guess(at(own, f"127.0.0.{number}"), 9)
    problem(attempt(own.anonymous(), mode="token"), 429, "rate-limited")
    answer = attempt(browser)
    assert answer.status_code == 201, "behind one address with the strangers, and still let in"
    assert "xueji_device" in answer.headers["Set-Cookie"]
    problem(attempt(browser, "head", "a guess"), 401, "unauthenticated")


def test_a_known_browser_guesses_no_more_than_others(own):
    browser = own.anonymous()
    assert attempt(browser).status_code == 201
    assert guess(browser, 12)[-1] == 429
    problem(attempt(browser), 429, "rate-limited")
    assert attempt(at(own, "127.0.0.9"), mode="token").status_code == 201


def test_a_device_is_known_for_its_account_alone_and_cannot_be_made_up(own):
    browser = own.anonymous()
    assert attempt(browser, "head").status_code == 201
    stranger = own.anonymous()
    stranger.session.cookies.set("xueji_device", "A" * 43)
    for client in (browser, stranger):
        guess(own.anonymous(), 12)
        problem(attempt(client), 429, "rate-limited")


def test_sign_ins_of_one_address_leave_others_their_turn(own):
    greedy = [at(own, "127.0.0.9") for _ in range(40)]
    with concurrent.futures.ThreadPoolExecutor(40) as pool:
        flood = [pool.submit(lambda c=c: [attempt(c, "head", mode="token").status_code for _ in range(6)]) for c in greedy]
        time.sleep(0.05)
        begin = time.monotonic()
        assert attempt(own.anonymous(), mode="token").status_code == 201
        waited = time.monotonic() - begin
        answers = [status for each in flood for status in each.result()]
        whole = time.monotonic() - begin
    assert set(answers) <= {201, 503, 429} and 201 in answers
    assert waited < whole / 3, (waited, whole)
