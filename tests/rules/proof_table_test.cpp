// How much each class of source counts, and mistakes in a file that says it.

#include "eraudit/rules/proof_table.hpp"

#include <string>

#include "tests/support/catch.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace eraudit;
using eraudit::test::ScratchFolder;

namespace {

const std::string head =
    "eraudit: proof/1\n"
    "certainty: recalled\n"
    "levels: {stated: 2, supported: 3, corroborated: 3}\n";
const std::string topics =
    "topics:\n"
    "  fees: {title: fees, facts: [charged, engages.price_per_worker], fresh_months: 24}\n"
    "  wages: {title: wages, facts: [charged.amount, Cohort.base_wage], fresh_months: 12}\n";
const std::string classes =
    "classes:\n"
    "  payroll-record: {group: papers, default: 3, fees: 1}\n"
    "  contract-document: {group: contracts, default: 4}\n";

Checked<ProofTablePtr> read(const std::string& text) {
  const ScratchFolder folder;
  return read_proof_table(folder.write("proof.yaml", text), *recruitment_schema());
}

/// Errors only, unless there are none.
std::string mistakes(const std::string& text) {
  std::string errors;
  std::string warnings;
  const auto result = read(text);
  for (const Diagnostic& one : result.diagnostics().items()) {
    std::string& out = one.level == DiagnosticLevel::error ? errors : warnings;
    out += std::to_string(one.position.line) + ":" + std::to_string(one.position.column) + " " +
           one.message + " [" + one.id + "]\n";
    if (!one.help.empty()) out += "  " + one.help + "\n";
  }
  CHECK(static_cast<bool>(result) == errors.empty());
  return errors.empty() ? warnings : errors;
}

}  // namespace

TEST_CASE("proof table: the one that ships names every class of the schema", "[rules][proof]") {
  const Schema& schema = *recruitment_schema();
  const ProofTablePtr table = builtin_proof_table(schema);
  REQUIRE(table);
  CHECK(table->draft);  // nobody has checked its figures
  REQUIRE(table->classes.size() == schema.source_classes().size());
  for (const ProofTable::Class& one : table->classes) CHECK_FALSE(one.by_topic.empty());
  REQUIRE(table->source);
  CHECK(table->source->name().ends_with("proof.yaml"));
}

TEST_CASE("proof table: the nearest name of a fact has the topic", "[rules][proof]") {
  const auto made = read(head + topics + classes);
  REQUIRE(made);
  const ProofTable& table = **made;
  const Schema& schema = *recruitment_schema();
  const EdgeKindId charged = *schema.find_edge("charged");
  const KindId cohort = *schema.find_kind("Cohort");
  CHECK(table.topics[table.topic(charged, row_itself)].id == "fees");
  CHECK(table.topics[table.topic(charged, *schema.edge(charged).find("category"))].id == "fees");
  CHECK(table.topics[table.topic(charged, *schema.edge(charged).find("amount"))].id == "wages");
  CHECK(table.topics[table.topic(schema.find_list(cohort, "fees")->list)].id == "fees");
  CHECK(table.topics[table.topic(cohort, *schema.kind(cohort).find("base_wage"))].id == "wages");
  CHECK(table.topic(cohort, *schema.kind(cohort).find("workers")) == ProofTable::no_topic);
}

TEST_CASE("proof table: a class that is left out is warned of", "[rules][proof]") {
  const std::string told = mistakes(head + topics + classes);
  CHECK(told.find("the class of source 'payment-proof' of the schema is not here") !=
        std::string::npos);
  CHECK(told.find("[proof-missing-class]") != std::string::npos);
}

TEST_CASE("proof table: each mistake is told at its place", "[rules][proof]") {
  CHECK(mistakes("eraudit: rates/1\n") ==
        "1:10 this is not a table of weights [proof-wrong-form]\n"
        "  it begins with 'eraudit: proof/1'\n");
  CHECK(mistakes("eraudit: proof/1\ncertainty: sure\nlevels: {stated: 3, supported: 2, "
                 "corroborated: 9}\n" +
                 topics + classes) ==
        "2:12 'sure' is no certainty [proof-bad-certainty]\n"
        "  one of: verified, recalled\n"
        "3:32 'supported' must not ask for less than the level before it [proof-order]\n"
        "3:49 'corroborated' is a whole number from 1 to 5 [proof-bad-number]\n");
  CHECK(mistakes(head +
                 "topics:\n  fees: {title: fees, facts: [charge, Cohort.base_wag], "
                 "fresh_months: 0}\n" +
                 classes) ==
        "5:31 there is no kind of edge 'charge'; of a node its attributes are named one by one "
        "[proof-unknown-fact]\n"
        "  did you mean 'charged'?\n"
        "5:39 Cohort has neither an attribute nor a list of edges 'base_wag' "
        "[proof-unknown-fact]\n"
        "  did you mean 'base_wage'?\n"
        "5:71 'fresh_months' is a whole number from 1 to 1200 [proof-bad-number]\n");
  CHECK(mistakes(head + topics +
                 "classes:\n  payrol-record: {group: papers, default: 3}\n  contract-document: "
                 "{group: contracts, default: 4, fee: 2}\n") ==
        "8:3 the schema has no class of source 'payrol-record' [proof-unknown-class]\n"
        "  did you mean 'payroll-record'?\n"
        "9:53 the class 'contract-document' has no key 'fee' [proof-unknown-key]\n"
        "  did you mean 'fees'?\n");
  CHECK(mistakes(head + "interviews: {class: voices, separately: 1}\n" + topics + classes) ==
        "4:21 the schema has no class of source 'voices' [proof-unknown-class]\n"
        "  one of: worker-interview-offsite, worker-interview-onsite, worker-survey-anonymous, "
        "grievance-record, payroll-record, payment-proof, contract-document, recruiter-invoice, "
        "... (17 in all)\n"
        "4:41 'separately' is a whole number from 2 to 1000000 [proof-bad-number]\n");
}

TEST_CASE("proof table: a fact has one topic", "[rules][proof]") {
  CHECK(mistakes(head +
                 "topics:\n"
                 "  fees: {title: fees, facts: [charged], fresh_months: 24}\n"
                 "  more: {title: more, facts: [charged], fresh_months: 24}\n" +
                 classes) == "6:31 'charged' is of two topics, or there twice [proof-twice]\n");
  CHECK(mistakes(head + "topics: {default: {title: d, facts: [charged], fresh_months: 24}}\n" +
                 "classes: {}\n") ==
        "4:10 no topic is called 'default' [proof-twice]\n"
        "  classes have a key of that name: choose another\n");
}
