#!/usr/bin/env python3
"""The commands that are clients of a service, as their users meet them: what they send, what they keep and how it is guarded,
what they say. The service is a stand-in that answers as /openapi.json says and can be told to misbehave; that the real one
answers so is tested where it runs (tests/scenario). `clients.py SHIENKIN`"""
import hashlib
import http.server
import json
import os
import pty
import re
import select
import ssl
import stat
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse
from pathlib import Path

PROGRAM = str(Path(sys.argv[1]).resolve())
TOKEN = "skc_" + "a" * 43
CLAIM = "clm_01JD0000000000000000000000"


def problem(status, code, errors=(), title="Not so", detail="Do it otherwise.", **headers):
    body = {"type": f"urn:shienkin:problem:{code}", "title": title, "status": status, "detail": detail, "title_ja": "できません",
            "title_en": title, "detail_ja": "別の方法でお願いします。", "detail_en": detail, "request_id": "r-1"}
    if errors:
        body["errors"] = [{"pointer": p, "code": c, "message_ja": "ここを直してください。", "message_en": m,
                           **({"line": line[0]} if line else {})} for p, c, m, *line in errors]
    return status, body, headers


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do(self):
        service = self.server.service
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        service.seen.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        answer = service.answer(self.command, self.path, self.headers, body)
        if answer is None:                              # the line breaks
            self.close_connection = True
            self.connection.close()
            return
        status, content, headers = answer
        data = json.dumps(content).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do


class Service:
    """Answers by (method, path): a tuple, a list of tuples used up one by one, or a function."""

    def __init__(self, folder):
        self.pem, key = str(Path(folder) / "server.pem"), str(Path(folder) / "server.key")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key,
                        "-out", self.pem, "-subj", "/CN=localhost", "-days", "2", "-addext", "subjectAltName=DNS:localhost"],
                       check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.pem, key)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None
        self.server.service = self
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"https://localhost:{self.server.server_port}"
        self.seen, self.answers = [], {}

    def answer(self, method, path, headers, body):
        answer = self.answers.get((method, path.split("?")[0]), problem(404, "not_found"))
        if callable(answer):
            return answer(path, headers, body)
        return answer.pop(0) if isinstance(answer, list) else answer


class Clients(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.service = Service(self.folder.name)
        self.addCleanup(self.service.server.server_close)
        self.addCleanup(self.service.server.shutdown)
        self.home = Path(self.folder.name) / "config"
        self.kept = self.home / "shienkin"
        self.session = {"next": "done", "token": TOKEN, "name": "受付担当", "realm": "clinic", "expires_at": "2026-11-22T21:00:00.000+09:00"}

    def run_program(self, *words, given=b"", language="C"):
        environment = {"PATH": os.environ["PATH"], "LC_ALL": language, "XDG_CONFIG_HOME": str(self.home), "HOME": self.folder.name}
        return subprocess.run([PROGRAM, *words], input=given, capture_output=True, env=environment, timeout=60, start_new_session=True,
                              cwd=self.folder.name)

    def ends(self, code, *words, says="", **more):
        run = self.run_program(*words, **more)
        text = (run.stdout + run.stderr).decode()
        self.assertEqual(run.returncode, code, (words, text))
        self.assertIn(says, text)
        self.assertNotIn(TOKEN, text)
        return run

    def sign_in(self):
        self.service.answers[("POST", "/v1/sign-in")] = (200, self.session, {})
        self.ends(0, "login", self.service.url, "desk", "--ca", self.service.pem, given=b"a password\n")
        self.service.seen.clear()

    def write(self, name, content):
        path = Path(self.folder.name) / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)


