// Rule, table and pack files that are wrong: what is said, and where.

#include <string>
#include <utility>
#include <vector>

#include "eraudit/rules/rules.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace eraudit;
using eraudit::test::ScratchFolder;

namespace {

struct Malformed {
  std::string what;
  std::vector<std::pair<std::string, std::string>> files;
  std::string expected;  ///< `file:line:column: error: message [id]` and its help, for each
};

std::string too_deep() {
  return "rule: a\nsubject: (c:Cohort)\nfail_if: '" + std::string(300, '(') + "true" +
         std::string(300, ')') + "'\nmessage: m\n";
}

const std::vector<Malformed>& all() {
  // clang-format off
  static const std::vector<Malformed> cases = {
    {"an unknown key",
     {{"rule.yaml", R"(rule: a.b
subject: (c:Cohort)
fail_iff: c.workers > 0
message: x
)"}},
     R"(rule.yaml:1:1: error: a rule needs a condition: 'fail_if' or 'pass_if' [rule-missing-key]
  help: write for instance 'fail_if: c.fees.exists(f, f.amount > 0)'
rule.yaml:3:1: error: a rule has no key 'fail_iff' [rule-unknown-key]
  help: did you mean 'fail_if'?
)"},

    {"an id that is none",
     {{"rule.yaml", R"(rule: A.b
subject: (c:Cohort)
fail_if: c.workers > 0
message: x
)"}},
     R"(rule.yaml:1:7: error: 'A.b' cannot be the id of a rule [rule-bad-id]
  help: write lower-case words of letters and digits joined by '-', in parts joined by '.': recruitment-fees.worker-paid
)"},

    {"a subject without its kind",
     {{"rule.yaml", R"(rule: a.b
subject: c
fail_if: c.workers > 0
message: x
)"}},
     R"(rule.yaml:2:10: error: 'c' says not of which kind the subject is [rule-bad-subject]
  help: write '(c:Cohort)', or '(x:Facility|Company)' for several kinds
)"},

    {"a kind that is not in the schema",
     {{"rule.yaml", R"(rule: a.b
subject: (c:Cohrt|Facility)
fail_if: c.workers > 0
message: x
)"}},
     R"(rule.yaml:2:13: error: there is no kind of node 'Cohrt' [rule-unknown-kind]
  help: did you mean 'Cohort'?
)"},

    {"an attribute that is misspelt, inside of a comprehension",
     {{"rule.yaml", R"(rule: a.b
subject: (c:Cohort)
fail_if: c.fees.exists(f, f.amont > 0)
message: x
)"}},
     R"(rule.yaml:3:29: error: there is no 'amont' in a 'charged' edge [cel-unknown-attribute]
  help: did you mean 'amount'?
)"},

    {"two conditions",
     {{"rule.yaml", R"(rule: a.b
subject: (c:Cohort)
fail_if: c.workers > 0
pass_if: c.workers < 0
message: x
)"}},
     R"(rule.yaml:4:1: error: a rule has either 'fail_if' or 'pass_if', not both [rule-two-conditions]
  help: the other outcome follows: what does not fail passes, if enough is known
rule.yaml:4:10: warning: this can never be true: 'c.workers' is never negative [cel-constant-condition]
)"},

    {"no condition",
     {{"rule.yaml", R"(rule: a.b
subject: (c:Cohort)
message: x
)"}},
     R"(rule.yaml:1:1: error: a rule needs a condition: 'fail_if' or 'pass_if' [rule-missing-key]
  help: write for instance 'fail_if: c.fees.exists(f, f.amount > 0)'
)"},

    {"entries of 'let' in a circle",
     {{"rule.yaml", R"(rule: a.b
subject: (c:Cohort)
let:
  a: b + 1
  b: d + 1
  d: a + 1
  e: e + 1
fail_if: a > 0
message: x
)"}},
     R"(rule.yaml:4:3: error: entries of 'let' use each other in a circle: a -> b -> d -> a [rule-let-cycle]
  help: an entry may use those that do not need it
rule.yaml:7:3: error: 'let' entry 'e' uses itself [rule-let-cycle]
  help: an entry may use those that do not need it
)"},

    {"names that 'let' cannot have",
     {{"rule.yaml", R"(rule: a.b
subject: (c:Cohort)
let:
  c: 1
  as_of: 2
  3x: 3
  in: 3
  unused: 4
fail_if: c.workers > 0
message: x
)"}},
     R"(rule.yaml:4:3: error: 'c' is the subject and cannot be the name of a 'let' entry [rule-name-taken]
rule.yaml:5:3: error: 'as_of' is a word of the language and cannot be the name of a 'let' entry [rule-name-taken]
rule.yaml:6:3: error: '3x' cannot be the name of a 'let' entry [rule-bad-name]
  help: write letters, digits and '_', not beginning with a digit
rule.yaml:7:3: error: 'in' is a word of the language and cannot be the name of a 'let' entry [rule-name-taken]
)"},

    {"a '!' that YAML takes for a tag",
     {{"rule.yaml", R"(rule: a.b
subject: (c:Cohort)
fail_if: !has(c.left)
message: x
)"}},
     R"(rule.yaml:3:10: error: '!has(c.left)' is read as a YAML tag, and there is no such tag [yaml-tag]
  help: a text that begins with '!' must be quoted, or stand in a block: `|` after the key and the text, indented, on the next line
)"},

    {"a '? :' that YAML takes for a key",
     {{"rule.yaml", R"(rule: a.b
subject: (c:Cohort)
fail_if: c.workers > 0 ? c.women > 0 : c.women > 1
message: x
)"}},
     R"(rule.yaml:3:38: error: a second ':' with a blank behind it, as if this line had two keys [yaml-colon]
  help: a condition `a ? b : c` must be in a block: `|` after the key and the expression, indented, on the next line
)"},

    {"a '#' that YAML takes for a comment",
     {{"rule.yaml", R"(rule: a.b
subject: (c:Cohort)
fail_if: c.origin == 'a #b'
message: x
)"}},
     R"(rule.yaml:3:25: warning: a comment begins at this '#', and the text ends before it [yaml-comment-in-text]
  help: put the text in quotes if the '#' belongs to it; else write a blank after the '#'
rule.yaml:3:22: error: this text is not closed [cel-syntax]
  help: text that begins with ' ends with ' on the same line; long text goes between '''
)"},

    {"braces and names in a message",
     {{"rule.yaml", R"(rule: a.b
subject: (c:Cohort)
fail_if: c.workers > 0
message: "workers {c.wrkers} and }"
)"}},
     R"(rule.yaml:4:22: error: there is no 'wrkers' in a Cohort [cel-unknown-attribute]
  help: did you mean 'workers'?
rule.yaml:4:34: error: this '}' closes nothing [rule-template]
  help: write '}}' for a brace in the text
)"},

    {"a brace that is not closed",
     {{"rule.yaml", R"(rule: a.b
subject: (c:Cohort)
fail_if: c.workers > 0
message: "workers {c.workers"
)"}},
     R"(rule.yaml:4:19: error: this '{' is not closed [rule-template]
  help: write '{expression}', or '{{' for a brace in the text
)"},

    {"a severity that is none",
     {{"rule.yaml", R"(rule: a.b
subject: (c:Cohort)
fail_if: c.workers > 0
message: x
severity: grave
)"}},
     R"(rule.yaml:5:11: error: 'grave' is no severity [rule-bad-severity]
  help: one of: none, low, medium, high, critical
)"},

    {"a severity table that is not there",
     {{"rule.yaml", R"(rule: a.b
subject: (c:Cohort)
fail_if: c.workers > 0
message: x
severity: {table: fee-grad, by: [a]}
)"}, {"tables/t.yaml", R"(eraudit: table/1
table: fee-grade
inputs: {x: double}
output: {severity: severity}
rows: [{x: any, severity: low}]
)"}},
     R"(rule.yaml:5:19: error: there is no table 'fee-grad' [rule-unknown-table]
  help: did you mean 'fee_grade'?
)"},

    {"a basis that is not in the vocabulary",
     {{"rule.yaml", R"(rule: a.b
subject: (c:Cohort)
fail_if: c.workers > 0
message: x
basis: [{provision: rba-a1-no-fee, relation: equal}, {provision: rba-a1-no-fees, relation: equals}, {relation: equal}]
)"}},
     R"(rule.yaml:5:21: error: there is no provision 'rba-a1-no-fee' [rule-unknown-provision]
  help: did you mean 'rba-a1-no-fees'?
rule.yaml:5:92: error: 'equals' is no relation to a provision [rule-bad-relation]
  help: did you mean 'equal'?
rule.yaml:5:101: error: an entry of 'basis' needs 'provision' [rule-missing-key]
)"},

    {"paths that are not in the schema",
     {{"rule.yaml", R"(rule: a.b
subject: (c:Cohort)
fail_if: c.workers > 0
message: x
ask: {chargd.amount: q, charged.amout: q, Cohort.fee_takers: q, Cohort.base_wage: q, Cohort.wokers: q}
)"}},
     R"(rule.yaml:5:7: error: 'chargd.amount' begins with no kind of node or edge [rule-unknown-path]
  help: did you mean 'charged'?
rule.yaml:5:25: error: charged has no attribute 'amout' [rule-unknown-path]
  help: did you mean 'amount'?
rule.yaml:5:43: error: 'Cohort.fee_takers' is a list of nodes [rule-unknown-path]
  help: whether it is all is a fact of the edges: write 'Cohort.fees'
rule.yaml:5:86: error: Cohort has neither an attribute nor a list of edges 'wokers' [rule-unknown-path]
  help: did you mean 'workers'?
)"},

    {"an indicator that is not in the vocabulary",
     {{"rule.yaml", R"(rule: a.b
subject: (c:Cohort)
fail_if: c.workers > 0
message: x
indicator: debt-bondge
)"}},
     R"(rule.yaml:5:12: error: there is no indicator 'debt-bondge' [rule-unknown-indicator]
  help: did you mean 'debt-bondage'?
)"},

    {"a version, a status, a language, a text and a day that are none",
     {{"rule.yaml", R"(rule: a.b
version: 0
status: stabel
subject: (c:Cohort)
fail_if: c.workers > 0
message: {english: x}
title: []
since: 2024-02-30
)"}},
     R"(rule.yaml:2:10: error: '0' is not the version of a rule [rule-bad-version]
  help: write a whole number from 1 that counts the rule's changes of meaning
rule.yaml:3:9: error: 'stabel' is no status [rule-bad-status]
  help: did you mean 'stable'?
rule.yaml:6:11: error: 'english' is no language of 'message' [rule-unknown-language]
  help: write 'en'
rule.yaml:7:8: error: 'title' is a text, not a list [rule-wrong-shape]
rule.yaml:8:8: error: '2024-02-30' is not a day for 'since' [rule-bad-date]
  help: write a day as 2026-06-30
)"},

    {"a stable rule that lacks things",
     {{"rule.yaml", R"(rule: a.b
status: stable
version: 1
subject: (c:Cohort)
fail_if: c.workers > 0
message: x
)"}},
     R"(rule.yaml:2:9: error: this rule cannot be stable: it lacks indicator; title; message in fr and es; why (why it matters, what counts, what it does not say); basis; remedy; cases beside it (rule.test.yaml) [rule-not-stable]
  help: write 'status: draft' until it is there
)"},

    {"expressions of the wrong type",
     {{"rule.yaml", R"(rule: a.b
subject: (c:Cohort)
when: c.workers
at: c.workers
fail_if: c.base_wage > "none"
message: x
)"}},
     R"(rule.yaml:3:7: error: this must be a condition, but is int [cel-type]
  help: compare it: `c.workers > 0`
rule.yaml:4:5: error: this must be a date, but is int [cel-type]
rule.yaml:5:10: error: 'c.base_wage' is money, but is compared with text [cel-type]
  help: to ask whether there is any amount, write `c.base_wage > 0`; an amount is written `money('12.50 USD')`
)"},

    {"a list as a condition, a remedy, proof and days that are wrong",
     {{"rule.yaml", R"(rule: a.b
subject: (c:Cohort)
fail_if: [c.workers > 0]
message: x
remedy: {en: Pay, days: soon, what: x}
proof: {fail: certain}
since: 2024-05-01
until: 2024-04-01
)"}},
     R"(rule.yaml:3:10: error: 'fail_if' is an expression, not a list [rule-wrong-shape]
  help: YAML reads a leading '{' or '[' as the begin of a map or list: put the text into quotes, or on lines of its own after '|'
rule.yaml:5:25: error: 'soon' is not a number of days [rule-bad-days]
  help: write a whole number from 0
rule.yaml:5:31: error: 'remedy' has no key 'what' [rule-unknown-key]
  help: a text per language, and 'days'
rule.yaml:6:15: error: 'certain' is no level of proof [rule-bad-proof]
  help: one of: any, stated, supported, corroborated
rule.yaml:8:8: error: 'until' (2024-04-01) is before 'since' (2024-05-01) [rule-bad-date]
)"},

    {"a list in place of a rule",
     {{"rule.yaml", R"(- a
- b
)"}},
     R"(rule.yaml:1:1: error: a rule file is a map of keys and values, not a list [rule-wrong-shape]
)"},

    {"a mistake in a block",
     {{"rule.yaml", R"(rule: a.b
subject: (c:Cohort)
fail_if: |
  c.fees.exists(f,
    f.amount > 0 && f.borneby == 'worker')
message: x
)"}},
     R"(rule.yaml:5:23: error: there is no 'borneby' in a 'charged' edge [cel-unknown-attribute]
  help: did you mean 'borne_by'?
)"},

    {"a mistake behind doubled quotes",
     {{"rule.yaml", R"(rule: a.b
subject: (c:Cohort)
fail_if: 'c.origin == ''NP'' && c.orgin == ''x'''
message: x
)"}},
     R"(rule.yaml:3:35: error: there is no 'orgin' in a Cohort [cel-unknown-attribute]
  help: did you mean 'origin'?
)"},

    {"a subject that is a word of the language",
     {{"rule.yaml", R"(rule: a.b
subject: (in:Cohort)
fail_if: 1 > 0
message: x
)"}},
     R"(rule.yaml:2:11: error: 'in' is a word of the language and cannot be the name of the subject [rule-name-taken]
)"},

    {"an attribute that may be absent, without a guard",
     {{"rule.yaml", R"(rule: a.b
subject: (c:Cohort)
fail_if: c.left < as_of
message: x
)"}},
     R"(rule.yaml:3:10: error: 'c.left' may be absent: ask with has() first [cel-missing-guard]
  help: write `has(c.left) && ...`, or `has(c.left) ? c.left : other`
)"},

    {"nothing in place of a condition",
     {{"rule.yaml", R"(rule: a.b
subject: (c:Cohort)
fail_if: 
message: x
)"}},
     R"(rule.yaml:3:9: error: 'fail_if' is an expression, not nothing [rule-wrong-shape]
  help: YAML reads '#' after a blank as a comment and 'null' and '~' as nothing
)"},

    {"a severity by entries that are not there",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort)
let: {share: c.weekly_hours}
fail_if: share > 1.0
message: m
severity: {table: t, by: [shar]}
)"}, {"tables/t.yaml", R"(eraudit: table/1
table: t
inputs: {x: double}
output: {severity: severity}
rows: [{x: any, severity: low}]
)"}},
     R"(rule.yaml:6:27: error: there is no 'let' entry 'shar' [rule-unknown-let]
  help: did you mean 'share'?
)"},

    {"a severity by too many entries",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort)
let: {share: c.weekly_hours}
fail_if: share > 1.0
message: m
severity: {table: t, by: [share, share]}
)"}, {"tables/t.yaml", R"(eraudit: table/1
table: t
inputs: {x: double}
output: {severity: severity}
rows: [{x: any, severity: low}]
)"}},
     R"(rule.yaml:6:26: error: table 't' has 1 input (x), not 2 [rule-wrong-inputs]
)"},

    {"a severity by an entry of another type",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort)
let: {origin: c.origin}
fail_if: origin == 'NP'
message: m
severity: {table: t, by: [origin]}
)"}, {"tables/t.yaml", R"(eraudit: table/1
table: t
inputs: {x: double}
output: {severity: severity}
rows: [{x: any, severity: low}]
)"}},
     R"(rule.yaml:6:27: error: 'x' of the table 't' is double, this is text [cel-type]
)"},

    {"a severity from a table of something else",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort)
let: {share: c.weekly_hours}
fail_if: share > 1.0
message: m
severity: {table: t, by: [share]}
)"}, {"tables/t.yaml", R"(eraudit: table/1
table: t
inputs: {x: double}
output: {severity: string}
rows: [{x: any, severity: low}]
)"}},
     R"(rule.yaml:6:19: error: table 't' has no output 'severity' of type severity [rule-not-a-severity-table]
  help: write 'output: {severity: severity}' in tables/t.yaml
)"},

    {"a table that is misspelt",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort)
fail_if: c.workers > max_workers(c.origin).n
message: m
)"}, {"tables/t.yaml", R"(eraudit: table/1
table: most_workers
inputs: {x: country}
output: {n: int}
rows: [{x: any, n: 1}]
)"}},
     R"(rule.yaml:3:22: error: there is no function 'max_workers' [cel-unknown-function]
  help: did you mean 'most_workers'?
)"},

    {"a field that a table does not give",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort)
fail_if: c.workers > t(c.origin).m
message: m
)"}, {"tables/t.yaml", R"(eraudit: table/1
table: t
inputs: {x: country}
output: {n: int}
rows: [{x: any, n: 1}]
)"}},
     R"(rule.yaml:3:34: error: 't' has no field 'm' [cel-unknown-field]
  help: one of: n
)"},

    {"a table that is wrong blames no rule that calls it",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort)
fail_if: c.workers > t(c.origin).n
message: m
)"}, {"tables/t.yaml", R"(eraudit: table/1
table: t
inputs: {x: contry}
output: {n: int}
rows: [{x: any, n: 1}]
)"}},
     R"(tables/t.yaml:3:13: error: 'contry' is no type of a column [table-unknown-type]
  help: did you mean 'country'?
        or an attribute of the schema, as Cohort.base_wage
)"},

    {"a 'let' entry with the name of a table",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort)
let: {t: c.workers}
fail_if: t > 5
message: m
)"}, {"tables/t.yaml", R"(eraudit: table/1
table: t
inputs: {x: country}
output: {n: int}
rows: [{x: any, n: 1}]
)"}},
     R"(rule.yaml:3:7: error: 't' is a table and cannot be the name of a 'let' entry [rule-name-taken]
)"},

