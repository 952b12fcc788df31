// Edges whose ends are known: records of one edge merged, rows sorted, both directions indexed.

#include <algorithm>
#include <fmt/format.h>
#include <numeric>
#include <tuple>

#include "eraudit/network/detail/edge_name.hpp"
#include "eraudit/network/detail/freezer.hpp"
#include "eraudit/network/detail/kind_ranges.hpp"
#include "eraudit/network/detail/problem.hpp"

namespace eraudit::detail {
namespace {

/// Offsets of `count` bins from the bin of every row.
std::vector<std::uint32_t> offsets_of(const std::vector<NodeId>& ends, std::uint32_t first,
                                      std::uint32_t count) {
  std::vector<std::uint32_t> offsets(std::size_t{count} + 1);
  for (const NodeId end : ends) ++offsets[end.index - first + 1];
  std::partial_sum(offsets.begin(), offsets.end(), offsets.begin());
  return offsets;
}

std::uint64_t pair_key(std::uint32_t high, std::uint32_t low) noexcept {
  return (std::uint64_t{high} << 32) | low;
}

/// Of a natural key: equal by the part that is known, and whether all of it is.
struct Keys {
  const Resolver* resolver;
  const DraftTable* table;
  const std::vector<AttributeId>* key;
  const NameTable* strings;