class SigningIn(Clients):
    def test_what_is_kept_is_ones_own(self):
        self.sign_in()
        self.assertEqual(stat.S_IMODE(self.kept.stat().st_mode), 0o700)
        for name in ("sign-in", "ca.pem"):
            self.assertEqual(stat.S_IMODE((self.kept / name).stat().st_mode), 0o600)
        kept = json.loads((self.kept / "sign-in").read_text())
        self.assertEqual((kept["url"], kept["token"], kept["ca"]), (self.service.url, TOKEN, True))
        self.assertNotIn("a password", (self.kept / "sign-in").read_text())
        self.assertEqual((self.kept / "ca.pem").read_text(), Path(self.service.pem).read_text())

    def test_steps_lead_to_the_session(self):
        self.service.answers = {
            ("POST", "/v1/sign-in"): (200, {"next": "second_factor", "ticket": "t-1"}, {}),
            ("POST", "/v1/sign-in/second-factor"): (200, self.session, {}),
        }
        self.ends(0, "login", self.service.url + "/", "--ca", self.service.pem, given="desk\n秘密の言葉\n123456\n".encode(),
                  says="until 2026-11-22")
        self.assertEqual([json.loads(body) for _, _, _, body in self.service.seen],
                         [{"login": "desk", "password": "秘密の言葉"}, {"ticket": "t-1", "code": "123456"}])

    def test_first_access_enrols_and_shows_the_recovery_codes_once(self):
        self.service.answers = {
            ("POST", "/v1/sign-in/first-access"): (200, {"next": "enrol_totp", "ticket": "t-1"}, {}),
            ("POST", "/v1/sign-in/totp"): (200, {"secret": "JBSWY3DP", "uri": "otpauth://totp/x?secret=JBSWY3DP"}, {}),
            ("POST", "/v1/sign-in/totp/confirm"): (200, {**self.session, "recovery_codes": ["aaaa-bbbb", "cccc-dddd"]}, {}),
        }
        self.ends(1, "login", self.service.url, "desk", "--ca", self.service.pem, "--first-access", given=b"c\nnew password\nother\n",
                  says="differ")
        self.assertEqual(self.service.seen, [])
        run = self.ends(0, "login", self.service.url, "desk", "--ca", self.service.pem, "--first-access",
                        given=b"ABCD-EFGH\nnew password\nnew password\n654321\n")
        self.assertIn(b"JBSWY3DP", run.stdout)
        self.assertIn(b"aaaa-bbbb", run.stdout)
        self.assertNotIn("bbbb", (self.kept / "sign-in").read_text())

    def test_a_password_is_not_echoed(self):
        self.service.answers[("POST", "/v1/sign-in")] = (200, self.session, {})
        child, terminal = pty.fork()
        if child == 0:
            os.execve(PROGRAM, [PROGRAM, "login", self.service.url, "desk", "--ca", self.service.pem],
                      {"LC_ALL": "C", "XDG_CONFIG_HOME": str(self.home)})
        shown, sent, end = b"", False, time.monotonic() + 30
        while time.monotonic() < end:
            if not select.select([terminal], [], [], 1)[0]:
                continue
            try:
                shown += os.read(terminal, 4096)
            except OSError:
                break
            if b"Password: " in shown and not sent:
                sent = True
                os.write(terminal, b"very secret\n")
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), 0, shown)
        os.close(terminal)
        self.assertNotIn(b"very secret", shown)
        self.assertEqual(json.loads(self.service.seen[0][3])["password"], "very secret")

    def test_refused(self):
        self.service.answers[("POST", "/v1/sign-in")] = problem(422, "sign_in_refused", title="This did not fit")
        self.ends(1, "login", self.service.url, "desk", "--ca", self.service.pem, given=b"x\n", says="This did not fit")
        self.assertFalse((self.kept / "sign-in").exists())

    def test_a_certificate_that_nobody_vouches_for_sends_nothing(self):
        self.ends(3, "login", self.service.url, "desk", given=b"x\n", says="certificate")
        self.ends(3, "login", self.service.url, "desk", "--ca", self.write("other.pem", ""), given=b"x\n")
        self.ends(3, "login", self.service.url, "desk", "--ca", "gone.pem", given=b"x\n", says="gone.pem")
        self.ends(2, "login", "http://localhost:1", "desk", given=b"x\n", says="https")
        self.assertEqual(self.service.seen, [])

    def test_signing_out_forgets(self):
        self.sign_in()
        self.service.answers[("DELETE", "/v1/session")] = (200, {}, {})
        self.ends(0, "logout")
        self.assertEqual(self.service.seen[0][2]["authorization"], f"Bearer {TOKEN}")
        self.assertEqual(list(self.kept.iterdir()), [])
        self.ends(1, "claim", "list", says="shienkin login")

    def test_signing_out_forgets_even_where_nobody_answers(self):
        self.sign_in()
        self.service.answers[("DELETE", "/v1/session")] = problem(500, "internal")
        self.ends(3, "logout", says="30 minutes")
        self.assertFalse((self.kept / "sign-in").exists())


