#!/usr/bin/env python3
"""The service over HTTPS beside pgbench that says the same statements: tests/bench/service/run.py [PROGRAM] [options].

Filing and reading one claim, at 8 and 64 connections that stay open, in slices taken in turn; then times at half of the rate
that filing reached. Tells what it measured, and passes or fails nothing."""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import uuid

import cluster
import statements

sys.path.insert(0, str(cluster.HERE.parent.parent / "scenario"))
import house  # noqa: E402

HERE = cluster.HERE
CONNECTIONS = (8, 64)
LEAD_S = 2
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def hexadecimal_id(c, kind, n):
    return uuid.UUID(c.psql("-c", f"SELECT md5('bench-{kind}{n}')"))


def outside(prefix, one):
    number = one.int
    return prefix + "".join(CROCKFORD[number >> 5 * k & 31] for k in range(25, -1, -1))


class Bench:
    def __init__(self, options):
        self.options = options
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="shk-bench-"))
        self.load = pathlib.Path(options.program).resolve().parent / "bin/bench-load"
        self.service = cluster.Cluster(options.program)
        print("making the house", file=sys.stderr)
        self.house = house.House(self.service)
        self.each = options.clinics // max(CONNECTIONS)
        self.service.psql("-v", f"clinics={options.clinics}", "-v", "from=0", "-f", str(HERE / "people.sql"))
        rows = self.service.psql("-c", "SELECT md5('bench-facility' || n), 'skc_' || left(md5('bench-one' || n) || md5('bench-two' || n), 43) "
                                 f"FROM generate_series(0, {options.clinics - 1}) n ORDER BY n").split("\n")
        self.clinics = [(uuid.UUID(facility), token) for facility, token in (row.split("|") for row in rows)]

    # ---- requests

    def request(self, method, target, token, body=None, key=None):
        head = [f"{method} {target} HTTP/1.1", f"Host: {self.service.host}:{self.service.port}", f"Authorization: Bearer {token}"]
        data = b""
        if body is not None:
            data = json.dumps(body, ensure_ascii=False).encode()
            head += ["Content-Type: application/json", f"Content-Length: {len(data)}", f'Idempotency-Key: "{key}"']
        return "\r\n".join(head).encode() + b"\r\n\r\n" + data

    def filing(self, n, key="@" * 32):
        facility, token = self.clinics[n]
        body = {"facility": outside("fac_", facility), "declaration": self.house.accepted(), "facts": house.worked(), "payee": house.PAYEE}
        return self.request("POST", "/v1/claims", token, body, key)

    def reading(self, n):
        return self.request("GET", f"/v1/claims/{self.claims[n]}", self.clinics[n][1])

    def write(self, name, requests):
        path = self.scratch / name
        path.write_bytes(b"".join(one + b"\0" for one in requests))
        return path

    def send(self, path, connections, seconds, rate=None):
        words = [self.load, f"{self.service.host}:{self.service.port}", self.service.ca, path, connections, seconds] + ([rate] if rate else [])
        done = subprocess.run([str(one) for one in words], text=True, capture_output=True)
        if done.returncode or done.stderr:
            raise RuntimeError(done.stderr)
        return json.loads(done.stdout)

    def once(self, request):
        """One request by itself; its answer's body."""
        wire = self.house.wire.clone()
        head, data = request.split(b"\r\n\r\n", 1)
        lines = head.decode().split("\r\n")
        method, target, _ = lines[0].split()
        answer = wire.raw(method, target, data or None, dict(line.split(": ", 1) for line in lines[1:] if not line.startswith("Content-Length")))
        assert answer.status < 300, answer
        return answer.json

    # ---- pgbench

    def script(self, name, act, number=None):
        """The statements of one request of clinic 0 as a script for pgbench."""
        since = int(time.time() * 1000)
        answers = []
        log = self.service.said(lambda: answers.append(act()))
        (self.scratch / (name + ".log")).write_text(log)
        facility, token = self.clinics[0]
        ids = {kind: str(hexadecimal_id(self.service, kind, 0)) for kind in ("account", "person", "facility", "member")}
        known = {value: f"md5('bench-{kind}' || :a)::uuid" for kind, value in ids.items()}
        sha256 = self.service.psql("-c", f"SELECT sha256('{token}'::bytea)")
        known[sha256] = ("sha256(convert_to('skc_' || left(md5('bench-one' || :a) || md5('bench-two' || :a), 43), 'UTF8'))")
        for answer in answers[1:]:
            if "key" in answer:
                known[answer["key"]] = "md5(:k || 'key')"
            if "number" in answer and name == "filing":
                known[answer["number"]] = ":number"
            if name == "reading":
                claims = "', '".join(str(self.claim_ids[n]) for n in range(len(self.claim_ids)))
                known[str(self.claim_ids[0])] = "(ARRAY['" + claims + "'])[:a + 1]::uuid"
        script = statements.Script(statements.captured(log), known, since)
        path = self.scratch / (name + ".sql")
        path.write_text(script.text())
        return path, len(script.statements), script.trips()

    def pgbench(self, path, connections, seconds):
        """Filings a second; what it does while it connects and prepares, at most LEAD_S, counts for nothing."""
        env = os.environ | {"PGPASSWORD": (self.service.state / "secrets/clinic").read_text().strip(),
                            "PGOPTIONS": "-c TimeZone=UTC -c search_path=shienkin,pg_catalog -c jit=off"}
        done = subprocess.run(["pgbench", "-h", str(self.service.state / "run"), "-U", "shienkin_clinic", "-n", "-M", "prepared", "-P", "1",
                               "-f", str(path), "-c", str(connections), "-j", "2", "-T", str(int(seconds) + LEAD_S), "-D", f"each={self.each}",
                               "shienkin"], env=env, text=True, capture_output=True)
        rates = [float(line.split()[3]) for line in done.stderr.splitlines() if line.startswith("progress:")]
        if done.returncode or "aborted" in done.stderr:
            raise RuntimeError(done.stdout + done.stderr)
        whole = int(next(line for line in done.stdout.splitlines() if "actually processed" in line).split()[-1])
        return statistics.mean(rates[LEAD_S:]), whole

    # ---- slices

    def slice(self, act):
        self.service.psql("-c", "CHECKPOINT")
        service, database = self.service.processor_seconds()
        before = os.times()
        got = act()
        after, (service_then, database_then) = os.times(), self.service.processor_seconds()
        client = after.children_user + after.children_system - before.children_user - before.children_system
        return got, service_then - service, database_then - database, client

    def compare(self, name, requests, script):
        table = {}
        for connections in CONNECTIONS:
            self.send(requests, connections, 1)
        for turn in range(self.options.rounds):
            for connections in CONNECTIONS:
                answer, service, database, client = self.slice(lambda: self.send(requests, connections, self.options.seconds))
                bad = {k: v for k, v in answer.items() if k.isdigit() and not k.startswith("2")}
                if bad:
                    raise RuntimeError(f"{name}: {bad}")
                n = answer["answers"]
                ours = {"rate": answer["rate"], "service_ms": 1000 * service / n, "database_ms": 1000 * database / n,
                        "client_ms": 1000 * client / n, "p50_us": answer["p50_us"], "p99_us": answer["p99_us"]}
                (rate, n), _, database, client = self.slice(lambda: self.pgbench(script, connections, self.options.seconds))
                theirs = {"rate": rate, "database_ms": 1000 * database / n, "client_ms": 1000 * client / n}
                table.setdefault(connections, []).append((ours, theirs))
                print(f"{name} {connections}: {ours['rate']:.0f}/s, pgbench {rate:.0f}/s, ratio {ours['rate'] / rate:.2f}; "
                      f"ms of a core: service {ours['service_ms']:.2f}, PostgreSQL {ours['database_ms']:.2f}, client {ours['client_ms']:.2f}; "
                      f"pgbench: PostgreSQL {theirs['database_ms']:.2f}, client {theirs['client_ms']:.2f}", file=sys.stderr)
        return table

    def run(self):
        n = self.options.clinics
        filings = self.write("filings", [self.filing(i) for i in range(n)])
        print("the first claim of each clinic", file=sys.stderr)
        self.send(filings, max(CONNECTIONS), 0.2)
        receipts = [self.once(self.filing(i, uuid.uuid4().hex)) for i in range(n)]
        self.claims = [one["claim"] for one in receipts]
        by_number = dict(row.split("|") for row in self.service.psql("-c", "SELECT number, id FROM shienkin.claim WHERE number IS NOT NULL").split("\n"))
        self.claim_ids = [by_number[one["number"]] for one in receipts]

        def file():
            key = uuid.uuid4().hex
            return self.once(self.filing(0, key)) | {"key": key}

        told = {"machine": {"cores": os.cpu_count()}}
        script, count, trips = self.script("filing", file)
        told["filing"] = {"statements": count, "trips": trips}
        print(f"filing: {count} statements, {trips} waits", file=sys.stderr)
        self.service.psql("-c", "ANALYZE")
        told["filing"]["rates"] = self.compare("filing", filings, script)
        half = statistics.median(ours["rate"] for ours, _ in told["filing"]["rates"][64]) / 2
        told["filing"]["at_half"] = [self.send(filings, 64, self.options.seconds, half) for _ in range(self.options.rounds)]
        for one in told["filing"]["at_half"]:
            print(f"filing at {half:.0f}/s, 64 connections: {one}", file=sys.stderr)
        readings = self.write("readings", [self.reading(i) for i in range(n)])
        script, count, trips = self.script("reading", lambda: self.once(self.reading(0)))
        told["reading"] = {"statements": count, "trips": trips}
        print(f"reading: {count} statements, {trips} waits", file=sys.stderr)
        told["reading"]["rates"] = self.compare("reading", readings, script)
        return told