  [[nodiscard]] std::strong_ordering compare(std::uint32_t a, std::uint32_t b) const {
    for (const AttributeId part : *key) {
      const auto parts = table->columns[part.index].compare_rows(a, b, *strings);
      if (parts != 0) return parts;
    }
    return std::strong_ordering::equal;
  }
  [[nodiscard]] bool certain(std::uint32_t row) const {
    return std::all_of(key->begin(), key->end(), [&](AttributeId part) {
      const DraftColumn& column = table->columns[part.index];
      return column.absent.test(row) || (column.known.test(row) && !column.ranged.test(row));
    });
  }
};

}  // namespace

std::string Freezer::draft_name(EdgeKindId kind, std::uint32_t row) {
  const EdgeKind& about = in_.schema->edge(kind);
  const DraftTable& table = in_.edges[kind.index];
  if (const std::uint32_t own = table.own_id.at(row); own != 0) {
    return own_edge_name(in_.strings.at(own - 1));
  }
  const std::vector<std::uint32_t>& names = name_codes();  // ends are nodes by now
  std::vector<Cell> cells;
  for (const AttributeId part : about.key) {
    cells.push_back(table.columns[part.index].cell(row, in_.strings));
  }
  return natural_edge_name(about, in_.names.at(names[table.from[row]]),
                           in_.names.at(names[table.to[row]]), cells);
}

// Records with one own id become one row; rows with claims of their own are resolved.
Freezer::RowList Freezer::distinct_rows(EdgeKindId kind, Resolver& resolver, bool& sound) {
  DraftTable& table = in_.edges[kind.index];
  const std::uint32_t rows = table.rows;
  boost::unordered_flat_map<std::uint32_t, RowList> records;
  for (const std::uint32_t row : resolver.rows_with_claims()) records[row] = {row};
  std::vector<bool> further;
  for (std::uint32_t row = 0; row < table.own_id.values.size(); ++row) {
    const std::uint32_t own = table.own_id.values[row];
    if (own == 0) continue;
    const auto [found, added] =
        own_ids_.try_emplace(own, OwnId{kind, row, table.file.at(row), table.line.at(row)});
    if (added) continue;
    const OwnId first = found->second;
    const DraftTable& other = in_.edges[first.kind.index];
    if (first.kind == kind && other.from[first.row] == table.from[row] &&
        other.to[first.row] == table.to[row]) {
      RowList& list = records[first.row];
      if (list.empty()) list.push_back(first.row);
      list.push_back(row);
      further.resize(rows);
      further[row] = true;
      continue;
    }
    sound = false;
    const auto place = in_.place(kind, row, table.line.at(row), Locator::Part::id);
    in_.error_at(
        place, table.file.at(row), table.line.at(row), "network-duplicate-edge-id",
        fmt::format("{} is already the id of another edge, {}{}", shown(in_.strings.at(own - 1)),
                    in_.schema->edge(first.kind).name, in_.where("", first.file, first.line)),
        "records of one edge agree in kind and ends; another edge needs another id");
  }
  RowList distinct;
  if (!sound) return distinct;
  if (records.empty()) {
    distinct.resize(rows);
    std::iota(distinct.begin(), distinct.end(), 0u);
    return distinct;
  }
  distinct.reserve(rows);
  for (std::uint32_t row = 0; row < rows; ++row) {
    if (!further.empty() && further[row]) continue;
    const auto found = records.find(row);
    distinct.push_back(found == records.end() ? row : resolver.resolve(found->second));
  }
  return distinct;
}

// By from and to; the order of equal ones is settled later.
void Freezer::sort_rows(const DraftTable& table, KindId from_kind, RowList& rows) const {
  std::uint64_t before = 0;
  bool ascending = true;
  for (const std::uint32_t row : rows) {
    const std::uint64_t key = pair_key(table.from[row], table.to[row]);
    if (key < before) {
      ascending = false;
      break;
    }
    before = key;
  }
  if (ascending) return;
  const std::uint32_t first = out_->kind_first[from_kind.index];
  const std::uint32_t count = out_->kind_first[from_kind.index + 1u] - first;
  std::vector<std::uint32_t> next(std::size_t{count} + 1);
  for (const std::uint32_t row : rows) ++next[table.from[row] - first + 1];
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<std::uint64_t> sorted(rows.size());
  for (const std::uint32_t row : rows) {
    sorted[next[table.from[row] - first]++] = pair_key(table.to[row], row);
  }
  std::uint32_t begin = 0;
  for (std::uint32_t node = 0; node < count; ++node) {
    const std::uint32_t end = next[node];  // moved on by as many as there are
    if (end - begin > 1) std::sort(sorted.begin() + begin, sorted.begin() + end);
    begin = end;
  }
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = static_cast<std::uint32_t>(sorted[i]);
}

// Rows between the same two nodes: sorts them by key and merges records of one edge.
void Freezer::merge_run(EdgeKindId kind, Resolver& resolver, RowList::iterator first,
                        RowList::iterator last, RowList& out) {
  DraftTable& table = in_.edges[kind.index];
  const EdgeKind& about = in_.schema->edge(kind);
  const Keys keys{&resolver, &table, &about.key, &in_.strings};
  std::sort(first, last, [&](std::uint32_t a, std::uint32_t b) {
    if (const auto key = keys.compare(a, b); key != 0) return key < 0;
    const std::uint32_t own_a = table.own_id.at(a);
    const std::uint32_t own_b = table.own_id.at(b);
    if (own_a != own_b) {
      if (own_a == 0 || own_b == 0) return own_a == 0;
      return in_.strings.at(own_a - 1) < in_.strings.at(own_b - 1);
    }
    if (const auto cells = resolver.compare_cells(a, b); cells != 0) return cells < 0;
    if (const auto rest = resolver.compare_rest(a, b); rest != 0) return rest < 0;
    return a < b;
  });
  while (first != last) {
    auto end = first + 1;
    if (table.own_id.at(*first) != 0) {
      out.push_back(*first);
      first = end;
      continue;
    }
    while (end != last && table.own_id.at(*end) == 0 && keys.compare(*first, *end) == 0) ++end;
    const std::span<const std::uint32_t> alike(&*first, static_cast<std::size_t>(end - first));
    if (alike.size() == 1) {
      out.push_back(alike.front());
    } else if (keys.certain(alike.front()) || resolver.agree(alike)) {
      out.push_back(resolver.resolve(alike));
    } else {
      // Nothing tells these records apart for sure: only those that say the same are one.
      std::size_t kept = 0;
      for (std::size_t i = 0; i < alike.size();) {
        std::size_t next = i + 1;
        while (next < alike.size() && resolver.compare_cells(alike[i], alike[next]) == 0 &&
               ((!resolver.resolved(alike[i]) && !resolver.resolved(alike[next])) ||
                resolver.compare_rest(alike[i], alike[next]) == 0)) {
          ++next;
        }
        out.push_back(next - i == 1 ? alike[i] : resolver.resolve(alike.subspan(i, next - i)));
        ++kept;
        i = next;
      }
      if (kept > 1) {
        std::uint32_t one = alike.front();
        std::uint32_t other = alike.back();
        const auto at = [&](std::uint32_t row) {
          return std::pair(table.file.at(row), table.line.at(row));
        };
        if (at(other) < at(one)) std::swap(one, other);
        std::string parts;
        for (const AttributeId part : about.key) {
          const DraftColumn& column = table.columns[part.index];
          if (column.absent.test(one) || (column.known.test(one) && !column.ranged.test(one)))
            continue;
          if (!parts.empty()) parts += " and ";
          parts += fmt::format("'{}'", column.attribute->name);
        }
        const auto place = resolver.resolved(other)
                               ? std::nullopt
                               : in_.place(kind, other, table.line.at(other), Locator::Part::from);
        in_.warning_at(
            place, table.file.at(other), table.line.at(other), "network-alike-edges",
            fmt::format("{} records of {} differ but have one key, of which {} is not "
                        "known for sure; they are kept as {} edges{}",
                        alike.size(), draft_name(kind, one), parts, kept,
                        in_.where("another is at ", table.file.at(one), table.line.at(one))),
            "say what is missing, or give each edge an `id`");
      }
    }
    first = end;
  }
}

Freezer::RowList Freezer::merge_alike(EdgeKindId kind, Resolver& resolver, RowList rows) {
  const DraftTable& table = in_.edges[kind.index];
  const auto same_ends = [&](std::uint32_t a, std::uint32_t b) {
    return table.from[a] == table.from[b] && table.to[a] == table.to[b];
  };
  if (std::adjacent_find(rows.begin(), rows.end(), same_ends) == rows.end()) return rows;
  RowList out;
  out.reserve(rows.size());
  for (auto first = rows.begin(); first != rows.end();) {
    auto last = first + 1;
    while (last != rows.end() && same_ends(*first, *last)) ++last;
    if (last - first == 1) {
      out.push_back(*first);
    } else {
      merge_run(kind, resolver, first, last, out);
    }
    first = last;
  }
  return out;
}

void Freezer::freeze_edges(EdgeKindId kind) {
  DraftTable& draft = in_.edges[kind.index];
  if (draft.rows == 0) return;
  bool sound = find_ends(kind);
  Resolver resolver(in_, draft, [this, kind](std::uint32_t row) { return draft_name(kind, row); });
  if (!sound) return;
  RowList rows = distinct_rows(kind, resolver, sound);
  if (!sound) return;

  const EdgeKind& about = in_.schema->edge(kind);
  std::vector<KindId> from_kinds = about.from.kinds;
  std::vector<KindId> to_kinds = about.to.kinds;
  std::sort(from_kinds.begin(), from_kinds.end());
  std::sort(to_kinds.begin(), to_kinds.end());
  std::vector<RowList> parts(from_kinds.size() * to_kinds.size());
  if (parts.size() == 1) {
    parts.front() = std::move(rows);
  } else {
    const KindRanges from_nodes(from_kinds, out_->kind_first);
    const KindRanges to_nodes(to_kinds, out_->kind_first);
    for (const std::uint32_t row : rows) {
      const std::size_t from = from_nodes.place_of(draft.from[row]);
      const std::size_t to = to_nodes.place_of(draft.to[row]);
      parts[from * to_kinds.size() + to].push_back(row);
    }
    rows = {};
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    sort_rows(draft, from_kinds[i / to_kinds.size()], parts[i]);
    parts[i] = merge_alike(kind, resolver, std::move(parts[i]));
  }
  for (const RowList& part : parts) {
    check_shares(draft, about.shares, part, [&](std::uint32_t row) {
      return resolver.resolved(row) ? std::nullopt
                                    : in_.place(kind, row, draft.line.at(row), Locator::Part::from);
    });
  }
  // Only now, since merging appends rows to the columns that tables take theirs from.
  const std::size_t last =
      parts.size() - 1 -
      static_cast<std::size_t>(std::find_if(parts.rbegin(), parts.rend(),
                                            [](const RowList& part) { return !part.empty(); }) -
                               parts.rbegin());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].empty()) continue;
    freeze_table(kind, from_kinds[i / to_kinds.size()], to_kinds[i % to_kinds.size()], resolver,
                 parts[i], i == last);
    parts[i] = {};
  }
  draft = DraftTable{};
}

