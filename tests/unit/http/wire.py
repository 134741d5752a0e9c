#!/usr/bin/env python3
"""A real server on loopback, as its clients see it: TLS, framing, limits, queues, streams, endings.

    tests/unit/http/wire.py SERVE CERTIFICATE [unittest arguments]

SERVE is the rig of serve.c, CERTIFICATE the program that writes a self-signed certificate. Requests that a well-behaved
library would not send are written byte by byte."""
import hashlib
import http.client
import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from contextlib import contextmanager
from pathlib import Path

SERVE, CERTIFICATE = sys.argv[1], sys.argv[2]
FOLDER = Path(tempfile.mkdtemp(prefix="shienkin-http-"))
TWENTY_MIB = 20 << 20
# Sanitizers keep freed memory for a while, so that peaks say nothing under them.
WATCHED = any(name in Path(SERVE).read_bytes() for name in (b"__asan_init", b"__tsan_init"))


def make_certificate(name):
    paths = FOLDER / f"{name}.pem", FOLDER / f"{name}.key"
    subprocess.run([CERTIFICATE, *map(str, paths), "localhost", "127.0.0.1"], check=True)
    return paths


def trusting(certificate):
    context = ssl.create_default_context(cafile=str(certificate))
    return context


class Answer:
    """A response as it came: status, headers (a list), body, and whether the server ended the connection."""

    def __init__(self, response, body):
        self.status, self.headers, self.body = response.status, response.getheaders(), body
        self.close = response.will_close

    def header(self, name):
        found = [value for key, value in self.headers if key.lower() == name.lower()]
        return found[0] if found else None

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        kind = self.json["type"]
        return kind.removeprefix("urn:shienkin:problem:")


