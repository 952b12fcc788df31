#include <algorithm>
#include <functional>
#include <limits>
#include <optional>
#include <utility>

#include "eraudit/core/detail/yaml_events.hpp"
#include "eraudit/core/detail/yaml_words.hpp"
#include "eraudit/core/utf8.hpp"

namespace eraudit::detail {
namespace {

constexpr std::string_view core_tag = "tag:yaml.org,2002:";

std::string_view name_of(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::null:
      return "null";
    case DocumentKind::boolean:
      return "true or false";
    case DocumentKind::integer:
      return "a whole number";
    case DocumentKind::number:
      return "a number";
    case DocumentKind::text:
      return "text";
    case DocumentKind::list:
      return "a list";
    case DocumentKind::map:
      return "a map";
  }
  return "";
}

/// The YAML 1.2 core schema, narrowed to what JSON calls a number and to one spelling of each word.
DocumentKind kind_of_plain(std::string_view text) {
  if (text.empty() || text == "~" || text == "null") return DocumentKind::null;
  if (text == "true" || text == "false") return DocumentKind::boolean;
  return number_kind(text);
}

bool is_word(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z') || byte == '-' || byte == '_';
  });
}

class TreeBuilder {
 public:
  TreeBuilder(const SourcePtr& source, const YamlEvents& events, const Limits& limits,
              Aliases aliases, Diagnostics& diagnostics)
      : source_(source),
        events_(events),
        limits_(limits),
        aliases_(aliases),
        diagnostics_(diagnostics),
        builder_(source) {}

  /// One document; `next` is its first event and becomes the first one after it.
  DocumentPtr build(std::size_t& next) {
    ++next;  // the start of the document
    std::size_t end = next;
    while (end < events_.items.size() && events_.items[end].kind != YamlEventKind::document) ++end;
    builder_.reserve(end - next);
    for (; next != end; ++next) take(events_.items[next]);
    check_growth();
    warn_about_unused();
    return builder_.finish();
  }

 private:
  struct Anchored {
    std::uint32_t value = 0;
    std::uint64_t expanded = 1;  ///< values it stands for, aliases resolved
    std::size_t height = 0;      ///< of lists and maps inside each other
    bool closed = true;          ///< false while its list or map is open
    bool used = false;
    Span place;
  };
  using Anchors = std::map<std::string, Anchored, std::less<>>;
  struct Open {
    Anchored* anchored;  ///< nodes of a map stay where they are
    std::uint64_t expanded_before;
    std::size_t height;  ///< of the highest value in it
  };

  void take(const YamlEvent& event) {
    switch (event.kind) {
      case YamlEventKind::scalar:
        return scalar(event);
      case YamlEventKind::alias:
        return alias(event);
      case YamlEventKind::list:
        return begin(event, DocumentKind::list);
      case YamlEventKind::map:
        return begin(event, DocumentKind::map);
      case YamlEventKind::list_end:
      case YamlEventKind::map_end:
        return end(event);
      case YamlEventKind::document:
        return;
    }
  }

  void error(Span span, std::string_view id, std::string message, std::string help = {}) {
    diagnostics_.error(*source_, span, id, std::move(message), std::move(help));
  }
  [[noreturn]] void stop(Span span, std::string_view id, std::string message,
                         std::string help = {}) {
    error(span, id, std::move(message), std::move(help));
    throw YamlStop{};
  }
  void warn(YamlProblem problem) {
    diagnostics_.warning(*source_, problem.span, problem.id, std::move(problem.message),
                         std::move(problem.help));
  }

  void grow(std::uint64_t by) {
    constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    expanded_ = by > most - expanded_ ? most : expanded_ + by;
  }

  // Scalars and keys.

  void scalar(const YamlEvent& event) {
    const std::string_view text = events_.text(*source_, event);
    const YamlProperties* const properties = events_.properties_of(event);
    DocumentKind kind =
        event.notation == Notation::plain ? kind_of_plain(text) : DocumentKind::text;
    if (properties != nullptr && !properties->tag.empty()) {
      kind = tagged_kind(event.span(), text, *properties, kind);
    }
    if (builder_.wants_key()) {
      check_key(event, text, kind);
      kind = DocumentKind::text;
    }
    const std::uint32_t index =
        event.own_text ? builder_.decoded_scalar(kind, event.notation, event.span(), text)
                       : builder_.scalar(kind, event.notation, event.span(),
                                         {event.text_offset, event.text_length});
    grow(1);
    if (properties != nullptr && !properties->anchor.empty()) add_anchor(*properties, index);
    if (event.notation == Notation::plain) warn_about_traps(event);
  }