void Freezer::freeze_table(EdgeKindId kind, KindId from, KindId to, Resolver& resolver,
                           const RowList& rows, bool last) {
  DraftTable& draft = in_.edges[kind.index];
  EdgeTable table;
  table.kind = kind;
  table.from_kind = from;
  table.to_kind = to;
  table.first = out_->edge_count;
  const auto count = static_cast<std::uint32_t>(rows.size());
  if (count > 0xFFFFFFFEu - table.first) {
    throw Error(ErrorCode::limit_exceeded, "more than 4 billion edges");
  }
  out_->edge_count += count;
  table.from.resize(count);
  table.to.resize(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    table.from[i] = NodeId{draft.from[rows[i]]};
    table.to[i] = NodeId{draft.to[rows[i]]};
  }
  const std::uint32_t first_from = out_->kind_first[from.index];
  const std::uint32_t first_to = out_->kind_first[to.index];
  table.out_offsets =
      offsets_of(table.from, first_from, out_->kind_first[from.index + 1u] - first_from);
  table.in_offsets = offsets_of(table.to, first_to, out_->kind_first[to.index + 1u] - first_to);
  table.in_rows.resize(count);
  std::vector<std::uint32_t> next = table.in_offsets;
  for (std::uint32_t i = 0; i < count; ++i) table.in_rows[next[table.to[i].index - first_to]++] = i;

  used_.resize(in_.strings.size());
  table.columns.reserve(draft.columns.size());
  for (DraftColumn& column : draft.columns) {
    table.columns.push_back(column.freeze(rows, used_));
    if (last) column = DraftColumn{};
  }

  const auto take = [&](const auto& lazy, auto& out) {
    if (lazy.values.empty()) return;
    out.resize(count);
    bool any = false;
    for (std::uint32_t i = 0; i < count; ++i) {
      out[i] = lazy.at(rows[i]);
      any = any || out[i] != 0;
    }
    if (!any) out = {};
  };
  take(draft.source, table.sources);
  take(draft.own_id, table.ids);
  take(draft.line, table.lines);
  take(draft.file, table.files);
  for (const std::uint32_t id : table.ids) {
    if (id != 0) used_[id - 1] = true;
  }
  if (!table.files.empty()) {
    table.file = table.files.front();
    if (std::all_of(table.files.begin(), table.files.end(),
                    [&](std::uint16_t file) { return file == table.file; })) {
      table.files = {};
    }
  }
  take_claims(resolver, rows, true, table.first);
  out_->tables.push_back(std::move(table));
}

}  // namespace eraudit::detail
