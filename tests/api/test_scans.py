"""What people upload: what a viewer shows whole is taken, what it can't is refused with its cause; and what is shown."""
import contextlib
import hashlib
import io
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from support import files, scans
from support.client import problem
from support.journey import open_request
from support.program import program, wait_until

MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "PDF": "application/pdf"}
MEMORY_MB = 768


def send(client, data, filename="scan", expect=None):
    return client.call("POST", "/evidence", expect, params={"filename": filename}, data=data, headers={"Content-Type": "application/octet-stream"})


def page(client, sha256, number=1, size="screen", expect=200, **options):
    return client.get(f"/evidence/{sha256}/pages/{number}", expect=expect, params={"size": size}, **options)


def picture(answer):
    assert answer.headers["Content-Type"] == "image/jpeg"
    return Image.open(io.BytesIO(answer.content))


@pytest.mark.parametrize("make, expected", [row[1:] for row in scans.TABLE], ids=[row[0] for row in scans.TABLE])
def test_the_table_of_files(registrar, make, expected):
    data = make()
    answer = send(registrar, data)
    if expected == 415:
        problem(answer, 415, "unsupported-media-type")
        return
    media_type, *warnings = expected.split()
    if media_type not in MEDIA_TYPES:
        told = problem(answer, 422, "unreadable-evidence")
        assert told["cause"] == expected
        return
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert told["mediaType"] == MEDIA_TYPES[media_type] and [each["code"] for each in told["warnings"]] == warnings
    assert registrar.get("/evidence/" + told["sha256"]).content == data
    shown = page(registrar, told["sha256"], told["pages"])
    assert shown.headers["X-Page-Count"] == str(told["pages"]) and max(picture(shown).size) <= 2048


@pytest.mark.parametrize("make", [row[1] for row in scans.HOSTILE], ids=[row[0] for row in scans.HOSTILE])
def test_what_is_hostile_is_answered_within_time_and_memory(world, registrar, make):
    renderer = Path(program()).parent / "xueji-render"
    if "asan" in str(renderer):
        pytest.skip("memory is not limited under sanitizers")
    data = make()
    assert len(data) < 10_000_000
    before = time.monotonic()
    answer = send(registrar, data)
    assert answer.status_code in (201, 422)
    took = time.monotonic() - before
    assert took < 35
    if answer.status_code == 201:
        page(registrar, answer.json()["sha256"])
    used = scans.measured(data, renderer).memory_mb
    print(f"{took * 1000:.0f} ms, {used} MB")
    assert used <= MEMORY_MB


def decoders_of(server):
    """The processes under it that decode, by their ids."""
    found = []
    for task in Path(f"/proc/{server.process.pid}/task").iterdir():
        try:
            found += (task / "children").read_text().split()
        except OSError:
            pass
    return found


def test_who_goes_away_frees_the_decoder(private_world):
    own = private_world(simulator=False, environment={"XUEJI_EVIDENCE_DECODERS": "1"})
    registrar = own["registrar"]
    slow = scans.slow_pdf()
    head = (f"POST /api/v1/evidence?filename=a.pdf HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {registrar.token}\r\n"
            f"Content-Type: application/pdf\r\nContent-Length: {len(slow)}\r\n\r\n").encode()
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", own.server.port), timeout=10) as connection:
            connection.sendall(head + slow)
            wait_until(lambda: decoders_of(own.server), "the decoder to start")
        wait_until(lambda: not decoders_of(own.server), "the decoder to be ended", seconds=5)
    before = time.monotonic()
    send(own["head"], files.png(), expect=201)
    assert time.monotonic() - before < 5
    assert send(registrar, files.jpeg(), expect=201)


def test_a_server_that_is_told_to_stop_waits_for_no_decoder(private_world):
    own = private_world(simulator=False, environment={"XUEJI_SERVER_DRAIN_SECONDS": "1", "XUEJI_EVIDENCE_DECODERS": "1"})
    registrar = own["registrar"]
    with contextlib.ExitStack() as open_ones:
        for number in range(4):
            slow = scans.bomb(300_000_000, 2) + b" " * number
            connection = open_ones.enter_context(socket.create_connection(("127.0.0.1", own.server.port), timeout=20))
            connection.sendall((f"POST /api/v1/evidence?filename=a.pdf HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {registrar.token}\r\n"
                                f"Content-Type: application/pdf\r\nContent-Length: {len(slow)}\r\n\r\n").encode() + slow)
        wait_until(lambda: decoders_of(own.server), "a decoder")
        started = time.monotonic()
        assert own.server.stop(seconds=60) == 0, own.server.tail()
        assert time.monotonic() - started < 6


def test_what_is_told_of_a_refusal_says_what_to_do(registrar):
    data = scans.protected("user", "owner")
    for language, words in (("zh", "另存一份不带密码的文件"), ("en", "Save it without a password")):
        answer = registrar.call("POST", "/evidence", 422, data=data, headers={"Accept-Language": language})
        assert words in answer.json()["detail"]


