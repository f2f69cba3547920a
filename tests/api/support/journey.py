"""Opening and acting, in the words of the procedures."""
from support import files
from support.client import new_key
from support.program import wait_until

NAME_CHANGE = "key-information-change"
DELETION = "g-number-deletion"


def upload(client, data=None, filename="scan.png", media_type="image/png", expect=(200, 201)):
    return client.call(
        "POST", "/evidence", expect, params={"filename": filename}, data=files.png() if data is None else data,
        headers={"Content-Type": media_type}).json()


def scans(client, kind="household_register", count=1):
    """Fresh uploads, as the member `evidence` of a request refers to them."""
    return [{"kind": kind, "sha256": upload(client)["sha256"]} for _ in range(count)]


def open_request(client, student, fields, evidence=None, workflow=NAME_CHANGE, submit=True, expect=201, key=None, **more):
    """The Request; or the response where another status is expected."""
    if evidence is None:
        evidence = scans(client, "certification" if workflow == DELETION else "household_register")
    body = {"workflow": workflow, "student": student, "fields": fields, "evidence": evidence, "submit": submit, **more}
    response = client.post("/requests", body, expect=expect, key=key or new_key())
    return response.json() if expect == 201 else response


def act(client, request, action, expect=200, version=None, key=None, **body):
    """The Request as it is afterwards; or the response where another status is expected."""
    response = client.post(
        f"/requests/{request['id']}/actions/{action}", body, expect=expect, key=key or new_key(),
        version=request["version"] if version is None else version)
    return response.json() if expect == 200 else response


def now(client, request):
    return client.get(f"/requests/{request['id']}").json()


def wait_for_state(client, request, *states, seconds=20):
    return wait_until(
        lambda: (lambda seen: seen if seen["state"]["key"] in states else None)(now(client, request)),
        f"request {request['id']} to be at {' or '.join(states)}", seconds)


def history(client, request):
    return client.items(f"/requests/{request['id']}/history")


def task_of(client, request, **filters):
    """The caller's task of this request, or None."""
    listed = client.found if "q" in filters else client.items
    for task in listed("/tasks", limit=200, **filters):
        if task["request"] == request["id"]:
            return task
    return None


def knowledge(student):
    """What finds the student from elsewhere: a number, the name and the birth date."""
    return {"number": student["idNumber"] or student["numbers"][0]["number"], "name": student["name"], "birthDate": student["birthDate"]}


def free_students(world):
    """Students of the registrar's school who are in school and have no open business, for take()."""
    everybody = world["registrar"].items("/students", status="in_school", limit=200)
    taken = {example["student"] for example in world.demo["examples"] if "student" in example}
    return [each for each in everybody if each["openRequest"] is None and each["id"] not in taken]


def take(free, count):
    """Each is taken once."""
    return [free.pop() for _ in range(count)]


def office_of(client):
    """The office of the caller's first post."""
    return client.get("/me").json()["posts"][0]["office"]["id"]
