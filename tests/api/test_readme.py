"""The commands of the README are run as they stand there."""
import json
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


def test_the_first_request_of_the_readme_ends_completed(private_world):
    world = private_world()
    text = (ROOT / "README.md").read_text()
    commands = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.S)).replace("http://127.0.0.1:8080", world.url)
    done = subprocess.run(["bash", "-eu", "-o", "pipefail", "-c", commands], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    answers, decoder, position = [], json.JSONDecoder(), 0
    while position < len(done.stdout.rstrip()):
        value, position = decoder.raw_decode(done.stdout, position)
        answers.append(value)
        position += len(done.stdout[position:]) - len(done.stdout[position:].lstrip())
    assert [each["state"] for each in answers[:3]] == ["county_review", "county_approval", "central_check"]
    assert answers[3]["outcome"] == "completed"
    assert {each["action"] for each in answers[4:]} >= {"open", "submit", "approve", "checks"}
