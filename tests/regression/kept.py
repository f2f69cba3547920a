"""Kept folders and dumps, each unpacked for one test, and a server of today on it."""
import json
import lzma
import os
import pathlib
import subprocess
import tarfile
import threading
from urllib.parse import unquote, urlsplit

from support import client as api
from support.program import ROOT, Process, Simulator, databases, free_port, program, wait_until

HERE = pathlib.Path(__file__).resolve().parent


def stores():
    """(commit, store) of all that is kept; those of MariaDB where XUEJI_DATABASE names a server."""
    kept = sorted(file for file in HERE.glob("*/*.json"))
    return [(file.parent.name, file.stem) for file in kept if file.stem == "sqlite" or databases.server_address()]


class Kept:
    """One folder of its own time, unpacked."""

    def __init__(self, commit, store, folder):
        self.source, self.folder = HERE / commit, pathlib.Path(folder)
        self.data = self.folder / "data"
        self.data.mkdir(parents=True)
        self.content = json.loads((self.source / f"{store}.json").read_text(encoding="utf-8"))
        self.address = databases.create(databases.server_address()) if store == "mariadb" else ""
        self.unpack("mariadb-files.tar.xz" if self.address else "data.tar.xz")
        if self.address:
            self.load(self.source / "mariadb.sql.xz")
        self.national_port = free_port()
        self.started = []
        self.definitions = None  # a folder other than that of today's program

    def unpack(self, archive):
        as_data = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
        with tarfile.open(self.source / archive) as packed:
            packed.extractall(self.data, **as_data)

    def load(self, dump):
        parts = urlsplit(self.address)
        command = ["mariadb", "--no-defaults", "--protocol=tcp", f"--host={parts.hostname}", f"--port={parts.port}",
                   f"--user={unquote(parts.username)}", "--default-character-set=utf8mb4", parts.path.lstrip("/")]
        subprocess.run(command, input=lzma.decompress(dump.read_bytes()), check=True,
                       env={**os.environ, "MYSQL_PWD": unquote(parts.password)})

    @property
    def environment(self):
        more = {"XUEJI_WORKFLOWS_DIRECTORY": str(self.definitions)} if self.definitions else {}
        return {"XUEJI_DATABASE": self.address, "XUEJI_CHECKS_NATIONAL_URL": f"http://127.0.0.1:{self.national_port}", **more}

    def run(self, *arguments, expect=0):
        done = subprocess.run([program(), *arguments, "--data", self.data], cwd=ROOT, env={**os.environ, **self.environment},
                              capture_output=True, text=True, timeout=300)
        assert done.returncode == expect, done.stdout[-2000:] + done.stderr[-2000:]
        return done.stdout + done.stderr

    def serve(self):
        self.started.append(Served(self))
        return self.started[-1]

    def simulate(self):
        self.started.append(Simulator(self.data / "population.tsv", self.folder, self.national_port))
        return self.started[-1]

    def close(self):
        """Whatever a failed test has left running ends here."""
        for process in self.started:
            process.stop()
        if self.address:
            databases.drop(self.address)


class Served(Process):
    """`xueji serve --demo` on kept data, and its accounts signed in as they are needed."""

    _serial = 0

    def __init__(self, kept):
        Served._serial += 1
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        super().__init__([program(), "serve", "--demo", "--port", str(port), "--data", str(kept.data)],
                         kept.folder / f"server{Served._serial}.log", kept.environment)
        self._clients, self._lock = {}, threading.Lock()

    def wait(self):
        wait_until(lambda: self.answers(self.url + "/readyz"), "the server to be ready", seconds=120, pause=0.05)
        return self

    def __getitem__(self, username):
        with self._lock:
            if username not in self._clients:
                self._clients[username] = api.sign_in(self.url, username, checks=False)
            return self._clients[username]

    def logged(self):
        return self.log.read_text(encoding="utf-8", errors="replace")