    {"a table without its parts",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort)
fail_if: c.workers > 5
message: m
)"}, {"tables/t.yaml", R"(table: t
)"}},
     R"(tables/t.yaml:1:1: error: a table file begins with 'eraudit: table/1' [table-header]
tables/t.yaml:1:1: error: a table file needs 'inputs' [table-missing-key]
tables/t.yaml:1:1: error: a table file needs 'output' [table-missing-key]
tables/t.yaml:1:1: error: a table file needs 'rows' [table-missing-key]
)"},

    {"a table of another form",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort)
fail_if: c.workers > 5
message: m
)"}, {"tables/t.yaml", R"(eraudit: table/2
table: t
inputs: {x: int}
output: {n: int}
rows: []
)"}},
     R"(tables/t.yaml:1:10: error: 'table/2' is not a form of table files [table-header]
  help: write 'eraudit: table/1'
tables/t.yaml:5:7: warning: this table has no rows: whatever is asked is unknown [table-no-rows]
)"},

    {"a table with a name that is taken",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort)
fail_if: c.workers > 5
message: m
)"}, {"tables/t.yaml", R"(eraudit: table/1
table: size
inputs: {x: int}
output: {n: int}
rows: [{x: 1, n: 1}]
)"}},
     R"(tables/t.yaml:2:8: error: 'size' is a word or function of the language [table-name-taken]
)"},

    {"columns with names that are taken",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort)
