"""Requests made from the document alone, then spoilt: every operation by everybody who may, on objects that are there, with bodies,
queries and versions that almost fit. Whatever comes is an answer that the document declares, a refusal is told in both languages,
and the service stays up. STORY_SEED repeats a run; a failure names its seed."""
import copy
import json
import os
import random
import unittest
import urllib.parse

import people
from test_attacks_roles import Attackers
from wire import NAMELESS

SEED = int(os.environ.get("STORY_SEED", "1"))
EACH = 8            # spoilt requests of each operation and role, beside the one that fits

# What somebody needs to go on, and what would take the objects away: their own tests try these.
NOT_HERE = set("endSession endSessions endOneSession closeAccount changePassword revokeRole".split())

NUMBERS = (0, -1, 1, 2 ** 31, 2 ** 53 + 1, 2 ** 63 - 1, 2 ** 63, -2 ** 63 - 1, 10 ** 40, 1.5, 1e308, -0.0)
TEXTS = ("", " ", "\u3000", "\0", "a\0b", "\u202e\u200b", "é", "\U0010ffff", "髙" * 200, "x" * 201, "あ" * 4000, "x" * 4001, "x" * 70000,
         "'; DROP TABLE claim; --", "../../etc/passwd", "{{{x}}}", "=1+1", "%", "_", "0000-00-00", "2026-02-30", "9999-12-31", "2051-01-01",
         "clm_" + "0" * 26, "acc_" + NAMELESS, "fac_" + NAMELESS.lower(), "\r\nX-Evil: 1")
OTHERS = (None, True, False, [], {}, [[]], [None], {"": None}, [1] * 1200, {"a": {"b": {"c": []}}})
VERSIONS = ("*", '"1-clinic"', '"0-clinic"', '"1-staff"', '"999999999999999999999-staff"', '"-1-staff"', 'W/"1-staff"', '"x"', "1", '""')


class Maker:
    """Values that a schema of the document takes."""

    def __init__(self, document, objects, chance):
        self.document, self.chance = document, chance
        self.ids = {value[:4]: value for value in objects.values() if isinstance(value, str) and value[3:4] == "_"}

    def resolved(self, schema):
        while "$ref" in schema:
            at = self.document
            for name in schema["$ref"].removeprefix("#/").split("/"):
                at = at[name]
            schema = at
        return schema

    def text(self, schema):
        pattern = schema.get("pattern", "")
        if "{25}" in pattern:
            return self.ids.get(pattern[1:5], pattern[1:5] + NAMELESS)
        if "{64}" in pattern:
            return "0" * 64
        return {"date": "2026-05-11", "date-time": "2026-05-11T09:00:00.000+09:00"}.get(schema.get("format"), "言葉"[:schema.get("maxLength", 9)])

    def value(self, schema, depth=0):
        schema = self.resolved(schema)
        if "enum" in schema:
            return self.chance.choice(schema["enum"])
        if "anyOf" in schema:
            return self.value(schema["anyOf"][0], depth)
        kind = schema.get("type", "object")
        kind = kind[0] if isinstance(kind, list) else kind
        if kind == "object":
            return {name: self.value(inner, depth + 1) for name, inner in schema.get("properties", {}).items()
                    if name in schema.get("required", []) or (depth < 3 and self.chance.random() < 0.7)}
        if kind == "array":
            return [self.value(schema["items"], depth + 1)]
        if kind == "integer":
            return schema.get("minimum", 1)
        return self.chance.random() < 0.5 if kind == "boolean" else self.text(schema)


def places(value, at=()):
    """Every place in a document, as the steps that lead there."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at] + [place for step, one in inner for place in places(one, (*at, step))]


def spoilt(value, chance):
    """The document with one place made into something else, taken out, or joined by a stranger."""
    whole = [copy.deepcopy(value)]
    place = (0, *chance.choice(places(value)))
    holder = whole
    for step in place[:-1]:
        holder = holder[step]
    how = chance.random()
    if how < 0.15 and len(place) > 1:
        del holder[place[-1]]
    elif how < 0.25 and isinstance(holder[place[-1]], dict):
        holder[place[-1]]["stranger"] = 1
    else:
        holder[place[-1]] = chance.choice(chance.choice((NUMBERS, TEXTS, OTHERS)))
    return whole[0]


class Mutated(Attackers):
    def ask(self, wire, operation, body, query, version, claim):
        declared = wire.operations[operation][2]
        headers, path = {}, {**self.path_of(declared)}
        if "claim" in path:
            path["claim"] = claim
        kind = next(iter(declared.get("requestBody", {}).get("content", {"": None})))
        if body is not None:
            body = json.dumps(body).encode() if "json" in kind else str(body).encode("utf-8", "replace")
            headers["Content-Type"] = kind
        return wire.call(operation, body=body, query=query, headers=headers, version=version, **path)

    def judged(self, answer, operation):
        """An answer of the document, in its form."""
        declared = self.house.wire.operations[operation][2]["responses"]
        self.assertIn(str(answer.status), list(declared))
        self.assertLess(answer.status, 500)
        if answer.status >= 400:
            self.assertEqual(answer.headers["content-type"], "application/problem+json")
            self.assertTrue(answer["detail_ja"] and answer["detail_en"])

    def everybody(self):
        """role → wire of somebody who holds it and may do anything that it may, the second factor given."""
        wires = {"clinic": self.house["clinic-1"].wire}
        for role in "proxy adjuster approver cashier owner auditor".split():
            wires[role] = self.house[f"{role}-1"].wire
        return wires

    def test_whatever_is_sent_is_answered(self):
        document = json.loads(self.house.wire.raw("GET", "/openapi.json").body)
        tried, taken = 0, 0
        for role, wire in self.everybody().items():
            self.house[f"{role}-1"].still_fresh()
            for operation, roles in people.ROLES_OF.items():
                meant = roles in (people.EVERYBODY, people.SIGNED_IN) or role in roles.split()
                if not meant or operation in NOT_HERE:
                    continue
                declared = wire.operations[operation][2]
                chance = random.Random(f"{SEED} {role} {operation}")
                maker = Maker(document, self.objects, chance)
                media = declared.get("requestBody", {}).get("content", {})
                schema = next(iter(media.values())).get("schema") if media else None
                queries = [p for p in declared.get("parameters", []) if p.get("in") == "query"]
                for n in range(1 + (EACH if schema or queries else 0)):
                    body = maker.value(schema) if schema else "text" if media else None
                    query = {p["name"]: maker.value(p["schema"]) for p in queries if p.get("required") or chance.random() < 0.5}
                    if n and schema and (not queries or chance.random() < 0.7):
                        body = spoilt(body, chance)
                    elif n and query:
                        query[chance.choice(list(query))] = chance.choice(NUMBERS + TEXTS[:12] + TEXTS[13:])
                    version = chance.choice(VERSIONS) if "412" in declared["responses"] else None
                    claim = chance.choice((self.claim.id, self.asked.id, self.draft))
                    sent = f"STORY_SEED={SEED} {role} {operation} {claim} {version} {urllib.parse.urlencode(query)} {json.dumps(body)[:300]}"
                    answer = self.ask(wire, operation, body, query, version, claim)
                    with self.subTest(sent, said=str(answer)[:300]):
                        self.judged(answer, operation)
                    tried, taken = tried + 1, taken + (answer.status < 300)
        self.assertEqual(self.house.wire.raw("GET", "/readyz").status, 200)
        self.assertGreater(tried, 1500)
        self.assertGreater(taken, tried // 20, "hardly anything fitted: it tries the doors alone")


if __name__ == "__main__":
    unittest.main()
