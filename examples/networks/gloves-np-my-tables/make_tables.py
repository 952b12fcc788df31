#!/usr/bin/env python3
"""Makes tables/: the sample as the files that people have, with the noise that such files have.

    make_tables.py [FOLDER]         (needs openpyxl)

Says what network.yaml says, and is the place to change it: a row here is a row of a sheet or of a CSV file. Everything
is invented; workers are numbers. The same rows give the same bytes.
"""
import datetime
import io
import pathlib
import re
import sys
import zipfile

import openpyxl

HERE = pathlib.Path(__file__).resolve().parent


def day(text):
    """A day that the workbook keeps as one."""
    return datetime.datetime.fromisoformat(text)


# --- The workbook: a sheet is titles, one or two rows of headers, rows, and cells to merge -----------------------------

SUPPLY_CHAIN = {
    "titles": ["ACME RETAIL plc - supplier list, as of 15 January 2026", "Confidential. For questions: sourcing team"],
    "headers": [
        ["Site", None, None, None, None, None, "Deliveries", None, None],
        ["Name", "Country", "Kind", "People", "Run by", "Audit client", "To", "Product", "Tier"],
    ],
    "merge": ["A4:F4", "G4:I4"],
    "rows": [
        ["Acme Retail", "United Kingdom", "brand", "N/A", "N/A", "yes", "N/A", "N/A", "N/A"],
        ["Medimport Inc", "United States", "importer", "N/A", "N/A", None, "Acme Retail", "N/A", 1],
        ["Delta Group", "Malaysia", "supplier", "N/A", "N/A", None, "Medimport Inc", "N/A", 2],
        ["Delta Gloves plant 1", "Malaysia", "plant", 640, "Delta Group", None, "Delta Group", "examination gloves", "N/A"],
        [],
        ["Delta Gloves plant 2", "Malaysia", "plant", 1200, "Delta Group", None, "Delta Group", "examination gloves", "N/A"],
        ["Total", None, None, 1840],
    ],
}

AGREEMENTS = {
    "titles": ["Who engages whom", "RM per worker; what is blank was not shown to us"],
    "headers": [["Principal", "Recruiter", "Fees paid by", "Price per worker", "Itemised cost", "In writing",
                 "Bars fees to workers", "Since", "Engages nobody else", "Known from"]],
    "rows": [
        ["Delta Gloves plant 2", "Himal Manpower", "employer", 250, 750, "yes", None, day("2021-01-10"), None,
         "service-agreement-himal.pdf"],
        ["Delta Gloves plant 2", "Everest Overseas", "employer", "RM 2,600", "RM 2,450", "yes", "yes", day("2025-03-02"), None,
         "service-agreement-everest.pdf"],
        ["Delta Gloves plant 2", "Kerja Outsourcing", "employer", "RM 900", "n/a", None, None, day("2022-05-01"), None,
         "invoice-kerja-0522.pdf"],
        ["Delta Gloves plant 1", "State Overseas Employment Service", "employer", 3100, 3100, None, None, day("2024-11-28"), None, None],
        ["Kerja Outsourcing", "Padma International", None, None, None, None, None, day("2022-05-01"), None, None],
        ["Padma International", "(nobody names him)", None, None, None, None, None, None, None, "interviews-bd"],
        ["(nobody names him)", "Village D", None, None, None, None, None, None, None, "interviews-bd"],
        ["HIMAL MANPOWER P. LTD.", "Village A", None, None, None, None, None, None, "yes", "interviews-may"],
        ["Himal Manpower", "Village B", None, None, None, None, None, None, None, "interviews-may"],
        ["Everest Overseas", "Village C", None, None, None, None, None, None, None, None],
    ],
}