fail_if: c.workers > 5
message: m
)"}, {"tables/t.yaml", R"(eraudit: table/1
table: t
inputs: {since: date, on: int, in: int, x: list}
output: {x: money, x-y: int}
rows: []
)"}},
     R"(tables/t.yaml:3:10: error: every row has 'since'; give the column another name [table-name-taken]
tables/t.yaml:3:27: error: 'on' is the day for which a row holds, so it is a date [table-bad-type]
tables/t.yaml:3:32: error: 'in' is a word of the language [table-name-taken]
tables/t.yaml:3:44: error: 'list' is no type of a column [table-unknown-type]
  help: one of: bool, int, double, string, country, place, language, date, ... (10 in all)
        or an attribute of the schema, as Cohort.base_wage
tables/t.yaml:4:20: error: 'x-y' cannot be the name of a column [table-bad-name]
  help: write letters, digits and '_', not beginning with a digit
tables/t.yaml:5:7: warning: this table has no rows: whatever is asked is unknown [table-no-rows]
)"},

    {"cells that do not fit their columns",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort)
fail_if: c.workers > 5
message: m
)"}, {"tables/t.yaml", R"(eraudit: table/1
table: t
inputs: {c: country, n: int, d: double, b: bool, w: money}
output: {m: money, k: charged.category, s: severity, t: date}
rows:
  - {c: Nepal, n: 1.5, d: few, b: maybe, m: 100 NRP, k: medicl, s: grave, t: soon}
  - {c: NP, n: 3..1, d: '< 1 > 2', b: true, w: 5 USD, m: null}
)"}},
     R"(tables/t.yaml:6:5: error: this row has no 'w' [table-missing-key]
  help: write 'w: any' if it holds for all
