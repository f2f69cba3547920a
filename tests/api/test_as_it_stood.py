"""Of a pupil who has gone to another school nobody there learns anything later, by whatever way they look."""
import pytest

from support.administration import account
from support.client import problem, sign_in
from support.journey import act, knowledge, now, open_request, scans, wait_for_state
from test_two_schools import FIELDS, RECEIVING, RECEIVING_AUTHORITY, RECEIVING_HEAD, find, papers, transfer


def go_over(world, pupil):
    request = transfer(world, pupil)
    for who in (RECEIVING_HEAD, RECEIVING_AUTHORITY, "head", "county-approver"):
        request = act(world[who], now(world[who], request), "approve")
    assert request["outcome"] == "completed"
    return request


@pytest.fixture(scope="module")
def renamed(world, supply):
    """A pupil with an ended request of the first school, who goes over and is renamed at the other school."""
    example = supply.clear("new_name")
    registrar = world["registrar"]
    pupil = registrar.get("/students/" + example["student"]).json()
    earlier = act(registrar, open_request(registrar, pupil["id"], {"new_name": pupil["name"] + "安", "ground": "other", "reason": "更名"}, submit=False), "discard")
    another = world["registrar-2144000014"]
    draft = open_request(another, another.post("/students/find", knowledge(pupil), expect=200).json()["handle"],
                         FIELDS, papers(another), workflow="transfer", submit=False)
    moved = go_over(world, pupil)
    receiving = world[RECEIVING]
    fields = {**example["fields"], "ground": "register_changed", "reason": "户口登记已变更"}
    change = open_request(receiving, pupil["id"], fields, scans(receiving))
    for who in (RECEIVING_HEAD, "county2", RECEIVING_AUTHORITY):
        change = act(world[who], now(world[who], change), "approve")
    wait_for_state(receiving, change, "completed")
    return {"pupil": pupil, "name": example["fields"]["new_name"], "earlier": earlier, "moved": moved, "draft": draft, "change": change}


def test_notifications_keep_the_name_that_the_request_shows(world, renamed):
    for who in ("registrar", "head"):
        texts = [each["text"] for each in world[who].items("/notifications", limit=200) if each["request"] == renamed["moved"]["id"]]
        assert texts and all(renamed["pupil"]["name"] in text and renamed["name"] not in text for text in texts), who
    texts = [each["text"] for each in world[RECEIVING].items("/notifications", limit=200) if each["request"] == renamed["change"]["id"]]
    assert texts and all(renamed["name"] in text for text in texts)


def test_the_sending_side_finds_nothing_by_what_came_later(world, renamed):
    name, ids = renamed["name"], {renamed["moved"]["id"], renamed["earlier"]["id"]}
    for who in ("registrar", "head", "county"):
        for sought in (name, name[-2:]):
            found = {each["id"] for each in world[who].found("/requests", q=sought)}
            assert not found & ids, (who, sought)
            assert world[who].post("/requests/search", {"q": sought, "count": True}).json()["count"] == len(found)
            exported = world[who].post("/exports/requests.csv", {"q": sought}).text
            assert renamed["pupil"]["name"] not in exported, (who, sought)
    assert renamed["moved"]["id"] in {each["id"] for each in world[RECEIVING].found("/requests", q=name)}


def test_a_draft_says_no_more_than_what_was_found(world, renamed):
    another = world["registrar-2144000014"]
    student = another.get(f"/requests/{renamed['draft']['id']}").json()["student"]
    assert student["school"] == renamed["pupil"]["school"] and student["name"] == renamed["pupil"]["name"]
    assert renamed["draft"]["id"] not in {each["id"] for each in another.found("/requests", q=renamed["name"])}
    tasks = {each["request"]: each for each in another.items("/tasks", limit=200)}
    assert renamed["name"] not in str(tasks[renamed["draft"]["id"]])


