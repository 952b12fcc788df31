// Sources, nodes and what lies beside: the parts of a network that do not depend on the edges.

#include <algorithm>
#include <bit>
#include <fmt/format.h>
#include <numeric>
#include <tuple>

#include "eraudit/core/suggest.hpp"
#include "eraudit/network/detail/freezer.hpp"
#include "eraudit/network/detail/problem.hpp"

namespace eraudit::detail {
namespace {

/// Positions of `items` in the order that `less` says, as: old position -> new position.
template <class T, class Less>
std::vector<std::uint16_t> new_positions(const std::vector<T>& items, std::size_t keep_first,
                                         const Less& less) {
  std::vector<std::uint16_t> order(items.size());
  std::iota(order.begin(), order.end(), std::uint16_t{0});
  std::sort(order.begin() + static_cast<std::ptrdiff_t>(keep_first), order.end(),
            [&](std::uint16_t a, std::uint16_t b) { return less(items[a], items[b]); });
  std::vector<std::uint16_t> position(items.size());
  for (std::size_t i = 0; i < order.size(); ++i) position[order[i]] = static_cast<std::uint16_t>(i);
  return position;
}

template <class T>
void move_to_positions(std::vector<T>& items, const std::vector<std::uint16_t>& position) {
  std::vector<T> moved(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) moved[position[i]] = std::move(items[i]);
  items = std::move(moved);
}

/// The ids of as many kinds as there are tables.
template <class Id, class Table>
std::vector<Id> kinds_of(const std::vector<Table>& tables) {
  std::vector<Id> kinds(tables.size());
  for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
    kinds[kind] = Id{static_cast<std::uint16_t>(kind)};
  }
  return kinds;
}

/// Which of 64 classes of characters occur: one edit changes at most two of them.
std::uint64_t letters_of(std::string_view text) noexcept {
  std::uint64_t letters = 0;
  for (const char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<unsigned char>(byte - 'A' + 'a');
    if (byte == '-') byte = '_';
    letters |= std::uint64_t{1} << (byte & 63);
  }
  return letters;
}

}  // namespace

Checked<Network> freeze(NetworkBuilder::State& builder) {
  return Freezer(builder).run();
}

Freezer::Freezer(NetworkBuilder::State& state)
    : in_(state), out_(std::make_shared<Network::State>()) {}

Checked<Network> Freezer::run() {
  in_.flush();
  out_->schema = in_.schema;
  out_->as_of = in_.as_of;
  number_sources_and_files();
  define_nodes();
  freeze_nodes();
  for (const EdgeKindId kind : kinds_of<EdgeKindId>(in_.edges)) freeze_edges(kind);
  freeze_completions();
  if (in_.diagnostics.has_errors()) return std::move(in_.diagnostics);
  freeze_strings();
  index_lists();
  std::sort(out_->claims.begin(), out_->claims.end(), [](const Claim& a, const Claim& b) {
    const auto key = [](const Claim& claim) {
      return std::tuple(claim.of_edge, claim.id, claim.attribute, claim.source);
    };
    if (key(a) != key(b)) return key(a) < key(b);
    if (const auto cells = compare(a.cell, b.cell); cells != 0) return cells < 0;
    return std::tie(a.file, a.line) < std::tie(b.file, b.line);
  });
  out_->claims.shrink_to_fit();
  return {Network(std::move(out_)), std::move(in_.diagnostics)};
}

void Freezer::number_sources_and_files() {
  const auto source_at = new_positions(
      in_.sources, 1, [](const SourceRecord& a, const SourceRecord& b) { return a.id < b.id; });
  const auto file_at = new_positions(
      in_.files, 0,
      [](const Network::InputFile& a, const Network::InputFile& b) { return a.path < b.path; });
  move_to_positions(in_.sources, source_at);
  move_to_positions(in_.files, file_at);
  const auto new_file = [&](std::uint16_t file) {
    return file == 0 ? file : static_cast<std::uint16_t>(file_at[file - 1u] + 1);
  };
  const auto renumber = [&](DraftTable& table) {
    for (std::uint16_t& source : table.source.values) source = source_at[source];
    for (std::uint16_t& file : table.file.values) file = new_file(file);
    for (DraftClaim& claim : table.claims) {
      claim.source = source_at[claim.source];
      claim.file = new_file(claim.file);
    }
  };
  for (DraftTable& table : in_.nodes) renumber(table);
  for (DraftTable& table : in_.edges) renumber(table);
  for (DraftCompletion& completion : in_.completions) {
    completion.source = source_at[completion.source];
    completion.file = new_file(completion.file);
  }
  out_->sources = in_.sources;
  out_->inputs = in_.files;
}

