"""Workbooks and tables that are made to harm who opens them: refused by the command soon, and with little memory."""
import io
import os
import shutil
import struct
import subprocess
import sys
import unittest
import zipfile

from support import ERAUDIT, CommandTest

MAPPING = """\
eraudit: mapping/1
fillers: []
table: {columns: {id: ID, name: {header: Name, required: false}}}
nodes: {r: {kind: Recruiter, id: row.id, attributes: {name: row.name}}}
"""
SHEET = "xl/worksheets/sheet1.xml"
CONTENT = "http://schemas.openxmlformats.org/"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{CONTENT}package/2006/content-types"/>',
    "_rels/.rels": f'<Relationships><Relationship Id="r1" Type="{CONTENT}officeDocument/2006/relationships/officeDocument" '
                   'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="rId1" Type="{CONTENT}officeDocument/2006/relationships/worksheet" '
                                  'Target="worksheets/sheet1.xml"/></Relationships>',
    SHEET: '<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>ID</v></c></row><row r="2"><c r="A2" t="str"><v>x</v></c></row>'
           "</sheetData></worksheet>",
}
# Without optimisation, or with sanitizers, everything is slower and larger.
SLOW = os.environ.get("ERAUDIT_BUILD_TYPE", "Release") != "Release"
MOST_SECONDS = 1.0 if SLOW else 0.050
MOST_KILOBYTES = (1024 if SLOW else 64) * 1024


def archive(parts, packed=True):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as made:
        for name, text in parts:
            made.writestr(name, text)
    return out.getvalue()


def book(sheet=None, more=()):
    return archive([*(PARTS | ({SHEET: sheet} if sheet is not None else {})).items(), *more])


def rows(inner):
    return f"<worksheet><sheetData>{inner}</sheetData></worksheet>"


def many_sheets(count=200):
    """Each of them grows to less than what is looked at part by part."""
    numbers = range(1, count + 1)
    parts = {name: text for name, text in PARTS.items() if name != SHEET}
    sheets = "".join(f'<sheet name="S{number}" sheetId="{number}" r:id="rId{number}"/>' for number in numbers)
    parts["xl/workbook.xml"] = f'<workbook xmlns:r="r"><sheets>{sheets}</sheets></workbook>'
    related = PARTS["xl/_rels/workbook.xml.rels"][len("<Relationships>") : -len("</Relationships>")]
    links = (related.replace("rId1", f"rId{number}").replace("sheet1.xml", f"sheet{number}.xml") for number in numbers)
    parts["xl/_rels/workbook.xml.rels"] = f"<Relationships>{''.join(links)}</Relationships>"
    inner = rows('<row r="1"><c t="str"><v>' + "a" * 1_000_000 + "</v></c></row>")
    return archive([*parts.items(), *((f"xl/worksheets/sheet{number}.xml", inner) for number in numbers)])


def bomb(depth=3):
    """A ZIP of ZIPs of ZIPs, as 42.zip is."""
    data = archive([("0.txt", b"0" * (4 << 20))])
    for _ in range(depth):
        data = archive([(f"{number}.zip", data) for number in range(16)])
    return data


def overlapping(count=250):
    """All names lead to one packed part: Fifield's bomb, without its quoting."""
    data = archive([("0", b"0" * (1 << 20))])
    end = data.rindex(b"PK\5\6")
    directory = data.index(b"PK\1\2")
    entry = bytearray(data[directory:end])
    entries = b""
    for number in range(count):
        name = f"{number:03}".encode()
        head = bytearray(entry[:46])
        struct.pack_into("<H", head, 28, len(name))
        entries += bytes(head) + name
    finish = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(entries), directory, 0)
    return data[:directory] + entries + finish


def laughs(levels=10):
    entities = "".join(f'<!ENTITY l{level} "{("&l" + str(level - 1) + ";") * 10 if level else "lol"}">' for level in range(levels))
    return f"<!DOCTYPE w [{entities}]><worksheet>&l{levels - 1};</worksheet>"


