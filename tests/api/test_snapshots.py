"""Every answer of the demo, as it was written down: what must not change while the inside is rebuilt.

A journey through both businesses at a fixed instant, refusals of every type in both languages, then every account asks
every GET route. `XUEJI_UPDATE_SNAPSHOTS=1 script/test api`, or the same before pytest on this file, writes
tests/api/snapshots anew; the diff then says what changed for whom."""
import shutil

import pytest

from conftest import ACCOUNTS
from support import files, fixed_clock
from support.client import Client, new_key
from support.fixed_clock import FixedDemo
from support.journey import DELETION, NAME_CHANGE
from support.live import Live
from support.program import ROOT, wait_until
from support.recorder import Recorder
from support.shipped import in_season
from support.snapshots import Book, pretty
from test_idempotency import at_once, connections

SEASONAL = "seasonal-change"
LISTENERS = {"registrar": "withdrawn", "head": "withdrawn", "county": "withdrawn", "province": "judged", "ministry": "deleted", "admin": "deleted"}
UNKNOWN = "999999999"
UNTIL = "2026-12-01T16:00:00Z"


def business_in_season(folder):
    """The shipped definitions, and one whose window is closed in November."""
    workflows = folder / "workflows"
    workflows.mkdir()
    for definition in (ROOT / "workflows").glob("*.yaml"):
        if ".scenario." not in definition.name:
            shutil.copy(definition, workflows)
    (workflows / f"{SEASONAL}.yaml").write_text(in_season(SEASONAL), encoding="utf-8")
    calendar = folder / "calendar.yaml"
    window = ("  seasonal:\n    open: [{from: 03-01, until: 04-01}]\n"
              "    reason: {zh: 尚未到办理时间, en: It is not the season}\n    source: a test\n")
    calendar.write_text((ROOT / "config" / "calendar.yaml").read_text(encoding="utf-8").replace("windows:\n", "windows:\n" + window, 1),
                        encoding="utf-8")
    application = folder / "ui"
    application.mkdir()
    (application / "index.html").write_text("<!doctype html><html lang=zh-CN><title>xueji</title>", encoding="utf-8")
    return {"XUEJI_WORKFLOWS_DIRECTORY": str(workflows), "XUEJI_WORKFLOWS_CALENDAR": str(calendar),
            "XUEJI_UI_DIRECTORY": str(application), "XUEJI_PIPELINE_QUEUE_MAX": "8", "XUEJI_PIPELINE_BATCH_MAX": "1",
            "XUEJI_ACCOUNTS_SIGN_IN_PER_MINUTE": "60"}


class Journey:
    """What happens to the demo, one act after the other, each written down."""

    def __init__(self, demo, book):
        self.recorder = Recorder(demo.url, book, (*ACCOUNTS, "admin2", "deputy"))
        self.book = book
        examples = Client(demo.url).get("/demo").json()["examples"]
        self.clear = [each for each in examples if each["workflow"] == NAME_CHANGE and each["outcome"] == "clear"]
        self.suspect = [each for each in examples if each["workflow"] == NAME_CHANGE and each["outcome"] == "suspect"]
        self.classmates = [each["student"] for each in examples if each["workflow"] == "class-change" and "refused" not in each]
        self.deletions = [each for each in examples if each["workflow"] == DELETION]
        self.serial = 0

    def ask(self, *arguments, **options):
        return self.recorder.ask(*arguments, **options)

    def key(self):
        self.serial += 1
        return f"key-{self.serial}"

    def upload(self, name, comment):
        return self.ask(name, "POST", "/evidence", params={"filename": f"{comment}.png"}, data=files.png(comment=comment.encode()),
                        headers={"Content-Type": "image/png"}, shown=f"(a PNG: {comment})").json()["sha256"]

    def open(self, name, example, kind="household_register", submit=True, **changes):
        scan = self.upload(name, f"scan-{self.serial}")
        body = {"workflow": example["workflow"], "student": example["student"], "fields": {**example["fields"], **changes},
                "evidence": [{"kind": kind, "sha256": scan}], "submit": submit}
        return self.ask(name, "POST", "/requests", body, key=self.key()).json()

    def act(self, name, request, action, **body):
        return self.ask(name, "POST", f"/requests/{request['id']}/actions/{action}", body, key=self.key(),
                        version=self.seen(name, request)["version"]).json()

    def seen(self, name, request):
        """As it is now; not written down."""
        return self.recorder.clients[name, "en"].get(f"/requests/{request['id']}").json()

    def settle(self, name, request, *states):
        wait_until(lambda: self.seen(name, request)["state"]["key"] in states, f"request {request['id']} to be at {states}")

    def both_languages(self, name, method, path, body=None, **options):
        for language in ("en", "zh"):
            self.ask(name, method, path, body, language=language, **options)

    def refuse(self, name, method, path, body=None, **options):
        self.both_languages(name, method, path, body, **options)


