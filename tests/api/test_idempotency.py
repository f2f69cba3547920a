"""A key makes a command happen once, however often and however concurrently it is sent."""
import threading

from support import client as api
from support.client import new_key, problem
from support.journey import NAME_CHANGE, act, history, open_request, scans
from support.program import wait_until

FIELDS = {"new_name": "欧阳幂等", "ground": "register_changed", "reason": "户口簿更正"}


def at_once(calls):
    """Runs the calls as close together as threads can; their answers in order."""
    gate, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def run(index):
        gate.wait()
        answers[index] = calls[index]()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert None not in answers, "a call failed in its thread"
    return answers


def test_the_same_command_twice_opens_one_request(supply, registrar):
    student, evidence, key = supply.student()["id"], scans(registrar), new_key()
    body = {"workflow": NAME_CHANGE, "student": student, "fields": FIELDS, "evidence": evidence, "submit": True}
    first = registrar.post("/requests", body, expect=201, key=key)
    second = registrar.post("/requests", body, expect=201, key=key)
    assert second.json()["id"] == first.json()["id"]
    assert second.headers["Location"] == first.headers["Location"] == "/api/v1/requests/" + first.json()["id"]
    assert len(registrar.items("/requests", student=student)) == 1


def test_a_repeated_act_answers_the_request_as_it_is_now(supply, registrar, head, county):
    request = open_request(registrar, supply.student()["id"], FIELDS)
    key = new_key()
    approved = act(head, request, "approve", key=key)
    moved = act(county, approved, "comment", comment="已收到")
    again = act(head, request, "approve", key=key)
    assert (again["id"], again["version"], again["state"]["key"]) == (request["id"], moved["version"], "county_review")
    assert [entry["action"] for entry in history(head, request)].count("approve") == 1


def test_a_key_with_another_body_is_refused(supply, registrar, head):
    student, evidence, key = supply.student()["id"], scans(registrar), new_key()
    request = open_request(registrar, student, FIELDS, evidence, key=key)
    problem(open_request(registrar, student, {**FIELDS, "reason": "别的原因"}, evidence, key=key, expect=422), 422, "idempotency-mismatch")
    used = new_key()
    act(head, request, "comment", comment="一", key=used)
    problem(act(head, request, "comment", comment="二", key=used, expect=422), 422, "idempotency-mismatch")
    problem(act(head, request, "approve", key=used, expect=422), 422, "idempotency-mismatch")


def test_keys_of_two_accounts_do_not_meet(supply, registrar, head):
    key = new_key()
    request = open_request(registrar, supply.student()["id"], FIELDS, key=key)
    assert act(head, request, "approve", key=key)["state"]["key"] == "county_review"


def test_a_refused_command_leaves_its_key_free(supply, registrar):
    student, key = supply.student()["id"], new_key()
    open_request(registrar, student, FIELDS, [], key=key, expect=422)
    request = open_request(registrar, student, FIELDS, key=key)
    assert request["state"]["key"] == "head_review"


def connections(client, count):
    """As many clients of the same account, each with a connection of its own, already open."""
    clients = [api.Client(client.url, client.username, client.token) for _ in range(count)]
    for each in clients:
        each.get("/me")
    return clients


def test_one_key_at_once_from_sixteen_connections_opens_one_request(supply, registrar):
    student, evidence, key = supply.student()["id"], scans(registrar), new_key()
    body = {"workflow": NAME_CHANGE, "student": student, "fields": FIELDS, "evidence": evidence, "submit": True}
    answers = at_once([lambda c=c: c.post("/requests", body, key=key) for c in connections(registrar, 16)])
    assert {answer.status_code for answer in answers} <= {201, 409}
    for answer in answers:
        if answer.status_code == 409:
            problem(answer, 409, "idempotency-in-progress")
    made = {answer.json()["id"] for answer in answers if answer.status_code == 201}
    assert len(made) == 1
    assert registrar.post("/requests", body, expect=201, key=key).json()["id"] in made
    assert len(registrar.items("/requests", student=student)) == 1


def test_one_act_at_once_from_sixteen_connections_happens_once(supply, registrar, head):
    request, key = open_request(registrar, supply.student()["id"], FIELDS), new_key()
    answers = at_once([
        lambda c=c: c.post(f"/requests/{request['id']}/actions/approve", {}, key=key, version=request["version"])
        for c in connections(head, 16)])
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert 200 in {answer.status_code for answer in answers}
    assert [entry["action"] for entry in history(head, request)].count("approve") == 1


def test_a_key_under_way_says_so(supply, registrar, head):
    """Whether two commands overlap is chance; it is tried until it happened."""
    request = open_request(registrar, supply.student()["id"], FIELDS)
    clients = connections(head, 16)

    def overlapped():
        key = new_key()
        answers = at_once([
            lambda c=c: c.post(f"/requests/{request['id']}/actions/comment", {"comment": "核对中"}, key=key, version=version)
            for c in clients for version in [head.get(f"/requests/{request['id']}").json()["version"]]])
        return [answer for answer in answers if answer.status_code == 409]

    refused = wait_until(overlapped, "two commands of one key to overlap", seconds=60, pause=0)
    problem(refused[0], 409, "idempotency-in-progress")


def test_sixteen_different_keys_at_once_decide_once(supply, registrar, head):
    request = open_request(registrar, supply.student()["id"], FIELDS)
    answers = at_once([
        lambda c=c: c.post(f"/requests/{request['id']}/actions/approve", {}, key=new_key(), version=request["version"])
        for c in connections(head, 16)])
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [200] + [412] * 15
    assert [entry["action"] for entry in history(head, request)].count("approve") == 1
