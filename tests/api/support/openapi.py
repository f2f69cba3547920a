"""Checks answers against the server's own description of them."""
import functools
import hashlib
import json
import re

import jsonschema

METHODS = ("get", "post", "put", "patch", "delete")
REFERENCE = jsonschema.Draft202012Validator.VALIDATORS["$ref"]


def validators():
    """Of one document, for which what has once fitted a schema that it names fits it for good: the same students and offices
    come in answer after answer, and comparing them anew was most of what the tests had to do."""
    fitting = set()

    def fits_reference(validator, reference, instance, schema):
        key = (reference, hashlib.blake2b(json.dumps(instance).encode(), digest_size=16).digest())
        if key in fitting:
            return
        faults = list(REFERENCE(validator, reference, instance, schema))
        if not faults:
            fitting.add(key)
        yield from faults

    return jsonschema.validators.extend(jsonschema.Draft202012Validator, {"$ref": fits_reference})


@functools.lru_cache(maxsize=None)
def described_by(text):
    """One for each text: most servers of the tests describe themselves alike."""
    return Description(json.loads(text))


class Description:
    """`/openapi.json`, ready to be compared with what the server answers."""

    def __init__(self, document):
        self.document = document
        self._resolver = jsonschema.RefResolver("", document)
        self._kind = validators()
        self._validators = {}
        self._routes = []
        for path, item in document["paths"].items():
            pattern = "/".join("[^/]+" if part.startswith("{") else re.escape(part) for part in path.split("/"))
            self._routes.append((path.count("{"), re.compile(pattern + r"\Z"), path, item))
        self._routes.sort(key=lambda route: route[0])

    def operations(self):
        """(method, path template, operation) of every route."""
        for path, item in self.document["paths"].items():
            for method in METHODS:
                if method in item:
                    yield method.upper(), path, item[method]

    def operation(self, method, path):
        """The template and operation that answer this call; (None, None) where the description knows none."""
        for _, pattern, template, item in self._routes:
            if pattern.match(path) and method.lower() in item:
                return template, item[method.lower()]
        return None, None

    def deref(self, node):
        while "$ref" in node:
            node = self._resolver.resolve(node["$ref"])[1]
        return node

    def faults(self, schema, value):
        """What is wrong with `value`, as sentences."""
        key = json.dumps(schema, sort_keys=True)
        if key not in self._validators:
            self._validators[key] = self._kind(schema, resolver=self._resolver)
        return [f"{error.json_path}: {error.message[:300]}" for error in self._validators[key].iter_errors(value)]

    def faults_of_answer(self, method, path, response):
        """What the description does not say about this answer, as sentences."""
        media_type = response.headers.get("Content-Type", "").split(";")[0].strip()
        if media_type == "application/problem+json":
            faults = self.faults({"$ref": "#/components/schemas/Problem"}, response.json())
        else:
            faults = []
        template, operation = self.operation(method, path)
        if operation is None:
            return faults
        described = operation["responses"].get(str(response.status_code))
        if described is None:
            return faults + [f"{method} {template} does not describe the status {response.status_code}"]
        content = self.deref(described).get("content", {})
        if not response.content:
            return faults
        if media_type not in content and "*/*" not in content:
            return faults + [f"{method} {template} {response.status_code} does not describe {media_type or 'no media type'}"]
        schema = content.get(media_type, {}).get("schema")
        if schema and media_type.endswith("json"):
            faults += self.faults(schema, response.json())
        return faults
