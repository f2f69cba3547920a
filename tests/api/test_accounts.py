"""Accounts and posts: it takes two administrators to give what decides, nobody gives themselves anything, loans end with
what they were lent from, and every act is in the audit trail."""
import datetime

import pytest

from conftest import Supply
from support import client as api
from support.administration import account, add_account, give_post
from support.client import new_key, problem
from support.journey import act, office_of, open_request, task_of
from support.live import Live
from support.program import wait_until


def until(days):
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


def own_post(client, role):
    return next(post for post in client.get("/me").json()["posts"] if post["role"] == role and "delegatedFrom" not in post)


def actions(client, **filters):
    return [(line["action"], line["by"], line["account"]) for line in client.items("/audit", limit=200, **filters)]


@pytest.fixture
def own(private_world):
    return private_world(simulator=False)


def test_one_administrator_alone_makes_nobody_who_decides(own):
    admin, admin2 = own["admin"], own["admin2"]
    county = office_of(own["county"])
    body = {"username": "four-eyes", "name": "新审批", "password": "xueji-demo", "posts": [{"office": county, "role": "approver"}]}
    made = admin.post("/accounts", body, expect=201).json()
    assert made["posts"] == [] and [(p["role"], p["state"], p["proposedBy"]) for p in made["proposed"]] == [("approver", "proposed", "admin")]
    fresh = own["four-eyes"]
    assert fresh.get("/me").json()["posts"] == [] and fresh.items("/tasks") == []
    assert "four-eyes" in [a["username"] for a in admin2.items("/accounts", office=county, limit=200)]
    assert [(p["username"], p["role"]) for p in admin2.items("/proposals")] == [("four-eyes", "approver")]

    proposed = made["proposed"][0]["id"]
    path = f"/accounts/four-eyes/posts/{proposed}"
    problem(admin.post(path + "/confirm"), 403, "separation-of-duties")
    problem(own["county"].post(path + "/confirm"), 403, "not-allowed")
    problem(admin2.post(f"/accounts/four-eyes/posts/{int(proposed) + 1}/confirm"), 404, "not-found")
    problem(admin2.post(f"/accounts/county/posts/{proposed}/confirm"), 404, "not-found")
    assert admin2.post(path + "/confirm", expect=200).json()["state"] == "held"
    assert [p["role"] for p in fresh.get("/me").json()["posts"]] == ["approver"] and admin2.items("/proposals") == []
    problem(admin2.post(path + "/confirm"), 404, "not-found")


@pytest.mark.parametrize("role", ["reviewer", "approver", "admin"])
def test_a_post_that_decides_is_proposed_and_can_be_turned_down(own, role):
    admin, admin2 = own["admin"], own["admin2"]
    office = office_of(own["county2"])
    before = own["county"].get("/me").json()["posts"]
    answer = admin.post("/accounts/county/posts", {"office": office, "role": role}, expect=202)
    given = answer.json()
    assert given["state"] == "proposed" and answer.headers["Location"].endswith(f"/accounts/county/posts/{given['id']}")
    assert own["county"].get("/me").json()["posts"] == before
    admin2.delete(f"/accounts/county/posts/{given['id']}", expect=204)
    problem(admin2.post(f"/accounts/county/posts/{given['id']}/confirm"), 404, "not-found")
    assert actions(admin)[0] == ("proposal_withdrawn", "admin2", "county")


def test_nobody_gives_themselves_a_post(own):
    office = office_of(own["county"])
    problem(own["admin"].post("/accounts/admin/posts", {"office": office, "role": "approver"}), 403, "separation-of-duties")
    given = own["admin"].post("/accounts/admin2/posts", {"office": office, "role": "approver"}, expect=202).json()
    problem(own["admin2"].post(f"/accounts/admin2/posts/{given['id']}/confirm"), 403, "separation-of-duties")
    told = problem(own["admin"].post("/accounts/county/posts", {"office": office, "role": "reviewer"}), 422, "validation")
    assert told["errors"][0]["pointer"] == "/role", "a post that is held already"
    school = office_of(own["registrar"])
    problem(own["admin"].post("/accounts/admin/posts", {"office": school, "role": "registrar"}), 403, "separation-of-duties")
    assert own["admin"].post("/accounts/head/posts", {"office": school, "role": "registrar"}, expect=201).json()["state"] == "held"


