"""What a notebook shows: plain HTML, no script, at most 50 kB; everything that comes from data is escaped."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from ._core import Verdict, label

if TYPE_CHECKING:
    from ._core import Assessment, Network

MOST_FINDINGS = 10
MOST_ASKS = 5
_CELL = "text-align:left;vertical-align:top;padding:2px 8px"
_COLOURS = {
    "fail": "#9b1c1c",
    "suspect": "#9a5b00",
    "conflict": "#6b21a8",
    "error": "#444444",
    "unknown": "#1d4ed8",
}
# As rules/texts/report.yaml has them.
_LEADS = {"suspect": "To be confirmed: ", "conflict": "As some sources have it: "}
_PROOF = {
    "no-sources": "No source is named with its class: who says something was not weighed, and one statement of anybody was "
    "enough.",
    "no-table": "Nothing says how much each class of source counts: who says something was not weighed, and one statement "
    "of anybody was enough.",
    "by-draft": "How much each class of source counts is a proposal whose figures nobody has checked.",
}


def _cut(text: str, most: int = 300) -> str:
    return html.escape(text if len(text) <= most else text[: most - 1] + "\u2026")


def _row(cells: list[str], tag: str = "td") -> str:
    return "<tr>" + "".join(f'<{tag} style="{_CELL}">{cell}</{tag}>' for cell in cells) + "</tr>"


def _mark(verdict: Verdict) -> str:
    colour = _COLOURS.get(verdict.value, "#333333")
    return f'<span style="color:{colour};font-weight:600">{html.escape(label(verdict))}</span>'


def assessment_html(assessment: Assessment) -> str:
    run = assessment.run
    totals = assessment.totals
    network = assessment.network
    parts = [
        '<div class="eraudit" style="max-width:60em">',
        f"<p><strong>Assessment as of {run.as_of}</strong>: {len(assessment.rules)} rules, "
        f"{network.node_count:,} nodes, {network.edge_count:,} edges</p>",
    ]
    if assessment.empty:
        parts.append("<p><strong>Nothing was checked:</strong> no rule applied to anything in this network.</p>")
    if run.stopped:
        parts.append(
            f"<p><strong>Stopped before the end:</strong> {totals.not_reached:,} verdicts were not reached.</p>"
        )
    for limit in run.limits_hit[:5]:
        parts.append(f"<p>Limit reached: {_cut(str(limit))}</p>")
    if run.proof in _PROOF:
        parts.append(f"<p>{_PROOF[run.proof]}</p>")
    counts = [(verdict, totals.by_verdict[verdict]) for verdict in Verdict]
    parts.append("<table>" + _row([_mark(verdict) for verdict, count in counts if count], "th"))
    parts.append(_row([f"{count:,}" for _, count in counts if count]) + "</table>")

    findings = assessment.findings
    if len(findings):
        parts.append("<table>" + _row(["", "severity", "subject", "rule", "what was found"], "th"))
        for finding in findings[:MOST_FINDINGS]:
            parts.append(
                _row(
                    [
                        _mark(finding.verdict),
                        _cut(str(finding.severity)),
                        _cut(finding.subject, 120),
                        _cut(finding.rule, 120),
                        _cut(_LEADS.get(finding.verdict.value, "") + finding.message()),
                    ]
                )
            )
        parts.append("</table>")
        if len(findings) > MOST_FINDINGS:
            parts.append(f"<p>and {len(findings) - MOST_FINDINGS:,} more findings</p>")
    asks = assessment.asks
    if len(asks):
        parts.append("<p>What to ask next:</p><ul>")
        for ask in asks[:MOST_ASKS]:
            parts.append(
                f"<li>{_cut(ask.question() or ask.path)} <small>({_cut(ask.path, 120)}, waited for by "
                f"{ask.verdicts:,} verdicts)</small></li>"
            )
        parts.append("</ul>")
        if len(asks) > MOST_ASKS:
            parts.append(f"<p>and {len(asks) - MOST_ASKS:,} more questions</p>")
    parts.append(
        "<p><small>An indicator is a sign to examine. It does not establish an offence, and nothing here says that "
        "there is none.</small></p></div>"
    )
    return "".join(parts)


def network_html(network: Network) -> str:
    day = f", as of {network.as_of}" if network.as_of else ""
    rows = [_row([_cut(kind, 120), f"{count:,}"]) for kind, count in [*network.nodes.items(), *network.edges.items()]]
    return (
        f'<div class="eraudit"><p><strong>Network</strong>: {network.node_count:,} nodes, '
        f"{network.edge_count:,} edges{day}</p><table>{''.join(rows[:60])}</table></div>"
    )
