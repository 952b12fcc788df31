#pragma once
// Rules, packs and tables, loaded and checked.

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/expression/table.hpp"
#include "eraudit/pattern/syntax.hpp"
#include "eraudit/rules/rule.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit {

/// A versioned set of rules for one standard or law.
struct Pack {
  std::string id;
  std::string version;
  LocalText title;
  LocalText about;
  std::string licence;
  std::string sha256;  ///< over the files of its rules and tables
};

/// A cheap handle on shared immutable state; safe from many threads. Rules are ordered by id.
class ERAUDIT_API Rules {
 public:
  [[nodiscard]] std::span<const Rule> all() const noexcept;
  [[nodiscard]] std::size_t size() const noexcept { return all().size(); }
  [[nodiscard]] std::span<const Pack> packs() const noexcept;
  /// All that the rules call, by name, then file. (How a rule's programs number them:
  /// `Rule::tables`.)
  [[nodiscard]] std::span<const TablePtr> tables() const noexcept;
  [[nodiscard]] const SchemaPtr& schema() const noexcept;
  [[nodiscard]] std::optional<std::size_t> find(std::string_view id) const noexcept;
  /// Only the rules with these ids or id prefixes (`recruitment-fees`,
  /// `recruitment-fees.worker-paid`). Throws `Error` (`bad_argument`) with the nearest id for one
  /// that selects nothing.
  [[nodiscard]] Rules select(std::span<const std::string> ids) const;

  struct State;
  explicit Rules(std::shared_ptr<const State> state) : state_(std::move(state)) {}

 private:
  std::shared_ptr<const State> state_;
};

struct LoadOptions {
  SchemaPtr schema{};  ///< null: the recruitment schema; a network's own, if it extends it
  Limits limits{};
  PatternLimits pattern_limits{};  ///< of `match`, `exists` and `count`
};

/// Names of the packs in the library, in order.
[[nodiscard]] ERAUDIT_API std::vector<std::string> builtin_packs();

/// Each of `what` is the name of a built-in pack, a pack folder (with `pack.yaml`), a folder of
/// rule files, or one rule file; nothing given means the built-in pack `core`. Tables of the
/// library may be used by all; a pack's own `tables/` come before them. Every mistake of every file
/// is collected; with mistakes there are no rules. Two rules with one id are a mistake. Files named
/// `*.test.yaml` are cases and not read here. Throws `Error` (`no_such_file`).
[[nodiscard]] ERAUDIT_API Checked<Rules> load_rules(std::span<const std::string> what,
                                                    const LoadOptions& options = {});
[[nodiscard]] ERAUDIT_API Checked<Rules> load_rules(const std::string& what,
                                                    const LoadOptions& options = {});

/// The question that would settle a fact: the rule's own, else the schema's or the table's; null if
/// there is none. `path` as in asks: `charged.amount`, `Cohort.fees`, `rate`, `table min_wage`.
[[nodiscard]] ERAUDIT_API const LocalText* question(const Rule& rule, const Schema& schema,
                                                    std::string_view path);

/// JSON Schema (draft-07) of rule files, case files and tables, for editors.
[[nodiscard]] ERAUDIT_API std::string rule_json_schema(const Schema& schema);

}  // namespace eraudit
