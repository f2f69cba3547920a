"""One server for the session, private ones for outages and restarts, a client for each demo account."""
import itertools
import os
import pathlib
import subprocess
import sys
import threading

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from support import client as api  # noqa: E402
from support.program import Server, Simulator, address_of, always_open, faked, free_port, program  # noqa: E402

ACCOUNTS = ("registrar", "head", "registrar2", "county", "county-approver", "county2", "province", "province-approver",
            "province2", "ministry", "ministry-approver", "admin")


class World:
    """A server with its national side, and the demo accounts signed in. Nothing is closed by the time of the year, but where
    the environment names definitions of its own."""

    def __init__(self, folder, options=(), environment=None, simulator=True, clock=None, demo=True):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.simulator_port = free_port()
        own = environment or {}
        calendar = {} if "XUEJI_WORKFLOWS_DIRECTORY" in own else always_open()
        self.environment = {"XUEJI_CHECKS_NATIONAL_URL": f"http://127.0.0.1:{self.simulator_port}", **calendar, **own}
        self.server = Server(self.folder, options, self.environment, clock=clock, demo=demo)
        self.simulator = Simulator(self.server.data / "population.tsv", self.folder, self.simulator_port) if simulator else None
        self._clients = {}
        self._lock = threading.Lock()
        self._demo = None

    @property
    def url(self):
        return self.server.url

    def __getitem__(self, username):
        with self._lock:
            if username not in self._clients:
                self._clients[username] = api.sign_in(self.url, username)
            return self._clients[username]

    def by_cookie(self, username):
        return api.sign_in(self.url, username, cookie=True)

    def anonymous(self):
        return api.Client(self.url)

    @property
    def demo(self):
        if self._demo is None:
            self._demo = self.anonymous().get("/demo").json()
        return self._demo

    def restart(self, clock=None):
        """Stops and starts the server on the same data; sessions stay valid, unless its clock is another now."""
        assert self.server.stop() == 0, self.server.tail()
        self.server = self.server.again(clock)
        if clock:
            self.sign_in_anew()

    def sign_in_anew(self):
        """After the clock was set, which may end sessions."""
        with self._lock:
            self._clients.clear()

    def verify_audit(self):
        subprocess.run([program(), "audit", "verify", "--data", str(self.server.data)], check=True, timeout=120,
                       env={**os.environ, "XUEJI_DATABASE": address_of(self.server.data)})

    def close(self):
        """Both must end well: a leak or a crash while stopping is a fault too."""
        ended = [process.stop() for process in (self.server, self.simulator) if process]
        assert not any(ended), self.server.tail()


class Supply:
    """Hands out students that no other test uses."""

    def __init__(self, world):
        self._world = world
        examples = world.demo["examples"]
        self._clear = [e for e in examples if e["workflow"] == "key-information-change" and e["outcome"] == "clear"]
        self._suspect = [e for e in examples if e["workflow"] == "key-information-change" and e["outcome"] == "suspect"]
        self._deletions = [e for e in examples if e["workflow"] == "g-number-deletion"]
        self._free = None

    def clear(self, field=None):
        """An example that the checks will find clear, with that field where one is named."""
        for index, example in enumerate(self._clear):
            if field is None or field in example["fields"]:
                return self._clear.pop(index)
        raise AssertionError(f"no clear example with {field} is left")

    def suspect(self):
        return self._suspect.pop(0)

    def deletion(self):
        return self._deletions.pop(0)

    def student(self, with_id_number=False):
        """A student in school at the registrar's school about whom nothing was filed; the checks' answer is unknown. Some have no ID number."""
        if self._free is None:
            taken = {e["student"] for e in self._world.demo["examples"] if "student" in e}
            taken |= {s["id"] for r in self._world["ministry"].items("/requests", limit=200) for s in r["subjects"]}
            names = {e["find"]["name"] for e in self._world.demo["examples"] if "find" in e}
            everybody = self._world["registrar"].items("/students", status="in_school", limit=200)
            self._free = [s for s in everybody if s["openRequest"] is None and s["id"] not in taken and s["name"] not in names]
        for index, student in reversed(list(enumerate(self._free))):
            if student["idNumber"] or not with_id_number:
                return self._free.pop(index)
        return self._world["registrar"].get("/students/" + self._clear.pop()["student"]).json()


@pytest.fixture(scope="session")
def world(tmp_path_factory):
    shared = World(tmp_path_factory.mktemp("world"))
    yield shared
    shared.close()


@pytest.fixture(scope="session")
def supply(world):
    return Supply(world)


@pytest.fixture
def private_world(tmp_path):
    """Makes servers that a test may break: private_world(options=[...])."""
    made, numbers = [], itertools.count()

    def make(**settings):
        made.append(World(tmp_path / f"world{next(numbers)}", **settings))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def registrar(world):
    return world["registrar"]


@pytest.fixture
def head(world):
    return world["head"]


@pytest.fixture
def county(world):
    return world["county"]


@pytest.fixture
def approver(world):
    return world["county-approver"]


COVERAGE = "test_zz_coverage.py"
SLOWEST_FIRST = ("test_time.py", "test_deploy.py", "test_outage.py")


def pytest_collection_modifyitems(config, items):
    """The files that take longest come first, so that processes side by side end together; coverage of the contract is
    judged last, and only when every test file takes part."""

    def place(item):
        name = item.path.name
        return SLOWEST_FIRST.index(name) if name in SLOWEST_FIRST else 2 * len(SLOWEST_FIRST) if name == COVERAGE else len(SLOWEST_FIRST)

    items.sort(key=place)
    files = {path.name for path in pathlib.Path(__file__).parent.glob("test_*.py")}
    config.whole_suite = files <= {item.path.name for item in items} and not config.getoption("keyword")


def pytest_sessionfinish():
    """Processes side by side put what they have seen together in the file that XUEJI_SEEN names."""
    if os.environ.get("XUEJI_SEEN"):
        with open(os.environ["XUEJI_SEEN"], "a", encoding="utf-8") as file:
            file.writelines(f"{status} {slug}\n" for status, slug in api.SEEN)


@pytest.fixture(scope="session")
def a_program_that_faketime_can_run():
    tried = subprocess.run([*faked("+1d"), program(), "--version"], capture_output=True, text=True)
    if "ASan runtime does not come first" in tried.stderr:
        pytest.skip("faketime and the address sanitizer both must be the first library of a program")
    assert tried.returncode == 0, tried.stderr
