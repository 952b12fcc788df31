// Where rows stand, found again when an error shows late.

#include <algorithm>

#include "eraudit/core/error.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/network/detail/reader.hpp"

namespace eraudit::detail {

std::uint32_t LineCounter::line(std::size_t offset) noexcept {
  if (offset < at_) {
    at_ = 0;
    line_ = 1;
  }
  const auto begin = text_.begin() + static_cast<std::ptrdiff_t>(at_);
  const auto end = text_.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text_.size()));
  line_ += static_cast<std::uint32_t>(std::count(begin, end, '\n'));
  at_ = std::min(offset, text_.size());
  return line_;
}

void FileLocator::shape(std::size_t node_kinds, std::size_t edge_kinds) {
  node_kinds_ = node_kinds;
  segments_.resize(node_kinds + edge_kinds + 1);
}

void FileLocator::add_document_rows(std::size_t table, std::uint32_t first_row,
                                    std::vector<DocumentNode> rows) {
  auto& segments = segments_[table];
  if (!segments.empty() && !segments.back().csv &&
      segments.back().first_row + segments.back().records.size() == first_row) {
    auto& records = segments.back().records;
    records.insert(records.end(), rows.begin(), rows.end());
    return;
  }
  segments.push_back({first_row, std::nullopt, std::move(rows)});
}

void FileLocator::add_csv_rows(std::size_t table, std::uint32_t first_row, const Source& source,
                               std::string sha256, CsvColumns columns) {
  segments_[table].push_back(
      {first_row, Csv{source.name(), std::move(sha256), source.text().size(), columns, {}}, {}});
}

std::optional<Place> FileLocator::find(std::size_t table, std::uint32_t row, std::uint32_t line,
                                       Part part) const {
  const auto& segments = segments_[table];
  const auto after = std::upper_bound(
      segments.begin(), segments.end(), row,
      [](std::uint32_t wanted, const Segment& segment) { return wanted < segment.first_row; });
  if (after == segments.begin()) return std::nullopt;
  const Segment& segment = *(after - 1);
  if (segment.csv) return find_field(*segment.csv, line, part);
  const std::size_t index = row - segment.first_row;
  if (index >= segment.records.size()) return std::nullopt;
  const DocumentNode record = segment.records[index];
  if (record.is_map()) {
    constexpr std::string_view edge_keys[] = {"id", "from", "to", "list"};
    std::string_view key = edge_keys[static_cast<std::size_t>(part)];
    if (part == Part::id && table + 1 == segments_.size()) key = "node";
    if (const auto value = record.find(key))
      return Place{&record.document().source(), value->span()};
  }
  return Place{&record.document().source(), record.span()};
}

std::optional<Place> FileLocator::find_field(const Csv& csv, std::uint32_t line, Part part) {
  const int columns[] = {csv.columns.id, csv.columns.from, csv.columns.to, csv.columns.list};
  const int column = columns[static_cast<std::size_t>(part)];
  if (column < 0) return std::nullopt;
  if (!csv.again) {
    try {
      csv.again = read_file(csv.path, csv.bytes);
    } catch (const Error&) {  // gone or grown since: the line is known, the column is not
      return std::nullopt;
    }
    if (sha256(csv.again->text()) != csv.sha256) csv.again = std::make_shared<Source>(csv.path, "");
  }
  const std::string_view text = csv.again->text();
  const std::string_view first_line = csv.again->line(line);
  if (first_line.data() == nullptr) return std::nullopt;
  // Only this row is read again; most are short.
  const auto begin = static_cast<std::size_t>(first_line.data() - text.data());
  std::optional<Place> place;
  const auto take = [&](std::uint32_t, std::span<const CsvField> fields) {
    if (static_cast<std::size_t>(column) < fields.size()) {
      const CsvField& field = fields[static_cast<std::size_t>(column)];
      place = Place{csv.again.get(), Span{static_cast<std::uint32_t>(begin + field.offset),
                                          std::max(field.length, 1u)}};
    }
    return false;
  };
  for (const std::size_t window : {std::size_t{1} << 14, std::size_t{1} << 24}) {
    const Source rest(csv.path, std::string(text.substr(begin, window)));
    Diagnostics ignored;
    read_csv(rest, {}, take, ignored);
    if (place && place->span.offset + place->span.length < begin + window) break;
  }
  return place;
}

std::optional<Place> FileLocator::node(KindId kind, std::uint32_t row, std::uint32_t line) const {
  return find(table(kind), row, line, Part::id);
}

std::optional<Place> FileLocator::edge(EdgeKindId kind, std::uint32_t row, std::uint32_t line,
                                       Part part) const {
  return find(table(kind), row, line, part);
}

std::optional<Place> FileLocator::completion(std::uint32_t index, std::uint32_t line,
                                             Part part) const {
  return find(completions(), index, line, part);
}

}  // namespace eraudit::detail
