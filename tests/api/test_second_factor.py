"""The second factor (RFC 6238), and accounts that nobody has used for half a year."""
import base64
import hmac
import os
import struct
import subprocess
import time

import pytest

from support.administration import try_account
from support.client import problem, sign_in
from support.program import MovedClock, OWN_PASSWORD, address_of, faked, program


def code_of(secret, step=None):
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">q", int(time.time()) // 30 if step is None else step), "sha1").digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7fffffff) % 1_000_000:06}"


def now_step():
    return int(time.time()) // 30


def attempt(world, username="county", password="xueji-demo", **more):
    return world.anonymous().post("/session", {"username": username, "password": password, "mode": "token", **more})


@pytest.fixture
def own(private_world):
    return private_world(simulator=False, environment={"XUEJI_ACCOUNTS_SIGN_IN_PER_MINUTE": "1000"})


def set_up(client):
    """With the code of the half minute before, so that the present one is still to be used."""
    made = client.post("/me/second-factor", expect=201).json()
    client.post("/me/second-factor/confirm", {"code": code_of(made["secret"], now_step() - 1)}, expect=204)
    return made


def test_a_second_factor_is_asked_for_after_the_right_password_alone(own):
    county = own["county"]
    made = county.post("/me/second-factor", expect=201).json()
    assert made["uri"].startswith("otpauth://totp/") and made["secret"] in made["uri"] and len(set(made["recoveryCodes"])) == 10
    assert attempt(own).status_code == 201, "not before it is confirmed"
    refused = problem(county.post("/me/second-factor/confirm", {"code": "000000"}), 422, "validation")
    assert [error["pointer"] for error in refused["errors"]] == ["/code"]
    county.post("/me/second-factor/confirm", {"code": code_of(made["secret"], now_step() - 1)}, expect=204)
    problem(county.post("/me/second-factor"), 409, "second-factor-there")
    problem(attempt(own), 401, "second-factor-required")
    problem(attempt(own, code="000000"), 401, "second-factor-required")
    problem(own.anonymous().post("/session", {"username": "county", "password": "wrong", "code": code_of(made["secret"])}), 401, "unauthenticated")
    code = code_of(made["secret"])
    assert attempt(own, code=code).status_code == 201
    problem(attempt(own, code=code), 401, "second-factor-required")
    problem(attempt(own, code=code_of(made["secret"], now_step() - 5)), 401, "second-factor-required")
    recovery = made["recoveryCodes"][0]
    assert attempt(own, code=recovery).status_code == 201
    problem(attempt(own, code=recovery), 401, "second-factor-required")
    assert [line["action"] for line in own["admin"].items("/audit", account="county", action="second_factor_set")] == ["second_factor_set"]


def test_codes_may_be_typed_wide_or_parted(own):
    made = set_up(own["county"])
    code = code_of(made["secret"])
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    assert attempt(own, code=f"{wide[:3]} {wide[3:]}").status_code == 201
    assert attempt(own, code=f" {made['recoveryCodes'][0]}\u3000").status_code == 201


@pytest.mark.usefixtures("a_program_that_faketime_can_run")
def test_the_password_is_asked_for_again_before_the_second_factor_is_touched(private_world, tmp_path):
    """Whoever comes upon a screen that was left open does not decide how its owner signs in (ASVS 7.5.1)."""
    clock = MovedClock(tmp_path)
    own = private_world(simulator=False, environment={"XUEJI_ACCOUNTS_SIGN_IN_PER_MINUTE": "1000", **clock.environment})
    county = own["county"]
    for change in (lambda body=None: county.post("/me/second-factor", body), lambda body=None: county.call("DELETE", "/me/second-factor", json=body)):
        clock.move("+0")
        assert change().status_code in (201, 204), "who has just signed in has just given it"
        clock.move("+6m")
        for body, words in ((None, "once more"), ({}, "once more"), ({"password": "wrong one"}, "wrong")):
            refused = problem(change(body), 422, "validation")
            assert [error["pointer"] for error in refused["errors"]] == ["/password"] and words in refused["errors"][0]["message"]
        refused = problem(change({"password": "xueji-demo", "more": 1}), 422, "validation")
        assert [error["pointer"] for error in refused["errors"]] == ["/more"]
        assert change({"password": "xueji-demo"}).status_code in (201, 204)
    assert len(own["admin"].items("/audit", account="county", action="sign_in_failed")) == 2


