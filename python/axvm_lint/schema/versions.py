# SPDX-License-Identifier: Apache-2.0
"""The schema of each version, in order; and what several of them say."""

from collections.abc import Sequence

from axvm_types import Model
from .keys import Schema
from .v0_5 import V0_5
from .v0_7 import V0_7
from .v0_7_3 import V0_7_3

# A version whose files are those of another one has its schema.
SCHEMAS: dict[Model, Schema] = {
    Model.V0_5: V0_5,
    Model.V0_7: V0_7,
    Model.V0_7_3: V0_7_3,
}

# The keys of any version, each with its table.
KEYS = {(name, key) for schema in SCHEMAS.values()
        for name, table in schema.tables.items() for key in table.keys}

# The table that a key belongs to, and the members of an array's entries in order: no key has two.
TABLE_OF = {key: name for name, key in KEYS}
MEMBERS = {key: [*schema.members(key)] for schema in SCHEMAS.values() for _, key in KEYS
           if schema.members(key)}


def schema_of(models: Sequence[Model]) -> Schema:
    """The schema for a file that may be for each of these versions: that of the newest."""
    return SCHEMAS[max(models)]


def knowing(table: str, key: str) -> list[Model]:
    """The versions that have a key in a table."""
    return [model for model, schema in SCHEMAS.items() if schema.has(table, key)]