OTHER_RECRUITERS = {
    "titles": ["Recruiters that stand in no register at hand"],
    "headers": [["Ref", "Name", "Role", "Country", "Town", "Active in", "Identified", "Engages nobody", "Register searched",
                 "Licence", "Licence from", "Licence to", "Known from"]],
    "rows": [
        ["AGENSI-K", "Agensi Pekerjaan K", "agency", "Malaysia", "Klang", "MY; NP", None, None, None, "JTK-0881", day("2020-06-01"),
         day("2026-12-31"), "supplier-list-2026.xlsx"],
        ["KERJA", "Kerja Outsourcing", "labour supplier", "Malaysia", "Klang", "MY", None, None, None, None, None, None,
         "supplier-list-2026.xlsx"],
        # The name of two agencies of the register, in the town of one, without a number: nobody knows yet which it is.
        ["NAMASTE-KATHMANDU", "Namaste Recruitment", "agency", "Nepal", "Kathmandu", "NP", None, None, None, None, None, None,
         "supplier-list-2026.xlsx"],
        ["VILLAGE-A", "N/A", "sub-agent", "Nepal", "N/A", "NP", "yes", "yes", "yes", None, None, None, "interviews-may"],
        ["VILLAGE-B", "N/A", "sub-agent", "Nepal", "N/A", "NP", "yes", "yes", None, None, None, None, "interviews-may"],
        ["VILLAGE-C", "N/A", "sub-agent", "Nepal", "N/A", "NP", None, None, None, None, None, None, None],
        ["VILLAGE-D", "N/A", "sub-agent", "Bangladesh", "N/A", "BD", None, None, None, None, None, None, "interviews-bd"],
        ["UNNAMED-HOP", "N/A", "individual", "Bangladesh", "N/A", None, "no", None, None, None, None, None, "interviews-bd"],
    ],
}

AGENCY_LIST = {
    "titles": ["Agencies used, by job order", "As the plants report it; spellings are theirs"],
    "headers": [["Line", "Country", "Month", "Agency", "Job order"]],
    "rows": [
        [1, "Nepal", "02/2024", "Himal Man Power", "JO-HIMAL-24"],
        [2, "NEPAL", "04/2025", "Everest Overseas", "JO-EVEREST-25"],
        [3, "Bangladesh", "08/2022", "Padma International", "JO-PADMA-22"],
        [4, "Bangladesh", "01/2025", "State Overseas Employment Service", "JO-BD-PUB-25"],
        [5, "Nepal", "03/2021", "HIMAL MANPOWER P. LTD.", "JO-HIMAL-21"],
        [6, "Indonesia", "05/2021", "N/A", "JO-ID-21"],
    ],
}

JOB_ORDERS = {
    "titles": ["Job orders"],
    "headers": [["Our ref", "Number", "Status", "Filed", "Workers asked", "Workers approved", "Placed by"]],
    "rows": [
        ["JO-HIMAL-24", "MY-24-0117", "Approved", day("2024-01-12"), 50, 50, "Delta Gloves plant 2"],
        ["JO-EVEREST-25", "MY-25-0309", "Approved", day("2025-03-09"), 40, 40, "Delta Gloves plant 2"],
        ["JO-PADMA-22", "MY-22-0611", "Approved", day("2022-06-11"), 80, 80, "Kerja Outsourcing"],
        ["JO-BD-PUB-25", "MY-24-1128", "Approved", day("2024-11-28"), 30, 30, "Delta Gloves plant 1"],
        ["JO-HIMAL-21", "MY-21-0220", "Approved", day("2021-02-20"), 25, 25, "Delta Gloves plant 2"],
        ["JO-ID-21", "MY-21-0415", "Approved", day("2021-04-15"), 10, 10, "Delta Gloves plant 1"],
        ["Total", None, None, None, 235, 235],
    ],
}

WHO_RECRUITED = {
    "titles": ["Who recruited which group"],
    "headers": [["Recruiter", "Group", "Nobody else had a hand in it", "Known from"]],
    "rows": [
        ["Village A", "NP-24", "yes", "interviews-may"],
        ["Himal Man Power", "NP-24", None, "service-agreement-himal.pdf"],
        ["Himal Manpower", "NP-OLD", None, None],
        ["Everest Overseas", "NP-25", None, "service-agreement-everest.pdf"],
        ["Padma International", "BD-22", None, "licence-register-bd.csv"],
        ["State Overseas Employment Service", "BD-PUB", None, "licence-register-bd.csv"],
    ],
}

