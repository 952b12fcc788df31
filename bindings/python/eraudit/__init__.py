"""eraudit: judges networks of suppliers, recruiters and the workers they recruit against rules of ethical recruitment.

    import eraudit

    network = eraudit.read_network("network.yaml")
    assessment = eraudit.evaluate(network, eraudit.load_rules("core"), as_of="2026-06-30")
    for finding in assessment.findings:
        print(finding.subject, finding.message())

Missing evidence is never a pass: it makes a verdict `unknown` and yields an ask. Mistakes in files are collected and
raised as one `LoadError` with `.diagnostics`. All objects are immutable and may be used from many threads; reading,
building and judging release the GIL.
"""

from __future__ import annotations

import datetime
import json
import os
import threading
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from . import _core
from ._core import (
    Ask,
    Asks,
    Assessment,
    Finding,
    Findings,
    Money,
    Network,
    Rates,
    Rule,
    Rules,
    RuleStatus,
    Schema,
    Severity,
    SeverityRange,
    Verdict,
    builtin_packs,
    label,
    report_formats,
    version,
)
from ._core import help as help  # not in __all__: `from eraudit import *` leaves Python's own
from ._arguments import Day, Path, check_free, check_judged, day_text, given_limits, named_arguments, path_text
from ._errors import (
    BadArgumentError,
    CannotWriteError,
    Diagnostic,
    DiagnosticLevel,
    DiagnosticWarning,
    Error,
    ErrorCode,
    InternalError,
    LimitExceededError,
    LoadError,
    NoSuchFileError,
)
from ._types import (
    AskPlan,
    Condition,
    ConflictSide,
    Detection,
    Enough,
    Explanation,
    Later,
    LimitHit,
    PlannedAsk,
    Progress,
    Range,
    Reading,
    RuleCounts,
    RunInformation,
)

__all__ = [
    "Ask",
    "AskPlan",
    "Asks",
    "Assessment",
    "BadArgumentError",
    "CannotWriteError",
    "Condition",
    "ConflictSide",
    "Detection",
    "Diagnostic",
    "DiagnosticLevel",
    "DiagnosticWarning",
    "Enough",
    "Error",
    "ErrorCode",
    "Explanation",
    "Finding",
    "Findings",
    "ImportResult",
    "InternalError",
    "Later",
    "LimitExceededError",
    "LimitHit",
    "LoadError",
    "Money",
    "Network",
    "NoSuchFileError",
    "PlannedAsk",
    "Progress",
    "Range",
    "Rates",
    "Reading",
    "Rule",
    "RuleCounts",
    "RuleStatus",
    "Rules",
    "RunInformation",
    "Schema",
    "Severity",
    "SeverityRange",
    "Verdict",
    "__version__",
    "builtin_packs",
    "default_limits",
    "evaluate",
    "import_tables",
    "label",
    "load_rules",
    "network",
    "read_network",
    "read_rates",
    "read_schema",
    "report_formats",
    "version",
    "write_network",
    "write_report_json",
]

__version__: str = version()

for _enumeration in (Verdict, Severity, RuleStatus):  # `str()` and formatting give the code
    setattr(_enumeration, "__str__", str.__str__)
    setattr(_enumeration, "__format__", str.__format__)

class _Event(Protocol):
    def is_set(self) -> bool: ...


def _warn(diagnostics: Sequence[Diagnostic]) -> None:
    found = [diagnostic for diagnostic in diagnostics if diagnostic.level is DiagnosticLevel.warning]
    if not found:
        return
    more = f"\nand {len(found) - 1} more warnings, see .diagnostics" if len(found) > 1 else ""
    warnings.warn(str(found[0]).rstrip() + more, DiagnosticWarning, stacklevel=4)


def default_limits() -> dict[str, int]:
    """The limits that hold unless `limits=` says otherwise, by name; docs/limits.md explains them."""
    return _core._limits()


