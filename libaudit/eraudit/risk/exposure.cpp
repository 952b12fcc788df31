#include "eraudit/risk/exposure.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "eraudit/core/embedded.hpp"
#include "eraudit/core/error.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/rules/verdict.hpp"
#include "eraudit/rules/vocabulary.hpp"

namespace eraudit {

namespace detail {
std::span<const EmbeddedDocument> embedded_exposure_documents() noexcept;  // defined by the build
}

namespace {

constexpr std::array<std::string_view, 7> file_keys = {
    "eraudit", "about", "rated", "severities", "own", "most_steps", "reach"};
constexpr std::array<std::string_view, 2> weight_keys = {"least", "adds"};
constexpr std::array<std::string_view, 2> own_keys = {"list", "families"};
constexpr std::array<std::string_view, 2> reach_keys = {"list", "weight"};
constexpr std::array<std::string_view, 4> severity_names = {"critical", "high", "medium", "low"};

constexpr std::int64_t farthest = 8;
constexpr std::size_t most_lists = 60;  ///< of one kind under 'own'

/// A decimal from 0 to 1 with at most three places, exactly.
std::optional<Thousandths> parse_thousandths(std::string_view text) {
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view places = point == std::string_view::npos ? "" : text.substr(point + 1);
  if ((whole != "0" && whole != "1") || places.size() > 3) return std::nullopt;
  if (point != std::string_view::npos && places.empty()) return std::nullopt;
  Thousandths value = 0;
  for (std::size_t place = 0; place < 3; ++place) {
    const char digit = place < places.size() ? places[place] : '0';
    if (digit < '0' || digit > '9') return std::nullopt;
    value = value * 10 + (digit - '0');
  }
  if (whole == "1") value += 1000;
  return value <= 1000 ? std::optional(value) : std::nullopt;
}

class Reader {
 public:
  Reader(const Document& document, const Schema& schema)
      : source_(document.source()), root_(document.root()), schema_(schema) {}

  Checked<ExposurePtr> read() {
    if (!is_map(root_, "a file of exposure")) return diagnostics_;
    read_form();
    known_keys(root_, file_keys, "a file of exposure");
    read_rated();
    read_severities();
    read_own();
    read_most_steps();
    read_reach();
    if (diagnostics_.has_errors()) {
      diagnostics_.sort_by_place();
      return diagnostics_;
    }
    out_.file = source_.name();
    return ExposurePtr(std::make_shared<const Exposure>(std::move(out_)));
  }

 private:
  void error(DocumentNode at, std::string_view id, std::string message, std::string help = {}) {
    diagnostics_.error(source_, at.span(), id, std::move(message), std::move(help));
  }

  bool is_map(DocumentNode at, std::string_view what) {
    if (at.is_map()) return true;
    error(at, "exposure-wrong-shape", fmt::format("{} is keys with values", what));
    return false;
  }
  bool is_list(DocumentNode at, std::string_view what) {
    if (at.is_list()) return true;
    error(at, "exposure-wrong-shape", fmt::format("{} is a list", what));
    return false;
  }

  void known_keys(DocumentNode map, std::span<const std::string_view> keys, std::string_view what) {
    for (std::size_t index = 0; index < map.size(); ++index) {
      const DocumentNode key = map.key(index);
      if (std::find(keys.begin(), keys.end(), key.text()) != keys.end()) continue;
      error(key, "exposure-unknown-key", fmt::format("{} has no key '{}'", what, key.text()),
            suggest(key.text(), keys));
    }
  }

  std::optional<DocumentNode> required(DocumentNode map, std::string_view key,
                                       std::string_view what) {
    const auto found = map.find(key);
    if (!found) error(map, "exposure-missing-key", fmt::format("{} needs '{}'", what, key));
    return found;
  }

  void read_form() {
    const auto form = root_.find("eraudit");
    if (form && form->text() == "exposure/1") return;
    error(form.value_or(root_), "exposure-wrong-form", "this is not a file of exposure",
          "it begins with 'eraudit: exposure/1'");
  }

