#!/usr/bin/env python3
"""Another reader's opinion: random claims, sound and broken, held against contract/claim.schema.json by python3-jsonschema
and through the program. What the schema can say of a claim, both must say of the same place; and every answer of the
program must fit decision.schema.json or refusal.schema.json."""
import json
import random
import subprocess
import sys
from datetime import date
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-22"
CLAIMS = 4000

# JSON Schema's words for what P29 calls otherwise.
CODES = {"type": "type", "anyOf": "type", "required": "required", "additionalProperties": "unknown_property", "enum": "enum",
         "pattern": "pattern", "minimum": "minimum", "maxLength": "max_length", "maxItems": "max_items",
         "uniqueItems": "duplicate", "format": "date"}
OF_SCHEMA = set(CODES.values())


def schema(name):
    return json.loads((ROOT / "contract" / f"{name}.schema.json").read_text())


def is_date(text):
    if not isinstance(text, str):
        return True
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def validator(name):
    checker = jsonschema.FormatChecker(formats=[])
    checker.checks("date")(is_date)
    return jsonschema.Draft202012Validator(schema(name), format_checker=checker)


def token(part):
    return "/" + str(part).replace("~", "~0").replace("/", "~1")


def pointer(path):
    return "".join(token(part) for part in path)


def places(claim, error):
    """The pointers that P29 gives for one error of the schema."""
    at = pointer(error.absolute_path)
    if error.validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        return {at + token(name) for name in missing}
    if error.validator == "additionalProperties":
        return {at + token(name) for name in error.instance if name not in error.schema["properties"]}
    if error.validator == "uniqueItems":
        return {at + token(i) for i, item in enumerate(error.instance) if any(
            item == other and type(item) is type(other) for other in error.instance[:i])}
    return {at}


def by_schema(check, claim):
    """Pairs of pointer and code, as P29 orders faults of one value: a wrong type hides what the value holds."""
    found = set()
    for error in check.iter_errors(claim):
        code = CODES[error.validator]
        if error.validator == "enum" and not isinstance(error.instance, str):
            code = "type"
        if error.validator == "anyOf":
            code = "type" if not isinstance(error.instance, str) else "date"
        for place in places(claim, error):
            found.add((place, code))
    typed = {place for place, code in found if code == "type"}
    return {(place, code) for place, code in found if code == "type" or place not in typed}


def base():
    return json.loads((ROOT / "rules/samples/2-golden-week.json").read_text())


VALUES = [None, True, False, 0, -1, 7, "", "x", "2026-05-04", "2026-02-30", "2026-5-4", "A1", "opens", "clinic", "all", "sun",
          "0110113719", "x" * 65, [], {}, ["sun", "sun"], ["2026-05-03", "2026-05-03"], [1], {"from": "2026-05-04"}, ["2026-13-01"],
          [{"from": "2026-05-04", "to": "2026-05-05", "scope": "all"}], [{"from": "2026-05-04", "to": "2026-05-05", "scope": "al"}]]
NAMES = ["claim_id", "occurred_on", "cyber_attack", "attack_type", "class", "relation", "kind", "code", "closed_weekdays",
         "extra_open_dates", "closures", "persons", "jma_on", "summary", "number", "zzz", "a/b~c"]


def containers(value):
    if isinstance(value, dict):
        yield value
        for child in value.values():
            yield from containers(child)
    elif isinstance(value, list):
        for child in value:
            yield from containers(child)


def mutated(rng):
    claim = base()
    for _ in range(rng.randrange(4)):
        target = rng.choice(list(containers(claim)))
        roll = rng.random()
        if target and roll < 0.55:
            target[rng.choice(list(target))] = json.loads(json.dumps(rng.choice(VALUES)))
        elif target and roll < 0.75:
            del target[rng.choice(list(target))]
        else:
            target[rng.choice(NAMES)] = json.loads(json.dumps(rng.choice(VALUES)))
    return claim


def main():
    program = sys.argv[1]
    rng = random.Random(498)
    claims = [mutated(rng) for _ in range(CLAIMS)]
    lines = "".join(json.dumps(claim) + "\n" for claim in claims)
    run = subprocess.run([program, "decide", "--today", TODAY, "-"], input=lines.encode(), capture_output=True)
    answers = [json.loads(line) for line in run.stdout.decode().splitlines()]
    of_claim, of_decision, of_refusal = validator("claim"), validator("decision"), validator("refusal")
    problems, refused = [], 0
    if len(answers) != CLAIMS:
        problems.append(f"{len(answers)} answers to {CLAIMS} claims: {run.stderr.decode()[:500]}")
    for claim, answer in zip(claims, answers):
        got = {(e["pointer"], e["code"]) for e in answer.get("errors", [])}
        expected, seen = by_schema(of_claim, claim), {(p, c) for p, c in got if c in OF_SCHEMA}
        refused += bool(got)
        if expected != seen:
            problems.append(f"{json.dumps(claim)}: schema {sorted(expected - seen)} only, program {sorted(seen - expected)} only")
        shape = of_refusal if got else of_decision
        problems += [f"answer: {error.message}" for error in shape.iter_errors(answer)]
    print(f"{CLAIMS} claims, {refused} refused, {len(problems)} problems")
    print("\n".join(problems[:15]))
    return 1 if problems or refused < CLAIMS // 4 or refused == CLAIMS else 0


sys.exit(main())
