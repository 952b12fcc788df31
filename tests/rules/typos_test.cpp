// A typo can never disable a rule: wherever one stands, loading says so at its place, and in most
// places what was meant.

#include <algorithm>
#include <string>
#include <string_view>

#include "eraudit/rules/cases.hpp"
#include "eraudit/rules/rules.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace eraudit;
using eraudit::test::ScratchFolder;

namespace {

constexpr std::string_view rule_file = "pack/rule.yaml";
constexpr std::string_view table_file = "pack/tables/limit_of.yaml";
constexpr std::string_view pack_file = "pack/pack.yaml";

constexpr std::string_view right_rule = R"rule(rule: my.rule
version: 1
status: draft
indicator: debt-bondage
title: {en: A title, ne: शीर्षक}
why: {en: It matters}
match: |
  p = ACYCLIC (c:Cohort WHERE c.origin == 'NP')<-[e:recruited]-(r:Recruiter {role: 'agency'})
subject: c
when: |
  c.destination in ['MY', 'QA'] && has(c.left)
let:
  paid: c.fees.filter(f, f.borne_by == 'worker').map(f, f.amount).sum()
  accepted: "['service-fee', 'medical']"
  cap: fee_cap(c.origin, c.destination, as_of).cap
  own: limit_of(r.country, 'renewal', as_of)
  others: {count: "(r)<-[:engages]-(x:Facility)"}
  share: 0.5
  months: 2.0
fail_if: |
  paid > money('100 USD') && c.fees.exists(f, !(f.category in accepted)) && others > p.length
  && c.recruited < date('2026-01-01') && plain_name(r.name) != country('Nepal')
  && c.fees.all(f, f.from.kind == 'Recruiter') && 'ne' in c.languages && c.fees.map(f, f.form).indexOf('cash') >= 0
  && {'once': 1, 'monthly': 2}[c.fees[0].recurrence] > own.most && c.wage_deductions < cap
at: as_of
severity: {table: rba-fee-severity, by: [share, months]}
proof: {fail: corroborated, pass: supported}
message:
  en: "{c.workers} workers paid {paid}"
  pt-BR: "{c.workers} trabalhadores"
basis: [{provision: ilo-fee-definition, relation: equal}]
ask: {charged.amount: {en: How much}, table fee_cap: {en: Which}}
remedy: {en: Repay, days: 30}
since: 2024-01-01
references: [None]
)rule";

constexpr std::string_view right_table = R"(eraudit: table/1
table: limit_of
inputs: {origin: country, kind: charged.recurrence, on: date}
output: {most: int, level: severity}
ask: {en: Which limit}
rows:
  - {origin: NP, kind: renewal, since: 2020-01-01, most: 3, level: high, source: none, certainty: recalled}
)";

constexpr std::string_view right_pack = R"(eraudit: pack/1
id: my-pack
version: 1.0.0
title: {en: Mine}
licence: CC0-1.0
)";

Diagnostics load(std::string_view rule, std::string_view table, std::string_view pack) {
  const ScratchFolder folder;
  folder.write(rule_file, rule);
  folder.write(table_file, table);
  folder.write(pack_file, pack);
  return load_rules(folder.file("pack")).diagnostics();
}

struct Typo {
  std::string_view context;  ///< as it stands there; what is misspelt in «»
  std::string_view wrong;
  /// What is named as right; empty: what was in «».
  std::string_view meant = {};
};

/// Puts the typo into `text` and says where it stands.
std::string with(std::string text, const Typo& typo, std::string& word, Position& place) {
  const std::string context(typo.context);
  const std::size_t open = context.find("«");
  const std::size_t close = context.find("»");
  REQUIRE(close != std::string::npos);
  word = context.substr(open + 2, close - open - 2);
  const std::string plain = context.substr(0, open) + word + context.substr(close + 2);
  const std::size_t found = text.find(plain);
  REQUIRE(found != std::string::npos);
  const std::size_t at = found + open;
  text.replace(at, word.size(), typo.wrong);
  place = Source("x", text).position(static_cast<std::uint32_t>(at));
  return text;
}

bool about(const Diagnostic& one, std::string_view file, const Position& place) {
  return one.file.ends_with(file) && one.position.line == place.line &&
         one.position.column <= place.column + 1 && place.column <= one.position.column + one.width;
}

