"""A request about more students than are written at once: whatever happens meanwhile, each is written exactly once."""
import collections
import signal

from support.client import new_key, slug
from support.journey import act, history, now
from support.program import wait_until

FIELDS = {"ground": "moved", "new_class": "新1班"}


def begun(world):
    students = [each for each in world["registrar"].items("/students", status="in_school", limit=200) if not each["openRequest"]]
    assert len(students) > 200, "all of them would be written with the act"
    body = {"workflow": "class-change", "fields": FIELDS, "submit": True, "subjects": [{"student": each["id"]} for each in students]}
    return students, world["registrar"].post("/requests", body, expect=201, key=new_key()).json()


def written(world, request):
    return collections.Counter(entry["student"] for entry in history(world["head"], request) if entry["action"] == "applied")


def completed(world, request):
    return wait_until(lambda: (lambda seen: seen if seen["outcome"] else None)(now(world["head"], request)), "the last slice", seconds=60)


def test_a_server_killed_between_two_slices_goes_on(private_world):
    world = private_world(simulator=False)
    students, request = begun(world)
    approved = act(world["head"], request, "approve")
    assert (approved["outcome"], approved["applying"]["of"]) == (None, len(students))
    world.server.stop(signal.SIGKILL)
    world.server = world.server.again()
    seen = now(world["head"], request)
    if not seen["outcome"]:
        assert world["registrar"].get(f"/students/{students[0]['id']}").json()["openRequest"]["id"] == request["id"]
        assert slug(act(world["registrar"], seen, "withdraw", expect=None)) in ("not-in-this-state", "stale")
    done = completed(world, request)
    assert (done["outcome"], done["applying"]) == ("completed", None)
    assert written(world, request) == {each["id"]: 1 for each in students}
    for each in world["registrar"].items("/students", **{"class": FIELDS["new_class"], "limit": 200}):
        assert each["openRequest"] is None
    assert {each["id"] for each in students} <= {each["id"] for each in world["registrar"].items("/students", **{"class": FIELDS["new_class"], "limit": 200})}
    world.verify_audit()


def test_who_can_be_helped_beside_it(private_world):
    """While the end is carried out nobody else acts on it, and others' business goes on."""
    world = private_world(simulator=False)
    students, request = begun(world)
    act(world["head"], request, "approve")
    other = next(each for each in world["registrar2"].items("/students", status="in_school", limit=200) if not each["openRequest"])
    body = {"workflow": "class-change", "student": other["id"], "fields": FIELDS, "submit": True}
    beside = world["registrar2"].post("/requests", body, expect=201, key=new_key()).json()
    assert beside["subjectCount"] == 1
    assert completed(world, request)["subjectCount"] == len(students)
