#!/usr/bin/env python3
"""The service as its operator sees it: starting, signals, kills, refusals.

    tests/serve/serve.py PROGRAM [unittest arguments]

Every service here has a state folder of its own, copied from one that was made once, and ports that were free."""
import json
import os
import re
import shutil
import signal
import socket
import ssl
import stat
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path

PROGRAM = str(Path(sys.argv[1]).resolve())
FOLDER = Path(tempfile.mkdtemp(prefix="shk-"))
FOLDER.chmod(0o755)  # PostgreSQL's user passes through
ROOT = os.geteuid() == 0
AS = ["--user=nobody"] if ROOT else []
CONTROLDATA = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_controldata"))[-1]
WAIT_S = 60


def wait_for(what, seconds=WAIT_S):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        got = what()
        if got:
            return got
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds} s in vain")


def children(pid):
    """Of a process, from /proc: pid -> command line."""
    found = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            text = (folder / "stat").read_text()
            if int(text[text.rindex(")") + 2:].split()[1]) == pid and text[text.rindex(")") + 2] != "Z":
                found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
    return found


def memory(pid, region_most=1 << 28):
    """What a process can write to, piece by piece; without the shadows that a sanitizer reserves."""
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as mem:
        for line in maps:
            words = line.split()
            begin, end = (int(n, 16) for n in words[0].split("-"))
            if words[1].startswith("rw") and end - begin <= region_most:
                try:
                    mem.seek(begin)
                    yield mem.read(end - begin)
                except OSError:
                    continue


def runs(pid):
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
        return text[text.rindex(")") + 2] != "Z"
    except OSError:
        return False


