#include "eraudit/report/detail/payload.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>
#include <zlib.h>

#include "eraudit/core/error.hpp"
#include "eraudit/core/json_writer.hpp"
#include "eraudit/report/detail/report_view.hpp"
#include "eraudit/report/texts.hpp"
#include "eraudit/rules/languages.hpp"

namespace eraudit::detail {
namespace {

constexpr std::size_t findings_per_part = 250;

// Marks of a packed value; a list that begins with a number from 0 is a map with that order of
// keys.
constexpr std::int64_t is_list = -1;
constexpr std::int64_t is_repeated = -2;
constexpr std::int64_t is_integer = -3;
constexpr std::int64_t is_value = -4;  ///< in block `values`

void write_scalar(JsonWriter& json, DocumentNode node) {
  switch (node.kind()) {
    case DocumentKind::null:
      json.null();
      return;
    case DocumentKind::boolean:
      json.boolean(*node.boolean());
      return;
    case DocumentKind::integer:
      json.integer(node.integer().value_or(0));
      return;
    case DocumentKind::number:
      json.number(*node.number());
      return;
    default:
      json.text(node.text());
  }
}

void write_whole(JsonWriter& json, DocumentNode node, bool without_findings) {
  if (node.is_list()) {
    json.begin_array();
    for (std::size_t i = 0; i < node.size(); ++i) write_whole(json, node.at(i), false);
    json.end_array();
  } else if (node.is_map()) {
    json.begin_object();
    for (std::size_t i = 0; i < node.size(); ++i) {
      const std::string_view key = node.key(i).text();
      json.key(key);
      if (without_findings && key == "findings") {
        json.begin_array().end_array();
      } else {
        write_whole(json, node.at(i), false);
      }
    }
    json.end_object();
  } else {
    write_scalar(json, node);
  }
}

std::string compact(DocumentNode node, bool without_findings) {
  std::string out;
  JsonWriter json(out, JsonWriter::Layout::compact);
  write_whole(json, node, without_findings);
  return out;
}

/// Numbers names in the order in which they come.
class Numbered {
 public:
  std::size_t operator()(std::string_view name) {
    const auto [at, fresh] = numbers_.try_emplace(std::string(name), names_.size());
    if (fresh) names_.push_back(at->first);
    return at->second;
  }
  void write(JsonWriter& json, std::string_view key) const {
    json.key(key).begin_array();
    for (const std::string_view name : names_) json.text(name);
    json.end_array();
  }

 private:
  std::map<std::string, std::size_t, std::less<>> numbers_;
  std::vector<std::string_view> names_;
};

/// Values that need words, each once, with what they say in each language.
class Values {
 public:
  explicit Values(DocumentNode report) : labels_(report) {
    for (const std::string_view language : engine_languages)
      words_.emplace_back(language, &labels_);
  }

  /// Whether a map under `key` is what a fact said or a condition came to. (That of a value itself
  /// is no map.)
  static bool is_one(std::string_view key, DocumentNode node) {
    return node.is_map() && (key == "value" || key == "outcome" || key == "element");
  }

  /// Its number; nothing if it needs no words.
  std::optional<std::size_t> number(DocumentNode node) {
    const auto [at, fresh] = numbers_.try_emplace(compact(node, false));
    if (!fresh) return at->second;
    const PlainValue value = read_plain_value(node);
    std::array<std::string, engine_languages.size()> told;
    bool plain = value.kind != PlainValue::Kind::boolean;
    for (std::size_t l = 0; l < engine_languages.size(); ++l) {
      told.at(l) = words_[l].value(value);
      plain = plain && told.at(l) == value.value;
    }
    if (plain) return std::nullopt;
    at->second = told_.size();
    values_.push_back(&at->first);
    told_.push_back(std::move(told));
    return at->second;
  }

  void write(std::vector<std::pair<std::string, std::string>>& blocks) const {
    std::string all = "[";
    for (const std::string* value : values_) all += (all.size() == 1 ? "" : ",") + *value;
    blocks.emplace_back("values", all + "]");
    for (std::size_t l = 0; l < engine_languages.size(); ++l) {
      std::string out;
      JsonWriter json(out, JsonWriter::Layout::compact);
      json.begin_array();
      for (const auto& told : told_) json.text(told.at(l));
      json.end_array();
      blocks.emplace_back(fmt::format("told-{}", engine_languages.at(l)), std::move(out));
    }
  }

 private:
  ReportLabels labels_;
  std::vector<Wording> words_;
  std::unordered_map<std::string, std::optional<std::size_t>> numbers_;  ///< by JSON
  std::vector<const std::string*> values_;
  std::vector<std::array<std::string, engine_languages.size()>> told_;
};

class Packer {
 public:
  Packer(DocumentNode report, std::size_t most)
      : report_(report), findings_(*report.find("findings")), values_(report) {
    size_ = std::min(findings_.size(), most);
  }