def table(told):
    lines = ["| what | connections | rate | pgbench | ratio (lowest–highest of the rounds) | ms of a core: service, PostgreSQL, client; pgbench's: PostgreSQL, client |",
             "|---|---|---|---|---|---|"]
    for name in ("filing", "reading"):
        for connections, pairs in told[name]["rates"].items():
            def median(of, key):
                return statistics.median(pair[of][key] for pair in pairs)
            ratios = sorted(ours["rate"] / theirs["rate"] for ours, theirs in pairs)
            lines.append(f"| {name} a claim | {connections} | {median(0, 'rate'):,.0f} /s | {median(1, 'rate'):,.0f} /s | "
                         f"{statistics.median(ratios):.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f}) | "
                         f"{median(0, 'service_ms'):.2f}, {median(0, 'database_ms'):.2f}, {median(0, 'client_ms'):.2f}; "
                         f"{median(1, 'database_ms'):.2f}, {median(1, 'client_ms'):.2f} |")
    for one in told["filing"]["at_half"]:
        lines.append(f"\nFiling, 64 connections, {one['rate']:.0f}/s offered: p50 {one['p50_us'] / 1000:.1f} ms, p95 {one['p95_us'] / 1000:.1f} ms, "
                     f"p99 {one['p99_us'] / 1000:.1f} ms, longest {one['max_us'] / 1000:.1f} ms.")
    return "\n".join(lines)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("program", nargs="?", default=str(cluster.running.ROOT / "build/release/shienkin"))
    options.add_argument("--seconds", type=float, default=5)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--clinics", type=int, default=256)
    options.add_argument("--keep", action="store_true", help="leave the scripts and logs where they are, and say where")
    bench = Bench(options.parse_args())
    try:
        print(table(bench.run()))
    finally:
        bench.service.end()
        if bench.options.keep:
            print(bench.scratch, file=sys.stderr)
        else:
            shutil.rmtree(bench.scratch)


if __name__ == "__main__":
    main()
