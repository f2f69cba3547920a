"""docs/security.md names every requirement of ASVS 5.0, levels 1 and 2, and only tests that there are."""
import re

from support.program import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")

# Of each section the requirements of levels 1 and 2; those of level 3 are left out.
LEVELS_1_AND_2 = """1.1.1-2 1.2.1-9 1.3.1-11 1.4.1-3 1.5.1-2 2.1.1-3 2.2.1-3 2.3.1-4 2.4.1 3.2.1-2 3.3.1-4 3.4.1-6 3.5.1-5 3.7.1-2 4.1.1-3 4.2.1 4.3.1-2
4.4.1-4 5.1.1 5.2.1-3 5.3.1-2 5.4.1-3 6.1.1-3 6.2.1-12 6.3.1-4 6.4.1-4 6.5.1-5 6.6.1-3 6.8.1-4 7.1.1-3 7.2.1-4 7.3.1-2 7.4.1-5 7.5.1-2 7.6.1-2 8.1.1-2
8.2.1-3 8.3.1 8.4.1 11.1.1-2 11.2.1-3 11.3.1-3 11.4.1-4 11.5.1 11.6.1 12.1.1-3 12.2.1-2 12.3.1-4 13.1.1 13.2.1-5 13.3.1-2 13.4.1-5 14.1.1-2 14.2.1-4
14.3.1-3 15.1.1-3 15.2.1-3 15.3.1-7 16.1.1 16.2.1-5 16.3.1-4 16.4.1-3 16.5.1-3"""


def wanted():
    for word in LEVELS_1_AND_2.split():
        first, _, last = word.partition("-")
        section, _, number = first.rpartition(".")
        yield from (f"{section}.{each}" for each in range(int(number), int(last or number) + 1))


def test_every_requirement_has_its_row():
    rows = [line.split("|")[1] for line in PAGE[PAGE.index("## V1 "):].splitlines() if line.startswith("| ")]
    told = [each for row in rows for each in re.findall(r"\b\d+\.\d+\.\d+\b", row)]
    assert sorted(told) == sorted(set(told)), "each once"
    assert set(told) == set(wanted())
    assert len(told) + 7 + 29 + 7 == 253, "with those of V9, V10 and V17, which do not apply as a whole"


def test_the_tests_that_it_names_are_there():
    api = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests" / "api").glob("test_*.py"))
    for name in set(re.findall(r"`(test_[a-z0-9_]+)`", PAGE)):
        assert f"def {name}(" in api, name
    cpp = "".join(file.read_text(encoding="utf-8") for kind in ("unit", "contract") for file in (ROOT / "tests" / kind).rglob("*.cpp"))
    for name in set(re.findall(r'"([^"\n]+)"', PAGE)):
        assert f'TEST_CASE("{name}"' in cpp, name
    for path in set(re.findall(r"`((?:tests|web|config|script|engine)/[\w./-]+)`", PAGE)):
        assert (ROOT / path).exists(), path
