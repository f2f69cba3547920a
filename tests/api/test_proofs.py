"""What the server proves: in a process of its own, asked once and kept, shown on the administrator's page."""
import concurrent.futures
import json
import os
import pathlib
import shutil
import signal
import subprocess
import time

import pytest

from support import program
from support.shipped import VERSION
from test_deploy import deploy, second_version

ROOT = pathlib.Path(__file__).parents[2]


@pytest.fixture
def world(private_world):
    return private_world()


def name_of(definition):
    return definition["key"], definition["variant"], definition["version"]


def verifications(world):
    return {name_of(each): each["verification"] for each in world["admin"].get("/definitions").json()["items"]}


def kept(world):
    return {file.name: file.stat().st_mtime_ns for file in (world.server.data / "proofs").iterdir()}


def test_what_check_says_is_shown_and_kept_over_a_restart(world):
    checked = json.loads(subprocess.run([program.program(), "check", "--json", str(ROOT / "workflows")], capture_output=True, text=True,
                                        timeout=60, check=True).stdout)
    expected = {name_of(each): (each["states"], each["properties"]) for each in checked["definitions"]}
    assert {key: (each["states"], each["properties"]) for key, each in verifications(world).items()} == expected
    assert all(not each["violations"] and not each["warnings"] for each in verifications(world).values())
    before = kept(world)
    assert len(before) == len(expected)
    world.restart()
    assert kept(world) == before
    assert {key: each["states"] for key, each in verifications(world).items()} == {key: each[0] for key, each in expected.items()}


def test_damaged_proofs_are_made_again(world):
    before = kept(world)
    for name in before:
        (world.server.data / "proofs" / name).write_text('{"violations": [', encoding="utf-8")
    world.restart()
    assert kept(world).keys() == before.keys() and kept(world) != before
    assert all(each["properties"] > 20 for each in verifications(world).values())


def test_the_prover_is_not_in_the_memory_of_the_server(world):
    maps = pathlib.Path(f"/proc/{world.server.process.pid}/smaps").read_text(encoding="utf-8")
    held, library = 0, False
    for line in maps.splitlines():
        if "-" in line.split(" ", 1)[0]:
            library = "libz3" in line
        elif library and line.startswith("Rss:"):
            held += int(line.split()[1])
    assert 0 < held < 5_000, "kB of the library in memory: it is linked, and never asked"


def test_a_deployed_version_is_proved_while_the_server_goes_on(world, tmp_path):
    file = tmp_path / "third.yaml"
    file.write_text(second_version(), encoding="utf-8")
    deploy(world, file)
    key = ("key-information-change", "", VERSION + 1)
    program.wait_until(lambda: verifications(world).get(key), "the deployed version to be proved")
    assert verifications(world)[key]["violations"] == [] and verifications(world)[key]["properties"] > 20


def held_prover(process):
    """Waits for the program's next proof and stops it in its tracks, as one that takes minutes; its process id."""
    tasks = pathlib.Path(f"/proc/{process.pid}/task")

    def caught():
        for children in tasks.glob("*/children"):
            try:
                for child in children.read_text().split():
                    if b"check" in pathlib.Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0"):
                        os.kill(int(child), signal.SIGSTOP)
                        return int(child)
            except OSError:
                pass  # it has just ended
        return None

    return program.wait_until(caught, "a proof", pause=0.001)


def stops_soon(server, child):
    started = time.monotonic()
    assert server.stop(seconds=20) == 0, server.tail()
    assert time.monotonic() - started < 15
    assert not pathlib.Path(f"/proc/{child}").exists()


def test_a_server_that_is_told_to_stop_waits_for_no_proof(world, tmp_path):
    file = tmp_path / "third.yaml"
    file.write_text(second_version(), encoding="utf-8")
    with concurrent.futures.ThreadPoolExecutor(1) as beside:
        prover = beside.submit(held_prover, world.server.process)
        deploy(world, file)
        child = prover.result()
    stops_soon(world.server, child)


def test_a_start_that_is_told_to_stop_waits_for_no_proof(world):
    world.server.stop()
    shutil.rmtree(world.server.data / "proofs")
    process = subprocess.Popen([program.program(), "serve", "--demo", "--data", str(world.server.data), "--port", str(program.free_port())],
                               cwd=ROOT, env={**os.environ, "XUEJI_DATABASE": program.address_of(world.server.data)},
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    child = held_prover(process)
    process.send_signal(signal.SIGTERM)
    told, _ = process.communicate(timeout=20)
    assert process.returncode == 0 and "stopped before it served" in told, told
    assert not pathlib.Path(f"/proc/{child}").exists()
    world.restart()
    assert all(each["properties"] > 20 for each in verifications(world).values())
