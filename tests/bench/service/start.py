#!/usr/bin/env python3
"""How long until READY, and how much the service holds while nobody asks: tests/bench/service/start.py [PROGRAM] [TIMES].

The first start makes the cluster, the schema, keys and a certificate; the second finds them. Memory is that of the process
that serves; PostgreSQL and the process that keeps both are told beside it."""
import pathlib
import statistics
import sys
import time

import cluster


def memory(pid):
    text = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(text.split("VmRSS:")[1].split()[0])


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else str(cluster.running.ROOT / "build/release/shienkin")
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    cold, warm = [], []
    for _ in range(times):
        service = cluster.running.Service(program)
        try:
            cold.append(service.ready_seconds)
            service.stop()
            service.start()
            warm.append(service.ready_seconds)
            wire = service.wire()       # somebody was there once
            time.sleep(10)              # and the jobs had their first round
            wire.raw("GET", "/livez")
            service.__class__ = cluster.Cluster
            whole, anonymous = service.resident()
            others = {pid: name for pid, (_, name, _, _) in service.processes().items() if pid != service.serving()}
            keeper = sum(memory(pid) for pid, name in others.items() if name != "postgres")
        finally:
            service.end()
    print(f"first start {statistics.median(cold):.2f} s ({min(cold):.2f}–{max(cold):.2f}), second {statistics.median(warm):.2f} s "
          f"({min(warm):.2f}–{max(warm):.2f})")
    print(f"idle: serving process {whole / 1024:.1f} MiB resident, {anonymous / 1024:.1f} MiB of it its own; keeping process {keeper / 1024:.1f} MiB")


if __name__ == "__main__":
    main()
