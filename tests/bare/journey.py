"""journey.py URL: plays both businesses to their ends on a demo server, by HTTP and with Python's own library alone.

Ends with 1 and says what went otherwise; script/bare plays it on what it has built.
"""
import json
import pathlib
import sys
import time
import urllib.error
import urllib.request
import uuid

SCAN = pathlib.Path(__file__).resolve().parents[2] / "docs" / "example-scan.png"
JOURNEYS = {
    "key-information-change": ("registrar", ["head", "county", "county-approver"]),
    "g-number-deletion": ("province", ["province-approver", "ministry", "ministry-approver"]),
}


class Otherwise(Exception):
    """The server did something else than it promises."""


def ask(url, body=None, method=None, content="application/json", **headers):
    """The answer's text; Otherwise unless its status is a success."""
    data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(url, data, method=method)
    if data is not None:
        request.add_header("Content-Type", content)
    for name, value in headers.items():
        request.add_header(name.replace("_", "-"), value)
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        raise Otherwise(f"{request.method or request.get_method()} {url}: {error.code} {error.read().decode()}") from None
    except OSError as error:
        raise Otherwise(f"{url}: {error}") from None


class Person:
    def __init__(self, server, username):
        self.api = f"{server}/api/v1"
        session = {"username": username, "password": "xueji-demo", "mode": "token"}
        self.bearer = "Bearer " + json.loads(ask(f"{self.api}/session", session))["token"]

    def get(self, path):
        return json.loads(ask(self.api + path, Authorization=self.bearer))

    def post(self, path, body, content="application/json", **headers):
        return json.loads(ask(self.api + path, body, content=content, Authorization=self.bearer,
                              Idempotency_Key=str(uuid.uuid4()), **headers))


def evidence(person, workflow):
    """What the definition asks for, as references to uploads."""
    needed = [(kind["kind"], kind["min"]) for kind in person.get(f"/workflows/{workflow}")["evidence"] if kind["required"]]
    uploaded = person.post("/evidence?filename=scan.png", SCAN.read_bytes(), content="image/png")
    return [{"kind": kind, "sha256": uploaded["sha256"]} for kind, count in needed for _ in range(max(count, 1))]


def play(server, example):
    workflow = example["workflow"]
    opens, decide = JOURNEYS[workflow]
    person = Person(server, opens)
    request = person.post("/requests", {
        "workflow": workflow, "student": example["student"], "fields": example["fields"],
        "evidence": evidence(person, workflow), "submit": True})
    place = f"/requests/{request['id']}"
    for username in decide:
        officer = Person(server, username)
        version = officer.get(place)["version"]
        officer.post(f"{place}/actions/approve", {"comment": "同意"}, If_Match=f'"{version}"')
    until = time.monotonic() + 60
    while not (seen := person.get(place))["outcome"] and time.monotonic() < until:
        time.sleep(0.1)
    if seen["outcome"] != "completed":
        raise Otherwise(f"{workflow}: request {seen['id']} is at {seen['state']['key']} with the outcome {seen['outcome']}")
    print(f"{workflow}: request {seen['id']} by {opens}, {', '.join(decide)}: completed")


def main(server):
    if '<div id="app">' not in ask(f"{server}/", Accept="text/html"):
        raise Otherwise(f"{server}/ is not the browser application")
    print("the browser application is served")
    examples = json.loads(ask(f"{server}/demo"))["examples"]
    for workflow in JOURNEYS:
        play(server, next(each for each in examples if each["workflow"] == workflow and each["outcome"] == "clear"))


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except Otherwise as otherwise:
        sys.exit(f"journey: {otherwise}")
