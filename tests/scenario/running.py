"""running: a service of its own for a test: `shienkin serve --embedded` in a state folder that goes with it, on ports that are
free, with the certificate that it made itself as the only one trusted."""
import os
import pathlib
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.parse

import wire

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
START_SECONDS = 60


def as_somebody():
    """Started as root, the service becomes a user who owns nothing."""
    return [] if os.getuid() else ["--user=" + pwd.getpwnam("nobody").pw_name]


class Service:
    def __init__(self, binary, *settings, record=None):
        self.binary = os.path.abspath(binary)
        # Short, since the path of a socket is at most 107 bytes; open, since the database's user passes through it.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="shk-"))
        self.folder.chmod(0o755)
        self.state = self.folder / "state"
        self.settings, self.process, self.within = list(settings), None, []
        self.record = wire.Record(record) if record else None
        self.start()

    def start(self):
        command = [*self.within, self.binary, "serve", "--embedded", f"--state={self.state}", "--http.port=0", "--metrics.port=0",
                   *as_somebody(), *self.settings]
        self.log = open(self.folder / "log", "ab")
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=self.log, text=True)
        began = time.monotonic()
        line = self.process.stdout.readline()
        said = re.match(r"READY (https://\S+)(?: metrics (http://\S+))?", line)
        if not said:
            self.process.wait()
            raise RuntimeError(f"serve ended with {self.process.returncode}:\n" + (self.folder / "log").read_text())
        self.ready_seconds = time.monotonic() - began
        self.url, self.metrics_url = said.groups()
        address = urllib.parse.urlsplit(self.url)
        self.host, self.port = address.hostname, address.port
        self.ca = self.folder / "certificate.pem"
        shutil.copy(next((self.state / "tls").glob("*certificate*")), self.ca)

    def wire(self):
        connection = wire.Wire(self.host, self.port, str(self.ca), self.record)
        connection.learn()
        return connection

    def sql(self, statement):
        """A number or text straight from the database, as the owner of the schema: what tests compare with."""
        done = subprocess.run(["psql", "-X", "-q", "-t", "-A", "-h", str(self.state / "run"), "-U", "shienkin_owner", "-d", "shienkin",
                               "-v", "ON_ERROR_STOP=1", "-c", statement], env=self.database_env(), text=True, capture_output=True)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout.strip()

    def database_env(self):
        return os.environ | {"PGPASSWORD": (self.state / "secrets" / "owner").read_text().strip()}

    def bootstrap(self, *words):
        return subprocess.run([self.binary, "bootstrap", "--database",
                               f"host={self.state}/run dbname=shienkin user=shienkin_owner",
                               "--master", str(self.state / "secrets" / "master-keys"), *words],
                              cwd=ROOT, env=self.database_env() | {"LANG": "C.UTF-8"}, check=True, text=True, capture_output=True).stdout

    def stop(self, how=signal.SIGTERM):
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(60)
        self.process.stdout.close()
        self.log.close()
        return self.process.returncode

    def end(self):
        code, said = self.stop(), (self.folder / "log").read_text()
        shutil.rmtree(self.folder)
        if code:        # a sanitizer's 99 too
            raise RuntimeError(f"serve ended with {code}:\n{said[-8000:]}")

    def __enter__(self):
        return self

    def __exit__(self, *how):
        if how[0]:
            print((self.folder / "log").read_text()[-4000:])
        self.end()
