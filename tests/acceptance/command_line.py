#!/usr/bin/env python3
"""The command line as its users meet it: help in both languages, words that are wrong, files that are no files, answers
that cannot be written, drafts of rules, one decision of a model over JSON, the kit's lines. Each check says what the
manual promises (exit 0 done, 1 a finding or refusal, 2 usage, 3 the outside world failed) and is run in a folder of its
own."""
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
RULES = HERE.parent.parent / "rules" / "cyber-support"
FIRST_DAY = "2022-06-01"
COMMANDS = ["serve", "decide", "rules check", "rules test", "rules show", "rules diff", "dmn eval", "dmn tck", "bench decide",
            "bench dmn", "migrate", "bootstrap", "keys", "doctor", "login", "logout", "claim", "claim attach", "user", "roster import",
            "rules list", "rules publish", "rules confirm", "rules scenarios", "rules add-scenarios", "rules differences", "config", "preview", "version"]
JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")


class Desk:
    """Runs the program in its own folder and keeps what was not as promised."""

    def __init__(self, program, folder):
        self.program, self.folder, self.count, self.problems = program, folder, 0, []

    def run(self, *words, given=b"", language="C", **more):
        environment = {**os.environ, "LC_ALL": language, "SHIENKIN_RULES": str(RULES)}
        return subprocess.run([self.program, *words], input=given, capture_output=True, cwd=self.folder, env=environment, **more)

    def expect(self, what, holds, run=None):
        self.count += 1
        if not holds:
            said = f": exit {run.returncode}, {run.stdout[:300]!r}, {run.stderr[:300]!r}" if run else ""
            self.problems.append(f"{what}{said}")

    def ends(self, code, *words, says="", **more):
        """The program ends with `code`, and where that is not 0 it says why, without a bare word for programmers."""
        run = self.run(*words, **more)
        text = run.stdout + run.stderr
        self.expect(f"`{' '.join(words)}` should end with {code}", run.returncode == code, run)
        self.expect(f"`{' '.join(words)}` should say {says!r}", says.encode() in text and (code == 0 or text), run)
        for word in (b"not_found", b"(outside)", b":0:0:", b"line 0"):
            self.expect(f"`{' '.join(words)}` speaks to programmers: {word!r}", word not in text, run)
        return run

    def write(self, name, content):
        path = Path(self.folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)


def check_help(desk):
    for language, japanese in (("C", False), ("ja_JP.UTF-8", True)):
        overview = desk.ends(0, "--help", language=language).stdout.decode()
        listed = re.findall(r"^  (\w+(?: [\w-]+)?)  +\S", overview, re.M)
        desk.expect(f"the overview lists each command on a line of its own: {listed}", listed == COMMANDS)
        for command in COMMANDS:
            text = desk.ends(0, *command.split(), "--help", language=language, says=f"shienkin {command}").stdout.decode()
            desk.expect(f"{command} --help is in the reader's language", bool(JAPANESE.search(text)) == japanese
                        or command == "config")
            desk.expect(f"{command} --help names the exit codes", re.search(r"0 .*1 .*2 .*3 ", text) is not None)
            for option in re.findall(r"\[?(--[a-z-]+)", text.splitlines()[0]):
                desk.expect(f"{command} --help explains {option}", len(re.findall(re.escape(option) + r"\b", text)) > 1)
    family = desk.ends(0, "rules", "--help").stdout.decode()
    desk.expect("rules --help lists the commands of that family alone", "rules diff" in family and "dmn eval" not in family)
    desk.ends(2, "no-such-command", "--help", says="no-such-command")
    desk.ends(2)


def check_words(desk):
    desk.ends(2, "decide", "-x", says="-x")
    desk.ends(2, "decide", "--explain=1", says="--explain=1")
    desk.ends(2, "decide", "--today", says="--today")
    desk.ends(2, "decide", "--today", "2026-02-30", says="YYYY-MM-DD")
    desk.ends(2, "version", "more")
    desk.ends(2, "config", "--no-such-setting=1", says="--no-such-setting")
    desk.ends(2, "config", "word")
    desk.ends(2, "rules", "diff")
    desk.ends(2, "dmn", "eval")
    desk.ends(2, "dmn", "tck")
    desk.ends(3, "decide", "--", "--help", says="--help")


