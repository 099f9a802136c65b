# SPDX-License-Identifier: Apache-2.0
"""axvm-lint --format=sarif: what a code host needs, and the shape of all that is written."""

import json
import re
from typing import Any

import tap

tap.need_library()

from axvm_types import FindingCode  # noqa: E402
from axvm_lint.optional import optional_module  # noqa: E402
from linting import SRCDIR, changed, found, has_module, lint, run_tests, write  # noqa: E402
from tap import done, is_, ok, skip  # noqa: E402

UART = '["uart", 0x900_0000, 0x900_0000, 0x1000, 33]'
# Several codes, two of the same at one key, and findings between two files.
BAD = changed(UART, f'{UART}, ["uart2", 0x900_0000, 0x900_0000, 0x1000, 34], ["", 0x4000_0000, 1, 1, 1]',
              changed("cpu_num = 2", "cpu_num = 3\nnam = 1"))


def closed(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"type": "object", "properties": required | (optional or {}), "required": [*required],
            "additionalProperties": False}


def texts() -> dict[str, Any]:
    return closed({"text": {"type": "string", "minLength": 1}})


COUNT = {"type": "integer", "minimum": 1}
LOCATION = closed({"physicalLocation": closed(
    {"artifactLocation": closed({"uri": {"type": "string", "pattern": "^[!-~]+$"}})},
    {"region": closed(dict.fromkeys(("startLine", "startColumn", "endLine", "endColumn"), COUNT))})},
    {"message": texts()})
CODE = {"enum": [code.name for code in FindingCode.all()]}
RULE = closed({
    "id": CODE, "shortDescription": texts(), "fullDescription": texts(), "help": texts(),
    "helpUri": {"type": "string", "pattern": "^https://[!-~]+/axvm-lint-1.html#:~:text=[a-z%2D]+$"}})
RESULT = closed({
    "ruleId": CODE, "ruleIndex": {"type": "integer", "minimum": 0},
    "level": {"enum": ["error", "warning", "note"]}, "message": texts(),
    "locations": {"type": "array", "items": LOCATION, "minItems": 1, "maxItems": 1},
    "partialFingerprints": closed({"axvmLint/v1": {"type": "string",
                                                   "pattern": "^[0-9a-f]{32}:[1-9][0-9]*$"}}),
    "properties": closed({"models": {"type": "array", "items": {"enum": ["0.5", "0.7", "0.7.3"]},
                                     "minItems": 1, "uniqueItems": True}})},
    {"relatedLocations": {"type": "array", "items": LOCATION}})
# The parts of SARIF 2.1.0 that axvm-lint writes, and no other.
LOG = closed({
    "$schema": {"type": "string", "pattern": "^https://.*/sarif-schema-2.1.0.json$"},
    "version": {"const": "2.1.0"},
    "runs": {"type": "array", "minItems": 1, "maxItems": 1, "items": closed({
        "tool": closed({"driver": closed({
            "name": {"const": "axvm-lint"}, "version": {"type": "string"},
            "rules": {"type": "array", "items": RULE, "uniqueItems": True}})}),
        "columnKind": {"const": "unicodeCodePoints"},
        "results": {"type": "array", "items": RESULT}})}})


def log(*texts: str) -> dict:
    names = [write(f"{number}.toml", text) for number, text in enumerate(texts)]
    return json.loads(lint("--format=sarif", *names, before=()).stdout)


def fingerprints(*texts: str) -> list[tuple[str, str]]:
    """The code and the fingerprint of each result."""
    return [(result["ruleId"], result["partialFingerprints"]["axvmLint/v1"])
            for result in log(*texts)["runs"][0]["results"]]


def stay() -> None:
    before = fingerprints(BAD)
    ok(len(before) > 4, "some findings")
    is_(len({mark for _, mark in before}), len(before), "no two are the same")
    is_(fingerprints(f"# one\n\n# two\n{BAD}"), before, "they stay when lines move")
    is_(fingerprints(BAD.replace("= 7\n", "=   7   # seven\n")), before, "and columns")
    added = BAD.replace(f"{UART},", f'["rtc2", 0xb00_0000, 0xb00_0000, 0x1000, 35], {UART},', 1)
    ok(added != BAD, "a device is added before the others")
    _, findings = found(write("0.toml", BAD), before=())
    named = [mark for mark, finding in zip(before, findings)
             if finding["a"] and finding["a"]["index"] is not None and finding["a"]["name"]
             and (finding["b"] is None or finding["b"]["name"])]
    ok(named, "findings about entries with names", str(findings))
    ok({*named} <= {*fingerprints(added)}, "an entry goes by its name", str(named))
    others = fingerprints(BAD.replace("nam = 1", "nome = 1"))
    ok({*others} ^ {*before}, "another key is another finding")
    both = log(BAD, BAD.replace("id = 7", "id = 8"))["runs"][0]["results"]
    is_(sorted(result["partialFingerprints"]["axvmLint/v1"] for result in both
               if result["ruleId"] == "file-key" and "nam" in result["message"]["text"])[0][:32],
        dict(before)["file-key"][:32], "the same in another file")


def rules() -> None:
    document = log(BAD)["runs"][0]
    models = [result["properties"]["models"] for result in document["results"]]
    _, findings = found("0.toml", before=())
    is_(models, [finding["models"] for finding in findings], "the versions of each finding")
    site = re.search(r"\[(https://\S+)\]\)", (SRCDIR / "configure.ac").read_text())
    ok(site, "the project's site")
    uris = {rule["id"]: rule["helpUri"] for rule in document["tool"]["driver"]["rules"]}
    ok(len(uris) > 3 and len(set(uris.values())) == len(uris), "an address for each rule")
    for code, uri in uris.items():
        is_(uri, f"{site[1]}/axvm-lint-1.html#:~:text={code.replace('-', '%2D')}", code)


def shape() -> None:
    validator = optional_module("jsonschema").Draft202012Validator(LOG)
    for name, document in (("bad", log(BAD)), ("none", log("")), ("two", log(BAD, BAD)),
                           ("syntax", log("x")), ("good", log("[base]\nid = 1\n"))):
        errors = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]
        is_(errors, [], name)
    document = log(BAD)
    document["runs"][0]["results"][0]["partialFingerprints"] = {}
    ok([*validator.iter_errors(document)], "it sees what is missing")


run_tests(stay, rules)
if has_module("jsonschema"):
    run_tests(shape)
else:
    skip("shape", "this Python has no jsonschema")
done()