def play(journey):
    """Both businesses; the requests that the accounts look at afterwards, by what became of them."""
    deleted = journey.open("province", journey.deletions[0], "certification")
    for name in ("province-approver", "ministry", "ministry-approver"):
        journey.act(name, deleted, "approve", comment="同意")

    changed = journey.open("registrar", journey.clear[0])
    for name in ("head", "county", "county-approver"):
        journey.act(name, changed, "approve", comment="同意")
    journey.settle("registrar", changed, "completed")

    returned = journey.open("registrar", journey.clear[1], submit=False)
    journey.ask("registrar", "PATCH", f"/requests/{returned['id']}", {"fields": {**returned["fields"], "reason": "户口簿更正"}},
                key=journey.key(), version=returned["version"])
    journey.act("registrar", returned, "submit", comment="请审核")
    journey.act("head", returned, "approve")
    journey.act("county", returned, "return", comment="请补正事由")
    journey.act("registrar", returned, "submit", fields={**returned["fields"], "reason": "公安机关更正"})
    journey.act("head", returned, "reject", comment="与户口簿不符")

    suspect = journey.open("registrar", journey.suspect[0])
    for name in ("head", "county", "county-approver"):
        journey.act(name, suspect, "approve")
    journey.settle("registrar", suspect, "county_findings")
    journey.act("county", suspect, "escalate", comment="请省级核定")
    journey.act("province-approver", suspect, "approve", comment="核定无误")

    waiting = journey.open("registrar", journey.clear[2])
    task = journey.seen("head", waiting)["holders"][0]["task"]
    journey.ask("head", "POST", f"/tasks/{task}/claim", {}, version=journey.seen("head", waiting)["version"])
    journey.ask("head", "POST", f"/tasks/{task}/release", {}, version=journey.seen("head", waiting)["version"])
    journey.act("head", waiting, "comment", comment="正在核对原件")
    journey.ask("head", "POST", f"/requests/{waiting['id']}/actions/approve", {"undoable": True}, key=journey.key(),
                version=journey.seen("head", waiting)["version"])
    journey.ask("registrar", "GET", f"/requests/{waiting['id']}")
    journey.ask("head", "DELETE", f"/requests/{waiting['id']}/pending")
    journey.ask("head", "DELETE", f"/requests/{waiting['id']}/pending")
    second = journey.open("registrar", journey.clear[3])
    journey.ask("head", "POST", "/tasks/actions", {"action": "approve", "items": [
        {"task": journey.seen("head", each)["holders"][0]["task"], "version": journey.seen("head", each)["version"]}
        for each in (waiting, second)] + [{"task": UNKNOWN, "version": 1}]}, key=journey.key())
    journey.act("registrar", second, "withdraw", comment="不再需要")

    batch = change_class(journey)
    return {"completed": changed, "rejected": returned, "judged": suspect, "waiting": waiting, "withdrawn": second, "deleted": deleted,
            "batch": batch}