tables/t.yaml:6:9: error: 'Nepal' in column 'c' is not a country [table-bad-cell]
  help: write NP for Nepal
tables/t.yaml:6:19: error: '1.5' in column 'n' is not a whole number [table-bad-cell]
  help: write a number, '< 1', '1..3' (both ends belong to it), '1..<3' (3 does not), '> 5, <= 40' or any
tables/t.yaml:6:27: error: 'few' in column 'd' is not a number [table-bad-cell]
  help: write a number, '< 1', '1..3' (both ends belong to it), '1..<3' (3 does not), '> 5, <= 40' or any
tables/t.yaml:6:35: error: 'maybe' in column 'b' is not true or false [table-bad-cell]
tables/t.yaml:6:45: error: '100 NRP' in column 'm' is not an amount of money [table-bad-cell]
  help: 'NRP' is no ISO 4217 currency code
        did you mean 'NPR'?
tables/t.yaml:6:57: error: 'medicl' in column 'k' is not one of the values of 'category' [table-bad-cell]
  help: did you mean 'medical'?
tables/t.yaml:6:68: error: 'grave' in column 's' is not one of the values of 'severity' [table-bad-cell]
  help: one of: none, low, medium, high, critical
tables/t.yaml:6:78: error: 'soon' in column 't' is not a day [table-bad-cell]
tables/t.yaml:7:16: error: '3..1' in column 'n' is not a whole number [table-bad-cell]
  help: write a number, '< 1', '1..3' (both ends belong to it), '1..<3' (3 does not), '> 5, <= 40' or any