  void read_rated() {
    const auto list = required(root_, "rated", "a file of exposure");
    if (!list || !is_list(*list, "'rated'")) return;
    std::vector<std::string_view> names;
    for (const NodeKind& kind : schema_.kinds()) names.push_back(kind.name);
    for (std::size_t index = 0; index < list->size(); ++index) {
      const DocumentNode name = list->at(index);
      const auto kind = schema_.find_kind(name.text());
      if (!kind) {
        error(name, "exposure-unknown-kind", fmt::format("there is no kind '{}'", name.text()),
              suggest(name.text(), names));
      } else if (is_rated(*kind)) {
        error(name, "exposure-twice", fmt::format("'{}' is there twice", name.text()));
      } else {
        out_.rated.push_back(*kind);
      }
    }
    if (list->size() == 0) error(*list, "exposure-wrong-shape", "'rated' names no kind");
    std::sort(out_.rated.begin(), out_.rated.end());
  }

  [[nodiscard]] bool is_rated(KindId kind) const {
    return std::find(out_.rated.begin(), out_.rated.end(), kind) != out_.rated.end();
  }

  std::optional<Thousandths> number(DocumentNode map, std::string_view key, std::string_view what) {
    const auto value = required(map, key, what);
    if (!value) return std::nullopt;
    const auto read = value->is_scalar() ? parse_thousandths(value->text()) : std::nullopt;
    if (!read) {
      error(*value, "exposure-bad-number",
            fmt::format("'{}' is not a number from 0 to 1", value->text()),
            "write a decimal with at most three places: 0.6");
    }
    return read;
  }

  void read_severities() {
    const auto map = required(root_, "severities", "a file of exposure");
    if (!map || !is_map(*map, "'severities'")) return;
    known_keys(*map, severity_names, "'severities'");
    std::optional<Thousandths> above;
    for (const std::string_view name : severity_names) {
      const auto entry = required(*map, name, "'severities'");
      if (!entry || !is_map(*entry, "a severity")) continue;
      known_keys(*entry, weight_keys, "a severity");
      const auto least = number(*entry, "least", "a severity");
      const auto adds = number(*entry, "adds", "a severity");
      if (!least || !adds) continue;
      if (above && *least >= *above) {
        error(*entry, "exposure-order",
              fmt::format("'{}' must give less than the severity above it", name));
      }
      above = *least;
      out_.severities[static_cast<std::size_t>(*parse_severity(name))] = {*least, *adds};
    }
  }

  /// The list that each rated kind has under the name in `map`; all of its neighbours or, with
  /// `rated_ones`, those that are rated.
  std::vector<std::pair<KindId, ListId>> lists(DocumentNode map, std::string_view what,
                                               bool rated_ones) {
    std::vector<std::pair<KindId, ListId>> found;
    const auto name = required(map, "list", what);
    if (!name) return found;
    std::vector<std::string_view> names;
    for (const KindId kind : out_.rated) {
      for (const ListId list : schema_.lists(kind)) names.push_back(schema_.end(list).nodes);
      const auto list = schema_.find_list(kind, name->text());
      if (list && list->nodes) found.emplace_back(kind, list->list);
    }
    if (found.empty()) {
      std::sort(names.begin(), names.end());
      names.erase(std::unique(names.begin(), names.end()), names.end());
      error(*name, "exposure-unknown-list",
            fmt::format("nobody who is rated has a list of nodes '{}'", name->text()),
            suggest(name->text(), names));
      return found;
    }
    if (!rated_ones) return found;
    std::erase_if(found, [&](const auto& entry) {
      const ListId list = entry.second;
      const Side other = list.side == Side::from ? Side::to : Side::from;
      const std::vector<KindId>& kinds = schema_.end({list.edge, other}).kinds;
      return std::none_of(kinds.begin(), kinds.end(), [&](KindId kind) { return is_rated(kind); });
    });
    if (found.empty()) {
      error(*name, "exposure-not-rated",
            fmt::format("nobody in '{}' is rated, so nothing can reach from there", name->text()),
            "name their kind under 'rated', or take the list out");
    }
    return found;
  }

