"""What a school is told of a pupil before it asks for a transfer."""
import pytest

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