@named_arguments
def read_schema(path: Path | None = None, *, text: str | None = None) -> Schema:
    """The recruitment schema extended by a schema file, or by its text; by itself without either.

    Raises LoadError, NoSuchFileError.
    """
    if path is None and text is None:
        return _core._recruitment_schema()
    if path is not None and text is not None:
        raise BadArgumentError("give a path or a text, not both")
    return _core._read_schema(None if path is None else path_text(path, "read_schema"), text or "")


@named_arguments
def read_network(
    path: Path | None = None,
    *,
    text: str | None = None,
    schema: Schema | None = None,
    limits: Mapping[str, int] | None = None,
) -> Network:
    """A network from `network.yaml`, `network.json` or a folder of CSV tables; or from YAML or JSON `text`.

    Raises LoadError with all mistakes, each with file, line and column; NoSuchFileError. What is merely worth a look is
    a DiagnosticWarning. O(bytes); without the GIL.
    """
    if (path is None) == (text is None):
        raise BadArgumentError("read_network takes either a path or text=")
    if text is not None:
        made = _core._read_network_text("<text>", text, schema, given_limits(limits))
    else:
        assert path is not None
        made = _core._read_network(path_text(path, "read_network"), schema, given_limits(limits))
    _warn(made.diagnostics)
    return made


@named_arguments
def network(
    nodes: Mapping[str, Any] | None = None,
    edges: Mapping[str, Any] | None = None,
    *,
    complete: Any = None,
    sources: Mapping[str, Mapping[str, Any]] | Iterable[Mapping[str, Any]] | None = None,
    as_of: Day | None = None,
    schema: Schema | None = None,
    limits: Mapping[str, int] | None = None,
) -> Network:
    """A network from tables in memory, by kind: `network(nodes={"Cohort": df}, edges={"charged": df})`.

    A table is anything with `__arrow_c_stream__` or `__arrow_c_array__` (pandas, polars, DuckDB, pyarrow ...), a list of
    dicts or a dict of columns. Tables of nodes have the column `id`, those of edges `from` and `to`; the others are
    attributes, `source` and, of edges, `id`. `complete` has `node`, `list` and optionally `source`: "that is all".

    A missing cell (null, None, NaN) is unknown, never a default. Texts are read as cells of CSV tables (`1500 MYR/month`,
    `900..1400 USD`, `2024-03`; `null` is absent, an empty one unknown). Numbers as money need a column
    `amount.currency`, and a wage `base_wage.per` too. Whole days may be timestamps at midnight without a zone.

    `sources` maps ids to `{"class": .., "date": .., "ref": ..}`. Raises LoadError; its diagnostics name table
    (`nodes['Cohort']`), row (`line`) and column, both from 1. BadArgumentError for a table that cannot be read at all.
    Arrow columns are read where they lie. O(cells); without the GIL, but for tables of Python values.
    """
    from . import _tables

    def tables(given: Mapping[str, Any] | None, what: str) -> list[tuple[str, str, Any]]:
        if given is None:
            return []
        if not isinstance(given, Mapping):
            raise TypeError(f"{what} takes a dict of tables by kind, not {type(given).__name__}")
        out = []
        for kind, table in given.items():
            name = f"{what}[{kind!r}]"
            out.append((kind, name, _tables.export(name, table)))
        return out

    made = _core._network(
        tables(nodes, "nodes"),
        tables(edges, "edges"),
        None if complete is None else _tables.export("complete", complete),
        None if sources is None else _sources(sources, schema),
        day_text(as_of, "as_of"),
        schema,
        given_limits(limits),
    )
    _warn(made.diagnostics)
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, (datetime.date, Decimal)):
        return str(value)
    raise TypeError(f"a {type(value).__name__} cannot be written into a file: {value!r}")


def _sources(sources: Any, schema: Schema | None) -> Network:
    """They are read as the part of a network file that they are, and checked as it is."""
    if not isinstance(sources, Mapping):
        by_id: dict[str, Any] = {}
        for record in sources:
            if not isinstance(record, Mapping) or "id" not in record:
                raise BadArgumentError("sources takes a dict by id, or dicts that have an 'id'")
            if record["id"] in by_id:
                raise BadArgumentError(f"the source {record['id']!r} is described twice")
            by_id[record["id"]] = {key: value for key, value in record.items() if key != "id" and value is not None}
        sources = by_id
    document = {"eraudit": "network/1", "sources": {key: dict(value) for key, value in sources.items()}}
    text = json.dumps(document, ensure_ascii=False, indent=1, default=_plain)
    return _core._read_network_text("sources", text, schema, {})