  void read_own() {
    const auto list = root_.find("own");
    if (!list || !is_list(*list, "'own'")) return;
    constexpr std::string_view what = "an entry of 'own'";
    if (list->size() > most_lists) {
      error(*list, "exposure-too-many", fmt::format("more than {} entries in 'own'", most_lists));
      return;
    }
    for (std::size_t index = 0; index < list->size(); ++index) {
      const DocumentNode entry = list->at(index);
      if (!is_map(entry, what)) continue;
      known_keys(entry, own_keys, what);
      const std::vector<std::string> families = read_families(entry);
      for (const auto& [kind, name] : lists(entry, what, false)) {
        out_.own.push_back({kind, name, families});
      }
    }
  }

  std::vector<std::string> read_families(DocumentNode entry) {
    std::vector<std::string> read;
    const auto list = entry.find("families");
    if (!list || !is_list(*list, "'families'")) return read;
    std::vector<std::string_view> names;
    for (const Indicator& indicator : vocabulary().indicators()) names.push_back(indicator.family);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    for (std::size_t index = 0; index < list->size(); ++index) {
      const std::string_view name = list->at(index).text();
      if (!std::binary_search(names.begin(), names.end(), name)) {
        error(list->at(index), "exposure-unknown-family",
              fmt::format("there is no family of indicators '{}'", name), suggest(name, names));
      }
      read.emplace_back(name);
    }
    if (read.empty()) {
      error(*list, "exposure-wrong-shape", "'families' names none",
            "leave the key out if all count");
    }
    return read;
  }

  void read_most_steps() {
    const auto steps = root_.find("most_steps");
    if (!steps) return;
    const auto count = steps->integer();
    if (!count || *count < 1 || *count > farthest) {
      error(*steps, "exposure-bad-number",
            fmt::format("'most_steps' is a whole number from 1 to {}", farthest));
      return;
    }
    out_.most_steps = static_cast<std::uint32_t>(*count);
  }

  void read_reach() {
    const auto list = root_.find("reach");
    if (!list || !is_list(*list, "'reach'")) return;
    constexpr std::string_view what = "an entry of 'reach'";
    for (std::size_t index = 0; index < list->size(); ++index) {
      const DocumentNode entry = list->at(index);
      if (!is_map(entry, what)) continue;
      known_keys(entry, reach_keys, what);
      const auto weight = number(entry, "weight", what);
      for (const auto& [kind, name] : lists(entry, what, true)) {
        const bool there = std::any_of(out_.reach.begin(), out_.reach.end(),
                                       [&, kind = kind, name = name](const Exposure::Reach& one) {
                                         return one.kind == kind && one.list == name;
                                       });
        if (there) error(entry, "exposure-twice", "this list is there twice");
        if (weight) out_.reach.push_back({kind, name, *weight});
      }
    }
  }

  const Source& source_;
  DocumentNode root_;
  const Schema& schema_;
  Diagnostics diagnostics_;
  Exposure out_;
};

}  // namespace

Checked<ExposurePtr> read_exposure(const Document& document, const Schema& schema) {
  return Reader(document, schema).read();
}

Checked<ExposurePtr> read_exposure(const std::string& path, const Schema& schema,
                                   const Limits& limits) {
  const SourcePtr source = read_file(path, limits.rule_file_bytes);
  const auto document = read_yaml(source, limits);
  if (!document) return document.diagnostics();
  Checked<ExposurePtr> read = read_exposure(**document, schema);
  if (!read) return read;
  Exposure named = **read;
  named.sha256 = sha256(source->text());
  return {std::make_shared<const Exposure>(std::move(named)), read.diagnostics()};
}

ExposurePtr builtin_exposure(const Schema& schema) {
  const DocumentPtr document =
      detail::embedded_document(detail::embedded_exposure_documents(), "rules/exposure.yaml");
  Checked<ExposurePtr> read = read_exposure(*document, schema);
  if (!read) {
    throw Error(ErrorCode::bad_argument,
                "the schema lacks what ratings need:\n" + to_text(read.diagnostics()));
  }
  return *std::move(read);
}

}  // namespace eraudit
