#include "eraudit/network/detail/resolver.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <tuple>
#include <utility>

namespace eraudit::detail {
namespace {

bool by_row(const DraftClaim& a, const DraftClaim& b) {
  return a.row < b.row;
}

}  // namespace

Resolver::Resolver(NetworkBuilder::State& state, DraftTable& table,
                   std::function<std::string(std::uint32_t)> name_of)
    : state_(state), table_(table), name_of_(std::move(name_of)), base_(table.rows) {
  if (!std::is_sorted(table_.claims.begin(), table_.claims.end(), by_row)) {
    std::stable_sort(table_.claims.begin(), table_.claims.end(), by_row);
  }
  for (DraftColumn& column : table_.columns) column.sort_ranges();
}

std::vector<std::uint32_t> Resolver::rows_with_claims() const {
  std::vector<std::uint32_t> rows;
  for (const DraftClaim& claim : table_.claims) {
    if (rows.empty() || rows.back() != claim.row) rows.push_back(claim.row);
  }
  return rows;
}

std::span<const DraftClaim> Resolver::claims(std::uint32_t row) const noexcept {
  if (resolved(row)) return resolved_[row - base_];
  DraftClaim wanted;
  wanted.row = row;
  const auto [first, last] =
      std::equal_range(table_.claims.begin(), table_.claims.end(), wanted, by_row);
  return {first, last};
}

std::vector<Resolver::Witness> Resolver::witnesses(std::span<const std::uint32_t> rows) const {
  std::vector<Witness> out;
  for (const std::uint32_t row : rows) {
    bool listed = false;
    for (const DraftClaim& claim : claims(row)) {
      if (claim.attribute != row_itself) continue;
      out.push_back({claim.source, claim.file, claim.line});
      listed = true;
    }
    if (!resolved(row) || !listed) {
      out.push_back({table_.source.at(row), table_.file.at(row), table_.line.at(row)});
    }
  }
  std::sort(out.begin(), out.end(), [](const Witness& a, const Witness& b) {
    return std::tie(a.source, a.file, a.line) < std::tie(b.source, b.file, b.line);
  });
  const auto last = std::unique(out.begin(), out.end(), [](const Witness& a, const Witness& b) {
    return a.source == b.source;
  });
  out.erase(last, out.end());
  // Nobody in particular adds nothing to somebody.
  if (out.size() > 1 && out.front().source == 0) out.erase(out.begin());
  return out;
}

std::vector<DraftClaim> Resolver::said(std::span<const std::uint32_t> rows,
                                       AttributeId attribute) const {
  const DraftColumn& column = table_.columns[attribute.index];
  std::vector<DraftClaim> out;
  for (const std::uint32_t row : rows) {
    bool listed = false;
    for (const DraftClaim& claim : claims(row)) {
      if (claim.attribute != attribute) continue;
      out.push_back(claim);
      listed = true;
    }
    if ((resolved(row) && listed) || (!column.known.test(row) && !column.absent.test(row)))
      continue;
    const Cell cell = column.cell(row, state_.strings);
    for (const Witness& witness : witnesses({&row, 1})) {
      out.push_back({row, attribute, witness.source, witness.file, witness.line, cell});
    }
  }
  return out;
}

void Resolver::settle(std::uint32_t row, std::vector<DraftClaim> said,
                      const std::vector<Witness>& witnesses) {
  std::sort(said.begin(), said.end(), [](const DraftClaim& a, const DraftClaim& b) {
    if (a.source != b.source) return a.source < b.source;
    if (const auto cells = compare(a.cell, b.cell); cells != 0) return cells < 0;
    return std::tie(a.file, a.line) < std::tie(b.file, b.line);
  });
  said.erase(std::unique(said.begin(), said.end(),
                         [](const DraftClaim& a, const DraftClaim& b) {
                           return a.source == b.source && compare(a.cell, b.cell) == 0;
                         }),
             said.end());
  // What nobody in particular says and somebody says too, somebody says.
  std::erase_if(said, [&](const DraftClaim& claim) {
    return claim.source == 0 && std::any_of(said.begin(), said.end(), [&](const DraftClaim& other) {
             return other.source != 0 && compare(other.cell, claim.cell) == 0;
           });
  });
  DraftColumn& column = table_.columns[said.front().attribute.index];
  const bool agreed = std::all_of(said.begin(), said.end(), [&](const DraftClaim& claim) {
    return compare(claim.cell, said.front().cell) == 0;
  });
  if (agreed) {
    CellProblem problem;
    RawCell raw;
    if (to_raw(*column.attribute, said.front().cell, raw, problem) != Conversion::done) {
      throw Error(ErrorCode::internal, "an admitted cell is no cell of its attribute");
    }
    column.store(row, raw, state_.strings);
    const bool as_row = std::equal(said.begin(), said.end(), witnesses.begin(), witnesses.end(),
                                   [](const DraftClaim& claim, const Witness& witness) {
                                     return claim.source == witness.source;
                                   });
    if (as_row) return;
  } else {
    column.disputed.set(row);
    for (std::size_t i = 1; i < said.size(); ++i) {
      if (said[i].source != said[i - 1].source) continue;
      const bool named = said[i].source != 0;
      state_.warning_at(
          {}, said[i].file, said[i].line, "network-contradiction",
          fmt::format("{}: '{}' is said twice and differently{}; it counts as disputed{}",
                      name_of_(row), column.attribute->name,
                      named ? fmt::format(" by the source '{}'", state_.sources[said[i].source].id)
                            : std::string(" by no named source"),
                      state_.where("the other is at ", said[i - 1].file, said[i - 1].line)),
          named ? std::string()
                : std::string("name the `source` of each, or remove the wrong one"));
      break;
    }
  }
  std::vector<DraftClaim>& claims = resolved_.back();
  for (DraftClaim& claim : said) {
    claim.row = row;
    claims.push_back(std::move(claim));
  }
}

std::uint32_t Resolver::resolve(std::span<const std::uint32_t> rows) {
  const std::uint32_t row = table_.rows++;
  const std::uint32_t model = rows.front();
  if (!table_.name.empty()) table_.name.push_back(table_.name[model]);
  if (!table_.from.empty()) {
    table_.from.push_back(table_.from[model]);
    table_.to.push_back(table_.to[model]);
  }
  table_.own_id.set(row, table_.own_id.at(model));
  const std::vector<Witness> known = witnesses(rows);
  const Witness& first =
      *std::min_element(known.begin(), known.end(), [](const Witness& a, const Witness& b) {
        return std::tie(a.file, a.line) < std::tie(b.file, b.line);
      });
  table_.source.set(row, known.front().source);
  table_.file.set(row, first.file);
  table_.line.set(row, first.line);
  resolved_.emplace_back();
  for (std::uint16_t i = 0; i < table_.columns.size(); ++i) {
    std::vector<DraftClaim> about = said(rows, AttributeId{i});
    if (!about.empty()) settle(row, std::move(about), known);
  }
  if (known.size() > 1) {
    for (const Witness& witness : known) {
      resolved_.back().push_back(
          {row, row_itself, witness.source, witness.file, witness.line, Cell::unknown()});
    }
  }
  return row;
}

bool Resolver::agree(std::span<const std::uint32_t> rows) const {
  for (std::uint16_t i = 0; i < table_.columns.size(); ++i) {
    const std::vector<DraftClaim> about = said(rows, AttributeId{i});
    for (const DraftClaim& claim : about) {
      if (compare(claim.cell, about.front().cell) != 0) return false;
    }
  }
  return true;
}

std::strong_ordering Resolver::compare_cells(std::uint32_t a, std::uint32_t b) const {
  for (const DraftColumn& column : table_.columns) {
    if (column.empty()) continue;
    if (column.disputed.test(a) != column.disputed.test(b)) {
      return column.disputed.test(a) <=> column.disputed.test(b);
    }
    if (const auto cells = column.compare_rows(a, b, state_.strings); cells != 0) return cells;
  }
  return std::strong_ordering::equal;
}

std::strong_ordering Resolver::compare_rest(std::uint32_t a, std::uint32_t b) const {
  const auto of_a = claims(a);
  const auto of_b = claims(b);
  for (std::size_t i = 0; i < of_a.size() && i < of_b.size(); ++i) {
    if (of_a[i].attribute != of_b[i].attribute) return of_a[i].attribute <=> of_b[i].attribute;
    if (of_a[i].source != of_b[i].source) return of_a[i].source <=> of_b[i].source;
    if (const auto cells = compare(of_a[i].cell, of_b[i].cell); cells != 0) return cells;
  }
  if (of_a.size() != of_b.size()) return of_a.size() <=> of_b.size();
  return table_.source.at(a) <=> table_.source.at(b);
}

}  // namespace eraudit::detail