def test_codes_are_not_guessed(own):
    set_up(own["county"])
    answers = [attempt(own, code=f"{number:06}").status_code for number in range(15)]
    assert answers[-1] == 429


def test_it_is_removed_by_oneself_and_by_an_administrator(own):
    set_up(own["county"])
    own["county"].delete("/me/second-factor", expect=204)
    assert attempt(own).status_code == 201
    set_up(own["head"])
    problem(own["county"].delete("/accounts/head/second-factor"), 403, "not-allowed")
    problem(own["admin"].delete("/accounts/nobody/second-factor"), 404, "not-found")
    own["admin"].delete("/accounts/head/second-factor", expect=204)
    assert attempt(own, "head").status_code == 201
    assert own["admin"].items("/audit", account="head", action="second_factor_removed")[0]["by"] == "admin"


def test_roles_that_must_have_one_do_nothing_else_first(private_world):
    own = private_world(simulator=False, environment={"XUEJI_ACCOUNTS_SECOND_FACTOR_ROLES": "approver,admin"})
    approver = own["county-approver"]
    problem(approver.get("/tasks", expect=403), 403, "second-factor-setup-required")
    assert approver.get("/me") and own["county"].items("/tasks", limit=200)
    set_up(approver)
    assert approver.items("/tasks", limit=200) is not None


@pytest.mark.usefixtures("a_program_that_faketime_can_run")
def test_accounts_that_nobody_used_for_half_a_year_are_sealed(private_world):
    world = private_world(simulator=False, demo=False)
    for username in ("county", "admin", "admin2"):
        sign_in(world.url, username, OWN_PASSWORD)
    world.restart(clock="+100d")
    sign_in(world.url, "admin2", OWN_PASSWORD)
    world.restart(clock="+200d")
    body = problem(attempt(world, password=OWN_PASSWORD), 403, "account-sealed")
    assert "administrator" in body["detail"]
    problem(world.anonymous().post("/session", {"username": "county", "password": "wrong"}), 401, "unauthenticated")
    admin2 = sign_in(world.url, "admin2", OWN_PASSWORD)
    assert {a["username"]: a["sealed"] for a in admin2.items("/accounts", limit=200) if a["username"] in ("county", "admin2")} == {
        "county": True, "admin2": False}
    problem(admin2.patch("/accounts/county", {"sealed": True}), 422, "validation")
    assert admin2.patch("/accounts/county", {"sealed": False}, expect=200).json()["sealed"] is False
    assert attempt(world, password=OWN_PASSWORD).status_code == 201
    assert admin2.items("/audit", account="county", action="account_unsealed")[0]["by"] == "admin2"


@pytest.mark.usefixtures("a_program_that_faketime_can_run")
def test_where_nobody_else_could_unseal_the_administrators_are_let_in(private_world):
    """Both ministry's administrators have stayed away for too long: somebody must be able to let the others in."""
    world = private_world(simulator=False, demo=False)
    for username in ("admin", "admin2"):
        sign_in(world.url, username, OWN_PASSWORD)
    world.restart(clock="+200d")
    sign_in(world.url, "admin2", OWN_PASSWORD)
    problem(attempt(world, "admin", OWN_PASSWORD), 403, "account-sealed")
    subprocess.run([*faked("+200d"), program(), "account", "enable", "admin", "--data", str(world.server.data)], check=True, timeout=60,
                   env={**os.environ, "XUEJI_DATABASE": address_of(world.server.data)}, capture_output=True)
    sign_in(world.url, "admin", OWN_PASSWORD)


def test_the_command_line_removes_a_lost_one(own):
    set_up(own["county"])
    try_account(own, "remove-second-factor", "county")
    assert attempt(own).status_code == 201
    line = own["admin"].items("/audit", account="county", action="second_factor_removed")[0]
    assert line["operator"] and line["by"] is None
    again = try_account(own, "remove-second-factor", "county")
    assert again.returncode == 2 and "county has no second factor" in again.stderr
