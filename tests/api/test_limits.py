"""Back-pressure, and windows that are closed: servers configured to reach them."""
import datetime
import shutil

from conftest import Supply
from support import client as api
from support.client import new_key, problem
from support.journey import NAME_CHANGE, act, open_request, scans
from support.program import ROOT, wait_until
from support.shipped import in_season
from test_idempotency import at_once, connections

FIELDS = {"new_name": "欧阳界限", "ground": "register_changed", "reason": "户口簿更正"}


def test_a_full_pipeline_asks_to_come_again(private_world):
    world = private_world(environment={"XUEJI_PIPELINE_QUEUE_MAX": "1", "XUEJI_PIPELINE_BATCH_MAX": "1"}, simulator=False)
    registrar, head = world["registrar"], world["head"]
    request = open_request(registrar, Supply(world).student()["id"], FIELDS)
    clients = connections(head, 24)

    def overflowed():
        version = head.get(f"/requests/{request['id']}").json()["version"]
        answers = at_once([
            lambda c=c: c.post(f"/requests/{request['id']}/actions/comment", {"comment": "满"}, key=new_key(), version=version) for c in clients])
        return [answer for answer in answers if answer.status_code == 503]

    refused = wait_until(overflowed, "the queue to be full", seconds=60, pause=0)
    problem(refused[0], 503, "busy")
    assert int(refused[0].headers["Retry-After"]) >= 1
    act(head, head.get(f"/requests/{request['id']}").json(), "approve")


def seasonal(tmp_path, close=""):
    """The environment of a server whose business `seasonal-change` opens half a year from now, for 30 days; and the day."""
    workflows = tmp_path / "workflows"
    workflows.mkdir()
    for definition in (ROOT / "workflows").glob("*.yaml"):
        if ".scenario." not in definition.name:
            shutil.copy(definition, workflows)
    (workflows / "seasonal-change.yaml").write_text(in_season("seasonal-change", close), encoding="utf-8")
    opens = datetime.date.today() + datetime.timedelta(days=180)
    closes = opens + datetime.timedelta(days=30)
    calendar = tmp_path / "calendar.yaml"
    window = (f"  seasonal:\n    open: [{{from: {opens:%m-%d}, until: {closes:%m-%d}}}]\n"
              "    reason: {zh: 尚未到办理时间, en: It is not the season}\n    source: a test\n")
    calendar.write_text((ROOT / "config" / "calendar.yaml").read_text().replace("windows:\n", "windows:\n" + window, 1))
    return {"XUEJI_WORKFLOWS_DIRECTORY": str(workflows), "XUEJI_WORKFLOWS_CALENDAR": str(calendar)}, opens


def test_a_business_outside_its_window(private_world, tmp_path):
    environment, opens = seasonal(tmp_path)
    world = private_world(environment=environment, simulator=False)
    registrar = world["registrar"]
    shown = next(w for w in registrar.items("/workflows") if w["key"] == "seasonal-change")
    assert shown["open"]["now"] is False and shown["open"]["from"] and shown["open"]["reason"]
    body = problem(open_request(registrar, Supply(world).student()["id"], FIELDS, workflow="seasonal-change", expect=409), 409, "window-closed")
    assert str(opens.year) in body["detail"]
    assert next(w for w in registrar.items("/workflows") if w["key"] == NAME_CHANGE)["open"]["now"] is True