def change_class(journey):
    """Of three pupils at once, one of whom is set aside."""
    body = {"workflow": "class-change", "subjects": [{"student": each} for each in journey.classmates],
            "fields": {"ground": "moved", "new_class": "5班"}, "submit": True}
    batch = journey.ask("registrar", "POST", "/requests", body, key=journey.key()).json()

    def set_aside(name, ordinal, reason):
        return ("POST", f"/requests/{batch['id']}/subjects/{ordinal}/set-aside", {"reason": reason}), {
            "key": journey.key(), "version": journey.seen(name, batch)["version"]}

    for name, ordinal, reason in (("registrar", 2, "转入外校"), ("head", 2, " "), ("head", 4, "没有此人")):
        arguments, options = set_aside(name, ordinal, reason)
        journey.refuse(name, *arguments, **options)
    arguments, options = set_aside("head", 2, "该生即将转学")
    journey.ask("head", *arguments, **options)
    journey.act("head", batch, "approve")
    return batch


def administer(journey):
    """Sessions, posts that are lent, accounts, the inbox."""
    ask = journey.ask
    ask("nobody", "POST", "/session", {"username": "head", "password": "xueji-demo", "mode": "token"})
    cookie = Client(journey.recorder.url)
    ask("nobody", "POST", "/session", {"username": "head", "password": "xueji-demo"}, client=cookie, headers={"Origin": cookie.url})
    ask("head", "DELETE", "/session", client=cookie, headers={"Origin": cookie.url})
    post = journey.recorder.clients["county", "en"].get("/me").json()["posts"][0]["id"]
    lent = ask("county", "POST", "/me/delegations", {"post": post, "to": "county-approver", "until": UNTIL}).json()
    ask("county", "GET", "/me/delegations")
    ask("county-approver", "GET", "/me")
    ask("county", "DELETE", f"/me/delegations/county-approver/{lent['post']['id']}")
    school = journey.recorder.clients["registrar", "en"].get("/me").json()["posts"][0]["office"]["id"]
    ask("admin", "POST", "/accounts", {"username": "newcomer", "name": "新人", "password": "a long password",
                                       "posts": [{"office": school, "role": "registrar"}]})
    given = ask("admin", "POST", "/accounts/newcomer/posts", {"office": school, "role": "head", "until": UNTIL}).json()
    ask("admin2", "POST", f"/accounts/newcomer/posts/{given['id']}/confirm", {})
    ask("admin", "DELETE", f"/accounts/newcomer/posts/{given['id']}")
    turned_down = ask("admin", "POST", "/accounts/newcomer/posts", {"office": school, "role": "head"}).json()
    ask("admin2", "DELETE", f"/accounts/newcomer/posts/{turned_down['id']}")
    ask("admin", "PATCH", "/accounts/newcomer", {"disabled": True})
    ask("admin", "POST", "/accounts/registrar2/posts", {"office": school, "role": "head"})
    elsewhere = Client(cookie.url)
    ask("nobody", "POST", "/session", {"username": "head", "password": "xueji-demo"}, client=elsewhere, headers={"Origin": cookie.url})
    other = next(each for each in elsewhere.items("/me/sessions") if each["current"])
    ask("head", "DELETE", f"/me/sessions/{other['id']}")
    ask("deputy", "POST", "/me/second-factor", {})
    ask("deputy", "POST", "/me/second-factor/confirm", {"code": "none"})
    ask("deputy", "DELETE", "/me/second-factor")
    ask("admin", "DELETE", "/accounts/newcomer/second-factor")
    ask("deputy", "POST", "/me/password", {"old": "xueji-demo", "new": "another long password"})
    unread = journey.recorder.clients["registrar", "en"].get("/notifications", params={"unread": "true"}).json()["items"]
    ask("registrar", "POST", "/notifications/read", {"ids": [unread[0]["id"]]})
    ask("registrar", "POST", "/notifications/read", {"through": unread[0]["id"]})