class Asking(Clients):
    def setUp(self):
        super().setUp()
        self.sign_in()

    def test_a_list(self):
        self.service.answers[("GET", "/v1/claims")] = (200, {"claims": [
            {"claim": CLAIM, "number": "C-2026-000001", "state": "in_review", "submitted_at": None, "moved_at": "x"}], "next": "abc"}, {})
        run = self.ends(0, "claim", "list", "--limit", "5", "--cursor", "a/b c", says="C-2026-000001")
        self.assertIn(b"next: abc", run.stdout)
        method, path, headers, _ = self.service.seen[0]
        self.assertEqual((method, path), ("GET", "/v1/claims?cursor=a%2Fb%20c&limit=5"))
        self.assertNotIn("idempotency-key", headers)
        run = self.ends(0, "claim", "list", "--json")
        self.assertEqual(json.loads(run.stdout)["claims"][0]["claim"], CLAIM)

    def test_what_the_service_says_cannot_steer_a_terminal(self):
        self.service.answers[("GET", f"/v1/claims/{CLAIM}")] = (200, {"note": "a\x1b[2Jb\u202ec\u009bd", "\x1bname": 1}, {})
        run = self.ends(0, "claim", "show", CLAIM)
        self.assertNotRegex(run.stdout.decode(), "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]")
        self.service.answers[("GET", f"/v1/claims/{CLAIM}")] = problem(409, "x", [("/a", "b", "c\x1b[2J")], detail="\x1b]0;x\x07")
        run = self.ends(1, "claim", "show", CLAIM)
        self.assertNotIn(b"\x1b", run.stderr)

    def test_a_change_names_the_version_it_was_read_at(self):
        self.service.answers[("GET", f"/v1/claims/{CLAIM}")] = (200, {}, {"ETag": '"7-clinic"'})
        self.service.answers[("POST", f"/v1/claims/{CLAIM}/withdraw")] = (200, {"claim": CLAIM, "state": "withdrawn", "version": 8}, {})
        self.ends(0, "claim", "withdraw", CLAIM, "--reason", "誤って申請しました", says="withdrawn")
        _, _, headers, body = self.service.seen[1]
        self.assertEqual(headers["if-match"], '"7-clinic"')
        self.assertRegex(headers["idempotency-key"], '^"[0-9a-f]{32}"$')
        self.assertEqual(json.loads(body), {"reason": "誤って申請しました"})
        self.ends(0, "claim", "withdraw", CLAIM, "--if-match", "5-clinic")
        self.assertEqual(self.service.seen[-1][2]["if-match"], '"5-clinic"')
        self.assertEqual(len(self.service.seen), 3)

    def test_every_problem_is_said_with_what_to_do(self):
        self.service.answers[("POST", "/v1/claims")] = problem(422, "invalid_body", [
            ("/facts/incident/occurred_on", "date", "Write it as YYYY-MM-DD."), ("/payee", "required", "It is missing.")])
        file = self.write("claim.json", "{}")
        run = self.ends(1, "claim", "file", file, says="/facts/incident/occurred_on: Write it as YYYY-MM-DD. [date]")
        self.assertIn(b"/payee: It is missing. [required]", run.stderr)
        run = self.ends(1, "claim", "file", file, language="ja_JP.UTF-8", says="ここを直してください。")
        run = self.ends(1, "claim", "file", file, "--json")
        self.assertEqual(len(json.loads(run.stdout)["errors"]), 2)
        self.service.answers[("POST", "/v1/claims")] = problem(401, "unauthenticated")
        self.ends(1, "claim", "file", file, says="shienkin login")
        self.service.answers[("POST", "/v1/claims")] = problem(500, "internal")
        self.ends(3, "claim", "file", file, says="r-1")

    def test_a_file_that_is_no_json_never_leaves(self):
        self.ends(1, "claim", "file", self.write("x.json", '{"a":1,"a":2}'), says="twice")
        self.ends(3, "claim", "file", "gone.json", says="gone.json")
        self.assertEqual(self.service.seen, [])
        self.service.answers[("POST", "/v1/claims")] = (201, {"claim": CLAIM}, {})
        self.ends(0, "claim", "file", "-", given='{"facts":{}}'.encode())
        self.assertEqual(self.service.seen[0][3], b'{"facts":{}}')

    def test_words_that_are_wrong(self):
        for words in (["claim"], ["claim", "fly"], ["claim", "show"], ["claim", "show", "a", "b"], ["claim", "show", CLAIM, "--key", "x"],
                      ["claim", "reply", CLAIM, "req_1"], ["claim", "payee", CLAIM, self.write("p.json", "{}")], ["user", "grant"],
                      ["roster", "import", "x.csv"], ["roster", "import", "--members", "--facilities", "x.csv"], ["login", "a", "b", "c"],
                      ["claim", "attach", CLAIM], ["rules", "publish"], ["logout", "x"]):
            self.ends(2, *words)
        self.assertEqual(self.service.seen, [])

    def test_an_operand_cannot_leave_its_place(self):
        self.ends(1, "claim", "show", "../account?x=1#y")
        self.assertEqual(self.service.seen[0][1], "/v1/claims/..%2Faccount%3Fx%3D1%23y")


