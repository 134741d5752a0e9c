"""The database goes away while clinics file: killed, stopped, or its connections cut. Who asks meanwhile is told to come again, it comes back by
itself, and every claim that was acknowledged is there exactly once, whatever was repeated."""
import concurrent.futures
import contextlib
import glob
import os
import pathlib
import re
import signal
import subprocess
import threading
import time
import unittest
import uuid

import house as h
from base import Case

CLERKS, FILINGS_EACH = 5, 2
PATIENCE_S = 90
# run.h: five seconds for a connection, eight for an answer; where the first answer still came, both. And two for a busy machine.
LONGEST_S, AT_ONCE_S = 5 + 8 + 2, 2


# What an outage may answer. outcome_unknown: the connection broke after the commit was sent, so that nobody can say; the same
# key makes asking again safe, which is what is tried here.
REFUSALS = ((503, "unavailable"), (503, "busy"), (503, "outcome_unknown"), (409, "request_in_progress"))


class Clerks(Case):
    """Clinics that file while something happens, and what they were told."""
    settings = ("--jobs.enabled=false",)

    def clerk(self):
        """Another window of clinic-1: the same session, a connection of its own."""
        clinic = self.house["clinic-1"].wire
        wire = clinic.clone()
        wire.cookie, wire.csrf = clinic.cookie, clinic.csrf
        return wire

    def file(self, wire, facility, key):
        return wire.call("fileClaim", key=key, json_body={"facility": facility, "declaration": self.house.accepted(), "facts": h.worked()})

    def timed(self, ask):
        """What it answers, within the time that everybody is promised."""
        began = time.monotonic()
        answer = ask()
        self.assertLess(time.monotonic() - began, LONGEST_S, answer)
        return answer

    def file_until_acknowledged(self, facilities):
        """{key: (facility, receipt)}; every other answer asks to come again, and says when."""
        wire, receipts = self.clerk(), {}
        for facility in facilities:
            key, until = str(uuid.uuid4()), time.monotonic() + PATIENCE_S
            while (answer := self.timed(lambda: self.file(wire, facility, key))).status != 201:
                self.assertIn((answer.status, answer.code), REFUSALS, answer)
                self.assertGreaterEqual(int(answer.headers["retry-after"]), 1)
                self.assertTrue(answer["detail_ja"] and answer["detail_en"])
                self.assertLess(time.monotonic(), until, "it never came back")
                self.refusals.append(answer.status)
                time.sleep(0.1)
            receipts[key] = (facility, answer.json)
            self.acknowledged.release()
        return receipts

    def filing(self, strike):
        """Clerks file at once; when a few claims are acknowledged, `strike` comes. What all of them were told."""
        places = [[self.house.place() for _ in range(FILINGS_EACH)] for _ in range(CLERKS)]
        self.refusals, self.acknowledged = [], threading.Semaphore(0)
        with concurrent.futures.ThreadPoolExecutor(CLERKS) as clerks:
            told = [clerks.submit(self.file_until_acknowledged, one) for one in places]
            for _ in range(2):
                self.assertTrue(self.acknowledged.acquire(timeout=PATIENCE_S))
            strike()
            receipts = {}
            for one in told:
                receipts |= one.result(PATIENCE_S * 2)
        self.assertEqual(len(receipts), CLERKS * FILINGS_EACH)
        return receipts

    def exactly_once(self, receipts):
        """Each receipt's claim is there, once, alone at its facility; the same key tells the same, and makes nothing."""
        claims = {receipt["claim"] for _, receipt in receipts.values()}
        self.assertEqual(len(claims), len(receipts))
        counted = "SELECT count(*) FROM shienkin.claim", "SELECT count(*) FROM shienkin.event WHERE type = 'claim.submitted'"
        before = [int(self.service.sql(one)) for one in counted]
        wire = self.clerk()
        for key, (facility, receipt) in receipts.items():
            again = self.file(wire, facility, key)
            self.assertEqual((again.status, again.json), (201, receipt))
            self.assertEqual(again.headers["idempotency-replayed"], "true")
            self.assertEqual(wire.call("readClaim", claim=receipt["claim"])["state"], "submitted")
        self.assertEqual([int(self.service.sql(one)) for one in counted], before)
        return before