tables/t.yaml:7:25: error: '< 1 > 2' in column 'd' is not a number [table-bad-cell]
  help: write a number, '< 1', '1..3' (both ends belong to it), '1..<3' (3 does not), '> 5, <= 40' or any
tables/t.yaml:7:48: error: a row is not found by an amount of money [table-bad-key]
  help: give the table a number, as months of wages, or use the amount inside of cells only
tables/t.yaml:7:58: error: column 'm' has no value here [table-bad-cell]
  help: leave the key out if the value is not known
)"},

    {"a row with a column that is not there and one that is missing",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort)
fail_if: c.workers > 5
message: m
)"}, {"tables/t.yaml", R"(eraudit: table/1
table: t
inputs: {origin: country, n: int}
output: {m: money}
rows:
  - {orgin: NP, n: 1}
  - {origin: NP, n: 2}
)"}},
     R"(tables/t.yaml:6:5: error: this row has no 'origin' [table-missing-key]
  help: write 'origin: any' if it holds for all
tables/t.yaml:6:6: error: this table has no column 'orgin' [table-unknown-key]
  help: did you mean 'origin'?
)"},

    {"days in a table without 'on'",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort)
fail_if: c.workers > 5
message: m
)"}, {"tables/t.yaml", R"(eraudit: table/1
table: t
inputs: {origin: country}
output: {m: money}
rows:
  - {origin: NP, since: 2024-01-01, until: 2023-01-01, m: 1 USD}
)"}},
     R"(tables/t.yaml:6:5: error: this row ends (2023-01-01) before it begins (2024-01-01) [table-bad-date]
tables/t.yaml:6:18: error: a row has 'since', but the table no input 'on' [table-no-day]
  help: add 'on: date' to 'inputs'
tables/t.yaml:6:37: error: a row has 'until', but the table no input 'on' [table-no-day]
  help: add 'on: date' to 'inputs'
)"},

    {"a row with 'on' of its own",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort)
fail_if: c.workers > 5
message: m
)"}, {"tables/t.yaml", R"(eraudit: table/1
table: t
inputs: {origin: country, on: date}
output: {m: money}
rows:
  - {origin: NP, on: 2024-01-01, m: 1 USD}
)"}},
     R"(tables/t.yaml:6:18: error: a row has no 'on' [table-unknown-key]
  help: write 'since' and 'until'
)"},

    {"a cell that reads what is no input",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort)
fail_if: c.workers > 5
message: m
)"}, {"tables/t.yaml", R"(eraudit: table/1
table: t
inputs: {origin: country, wage: money}
output: {m: money}
rows:
  - {origin: NP, m: wage * hours}
  - {origin: MY, m: wage > wage * 2}
)"}},
     R"(tables/t.yaml:6:28: error: there is nothing named 'hours' [cel-unknown-name]
  help: one of: origin, wage, as_of
tables/t.yaml:7:21: error: this must be money, but is bool [cel-type]
)"},

    {"two rows for one call",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort)
fail_if: c.workers > 5
message: m
)"}, {"tables/t.yaml", R"(eraudit: table/1
table: t
inputs: {origin: country}
output: {m: money}
rows:
  - {origin: NP, m: 1 USD}
  - {origin: any, m: 2 USD}
)"}},
     R"(tables/t.yaml:7:5: error: this row and the one at tables/t.yaml:6 match the same call [table-overlap]
  help: make their keys or their days ('since', 'until') exclude each other; '1..3' holds for 3, '1..<3' does not
)"},

    {"two tables with one name",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort)
fail_if: c.workers > 5
message: m
)"}, {"tables/a.yaml", R"(eraudit: table/1
table: t
inputs: {x: int}
output: {n: int}
rows: [{x: 1, n: 1}]
)"}, {"tables/b.yaml", R"(eraudit: table/1
table: t
inputs: {x: int}
output: {n: int}
rows: [{x: 1, n: 1}]
)"}},
     R"(tables/b.yaml:2:8: error: table 't' stands in tables/a.yaml too [table-duplicate-name]
  help: one of them needs another name
)"},

    {"an input that nothing uses",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort)
fail_if: c.wrkers > 1
message: m
)"}, {"tables/t.yaml", R"(eraudit: table/1
table: t
inputs: {x: int, wage: money}
output: {n: int}
rows: [{x: 1, n: 1}]
)"}},
     R"(tables/t.yaml:3:18: warning: no row has a value for input 'wage', and no cell uses it [table-unused-input]
rule.yaml:3:12: error: there is no 'wrkers' in a Cohort [cel-unknown-attribute]
  help: did you mean 'workers'?
)"},

    {"a pack without its parts",
     {{"pack.yaml", R"(eraudit: pack/1
versoin: 1
)"}, {"rule.yaml", R"(rule: a
subject: (c:Cohort)
fail_if: c.workers > 5
message: m
)"}},
     R"(pack.yaml:1:1: error: a pack file needs 'id' [pack-missing-key]
pack.yaml:1:1: error: a pack file needs 'version' [pack-missing-key]
pack.yaml:1:1: error: a pack file needs 'title' [pack-missing-key]
pack.yaml:2:1: error: a pack file has no key 'versoin' [pack-unknown-key]
  help: did you mean 'version'?
)"},

    {"a pack with a bad id and no text",
     {{"pack.yaml", R"(eraudit: pack/1
id: My Pack
version: []
title: {en: 3, xx1: y}
)"}, {"rule.yaml", R"(rule: a
subject: (c:Cohort)
fail_if: c.workers > 5
message: m
)"}},
     R"(pack.yaml:2:5: error: 'My Pack' cannot be the id of a pack [pack-bad-id]
  help: write lower-case words of letters and digits joined by '-', in parts joined by '.': recruitment-fees.worker-paid
pack.yaml:3:10: error: 'version' is a text, not a list [pack-wrong-shape]
pack.yaml:4:16: error: 'xx1' is no language of 'title' [pack-unknown-language]
  help: write a language tag such as 'en', 'ne', 'pt-BR' or 'zh-Hant'
)"},

    {"a duplicate key",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort)
fail_if: c.workers > 5
message: m
message: n
)"}},
     R"(rule.yaml:5:1: error: the key 'message' is here again [yaml-duplicate-key]
  help: the first one is at 4:1
)"},

    {"a second document",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort)
