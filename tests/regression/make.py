#!/usr/bin/python3
"""Makes a data folder, or a dump of MariaDB, of the time of a program, with what a later build must find again.

    tests/regression/make.py --program build/release/xueji --out tests/regression/COMMIT
    XUEJI_DATABASE=$(script/mariadb start /tmp/mariadb) tests/regression/make.py --program … --out …

Into the folder go data.tar.xz and sqlite.json, or with XUEJI_DATABASE mariadb.sql.xz, mariadb-files.tar.xz and mariadb.json.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
from urllib.parse import unquote, urlsplit

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "api"), str(HERE)]


def packed(folder, file, names):
    """Nothing of the machine stands in it: no owner, no order of its own."""
    tar = ["tar", "--create", "--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--directory", folder, *names]
    with subprocess.Popen(tar, stdout=subprocess.PIPE) as made, open(file, "wb") as out:
        subprocess.run(["xz", "-9e"], stdin=made.stdout, stdout=out, check=True)
    assert made.returncode == 0


def dumped(address, file):
    parts = urlsplit(address)
    dump = ["mariadb-dump", "--no-defaults", "--protocol=tcp", f"--host={parts.hostname}", f"--port={parts.port}",
            f"--user={unquote(parts.username)}", "--single-transaction", "--default-character-set=utf8mb4", "--hex-blob",
            "--skip-dump-date", parts.path.lstrip("/")]
    environment = {**os.environ, "MYSQL_PWD": unquote(parts.password)}
    with subprocess.Popen(dump, stdout=subprocess.PIPE, env=environment) as made, open(file, "wb") as out:
        subprocess.run(["xz", "-9e"], stdin=made.stdout, stdout=out, check=True)
    assert made.returncode == 0


def written(kept):
    """JSON with a line for each request, student and key."""
    def line(value):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)

    lists = [f'"{name}": [\n' + ",\n".join(map(line, kept[name])) + "\n]" for name in ("requests", "students", "keys")]
    return "{\n" + ",\n".join([*(f'"{name}": {line(kept[name])}' for name in ("counts", "definitions")), *lists]) + "\n}\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    given = parser.parse_args()
    # The database keeps the names of the definitions' files: those of the checkout, which must be the program's own.
    os.environ |= {"XUEJI_PROGRAM": str(given.program.resolve()), "XUEJI_WORKFLOWS_DIRECTORY": "workflows",
                   "XUEJI_WORKFLOWS_CALENDAR": "config/calendar.yaml"}

    import content
    from conftest import Supply, World
    from journeys import Journeys
    from support.program import address_of, program

    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="xueji-kept-") as folder:
        world = World(folder)
        data, address = world.server.data, address_of(world.server.data)
        journeys = Journeys(world, Supply(world))
        try:
            journeys.play()
            kept = content.described(world.url)
        finally:
            world.close()
        content.assert_complete(kept)
        subprocess.run([program(), "audit", "verify", "--data", str(data)], check=True, env={**os.environ, "XUEJI_DATABASE": address})
        with content.database_of(data, address) as ask:
            kept["definitions"] = content.definitions(ask)
            kept["counts"] = content.counts(ask, content.tables_of(ask, address))
        kept["keys"] = journeys.keys
        if address:
            dumped(address, given.out / "mariadb.sql.xz")
            packed(data, given.out / "mariadb-files.tar.xz", ["evidence", "population.tsv"])
        else:
            packed(data, given.out / "data.tar.xz", ["evidence", "population.tsv", "xueji.db"])
        file = given.out / ("mariadb.json" if address else "sqlite.json")
        file.write_text(written(kept), encoding="utf-8")
        print(f"{len(kept['requests'])} requests, {sum(each['outcome'] is None for each in kept['requests'])} of them open, in {given.out}")


if __name__ == "__main__":
    main()
