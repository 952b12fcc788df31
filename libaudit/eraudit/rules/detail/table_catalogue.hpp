#pragma once
// The tables that rules may call.

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/document.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/expression/table.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit::rules_detail {

/// `rba-fee-severity` is called as `rba_fee_severity`.
[[nodiscard]] std::string table_function(std::string_view name);

/// What a column of a severity table holds: the ids of `Severity`.
[[nodiscard]] const Attribute& severity_attribute();

/// `eraudit: table/1`. Null if there are errors.
[[nodiscard]] TablePtr read_table(const Document& document, const SchemaPtr& schema,
                                  const Limits& limits, Diagnostics& diagnostics);

/// Tables by the name they are called by; those of the library are read when first asked for.
/// Not for many threads.
class TableCatalogue {
 public:
  /// Tables of `below`, which may be null and outlives this, are found where this has none.
  explicit TableCatalogue(TableCatalogue* below = nullptr) : below_(below) {}

  void add(TablePtr table);
  /// A table whose file has errors: it is there, but cannot be used.
  void add_faulty(std::string name);
  void add_lazy(std::string name, std::function<TablePtr()> read);

  [[nodiscard]] bool has(std::string_view name) const;
  /// Null if there is none or its file has errors.
  [[nodiscard]] TablePtr find(std::string_view name);
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  struct Entry {
    TablePtr table;
    std::function<TablePtr()> read;
  };
  TableCatalogue* below_;
  std::map<std::string, Entry, std::less<>> entries_;
};

}  // namespace eraudit::rules_detail