def test_who_confirms_administers_the_office(own):
    far = office_of(own["county2"])
    near = office_of(own["county"])
    add_account(own, {"username": "admin-far", "name": "远方管理员", "password": "xueji-demo", "posts": [{"office": far, "role": "admin"}]})
    given = own["admin"].post("/accounts/county/posts", {"office": near, "role": "approver"}, expect=202).json()
    problem(own["admin-far"].post(f"/accounts/county/posts/{given['id']}/confirm"), 404, "not-found")
    assert own["admin-far"].items("/proposals") == []
    problem(own["admin-far"].post("/accounts/county2/posts", {"office": near, "role": "reviewer"}), 422, "validation")
    assert all(line["account"] not in ("county", "head") for line in own["admin-far"].items("/audit", limit=200))
    problem(own["admin-far"].get("/audit", params={"account": "county"}, expect=404), 404, "not-found")


def test_the_last_administrator_stays(own):
    own["admin"].patch("/accounts/admin2", {"disabled": True}, expect=200)
    body = problem(own["admin"].patch("/accounts/admin?confirm=true", {"disabled": True}), 409, "last-administrator")
    assert "administrator" in body["detail"]
    post = own_post(own["admin"], "admin")["id"]
    problem(own["admin"].delete(f"/accounts/admin/posts/{post}?confirm=true"), 409, "last-administrator")
    own["admin"].patch("/accounts/admin2", {"disabled": False}, expect=200)
    own["admin"].patch("/accounts/admin?confirm=true", {"disabled": True}, expect=200)


def lend(world, lender, role, borrower, days=1, expect=201):
    return world[lender].post("/me/delegations", {"post": own_post(world[lender], role)["id"], "to": borrower, "until": until(days)}, expect=expect).json()


def borrowed(world, username):
    return [post["role"] for post in world[username].get("/me").json()["posts"] if "delegatedFrom" in post]


def test_a_loan_ends_with_its_lender_and_its_source(own):
    lend(own, "county-approver", "approver", "county")
    live = Live(own["county"])
    assert borrowed(own, "county") == ["approver"]
    own["admin"].patch("/accounts/county-approver?confirm=true", {"disabled": True}, expect=200)
    assert live.wait_closed(5) == 1008, "what was borrowed is heard no more"
    assert borrowed(own, "county") == []
    assert ("loan_taken_back", "admin", "county") in actions(own["admin"], account="county"), "the borrower's trail says why"
    own["admin"].patch("/accounts/county-approver", {"disabled": False}, expect=200)
    own.sign_in_anew()
    assert borrowed(own, "county") == [], "letting the lender in again does not bring it back"
    lend(own, "county-approver", "approver", "county")
    assert borrowed(own, "county") == ["approver"]
    post = own_post(own["county-approver"], "approver")["id"]
    own["admin"].delete(f"/accounts/county-approver/posts/{post}?confirm=true", expect=204)
    assert borrowed(own, "county") == []


def test_a_loan_is_no_longer_than_its_source(own):
    office = office_of(own["county"])
    give_post(own, "county-approver", {"office": office, "role": "reviewer", "until": until(2)})
    refused = lend(own, "county-approver", "reviewer", "county", days=3, expect=422)
    assert [error["pointer"] for error in refused["errors"]] == ["/until"]
    lend(own, "county-approver", "reviewer", "county", days=1)


