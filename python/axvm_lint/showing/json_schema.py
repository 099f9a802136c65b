# SPDX-License-Identifier: Apache-2.0
"""What a VM configuration may contain as a JSON Schema, for editors: of the tables in schema/.

It refuses what no release of its version reads, as far as one key of a file shows that. What hangs
on several keys, on the machine or on other files is left to the check.
"""

import json
from collections.abc import Mapping
from typing import Any

from axvm_types import Model, Severity
from ..reading.file_format import NEW_KEYS, OLD_MODELS
from ..schema.keys import Entries, Key, Schema, Table, Tables
from ..schema.releases import RELEASES, releases_text
from ..schema.versions import SCHEMAS
from ..schema.virtual_models import ID_FORM, OWNED_OPTIONS, VIRTUAL_MODELS, VirtualModel

_DIALECT = "https://json-schema.org/draft/2020-12/schema"

# The largest number of an option of a virtual device, which has a sign.
_MOST = (1 << 63) - 1

Part = dict[str, Any]


def json_schema(model: Model) -> str:
    """The text of the JSON Schema for files of a version."""
    releases = releases_text(model) if model in RELEASES else "no release yet"
    return json.dumps({
        "$schema": _DIALECT,
        "title": f"Axvisor VM configuration of axvm-types {model.name}",
        "description": f"The file that configures a VM, as {releases} read it.",
        **_document(SCHEMAS[model], model),
    }, indent=2) + "\n"


def _document(schema: Schema, model: Model) -> Part:
    # A file with one of these is of the later format, which this version does not read.
    later = NEW_KEYS if model in OLD_MODELS else frozenset()
    required = [name for name, table in schema.tables.items() if table.required]
    # A file without any table is about something else.
    needed: Part = {"required": required} if required else {
        "anyOf": [{"required": [name]} for name in schema.tables]}
    return {
        "type": "object",
        "properties": {
            name: _table(table, schema, {key for of, key in later if of == name})
            for name, table in schema.tables.items()},
        **needed,
        **_closed(schema.unknown),
    }


def _table(table: Table, schema: Schema, later: set[str]) -> Part:
    members = _members(table.keys, schema)
    members["properties"] |= dict.fromkeys(sorted(later), False)
    same = [{"required": [key, rule.same_as]} for key, rule in table.keys.items() if rule.same_as]
    return {
        "description": table.about,
        "type": "object",
        **members,
        **_closed(schema.unknown),
        **({"not": {"anyOf": same}} if same else {}),
    }


def _members(keys: Mapping[str, Key], schema: Schema) -> Part:
    required = [key for key, rule in keys.items() if rule.required]
    return {"properties": {key: _key(rule, schema) for key, rule in keys.items()},
            **({"required": required} if required else {})}


def _key(rule: Key, schema: Schema) -> Part:
    part: Part = {"description": rule.about, **rule.type.json_schema()}
    if isinstance(rule.type, Tables):
        part["items"] = _virtual(rule.type, schema)
    elif isinstance(rule.type, Entries):
        part["items"] = _entry(rule.type, schema)
    if rule.default is not None:
        part["default"] = rule.default
    if rule.same_as or rule.is_unused:
        part["deprecated"] = True
    return part


def _entry(kind: Entries, schema: Schema) -> Part:
    """A table of the members, or an array of their values: those after the last one are ignored."""
    members = _members(kind.members, schema)
    needed = [number for number, rule in enumerate(kind.members.values(), 1) if rule.required]
    return {
        "type": ["array", "object"],
        "prefixItems": [*members["properties"].values()],
        "minItems": max(needed, default=0),
        **members,
        **_closed(kind.unknown or schema.unknown),
    }


def _virtual(kind: Entries, schema: Schema) -> Part:
    """A virtual device: which other keys it has, its model decides."""
    members = _members(kind.members, schema)
    properties = members["properties"]
    return {
        "type": "object",
        "required": members["required"],
        "properties": {
            "id": {**properties["id"], "pattern": f"^{ID_FORM}$"},
            "model": {**properties["model"], "enum": [*VIRTUAL_MODELS]},
        },
        "allOf": [{
            "if": {"properties": {"model": {"const": name}}, "required": ["model"]},
            "then": _options(model, schema, [*properties]),
        } for name, model in VIRTUAL_MODELS.items()],
    }


def _options(model: VirtualModel, schema: Schema, members: list[str]) -> Part:
    """The options of a model, beside the members that each virtual device has."""
    options = _members(model.options, schema)
    for option in options["properties"].values():
        if option.get("maximum", 0) > _MOST:
            option["maximum"] = _MOST
    options["properties"] |= dict.fromkeys(members, True)
    if model.ignores_others:
        options["properties"] |= dict.fromkeys(sorted(OWNED_OPTIONS), False)
    together: Part = {}
    for key, (other, word) in model.only_with.items():
        is_default = model.options[other].default == word
        together[key] = {"properties": {other: {"const": word}},
                         **({} if is_default else {"required": [other]})}
    return {
        "description": model.about,
        **options,
        **({"dependentSchemas": together} if together else {}),
        **({"not": {"required": [*model.exclusive]}} if model.exclusive else {}),
        **_closed(Severity.WARNING if model.ignores_others else Severity.ERROR),
    }


def _closed(unknown: Severity) -> Part:
    """Whether there may be other keys: those that are ignored do no harm."""
    return {"additionalProperties": False} if unknown == Severity.ERROR else {}
