"""GET /vocabulary: what the words of answers are called, in the caller's language, from the engine's own tables."""
import json

import pytest

from support.client import problem
from support.program import ROOT

MESSAGES = ROOT / "web" / "ui" / "src" / "messages"
# The browser brings these along, so that a page is whole at once.
KEPT_BY_THE_BROWSER = {"statuses": "status", "sexes": "sex", "grades": "grade", "kinds": "number_kind", "numberStates": "number_state",
                       "outcomes": "outcome", "stages": "stage"}


def words(client, language):
    answer = client.get("/vocabulary", headers={"Accept-Language": language})
    return {name: {word["key"]: word["title"] for word in listed} for name, listed in answer.json().items()}


def test_every_word_is_called_something_in_both_languages(registrar):
    chinese, english = words(registrar, "zh"), words(registrar, "en")
    assert {name: list(listed) for name, listed in chinese.items()} == {name: list(listed) for name, listed in english.items()}
    for listed in [*chinese.values(), *english.values()]:
        assert listed and all(title.strip() for title in listed.values())
    assert (chinese["statuses"]["suspended"], english["statuses"]["suspended"]) == ("休学", "Suspended")
    assert (chinese["members"]["id_number"], english["members"]["id_number"]) == ("身份证件号码", "ID number")
    assert (chinese["actions"]["return"], english["actions"]["claim"]) == ("退回", "Claim")


def test_it_has_every_word_that_answers_may_hold(registrar):
    schemas = registrar.description.document["components"]["schemas"]
    listed = words(registrar, "en")
    assert list(listed["statuses"]) == schemas["Student"]["properties"]["status"]["enum"]
    assert list(listed["roles"]) == schemas["Role"]["enum"]
    assert list(listed["levels"]) == schemas["Office"]["properties"]["level"]["enum"]
    assert list(listed["stages"]) == schemas["Stage"]["enum"]
    assert list(listed["outcomes"]) == schemas["Outcome"]["enum"]
    used = {change["field"] for student in registrar.items("/students", limit=50)[:20]
            for entry in registrar.items(f"/students/{student['id']}/history") for change in entry["changes"]}
    assert used <= set(listed["members"])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_browser_calls_them_the_same(registrar, language):
    kept = json.loads((MESSAGES / language / "common.json").read_text(encoding="utf-8"))
    listed = words(registrar, language)
    for name, message in KEPT_BY_THE_BROWSER.items():
        assert listed[name] == kept[message], name


def test_whoever_has_it_need_not_fetch_it_again(registrar):
    first = registrar.get("/vocabulary", headers={"Accept-Language": "zh"})
    tag = first.headers["ETag"]
    again = registrar.get("/vocabulary", expect=304, headers={"Accept-Language": "zh", "If-None-Match": tag})
    assert again.content == b"" and again.headers["ETag"] == tag
    other = registrar.get("/vocabulary", headers={"Accept-Language": "en", "If-None-Match": tag})
    assert other.headers["ETag"] != tag and "Accept-Language" in other.headers["Vary"]


def test_it_is_for_whoever_is_signed_in(world):
    problem(world.anonymous().get("/vocabulary", expect=401), 401, "unauthenticated")
    problem(world["registrar"].get("/vocabulary", params={"x": "1"}, expect=400), 400, "malformed")