def check_unreadable(desk):
    os.mkdir(Path(desk.folder) / "folder")
    for words in (["decide"], ["rules", "test"], ["rules", "diff", "--against", str(RULES)], ["rules", "check"], ["dmn", "tck"],
                  ["config", "--config"], ["dmn", "eval", "--decision", "x"]):
        desk.ends(3, *words, "gone.json", says="gone.json")
        if words != ["dmn", "tck"]:
            desk.ends(3, *words, "folder", says="folder")
    desk.ends(3, "decide", "--rules", "gone", says="gone")
    desk.ends(3, "decide", "--rules", "folder", says="--rules")


def check_lost_answers(desk):
    """An answer that cannot be written never looks like one that was given."""
    for words in (["--help"], ["decide", "--help"], ["version"], ["config"], ["rules", "show"], ["rules", "show", "--html"],
                  ["rules", "test"], ["decide", "-"]):
        with open("/dev/full", "wb") as full:
            environment = {**os.environ, "LC_ALL": "C", "SHIENKIN_RULES": str(RULES)}
            run = subprocess.run([desk.program, *words], stdout=full, stderr=subprocess.PIPE, input=b"{}", env=environment)
        desk.expect(f"`{' '.join(words)}` on a full disk: exit {run.returncode}, {run.stderr!r}",
                    run.returncode == 3 and b"could not be written" in run.stderr)


def check_inputs(desk):
    """A claim in any clothes that JSON allows, and those that it does not."""
    claim = json.dumps(json.loads((HERE / "cases.ndjson").read_text(encoding="utf-8").splitlines()[0])["claim"], indent=1)
    lines = (json.dumps(json.loads(claim)) + "\n").encode() * 2
    today = ["decide", "--today", "2026-11-22"]
    desk.ends(0, *today, given=claim.replace("\n", "\r\n").encode())
    crlf = desk.ends(0, *today, given=lines.replace(b"\n", b"\r\n"))
    desk.expect("two lines ended by CRLF are two claims", len(crlf.stdout.splitlines()) == 2, crlf)
    for given, word in ((b"", "empty"), (b"\n \n", "empty"), (claim.encode("utf-16"), "UTF-16"),
                        ("{\"claim_id\":\"日本医師会\"}".encode("cp932"), "Shift_JIS"), (b"\xef\xbb\xbf" + lines, "byte-order")):
        run = desk.ends(1, *today, given=given, says=word)
        refusal = json.loads(run.stdout.splitlines()[0])
        desk.expect(f"{word}: one finding, malformed", [(e["pointer"], e["code"]) for e in refusal["errors"]] == [("", "malformed")])
    huge = lines + b'{"x":"' + b"y" * (3 << 20) + b'"}\n' + lines
    run = desk.ends(1, *today, given=huge)
    desk.expect("a huge line costs only itself", ["outcome" in json.loads(line) for line in run.stdout.splitlines()] ==
                [True, True, False, True, True], run)
    mixed = desk.ends(3, *today, desk.write("one.json", claim), "gone.json", desk.write("bad.json", "[]"))
    desk.expect("a missing file stops no other", len(mixed.stdout.splitlines()) == 2, mixed)