class Service:
    """One that was started; ready() waits for its READY line."""

    def __init__(self, state, *words, embedded=True):
        self.state, self.errors = Path(state), open(FOLDER / f"err-{time.monotonic_ns()}", "w+")
        arguments = ["--embedded"] if embedded else []
        arguments += [f"--state={state}", "--http.port=0", "--metrics.port=0", *AS, *words]
        self.process = subprocess.Popen([PROGRAM, "serve", *arguments], stdout=subprocess.PIPE, stderr=self.errors, text=True,
                                        env={**os.environ, "LC_ALL": "C.UTF-8"})
        self.postmaster = self.child = None

    def ready(self):
        line = self.process.stdout.readline()
        while line and not line.startswith("READY"):
            line = self.process.stdout.readline()
        if not line:
            raise AssertionError(f"not ready: {self.said()}")
        found = re.fullmatch(r"READY https://127\.0\.0\.1:(\d+) metrics http://127\.0\.0\.1:(\d+)/metrics\n", line)
        assert found, line
        self.port, self.metrics_port = int(found[1]), int(found[2])
        for pid, words in children(self.process.pid).items():
            if "postgres" in words.split()[0]:
                self.postmaster = pid
            else:
                self.child = pid
        return self

    def said(self):
        self.errors.flush()
        return Path(self.errors.name).read_text()

    def get(self, path, timeout=20):
        """Status and body over HTTPS with the certificate checked."""
        context = ssl.create_default_context(cafile=str(self.certificate()))
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as plain, \
                context.wrap_socket(plain, server_hostname="localhost") as tls:
            assert tls.version() == "TLSv1.3"
            tls.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost:{self.port}\r\nConnection: close\r\n\r\n".encode())
            data = b""
            while chunk := tls.recv(65536):
                data += chunk
        head, _, body = data.partition(b"\r\n\r\n")
        return int(head.split()[1]), body.decode()

    def certificate(self):
        return self.state / "tls" / "certificate.pem"

    def status(self, path="/readyz"):
        try:
            return self.get(path)[0]
        except OSError:
            return 0

    def metrics(self):
        with socket.create_connection(("127.0.0.1", self.metrics_port), timeout=20) as s:
            s.sendall(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            data = b""
            while chunk := s.recv(65536):
                data += chunk
        return data.partition(b"\r\n\r\n")[2].decode()

    def stop(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.ended()

    def ended(self):
        code = self.process.wait(WAIT_S)
        self.process.stdout.close()
        self.errors.close()
        return code


def cluster_state(state):
    said = subprocess.run([CONTROLDATA, state / "data"], capture_output=True, text=True, check=True,
                          env={**os.environ, "LC_ALL": "C"}).stdout
    return re.search(r"Database cluster state: +(.*)", said)[1]


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        """A state that a first start made and a stop left; tests work on copies."""
        cls.template = FOLDER / "template"
        if not cls.template.exists():
            assert Service(cls.template).ready().stop() == 0

    def fresh(self):
        state = FOLDER / f"s{time.monotonic_ns() % 10**9}"
        subprocess.run(["cp", "-a", self.template, state], check=True)
        self.addCleanup(shutil.rmtree, state, ignore_errors=True)
        return state

    def service(self, *words, state=None, **more):
        s = Service(state or self.fresh(), *words, **more)
        self.addCleanup(lambda: s.process.poll() is None and s.stop())
        return s

    def assert_refused(self, code, *words, exit_code=1, state=None, embedded=True):
        s = self.service(*words, state=state, embedded=embedded)
        self.assertEqual(s.process.wait(WAIT_S), exit_code, s.said())
        self.assertIn(f"[{code}]", s.said())
        s.ended()


class Starting(Case):
    def test_a_first_start_makes_everything_with_the_right_modes(self):
        state = FOLDER / "first"
        s = self.service(state=state).ready()
        for path, mode in {"secrets": 0o700, "tls": 0o700, "secrets/master-keys": 0o600, "secrets/cursor-key": 0o600,
                           "secrets/clinic": 0o600, "secrets/owner": 0o600, "tls/key.pem": 0o600, "data": 0o700}.items():
            self.assertEqual(stat.S_IMODE((state / path).stat().st_mode), mode, path)
        self.assertFalse((state / "secrets/admin").exists(), "the superuser's password is gone")
        self.assertEqual(s.get("/livez"), (200, '{"status":"ok"}'))
        self.assertEqual(s.get("/readyz"), (200, '{"status":"ok"}'))
        self.assertEqual(s.get("/nothing-here")[0], 404)
        self.assertEqual(s.stop(), 0)
        self.assertEqual(cluster_state(state), "shut down")

    @unittest.skipUnless(ROOT, "as root alone")
    def test_started_as_root_nothing_that_listens_is_root(self):
        s = self.service().ready()
        uids = {pid: Path(f"/proc/{pid}").stat().st_uid for pid in (s.process.pid, s.child, s.postmaster)}
        self.assertEqual(len(set(uids.values())), 3, "keeper, service and PostgreSQL are three users")
        self.assertEqual(uids[s.process.pid], 0)
        listening = Path(f"/proc/{s.process.pid}/fd")
        self.assertFalse([f for f in listening.iterdir() if os.readlink(f).startswith("socket:")], "the keeper holds no socket")
        status = Path(f"/proc/{s.child}/status").read_text()
        self.assertIn("NoNewPrivs:\t1", status)
        self.assertIn("CapEff:\t0000000000000000", status)
        self.assertEqual(s.stop(), 0)

    def test_the_service_never_knew_the_owners_password(self):
        state = FOLDER / "unknown"
        s = self.service(state=state).ready()
        secret = {name: (state / "secrets" / name).read_bytes().strip() for name in ("owner", "staff")}
        try:
            pieces = list(memory(s.child))
        except PermissionError:
            self.skipTest("this machine shows nobody another's memory")
        self.assertTrue(any(secret["staff"] in piece for piece in pieces), "its own password is there, so the search sees")
        self.assertFalse(any(secret["owner"] in piece for piece in pieces))
        self.assertEqual(s.stop(), 0)

    @unittest.skipUnless(ROOT, "as root alone")
    def test_started_as_root_it_may_have_a_port_below_1024(self):
        for port in range(1023, 900, -1):
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if probe.connect_ex(("127.0.0.1", port)) != 0:
                    break
        state = self.fresh()
        process = subprocess.Popen([PROGRAM, "serve", "--embedded", f"--state={state}", *AS, "--metrics.port=-1", f"--http.port={port}"],
                                   stdout=subprocess.PIPE, text=True)
        self.addCleanup(lambda: process.poll() is None and process.kill())
        self.assertEqual(process.stdout.readline(), f"READY https://127.0.0.1:{port}\n")
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(WAIT_S), 0)
        process.stdout.close()

    def test_one_service_for_a_state(self):
        s = self.service().ready()
        self.assert_refused("serve_running", state=s.state)
        self.assertEqual(s.status(), 200)
        self.assertEqual(s.stop(), 0)

    def test_a_port_that_is_taken(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            s = self.service(f"--http.port={taken.getsockname()[1]}")
            # --http.port came twice: the later word is told as a fault of the call.
            self.assertEqual(s.process.wait(WAIT_S), 1)
            s.ended()
            state = self.fresh()
            done = subprocess.run([PROGRAM, "serve", "--embedded", f"--state={state}", *AS, "--metrics.port=0",
                                   f"--http.port={taken.getsockname()[1]}"], capture_output=True, text=True, timeout=WAIT_S)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertEqual(cluster_state(state), "shut down", "PostgreSQL does not outlive a start that failed")

    def test_a_demo_and_real_work_never_share_a_state(self):
        self.assert_refused("serve_not_demo", "--demo", state=self.fresh())
        demo = FOLDER / "demo-state"
        demo.mkdir()
        (demo / "shienkin-state").write_text("1 demo\n")
        self.assert_refused("serve_is_demo", state=demo)
        self.assertEqual(sorted(p.name for p in demo.iterdir()), ["shienkin-state"])

    def test_a_demo_stays_on_this_machine(self):
        for address in ("0.0.0.0", "::", "192.0.2.1"):
            self.assert_refused("demo_public", "--demo", f"--http.address={address}", state=FOLDER / "never")
        self.assertFalse((FOLDER / "never").exists())

    def test_a_folder_of_something_else(self):
        other = FOLDER / "other"
        other.mkdir()
        (other / "letter.txt").write_text("dear")
        self.assert_refused("serve_foreign", state=other)

    def test_neither_database_nor_embedded(self):
        self.assert_refused("no_database", state=FOLDER / "never", embedded=False)
        self.assert_refused("two_databases", "--database.where=host=/nowhere", state=FOLDER / "never")

    def test_a_scanner_stays_on_this_machine(self):
        for place in ("192.0.2.1:3310", "localhost:3310", "clamd.ctl"):
            self.assert_refused("net_clamd_place", f"--evidence.scanner={place}", state=FOLDER / "never")
        self.assertFalse((FOLDER / "never").exists())

    def test_keys_that_others_can_read(self):
        for name in ("secrets/master-keys", "secrets/cursor-key", "tls/key.pem"):
            state = self.fresh()
            (state / name).chmod(0o644)
            self.assert_refused("key_file", state=state)

    def test_lost_master_keys_are_not_made_anew(self):
        state = self.fresh()
        (state / "secrets/master-keys").unlink()
        self.assert_refused("key_file", state=state)
        self.assertFalse((state / "secrets/master-keys").exists())

    def test_a_certificate_without_its_key(self):
        state = self.fresh()
        self.assert_refused("certificate", f"--http.certificate={state}/tls/certificate.pem", state=state)

    @unittest.skipUnless(ROOT, "as root alone")
    def test_root_needs_a_user_to_become(self):
        s = subprocess.run([PROGRAM, "serve", "--embedded", f"--state={self.fresh()}", "--user=no-such-user"],
                           capture_output=True, text=True, timeout=WAIT_S, env={**os.environ, "LC_ALL": "C"})
        self.assertEqual(s.returncode, 1)
        self.assertIn("[serve_user]", s.stderr)


class Running(Case):
    def seen_certificate(self, s):
        context = ssl._create_unverified_context()
        with socket.create_connection(("127.0.0.1", s.port), timeout=20) as plain, context.wrap_socket(plain) as tls:
            return tls.getpeercert(binary_form=True)

    def replace_certificate(self, state):
        """Another pair, as an operator would bring it: by openssl, under the same names, for the same owner."""
        where = state / "tls"
        owner = where.stat()
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "90",
                        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout",
                        where / "new.key", "-out", where / "new.pem"], check=True, capture_output=True)
        (where / "new.key").chmod(0o600)
        for name in ("new.key", "new.pem"):
            os.chown(where / name, owner.st_uid, owner.st_gid)
        (where / "new.key").rename(where / "key.pem")
        (where / "new.pem").rename(where / "certificate.pem")

    def test_sighup_swaps_the_certificate(self):
        s = self.service().ready()
        before = self.seen_certificate(s)
        self.replace_certificate(s.state)
        self.assertEqual(self.seen_certificate(s), before, "nothing changes by itself")
        s.process.send_signal(signal.SIGHUP)
        wait_for(lambda: self.seen_certificate(s) != before)
        self.assertEqual(self.seen_certificate(s), ssl.PEM_cert_to_DER_cert(s.certificate().read_text()))
        (s.state / "tls/certificate.pem").write_text("nothing of the kind")
        good = self.seen_certificate(s)
        s.process.send_signal(signal.SIGHUP)
        wait_for(lambda: s.said().count('"certificate_reloaded"') == 2)
        self.assertEqual(self.seen_certificate(s), good, "what cannot be used leaves what stands")
        self.assertEqual(s.stop(), 0)

    def test_sighup_opens_the_log_anew(self):
        folder = FOLDER / "logs"
        folder.mkdir()
        folder.chmod(0o777)
        s = self.service(f"--log.file={folder}/log").ready()
        wait_for(lambda: '"ready"' in (folder / "log").read_text())
        (folder / "log").rename(folder / "log.1")
        s.process.send_signal(signal.SIGHUP)
        wait_for(lambda: (folder / "log").exists() and "certificate_reloaded" in (folder / "log").read_text())
        self.assertEqual(s.stop(), 0)
        for line in (folder / "log").read_text().splitlines() + (folder / "log.1").read_text().splitlines():
            json.loads(line)

    def test_metrics_tell_jobs_pools_and_certificate(self):
        s = self.service("--jobs.search-duplicates-seconds=1").ready()
        wait_for(lambda: re.search(r'job_runs_total\{job="search_duplicates",result="ok"\} [1-9]', s.metrics()))
        text = s.metrics()
        self.assertRegex(text, r'shienkin_database_connections\{role="staff",state="open"\} [1-9]')
        ends = int(re.search(r"shienkin_certificate_not_after_timestamp_seconds (\d+)", text)[1])
        self.assertAlmostEqual(ends - time.time(), 365 * 86400, delta=2 * 86400)
        self.assertEqual(s.stop(), 0)

    def test_idle_it_is_small(self):
        s = self.service().ready()
        status = Path(f"/proc/{s.child}/status").read_text()
        resident_kib = int(re.search(r"VmRSS:\s+(\d+) kB", status)[1])
        if b"__asan_init" not in Path(PROGRAM).read_bytes():
            self.assertLess(resident_kib, 40 << 10)
        self.assertEqual(s.stop(), 0)