@named_arguments
def load_rules(
    what: Path | Mapping[str, Any] | Sequence[Path | Mapping[str, Any]] | None = None,
    *,
    text: str | Sequence[str] | None = None,
    only: str | Sequence[str] | None = None,
    schema: Schema | None = None,
    limits: Mapping[str, int] | None = None,
) -> Rules:
    """Rules, loaded and checked.

    Each of `what` is the name of a built-in pack (`builtin_packs()`), a pack folder, a folder of rule files, a rule
    file, or a dict that holds a rule as a file would; `text` holds rules as YAML, one each. With neither: the pack
    `core`. `only` selects by id or beginning of an id.

    Raises LoadError with all mistakes of all files (`<rule 1>`, `<text 1>` for those without a file);
    NoSuchFileError; BadArgumentError for an `only` that selects nothing. Without the GIL.
    """
    if what is None:
        given: list[Any] = []
    elif isinstance(what, (str, os.PathLike, Mapping)):
        given = [what]
    else:
        given = list(what)
    texts = [] if text is None else [text] if isinstance(text, str) else list(text)
    if only is not None:
        only = [only] if isinstance(only, str) else list(only)
    if not given and not texts and (what is not None or text is not None):
        raise BadArgumentError("load_rules was given an empty list of rules")
    paths: list[str] = []
    files: list[tuple[str, str]] = []
    for number, item in enumerate(given, 1):
        if isinstance(item, Mapping):
            files.append((f"<rule {number}>", json.dumps(item, ensure_ascii=False, indent=1, default=_plain)))
        else:
            paths.append(path_text(item, "load_rules"))
    for number, item in enumerate(texts, 1):
        if not isinstance(item, str):
            raise TypeError(f"text takes YAML as str, not {type(item).__name__}")
        files.append(("<text>" if len(texts) == 1 else f"<text {number}>", item))
    made = _core._load_rules(paths, files, schema, only, given_limits(limits))
    _warn(made.diagnostics)
    return made


@named_arguments
def read_rates(rates: Path | Mapping[Any, Any] | Rates) -> Rates:
    """Exchange rates from a file (YAML, CSV, or the ECB's CSV) or a dict.

    A dict is either what such a YAML file holds (`{"max_age_days": 31, "rates": [..]}`) or
    `{("MYR", "NPR", "2026-06-30"): "28.16"}`: one MYR is 28.16 NPR. Give rates as text or Decimal to have them exact;
    of a float the shortest decimal counts. Raises LoadError, NoSuchFileError.
    """
    if isinstance(rates, Rates):
        return rates
    if not isinstance(rates, Mapping):
        return _core._read_rates(path_text(rates, "rates"))
    document: dict[str, Any] = {"eraudit": "rates/1"}
    if any(isinstance(key, tuple) for key in rates):
        rows = []
        for key, rate in rates.items():
            if not isinstance(key, tuple) or len(key) != 3:
                raise BadArgumentError(f"rates: {key!r} is no (from, to, day)")
            rows.append({"from": key[0], "to": key[1], "on": day_text(key[2], "the day of a rate"), "rate": rate})
        document["rates"] = rows
    else:
        document.update(rates)
    for row in document.get("rates", []):
        if isinstance(row, dict) and isinstance(row.get("rate"), float):
            row["rate"] = format(Decimal(repr(row["rate"])), "f")
    text = json.dumps(document, ensure_ascii=False, indent=1, default=_plain)
    return _core._read_rates_text("rates", text)


