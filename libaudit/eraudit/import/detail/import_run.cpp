#include "eraudit/import/detail/import_run.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "eraudit/import/detail/text_forms.hpp"
#include "eraudit/network/write.hpp"

namespace eraudit::detail {
namespace {

constexpr std::size_t spelled_ids_kept = 1'000'000;

/// The mapping whose rows make nodes: of grouped rows, that of the groups.
const TableMapping& making(const TableMapping& table) {
  return table.grouping ? *table.grouping->groups : table;
}

}  // namespace

void count_row(std::vector<ImportReport::Rows>& rows, std::string_view why, const std::string& file,
               std::uint32_t line) {
  auto found = std::find_if(rows.begin(), rows.end(),
                            [&](const ImportReport::Rows& r) { return r.why == why; });
  if (found == rows.end()) {
    rows.push_back({std::string(why), 0, {}});
    found = std::prev(rows.end());
  }
  ++found->count;
  if (found->examples.size() < examples_kept) found->examples.push_back({file, line});
}

ImportRun::ImportRun(const Mapping& of, const ImportOptions& with, Evaluation how)
    : mapping(of),
      state(of.state()),
      options(with),
      evaluation(how),
      as_of(with.as_of ? with.as_of : state.as_of),
      diagnostics(with.limits.diagnostics_per_file, with.limits.diagnostics),
      builder(of.schema(), with.limits) {
  if (as_of) builder.as_of(*as_of);
  for (const SourceRecord& record : state.sources) sources.push_back(builder.source(record));
  for (std::size_t i = 0; i < state.sources.size(); ++i) {
    if (state.sources[i].ref.empty()) continue;
    const auto [at, fresh] = source_names_.try_emplace(folded(state.sources[i].ref), sources[i]);
    if (!fresh) at->second.reset();
  }
  for (std::size_t i = 0; i < state.sources.size(); ++i) {
    source_names_.insert_or_assign(folded(state.sources[i].id), sources[i]);
  }
  gathered_.resize(state.schema->kinds().size());
}

void ImportRun::add(Diagnostic diagnostic) {
  if (diagnostic.position.line == 0 && diagnostic.file.find('!') != std::string::npos &&
      ++in_workbook_ > options.limits.diagnostics_per_file) {
    return;
  }
  diagnostics.add(std::move(diagnostic));
}

void ImportRun::end_file(const std::string& path) {
  if (in_workbook_ > options.limits.diagnostics_per_file) {
    const std::size_t more = in_workbook_ - options.limits.diagnostics_per_file;
    diagnostics.error(path, "import-more",
                      fmt::format("and {} more mistakes in this workbook", more));
  }
  in_workbook_ = 0;
}

std::optional<std::uint16_t> ImportRun::find_source(std::string_view text) const {
  const auto found = source_names_.find(folded(text));
  return found == source_names_.end() ? std::nullopt : found->second;
}

NodeDraft ImportRun::gathered_node(const NodeMapping& node, std::uint16_t source,
                                   const std::string& id, NodeDraft draft) {
  std::string key = id;
  key += '\0';
  key += std::to_string(source);
  return gathered_[node.kind.index].emplace(std::move(key), draft).first->second;
}

void ImportRun::note_spelling(KindId kind, const std::string& id, const std::string& text) {
  const auto key = std::make_pair(kind.index, id);
  auto found = spellings_.find(key);
  if (found == spellings_.end()) {
    if (spellings_.size() >= spelled_ids_kept) return;
    found = spellings_.emplace(key, std::map<std::string, std::uint64_t>()).first;
  }
  ++found->second[text];
}

void ImportRun::note_unreadable(const std::string& what, const std::string& text,
                                const std::string& file, std::uint32_t line) {
  auto& entry = unreadable_[{what, text}];
  if (entry.count++ == 0) {
    entry.attribute = what;
    entry.value = text;
  }
  if (entry.examples.size() < examples_kept) entry.examples.push_back({file, line});
}

void ImportRun::gather(const AttributeMapping& of, const Attribute& attribute, const Cell& cell,
                       NodeDraft draft) {
  if (cell.state == CellState::unknown) return;
  auto& said = tallies_[{draft.kind.index, draft.row}][of.attribute.index];
  const auto add_one = [&](const std::string& text, const Cell& one) {
    auto& entry = said[text];
    if (entry.second++ == 0) entry.first = one;
  };
  if (of.many == Many::most_frequent) return add_one(to_text(cell, attribute), cell);
  const auto* items = std::get_if<std::vector<std::string>>(&cell.low);
  if (cell.state != CellState::known || items == nullptr) return;
  for (const std::string& item : *items) add_one(item, Cell::of(item));
}

void ImportRun::set_gathered() {
  for (const auto& [node, said] : tallies_) {
    const NodeDraft draft{KindId{node.first}, node.second};
    std::map<std::uint16_t, std::string> chosen;
    for (const Many many : {Many::most_frequent, Many::all}) {
      std::vector<bool> done(state.schema->kind(draft.kind).attributes.size(), false);
      for (const TableMapping& table : state.tables) {
        set_table(making(table), draft, said, many, chosen, done);
      }
    }
  }
}

void ImportRun::set_table(const TableMapping& table, NodeDraft draft,
                          const std::map<std::uint16_t, Tally>& said, Many many,
                          std::map<std::uint16_t, std::string>& chosen, std::vector<bool>& done) {
  for (const NodeMapping& node : table.nodes) {
    if (node.kind != draft.kind) continue;
    for (const AttributeMapping& attribute : node.attributes) {
      const std::uint16_t index = attribute.attribute.index;
      const auto found = said.find(index);
      if (attribute.many != many || found == said.end() || done[index]) continue;
      done[index] = true;
      if (many == Many::most_frequent) {
        set_most_frequent(draft, attribute, found->second, chosen[index]);
      } else {
        set_all(draft, attribute, found->second, chosen);
      }
    }
  }
}

void ImportRun::set_most_frequent(NodeDraft draft, const AttributeMapping& attribute,
                                  const Tally& said, std::string& chosen) {
  // Of equals the first by text: the order of rows never shows.
  const auto most = std::max_element(said.begin(), said.end(), [](const auto& a, const auto& b) {
    return a.second.second < b.second.second;
  });
  builder.set(draft, attribute.attribute, most->second.first);
  const auto* text = std::get_if<std::string>(&most->second.first.low);
  chosen = text != nullptr ? *text : most->first;
}

void ImportRun::set_all(NodeDraft draft, const AttributeMapping& attribute, const Tally& said,
                        const std::map<std::uint16_t, std::string>& chosen) {
  std::vector<std::string> items;
  for (const auto& [text, entry] : said) {
    const auto other = attribute.except ? chosen.find(attribute.except->index) : chosen.end();
    if (other == chosen.end() || other->second != text) items.push_back(text);
  }
  if (!items.empty()) builder.set(draft, attribute.attribute, Cell::of(std::move(items)));
}

void ImportRun::finish_report(const Network& network) {
  report.mapping = mapping.file();
  report.mapping_sha256 = mapping.sha256();
  report_spellings();
  for (auto& [key, entry] : unreadable_) report.unreadable.push_back(std::move(entry));
  const Schema& schema = network.schema();
  for (std::size_t k = 0; k < schema.kinds().size(); ++k) {
    const std::size_t count = network.nodes(KindId{static_cast<std::uint16_t>(k)}).size();
    if (count != 0) report.node_counts.emplace_back(schema.kinds()[k].name, count);
  }
  std::map<std::uint16_t, std::uint64_t> edges;
  for (const EdgeTable& table : network.tables()) edges[table.kind.index] += table.size();
  for (const auto& [kind, count] : edges) {
    report.edge_counts.emplace_back(schema.edge(EdgeKindId{kind}).name, count);
  }
  report.nodes = network.node_count();
  report.edges = network.edge_count();
}

void ImportRun::report_spellings() {
  for (const auto& [key, texts] : spellings_) {
    ++report.spelled_ids;
    report.spelling_count += texts.size();
    if (texts.size() < 2) continue;
    ImportReport::Spellings out;
    out.kind = state.schema->kind(KindId{key.first}).name;
    out.id = key.second;
    out.texts.assign(texts.begin(), texts.end());
    std::stable_sort(out.texts.begin(), out.texts.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    report.spellings.push_back(std::move(out));
  }
}

}  // namespace eraudit::detail
