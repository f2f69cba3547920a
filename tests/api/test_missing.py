"""What is missing is said before it hurts, at check, in the server's log and in its health; it stops nothing. A year's
holidays come into the calendar by a command."""
import concurrent.futures
import json
import os
import shutil
import subprocess

import pytest

from support.program import ROOT, faked, program

WORKFLOWS = str(ROOT / "workflows")
YEAR = """format: 1
holidays:
  2027:
    source: made for this test
    free: [2027-01-01..2027-01-03, 2027-10-01..2027-10-07]
    working: [2027-01-09]
"""


pytestmark = pytest.mark.usefixtures("a_program_that_faketime_can_run")


@pytest.fixture
def calendar(tmp_path):
    """A copy of the shipped calendar."""
    return pathlib_copy(ROOT / "config" / "calendar.yaml", tmp_path / "ours.yaml")


def pathlib_copy(source, target):
    shutil.copy(source, target)
    return target


def run(*arguments, at=None, status=0):
    done = subprocess.run([*(faked(at) if at else []), *map(str, arguments)], capture_output=True, text=True, timeout=120,
                          env={**os.environ, "TZ": "UTC"})
    assert done.returncode == status, done.stdout + done.stderr
    return done


def warnings(*arguments, at):
    found = json.loads(run(program(), "check", "--json", *arguments, at=at).stdout)["violations"]
    return [(each["rule"], each["severity"]) for each in found if each["rule"] != "migration-not-proved"]


def add(calendar, file, status=0):
    return run(program(), "calendar", "add", file, "--calendar", calendar, status=status)


def test_check_warns_of_a_year_that_deadlines_reach_and_only_then():
    assert warnings(WORKFLOWS, at="@2026-09-01 04:00:00") == []
    for day in ("@2026-11-28 04:00:00", "@2027-03-01 04:00:00"):
        assert warnings(WORKFLOWS, at=day) == [("year-without-holidays", "warning")]
    told = run(program(), "check", WORKFLOWS, at="@2026-11-28 04:00:00").stderr
    assert "calendar.yaml: warning: year-without-holidays: the calendar " in told and "has no holidays of 2027" in told


def test_the_calendar_is_the_one_that_is_named_or_beside_the_definitions(tmp_path, calendar):
    years = tmp_path / "years.yaml"
    years.write_text(YEAR, encoding="utf-8")
    add(calendar, years)
    assert warnings(WORKFLOWS, "--calendar", calendar, at="@2026-11-28 04:00:00") == []
    folder = tmp_path / "definitions"
    folder.mkdir()
    for file in (ROOT / "workflows").glob("*.yaml"):
        shutil.copy(file, folder)
    assert warnings(folder, at="@2026-11-28 04:00:00") == [("year-without-holidays", "warning")], "the installation's"
    shutil.copy(calendar, folder / "calendar.yaml")
    assert warnings(folder, at="@2026-11-28 04:00:00") == []
    run(program(), "test", folder)
    run(program(), "simulate", folder / "g-number-deletion.yaml", "--requests", "10", "--days", "10")
    run(program(), "check", WORKFLOWS, "--calendar", tmp_path / "missing.yaml", status=1)


def test_without_any_calendar_that_is_said_and_stops_nothing(tmp_path):
    alone = pathlib_copy(program(), tmp_path / "xueji")
    folder = tmp_path / "definitions"
    folder.mkdir()
    for file in (ROOT / "workflows").glob("g-number-deletion*.yaml"):
        shutil.copy(file, folder)
    for command in (("check", folder), ("test", folder), ("simulate", folder / "g-number-deletion.yaml", "--requests", "10", "--days", "10")):
        told = run(alone, *command).stderr
        assert ("g-number-deletion.yaml: warning: calendar-not-found: there is no business calendar: deadlines know weekends and no holidays; "
                "name one by --calendar, or put a calendar.yaml beside the definitions\n") in told, command


