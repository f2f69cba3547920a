"""The examples of CONTRIBUTING.md fit the sources as they are, and its business holds."""
import re
import subprocess

import pytest

from support.program import ROOT, program

DIFFS = re.findall(r"```diff\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(), re.S)


def changed(diff):
    """Each file of the diff with its hunks: lines that stand there, lines that shall."""
    for name, hunks in re.findall(r"^\+\+\+ b/(.*)\n((?:(?!--- ).*\n)*)", diff, re.M):
        yield name, [("".join(line[1:] + "\n" for line in lines if line[:1] in " -"), "".join(line[1:] + "\n" for line in lines if line[:1] in " +"))
                     for lines in (hunk.splitlines() for hunk in re.split(r"^@@ .*\n", hunks, flags=re.M)[1:])]


def applied(diff, folder):
    """The files of the diff as it leaves them, in a folder of their own."""
    for name, hunks in changed(diff):
        text = (ROOT / name).read_text() if hunks[0][0] else ""
        assert text or not (ROOT / name).exists(), name
        for old, new in hunks:
            assert text.count(old) == 1 or not old, f"{name} has not, or not once:\n{old}"
            text = text.replace(old, new) if old else new
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


@pytest.mark.parametrize("diff", DIFFS, ids=lambda diff: next(changed(diff))[0])
def test_an_example_fits_the_sources(tmp_path, diff):
    applied(diff, tmp_path)


def test_the_example_of_a_business_is_proved_and_told(tmp_path):
    folder = applied(next(diff for diff in DIFFS if "b/workflows/" in diff), tmp_path) / "workflows"
    calendar = ["--calendar", str(ROOT / "config" / "calendar.yaml")]
    for command in (["check", str(folder)], ["test", str(folder), "--coverage", "--require-coverage", "100"]):
        done = subprocess.run([program(), *command, *calendar], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
