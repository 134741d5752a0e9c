#!/usr/bin/env python3
"""Is the house in order? Walks the tree and reports every place that breaks a house rule, with what to do instead.

    tests/tidy/tidy.py [FOLDER]     the project's folder by default

Prints findings as path:line: rule: what, then what is merely worth a look, then one line that counts. Exit code 1 when
there are findings. The rules stand in tables.py; selftest.py plants a violation of each and sees it found."""
import fnmatch
import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import ctext  # noqa: E402
import tables  # noqa: E402

SKIPPED_FOLDERS = {".git", "build", "node_modules", "__pycache__"}
TEXT_SUFFIXES = {".c", ".h", ".md", ".py", ".sh", ".txt", ".json", ".ndjson", ".dmn", ".sql", ".html", ".css", ".js",
                 ".mjs", ".yml", ".yaml", ".csv", ".cmake", ".xml", ".dict", ".svg", ""}
CODE_SUFFIXES = {".c", ".h", ".py", ".sh", ".js", ".mjs", ".sql"}
# Third-party text or recorded bytes: not ours to word.
UNWORDED = ["LICENSE", "tests/fuzz/corpus/*", "tests/golden/*/*"]


class House:
    """The tree as read once: paths relative to it, texts, and the findings so far."""

    def __init__(self, root):
        self.root = Path(root)
        self.files = sorted(self._walk())
        self.texts = {p: self._read(p) for p in self.files if Path(p).suffix in TEXT_SUFFIXES}
        self.cmake = {p: t for p, t in self.texts.items() if p.endswith("CMakeLists.txt") or p.endswith(".cmake")}
        self.modules = self._declared_modules()
        self.findings, self.worth_a_look = [], []

    def _walk(self):
        for folder, folders, names in os.walk(self.root):
            folders[:] = [f for f in folders if f not in SKIPPED_FOLDERS]
            for name in names:
                yield os.path.relpath(os.path.join(folder, name), self.root)

    def _read(self, path):
        return (self.root / path).read_text(encoding="utf-8", errors="replace")

    def _declared_modules(self):
        """name -> the modules it uses, from the calls of shienkin_module()."""
        out = {}
        text = re.sub(r"#[^\n]*", "", self.cmake.get("CMakeLists.txt", ""))
        for name, rest in re.findall(r"^shienkin_module\((\w+)([^)]*)\)", text, re.M):
            uses = re.search(r"\bUSES\b([\w\s]*)", rest)
            words = re.split(r"\b(?:DOOR|LIBS)\b", uses.group(1))[0].split() if uses else []
            out[name] = set(words)
        return out

    def c_files(self, *tops):
        return [p for p in self.texts if p.endswith((".c", ".h")) and p.split("/")[0] in tops]

    def find(self, rule, path, line, what):
        self.findings.append((path, line, rule, what))


def module_of(path):
    """src/<module>/…, include/<module>/… and tests/unit/<module>/… belong to a module."""
    parts = path.split("/")
    if parts[0] in ("src", "include") and len(parts) > 2:
        return parts[1]
    if parts[:2] == ["tests", "unit"] and len(parts) > 3:
        return parts[2]
    return None


def floor_of(module):
    return next((i for i, names in enumerate(tables.FLOORS) if module in names), None)


def includes(text):
    """(line, name, quoted) of each include."""
    for m in re.finditer(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]', ctext.without_comments(text), re.M):
        yield ctext.line_of(text, m.start()), m.group(2), m.group(1) == '"'


# ---- layers ------------------------------------------------------------------------------------------------------------

def check_floors(house):
    for module, uses in house.modules.items():
        if floor_of(module) is None:
            house.find("floor", "CMakeLists.txt", 1, f"{module} stands on no floor of tests/tidy/tables.py")
            continue
        for used in sorted(uses):
            if floor_of(used) is None or floor_of(used) >= floor_of(module):
                house.find("floor", "CMakeLists.txt", 1, f"{module} uses {used}, which is not on a lower floor")
    for path in house.c_files("src", "include", "tests"):
        module = module_of(path)
        for line, name, _ in includes(house.texts[path]):
            if ".." in name.split("/"):
                house.find("floor", path, line, f'"{name}" climbs out of its folder: name it from its module')
            if module and name.startswith("shienkin/"):
                _check_include(house, path, line, module, _module_of_header(house, name))


def _module_of_header(house, name):
    """The module in whose contract a header stands: shienkin/<module>.h, or another header beside it."""
    for path in house.files:
        if path.startswith("include/") and path.endswith("/" + name):
            return path.split("/")[1]
    return re.split(r"[/.]", name)[1]


def _check_include(house, path, line, module, other):
    if other == module:
        return
    here, there = floor_of(module), floor_of(other)
    if there is None:
        house.find("floor", path, line, f"{other} is no module of the house")
    elif here is not None and there >= here:
        house.find("floor", path, line, f"{module} may not see {other}: it does not stand on a lower floor")
    elif module in house.modules and other not in _reachable(house.modules, module):
        house.find("floor", path, line, f"{module} does not name {other} under USES in CMakeLists.txt")


