"""What a school is told of a pupil before it asks for a transfer."""
import pytest

from support.journey import free_students, knowledge
from support.program import change_rows

FIRST_RESUME = {"zh": "学生正在休学，须先在原学校复学，再办理转学",
                "en": "The pupil's study is suspended; it is first resumed at the original school, then the pupil can transfer"}
ONLY_THESE = {"zh": "只有在校、出国、其他离校、辍学或开除的学生可以转学",
              "en": "Only pupils who are in school, are abroad, have left, have dropped out or were expelled can transfer"}
ALREADY_HERE = {"zh": "学生的学籍已在本校，不需转学", "en": "The pupil's record is at this school already"}


def told(registrar, status, language):
    """The sentences that refuse it, without what each wanted and saw."""
    student = next(iter(registrar.items("/students", status=status)))
    shown = registrar.get("/workflows/transfer", params={"student": student["id"]}, headers={"Accept-Language": language}).json()
    explained = shown["open"]["explain"]
    assert explained["allowed"] is False and {reason["rule"] for reason in explained["reasons"]} == {"guard"}
    return [reason["message"].split("（" if language == "zh" else " (")[0] for reason in explained["reasons"]]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_suspended_pupil_is_first_to_resume_at_the_original_school(registrar, language):
    messages = told(registrar, "suspended", language)
    assert messages.index(FIRST_RESUME[language]) < messages.index(ONLY_THESE[language])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_who_may_transfer_is_said_of_who_may_not(registrar, language):
    assert ONLY_THESE[language] in told(registrar, "deceased", language)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_pupil_of_the_own_school_need_not_transfer(registrar, language):
    assert told(registrar, "left", language) == [ALREADY_HERE[language]]


NOT_TAUGHT = {"zh": "本校不办该生所在的学段和年级，请由办有该年级的学校发起转学；升入下一学段不属转学",
              "en": "This school does not teach the pupil's stage and grade; let a school that does ask for the transfer. Going up to the next stage is no transfer"}


def reasons(client, pupil, language):
    """What stands in the way of that school's asking for the pupil."""
    found = client.post("/students/find", knowledge(pupil), expect=200).json()
    shown = client.get("/workflows/transfer", params={"student": found["handle"]}, headers={"Accept-Language": language}).json()
    return [reason["message"] for reason in shown["open"]["explain"]["reasons"]]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_pupil_goes_to_a_school_of_the_same_stage(world, language):
    registrar = world["registrar"]
    listed = next(each for each in registrar.items("/students", status="in_school", limit=200) if each["grade"] == "3" and not each["openRequest"])
    pupil = registrar.get("/students/" + listed["id"]).json()
    assert (pupil["stage"], pupil["graduating"]) == (listed["stage"], listed["graduating"]) == ("primary", False)
    assert reasons(world["registrar2"], pupil, language) == []
    told = reasons(world["registrar-3111000003"], pupil, language)
    assert len(told) == 1 and told[0].startswith(NOT_TAUGHT[language])
    seen = {"zh": "年级应属于转入学校的年级（七年级、八年级、九年级）", "en": "should be one of Receiving school: its grades (grade 7, grade 8, grade 9)"}
    assert seen[language] in told[0] and "留空" not in told[0] and "left empty" not in told[0]


def test_a_school_says_its_stages_and_its_pupils_theirs(registrar, world):
    last = next(each for each in registrar.items("/students", limit=200) if each["grade"] == "6")
    assert (last["stage"], last["graduating"]) == ("primary", True)
    school = registrar.get("/offices/" + last["school"]["id"]).json()
    assert (school["stages"], school["system"]) == (["primary"], "6-3")
    county = world["county"].get("/offices/" + school["supervisor"]).json()
    assert (county["stages"], county["system"]) == ([], None)


WRONG = {"zh": "学生的学籍信息有误（姓名、身份证件号码、性别或出生日期），须先由原学校更正，再办理转学",
         "en": "The pupil's record has wrong data (name, ID number, sex or birth date); the school that holds it corrects them first, then the pupil can transfer"}
DISAGREE = {"zh": "身份证件号码与性别、出生日期不一致", "en": "The ID number does not agree with the sex and the birth date"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_wrong_data_are_corrected_before_a_transfer(world, language):
    """Such as came by an older system: no form and no import of ours lets them in."""
    registrar = world["registrar"]
    listed = next(each for each in free_students(world) if each["idNumber"] and each["grade"] == "3")
    pupil = registrar.get("/students/" + listed["id"]).json()
    assert pupil["wrongData"] is None
    other = "female" if pupil["sex"] == "male" else "male"
    change_rows(world.server.data, f"UPDATE student SET sex = '{other}' WHERE id = {int(pupil['id'])}")
    try:
        shown = registrar.get("/students/" + pupil["id"], headers={"Accept-Language": language}).json()
        assert shown["wrongData"] == DISAGREE[language]
        told = reasons(world["registrar2"], pupil, language)
        why = {"zh": "（不应属于“学籍信息有误”的情形）", "en": ' ("Wrong data in the record" should not be the case)'}
        assert told == [WRONG[language] + why[language]]
    finally:
        change_rows(world.server.data, f"UPDATE student SET sex = '{pupil['sex']}' WHERE id = {int(pupil['id'])}")
    assert reasons(world["registrar2"], pupil, language) == []
