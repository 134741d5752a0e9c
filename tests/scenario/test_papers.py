"""Papers that clinics send, as their readers get them: pictures made anew, never the bytes themselves; only for whom the paper is,
each look with its event; what cannot be shown says so and hurts nobody."""
import struct
import unittest
import zlib

import house as h
from base import Case

READS = "SELECT count(*) FROM shienkin.event WHERE type = 'evidence.read'"
HIDDEN = b"<script>hidden()</script>"


def png(width=40, height=30, head=None, rows=None):
    """A picture with words in it that are no picture (tEXt)."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = rows if rows is not None else b"".join(b"\0" + b"\xc0\x20\x20" * width for _ in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head or struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(b"tEXt", b"Comment\0" + HIDDEN)
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def pdf(pages=2):
    kids = b" ".join(b"%d 0 R" % (3 + i) for i in range(pages))
    objects = [b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages)]
    objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]>>"] * pages
    body = b"".join(b"%d 0 obj%sendobj\n" % (i + 1, o) for i, o in enumerate(objects))
    return b"%PDF-1.5\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF\n"


class Papers(Case):
    settings = ("--jobs.enabled=false",)

    def setUp(self):
        if not hasattr(type(self), "claim"):
            type(self).claim = self.house.filed(h.worked(2)).taken()

    def reads(self):
        return int(self.service.sql(READS))

    def picture(self, evidence, login="adjuster-1", page=1):
        return self.house[login].wire.raw("GET", f"/evidence/{evidence}/pages/{page}")

    def shown(self, answer, original):
        self.assertEqual((answer.status, answer.headers["content-type"]), (200, "image/jpeg"))
        self.assertEqual(answer.headers["x-content-type-options"], "nosniff")
        self.assertIn("no-store", answer.headers["cache-control"])
        self.assertTrue(answer.body.startswith(b"\xff\xd8\xff"))
        self.assertNotIn(HIDDEN, answer.body)
        self.assertNotIn(original[:40], answer.body)

    def not_shown(self, answer):
        self.assertEqual(answer.status, 303, answer)
        self.assertRegex(answer.headers["location"], r"^/assets/no_picture\.[0-9a-f]+\.svg$")

    def test_a_picture_and_a_pdf_are_made_anew(self):
        for name, data in (("写真.png", png()), ("掲示.pdf", pdf())):
            with self.subTest(name):
                evidence, before = self.claim.evidence(name, data), self.reads()
                first, again = self.picture(evidence), self.picture(evidence)
                self.shown(first, data)
                self.assertEqual(first.body, again.body)
                self.assertEqual(self.reads(), before + 2, "each look is noted, also where the picture was made before")
                for login in ("clinic-1", "approver-1", "auditor-1"):
                    self.shown(self.picture(evidence, login), data)

    def test_pages_end_where_the_paper_ends(self):
        evidence = self.claim.evidence("二頁.pdf", pdf(2))
        self.shown(self.picture(evidence, page=2), pdf(2))
        self.not_shown(self.picture(evidence, page=3))
        for page in ("0", "501", "-1", "x", "1.5"):
            self.assertIn(self.picture(evidence, page=page).status, (400, 404), page)
        page = self.house["adjuster-1"].wire.raw("GET", f"/cases/{self.claim.id}/files/{evidence}?page=2").body.decode()
        self.assertIn("2 / 2 ページ", page)
        self.assertIn('src="data:image/jpeg;base64,', page)
        self.assertIn(f"/v1/evidence/{evidence}/content", page)

    def test_what_cannot_be_shown_says_so(self):
        broken = {"短い.png": png()[:60], "大きい.png": png(head=struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)),
                  "鍵.pdf": b"%PDF-1.5\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R/Encrypt 9 0 R>>\n%%EOF\n", "控え.txt": "届出済み\n".encode()}
        for name, data in broken.items():
            with self.subTest(name):
                evidence = self.claim.evidence(name, data)
                self.not_shown(self.picture(evidence))
                page = self.house["adjuster-1"].wire.raw("GET", f"/cases/{self.claim.id}/files/{evidence}")
                self.assertEqual(page.status, 200)
                self.assertIn("この書類は表示できませんでした", page.body.decode())
                self.assertIn(f"/v1/evidence/{evidence}/content", page.body.decode())

    def test_papers_are_for_whom_they_are(self):
        evidence, before = self.claim.evidence("写真.png", png()), self.reads()
        self.shown(self.picture(evidence), png())
        for login in ("clinic-2", "owner-1", "cashier-1"):
            self.assertIn(self.picture(evidence, login).status, (403, 404), login)
        stranger = self.house.wire.clone().raw("GET", f"/evidence/{evidence}/pages/1")
        self.assertEqual((stranger.status, stranger.headers["location"].split("?")[0]), (303, "/sign-in"))
        other = self.house.filed(h.worked(14), "clinic-2")
        self.assertEqual(self.house["adjuster-1"].wire.raw("GET", f"/cases/{other.id}/files/{evidence}").status, 404)
        self.assertEqual(self.reads(), before + 1)


if __name__ == "__main__":
    unittest.main()
