#include "eraudit/rules/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "eraudit/rules/detail/builtin.hpp"
#include "eraudit/rules/detail/file_reader.hpp"

namespace eraudit {
namespace {

using rules_detail::FileReader;
using rules_detail::Node;

constexpr std::array<std::string_view, 5> file_keys = {"eraudit", "indicators", "fee_categories",
                                                       "sources", "provisions"};
constexpr std::array<std::string_view, 4> indicator_keys = {"id", "severity", "family", "title"};
constexpr std::array<std::string_view, 2> category_keys = {"id", "title"};
constexpr std::array<std::string_view, 3> source_keys = {"id", "name", "version"};
constexpr std::array<std::string_view, 4> provision_keys = {"id", "source", "reference", "title"};
constexpr std::array<std::string_view, 5> severity_codes = {"none", "low", "medium", "high",
                                                            "critical"};

template <class Entry>
const Entry* find_entry(const std::vector<Entry>& entries, std::string_view id) noexcept {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const Entry& entry) { return entry.id == id; });
  return found == entries.end() ? nullptr : &*found;
}

std::string text_at(FileReader& reader, Node map, std::string_view key, bool required) {
  const auto value = map.find(key);
  if (!value) {
    if (required) {
      reader.error(map, "missing-key",
                   "an entry of a vocabulary needs " + rules_detail::quoted(key));
    }
    return {};
  }
  const auto text = reader.word(*value, rules_detail::quoted(key));
  return text ? std::string(*text) : std::string();
}

LocalText title_at(FileReader& reader, Node map) {
  if (const auto title = map.find("title")) return reader.local_text(*title, "'title'");
  reader.error(map, "missing-key", "an entry of a vocabulary needs 'title'");
  return {};
}

/// Calls `read(entry, map)` for each map of the list `key`; refuses an id that was there before.
template <class Entry, class Read>
std::vector<Entry> read_entries(FileReader& reader, Node root, std::string_view key,
                                std::span<const std::string_view> keys, Read read) {
  std::vector<Entry> out;
  const auto list = root.find(key);
  if (!list || !reader.is_list(*list, rules_detail::quoted(key))) return out;
  const std::string what = "an entry of " + rules_detail::quoted(key);
  for (std::size_t index = 0; index < list->size(); ++index) {
    const Node map = list->at(index);
    if (!reader.is_map(map, what)) continue;
    reader.known_keys(map, keys, what);
    Entry entry;
    entry.id = text_at(reader, map, "id", true);
    read(entry, map);
    if (find_entry(out, entry.id) != nullptr) {
      reader.error(map, "duplicate-id", rules_detail::quoted(entry.id) + " is there twice");
      continue;
    }
    out.push_back(std::move(entry));
  }
  return out;
}

}  // namespace

Vocabulary::Vocabulary(std::vector<Indicator> indicators, std::vector<FeeCategory> fee_categories,
                       std::vector<ProvisionSource> sources, std::vector<Provision> provisions)
    : indicators_(std::move(indicators)),
      fee_categories_(std::move(fee_categories)),
      sources_(std::move(sources)),
      provisions_(std::move(provisions)) {}

const Indicator* Vocabulary::indicator(std::string_view id) const noexcept {
  return find_entry(indicators_, id);
}
const FeeCategory* Vocabulary::fee_category(std::string_view id) const noexcept {
  return find_entry(fee_categories_, id);
}
const ProvisionSource* Vocabulary::source(std::string_view id) const noexcept {
  return find_entry(sources_, id);
}
const Provision* Vocabulary::provision(std::string_view id) const noexcept {
  return find_entry(provisions_, id);
}

Checked<Vocabulary> read_vocabulary(const Document& document) {
  const Limits limits;
  FileReader reader(document, "vocabulary", limits);
  const Node root = document.root();
  if (!reader.is_map(root, "a vocabulary")) return reader.take();
  reader.known_keys(root, file_keys, "a vocabulary");
  auto indicators = read_entries<Indicator>(
      reader, root, "indicators", indicator_keys, [&](Indicator& entry, Node map) {
        entry.title = title_at(reader, map);
        entry.family = text_at(reader, map, "family", false);
        const auto severity = map.find("severity");
        if (!severity) return;
        if (const auto word =
                reader.one_of(*severity, severity_codes, "bad-severity", "severity")) {
          entry.severity = static_cast<Severity>(*word);
        }
      });
  auto categories = read_entries<FeeCategory>(
      reader, root, "fee_categories", category_keys,
      [&](FeeCategory& entry, Node map) { entry.title = title_at(reader, map); });
  auto sources = read_entries<ProvisionSource>(
      reader, root, "sources", source_keys, [&](ProvisionSource& entry, Node map) {
        entry.name = text_at(reader, map, "name", true);
        entry.version = text_at(reader, map, "version", false);
      });
  auto provisions = read_entries<Provision>(
      reader, root, "provisions", provision_keys, [&](Provision& entry, Node map) {
        entry.title = title_at(reader, map);
        entry.source = text_at(reader, map, "source", true);
        entry.reference = text_at(reader, map, "reference", false);
        if (!entry.source.empty() && find_entry(sources, entry.source) == nullptr) {
          reader.error(map, "unknown-source",
                       "there is no source " + rules_detail::quoted(entry.source));
        }
      });
  if (reader.has_errors()) return reader.take();
  return {Vocabulary(std::move(indicators), std::move(categories), std::move(sources),
                     std::move(provisions)),
          reader.take()};
}

const Vocabulary& vocabulary() {
  static const Vocabulary shipped = [] {
    const DocumentPtr document = rules_detail::builtin_document("rules/vocabulary.yaml");
    if (!document) throw Error(ErrorCode::internal, "the vocabulary is not in this build");
    return read_vocabulary(*document).value();
  }();
  return shipped;
}

}  // namespace eraudit
