"""A province's own file of a business: who opens it names the key, and the server takes the file that applies."""
import pathlib
import shutil
import subprocess

import pytest

from support import program
from support.client import problem
from support.journey import NAME_CHANGE, act, now, open_request
from support.program import wait_until
from support.shipped import SHIPPED, VERSION, without_migration
from test_pinned import FIELDS, deploy

ROOT = pathlib.Path(__file__).parents[2]
NATIONAL, HERE = "registrar", "registrar-2144000011"


def variant(name, applies, version=1, *changes):
    """The shipped file as that variant, without a way over from other versions."""
    text = without_migration()
    text = text.replace(f"version: {VERSION}", f"variant: {name}\nversion: {version}\napplies: {applies}", 1)
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


GUANGDONG = '{place: student.school, provinces: ["440000"]}'
PRIMARY = '{place: student.school, provinces: ["440000"], stages: [primary]}'
TITLE = "title: {zh: 关键信息变更, en: Change of name or ID number}"
OWN_TITLE = (TITLE, "title: {zh: 关键信息变更（广东）, en: Change in Guangdong}")


@pytest.fixture
def world(private_world, tmp_path):
    workflows = tmp_path / "workflows"
    workflows.mkdir()
    for definition in (ROOT / "workflows").glob("*.yaml"):
        if ".scenario." not in definition.name:
            shutil.copy(definition, workflows)
    (workflows / "guangdong.yaml").write_text(variant("guangdong", GUANGDONG, 1, OWN_TITLE), encoding="utf-8")
    calendar = str(ROOT / "config" / "calendar.yaml")
    return private_world(environment={"XUEJI_WORKFLOWS_DIRECTORY": str(workflows), "XUEJI_WORKFLOWS_CALENDAR": calendar})


def free_student(world, registrar):
    taken = {example.get("student") for example in world.demo["examples"]}
    return next(s for s in world[registrar].items("/students", status="in_school", limit=200)
                if s["openRequest"] is None and s["id"] not in taken)


def known_deploy(world, folder, name, applies, version, *changes):
    """Deploys that variant, and waits until the server knows it."""
    deploy(world, folder, variant(name, applies, version, *changes))
    wait_until(lambda: any((each["key"], each["variant"], each["version"]) == (NAME_CHANGE, name, version)
                           for each in world["admin"].items("/definitions")), f"version {version} of {name} to be known")


def opened(world, registrar):
    return open_request(world[registrar], free_student(world, registrar)["id"], FIELDS)["workflow"]


def test_the_file_that_applies_is_opened(world):
    assert (opened(world, NATIONAL)["variant"], opened(world, NATIONAL)["version"]) == ("", VERSION)
    here = opened(world, HERE)
    assert (here["key"], here["variant"], here["version"], here["title"]) == (NAME_CHANGE, "guangdong", 1, "Change in Guangdong")


def test_each_is_offered_what_applies(world):
    assert [each["variant"] for each in world[NATIONAL].items("/workflows") if each["key"] == NAME_CHANGE] == [""]
    assert [each["variant"] for each in world[HERE].items("/workflows") if each["key"] == NAME_CHANGE] == ["", "guangdong"]
    student = free_student(world, HERE)["id"]
    of_student = world[HERE].items("/workflows", student=student)
    assert [each["variant"] for each in of_student if each["key"] == NAME_CHANGE] == ["guangdong"]
    assert world[HERE].get(f"/workflows/{NAME_CHANGE}").json()["variant"] == ""
    assert world[HERE].get(f"/workflows/{NAME_CHANGE}", params={"student": student}).json()["variant"] == "guangdong"
    assert world[HERE].get(f"/workflows/{NAME_CHANGE}", params={"variant": "guangdong"}).json()["title"] == "Change in Guangdong"
    problem(world[HERE].get(f"/workflows/{NAME_CHANGE}", params={"variant": "henan"}, expect=404), 404, "not-found")


