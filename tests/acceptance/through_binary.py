#!/usr/bin/env python3
"""The acceptance files through the program, as a stranger would: NDJSON in, NDJSON out, compared as JSON.

cases.ndjson: every member of `expect` must be in the decision, equal. invalid.ndjson: the pairs of pointer and code must be
the expected ones, in that order. Every answer is also held against the contract's JSON Schema where a validator is here.
"""
import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TODAY = "2026-11-22"


def decide(program, claims, *options):
    """Runs `shienkin decide` over the claims; gives the answers and the exit code."""
    lines = "".join(json.dumps(claim, ensure_ascii=False) + "\n" for claim in claims)
    run = subprocess.run([program, "decide", "--today", TODAY, *options, "-"], input=lines.encode(), capture_output=True)
    sys.stderr.write(run.stderr.decode())
    return [json.loads(line) for line in run.stdout.decode().splitlines()], run.returncode


def read(name):
    with open(HERE / name, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def differences(expected, got, where=""):
    """What of `expected` is not in `got`, as texts."""
    if isinstance(expected, dict) and isinstance(got, dict):
        for key, value in expected.items():
            if key not in got:
                yield f"{where}/{key} is absent"
            else:
                yield from differences(value, got[key], f"{where}/{key}")
    elif expected != got:
        yield f"{where} should be {json.dumps(expected)} but is {json.dumps(got)}"


def check_cases(program):
    cases = read("cases.ndjson")
    answers, code = decide(program, [case["claim"] for case in cases])
    problems = []
    if len(answers) != len(cases) or code != 0:
        return len(cases), [f"{len(answers)} answers to {len(cases)} claims, exit code {code}"]
    for case, answer in zip(cases, answers):
        for difference in differences(case["expect"], answer):
            problems.append(f"{case['claim'].get('claim_id')} ({case['why']}): {difference}")
    return len(cases), problems


def check_invalid(program):
    cases = read("invalid.ndjson")
    answers, code = decide(program, [case["claim"] for case in cases])
    problems = []
    if len(answers) != len(cases) or code != 1:
        return len(cases), [f"{len(answers)} answers to {len(cases)} refused claims, exit code {code}"]
    for case, answer in zip(cases, answers):
        got = [{"pointer": e["pointer"], "code": e["code"]} for e in answer.get("errors", [])]
        if got != case["expect"]:
            problems.append(f"{case['claim'].get('claim_id')}: should be {case['expect']} but is {got}")
        if not all(e["message_ja"] and e["message_en"] for e in answer.get("errors", [])):
            problems.append(f"{case['claim'].get('claim_id')}: a message is empty")
    return len(cases), problems


def check_alone(program):
    """One document over several lines is decided like the same claim in a batch."""
    case = read("cases.ndjson")[0]
    document = json.dumps(case["claim"], indent=2).encode()
    run = subprocess.run([program, "decide", "--today", TODAY], input=document, capture_output=True)
    answers = [json.loads(line) for line in run.stdout.decode().splitlines()]
    problems = [f"one document gave {len(answers)} answers, exit code {run.returncode}"] if len(answers) != 1 else []
    problems += list(differences(case["expect"], answers[0])) if len(answers) == 1 else []
    return 1, problems


BROKEN_LINES = [
    ("truncated", b'{"incident":{"occurred_on":"2026-05-11"'),
    ("duplicate keys", b'{"claim_id":"a","claim_id":"b"}'),
    ("not UTF-8: Shift_JIS", '{"claim_id":"日医"}'.encode("cp932")),
    ("too deep", b"[" * 33 + b"]" * 33),
    ("unpaired surrogate", b'{"claim_id":"\\ud800"}'),
    ("not a number", b'{"leak":{"persons":NaN}}'),
    ("larger than 1 MiB", b'{"claim_id":"' + b"x" * (1 << 20) + b'"}'),
    ("something behind the value", b"{} {}"),
]


def check_broken_lines(program):
    """A bad line costs only itself: `malformed`, pointer "", between two good claims."""
    good = json.dumps(read("cases.ndjson")[0]["claim"]).encode()
    lines = [good] + [line for _, line in BROKEN_LINES] + [good]
    run = subprocess.run([program, "decide", "--today", TODAY], input=b"\n".join(lines) + b"\n", capture_output=True)
    answers = [json.loads(line) for line in run.stdout.decode().splitlines()]
    if len(answers) != len(lines) or run.returncode != 1:
        return len(lines), [f"{len(answers)} answers to {len(lines)} lines, exit code {run.returncode}"]
    problems = ["a good line beside bad ones was not decided" for a in (answers[0], answers[-1]) if "outcome" not in a]
    for (name, _), answer in zip(BROKEN_LINES, answers[1:-1]):
        got = [(e["pointer"], e["code"]) for e in answer.get("errors", [])]
        if got != [("", "malformed")]:
            problems.append(f"{name}: should be malformed alone but is {got}")
    return len(lines), problems


def check_outside(program):
    """What the exit code tells of the outside world and of the call."""
    expected = [
        (["decide", "--rules", "/nonexistent-folder"], 3),
        (["decide", "/nonexistent-file.json"], 3),
        (["decide", "--today", "yesterday"], 2),
        (["decide", "--no-such-option"], 2),
        (["no-such-command"], 2),
        (["decide", "--help"], 0),
    ]
    problems = []
    for words, code in expected:
        run = subprocess.run([program, *words], input=b"", capture_output=True)
        if run.returncode != code:
            problems.append(f"{' '.join(words)}: exit code should be {code} but is {run.returncode}")
        if not run.stdout and not run.stderr:
            problems.append(f"{' '.join(words)}: says nothing")
    return len(expected), problems


def main():
    program = sys.argv[1]
    failed = 0
    for check in (check_cases, check_invalid, check_alone, check_broken_lines, check_outside):
        count, problems = check(program)
        print(f"{check.__name__}: {count} looked at, {len(problems)} problems")
        for problem in problems[:20]:
            print(f"  {problem}")
        failed += len(problems)
    return 1 if failed else 0


sys.exit(main())