// One record for every id: records of one node are resolved into one, and sorted by id.
void Freezer::define_nodes() {
  struct Definition {
    std::uint16_t kind = 0xFFFF;
    std::uint32_t row = 0;
  };
  std::vector<Definition> definitions(in_.names.size());
  for (const KindId kind : kinds_of<KindId>(in_.nodes)) {
    const std::uint16_t k = kind.index;
    DraftTable& table = in_.nodes[k];
    const std::uint32_t rows = table.rows;
    node_resolvers_.push_back(std::make_unique<Resolver>(
        in_, table,
        [this, &table](std::uint32_t row) { return std::string(in_.names.at(table.name[row])); }));
    Resolver& resolver = *node_resolvers_.back();
    boost::unordered_flat_map<std::uint32_t, RowList> records;
    for (const std::uint32_t row : resolver.rows_with_claims()) records[row] = {row};
    std::vector<bool> further(table.rows);
    bool again = false;
    for (std::uint32_t row = 0; row < rows; ++row) {
      Definition& definition = definitions[table.name[row]];
      if (definition.kind == 0xFFFF) {
        definition = {k, row};
      } else if (definition.kind == k) {
        RowList& list = records[definition.row];
        if (list.empty()) list.push_back(definition.row);
        list.push_back(row);
        further[row] = true;
        again = true;
      } else {
        const DraftTable& other = in_.nodes[definition.kind];
        const auto at = [](const DraftTable& of, std::uint32_t of_row) {
          return std::pair(of.file.at(of_row), of.line.at(of_row));
        };
        const bool later = at(other, definition.row) <= at(table, row);
        const auto [file, line] = later ? at(table, row) : at(other, definition.row);
        const auto [first_file, first_line] = later ? at(other, definition.row) : at(table, row);
        const auto place = later ? in_.place(KindId{k}, row, line)
                                 : in_.place(KindId{definition.kind}, definition.row, line);
        const std::string& first_kind = in_.schema->kinds()[later ? definition.kind : k].name;
        in_.error_at(place, file, line, "network-duplicate-node",
                     fmt::format("{} is already the id of a node of kind {}{}",
                                 shown(in_.names.at(table.name[row])), first_kind,
                                 in_.where("", first_file, first_line)),
                     "ids of nodes are unique in a network: give one of them another id");
      }
    }
    RowList distinct;
    distinct.reserve(rows);
    for (std::uint32_t row = 0; row < rows; ++row) {
      if (again && further[row]) continue;
      const auto found = records.empty() ? records.end() : records.find(row);
      distinct.push_back(found == records.end() ? row : resolver.resolve(found->second));
    }
    std::vector<std::string_view> texts;
    texts.reserve(distinct.size());
    for (const std::uint32_t row : distinct) texts.push_back(in_.names.at(table.name[row]));
    RowList order = sorted_by_text(texts);
    for (std::uint32_t& position : order) position = distinct[position];
    node_rows_.push_back(std::move(order));
  }
}

void Freezer::freeze_nodes() {
  node_of_name_.assign(in_.names.size(), NameTable::nothing);
  std::uint32_t node = 0;
  for (std::size_t k = 0; k < in_.nodes.size(); ++k) {
    for (const std::uint32_t row : node_rows_[k]) node_of_name_[in_.nodes[k].name[row]] = node++;
    out_->kind_first.push_back(node);
  }
  bool sources = false;
  for (const DraftTable& table : in_.nodes) sources = sources || !table.source.values.empty();
  if (sources) out_->node_sources.reserve(node);
  out_->node_origins.resize(in_.nodes.size());
  for (std::size_t k = 0; k < in_.nodes.size(); ++k) {
    DraftTable& table = in_.nodes[k];
    check_shares(table, in_.schema->kinds()[k].shares, node_rows_[k], [&](std::uint32_t row) {
      return in_.place(KindId{static_cast<std::uint16_t>(k)}, row, table.line.at(row));
    });
    used_.resize(in_.strings.size());
    std::vector<Column>& columns = out_->columns.emplace_back();
    columns.reserve(table.columns.size());
    for (DraftColumn& column : table.columns) {
      columns.push_back(column.freeze(node_rows_[k], used_));
      column = DraftColumn{};
    }
    if (sources) {
      for (const std::uint32_t row : node_rows_[k]) {
        out_->node_sources.push_back(table.source.at(row));
      }
    }
    freeze_origins(table, node_rows_[k], out_->node_origins[k]);
    take_claims(*node_resolvers_[k], node_rows_[k], false, out_->kind_first[k]);
    node_rows_[k] = {};
  }
}