def test_administrators_see_each_with_its_own_versions_and_picture(world):
    admin = world["admin"]
    found = [(each["variant"], each["version"], each["current"]) for each in admin.items("/definitions") if each["key"] == NAME_CHANGE]
    assert found == [("", VERSION, True), ("guangdong", 1, True)]
    national = admin.get(f"/definitions/{NAME_CHANGE}/{VERSION}/diagram").text
    own = admin.get(f"/definitions/{NAME_CHANGE}/1/diagram", params={"variant": "guangdong"}).text
    assert own.startswith("<svg") or "<svg" in own
    assert own != national
    problem(admin.get(f"/definitions/{NAME_CHANGE}/1/diagram", expect=404), 404, "not-found")
    rows = [row for row in admin.items("/statistics") if row["workflow"]["key"] == NAME_CHANGE]
    assert {row["workflow"]["title"] for row in rows} == {"Change of name or ID number"}


def test_a_version_of_a_variant_moves_its_own_requests(world, tmp_path):
    elsewhere = open_request(world[NATIONAL], free_student(world, NATIONAL)["id"], FIELDS)
    here = open_request(world[HERE], free_student(world, HERE)["id"], FIELDS)
    migrate = "migrate:\n  - from: 1\n    otherwise: same state\n"
    told = deploy(world, tmp_path, variant("guangdong", GUANGDONG, 2, OWN_TITLE) + migrate)
    assert f"version 2 of {NAME_CHANGE} (guangdong) is deployed" in told
    assert (now(world[HERE], here)["workflow"]["variant"], now(world[HERE], here)["workflow"]["version"]) == ("guangdong", 2)
    assert now(world[NATIONAL], elsewhere)["workflow"]["variant"] == ""
    act(world["head-2144000011"], now(world[HERE], here), "approve")


def test_a_narrower_variant_goes_before_a_wider_one_and_a_retired_one_gives_its_place_back(world, tmp_path):
    known_deploy(world, tmp_path, "guangdong-primary", PRIMARY, 1)
    assert opened(world, HERE)["variant"] == "guangdong-primary"
    retired = ("version: 2\n", "version: 2\nretired: true\n")
    known_deploy(world, tmp_path, "guangdong-primary", PRIMARY, 2, retired)
    assert opened(world, HERE)["variant"] == "guangdong"
    known_deploy(world, tmp_path, "guangdong", GUANGDONG, 2, OWN_TITLE, retired)
    assert opened(world, HERE)["variant"] == ""
    world.restart()
    assert opened(world, HERE)["variant"] == ""


def test_two_that_could_apply_alike_are_not_deployed(world, tmp_path):
    known_deploy(world, tmp_path, "south", '{place: student.school, provinces: ["440000", "450000"]}', 1)
    deploy(world, tmp_path, variant("pearl-river", GUANGDONG), expect=1)
    assert opened(world, HERE)["variant"] == "guangdong"


WINDOWS = """  sichuan:
    open: [{from: %s, until: 07-01}]
    reason: {zh: 四川暂停发起转学, en: Sichuan has paused}
    source: a test
"""


@pytest.mark.parametrize("opens", ["09-01", "08-10"])
def test_a_province_begins_within_the_national_window(tmp_path, opens):
    calendar = (ROOT / "config" / "calendar.yaml").read_text(encoding="utf-8").replace("windows:\n", "windows:\n" + WINDOWS % opens, 1)
    (tmp_path / "calendar.yaml").write_text(calendar, encoding="utf-8")
    for name in ("transfer", "transfer-sichuan", "return"):
        text = (ROOT / "workflows" / f"{name}.yaml").read_text(encoding="utf-8")
        (tmp_path / f"{name}.yaml").write_text(text.replace("window: [transfer,", "window: [sichuan,") if "variant:" in text else text, encoding="utf-8")
    line = 1 + (tmp_path / "transfer-sichuan.yaml").read_text(encoding="utf-8").split("window: [sichuan")[0].count("\n")
    checked = subprocess.run([program.program(), "check", str(tmp_path)], capture_output=True, text=True, timeout=120)
    refused = f"transfer-sichuan.yaml:{line}:12: error: the variant `sichuan` of `transfer` could be begun on 08-10, by its window `sichuan`, " \
              "when the national window `transfer` is closed until 08-15"
    assert (checked.returncode, refused in checked.stderr) == ((1, True) if opens == "08-10" else (0, False)), checked.stderr
