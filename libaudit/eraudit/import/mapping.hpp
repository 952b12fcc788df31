#pragma once
// How a table that somebody sent becomes nodes and edges: a mapping file, read and checked.

#include <memory>
#include <string>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/document.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit {

/// `eraudit: mapping/1`, checked against a schema, its expressions compiled. A cheap handle on
/// shared immutable state; safe from many threads. docs/how-to/import.md explains the form:
///
///     eraudit: mapping/1
///     schema: more-kinds.yaml           optional: extends the schema; beside the mapping
///     as_of: 2021-09-30                 optional: the day the tables speak of
///     sources: {form: {class: government-list, ref: form 9142B}}
///     source: form                      who says it all, unless an entry says otherwise
///     fillers: [N/A, none, "-"]         texts that say nothing: not known. An empty cell always is
///     absent: [not required]            texts that say "there is none"
///     table:
///       columns:                        our names; headers as they are spelt in different years
///         case: CASE_NUMBER
///         agency: {header: [AGENCY, RECRUITER_EMPLOYER_NAME]}
///         person: {header: NAME, person: key_only}
///       skip_if: row.case.startsWith('TEST')
///     nodes:                            our names for what a row makes
///       statement: {kind: Recruitment, id: row_key}
///       agency:
///         kind: Recruiter
///         id: slug(normal_name(row.agency))
///         when: filled.agency
///         attributes: {name: {value: row.agency, many: most_frequent}, role: {constant: agency}}
///     edges:
///       - {kind: through, from: statement, to: agency, attributes: {as_written: row.agency}}
///     complete: [{node: statement, list: agencies}]
///
/// Values are CEL. There, `row.x` is the text of the cell, trimmed: unknown if it is empty or a
/// filler, `null` if it says "there is none". `filled.x` is true where there is a text. `row_key`
/// is a digest of the row, `repeat` 1 for the first row that says this, 2 for the second ..., and
/// `company_forms` the list that `normal_name` drops by itself.
class ERAUDIT_API Mapping {
 public:
  [[nodiscard]] const std::string& file() const noexcept;    ///< as the document was named
  [[nodiscard]] const std::string& sha256() const noexcept;  ///< of the mapping file
  [[nodiscard]] const SchemaPtr& schema() const noexcept;    ///< with the mapping's extension

  struct State;  ///< private (import/detail/mapping_state.hpp)
  explicit Mapping(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  [[nodiscard]] const State& state() const noexcept { return *state_; }

 private:
  std::shared_ptr<const State> state_;
};

/// Unknown keys, kinds, attributes, lists, columns and functions are errors with the nearest name;
/// so are values that cannot be of their attribute's type, columns that look like a person's data
/// without saying what becomes of it, and a person's column that would reach an attribute. A
/// constant is read now, not per row. `schema`: what the mapping's own extends; null: the
/// recruitment schema. Throws `Error` (`no_such_file`) if the extension is not there.
[[nodiscard]] ERAUDIT_API Checked<Mapping> read_mapping(const Document& document,
                                                        SchemaPtr schema = nullptr,
                                                        const Limits& limits = {});

}  // namespace eraudit