// Parts and wholes that were said one by one; `place_of` a row.
void Freezer::check_shares(const DraftTable& table, const std::vector<Share>& shares,
                           const RowList& rows,
                           const std::function<std::optional<Place>(std::uint32_t)>& place_of) {
  for (const Share& share : shares) {
    const DraftColumn& part = table.columns[share.part.index];
    const DraftColumn& whole = table.columns[share.whole.index];
    if (part.known.none() || whole.known.none()) continue;
    for (const std::uint32_t row : rows) {
      if (!part.known.test(row) || !whole.known.test(row)) continue;
      const std::int64_t most = whole.ranged.test(row) ? whole.range(row).high : whole.longs[row];
      if (part.longs[row] <= most) continue;
      in_.error_at(
          place_of(row), table.file.at(row), table.line.at(row), "network-share",
          fmt::format("'{}' is more than '{}'", part.attribute->name, whole.attribute->name));
    }
  }
}

void Freezer::freeze_origins(DraftTable& table, const RowList& rows, Origins& out) {
  if (rows.empty() || (table.line.values.empty() && table.file.values.empty())) return;
  std::vector<std::uint32_t> lines(rows.size());
  std::vector<std::uint16_t> files(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    lines[i] = table.line.at(rows[i]);
    files[i] = table.file.at(rows[i]);
  }
  const std::uint16_t file = files.front();
  if (std::all_of(files.begin(), files.end(), [&](std::uint16_t other) { return other == file; })) {
    files.clear();
  }
  out.encode(std::move(lines), files, file);
}

void Freezer::take_claims(const Resolver& resolver, const RowList& rows, bool of_edge,
                          std::uint32_t first) {
  if (!resolver.any_resolved()) return;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!resolver.resolved(rows[i])) continue;
    for (const DraftClaim& claim : resolver.claims(rows[i])) {
      out_->claims.push_back({of_edge, first + static_cast<std::uint32_t>(i), claim.attribute,
                              claim.cell, claim.source, claim.file, claim.line});
    }
  }
}

KindId Freezer::kind_of(std::uint32_t node) const noexcept {
  const auto& first = out_->kind_first;
  const auto after = std::upper_bound(first.begin(), first.end(), node);
  return KindId{static_cast<std::uint16_t>(after - first.begin() - 1)};
}

void Freezer::freeze_completions() {
  for (std::uint32_t i = 0; i < in_.completions.size(); ++i) {
    const DraftCompletion& said = in_.completions[i];
    const std::uint32_t node = node_of_name_[said.name];
    const auto place = [&](Locator::Part part) { return in_.completion_place(i, said.line, part); };
    if (node == NameTable::nothing) {
      const std::vector<KindId> kinds = kinds_of<KindId>(in_.nodes);
      const std::string_view id = in_.names.at(said.name);
      in_.error_at(place(Locator::Part::id), said.file, said.line, "network-unknown-node",
                   fmt::format("no node has the id {}", shown(id)), nearest_node(id, kinds));
      continue;
    }
    const KindId kind = kind_of(node);
    std::optional<ListId> list = said.list;
    if (list) {
      const std::vector<KindId>& kinds = in_.schema->end(*list).kinds;
      if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) list.reset();
    } else if (const auto found = in_.schema->find_list(kind, said.list_name)) {
      list = found->list;
    }
    if (!list) {
      const std::string_view name =
          said.list ? std::string_view(in_.schema->end(*said.list).edges) : said.list_name;
      std::vector<std::string_view> names;
      for (const ListId other : in_.schema->lists(kind))
        names.emplace_back(in_.schema->end(other).edges);
      in_.error_at(place(Locator::Part::list), said.file, said.line, "network-unknown-list",
                   fmt::format("{} has no list {}", in_.schema->kind(kind).name, shown(name)),
                   suggest(name, names));
      continue;
    }
    out_->completions.push_back({NodeId{node}, *list, said.source, said.file, said.line});
  }
  auto& all = out_->completions;
  const auto where = [](const Completion& said) {
    return std::tie(said.node, said.list, said.source);
  };
  std::sort(all.begin(), all.end(), [&](const Completion& a, const Completion& b) {
    return std::tuple_cat(where(a), std::tie(a.file, a.line)) <
           std::tuple_cat(where(b), std::tie(b.file, b.line));
  });
  const auto same = [&](const Completion& a, const Completion& b) { return where(a) == where(b); };
  all.erase(std::unique(all.begin(), all.end(), same), all.end());
  // Nobody in particular adds nothing to somebody, who comes right after.
  RowList superfluous;
  for (std::size_t i = 0; i + 1 < all.size(); ++i) {
    if (all[i].source == 0 && all[i].node == all[i + 1].node && all[i].list == all[i + 1].list) {
      superfluous.push_back(static_cast<std::uint32_t>(i));
    }
  }
  for (std::size_t i = superfluous.size(); i-- > 0;) {
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(superfluous[i]));
  }
  all.shrink_to_fit();
  out_->complete.resize(in_.schema->edges().size() * 2);
  for (const Completion& said : all) {
    const auto list = said.list.edge.index * 2u + (said.list.side == Side::to ? 1u : 0u);
    out_->complete[list].set(said.node.index);
  }
}

