"""Pupils who were taken in without a student number get their first: L or J, each once, however many are decided at once (FAQ 5)."""
from concurrent.futures import ThreadPoolExecutor

import pytest

from support.client import problem
from support.journey import act, history, now, open_request
from support.program import ROOT, wait_until
from test_deploy import deploy
from test_import import SCHOOL, id_number, run

BUSINESS = "first-number"
HEADINGS = "school,name,grade,class,id_number,sex,birth_date,number\n"
J_NUMBERS = 500


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    from conftest import World
    made = World(tmp_path_factory.mktemp("first-number"), simulator=False)
    deploy(made, ROOT / "tests" / "routes" / f"{BUSINESS}.yaml")
    wait_until(lambda: made["registrar"].get(f"/workflows/{BUSINESS}", expect=None).status_code == 200, "the business to be taken up", 20)
    yield made
    made.verify_audit()
    made.close()


def taken_in(world, name_of_class, rows):
    """Their ids, by the roster of a class."""
    done = run(world, HEADINGS + "".join(f"{SCHOOL},{name},3,{name_of_class},{rest}\n" for name, rest in rows))
    assert done.returncode == 0, done.stdout + done.stderr
    return [each["id"] for each in world["registrar"].items("/students", limit=200, **{"class": name_of_class})]


def names(count):
    return ["陈" + chr(ord("一") + place) for place in range(count)]


def filed(world, student):
    return open_request(world["registrar"], student, {"statement": "建籍时未编号"}, [], BUSINESS)


def numbers(world, student):
    return [each["number"] for each in world["registrar"].items(f"/students/{student}/numbers")]


def test_thirty_at_once_get_thirty_l_numbers_that_are_no_id_numbers(world):
    count = 30
    pupils = taken_in(world, "补号班", [(name, id_number("11010120150901", f"{2 * place + 101:03}") + ",,,") for place, name in enumerate(names(count))])
    assert len(pupils) == count and not any(numbers(world, each) for each in pupils)
    requests = [filed(world, each) for each in pupils]
    with ThreadPoolExecutor(10) as at_once:
        ended = list(at_once.map(lambda request: act(world["county"], request, "approve"), requests))
    assert {(each["state"]["key"], each["outcome"]) for each in ended} == {("completed_with_l", "completed")}
    given = [number for each in pupils for number in numbers(world, each)]
    assert len(given) == len(set(given)) == count
    for number in given:
        assert number[0] == "L" and number[7:15] == "20150901" and int(number[17]) % 2 == 1
        assert id_number(number[1:15], number[15:18]) != number[1:]
    last = history(world["registrar"], ended[0])[-1]
    assert [(each["field"], each["old"], each["new"]) for each in last["changes"]] == [("number.state", "", numbers(world, ended[0]["student"]["id"])[0] + " current")]
    assert world["registrar"].found("/students", number=given[0])[0]["id"] == pupils[[numbers(world, each)[0] for each in pupils].index(given[0])]
    problem(open_request(world["registrar"], pupils[0], {"statement": "再编"}, [], BUSINESS, expect=409), 409, "status-not-eligible")


def test_without_an_id_number_it_is_j_until_none_is_left(world):
    first, = taken_in(world, "无证班", [("李无证", ",female,2014-02-28,")])
    given, = numbers(world, act(world["county"], filed(world, first), "approve")["student"]["id"])
    assert given[0] == "J" and given[7:15] == "20140228" and given[15:18] == "002" and id_number(given[1:15], "002") == given[1:]

    serials = [f"{(2 * place + 2) % 1000:03}" for place in range(1, J_NUMBERS)]
    taken_in(world, "满号班", [(name, f",female,2014-02-28,J{id_number(given[1:15], serial)}") for name, serial in zip(names(J_NUMBERS), serials)])
    last, = taken_in(world, "无号班", [("王无号", ",female,2014-02-28,")])
    request = filed(world, last)
    told = problem(act(world["county"], request, "approve", expect=409), 409, "numbers-exhausted")
    assert "No student number is left" in told["detail"]
    request = now(world["county"], request)
    assert request["state"]["key"] == "county_review" and numbers(world, last) == []
    assert act(world["county"], request, "reject", comment="号段已用尽，另行报告")["outcome"] == "rejected"
