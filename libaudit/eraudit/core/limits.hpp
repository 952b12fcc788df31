#pragma once
// How much is read, kept and computed at most. Rules and data may come from strangers.
//
// Reaching an input limit is an error of the input (exit 65); reaching a run-time limit gives the
// verdict `error` with the limit as its cause; reaching an output limit truncates with a count.
// docs/limits.md repeats this table.

#include <cstddef>
#include <cstdint>

namespace eraudit {

struct Limits {
  // Input.
  std::size_t rule_file_bytes = 4u << 20;
  std::size_t data_file_bytes = 2ull << 30;
  std::size_t document_depth = 64;
  std::size_t document_nodes = 20'000'000;  ///< values in one YAML or JSON file
  std::size_t alias_uses = 1'000;  ///< YAML aliases in one rule file; data files allow none
  std::size_t alias_growth = 10;   ///< expanded nodes over written nodes
  std::size_t scalar_bytes = 1u << 20;
  std::size_t identifier_bytes = 256;
  std::size_t keys_per_map = 10'000'000;
  std::size_t csv_columns = 1'024;
  std::size_t csv_field_bytes = 1u << 20;
  std::size_t csv_rows = 50'000'000;
  std::size_t nodes = 50'000'000;
  std::size_t edges = 500'000'000;
  std::size_t rules = 5'000;
  std::size_t expression_code_points = 100'000;
  std::size_t expression_depth = 250;
  std::size_t regex_pattern_bytes = 1'000;
  std::int64_t regex_memory_bytes = 8 << 20;
  // Run time, per rule and subject.
  std::uint64_t fuel = 1'000'000;       ///< steps of the evaluator
  std::size_t value_bytes = 64u << 20;  ///< texts, lists and facts one evaluation may make
  // Run time, per rule, over all its subjects.
  std::uint64_t rule_fuel = 10'000'000'000;  ///< steps; what is left then is not judged
  // Output.
  std::size_t facts_per_verdict = 64;
  std::size_t witnesses = 16;
  std::size_t message_bytes = 65'536;  ///< of one message, or one value in an explanation
  std::size_t findings = 1'000'000;
  std::size_t diagnostics_per_file = 20;
  std::size_t diagnostics = 1'000;
};

}  // namespace eraudit
