"""`xueji import` reads rosters as spreadsheets write them, and tells what it can't read by row and column, in both languages."""
import os
import subprocess

import pytest

from conftest import World
from support.journey import open_request
from support.program import ROOT, address_of, program

RESTART = "a server that is running goes on with the offices as they were: restart it\n    正在运行的服务器仍按导入前的单位办理，请重新启动\n"

SCHOOL = "2111000001"  # the registrar's
HEADINGS = "school,name,grade,class,id_number,sex,birth_date\n"


def id_number(first, serial):
    digits = first + serial
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2))) % 11]


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    world = World(tmp_path_factory.mktemp("import"), simulator=False)
    yield world
    world.close()


def run(own, content, name="roster.csv", data=None):
    file = own.folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return subprocess.run([program(), "import", str(file), "--data", str(data or own.server.data)], cwd=ROOT, capture_output=True, text=True, timeout=60,
                          env={**os.environ, "XUEJI_DATABASE": "" if data else address_of(own.server.data)})


def students(own, name_of_class):
    """Whole: the lists mask."""
    registrar = own["registrar"]
    return [registrar.get("/students/" + each["id"]).json() for each in registrar.items("/students", **{"class": name_of_class})]


ENCODINGS = [
    ("UTF-8", "utf-8", ""), ("UTF-8 with mark", "utf-8-sig", ""), ("UTF-16 LE", "utf-16", "UTF-16 (little-endian)"), ("GBK", "gb18030", "GB 18030 (GBK)")]


@pytest.mark.parametrize("serial, encoding, told", [(f"10{n}", encoding, told) for n, (_, encoding, told) in enumerate(ENCODINGS)], ids=[e[0] for e in ENCODINGS])
def test_a_roster_is_read_in_each_encoding(own, serial, encoding, told):
    number = id_number("11010120150901", serial)
    done = run(own, (HEADINGS + f"{SCHOOL},张国强,3,三年级{serial}班,{number}\r\n").encode(encoding))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "imported 0 offices, 1 students" in done.stdout and told in done.stdout
    assert "finds these students at once" in done.stdout and RESTART not in done.stdout
    assert [(each["name"], each["idNumber"]) for each in students(own, f"三年级{serial}班")] == [("张国强", number)]


def test_utf16_big_endian_and_tabs(own):
    number = id_number("11010120150901", "120")
    done = run(own, b"\xfe\xff" + (HEADINGS.replace(",", "\t") + f"{SCHOOL}\t李小红\t3\t大端班\t{number}\n").encode("utf-16-be"), "roster.txt")
    assert done.returncode == 0, done.stdout + done.stderr
    assert [(each["name"], each["idNumber"]) for each in students(own, "大端班")] == [("李小红", number)]


def test_what_keeps_a_spreadsheet_from_reckoning_is_no_part_of_the_number(own):
    numbers = [id_number("11010120150901", f"20{n}") for n in range(5)]
    wide = "".join(chr(ord(c) + 0xFEE0) for c in numbers[3])
    cells = ["\t" + numbers[0], "'" + numbers[1], f'"=""{numbers[2]}"""', wide, numbers[4].lower()]
    done = run(own, HEADINGS + "".join(f"'{SCHOOL},王芳,３,号码班,{cell}\n" for cell in cells))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "cells with numbers or dates are read as what they plainly mean" in done.stdout and "按其本意读取" in done.stdout
    assert sorted(each["idNumber"] for each in students(own, "号码班")) == sorted(numbers) and {each["grade"] for each in students(own, "号码班")} == {"3"}
    assert not any(number in done.stdout + done.stderr for number in numbers), "numbers stand in no output"


def test_dates_as_spreadsheets_write_them(own):
    dates = ["2015/9/1", "2015-9-1", "2015-09-01", "2015年9月1日", "20150901", "2015/9/1 0:00"]
    done = run(own, HEADINGS + "".join(f"{SCHOOL},周{mark},3,日期班,,女,{date}\n" for mark, date in zip("甲乙丙丁戊己", dates)))
    assert done.returncode == 0, done.stdout + done.stderr
    assert [(each["birthDate"], each["sex"]) for each in students(own, "日期班")] == [("2015-09-01", "female")] * len(dates)


