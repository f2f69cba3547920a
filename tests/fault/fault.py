"""Kills server and database with SIGKILL under load, again and again, and then audits what was kept. See --help."""
import argparse
import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from auditor import DOUBLED, LOST, audit  # noqa: E402
from clerk import API, Clerk, Ledger  # noqa: E402
from follower import Follower  # noqa: E402
from http_client import Client  # noqa: E402
from server import MariaDbStore, NationalSide, Server, SqliteStore  # noqa: E402

PEOPLE = ["registrar", "head", "county", "county-approver"]


def say(text):
    print(text, flush=True)


def png():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b""))


def must(answer, *statuses):
    if answer.status not in statuses:
        raise SystemExit(f"fault: the server answered {answer.status} {answer.body}")
    return answer.body


def prepare(port):
    """Tokens of the people, the scan's hash, and students with fields of changes that the checks find clear."""
    client = Client(port)
    tokens = {name: must(client.call("POST", f"{API}/session", body={"username": name, "password": "xueji-demo", "mode": "token"}),
                         201)["token"] for name in PEOPLE}
    evidence = must(client.call("POST", f"{API}/evidence?filename=scan.png", tokens["registrar"], raw=png(),
                                headers={"Content-Type": "image/png"}), 200, 201)["sha256"]
    examples = must(client.call("GET", f"{API}/demo"), 200)["examples"]
    students = [(e["student"], e["fields"]) for e in examples
                if e["workflow"] == "key-information-change" and e["outcome"] == "clear"]
    return tokens, evidence, students


def wait_until_checked(port, tokens, patience=90):
    """After the last crash every check that was under way must be finished by itself."""
    client, deadline = Client(port), time.monotonic() + patience
    while time.monotonic() < deadline:
        waiting = must(client.call("GET", f"{API}/requests?state=central_check&limit=200",
                                   tokens["registrar"]), 200)["items"]
        still = [item for item in waiting if not any(f["outcome"] == "unavailable" for f in item["findings"])]
        if not still:
            return True
        time.sleep(0.1)
    return False


def compare_with_api(port, tokens, database, requests):
    """What the API tells of a request's history is what the database holds."""
    client, faults, kept = Client(port), [], {request: [] for request in requests}
    for request, entry, own in database.rows("SELECT request_id, id, hash FROM history ORDER BY id"):
        if request in kept:
            kept[request].append((str(entry), own))
    for request, entries in kept.items():
        told = must(client.call("GET", f"{API}/requests/{request}/history?limit=200", tokens["registrar"]), 200)["items"]
        if [(entry["id"], entry["hash"]) for entry in told] != entries[:200]:
            faults.append(f"request {request}: the API tells another history than the database holds")
    return faults


def longest_gap(instants):
    instants = sorted(instants)
    return max((b - a for a, b in zip(instants, instants[1:])), default=0)


class Kills:
    """What is killed in which order, the same for the same seed; how long each took to be ready again."""

    def __init__(self, options, randomly, server, store):
        self.random, self.server, self.store = randomly, server, store
        self.plan = ["server"] * options.rounds + ["database"] * options.database_rounds + ["both"] * options.both_rounds
        self.random.shuffle(self.plan)
        self.seconds = {}

    def kill(self, what):
        """Returns the seconds from the start of what was killed until the server was ready."""
        victims = {"server": [self.server], "database": [self.store], "both": [self.server, self.store]}[what]
        self.random.shuffle(victims)
        for victim in victims:
            victim.kill()
            time.sleep(self.random.uniform(0, 0.3) if what != "server" else 0)
        started = time.monotonic()
        if self.store in victims:
            self.store.start()
        if self.server in victims:
            self.server.start()
        else:
            self.server.wait_until_ready()
        taken = time.monotonic() - started
        self.seconds.setdefault(what, []).append(taken)
        return taken


def run(options, data, store):
    randomly = random.Random(options.seed)
    say(f"Demo data in {data}")
    subprocess.run([options.program, "demo-data", "--data", data], check=True, stdout=subprocess.DEVNULL, env=store.environment)
    national = NationalSide(options.program, data)
    server = Server(options.program, data, store.environment, national)
    try:
        return run_rounds(options, data, randomly, server, store)
    finally:
        if server.process and server.process.poll() is None:
            server.kill()
        national.stop()