  void check_key(const YamlEvent& event, std::string_view text, DocumentKind kind) {
    if (builder_.count() >= limits_.keys_per_map) {
      stop(event.span(), "yaml-too-many-keys",
           "more than " + std::to_string(limits_.keys_per_map) + " keys in one map");
    }
    if (kind != DocumentKind::text && text.empty()) {
      error(event.span(), "yaml-key-not-text", "a key is missing before this ':'");
    } else if (kind != DocumentKind::text) {
      const std::string shown = shortened(text);
      error(event.span(), "yaml-key-not-text",
            "the key " + shown + " is not text but " + std::string(name_of(kind)),
            "put it in quotes: \"" + shown + "\"");
    } else if (text == "<<" && event.notation == Notation::plain) {
      error(event.span(), "yaml-merge-key", "merge keys ('<<') are not read",
            "write the keys out, or give the common part a key of its own");
    }
  }

  /// What is YAML, but perhaps not what its author meant.
  void warn_about_traps(const YamlEvent& event) {
    if (event.end > event.offset) {
      if (auto trap = find_plain_trap(*source_, event.span())) warn(std::move(*trap));
      const std::size_t colon = events_.text(*source_, event).find(':');
      if (builder_.depth() == 0 && colon != std::string_view::npos && !event.own_text) {
        warn({"yaml-colon",
              "there is no blank after this ':', so the file is one text and not a map",
              "write a blank after the colon of a key",
              {event.text_offset + static_cast<std::uint32_t>(colon), 1}});
      }
      return;
    }
    const bool value_of_key = builder_.in_map() && builder_.wants_key();
    if (!value_of_key || event.has_properties || source_->text()[event.offset - 1] == ':') return;
    warn({"yaml-key-without-value",
          "this key has no ':' and no value, and is null",
          "write a value, or put the whole in quotes if it is a text",
          {event.offset - 1, 1}});
  }

  // Tags.

  void refuse_tag(const YamlProperties& properties) {
    const Span span = properties.tag_span;
    error(span, "yaml-tag",
          "'" + shortened(source_->text().substr(span.offset, span.length)) +
              "' is read as a YAML tag, and there is no such tag",
          "a text that begins with '!' must be quoted, or stand in a block: `|` after the key and "
          "the text, "
          "indented, on the next line");
  }

  /// The kind that a core tag asks for.
  DocumentKind tagged_kind(Span span, std::string_view text, const YamlProperties& properties,
                           DocumentKind kind) {
    const std::string_view tag = properties.tag;
    const std::string_view name = tag.starts_with(core_tag) ? tag.substr(core_tag.size()) : "";
    const DocumentKind natural = kind_of_plain(text);
    if (name == "str") return DocumentKind::text;
    if (name == "null" && natural == DocumentKind::null) return natural;
    if (name == "bool" && natural == DocumentKind::boolean) return natural;
    if (name == "int" && natural == DocumentKind::integer) return natural;
    if (name == "float" && (natural == DocumentKind::integer || natural == DocumentKind::number)) {
      return DocumentKind::number;
    }
    if (name == "null" || name == "bool" || name == "int" || name == "float") {
      error(span, "yaml-tag-mismatch",
            "'" + shortened(text) + "' is not what the tag !!" + std::string(name) + " says",
            "remove the tag");
    } else {
      refuse_tag(properties);
    }
    return kind;
  }

  void check_tag(const YamlProperties& properties, DocumentKind kind) {
    const std::string_view tag = properties.tag;
    const std::string_view name = kind == DocumentKind::list ? "seq" : "map";
    if (tag.empty()) return;
    if (!tag.starts_with(core_tag)) return refuse_tag(properties);
    if (tag.substr(core_tag.size()) == name) return;
    error(properties.tag_span, "yaml-tag-mismatch",
          "the tag does not go with " + std::string(name_of(kind)), "remove the tag");
  }

  // Anchors and aliases.

  Anchored* add_anchor(const YamlProperties& properties, std::uint32_t value) {
    const std::string& name = properties.anchor;
    if (aliases_ == Aliases::refuse) {
      error(properties.anchor_span, "yaml-anchor",
            "anchors ('&') are not read in this kind of file",
            "write the value out; a text that begins with '&' must be quoted");
      return nullptr;
    }
    if (!is_word(name)) {  // `&& b` is YAML for the text `b` with an anchor called `&`
      error(properties.anchor_span, "yaml-anchor",
            "'&" + shortened(name) +
                "' is read as an anchor, and its name is not of letters, digits, '-' and '_'",
            "a text that begins with '&' must be quoted, or stand in a block: `|` after the key "
            "and the "
            "text, indented, on the next line");
    }
    Anchored& anchored = anchors_[name];
    if (anchored.place.length != 0) warn_if_unused(anchored);
    anchored = {.value = value, .place = is_word(name) ? properties.anchor_span : Span{}};
    return &anchored;
  }

  void warn_if_unused(const Anchored& anchored) {
    if (anchored.used || anchored.place.length == 0) return;
    warn({"yaml-unused-anchor", "no alias uses this anchor",
          "remove it; a text that begins with '&' must be quoted", anchored.place});
  }

  void warn_about_unused() {
    for (const auto& [name, anchored] : anchors_) warn_if_unused(anchored);
  }

