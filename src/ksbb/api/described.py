"""The description of the API taken apart, so that a page can show it to readers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, NamedTuple

Schema = Mapping[str, Any]


class Field(NamedTuple):
    """One parameter, or one field of an object."""

    name: str
    kind: str
    """Types as OpenAPI names them, or the name of an object: `string | null`, `Need[]`."""
    about: str
    is_required: bool


class Operation(NamedTuple):
    """One address and what it takes; `answer` names the object that comes back."""

    method: str
    path: str
    about: str
    parameters: list[Field]
    body: list[Field]
    answer: str

    @property
    def id(self) -> str:
        """What its heading is linked by."""
        return f"{self.method}{self.path}".replace("/", "-").replace("{", "").replace("}", "")


class Shape(NamedTuple):
    """An object or a choice that is answered, by its name."""

    name: str
    kind: str
    about: str
    fields: list[Field]


def operations_of(description: Schema) -> list[Operation]:
    """Return the operations of an OpenAPI description in its own order."""
    return [
        Operation(
            method.upper(),
            path,
            plain(one["description"]),
            [_parameter(parameter) for parameter in one["parameters"]],
            _fields(_json(one["requestBody"])) if "requestBody" in one else [],
            kind_of(_json(one["responses"][HTTPStatus.OK])),
        )
        for path, methods in description["paths"].items()
        for method, one in methods.items()
    ]


def shapes_of(description: Schema) -> list[Shape]:
    """Return the objects of an OpenAPI description by name."""
    return [
        Shape(name, kind_of(schema), _about(schema), _fields(schema))
        for name, schema in sorted(description["components"]["schemas"].items())
    ]


def kind_of(schema: Schema) -> str:
    """Return the types a value can have, each once, and the limits of a number."""
    return ", ".join([" | ".join(dict.fromkeys(_kinds(schema))), *_limits(schema)])


def plain(text: str) -> str:
    """Return a text without the marks of Markdown around names."""
    return text.replace("`", "")


def _kinds(schema: Schema) -> Iterator[str]:
    if "$ref" in schema:
        yield schema["$ref"].rsplit("/", 1)[-1]
    elif "anyOf" in schema:
        for one in schema["anyOf"]:
            yield from _kinds(one)
    elif "enum" in schema:
        yield from map(str, schema["enum"])
    elif schema.get("type") == "array":
        yield f"{kind_of(schema['items'])}[]"
    else:
        yield schema.get("format") or schema.get("type", "any")


def _limits(schema: Schema) -> Iterator[str]:
    for one in schema.get("anyOf", ()):
        yield from _limits(one)
    for name, sign in (("minimum", "≥"), ("maximum", "≤"), ("default", "=")):
        if schema.get(name) is not None:
            yield f"{sign} {schema[name]}"


def _about(schema: Schema) -> str:
    """Return what is said of a value; of one that may be null it is said further inside."""
    inside = (_about(one) for one in schema.get("anyOf", ()))
    return plain(schema.get("description") or next(filter(None, inside), ""))


def _parameter(one: Schema) -> Field:
    about = _about(one) or _about(one["schema"])
    return Field(one["name"], kind_of(one["schema"]), about, one["required"])


def _fields(schema: Schema) -> list[Field]:
    return [
        Field(name, kind_of(one), _about(one), name in schema.get("required", ()))
        for name, one in schema.get("properties", {}).items()
    ]


def _json(message: Schema) -> Schema:
    found: Schema = message["content"]["application/json"]["schema"]
    return found