CONTRACTS = {
    "titles": ["Contract folder, 12 May 2026", "RM a month; one line per wording"],
    "headers": [["Ref", "Group", "Given", "Language", "Base wage", "Allowances", "Hours a week", "Job", "Cost of leaving early",
                 "Signed", "All wordings seen"]],
    "rows": [
        ["NP-24-A", "NP-24", "before departure", "Nepali", "RM 1,500", "-", 48, "machine operator", "-", "25.01.2024", None],
        ["NP-24-B", "NP-24", "after arrival", "English", "RM 1,200", "RM 300", 60, "machine operator", "RM 4,500", "20.04.2024", None],
        ["NP-25-B", "NP-25", "after arrival", "Nepali", "RM 1,700", "-", 48, "machine operator", "-", "02.07.2025", None],
        ["BD-22-A", "BD-22", "before departure", "Bangla", "RM 1,700", "-", 48, "packer", "-", "20.07.2022", "yes"],
        ["BD-22-B", "BD-22", "after arrival", "Bangla", "RM 1,700", "-", 48, "packer", "-", "05.11.2022", "yes"],
        ["BD-PUB-A", "BD-PUB", "before departure", "Bangla", "RM 1,700", "-", 48, "packer", "-", "05.01.2025", "yes"],
        ["BD-PUB-B", "BD-PUB", "after arrival", "Bangla", "RM 1,700", "-", 48, "packer", "-", "04.03.2025", "yes"],
        ["ID-21-B", "ID-21", "after arrival", "N/A", "RM 1,700", "-", "N/A", "N/A", "-", "01.06.2021", None],
        ["NP-OLD-A", "NP-OLD", "before departure", "Nepali", "RM 1,200", "-", "N/A", "N/A", "-", "15.03.2021", None],
        ["MY-A", "MY", "after arrival", "Malay", "RM 1,850", "-", 48, "N/A", "-", "02.01.2020", None],
    ],
}

OTHER_CHARGES = {
    "titles": ["What workers are said to have paid, interviews aside"],
    "headers": [["Taken by", "Group", "For", "Paid on", "Amount", "Borne by", "Needed for the job", "Receipt", "Paid back",
                 "Known from"]],
    "rows": [
        ["Himal Manpower", "NP-24", "service fee", day("2024-04-30"), "NPR 10,000", "worker", None, "yes", None, "receipts-np-24"],
        ["Himal Manpower", "NP-24", "service fee", day("2024-04-30"), "NPR 0", None, None, None, None, "questionnaire-himal.pdf"],
        ["Foreign employment office", "NP-24", "state charges", day("2024-03-01"), "NPR 20,895", "worker", "yes", "yes", None, "receipts-np-24"],
        ["Foreign employment office", "NP-24", "state charges", day("2024-03-01"), "NPR 20,895", "worker", "yes", None, "Rs 0", "interviews-may"],
        ["Foreign employment office", "NP-24", "state charges", day("2024-03-01"), None, None, None, None, "Rs 0", "payroll-2024-2026.csv"],
        ["Everest Overseas", "NP-25", "service fee", None, "NPR 0", "worker", None, None, None, "questionnaire-everest.pdf"],
        ["Everest Overseas", "NP-25", "service fee", None, "NPR 0", "worker", None, None, None, "interviews-np-25"],
        ["Himal Manpower", "NP-OLD", "service fee", None, "N/A", "worker", None, None, None, None],
    ],
}

VARIOUS = {
    "titles": ["Offices, hotlines, earlier audits"],
    "headers": [["Ref", "What", "Name", "Country", "Where", "Run by", "Independent", "Anonymous", "Languages", "Date", "Announced"]],
    "rows": [
        ["NP-STATE", "office", "Foreign employment office and welfare fund", "Nepal", None, None, None, None, None, None, None],
        ["HOTLINE-ACME", "hotline", "Acme worker line", None, "Delta Gloves plant 2", "buyer", "no", "yes", "English; Malay", None, None],
        ["AUDIT-2025", "audit", "earlier social audit", None, "Delta Gloves plant 1", None, None, None, None, day("2025-03-20"), "yes"],
    ],
}

PAYROLL_HEADERS = ["No.", "Batch", "Nationality", "Worker no.", "Employer", "Job", "Recruited", "Arrival", "Base wage", "Hours a week",
                   "Local staff", "Left"]


def payroll(title, batches, recruited_header):
    """One row per worker; the nationality stands in the first row of its batch, merged over the others."""
    headers = list(PAYROLL_HEADERS)
    headers[PAYROLL_HEADERS.index("Recruited")] = recruited_header
    rows, merge, wages = [], [], 0
    first_row = 5  # below two titles, a blank row and the header
    for batch in batches:
        begin = first_row + len(rows)
        for number in range(batch["workers"]):
            recruited = batch["recruited"][number % len(batch["recruited"])]
            arrival = batch["arrival"][number % len(batch["arrival"])]
            rows.append([len(rows) + 1, batch["batch"], batch["nationality"] if number == 0 else None,
                         f"{batch['batch'].replace('-', '')}{number + 1:03}", batch["employer"], batch["job"], recruited, arrival,
                         batch["wage"], batch["hours"], batch["local"], "employed"])
            wages += batch["wage"]
        if batch["workers"] > 1:
            merge.append(f"C{begin}:C{first_row + len(rows) - 1}")
    return {"titles": [title, "RM a month; extract made for the auditor, names and passport numbers removed"], "headers": [headers],
            "rows": rows, "merge": merge, "wages": wages}