def test_a_deadline_without_consequence_and_a_draft_without_an_end_are_warned_of(tmp_path):
    text = (ROOT / "workflows" / "g-number-deletion.yaml").read_text(encoding="utf-8")
    text = text.replace("    overdue: {tell: admin at province of student.school}\n", "", 1)
    text = text.replace("    overdue: {expire: expired}\n", "", 1).replace("  expired: {end: expired, title: {zh: 逾期失效, en: Expired}}\n", "", 1)
    text = text.replace("  - on: expired\n    who: [initiator]\n", "", 1)
    file = tmp_path / "lies.yaml"
    file.write_text(text, encoding="utf-8")
    found = json.loads(run(program(), "check", "--json", file, at="@2026-09-01 04:00:00").stdout)["violations"]
    at = {key: text[:text.index(f"\n  {key}:\n") + 1].count("\n") + 1 for key in ("draft", "province_approval")}
    assert [(each["rule"], each["line"]) for each in found if each["rule"] != "migration-not-proved"] == [
        ("due-without-overdue", at["draft"]), ("draft-without-end", at["draft"]), ("due-without-overdue", at["province_approval"])]
    assert {each["severity"] for each in found} == {"warning"}


def test_the_server_says_what_is_missing_and_is_ready_all_the_same(private_world):
    world = private_world(clock="@2026-12-28 04:00:00")
    chinese, english = (world["admin"].get("/health", headers={"Accept-Language": language}).json()["missing"] for language in ("zh", "en"))
    assert [each["rule"] for each in chinese + english] == ["year-without-holidays"] * 2
    assert "业务日历没有 2027 年的放假安排" in chinese[0]["message"] and "has no holidays of 2027" in english[0]["message"]
    assert "xueji calendar add" in chinese[0]["advice"] and "xueji calendar add" in english[0]["advice"]
    assert "year-without-holidays: the calendar" in (world.folder / "server.log").read_text(encoding="utf-8")
    ready = world.anonymous().get("/readyz").json()
    assert ready["status"] == "ready" and set(ready["checks"]) == {"store", "definitions", "workers"}


def test_a_server_goes_by_the_calendar_that_it_is_given(private_world, tmp_path, calendar):
    years = tmp_path / "years.yaml"
    years.write_text(YEAR, encoding="utf-8")
    add(calendar, years)
    world = private_world(clock="@2026-12-28 04:00:00", options=["--calendar", str(calendar)])
    assert world["admin"].get("/health").json()["missing"] == []


def test_a_year_comes_into_the_calendar_once_and_contradicts_nothing(tmp_path, calendar):
    before = calendar.read_text(encoding="utf-8")
    calendar.chmod(0o640)
    years = tmp_path / "years.yaml"
    years.write_text(YEAR, encoding="utf-8")
    told = add(calendar, years).stdout
    assert told == (f"2027 is added to {calendar}\nA server reads the calendar when it starts: restart it. "
                    "Deadlines that are set already stay as they are.\n")
    after = calendar.read_text(encoding="utf-8")
    assert [line for line in after.splitlines() if line not in before.splitlines()][:2] == ["  2027:", '    source: "made for this test"']
    assert after.replace(after[after.index("  2027:\n"):after.index("\n# The first days of the semesters")], "") == before
    assert calendar.stat().st_mode & 0o777 == 0o640
    assert add(calendar, years).stdout == f"2027 stands in {calendar} already, with the same days\n"
    years.write_text(YEAR.replace("2027-01-09", "2027-01-10"), encoding="utf-8")
    assert (f"{years}:3:3: error: 2027 stands in {calendar} with other days: 2027-01-09, 2027-01-10; correct this file; "
            "where the notice was changed, correct the calendar by hand\n") == add(calendar, years, status=1).stderr
    years.write_text(YEAR.replace("..2027-01-03", "..2026-01-03"), encoding="utf-8")
    assert "does not run from a day to a later one" in add(calendar, years, status=1).stderr
    assert calendar.read_text(encoding="utf-8") == after
    add(calendar, tmp_path / "nothing.yaml", status=2)
    add(tmp_path / "nothing.yaml", years, status=2)
    assert not [each for each in tmp_path.iterdir() if each.name.startswith(".calendar-")]


def test_years_added_at_once_all_come_into_the_calendar(tmp_path, calendar):
    files = []
    for year in range(2027, 2035):
        files.append(tmp_path / f"{year}.yaml")
        files[-1].write_text(f"format: 1\nholidays: {{{year}: {{source: x, free: [{year}-10-01]}}}}\n", encoding="utf-8")
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda file: add(calendar, file), files))
    text = calendar.read_text(encoding="utf-8")
    places = [text.index(f"\n  {year}:\n") for year in range(2024, 2035)]
    assert places == sorted(places)
