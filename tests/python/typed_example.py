"""Checked by mypy --strict, never run: what the types of the package promise."""

import datetime
import threading

import numpy
import numpy.typing
import pandas

import eraudit

network: eraudit.Network = eraudit.read_network("network.yaml", limits={"nodes": 10})
rules: eraudit.Rules = eraudit.load_rules(["core", {"rule": "my.rule"}], only="my")
stop = threading.Event()


def tell(progress: eraudit.Progress) -> None:
    print(progress.done / progress.total)


assessment: eraudit.Assessment = eraudit.evaluate(
    network, rules, as_of=datetime.date(2026, 6, 30), rates={("MYR", "NPR", "2026-06-30"): "28.16"}, progress=tell, stop=stop
)
finding: eraudit.Finding = assessment.findings[0]
some: list[eraudit.Finding] = assessment.findings[1:3]
every: list[eraudit.Finding] = list(assessment.findings)
verdict: eraudit.Verdict = finding.verdict
text: str = verdict.value
high: eraudit.Severity = finding.severity.high
explanation: eraudit.Explanation = finding.explain("fr")
condition: eraudit.Condition | None = explanation.condition
enough: tuple[eraudit.Enough, ...] = explanation.enough
outcomes: list[eraudit.Verdict] = [verdict for each in enough for verdict in each.verdicts]
later: tuple[eraudit.Later, ...] = explanation.later
matrix: numpy.typing.NDArray[numpy.uint8] = assessment.verdict_matrix()
frame: pandas.DataFrame = assessment.findings.to_pandas(language="en")
day: datetime.date = assessment.run.as_of
asks: list[str] = [ask.question() for ask in assessment.asks]
counts: int = assessment.totals.by_verdict[eraudit.Verdict.fail]
made: eraudit.Network = eraudit.network(nodes={"Cohort": frame}, as_of="2026-06-30")
try:
    eraudit.load_rules(text="rule: x")
except eraudit.LoadError as error:
    diagnostics: list[eraudit.Diagnostic] = error.diagnostics
    line: int = diagnostics[0].line