void Freezer::freeze_strings() {
  used_.resize(in_.strings.size());
  std::vector<std::uint32_t> new_code(in_.strings.size(), NameTable::nothing);
  std::uint32_t next = 0;
  for (const std::uint32_t code : in_.strings.sorted()) {
    if (used_[code]) new_code[code] = next++;
  }
  const auto renumber = [&](Column& column) {
    if (column.type == AttributeType::text_list) {
      for (std::uint32_t& code : column.codes) code = new_code[code];
    } else if (column.type == AttributeType::text) {
      for (std::size_t row = 0; row < column.codes.size(); ++row) {
        column.codes[row] = column.known.test(row) ? new_code[column.codes[row]] : 0;
      }
    }
  };
  for (auto& columns : out_->columns) {
    for (Column& column : columns) renumber(column);
  }
  for (EdgeTable& table : out_->tables) {
    for (Column& column : table.columns) renumber(column);
    for (std::uint32_t& id : table.ids) {
      if (id != 0) id = new_code[id - 1] + 1;
    }
  }
  in_.strings.renumber(new_code, next, false);
  auto pool = std::make_unique<StringPool::State>();
  pool->table = std::move(in_.strings);
  out_->strings = StringPool(std::move(pool));
  in_.names.renumber(node_of_name_, out_->kind_first.back(), true);
  out_->ids = std::move(in_.names);
}

void Freezer::index_lists() {
  const std::size_t edge_kinds = in_.schema->edges().size();
  out_->lists.resize(in_.nodes.size() * edge_kinds * 2);
  for (std::size_t kind = 0; kind < in_.nodes.size(); ++kind) {
    for (std::size_t list = 0; list < edge_kinds * 2; ++list) {
      Stretch& stretch = out_->lists[kind * edge_kinds * 2 + list];
      stretch.first = static_cast<std::uint32_t>(out_->table_indices.size());
      for (std::size_t t = 0; t < out_->tables.size(); ++t) {
        const EdgeTable& table = out_->tables[t];
        const KindId end = list % 2 == 0 ? table.from_kind : table.to_kind;
        if (table.kind.index != list / 2 || end.index != kind) continue;
        out_->table_indices.push_back(static_cast<std::uint16_t>(t));
      }
      stretch.count = static_cast<std::uint32_t>(out_->table_indices.size()) - stretch.first;
    }
  }
}

const std::vector<std::uint32_t>& Freezer::name_codes() {
  if (name_of_node_.empty()) {
    name_of_node_.resize(out_->kind_first.back());
    for (std::uint32_t name = 0; name < node_of_name_.size(); ++name) {
      if (node_of_name_[name] != NameTable::nothing) name_of_node_[node_of_name_[name]] = name;
    }
  }
  return name_of_node_;
}

std::string Freezer::nearest_node(std::string_view id, const std::vector<KindId>& kinds) {
  // Only what can be near is compared letter by letter, and not for ever: a network may have
  // millions of ids, and as many ends that are none of them.
  constexpr std::size_t most = 5000;
  constexpr std::size_t most_suggestions = 200;
  if (++suggestions_ > most_suggestions) return {};
  if (letters_.empty()) {
    letters_.reserve(name_codes().size());
    for (const std::uint32_t name : name_codes())
      letters_.push_back(letters_of(in_.names.at(name)));
  }
  const std::uint64_t letters = letters_of(id);
  const std::size_t edits = std::max<std::size_t>(1, id.size() / 3);
  std::vector<std::string_view> near;
  for (const KindId kind : kinds) {
    for (std::uint32_t node = out_->kind_first[kind.index];
         node < out_->kind_first[kind.index + 1u] && near.size() < most; ++node) {
      if (static_cast<std::size_t>(std::popcount(letters_[node] ^ letters)) > 2 * edits) continue;
      const std::string_view other = in_.names.at(name_of_node_[node]);
      if (std::max(other.size(), id.size()) - std::min(other.size(), id.size()) <= edits * 4) {
        near.push_back(other);
      }
    }
  }
  if (const auto nearest = nearest_name(id, near))
    return fmt::format("did you mean '{}'?", *nearest);
  return {};
}

}  // namespace eraudit::detail