  void alias(const YamlEvent& event) {
    const Span span = event.span();
    if (aliases_ == Aliases::refuse) {
      error(span, "yaml-alias", "aliases ('*') are not read in this kind of file",
            "write the value out; a text that begins with '*' must be quoted");
      builder_.scalar(DocumentKind::text, Notation::plain, span, span);
      return;
    }
    const std::string& name = events_.properties_of(event)->anchor;
    const auto found = anchors_.find(name);
    if (found == anchors_.end()) {
      stop(span, "yaml-unknown-anchor",
           "there is no anchor '" + shortened(name) + "' before this alias",
           "a text that begins with '*' must be quoted");
    }
    if (builder_.wants_key()) {
      stop(span, "yaml-key-not-text", "an alias cannot be a key", "write the key out");
    }
    if (++alias_uses_ > limits_.alias_uses) {
      stop(span, "yaml-too-many-aliases",
           "more than " + std::to_string(limits_.alias_uses) + " aliases in one file");
    }
    Anchored& target = found->second;
    target.used = true;
    if (!target.closed) {
      stop(span, "yaml-cycle", "this alias stands inside of what it stands for",
           "a value cannot contain itself: write it out");
    }
    if (builder_.depth() + target.height > limits_.document_depth) {
      stop(span, "yaml-too-deep",
           "more than " + std::to_string(limits_.document_depth) +
               " lists and maps inside each other, aliases counted with what they stand for");
    }
    builder_.alias(span, target.value);
    grow(target.expanded);
    if (!open_.empty()) open_.back().height = std::max(open_.back().height, target.height);
    growth_.emplace_back(span, expanded_);
  }

  /// Aliases let a few lines stand for more values than there are atoms: at most so many times as
  /// written.
  void check_growth() {
    constexpr std::uint64_t endless = std::numeric_limits<std::uint64_t>::max();
    const std::uint64_t written = builder_.size();
    const std::uint64_t factor = limits_.alias_growth;
    const std::uint64_t most =
        factor != 0 && written > endless / factor ? endless : written * factor;
    for (const auto& [span, expanded] : growth_) {
      if (expanded <= most) continue;
      stop(span, "yaml-alias-growth",
           "with this alias the file stands for more than " + std::to_string(factor) +
               " times as many values as are written in it",
           "write the values out");
    }
  }

  // Lists and maps.

  void begin(const YamlEvent& event, DocumentKind kind) {
    if (builder_.wants_key()) {
      stop({event.offset, 1}, "yaml-key-not-text",
           "a key must be text, and this is " + std::string(name_of(kind)),
           "if this is meant as text, put it in quotes");
    }
    const YamlProperties* const properties = events_.properties_of(event);
    const std::uint64_t before = expanded_;
    grow(1);
    const std::uint32_t index = builder_.begin(kind, event.offset);
    Anchored* anchored = nullptr;
    if (properties != nullptr) {
      check_tag(*properties, kind);
      if (!properties->anchor.empty()) anchored = add_anchor(*properties, index);
      if (anchored != nullptr) anchored->closed = false;
    }
    open_.push_back({anchored, before, 0});
  }

  void end(const YamlEvent& event) {
    if (builder_.in_map()) {
      builder_.end_map(event.offset, [this](std::uint32_t key, std::uint32_t first) {
        const auto& values = builder_.arena().values;
        const Position before = source_->position(values[first].offset);
        error({values[key].offset, values[key].length}, "yaml-duplicate-key",
              "the key '" + shortened(builder_.arena().text(key)) + "' is here again",
              "the first one is at " + std::to_string(before.line) + ":" +
                  std::to_string(before.column));
      });
    } else {
      builder_.end_list(event.offset);
    }
    const Open closed = open_.back();
    open_.pop_back();
    const std::size_t height = closed.height + 1;
    if (!open_.empty()) open_.back().height = std::max(open_.back().height, height);
    if (closed.anchored == nullptr) return;
    closed.anchored->closed = true;
    closed.anchored->height = height;
    closed.anchored->expanded = expanded_ - closed.expanded_before;
  }

  const SourcePtr& source_;
  const YamlEvents& events_;
  const Limits& limits_;
  Aliases aliases_;
  Diagnostics& diagnostics_;
  ArenaBuilder builder_;
  Anchors anchors_;
  std::vector<Open> open_;
  std::uint64_t expanded_ = 0;                          ///< values so far, aliases resolved
  std::vector<std::pair<Span, std::uint64_t>> growth_;  ///< each alias, and `expanded_` after it
  std::size_t alias_uses_ = 0;
};

}  // namespace

std::vector<DocumentPtr> build_documents(const SourcePtr& source, const YamlEvents& events,
                                         const Limits& limits, Aliases aliases,
                                         Diagnostics& diagnostics) {
  std::vector<DocumentPtr> documents;
  for (std::size_t next = 0; next < events.items.size();) {
    documents.push_back(TreeBuilder(source, events, limits, aliases, diagnostics).build(next));
  }
  return documents;
}

}  // namespace eraudit::detail
