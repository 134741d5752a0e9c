#!/usr/bin/env python3
"""Does the tidy check see what it should? Builds a small clean house in a temporary folder, plants one violation at a
time and expects exactly that rule to be named; then things that only look like violations, and expects silence."""
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import tidy  # noqa: E402

CLEAN = {
    "CMakeLists.txt": "shienkin_module(base)\nshienkin_module(text USES base DOOR icu-uc)\nshienkin_module(crypto USES base)\n"
                      "shienkin_module(value USES base text)\nshienkin_module(scheme USES value text base)\n",
    "src/README.md": "The inside of the modules.\n",
    "tests/README.md": "The tests.\n",
    "include/base/shienkin/base.h": "struct message { const char *code, *ja, *en; };\n",
    "include/value/shienkin/value.h": '#include "shienkin/base.h"\n',
    **{f"src/{m}/README.md": f"What {m} is for.\n" for m in ("base", "text", "crypto", "value", "scheme")},
    "src/base/a.c": "#include <stdlib.h>\nvoid *mem_alloc(size_t n) { return malloc(n); }\n",
    "src/text/a.c": '#include <unicode/ustring.h>\n#include "shienkin/base.h"\nint text_a;\n',
    "src/crypto/a.c": '#include "shienkin/base.h"\nint crypto_a;\n',
    "src/value/a.c": '#include "shienkin/value.h"\n#include "shienkin/base.h"\nint value_a;\n',
    "src/scheme/messages.c": '#include "shienkin/base.h"\nconst struct message all[] = {\n'
                             '  { "code", "日本語" "です。", "In {0} English." },\n};\n',
}

LONG_FUNCTION = "int long_story(int a) {\n" + "  a++;\n" * 95 + "  return a;\n}\n"

# rule, path, what is planted there
PLANTED = [
    ("floor", "src/value/b.c", '#include "shienkin/scheme.h"\n'),
    ("floor", "src/text/b.c", '#include "shienkin/crypto/digest.h"\n'),
    ("floor", "src/value/b.c", '#include "shienkin/crypto.h"\n'),  # lower, but not named under USES
    ("floor", "src/value/b.c", '#include "../base/inside.h"\n'),
    ("floor", "src/value/b.c", '#include "shienkin/nowhere.h"\n'),
    ("floor", "include/base/shienkin/base.h", '#include "shienkin/value.h"\n'),
    ("floor", "CMakeLists.txt", CLEAN["CMakeLists.txt"].replace("base DOOR", "base value DOOR")),
    ("door", "src/value/b.c", "#include <jansson.h>\n"),
    ("door", "src/value/b.c", "#include <openssl/evp.h>\n"),
    ("door", "src/scheme/b.c", '#include "unicode/uchar.h"\n'),
    ("door", "include/value/shienkin/value.h", "#include <libxml/tree.h>\n"),
    ("door", "src/value/b.c", "#include <glib/strangers.h>\n"),
    *[("banned-call", "src/value/b.c", f"void f(char *p) {{ {call}; }}\n") for call in (
        "strcpy(p, q)", "strcat(p, q)", "sprintf(p, q)", "gets (p)", "strtok(p, q)", "atoi(p)", "malloc(1)",
        "calloc(1, 1)", "realloc(p, 1)", "free(p)", "arena_defer(a, free, p)", "system(p)", "popen(p, q)", "time(0)",
        "clock_gettime(1, 0)", "rand()")],
    ("asserts", "src/value/b.c", "#define NDE" "BUG\n"),
    ("asserts", "CMakePresets.json", '{"CMAKE_C_FLAGS": "-DNDE' 'BUG"}\n'),
    ("float", "src/value/b.c", "double rate;\n"),
    ("float", "src/scheme/b.c", "static float share;\n"),
    *[("amount", "src/scheme/b.c", f"int cap = {n};\n") for n in ("100000", "300000", "50000", "500000L")],
    ("amount", "src/scheme/b.c", 'const char *text = "10万円まで";\n'),
    ("amount", "src/scheme/b.c", 'const char *text = "¥300,000";\n'),
    ("size", "src/value/b.c", LONG_FUNCTION),
    ("size", "src/value/b.c", "int x;\n" * 1201),
    ("message", "src/scheme/messages.c", 'const struct message m = { "code", "", "English." };\n'),
    ("message", "src/scheme/messages.c", 'const struct message m[] = { [X] = { "code", "日本語", "" } };\n'),
    ("message", "src/scheme/messages.c", 'const struct message m[] = { { .code = "c", .ja = "日本語" } };\n'),
    ("message", "src/scheme/messages.c", 'static const struct message m = { "c", "English only", "English" };\n'),
    ("message", "src/scheme/messages.c", 'const struct message m = { "c", "日本語", "日本語" };\n'),
    ("dead-file", "src/nowhere/b.c", "int x;\n"),
    ("dead-file", "src/value/b.h", "int x;\n"),
    ("dead-file", "tests/unit/value/helper.c", "int x;\n"),
    ("dead-file", "CMakeLists.txt", CLEAN["CMakeLists.txt"] + "shienkin_module(dmn USES base)\n"),
    ("readme", "src/value/inner/b.c", "int x;\n"),
    ("readme", "tests/scenario/walk.py", "pass\n"),
    ("unfinished", "src/value/b.c", "/* TO" "DO: later */\n"),
    ("unfinished", "rules/notes.txt", "XX" "X\n"),
    ("machine-path", "tests/README.md", "See /ro" "ot/notes.\n"),
    ("machine-path", "src/value/b.c", 'const char *p = "/ho' 'me/someone/x";\n'),
    ("machine-address", "README.md", "Open 192.16" "8.3.4 now.\n"),
    ("registry", "package-lock.json", '{"resol' 'ved": "x"}\n'),
    ("registry", "docker/Dockerfile.txt", "FROM registry" ".example/x\n"),
    ("workplace", "README.md", "As iss" "ue #7 says.\n"),
    ("document", "src/value/b.c", "/* See nowhere.m" "d. */\n"),
    ("document", "README.md", "Read [this](docs/absent.m" "d).\n"),
]