class Once(Clients):
    """A request whose end nobody knows is the same request when it is made again."""

    def setUp(self):
        super().setUp()
        self.sign_in()
        self.file = self.write("claim.json", '{"facts":{}}')

    def keys(self):
        return [headers["idempotency-key"] for method, _, headers, _ in self.service.seen if method == "POST"]

    def test_a_line_that_breaks(self):
        self.service.answers[("POST", "/v1/claims")] = [None, None, (201, {"claim": CLAIM}, {})]
        self.ends(0, "claim", "file", self.file, says=CLAIM)
        self.assertEqual(len(self.keys()), 3)
        self.assertEqual(len(set(self.keys())), 1)
        self.assertEqual(list(self.kept.glob("request-*")), [])

    def test_the_same_words_later(self):
        self.service.answers[("POST", "/v1/claims")] = problem(500, "internal")
        self.ends(3, "claim", "file", self.file)
        kept = list(self.kept.glob("request-*"))
        self.assertEqual([stat.S_IMODE(p.stat().st_mode) for p in kept], [0o600])
        self.service.answers[("POST", "/v1/claims")] = (201, {"claim": CLAIM}, {"Idempotency_Replayed": "true"})
        self.ends(0, "claim", "file", self.file)
        self.ends(0, "claim", "file", self.file)
        first, second, third = self.keys()
        self.assertEqual(first, second)
        self.assertNotEqual(second, third)

    def test_other_words_are_another_request(self):
        self.service.answers[("POST", "/v1/claims")] = problem(500, "internal")
        self.ends(3, "claim", "file", self.file)
        self.ends(3, "claim", "file", self.write("other.json", '{"facts":{"a":1}}'))
        self.assertEqual(len(set(self.keys())), 2)
        self.ends(3, "claim", "file", self.file, "--key", "my-own-key")
        self.assertEqual(self.keys()[-1], '"my-own-key"')

    def test_a_key_that_is_old_is_not_used_again(self):
        self.service.answers[("POST", "/v1/claims")] = problem(500, "internal")
        self.ends(3, "claim", "file", self.file)
        kept, = self.kept.glob("request-*")
        os.utime(kept, (time.time() - 90000,) * 2)
        self.ends(3, "claim", "file", self.file)
        self.assertEqual(len(set(self.keys())), 2)

    def test_busy_is_waited_for(self):
        self.service.answers[("POST", "/v1/claims")] = [problem(503, "busy", Retry_After="0"),
                                                        problem(409, "request_in_progress", Retry_After="1"), (201, {"claim": CLAIM}, {})]
        self.ends(0, "claim", "file", self.file)
        self.assertEqual(len(set(self.keys())), 1)
        self.service.answers[("POST", "/v1/claims")] = problem(503, "unavailable", Retry_After="3600")
        began = time.monotonic()
        self.ends(3, "claim", "file", self.file)
        self.assertLess(time.monotonic() - began, 10)