def test_all_faults_at_once_by_row_and_column_in_both_languages(own):
    done = run(own, HEADINGS + f"{SCHOOL},李四,3,1班,1.10105E+17\n{SCHOOL},李五,3,1班,,男,9/1/2015\n{SCHOOL},李六,3,1班,,男,0000-01-01\n"
               f"{SCHOOL},李七,3,1班,110101000001010014\n{SCHOOL},\"李八\"x,3,1班\n{SCHOOL},李九\n0000000000,李十,3,1班,,男,2015-09-01,more\n")
    assert done.returncode == 1 and done.stdout == ""
    lines = done.stderr.splitlines()
    told = [line.split("roster.csv:")[1] for line in lines[:-2:2]]
    assert told == [
        "2:20: error: the spreadsheet has rounded this number, its last digits are lost; format the column as text and enter the number again",
        "3:23: error: this is no date; write it as 2015-09-01",
        "4:23: error: this is no date; write it as 2015-09-01",
        "5:20: error: Characters 7 to 14 of the ID number are not a real date; correct this cell",
        "6:16: error: there is text behind the closing quote; write a quote within a quoted cell twice",
        "7:14: error: without an ID number sex and birth date are needed; fill them in",
        "8:34: error: this row has 8 cells; write 7, as in the first line"]
    chinese = [line.strip() for line in lines[1::2]]
    assert chinese[0] == "这个号码已被表格软件舍入，末几位已丢失；请将该列设为文本格式后重新录入" and chinese[-1] == "没有导入任何内容"
    assert lines[-2] == "nothing was imported"


@pytest.mark.parametrize("number", [True, False], ids=["with an ID number", "without any number"])
def test_a_repeat_takes_nothing_in(own, number):
    name_of_class = "重复甲班" if number else "重复乙班"
    cells = id_number("11010120150901", "300") if number else ",男,2015/9/1"
    roster = HEADINGS + f"{SCHOOL},郑重,3,{name_of_class},{cells}\n"
    assert run(own, roster).returncode == 0
    again = run(own, roster)
    assert again.returncode == 1 and "the registry has" in again.stderr and "学籍库中已有" in again.stderr
    assert len(students(own, name_of_class)) == 1


@pytest.mark.parametrize("written", ["３班", " 3班", "3班 ", "\t3班", "3 班"])
def test_a_class_that_is_written_otherwise_makes_no_other_student(own, written):
    row = f"{SCHOOL},重写,3,%s,,男,2015-09-01\n"
    run(own, HEADINGS + row % "3班")
    again = run(own, HEADINGS + row % written)
    assert again.returncode == 1 and "the registry has this student already" in again.stderr, again.stdout


def test_a_grade_is_read_as_it_is_meant(own):
    cells = {"五年级": "5", "5年级": "5", "05": "5", "５": "5", "5.0": "5", "初一": "7", "七年级": "7", "高一": "10", "": ""}
    done = run(own, HEADINGS + "".join(f"{SCHOOL},年级{mark},{cell},年级班,,男,2015-09-01\n" for mark, cell in zip("甲乙丙丁戊己庚辛壬", cells)))
    assert done.returncode == 0, done.stdout + done.stderr
    assert {each["name"]: each["grade"] for each in students(own, "年级班")} == {f"年级{mark}": grade for mark, grade in zip("甲乙丙丁戊己庚辛壬", cells.values())}


def test_what_is_no_grade_is_told_by_row_and_column(own):
    done = run(own, HEADINGS + "".join(f"{SCHOOL},李四,{cell},1班,,男,2015-09-0{day}\n" for day, cell in enumerate(["99", "-1", "=5", "5年级<b>", "13"], 1)))
    assert done.returncode == 1 and done.stdout == ""
    lines = done.stderr.splitlines()
    assert [line.split("roster.csv:")[1] for line in lines[:-2:2]] == [f"{row}:15: error: this is no grade; write 1 to 12, or as in 五年级, 初一, 高一" for row in range(2, 7)]
    assert {line.strip() for line in lines[1:-2:2]} == {"这不是年级；请写 1 至 12，或如 五年级、初一、高一"}


@pytest.mark.parametrize("written", ["补·全", "补 全"])
def test_a_row_that_completes_a_student_makes_no_second_one(own, written):
    """The ID number is added by the business, which two people decide."""
    run(own, HEADINGS + f"{SCHOOL},补·全,5,补全班,,男,2015-07-08\n")
    (there,) = students(own, "补全班")
    done = run(own, HEADINGS + f"{SCHOOL},{written},6,另一班,{id_number('11010120150708', '101')},,\n")
    assert done.returncode == 1, done.stdout
    told, chinese = done.stderr.splitlines()[:2]
    assert f"2:22: error: the registry has this student already (student {there['id']}), without an ID number; remove this line, and add the ID number by the business" in told
    assert f"学籍库中已有这名学生（学生 {there['id']}），尚无身份证件号码" in chinese and "关键信息变更" in chinese
    assert len(students(own, "补全班")) == 1 and students(own, "另一班") == []