def test_the_sending_school_keeps_its_earlier_requests_whole(world, renamed):
    for who in ("registrar", "county"):
        student = world[who].get(f"/requests/{renamed['earlier']['id']}").json()["student"]
        assert student["class"] == renamed["pupil"]["class"] and student["idNumber"] == renamed["pupil"]["idNumber"], who
        assert student["name"] == renamed["pupil"]["name"] and student["school"] == renamed["pupil"]["school"]
        over = world[who].get(f"/requests/{renamed['moved']['id']}").json()["student"]
        assert over["class"] is None and over["idNumber"].endswith("*" * 12), who


def test_later_changes_cannot_be_counted(world, renamed):
    kept, over = (world[who].get(f"/requests/{renamed['moved']['id']}").json()["student"]["version"] for who in ("registrar", RECEIVING))
    assert kept == over < world[RECEIVING].get("/students/" + renamed["pupil"]["id"]).json()["version"]


def test_a_number_that_is_masked_finds_nobody(world, supply):
    pupil = world["registrar"].get("/students/" + supply.student(with_id_number=True)["id"]).json()
    request = transfer(world, pupil)
    for who in (RECEIVING, RECEIVING_HEAD, RECEIVING_AUTHORITY):
        for number in (pupil["idNumber"], pupil["idNumber"][-4:], pupil["numbers"][0]["number"]):
            assert request["id"] not in {each["id"] for each in world[who].found("/requests", q=number)}, (who, number)
            assert request["id"] not in {each["request"] for each in world[who].found("/tasks", q=number)}, (who, number)
        assert request["id"] in {each["id"] for each in world[who].found("/requests", q=pupil["name"])}, who
    assert request["id"] in {each["request"] for each in world[RECEIVING_HEAD].found("/tasks", q=pupil["name"])}
    for number in (pupil["idNumber"], pupil["idNumber"][-4:]):
        assert request["id"] in {each["id"] for each in world["registrar"].found("/requests", q=number)}
    act(world[RECEIVING], now(world[RECEIVING], request), "withdraw")


def test_the_hash_of_a_form_tells_nobody_a_value_that_is_kept_from_them(world, supply):
    pupil = world["registrar"].get("/students/" + supply.student()["id"]).json()
    request = transfer(world, pupil)
    for who, told in ((RECEIVING, False), (RECEIVING_AUTHORITY, False), ("registrar", True), ("county", True)):
        submission = world[who].items(f"/requests/{request['id']}/submissions")[0]
        entry = world[who].items(f"/requests/{request['id']}/history")[-1]
        assert [bool(each["formSha256"]) for each in (submission, entry["submission"])] == [told, told], who
        assert submission["evidenceSha256"]
    act(world[RECEIVING], now(world[RECEIVING], request), "withdraw")


def test_nobody_without_a_post_looks_for_pupils(world, supply, tmp_path):
    pupil = world["registrar"].get("/students/" + supply.student()["id"]).json()
    password = tmp_path / "password"
    password.write_text("quite a long one\n")
    account(world, "add", "nopost", "--name", "无岗位", "--password-file", str(password))
    client = sign_in(world.url, "nopost", "quite a long one")
    problem(client.post("/students/find", knowledge(pupil)), 403, "not-allowed")


def test_no_act_on_a_draft_tells_where_the_pupil_is_now(world, renamed):
    """By a comment a day a school could follow a child who is none of theirs."""
    another, draft = world["registrar-2144000014"], renamed["draft"]
    for action, body in (("comment", {"comment": "待家长补材料"}), ("discard", {})):
        answered = act(another, now(another, draft), action, **body)
        for shown in (answered, now(another, draft)):
            assert shown["student"]["school"] == renamed["pupil"]["school"], action
            assert shown["student"]["name"] == renamed["pupil"]["name"], action
        assert renamed["name"] not in str(another.items("/tasks", limit=200)), action
        assert renamed["name"] not in str(another.items("/requests", limit=200)), action
        for who in ("registrar-2144000014", "county2"):
            assert draft["id"] not in {each["id"] for each in world[who].found("/requests", q=renamed["name"])}, (who, action)
