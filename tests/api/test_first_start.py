"""What a newcomer breaks off can be started again."""
import os
import socket
import subprocess
import time

import pytest

from support.program import ROOT, own_database, program


@pytest.mark.parametrize("after", [0.3, 0.6, 1.0])
def test_demo_data_that_was_broken_off_are_made_anew(tmp_path, after):
    command = [program(), "demo-data", "--data", str(tmp_path / "data")]
    settings = {"cwd": ROOT, "env": {**os.environ, "XUEJI_DATABASE": own_database()}}
    first = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **settings)
    time.sleep(after)
    first.kill()
    first.wait()
    second = subprocess.run(command, capture_output=True, text=True, timeout=300, **settings)
    assert second.returncode == 0, second.stdout + second.stderr
    third = subprocess.run(command, capture_output=True, text=True, timeout=300, **settings)
    assert third.stdout.startswith("demo data: kept in "), third.stdout + third.stderr


def test_a_server_on_a_port_that_is_taken_touches_no_data(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = subprocess.run([program(), "serve", "--port", str(taken.getsockname()[1]), "--data", str(tmp_path / "data")], capture_output=True,
                              text=True, timeout=60, cwd=ROOT, env={**os.environ, "XUEJI_DATABASE": own_database()})
    assert done.returncode == 1 and "Address already in use" in done.stdout + done.stderr, done.stdout + done.stderr
    assert not (tmp_path / "data").exists()