fail_if: c.workers > 5
message: m
---
rule: a
subject: (c:Cohort)
fail_if: c.workers > 5
message: m
)"}},
     R"(rule.yaml:5:1: error: a second document begins here [yaml-second-document]
  help: this file may hold one document only: put the other one into a file of its own
)"},

    {"an empty file",
     {{"rule.yaml", R"()"}},
     R"(rule.yaml:1:1: error: there is nothing in this file [yaml-empty]
)"},

    {"an expression that is too deep",
     {{"rule.yaml", too_deep()}},
     R"(rule.yaml:3:261: error: this is nested deeper than 250 levels [cel-limit]
  help: split it up with `let:`
)"},

    {"a mistake on the second line of an expression over several lines",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort)
fail_if: c.workers > 5 &&
  c.wmen > 3
message: m
)"}},
     R"(rule.yaml:4:5: error: there is no 'wmen' in a Cohort [cel-unknown-attribute]
  help: did you mean 'women'?
)"},

    {"a mistake behind an escape",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort)
fail_if: "c.origin == \"NP\" && c.wmen > 3"
message: m
)"}},
     R"(rule.yaml:3:35: error: there is no 'wmen' in a Cohort [cel-unknown-attribute]
  help: did you mean 'women'?
)"},

    {"a mistake behind letters of several bytes",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort)
fail_if: c.occupation == 'ménage' && c.wmen > 3
message: {fr: 'né {c.wmen}'}
)"}},
     R"(rule.yaml:3:40: error: there is no 'wmen' in a Cohort [cel-unknown-attribute]
  help: did you mean 'women'?
rule.yaml:4:22: error: there is no 'wmen' in a Cohort [cel-unknown-attribute]
  help: did you mean 'women'?
)"},

    {"an empty subject and an empty kind",
     {{"rule.yaml", R"(rule: a
subject: (:Cohort)
fail_if: true
message: m
)"}},
     R"(rule.yaml:2:10: error: the subject has no name [rule-bad-subject]
  help: write '(c:Cohort)', or '(x:Facility|Company)' for several kinds
)"},

    {"a kind that is missing behind '|'",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort|)
fail_if: c.workers > 5
message: m
)"}},
     R"(rule.yaml:2:19: error: a kind is missing here [rule-bad-subject]
  help: write '(c:Cohort)', or '(x:Facility|Company)' for several kinds
)"},

    {"a kind that is there twice",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort|Cohort)
fail_if: c.workers > 5
message: m
)"}},
     R"(rule.yaml:2:20: error: 'Cohort' is there twice [rule-bad-subject]
)"},

    {"'at' that reads a 'let' entry",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort)
