"""Every route, every demo account, a foreign object: generated from the server's own table of routes."""
import re

import pytest

from conftest import ACCOUNTS
from support.client import new_key
from support.journey import open_request

OUTSIDE = ("registrar2", "county2", "province2")  # who have nothing to do with the first school


@pytest.fixture(scope="module")
def foreign(world, supply):
    """Values of path parameters that belong to the first school, and what must not leak of them."""
    request = open_request(world["registrar"], supply.student()["id"], {"new_name": "欧阳越权", "ground": "register_changed", "reason": "更正"})
    task = next(t for t in world["head"].items("/tasks", limit=200) if t["request"] == request["id"])
    return {"request": request, "task": task, "student": request["student"], "sha256": request["evidence"][0]["sha256"],
            "office": request["student"]["school"]["id"]}


def fill(path, foreign):
    """The path with the foreign object in it; None where the route has no object of a jurisdiction."""
    values = {"requests": foreign["request"]["id"], "students": foreign["student"]["id"], "tasks": foreign["task"]["id"],
              "evidence": foreign["sha256"], "offices": foreign["office"], "accounts": "registrar", "schools": foreign["office"]}
    parts, filled = path.split("/"), []
    for before, part in zip([""] + parts, parts):
        if not part.startswith("{"):
            filled.append(part)
        elif part == "{action}":
            filled.append("approve")
        elif before in values:
            filled.append(values[before])
        else:
            return None
    return "/".join(filled)


def sample(description, schema, depth=0):
    """A small value that fits a schema."""
    schema = description.deref(schema)
    for key in ("const", "default", "example"):
        if key in schema:
            return schema[key]
    for key in ("enum", "examples"):
        if key in schema:
            return schema[key][0]
    for key in ("oneOf", "anyOf", "allOf"):
        if key in schema:
            return sample(description, schema[key][0], depth + 1)
    kind = schema.get("type", "object")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        return {name: sample(description, schema["properties"][name], depth + 1) for name in schema.get("required", [])} if depth < 6 else {}
    if kind == "array":
        return [sample(description, schema["items"], depth + 1)] * schema.get("minItems", 0)
    return {"string": "1", "integer": schema.get("minimum", 1), "number": 1, "boolean": False, "null": None}[kind]


def call(client, description, method, path, operation, foreign):
    options = {"key": new_key(), "version": foreign["request"]["version"]} if method in ("POST", "PATCH", "PUT", "DELETE") else {}
    content = description.deref(operation.get("requestBody", {})).get("content", {})
    if "application/json" in content:
        options["json"] = sample(description, content["application/json"]["schema"])
    parameters = {}
    for parameter in map(description.deref, operation.get("parameters", [])):
        if parameter["in"] == "query" and parameter.get("required"):
            parameters[parameter["name"]] = sample(description, parameter["schema"])
    return client.call(method, path, params=parameters, **options)


def operations(description):
    for method, path, operation in description.operations():
        if path != "/api/v1/events" and (method, path) != ("DELETE", "/api/v1/session"):
            yield method, path, operation


def test_foreign_objects_are_denied_to_every_outsider(world, foreign):
    description, tried = world.anonymous().description, 0
    for method, path, operation in operations(description):
        filled = fill(path, foreign)
        if filled is None or "{" not in path or operation["x-access"] == "open" or "/schools/" in path:  # their names are public
            continue
        for username in OUTSIDE:
            answer = call(world[username], description, method, filled, operation, foreign)
            wanted = (403, 404) if operation["x-access"] == "admin" else (404,)
            assert answer.status_code in wanted, f"{username} {method} {filled}: {answer.status_code} {answer.text[:300]}"
            tried += 1
    assert tried >= 3 * 8


def test_lists_of_outsiders_hold_nothing_foreign(world, foreign):
    description = world.anonymous().description
    for method, path, operation in operations(description):
        if method != "GET" or "{" in path or operation["x-access"] == "open":
            continue
        for username in OUTSIDE:
            answer = world[username].call("GET", path, params={"limit": 200} if "limit" in str(operation.get("parameters")) else None)
            assert answer.status_code < 400 or (operation["x-access"] == "admin" and answer.status_code in (403, 404)), f"{username} {path}: {answer.text[:300]}"
            text = answer.content.decode("utf-8", "replace")
            assert foreign["sha256"] not in text and foreign["student"]["idNumber"] not in text
            if path.endswith(("/tasks", "/requests")):
                assert foreign["request"]["id"] not in [item.get("request") or item["id"] for item in answer.json()["items"]]


def test_nobody_without_a_session_gets_past_the_open_routes(world, foreign):
    description = world.anonymous().description
    for method, path, operation in operations(description):
        if operation["x-access"] == "open":
            continue
        answer = call(world.anonymous(), description, method, fill(path, foreign) or re.sub("{[^}]*}", "x", path), operation, foreign)
        assert answer.status_code == 401, f"{method} {path}: {answer.status_code} {answer.text[:300]}"


@pytest.mark.parametrize("username", ACCOUNTS)
def test_every_route_answers_every_account_sensibly(world, foreign, username):
    """With a foreign object, an unknown one and garbage in the path: never a server error, always described."""
    description = world.anonymous().description
    for method, path, operation in operations(description):
        if path == "/api/v1/session" or (method != "GET" and username == "admin" and "accounts" in path):
            continue
        unknown = re.sub("{[^}]*}", "999999999", path)
        garbage = re.sub("{[^}]*}", "%C3%A9~-", path)
        own = fill(path, foreign) if method == "GET" else None
        for target in filter(None, dict.fromkeys((own, unknown, garbage))):
            answer = call(world[username], description, method, target, operation, foreign)
            if target is own and "{" in path and username in OUTSIDE and operation["x-access"] == "signed_in" and "workflows" not in path and "/schools/" not in path:
                assert answer.status_code == 404
            if operation["x-access"] == "admin" and username != "admin":
                assert answer.status_code in (403, 404), f"{username} {method} {target}: {answer.status_code}"
    assert world[username].get("/me").json()["username"] == username


def test_only_administrators_administer(world):
    description = world.anonymous().description
    guarded = [(method, path, operation) for method, path, operation in operations(description) if operation["x-access"] == "admin"]
    for method, path, operation in guarded:
        if method == "GET" and "{" not in path:
            assert world["admin"].call("GET", path).status_code == 200, path