def _reachable(modules, module):
    seen, todo = set(), list(modules.get(module, ()))
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo.extend(modules.get(name, ()))
    return seen


def check_doors(house):
    for path in house.c_files("src", "include"):
        module = module_of(path)
        for line, name, quoted in includes(house.texts[path]):
            door = next((d for pattern, d in tables.DOORS if re.fullmatch(pattern, name)), None)
            if door and path.startswith("include/"):
                house.find("door", path, line, f"{name} does not show in a public header: keep it inside src/{door}/")
            elif door and door != module:
                house.find("door", path, line, f"{name} comes in through {door} alone")
            elif not door and not quoted and not name.startswith("shienkin/") and not _is_system(name):
                house.find("door", path, line, f"<{name}> has no door in tests/tidy/tables.py")


def _is_system(name):
    return name.removesuffix(".h") in tables.SYSTEM_HEADERS or name.startswith(tables.SYSTEM_FOLDERS)


# ---- C -----------------------------------------------------------------------------------------------------------------

def check_banned_calls(house):
    for path in house.c_files("src", "include", "tests"):
        code, module, in_tests = ctext.code_only(house.texts[path]), module_of(path), path.startswith("tests/")
        for name, instead, doors, tests_may in tables.BANNED_CALLS:
            if (in_tests and tests_may) or (not in_tests and module in doors):
                continue
            # A call, or an allocator handed on; not a member of that name.
            pattern = r"(?<![\w.])(?<!->)%s\s*\(" % name
            if name in tables.ALLOCATORS:
                pattern += r"|(?<=[(,=\s&])%s\s*[,);]" % name
            for m in re.finditer(pattern, code):
                house.find("banned-call", path, ctext.line_of(code, m.start()), f"{name}(): use {instead}")


def check_asserts_stay(house):
    pattern = re.compile(r"(?:-D\s*|#\s*(?:define|ifdef|ifndef)\s+|defined\s*\(?\s*)" + "NDE" + "BUG")
    for path, text in house.texts.items():
        if path.endswith((".c", ".h", ".txt", ".cmake", ".json", ".sh")) or "." not in path:
            for m in pattern.finditer(text):
                house.find("asserts", path, ctext.line_of(text, m.start()), "asserts stay on in every build")


def check_floats(house):
    for path in house.c_files("src", "include"):
        if module_of(path) in tables.NO_FLOATS:
            code = ctext.code_only(house.texts[path])
            for m in re.finditer(r"\b(%s)\b" % "|".join(sorted(tables.FLOAT_WORDS)), code):
                house.find("float", path, ctext.line_of(code, m.start()),
                           f"{m.group()}: money and dates are whole numbers; decimals belong to dmn")


def check_amounts(house):
    words = "|".join(map(re.escape, tables.SCHEME_AMOUNTS))
    for path in house.c_files("src", "include"):
        # A table of powers of ten is arithmetic.
        text = re.sub(r"\b10000,\s*100000\b", lambda m: m.group()[:-6] + " " * 6, ctext.without_comments(house.texts[path]))
        for m in re.finditer(r"(?<![\w.,０-９])(%s)(?![\d.,]\d|\d|[.,]\d)[uUlL]*" % words, text):
            if (path, m.group(1)) not in tables.SCHEME_AMOUNT_EXCEPTIONS:
                house.find("amount", path, ctext.line_of(text, m.start()),
                           f"{m.group(1)} is a sum of the scheme: it stands in the model under rules/ alone")


def check_sizes(house):
    look_function, most_function = tables.LINES["function"]
    look_file, most_file = tables.LINES["file"]
    for path in house.c_files("src", "include", "tests"):
        text = house.texts[path]
        if tables.GENERATED_MARK in text[:600]:
            continue
        lines = text.count("\n")
        if lines > most_file:
            house.find("size", path, 1, f"{lines} lines, at most {most_file}: part it by what its stories are about")
        elif lines > look_file:
            house.worth_a_look.append(f"{path}: {lines} lines")
        for f in ctext.functions(text):
            if f.lines > most_function:
                house.find("size", path, f.line, f"{f.name}() has {f.lines} lines, at most {most_function}")
            elif f.lines > look_function:
                house.worth_a_look.append(f"{path}:{f.line}: {f.name}() has {f.lines} lines")


