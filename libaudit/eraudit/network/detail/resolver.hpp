#pragma once
// Several records of one thing: what agrees becomes a value, what does not becomes claims.

#include <compare>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "eraudit/network/detail/draft.hpp"

namespace eraudit::detail {

/// Works on the rows of one draft table. A row that was resolved is appended to the table; its
/// columns and `claims` then say what a network says: a cell without claims is said by the sources
/// of its row.
class Resolver {
 public:
  /// `name_of` names a row in warnings.
  Resolver(NetworkBuilder::State& state, DraftTable& table,
           std::function<std::string(std::uint32_t row)> name_of);

  /// Rows of input that have statements beside the columns, in ascending order, each once.
  [[nodiscard]] std::vector<std::uint32_t> rows_with_claims() const;

  /// One row that says all that `rows` say; the order of `rows` does not matter.
  std::uint32_t resolve(std::span<const std::uint32_t> rows);

  /// No cell of any of `rows` contradicts another.
  [[nodiscard]] bool agree(std::span<const std::uint32_t> rows) const;

  /// A total order by cells, claims and sources; `equal` rows say the same.
  [[nodiscard]] std::strong_ordering compare_cells(std::uint32_t a, std::uint32_t b) const;
  [[nodiscard]] std::strong_ordering compare_rest(std::uint32_t a, std::uint32_t b) const;

  /// Of a resolved row.
  [[nodiscard]] std::span<const DraftClaim> claims(std::uint32_t row) const noexcept;
  [[nodiscard]] bool resolved(std::uint32_t row) const noexcept { return row >= base_; }
  [[nodiscard]] bool any_resolved() const noexcept { return !resolved_.empty(); }

 private:
  struct Witness {
    std::uint16_t source;
    std::uint16_t file;
    std::uint32_t line;
  };
  [[nodiscard]] std::vector<Witness> witnesses(std::span<const std::uint32_t> rows) const;
  [[nodiscard]] std::vector<DraftClaim> said(std::span<const std::uint32_t> rows,
                                             AttributeId attribute) const;
  void settle(std::uint32_t row, std::vector<DraftClaim> said,
              const std::vector<Witness>& witnesses);

  NetworkBuilder::State& state_;
  DraftTable& table_;
  std::function<std::string(std::uint32_t)> name_of_;
  std::uint32_t base_;                             ///< rows of input
  std::vector<std::vector<DraftClaim>> resolved_;  ///< by row - base
};

}  // namespace eraudit::detail
