"""A demo whose clock begins at one instant, whatever the day, the time zone and the database of the machine."""
import os
import pathlib
import subprocess

from support.program import Process, Simulator, free_port, own_database, program, wait_until

DATA_MADE = "@2026-11-20 09:00:00"
SERVED = "@2026-11-20 10:00:00"


def environment(begins):
    """Of a program for which time begins then: the rules see it, limits and timeouts don't."""
    (library,) = pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")
    return {"LD_PRELOAD": str(library), "FAKETIME": begins, "FAKETIME_DONT_FAKE_MONOTONIC": "1", "TZ": "UTC"}


class FixedDemo(Process):
    """`xueji serve --demo` with its national side, which answers one question at a time."""

    def __init__(self, folder, settings):
        self.folder = pathlib.Path(folder)
        self.data = self.folder / "data"
        database = {"XUEJI_DATABASE": own_database()}
        made = subprocess.run([program(), "demo-data", "--data", str(self.data)], capture_output=True, text=True, timeout=300,
                              env={**os.environ, **database, **environment(DATA_MADE)})
        assert made.returncode == 0, made.stdout + made.stderr
        self.simulator = Simulator(self.data / "population.tsv", self.folder)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        super().__init__(
            [program(), "serve", "--demo", "--port", str(self.port), "--data", str(self.data)], self.folder / "server.log",
            {**database, **environment(SERVED), "XUEJI_CHECKS_NATIONAL_URL": self.simulator.url, "XUEJI_CHECKS_THREADS": "1", **settings})
        wait_until(lambda: self.answers(self.url + "/readyz"), "the server to be ready", seconds=120, pause=0.05)

    def close(self):
        ended = [self.stop(), self.simulator.stop()]
        assert not any(ended), self.tail()

