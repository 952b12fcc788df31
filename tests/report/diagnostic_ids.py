"""The ids of diagnostics that the code can emit, collected from its sources.

What counts is written in the code itself, as one of two forms:

1. A whole id in a string literal, `diagnostics.error(source, span, "yaml-tab", ...)`, wherever it stands: an argument, a
   member of a table, a default. In files that speak of what is wrong (SPEAKS) every literal of lower-case words joined
   by '-' is looked at; one that begins with the name of a family (FAMILIES) is an id. Every other one has to be a key
   of the engine's own texts or stand in OTHER_WORDS: an id of a new family is not overlooked, it stops the test.
2. A local name that a reader of rule files joins to its own family: `reader_.error(node, "bad-days", ...)` in a file of
   READERS is `rule-bad-days`. There the id is an argument at a known place (ID_ARGUMENT), and has to be a literal. What
   the readers share (detail/file_reader.cpp) counts for a family if one of its files calls the function concerned,
   directly or through another shared one.

Ids are put together nowhere else: a literal that ends in '-' and begins with a family stops the test.
"""

import collections
import functools
import pathlib
import re

FAMILIES = (
    "yaml", "json", "csv", "rates", "schema", "network", "cel", "rule", "table", "pack", "case", "vocabulary", "mapping",
    "import", "validate", "report", "pattern", "exposure", "proof", "xlsx", "lint", "layout",
)  # fmt: skip
# A file without any of these makes no diagnostics, so that its words with '-' are something else: classes of HTML.
SPEAKS = re.compile(r"iagnostic|[Pp]roblem|\b(?:\w+_)?(?:error|fail|refuse|stop|warn|warning|wrong)(?:_\w+)?\(")

# Lower-case words with '-' that are no ids: what they are for.
OTHER_WORDS = {
    "not-asked": "a code of report.json",
    "no-sources": "a code of report.json",
    "no-table": "a code of report.json",
    "by-draft": "a code of report.json",
    "by-table": "a code of report.json",
    "allow-undecided": "an option of the command",
    "as-of": "an option of the command",
    "fail-on": "an option of the command",
    "single-quoted": "a word of libfyaml's messages",
    "us-ascii": "an encoding",
    "pseudonym-key-file": "a word of mapping files",
    "bikram-sambat": "a word of mapping files",
}

RULES = "libaudit/eraudit/rules/"
SHARED = RULES + "detail/file_reader.cpp"
# Files that speak through a FileReader, by the family that its constructor is given.
READERS = {
    "case": ["cases.cpp"],
    "pack": ["load.cpp"],
    "proof": ["proof_table.cpp"],
    "rule": ["read_rule.cpp", "read_logic.cpp", "read_lets.cpp", "read_match.cpp", "detail/template.cpp"],
    "table": ["read_table.cpp"],
    "vocabulary": ["vocabulary.cpp"],
}
# Where the local name stands among the arguments, from 0.
ID_ARGUMENT = {"error": 1, "warn": 1, "error_inside": 3, "one_of": 2}

WORDS = re.compile(r"[a-z]+(-[a-z][a-z0-9]*)+")
LOCAL_NAME = re.compile(r"[a-z]+(-[a-z0-9]+)*")
LITERAL = re.compile(
    r"""//[^\n]* | /\*.*?\*/                                  # comments
      | R"(?P<mark>[^(\s]*)\((?P<raw>.*?)\)(?P=mark)"         # raw text
      | "(?P<text>(?:[^"\\\n]|\\.)*)"
      | (?<![0-9A-Za-z])'(?:[^'\\\n]|\\.[^'\n]*)'             # a character, and not the ' of 10'000
    """,
    re.VERBOSE | re.DOTALL,
)


class Unreadable(Exception):
    """The code names an id in a way that this script cannot follow."""


def sources(root):
    """Path below `root` -> text, of everything that can emit a diagnostic."""
    found = {}
    for folder in ("libaudit/eraudit", "examples/cli"):
        for path in sorted((root / folder).rglob("*.[ch]pp")):
            found[path.relative_to(root).as_posix()] = path.read_text(encoding="utf-8")
    return found


@functools.lru_cache(maxsize=None)
def without_comments(text):
    """The same text with blanks for comments; places stay as they are."""

    def blank(match):
        if match.group().startswith(("//", "/*")):
            return re.sub(r"[^\n]", " ", match.group())
        return match.group()

    return LITERAL.sub(blank, text)


@functools.lru_cache(maxsize=None)
def literals(code):
    """(line, content) of every string literal; `code` has no comments."""
    found = []
    for match in LITERAL.finditer(code):
        content = match.group("text") if match.group("text") is not None else match.group("raw")
        if content is not None:
            found.append((code.count("\n", 0, match.start()) + 1, content))
    return found


def arguments(code, at):
    """The arguments of the call whose '(' is just before `at`."""
    parts, begin, depth = [], at, 0
    while True:
        match = LITERAL.match(code, at)
        if match:
            at = match.end()
            continue
        sign = code[at]
        if sign in "([{":
            depth += 1
        elif sign in ")]}":
            if depth == 0:
                parts.append(code[begin:at].strip())
                return parts
            depth -= 1
        elif sign == "," and depth == 0:
            parts.append(code[begin:at].strip())
            begin = at + 1
        at += 1


def calls(code, names, before):
    """(line, name, arguments) of every call of one of `names` that stands behind `before`."""
    for match in re.finditer(rf"{before}({'|'.join(names)})\(", code):
        yield code.count("\n", 0, match.start()) + 1, match.group(1), arguments(code, match.end())


