"""cluster: the bench's own service with its own PostgreSQL, on the settings that it has by default: durable, nothing tuned.

The administrator of that cluster is let in over its socket, which no service ever needs: to fill it, and to hear what is said."""
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "scenario"))
import running  # noqa: E402


class Cluster(running.Service):
    """A service that looks for duplicates, sends mail and the like only when asked: its jobs would share the cores."""

    QUIET = ["--jobs.search-duplicates-seconds=0"]

    def __init__(self, binary, *settings):
        super().__init__(binary, *self.QUIET, *settings)
        self.open_to_administrator()

    def postmaster(self):
        return int((self.state / "data/postmaster.pid").read_text().split()[0])

    def open_to_administrator(self):
        hba = self.state / "data/pg_hba.conf"
        hba.write_text("local all shienkin_admin trust\n" + hba.read_text())
        os.kill(self.postmaster(), signal.SIGHUP)
        for _ in range(100):
            if self.psql("-c", "SELECT 1", check=False).returncode == 0:
                return
            time.sleep(0.05)
        raise RuntimeError("the administrator is not let in")

    def psql(self, *words, check=True, database="shienkin"):
        done = subprocess.run(["psql", "-X", "-q", "-t", "-A", "-h", str(self.state / "run"), "-U", "shienkin_admin", "-d", database, "-v",
                               "ON_ERROR_STOP=1", *words], text=True, capture_output=True)
        if check and done.returncode:
            raise RuntimeError(done.stderr)
        return done if not check else done.stdout.strip()

    def said(self, act):
        """What PostgreSQL was told while `act` ran, from its own log."""
        log = self.state / "cluster.log"
        for role in ("clinic", "log", "staff", "auditor"):
            self.psql("-c", f"ALTER ROLE shienkin_{role} SET log_statement = 'all'",
                      "-c", f"ALTER ROLE shienkin_{role} SET log_min_messages = 'log'")
        self.reconnect()
        act()           # the first time on new connections prepares
        start = log.stat().st_size
        act()
        time.sleep(0.2)
        text = log.read_bytes()[start:].decode()
        for role in ("clinic", "log", "staff", "auditor"):
            self.psql("-c", f"ALTER ROLE shienkin_{role} RESET ALL")
        self.reconnect()
        return text

    def reconnect(self):
        self.psql("-c", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'shienkin%' AND pid <> pg_backend_pid()")
        time.sleep(0.2)

    # ---- processes

    def processes(self):
        """{pid: (parent, name)} of the service and all below it."""
        every, mine = {}, {}
        for folder in pathlib.Path("/proc").iterdir():
            if folder.name.isdigit():
                try:
                    text = (folder / "stat").read_text()
                except OSError:
                    continue
                name, rest = text[text.index("(") + 1:text.rindex(")")], text[text.rindex(")") + 2:].split()
                every[int(folder.name)] = (int(rest[1]), name, int(rest[11]) + int(rest[12]), int(rest[13]) + int(rest[14]))
        below = {self.process.pid}
        while True:
            more = {pid for pid, one in every.items() if one[0] in below} - below
            if not more:
                break
            below |= more
        return {pid: every[pid] for pid in below if pid in every}

    def serving(self):
        """The process that serves, not the one that keeps it and PostgreSQL."""
        listening = int(self.port)
        inode = next(line.split()[9] for line in open("/proc/net/tcp").readlines()[1:]
                     if line.split()[3] == "0A" and int(line.split()[1].split(":")[1], 16) == listening)
        holders = []
        for pid in self.processes():
            try:
                links = [os.readlink(one) for one in pathlib.Path(f"/proc/{pid}/fd").iterdir()]
            except OSError:
                continue
            if f"socket:[{inode}]" in links:
                holders.append(pid)
        return holders[-1]

    def processor_seconds(self):
        """(of the service, of PostgreSQL) so far, those of children that ended included."""
        tick, serving, service, database = os.sysconf("SC_CLK_TCK"), self.serving(), 0, 0
        for pid, (_, name, own, ended) in self.processes().items():
            if pid == serving:
                service += own
            elif name == "postgres":
                database += own + ended
        return service / tick, database / tick

    def resident(self):
        """KiB of the serving process: whole, and without what it maps from files."""
        text = pathlib.Path(f"/proc/{self.serving()}/status").read_text()
        return tuple(int(re.search(name + r":\s+(\d+)", text).group(1)) for name in ("VmRSS", "RssAnon"))
