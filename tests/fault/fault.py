"""Kills the server with SIGKILL under load, again and again, and then audits what it kept. See --help."""
import argparse
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from auditor import audit, rows  # noqa: E402
from clerk import API, Clerk, Ledger  # noqa: E402
from http_client import Client  # noqa: E402
from server import NationalSide, Server  # noqa: E402

import sqlite3  # noqa: E402

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
    client, faults = Client(port), []
    for request in requests:
        told = must(client.call("GET", f"{API}/requests/{request}/history?limit=200", tokens["registrar"]), 200)["items"]
        kept = rows(database, "SELECT CAST(id AS TEXT), hash FROM history WHERE request_id = ? ORDER BY id LIMIT 200", request)
        if [(entry["id"], entry["hash"]) for entry in told] != kept:
            faults.append(f"request {request}: the API tells another history than the database holds")
    return faults


def longest_gap(instants):
    instants = sorted(instants)
    return max((b - a for a, b in zip(instants, instants[1:])), default=0)


def database_file(data):
    found = [name for name in os.listdir(data) if name.endswith(".db")]
    if len(found) != 1:
        raise SystemExit(f"fault: {data} holds {len(found)} databases")
    return os.path.join(data, found[0])


def run(options, data):
    randomly = random.Random(options.seed)
    say(f"Demo data in {data}")
    subprocess.run([options.program, "demo-data", "--data", data], check=True, stdout=subprocess.DEVNULL)
    national = NationalSide(options.program, data)
    server = Server(options.program, data, national)
    try:
        return run_rounds(options, data, randomly, server)
    finally:
        if server.process and server.process.poll() is None:
            server.kill()
        national.stop()


def run_rounds(options, data, randomly, server):
    server.start()
    tokens, evidence, students = prepare(server.port)
    database = sqlite3.connect(f"file:{database_file(data)}?mode=ro", uri=True)
    ((history_before,),) = rows(database, "SELECT MAX(id) FROM history")
    ledger, up, stopping = Ledger(), threading.Event(), threading.Event()
    up.set()
    clerks = [Clerk(i, server.port, tokens, students[i::options.clients], evidence, ledger, up, stopping)
              for i in range(options.clients)]
    for clerk in clerks:
        clerk.start()

    say(f"{options.clients} clerks, {len(students)} students, seed {options.seed}\n")
    say("kill   after s   acknowledged   ready again ms")
    recoveries = []
    for number in range(1, options.rounds + 1):
        before, pause = len(ledger.acknowledged), randomly.uniform(options.min_seconds, options.max_seconds)
        time.sleep(pause)
        up.clear()
        server.kill()
        acknowledged = len(ledger.acknowledged) - before
        recoveries.append(server.start())
        up.set()
        say(f"{number:4}   {pause:7.2f}   {acknowledged:12}   {recoveries[-1] * 1000:14.0f}")

    time.sleep(min(2, options.max_seconds))
    stopping.set()
    for clerk in clerks:
        clerk.join(60)
    faults = {"no surprise on the way": ledger.surprises + [c.name + " hangs" for c in clerks if c.is_alive()]}
    finished = wait_until_checked(server.port, tokens)
    faults["checks under way are finished after the last start"] = [] if finished else ["a request still waits for its checks"]
    touched = sorted({request for _, _, _, request, _ in ledger.acknowledged})
    sample = randomly.sample(touched, min(60, len(touched)))
    faults["the API tells what the database holds"] = compare_with_api(server.port, tokens, database, sample)
    status = server.stop()
    faults["SIGTERM ends it with status 0"] = [] if status == 0 else [f"status {status}"]
    database.close()

    faults.update(audit(database_file(data), ledger, history_before))
    verified = subprocess.run([options.program, "audit", "verify", "--data", data], capture_output=True, text=True)
    faults["xueji audit verify"] = [] if verified.returncode == 0 else (verified.stdout + verified.stderr).splitlines()[:10]
    faults["the load was a load"] = [] if len(ledger.acknowledged) >= 20 * options.rounds else ["too few acts were acknowledged"]
    return report(options, ledger, recoveries, faults)


def report(options, ledger, recoveries, faults):
    acts = {}
    for _, _, _, _, action in ledger.acknowledged:
        acts[action] = acts.get(action, 0) + 1
    say(f"\n{options.rounds} kills, {len(ledger.acknowledged)} acts acknowledged ("
        + ", ".join(f"{count} {action}" for action, count in sorted(acts.items())) + ")")
    say(f"{ledger.repeated} keys repeated after their answer, {ledger.insisted} after a broken connection; "
        f"{len(ledger.unknown)} acts never answered and not repeated")
    if ledger.unexpected_statuses:
        say("refused: " + ", ".join(f"{count} x {name}" for name, count in sorted(ledger.unexpected_statuses.items())))
    say(f"longest stall for all clients together {longest_gap([a[0] for a in ledger.acknowledged]) * 1000:.0f} ms, "
        f"slowest start {max(recoveries, default=0) * 1000:.0f} ms\n")
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
    parser.add_argument("--rounds", type=int, default=20, help="kills (20)")
    parser.add_argument("--clients", type=int, default=32, help="connections (32)")
    parser.add_argument("--min-seconds", type=float, default=0.3, help="shortest time between a start and a kill")
    parser.add_argument("--max-seconds", type=float, default=3, help="longest")
    parser.add_argument("--seed", type=int, default=None, help="for the same kills and acts again, as far as time allows")
    parser.add_argument("--keep", action="store_true", help="keep the folder")
    options = parser.parse_args()
    if options.seed is None:
        options.seed = random.SystemRandom().randrange(1_000_000)
    data = tempfile.mkdtemp(prefix="xueji-fault-")
    sound = False
    try:
        sound = run(options, data)
    finally:
        if sound and not options.keep:
            shutil.rmtree(data)
        else:
            say(f"\nThe data is kept in {data}")
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
