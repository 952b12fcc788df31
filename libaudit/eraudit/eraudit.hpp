#pragma once
// Everything: networks, rules, assessments, reports.
//
//   auto network = eraudit::read_network("network.yaml");
//   auto rules = eraudit::load_rules("core");
//   auto assessment = eraudit::evaluate(*network, *rules, {.as_of =
//   eraudit::parse_date("2026-06-30")});

// IWYU pragma: begin_exports
#include "eraudit/core/version.hpp"
#include "eraudit/evaluate/ask_plan.hpp"
#include "eraudit/evaluate/case_coverage.hpp"
#include "eraudit/evaluate/cost.hpp"
#include "eraudit/evaluate/evaluate.hpp"
#include "eraudit/evaluate/mutation.hpp"
#include "eraudit/evaluate/run_cases.hpp"
#include "eraudit/import/guess.hpp"
#include "eraudit/import/import.hpp"
#include "eraudit/network/builder.hpp"
#include "eraudit/network/read.hpp"
#include "eraudit/network/write.hpp"
#include "eraudit/report/report.hpp"
#include "eraudit/risk/risk.hpp"
#include "eraudit/rules/layout.hpp"
#include "eraudit/rules/lint.hpp"
#include "eraudit/rules/proof_table.hpp"
#include "eraudit/rules/rules.hpp"
#include "eraudit/rules/starter.hpp"
#include "eraudit/schema/show.hpp"
// IWYU pragma: end_exports
