"""The table of files of docs/evidence.md: what is uploaded, what is expected, what the server answers, and what that costs.

    /usr/bin/python3 tests/api/corpus.py            prints it
    /usr/bin/python3 tests/api/corpus.py --write    writes it into docs/evidence.md

It starts a server of its own from build/release (XUEJI_PROGRAM names another), and ends with 1 where an answer is not the expected one.
"""
import pathlib
import sys
import tempfile
import time

from support import client, scans
from support.program import ROOT, Server, program

DOCUMENT = ROOT / "docs" / "evidence.md"
BEGIN, END = "<!-- table: tests/api/corpus.py --write -->\n", "<!-- end of table -->\n"
WORDS = {"image/jpeg": "JPEG", "image/png": "PNG", "application/pdf": "PDF"}


def answer_to(registrar, data):
    """In the words of the table of support/scans.py."""
    answer = registrar.call("POST", "/evidence", params={"filename": "scan"}, data=data, headers={"Content-Type": "application/octet-stream"})
    told = answer.json()
    if answer.status_code == 201 or answer.status_code == 200:
        return " ".join([WORDS[told["mediaType"]], *(warning["code"] for warning in told["warnings"])])
    return told.get("cause", answer.status_code)


def in_words(expected):
    return {415: "415"}.get(expected, expected)


def memory_of(server):
    """Of the server's process: now, in megabytes."""
    status = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) // 1024


def table(registrar, server, renderer):
    lines = ["| file | expected | seen | ms | MB |", "| --- | --- | --- | ---: | ---: |"]
    wrong = 0
    for name, make, expected in scans.TABLE:
        data = make()
        seen = answer_to(registrar, data)
        wrong += seen != expected
        used = scans.measured(data, renderer) if seen != 415 else None
        lines.append(f"| {name} | {in_words(expected)} | {in_words(seen)}{'' if seen == expected else ' **other**'} | "
                     f"{used.ms if used else ''} | {used.memory_mb if used else ''} |")
    before = memory_of(server)
    lines += ["", "Hostile files: whatever is answered, it comes soon, from a process within its memory. The server had "
              f"{before} MB before them; the last column is what it has after each.", "",
              "| file | kB | seen | s | MB of its process | MB of the server |", "| --- | ---: | --- | ---: | ---: | ---: |"]
    for name, make in scans.HOSTILE:
        data = make()
        began = time.monotonic()
        seen = answer_to(registrar, data)
        took = time.monotonic() - began
        used = scans.measured(data, renderer)
        wrong += took > 35 or used.memory_mb > 768
        lines.append(f"| {name} | {len(data) // 1000} | {in_words(seen)} | {took:.1f} | {used.memory_mb} | {memory_of(server)} |")
    return "\n".join(lines) + "\n", wrong


def main():
    with tempfile.TemporaryDirectory(prefix="xueji-corpus-") as folder:
        server = Server(folder)
        try:
            registrar = client.sign_in(server.url, "registrar")
            made, wrong = table(registrar, server, pathlib.Path(program()).parent / "xueji-render")
        finally:
            server.stop()
    if "--write" in sys.argv[1:]:
        text = DOCUMENT.read_text()
        start, end = text.index(BEGIN) + len(BEGIN), text.index(END)
        DOCUMENT.write_text(text[:start] + "\n" + made + "\n" + text[end:])
    else:
        print(made)
    print(f"{len(scans.TABLE)} files and {len(scans.HOSTILE)} hostile ones, {wrong} not as expected", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
