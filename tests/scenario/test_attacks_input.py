"""Input that is none: addresses, headers, bodies, files and texts as an attacker sends them. Each is refused by a problem document
in both languages, nothing is stored, and the service goes on; texts that are merely strange come back unharmed."""
import hashlib
import json
import socket
import unittest
import uuid

import house as h
from base import Case

COUNTS = """SELECT (SELECT count(*) FROM shienkin.claim) + (SELECT count(*) FROM shienkin.facts_version) + (SELECT count(*) FROM shienkin.event)
    + (SELECT count(*) FROM shienkin.evidence) + (SELECT count(*) FROM shienkin.message) + (SELECT count(*) FROM shienkin.draft)"""

STRANGE = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'; DROP TABLE shienkin.claim; --", "%s%s%n%x {0} {{{name}}} ${HOME} #{7*7}",
    "一行目\r\nSet-Cookie: a=b\r\n二行目", "右から\u202e左へ\u2066", "\u200b\ufeff見えない字", "𠮷野家 👩🏽‍⚕️ e\u0301", "../../etc/passwd", "=cmd|' /C calc'!A0",
    "\\u0000 \\ \" / \t", "１２３ ㍿ ﾊﾝｶｸ",
]


class Input(Case):
    settings = ("--jobs.enabled=false",)

    def problem(self, answer, *statuses):
        self.assertIn(answer.status, statuses, answer)
        self.assertEqual(answer.headers["content-type"], "application/problem+json", answer)
        self.assertTrue(answer["title_ja"] and answer["detail_ja"] and answer["detail_en"], answer)
        return answer

    def socket(self):
        plain = socket.create_connection((self.service.host, self.service.port), timeout=20)
        return self.house.wire.context.wrap_socket(plain, server_hostname="localhost")

    def raw(self, head, body=b""):
        """Bytes as they are, and the status line that comes back; the connection ends with it."""
        with self.socket() as s:
            s.sendall(head + b"\r\nHost: localhost\r\nConnection: close\r\n\r\n" + body)
            out = b""
            while piece := s.recv(65536):
                out += piece
        return int(out.split()[1]), out

    # ---- addresses

    def test_addresses_that_lead_elsewhere(self):
        """Dot segments, encoded slashes, zeros, broken escapes: nothing is there, and no file of the machine ever comes."""
        targets = ["/../etc/passwd", "/assets/../../etc/passwd", "/assets/%2e%2e/%2e%2e/etc/passwd", "/assets/..%2f..%2fetc%2fpasswd",
                   "/assets/%2fetc%2fpasswd", "/assets/%00", "/assets/style.css%00.js", "/assets/..\\..\\etc\\passwd", "/assets//style.css",
                   "/schemas/..%2f..%2fetc%2fpasswd", "/schemas/claim.schema.json%00", "/schemas/.", "/v1/claims/%2e%2e/accounts", "/v1/claims/../accounts",
                   "//v1/account", "/v1//account", "/v1/account/", "/v1/./account", "/%76%31/account%2f", "/v1/claims/%ff", "/v1/claims/%zz", "/v1/claims/%",
                   "/v1/claims/clm_" + "0" * 26 + "%0d%0aSet-Cookie:a=b", "/v1/claims/" + "9" * 3000, "/" + "a/" * 500, "/v1/claims/' OR 1=1 --".replace(" ", "%20")]
        for target in targets:
            with self.subTest(target):
                status, out = self.raw(b"GET " + target.encode("latin-1") + b" HTTP/1.1")
                self.assertIn(status, (400, 401, 404), out[:300])
                self.assertNotIn(b"root:", out)
                self.assertNotIn(b"\r\nSet-Cookie", out)
                self.assertIn(b"Content-Language", out)

    def test_methods_that_nobody_knows(self):
        for method, status in (("TRACE", 501), ("CONNECT", 501), ("BREW", 501), ("get", 501), ("PUT", 405), ("DELETE", 405)):
            got, out = self.raw(method.encode() + b" /v1/claims HTTP/1.1")
            self.assertIn(got, (status, 400), out[:200])
        wire = self.house["clinic-1"].wire
        put = self.problem(wire.raw("DELETE", "/v1/claims", headers={"Origin": "https://evil.example"}), 405)
        self.assertEqual(set(put.headers["allow"].replace(" ", "").split(",")), {"GET", "HEAD", "OPTIONS", "POST"})

    def test_the_id_of_nothing(self):
        """All zeros is "none" within: from outside it names nothing, wherever an id may stand, and nobody's first row is taken for it."""
        owner, nothing, tried = self.house["owner-1"], "0" * 26, 0
        for name, (method, path, declared) in owner.wire.operations.items():
            ids = {p["name"]: p["schema"]["pattern"][1:5] + nothing for p in declared.get("parameters", [])
                   if p.get("in") == "path" and "{25}" in p["schema"].get("pattern", "")}
            if ids:
                self.problem(owner.wire.raw(method, path.format(**{"bank": "0001", **ids})), 404)
                tried += 1
        self.assertGreater(tried, 40)
        self.problem(owner.wire.raw("GET", "/v1/mandates?facility=fac_" + nothing), 400)
        owner.still_fresh()
        self.problem(owner.wire.call("giveMandate", json_body={"account": "acc_" + nothing, "facility": "fac_" + nothing, "kind": "clerk"}), 422)
        self.assertEqual(owner.wire.raw("GET", "/readyz").status, 200)

    # ---- sizes and queries

    def test_queries_that_do_not_fit(self):
        staff = self.house["adjuster-1"].wire
        for query in ("limit=0", "limit=-1", "limit=99999999999999999999", "limit=1e9", "limit=0x10", "limit=%31%00", "limit=", "limit=1&limit=2", "unknown=1",
                      "state=everything", "cursor=' OR 1=1 --", "cursor=e30.AAAA", "words=%ff", "words=%00", "facility=clm_" + "0" * 26, "order=drop", "limit=%"):
            with self.subTest(query):
                self.problem(staff.raw("GET", "/v1/cases?" + query.replace(" ", "%20")), 400)

    def test_a_cursor_of_another(self):
        """Cursors are bound to list and account."""
        adjuster, approver = self.house["adjuster-1"], self.house["approver-1"]
        for n in range(3):
            self.house.filed(h.worked(50 + 2 * n))
        cursor = adjuster("listCases", query={"limit": 1})["next"]
        if cursor is None:
            self.fail("three claims are more than one page of one")
        self.assertEqual(adjuster("listCases", query={"limit": 1, "cursor": cursor}).status, 200)
        self.problem(approver("listCases", expect=400, query={"limit": 1, "cursor": cursor}), 400)
        self.problem(adjuster("listAccounts", expect=400, query={"limit": 1, "cursor": cursor}), 400)
        flipped = ("A" if cursor[0] != "A" else "B") + cursor[1:]
        self.problem(adjuster("listCases", expect=400, query={"cursor": flipped}), 400)

    # ---- bodies

    def bodies(self):
        good = json.dumps({"facility": self.house.facilities["医院7"], "declaration": self.house.accepted(), "facts": h.worked()}, ensure_ascii=False)
        spoil = lambda old, new: good.replace(old, new, 1).encode()
        return {
            "nothing": b"", "spaces": b"  ", "no JSON": b"{facts:1}", "half of it": good[:-5].encode(), "two documents": (good + good).encode(),
            "a comment": b"/* a */" + good.encode(), "a mark in front": "\ufeff".encode() + good.encode(), "UTF-16": good.encode("utf-16"),
            "broken UTF-8": good.encode().replace(b"2026", b"20\xff26", 1),
            "half a surrogate": spoil('"2026-05-11"', '"\\ud800"'), "an overlong slash": good.encode().replace(b"2026", b"\xc0\xaf26", 1),
            "a zero": good.encode().replace(b"2026", b"20\x0026", 1), "an escaped zero": spoil("2026-05-11", "2026-05-11\\u0000"),
            "a name twice": spoil('"facts":', '"facts": {}, "facts":'), "a name twice, escaped": spoil('"facts":', '"\\u0066acts": {}, "facts":'),
            "a stranger": spoil('"facts":', '"amount_yen": 999999999, "facts":'), "its own prototype": spoil('"facts":', '"__proto__": {"admin": true}, "facts":'),
            "an array": ("[" + good + "]").encode(), "a number": b"1", "null": b"null", "a text": json.dumps(good).encode(),
            "deep arrays": b"[" * 100000, "deep objects": b'{"a":' * 20000 + b"1" + b"}" * 20000, "just too deep": b"[" * 40 + b"]" * 40,
            "many members": ("{" + ",".join(f'"m{i}":1' for i in range(20000)) + "}").encode(),
            "a huge integer": spoil("true", "9" * 5000), "a huge exponent": spoil("true", "1e999999999"), "not a number": spoil("true", "NaN"),
            "infinity": spoil("true", "-Infinity"), "hexadecimal": spoil("true", "0x1"), "a leading zero": spoil("true", "01"),
            "a day that is none": spoil("2026-05-11", "2026-02-30"), "a year that is none": spoil("2026-05-11", "99999-01-01"),
            "a day with a time": spoil("2026-05-11", "2026-05-11T00:00:00Z"), "yes for true": spoil('"cyber_attack": true', '"cyber_attack": "true"'),
            "roster's words": spoil('"incident":', '"member": {"class": "A1"}, "incident":'),
            "a thousand closures": spoil('"closures": [', '"closures": [' + '{"from":"2026-05-12","to":"2026-05-18","scope":"all"},' * 1000),
            "another's id": spoil('"incident":', '"claim_id": "clm_%s", "incident":' % ("0" * 26)),
        }

    def test_bodies_that_are_none(self):
        """To file, to try the rules, to save a draft: each refused in full, nothing stored; then a good one goes through."""
        clinic = self.house["clinic-1"]
        method, path, _ = clinic.wire.operations["fileClaim"]
        before = self.service.sql(COUNTS)
        for what, body in self.bodies().items():
            with self.subTest(what):
                answer = clinic.wire.raw(method, path, body, {
                    "Content-Type": "application/json", "Idempotency-Key": f'"{uuid.uuid4()}"', "Origin": f"https://{self.service.host}:{self.service.port}",
                    "X-CSRF-Token": clinic.wire.csrf})
                if what == "another's id" and answer.status == 201:
                    self.fail("a claim takes no name from outside")
                self.problem(answer, 400, 413, 422)
        for what, body in self.bodies().items():
            answer = self.house.wire.raw("POST", "/v1/estimate", body, {"Content-Type": "application/json"})
            self.assertLess(answer.status, 500, what)
        self.assertEqual(self.service.sql(COUNTS), before)
        self.house.filed(h.worked(24))

    def test_types_and_languages(self):
        clinic = self.house["clinic-1"]
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json-patch+json", "", "json",
                     "application/json; charset=utf-16", "text/json"):
            answer = clinic.wire.call("fileClaim", body=b"{}", headers={"Content-Type": kind})
            self.problem(answer, 415, 400, 422)
            self.assertNotEqual(answer.status, 201)
        self.problem(clinic("listClaims", expect=406, headers={"Accept": "text/html"}), 406)
        for language, want in (("en", "title_en"), ("ja", "title_ja"), ("en;q=0.1, ja", "title_ja"), ("x" * 500, "title_ja"), ("fr", "title_ja")):
            answer = self.house.wire.clone().call("listClaims", headers={"Accept-Language": language})
            self.assertEqual(answer["title"], answer[want], language)

    # ---- files

    def begin(self, claim, name, data=b"text", expect=201, **more):
        return claim.clinic("beginEvidence", expect=expect, claim=claim.id, json_body={"name": name, "length": len(data), **more})

    def send(self, claim, evidence, data, offset=0, expect=200):
        return claim.clinic("sendEvidence", expect=expect, evidence=evidence, query={"offset": offset}, body=data,
                            headers={"Content-Type": "application/octet-stream"})

    def finish(self, claim, evidence, expect=201):
        return claim.clinic("finishEvidence", expect=expect, evidence=evidence)

    def test_files_that_are_something_else(self):
        """Programs and pages under the names of documents; lengths, digests and places that do not fit."""
        claim = self.house.filed(h.worked(26))
        wrong = {"請求書.pdf": b"MZ\x90\x00" + b"\0" * 200, "画面.png": b"\x7fELF" + b"\0" * 200, "写真.jpg": b"<html><script>alert(1)</script>",
                 "表.xlsx": b"PK\x03\x04" + b"\0" * 60, "記録.pdf": b"#!/bin/sh\nrm -rf /\n"}
        for name, data in wrong.items():
            with self.subTest(name):
                evidence = self.begin(claim, name, data)["evidence"]
                self.send(claim, evidence, data)
                self.problem(self.finish(claim, evidence, (409, 422)), 409, 422)
                self.assertIn(claim.clinic("downloadEvidence", expect=(404, 409, 422), evidence=evidence).status, (404, 409, 422))
        text = "控え\n".encode()
        lying = self.begin(claim, "控え.txt", text, sha256=hashlib.sha256(b"other").hexdigest())["evidence"]
        self.send(claim, lying, text)
        self.problem(self.finish(claim, lying, (409, 422)), 409, 422)
        short = self.begin(claim, "短い.txt", text + text)["evidence"]
        self.send(claim, short, text, expect=(200, 409, 422))
        self.problem(self.finish(claim, short, (409, 422)), 409, 422)
        piece = b"a" * 262144
        jump = self.begin(claim, "跳ぶ.txt", piece * 3)["evidence"]
        self.problem(self.send(claim, jump, piece, 262144, expect=(409, 422)), 409, 422)
        self.problem(self.send(claim, jump, piece, 1, expect=(400, 409, 422)), 400, 409, 422)
        self.problem(self.send(claim, jump, piece, -1, expect=400), 400)
        self.problem(self.send(claim, jump, piece * 3 + b"a", expect=(409, 413, 422)), 409, 413, 422)
        good = claim.evidence()
        self.problem(self.send(claim, good, b"more", expect=(409, 422)), 409, 422)
        self.assertEqual([f["evidence"] for f in claim.clinic("listEvidence", claim=claim.id)["files"]], [good])

    def test_names_of_files(self):
        """No folders, no controls, nothing that a browser would take for a header; what is good comes back as it was."""
        claim = self.house.filed(h.worked(28))
        for name in ("", "../a.txt", "a/b.txt", "a\\b.txt", "C:\\a.txt", "a\0.txt", "a\r\nX: y.txt", "x" * 400 + ".txt", "con\u0007.txt", ".", "..", "a\u202etxt.exe.txt", "\u2066a.txt"):
            with self.subTest(name):
                self.problem(self.begin(claim, name, expect=(400, 409, 422)), 400, 422, 409)
        for name in ('引用"符.txt', "空 白;a=b.txt", "百%25.txt", "<b>太字.txt", "é\u0301.txt"):
            with self.subTest(name):
                begun = self.begin(claim, name, expect=(201, 422))
                if begun.status != 201:
                    continue
                self.send(claim, begun["evidence"], b"text")
                self.finish(claim, begun["evidence"])
                got = claim.clinic("downloadEvidence", evidence=begun["evidence"])
                said = got.headers["content-disposition"]
                self.assertTrue(said.startswith("attachment"), said)
                self.assertTrue(said.isascii() and said.isprintable(), said)
                self.assertEqual((got.headers["x-content-type-options"], got.body), ("nosniff", b"text"))
                self.assertIn("sandbox", got.headers["content-security-policy"] + " sandbox" * ("default-src 'none'" in got.headers["content-security-policy"]))

    def test_files_above_20_mib_are_not_begun(self):
        claim = self.house.filed(h.worked(30))
        for length in (0, -1, (20 << 20) + 1, 1 << 62, 10 ** 30):
            answer = claim.clinic("beginEvidence", expect=(400, 422), claim=claim.id, json_body={"name": "大.txt", "length": length})
            self.problem(answer, 400, 422)

    # ---- texts

    def test_texts_come_back_unharmed(self):
        """Markup, SQL, formats, line ends, directions: words are words, as JSON and wherever they are read again."""
        claim = self.house.filed(h.worked(34))
        for text in STRANGE:
            with self.subTest(text):
                answer = claim.clinic("writeMessage", expect=(200, 201, 422), claim=claim.id, json_body={"text": text})
                if answer.status == 422:
                    continue
                seen = claim.clinic("readClaim", claim=claim.id)
                said = [m["text"] for m in seen["messages"]]
                self.assertIn(text.replace("\r\n", "\n"), [s.replace("\r\n", "\n") for s in said])
                self.assertNotIn("set-cookie", seen.headers)
        for text in STRANGE:
            words = self.house["owner-1"]("searchFacilities", expect=(200, 400), query={"words": text})
            self.assertIn(words.status, (200, 400))
        self.assertGreater(int(self.service.sql("SELECT count(*) FROM shienkin.claim")), 0)


if __name__ == "__main__":
    unittest.main()