def test_warnings_are_told_in_both_languages(registrar):
    data = scans.jpeg(scans.sheet().resize((120, 167)))
    for language, words in (("zh", "图片只有 120×167 像素"), ("en", "The picture has 120 by 167 pixels only")):
        warning, = registrar.call("POST", "/evidence", data=data, headers={"Accept-Language": language}).json()["warnings"]
        assert warning["code"] == "small" and warning["page"] is None and warning["message"].startswith(words)


@pytest.mark.parametrize("number", range(1, 9))
def test_a_picture_stands_upright_and_tells_nothing_of_its_maker(registrar, number):
    """The upper left quarter is red, where the camera saw it; each orientation puts it where EXIF says."""
    image = Image.new("RGB", (1200, 900), "white")
    image.paste("red", (0, 0, 600, 450))
    data = scans.jpeg(image, exif=scans.orientation(number))
    told = send(registrar, data, expect=201).json()
    assert (told["width"], told["height"]) == ((1200, 900) if number < 5 else (900, 1200))
    shown = picture(page(registrar, told["sha256"]))
    assert shown.size == (told["width"], told["height"]) and not shown.getexif()
    assert b"Maker" not in page(registrar, told["sha256"]).content
    left, top = number in (1, 4, 5, 8), number in (1, 2, 5, 6)
    place = (shown.width // 4 if left else shown.width * 3 // 4, shown.height // 4 if top else shown.height * 3 // 4)
    red, green, blue = shown.getpixel(place)
    assert red > 200 and green < 60 and blue < 60


def test_a_chinese_pdf_without_its_font_is_not_blank(registrar):
    told = send(registrar, scans.chinese_pdf()).json()
    assert told["warnings"] == []
    grey = picture(page(registrar, told["sha256"])).convert("L")
    dark = sum(grey.histogram()[:100])
    assert dark > 0.01 * grey.width * grey.height


def test_cmyk_and_transparency_are_shown_as_they_look(registrar):
    cmyk = Image.new("CMYK", (900, 900), (0, 255, 255, 0))
    clear = Image.new("RGBA", (900, 900), (0, 0, 0, 0))
    for data, colour in ((scans.jpeg(cmyk), (255, 0, 0)), (scans.png(clear), (255, 255, 255))):
        shown = picture(page(registrar, send(registrar, data, expect=201).json()["sha256"]))
        assert all(abs(seen - meant) < 12 for seen, meant in zip(shown.getpixel((450, 450)), colour))


def test_pictures_are_small_cached_for_the_person_and_made_once(world, registrar):
    data = scans.jpeg()
    sha256 = send(registrar, data, expect=201).json()["sha256"]
    thumbnail = page(registrar, sha256, size="thumbnail")
    assert max(picture(thumbnail).size) == 320 and len(thumbnail.content) < 40_000
    shown = page(registrar, sha256)
    assert shown.headers["Cache-Control"] == "private, max-age=86400, immutable" and "Cookie" in shown.headers["Vary"]
    assert shown.headers["X-Content-Type-Options"] == "nosniff" and "sandbox" in shown.headers["Content-Security-Policy"]
    again = page(registrar, sha256, expect=304, headers={"If-None-Match": shown.headers["ETag"]})
    assert again.content == b"" and again.headers["ETag"] == shown.headers["ETag"]
    beside = sorted(file.name[64:] for file in (world.server.data / "evidence" / sha256[:2] / sha256[2:4]).glob(sha256 + "*"))
    assert beside == ["", ".r1-1-screen", ".r1-1-thumbnail"]
    assert registrar.get("/evidence/" + sha256).content == data


def test_every_page_of_a_pdf_and_no_more(registrar):
    sha256 = send(registrar, scans.pages(3), expect=201).json()["sha256"]
    assert [page(registrar, sha256, number).headers["X-Page-Count"] for number in (1, 2, 3)] == ["3"] * 3
    for number in ("0", "4", "-1", "01", "x", "99999999999"):
        assert page(registrar, sha256, number, expect=None, check=False).status_code == 404, number
    assert page(registrar, sha256, size="huge", expect=None, check=False).status_code == 400


def test_who_may_see_a_page_is_who_may_see_the_scan(world, supply, registrar, head):
    sha256 = send(registrar, files.pdf(), expect=201).json()["sha256"]
    page(registrar, sha256)
    problem(page(head, sha256, expect=404), 404, "not-found")
    evidence = [{"kind": "household_register", "sha256": sha256}]
    open_request(registrar, supply.student()["id"], {"new_name": "欧阳页码", "ground": "register_changed", "reason": "更正"}, evidence)
    page(head, sha256)
    problem(page(world["county2"], sha256, expect=404), 404, "not-found")
    world.anonymous().get(f"/evidence/{sha256}/pages/1", expect=401)


def test_the_name_of_a_file_stays_with_who_gave_it(world, supply, registrar):
    """Two schools have the same form, and one called it after a child."""
    data = files.png()
    other = world["registrar2"]
    send(other, data, "王小明离婚判决书.png", 201)
    mine = send(registrar, data, "户口簿.png", 201).json()
    assert mine["filename"] == "户口簿.png"
    evidence = [{"kind": "household_register", "sha256": mine["sha256"]}]
    open_request(registrar, supply.student()["id"], {"new_name": "欧阳文件", "ground": "register_changed", "reason": "更正"}, evidence)
    for username in ("registrar", "head", "county"):
        told = world[username].get("/evidence/" + mine["sha256"]).headers["Content-Disposition"]
        assert "%E7%8E%8B" not in told, told
    assert "%E7%8E%8B" in other.get("/evidence/" + mine["sha256"]).headers["Content-Disposition"]


def script(folder, *lines):
    """In place of xueji-render."""
    program = folder / "render"
    program.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    program.chmod(0o755)
    return {"XUEJI_EVIDENCE_RENDER_PROGRAM": str(program)}


def test_a_file_of_before_is_shown_or_said_not_to_be(private_world, tmp_path):
    """What an earlier program took without decoding it."""
    own = private_world(simulator=False, environment=script(tmp_path, '[ "$1" = try ] && echo done || echo done 1 1 1 0 0 0'))
    good, bad = scans.png(), scans.half(scans.jpeg())
    for data in (good, bad):
        send(own["registrar"], data, expect=201)
    del own.server.environment["XUEJI_EVIDENCE_RENDER_PROGRAM"]
    own.restart()
    registrar = own["registrar"]
    page(registrar, hashlib.sha256(good).hexdigest())
    sha256 = hashlib.sha256(bad).hexdigest()
    for _ in range(2):
        assert problem(page(registrar, sha256, expect=422), 422, "unreadable-evidence")["cause"] == "damaged"
    assert registrar.get("/evidence/" + sha256).content == bad


def test_quotas_of_account_and_school(private_world):
    own = private_world(simulator=False, environment={"XUEJI_EVIDENCE_ACCOUNT_MB_PER_DAY": "2", "XUEJI_EVIDENCE_OFFICE_MB_PER_DAY": "3"})
    megabyte = 1024 * 1024
    send(own["registrar"], files.png(megabyte * 3 // 2), expect=201)
    told = send(own["registrar"], files.png(megabyte))
    problem(told, 429, "rate-limited")
    assert int(told.headers["Retry-After"]) > 0 and "2 MB" in told.json()["detail"]
    send(own["registrar"], files.png(), expect=201)
    send(own["head"], files.png(megabyte), expect=201)
    assert "3 MB" in problem(send(own["head"], files.png(megabyte * 3 // 4)), 429, "rate-limited")["detail"]
    send(own["registrar2"], files.png(megabyte), expect=201)


def test_without_room_uploads_are_refused_and_all_else_goes_on(private_world):
    own = private_world(simulator=False)
    registrar = own["registrar"]
    sha256 = send(registrar, scans.png(), expect=201).json()["sha256"]
    own.server.environment["XUEJI_EVIDENCE_FREE_MB_MIN"] = "1000000000"
    own.restart()
    registrar = own["registrar"]
    told = send(registrar, files.png())
    problem(told, 503, "busy")
    assert int(told.headers["Retry-After"]) > 0 and "disk has too little room" in told.json()["detail"]
    page(registrar, sha256)
    registrar.get("/students", expect=200)
    assert own.anonymous().get("/readyz").status_code == 200
    missing = own["admin"].get("/health").json()["missing"]
    assert "uploads-refused" in [each["rule"] for each in missing]


def test_without_its_sandbox_uploads_are_refused(private_world, tmp_path):
    own = private_world(simulator=False, environment=script(tmp_path, "echo unsafe this kernel has no Landlock"))
    told = send(own["registrar"], files.png())
    problem(told, 503, "busy")
    assert "can't open scans safely" in told.json()["detail"]
    missing, = [each for each in own["admin"].get("/health").json()["missing"] if each["rule"] == "uploads-refused"]
    assert "this kernel has no Landlock" in missing["message"]
    assert "uploads are refused: this kernel has no Landlock" in own.server.tail()


def test_more_than_can_wait_is_busy_and_nobody_else_waits(private_world):
    own = private_world(simulator=False, environment={"XUEJI_EVIDENCE_DECODERS": "1", "XUEJI_EVIDENCE_DECODERS_QUEUE_MAX": "2"})
    slow = scans.bomb(300_000_000, 2)
    with ThreadPoolExecutor(8) as many:
        waiting = [many.submit(send, own["registrar"], slow + b" " * number) for number in range(8)]
        before = time.monotonic()
        own["head"].get("/tasks", expect=200)
        assert time.monotonic() - before < 5
        answers = [each.result() for each in waiting]
    refused = [answer for answer in answers if answer.status_code == 503]
    assert refused and all(int(answer.headers["Retry-After"]) > 0 for answer in refused)
    assert any(answer.status_code != 503 for answer in answers)