def refusals(journey, requests):
    """Every type of problem that one call can meet, in both languages, none of which does anything."""
    refuse, waiting, changed = journey.refuse, requests["waiting"], requests["completed"]
    at, version = f"/requests/{waiting['id']}", journey.seen("registrar", waiting)["version"]
    student = journey.clear[4]
    body = {"workflow": NAME_CHANGE, "student": student["student"], "fields": student["fields"], "evidence": [], "submit": True}
    refuse("nobody", "GET", "/me")
    refuse("nobody", "POST", "/session", {"username": "head", "password": "wrong"})
    refuse("nobody", "POST", "/session", {"username": "head", "password": "xueji-demo"}, headers={"Origin": "https://evil.example"})
    refuse("registrar", "POST", "/requests", data=b'{"workflow": 1, "workflow": 2}', headers={"Content-Type": "application/json"},
           shown='{"workflow": 1, "workflow": 2}', key="refused-1")
    refuse("registrar", "POST", "/requests", body)
    refuse("registrar", "POST", "/requests", body, key="refused-2")
    refuse("registrar", "POST", "/requests", {**body, "fields": {"new_name": "x", "new_id_number": "11010519491231002Y"}}, key="refused-3")
    refuse("registrar", "POST", "/requests", {**body, "student": waiting["student"]["id"]}, key="refused-4")
    refuse("registrar", "POST", "/requests", {**body, "workflow": SEASONAL}, key="refused-5")
    refuse("registrar2", "POST", "/requests", body, key="refused-6")
    refuse("county", "POST", "/requests", body, key="refused-7")
    gone = next(each for each in journey.recorder.clients["registrar", "en"].items("/students", limit=200)
                if each["status"] not in ("in_school", "suspended") and not each["openRequest"])
    refuse("registrar", "POST", "/requests", {**body, "student": gone["id"]}, key="refused-8")
    refuse("registrar", "POST", "/requests", {**body, "workflow": "no-such"}, key="refused-9")
    refuse("registrar", "POST", "/requests", {**body, "student": UNKNOWN}, key="key-1")
    refuse("registrar", "POST", at + "/actions/approve", {}, key="refused-10")
    refuse("registrar", "POST", at + "/actions/approve", {}, key="refused-11", version=version)
    refuse("county", "POST", at + "/actions/approve", {}, key="refused-12", version=version - 1)
    refuse("county", "POST", at + "/actions/submit", {}, key="refused-13", version=version)
    refuse("county", "POST", at + "/actions/return", {}, key="refused-14", version=version)
    refuse("county", "POST", at + "/actions/approve", {}, version=version)
    refuse("county2", "POST", at + "/actions/approve", {}, key="refused-15", version=version)
    refuse("registrar", "PATCH", at, {"fields": {}}, key="refused-16", version=version)
    refuse("head", "POST", f"/requests/{changed['id']}/actions/approve", {}, key="refused-17", version=journey.seen("head", changed)["version"])
    refuse("registrar", "GET", "/students", params={"nonsense": "1"})
    refuse("registrar", "GET", "/students", params={"limit": "0"})
    refuse("registrar", "GET", "/accounts")
    refuse("registrar", "PUT", "/me", {})
    refuse("registrar", "POST", "/evidence", data=b"GIF89a", headers={"Content-Type": "image/gif"}, shown="(a GIF)")
    refuse("registrar", "POST", "/evidence", data=b"\xff\xd8" + b"\0" * (10 * 1024 * 1024), headers={"Content-Type": "image/jpeg"},
           shown="(10 MB and two bytes)")
    refuse("registrar", "POST", "/evidence", data=b"", headers={"Content-Type": "image/png"}, shown="(nothing)")
    refuse("county", "POST", "/me/delegations", {"post": "1", "to": "county", "until": "2020-01-01T00:00:00Z"})
    refuse("county", "DELETE", f"/me/delegations/head/{UNKNOWN}")
    refuse("head", "DELETE", f"/me/sessions/{UNKNOWN}")
    refuse("head", "POST", "/me/password", {"old": "xueji-demo", "new": "12345678"})
    refuse("admin", "POST", "/accounts/admin/posts", {"office": UNKNOWN, "role": "registrar"})
    refuse("admin", "POST", f"/accounts/county/posts/{UNKNOWN}/confirm", {})
    refuse("admin", "GET", "/audit", params={"action": "no-such"})
    refuse("admin", "POST", "/accounts", {"username": "registrar", "name": "", "password": "short", "posts": []})
    refuse("admin", "PATCH", "/accounts/nobody-here", {"disabled": True})
    refuse("admin", "PATCH", "/accounts/county", {"disabled": True})
    refuse("admin", "POST", "/accounts/newcomer/posts", {"office": UNKNOWN, "role": "registrar"})
    refuse("admin", "DELETE", f"/accounts/newcomer/posts/{UNKNOWN}")
    refuse("admin", "POST", f"/checks/{UNKNOWN}/retry", {})
    refuse("head", "POST", f"/tasks/{UNKNOWN}/claim", {}, version=1)
    refuse("head", "POST", f"/tasks/{UNKNOWN}/release", {}, version=1)
    refuse("head", "POST", "/tasks/actions", {"action": "approve", "items": []}, key="refused-18")
    refuse("registrar", "POST", "/notifications/read", {})
    separation(journey)


