"""What kind of number a pupil has changes no answer (FAQ 5, 6): every story of every definition is told again of pupils
with a G number that is the ID number, with another G number, with L and with J. Nothing here names a business, so one that
is added is tried too; only what retires a number, which is for G alone (FAQ 8), keeps the kind that its story names, and what gives a number is
about the kind and told by its own stories alone."""
import itertools
import json
import re
import shutil
import subprocess

import pytest
import yaml

from support.program import ROOT, program

FOLDERS = [ROOT / each for each in ("workflows", "docs/tutorial", "tests/mutation/businesses", "tests/routes")]
ID_NUMBER = "110105201709010016"
KINDS = ("G of the ID number", "another G", "L", "J")


def number(kind, order):
    digits = f"21010320170901{order:03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return kind + digits + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(digits, weights)) % 11]


def is_story(file):
    return file.name.endswith(".scenario.yaml")


def read(text):
    return yaml.load(text, Loader=yaml.BaseLoader)


def stories_of(definition):
    return sorted(definition.parent.glob(f"{definition.stem}.*.scenario.yaml"))


def definitions(folder):
    return [file for file in sorted(folder.glob("*.yaml")) if not is_story(file)]


def effects_of(definition):
    states = read(definition.read_text())["states"].values()
    return [effect for state in states for effect in state.get("effects", ())]


def waits_for(definition):
    """The businesses for whose end it waits."""
    return {state["request"]["definition"] for state in read(definition.read_text())["states"].values() if "request" in state}


def retires_a_number(definition):
    """Itself, or a business that it waits for."""
    files = [file for folder in FOLDERS for file in definitions(folder)]
    awaited = [file for file in files if read(file.read_text())["key"] in waits_for(definition)]
    return "retire_number" in effects_of(definition) or any(retires_a_number(each) for each in awaited)


def gives_a_number(definition):
    return any("give_number" in effect for effect in effects_of(definition))


def told_anew(text, kind, keeps_kinds):
    """The story with its pupil's numbers replaced, here and wherever it names them."""
    node = yaml.compose(text, Loader=yaml.BaseLoader)
    given = next(value for key, value in node.value if key.value == "given")
    name, place = next((key.value, value) for key, value in given.value if key.value in ("student", "students"))
    before, after = text[:place.start_mark.index], text[place.end_mark.index:]
    pupils = read(text)["given"][name]
    orders = itertools.count()
    for pupil in pupils if name == "students" else [pupils]:
        if kind not in ("L", "J") and "id_number" not in after and name == "student":
            pupil.setdefault("id_number", ID_NUMBER)
        old = pupil.get("numbers") or [""]
        letters = [was[0] if keeps_kinds else kind if kind in ("L", "J") else "G" for was in old]
        new = [number(letter, next(orders)) for letter in letters]
        if kind == KINDS[0] and "id_number" in pupil and "G" in letters:
            new[letters.index("G")] = "G" + pupil["id_number"]
        pupil["numbers"] = new
        for was, now in zip(old, new):
            after = re.sub(was, now, after, flags=re.IGNORECASE) if was else after
    line_end = "\n" if text[:place.end_mark.index].endswith("\n") else ""
    return before + json.dumps(pupils, ensure_ascii=False) + line_end + after


def tell(source, folder, kind):
    """Runs the stories of a folder's definitions, told anew in another; the exit status, what the program says, how many
    stories each definition has."""
    folder.mkdir()
    told = {}
    for definition in definitions(source):
        retires = retires_a_number(definition)
        if not (retires and kind in ("L", "J")) and not gives_a_number(definition):
            shutil.copy(definition, folder)
            told[definition.stem] = stories_of(definition)
            for story in told[definition.stem]:
                (folder / story.name).write_text(told_anew(story.read_text(), kind, retires))
    done = subprocess.run([program(), "test", str(folder), "--calendar", str(ROOT / "config" / "calendar.yaml")],
                          capture_output=True, text=True, timeout=300)
    return done.returncode, done.stdout + done.stderr, {key: len(stories) for key, stories in told.items()}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("source", FOLDERS, ids=lambda folder: folder.name)
def test_every_business_gives_the_same_answers_whatever_number_a_pupil_has(tmp_path, source, kind):
    status, said, stories = tell(source, tmp_path / "told", kind)
    assert status == 0, said
    assert stories and all(stories.values()), stories
    assert said.count("\nok ") == sum(stories.values()), said


ASKS_FOR_THE_KIND = """\
format: 2
key: asks
version: 1
title: {zh: 询问号码类别, en: Asks for the kind}
source: FAQ 5
subject: student
open: {by: registrar at student.school}
fields:
  number: {type: student_number, required: true, title: {zh: 学籍号, en: Number}}
require:
  - rule: number in student.%s
    else: {zh: 不是该生的学籍号, en: Not the pupil's number}
states:
  draft:
    draft: registrar at student.school
    title: {zh: 填报, en: Draft}
    actions:
      submit: {to: completed}
      discard: {to: withdrawn}
  completed: {end: completed, title: {zh: 办结, en: Completed}}
  withdrawn: {end: withdrawn, title: {zh: 已撤回, en: Withdrawn}}
"""
STORY = """\
scenario: {zh: 填写学籍号, en: The number is given}
given:
  school: 第一小学 under 东城区 under 北京市
  student: {name: 张三, numbers: [%s]}
steps:
  - {who: registrar, does: open, submit: true, fields: {number: %s}}
then: {outcome: completed}
"""


@pytest.mark.parametrize("which, refused", [("current_numbers", set()), ("current_g_numbers", {"L", "J"})])
def test_a_business_that_asks_for_the_kind_would_be_found(tmp_path, which, refused):
    written = tmp_path / "written"
    written.mkdir()
    (written / "asks.yaml").write_text(ASKS_FOR_THE_KIND % which)
    (written / "asks.story.scenario.yaml").write_text(STORY % (number("G", 1), number("G", 1).lower()))
    outcomes = {kind: tell(written, tmp_path / f"told {kind}", kind) for kind in KINDS}
    assert {kind for kind, (status, *_) in outcomes.items() if status} == refused, outcomes
