"""statements: what the service said to PostgreSQL for one request, from the server's log, as a script for pgbench.

The script says the same statements in the same transactions, with the same waits: what the service queues in one pipeline,
pgbench queues in one pipeline, and where the service waits for an answer (a read that was not asked for together with the
next one, the proof at commit, the commit) pgbench waits too. What differs from filing to filing is said by expressions that cost next to nothing: new ids
and the request's key from one random number, whose claim it is from the client's number. What is sealed or hashed stays as
it was captured: pgbench cannot seal, and PostgreSQL does not look inside."""
import re

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
LINE = re.compile(r"^\S+ \S+ \S+ \[(\d+)\] (\w+):  (.*)$")
MOMENT = re.compile(r"^\d{4}-\d\d-\d\dT[\d:.]+Z$")
# Reads whose answers the service takes with those of what it says next: the log does not tell where a pipeline ends.
TOGETHER = {"session_of", "machine_session_of", "idempotency_take", "idempotency_of", "declaration_text_latest", "facility_by_id",
            "facility_version_on", "claim_by_id", "facts_version_latest", "incident_by_id", "payee_version_latest", "incident_report_latest",
            "decision_latest", "information_request_list", "information_reply_list", "message_list", "event_steps", "evidence_of_claim",
            "evidence_finish_of_claim", "evidence_scan_of_claim"}
NOW = "to_char(clock_timestamp() AT TIME ZONE 'UTC', E'YYYY-MM-DD\"T\"HH24\\x3aMI\\x3aSS.MS\"Z\"')"

KINDS = ((re.compile(r"^\d{4}-\d\d-\d\d$"), "::date"), (re.compile(r"^\d{4}-\d\d-\d\d [\d:.]+\+00$"), "::timestamptz"), (UUID, "::uuid"))


def parameters(text):
    """'$1 = ''a'', $2 = NULL' as a list."""
    found = re.findall(r"\$\d+ = (NULL|'(?:[^']|'')*')(?:, (?=\$)|$)", text, re.S)
    return [None if one == "NULL" else one[1:-1].replace("''", "'") for one in found]


def captured(log):
    """(name, sql, parameters) in their order, from the server's log with log_statement = all."""
    entries, out = [], []
    for line in log.splitlines():
        matched = LINE.match(line)
        if matched:
            entries.append(list(matched.groups()))
        elif entries:
            entries[-1][2] += "\n" + line.removeprefix("\t")
    for process, kind, text in entries:
        if kind == "LOG" and text.startswith("execute "):
            name, sql = text[len("execute "):].split(": ", 1)
            out.append([name, sql, []])
        elif kind == "DETAIL" and text.startswith("parameters: ") and out:
            out[-1][2] = parameters(text[len("parameters: "):])
    return [tuple(one) for one in out]


def quoted(text):
    """Text as a literal without a colon, which pgbench would read as a variable."""
    plain = text.replace("\\", "\\\\").replace("'", "''").replace(":", "\\x3a")
    return ("E" if "\\" in plain else "") + f"'{plain}'"


class Script:
    """known: {text as captured: expression}, such as the account's id; since_ms: ids made from then on are new with each run."""

    def __init__(self, statements, known, since_ms):
        self.statements, self.known, self.since_ms, self.fresh = statements, dict(known), since_ms, {}

    def say(self, text):
        if text in self.known:
            return self.known[text]
        if UUID.fullmatch(text) and text[14] == "7" and int(text.replace("-", "")[:12], 16) >= self.since_ms:
            if text not in self.fresh:
                self.fresh[text] = f"md5(:k || 'i{len(self.fresh)}')::uuid"
            return self.fresh[text]
        return None

    def bytes_of(self, hexadecimal):
        """Bytes that hold text with ids inside, such as an event's body, as a sum of literals and ids."""
        whole = f"'\\x{hexadecimal}'::bytea"
        try:
            text = bytes.fromhex(hexadecimal).decode()
        except UnicodeDecodeError:
            return whole
        words = [re.escape(one) for one in self.known if not one.startswith("\\x")] + [UUID.pattern]
        pieces, at = [], 0
        for found in re.finditer("|".join(words), text):
            said = self.say(found.group())
            if not said:
                continue
            pieces += [text[at:found.start()], (said,)]
            at = found.end()
        pieces.append(text[at:])
        if len(pieces) == 1:
            return whole
        return " || ".join(f"convert_to(({one[0]})::text, 'UTF8')" if isinstance(one, tuple) else f"'\\x{one.encode().hex()}'::bytea"
                           for one in pieces)

    def value(self, text):
        if text is None:
            return "NULL"
        said = self.say(text)
        if said:
            return said
        if text.startswith("\\x"):
            return self.bytes_of(text[2:])
        if MOMENT.match(text):
            return NOW
        kind = next((kind for pattern, kind in KINDS if pattern.match(text)), "")
        return quoted(text) + kind

    def sql(self, name, sql, values):
        def one(matched):
            value = values[int(matched.group(1)) - 1]
            said = "NULL" if value is None else f"({self.value(value)})"
            return said + "::text" if name == "settings" else said
        return re.sub(r"\s*\n\s*", " ", re.sub(r"\$(\d+)", one, sql))

    @staticmethod
    def waits(name, sql):
        """After which of its statements the service waits."""
        reads = sql.startswith("SELECT") and name != "settings" and name not in TOGETHER
        return reads or sql.startswith(("SET CONSTRAINTS", "COMMIT"))

    def text(self):
        out, waiting = ["\\set k random(1, 4611686018427387904)", "\\set a (:client_id * :each + random(0, :each - 1))"], []
        for name, sql, values in self.statements:
            waiting.append(self.sql(name, sql, values))
            if not self.waits(name, sql):
                continue
            if name == "claim_next_number":
                assert len(waiting) == 1
                out.append(waiting[0] + " AS number \\gset")
            elif len(waiting) == 1:
                out.append(waiting[0] + ";")
            else:
                out += ["\\startpipeline", *(one + ";" for one in waiting), "\\endpipeline"]
            waiting = []
        assert not waiting
        return "\n".join(out) + "\n"

    def trips(self):
        return sum(self.waits(name, sql) for name, sql, _ in self.statements)