# What only looks like a violation: path and text that must pass.
INNOCENT = [
    ("src/value/b.c", "/* malloc(1) and strcpy(a, b) are not called here; double care */\nint x;\n"),
    ("src/value/b.c", 'const char *p = "free(p), time(0), double";\n'),
    ("src/value/b.c", "void f(struct s *x) { x->free(x); x->y.time(0); mem_free(x); free_all(x); }\n"),
    ("src/value/b.c", "int f(int time) { return time; }\n"),
    ("src/value/b.c", "int a = 1000000, b = 0x100000, c = 1500000, d = 50000000;\n/* ¥100,000 in words */\n"),
    ("src/value/b.c", "const int powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };\n"),
    ("src/scheme/b.c", "const struct message *const all[] = { [A] = first, [B] = second };\n"),
    ("src/value/b.c", "int f(void) {\n" + "  g();\n" * 80 + "}\n"),
    ("src/scheme/b.c", "void f(const struct message *m);\nstruct message copy(struct message m) { return m; }\n"),
    ("src/scheme/messages.c", 'const struct message m = { CODE_OF(X), "日本語", "It says \\"日本\\" here." };\n'),
    ("src/scheme/messages.c", 'static const struct message m[] = { { "c", "日本語", "English" }, { NULL, NULL, NULL } };\n'),
    ("tests/golden/CMakeLists.txt", "foreach(s a b)\n  shienkin_test(golden-${s} test_${s}.c)\nendforeach()\n"),
    ("tests/unit/value/test_a.c", "void f(char *p) { p = malloc(1); free(p); }\n"),
    ("src/value/table.c", "/* Generated by tools/table.sh. */\n" + "int x;\n" * 1300),
    ("README.md", "See [the tests](tests/README.md) and clause 10.3.2.7; open https://127.0.0.1:8443/.\n"),
]


def findings(changes):
    with tempfile.TemporaryDirectory() as folder:
        for path, text in {**CLEAN, **changes}.items():
            file = Path(folder) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return [(rule, path, what) for path, _, rule, what in tidy.inspect(folder).findings]


def main():
    wrong = []
    if clean := findings({}):
        wrong.append(f"the clean house has findings: {clean}")
    for rule, path, text in PLANTED:
        found = findings({path: text})
        if not any(r == rule and p in (path, str(Path(path).parent)) for r, p, _ in found):
            wrong.append(f"{rule} was not seen in {path}: {text[:70]!r}; found {found}")
    for path, text in INNOCENT:
        extra = {f"tests/{room}/README.md": "x\n" for room in ("unit", "unit/value", "golden")}
        if path.endswith("CMakeLists.txt"):
            extra["tests/golden/test_a.c"] = "int x;\n"
        if found := findings({path: text, **extra}):
            wrong.append(f"{path} is innocent: {text[:70]!r}; found {found}")
    rules = {rule for rule, _, _ in PLANTED}
    for line in wrong:
        print(line)
    print(f"{len(PLANTED)} violations of {len(rules)} rules planted, {len(INNOCENT)} innocents, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
