"""The server under test, its database, and the simulated national side, as processes that this test starts and ends."""
import os
import pathlib
import random
import re
import shutil
import socket
import subprocess
import tempfile
import time

from http_client import Client, Unanswered
from kept import MariaDatabase, SqliteFile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def free_port():
    """Below the ports that connections begin from: a restarted server needs it again."""
    while True:
        port = random.randrange(15_000, 32_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port


class NationalSide:
    def __init__(self, program, data):
        self.process = subprocess.Popen([program, "national-simulator", "--port", "0", "--population", f"{data}/population.tsv"],
                                        stdout=subprocess.PIPE, text=True)
        found = re.search(r"http://127\.0\.0\.1:\d+", self.process.stdout.readline())
        if not found:
            raise SystemExit("fault: the simulator of the national side did not start")
        self.url = found.group()

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


class SqliteStore:
    """A file in the data folder; it can't be killed but with its server."""

    def __init__(self, data):
        self.file = f"{data}/xueji.db"
        self.environment = {**os.environ, "XUEJI_DATABASE": ""}
        self.kept_in = ""

    def open(self):
        return SqliteFile(self.file)

    def stop(self):
        pass

    def remove(self):
        pass


class MariaDbStore:
    """A MariaDB server that nobody else uses. It runs as another user, so that it has a folder of its own."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="xueji-fault-mariadb-")
        self.address = self.start()
        self.environment = {**os.environ, "XUEJI_DATABASE": self.address}
        self.kept_in = f" and {self.folder} (script/mariadb start {self.folder})"

    def start(self):
        return self.run("start").strip()

    def kill(self):
        self.run("kill")

    def stop(self):
        self.run("stop")

    def run(self, act):
        done = subprocess.run([ROOT / "script/mariadb", act, self.folder], stdout=subprocess.PIPE, text=True)
        if done.returncode != 0:
            raise SystemExit(f"fault: script/mariadb {act} {self.folder} ended with status {done.returncode}")
        return done.stdout

    def open(self):
        return MariaDatabase(self.address)

    def remove(self):
        shutil.rmtree(self.folder)


class Server:
    def __init__(self, program, data, environment, national):
        self.program, self.data, self.environment, self.national, self.port = program, data, environment, national, free_port()
        self.process, self.log = None, open(f"{data}/server.log", "ab")

    def start(self):
        """Returns when it is ready."""
        self.process = subprocess.Popen([self.program, "serve", "--demo", "--port", str(self.port), "--data", self.data,
                                         "--national", self.national.url], stdout=self.log, stderr=self.log, env=self.environment)
        self.wait_until_ready()

    def wait_until_ready(self, patience=60):
        client, deadline = Client(self.port, timeout=5), time.monotonic() + patience
        while time.monotonic() < deadline:
            try:
                if client.call("GET", "/readyz").status == 200:
                    client.close()
                    return
            except Unanswered:
                pass
            if self.process.poll() is not None:
                raise SystemExit(f"fault: the server ended with status {self.process.returncode}; see {self.data}/server.log")
            time.sleep(0.01)
        raise SystemExit(f"fault: the server was not ready within {patience} s; see {self.data}/server.log")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        """As an operator does it; returns the exit status."""
        self.process.terminate()
        return self.process.wait(60)