class Owning(Clients):
    def setUp(self):
        super().setUp()
        self.sign_in()

    def test_the_second_factor_is_asked_for_where_it_is_due(self):
        self.service.answers = {
            ("POST", "/v1/grants"): [problem(403, "step_up_required"), (201, {"grant": "grt_1"}, {})],
            ("POST", "/v1/session/step-up"): (200, {}, {}),
        }
        self.ends(0, "user", "grant", "--person", "per_1", "--role", "auditor", "--reason", "new", given=b"123456\n", says="grt_1")
        asked, confirmed, again = self.service.seen
        self.assertEqual(json.loads(confirmed[3]), {"code": "123456"})
        self.assertEqual(asked[2]["idempotency-key"], again[2]["idempotency-key"])
        self.assertEqual(json.loads(again[3]), {"person": "per_1", "role": "auditor", "reason": "new"})

    def test_a_wrong_second_factor_is_told(self):
        self.service.answers = {("POST", "/v1/grants/grt_1/confirm"): problem(403, "step_up_required", title="Please confirm"),
                                ("POST", "/v1/session/step-up"): problem(422, "sign_in_refused", title="This did not fit")}
        self.ends(1, "user", "confirm", "grt_1", given=b"000000\n", says="This did not fit")

    def test_rules_go_as_they_are(self):
        model = "<definitions>規則</definitions>\n"
        self.service.answers[("POST", "/v1/rule-sets")] = (201, {"rule_set": "rul_1"}, {})
        self.ends(0, "rules", "publish", self.write("model.dmn", model), says="rul_1")
        self.assertEqual(self.service.seen[0][3].decode(), model)
        self.assertEqual(self.service.seen[0][2]["content-type"], "application/dmn+xml")
        self.service.answers[("POST", "/v1/rule-sets/rul_1/confirm")] = (200, {"rule_set": "rul_1", "published_at": "x"}, {})
        self.ends(0, "rules", "confirm", "rul_1", says="published_at")

    def test_cases_beside_rules(self):
        table = '{"about":"髙","base":{},"cases":[]}'
        self.service.answers[("POST", "/v1/rule-sets/rul_1/scenarios")] = (201, {"scenario": "scn_1", "cases": 3, "failed": 0}, {})
        self.ends(0, "rules", "add-scenarios", "rul_1", self.write("cases.json", table), says="scn_1")
        self.assertEqual(self.service.seen[0][3].decode(), table)
        self.assertTrue(self.service.seen[0][2]["idempotency-key"])
        self.service.answers[("GET", "/v1/rule-sets/rul_1/scenarios")] = (200, {"tables": [{"scenario": "scn_1", "failed": 0}]}, {})
        self.ends(0, "rules", "scenarios", "rul_1", says="scn_1")
        self.service.answers[("GET", "/v1/rule-sets/rul_1/differences")] = (200, {"differences": [], "next": None}, {})
        self.ends(0, "rules", "differences", "rul_1", "--limit", "5", says="differences")

    def test_a_reset_of_the_staff_takes_two(self):
        self.service.answers[("GET", "/v1/account-resets")] = (200, {"waiting": [
            {"reset": "rst_1", "login": "adjuster-1", "name": "審査担当", "reason": "紛失", "by": "管理者", "at": "x"}]}, {})
        self.ends(0, "user", "resets", says="rst_1")
        self.service.answers[("POST", "/v1/account-resets/rst_1/confirm")] = (200, {"account": "acc_1", "login": "adjuster-1", "code": "K"}, {})
        self.ends(0, "user", "reset", "confirm", "rst_1", says="adjuster-1")

    def test_a_roster_goes_whole_and_its_bad_lines_come_back(self):
        data = b"member_number,class\n" + b"1234,A1\n" * 5000
        path = self.write("会員 名簿.csv", data)
        self.service.answers[("POST", "/v1/roster/imports")] = (200, {
            "import": None, "kind": "members", "encoding": "utf-8", "lines": 5000, "added": 1, "changed": 0, "ended": 0, "decisions_touched": 0,
            "changes": [{"table": "member", "key": "1234", "what": "added", "line": 2, "before": None, "after": {"class": "A1"}}]}, {})
        self.ends(0, "roster", "import", "--members", "--preview", "--shift-jis", "--whole", path, says="1234")
        _, target, headers, body = self.service.seen[0]
        self.assertEqual(body, data)
        self.assertEqual(headers["content-type"], "text/csv")
        self.assertEqual(urllib.parse.parse_qs(target.split("?")[1]), {
            "kind": ["members"], "file_name": ["会員 名簿.csv"], "shift_jis": ["true"], "whole": ["true"], "preview": ["true"]})
        self.service.answers[("POST", "/v1/roster/imports")] = problem(422, "roster", [("/class", "roster_class", "There is no such class.", 3)])
        self.ends(1, "roster", "import", "--members", path, says="line 3  /class: There is no such class. [roster_class]")