def test_a_lent_post_of_an_administrator_gives_nothing(own):
    ministry = office_of(own["admin"])
    lend(own, "admin", "admin", "ministry")
    borrower = own["ministry"]
    for body in ({"office": ministry, "role": "admin"}, {"office": ministry, "role": "reviewer"}):
        problem(borrower.post("/accounts/ministry-approver/posts", body), 403, "not-allowed")
    body = {"username": "sock", "name": "假人", "password": "xueji-demo", "posts": [{"office": ministry, "role": "admin"}]}
    problem(borrower.post("/accounts", body), 403, "not-allowed")
    given = own["admin2"].post("/accounts/ministry-approver/posts", {"office": ministry, "role": "admin"}, expect=202).json()
    problem(borrower.post(f"/accounts/ministry-approver/posts/{given['id']}/confirm"), 403, "not-allowed")
    lent = next(post for post in borrower.get("/me").json()["posts"] if post["role"] == "admin")
    problem(borrower.post("/me/delegations", {"post": lent["id"], "to": "ministry-approver", "until": until(1)}), 422, "validation")
    assert borrower.items("/accounts"), "the rest of the administration it does"


def test_the_trail_tells_who_did_what_from_where(own):
    admin = own["admin"]
    school = office_of(own["registrar"])
    admin.post("/accounts", {"username": "trailed", "name": "新登记", "password": "xueji-demo", "posts": [{"office": school, "role": "registrar"}]}, expect=201)
    wrong = own.anonymous().post("/session", {"username": "trailed", "password": "wrong"})
    assert wrong.status_code == 401
    own["trailed"].get("/me")
    own["trailed"].delete("/session", expect=204)
    admin.patch("/accounts/trailed?confirm=true", {"disabled": True}, expect=200)
    account(own, "enable", "trailed")
    lines = admin.items("/audit", account="trailed")
    assert [(line["action"], line["by"]) for line in lines] == [
        ("account_enabled", None), ("account_disabled", "admin"), ("signed_out", "trailed"), ("signed_in", "trailed"), ("sign_in_failed", None),
        ("post_given", "admin"), ("account_added", "admin")]
    assert lines[0]["operator"] and lines[0]["byName"] == "the operator at the command line" and lines[0]["address"] is None
    assert lines[1]["address"] == "127.0.0.1" and lines[5]["role"] == "registrar" and lines[5]["office"]["id"] == school
    assert [line["action"] for line in admin.items("/audit", account="trailed", action="signed_in")] == ["signed_in"]
    assert admin.items("/audit", account="trailed", **{"from": lines[0]["at"]}) == lines[:1]
    assert admin.items("/audit", account="trailed", to=lines[0]["at"]) == lines[1:]
    assert admin.items("/audit", account="trailed", limit=2) == lines, "page by page"
    for query in ("action=forged", "from=today", "cursor=x", "account=nobody"):
        admin.get("/audit?" + query, expect=404 if "nobody" in query else 400)
    problem(own["county"].get("/audit", expect=403), 403, "not-allowed")
    table = admin.get("/exports/audit.csv", params={"account": "trailed"}).text
    assert len(table.strip().splitlines()) == 8 and "127.0.0.1" in table


def test_names_that_nobody_has_leave_one_line_a_minute_and_never_the_name(own):
    for _ in range(3):
        own.anonymous().post("/session", {"username": "secret-typed-here", "password": "x"})
    failed = own["admin"].items("/audit", action="sign_in_failed")
    assert 1 <= len(failed) <= 2 and all(line["account"] is None and line["address"] == "127.0.0.1" for line in failed)
    assert "secret-typed-here" not in str(failed)


