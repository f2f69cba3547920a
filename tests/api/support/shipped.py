"""The shipped change of key information, whose text tests change."""
import pathlib
import re

ROOT = pathlib.Path(__file__).parents[3]
SHIPPED = (ROOT / "workflows" / "key-information-change.yaml").read_text(encoding="utf-8")
VERSION = int(re.search(r"^version: (\d+)$", SHIPPED, re.MULTILINE)[1])


def without_migration():
    """No way over from other versions."""
    return SHIPPED[:SHIPPED.index("\nmigrate:\n") + 1]


def in_season(key, close=""):
    """That business under that key, begun in the calendar's window `seasonal` alone; with `close`, a rule of closing."""
    text = re.sub(r"^( +)window: .*\n", "", SHIPPED, count=1, flags=re.MULTILINE)
    text = re.sub(r"^close: .*\n", close, text, count=1, flags=re.MULTILINE)
    return text.replace("key: key-information-change", f"key: {key}", 1).replace("open:\n", "open:\n  window: seasonal\n", 1)
