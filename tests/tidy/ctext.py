"""Reading C well enough for the house rules: comments and strings told apart from code, tokens, functions. Not a parser:
it relies on the house's own style, where braces balance and a function's body opens at the outermost level."""
import re
from dataclasses import dataclass

_PIECES = re.compile(r"""
    (?P<comment>/\*.*?\*/|//(?:[^\n\\]|\\.)*)
  | (?P<string>"(?:[^"\\\n]|\\.)*")
  | (?P<char>'(?:[^'\\\n]|\\.)*')
""", re.X | re.S)

_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|[A-Za-z_]\w*|\d[\w.]*|->|\S', re.S)


def _blank(text):
    """Spaces for everything but line ends, so that offsets and line numbers stay."""
    return re.sub(r"[^\n]", " ", text)


def without_comments(text):
    return _PIECES.sub(lambda m: _blank(m.group()) if m.group("comment") else m.group(), text)


def code_only(text):
    """Neither comments nor what stands inside strings; the quotes stay."""
    def put(m):
        if m.group("comment"):
            return _blank(m.group())
        return m.group()[0] + _blank(m.group()[1:-1]) + m.group()[-1]
    return _PIECES.sub(put, text)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


@dataclass
class Token:
    text: str
    line: int


def tokens(text):
    """Tokens of C without comments; strings that stand side by side are joined."""
    out = []
    clean = without_comments(text)
    line, at = 1, 0
    for m in _TOKEN.finditer(clean):
        line += clean.count("\n", at, m.start())
        at = m.start()
        piece = m.group()
        if piece[0] == '"' and out and out[-1].text[0] == '"':
            out[-1].text = out[-1].text[:-1] + piece[1:]
        else:
            out.append(Token(piece, line))
    return out


@dataclass
class Function:
    name: str
    line: int
    lines: int


def functions(text):
    """Bodies that open at the outermost level right behind a closing bracket."""
    code = re.sub(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", lambda m: _blank(m.group()), code_only(text), flags=re.M)
    out, depth, opened = [], 0, None
    for m in re.finditer(r"[{}]", code):
        if m.group() == "{":
            if depth == 0:
                opened = m.start()
            depth += 1
            continue
        depth -= 1
        if depth == 0 and opened is not None:
            head = code[:opened].rstrip()
            if head.endswith(")"):
                out.append(_function(code, head, opened, m.start()))
            opened = None
    return out


def _function(code, head, opened, closed):
    start = max(head.rfind(";"), head.rfind("}")) + 1
    name = re.search(r"([A-Za-z_]\w*)\s*\(", head[start:])
    first = start + len(head[start:]) - len(head[start:].lstrip())
    return Function(name.group(1) if name else "?", line_of(code, first),
                    line_of(code, closed) - line_of(code, first) + 1)


def initialisers(text, type_name):
    """The brace lists of every `struct <type_name> x[] = { { … }, … }` and `struct <type_name> x = { … }`, innermost
    first level of rows: (line, [element, …]) with an element the list of its tokens, designators taken off."""
    all_tokens = tokens(text)
    for i, t in enumerate(all_tokens):
        if t.text != "struct" or i + 1 >= len(all_tokens) or all_tokens[i + 1].text != type_name:
            continue
        at = i + 2
        while at < len(all_tokens) and all_tokens[at].text not in ("=", ";", "{", ")", "*"):
            at += 1  # a table of pointers holds no texts of its own
        if at + 1 < len(all_tokens) and all_tokens[at].text == "=" and all_tokens[at + 1].text == "{":
            yield from _rows(all_tokens, at + 1)


def _rows(all_tokens, at):
    """The rows of the brace list that opens at `at`: itself if it holds no further list, else its members."""
    elements, current, rows, depth, line = [], [], [], 0, all_tokens[at].line
    start = at
    while start < len(all_tokens):
        text = all_tokens[start].text
        if text == "{":
            depth += 1
            if depth == 2:
                rows.append(start)
        elif text == "}":
            depth -= 1
            if depth == 0:
                break
        start += 1
    if rows:
        for row in rows:
            yield from _rows(all_tokens, row)
        return
    depth = 0
    for token in all_tokens[at + 1:start]:
        depth += (token.text in "([") - (token.text in ")]")
        if token.text == "," and depth == 0:
            elements.append(current)
            current = []
        else:
            current.append(token.text)
    if current:
        elements.append(current)
    yield line, [_undesignated(e) for e in elements]


def _undesignated(element):
    return element[element.index("=") + 1:] if element and element[0] in (".", "[") and "=" in element else element
