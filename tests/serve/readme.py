#!/usr/bin/env python3
"""The lines of README.md that use the API, run as they stand against a demo of its own.  `readme.py PROGRAM`"""
import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAM = str(Path(sys.argv[1]).resolve())
ROOT = Path(__file__).resolve().parent.parent.parent
READY = re.compile(r"READY (https://\S+) metrics (http://\S+)/metrics\n")


def lines():
    section = (ROOT / "README.md").read_text().split("\n## Use the API\n")[1].split("\n## ")[0]
    return re.search(r"\n```\n(.*?)\n```\n", section, re.S)[1]


def main():
    with tempfile.TemporaryDirectory(prefix="shk-") as folder:
        os.chmod(folder, 0o755)         # PostgreSQL's user passes through
        state = f"{folder}/state"
        service = subprocess.Popen([PROGRAM, "serve", "--demo", f"--state={state}", "--http.port=0", "--metrics.port=0",
                                    f"--log.file={folder}/log"], stdout=subprocess.PIPE, text=True, cwd=ROOT)
        said = next(filter(None, map(READY.fullmatch, service.stdout)), None)
        assert said, "the demo did not start"
        environment = {**os.environ, "URL": said[1], "METRICS": said[2], "STATE": state}
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", lines()], env=environment, text=True, capture_output=True, timeout=120)
        service.send_signal(signal.SIGTERM)
        ended = service.wait(60)
    sys.stdout.write(done.stdout + done.stderr)
    # Every curl fails on an answer that is not 2xx; what the lines show must be the claim that they filed.
    assert done.returncode == 0, done.returncode
    assert re.search(r'"state":"submitted"', done.stdout) and "shienkin_http_requests_total" in done.stdout, "the claim and the figures are shown"
    assert ended == 0, ended


if __name__ == "__main__":
    main()