def check_rules(desk):
    """Rules with a fault are refused; a draft is tried before it is published, and decides no claim."""
    model = (RULES / FIRST_DAY / "cyber-support.dmn").read_text(encoding="utf-8")
    draft = re.sub(r'\s\w+:publishedOn="[^"]*"', "", model)
    desk.expect("the draft has no day of publication", draft != model)
    desk.write("draft/2030-04-01/cyber-support.dmn", draft.replace(f'firstDay="{FIRST_DAY}"', 'firstDay="2030-04-01"')
               .replace("<text>100000</text>", "<text>120000</text>", 1))
    desk.write("draft/2030-04-01/cases/one.json", json.dumps({"base": json.loads(
        (HERE / "cases.ndjson").read_text(encoding="utf-8").splitlines()[0])["claim"],
        "cases": [{"name": "a", "expect": {"total_yen": 120000}}]}))
    desk.ends(0, "rules", "show", "--rules", "draft", says="not published")
    desk.ends(0, "rules", "show", "--html", "--rules", "draft")
    desk.ends(0, "rules", "check", "--rules", "draft")
    desk.ends(0, "rules", "test", "--rules", "draft", says="1 cases, 0 failed")
    base = json.loads((HERE / "cases.ndjson").read_text(encoding="utf-8").splitlines()[0])["claim"]
    for case, said in (({"name": "b", "expects": {"total_yen": 1}}, "expect"), ({"name": "b"}, "expect"), (7, "rules/README.md")):
        desk.write("draft/2030-04-01/cases/one.json", json.dumps({"base": base, "cases": [case]}))
        desk.ends(1, "rules", "test", "--rules", "draft", says=said)
    os.remove(Path(desk.folder) / "draft/2030-04-01/cases/one.json")
    desk.ends(3, "rules", "test", "--rules", "draft", says="there are no cases")
    desk.ends(3, "decide", "--rules", "draft", given=b"{}", says="published")
    claims = desk.write("claims.ndjson", "\n".join(json.dumps(json.loads(line)["claim"]) for line in
                        (HERE / "cases.ndjson").read_text(encoding="utf-8").splitlines()[:3]) + "\n")
    desk.ends(1, "rules", "diff", "--rules", "draft", "--against", str(RULES), "--today", "2026-11-22", claims, says="120000")
    desk.ends(0, "rules", "diff", "--rules", str(RULES), "--against", str(RULES), "--today", "2026-11-22", claims, says="0 differ")
    alone = desk.write("alone.json", json.dumps(json.loads(Path(claims).read_text().splitlines()[0]), indent=1))
    desk.ends(0, "rules", "diff", "--rules", str(RULES), "--against", str(RULES), "--today", "2026-11-22", alone, says="1 claims")
    desk.ends(1, "rules", "diff", "--rules", str(RULES), "--against", str(RULES), given=b"{}\n", says="/incident")
    desk.ends(0, "rules", "check", "--advice", says="0 findings")
    desk.write("torn/2022-06-01/x.dmn", model[:5000])
    desk.ends(3, "decide", "--rules", "torn", given=b"{}", says="line 1")
    desk.write("faulty/2022-06-01/x.dmn", model.replace("<text>100000</text>", "<text>no such name</text>", 1))
    desk.ends(3, "decide", "--rules", "faulty", given=b"{}", says="no such name")
    desk.write("shift/2022-06-01/x.dmn", model.encode("cp932", "replace"))
    desk.ends(3, "decide", "--rules", "shift", given=b"{}", says="Shift_JIS")


MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" namespace="urn:m">
 <itemDefinition id="t" name="tPerson"><itemComponent id="t1" name="born"><typeRef>date</typeRef></itemComponent>
  <itemComponent id="t2" name="name"><typeRef>string</typeRef></itemComponent></itemDefinition>
 <itemDefinition id="l" name="tPeople" isCollection="true"><typeRef>tPerson</typeRef></itemDefinition>
 <inputData id="i1" name="day"><variable name="day" typeRef="date"/></inputData>
 <inputData id="i2" name="amount"><variable name="amount" typeRef="number"/></inputData>
 <inputData id="i3" name="people"><variable name="people" typeRef="tPeople"/></inputData>
 <inputData id="i4" name="when"><variable name="when" typeRef="dateTime"/></inputData>
 <inputData id="i5" name="span"><variable name="span" typeRef="dayTimeDuration"/></inputData>
 <inputData id="i6" name="word"><variable name="word" typeRef="string"/></inputData>
 <inputData id="i7" name="thing"><variable name="thing"/></inputData>