let: {day: c.arrived}
at: day
fail_if: day < as_of
message: m
)"}},
     R"(rule.yaml:4:5: error: there is nothing named 'day' [cel-unknown-name]
  help: one of: c, as_of
)"},

    {"a subject with its kind beside 'match'",
     {{"rule.yaml", R"(rule: a.b
match: (c:Cohort)<-[:recruited]-(r:Recruiter)
subject: (c:Cohort)
fail_if: r.role == 'agency'
message: x
)"}},
     R"(rule.yaml:3:10: error: with 'match' the subject is one of its nodes, by its name alone [rule-bad-subject]
  help: write 'subject: c'; its kind stands in the pattern: '(c:...)'
)"},

    {"a subject that is not in the pattern, and a kind that is not in the schema",
     {{"rule.yaml", R"(rule: a.b
match: (c:Cohort)<-[h:recruited]-(r:Recruitr)
subject: x
fail_if: r.role == 'agency'
message: x
)"}},
     R"(rule.yaml:2:37: error: there is no kind 'Recruitr' [pattern-unknown-kind]
  help: did you mean 'Recruiter'?
rule.yaml:3:10: error: there is no node 'x' in 'match' [rule-bad-subject]
  help: one of: c, r
)"},

    {"an edge as the subject of a pattern",
     {{"rule.yaml", R"(rule: a.b
match: (c:Cohort)<-[h:recruited]-(r:Recruiter)
subject: h
fail_if: r.role == 'agency'
message: x
)"}},
     R"(rule.yaml:3:10: error: 'h' is an edge of 'match', and only a node can be judged [rule-bad-subject]
  help: one of: c, r
)"},

    {"a pattern without a subject",
     {{"rule.yaml", R"(rule: a.b
match: (c:Cohort)<-[h:recruited]-(r:Recruiter)
fail_if: r.role == 'agency'
message: x
)"}},
     R"(rule.yaml:1:1: error: a rule with 'match' needs 'subject': which node of the pattern is judged [rule-missing-key]
  help: write for instance 'subject: c'
)"},

    {"a pattern that is not closed, and half a condition",
     {{"rule.yaml", R"(rule: a.b
match: |
  (c:Cohort)<-[h:recruited]-(r:Recruiter
subject: c
fail_if: r.role ==
message: x
)"}},
     R"(rule.yaml:3:29: error: this '(' is not closed [pattern-syntax]
  help: add ')'
rule.yaml:5:17: error: nothing follows '==' [cel-syntax]
)"},

    {"an edge that is misspelt inside of a block",
     {{"rule.yaml", R"(rule: a.b
match: |
  (c:Cohort)<-[:recruted]-(r:Recruiter)
    -[:engages]->(s:Recruiter WHERE s.rol == 'agency')
subject: c
when: r.role == 'agency'
fail_if: r.role == 'agency'
message: x
)"}},
     R"(rule.yaml:3:17: error: there is no kind of edge 'recruted' [pattern-unknown-edge]
  help: did you mean 'recruited'?
)"},

    {"'when' and 'at' that read more than the subject",
     {{"rule.yaml", R"(rule: a.b
match: (c:Cohort)<-[:recruited]-(r:Recruiter)
subject: c
at: r.licence_until
let: {big: c.workers > 5}
when: |
  c.workers > 0 && (r.role == 'agency' || big)
fail_if: r.role == 'agency'
message: x
)"}},
     R"(rule.yaml:4:5: error: 'at' sees the subject only, and 'r' is not the subject [rule-sees-subject-only]
  help: it is asked before the pattern is read; what speaks of a row belongs into the pattern (WHERE) or the condition
rule.yaml:7:21: error: 'when' sees the subject only, and 'r' is not the subject [rule-sees-subject-only]
  help: it is asked before the pattern is read; what speaks of a row belongs into the pattern (WHERE) or the condition
rule.yaml:7:43: error: 'when' sees the subject only, and 'big' is not the subject [rule-sees-subject-only]
  help: it is asked before the pattern is read; what speaks of a row belongs into the pattern (WHERE) or the condition
)"},

    {"patterns in 'let' that are none",
     {{"rule.yaml", R"(rule: a.b
subject: (c:Cohort)
let:
  a: {exists: '(c)<-[:recruited]-(r:Recruiter)', when: true}
  b: {exists: '(c)<-[:recruited]-(r)', count: '(c)<-[:recruited]-(r)'}
  d: {each: '(c)'}
  e: {exists: }
  f: {exists: '(c)<-[:recruited]-(r WHERE r.rle == 1)'}
  g: {count: '(x)<-[:recruited]-(r)'}
  h: {count: '(f)<-[:recruited]-(r)'}
  i: {exists: '(i)<-[:recruited]-(c)'}
fail_if: a && b && d && e && f && g > 0 && h > 1 && i
message: x
)"}},
     R"(rule.yaml:4:50: error: 'let' entry 'a' is neither an expression nor one pattern [rule-let-pattern]
  help: write an expression, {exists: PATTERN} or {count: PATTERN}, with no other key beside
rule.yaml:5:40: error: 'let' entry 'b' asks two things at once [rule-let-pattern]
  help: write two entries, one with 'exists' and one with 'count'
rule.yaml:6:7: error: 'let' entry 'd' is neither an expression nor one pattern [rule-let-pattern]
  help: write an expression, {exists: PATTERN} or {count: PATTERN}, with no other key beside
rule.yaml:7:14: error: 'exists' is a pattern, not nothing [rule-wrong-shape]
  help: YAML reads '#' after a blank as a comment and 'null' and '~' as nothing
rule.yaml:8:45: error: there is no 'rle' in a Recruiter [cel-unknown-attribute]
  help: did you mean 'role'?
rule.yaml:9:15: error: this pattern begins nowhere [pattern-unbound]
  help: let one of its nodes be a variable of the rule: `(c)`
rule.yaml:11:3: error: 'let' entry 'i' uses itself [rule-let-cycle]
  help: an entry may use those that do not need it
)"},

    {"names of a pattern that 'let' takes again",
     {{"rule.yaml", R"(rule: a.b
match: (c:Cohort)<-[h:recruited]-(r:Recruiter)
subject: c
let:
  r: 1
  c: 2
  fine: c.workers
fail_if: fine > 3
message: x
)"}},
     R"(rule.yaml:5:3: error: 'r' is a variable of 'match' and cannot be the name of a 'let' entry [rule-name-taken]
rule.yaml:6:3: error: 'c' is the subject and cannot be the name of a 'let' entry [rule-name-taken]
)"},

    {"a pattern that YAML reads as a map",
     {{"rule.yaml", R"(rule: a.b
match: {from: c}
subject: c
fail_if: true
message: x
)"}},
     R"(rule.yaml:2:8: error: 'match' is a pattern, not a map [rule-wrong-shape]
  help: YAML reads a leading '{' or '[' as the begin of a map or list: put the text into quotes, or on lines of its own after '|'
)"},

    {"a pattern that is not there",
     {{"rule.yaml", R"(rule: a.b
match:
subject: c
fail_if: c.workers > 5
message: x
)"}},
     R"(rule.yaml:2:7: error: 'match' is a pattern, not nothing [rule-wrong-shape]
  help: YAML reads '#' after a blank as a comment and 'null' and '~' as nothing
)"},

    {"'when' is not guarded by the pattern, which is read later",
     {{"rule.yaml", R"(rule: a.b
match: (c:Cohort WHERE has(c.left))<-[:recruited]-(r:Recruiter)
subject: c
when: c.left < as_of
fail_if: c.left < as_of && r.role == 'agency'
message: x
)"}},
     R"(rule.yaml:4:7: error: 'c.left' may be absent: ask with has() first [cel-missing-guard]
  help: write `has(c.left) && ...`, or `has(c.left) ? c.left : other`
)"},

    {"names that are not in the pattern",
     {{"rule.yaml", R"(rule: a.b
match: (c:Cohort)<-[:recruited]-(r:Recruiter)
subject: c
fail_if: s.role == 'agency'
message: "{s.name} {r.nme}"
)"}},
     R"(rule.yaml:4:10: error: there is nothing named 's' [cel-unknown-name]
  help: one of: c, r, as_of
rule.yaml:5:12: error: there is nothing named 's' [cel-unknown-name]
  help: one of: c, r, as_of
rule.yaml:5:23: error: there is no 'nme' in a Recruiter [cel-unknown-attribute]
  help: did you mean 'name'?
)"},

    {"patterns of 'let' in a circle",
     {{"rule.yaml", R"(rule: a.b
subject: (c:Cohort)
let:
  one: {exists: '(c)<-[:recruited]-(x WHERE two > 1)'}
  two: {count: '(c)<-[:recruited]-(x WHERE one)'}
fail_if: two > 3
message: x
)"}},
     R"(rule.yaml:4:3: error: entries of 'let' use each other in a circle: one -> two -> one [rule-let-cycle]
  help: an entry may use those that do not need it
)"},

    {"a path that shares no node with the rest",
     {{"rule.yaml", R"(rule: a.b
match: (c:Cohort)<-[:recruited]-(r:Recruiter), (f:Facility)-[:employs]->(d:Cohort)
subject: c
fail_if: true
message: x
)"}},
     R"(rule.yaml:2:8: error: path 2 shares no node with those that 'c' leads to [pattern-unbound]
  help: let one of its nodes have the name of a node of another path
)"},

    {"a table that is misspelt inside of a pattern",
     {{"rule.yaml", R"(rule: a.b
match: (c:Cohort)<-[:recruited]-(r:Recruiter WHERE fee_cp(c.origin).cap > money('1 USD'))
subject: c
fail_if: r.role == 'agency'
message: x
)"}},
     R"(rule.yaml:2:52: error: there is no function 'fee_cp' [cel-unknown-function]
  help: did you mean 'fee_cap'?
)"},

    {"no id, no subject, no message",
     {{"rule.yaml", R"(fail_if: true
)"}},
     R"(rule.yaml:1:1: error: a rule needs 'rule': its id [rule-missing-key]
  help: write for instance 'rule: recruitment-fees.worker-paid'
rule.yaml:1:1: error: a rule needs 'subject': who is judged [rule-missing-key]
  help: write for instance 'subject: (c:Cohort)'
rule.yaml:1:1: error: a rule needs 'message': what a finding says [rule-missing-key]
  help: write for instance 'message: "{c.workers} workers paid {paid}"'
)"},

    {"texts that are no texts",
     {{"rule.yaml", R"(rule: a
subject: (c:Cohort)
fail_if: c.workers > 5
message: {}
title: {en: [a], fr: ''}
why: {fr_FR: x}
references: x
proof: yes
ask: [a]
basis: {a: b}
let: [a]
)"}},
     R"(rule.yaml:4:10: error: 'message' has no text in any language [rule-wrong-shape]
rule.yaml:5:13: error: 'title' in en is a text, not a list [rule-wrong-shape]
rule.yaml:5:22: error: 'title' in fr is a text, not an empty one [rule-wrong-shape]
rule.yaml:6:7: error: 'fr_FR' is no language of 'why' [rule-unknown-language]
  help: write 'fr-FR'
rule.yaml:7:13: error: 'references' is a list, not a text [rule-wrong-shape]
rule.yaml:8:8: error: 'proof' is a map of keys and values, not a text [rule-wrong-shape]
rule.yaml:9:6: error: 'ask' is a map of keys and values, not a list [rule-wrong-shape]
rule.yaml:10:8: error: 'basis' is a list, not a map [rule-wrong-shape]
rule.yaml:11:6: error: 'let' is a map of keys and values, not a list [rule-wrong-shape]
)"},
  };
  // clang-format on
  return cases;
}

/// Without the lines of the source, which are the affair of core's tests.
std::string in_short(const Diagnostics& diagnostics) {
  std::string out;
  for (Diagnostic diagnostic : diagnostics.items()) {
    diagnostic.line.clear();
    out += to_text(diagnostic);
  }
  return out;
}

}  // namespace

TEST_CASE("rules: mistakes are told with their exact places", "[rules][malformed]") {
  CHECK(all().size() > 60);
  for (const Malformed& one : all()) {
    const ScratchFolder folder;
    for (const auto& [name, text] : one.files) folder.write(name, text);
    const auto rules = load_rules(folder.path());
    INFO(one.what);
    CHECK_FALSE(rules);
    CHECK(folder.relative(in_short(rules.diagnostics())) == one.expected);
  }
}

TEST_CASE("rules: a mistake inside an expression is shown with its line and a caret",
          "[rules][malformed]") {
  const ScratchFolder folder;
  folder.write("rule.yaml",
               "rule: a\nsubject: (c:Cohort)\nfail_if: |\n  c.fees.exists(f,\n    f.amont > "
               "0)\nmessage: m\n");
  CHECK(folder.relative(to_text(load_rules(folder.path()).diagnostics())) ==
        "rule.yaml:5:7: error: there is no 'amont' in a 'charged' edge [cel-unknown-attribute]\n"
        "    5 |     f.amont > 0)\n"
        "      |       ^~~~~\n"
        "  help: did you mean 'amount'?\n");
}

TEST_CASE("rules: of many mistakes in one file the first are listed and the others counted",
          "[rules][malformed]") {
  const ScratchFolder folder;
  std::string text = "rule: a\nsubject: (c:Cohort)\nfail_if: c.workers > 5\nmessage: m\n";
  for (int index = 0; index < 50; ++index) text += "key" + std::to_string(index) + ": x\n";
  folder.write("rule.yaml", text);
  const auto rules = load_rules(folder.path());
  CHECK(rules.diagnostics().items().size() == 20);
  CHECK(rules.diagnostics().errors() == 50);
  CHECK(rules.diagnostics().dropped() == 30);
}
