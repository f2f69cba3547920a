"""A slow-down that is planted in one of two programs shows in their comparison. comparison.py PROGRAM"""
import json
import pathlib
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).with_name("slower.c")


def slower(program, folder):
    """The same program, each message of which costs it more."""
    library, script = folder / "slower.so", folder / "slower"
    subprocess.run(["gcc", "-O1", "-shared", "-fPIC", "-o", library, SOURCE, "-ldl"], check=True)
    script.write_text(f'#!/bin/sh\nLD_PRELOAD="{library}" exec "{program}" "$@"\n')
    script.chmod(0o755)
    return script


def compare(program, *options):
    """Exit status, what was said on standard error, the figures."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        done = subprocess.run([program, "bench", "--json", file.name, "--pairs", "2", "--rounds", "1", "--requests", "60", *map(str, options)],
                              capture_output=True, text=True, timeout=600)
        print(done.stdout, end="", flush=True)
        assert done.returncode in (0, 1), done.stderr
        return done.returncode, done.stderr, json.load(open(file.name, encoding="utf-8"))["figures"]


def main(program):
    with tempfile.TemporaryDirectory() as name:
        slow = slower(program, pathlib.Path(name))
        status, _, figures = compare(program, "--against", slow, "--name", "slower")
        assert status == 0, "figures alone fail nothing"
        assert figures["processorMsPerRequest"]["ratio"]["greatest"] < 0.9, "today's program is not quicker than the slow one"
        assert len(figures["approvalsPerSecond"]["today"]) == 2 and min(figures["peakMemoryMb"]["today"]) > 1
        status, said, figures = compare(program, "--against", program, "--name", "before", "--today", slow, "--max-regression", 10)
        assert figures["processorMsPerRequest"]["ratio"]["least"] > 1.1, "the planted slow-down does not show"
        assert status == 1 and "processor, a whole request, ms: worse by more than 10 %" in said, said


if __name__ == "__main__":
    main(sys.argv[1])