def test_a_name_in_which_nothing_is_seen_is_no_name(own):
    for name in ("\u3164", "·\u3164·", "·\u1160"):
        done = run(own, HEADINGS + f"{SCHOOL},{name},5,无名班,,男,2015-07-08\n")
        assert done.returncode == 1 and "A name holds at least one letter or ideograph" in done.stderr, (done.stdout, done.stderr)


@pytest.mark.parametrize("content", [b"\xff\xfe\x20", b"PK\x03\x04\x00\x00", "a\0b".encode()])
def test_what_is_no_table_says_what_to_save_as(own, content):
    done = run(own, content)
    assert done.returncode == 2 and "save the file as CSV UTF-8" in done.stderr and "请另存为" in done.stderr


def test_other_encodings_are_told_and_never_guessed(own):
    done = run(own, (HEADINGS + f"{SCHOOL},陳國強,3,一班\n").encode("big5"))
    assert done.returncode == 1 and "2:12: error: this is no clean UTF-8 text; save the file as UTF-8" in done.stderr


def test_a_file_that_is_too_large_is_not_read(own):
    file = own.folder / "huge.csv"
    with open(file, "wb") as huge:
        huge.truncate(257 * 1024 * 1024)
    done = subprocess.run([program(), "import", str(file), "--data", str(own.server.data)], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and "is larger than 256 MB; cut it into several" in done.stderr


def test_students_make_no_database_by_accident(own):
    nowhere = own.folder / "typo"
    for arguments in (("account", "list"), ("audit", "verify"), ("backup", str(own.folder / "copy.db")), ("migrate", "--dry-run"),
                      ("import", str(own.folder / "roster.csv")), ("copy", "--to", f"sqlite://{own.folder}/to.db"),
                      ("deploy", str(ROOT / "workflows" / "key-information-change.yaml"), "--dry-run")):
        done = subprocess.run([program(), *arguments, "--data", str(nowhere)], cwd=ROOT, capture_output=True, text=True, timeout=120,
                              env={**os.environ, "XUEJI_DATABASE": ""})
        assert done.returncode == 2 and f"there is no database {nowhere}/xueji.db" in done.stderr, (arguments, done.stderr)
        assert not nowhere.exists()


def test_numbers_typed_wide_are_taken_in_the_form(world, supply, registrar):
    example = supply.clear("new_id_number")
    number = example["fields"]["new_id_number"]
    wide = "\u200b" + "".join(chr(ord(c) + 0xFEE0) for c in number[:17]) + " " + number[17].replace("X", "Ⅹ")
    request = open_request(registrar, example["student"], {**example["fields"], "new_id_number": wide, "reason": "更正"}, submit=False)
    assert request["fields"]["new_id_number"] == number
    request = open_request(registrar, supply.student()["id"], {"new_id_number": "١١٠", "ground": "register_changed", "reason": "更正"}, submit=False, expect=422)
    assert "18" in request.json()["errors"][0]["message"]


def test_schools_that_are_there_are_given_stages_and_a_system(private_world):
    """A nine-year school counts as junior by its code until somebody enters what it teaches."""
    world = private_world(simulator=False)
    school = next(each for each in world["admin"].items("/offices", limit=200) if each["code"] == SCHOOL)
    supervisor = next(each for each in world["admin"].items("/offices", limit=200) if each["id"] == school["supervisor"])
    line = f"{SCHOOL},{school['name']},school,{supervisor['code']}"
    head = "code,name,level,supervisor,stages,system\n"
    done = run(world, head + f"{line},小学、初中,5-4\n", "offices.csv")
    assert done.returncode == 0 and done.stdout == "imported 0 offices, 0 students; changed 1 offices\n" + RESTART, done.stdout + done.stderr
    again = run(world, head + f"{line},,\n", "offices.csv")
    assert again.stdout == "imported 0 offices, 0 students\n", "an empty cell leaves what there is"
    still = next(each for each in world["admin"].items("/offices", limit=200) if each["code"] == SCHOOL)
    assert still == school, "what it said is true: the server has not noticed"
    world.restart()
    changed = next(each for each in world["admin"].items("/offices", limit=200) if each["code"] == SCHOOL)
    assert (changed["stages"], changed["system"]) == (["primary", "junior"], "5-4")
    for other, column in ((f"{SCHOOL},另一学校,school,{supervisor['code']},primary,", 12), (f"{SCHOOL},{school['name']},school,000000,primary,", 12 + len(school["name"]) + 8)):
        refused = run(world, head + other + "\n", "offices.csv")
        assert refused.returncode == 1 and f"2:{column}: error: there is an office with this code already" in refused.stderr, refused.stderr
        assert "导入只能更改已有单位的学段和学制" in refused.stderr and "nothing was imported" in refused.stderr