def batch(name, workers, nationality, employer, job, wage, recruited, arrival=("N/A",), hours="N/A", local=None):
    return {"batch": name, "workers": workers, "nationality": nationality, "employer": employer, "job": job, "wage": wage,
            "recruited": list(recruited), "arrival": list(arrival), "hours": hours, "local": local}


def nepali_payroll():
    # The clerk in Kathmandu writes days in the Nepali calendar: 2080-10-18 is 1 February 2024, 2081-01-18 is 30 April.
    sheet = payroll("PAYROLL MAY 2026 - NEPAL", [
        batch("NP-24", 48, "Nepal", "Delta Gloves plant 2", "machine operator", 1500,
              ["2080-10-18", "2080-11-05", "2080-11-21", "2080-12-09", "2080-12-28", "2081-01-18"],
              ["02/2024", "03/2024", "04/2024"], hours=60),
        batch("NP-25", 36, "Nepal", "Delta Gloves plant 2", "machine operator", 1700,
              ["2081-12-19", "2082-01-15", "2082-02-02", "2082-03-16"]),
    ], "Recruited (B.S.)")
    # A worker who stands there twice, and a sum that counts him twice.
    rows = sheet["rows"]
    rows.append([rows[9][0], "NP-24", "Nepal", *rows[9][3:]])
    rows.append(["Total", None, None, None, None, None, None, None, sheet["wages"] + rows[9][8]])
    return sheet


def other_payroll():
    sheet = payroll("PAYROLL MAY 2026 - BANGLADESH AND INDONESIA", [
        batch("BD-22", 120, "Bangladesh", "Kerja Outsourcing", "packer", 1700,
              [day("2022-08-01"), day("2022-09-12"), day("2022-10-31")]),
        batch("BD-PUB", 30, "Bangladesh", "Delta Gloves plant 1", "packer", 1700, [day("2025-01-01"), day("2025-02-28")]),
        batch("ID-21", 9, "Indonesia", "Delta Gloves plant 1", "N/A", 1700, ["2021"]),
    ], "Recruited")
    sheet["rows"].append(["Total", None, None, None, None, None, None, None, sheet["wages"]])
    return sheet


def local_payroll():
    sheet = payroll("PAYROLL MAY 2026 - LOCAL STAFF", [
        batch("MY", 600, "Malaysia", "Delta Gloves plant 2", "N/A", 1850, ["N/A"], local="yes"),
    ], "Recruited")
    sheet["rows"].append(["Total", None, None, None, None, None, None, None, sheet["wages"]])
    return sheet


SHEETS = {
    "Supply chain": SUPPLY_CHAIN,
    "Agreements": AGREEMENTS,
    "Other recruiters": OTHER_RECRUITERS,
    "Agency list": AGENCY_LIST,
    "Job orders": JOB_ORDERS,
    "Who recruited": WHO_RECRUITED,
    "Contracts": CONTRACTS,
    "Other charges": OTHER_CHARGES,
    "Various": VARIOUS,
    "Payroll NP": nepali_payroll(),
    "Payroll BD ID": other_payroll(),
    "Payroll MY": local_payroll(),
}

# --- The other files: name, encoding, delimiter, lines of titles, header, rows ----------------------------------------