class Files(Clients):
    def setUp(self):
        super().setUp()
        self.sign_in()
        self.data = bytes(range(256)) * 4096 * 3 + b"end"         # 3 MiB and a little
        self.path = self.write("log.txt", self.data)
        self.got = bytearray()
        self.service.answers = {
            ("POST", f"/v1/claims/{CLAIM}/evidence"): self.announce, ("GET", "/v1/evidence/evd_1"): self.look,
            ("PATCH", "/v1/evidence/evd_1"): self.take, ("POST", "/v1/evidence/evd_1/finish"): self.finish}
        self.break_at = None

    def announce(self, path, headers, body):
        self.announced = json.loads(body)
        return 201, {"evidence": "evd_1", "offset": 0}, {}

    def look(self, path, headers, body):
        return 200, {"evidence": "evd_1", "offset": len(self.got), "finished": False}, {}

    def take(self, path, headers, body):
        offset = int(re.search(r"offset=(\d+)", path)[1])
        if offset != len(self.got) or headers["Content-Type"] != "application/octet-stream":
            return problem(409, "evidence_offset")
        if self.break_at is not None and offset >= self.break_at:
            self.got += body[:262144]                     # a piece arrived, and then the line broke
            self.break_at = None
            return None
        self.got += body
        return 200, {"evidence": "evd_1", "offset": len(self.got)}, {}

    def finish(self, path, headers, body):
        same = hashlib.sha256(self.got).hexdigest() == self.announced["sha256"]
        return (201, {"evidence": "evd_1", "sha256": self.announced["sha256"]}, {}) if same else problem(422, "evidence_incomplete")

    def test_a_file_arrives(self):
        self.ends(0, "claim", "attach", CLAIM, self.path, "--purpose", "log", says="evd_1")
        self.assertEqual(bytes(self.got), self.data)
        self.assertEqual(self.announced, {"name": "log.txt", "length": len(self.data), "sha256": hashlib.sha256(self.data).hexdigest(),
                                          "purpose": "log"})

    def test_it_goes_on_where_it_broke_off(self):
        self.break_at = 1 << 20
        self.ends(0, "claim", "attach", CLAIM, self.path, says="evd_1")
        self.assertEqual(bytes(self.got), self.data)

    def test_what_is_no_file(self):
        self.ends(3, "claim", "attach", CLAIM, self.folder.name)
        self.ends(3, "claim", "attach", CLAIM, "gone.txt", says="gone.txt")