%s</definitions>
"""
DECISION = """ <decision id="d%d" name="%s"><variable name="%s"/>%s<literalExpression><text>%s</text></literalExpression></decision>
"""
DECISIONS = [("Next", "i1", 'day + duration("P1D")'), ("Twice", "i2", "amount * 2"), ("Born", "i3", "people.born.year"),
             ("Later", "i4 i5", "when + span"), ("Word", "i6", "word"), ("Thing", "i7", "thing"),
             ("Broken", "", "no such name")]
ANSWERS = [  # decision, input, exit code, the typed answer
    ("Twice", '{"amount":1.5}', 0, {"number": "3"}),
    ("Twice", '{"amount":12345678901234567890123}', 0, {"number": "24691357802469135780246"}),
    ("Twice", '{"amount":1E3}', 0, {"number": "2000"}),
    ("Twice", '{"amount":-0}', 0, {"number": "0"}),
    ("Twice", '{"amount":"12"}', 1, None),
    ("Next", '{"day":"2026-05-12"}', 0, {"date": "2026-05-13"}),
    ("Next", '{"day":{"date":"2026-12-31"}}', 0, {"date": "2027-01-01"}),
    ("Next", '{"day":"2026-02-30"}', 1, None),
    ("Next", '{"day":null}', 0, None),
    ("Next", "{}", 0, None),
    ("Born", '{"people":[{"born":"1980-01-02","name":"1999-01-01"}]}', 0, {"list": [{"number": "1980"}]}),
    ("Later", '{"when":"2026-01-01T23:30:00+09:00","span":"PT1H"}', 0, {"date and time": "2026-01-02T00:30:00+09:00"}),
    ("Word", '{"word":"2026-05-12"}', 0, {"string": "2026-05-12"}),
    ("Thing", '{"thing":"2026-05-12"}', 0, {"string": "2026-05-12"}),
    ("Thing", '{"thing":{"a":[1,true,null],"b":{"date":"2026-05-12"}}}', 0,
     {"context": {"a": {"list": [{"number": "1"}, {"boolean": True}, None]}, "b": {"date": "2026-05-12"}}}),
    ("Broken", "{}", 1, None),
]


def check_eval(desk):
    decisions = "".join(DECISION % (i, name, name, "".join(
        f'<informationRequirement id="r{i}{n}"><requiredInput href="#{n}"/></informationRequirement>' for n in needs.split()), text)
        for i, (name, needs, text) in enumerate(DECISIONS))
    model = desk.write("m.dmn", MODEL % decisions)
    for decision, given, code, answer in ANSWERS:
        run = desk.ends(code, "dmn", "eval", model, "--decision", decision, "--input", "-", "--json", given=given.encode())
        lines = run.stdout.decode().splitlines()
        desk.expect(f"{decision} of {given} is {answer}", len(lines) == 1 and json.loads(lines[0]) == answer, run)
    desk.ends(1, "dmn", "eval", model, "--decision", "Nothing", says="Nothing")
    for given, word in ((b'{"nothing":1}', "nothing"), (b"[]", "object"), (b"", "empty"), (b'{"amount":1,"amount":2}', "twice")):
        desk.ends(1, "dmn", "eval", model, "--decision", "Twice", "--input", "-", given=given, says=word)
    desk.ends(1, "dmn", "eval", desk.write("no.dmn", "{}"), "--decision", "x", says="XML")


TEST = """<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:x="http://www.w3.org/2001/XMLSchema-instance">
 <modelName>%s</modelName>
 <testCase id="001"><inputNode name="amount"><value x:type="xsd:decimal">1.5</value></inputNode>
  <resultNode name="Twice" type="decision"><expected><value x:type="xsd:decimal">%s</value></expected></resultNode></testCase>
</testCases>
"""


def check_kit(desk):
    decisions = DECISION % (1, "Twice", "Twice", '<informationRequirement id="r"><requiredInput href="#i2"/></informationRequirement>',
                            "amount * 2")
    desk.write("kit/twice.dmn", MODEL % decisions)
    good = desk.write("kit/twice-test.xml", TEST % ("twice.dmn", "3"))
    run = desk.ends(0, "dmn", "tck", "--json", good, says="1/1")
    desk.expect("a line is as the contract says", [json.loads(line) for line in run.stdout.splitlines()] == [
        {"file": good, "case": "001", "node": "Twice", "expected": {"number": "3"}, "actual": {"number": "3"}, "pass": True}], run)
    desk.expect("and in that order", run.stdout.startswith(b'{"file":') and list(json.loads(run.stdout)) ==
                ["file", "case", "node", "expected", "actual", "pass"], run)
    desk.ends(0, "dmn", "tck", "kit", says="1/1")
    desk.ends(1, "dmn", "tck", desk.write("kit/wrong.xml", TEST % ("twice.dmn", "4")), says="0/1")
    desk.ends(1, "dmn", "tck", desk.write("kit/gone.xml", TEST % ("gone.dmn", "3")), says="gone.dmn")
    desk.ends(1, "dmn", "tck", desk.write("kit/torn.xml", "<testCases"), says="torn.xml")
    desk.ends(1, "dmn", "tck", desk.write("kit/other.xml", "<other/>"), says="other.xml")
    os.mkdir(Path(desk.folder) / "empty")
    desk.ends(1, "dmn", "tck", "empty", says="there are no test cases")


def main():
    failed = 0
    for check in (check_help, check_words, check_unreadable, check_lost_answers, check_inputs, check_rules, check_eval, check_kit):
        with tempfile.TemporaryDirectory() as folder:
            desk = Desk(str(Path(sys.argv[1]).resolve()), folder)
            check(desk)
            print(f"{check.__name__}: {desk.count} looked at, {len(desk.problems)} problems")
            for problem in desk.problems[:20]:
                print(f"  {problem}")
            failed += len(desk.problems)
    return 1 if failed else 0


sys.exit(main())