def separation(journey):
    """The officer who reviewed may not approve as well, though the approver's post was lent to them."""
    request = journey.open("registrar", journey.clear[5])
    journey.act("head", request, "approve")
    journey.act("county", request, "approve")
    post = journey.recorder.clients["county-approver", "en"].get("/me").json()["posts"][0]["id"]
    lent = journey.ask("county-approver", "POST", "/me/delegations", {"post": post, "to": "county", "until": UNTIL}).json()
    version = journey.seen("county", request)["version"]
    journey.refuse("county", "POST", f"/requests/{request['id']}/actions/approve", {}, key="refused-20", version=version)
    journey.ask("county-approver", "DELETE", f"/me/delegations/county/{lent['post']['id']}")


def search(journey, requests):
    """What finds a student: by a part of the name, initials, the last digits, and what a search does not take."""
    for name in ("registrar", "county", "ministry"):
        journey.ask(name, "POST", "/students/search", {"q": "王", "limit": 2, "count": True})
        journey.ask(name, "POST", "/students/search", {"name": "wx", "limit": 2})
        journey.ask(name, "POST", "/requests/search", {"q": "w", "limit": 1, "count": True})
        journey.ask(name, "POST", "/tasks/search", {"q": "w", "limit": 1, "count": True})
    tail = journey.recorder.clients["county", "en"].get(f"/students/{requests['completed']['student']['id']}").json()["idNumber"][-6:]
    journey.ask("county", "POST", "/students/search", {"q": tail})
    for format in ("csv", "xlsx"):
        journey.ask("county", "POST", f"/exports/requests.{format}", {"q": "w"})
        journey.ask("county", "POST", f"/exports/tasks.{format}", {"q": "w"})
    pupil = journey.recorder.clients["county", "en"].get(f"/students/{requests['completed']['student']['id']}").json()
    known = {"number": pupil["idNumber"], "name": pupil["name"], "birthDate": pupil["birthDate"]}
    journey.ask("registrar2", "POST", "/students/find", known)
    journey.refuse("registrar2", "POST", "/students/find", known | {"birthDate": "2001-01-01"})
    journey.refuse("registrar2", "POST", "/students/find", {"number": 1, "birthDate": "x", "more": True})
    journey.refuse("county", "POST", "/students/search", {"name": None, "limit": "2", "nickname": "x"})
    journey.refuse("county", "POST", "/students/search", {"name": "w", "q": "w"})


