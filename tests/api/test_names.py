"""Names are kept as given; what looks like another character is told with the one that was meant."""
import unicodedata

import pytest

from support.client import problem
from support.journey import now, open_request


def filed(registrar, supply, name, **options):
    return open_request(registrar, supply.student()["id"], {"new_name": name, "ground": "register_changed", "reason": "更正"}, **options)


@pytest.mark.parametrize("name, meant", [
    ("\uf9dc平", "隆平"), ("Ｌｉ", "Li"), ("阿依古丽•买买提", "阿依古丽·买买提"), ("司马\uff65光", "司马·光"),
    ("唐\u1427一三", "唐·一三"), ("张\u3164三", "张三"), ("张\uffa0三", "张三"), ("张\u1160三", "张三"), ("张\u034f三", "张三"), ("张\u17b4三", "张三"),
    ("张O三", "张〇三"), ("\u0410nna", "Anna"), ("\U0001d400nna", "Anna"), ("\ufb01ona", "fiona"), ("阿卜·", "阿卜"), ("-Anna", "Anna")])
def test_a_look_alike_is_kept_and_told(supply, registrar, county, name, meant):
    request = filed(registrar, supply, name)
    assert request["fields"]["new_name"] == name
    assert request["warnings"] == [{"pointer": "/fields/new_name", "meant": meant}]
    assert now(county, request)["warnings"] == request["warnings"], "the officer is told too"
    assert "warnings" not in registrar.items("/requests", student=request["student"]["id"])[0]


@pytest.mark.parametrize("name", ["张\U0002ebf0", "张\U000323b0", "𠮷野", "买买提·阿不都热依木", "辻\U000e0100", "Анна", "O'Connor", "张Otto"])
def test_rare_and_new_characters_are_no_look_alikes(supply, registrar, name):
    assert filed(registrar, supply, name)["warnings"] == []


@pytest.mark.parametrize("name, words", [
    ("⼀平", "一 (U+4E00)"), ("张\ue000", "U+E000"), ("张\U0003fffd", "U+3FFFD"), ("张\u200b三", "U+200B"), ("张\u0007", ""), ("⺀平", "U+2E80"),
    ("阿.卜", "· (U+00B7)"), ("阿\u22c5卜", "· (U+00B7)"), ("阿。卜", "· (U+00B7)"), ("阿\uff0d卜", "- (U+002D)"), ("Anne—Marie", "- (U+002D)"),
    ("O\uff07Connor", "' (U+0027)"), ("Anna\u00a0Maria", "a space (U+0020)"), ("张○三", "〇 (U+3007)")])
def test_what_is_no_character_of_names_is_refused_with_what_was_meant(supply, registrar, name, words):
    answer = filed(registrar, supply, name, expect=422)
    (error,) = problem(answer, 422, "validation")["errors"]
    assert error["pointer"] == "/fields/new_name" and words in error["message"]


@pytest.mark.parametrize("name", ["·\u3164·", "·\u3164", "\uffa0·\uffa0", "·\u1427·"])
def test_a_name_in_which_nothing_is_seen_is_refused(supply, registrar, name):
    (error,) = problem(filed(registrar, supply, name, expect=422), 422, "validation")["errors"]
    assert error == {**error, "pointer": "/fields/new_name", "message": "A name holds at least one letter or ideograph"}


def test_an_account_has_a_name_that_people_see(world):
    admin = world["admin"]
    for name in ("\u3164", "·\u3164"):
        answer = admin.post("/accounts", {"username": "unseen", "name": name, "password": "long enough to be one", "posts": []}, expect=422)
        assert "/name" in [error["pointer"] for error in problem(answer, 422, "validation")["errors"]], name


def test_a_lone_half_of_a_character_is_no_json(supply, registrar):
    body = f'{{"workflow": "key-information-change", "student": "{supply.student()["id"]}", "fields": {{"new_name": "\\ud842"}}, "evidence": []}}'
    answer = registrar.call("POST", "/requests", data=body.encode(), key="half", headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)


def test_the_page_gets_the_table_that_the_server_asks(world, supply, registrar):
    table = world.anonymous().get("/name-characters").json()
    letters = [range(first, last + 1) for first, last in table["letters"]]
    between = set(table["between"]) | set(table["dots"])

    def may_stand(character):
        return any(ord(character) in each for each in letters) or ord(character) in between

    assert int(table["unicode"].split(".")[0]) >= 16 and table["charactersMax"] == 50
    for code in [*range(0x20, 0x3400), 0x20BB7, *range(0x2EBF0, 0x2EE5E), 0x323B0, 0xE000]:
        character = chr(code)
        if unicodedata.category(character)[0] in "LM":
            assert may_stand(character), f"U+{code:04X}"
    for name, allowed in (("张\U0002ebf0", True), ("张3", False), ("张\u3007", True), ("张⼀", False)):
        assert all(map(may_stand, name)) == allowed
        filed(registrar, supply, name, submit=False, expect=201 if allowed else 422)
    meant = dict(map(tuple, table["lookAlikes"]))
    assert meant[0x2F00] == 0x4E00 and meant[0xF9DC] == 0x9686 and meant[0xFF2C] == ord("L") and meant[0x2022] == 0xB7
