"""Connections as an attacker holds them: slow ones, idle ones, many from one address, requests all at once; public doors at which
somebody hammers. Whoever comes meanwhile is served."""
import concurrent.futures
import json
import os
import re
import resource
import socket
import ssl
import time
import unittest

import house as h
import running

PROMPT_SECONDS = 5
ESTIMATES_A_MINUTE = 60  # per address


class Connections(unittest.TestCase):
    """A service without a house: nobody here is signed in."""

    @classmethod
    def setUpClass(cls):
        cls.service = running.Service(os.environ.get("STORY_PROGRAM", running.ROOT / "build/release/shienkin"), "--jobs.enabled=false",
                                      "--http.connections-per-address=1200")
        cls.addClassCleanup(cls.service.end)
        cls.context = ssl.create_default_context(cafile=str(cls.service.ca))

    def socket(self, timeout=30):
        plain = socket.create_connection((self.service.host, self.service.port), timeout=timeout)
        return self.context.wrap_socket(plain, server_hostname="localhost")

    def serves(self):
        began = time.monotonic()
        self.assertEqual(self.service.wire().raw("GET", "/v1/calendars/national?year=2026").status, 200)
        self.assertLess(time.monotonic() - began, PROMPT_SECONDS)

    def test_a_thousand_idle_connections(self):
        """Held open, some before their TLS has begun, while a request is served at once."""
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, hard), hard))
        held = []
        try:
            for n in range(1000):
                plain = socket.create_connection((self.service.host, self.service.port), timeout=30)
                held.append(plain if n % 4 else self.context.wrap_socket(plain, server_hostname="localhost"))
            self.serves()
        finally:
            for s in held:
                s.close()
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        self.serves()

    def test_slow_ones_are_let_go(self):
        """A header that comes byte by byte ends after ten seconds, a body that stands still after thirty; nobody waits for them."""
        slow = [self.socket() for _ in range(40)]
        for s in slow[:20]:
            s.sendall(b"GET /v1/declaration HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        for s in slow[20:]:
            s.sendall(b"POST /v1/estimate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50000\r\n\r\n{")
        self.serves()
        began, open_ones = time.monotonic(), set(range(20))
        while open_ones and time.monotonic() - began < 25:
            for n in list(open_ones):
                try:
                    slow[n].sendall(b"x")
                    slow[n].settimeout(0.001)
                    if slow[n].recv(4096) == b"":
                        open_ones.discard(n)
                except (TimeoutError, ssl.SSLWantReadError):
                    pass
                except OSError:
                    open_ones.discard(n)
            time.sleep(0.5)
        self.assertFalse(open_ones, "a header has ten seconds in all")
        self.serves()
        for s in slow:
            s.close()

    def test_requests_that_come_all_at_once(self):
        """Fifty on one connection are answered one by one, in their order."""
        with self.socket() as s:
            s.sendall(b"".join(b"GET /v1/calendars/national?year=%d HTTP/1.1\r\nHost: localhost\r\n%s\r\n"
                               % (2016 + n % 10, b"Connection: close\r\n" if n == 49 else b"") for n in range(50)))
            out = b""
            while piece := s.recv(65536):
                out += piece
        self.assertEqual(out.count(b"HTTP/1.1 200 "), 50)
        years = [int(y) for y in re.findall(rb'"from":"(\d{4})-01-01"', out)]
        self.assertEqual(years, [2016 + n % 10 for n in range(50)])

    def test_hammering_at_a_public_door(self):
        """The rules may be tried by anybody: many at once are answered or asked to come again, within bounds, and others are served."""
        facts = h.worked()
        facts["closures"] = [{"from": "2026-05-12", "to": "2027-05-11", "scope": "all"}] * 100
        body = json.dumps(facts).encode()

        def ask(_):
            return self.service.wire().raw("POST", "/v1/estimate", body, {"Content-Type": "application/json"})

        began = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            asked = [pool.submit(ask, n) for n in range(96)]
            self.serves()
            answers = [a.result() for a in asked]
        seconds = time.monotonic() - began
        for a in answers:
            self.assertIn(a.status, (200, 409, 422, 429, 503), a)
            if a.status in (429, 503) and not a.code.startswith("rules"):
                self.assertGreaterEqual(int(a.headers["retry-after"]), 1)
        let_in = [a for a in answers if a.status not in (429, 503) or a.code.startswith("rules")]
        self.assertGreater(len(let_in), 0)
        self.assertLessEqual(len(let_in), ESTIMATES_A_MINUTE + seconds + 1)
        wire = self.service.wire()      # the page has the same bound, and gives back what was typed
        form = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "en"}
        pages = (wire.raw("POST", "/estimate", b"occurred_on=2026-05-12", form) for _ in range(ESTIMATES_A_MINUTE * 2))
        asked_to_wait = next(p for p in pages if p.status == 429)
        self.assertGreaterEqual(int(asked_to_wait.headers["retry-after"]), 1)
        self.assertIn(b"2026-05-12", asked_to_wait.body)
        self.assertIn(b"seconds and try again", asked_to_wait.body)
        self.serves()


class ManyOfOneAddress(unittest.TestCase):
    def test_one_address_does_not_take_all(self):
        """Beyond its share an address is not let in; when it lets go it is."""
        with running.Service(os.environ.get("STORY_PROGRAM", running.ROOT / "build/release/shienkin"), "--jobs.enabled=false",
                             "--http.connections-per-address=8") as service:
            context = ssl.create_default_context(cafile=str(service.ca))
            held = []
            for _ in range(8):
                held.append(context.wrap_socket(socket.create_connection((service.host, service.port), timeout=10), server_hostname="localhost"))
            with self.assertRaises(OSError):
                extra = context.wrap_socket(socket.create_connection((service.host, service.port), timeout=10), server_hostname="localhost")
                extra.sendall(b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n")
                if extra.recv(100) == b"":
                    raise ConnectionResetError("closed without an answer")
            for s in held:
                s.close()
            deadline = time.monotonic() + 10
            while True:
                try:
                    self.assertEqual(service.wire().raw("GET", "/v1/calendars/national").status, 200)
                    break
                except OSError:
                    self.assertLess(time.monotonic(), deadline)
                    time.sleep(0.2)


if __name__ == "__main__":
    unittest.main()