LICENCES_NP = ("licences-np.csv", "windows-1252", ";", ["Registre des agences de placement - extrait du 2 juin 2026", ""], [
    "Numéro", "Société", "Autres graphies", "Ville", "Licence", "Délivrée le", "Échéance", "Délivrée par", "Politique « zéro frais »",
    "Politique depuis", "Historique complet"], [
    ["NP-0417", "Himal Manpower", "Himal Man Power | HIMAL MANPOWER P. LTD.", "Kathmandu", "NP-0417/78", "01.01.2019", "31.12.2023",
     "Département de l’emploi à l’étranger", "oui", "", "oui"],
    ["NP-0417", "Himal Manpower", "Himal Man Power | HIMAL MANPOWER P. LTD.", "Kathmandu", "NP-0417/81", "10.05.2024", "09.05.2029",
     "Département de l’emploi à l’étranger", "oui", "", "oui"],
    ["NP-0932", "Everest Overseas", "", "Kathmandu", "NP-0932/81", "non indiqué", "15.07.2027",
     "Département de l’emploi à l’étranger", "oui", "01.01.2025", ""],
    ["NP-0288", "Namaste Recruitment", "", "Kathmandu", "", "", "", "", "", "", ""],
    ["NP-1190", "Namaste Recruitment", "", "Pokhara", "", "", "", "", "", "", ""],
])

LICENCES_BD = ("licences-bd.csv", "utf-8-sig", "|", [], [
    "Number", "Agency", "Kind", "Town", "Licence", "Valid from", "Valid to", "Licence history complete", "All deployments listed"], [
    ["BD-2204", "Padma International", "private", "Dhaka", "BD-2204", "01/03/2018", "28/02/2027", "yes", ""],
    ["-", "State Overseas Employment Service", "state", "Dhaka", "BD-0001", "01/01/1984", "no end", "", "yes"],
])

SUSPENSIONS_NP = ("suspensions-np.csv", "utf-8", ",", [], [
    "Searched for", "Town", "Number", "Result", "Name in the list", "Number in the list", "Measure", "From (B.S.)", "To (B.S.)"], [
    ["Namaste Recruitment", "Kathmandu", "NP-0288", "same number", "Namaste Recruitment", "NP-0288", "suspension of licence",
     "2078-11-17", "2079-06-14"],
    ["Namaste Recruitment", "Pokhara", "NP-1190", "no entry", "", "", "", "", ""],
    ["Namaste Recruitment", "Kathmandu", "N/A", "same name only", "Namaste Recruitment", "NP-0288", "suspension of licence",
     "2078-11-17", "2079-06-14"],
])

INTERVIEWS_NP = ("interviews-np.csv", "utf-8", ",", ["Interviews away from the site, 14 May 2026"], [
    "Interview", "Group", "Agency", "Fee paid", "Paid on", "How", "Remark"], [
    ["N01", "NP-24", "Himal Manpower", "1,45,000 Rs", "30/04/2024", "cash", ""],
    ["N02", "NP-24", "Himal Man Power", "Rs. 1,00,000/-", "30/04/2024", "cash", ""],
    ["N03", "NP-24", "Himal Manpower", "1,50,000", "30/04/2024", "cash", "shows a receipt for 10,000"],
    ["N04", "NP-24", "HIMAL MANPOWER P. LTD.", "NPR 1,45,000", "30/04/2024", "cash", ""],
    ["N05", "NP-24", "Himal Manpower", "1,20,000 Rs", "30/04/2024", "cash", "shows a receipt for 10,000"],
    ["", "", "", "", "", "", ""],
    ["Interview", "Group", "Agency", "Fee paid", "Paid on", "How", "Remark"],
    ["N06", "NP-24", "Himal Manpower", "145000", "30/04/2024", "cash", ""],
    ["N07", "NP-24", "Himal Manpower", "Rs 1,48,000", "30/04/2024", "cash", ""],
    ["N08", "NP-24", "Himal Man Power", "1,40,000 Rs", "30/04/2024", "cash", ""],
    ["N09", "NP-24", "Himal Manpower", "1.3 lakh", "30/04/2024", "cash", ""],
    ["N10", "NP-24", "Himal Manpower", "1,50,000 Rs", "30/04/2024", "cash", ""],
    ["N11", "NP-24", "Himal Manpower", "1,45,000 Rs", "30/04/2024", "cash", ""],
    ["N12", "NP-24", "Himal Manpower", "N/A", "N/A", "N/A", "did not want to say"],
])

INTERVIEWS_BD = ("interviews-bd.csv", "utf-8", "\t", [], [
    "Interview", "Group", "Agency", "Fee paid", "Paid on", "How", "Borne by", "Nothing else paid, borrowed or handed over"], [
    ["B01", "BD-22", "Padma International", "Tk 4,50,000/-", "01/08/2022", "cash", "worker", "not asked"],
    ["B02", "BD-22", "Padma International", "Tk 4,80,000/-", "15/09/2022", "cash", "worker", "not asked"],
    ["B03", "BD-22", "PADMA INTERNATIONAL", "5,00,000", "31/10/2022", "cash", "worker", "not asked"],
    ["B04", "BD-22", "Padma International", "4.5 lakh", "12/08/2022", "cash", "worker", "not asked"],
    ["B05", "BD-22", "Padma International", "Tk 4,60,000/-", "03/10/2022", "cash", "worker", "not asked"],
    *[[f"B{number:02}", "BD-PUB", "State Overseas Employment Service", "0", "15/01/2025", "N/A", "employer", "yes"]
      for number in range(6, 15)],
])

