"""Does the program speak with real servers as it should? python3 talk.py ASK CLASS"""
import email
import email.policy
import http.server
import logging
import os
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import warnings
from pathlib import Path

ASK = str(Path(sys.argv[1]).resolve())


def ask(*words):
    """What ASK printed: result, codes of findings, and the rest by name."""
    run = subprocess.run([ASK, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60, check=True,
                         env={**os.environ, "HTTPS_PROXY": "https://127.0.0.1:1", "ALL_PROXY": "https://127.0.0.1:1"})
    answer = {"findings": []}
    for line in run.stdout.decode().split("\n"):
        name, _, rest = line.partition(" ")
        if name == "finding":
            answer["findings"].append(rest.split(" ")[0])
        elif name and name not in answer:
            answer[name] = rest
    return answer


def openssl(*words):
    subprocess.run(["openssl", *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=60)


class Authority:
    """An authority of our own and certificates of it."""

    def __init__(self, folder, name):
        self.folder, self.name = Path(folder), name
        self.pem = str(self.folder / f"{name}.pem")
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", self.path("key"),
                "-out", self.pem, "-subj", f"/CN={name}", "-days", "2", "-addext", "basicConstraints=critical,CA:TRUE")

    def path(self, suffix):
        return str(self.folder / f"{self.name}.{suffix}")

    def certificate(self, name, hosts, *dates):
        key, request, out, extra = (str(self.folder / f"{name}.{s}") for s in ("key", "csr", "pem", "ext"))
        Path(extra).write_text(f"subjectAltName={hosts}\n")
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", request,
                "-subj", f"/CN={name}")
        if dates:
            base = self.folder / f"{name}.ca"
            base.mkdir()
            (base / "index.txt").write_text("")
            (base / "serial").write_text("01\n")
            (base / "ca.cnf").write_text(f"[ca]\ndefault_ca=x\n[x]\ndatabase={base}/index.txt\nserial={base}/serial\n"
                                         f"new_certs_dir={base}\ndefault_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n")
            openssl("ca", "-batch", "-config", str(base / "ca.cnf"), "-cert", self.pem, "-keyfile", self.path("key"), "-in", request,
                    "-out", out, "-notext", "-extfile", extra, "-startdate", dates[0], "-enddate", dates[1])
        else:
            openssl("x509", "-req", "-in", request, "-CA", self.pem, "-CAkey", self.path("key"), "-days", "1", "-out", out,
                    "-extfile", extra)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(out, key)
        context.pem = out
        return context


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        seen = self.server.seen
        seen.append((self.command, self.path, dict(self.headers), body))
        if self.path == "/slow":
            time.sleep(5)
        elif self.path == "/drip":
            self.send_response(200)
            self.end_headers()
            for _ in range(50):
                self.wfile.write(b"x")
                time.sleep(0.1)
        elif self.path.startswith("/large/"):
            self.answer(200, b"x" * int(self.path[7:]))
        elif self.path == "/endless":
            self.send_response(200)
            self.end_headers()
            for _ in range(2000):
                self.wfile.write(b"x" * 65536)
        elif self.path == "/headers":
            self.answer(200, **{f"X_{i}": "y" * 1000 for i in range(80)})
        elif self.path == "/elsewhere":
            self.answer(303, b"", Location="/good")
        elif self.path == "/refused":
            self.answer(422, b"no", ETag='"3-clinic"')
        elif self.path == "/cut":
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b"half")
            self.close_connection = True
        else:
            self.answer(200, b"got " + body[:100], eTaG='"7-staff"')

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do

    def do_HEAD(self):
        self.answer(200, b"", Upload_Offset="5")


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass

    def __init__(self, context):
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen = []
        self.socket = context.wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, daemon=True).start()
        self.url = f"https://localhost:{self.server_port}"


