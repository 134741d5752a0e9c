"""Do others read what document prints? Text by pdftotext, fonts by pdffonts, facts by pdfinfo, codes by zbarimg."""
import random
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ET
from pathlib import Path

PAGES = str(Path(sys.argv[1]).resolve())


def made(*words):
    return subprocess.run([PAGES, *words], stdout=subprocess.PIPE, check=True, timeout=120).stdout


def by(*command, given=None):
    return subprocess.run(command, input=given, stdout=subprocess.PIPE, check=True, timeout=120).stdout


def read_codes(picture):
    """What zbar sees; it ends with 4 where it sees nothing."""
    run = subprocess.run(["zbarimg", "--quiet", "--raw", "--nodbus", "-Sdisable", "-Sqrcode.enable", "-Sbinary", picture],
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, timeout=120)
    if run.returncode not in (0, 4):
        raise AssertionError(run.stderr)
    return run.stdout


class Pdf(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = str(Path(cls.folder.name) / "letter.pdf")
        Path(cls.path).write_bytes(made("letter", "120"))
        cls.pages = by("pdftotext", "-layout", cls.path, "-").decode().rstrip("\f").split("\f")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_every_word_can_be_taken_out_again(self):
        text = re.sub(r"\s", "", "".join(self.pages))
        for words in ("〒100-0000", "東京都千代田区例町一丁目2番3号", "医療法人社団髙﨑会例診療所", "はじめてのサインイン",
                      "届いた日から十四日のうちにお使いください。", "Onecode,oneuse.", "この頁を開いてください。",
                      "最後の頁です。", "C-2026-000123", "ABCD2345EFGH6789"):
            self.assertIn(words, text)

    def test_rare_characters_come_back_as_themselves(self):
        words = "髙﨑㈱ｶﾅ鷗外𠮷野家①〜−Ａé（神社）"
        text = by("pdftotext", "-", "-", given=made("words", words)).decode()
        self.assertEqual("".join(text.split()), words + "1/1")

    def test_a_code_stands_in_fours(self):
        self.assertTrue(any("ABCD 2345 EFGH 6789" in page for page in self.pages), self.pages[0])

    def test_each_page_says_which_it_is_and_of_how_many(self):
        self.assertGreaterEqual(len(self.pages), 4)
        for i, page in enumerate(self.pages, 1):
            lines = page.strip().splitlines()
            self.assertIn(f"{i}/{len(self.pages)}", lines[-1].replace(" ", ""))
            self.assertIn("支援金事務局", lines[-1])

    def test_the_tables_head_stands_on_every_page_of_it_and_no_row_is_lost(self):
        rows = [int(n) for page in self.pages for n in re.findall(r"第(\d+)行の摘要", page)]
        self.assertEqual(rows, list(range(1, 121)))
        for page in self.pages:
            self.assertEqual(len(re.findall(r"日\s+摘要\s+金額", page)), 1 if "行の摘要" in page else 0)

    def test_amounts_stand_to_the_right(self):
        boxes = by("pdftotext", "-bbox", "-f", "2", "-l", "2", self.path, "-").decode()
        ends = {float(x) for x, word in re.findall(r'xMax="([\d.]+)"[^>]*>([^<]*)</word>', boxes) if word.endswith("円")}
        self.assertEqual(len({round(x) for x in ends}), 1, ends)

    def test_the_address_shows_in_the_window_and_nothing_else_does(self):
        """Millimetres of an envelope 235 x 120 with a window of 90 x 45 at 20 from its left and 12 from its top, in which a
        sheet of 210 x 99 slips by up to 25 and 21."""
        boxes = by("pdftotext", "-bbox", "-f", "1", "-l", "1", self.path, "-").decode()
        address = "〒100-0000東京都千代田区例町一丁目2番3号医療法人社団髙﨑会例診療所院長様"
        seen = 0
        for x0, y0, x1, y1, word in re.findall(
                r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>', boxes):
            left, top, right, bottom = (float(v) * 25.4 / 72 for v in (x0, y0, x1, y1))
            if word in address and top < 45 and left < 100:
                seen += 1
                self.assertTrue(left >= 20 and right <= 20 + 90 - 25 and top >= 12 and bottom <= 12 + 45 - 21,
                                (word, left, top, right, bottom))
            else:
                self.assertTrue(left >= 20 + 90 or top >= 12 + 45, (word, left, top))
        self.assertGreaterEqual(seen, 4)

    def test_fonts_are_embedded_subsets(self):
        lines = by("pdffonts", self.path).decode().splitlines()[2:]
        self.assertGreaterEqual(len(lines), 2)
        for line in lines:
            self.assertRegex(line, r"^[A-Z]{6}\+NotoSans(Mono)?CJKjp")
            self.assertRegex(line, r"\byes +yes +yes\b")            # embedded, subset, with a map to Unicode
        self.assertLess(Path(self.path).stat().st_size, 400_000)

    def test_facts_about_the_document(self):
        info = by("pdfinfo", "-isodates", self.path).decode()
        self.assertRegex(info, r"Title: +はじめてのサインイン\n")
        self.assertRegex(info, r"CreationDate: +2026-11-22T09:00:00\+09")
        self.assertRegex(info, r"Page size: +595\.\d+ x 841\.\d+ pts \(A4\)")

    def test_the_code_on_paper_reads(self):
        picture = str(Path(self.folder.name) / "page")
        by("pdftoppm", "-r", "200", "-f", "1", "-l", "2", "-png", self.path, picture)
        found = [read_codes(str(p)) for p in sorted(Path(self.folder.name).glob("page*.png"))]
        self.assertEqual(b"".join(found).decode(), "https://shienkin.example/first-access")


class Qr(unittest.TestCase):
    def reads(self, text):
        svg = made("qr", text)
        root = ET.fromstring(svg)
        self.assertEqual(root.find("{http://www.w3.org/2000/svg}title").text, '<コード & "印">')
        side = int(root.get("viewBox").split()[2])
        with tempfile.TemporaryDirectory() as folder:
            picture = str(Path(folder) / "qr.png")
            by("rsvg-convert", "--width", str(side * 6), "-o", picture, given=svg)
            self.assertEqual(read_codes(picture).decode(), text)

    def test_somebody_elses_reader_reads_them(self):
        for text in ("x", "https://shienkin.example/a?b=c&d=%E6%94%AF",
                     "otpauth://totp/shienkin:desk-1?secret=JBSWY3DPEHPK3PXP&issuer=shienkin&algorithm=SHA1&digits=6&period=30",
                     "支援金の受付番号 C-2026-000123"):
            with self.subTest(text=text):
                self.reads(text)

    def test_random_ones(self):
        chance = random.Random(20261122)
        for size in (10, 100, 400, 1000, 2331):
            with self.subTest(size=size):
                self.reads("".join(chance.choice("abcdefghijkmnopqrstuvwxyzABCDEFG0123456789-_.~/?=&%") for _ in range(size)))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
