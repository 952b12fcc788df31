"""Writes a network of the kind the sample shows, of any size: network.py FINDINGS > network.yaml

Invented names only; the same number gives the same bytes. Every cohort is one of a few patterns, so that rules find
something, find nothing, or do not know.
"""
import random
import sys

ORIGINS = [("NP", "NPR", 1000), ("BD", "BDT", 900), ("ID", "IDR", 120000), ("MM", "MMK", 21000)]
PLACES = ["Kathmandu", "Pokhara", "Dhaka", "Sylhet", "Medan", "Yangon"]


def network(findings):
    """About 1.7 findings a cohort."""
    chance = random.Random(7)
    cohorts = max(4, round(findings / 1.7))
    recruiters = max(3, cohorts // 12)
    facilities = max(2, cohorts // 40)
    yield "eraudit: network/1\nas_of: 2026-06-30\nsources:"
    yield "  voices: {class: worker_interview, date: 2026-05-14, ref: interviews-may, place: off_site, chosen_by: auditor, sample: 12, of: 48}"
    yield "  payroll: {class: payroll, date: 2026-05-31, ref: payroll.csv}"
    yield "  contracts: {class: contract, date: 2026-05-12, ref: contract-folder}"
    yield "  list: {class: list, date: 2026-01-15, ref: supplier-list.xlsx}"
    yield "nodes:\n  Company:\n    buyer: {name: Buyer, country: GB, focal: true, source: list}"
    yield "  Facility:"
    for i in range(facilities):
        yield f"    plant-{i}: {{name: Plant {i}, country: MY, headcount: {chance.randrange(200, 4000)}, source: list}}"
    yield "  Recruiter:"
    for i in range(recruiters):
        yield f"    agency-{i}: {{name: Agency {i} {PLACES[i % 6]}, country: {ORIGINS[i % 4][0]}, role: agency, source: list}}"
    yield "  Cohort:"
    for i in range(cohorts):
        wage = chance.choice([1200, 1500, 1700, 1850])
        year = 2022 + i % 4
        yield (
            f"    cohort-{i}: {{workers: {chance.randrange(8, 160)}, origin: {ORIGINS[i % 4][0]}, destination: MY, "
            f"recruited: {year}-02-01/{year}-04-30, occupation: machine operator, base_wage: {wage} MYR/month, "
            f"weekly_hours: {chance.choice([48, 60])}, left: null, source: payroll}}"
        )
    yield "  Contract:"
    for i in range(0, cohorts, 2):
        promised = chance.choice([1500, 1700, 1850])
        yield f"    signed-{i}-a: {{stage: origin, written: true, base_wage: {promised} MYR/month, weekly_hours: 48, occupation: machine operator, source: contracts}}"
        yield f"    signed-{i}-b: {{stage: destination, written: true, base_wage: {promised - chance.choice([0, 300])} MYR/month, weekly_hours: 60, occupation: machine operator, source: contracts}}"
    yield "edges:\n  engages:"
    for i in range(recruiters):
        yield f"    - {{from: plant-{i % facilities}, to: agency-{i}, fees_paid_by: employer, price_per_worker: {chance.randrange(200, 3000)} MYR, itemised_cost: 750 MYR, source: list}}"
    yield "  supplies:"
    for i in range(facilities):
        yield f"    - {{from: plant-{i}, to: buyer, tier: 1, source: list}}"
    yield "  recruited:"
    for i in range(cohorts):
        yield f"    - {{from: agency-{i % recruiters}, to: cohort-{i}, source: list}}"
    yield "  employs:"
    for i in range(cohorts):
        yield f"    - {{from: plant-{i % facilities}, to: cohort-{i}, source: payroll}}"
    yield "  signed:"
    for i in range(0, cohorts, 2):
        yield f"    - {{from: cohort-{i}, to: signed-{i}-a, source: contracts}}\n    - {{from: cohort-{i}, to: signed-{i}-b, source: contracts}}"
    yield "  charged:"
    for i in range(cohorts):
        _, currency, unit = ORIGINS[i % 4]
        low = chance.randrange(60, 160) * unit
        yield f"    - {{from: agency-{i % recruiters}, to: cohort-{i}, category: {chance.choice(['service-fee', 'service-fee', 'medical'])}, on: {2022 + i % 4}-03, amount: {low}..{low + 20 * unit} {currency}, borne_by: worker, source: voices}}"


if __name__ == "__main__":
    print("\n".join(network(int(sys.argv[1]))))
