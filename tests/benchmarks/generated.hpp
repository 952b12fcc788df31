#pragma once
// The network that shared/bench/gen.cpp makes, as a folder of tables that `read_network` reads.

#include <cstdint>
#include <string>

namespace eraudit::test {

/// What a folder of tables holds.
struct Tables {
  std::uint64_t bytes = 0;
  std::uint64_t nodes = 0;
  std::uint64_t edges = 0;
};

/// `from` has the nodes.csv, cohorts.csv and edges.csv of the generator; `to`, which is made anew,
/// gets a table per kind and edge kind and generated_schema.yaml. Nothing is left out:
///
///   brand, supplier             Company: roles, tier, country
///   facility                    Facility: country
///   recruiter, subagent         Recruiter: role, level, country, licensed, licence_until
///   cohort (two files)          Cohort: origin, workers, base_wage, fees_paid, ...
///   SUPPLIES                    supplies          valid_from, valid_to: since, until (the day
///   before) OPERATES                    operates          att: strength RECRUITS_FOR, SUBCONTRACTS
///   engages           the first turned round; fee: price_per_worker EMPLOYS employs RECRUITED
///   recruited         valid_from: on; fee CHARGES                     charged valid_from: on; fee:
///   amount
///
/// Amounts are USD. Records between the same ends would be statements about one edge; the second
/// and further ones therefore have an `id`.
Tables split_generated(const std::string& from, const std::string& to);

}  // namespace eraudit::test