LEAVERS = ("leavers.csv", "utf-8", ";", [], ["Batch", "Nationality", "Workers", "Recruited", "Left", "Employer"], [
    ["NP-OLD", "Nepal", "22", "2021/2023", "31.12.2023", "Delta Gloves plant 2"],
])

LOANS = ("loans.csv", "utf-8", ",", [], [
    "Lender", "Group", "Borrowed", "Interest % a year", "Months", "Lent on (B.S.)", "Lender's country", "Known from"], [
    ["Lender A", "NP-24", "1,20,000 Rs", "36", "14", "2080-11-03", "Nepal", "loan-papers"],
    ["Lender B", "BD-22", "N/A", "N/A", "N/A", "2079-05-16", "Bangladesh", "interviews-bd"],
])

WALK_THROUGH = ("walk-through.csv", "utf-8", ",", [], [
    "Kept by", "Papers of", "Paper", "Given back on request", "Hours to get it back", "Agreed to", "Nothing else kept", "Known from"], [
    ["Delta Gloves plant 2", "NP-24", "passport", "yes", "48", "", "", "photos-12-may"],
    ["Delta Gloves plant 2", "NP-25", "passport", "yes", "48", "", "", "photos-12-may"],
    ["Delta Gloves plant 1", "ID-21", "passport", "yes", "0", "yes", "yes", "audit-2025.pdf"],
    ["Delta Gloves plant 1", "ID-21", "passport", "no", "", "", "", "interviews-id-21"],
])

LINKS = ("links.csv", "utf-8", ",", [], ["From", "Link", "To", "On", "Per"], [
    ["Himal Manpower", "paid for the demand letter", "Agensi Pekerjaan K", "15/01/2024", "worker"],
    ["Director 1", "directs", "Kerja Outsourcing", "", ""],
    ["Director 1", "directs", "Agensi Pekerjaan K", "", ""],
])

FILES = [LICENCES_NP, LICENCES_BD, SUSPENSIONS_NP, INTERVIEWS_NP, INTERVIEWS_BD, LEAVERS, LOANS, WALK_THROUGH, LINKS]


# --- Writing ----------------------------------------------------------------------------------------------------------

def workbook():
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, content in SHEETS.items():
        sheet = book.create_sheet(name)
        for title in content["titles"]:
            sheet.append([title])
        sheet.append([])
        for row in content["headers"] + content["rows"]:
            sheet.append(row)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.is_date:
                    cell.number_format = "yyyy-mm-dd"
        for area in content.get("merge", []):
            sheet.merge_cells(area)
    # What was true last year; nobody reads it any more, and the import must not either.
    old = book.create_sheet("Agency list 2024")
    old.append(AGENCY_LIST["headers"][0])
    old.append([1, "Nepal", "01/2023", "Some Other Agency", "JO-OLD"])
    old.sheet_state = "hidden"
    written = io.BytesIO()
    book.save(written)
    return with_fixed_times(written.getvalue())


def with_fixed_times(data):
    """The archive with its parts in order, and without the time at which it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(parts.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            text = parts.read(name)
            if name == "docProps/core.xml":
                text = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-06-30T00:00:00Z", text)
            part = zipfile.ZipInfo(name, (2026, 6, 30, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o644 << 16
            made.writestr(part, text)
    return out.getvalue()


def text_file(encoding, delimiter, titles, header, rows):
    def field(text):
        return '"' + text.replace('"', '""') + '"' if delimiter in text or '"' in text else text

    lines = [*titles, *(delimiter.join(field(text) for text in row) for row in [header, *rows])]
    return "".join(line + "\r\n" for line in lines).encode(encoding)


def tables():
    """Every file of the folder, by name."""
    made = {name: text_file(*rest) for name, *rest in FILES}
    made["recruitment.xlsx"] = workbook()
    return made


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "tables"
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in tables().items():
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    main()
