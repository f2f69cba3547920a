"""Starts and stops the program as its users do."""
import atexit
import functools
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

import requests

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.append(str(ROOT / "tests"))

import databases  # noqa: E402


def program():
    named = os.environ.get("XUEJI_PROGRAM")
    candidates = [pathlib.Path(named)] if named else [ROOT / "build" / preset / "xueji" for preset in ("release", "dev")]
    for candidate in candidates:
        if candidate.exists():
            return str(candidate.resolve())
    raise RuntimeError(f"no program at {', '.join(map(str, candidates))}; run script/build, or set XUEJI_PROGRAM")


def free_port():
    """Below the ports that connections begin from, of which one could take it before the program listens."""
    while True:
        port = random.randrange(15_000, 32_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port


def wait_until(condition, what, seconds=30.0, pause=0.02):
    """The first true value of `condition()`; fails naming what did not come."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds:g} s for {what}")
        time.sleep(pause)


class Process:
    """A child with its output in a file, which the failing test shows."""

    def __init__(self, arguments, log, environment=None):
        self.log = pathlib.Path(log)
        self._out = open(self.log, "ab")
        self.process = subprocess.Popen(
            arguments, stdout=self._out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd=ROOT,
            env={**os.environ, **(environment or {})})

    def answers(self, url):
        if self.process.poll() is not None:
            raise AssertionError(f"ended with {self.process.returncode} before it was ready:\n{self.tail()}")
        try:
            return requests.get(url, timeout=5).status_code == 200
        except requests.RequestException:
            return False

    def tail(self):
        return self.log.read_text(errors="replace")[-4000:]

    def send(self, number):
        """To the program itself, also where faketime stands between."""
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        os.kill(int(children[0]) if self.process.args[0] == "faketime" and children else self.process.pid, number)

    def stop(self, with_signal=signal.SIGTERM, seconds=30):
        """Asks it to stop; its exit status."""
        if self.process.poll() is None:
            self.send(with_signal)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.send(signal.SIGKILL)
            self.process.wait()
            raise AssertionError(f"did not stop within {seconds} s:\n{self.tail()}") from None
        finally:
            self._out.close()


def faked(clock):
    """What stands before a command whose clock is another; rules see that, limits and timeouts do not."""
    return ["faketime", "--exclude-monotonic", "-f", clock] if clock else []


class MovedClock:
    """A clock that is set while the program runs: `environment` is the program's, `move("-1d")` sets it."""

    def __init__(self, folder):
        (library,) = pathlib.Path("/usr/lib").glob("*/faketime/libfaketime.so.1")
        self._file = pathlib.Path(folder) / "clock"
        self.move("+0")
        self.environment = {"LD_PRELOAD": str(library), "FAKETIME_TIMESTAMP_FILE": str(self._file), "FAKETIME_NO_CACHE": "1",
                            "FAKETIME_DONT_FAKE_MONOTONIC": "1"}

    def move(self, offset):
        new = self._file.with_suffix(".new")
        new.write_text(offset + "\n")
        new.rename(self._file)


class Simulator(Process):
    """The national side."""

    def __init__(self, population, folder, port=None):
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        super().__init__(
            [program(), "national-simulator", "--port", str(self.port), "--population", str(population)],
            pathlib.Path(folder) / "simulator.log")
        wait_until(lambda: self.listens(), "the national simulator")

    def listens(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the simulator ended with {self.process.returncode}:\n{self.tail()}")
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def switch(self, latency_ms=0, error_rate=0, outage=False):
        answer = requests.put(
            self.url + "/v1/switches", json={"latencyMs": latency_ms, "errorRate": error_rate, "outage": outage}, timeout=10)
        assert answer.status_code in (200, 204), answer.text


@functools.cache
def always_open():
    """The environment of a program for which nothing is closed at any time of the year: the shipped calendar, its windows
    open all year. So what a transfer does can be tried in the pause of the summer too."""
    text, windows = re.subn(r"open: \[.*\]", "open: [{from: 01-01, until: 07-01}, {from: 07-01, until: 01-01}]", (ROOT / "config" / "calendar.yaml").read_text())
    assert windows, "the calendar has no window"
    folder = tempfile.mkdtemp(prefix="xueji-calendar-")
    atexit.register(shutil.rmtree, folder, True)
    calendar = pathlib.Path(folder) / "calendar.yaml"
    calendar.write_text(text)
    return {"XUEJI_WORKFLOWS_CALENDAR": str(calendar)}


_demo_data = []   # the folder of the demo's data, and its database's address, empty on SQLite
_databases = {}   # data folder to address, for a server that is started again


def own_database(template=None):
    """The address of a database that goes with the session; empty on SQLite, whose databases lie in the data folder."""
    if not databases.server_address():
        return ""
    address = databases.create(databases.server_address(), template)
    atexit.register(databases.drop, address)
    return address


def address_of(data):
    """The address of the database that goes with a data folder; empty on SQLite."""
    return _databases[data]


def demo_data(folder):
    """A fresh copy of the demo's data, which is made once a session."""
    if not _demo_data:
        kept = pathlib.Path(tempfile.mkdtemp(prefix="xueji-demo-"))
        atexit.register(shutil.rmtree, kept, True)
        address = own_database()
        made = subprocess.run([program(), "demo-data", "--data", str(kept)], cwd=ROOT, capture_output=True, text=True, timeout=300,
                              env={**os.environ, **always_open(), "XUEJI_DATABASE": address})
        assert made.returncode == 0, made.stdout + made.stderr
        _demo_data.extend([kept, address])
    kept, address = _demo_data
    shutil.copytree(kept, folder)
    _databases[folder] = own_database(address)


def own_demo_data(folder, environment):
    """The demo's data as a program with these settings makes it, for a Server of that folder."""
    data = pathlib.Path(folder) / "data"
    data.parent.mkdir(parents=True)
    _databases[data] = own_database()
    subprocess.run([program(), "demo-data", "--data", str(data)], cwd=ROOT, capture_output=True, text=True, timeout=300, check=True,
                   env={**os.environ, **environment, "XUEJI_DATABASE": _databases[data]})


def change_rows(data, statement):
    """In the database of a data folder, behind the program's back."""
    if _databases[data]:
        connection = databases.connect(_databases[data], databases.name_in(_databases[data]))
        databases.ask(connection, statement)
    else:
        connection = sqlite3.connect(data / "xueji.db", timeout=30)
        connection.execute(statement)
    connection.commit()
    connection.close()


OWN_PASSWORD = "not the demonstration's"


def give_own_passwords(data):
    """Without --demo nobody is served who has the password that everybody can read."""
    environment = {**os.environ, "XUEJI_DATABASE": _databases[data]}
    subprocess.run([program(), "account", "set-password", "registrar", "--data", str(data)], input=OWN_PASSWORD + "\n", text=True, check=True,
                   cwd=ROOT, env=environment, capture_output=True, timeout=60)
    take_over = ("UPDATE account SET must_change_password = 0, password_hash = "
                 "(SELECT password_hash FROM (SELECT * FROM account) one WHERE username = 'registrar')")
    change_rows(data, take_over)


class Server(Process):
    """`xueji serve --demo` on a port and data folder of its own; `clock` is what faketime adds to its clock: `+3d`.
    `demo=False` serves the demo's data as one's own, whose people all have OWN_PASSWORD."""

    def __init__(self, folder, options=(), environment=None, port=None, clock=None, demo=True):
        self.folder = pathlib.Path(folder)
        self.data = self.folder / "data"
        if not self.data.exists():
            demo_data(self.data)
            if not demo:
                give_own_passwords(self.data)
        self.options = list(options)
        self.demo = demo
        self.environment = environment or {}
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        super().__init__(
            [*faked(clock), program(), "serve", *(["--demo"] if demo else []), "--port", str(self.port), "--data", str(self.data), *self.options],
            self.folder / "server.log", {"XUEJI_DATABASE": _databases[self.data], **self.environment})
        wait_until(lambda: self.answers(self.url + "/readyz"), "the server to be ready", seconds=120, pause=0.05)

    def again(self, clock=None):
        """A new process on the same data and port, after this one has stopped."""
        return Server(self.folder, self.options, self.environment, self.port, clock, self.demo)
