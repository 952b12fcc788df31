"""Money beside Python's decimal: 100,000 random computations, each exact to the smallest unit."""

import decimal
import random
from decimal import Decimal

import eraudit

ROWS = 10_000
EXPONENTS = {"NPR": 2, "MYR": 2, "JPY": 0, "KRW": 0, "KWD": 3, "BHD": 3}
LARGEST = 9_000_000_000_000_000  # in smallest units; docs/reference/network.md

SCHEMA = """
eraudit: schema/1
name: sums
extends: recruitment
kinds:
  Sum:
    label: {en: A sum to do}
    attributes:
      a: {type: money, label: a, ask: {en: a?}}
      b: {type: money, label: b, ask: {en: b?}}
      c: {type: money, label: c, ask: {en: c?}}
      n: {type: int, label: n, ask: {en: n?}}
      m: {type: int, label: m, ask: {en: m?}}
      x: {type: double, label: x, ask: {en: x?}}
"""

# What a rule writes, and the same in decimal. `unit` rounds to the smallest unit, as each step of the rule does.
# Each step is passed on: an amount beyond the largest is an error even if the next step makes it small again.
OPERATIONS = {
    "s.a + s.b": lambda s, unit: unit(s["a"] + s["b"]),
    "s.a - s.b": lambda s, unit: unit(s["a"] - s["b"]),
    "-s.a": lambda s, unit: unit(-s["a"]),
    "s.a * s.n": lambda s, unit: unit(s["a"] * s["n"]),
    "s.a * s.x": lambda s, unit: unit(s["a"] * Decimal(s["x"])),
    "s.a / s.m": lambda s, unit: unit(s["a"] / s["m"]),
    "(s.a - s.b) * s.n / s.m": lambda s, unit: unit(unit(unit(s["a"] - s["b"]) * s["n"]) / s["m"]),
    "[s.a, s.b, s.c].sum()": lambda s, unit: unit(s["a"] + s["b"] + s["c"]),
    "s.a / s.m * s.x + s.c": lambda s, unit: unit(unit(unit(s["a"] / s["m"]) * Decimal(s["x"])) + s["c"]),
    "[s.a, s.b, s.c].max() - [s.a, s.b, s.c].min()": lambda s, unit: unit(max(s["a"], s["b"], s["c"]) - min(s["a"], s["b"], s["c"])),
}


def smallest(exponent):
    return Decimal(1).scaleb(-exponent)


def random_amount(rng, exponent):
    most = 10 ** rng.choice([1, 2, 3, 5, 7, 9, 12, 15])
    return Decimal(rng.randrange(-most, most + 1)).scaleb(-exponent)


def random_factor(rng):
    kind = rng.randrange(4)
    if kind == 0:
        return rng.randrange(-1000, 1000) / 1000
    if kind == 1:
        return rng.choice([0.5, 0.25, -0.5, 1.5, 0.125, 2.5])  # halves: which way they are rounded shows
    if kind == 2:
        return rng.uniform(-10, 10)
    return rng.uniform(-1, 1) * 2.0 ** rng.randrange(-30, 12)


def random_rows():
    rng = random.Random(20260630)
    for number in range(ROWS):
        currency = rng.choice(list(EXPONENTS))
        exponent = EXPONENTS[currency]
        divisor = rng.choice([2, 3, 4, 7, 8, 12, 26, 208, rng.randrange(1, 10**6)]) * rng.choice([1, -1])
        yield currency, {
            "id": f"s{number}",
            "n": rng.choice([0, 1, 2, 12, 48, rng.randrange(-5000, 5000)]),
            "m": divisor,
            "x": random_factor(rng),
            **{name: random_amount(rng, exponent) for name in "abc"},
        }


def test_sums_are_those_of_decimal():
    context = decimal.Context(prec=4000, rounding=decimal.ROUND_HALF_EVEN, Emax=10_000, Emin=-10_000)
    context.clear_traps()
    rows = list(random_rows())
    schema = eraudit.read_schema(text=SCHEMA)
    network = eraudit.network(
        {"Sum": [{**row, **{name: f"{row[name]:f} {currency}" for name in "abc"}} for currency, row in rows]},
        schema=schema,
        as_of="2026-06-30",
    )
    rules = eraudit.load_rules(
        [
            {"rule": f"sum.op-{i}", "subject": "(s:Sum)", "let": {"r": text}, "fail_if": "(r < 0 ? 1 : 2) > 0", "message": "{r}"}
            for i, text in enumerate(OPERATIONS)
        ],
        schema=schema,
    )
    limits = {"findings": len(OPERATIONS) * ROWS}
    found = {(f.rule, f.subject): f for f in eraudit.evaluate(network, rules, limits=limits).findings}
    assert len(found) == 100_000 == len(OPERATIONS) * ROWS

    rounded = beyond = 0
    for i, operation in enumerate(OPERATIONS.values()):
        for currency, row in rows:
            unit = smallest(EXPONENTS[currency])
            finding = found[f"sum.op-{i}", row["id"]]
            steps = []

            def to_unit(value, unit=unit, steps=steps):
                whole = context.quantize(value, unit)
                steps.append((value, whole))
                return whole

            with decimal.localcontext(context):
                expected = operation(row, to_unit)
            if any(abs(whole) > LARGEST * unit for _, whole in steps):
                beyond += 1
                assert finding.verdict == "error", (i, row, text)
                continue
            rounded += any(value != whole for value, whole in steps)
            text = finding.message()
            amount, code = text.split(" ")
            assert (finding.verdict, code) == ("fail", currency)
            assert Decimal(amount) == expected, (list(OPERATIONS)[i], row, text)
    assert rounded > 10_000
    assert beyond > 100


def test_conversions_are_those_of_decimal():
    rng = random.Random(36)
    codes = list(EXPONENTS)
    rates = {}
    for i, one in enumerate(codes):
        for other in codes[i + 1 :]:
            rates[one, other] = Decimal(rng.randrange(1, 10**9)).scaleb(-6)
    context = decimal.Context(prec=200, rounding=decimal.ROUND_HALF_EVEN)
    rows = []
    for number in range(3_000):
        one, other = rng.choice(list(rates))
        paid = random_amount(rng, EXPONENTS[one])
        unit = smallest(EXPONENTS[other])
        with decimal.localcontext(context):
            same = (paid * rates[one, other]).quantize(unit)
        if abs(same) > LARGEST * unit / 2 or abs(same) <= unit:
            continue  # zero is compared as it is, in any currency
        for name, amount in (("same", same), ("less", same - unit), ("more", same + unit)):
            rows.append({"id": f"{name}{number}", "a": f"{paid:f} {one}", "b": f"{amount:f} {other}"})
    assert len(rows) > 5_000
    schema = eraudit.read_schema(text=SCHEMA)
    rules = eraudit.load_rules(
        [
            {"rule": f"sum.{name}", "subject": "(s:Sum)", "fail_if": f"s.a {operator} s.b", "message": "so"}
            for name, operator in (("same", "=="), ("less", ">"), ("more", "<"))
        ],
        schema=schema,
    )
    assessment = eraudit.evaluate(
        eraudit.network({"Sum": rows}, schema=schema, as_of="2026-06-30"),
        rules,
        rates={(one, other, "2026-06-30"): str(rate) for (one, other), rate in rates.items()},
    )
    for row in rows:
        for name in ("same", "less", "more"):
            expected = "fail" if row["id"].startswith(name) else "pass"
            assert assessment.verdict(f"sum.{name}", row["id"]) == expected, (name, row)