void expect_told(const Diagnostics& found, std::string_view file, const Typo& typo,
                 const std::string& word, const Position& place) {
  INFO(typo.context << " -> " << typo.wrong << "\n" << to_text(found));
  const std::string meant(typo.meant.empty() ? std::string_view(word) : typo.meant);
  const auto& all = found.items();
  CHECK(std::any_of(all.begin(), all.end(), [&](const Diagnostic& one) {
    return about(one, file, place) && (one.help.find(meant) != std::string::npos ||
                                       one.message.find(meant) != std::string::npos);
  }));
}

constexpr Typo typos_of_rules[] = {
    // Keys, ids and words of the file.
    {"«rule»: my", "rul"},
    {"«version»:", "verison"},
    {"version: «1»", "one", "from 1"},
    {"status: «draft»", "drfat"},
    {"«indicator»:", "indicater"},
    {"indicator: «debt-bondage»", "debt-bondge"},
    {"«title»:", "titel"},
    {"title: {«en»: A", "english", "'en'"},
    {"title: {«en»: A", "en_GB", "'en-GB'"},
    {"title: {«en»: A", "eb", "ISO 639-1"},
    {"title: {en: A title, «ne»:", "EN", "twice"},
    {"«why»:", "wyh"},
    {"«match»:", "mach"},
    {"«subject»:", "subjet"},
    {"«when»:", "wehn"},
    {"«let»:", "lett"},
    {"«fail_if»:", "fail_iff"},
    {"«at»: as_of", "att"},
    {"at: «as_of»", "as_off"},
    {"«severity»:", "severty"},
    {"{«table»: rba", "tabel"},
    {"table: «rba-fee-severity»", "rba-fee-severty", "rba_fee_severity"},
    {"«by»: [share", "bye"},
    {"[«share», months]", "shar"},
    {"«proof»:", "prof"},
    {"{«fail»: corrob", "fial"},
    {"fail: «corroborated»", "coroborated"},
    {"pass: «supported»", "suported"},
    {"«message»:", "mesage"},
    {"«pt-BR»: \"", "pt_BR"},
    {"«basis»:", "bassis"},
    {"{«provision»: ilo", "provison"},
    {"provision: «ilo-fee-definition»", "ilo-fee-definitoin"},
    {"«relation»:", "realtion"},
    {"relation: «equal»", "equl"},
    {"«ask»:", "aks"},
    {"ask: {«charged.amount»:", "charged.amout", "amount"},
    {"ask: {«charged.amount»:", "chargd.amount", "charged"},
    {"«table fee_cap»:", "table fee_cpa", "fee_cap"},
    {"«remedy»:", "remdy"},
    {"«days»: 30", "dyas"},
    {"days: «30»", "thirty", "number of days"},
    {"«since»: 2024", "sinse"},
    {"since: «2024-01-01»", "2024-02-30", "2026-06-30"},
    {"«references»:", "refrences"},
    // Patterns.
    {"p = «ACYCLIC»", "ACYLCIC"},
    {"(c:«Cohort» WHERE", "Cohrt"},
    {"(c:Cohort «WHERE»", "WEHRE"},
    {"c.«origin» == 'NP'", "orgin"},
    {"c.origin == «'NP'»", "'LN'", "ISO 3166"},
    {"c.origin == «'NP'»", "'NPL'", "'NP'"},
    {"c.origin == «'NP'»", "'Nepal'", "'NP'"},
    {"e:«recruited»]", "recruted"},
    {"(r:«Recruiter» {", "Recruter"},
    {"{«role»: 'agency'", "rol"},
    {"role: «'agency'»", "'agncy'", "agency"},
    {"subject: «c»", "d", "c, r"},
    {"<-[:«engages»]-", "engage"},
    {"(x:«Facility»)\"", "Facilty"},
    {"{«count»: \"", "cuont"},
    // Names, attributes, lists, macros, functions and tables.
    {"c.«destination» in", "destinaton"},
    {"in [«'MY'», 'QA']", "'MX '", "'MX'"},
    {"['MY', «'QA'»]", "'QT'", "ISO 3166"},
    {"has(c.«left»)", "leftt"},
    {"«has»(c.left)", "hass"},
    {"c.«fees».filter", "fee"},
    {"fees.«filter»(f", "fliter"},
    {"f.«borne_by» ==", "born_by"},
    {"== «'worker'»", "'wroker'", "worker"},
    {"f.«amount»).sum", "amout"},
    {"amount).«sum»()", "summ"},
    {"«fee_cap»(c", "fee_capp"},
    {"c.destination, as_of).«cap»", "capp"},
    {"«limit_of»(r", "limit_off"},
    {"r.country, «'renewal'»", "'renewl'", "renewal"},
    {"«paid» > money", "piad"},
    {"money(«'100 USD'»)", "'100 UDS'", "USD"},
    {"money(«'100 USD'»)", "'100'", "ISO 4217"},
    {"c.fees.«exists»(f", "exsts"},
    {"!(f.category in «accepted»)", "acepted", "accepted"},
    {"«others» > p", "other", "others"},
    {"p.«length»", "lenght"},
    {"date(«'2026-01-01'»)", "'2026-13-01'", "2026-03-01"},
    {"«plain_name»(r", "plain_nam"},
    {"country(«'Nepal'»)", "'Nepall'", "Nepal"},
    {"f.from.kind == «'Recruiter'»", "'Recruter'", "Recruiter"},
    {"«'ne'» in c.lang", "'np'", "language"},
    {"indexOf(«'cash'»)", "'csah'", "cash"},
    {"{«'once'»: 1", "'onec'", "once"},
    {"own.«most»", "msot"},
    {"{c.«workers»} workers", "worker"},
    {"paid {«paid»}", "piad"},
    {"\"{«c».workers} trab", "k", "c"},
    // Values of an enumeration in a list that has a name: told where it is used.
    {"in «accepted»)", "['medcial']", "medical"},
};