def races(journey, request):
    """Refusals that calls at once meet: whether they overlap is chance, so they are tried until it happened."""
    clients = connections(journey.recorder.clients["county", "en"], 24)

    def refused(status, key):
        version = journey.seen("county", request)["version"]
        answers = at_once([lambda c=c: c.post(f"/requests/{request['id']}/actions/comment", {"comment": "核对中"}, key=key or new_key(),
                                              version=version) for c in clients])
        return [answer for answer in answers if answer.status_code == status]

    def too_often():
        answer = journey.recorder.clients["nobody", "en"].post("/session", {"username": "nobody-here", "password": "guess"})
        return [answer] if answer.status_code == 429 else []

    one_key = wait_until(lambda: refused(409, new_key()), "two commands of one key to overlap", seconds=60, pause=0)
    journey.recorder.note("actOnRequest", "POST with a key that is under way", one_key[0], "county")
    full = wait_until(lambda: refused(503, None), "the queue to be full", seconds=60, pause=0)
    journey.recorder.note("actOnRequest", "POST while the queue is full", full[0], "county")
    limited = wait_until(too_often, "sign-ins to be limited", seconds=120, pause=0)
    journey.recorder.note("signIn", "POST too often", limited[0], "nobody")


def queries(journey, requests):
    """What is asked of each GET route with parameters or with more than one question: paths, each with its parameters."""
    seen = journey.recorder.clients["ministry", "en"]
    request = [requests[each]["id"] for each in ("completed", "waiting", "deleted")]
    student = [requests[each]["student"]["id"] for each in ("completed", "deleted")]
    foreign = journey.recorder.clients["registrar2", "en"].get("/students", params={"limit": 1}).json()["items"][0]
    scan = requests["completed"]["evidence"][0]["sha256"]
    version = seen.get(f"/workflows/{DELETION}").json()["version"]
    office = journey.recorder.clients["registrar", "en"].get("/me").json()["posts"][0]["office"]
    few, counted = {"limit": "2"}, {"limit": "2", "count": "true"}
    return {
        "/api/v1/me/colleagues": [("/me/colleagues", {})],
        "/api/v1/workflows": [("/workflows", {}), ("/workflows", {"student": student[0]})],
        "/api/v1/workflows/{key}": [(f"/workflows/{NAME_CHANGE}", {}), (f"/workflows/{DELETION}", {"student": student[1]}), ("/workflows/no-such", {})],
        "/api/v1/students": [("/students", counted), ("/students", {"status": "graduated", **few})],
        "/api/v1/students/{id}": [(f"/students/{each}", {}) for each in (*student, foreign["id"], UNKNOWN)],
        "/api/v1/students/{id}/history": [(f"/students/{each}/history", {}) for each in student],
        "/api/v1/students/{id}/numbers": [(f"/students/{each}/numbers", {}) for each in student],
        "/api/v1/evidence/{sha256}": [(f"/evidence/{scan}", {}), ("/evidence/" + "0" * 64, {})],
        "/api/v1/evidence/{sha256}/pages/{n}": [(f"/evidence/{scan}/pages/1", {"size": "thumbnail"}), (f"/evidence/{scan}/pages/2", {})],
        "/api/v1/requests": [("/requests", counted), ("/requests", {"mine": "true", "open": "true", "limit": "1", "count": "true"}),
                             ("/requests", {"workflow": DELETION, "limit": "1"})],
        "/api/v1/requests/{id}": [(f"/requests/{each}", {}) for each in (*request, UNKNOWN)],
        "/api/v1/requests/{id}/history": [(f"/requests/{each}/history", {}) for each in request[:2]],
        "/api/v1/requests/{id}/submissions": [(f"/requests/{each}/submissions", {}) for each in request[:2]],
        "/api/v1/requests/{id}/subjects": [(f"/requests/{request[0]}/subjects", {}), (f"/requests/{request[0]}/subjects", {"setAside": "true"})],
        "/api/v1/requests/{id}/explain": [(f"/requests/{request[1]}/explain", {}), (f"/requests/{request[1]}/explain", {"action": "approve"}),
                                          (f"/requests/{request[1]}/explain", {"action": "approve", "account": "county"})],
        "/api/v1/requests/{id}/workflow": [(f"/requests/{each}/workflow", {}) for each in (request[1], UNKNOWN)],
        "/api/v1/requests/{id}/diagram": [(f"/requests/{request[1]}/diagram", {})],
        "/api/v1/tasks": [("/tasks", counted), ("/tasks", {"sort": "-due", "overdue": "true", **counted})],
        "/api/v1/notifications": [("/notifications", counted), ("/notifications", {"unread": "true", "limit": "1"})],
        "/api/v1/offices": [("/offices", few), ("/offices", {"level": "school", **few})],
        "/api/v1/offices/{id}": [(f"/offices/{office['id']}", {}), (f"/offices/{UNKNOWN}", {})],
        "/api/v1/schools": [("/schools", few), ("/schools", {"q": "21", **few})],
        "/api/v1/schools/{id}": [(f"/schools/{office['id']}", {}), (f"/schools/{UNKNOWN}", {})],
        "/api/v1/accounts": [("/accounts", few), ("/accounts", {"q": "newcomer"})],
        "/api/v1/me/sessions": [("/me/sessions", {"limit": "1"})],
        **{f"/api/v1{path}": [(path, {"action": "account_added", "account": "newcomer"})] for path in ("/audit", "/exports/audit.csv", "/exports/audit.xlsx")},
        "/api/v1/definitions/{key}/{version}/diagram": [(f"/definitions/{DELETION}/{version}/diagram", {})],
        "/api/v1/checks": [("/checks", counted)],
        "/problems/{slug}": [("/problems/" + slug, {}) for slug in ("not-found", "stale", "no-such")],
    }