def hostile():
    """Name, bytes, and the ids that may be given."""
    zeros = b"0" * (64 << 20)
    many_merged = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(1, 120_000))
    yield "a sheet of zeros", book(zeros), {"xlsx-bomb"}
    yield "a picture of zeros", book(more=[("xl/media/image1.png", zeros)]), {"xlsx-bomb"}
    yield "shared texts of one letter", book(more=[("xl/sharedStrings.xml", b"<sst>" + b"<si><t>a</t></si>" * (4 << 20))]), {"xlsx-bomb"}
    yield "empty rows", book(rows("<row/>" * (8 << 20))), {"xlsx-bomb"}
    yield "a text without an end", book(rows('<row><c t="str"><v>' + "a" * (64 << 20))), {"xlsx-bomb", "xlsx-element-too-long"}
    yield "many sheets of a megabyte", many_sheets(), {"xlsx-bomb"}
    yield "archives in archives", bomb(), {"table-not-readable"}
    yield "one part under many names", overlapping(), {"table-not-readable", "xlsx-bomb", "xlsx-too-large", "xlsx-damaged"}
    yield "many parts", archive([(str(number), b"") for number in range(20_000)]), {"xlsx-too-many-entries"}
    yield "entities in entities", book(laughs()), {"xlsx-dtd"}
    yield "an entity many times", book('<!DOCTYPE w [<!ENTITY a "' + "a" * 50_000 + '">]><worksheet>' + "&a;" * 50_000 + "</worksheet>"), {
        "xlsx-dtd"}
    yield "a parameter entity", book('<!DOCTYPE w [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><worksheet/>'), {"xlsx-dtd"}
    yield "a file of the machine", book('<!DOCTYPE w SYSTEM "file:///etc/passwd"><worksheet/>'), {"xlsx-dtd"}
    yield "an entity without a type", book(rows("&xxe;")), {"xlsx-entity"}
    yield "elements in elements", book("<a>" * 1_000_000), {"xlsx-bomb"}
    yield "unlike elements in elements", book("".join(f"<a{number}>" for number in range(200_000))), {"xlsx-too-deep"}
    yield "an attribute many times", book("<worksheet " + " ".join(f'a{n}="x"' for n in range(200_000)) + "/>"), {
        "xlsx-element-too-large"}
    yield "merged areas without end", book(rows("") .replace("</worksheet>", f"<mergeCells>{many_merged}</mergeCells></worksheet>")), {
        "xlsx-too-many-merged"}
    yield "one merged area", book(rows(PARTS[SHEET][22:-24]).replace(
        "</worksheet>", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>')), {
            "import-header-twice"}
    yield "a column far away", book(rows('<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>')), {"xlsx-cell-order"}
    yield "a row far away", book(rows('<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>')), {"xlsx-row-order"}
    yield "names that lead away", book(more=[("../../etc/cron.d/x", b"x")]), {"xlsx-entry-name"}

# In a process of its own: memory of whoever starts the command counts as the command's, until it is larger itself.
MEASURE = """
import os, sys
child = os.fork()
if child == 0:
    os.dup2(2, 1)
    os.execv(sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(child, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
"""


class HostileFiles(CommandTest):
    def measured(self, name):
        """Exit code, diagnostics, seconds of the processor, and kilobytes that were resident, of an import of this file."""
        done = subprocess.run([sys.executable, "-S", "-c", MEASURE, ERAUDIT, "import", "--map", "map.yaml", name, "-o", "network"],
                              cwd=self.folder, capture_output=True, text=True, timeout=120, check=True)
        code, seconds, kilobytes = done.stdout.split()[-3:]
        return int(code), done.stderr, float(seconds), int(kilobytes)

    def test_they_are_refused_soon_and_with_little_memory(self):
        self.write("map.yaml", MAPPING)
        (self.folder / "plain.xlsx").write_bytes(book())
        code, err, start, kilobytes = self.measured("plain.xlsx")
        self.assertEqual(code, 0, err)
        shutil.rmtree(self.folder / "network")
        print(f"\nnothing wrong: {1000 * start:.0f} ms, {kilobytes // 1024} MiB")
        for name, data, ids in hostile():
            with self.subTest(name):
                (self.folder / "hostile.xlsx").write_bytes(data)
                # The quickest of three: the machine may be busy with something else.
                runs = [self.measured("hostile.xlsx") for _ in range(3)]
                code, err, _, kilobytes = runs[0]
                seconds = min(run[2] for run in runs)
                self.assertLess(code, 128, err)
                found = err[err.rfind("[") + 1 : err.rfind("]")] if "[" in err else None
                print(f"{name}: {len(data)} bytes, {found}, {1000 * seconds:.0f} ms, {kilobytes // 1024} MiB")
                self.assertIn(found, ids, err)
                self.assertEqual(code, 0 if found is None else 65, err)
                self.assertLessEqual(seconds - start, MOST_SECONDS)  # a sound one of two rows takes `start`
                self.assertLessEqual(kilobytes, MOST_KILOBYTES)
                self.assertEqual((self.folder / "network").exists(), found is None)


if __name__ == "__main__":
    unittest.main()