class Outage(Clerks):
    def postmaster(self):
        return int(next(self.service.state.glob("**/postmaster.pid")).read_text().split()[0])

    def test_killed(self):
        """kill -9 of the postmaster: the service starts it again."""
        first = self.postmaster()
        before = int(self.service.sql("SELECT count(*) FROM shienkin.claim"))

        def strike():
            os.kill(first, signal.SIGKILL)
            wire, until = self.clerk(), time.monotonic() + PATIENCE_S
            while (answer := wire.call("listClaims")).status != 503:
                self.assertEqual(answer.status, 200, answer)
                self.assertLess(time.monotonic(), until)
            self.assertGreaterEqual(int(answer.headers["retry-after"]), 1)

        receipts = self.filing(strike)
        self.assertNotEqual(self.postmaster(), first)
        self.assertEqual(self.exactly_once(receipts), [before + len(receipts)] * 2)

    def database_processes(self):
        """The postmaster and all that it has begun."""
        first = self.postmaster()
        parents = {int(p.parent.name): int(p.read_text().rpartition(")")[2].split()[1]) for p in map(pathlib.Path, glob.glob("/proc/[0-9]*/stat"))
                   if p.exists()}
        return [first, *(pid for pid, parent in parents.items() if parent == first)]

    def signal_database(self, how):
        for pid in self.database_processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, how)

    def served_at_once(self):
        """What needs no database is there all the time: the process is alive, one may come in, it looks as it should."""
        wire = self.service.wire()
        page = wire.raw("GET", "/sign-in", headers={"Accept": "text/html"})
        asset = re.search(r'/assets/[^"]+[.]css', page.body.decode()).group()
        signed_in = {"Cookie": f"__Host-shienkin={self.house['clinic-1'].wire.cookie}"}
        for path, headers in (("/livez", {}), ("/sign-in", {"Accept": "text/html"}), (asset, {}), (asset, signed_in), ("/livez", signed_in)):
            began = time.monotonic()
            self.assertEqual(wire.raw("GET", path, headers=headers).status, 200, path)
            self.assertLess(time.monotonic() - began, AT_ONCE_S, path)

    def sign_in_again(self):
        """Somebody who tries to come in: a worker of the slow lane."""
        answer = self.timed(lambda: self.service.wire().call("signIn", json_body={"login": "nobody", "password": "not theirs at all"}))
        self.assertIn(answer.status, (401, 429, 503), answer)
        return answer

    def test_stopped(self):
        """Every process of it is stopped, as a frozen disk would: it is there and says nothing. Nobody waits long, what needs no
        database is served, and when it goes on so does everything."""
        visitors = concurrent.futures.ThreadPoolExecutor(24)
        self.addCleanup(visitors.shutdown)
        self.addCleanup(self.signal_database, signal.SIGCONT)

        def strike():
            self.signal_database(signal.SIGSTOP)
            wires = [self.clerk() for _ in range(20)]
            asked = [visitors.submit(self.timed, lambda wire=wire: wire.call("listClaims")) for wire in wires]
            asked += [visitors.submit(self.sign_in_again) for _ in range(4)]
            until = time.monotonic() + LONGEST_S
            while time.monotonic() < until:
                self.served_at_once()
                time.sleep(0.2)
            for answer in (a.result() for a in asked):
                self.assertIn(answer.status, (200, 401, 429, 503), answer)
                if answer.status == 503:
                    self.assertGreaterEqual(int(answer.headers["retry-after"]), 1)
            self.assertIn(503, [a.result().status for a in asked])
            began = time.monotonic()        # by now it is known, and nobody waits any more but who looks
            told = [wire.call("listClaims").status for wire in wires[:5]]
            self.assertEqual(set(told), {503})
            self.assertLess(time.monotonic() - began, LONGEST_S)
            self.assertEqual(self.service.wire().raw("GET", "/readyz").status, 503)
            self.signal_database(signal.SIGCONT)

        before = int(self.service.sql("SELECT count(*) FROM shienkin.claim"))
        receipts = self.filing(strike)
        self.assertEqual(self.exactly_once(receipts), [before + len(receipts)] * 2)
        self.assertEqual(self.service.wire().raw("GET", "/readyz").status, 200)

    # As the server itself says it where its disk is full: only by its owner can it be made to say so.
    FULL = """CREATE FUNCTION shienkin.no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
              CREATE TRIGGER zz_no_room BEFORE INSERT ON shienkin.evidence_chunk EXECUTE FUNCTION shienkin.no_room()"""
    ROOM = "DROP TRIGGER zz_no_room ON shienkin.evidence_chunk; DROP FUNCTION shienkin.no_room()"

    def test_no_room_for_a_file(self):
        """The disk is full while a file is sent: the sender is asked to come again, nothing is kept by half, and when there is
        room he goes on where he was."""
        claim, piece = self.house.filed(h.worked()), 262144
        data = b"a" * piece + b"b" * piece + b"c" * 100
        file = claim.clinic("beginEvidence", expect=201, claim=claim.id, json_body={"name": "記録.txt", "length": len(data)})["evidence"]

        def send(offset, to, expect=200):
            return claim.clinic("sendEvidence", expect=expect, evidence=file, query={"offset": offset}, body=data[offset:to],
                                headers={"Content-Type": "application/octet-stream"})

        def offset():
            return int(claim.clinic("readUpload", evidence=file).headers["upload-offset"])

        send(0, piece)
        self.service.sql(self.FULL)
        try:
            full = send(piece, len(data), expect=503)
            self.assertEqual(full.code, "unavailable")
            self.assertGreaterEqual(int(full.headers["retry-after"]), 1)
            self.assertTrue(full["detail_ja"] and full["detail_en"])
            self.assertEqual(offset(), piece)
        finally:
            self.service.sql(self.ROOM)
        self.assertEqual(claim.clinic("listEvidence", claim=claim.id)["files"], [])
        send(offset(), len(data))
        claim.clinic("finishEvidence", expect=201, evidence=file)
        self.assertEqual(claim.clinic("downloadEvidence", evidence=file).body, data)
        self.assertIn('"sqlstate":"53100"', (self.service.folder / "log").read_text(), "the operator is told")

    def test_connections_cut(self):
        """Every connection to it is ended for a second, over and over: what was in flight may be done or not, and is never done twice."""
        def strike():
            until = time.monotonic() + 1
            while time.monotonic() < until:
                self.service.sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                                 "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'")

        before = int(self.service.sql("SELECT count(*) FROM shienkin.claim"))
        receipts = self.filing(strike)
        self.assertEqual(self.exactly_once(receipts), [before + len(receipts)] * 2)


