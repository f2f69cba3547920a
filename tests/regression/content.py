"""What a kept folder holds, as its own program told it, and as a later one must find it again."""
import contextlib
import pathlib
import sqlite3

from support.client import sign_in
from support.program import databases

STATES = {
    "key-information-change": {"draft", "head_review", "county_review", "county_approval", "central_check", "county_findings", "province_judgement"},
    "g-number-deletion": {"draft", "province_approval", "ministry_review", "ministry_approval"},
}
OUTCOMES = {"completed", "rejected", "withdrawn"}


def history_of(client, request):
    return client.items(f"/requests/{request['id']}/history", limit=200)


def first_student_of(request):
    """Of several students the first."""
    return (request["student"] or request["subjects"][0]["student"])["id"]


def request_of(admin, listed, entries):
    whole = admin.get(f"/requests/{listed['id']}").json()
    return {
        "id": whole["id"], "workflow": whole["workflow"]["key"], "variant": whole["workflow"]["variant"], "workflowVersion": whole["workflow"]["version"],
        "state": whole["state"]["key"], "outcome": whole["outcome"], "version": whole["version"], "student": first_student_of(whole),
        "fields": whole["fields"], "evidence": [[item["kind"], item["sha256"]] for item in whole["evidence"]],
        "holders": [[holder["office"]["id"], holder["role"], holder["claimedBy"]] for holder in whole["holders"]],
        "openedBy": whole["openedBy"], "entries": len(entries), "lastHash": entries[-1]["hash"]}


def student_of(ministry, student):
    whole = ministry.get(f"/students/{student}").json()
    return {"id": whole["id"], "name": whole["name"], "idNumber": whole["idNumber"], "status": whole["status"],
            "numbers": sorted([number["number"], number["kind"], number["state"]] for number in ministry.items(f"/students/{student}/numbers"))}


@contextlib.contextmanager
def database_of(data, address=""):
    """Something to ask(sql, *values) of."""
    if address:
        connection = databases.connect(address, databases.name_in(address))
        ask = lambda sql, *values: databases.ask(connection, sql, *values)  # noqa: E731
    else:
        connection = sqlite3.connect(f"file:{pathlib.Path(data) / 'xueji.db'}?mode=ro", uri=True)
        ask = lambda sql, *values: connection.execute(sql, values).fetchall()  # noqa: E731
    try:
        yield ask
    finally:
        connection.close()


def counts(ask, tables):
    return {table: ask(f"SELECT COUNT(*) FROM {table}")[0][0] for table in tables}


def tables_of(ask, address=""):
    if address:
        found = ask("SELECT table_name FROM information_schema.tables WHERE table_schema = ?", databases.name_in(address))
    else:
        found = ask("SELECT name FROM sqlite_master WHERE type = 'table'")
    return sorted(name for (name,) in found)


def definitions(ask):
    """By the name that its file has, and its version."""
    return sorted(["-".join(filter(None, (key, variant))), version] for key, variant, version in ask("SELECT definition_key, variant, version FROM definition"))


def described(url):
    """Every request, and the students that they are about."""
    admin, ministry = sign_in(url, "admin"), sign_in(url, "ministry")
    requests = [request_of(admin, each, history_of(admin, each)) for each in admin.items("/requests", limit=200)]
    requests.sort(key=lambda each: int(each["id"]))
    students = [student_of(ministry, student) for student in sorted({each["student"] for each in requests}, key=int)]
    return {"requests": requests, "students": students}


def assert_complete(content):
    """That nothing was forgotten: every state alive, every outcome reached, in both businesses."""
    for workflow, states in STATES.items():
        mine = [each for each in content["requests"] if each["workflow"] == workflow]
        assert {each["state"] for each in mine if each["outcome"] is None} == states
        assert {each["outcome"] for each in mine} >= OUTCOMES