@named_arguments
def evaluate(
    network: Network,
    rules: Rules,
    *,
    as_of: Day | None = None,
    rates: Path | Mapping[Any, Any] | Rates | None = None,
    proof: Path | Mapping[str, Any] | None = None,
    threads: int = 1,
    progress: Callable[[Progress], object] | None = None,
    stop: threading.Event | _Event | None = None,
    limits: Mapping[str, int] | None = None,
) -> Assessment:
    """Judges a network: one verdict per rule and node of its subject's kinds.

    `as_of`: the day the assessment speaks for; needed unless the network says one (the engine never reads the clock).
    `proof`: how much each class of source counts, a file (docs/reference/proof.md) or what it holds; without it the table
    that ships. `threads` 0: as many as the machine has; the result is the same for any number. `progress` is called on this thread,
    at most every 50 ms and at the end; what it raises stops the run. `stop`: once `is_set()`, what was not judged
    stays unknown and `assessment.run.stopped` says so. Ctrl-C stops the run and raises KeyboardInterrupt.

    Raises BadArgumentError without a day, or if the rules were loaded for another schema. O(rules * subjects) plus the
    edges that rules navigate; without the GIL.
    """
    check_judged(network, rules)
    if as_of is None and network.as_of is None:
        raise BadArgumentError("the network names no day: give the one that the assessment speaks for, as_of='2026-06-30'")
    if isinstance(threads, bool) or not isinstance(threads, int):
        raise TypeError(f"threads takes a whole number, not {type(threads).__name__}")
    if not 0 <= threads <= 4096:
        raise BadArgumentError(f"threads takes 0 to 4096, not {threads}")
    if progress is not None and not callable(progress):
        raise TypeError(f"progress takes a callable, not {type(progress).__name__}")
    if stop is not None and not hasattr(stop, "is_set"):
        raise TypeError(f"stop takes a threading.Event, not {type(stop).__name__}")
    proof_path, proof_text = None, None
    if isinstance(proof, Mapping):
        proof_text = json.dumps({"eraudit": "proof/1", **proof}, ensure_ascii=False, indent=1, default=_plain)
    elif proof is not None:
        proof_path = path_text(proof, "proof")
    return _core._evaluate(
        network,
        rules,
        day_text(as_of, "as_of"),
        None if rates is None else read_rates(rates),
        proof_path,
        proof_text,
        threads,
        progress,
        stop,
        given_limits(limits),
    )


@named_arguments
def write_report_json(assessment: Assessment, *, explained: int = 10_000) -> str:
    """The canonical `report.json`, byte by byte what the command writes; also `assessment.report_json()`."""
    return assessment.report_json(explained)


@named_arguments
def write_network(network: Network, path: Path, *, overwrite: bool = False) -> None:
    """A network as a folder of CSV tables, or as one file if `path` ends in `.yaml` or `.json`.

    Raises CannotWriteError if it exists and `overwrite` is not set.
    """
    target = path_text(path, "write_network")
    ending = os.path.splitext(target)[1].lower()
    if ending in (".yaml", ".yml", ".json"):
        check_free(target, overwrite)
        text = network.to_json() if ending == ".json" else network.to_yaml()
        _core._write_file(target, text, overwrite)
    else:
        network._write_folder(target, overwrite)


class ImportResult(NamedTuple):
    """A network made of tables, and what became of every row, cell and spelling."""

    network: Network
    report: dict[str, Any]


@named_arguments
def import_tables(
    mapping: Path,
    tables: Path | Sequence[Path],
    *,
    as_of: Day | None = None,
    pseudonym_key: str = "",
    schema: Schema | None = None,
    limits: Mapping[str, int] | None = None,
) -> ImportResult:
    """Reads CSV and XLSX tables through a mapping file (docs/how-to/import.md). Look at the report.

    Raises LoadError, NoSuchFileError, LimitExceededError. One pass per file; without the GIL.
    """
    files = [tables] if isinstance(tables, (str, os.PathLike)) else list(tables)
    made, report = _core._import_tables(
        path_text(mapping, "mapping"),
        [path_text(file, "tables") for file in files],
        day_text(as_of, "as_of"),
        pseudonym_key,
        schema,
        given_limits(limits),
    )
    _warn(made.diagnostics)
    return ImportResult(made, json.loads(report))
