#!/usr/bin/env python3
"""Is the engine DMN? Runs the DMN compatibility kit through `shienkin dmn tck --json` and prints, for each level, how
many cases pass: of all, and of those that expect something other than null (an engine that answers null to everything
would pass a good part of the rest).

    tests/tck/kit.py PROGRAM KIT_FOLDER

A case passes when all its result nodes do. The kit's files are counted here on their own, so that a file which the
program leaves out is noticed. Exit code 1 when a level is below its floor, or when the program's report does not add up."""
import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

# Per cent of the cases that must pass: of all, of those that expect something. A floor is only ever raised.
FLOORS = {"compliance-level-2": (100.0, 100.0), "compliance-level-3": (100.0, 100.0)}
SHOWN_FAILURES = 40


def nodes_in_kit(folder):
    """How many result nodes the test files hold."""
    count = 0
    for path in sorted(folder.rglob("*.xml")):
        for _, element in ElementTree.iterparse(path):
            count += element.tag.rpartition("}")[2] == "resultNode"
    return count


def report(program, folder):
    """The program's lines, and what does not add up."""
    done = subprocess.run([program, "dmn", "tck", "--json", str(folder)], stdout=subprocess.PIPE, check=False)
    wrong = [] if done.returncode in (0, 1) else [f"{program} ended with {done.returncode}"]
    lines = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines() if line.strip()]
    for line in lines:
        if line["pass"] and (line["expected"] is None) != (line["actual"] is None):
            wrong.append(f"passed, though one side is null: {line}")
    if len(lines) != (there := nodes_in_kit(folder)):
        wrong.append(f"{len(lines)} result nodes reported, {there} are in {folder.name}")
    return lines, wrong


def rate(cases):
    passed = sum(cases)
    return f"{passed} of {len(cases)}", 100.0 * passed / len(cases) if cases else 0.0


def level(program, folder):
    lines, wrong = report(program, folder)
    cases = defaultdict(list)
    for line in lines:
        cases[line["file"], line["case"]].append(line)
    results = {case: all(n["pass"] for n in nodes) for case, nodes in cases.items()}
    telling = [results[c] for c, nodes in cases.items() if any(n["expected"] is not None for n in nodes)]
    (all_text, all_rate), (telling_text, telling_rate) = rate(list(results.values())), rate(telling)
    for line in [n for n in lines if not n["pass"]][:SHOWN_FAILURES]:
        print(f"  {Path(line['file']).name} {line['case']} {line['node']}: expected {line['expected']}, got {line['actual']}")
    for text in wrong[:SHOWN_FAILURES]:
        print(f"  {text}")
    floor_all, floor_telling = FLOORS[folder.name]
    short = all_rate < floor_all or telling_rate < floor_telling or not results
    said = f"{folder.name[-7:]} {all_text} ({all_rate:.1f} %), not null {telling_text} ({telling_rate:.1f} %)"
    print(f"{folder.name}: {said}")
    return said, short or bool(wrong)


def main():
    if len(sys.argv) != 3:
        print(__doc__)
        return 2
    levels = [level(sys.argv[1], Path(sys.argv[2]) / name) for name in FLOORS]
    print("; ".join(said for said, _ in levels))
    return 1 if any(bad for _, bad in levels) else 0


if __name__ == "__main__":
    sys.exit(main())
