"""The server under test and the simulated national side, as processes that this test starts and ends."""
import re
import socket
import subprocess
import time

from http_client import Client, Unanswered


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


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


class Server:
    def __init__(self, program, data, national):
        self.program, self.data, self.national, self.port = program, data, national, free_port()
        self.process, self.log = None, open(f"{data}/server.log", "ab")

    def start(self, patience=60):
        """Returns the seconds until it answered that it is ready."""
        started = time.monotonic()
        self.process = subprocess.Popen([self.program, "serve", "--demo", "--port", str(self.port), "--data", self.data,
                                         "--national", self.national.url], stdout=self.log, stderr=self.log)
        client = Client(self.port, timeout=5)
        while time.monotonic() - started < patience:
            try:
                if client.call("GET", "/readyz").status == 200:
                    client.close()
                    return time.monotonic() - started
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
