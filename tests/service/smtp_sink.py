#!/usr/bin/python3
"""smtp_sink FOLDER CERTIFICATE KEY: a real SMTP server with TLS from the first byte, on a free port of the loopback address.
Writes each message to FOLDER/<n>.eml, the port to FOLDER/port when it listens, and goes on until it is killed. While
FOLDER/refuse exists it refuses recipients for good (550); while FOLDER/busy exists, for now (451)."""
import asyncio
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP


class Keep:
    def __init__(self, folder):
        self.folder, self.count = folder, 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if (self.folder / "refuse").exists():
            return "550 5.1.1 no such user"
        if (self.folder / "busy").exists():
            return "451 4.3.2 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        head = f"X-Sink-To: {','.join(envelope.rcpt_tos)}\r\n".encode()
        (self.folder / f"{self.count}.tmp").write_bytes(head + envelope.content)
        (self.folder / f"{self.count}.tmp").rename(self.folder / f"{self.count}.eml")
        return "250 taken"


async def main(folder, certificate, key):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    keep = Keep(folder)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(keep, hostname="localhost", enable_SMTPUTF8=True), "127.0.0.1", 0, ssl=context)
    (folder / "port.tmp").write_text(str(server.sockets[0].getsockname()[1]))
    (folder / "port.tmp").rename(folder / "port")
    await server.serve_forever()


asyncio.run(main(pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