class Ending(Case):
    def backends(self, s, role):
        return [pid for pid, words in children(s.postmaster).items() if f"postgres: {role} " in words]

    def test_sigterm_answers_what_it_accepted(self):
        s = self.service("--stop.grace-seconds=30").ready()
        held = self.backends(s, "shienkin_clinic")
        self.assertTrue(held)
        answers = []
        for pid in held:
            os.kill(pid, signal.SIGSTOP)
        asking = threading.Thread(target=lambda: answers.append(s.get("/readyz")))
        asking.start()
        time.sleep(1)
        s.process.send_signal(signal.SIGTERM)
        time.sleep(1)
        self.assertIsNone(s.process.poll(), "it waits for the answer that it owes")
        with self.assertRaises(OSError):
            s.get("/livez", timeout=5)
        for pid in held:
            os.kill(pid, signal.SIGCONT)
        asking.join(WAIT_S)
        self.assertEqual(answers, [(200, '{"status":"ok"}')])
        self.assertEqual(s.process.wait(WAIT_S), 0)
        self.assertIn('"event":"stopped","whole":true', s.said())
        s.ended()
        self.assertEqual(cluster_state(s.state), "shut down")

    def test_kill_9_of_the_keeper(self):
        s = self.service().ready()
        s.process.kill()
        wait_for(lambda: not runs(s.postmaster) and not runs(s.child))
        self.assertEqual(cluster_state(s.state), "shut down")
        s.ended()
        again = self.service(state=s.state).ready()
        self.assertEqual(again.status(), 200)
        self.assertEqual(again.stop(), 0)

    def test_a_start_right_behind_a_kill_9(self):
        s = self.service().ready()
        s.process.kill()
        again = self.service(state=s.state).ready()
        self.assertEqual(again.status(), 200)
        self.assertEqual(again.stop(), 0)
        s.ended()

    def test_kill_9_of_the_service(self):
        s = self.service().ready()
        os.kill(s.child, signal.SIGKILL)
        self.assertEqual(s.process.wait(WAIT_S), 3)
        self.assertIn("service_killed", s.said())
        s.ended()
        self.assertFalse(runs(s.postmaster))
        self.assertEqual(cluster_state(s.state), "shut down")

    def test_everything_killed_at_once_is_recovered_by_the_next_start(self):
        s = self.service().ready()
        for pid in (s.process.pid, s.postmaster, s.child):
            os.kill(pid, signal.SIGKILL)
        s.ended()
        self.assertNotEqual(cluster_state(s.state), "shut down")
        again = self.service(state=s.state).ready()
        self.assertEqual(again.status(), 200)
        self.assertEqual(again.stop(), 0)

    def test_ctrl_c_while_it_starts(self):
        state = FOLDER / "early"
        s = self.service(state=state)
        wait_for(lambda: (state / "lock").exists())
        s.process.send_signal(signal.SIGINT)
        self.assertIn(s.ended(), (0, 3))
        self.assertEqual([pid for pid in children(1).values() if str(state) in pid], [])
        again = self.service(state=state).ready()
        self.assertEqual(again.stop(), 0)