def local_name(place, argument):
    if not re.fullmatch(r'"[^"]*"', argument) or not LOCAL_NAME.fullmatch(argument[1:-1]):
        raise Unreadable(f"{place}: the id has to be a literal here, not {argument}")
    return argument[1:-1]


def shared_names(code):
    """Function of the shared reader -> local names it may say, those of functions that it calls included."""
    bodies = collections.defaultdict(str)  # of all overloads
    definition = re.compile(r"^\S[^\n]* FileReader::(\w+)\([^{;]*\{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
    for name, body in definition.findall(code):
        bodies[name] += body
    if not {"is_map", "word", "date", "local_text"} <= set(bodies):
        raise Unreadable(f"{SHARED}: its functions are not found")
    reporting = {"error", "warn", "error_inside"}
    said, uses = {}, {}
    for name, body in bodies.items():
        if name in reporting:
            continue
        said[name] = set()
        for line, call, args in calls(body, ID_ARGUMENT.keys() - {"one_of"}, r"(?<![\w.])"):
            argument = args[ID_ARGUMENT[call]]
            if name == "one_of" and argument == "name":  # its caller says it
                continue
            said[name].add(local_name(f"{SHARED}, {name}, line {line}", argument))
        uses[name] = {other for other in bodies if re.search(rf"(?<![\w.]){other}\(", body)} - reporting
    changed = True
    while changed:
        changed = False
        for name, others in uses.items():
            more = set().union(*(said[other] for other in others)) - said[name]
            changed = changed or bool(more)
            said[name] |= more
    return said


def ids_of_readers(texts):
    """id -> places, of the second form."""
    found = collections.defaultdict(list)
    shared = shared_names(texts[SHARED])
    listed = {RULES + name: family for family, names in READERS.items() for name in names}
    constructed = set()
    for path, code in texts.items():
        if not path.startswith(RULES) or path == SHARED:
            continue
        speaks = re.search(r"\breader_?\.", code)
        if speaks and path not in listed:
            raise Unreadable(f"{path}: speaks through a reader, and READERS does not say of which family")
        if not speaks:
            continue
        family = listed[path]
        for given in re.findall(r'\breader_?\((?:\*?\w+), "(\w+)"', code):
            constructed.add(given)
            if given != family:
                raise Unreadable(f"{path}: its reader is of the family '{given}', READERS says '{family}'")
        for line, name, args in calls(code, ID_ARGUMENT, r"\breader_?\s*\.\s*"):
            argument = args[ID_ARGUMENT[name]]
            found[f"{family}-{local_name(f'{path}:{line}', argument)}"].append(f"{path}:{line}")
        for line, name, _ in calls(code, shared, r"\breader_?\s*\.\s*"):
            for local in shared[name]:
                found[f"{family}-{local}"].append(f"{path}:{line}")
    if constructed != set(READERS):
        raise Unreadable(f"readers are made for {sorted(constructed)}, READERS lists {sorted(READERS)}")
    return found


def collect(texts, text_keys):
    """id -> places where it is emitted. `texts`: path -> source; `text_keys`: keys of the engine's own texts.

    Raises `Unreadable` for what it cannot follow.
    """
    texts = {path: without_comments(text) for path, text in texts.items()}
    found = ids_of_readers(texts)
    local = {re.sub(r"^[a-z]+-", "", name) for name in found}
    family = re.compile(rf"({'|'.join(FAMILIES)})-")
    for path, code in texts.items():
        if not SPEAKS.search(code):
            continue
        for line, word in literals(code):
            place = f"{path}:{line}"
            if family.fullmatch(word):
                raise Unreadable(f'{place}: "{word}" looks like the begin of an id that is put together')
            if not WORDS.fullmatch(word):
                continue
            of_rules = path.startswith(RULES)
            if word in text_keys and path.startswith(("libaudit/eraudit/report/", "examples/cli/")):
                continue
            if of_rules and word in local:
                continue
            if family.match(word):
                found[word].append(place)
            elif word not in OTHER_WORDS:
                raise Unreadable(
                    f'{place}: "{word}" is no id of a known family, no key of rules/texts/report.yaml and no other word'
                )
    return dict(found)


TEXT = re.compile(r"^  (?P<id>[a-z0-9-]+): >-\n(?P<text>(?:    \S.*\n)+)", re.MULTILINE)


def catalogue(text):
    """[(title of the group, [(id, text)])] of rules/texts/diagnostics.yaml, whose layout is checked."""
    head, _, body = text.partition("\ndiagnostics:\n")
    if not head.startswith("#") or "\neraudit: texts/1" not in head:
        raise Unreadable("the head of the catalogue is not as expected")
    groups = []
    for part in re.split(r"^  # ", body, flags=re.MULTILINE)[1:]:
        title, _, entries = part.partition("\n")
        rest = TEXT.sub("", entries)
        if rest.strip():
            raise Unreadable(f"the catalogue has lines of another layout:\n{rest.strip()}")
        texts = [(m["id"], " ".join(m["text"].split())) for m in TEXT.finditer(entries)]
        groups.append((title, texts))
    if not groups or body.split("\n")[0][:4] != "  # ":
        raise Unreadable("the catalogue begins with the comment line of its first group")
    return groups


def text_keys(text):
    """Keys of rules/texts/report.yaml."""
    return set(re.findall(r"^  ([a-z0-9_-]+):", text.partition("\ntexts:\n")[2], re.MULTILINE))


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    keys = text_keys((root / "rules/texts/report.yaml").read_text(encoding="utf-8"))
    for name, places in sorted(collect(sources(root), keys).items()):
        print(f"{name}  {places[0]}" + (f" and {len(places) - 1} more" if len(places) > 1 else ""))


if __name__ == "__main__":
    main()