constexpr Typo typos_of_tables[] = {
    {"«eraudit»: table", "erudit"},
    {"eraudit: «table/1»", "table/2", "table/1"},
    {"«inputs»:", "input"},
    {"origin: «country», kind", "contry"},
    {"kind: «charged.recurrence»", "charged.recurence", "recurrence"},
    {"«output»:", "ouput"},
    {"most: «int», level", "itn"},
    {"level: «severity»}", "severty"},
    {"«ask»:", "aks"},
    {"«rows»:", "rosw"},
    {"{«origin»: NP", "orgin"},
    {"origin: «NP»", "NPL", "NP"},
    {"origin: «NP»", "LN", "ISO 3166"},
    {"kind: «renewal»", "renewl"},
    {"«since»: 2020", "sinse"},
    {"since: «2020-01-01»", "2020-1-1", "2026-06-30"},
    {"«most»: 3", "msot"},
    {"most: «3»", "three", "whole number"},
    {"level: «high»", "hihg"},
    {"«certainty»: recalled", "certanty"},
    {"certainty: «recalled»", "recaled"},
};

constexpr Typo typos_of_packs[] = {
    {"eraudit: «pack/1»", "pack/2", "pack/1"},
    {"«id»: my", "idd"},
    {"«version»:", "verison"},
    {"«title»:", "titel"},
    {"«licence»:", "license"},
};

}  // namespace

TEST_CASE("rules: what the typos are made of is right", "[rules][typos]") {
  INFO(to_text(load(right_rule, right_table, right_pack)));
  CHECK(load(right_rule, right_table, right_pack).empty());
}

TEST_CASE("rules: a typo anywhere in a rule is told at its place", "[rules][typos]") {
  for (const Typo& typo : typos_of_rules) {
    std::string word;
    Position place;
    const std::string text = with(std::string(right_rule), typo, word, place);
    expect_told(load(text, right_table, right_pack), rule_file, typo, word, place);
  }
}

TEST_CASE("rules: a typo anywhere in a table or pack is told at its place", "[rules][typos]") {
  for (const Typo& typo : typos_of_tables) {
    std::string word;
    Position place;
    const std::string text = with(std::string(right_table), typo, word, place);
    expect_told(load(right_rule, text, right_pack), table_file, typo, word, place);
  }
  for (const Typo& typo : typos_of_packs) {
    std::string word;
    Position place;
    const std::string text = with(std::string(right_pack), typo, word, place);
    expect_told(load(right_rule, right_table, text), pack_file, typo, word, place);
  }
}