class Database(Case):
    def test_a_cluster_that_dies_is_started_again(self):
        s = self.service().ready()
        os.kill(s.postmaster, signal.SIGKILL)
        wait_for(lambda: s.status() == 503)
        wait_for(lambda: s.status() == 200)
        self.assertEqual(s.stop(), 0)

    def outside(self, base, *words):
        """A service over the cluster of another, as with a PostgreSQL of one's own."""
        keys = FOLDER / f"keys{time.monotonic_ns()}"
        keys.mkdir()
        subprocess.run([PROGRAM, "keys", f"--master={keys}/master", f"--cursor={keys}/cursor"], check=True, capture_output=True)
        roles = [f"--database.{role}.password={base.state}/secrets/{role}" for role in ("clinic", "staff", "log", "auditor")]
        return self.service(f"--database.where=host={base.state}/run dbname=shienkin", *roles, f"--keys.master={keys}/master",
                            f"--keys.cursor={keys}/cursor", *words, state=FOLDER / f"o{time.monotonic_ns() % 10**9}", embedded=False)

    def test_an_outside_database_goes_and_comes_back(self):
        base = self.service().ready()
        s = self.outside(base).ready()
        self.assertEqual(s.status(), 200)
        self.assertEqual(base.stop(), 0)
        wait_for(lambda: s.status() == 503)
        self.assertEqual(json.loads(s.get("/readyz")[1]), {"status": "unavailable", "reason": "database_away"})
        self.assertEqual(s.status("/livez"), 200)
        base = self.service(state=base.state).ready()
        wait_for(lambda: s.status() == 200)
        self.assertEqual(s.stop(), 0)
        self.assertEqual(base.stop(), 0)

    def test_a_database_that_comes_up_later_is_waited_for(self):
        state = self.fresh()
        base = self.service(state=state).ready()
        self.assertEqual(base.stop(), 0)
        s = self.outside(base)
        wait_for(lambda: "waiting_for_database" in s.said())
        base = self.service(state=state).ready()
        self.assertEqual(s.ready().status(), 200)
        self.assertEqual(s.stop(), 0)
        self.assertEqual(base.stop(), 0)

    def test_no_database_within_the_time(self):
        base = self.service().ready()
        self.assertEqual(base.stop(), 0)
        s = self.outside(base, "--database.wait-seconds=1")
        self.assertEqual(s.process.wait(WAIT_S), 3)
        self.assertIn("[database_away]", s.said())
        s.ended()

    def test_the_owner_does_not_serve(self):
        base = self.service().ready()
        s = self.outside(base, "--database.staff.user=shienkin_owner")
        # Its password is not the owner's, so it is not even let in; with the owner's own it is refused by name.
        self.assertNotEqual(s.process.wait(WAIT_S), 0)
        s.ended()
        roles = [f"--database.{role}.password={base.state}/secrets/{role}" for role in ("clinic", "log", "auditor")]
        owner = self.service(f"--database.where=host={base.state}/run dbname=shienkin", *roles, "--database.wait-seconds=0",
                             "--database.staff.user=shienkin_owner", f"--database.staff.password={base.state}/secrets/owner",
                             f"--keys.master={base.state}/secrets/master-keys", state=FOLDER / "owner", embedded=False)
        self.assertEqual(owner.process.wait(WAIT_S), 1, owner.said())
        self.assertIn("[login_owner]", owner.said())
        owner.ended()
        self.assertEqual(base.stop(), 0)

    def test_an_outside_database_without_master_keys(self):
        self.assert_refused("key_file", "--database.where=host=/nowhere", state=FOLDER / "keyless", embedded=False)


