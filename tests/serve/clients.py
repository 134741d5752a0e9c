#!/usr/bin/env python3
"""The commands that are clients, over the real service: a demo of its own is started once, and people of it sign in with their
own passwords. What the commands say and keep is asked in tests/acceptance/clients.py; here, whether the service understands
them.  `clients.py PROGRAM`"""
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM = str(Path(sys.argv[1]).resolve())
ROOT = Path(__file__).resolve().parent.parent.parent


class RealService(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="shk-")
        os.chmod(cls.folder.name, 0o755)                # PostgreSQL's user passes through
        cls.state = Path(cls.folder.name) / "state"
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
        cls.log = open(Path(cls.folder.name) / "log", "w+b")
        cls.service = subprocess.Popen([PROGRAM, "serve", "--demo", f"--state={cls.state}", f"--http.port={port}", "--metrics.port=0"],
                                       stdout=subprocess.PIPE, stderr=cls.log, cwd=ROOT)
        for line in cls.service.stdout:
            if line.startswith(b"READY"):
                break
        else:
            cls.log.seek(0)
            raise AssertionError(cls.log.read().decode())
        cls.url = f"https://localhost:{port}"
        cls.logins = dict(re.findall(r"^(demo-\S+) +(\S+)", (cls.state / "demo-logins").read_text(), re.M))

    @classmethod
    def tearDownClass(cls):
        cls.service.send_signal(signal.SIGTERM)
        cls.service.wait(60)
        cls.service.stdout.close()
        cls.log.close()
        cls.folder.cleanup()

    def does(self, login, *words, code=0, given=b""):
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "XDG_CONFIG_HOME": f"{self.folder.name}/{login}", "HOME": self.folder.name}
        run = subprocess.run([PROGRAM, *words], input=given, capture_output=True, env=environment, timeout=120, start_new_session=True, cwd=ROOT)
        self.assertEqual(run.returncode, code, (words, run.stdout, run.stderr))
        return run

    def says(self, login, *words, **more):
        return json.loads(self.does(login, *words, "--json", **more).stdout)

    def password(self, login):
        return self.logins[login].encode() + b"\n"

    def sign_in(self, login):
        self.does(login, "login", self.url, login, "--ca", str(self.state / "tls/certificate.pem"), given=self.password(login))

    def test_a_clinic(self):
        who = "demo-clinic-1"
        self.sign_in(who)
        claims = {c["state"]: c["claim"] for c in self.says(who, "claim", "list")["claims"]}
        claim = claims["submitted"]
        self.assertEqual(self.says(who, "claim", "show", claim)["claim"], claim)
        self.assertIn("outcome", json.dumps(self.says(who, "claim", "draft", "assess", claims["draft"])))
        self.assertIn("message", self.says(who, "claim", "message", claim, "--text", "ご連絡します"))
        path = Path(self.folder.name) / "notes.txt"
        path.write_text("a line of notes\n" * 100_000)
        sent = self.says(who, "claim", "attach", claim, str(path), "--purpose", "log")
        self.assertIn(sent["evidence"], [f["evidence"] for f in self.says(who, "claim", "evidence", "list", claim)["files"]])
        listed = self.does(who, "claim", "evidence", "list", claim).stdout.split()
        self.assertIn(b"scan/state", listed)
        self.assertIn(b"none", listed)                                  # no scanner is configured here
        self.assertEqual(self.says(who, "claim", "withdraw", claim, "--reason", "二重に出しました")["state"], "withdrawn")
        self.does(who, "claim", "withdraw", claim, code=1)
        self.does(who, "user", "list", code=1)
        self.does(who, "logout")
        self.does(who, "claim", "list", code=1)

    def test_owners(self):
        who, other = "demo-owner-1", "demo-owner-2"
        self.sign_in(who)
        self.sign_in(other)
        opened = self.says(who, "user", "open", "--realm", "staff", "--login", "second-auditor", "--name", "監査人 二",
                           given=self.password(who))                  # the second factor is due; without one, the password
        self.assertTrue(opened["code"])
        grant = self.says(who, "user", "grant", "--person", opened["person"], "--role", "auditor", "--reason", "増員")["grant"]
        self.assertIn(grant, [g["grant"] for g in self.says(who, "user", "roles")["waiting"]])
        self.does(who, "user", "confirm", grant, code=1)              # one's own
        self.does(other, "user", "confirm", grant, given=self.password(other))
        self.assertEqual(self.says(who, "user", "roles")["waiting"], [])
        bad = Path(self.folder.name) / "roster.csv"
        bad.write_text("member_number,class,name,from\n1,X1,a,2020-01-01\n2,A1,b,never\n")
        run = self.does(who, "roster", "import", "--members", "--preview", str(bad), code=1)
        self.assertIn(b"line 2  /class:", run.stderr)
        self.assertIn(b"line 3  /from:", run.stderr)
        bad.write_text("member_number,class,name,from\n987001,A1,見本 会員,2020-01-01\n")
        self.assertEqual(self.says(who, "roster", "import", "--members", "--preview", str(bad))["added"], 1)
        self.assertEqual(len(self.says(who, "rules", "list")["rule_sets"]), 1)
        self.assertIn(b"ready", self.does(who, "doctor", f"--state={self.state}", "--demo").stdout)
        nobody = f"--evidence.scanner={self.folder.name}/nobody-listens"
        self.assertIn(b"nobody-listens", self.does(who, "doctor", f"--state={self.state}", "--demo", nobody, code=1).stdout)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], warnings="ignore")