  Payload pack() {
    count_strings();
    Payload payload;
    payload.findings = size_;
    payload.blocks.emplace_back("head", compact(report_, true));
    payload.blocks.emplace_back("rows", rows());
    payload.languages = languages();
    for (const std::string& language : payload.languages) {
      payload.blocks.emplace_back(fmt::format("text-{}", language), messages(language));
    }
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < size_; i += findings_per_part) parts.push_back(part(i));
    values_.write(payload.blocks);
    payload.blocks.emplace_back("words", words());
    for (std::size_t i = 0; i < parts.size(); ++i) {
      payload.blocks.emplace_back(fmt::format("part-{}", i), std::move(parts[i]));
    }
    return payload;
  }

 private:
  static bool in_rows(std::string_view key) {
    constexpr std::array<std::string_view, 6> keys{"id",      "rule",     "indicator",
                                                   "verdict", "severity", "message"};
    return std::find(keys.begin(), keys.end(), key) != keys.end();
  }

  std::string rows() {
    Numbered rules;
    Numbered indicators;
    Numbered kinds;
    std::string out;
    JsonWriter json(out, JsonWriter::Layout::compact);
    const auto column = [&](std::string_view name, auto&& value) {
      json.key(name).begin_array();
      for (std::size_t i = 0; i < size_; ++i) value(findings_.at(i));
      json.end_array();
    };
    const auto text = [](DocumentNode node, std::string_view key) {
      return node.find(key)->text();
    };
    json.begin_object();
    column("id", [&](DocumentNode finding) { json.text(text(finding, "id").substr(2)); });
    column("rule",
           [&](DocumentNode finding) { json.unsigned_integer(rules(text(finding, "rule"))); });
    column("indicator", [&](DocumentNode finding) {
      json.unsigned_integer(indicators(text(finding, "indicator")));
    });
    column("kind", [&](DocumentNode finding) {
      json.unsigned_integer(kinds(text(*finding.find("subject"), "kind")));
    });
    column("subject",
           [&](DocumentNode finding) { json.text(text(*finding.find("subject"), "id")); });
    column("verdict", [&](DocumentNode finding) { json.text(text(finding, "verdict")); });
    column("low", [&](DocumentNode finding) { json.text(text(*finding.find("severity"), "low")); });
    column("high",
           [&](DocumentNode finding) { json.text(text(*finding.find("severity"), "high")); });
    column("keys", [&](DocumentNode finding) { json.unsigned_integer(shape(finding)); });
    rules.write(json, "rules");
    indicators.write(json, "indicators");
    kinds.write(json, "kinds");
    json.end_object();
    return out;
  }

  /// Those of the messages, in the order that all of them keep.
  std::vector<std::string> languages() const {
    std::set<std::string, bool (*)(std::string_view, std::string_view)> found(language_before);
    for (std::size_t i = 0; i < size_; ++i) {
      const DocumentNode message = *findings_.at(i).find("message");
      for (std::size_t m = 0; m < message.size(); ++m) found.emplace(message.key(m).text());
    }
    return {found.begin(), found.end()};
  }

  std::string messages(std::string_view language) {
    std::string out;
    JsonWriter json(out, JsonWriter::Layout::compact);
    json.begin_array();
    for (std::size_t i = 0; i < size_; ++i) {
      const auto text = findings_.at(i).find("message")->find(language);
      text ? json.text(text->text()) : json.null();
    }
    json.end_array();
    return out;
  }