class Demo(Case):
    """Made once, on the first start; the state is kept for the whole class, since making it takes seconds."""
    state = FOLDER / "a-demo"

    def demo(self):
        return self.service("--demo", state=self.state, embedded=False).ready()

    def click(self, s, login):
        """Signs in by the page's form; the session's cookie, or nothing."""
        context = ssl.create_default_context(cafile=str(s.certificate()))
        body = f"login={login}"
        with socket.create_connection(("127.0.0.1", s.port), timeout=20) as plain, \
                context.wrap_socket(plain, server_hostname="localhost") as tls:
            tls.sendall((f"POST /demo HTTP/1.1\r\nHost: localhost:{s.port}\r\nOrigin: https://localhost:{s.port}\r\n"
                         f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
                         f"Connection: close\r\n\r\n{body}").encode())
            data = b""
            while chunk := tls.recv(65536):
                data += chunk
        found = re.search(rb"(?i)set-cookie: (__Host-[^;]+);", data)
        return found and found[1].decode()

    def test_it_is_whole_and_starts_again_as_it_was(self):
        self.state.mkdir(exist_ok=True)
        s = self.demo()
        logins = self.state / "demo-logins"
        self.assertEqual(stat.S_IMODE(logins.stat().st_mode), 0o600)
        people = [line.split()[0] for line in logins.read_text().splitlines() if not line.startswith("#")]
        for role in ("owner-1", "owner-2", "adjuster-1", "approver-1", "casework", "cashier-1", "cashier-2", "proxy", "auditor",
                     "clinic-1", "clinic-2"):
            self.assertIn(f"demo-{role}", people)
        for login in people:
            self.assertTrue(self.click(s, login), login)
        self.assertFalse(self.click(s, "demo-nobody"))
        self.assertEqual(s.stop(), 0)
        before = logins.read_bytes()
        again = self.demo()
        self.assertEqual(logins.read_bytes(), before)
        self.assertTrue(self.click(again, "demo-clinic-1"))
        self.assertEqual(again.stop(), 0)
        logins.unlink()  # as if the first start had been interrupted
        anew = self.demo()
        self.assertNotEqual(logins.read_bytes(), before)
        self.assertTrue(self.click(anew, "demo-auditor"))
        self.assertEqual(anew.stop(), 0)

    def test_without_demo_there_is_no_door(self):
        s = self.service().ready()
        self.assertEqual(s.get("/demo")[0], 404)
        self.assertFalse(self.click(s, "demo-owner-1"))
        self.assertEqual(s.stop(), 0)


if __name__ == "__main__":
    try:
        unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
