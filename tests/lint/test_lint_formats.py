# SPDX-License-Identifier: Apache-2.0
"""axvm-lint --format: the same findings as JSON, as SARIF and for GitHub Actions."""

import json
import re
from pathlib import Path

from linting import changed, found, lint, run_tests, write
from tap import done, is_, ok

REGION = "[0x4000_0000, 0x1000_0000, 0x7, 2]"
# Two of them are between two owners, one of them between two files.
BAD = changed(REGION, f"{REGION}, [0x4fff_f000, 0x2000, 0, 2]", changed(
    "0x900_0000, 0x900_0000", "0x900_0000, 0x901_0000", changed('"uart"', '"/%\u4e2d"')))
NOTED = changed("[0b1101, 0x10]", "[0x40, 0x40]", changed("id = 7", "id = 9"))
FILES = ["bad,%:\u00e9 file.toml", "folder/b.toml"]
PLACE = ("line", "column", "end_line", "end_column")


def files() -> list[str]:
    Path("folder").mkdir(exist_ok=True)
    return [write(FILES[0], BAD), write(FILES[1], NOTED), "none.toml"]


def document(*arguments: str) -> dict:
    run = lint("--format=sarif", *arguments)
    is_(run.stderr, "", "nothing on standard error")
    return json.loads(run.stdout)


def sarif_place(location: dict) -> tuple:
    region = location["physicalLocation"].get("region", {})
    return tuple(region.get(key) for key in ("startLine", "startColumn", "endLine", "endColumn"))


def sarif() -> None:
    status, findings = found(*files())
    run = lint("--format=sarif", *FILES, "none.toml")
    is_(run.returncode, status, "the exit status")
    log = json.loads(run.stdout)
    is_((log["version"], len(log["runs"])), ("2.1.0", 1), "a run of SARIF 2.1.0")
    ok(log["$schema"].endswith("sarif-schema-2.1.0.json"), "and its schema")
    run = log["runs"][0]
    is_(run["columnKind"], "unicodeCodePoints", "columns are characters")
    driver = run["tool"]["driver"]
    ok(driver["name"] == "axvm-lint" and re.fullmatch(r"\d+\.\d+\.\d+", driver["version"]),
       "the tool", str(driver)[:99])
    rules = driver["rules"]
    is_({rule["id"] for rule in rules}, {finding["code"] for finding in findings},
        "a rule for each code that is found")
    for rule in rules:
        ok(all(rule[key]["text"].endswith((".", "/")) for key in (
            "shortDescription", "fullDescription", "help")), f"{rule['id']}: texts", str(rule))
    results = run["results"]
    is_(len(results), len(findings), "as many results as findings")
    uris = {FILES[0]: "bad%2C%25%3A%C3%A9%20file.toml", FILES[1]: "folder/b.toml",
            "none.toml": "none.toml"}
    related = 0
    for result, finding in zip(results, findings):
        is_((result["ruleId"], rules[result["ruleIndex"]]["id"], result["level"]),
            (finding["code"], finding["code"], finding["severity"]), "code and level")
        is_(result["message"]["text"], f"{finding['message']}. {finding['hint']}", "the text")
        is_([location["physicalLocation"]["artifactLocation"]["uri"]
             for location in result["locations"]], [uris[finding["file"]]], "the file")
        is_(sarif_place(result["locations"][0]), tuple(finding[key] for key in PLACE), "the place")
        for location in result.get("relatedLocations", ()):
            related += 1
            is_(sarif_place(location), tuple(finding["b"][key] for key in PLACE), "the other one")
            is_(location["physicalLocation"]["artifactLocation"]["uri"],
                uris[finding["b"]["file"]], "and its file")
    is_(related, sum(finding["b"] is not None for finding in findings), "related locations")
    ok(related > 2, "of which there are some")
    uri = document("/no/such.toml")["runs"][0]["results"][0]["locations"][0]
    is_(uri["physicalLocation"], {"artifactLocation": {"uri": "file:///no/such.toml"}},
        "an absolute path, and no place")
    write("good.toml", changed("id = 7", "id = 8"))
    is_(document("good.toml")["runs"][0]["results"], [], "no finding")
    is_(document("--hypervisor=0x4fff_f000:8KiB", "good.toml")["runs"][0]["results"][0].get(
        "relatedLocations"), None, "the hypervisor is in no file")


def unescaped(text: str, more: str) -> str:
    for char in more + "\r\n":
        text = text.replace(f"%{ord(char):02X}", char)
    return text.replace("%25", "%")


def github() -> None:
    status, findings = found(*files())
    run = lint("--format=github", *FILES, "none.toml")
    is_((run.returncode, run.stderr), (status, ""), "the exit status")
    lines = run.stdout.splitlines()
    is_(len(lines), len(findings), "as many lines as findings")
    commands = {"error": "error", "warning": "warning", "note": "notice"}
    for line, finding in zip(lines, findings):
        match = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line)
        ok(match, "a command", line)
        is_(match[1], commands[finding["severity"]], "its name")
        properties = {key: unescaped(value, ":,") for key, value in (
            pair.split("=", 1) for pair in match[2].split(","))}
        wanted = {"file": finding["file"], "title": f"axvm-lint {finding['code']}"}
        if finding["line"] is not None:
            wanted |= {"line": str(finding["line"]), "col": str(finding["column"]),
                       "endLine": str(finding["end_line"])}
            if finding["end_line"] == finding["line"]:
                wanted["endColumn"] = str(finding["end_column"])
        is_(properties, wanted, "its properties")
        is_(unescaped(match[3], ""), f"{finding['message']}\n{finding['hint']}", "its text")
    ok(any("%25" in line.partition("::")[2] and "%3A" in line and "%2C" in line
           for line in lines), "what has to be escaped", run.stdout)
    is_(lint("--format=github", "-q", write("good.toml", changed("id = 7", "id = 8"))).stdout, "",
        "no finding")


def gcc() -> None:
    status, findings = found(*files())
    run = lint("--format=gcc", *FILES, "none.toml")
    is_((run.returncode, run.stderr), (status, ""), "the exit status")
    lines = run.stdout.splitlines()
    is_(lines, [f"{finding['file']}:{finding['line'] or 1}:{finding['column'] or 1}: "
                f"{finding['severity']}: {finding['message']} [{finding['code']}]"
                for finding in findings], "a line for each finding")
    ok(any(line.startswith("none.toml:1:1: error: cannot be read") for line in lines),
       "also for one without a place", run.stdout)
    is_(lint("--format=gcc", write("good.toml", changed("id = 7", "id = 8"))).stdout, "",
        "no finding")


def names() -> None:
    files()
    for name in ("--json", "--format=json"):
        is_(lint(name, *FILES).stdout, lint("--format", "json", *FILES).stdout, name)
    short = lint("-q", "--format=short", *FILES).stdout.splitlines()
    is_(len(short) - 1, len(found(*FILES)[1]), "a line for each finding, and the summary")
    is_(lint("--format=xml", *FILES).returncode, 2, "no such format")


run_tests(sarif, github, gcc, names)
done()