def check_messages(house):
    """Every text for people stands in both languages. (Codes may repeat, and each language may have arguments of its own.)"""
    for path in house.c_files("src"):
        for line, row in ctext.initialisers(house.texts[path], "message"):
            if all(e in (["NULL"], ["0"]) for e in row):
                continue  # the row that ends a table
            values = [_string(e) for e in row]
            if len(values) != 3 or any(v is None for v in values[1:]) or not all(row):
                house.find("message", path, line, "a message is { code, Japanese, English }, all three written out")
                continue
            code, ja, en = values
            if re.fullmatch(r"[{}0-9 ]+", ja) and re.fullmatch(r"[{}0-9 ]+", en):
                continue  # frames for texts that are finished elsewhere
            if not re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", ja):
                house.find("message", path, line, f"{code}: the Japanese text holds no Japanese")
            if not re.search(r"[A-Za-z]{2}", en) or re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", en.split('"')[0]):
                house.find("message", path, line, f"{code}: the English text holds no English")


def _string(element):
    """The text of an element that is one string; None for anything else (a macro for the code is fine)."""
    return element[0][1:-1] if len(element) == 1 and element[0].startswith('"') else None


# ---- the tree ----------------------------------------------------------------------------------------------------------

def check_dead_files(house):
    """A .c that nothing builds, a .h that nothing includes, a module without a room."""
    included = {os.path.basename(name) for p in house.c_files("src", "include", "tests")
                for _, name, _ in includes(house.texts[p])}
    built = [g.format(module=m).replace("/**/", "/*") for g in tables.BUILT for m in (house.modules or {"*": ()})]
    for path, text in house.cmake.items():  # what a room's own CMakeLists.txt gathers
        folder = os.path.dirname(path)
        if folder.count("/"):
            words = re.sub(r"\$\{\w+\}", "*", text.replace("${CMAKE_CURRENT_SOURCE_DIR}/", ""))
            built += [f"{folder}/{p}" for p in re.findall(r"[\w/*-]+\.c\b", words)]
    cmake_words = set(re.findall(r"[\w.-]+\.c\b", "\n".join(house.cmake.values())))
    for path in house.files:  # a test that compiles as a stranger would does so in its script
        if path.startswith("tests/") and path.endswith("/run.sh"):
            cmake_words |= set(re.findall(r"[\w.-]+\.c\b", house.texts[path]))
    for path in house.c_files("src", "include", "tests"):
        name = os.path.basename(path)
        if path.endswith(".h") and name not in included and path != f"include/{module_of(path)}/shienkin/{name}":
            house.find("dead-file", path, 1, "nothing includes it")
        if path.endswith(".c") and name not in included | cmake_words:
            if not any(fnmatch.fnmatch(path, g) for g in built):
                house.find("dead-file", path, 1, "nothing builds it")
    for module in house.modules:
        if not any(p.startswith(f"src/{module}/") and p.endswith(".c") for p in house.files):
            house.find("dead-file", "CMakeLists.txt", 1, f"{module} is declared and src/{module}/ holds no code")


def check_readmes(house):
    """Each room says what it is for. Folders that hold only data (kept inputs, recorded answers) need not."""
    folders = set()
    for path in house.files:
        if path.split("/")[0] in ("src", "tests") and Path(path).suffix in CODE_SUFFIXES:
            folders.update(str(f) for f in Path(path).parents if str(f) != ".")
    for folder in sorted(folders):
        if f"{folder}/README.md" not in house.files:
            house.find("readme", folder, 1, "the folder has no README.md that says what it is for")


def check_words(house):
    for path, text in house.texts.items():
        if any(fnmatch.fnmatch(path, pattern) for pattern in UNWORDED):
            continue
        for rule, pattern, instead in tables.WORDS:
            for m in re.finditer(pattern, text):
                house.find(rule, path, ctext.line_of(text, m.start()), f"{m.group()!r}: {instead}")


def check_documents(house):
    """Whoever reads a reference to a document finds it in the tree."""
    names = {os.path.basename(p) for p in house.files}
    for path, text in house.texts.items():
        if any(fnmatch.fnmatch(path, pattern) for pattern in UNWORDED):
            continue
        for m in re.finditer(r"(?<![\w*<>{}$/:-])((?:[\w.-]+/)*[\w-]+\.md)\b", text):
            if os.path.basename(m.group(1)) not in names | tables.DOCUMENT_EXCEPTIONS:
                house.find("document", path, ctext.line_of(text, m.start()), f"{m.group(1)} is not in the tree")


CHECKS = [check_floors, check_doors, check_banned_calls, check_asserts_stay, check_floats, check_amounts, check_sizes,
          check_messages, check_dead_files, check_readmes, check_words, check_documents]


def inspect(root):
    house = House(root)
    for check in CHECKS:
        check(house)
    return house


def main():
    house = inspect(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parents[2])
    for item in house.worth_a_look:
        print(f"worth a look: {item}")
    for path, line, rule, what in sorted(set(house.findings)):
        print(f"{path}:{line}: {rule}: {what}")
    print(f"{len(house.files)} files, {len(set(house.findings))} findings, {len(house.worth_a_look)} worth a look")
    return 1 if house.findings or not house.files else 0


if __name__ == "__main__":
    sys.exit(main())
