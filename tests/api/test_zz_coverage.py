"""Runs last: every status and problem type of the contract was met by a test of this session, or of those that ran side by
side before and wrote the file that XUEJI_SEEN names."""
import os

import pytest

from support.client import SEEN

CONTRACT = {
    (400, "malformed"), (400, "idempotency-key-required"), (401, "unauthenticated"), (401, "second-factor-required"), (404, "not-found"),
    (403, "not-allowed"), (403, "separation-of-duties"), (403, "foreign-origin"), (403, "password-change-required"),
    (409, "not-in-this-state"), (409, "open-business"), (409, "once-per"), (409, "numbers-exhausted"), (409, "window-closed"), (409, "business-retired"), (409, "leaves-undecided"), (409, "other-account"),
    (409, "status-not-eligible"), (409, "idempotency-in-progress"),
    (412, "stale"), (428, "precondition-required"), (413, "too-large"), (415, "unsupported-media-type"),
    (422, "validation"), (422, "missing-evidence"), (422, "unreadable-evidence"), (422, "idempotency-mismatch"), (429, "rate-limited"), (503, "busy"),
}

# Ours beside it.
BESIDE = {"method-not-allowed", "account-sealed", "last-administrator", "second-factor-setup-required", "second-factor-there"}


@pytest.fixture
def seen(request):
    if os.environ.get("XUEJI_SEEN"):
        with open(os.environ["XUEJI_SEEN"], encoding="utf-8") as file:
            return {(int(status), slug) for status, slug in map(str.split, file)}
    if not request.config.whole_suite:
        pytest.skip("only part of the tests runs")
    return SEEN


def test_every_problem_type_of_the_contract_was_seen(seen):
    assert CONTRACT - seen == set()


def test_no_other_problem_type_was_seen(seen):
    assert {slug for _, slug in seen} - {slug for _, slug in CONTRACT} <= BESIDE


def test_each_type_of_the_contract_is_a_page(world):
    for _, slug in sorted(CONTRACT):
        assert slug in world.anonymous().call("GET", "/problems/" + slug, expect=200, check=False).text