# The program over a copy of the database on a disk of its own, which lasts as long as the program and which only it sees.
SMALL_DISK = """set -e
data=$1 disk=$2 size=$3; shift 3
mount -t tmpfs -o size=$size none "$disk"
cp -a "$data/." "$disk"; chown --reference="$data" "$disk"; chmod 0700 "$disk"
mount --bind "$disk" "$data"
exec "$@"
"""
PIECE, PIECES, SPARE_BYTES, FULL_S = 256 << 10, 24, 24 << 20, 3


@unittest.skipIf(os.getuid() or subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode,
                 "only root can give the database a disk of its own")
class NoRoom(Clerks):
    """The disk itself is full, whatever the database makes of it."""

    @contextlib.contextmanager
    def small_disk(self):
        """The service begun anew on a disk with little room; the folder by which we reach it."""
        data = next(self.service.state.glob("**/postmaster.pid")).parent
        self.service.stop()
        used = sum(path.lstat().st_blocks * 512 for path in data.rglob("*"))
        disk = self.service.folder / "disk"
        disk.mkdir()
        self.service.within = ["unshare", "-m", "sh", "-c", SMALL_DISK, "-", str(data), str(disk), str(used + SPARE_BYTES)]
        self.service.start()
        for wire in (self.house.wire, *(person.wire for person in self.house.people.values())):
            wire.port, wire.connection = self.service.port, None
        yield pathlib.Path(f"/proc/{self.service.process.pid}/root") / disk.relative_to("/")

    def fill(self, ballast):
        with contextlib.suppress(OSError), open(ballast, "wb", buffering=0) as file:
            while True:
                file.write(b"0" * 4096)

    def test_full(self):
        """Clerks file and one sends a file: both are refused and asked to come again, what was acknowledged stays, and when there
        is room all goes on by itself."""
        claim = self.house.filed(h.worked())
        data = b"".join(b"%07x\n" % n * (PIECE // 8) for n in range(PIECES))
        file = claim.clinic("beginEvidence", expect=201, claim=claim.id, json_body={"name": "記録.txt", "length": len(data)})["evidence"]

        def offset():
            return int(claim.clinic("readUpload", evidence=file).headers["upload-offset"])

        def send(wire, at):
            return wire.call("sendEvidence", evidence=file, query={"offset": at}, body=data[at:at + PIECE],
                             headers={"Content-Type": "application/octet-stream"})

        def strike():
            wire, kept = self.clerk(), 0
            self.fill(disk / "ballast")
            while (answer := self.timed(lambda: send(wire, kept))).status == 200:
                kept += PIECE
                self.assertLess(kept, len(data), "the disk never was full")
            self.assertEqual(answer.status, 503, answer)
            self.assertGreaterEqual(int(answer.headers["retry-after"]), 1)
            until = time.monotonic() + FULL_S
            while time.monotonic() < until or not self.refusals:
                self.assertLess(time.monotonic(), until + PATIENCE_S, "no clerk was refused")
                self.assertIn(self.timed(lambda: wire.call("listClaims")).status, (200, 503))
                time.sleep(0.2)
            (disk / "ballast").unlink()

        with self.small_disk() as disk:
            self.exactly_once(self.filing(strike))
            while (at := offset()) < len(data):
                self.assertEqual(send(claim.clinic.wire, at).status, 200)
            claim.clinic("finishEvidence", expect=201, evidence=file)
            self.assertEqual(claim.clinic("downloadEvidence", evidence=file).body, data)


if __name__ == "__main__":
    unittest.main()