class Doctor(Clients):
    """What can be seen without a database; with one: tests/serve."""

    def certificate(self, *dates):
        pem, key = self.folder.name + "/c.pem", self.write("c.key", "")
        base = Path(self.folder.name) / "ca"
        base.mkdir(exist_ok=True)
        (base / "index.txt").write_text("")
        (base / "serial").write_text("01\n")
        cnf = self.write("ca.cnf", f"[ca]\ndefault_ca=x\n[x]\ndatabase={base}/index.txt\nserial={base}/serial\nnew_certs_dir={base}\n"
                                   "default_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n")
        for words in (["req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", key + ".csr",
                       "-subj", "/CN=localhost"],
                      ["ca", "-batch", "-config", cnf, "-selfsign", "-keyfile", key, "-in", key + ".csr", "-out", pem, "-notext",
                       "-startdate", dates[0], "-enddate", dates[1]]):
            subprocess.run(["openssl", *words], check=True, capture_output=True)
        os.chmod(key, 0o600)
        return [f"--http.certificate={pem}", f"--http.key={key}"]

    def day(self, days):
        return time.strftime("%Y%m%d%H%M%SZ", time.gmtime(time.time() + days * 86400))

    def test_key_files(self):
        master, cursor = self.write("master", "x"), self.write("cursor", "x")
        os.chmod(master, 0o600)
        os.chmod(cursor, 0o640)
        words = ["doctor", "--state=gone", f"--keys.master={master}"]
        self.ends(0, *words, says="ok ")
        self.ends(1, *words, f"--keys.cursor={cursor}", says=f"BAD   {cursor}: Others can read it")
        os.chmod(cursor, 0o400)
        self.ends(0, *words, f"--keys.cursor={cursor}")
        self.ends(1, *words, "--keys.cursor=gone.key", says="It is missing")
        self.ends(1, *words, "--keys.cursor=gone.key", says="ありません", language="ja_JP.UTF-8")
        os.chmod(master, 0o604)
        self.ends(1, *words, says="BAD")

    def test_the_certificate(self):
        self.ends(0, "doctor", "--state=gone", *self.certificate(self.day(-2), self.day(99.5)), says="good for 99 more days")
        self.ends(0, "doctor", "--state=gone", *self.certificate(self.day(-2), self.day(20)), says="look ")
        self.ends(1, "doctor", "--state=gone", *self.certificate(self.day(-2), self.day(-1)), says="expired")
        self.ends(1, "doctor", "--state=gone", "--http.certificate=" + self.write("x.pem", "no"), says="cannot be read as a certificate")

    def test_nothing_to_look_at(self):
        self.ends(1, "doctor", "--state=gone", says="--config")
        self.ends(2, "doctor", "--no-such=1")

    def test_no_database(self):
        self.ends(1, "doctor", "--state=gone", "--database.where=host=" + self.folder.name, says="cannot be reached")

    def test_the_service_and_its_roles(self):
        self.sign_in()
        self.service.answers = {("GET", "/readyz"): (200, {}, {}), ("GET", "/v1/grants"): (200, {"short_of_two": ["approver", "cashier"]}, {})}
        self.ends(1, "doctor", "--state=gone", says="approver cashier")
        self.service.answers[("GET", "/v1/grants")] = (200, {"short_of_two": []}, {})
        self.ends(0, "doctor", "--state=gone", says="two persons or more")
        self.service.answers[("GET", "/v1/grants")] = problem(403, "role")
        self.ends(0, "doctor", "--state=gone", says="owner or an auditor")
        self.service.answers[("GET", "/readyz")] = problem(503, "unavailable")
        self.ends(1, "doctor", "--state=gone", says="not ready")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], warnings="ignore")
