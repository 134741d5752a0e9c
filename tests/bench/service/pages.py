#!/usr/bin/env python3
"""Lists, searches and pages with 100,000 claims in the database: tests/bench/service/pages.py [PROGRAM] [options].

One connection asks, one answer after the other, over HTTPS; the time is that of the whole answer as its reader sees it. With
--plans the statements behind the lists are explained as well, as the service's own role and under the plan that it gets."""
import argparse
import shutil
import sys
import urllib.parse
import uuid

import cluster
import run
import statements

FROM = 1000000
# A common name finds thousands of facilities, a rare one a few.
WORDS = {"a common name of two characters": "佐藤", "a common name of four": "佐藤内科", "a whole name": "井上こころの病院",
         "a number": "C-2025-104321", "a part of a number": "10432", "a key of the roster": "B-1000042", "nothing": "ありません"}


def asked(claim):
    """(what, whose, target); pages that the program does not have are left out."""
    out = [("queue, all that is open", "adjuster-1", "/v1/cases"), ("queue, mine", "adjuster-1", "/v1/cases?assigned=me"),
           ("queue, nobody's", "adjuster-1", "/v1/cases?assigned=nobody"), ("queue, counts", "adjuster-1", "/v1/cases/counts"),
           ("queue, answered", "adjuster-1", "/v1/cases?answered=true"), ("queue, mine and due", "adjuster-1", "/v1/cases?assigned=me&due_within=3"),
           ("queue, decided, newest first", "adjuster-1", "/v1/cases?state=decided&order=newest"),
           ("page /queue", "adjuster-1", "/queue"), ("page /queue, mine", "adjuster-1", "/queue?assigned=me")]
    for what, words in WORDS.items():
        out.append((f"search, {what} ({words})", "adjuster-1", "/v1/cases?" + urllib.parse.urlencode({"words": words})))
    for what, words in list(WORDS.items())[:1]:
        out.append((f"page /queue, search, {what} ({words})", "adjuster-1", "/queue?" + urllib.parse.urlencode({"words": words})))
    return out + [("one case, whole", "adjuster-1", f"/v1/cases/{claim}"), ("one case, its story", "adjuster-1", f"/v1/cases/{claim}/timeline"),
                  ("one case, what the rules say", "adjuster-1", f"/v1/cases/{claim}/assessment"),
                  ("page /cases/…", "adjuster-1", f"/cases/{claim}"), ("statistics", "owner-1", "/v1/statistics"),
                  ("one's claims", "clinic", "/v1/claims"), ("one's claim", "clinic", f"/v1/claims/{claim}"),
                  ("page of one's claims", "clinic", "/"), ("page of one's claim", "clinic", f"/claims/{claim}")]


class Pages(run.Bench):
    def fill(self):
        for name, settings in (("people.sql", {"clinics": self.options.facilities, "from": FROM}),
                               ("many.sql", {"claims": self.options.claims, "clinics": self.options.facilities, "from": FROM})):
            print("filling:", name, file=sys.stderr)
            self.service.psql(*(word for key, value in settings.items() for word in ("-v", f"{key}={value}")), "-f", str(run.HERE / name))
        self.service.psql("-c", "VACUUM (ANALYZE)")

    def token(self, who):
        return self.clinics[0][1] if who == "clinic" else self.house[who].wire.cookie

    def get(self, who, target):
        head = f"GET {target} HTTP/1.1\r\nHost: {self.service.host}:{self.service.port}\r\nCookie: __Host-shienkin={self.token(who)}\r\n\r\n"
        return head.encode()

    def answers(self, who, target):
        wire = self.house.wire.clone()
        return wire.raw("GET", target, None, {"Cookie": f"__Host-shienkin={self.token(who)}"})

    def measure(self, claim):
        print("| what | p50 | p95 | longest | bytes |\n|---|---|---|---|---|")
        for what, who, target in asked(claim):
            one = self.answers(who, target)
            if one.status == 404:
                print(f"not there: {target}", file=sys.stderr)
                continue
            if one.status != 200:
                print(f"| {what} | {one.status} {one.code} | | | |", flush=True)
                continue
            got = self.send(self.write("one", [self.get(who, target)]), 1, self.options.seconds)
            print(f"| {what} | {got['p50_us'] / 1000:.1f} ms | {got['p95_us'] / 1000:.1f} ms | {got['max_us'] / 1000:.1f} ms | {len(one.body):,} |",
                  flush=True)

    # ---- plans

    def explain(self, who, target, role, names):
        """The statements of those names that one request says, explained."""
        log = self.service.said(lambda: self.answers(who, target))
        seen, said = [], statements.captured(log)
        for name, sql, values in said:
            if name not in names or name in seen:
                continue
            seen.append(name)
            given = ", ".join("NULL" if one is None else statements.quoted(one) for one in values)
            # The sixth time on a connection decides between a plan for these values and one for all: the service lives there.
            calls = f"EXECUTE s({given});" if values else "EXECUTE s;"
            own = "SET plan_cache_mode = force_custom_plan; " if any(one[0] == "own_plans" for one in said) else ""
            text = (f"{own}SET ROLE {role}; SET search_path = shienkin, pg_catalog; SET jit = off; SELECT set_config('shienkin.at', now()::text, false); "
                    f"PREPARE s AS {sql}; " + calls * 5)
            plan = self.service.psql("-c", text + f"EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF, SUMMARY OFF) {calls}")
            yield name, plan

    def plans(self):
        facility = run.outside("fac_", uuid.UUID(self.service.psql("-c", f"SELECT md5('bench-facility' || {FROM + 42})")))
        for what, target, names in (("the queue", "/v1/cases", ("queue_all", "queue_unassigned", "queue_assigned")),
                                    ("the queue, answered", "/v1/cases?answered=true", ("queue_all",)),
                                    ("the queue, late", "/v1/cases?late=true", ("queue_all",)),
                                    ("the counts", "/v1/cases/counts", ("claim_counts", "queue_shares", "queue_waiting")),
                                    ("a facility's claims", f"/v1/cases?facility={facility}&state=decided", ("queue_of_place",)),
                                    ("search for 佐藤", "/v1/cases?" + urllib.parse.urlencode({"words": "佐藤"}), ("queue_search",)),
                                    ("search for a part of a number", "/v1/cases?words=10432", ("queue_search",))):
            for name, plan in self.explain("adjuster-1", target, "shienkin_staff", names):
                lines = [line for line in plan.splitlines()]
                start = next(i for i, line in enumerate(lines) if "actual rows" in line)
                print(f"\n==== {what}: {name}\n" + "\n".join(lines[start:]))


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("program", nargs="?", default=str(cluster.running.ROOT / "build/release/shienkin"))
    options.add_argument("--claims", type=int, default=100000)
    options.add_argument("--facilities", type=int, default=60000)
    options.add_argument("--clinics", type=int, default=64)
    options.add_argument("--seconds", type=float, default=3)
    options.add_argument("--plans", action="store_true")
    pages = Pages(options.parse_args())
    try:
        pages.fill()
        claim = pages.once(pages.filing(0, "0" * 32))["claim"]
        pages.measure(claim)
        if pages.options.plans:
            pages.plans()
    finally:
        pages.service.end()
        shutil.rmtree(pages.scratch)


if __name__ == "__main__":
    main()