  /// A string that stands in one finding alone is written there.
  void count_strings() {
    for (std::size_t i = 0; i < size_; ++i) count_strings(findings_.at(i), i + 1, true);
    std::vector<std::pair<std::string_view, std::size_t>> shared;
    for (const auto& [text, seen] : strings_) {
      if (seen.findings > 1) shared.emplace_back(text, seen.findings);
    }
    // The frequent ones get the short numbers.
    std::sort(shared.begin(), shared.end(), [](const auto& a, const auto& b) {
      return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    for (const auto& [text, count] : shared) {
      strings_[text].number = static_cast<std::int64_t>(words_.size());
      words_.push_back(text);
    }
  }

  void count_strings(DocumentNode node, std::size_t finding, bool top) {
    for (std::size_t i = 0; i < node.size(); ++i) {
      if (node.is_map()) {
        if (top && in_rows(node.key(i).text())) continue;
        if (Values::is_one(node.key(i).text(), node.at(i))) {
          if (const auto number = values_.number(node.at(i))) {
            value_numbers_.emplace(node.at(i).index(), *number);
            continue;
          }
        }
      }
      count_strings(node.at(i), finding, false);
    }
    if (!node.is_text()) return;
    Seen& seen = strings_[node.text()];
    if (seen.last != finding) ++seen.findings;
    seen.last = finding;
  }

  std::size_t shape(DocumentNode map) {
    std::vector<std::string_view> keys;
    for (std::size_t i = 0; i < map.size(); ++i) keys.push_back(map.key(i).text());
    const auto [at, fresh] = shape_numbers_.try_emplace(keys, shapes_.size());
    if (fresh) shapes_.push_back(std::move(keys));
    return at->second;
  }

  std::string part(std::size_t first) {
    std::string out = "[";
    for (std::size_t i = first; i < std::min(size_, first + findings_per_part); ++i) {
      if (i != first) out += ',';
      composites_.clear();
      const DocumentNode finding = findings_.at(i);
      out += '[';
      bool begun = false;
      for (std::size_t m = 0; m < finding.size(); ++m) {
        const std::string_view key = finding.key(m).text();
        if (in_rows(key)) continue;
        if (begun) out += ',';
        begun = true;
        if (key == "subject") {
          pack_subject(finding.at(m), out);
        } else {
          pack(finding.at(m), out);
        }
      }
      out += ']';
    }
    return out + "]";
  }

  /// Kind and id stand in the rows.
  void pack_subject(DocumentNode subject, std::string& out) {
    out += fmt::format("[{}", shape(subject));
    for (std::size_t i = 0; i < subject.size(); ++i) {
      const std::string_view key = subject.key(i).text();
      if (key == "kind" || key == "id") continue;
      out += ',';
      pack(subject.at(i), out);
    }
    out += ']';
  }

  void pack(DocumentNode node, std::string& out) {
    if (node.is_text()) {
      const std::int64_t number = strings_.at(node.text()).number;
      if (number >= 0) {
        out += fmt::format("{}", number);
      } else {
        JsonWriter(out, JsonWriter::Layout::compact).text(node.text());
      }
      return;
    }
    if (node.kind() == DocumentKind::integer) {
      out += fmt::format("[{},{}]", is_integer, node.integer().value_or(0));
      return;
    }
    if (node.is_scalar()) {
      JsonWriter json(out, JsonWriter::Layout::compact);
      write_scalar(json, node);
      return;
    }
    if (const auto value = value_numbers_.find(node.index()); value != value_numbers_.end()) {
      out += fmt::format("[{},{}]", is_value, value->second);
      return;
    }
    // A condition and the witness speak of the same readings: the second time a number will do.
    if (node.size() != 0) {
      const auto [at, fresh] = composites_.try_emplace(compact(node, false), composites_.size());
      if (!fresh) {
        out += fmt::format("[{},{}]", is_repeated, at->second);
        return;
      }
    }
    out += node.is_list() ? fmt::format("[{}", is_list) : fmt::format("[{}", shape(node));
    for (std::size_t i = 0; i < node.size(); ++i) {
      out += ',';
      pack(node.at(i), out);
    }
    out += ']';
  }

  std::string words() {
    std::string out;
    JsonWriter json(out, JsonWriter::Layout::compact);
    json.begin_object();
    json.key("words").begin_array();
    for (const std::string_view word : words_) json.text(word);
    json.end_array();
    json.key("keys").begin_array();
    for (const std::vector<std::string_view>& keys : shapes_) {
      json.begin_array();
      for (const std::string_view key : keys) json.text(key);
      json.end_array();
    }
    json.end_array();
    json.end_object();
    return out;
  }

  struct Seen {
    std::size_t findings = 0;
    std::size_t last = 0;
    std::int64_t number = -1;
  };

  DocumentNode report_;
  DocumentNode findings_;
  std::size_t size_ = 0;
  Values values_;
  std::unordered_map<std::uint32_t, std::size_t> value_numbers_;  ///< by index of the node
  std::unordered_map<std::string_view, Seen> strings_;
  std::vector<std::string_view> words_;
  std::vector<std::vector<std::string_view>> shapes_;
  std::map<std::vector<std::string_view>, std::size_t> shape_numbers_;
  std::unordered_map<std::string, std::size_t> composites_;  ///< of one finding, as they begin
};

}  // namespace

Payload pack_report(DocumentNode report, std::size_t most_findings) {
  return Packer(report, most_findings).pack();
}

std::string compact_json(DocumentNode node) {
  return compact(node, false);
}

std::string compressed(const std::string& text) {
  uLongf size = compressBound(static_cast<uLong>(text.size()));
  std::string out(size, '\0');
  const int result = compress2(reinterpret_cast<Bytef*>(out.data()), &size,
                               reinterpret_cast<const Bytef*>(text.data()),
                               static_cast<uLong>(text.size()), Z_BEST_COMPRESSION);
  if (result != Z_OK) throw Error(ErrorCode::internal, fmt::format("zlib: {}", result));
  out.resize(size);
  return base64(out);
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t k = 0; k < 3; ++k) {
      group = group << 8u | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      out += k <= count ? digits[group >> (18 - 6 * k) & 63u] : '=';
    }
  }
  return out;
}

}  // namespace eraudit::detail