class Server:
    def __init__(self, **settings):
        self.certificate, key = make_certificate("first")
        self.sleep_file = FOLDER / "asleep"
        self.log = FOLDER / f"log-{time.monotonic_ns()}"
        arguments = [f"{name}={value}" for name, value in settings.items()]
        self.process = subprocess.Popen([SERVE, self.certificate, key, self.log, self.sleep_file, *arguments],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port, self.metrics_port = map(int, self.process.stdout.readline().split())
        self.context = trusting(self.certificate)

    def tell(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def told(self, line):
        self.tell(line)
        return self.process.stdout.readline().strip()

    def peak_kib(self):
        """The most memory that the server ever held, as the kernel counts it."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM:")).split()[1])

    def end(self):
        if self.process.poll() is None:
            self.process.stdin.close()
            self.process.wait(timeout=30)
        self.process.stdin.close()
        self.process.stdout.close()
        assert self.process.returncode == 0, f"the server ended with {self.process.returncode}"

    def socket(self, context=None, timeout=20):
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=timeout)
        return (context or self.context).wrap_socket(plain, server_hostname="localhost")

    def connection(self, timeout=20):
        return http.client.HTTPSConnection("localhost", self.port, context=self.context, timeout=timeout)

    def ask(self, method, path, body=None, **headers):
        """One request on a connection of its own. Header names: underscores for hyphens."""
        with self.kept() as ask:
            return ask(method, path, body, **headers)

    @contextmanager
    def kept(self):
        connection = self.connection()

        def ask(method, path, body=None, **headers):
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body=body, headers=named)
            response = connection.getresponse()
            return Answer(response, response.read())

        try:
            yield ask
        finally:
            connection.close()

    def raw(self, data, timeout=20):
        """Bytes as they are; everything that came back until the server closed, or what came within a second."""
        with self.socket(timeout=timeout) as s:
            s.sendall(data)
            return read_all(s)


def read_all(s):
    """Whatever comes until the end of the connection; a connection that is kept open ends this by its silence."""
    s.settimeout(1.5)
    out = bytearray()
    try:
        while piece := s.recv(65536):
            out += piece
    except (TimeoutError, ssl.SSLError, ConnectionError):
        pass
    return bytes(out)


def read_until_end(s, seconds):
    """The bytes until the server ends the connection, and how long that took; None when it did not."""
    began = time.monotonic()
    s.settimeout(seconds)
    out = bytearray()
    try:
        while piece := s.recv(65536):
            out += piece
    except TimeoutError:
        return out, None
    except (ssl.SSLError, ConnectionError):
        pass
    return out, time.monotonic() - began


@contextmanager
def server(**settings):
    s = Server(**settings)
    try:
        yield s
    finally:
        s.end()


class Case(unittest.TestCase):
    """Tests that share one server of ordinary limits."""

    @classmethod
    def setUpClass(cls):
        cls.s = Server(connections_per_address=2000, idle_seconds=60)

    @classmethod
    def tearDownClass(cls):
        cls.s.end()

    def problem(self, answer, status, code):
        self.assertEqual((answer.status, answer.code), (status, code), answer.body)
        self.assertEqual(answer.header("Content-Type"), "application/problem+json")


class Tls(Case):
    def test_only_tls_1_3(self):
        old = trusting(self.s.certificate)
        old.maximum_version = ssl.TLSVersion.TLSv1_2
        with self.assertRaises((ssl.SSLError, ConnectionError)):
            self.s.socket(old)
        with self.s.socket() as s:
            self.assertEqual(s.version(), "TLSv1.3")

    def test_plain_http_gets_nothing(self):
        with socket.create_connection(("127.0.0.1", self.s.port), timeout=5) as s:
            s.sendall(b"GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n")
            out, ended = read_until_end(s, 5)
            self.assertNotIn(b"HTTP/1.1", out)
            self.assertIsNotNone(ended)

    def test_certificate_is_replaced_while_running(self):
        with server() as s:
            certificate, key = make_certificate("second")
            with s.kept() as ask:
                self.assertEqual(ask("GET", "/hello").status, 200)
                self.assertEqual(s.told(f"reload {certificate} {key}"), "ok")
                self.assertEqual(ask("GET", "/hello").status, 200, "a connection that stands goes on")
            with self.assertRaises(ssl.SSLCertVerificationError):
                s.ask("GET", "/hello")
            s.context = trusting(certificate)
            self.assertEqual(s.ask("GET", "/hello").status, 200)

    def test_a_pair_that_does_not_fit_is_refused_and_the_old_one_stays(self):
        with server() as s:
            one, _ = make_certificate("one")
            _, other = make_certificate("other")
            self.assertEqual(s.told(f"reload {one} {other}"), "certificate_key")
            self.assertEqual(s.told(f"reload {other} {other}"), "certificate")
            self.assertEqual(s.ask("GET", "/hello").status, 200)


class Framing(Case):
    """Shapes on which a proxy and a server could disagree where a request ends: RFC 9112 §2.2, §3.2, §5, §6, §11.2."""

    SHAPES = {
        "two lengths that differ": b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n12345",
        "two equal lengths": b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n12345",
        "a list of lengths": b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n\r\n12345",
        "a signed length": b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\n12345",
        "a hexadecimal length": b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 0x5\r\n\r\n12345",
        "length and coding": b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "coding and length": b"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        "two codings": b"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "two hosts": b"GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "two equal hosts": b"GET /hello HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
        "no host": b"GET /hello HTTP/1.1\r\nAccept: */*\r\n\r\n",
        "an empty host": b"GET /hello HTTP/1.1\r\nHost: \r\n\r\n",
        "a host that is none": b"GET /hello HTTP/1.1\r\nHost: a/b\r\n\r\n",
        "a folded line": b"GET /hello HTTP/1.1\r\nHost: a\r\nX-Long: one\r\n two\r\n\r\n",
        "a folded first line": b"GET /hello HTTP/1.1\r\n X: y\r\nHost: a\r\n\r\n",
        "a folded length": b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n 5\r\n\r\n12345",
        "a space before the colon": b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length : 5\r\n\r\n12345",
        "a tab before the colon": b"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n",
        "no colon": b"GET /hello HTTP/1.1\r\nHost: a\r\nX-Nothing\r\n\r\n",
        "an empty name": b"GET /hello HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n",
        "a bare line feed": b"GET /hello HTTP/1.1\r\nHost: a\nX-A: b\r\n\r\n",
        "only line feeds": b"GET /hello HTTP/1.1\nHost: a\n\n",
        "a bare carriage return": b"GET /hello HTTP/1.1\r\nHost: a\r\nX-A: b\rX-B: c\r\n\r\n",
        "a header ended by a line feed": b"GET /hello HTTP/1.1\r\nHost: a\r\n\n",
        "a zero in a value": b"GET /hello HTTP/1.1\r\nHost: a\r\nX-A: b\0c\r\n\r\n",
        "a zero in a name": b"GET /hello HTTP/1.1\r\nHost: a\r\nX\0A: b\r\n\r\n",
        "a zero in the target": b"GET /hello\0x HTTP/1.1\r\nHost: a\r\n\r\n",
        "two spaces": b"GET  /hello HTTP/1.1\r\nHost: a\r\n\r\n",
        "a space in the target": b"GET /hel lo HTTP/1.1\r\nHost: a\r\n\r\n",
        "a space behind the version": b"GET /hello HTTP/1.1 \r\nHost: a\r\n\r\n",
        "an old version": b"GET /hello HTTP/1.0\r\nHost: a\r\n\r\n",
        "a fragment": b"GET /hello#x HTTP/1.1\r\nHost: a\r\n\r\n",
        "another host in the target": b"GET https://b/hello HTTP/1.1\r\nHost: a\r\n\r\n",
    }
    NEXT = b"GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"

    def test_shapes_are_refused_and_end_the_connection(self):
        for name, shape in self.SHAPES.items():
            with self.subTest(name), self.s.socket() as c:
                c.sendall(shape + self.NEXT)
                out, ended = read_until_end(c, 5)
                self.assertTrue(out.startswith(b"HTTP/1.1 400 "), out[:100])
                self.assertNotIn(b"404 Not Found", out, "what follows is not taken for a request")
                self.assertIsNotNone(ended)

    def test_unknown_codings_are_refused(self):
        for coding in (b"gzip", b"gzip, chunked", b"xchunked", b"chunked, chunked"):
            out = self.s.raw(b"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: " + coding + b"\r\n\r\n0\r\n\r\n" + self.NEXT)
            self.assertTrue(out.startswith(b"HTTP/1.1 501 "), (coding, out[:100]))
            self.assertNotIn(b"404 Not Found", out)

    def test_refusals_are_problem_documents(self):
        out = self.s.raw(self.SHAPES["two lengths that differ"])
        head, body = out.split(b"\r\n\r\n", 1)
        self.assertIn(b"content-type: application/problem+json", head.lower())
        self.assertEqual(json.loads(body)["type"], "urn:shienkin:problem:bad_request")

    def test_good_shapes_pass(self):
        for shape in (
            b"GET /hello HTTP/1.1\r\nHost: a\r\n\r\n",
            b"GET /hello HTTP/1.1\r\nhOsT:a\r\n\r\n",
            b"GET /hello HTTP/1.1\r\nHost: \t a \t\r\nX-Empty:\r\n\r\n",
            b"GET https://a/hello HTTP/1.1\r\nHost: a\r\n\r\n",
            b"\r\nGET /hello HTTP/1.1\r\nHost: [::1]:443\r\n\r\n",
            b"GET /hello HTTP/1.1\r\nHost: a\r\nCookie: a=b; c=d\r\nX-A: 1\r\nX-A: 2\r\n\r\n",
        ):
            out = self.s.raw(shape)
            self.assertTrue(out.startswith(b"HTTP/1.1 200 "), (shape, out[:100]))

    def test_requests_that_follow_at_once_are_answered_in_order(self):
        out = self.s.raw(b"GET /v1/claims/1 HTTP/1.1\r\nHost: a\r\n\r\nPOST /echo HTTP/1.1\r\nHost: a\r\n"
                         b"Content-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"name\":\"2\"}"
                         b"GET /v1/claims/3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        self.assertEqual(out.count(b"HTTP/1.1 200 "), 3)
        self.assertLess(out.index(b'"claim":"1"'), out.index(b'"name":"2"'))
        self.assertLess(out.index(b'"name":"2"'), out.index(b'"claim":"3"'))

    def test_chunked_bodies(self):
        head = b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        good = self.s.raw(head + b"3\r\n{\"n\r\n9;ext=1\r\name\":\"x\"}\r\n0\r\n\r\n")
        self.assertIn(b'{"name":"x"}', good)
        for bad in (b"z\r\nabc\r\n0\r\n\r\n", b"-3\r\nabc\r\n0\r\n\r\n", b"3\r\nabcd\r\n0\r\n\r\n", b"\r\n\r\n"):
            out = self.s.raw(head + bad)
            self.assertTrue(out.startswith(b"HTTP/1.1 400 "), (bad, out[:100]))


class Limits(Case):
    def test_sizes(self):
        big = self.s.ask("POST", "/echo", b"x" * 1001, Content_Type="application/json")
        self.problem(big, 413, "body_too_large")
        self.assertIn("1000", big.json["detail_en"])
        self.assertFalse(big.close, "a short body is passed over and the connection lives on")
        out = self.s.raw(b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n")
        self.assertTrue(out.startswith(b"HTTP/1.1 413 "), out[:100])
        out = self.s.raw(b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n")
        self.assertTrue(out.startswith(b"HTTP/1.1 4"), out[:100])
        self.problem(self.s.ask("GET", "/hello?" + "x" * 5000), 414, "url_too_long")
        self.problem(self.s.ask("GET", "/hello", X_Big="x" * 17000), 431, "headers_too_large")
        many = {f"X-{i}": "1" for i in range(70)}
        self.problem(self.s.ask("GET", "/hello", **many), 431, "headers_too_large")
        out = self.s.raw(b"GET /hello HTTP/1.1\r\nHost: a\r\nX-Big: " + b"x" * 100000 + b"\r\n\r\n")
        self.assertTrue(out == b"" or out.startswith(b"HTTP/1.1 431 "), out[:100])

    def test_chunked_body_over_the_limit(self):
        body = b"".join(b"64\r\n" + b"x" * 100 + b"\r\n" for _ in range(20)) + b"0\r\n\r\n"
        out = self.s.raw(b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                         b"Transfer-Encoding: chunked\r\n\r\n" + body)
        self.assertTrue(out.startswith(b"HTTP/1.1 413 "), out[:100])

    def endless(self, s, target):
        """A body without an end: how much of it was taken before the connection ended."""
        with s.socket() as c:
            c.sendall(b"POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" % target)
            sent = 0
            with self.assertRaises((ConnectionError, ssl.SSLError)):
                while sent < 64 << 20:
                    c.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")
                    sent += 65536
        return sent

    def test_endless_chunked_body_is_cut_off(self):
        with server(linger_bytes=4 << 20) as s:
            self.endless(s, b"/echo")       # refused within it
            self.endless(s, b"/nowhere")    # refused before it, and answered
            wait_for(lambda: "shienkin_http_lingering 0" in metrics(s).splitlines())
            self.assertEqual(s.ask("GET", "/hello").status, 200)

    def test_refused_while_the_body_is_sent(self):
        """RFC 9112 §9.6: a server that ended here would reset the connection, and its answer would be lost with it."""
        with self.s.kept() as ask:
            for size in (70000, 300000, 1 << 20):
                self.problem(ask("POST", "/echo", b"x" * size, Content_Type="application/json"), 413, "body_too_large")
                self.problem(ask("POST", "/nowhere", b"x" * size, Content_Type="application/json"), 404, "not_found")
            self.assertEqual(ask("GET", "/hello").status, 200)
        self.problem(self.s.ask("PUT", "/clinic/upload", b"x" * 900000), 401, "sign_in_required")

    def test_refused_while_a_long_body_is_sent(self):
        """RFC 9112 §9.6: the answer comes at once and says that the connection ends; what still arrives is passed over, so that
        a client that sends everything before it reads meets the answer and no reset."""
        long, kind = b"x" * (12 << 20), {"Content_Type": "application/json"}
        for answer, status, code in ((self.s.ask("POST", "/echo", long, **kind), 413, "body_too_large"),
                                     (self.s.ask("POST", "/nowhere", long, **kind), 404, "not_found"),
                                     (self.s.ask("POST", "/upload", b"x" * (TWENTY_MIB + 1)), 413, "body_too_large"),
                                     (self.s.ask("PUT", "/clinic/upload", long), 401, "sign_in_required"),
                                     (self.s.ask("GET", "/hello", long), 400, "bad_request")):
            self.problem(answer, status, code)
            self.assertTrue(answer.close)

    def test_refused_while_a_chunked_body_is_sent(self):
        def pieces():
            return (b"x" * 65536 for _ in range(100))

        for target, status, code in (("/echo", 413, "body_too_large"), ("/nowhere", 404, "not_found"),
                                     ("/clinic/upload", 401, "sign_in_required")):
            method = "PUT" if target == "/clinic/upload" else "POST"
            self.problem(self.s.ask(method, target, pieces(), Content_Type="application/json"), status, code)

    def test_a_long_header_is_refused_so_that_it_is_read(self):
        self.assertTrue(self.s.raw(b"GET /hello HTTP/1.1\r\nHost: a\r\nX-Big: " + b"x" * (3 << 20) + b"\r\n\r\n")
                        .startswith(b"HTTP/1.1 431 "))

    def test_body_where_none_belongs(self):
        self.problem(self.s.ask("GET", "/hello", b"body"), 400, "bad_request")

    def test_expect_continue(self):
        with self.s.socket() as s:
            s.sendall(b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 12\r\n"
                      b"Expect: 100-continue\r\n\r\n")
            self.assertTrue(s.recv(100).startswith(b"HTTP/1.1 100 "))
            s.sendall(b'{"name":"x"}')
            self.assertTrue(s.recv(100).startswith(b"HTTP/1.1 200 "))
        out = self.s.raw(b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\nExpect: 100-continue\r\n\r\n")
        self.assertTrue(out.startswith(b"HTTP/1.1 413 "), "a body that is not wanted is not asked for")

    def test_memory_of_all_bodies_is_bounded(self):
        with server(bodies_bytes=600) as s:
            self.problem(s.ask("POST", "/echo", b"x" * 900, Content_Type="application/json"), 503, "busy")
            self.assertEqual(s.ask("POST", "/echo", b'{"name":"x"}', Content_Type="application/json").status, 200)

    def test_a_call_that_takes_too_much_memory_ends_alone(self):
        self.problem(self.s.ask("GET", "/devour"), 500, "internal")
        self.assertEqual(self.s.ask("GET", "/hello").status, 200)


class Clocks(unittest.TestCase):
    def ended_after(self, s, connection, least, most):
        _, seconds = read_until_end(connection, most + 5)
        self.assertIsNotNone(seconds, "the connection is still there")
        self.assertTrue(least <= seconds <= most, seconds)
        self.assertIn("shienkin_http_timeouts_total 1", metrics(s).splitlines())

    def test_no_header(self):
        with server(header_seconds=1) as s, s.socket() as c:
            self.ended_after(s, c, 0.5, 3)

    def test_no_handshake(self):
        with server(header_seconds=1) as s, socket.create_connection(("127.0.0.1", s.port)) as c:
            self.ended_after(s, c, 0.5, 3)

    def test_a_dripping_header(self):
        with server(header_seconds=1) as s, s.socket() as c:
            began = time.monotonic()
            with self.assertRaises((ConnectionError, ssl.SSLError, TimeoutError)):
                for byte in b"GET /hello HTTP/1.1\r\nHost: a\r\nX-Slow: " + b"x" * 1000:
                    c.sendall(bytes([byte]))
                    time.sleep(0.05)
                read = c.recv(1)
                if not read:
                    raise ConnectionError
            self.assertLess(time.monotonic() - began, 4)

    def test_a_body_that_stops(self):
        with server(progress_seconds=1) as s, s.socket() as c:
            c.sendall(b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\nabc")
            self.ended_after(s, c, 0.7, 4)

    def test_a_dripping_body(self):
        with server(progress_seconds=1) as s, s.socket() as c:
            c.sendall(b"POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n")
            began = time.monotonic()
            with self.assertRaises((ConnectionError, ssl.SSLError)):
                for _ in range(100):
                    c.sendall(b"x")
                    time.sleep(0.1)
            self.assertLess(time.monotonic() - began, 6)
            wait_for(lambda: s.told("abandoned") == "1")

    def test_dripping_after_a_refusal(self):
        """Passing over a refused body is no way to hold a connection: it must move on, and ends in any case."""
        for settings, pause_s in (({"progress_seconds": 1}, 0.1), ({"linger_seconds": 2, "progress_bytes": 1}, 0.02)):
            with server(**settings) as s, s.socket() as c:
                c.sendall(b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n")
                began = time.monotonic()
                with self.assertRaises((ConnectionError, ssl.SSLError)):
                    for _ in range(400):
                        c.sendall(b"x")
                        time.sleep(pause_s)
                self.assertLess(time.monotonic() - began, 6)

    def test_silence_after_a_refusal(self):
        with server(progress_seconds=1) as s, s.socket() as c:
            c.sendall(b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n")
            wait_for(lambda: "shienkin_http_lingering 1" in metrics(s).splitlines())
            wait_for(lambda: "shienkin_http_lingering 0" in metrics(s).splitlines())

    def test_many_that_linger(self):
        """Their number is bounded: who came first gives way, and whoever else comes is served."""
        with server(lingering=5) as s:
            held = [s.socket() for _ in range(12)]
            for c in held:
                c.sendall(b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n")
                self.assertTrue(c.recv(100).startswith(b"HTTP/1.1 413 "))
            wait_for(lambda: "shienkin_http_lingering 5" in metrics(s).splitlines())
            self.assertEqual(s.ask("GET", "/hello").status, 200)
            for c in held:
                c.close()
            wait_for(lambda: "shienkin_http_lingering 0" in metrics(s).splitlines())

    def test_a_reader_that_stops(self):
        with server(progress_seconds=1) as s, s.socket() as c:
            c.sendall(b"GET /download?bytes=104857600 HTTP/1.1\r\nHost: a\r\n\r\n")
            time.sleep(4)
            out, _ = read_until_end(c, 5)
            self.assertLess(len(out), 104857600)

    def test_idle_connections_end(self):
        with server(idle_seconds=1) as s, s.socket() as c:
            c.sendall(b"GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
            self.ended_after(s, c, 0.7, 4)

    def test_waiting_for_a_worker_is_no_idleness(self):
        with server(idle_seconds=1, header_seconds=1, progress_seconds=1) as s:
            self.assertEqual(s.ask("GET", "/slow?ms=3000").status, 200)


def wait_for(holds, seconds=5):
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it did not come to be"
        time.sleep(0.05)


def metrics(s, accept="*/*"):
    connection = http.client.HTTPConnection("127.0.0.1", s.metrics_port, timeout=10)
    connection.request("GET", "/metrics", headers={"Accept": accept})
    text = connection.getresponse().read().decode()
    connection.close()
    return text


def together(*calls):
    """Runs the calls side by side; their results in order."""
    results = [None] * len(calls)

    def run(i):
        results[i] = calls[i]()

    threads = [threading.Thread(target=run, args=(i,)) for i in range(len(calls))]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return results


class Queues(unittest.TestCase):
    def test_a_full_queue_refuses_with_retry_after(self):
        with server(quick_workers=1, quick_queue=1) as s:
            answers = together(*[lambda: s.ask("GET", "/slow?ms=700")] * 6)
            served = [a for a in answers if a.status == 200]
            refused = [a for a in answers if a.status == 503]
            self.assertEqual(len(served) + len(refused), 6)
            self.assertTrue(1 <= len(served) <= 3, len(served))
            for a in refused:
                self.assertEqual(a.code, "busy")
                self.assertGreaterEqual(int(a.header("Retry-After")), 1)
            self.assertIn(f"shienkin_http_refused_busy_total {len(refused)}", metrics(s))

    def test_the_slow_lane_does_not_hold_up_the_quick_one(self):
        with server(quick_workers=1, slow_workers=1) as s:
            slow = threading.Thread(target=lambda: s.ask("GET", "/slower?ms=1500"))
            slow.start()
            time.sleep(0.2)
            began = time.monotonic()
            self.assertEqual(s.ask("GET", "/hello").status, 200)
            self.assertLess(time.monotonic() - began, 1)
            slow.join()

    def test_papers_hold_up_nobody_who_signs_in(self):
        """One paper is decoded and others wait for it; what is slow for another reason goes on beside them."""
        with server(slow_workers=1, quick_workers=1) as s:
            papers = [threading.Thread(target=s.ask, args=("GET", "/paper?ms=700")) for _ in range(3)]
            for p in papers:
                p.start()
            time.sleep(0.3)
            began = time.monotonic()
            for path in ("/slower?ms=1", "/slow?ms=1"):
                self.assertEqual(s.ask("GET", path).status, 200)
            self.assertLess(time.monotonic() - began, 0.7)
            self.assertTrue(any(p.is_alive() for p in papers))
            for p in papers:
                p.join()
            self.assertGreater(time.monotonic() - began, 1.4, "one after the other")

    def test_the_light_lane_is_held_up_by_nobody(self):
        """While every worker waits, what needs nothing outside is answered, whatever session its bearer has."""
        with server(quick_workers=1, slow_workers=1) as s:
            busy = [threading.Thread(target=s.ask, args=("GET", path)) for path in ("/slow?ms=2000", "/slower?ms=2000")]
            for b in busy:
                b.start()
            time.sleep(0.3)
            began = time.monotonic()
            for headers in ({}, {"Cookie": "__Host-shienkin=broken"}, {"Authorization": "Bearer broken"}):
                self.assertEqual(s.ask("GET", "/livez", **headers).status, 200)
            self.assertLess(time.monotonic() - began, 1)
            for b in busy:
                b.join()

    def test_many_waiting_requests_are_all_answered(self):
        with server(quick_workers=4) as s:
            answers = together(*[lambda: s.ask("GET", "/slow?ms=50")] * 40)
            self.assertEqual([a.status for a in answers], [200] * 40)

    def test_connections_of_one_address(self):
        with server(connections_per_address=3) as s:
            held = [s.socket() for _ in range(3)]
            with self.assertRaises((ConnectionError, ssl.SSLError, OSError)):
                s.socket(timeout=3)
            for c in held:
                c.close()
            wait_for(lambda: self.answers(s))


    @staticmethod
    def answers(s):
        try:
            return s.ask("GET", "/hello").status == 200
        except OSError:
            return False


class Ending(unittest.TestCase):
    def test_what_was_accepted_is_finished(self):
        with server() as s:
            answers = []
            threads = [threading.Thread(target=lambda: answers.append(s.ask("GET", "/slow?ms=1000"))) for _ in range(5)]
            for t in threads:
                t.start()
            with s.kept() as ask:
                self.assertEqual(ask("GET", "/hello").status, 200)
                time.sleep(0.3)
                s.tell("stop 10000")
                time.sleep(0.2)
                late = ask("GET", "/hello")
            self.assertEqual((late.status, late.code), (503, "shutting_down"))
            self.assertTrue(late.close)
            with self.assertRaises(OSError):
                s.socket(timeout=2)
            for t in threads:
                t.join()
            self.assertEqual([a.status for a in answers], [200] * 5)
            self.assertEqual(s.process.stdout.readline().strip(), "whole")

    def test_an_upload_that_was_accepted_is_finished(self):
        with server() as s:
            with s.socket() as c:
                c.sendall(b"POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 300000)
                time.sleep(0.3)
                s.tell("stop 10000")
                time.sleep(0.3)
                c.sendall(b"x" * 700000)
                out = read_all(c)
            self.assertIn(b"HTTP/1.1 201 ", out)
            self.assertIn(b'"bytes":1000000', out)
            self.assertEqual(s.process.stdout.readline().strip(), "whole")

    def test_the_grace_ends(self):
        with server(quick_workers=1) as s:
            threads = [threading.Thread(target=self.quietly, args=(s,)) for _ in range(4)]
            for t in threads:
                t.start()
            time.sleep(0.4)
            s.tell("stop 200")
            self.assertEqual(s.process.stdout.readline().strip(), "cut")
            for t in threads:
                t.join()

    @staticmethod
    def quietly(s):
        try:
            s.ask("GET", "/slow?ms=1200")
        except (OSError, http.client.HTTPException):
            pass

    def test_a_refusal_of_the_last_moment_is_read(self):
        with server() as s, s.socket() as c:
            c.sendall(b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n")
            time.sleep(0.3)
            s.tell("stop 10000")
            c.sendall(b"x" * 300000)
            self.assertTrue(read_all(c).startswith(b"HTTP/1.1 413 "))
            self.assertEqual(s.process.stdout.readline().strip(), "whole")

    def test_idle_connections_do_not_delay_it(self):
        with server() as s:
            held = [s.socket() for _ in range(5)]
            began = time.monotonic()
            self.assertEqual(s.told("stop 10000"), "whole")
            self.assertLess(time.monotonic() - began, 3)
            for c in held:
                c.close()


class Routes(Case):
    def test_head_is_get_without_the_body(self):
        get, head = self.s.ask("GET", "/hello"), self.s.ask("HEAD", "/hello")
        self.assertEqual((head.status, head.body), (200, b""))
        self.assertEqual(head.header("Content-Length"), str(len(get.body)))
        stream = self.s.ask("HEAD", "/download?bytes=1000")
        self.assertEqual((stream.status, stream.header("Content-Length")), (200, "1000"))

    def test_a_call_has_ended_when_it_is_answered(self):
        self.assertEqual([self.s.ask("GET", "/defer").json["ended"] for _ in range(3)], ["0", "1", "2"])

    def test_method_not_allowed(self):
        answer = self.s.ask("DELETE", "/v1/claims/1")
        self.problem(answer, 405, "method_not_allowed")
        self.assertEqual(set(answer.header("Allow").split(", ")), {"GET", "HEAD", "PATCH", "OPTIONS"})
        options = self.s.ask("OPTIONS", "/v1/claims/1")
        self.assertEqual((options.status, options.body), (204, b""))
        self.assertEqual(options.header("Allow"), answer.header("Allow"))
        self.problem(self.s.ask("BREW", "/hello"), 501, "not_implemented")

    def test_nothing_is_there(self):
        for path in ("/nothing", "/v1/claims", "/v1/claims/", "/v1/claims/0", "/v1/claims/abc", "/v1//claims/1", "/hello/",
                     "/v1/claims/%2e%2e", "/v1/../hello", "/v1/claims/1%2f2", "/hello%00", "/%ff", "/%zz", "/HELLO"):
            self.problem(self.s.ask("GET", path), 404, "not_found")
        self.assertEqual(self.s.ask("GET", "/%68ello").status, 200)

    def test_negotiation(self):
        self.problem(self.s.ask("GET", "/hello", Accept="text/html"), 406, "not_acceptable")
        self.problem(self.s.ask("GET", "/hello", Accept="application/json;q=0, */*"), 406, "not_acceptable")
        for accept in ("*/*", "application/*;q=0.1, text/html", "text/html, application/json;q=0.5"):
            self.assertEqual(self.s.ask("GET", "/hello", Accept=accept).status, 200)
        post = self.s.ask("POST", "/echo", b"<a/>", Content_Type="application/xml")
        self.problem(post, 415, "unsupported_media_type")
        self.assertEqual(post.header("Accept-Post"), "application/json")
        patch = self.s.ask("PATCH", "/v1/claims/1", b"{}", Content_Type="application/json", If_Match='"7-public"')
        self.problem(patch, 415, "unsupported_media_type")
        self.assertEqual(patch.header("Accept-Patch"), "application/merge-patch+json")
        self.assertEqual(
            self.s.ask("POST", "/echo", b'{"name":"x"}', Content_Type="Application/JSON; charset=utf-8").status, 200)

    def test_conditions(self):
        get = self.s.ask("GET", "/v1/claims/1")
        self.assertEqual(get.header("ETag"), '"7-public"')
        unchanged = self.s.ask("GET", "/v1/claims/1", If_None_Match='"6-public", W/"7-public"')
        self.assertEqual((unchanged.status, unchanged.body, unchanged.header("ETag")), (304, b"", '"7-public"'))
        self.assertEqual(self.s.ask("GET", "/v1/claims/1", If_None_Match='"7-staff"').status, 200)

        def patch(**headers):
            return self.s.ask("PATCH", "/v1/claims/1", b'{"a":1}', Content_Type="application/merge-patch+json", **headers)

        self.problem(patch(), 428, "precondition_required")
        for tag in ('"6-public"', 'W/"7-public"', '"7-staff"', '"7-public", "8-public"'):
            self.problem(patch(If_Match=tag), 412, "precondition_failed")
        self.problem(patch(If_Match="7-public"), 400, "bad_request")
        changed = patch(If_Match='"7-public"')
        self.assertEqual((changed.status, changed.header("ETag"), changed.json), (200, '"8-public"', {"a": 1}))
        self.assertEqual(patch(If_Match="*").status, 200)

    def test_query(self):
        self.problem(self.s.ask("GET", "/slow"), 400, "invalid_parameter")
        answer = self.s.ask("GET", "/slow?ms=70000&other=1&ms=2&other=%zz")
        self.problem(answer, 400, "invalid_parameter")
        found = {(e["pointer"], e["code"]) for e in answer.json["errors"]}
        self.assertEqual(found, {("/query/ms", "maximum"), ("/query/ms", "duplicate_parameter"),
                                 ("/query/other", "unknown_parameter"), ("/query", "invalid_encoding")})
        self.problem(self.s.ask("GET", "/hello?x=1"), 400, "invalid_parameter")

    def test_cursor(self):
        first = self.s.ask("GET", "/list")
        target = first.header("Link").split(">")[0].lstrip("<")
        self.assertTrue(first.header("Link").endswith('; rel="next"'))
        second = self.s.ask("GET", target)
        self.assertEqual(second.json, {"from": 10})
        self.problem(self.s.ask("GET", target[:-1] + ("A" if target[-1] != "A" else "Q")), 400, "invalid_parameter")
        self.problem(self.s.ask("GET", "/list?cursor=e30.AAAAAAAAAAAAAAAAAAAAAA"), 400, "invalid_parameter")


class Problems(Case):
    def test_both_languages(self):
        for language, english in (("en", True), ("ja", False), ("en-GB,ja;q=0.5", True), ("fr", False), ("", False),
                                  ("ja;q=0.3, en;q=0.9", True), ("*", False)):
            answer = self.s.ask("GET", "/nothing", Accept_Language=language)
            p = answer.json
            self.assertEqual(p["title"], "Not found" if english else "見つかりません")
            self.assertEqual(p["detail"], p["detail_en" if english else "detail_ja"])
            self.assertEqual(answer.header("Content-Language"), "en" if english else "ja")
            self.assertEqual((p["title_ja"], p["title_en"]), ("見つかりません", "Not found"))
            self.assertEqual(p["status"], 404)
            self.assertEqual(p["instance"], "urn:uuid:" + answer.header("X-Request-Id"))
            self.assertEqual(p["trace_id"], answer.header("traceparent").split("-")[1])

    def test_findings_of_a_body(self):
        answer = self.s.ask("POST", "/echo", '{"name":12,"more":true}'.encode(), Content_Type="application/json")
        self.problem(answer, 422, "invalid_body")
        self.assertEqual([(e["pointer"], e["code"]) for e in answer.json["errors"]],
                         [("/more", "unknown_property"), ("/name", "type")])
        for e in answer.json["errors"]:
            self.assertTrue(e["message_ja"] and e["message_en"])
        for body in (b"", b"{", b'{"name":"a","name":"b"}', b"\xef\xbb\xbf{}", '{"name":"円"}'.encode("shift_jis")):
            self.problem(self.s.ask("POST", "/echo", body, Content_Type="application/json"), 400, "malformed_body")
        for body in (b'{"name":"a\\u0000b"}', b'{"na\\u0000me":1}', b'{"name":[{"x":["\\u0000"]}]}'):
            self.problem(self.s.ask("POST", "/echo", body, Content_Type="application/json"), 400, "bad_request")

    def test_common_headers(self):
        for answer in (self.s.ask("GET", "/hello"), self.s.ask("GET", "/nothing"), self.s.ask("GET", "/page", Accept="text/html")):
            self.assertEqual(answer.header("Cache-Control"), "no-store")
            self.assertEqual(answer.header("X-Content-Type-Options"), "nosniff")
            self.assertTrue(answer.header("Strict-Transport-Security").startswith("max-age="))
            self.assertIn("default-src 'none'", answer.header("Content-Security-Policy"))
            self.assertIn("frame-ancestors 'none'", answer.header("Content-Security-Policy"))
            self.assertNotIn("unsafe", answer.header("Content-Security-Policy"))
            names = [name.lower() for name, _ in answer.headers]
            self.assertEqual(len(names), len(set(names)), "no header twice")

    def test_pages_have_pages_for_problems(self):
        browser = "text/html,application/xhtml+xml,*/*;q=0.8"
        for path, status in (("/page?surplus=1", 400), ("/nothing", 404)):
            answer = self.s.ask("GET", path, Accept=browser)
            self.assertEqual((answer.status, answer.header("Content-Type")), (status, "text/html; charset=utf-8"))
            self.assertTrue(answer.header("Content-Language"))
        wrong = self.s.ask("POST", "/page", b"", Accept=browser)
        self.assertEqual((wrong.status, wrong.header("Allow")), (405, "GET, HEAD, OPTIONS"))
        for path in ("/v1/nothing", "/hello?surplus=1"):
            self.assertEqual(self.s.ask("GET", path, Accept=browser).header("Content-Type"), "application/problem+json")

    def test_trace(self):
        given = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        answer = self.s.ask("GET", "/hello", traceparent=given).header("traceparent")
        self.assertEqual((answer[:35], answer[-2:]), (given[:35], "01"))
        self.assertNotEqual(answer, given)
        for bad in (given.upper(), given.replace("4bf92f3577b34da6a3ce929d0e0e4736", "0" * 32), "ff" + given[2:], given + "-x"):
            self.assertNotEqual(self.s.ask("GET", "/hello", traceparent=bad).header("traceparent")[3:35], given[3:35])


class Identity(Case):
    def cookie(self, name, **more):
        return {"Cookie": f"other=1; __Host-shienkin={name}", **more}

    def test_who_is_asking(self):
        self.assertEqual(self.s.ask("GET", "/who").json, {"realm": "public"})
        self.assertEqual(self.s.ask("GET", "/who", **self.cookie("clinic")).json, {"realm": "clinic"})
        self.assertEqual(self.s.ask("GET", "/who", Authorization="Bearer approver").json, {"realm": "staff"})
        self.assertEqual(self.s.ask("GET", "/who", **self.cookie("ended")).json, {"realm": "public"})
        self.problem(self.s.ask("GET", "/who", Authorization="Bearer ended"), 401, "token_invalid")
        nobody = self.s.ask("GET", "/clinic")
        self.problem(nobody, 401, "sign_in_required")
        self.assertIn("Bearer", nobody.header("WWW-Authenticate"))
        ended = self.s.ask("GET", "/clinic", **self.cookie("ended"))
        self.problem(ended, 401, "token_invalid")
        self.assertIn("invalid_token", ended.header("WWW-Authenticate"))
        self.problem(self.s.ask("GET", "/clinic", Authorization="Bearer adjuster"), 403, "forbidden")
        broken = self.s.ask("GET", "/clinic", **self.cookie("broken"))
        self.problem(broken, 503, "unavailable")
        self.assertTrue(broken.header("Retry-After"))
        self.problem(self.s.ask("GET", "/hello", Cookie="a=1; a=2"), 400, "bad_request")

    def test_roles_persons_and_the_second_factor(self):
        def approve(name):
            return self.s.ask("POST", "/approve", b"", Authorization=f"Bearer {name}")

        self.assertEqual(approve("approver").status, 200)
        self.problem(approve("adjuster"), 403, "forbidden")
        self.problem(approve("clinic"), 403, "forbidden")
        self.problem(approve("machine"), 403, "forbidden")
        self.problem(approve("stale-approver"), 403, "step_up_required")
        self.problem(self.s.ask("POST", "/act", b"", Authorization="Bearer reader"), 403, "read_only_token")
        self.assertEqual(self.s.ask("GET", "/clinic", Authorization="Bearer reader").status, 200)

    def test_csrf(self):
        own = f"https://localhost:{self.s.port}"

        def act(**headers):
            return self.s.ask("POST", "/act", b"", **self.cookie("clinic", **headers))

        self.assertEqual(act(X_CSRF_Token="the-token", Origin=own).status, 200)
        self.assertEqual(act(X_CSRF_Token="the-token", Sec_Fetch_Site="same-origin").status, 200)
        for headers in (
            {}, {"X_CSRF_Token": "the-token"}, {"Origin": own}, {"X_CSRF_Token": "another", "Origin": own},
            {"X_CSRF_Token": "the-token", "Origin": "https://evil.example"}, {"X_CSRF_Token": "the-token", "Origin": "null"},
            {"X_CSRF_Token": "the-token", "Origin": "http://localhost:%d" % self.s.port},
            {"X_CSRF_Token": "the-token", "Sec_Fetch_Site": "cross-site"},
            {"X_CSRF_Token": "the-token", "Sec_Fetch_Site": "same-site"},
            {"X_CSRF_Token": "the-token", "Origin": own, "Sec_Fetch_Site": "cross-site"},
        ):
            self.problem(act(**headers), 403, "csrf")
        self.assertEqual(self.s.ask("POST", "/act", b"", Authorization="Bearer clinic").status, 200)

    def test_csrf_behind_a_proxy_that_writes_host_anew(self):
        with server(origin="https://desk.example") as s:
            def act(origin):
                return s.ask("POST", "/act", b"", **self.cookie("clinic", X_CSRF_Token="the-token", Origin=origin))

            self.assertEqual(act("https://desk.example").status, 200)
            self.problem(act(f"https://localhost:{s.port}"), 403, "csrf")

    def test_forms(self):
        own = f"https://localhost:{self.s.port}"
        kind = "application/x-www-form-urlencoded"

        def send(body, **headers):
            return self.s.ask("POST", "/form", body, Content_Type=kind, Origin=own, **headers)

        anonymous = send(b"words=a+%E3%81%82%0D%0Ab&idempotency_key=k1")
        self.assertEqual((anonymous.status, anonymous.header("Location")), (303, "/page"))
        self.assertEqual(anonymous.header("X-Said"), "a%20%E3%81%82%0D%0Ab")
        self.assertEqual(anonymous.header("X-Key"), "k1")
        self.assertEqual(anonymous.header("Set-Cookie"),
                         "__Host-note=said; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=60")
        self.assertEqual(send(b"words=x&csrf_token=the-token", **self.cookie("clinic")).status, 303)
        for body in (b"words=x", b"words=x&csrf_token=no"):
            self.problem(send(body, **self.cookie("clinic")), 403, "csrf")
        self.problem(send(b"words=&surplus=1"), 422, "invalid_body")
        self.problem(self.s.ask("POST", "/form", b"words=x", Content_Type=kind, Origin="https://evil.example"), 403, "csrf")

    def test_idempotency(self):
        def once(body, **headers):
            return self.s.ask("POST", "/once", body, Content_Type="application/json", **headers)

        self.problem(once(b"{}"), 400, "idempotency_key_required")
        for key in ("bare", '""', '"' + "k" * 65 + '"', '"a"b"', '"ä"'.encode("latin-1").decode("latin-1")):
            self.problem(once(b"{}", Idempotency_Key=key), 400, "bad_request")
        one = once(b'{"a":1,"b":2}', Idempotency_Key='"k-1"')
        same = once(b'{ "b": 2, "a": 1 }', Idempotency_Key='"k-1"')
        other = once(b'{"a":1,"b":3}', Idempotency_Key='"k-1"')
        self.assertEqual((one.status, one.json["key"], one.header("Location")), (201, "k-1", "/v1/claims/1"))
        self.assertEqual(one.json["fingerprint"], same.json["fingerprint"])
        self.assertNotEqual(one.json["fingerprint"], other.json["fingerprint"])

    def test_growing_delay(self):
        with server() as s:
            answers = [s.ask("POST", "/knock", b"") for _ in range(4)]
            self.assertEqual([a.status for a in answers], [401, 401, 401, 429])
            self.assertEqual(answers[3].header("Retry-After"), "1")
            time.sleep(1.1)
            self.assertEqual(s.ask("POST", "/knock", b"").status, 401)
            self.assertEqual(s.ask("POST", "/knock", b"").header("Retry-After"), "2")


    def test_nobody_is_believed_who_he_is_forwarded_for(self):
        with server() as s:
            claims = [{"X_Forwarded_For": f"203.0.113.{n}", "Forwarded": f"for=203.0.113.{n}", "X_Real_IP": f"203.0.113.{n}"} for n in range(4)]
            self.assertEqual([s.ask("POST", "/knock", b"", **named).status for named in claims], [401, 401, 401, 429])


class Streams(Case):
    BODY = os.urandom(1 << 20) * 20

    def upload(self, body, **headers):
        return self.s.ask("POST", "/upload", body, **headers)

    def test_twenty_mib_up_and_down_with_bounded_memory(self):
        with server() as s:
            s.ask("POST", "/upload", self.BODY[:1 << 20])
            s.ask("GET", "/download?bytes=1048576")
            before_kib = s.peak_kib()
            up = s.ask("POST", "/upload", self.BODY)
            self.assertEqual(up.json["bytes"], TWENTY_MIB)
            self.assertEqual(up.json["chunks"], 80)
            self.assertEqual(up.json["sha256"], hashlib.sha256(self.BODY).hexdigest())
            for path in ("/download?bytes=20971520", "/download?bytes=20971520&chunked=true"):
                self.assertEqual(len(s.ask("GET", path).body), TWENTY_MIB)
            grown_kib = s.peak_kib() - before_kib
            self.assertTrue(WATCHED or grown_kib < 4 << 10, f"{grown_kib} KiB more at the peak")

    def test_several_at_once(self):
        answers = together(*[lambda: self.upload(self.BODY[:5 << 20])] * 6, *[lambda: self.s.ask("GET", "/download?bytes=5000000")] * 6)
        digest = hashlib.sha256(self.BODY[:5 << 20]).hexdigest()
        self.assertEqual([a.json["sha256"] for a in answers[:6]], [digest] * 6)
        self.assertEqual([len(a.body) for a in answers[6:]], [5000000] * 6)

    def test_chunked_upload(self):
        pieces = [self.BODY[:1], self.BODY[1:300001], self.BODY[300001:1000000]]
        answer = self.s.ask("POST", "/upload", iter(pieces))
        self.assertEqual(answer.json["sha256"], hashlib.sha256(self.BODY[:1000000]).hexdigest())
        self.assertEqual(self.upload(b"").json["bytes"], 0)

    def test_refusals(self):
        self.problem(self.upload(b"small", X_Refuse="1"), 409, "conflict")
        self.problem(self.upload(self.BODY[:600000], X_Refuse_Chunk="1"), 409, "conflict")
        out = self.s.raw(b"POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 20971521\r\n\r\n")
        self.assertTrue(out.startswith(b"HTTP/1.1 413 "), out[:100])
        out = self.s.raw(b"PUT /clinic/upload HTTP/1.1\r\nHost: a\r\nContent-Length: 20971520\r\n\r\n")
        self.assertTrue(out.startswith(b"HTTP/1.1 401 "), "who may not send is told before sending")

    def test_a_client_that_goes_away(self):
        with server() as s:
            with s.socket() as c:
                c.sendall(b"POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 600000)
                time.sleep(0.3)
            wait_for(lambda: s.told("abandoned") == "1")
            with s.socket() as c:
                c.sendall(b"GET /download?bytes=100000000 HTTP/1.1\r\nHost: a\r\n\r\n")
                c.recv(1000)
            self.assertEqual(s.ask("GET", "/hello").status, 200)

    def test_a_source_that_fails(self):
        self.problem(self.s.ask("GET", "/download?bytes=1000000&fails_after=0"), 503, "unavailable")
        for chunked in ("", "&chunked=true"):
            with self.assertRaises(http.client.IncompleteRead):
                self.s.ask("GET", "/download?bytes=2000000&fails_after=3" + chunked)

    def test_ranges(self):
        whole = self.s.ask("GET", "/download?bytes=1000")
        self.assertIn("filename*=UTF-8''%E8%A8%BC%E6%8B%A0.csv", whole.header("Content-Disposition"))
        part = self.s.ask("GET", "/download?bytes=1000", Range="bytes=990-")
        self.assertEqual((part.status, part.header("Content-Range"), len(part.body)), (206, "bytes 990-999/1000", 10))
        self.assertEqual(self.s.ask("GET", "/download?bytes=1000", Range="bytes=-5").header("Content-Range"), "bytes 995-999/1000")
        self.assertEqual(self.s.ask("GET", "/download?bytes=1000", Range="bytes=0-1,5-6").status, 200)
        self.assertEqual(self.s.ask("GET", "/download?bytes=1000", Range="bytes=5-6", If_Range='"2-public"').status, 200)
        none = self.s.ask("GET", "/download?bytes=1000", Range="bytes=1000-")
        self.problem(none, 416, "range_not_satisfiable")
        self.assertEqual(none.header("Content-Range"), "bytes */1000")

    @staticmethod
    def parts(*parts, end=True):
        out = b""
        for disposition, content in parts:
            out += b"--B\r\nContent-Disposition: form-data; " + disposition.encode() + b"\r\n\r\n" + content + b"\r\n"
        return out + (b"--B--\r\n" if end else b"")

    def send_parts(self, body, **headers):
        return self.s.ask("POST", "/parts", body, Content_Type="multipart/form-data; boundary=B",
                          Origin=f"https://localhost:{self.s.port}", **headers)

    def test_multipart(self):
        tricky = b"\r\n--A\r\n-\r\n--" + self.BODY[:3 << 20] + b"\r\n--\r\n\r"
        answer = self.send_parts(self.parts(('name="note"', "メモ".encode()), ('name="f"; filename="証拠 1.pdf"', tricky)))
        self.assertEqual(answer.status, 201, answer.body)
        self.assertEqual(answer.json["sha256"], hashlib.sha256(tricky).hexdigest())
        self.assertEqual((answer.json["file"], answer.json["note"]), ("証拠 1.pdf", "メモ"))
        empty = self.send_parts(self.parts(('name="note"', b"x"), ('name="f"; filename=""', b"")))
        self.assertEqual((empty.status, empty.json["bytes"]), (201, 0))
        self.assertEqual(self.send_parts(self.parts(('name="note"', b"x"))).json["bytes"], 0)

    def test_multipart_refusals(self):
        f = ('name="f"; filename="a"', b"x")
        for body in (self.parts(f, f), self.parts(f, end=False), self.parts(f, ('name="note"', b"x")), b"",
                     self.parts(("filename=x", b"x")), b"--C\r\n\r\n--C--"):
            self.problem(self.send_parts(body), 400, "bad_request")
        self.problem(self.send_parts(self.parts(('name="surplus"', b"x"), f)), 422, "invalid_body")
        self.problem(self.send_parts(self.parts(f), Cookie="__Host-shienkin=clinic"), 403, "csrf")
        good = self.parts(('name="csrf_token"', b"the-token"), f)
        self.assertEqual(self.send_parts(good, Cookie="__Host-shienkin=clinic").status, 201)
        self.problem(self.s.ask("POST", "/parts", b"x", Content_Type="multipart/form-data"), 400, "bad_request")


class Health(Case):
    def test_metrics_are_clean(self):
        self.s.ask("GET", "/v1/claims/77")
        self.s.ask("GET", "/nothing/secret")
        text = metrics(self.s)
        self.assertIn('method="GET",route="/v1/claims/{claim}",code="2xx"', text)
        self.assertNotIn("secret", text)
        self.assertIn('shienkin_build_info{version="test"} 1', text)
        open_text = metrics(self.s, "application/openmetrics-text; version=1.0.0")
        self.assertTrue(open_text.endswith("# EOF\n"))
        if shutil.which("promtool"):
            check = subprocess.run(["promtool", "check", "metrics"], input=text, text=True, capture_output=True)
            self.assertEqual((check.returncode, check.stdout + check.stderr), (0, ""))

    def test_counts(self):
        with server() as s:
            for _ in range(3):
                s.ask("GET", "/hello")
            s.ask("GET", "/hello?x=1")
            for line in ('shienkin_http_requests_total{method="GET",route="/hello",code="2xx"} 3',
                         'shienkin_http_requests_total{method="GET",route="/hello",code="4xx"} 1',
                         'shienkin_http_request_duration_seconds_count{method="GET",route="/hello"} 4'):
                wait_for(lambda: line in metrics(s).splitlines())

    def test_liveness_and_readiness(self):
        for path in ("/livez", "/readyz"):
            self.assertEqual(self.s.ask("GET", path).json, {"status": "ok"})
        self.s.sleep_file.touch()
        try:
            answer = self.s.ask("GET", "/readyz")
            self.assertEqual((answer.status, answer.json), (503, {"status": "unavailable", "reason": "asleep"}))
            self.assertEqual(self.s.ask("GET", "/livez").status, 200)
        finally:
            self.s.sleep_file.unlink()

    def test_the_log_holds_no_personal_data(self):
        with server() as s:
            s.ask("GET", "/v1/claims/777", Cookie="__Host-shienkin=clinic", User_Agent="agent-x")
            s.ask("GET", "/nothing/888?secret=1")
            lines = []
            wait_for(lambda: lines.clear() or lines.extend(s.log.read_text().splitlines()) or len(lines) >= 2)
        text = "\n".join(lines)
        first = json.loads(lines[0])
        self.assertEqual((first["route"], first["status"], first["event"]), ("/v1/claims/{claim}", 200, "request"))
        for secret in ("777", "888", "secret", "127.0.0.1", "agent-x", "clinic\","):
            self.assertNotIn(f'"{secret}' if secret.isdigit() else secret, text)

    def test_a_thousand_idle_connections(self):
        with server(connections_per_address=2000, idle_seconds=120, header_seconds=120) as s:
            before_kib = s.peak_kib()
            held = [s.socket(timeout=60) for _ in range(1000)]
            self.assertEqual(s.ask("GET", "/hello").status, 200)
            for c in held[::10]:
                c.sendall(b"GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
                self.assertTrue(c.recv(100).startswith(b"HTTP/1.1 200 "))
            grown_kib = s.peak_kib() - before_kib
            self.assertTrue(WATCHED or grown_kib < 64 << 10, f"{grown_kib} KiB more at the peak")
            print(f"1,000 idle connections: {grown_kib} KiB more", file=sys.stderr)
            self.assertIn("shienkin_http_connections 100", metrics(s))
            for c in held:
                c.close()


if __name__ == "__main__":
    try:
        unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=1)
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