def test_looks_and_exports_are_noted_once_a_day(own):
    registrar, admin = own["registrar"], own["admin"]
    student = Supply(own).student()["id"]
    for path in ("", "", "/numbers", "/history"):
        registrar.get(f"/students/{student}{path}")
    request = open_request(registrar, student, {"new_name": "欧阳审计", "ground": "register_changed", "reason": "户口簿更正"}, submit=False)["id"]
    for path in ("", "/history"):
        registrar.get(f"/requests/{request}{path}")
    registrar.get("/exports/requests.csv")
    registrar.get("/exports/requests.xlsx")

    def looks():
        lines = admin.items("/audit", account="registrar", action="record_looked_at")
        return lines if len(lines) >= 2 else None

    assert sorted(line["record"] for line in wait_until(looks, "the looks to be written")) == sorted([f"students/{student}", f"requests/{request}"])
    assert [line["record"] for line in admin.items("/audit", account="registrar", action="exported")] == ["exports/requests"] * 2
    own.restart()
    registrar.get(f"/students/{student}")
    own["registrar"].get(f"/students/{student}/numbers")
    assert own.server.stop() == 0, "what waits is written"
    own.server = own.server.again()
    assert len(admin.items("/audit", account="registrar", action="record_looked_at")) == 2


def test_history_of_the_trail_survives_the_command_line(own):
    account(own, "post-add", "county", "--office", "110102", "--role", "approver")
    line = own["admin"].items("/audit", account="county", action="post_given")[0]
    assert line["operator"] and line["by"] is None and line["role"] == "approver"
    assert "approver" in [post["role"] for post in api.sign_in(own.url, "county").get("/me").json()["posts"]]


def test_a_number_that_was_proposed_once_is_never_another_proposal(own):
    """Who confirms from a page that is old meets what stands there, or nothing."""
    admin, admin2 = own["admin"], own["admin2"]
    office = office_of(own["county"])
    path = "/accounts/county2/posts"
    first = admin.post(path, {"office": office, "role": "reviewer"}, expect=202).json()["id"]
    admin.delete(f"{path}/{first}", expect=204)
    second = admin.post(path, {"office": own_post(admin, "admin")["office"]["id"], "role": "admin"}, expect=202).json()["id"]
    assert second != first
    problem(admin2.post(f"{path}/{first}/confirm"), 404, "not-found")
    problem(admin.delete(f"{path}/{first}"), 404, "not-found")


def test_whoever_administers_a_part_of_an_accounts_posts_does_not_shut_it_out(own):
    school = own_post(own["registrar"], "registrar")["office"]["id"]
    add_account(own, {"username": "school-admin", "name": "校管", "password": "xueji-demo", "posts": [{"office": school, "role": "admin"}]})
    give_post(own, "ministry-approver", {"office": school, "role": "registrar"})
    small = own["school-admin"]
    problem(small.patch("/accounts/ministry-approver", {"disabled": True}, params={"confirm": "true"}), 403, "not-allowed")
    problem(small.delete("/accounts/ministry-approver/second-factor"), 403, "not-allowed")
    theirs = next(post for post in own["ministry-approver"].get("/me").json()["posts"] if post["role"] == "registrar")
    small.delete(f"/accounts/ministry-approver/posts/{theirs['id']}", params={"confirm": "true"}, expect=204)
    assert small.patch("/accounts/registrar", {"disabled": True}, params={"confirm": "true"}, expect=200).json()["disabled"]


def test_shutting_out_ends_proposals_for_good(own):
    admin, admin2 = own["admin"], own["admin2"]
    office = own_post(own["county"], "reviewer")["office"]["id"]
    proposal = admin.post("/accounts/county/posts", {"office": office, "role": "approver"}, expect=202).json()["id"]
    for disabled in (True, False):
        admin.patch("/accounts/county", {"disabled": disabled}, params={"confirm": "true"}, expect=200)
    problem(admin2.post(f"/accounts/county/posts/{proposal}/confirm"), 404, "not-found")


def test_what_was_submitted_is_a_look_too(own):
    supply = Supply(own)
    example = supply.clear("new_id_number")
    request = open_request(own["registrar"], example["student"], {**example["fields"], "reason": "更正"})
    own["head"].items(f"/requests/{request['id']}/submissions")
    wait_until(lambda: any(line["record"] == f"requests/{request['id']}" for line in own["admin"].items("/audit", account="head", action="record_looked_at")),
               "the look in the trail")


