#pragma once
// Rows taken together: rows per worker become rows per group.

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "eraudit/core/date.hpp"
#include "eraudit/core/money.hpp"
#include "eraudit/import/detail/row_maker.hpp"

namespace eraudit::detail {

/// Something that can be put in order and added up: a number, money, a wage, a day. With bounds, if
/// it is only known so far.
struct Quantity {
  enum class Kind : std::uint8_t { integer, number, money, date };
  Kind kind = Kind::integer;
  std::int64_t low = 0;  ///< whole numbers, minor units, days
  std::int64_t high = 0;
  double low_number = 0;
  double high_number = 0;
  Currency currency;
  WagePeriod period = WagePeriod::none;
};

/// As network files write them; nothing for any other text.
[[nodiscard]] std::optional<Quantity> read_quantity(std::string_view text);

class RowGroups {
 public:
  RowGroups(ImportRun& run, RowMaker& rows, const Grouping& grouping);

  /// The current row of the maker.
  void add();
  /// Makes what the groups make, in the order of their keys, and reports.
  void finish();

 private:
  struct Member {
    std::uint64_t known = 0;
    std::uint64_t unknown = 0;
    std::uint64_t yes = 0;
    std::set<std::string> texts;
    std::vector<Quantity> values;
  };
  struct Group {
    RowOrigin origin;
    std::uint32_t line = 0;
    std::uint64_t rows = 0;
    std::vector<TextOutcome> by;
    std::vector<Member> members;  ///< by fold
  };
  struct Text {
    TableCell::Kind kind = TableCell::Kind::text;
    std::string text;
  };

  bool find_key(std::string& key, std::vector<TextOutcome>& by);
  void add_member(std::size_t fold, Member& member);
  void add_text(std::size_t fold, Member& member);
  void add_quantity(const FoldMapping& fold, const std::string& text, Member& member);
  void error(const FoldMapping& fold, std::string message, std::string help = {});
  [[nodiscard]] Text folded(const FoldMapping& fold, const Member& member,
                            const Group& group) const;

  ImportRun& run_;
  RowMaker& rows_;
  const Grouping& grouping_;
  std::deque<Use<TextOutcome>> texts_;    ///< by fold
  std::deque<Use<TruthOutcome>> truths_;  ///< by fold
  std::map<std::string, Group> groups_;
  RowMaker made_;
  ImportReport::Groups report_;
};

}  // namespace eraudit::detail
