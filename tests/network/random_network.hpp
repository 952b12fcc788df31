#pragma once
// Random networks under `small_schema()`, with everything that a network may hold.

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "eraudit/network/builder.hpp"

namespace eraudit::test {

/// What a builder is told, record by record.
struct RandomNetwork {
  struct Value {
    AttributeId attribute;
    Cell cell;
    std::string source;  ///< empty: that of the record
  };
  struct Record {
    bool edge = false;
    std::uint16_t kind = 0;
    std::string id;  ///< of an edge: its own, mostly none
    std::string from;
    std::string to;
    std::vector<std::string> sources;
    std::vector<Value> values;
  };
  struct Statement {
    std::string node;
    ListId list;
    std::string source;
  };
  std::vector<SourceRecord> sources;
  std::vector<Record> records;
  std::vector<Statement> statements;
  std::optional<Date> as_of;

  [[nodiscard]] Network build() const;
  /// The same in another order.
  void shuffle(std::mt19937& random);
};

/// `claims`: also several sources, disputes, records of one thing.
[[nodiscard]] RandomNetwork random_network(std::mt19937& random, bool claims);

/// Every difference in cells, claims, sources, names and statements, or nothing.
[[nodiscard]] std::string difference(const Network& a, const Network& b);

}  // namespace eraudit::test
