#!/usr/bin/env python3
"""Answers frozen as files: an answer that changes is a diff that somebody reviews.

golden.py PROGRAM            compares; a difference is printed and fails
golden.py PROGRAM --accept   writes what the program says now; look at the diff before it is committed
"""
import difflib
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TODAY = "2026-11-22"

# name of the file: words of the call, standard input
ANSWERS = {
    "samples.txt": (["decide", "--today", TODAY, "--text", *(f"rules/samples/{n}.json" for n in (
        "1-ransomware-with-leak", "2-golden-week", "3-lost-records", "4-fake-warning"))], b""),
    "decision.json": (["decide", "--today", TODAY, "rules/samples/1-ransomware-with-leak.json"], b""),
    "explained.json": (["decide", "--today", TODAY, "--explain", "rules/samples/3-lost-records.json"], b""),
    "refusals.json": (["decide", "--today", TODAY, "-"], b'{}\n{"a":1}\nnot json\n{"claim_id":"x","claim_id":"y"}\n'
                      b'{"incident":{"occurred_on":"2026-02-30","cyber_attack":"yes"},"member":{"class":"Z"},"facility":'
                      b'{"kind":"clinic","code":"0110113718"},"closures":[{"from":"2026-05-02","to":"2026-05-01","scope":"all"}]}\n'),
    "rules-show.txt": (["rules", "show"], b""),
    "help.txt": (["--help"], b""),
}


def answer(program, words, given):
    environment = {**os.environ, "LC_ALL": "ja_JP.UTF-8"}
    run = subprocess.run([program, *words], input=given, capture_output=True, env=environment)
    return run.stdout + (b"-- stderr\n" + run.stderr if run.stderr else b"")


def main():
    program, accept = sys.argv[1], "--accept" in sys.argv[2:]
    changed = 0
    for name, (words, given) in ANSWERS.items():
        got, path = answer(program, words, given), HERE / name
        if accept:
            path.write_bytes(got)
            continue
        expected = path.read_bytes() if path.exists() else b""
        if got == expected:
            continue
        changed += 1
        lines = difflib.unified_diff(expected.decode().splitlines(), got.decode().splitlines(), f"golden/{name}", "now", lineterm="")
        print("\n".join(list(lines)[:60]))
    print(f"{len(ANSWERS)} answers, {changed} changed")
    return 1 if changed else 0


sys.exit(main())