class Https(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.authority = Authority(cls.folder.name, "authority")
        cls.server = Server(cls.authority.certificate("good", "DNS:localhost,IP:127.0.0.1"))

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.folder.cleanup()

    def ask(self, method, path, *more):
        return ask("https", f"method={method}", f"url={self.server.url}{path}", f"ca={self.authority.pem}", *more)

    def file(self, name):
        return str(Path(self.folder.name) / name)

    def test_a_request_arrives_as_it_was_made(self):
        answer = self.ask("PATCH", "/a?b=c", "body=words", "headers=Idempotency-Key:k-1;Empty:;Content-Type:application/json")
        self.assertEqual((answer["result"], answer["status"], answer["body"]), ("ok", "200", "got words"))
        self.assertEqual(answer["etag"], '"7-staff"')
        method, path, headers, body = self.server.seen[-1]
        self.assertEqual((method, path, body), ("PATCH", "/a?b=c", b"words"))
        self.assertEqual((headers["Idempotency-Key"], headers["Empty"], headers["Content-Type"]), ("k-1", "", "application/json"))
        self.assertNotIn("Expect", headers)

    def test_nothing_is_invented(self):
        for method in ("GET", "DELETE", "POST"):
            self.assertEqual(self.ask(method, "/none")["status"], "200")
            seen = self.server.seen[-1]
            self.assertEqual((seen[0], seen[3]), (method, b""))
            self.assertNotIn("Content-Type", seen[2])
        self.assertEqual(self.ask("HEAD", "/")["status"], "200")

    def test_a_refusal_is_an_answer(self):
        answer = self.ask("POST", "/refused", "body=x")
        self.assertEqual((answer["result"], answer["status"], answer["body"], answer["etag"]), ("ok", "422", "no", '"3-clinic"'))

    def test_redirections_are_not_followed(self):
        before = len(self.server.seen)
        self.assertEqual(self.ask("GET", "/elsewhere")["status"], "303")
        self.assertEqual(len(self.server.seen), before + 1)

    def test_who_is_slow_is_left(self):
        for path in ("/slow", "/drip"):
            began = time.monotonic()
            answer = self.ask("GET", path, "wait=700")
            self.assertEqual((answer["result"], answer["findings"]), ("outside", ["net_timeout"]))
            self.assertLess(time.monotonic() - began, 4)

    def test_answers_are_bounded(self):
        self.assertEqual(self.ask("GET", "/large/1000", "most=1000")["status"], "200")
        for path in ("/large/1001", "/endless"):
            answer = self.ask("GET", path, "most=1000")
            self.assertEqual((answer["result"], answer["findings"]), ("outside", ["net_too_large"]))
        self.assertEqual(self.ask("GET", "/headers")["findings"], ["net_too_large"])
        out = self.file("bounded")
        self.assertEqual(self.ask("GET", "/large/1000", "most=1000", f"out={out}")["result"], "ok")
        self.assertEqual(Path(out).read_bytes(), b"x" * 1000)
        self.assertEqual(self.ask("GET", "/endless", "most=100000", f"out={out}")["findings"], ["net_too_large"])
        self.assertLessEqual(Path(out).stat().st_size, 100000)

    def test_files_go_up_and_come_down(self):
        data = bytes(range(256)) * 4096
        Path(self.file("up")).write_bytes(data)
        answer = self.ask("PUT", "/up", f"in={self.file('up')}", f"length={len(data)}")
        self.assertEqual(answer["status"], "200")
        self.assertEqual(self.server.seen[-1][3], data)
        answer = self.ask("PUT", "/up", f"in={self.file('up')}", f"length={len(data) + 1}", "wait=5000")
        self.assertEqual((answer["result"], answer["findings"]), ("outside", ["net_file"]))

    def test_a_refusal_never_lands_in_the_file(self):
        out = self.file("refusal")
        answer = self.ask("GET", "/refused", f"out={out}")
        self.assertEqual((answer["status"], answer["body"]), ("422", "no"))
        self.assertEqual(Path(out).read_bytes(), b"")

    def test_what_breaks_off_is_told(self):
        answer = self.ask("GET", "/cut")
        self.assertEqual((answer["result"], answer["findings"]), ("outside", ["net_broken"]))

    def test_nobody_there(self):
        for url in ("https://localhost:1/", "https://nowhere.invalid/"):
            answer = ask("https", "method=GET", f"url={url}", f"ca={self.authority.pem}", "wait=5000")
            self.assertEqual((answer["result"], answer["findings"]), ("outside", ["net_unreachable"]))


class Certificates(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.authority = Authority(cls.folder.name, "authority")
        cls.other = Authority(cls.folder.name, "other")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def refused(self, server, pem):
        answer = ask("https", "method=POST", f"url={server.url}/", f"ca={pem}" if pem else "x=", "body=secret", "wait=10000")
        self.assertEqual((answer["result"], answer["findings"]), ("outside", ["net_certificate"]))
        self.assertEqual(server.seen, [])

    def test_only_the_named_authority_is_trusted(self):
        server = Server(self.authority.certificate("good", "DNS:localhost"))
        self.refused(server, self.other.pem)
        self.refused(server, None)                      # the system's: ours is not among them
        self.assertEqual(ask("https", "method=GET", f"url={server.url}/", f"ca={self.authority.pem}")["status"], "200")

    def test_a_file_of_ones_own_replaces_the_systems(self):
        # The system's folder holds an authority that signed nothing here, so only the absence of a fault can be shown:
        # the certificate of the server itself is enough to trust it, and it alone.
        context = self.authority.certificate("pinned", "DNS:localhost")
        server, neighbour = Server(context), Server(self.authority.certificate("neighbour", "DNS:localhost"))
        self.assertEqual(ask("https", "method=GET", f"url={server.url}/", f"ca={context.pem}")["status"], "200")
        self.refused(neighbour, context.pem)

    def test_expired_and_not_yet_valid(self):
        self.refused(Server(self.authority.certificate("old", "DNS:localhost", "20200101000000Z", "20210101000000Z")),
                     self.authority.pem)
        self.refused(Server(self.authority.certificate("young", "DNS:localhost", "20990101000000Z", "21000101000000Z")),
                     self.authority.pem)

    def test_another_name(self):
        server = Server(self.authority.certificate("elsewhere", "DNS:example.jp"))
        self.refused(server, self.authority.pem)
        server.url = f"https://127.0.0.1:{server.server_port}"
        self.refused(server, self.authority.pem)

    def test_old_versions_of_tls(self):
        context = self.authority.certificate("ancient", "DNS:localhost")
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        server = Server(context)
        answer = ask("https", "method=GET", f"url={server.url}/", f"ca={self.authority.pem}")
        self.assertEqual((answer["result"], answer["findings"]), ("outside", ["net_unreachable"]))

    def test_no_tls_at_all(self):
        plain = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        plain.seen = []
        threading.Thread(target=plain.serve_forever, daemon=True).start()
        answer = ask("https", "method=GET", f"url=https://localhost:{plain.server_port}/", f"ca={self.authority.pem}")
        self.assertEqual((answer["result"], answer["findings"]), ("outside", ["net_unreachable"]))
        self.assertEqual(plain.seen, [])

    def test_a_file_that_is_none(self):
        for path in (str(Path(self.folder.name) / "nothing.pem"), "/dev/null"):
            answer = ask("https", "method=GET", "url=https://localhost:1/", f"ca={path}")
            self.assertEqual(answer["result"], "outside")
        server = Server(self.authority.certificate("unread", "DNS:localhost"))
        answer = ask("https", "method=GET", f"url={server.url}/", f"ca={self.folder.name}/nothing.pem")
        self.assertEqual(answer["findings"], ["net_ca_file"])


class Post:
    """A mail server. What it shall say to a command stands in `says`."""

    def __init__(self):
        self.messages, self.says = [], {}

    async def handle_MAIL(self, server, session, envelope, address, options):
        if "MAIL" in self.says:
            return self.says["MAIL"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if "RCPT" in self.says:
            return self.says["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if "DATA" in self.says:
            return self.says["DATA"]
        self.messages.append((envelope.mail_from, envelope.rcpt_tos, envelope.content, session.ssl is not None))
        return "250 OK"


class Mail(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        from aiosmtpd.controller import Controller
        from aiosmtpd.smtp import AuthResult
        cls.folder = tempfile.TemporaryDirectory()
        cls.authority = Authority(cls.folder.name, "authority")
        cls.other = Authority(cls.folder.name, "other")
        context = cls.authority.certificate("post", "DNS:localhost,IP:127.0.0.1")
        cls.post = Post()
        cls.password = str(Path(cls.folder.name) / "password")
        Path(cls.password).write_text("right password\n")
        cls.logins = []

        def authenticate(server, session, envelope, mechanism, data):
            cls.logins.append(data.login)
            return AuthResult(success=(data.login, data.password) == (b"desk", b"right password"), handled=False)

        def at(port_of=socket.socket, **more):
            with port_of() as s:
                s.bind(("127.0.0.1", 0))
                port = s.getsockname()[1]
            controller = Controller(cls.post, hostname="127.0.0.1", port=port, authenticator=authenticate, **more)
            controller.start()
            cls.addClassCleanup(controller.stop)
            return port
        cls.starttls = at(tls_context=context, require_starttls=True)
        cls.plain = at()
        cls.smtps = at(ssl_context=context, auth_require_tls=False)       # aiosmtpd does not know that this is encrypted

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def setUp(self):
        self.post.messages.clear()
        self.post.says.clear()
        self.logins.clear()

    def send(self, url=None, **more):
        words = {"url": url or f"smtp://localhost:{self.starttls}", "ca": self.authority.pem, "from": "desk@example.jp",
                 "name": "支援金事務局", "to": "clinic@example.jp", "subject": "受付のお知らせ", "text": "お知らせがあります。\n",
                 "id": "m-1@example.jp", "at": "1795305600000000", "wait": "20000", **more}
        return ask("mail", *(f"{name}={value}" for name, value in words.items() if value is not None))

    def failed(self, answer, how, code):
        self.assertEqual((answer["result"], answer["findings"]), (how, [code]))
        self.assertEqual(self.post.messages, [])

    def test_a_message_is_read_as_it_was_written(self):
        text = "髙﨑クリニック 様\n\n.点で始まる行\n.\n最後の行"
        subject = "申請 C-2026-000123 について、ご確認をお願いします。このお知らせには内容を書いていません。サインインしてください。"
        self.assertEqual(self.send(text=text, subject=subject), {"result": "ok", "findings": []})
        sender, receivers, content, encrypted = self.post.messages[0]
        self.assertEqual((sender, receivers, encrypted), ("desk@example.jp", ["clinic@example.jp"], True))
        message = email.message_from_bytes(content, policy=email.policy.default)
        self.assertEqual(message["Subject"], subject)
        self.assertEqual(message["From"].addresses[0].display_name, "支援金事務局")
        self.assertEqual(message["From"].addresses[0].addr_spec, "desk@example.jp")
        self.assertEqual(message["To"].addresses[0].addr_spec, "clinic@example.jp")
        self.assertEqual(message["Message-ID"], "<m-1@example.jp>")
        self.assertEqual(message["Date"].datetime.isoformat(), "2026-11-22T09:00:00+09:00")
        self.assertEqual(message["Auto-Submitted"], "auto-generated")
        self.assertEqual(message.get_content().replace("\r\n", "\n"), text + "\n")
        self.assertEqual(message.defects, [])
        self.assertTrue(all(len(line) <= 76 for line in content.split(b"\r\n")))

    def test_english_too_with_everything_that_needs_care(self):
        text = "Dear clinic,\n.\n..x\ntrailing blank \na=b " + "long " * 60 + "\nFrom here\n\n\tend 円"
        self.assertEqual(self.send(text=text, subject="Receipt =?x", name='The "Desk" \\ us')["result"], "ok")
        message = email.message_from_bytes(self.post.messages[0][2], policy=email.policy.default)
        self.assertEqual(message["Content-Transfer-Encoding"], "quoted-printable")
        self.assertEqual(message.get_content().replace("\r\n", "\n"), text + "\n")
        self.assertEqual(message["Subject"], "Receipt =?x")
        self.assertEqual(message["From"].addresses[0].display_name, 'The "Desk" \\ us')

    def test_over_tls_from_the_start_and_with_a_login(self):
        url = f"smtps://localhost:{self.smtps}"
        self.assertEqual(self.send(url, user="desk", password=self.password)["result"], "ok")
        self.assertEqual(self.send(user="desk", password=self.password)["result"], "ok")
        self.assertEqual(self.logins, [b"desk", b"desk"])
        self.assertEqual(len(self.post.messages), 2)

    def test_a_wrong_password_is_no_fault_of_the_message(self):
        wrong = str(Path(self.folder.name) / "wrong")
        Path(wrong).write_text("wrong\n")
        self.failed(self.send(user="desk", password=wrong), "outside", "net_mail_login")
        self.failed(self.send(user="desk", password=wrong + "-gone"), "outside", "net_file")

    def test_without_tls_nothing_is_sent(self):
        self.failed(self.send(f"smtp://localhost:{self.plain}", user="desk", password=self.password), "outside", "net_mail_tls")
        self.assertEqual(self.logins, [])

    def test_a_foreign_certificate(self):
        for url in (None, f"smtps://localhost:{self.smtps}"):
            self.failed(self.send(url, ca=self.other.pem, user="desk", password=self.password), "outside", "net_certificate")
        self.assertEqual(self.logins, [])

    def test_refused_for_good_or_to_be_tried_again(self):
        for at in ("MAIL", "RCPT", "DATA"):
            self.post.says = {at: "550 no such mailbox"}
            self.failed(self.send(), "refused", "net_mail_refused")
            self.post.says = {at: "451 greylisted"}
            self.failed(self.send(), "outside", "net_mail_later")

    def test_a_server_that_is_closed_is_not_a_refusal(self):
        closed = socket.create_server(("127.0.0.1", 0))

        def turn_away():
            client, _ = closed.accept()
            with client, closed:
                client.sendall(b"554 closed\r\n")
                client.recv(1000)
        threading.Thread(target=turn_away, daemon=True).start()
        self.failed(self.send(f"smtp://localhost:{closed.getsockname()[1]}"), "outside", "net_mail_later")

    def test_nobody_there_and_nobody_speaking(self):
        self.failed(self.send("smtp://localhost:1"), "outside", "net_unreachable")
        with socket.create_server(("127.0.0.1", 0)) as silent:
            self.failed(self.send(f"smtp://localhost:{silent.getsockname()[1]}", wait="700"), "outside", "net_timeout")

    def test_nothing_can_be_put_into_a_message(self):
        for name in ("to", "from"):
            for value in ("a@b\r\nRCPT TO:<c@d>", "a@b>\r\nDATA", "a@b\nBcc: c@d", "a@b,c@d", "<a@b>", "", "a@b c"):
                self.failed(self.send(**{name: value}), "refused", "net_address")
        for name in ("subject", "name", "id"):
            self.failed(self.send(**{name: "x@y\r\nBcc: c@d"}), "refused", "net_malformed")
        self.failed(self.send("http://localhost:1"), "outside", "net_malformed")


if __name__ == "__main__":
    logging.disable()                                   # what aiosmtpd says of clients that turn away
    warnings.simplefilter("ignore", DeprecationWarning)
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], warnings="ignore")