def run_rounds(options, data, randomly, server, store):
    server.start()
    tokens, evidence, students = prepare(server.port)
    database = store.open()
    ((history_before,),) = database.rows("SELECT MAX(id) FROM history")
    database.close()
    ledger, up, stopping = Ledger(), threading.Event(), threading.Event()
    up.set()
    clerks = [Clerk(i, server.port, tokens, students[i::options.clients], evidence, ledger, up, stopping)
              for i in range(options.clients)]
    follower = Follower(server.port, tokens["registrar"])
    for each in [follower, *clerks]:
        each.start()

    say(f"{options.clients} clerks, {len(students)} students, seed {options.seed}\n")
    say("kill of         after s   acknowledged   ready again ms")
    kills = Kills(options, randomly, server, store)
    for number, what in enumerate(kills.plan, 1):
        before, pause = len(ledger.acknowledged), randomly.uniform(options.min_seconds, options.max_seconds)
        time.sleep(pause)
        if what != "database":
            up.clear()
        acknowledged = len(ledger.acknowledged) - before
        taken = kills.kill(what)
        up.set()
        say(f"{number:4} {what:8}   {pause:7.2f}   {acknowledged:12}   {taken * 1000:14.0f}")

    time.sleep(min(2, options.max_seconds))
    stopping.set()
    for clerk in clerks:
        clerk.join(60)
    faults = {"no surprise on the way": ledger.surprises + [c.name + " hangs" for c in clerks if c.is_alive()]}
    finished = wait_until_checked(server.port, tokens)
    faults["checks under way are finished after the last start"] = [] if finished else ["a request still waits for its checks"]
    touched = sorted({request for _, _, _, request, _ in ledger.acknowledged})
    sample = randomly.sample(touched, min(60, len(touched)))
    database = store.open()
    faults["the API tells what the database holds"] = compare_with_api(server.port, tokens, database, sample)
    faults["every event is heard once, in order"] = list(follower.faults(database, touched))
    status = server.stop()
    faults["SIGTERM ends it with status 0"] = [] if status == 0 else [f"status {status}"]

    started = time.monotonic()
    faults.update(audit(database, ledger, history_before))
    audited = time.monotonic() - started
    database.close()
    verified = subprocess.run([options.program, "audit", "verify", "--data", data], capture_output=True, text=True, env=store.environment)
    faults["xueji audit verify"] = [] if verified.returncode == 0 else (verified.stdout + verified.stderr).splitlines()[:10]
    enough = len(ledger.acknowledged) >= 20 * len(kills.plan)
    faults["the load was a load"] = [] if enough else ["too few acts were acknowledged"]
    return report(ledger, follower, kills, audited, faults)


def report(ledger, follower, kills, audited, faults):
    acts = {}
    for _, _, _, _, action in ledger.acknowledged:
        acts[action] = acts.get(action, 0) + 1
    say("\nkills: " + ", ".join(f"{len(seconds)} of {what} (slowest start {max(seconds) * 1000:.0f} ms)"
                               for what, seconds in sorted(kills.seconds.items())))
    say(f"{len(ledger.acknowledged)} acts acknowledged, {len(faults[LOST])} lost, {len(faults[DOUBLED])} doubled ("
        + ", ".join(f"{count} {action}" for action, count in sorted(acts.items())) + ")")
    say(f"{ledger.repeated} keys repeated after their answer, {ledger.insisted} after a broken connection, {ledger.put_off} after 429 or 503; "
        f"{len(ledger.unknown)} acts never answered and not repeated")
    say(f"{len(follower.heard)} changes of requests heard live over {follower.connections} connections")
    if ledger.unexpected_statuses:
        say("refused: " + ", ".join(f"{count} x {name}" for name, count in sorted(ledger.unexpected_statuses.items())))
    say(f"longest stall for all clients together {longest_gap([a[0] for a in ledger.acknowledged]) * 1000:.0f} ms; audited in {audited:.1f} s\n")
    for name, found in faults.items():
        say(f"{'ok    ' if not found else 'FAILED'} {name}")
        for fault in found[:10]:
            say(f"         {fault}")
        if len(found) > 10:
            say(f"         and {len(found) - 10} more")
    return not any(faults.values())


def main():
    parser = argparse.ArgumentParser(prog="script/fault", description=__doc__)
    parser.add_argument("--program", required=True, help="the xueji to test")
    parser.add_argument("--database", choices=["sqlite", "mysql"], default="sqlite", help="what keeps the data (sqlite)")
    parser.add_argument("--rounds", type=int, default=20, help="kills of the server (20)")
    parser.add_argument("--database-rounds", type=int, default=20, help="kills of MariaDB (20)")
    parser.add_argument("--both-rounds", type=int, default=10, help="kills of both (10)")
    parser.add_argument("--clients", type=int, default=32, help="connections (32)")
    parser.add_argument("--min-seconds", type=float, default=0.3, help="shortest time between a start and a kill")
    parser.add_argument("--max-seconds", type=float, default=3, help="longest")
    parser.add_argument("--seed", type=int, default=None, help="for the same kills and acts again, as far as time allows")
    parser.add_argument("--keep", action="store_true", help="keep the folder")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the processes that it started end with it
    if options.seed is None:
        options.seed = random.SystemRandom().randrange(1_000_000)
    if options.database == "sqlite":
        options.database_rounds = options.both_rounds = 0
    data = tempfile.mkdtemp(prefix="xueji-fault-")
    store = SqliteStore(data) if options.database == "sqlite" else MariaDbStore()
    sound = False
    try:
        sound = run(options, data, store)
    finally:
        store.stop()
        if sound and not options.keep:
            shutil.rmtree(data)
            store.remove()
        else:
            say(f"\nThe data is kept in {data}{store.kept_in}")
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
