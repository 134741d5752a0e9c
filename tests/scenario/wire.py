"""wire: one person's connection to the service: HTTPS with the certificate checked, operations called by the name that they
have in /openapi.json, so that a test reads as its story and no address stands in it twice.

Each exchange is kept as a line of JSON (method, route, status, headers, body) for the check of all answers against the
document that the service gives of itself; secrets are not kept."""
import http.client
import json
import os
import ssl
import threading
import urllib.parse
import uuid

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
PATIENCE_S = float(os.environ.get("STORY_PATIENCE", 30))  # more for a program that is slow by its sanitizer


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body
        kind = (headers.get("content-type") or "").split(";")[0]
        self.json = json.loads(body) if body and (kind == "application/json" or kind.endswith("+json")) else None

    def __getitem__(self, name):
        return self.json[name]

    @property
    def code(self):
        """The problem's code: what follows urn:shienkin:problem:"""
        return (self.json or {}).get("type", "").removeprefix("urn:shienkin:problem:")

    @property
    def errors(self):
        return {(e["pointer"], e["code"]) for e in (self.json or {}).get("errors", [])}

    def __repr__(self):
        return f"<{self.status} {self.body[:2000]!r}>"


class Record:
    """Where exchanges are kept; any thread."""

    def __init__(self, path):
        self.file, self.lock = open(path, "a", encoding="utf-8"), threading.Lock()

    def keep(self, **line):
        with self.lock:
            self.file.write(json.dumps(line, ensure_ascii=False) + "\n")
            self.file.flush()


NAMELESS = "0" * 25 + "1"     # behind its prefix, an id of the right form that names nothing


class Wire:
    """host, port, a CA file, and the operations of the service: {name: (method, path)}."""

    def __init__(self, host, port, ca, record=None):
        self.host, self.port, self.record = host, port, record
        self.context = ssl.create_default_context(cafile=ca)
        self.connection = None
        self.operations = {}
        self.cookie = self.bearer = self.csrf = None

    def clone(self):
        other = Wire.__new__(Wire)
        other.__dict__.update(self.__dict__)
        other.connection = other.cookie = other.bearer = other.csrf = None
        return other

    def learn(self):
        document = self.raw("GET", "/openapi.json").json
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                if isinstance(operation, dict) and "operationId" in operation:
                    self.operations[operation["operationId"]] = (method.upper(), path, operation)
        return document

    def raw(self, method, target, body=None, headers=None, route=None):
        headers = dict(headers or {})
        if self.cookie:
            headers.setdefault("Cookie", f"__Host-shienkin={self.cookie}")
        if self.bearer:
            headers.setdefault("Authorization", f"Bearer {self.bearer}")
        for last in (False, True):
            if not self.connection:
                self.connection = http.client.HTTPSConnection(self.host, self.port, context=self.context, timeout=PATIENCE_S)
            try:
                self.connection.request(method, target, body, headers)
                reply = self.connection.getresponse()
                answer = Answer(reply.status, {k.lower(): v for k, v in reply.getheaders()}, reply.read())
                break
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                self.connection.close()
                self.connection = None      # an idle connection that the other side has closed meanwhile
                if last or (method in UNSAFE and "Idempotency-Key" not in headers):
                    raise
        if self.record and route:
            self.record.keep(operation=route, status=answer.status, type=answer.headers.get("content-type"),
                             headers=answer.headers, body=answer.json)
        return answer

    def call(self, operation, *, query=None, json_body=None, body=None, headers=None, version=None, key=None, **path):
        """One operation by its name. `version`: what If-Match names; "*" for any. A key is minted where one is required."""
        method, pattern, declared = self.operations[operation]
        target = pattern
        for name, value in path.items():
            if "{" + name + "}" not in target:
                raise KeyError(f"{operation} has no {name}: {pattern}")
            target = target.replace("{" + name + "}", urllib.parse.quote(str(value), safe=""))
        if query:
            target += "?" + urllib.parse.urlencode(query, doseq=True)
        headers = dict(headers or {})
        if json_body is not None:
            body = json.dumps(json_body, ensure_ascii=False).encode()
            media = next(iter(declared.get("requestBody", {}).get("content", {"application/json": None})))
            headers.setdefault("Content-Type", media)
        if version is not None:
            headers.setdefault("If-Match", version)
        if key or declared.get("x-shienkin-idempotent"):
            headers.setdefault("Idempotency-Key", '"%s"' % (key or uuid.uuid4()))
        if method in UNSAFE:
            headers.setdefault("Origin", f"https://{self.host}:{self.port}")
            if self.csrf:
                headers.setdefault("X-CSRF-Token", self.csrf)
        return self.raw(method, target, body, headers, route=operation)
