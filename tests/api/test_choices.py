"""A choice in a business: its ways, the path and the steps that lead through it, and what the history says of it."""
import pytest

from conftest import Supply
from support.journey import act, history, now, open_request
from support.program import ROOT, wait_until
from test_deploy import deploy

BUSINESS = "suspension-by-stage"
ILLNESS = 'ground == "illness"'


@pytest.fixture
def world(private_world):
    made = private_world()
    deploy(made, ROOT / "tests" / "routes" / f"{BUSINESS}.yaml")
    wait_until(lambda: made["registrar"].get(f"/workflows/{BUSINESS}", expect=None).status_code == 200, "the business to be taken up", 20)
    return made


def keys(states):
    return [state["key"] for state in states]


def test_where_a_choice_leads_is_shown_before_and_told_afterwards(world):
    registrar = world["registrar"]
    workflow = registrar.get(f"/workflows/{BUSINESS}").json()
    choice = next(state for state in workflow["states"] if state["key"] == "which_office")
    assert choice["kind"] == "choice" and choice["title"] == "Which office" and "by" not in choice
    assert [way["to"] for way in choice["ways"]] == ["prefecture_approval", "county_registration", "county_approval"]
    assert [way.get("when") for way in choice["ways"]][1:] == [ILLNESS, None]
    assert workflow["path"] == ["draft", "head_review", "prefecture_approval", "prefecture_notice", "completed"]

    pupil = Supply(world).student()
    request = open_request(registrar, pupil["id"], {"ground": "illness"}, [], BUSINESS)
    ahead = ["draft", "head_review", "county_registration", "completed"]
    assert keys(request["steps"]) == ahead
    own = registrar.get(f"/requests/{request['id']}/workflow").json()
    assert own["path"] == ahead
    assert next(state for state in own["states"] if state["key"] == "which_office").get("holder") is None

    registered = act(world["head"], now(world["head"], request), "approve")
    assert registered["state"]["key"] == "county_registration"
    assert keys(registered["steps"]) == ahead
    approved, chosen = history(registrar, request)[-2:]
    assert (approved["action"], approved["from"], approved["to"]) == ("approve", "head_review", "which_office")
    assert (chosen["action"], chosen["from"], chosen["to"]) == ("chosen", "which_office", "county_registration")
    assert (chosen["by"], chosen["comment"], chosen["actionTitle"]) == ("system", ILLNESS, "Way chosen by condition")
    svg = registrar.get(f"/requests/{request['id']}/diagram").text
    assert 'data-kind="choice"' in svg and 'data-event="chosen"' in svg
    world.verify_audit()