def test_acts_and_scans_are_looks_too(own):
    """Answers of acts hold the whole request, and scans what it says: whoever is given them has seen the record."""
    supply = Supply(own)
    registrar, head, admin = own["registrar"], own["head"], own["admin"]
    first, second = (open_request(registrar, supply.student()["id"], {"new_name": name, "ground": "register_changed", "reason": "更正"}) for name in ("欧阳甲", "欧阳乙"))
    sha256 = first["evidence"][0]["sha256"]
    act(head, first, "approve")
    task = task_of(head, second)
    head.post("/tasks/actions", {"action": "approve", "items": [{"task": task["id"], "version": task["version"]}]}, key=new_key(), expect=200)
    for _ in range(2):
        head.get(f"/evidence/{sha256}/pages/1?size=thumbnail")
        head.get(f"/evidence/{sha256}/pages/1")
        head.get(f"/evidence/{sha256}")
    wanted = {f"requests/{first['id']}", f"requests/{second['id']}", f"evidence/{sha256[:32]}"}

    def seen(username):
        return [line["record"] for line in admin.items("/audit", account=username, action="record_looked_at")]

    wait_until(lambda: wanted <= set(seen("head")), "the looks in the trail")
    assert len(seen("head")) == len(set(seen("head"))), "one line a day"
    assert {f"requests/{first['id']}", f"requests/{second['id']}"} <= set(seen("registrar")), "opening is answered with the record"


def test_an_account_without_posts_can_be_given_one(own):
    school = office_of(own["registrar"])
    county = office_of(own["county"])
    password = own.folder / "password"
    password.write_text("quite a long one\n")
    account(own, "add", "newcomer", "--name", "新来", "--password-file", str(password))
    account(own, "add", "second", "--name", "新来二", "--password-file", str(password))
    problem(own["county"].post("/accounts/newcomer/posts", {"office": school, "role": "registrar"}), 403, "not-allowed")
    problem(own["admin"].patch("/accounts/newcomer", {"disabled": True}), 404, "not-found")
    own["admin"].post("/accounts/newcomer/posts", {"office": school, "role": "registrar"}, expect=201)
    assert "newcomer" in [each["username"] for each in own["admin"].items("/accounts", office=school, limit=200)]
    given = own["admin"].post("/accounts/second/posts", {"office": county, "role": "reviewer"}, expect=202).json()
    own["admin2"].post(f"/accounts/second/posts/{given['id']}/confirm", expect=200)
    assert [post["role"] for post in api.sign_in(own.url, "second", "quite a long one").get("/me").json()["posts"]] == ["reviewer"]


def test_a_post_that_is_over_before_it_begins_is_refused(own):
    school = office_of(own["registrar"])
    for times in ({"until": until(-1)}, {"from": until(5), "until": until(4)}):
        refused = problem(own["admin"].post("/accounts/county2/posts", {"office": school, "role": "registrar", **times}), 422, "validation")
        assert "/until" in [error["pointer"] for error in refused["errors"]]


@pytest.mark.parametrize("name, words", [("张\u0007", ""), (" 张三", "space"), ("⽅圆", "方 (U+65B9)"), ("张3", "U+0033"), ("", "")])
def test_names_of_accounts_are_checked_as_students_are(own, name, words):
    school = office_of(own["registrar"])
    body = {"username": "named", "name": name, "password": "quite a long one", "posts": [{"office": school, "role": "registrar"}]}
    refused = problem(own["admin"].post("/accounts", body), 422, "validation")
    assert words in str(refused)


def test_a_look_alike_in_the_name_of_an_account_is_kept_and_told(own):
    school = office_of(own["registrar"])
    for username, name, warnings in (("dotted", "买买提•艾力", [{"pointer": "/name", "meant": "买买提·艾力"}]), ("plain", "买买提·艾力", [])):
        body = {"username": username, "name": name, "password": "quite a long one", "posts": [{"office": school, "role": "registrar"}]}
        made = own["admin"].post("/accounts", body, expect=201).json()
        assert made["name"] == name and made["warnings"] == warnings
    assert all("warnings" not in each for each in own["admin"].items("/accounts", office=school, limit=200))