def look(journey, requests):
    """Every account asks every GET route; the registrar in Chinese too, and whoever is not signed in."""
    asked = queries(journey, requests)
    for method, template, _ in journey.recorder.description.operations():
        if method != "GET":
            continue
        assert template in asked or "{" not in template, f"say in queries() what is to be asked of GET {template}"
        for path, parameters in asked.get(template, [(template, {})]):
            for name in (*ACCOUNTS, "nobody"):
                journey.ask(name, "GET", path, params=parameters)
            journey.ask("registrar", "GET", path, params=parameters, language="zh")


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    if not fixed_clock.is_possible():
        pytest.skip("the program's clock can't be faked")
    folder = tmp_path_factory.mktemp("snapshots")
    book = Book()
    demo = FixedDemo(folder, business_in_season(folder))
    try:
        journey = Journey(demo, book)
        listening = {name: Live(journey.recorder.clients[name, "en"]) for name in LISTENERS}
        requests = play(journey)
        for name, live in listening.items():
            write_events(book, name, live, journey, requests[LISTENERS[name]])
        administer(journey)
        refusals(journey, requests)
        look(journey, requests)
        search(journey, requests)
        races(journey, requests["waiting"])
    finally:
        demo.close()
    return journey, book


def write_events(book, name, live, journey, last):
    """Up to the end of that request, which is the last that the account hears of."""
    live.wait("request.changed", request=last["id"], version=journey.seen(name, last)["version"])
    live.close()
    names = book.names("events")
    for event in live.events:
        book.note("events", f"{event['type']} for {name}", pretty(names.in_value({**event, "id": "<event>"})))


def test_every_route_is_covered(recorded):
    journey, _ = recorded
    routes = {(method, template) for method, template, _ in journey.recorder.description.operations()}
    assert routes - journey.recorder.covered == set()


def test_every_answer_is_as_it_was_written_down(recorded):
    _, book = recorded
    told = book.differences()
    assert not told, f"{len(told)} snapshots differ; XUEJI_UPDATE_SNAPSHOTS=1 writes them anew:\n" + "\n".join(told)
