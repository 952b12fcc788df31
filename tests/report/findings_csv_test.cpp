// findings.csv.

#include "eraudit/report/findings_csv.hpp"

#include <string>
#include <vector>

#include "eraudit/core/csv.hpp"
#include "eraudit/report/detail/csv_cell.hpp"
#include "tests/report/formats_support.hpp"
#include "tests/report/support.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;
using eraudit::detail::csv_cell;
using eraudit::test::has;
using eraudit::test::times;

TEST_CASE("csv: findings are rows, in the order of the report", "[report][csv]") {
  const std::string csv = write_findings_csv(
      test::report_of("nodes: {Cohort: {np-24: {workers: 48, occupation: packer}}}",
                      test::telling_rule()),
      "fr");
  const std::size_t end = csv.find("\r\n");
  CHECK(csv.substr(0, end) ==
        "\uFEFFid,verdict,result,severity_low,severity_high,indicator,rule,title,kind,subject,"
        "message,remedy,days,basis,rests_on,sides,error,file,line");
  const std::string row = csv.substr(end + 2);
  CHECK(row.starts_with("f_"));
  CHECK(has(row, ",fail,indicateur constaté,critical,critical,"));
  CHECK(has(row, ",test.rule,Dit,Cohort,np-24,packer,Corriger,90,"));
  CHECK(has(row, "np-24.workers = 48"));
  CHECK(times(csv, "\r\n") == 2);
}

TEST_CASE("csv: no cell is taken for a formula", "[report][csv]") {
  CHECK(csv_cell("=1+1") == "\"'=1+1\"");
  CHECK(csv_cell("+1") == "\"'+1\"");
  CHECK(csv_cell("-1") == "\"'-1\"");
  CHECK(csv_cell("@x") == "\"'@x\"");
  CHECK(csv_cell("\tx") == "\"'\tx\"");
  CHECK(csv_cell("\rx") == "\"' x\"");
  CHECK(csv_cell("\nx") == "\"' x\"");
  CHECK(csv_cell("\uff1d1") == "\"'\uff1d1\"");
  CHECK(csv_cell("a=1") == "a=1");
  CHECK(csv_cell("") == "");
}

TEST_CASE("csv: what separates cells is quoted, and a row is a line", "[report][csv]") {
  CHECK(csv_cell("a,b") == "\"a,b\"");
  CHECK(csv_cell("a;b") == "\"a;b\"");
  CHECK(csv_cell("a \"b\" c") == "\"a \"\"b\"\" c\"");
  CHECK(csv_cell("a\nb") == "a b");
}

TEST_CASE("csv: names that are formulas or markup stay names", "[report][csv]") {
  const std::string csv = write_findings_csv(test::hostile_report());
  CHECK(times(csv, "\r\n") == test::hostile_names().size() + 1);
  for (const std::string_view begin : {",=", ",+", ",-", ",@", "\n=", ",\"=", ",\"+", ",\"@"}) {
    INFO(begin);
    CHECK_FALSE(has(csv, begin));
  }
  CHECK(has(csv, ",\"'=cmd|' /C calc'!A0\","));
}
