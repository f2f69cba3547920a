"""The requests of the guide's tutorial are made as they stand there, to a server that has its business."""
import json
import pathlib
import re
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


def test_the_business_of_the_tutorial_is_served_and_suspends_a_student(private_world, tmp_path):
    folder = tmp_path / "businesses"
    folder.mkdir()
    for file in [*(ROOT / "workflows").glob("*.yaml"), *(ROOT / "docs" / "tutorial").glob("*.yaml")]:
        shutil.copy(file, folder)
    world = private_world(environment={"XUEJI_WORKFLOWS_DIRECTORY": str(folder)})
    text = (ROOT / "docs" / "workflows.md").read_text()
    commands = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.S)).replace("http://127.0.0.1:8080", world.url)
    done = subprocess.run(["bash", "-eu", "-o", "pipefail", "-c", commands], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    answers = [json.loads(each) for each in re.findall(r"\{.*?\}", done.stdout, re.S)]
    assert [each.get("state") for each in answers[:3]] == ["county_review", "province_approval", "completed"]
    assert answers[2]["outcome"] == "completed"
    assert answers[3]["status"] == "suspended"