TEST_CASE("rules: a condition that cannot come true is told when the rule is loaded",
          "[rules][typos]") {
  const auto said = [](const std::string& condition) {
    const ScratchFolder folder;
    const std::string text =
        "rule: a\nsubject: (c:Cohort)\nfail_if: |\n  " + condition + "\nmessage: m\n";
    const Diagnostics found = load_rules(folder.write("a.yaml", text)).diagnostics();
    CHECK_FALSE(found.has_errors());
    std::string out;
    for (const Diagnostic& one : found.items()) {
      out += std::to_string(one.position.column) + " " + one.id + ": " + one.message + "\n";
    }
    return out;
  };
  CHECK(said("1 > 2") == "3 cel-constant-condition: this is always false\n");
  CHECK(said("c.workers > 1 || 'a' == 'b'") ==
        "20 cel-constant-condition: this is always false and changes nothing\n");
  CHECK(said("c.workers > 5 && c.workers < 3") ==
        "20 lint-dead-condition: 'c.workers < 3' can never be true: what stands before it says "
        "so\n");
  CHECK(said("c.workers == 3.5") == "16 cel-constant-condition: a whole number is never 3.5\n");
  CHECK(said("c.workers in [1, 2.5]") ==
        "20 cel-constant-condition: a whole number is never 2.5\n");
  CHECK(said("c.origin == c.origin") ==
        "3 cel-constant-condition: both sides are 'c.origin', which says nothing about it\n");
  CHECK(said("c.workers / 0 > 1") ==
        "3 cel-always-error: this is always an error: division by zero\n");
  CHECK(said("c.fees.exists(f, f.borne_by.startsWith('wroker'))") ==
        "20 cel-constant-condition: this can never be true: no value of 'charged.borne_by' has "
        "'wroker' there\n");
  CHECK(said("c.fees.exists(f, c.workers > 0)") ==
        "17 cel-unused-name: 'f' is not used: this says nothing about the elements\n");
  CHECK(said("c.fees.exists(c, c.amount > 0)") ==
        "17 cel-hidden-name: 'c' has a meaning outside, which is hidden here\n");
  CHECK(said("as_of - c.recruited > c.workers") ==
        "3 cel-unlike-units: 'as_of - c.recruited' is in days, 'c.workers' in people\n");
  CHECK(said("c.fees.size() > 0 && true") ==
        "24 cel-constant-condition: this is always true and changes nothing\n");
  CHECK(said("c.fees.exists(f, true)").empty());
  CHECK(said("c.workers > 0").empty());
}

TEST_CASE("rules: a value of an enumeration is looked up behind names too", "[rules][typos]") {
  const auto said = [](const std::string& lets, const std::string& condition) {
    const ScratchFolder folder;
    const std::string text = "rule: a\nsubject: (c:Cohort)\nlet:\n  " + lets + "\nfail_if: |\n  " +
                             condition + "\nmessage: m\n";
    const Diagnostics found = load_rules(folder.write("a.yaml", text)).diagnostics();
    std::string out;
    for (const Diagnostic& one : found.items()) {
      out += std::to_string(one.position.line) + ":" + std::to_string(one.position.column) + " " +
             one.message + "\n";
    }
    return out;
  };
  const std::string wrong = "'wroker' is no value of 'charged.borne_by'\n";
  CHECK(said("who: \"['wroker']\"", "c.fees.exists(f, f.borne_by in who)") == "6:34 " + wrong);
  CHECK(said("who: \"'wroker'\"", "c.fees.exists(f, f.borne_by == who)") == "6:34 " + wrong);
  CHECK(said("who: \"['worker']\"", "c.fees.exists(f, f.borne_by in who)").empty());
  CHECK(said("a: c.workers", "c.fees.exists(f, ['wroker'].exists(x, f.borne_by == x)) && a > 0") ==
        "6:21 " + wrong);
  CHECK(said("a: c.workers", "sets.contains(['wroker'], c.fees.map(f, f.borne_by)) && a > 0") ==
        "6:18 'wroker' is no value of 'borne_by'\n");
}
