// The one strict YAML reader. Two independent parsers must read a text alike, or it is refused.
//
// libfyaml is the gate: of all that was tried it alone refuses every malformed document of the YAML test
// suite, it says where tokens begin and end, and its events cost no recursion. It runs first, under limits,
// and its events are kept. yaml-cpp, which accepts 34 of those 94 malformed documents and never returns from
// some (`,` in a loop over documents), sees only what has passed; its events build the tree and each must
// agree with the gate's in kind and text. So a slip in either parser ends in a message, never in a rule that
// means something else than what its author sees. No third-party name leaves this file.

#include <libfyaml.h>
#include <yaml-cpp/anchor.h>
#include <yaml-cpp/emitterstyle.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <cstdint>
#include <istream>
#include <limits>
#include <map>
#include <memory>
#include <streambuf>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eraudit/core/detail/document_arena.hpp"
#include "eraudit/core/detail/utf8.hpp"
#include "eraudit/core/detail/yaml_scan.hpp"
#include "eraudit/core/detail/yaml_words.hpp"
#include "eraudit/core/document.hpp"
#include "eraudit/core/error.hpp"

namespace eraudit {
namespace {

using detail::ArenaBuilder;
using detail::Notation;
using detail::YamlProblem;

/// Thrown inside the reader, after the diagnostic was made: what follows cannot be understood.
struct Stop {};

constexpr std::string_view core_tag = "tag:yaml.org,2002:";

enum class EventKind : std::uint8_t { document, scalar, alias, list, list_end, map, map_end };

/// What the gate saw. Texts that do not stand in the source as they are go to `Events::decoded`.
struct Event {
  EventKind kind = EventKind::document;
  Notation notation = Notation::plain;
  bool own_text = false;
  bool has_properties = false;  ///< an entry in `Events::properties`
  std::uint32_t offset = 0;
  std::uint32_t end = 0;
  std::uint32_t text_offset = 0;
  std::uint32_t text_length = 0;
};

struct Properties {
  std::string anchor;  ///< of an alias: the anchor it names
  std::string tag;
  Span tag_span;
  Span anchor_span;
};

struct Events {
  std::vector<Event> items;
  std::string decoded;
  std::map<std::size_t, Properties> properties;  ///< by the index of the event
};

class Gate {
 public:
  Gate(const SourcePtr& source, const Limits& limits, Aliases aliases, bool many_documents,
       Diagnostics& diagnostics)
      : source_(*source),
        text_(source->text()),
        limits_(limits),
        aliases_(aliases),
        many_documents_(many_documents),
        diagnostics_(diagnostics) {}

  Events run() {
    open_parser();
    for (;;) {
      const EventPtr event(fy_parser_parse(parser_.get()), {parser_.get()});
      if (!event) refused();
      if (event->type == FYET_STREAM_END) break;
      take(*event);
    }
    if (fy_parser_get_stream_error(parser_.get())) refused();
    return std::move(events_);
  }

 private:
  struct Destroy {
    void operator()(fy_diag* diagnostics) const noexcept { fy_diag_destroy(diagnostics); }
    void operator()(fy_parser* parser) const noexcept { fy_parser_destroy(parser); }
  };
  struct FreeEvent {
    fy_parser* parser;
    void operator()(fy_event* event) const noexcept { fy_parser_event_free(parser, event); }
  };
  using EventPtr = std::unique_ptr<fy_event, FreeEvent>;
  struct Open {
    std::size_t event;
    bool bracket;
  };

  static void print_nothing(fy_diag*, void*, const char*, std::size_t) {}

  void open_parser() {
    fy_diag_cfg words;
    fy_diag_cfg_default(&words);
    words.fp = nullptr;
    words.output_fn = print_nothing;
    complaints_.reset(fy_diag_create(&words));
    if (!complaints_) throw std::bad_alloc();
    fy_diag_set_collect_errors(complaints_.get(), true);
    fy_parse_cfg settings{};
    settings.diag = complaints_.get();
    settings.flags = static_cast<fy_parse_cfg_flags>(FYPCF_QUIET | FYPCF_COLLECT_DIAG |
                                                     FYPCF_DEFAULT_VERSION_1_2 | FYPCF_JSON_NONE |
                                                     FYPCF_DISABLE_DEPTH_LIMIT);
    parser_.reset(fy_parser_create(&settings));
    if (!parser_) throw std::bad_alloc();
    if (fy_parser_set_string(parser_.get(), text_.data(), text_.size()) != 0) throw std::bad_alloc();
  }

  [[noreturn]] void stop(Span span, std::string_view id, std::string message, std::string help = {}) {
    diagnostics_.error(source_, span, id, std::move(message), std::move(help));
    throw Stop{};
  }

  /// Reports why the parser went no further.
  [[noreturn]] void refused() {
    void* state = nullptr;
    const fy_diag_error* const complaint = fy_diag_errors_iterate(complaints_.get(), &state);
    if (complaint == nullptr) {  // `|0` is one such case
      stop({detail::find_next_content(text_, last_end_, size(), false), 1}, "yaml-syntax",
           "this is not YAML", "put the text in quotes");
    }
    const std::uint32_t offset = place(complaint->line, complaint->column);
    std::optional<std::uint32_t> bracket;
    for (const Open& open : open_) {
      if (open.bracket) bracket = events_.items[open.event].offset;
    }
    YamlProblem problem = detail::explain_yaml(source_, complaint->msg, offset, bracket);
    stop(problem.span, problem.id, std::move(problem.message), std::move(problem.help));
  }

  /// The byte of a line and column, both from 1, columns in code points.
  [[nodiscard]] std::uint32_t place(int line, int column) const {
    const std::string_view written = source_.line(static_cast<std::uint32_t>(std::max(line, 1)));
    if (written.data() == nullptr) return static_cast<std::uint32_t>(text_.size());
    std::size_t at = 0;
    for (int before = 1; before < column && at < written.size(); ++before) {
      at += detail::first_code_point(written.substr(at)).bytes;
    }
    return static_cast<std::uint32_t>(static_cast<std::size_t>(written.data() - text_.data()) + at);
  }

  void take(fy_event& event) {
    switch (event.type) {
      case FYET_DOCUMENT_START: return document(event);
      case FYET_SCALAR: return scalar(event);
      case FYET_ALIAS: return alias(event);
      case FYET_SEQUENCE_START:
        return begin(event, EventKind::list, event.sequence_start.sequence_start,
                     event.sequence_start.anchor, event.sequence_start.tag);
      case FYET_MAPPING_START:
        return begin(event, EventKind::map, event.mapping_start.mapping_start, event.mapping_start.anchor,
                     event.mapping_start.tag);
      case FYET_SEQUENCE_END: return end(event, EventKind::list_end);
      case FYET_MAPPING_END: return end(event, EventKind::map_end);
      default: return;
    }
  }

  void document(fy_event& event) {
    anchors_.clear();
    if (documents_++ > 0 && !many_documents_) {
      const fy_mark* const mark = fy_event_start_mark(&event);
      std::uint32_t offset = mark != nullptr ? static_cast<std::uint32_t>(mark->input_pos) : last_end_;
      if (mark == nullptr) offset = detail::find_next_content(text_, last_end_, size(), false);
      stop({offset, 3}, "yaml-second-document", "a second document begins here",
           "this file may hold one document only: put the other one into a file of its own");
    }
    Event item;
    item.kind = EventKind::document;
    item.offset = item.end = last_end_;
    if (event.document_start.document_start != nullptr) {
      last_end_ = static_cast<std::uint32_t>(
          fy_token_end_mark(event.document_start.document_start)->input_pos);
    }
    events_.items.push_back(item);
  }

  [[nodiscard]] std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(text_.size()); }

  static Span span_of(fy_token* token) {
    const fy_mark* const first = fy_token_start_mark(token);
    const fy_mark* const last = fy_token_end_mark(token);
    return {static_cast<std::uint32_t>(first->input_pos),
            static_cast<std::uint32_t>(last->input_pos - first->input_pos)};
  }

  static std::string_view text_of(fy_token* token) {
    std::size_t length = 0;
    const char* const text = fy_token_get_text(token, &length);
    if (text == nullptr && length != 0) throw std::bad_alloc();
    return text == nullptr ? std::string_view() : std::string_view(text, length);
  }

  /// Notes anchor and tag of the event that is pushed next.
  void note_properties(Event& item, fy_token* anchor, fy_token* tag) {
    if (anchor == nullptr && tag == nullptr) return;
    item.has_properties = true;
    Properties properties;
    if (anchor != nullptr) {
      properties.anchor = text_of(anchor);
      properties.anchor_span = span_of(anchor);
      // The mark is that of the name.
      if (properties.anchor_span.offset > 0 && text_[properties.anchor_span.offset - 1] == '&') {
        --properties.anchor_span.offset;
        ++properties.anchor_span.length;
      }
      anchors_.insert_or_assign(properties.anchor, properties.anchor_span.offset);
      last_end_ = std::max(last_end_, properties.anchor_span.offset + properties.anchor_span.length);
    }
    if (tag != nullptr) {
      properties.tag = text_of(tag);
      properties.tag_span = span_of(tag);
      last_end_ = std::max(last_end_, properties.tag_span.offset + properties.tag_span.length);
    }
    events_.properties.emplace(events_.items.size(), std::move(properties));
  }

  void count_value(std::uint32_t offset) {
    if (++values_ <= limits_.document_nodes) return;
    stop({offset, 1}, "yaml-too-many-values",
         "more than " + std::to_string(limits_.document_nodes) + " values in one file");
  }

  void scalar(fy_event& event) {
    Event item;
    item.kind = EventKind::scalar;
    const std::uint32_t before = last_end_;
    note_properties(item, event.scalar.anchor, event.scalar.tag);
    const fy_mark* const mark = fy_event_start_mark(&event);
    if (mark == nullptr) {
      // Nothing was written: the place is after the indicator, or after the properties.
      item.offset = item.has_properties ? last_end_ : detail::find_next_content(text_, before, size(), true);
      item.end = item.offset;
      item.text_offset = item.offset;
    } else {
      written_scalar(event, item);
    }
    count_value(item.offset);
    last_end_ = std::max(last_end_, item.end);
    events_.items.push_back(item);
  }

  void written_scalar(fy_event& event, Event& item) {
    fy_token* const token = event.scalar.value;
    const Span inner = span_of(token);
    item.offset = inner.offset;
    item.end = inner.offset + inner.length;
    switch (fy_token_scalar_style(token)) {
      case FYSS_SINGLE_QUOTED: item.notation = Notation::single_quoted; break;
      case FYSS_DOUBLE_QUOTED: item.notation = Notation::double_quoted; break;
      case FYSS_LITERAL: item.notation = Notation::literal; break;
      case FYSS_FOLDED: item.notation = Notation::folded; break;
      default: item.notation = Notation::plain; break;
    }
    if (item.notation == Notation::single_quoted || item.notation == Notation::double_quoted) {
      --item.offset;  // the marks are inside of the quotes
      ++item.end;
    } else if (item.notation == Notation::literal || item.notation == Notation::folded) {
      item.offset = detail::find_next_content(text_, last_end_, item.offset, false);
    }
    const std::string_view text = text_of(token);
    if (text.size() > limits_.scalar_bytes) {
      stop({item.offset, 1}, "yaml-text-too-long",
           "a text of " + std::to_string(text.size()) + " bytes; at most " +
               std::to_string(limits_.scalar_bytes) + " are read");
    }
    item.text_length = static_cast<std::uint32_t>(text.size());
    if (text_.substr(inner.offset, inner.length) == text) {
      item.text_offset = inner.offset;
      return;
    }
    if (events_.decoded.size() + text.size() > std::numeric_limits<std::uint32_t>::max()) {
      throw Error(ErrorCode::limit_exceeded, "a document with more than 4 GiB of decoded text");
    }
    item.own_text = true;
    item.text_offset = static_cast<std::uint32_t>(events_.decoded.size());
    events_.decoded += text;
  }

  void alias(fy_event& event) {
    Event item;
    item.kind = EventKind::alias;
    Span span = span_of(event.alias.anchor);
    if (span.offset > 0 && text_[span.offset] != '*' && text_[span.offset - 1] == '*') {
      --span.offset;
      ++span.length;
    }
    item.offset = span.offset;
    item.end = span.offset + span.length;
    item.has_properties = true;
    Properties properties;
    properties.anchor = text_of(event.alias.anchor);
    count_value(item.offset);
    if (aliases_ == Aliases::expand) check_alias(span, properties.anchor);
    events_.properties.emplace(events_.items.size(), std::move(properties));
    last_end_ = std::max(last_end_, item.end);
    events_.items.push_back(item);
  }

  void check_alias(Span span, const std::string& name) {
    if (!anchors_.contains(name)) {
      stop(span, "yaml-unknown-anchor", "there is no anchor '" + detail::shortened(name) + "' before this alias",
           "if this is meant as text, put it in quotes");
    }
    if (++alias_uses_ > limits_.alias_uses) {
      stop(span, "yaml-too-many-aliases",
           "more than " + std::to_string(limits_.alias_uses) + " aliases in one file");
    }
  }

  void begin(fy_event& event, EventKind kind, fy_token* token, fy_token* anchor, fy_token* tag) {
    Event item;
    item.kind = kind;
    note_properties(item, anchor, tag);
    const fy_mark* const mark = token != nullptr ? fy_token_start_mark(token) : fy_event_start_mark(&event);
    item.offset = mark != nullptr ? static_cast<std::uint32_t>(mark->input_pos) : last_end_;
    item.end = item.offset;
    const bool bracket = item.offset < size() && (text_[item.offset] == '[' || text_[item.offset] == '{') &&
                         token != nullptr && fy_token_end_mark(token)->input_pos == item.offset + 1;
    if (open_.size() >= limits_.document_depth) {
      stop({item.offset, 1}, "yaml-too-deep",
           "more than " + std::to_string(limits_.document_depth) + " lists and maps inside each other");
    }
    count_value(item.offset);
    if (bracket) last_end_ = item.offset + 1;
    open_.push_back({events_.items.size(), bracket});
    events_.items.push_back(item);
  }

  void end(fy_event& event, EventKind kind) {
    const Open closed = open_.back();
    open_.pop_back();
    Event& first = events_.items[closed.event];
    if (closed.bracket) {
      const fy_mark* const mark = fy_event_end_mark(&event);
      if (mark != nullptr) last_end_ = std::max(last_end_, static_cast<std::uint32_t>(mark->input_pos));
    }
    // Of a map like `[a: b]` the parser marks the colon.
    const std::size_t next = closed.event + 1;
    if (!closed.bracket && next < events_.items.size()) {
      first.offset = std::min(first.offset, events_.items[next].offset);
    }
    Event item;
    item.kind = kind;
    item.offset = item.end = std::max(last_end_, first.offset);
    events_.items.push_back(item);
  }

  const Source& source_;
  std::string_view text_;
  const Limits& limits_;
  Aliases aliases_;
  bool many_documents_;
  Diagnostics& diagnostics_;
  std::unique_ptr<fy_diag, Destroy> complaints_;
  std::unique_ptr<fy_parser, Destroy> parser_;
  Events events_;
  std::vector<Open> open_;
  std::map<std::string, std::uint32_t, std::less<>> anchors_;  ///< of this document, by name
  std::size_t documents_ = 0;
  std::size_t values_ = 0;
  std::size_t alias_uses_ = 0;
  std::uint32_t last_end_ = 0;  ///< of the last token that is not the end of a block
};

/// A text as a stream, without a copy.
class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* const begin = const_cast<char*>(text.data());  // NOLINT: only read
    setg(begin, begin, begin + text.size());
  }
};

/// Builds the tree from yaml-cpp's events and checks each against the gate's.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(const SourcePtr& source, const Limits& limits, Aliases aliases, const Events& events,
              Diagnostics& diagnostics)
      : source_(source),
        limits_(limits),
        aliases_(aliases),
        events_(events),
        diagnostics_(diagnostics),
        builder_(source) {}

  [[nodiscard]] bool at_end() const noexcept { return next_ == events_.items.size(); }

  /// The two parsers part here.
  [[noreturn]] void disagree() {
    const Event& event = events_.items[std::min(next_, events_.items.size() - 1)];
    diagnostics_.error(*source_, {event.offset, std::max<std::uint32_t>(event.end - event.offset, 1)},
                       "yaml-ambiguous", "YAML parsers do not agree on how to read this",
                       "write it more plainly: put texts in quotes, a key and its ':' on one line");
    throw Stop{};
  }

  DocumentPtr finish() { return builder_.finish(); }

  void OnDocumentStart(const YAML::Mark&) override {
    take(EventKind::document);
    builder_ = ArenaBuilder(source_);
    anchors_.clear();
    open_.clear();
    expanded_ = 0;
    alias_places_.clear();
  }

  void OnDocumentEnd() override {
    check_growth();
    if (aliases_ == Aliases::refuse) return;
    for (const auto& [anchor, anchored] : anchors_) {
      if (anchored.used || anchored.place.length == 0) continue;
      diagnostics_.warning(*source_, anchored.place, "yaml-unused-anchor", "no alias uses this anchor",
                           "remove it; a text that begins with '&' must be quoted");
    }
  }

  void OnNull(const YAML::Mark&, YAML::anchor_t anchor) override {
    const Event& event = take(EventKind::scalar);
    const std::string_view text = text_of(event);
    if (event.notation != Notation::plain || (!text.empty() && text != "~" && text != "null" &&
                                              text != "Null" && text != "NULL")) {
      disagree();
    }
    scalar(event, anchor);
  }

  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t anchor,
                const std::string& value) override {
    const Event& event = take(EventKind::scalar);
    if (text_of(event) != value) disagree();
    scalar(event, anchor);
  }

  void OnAlias(const YAML::Mark&, YAML::anchor_t anchor) override { alias(take(EventKind::alias), anchor); }

  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    begin(take(EventKind::list), DocumentKind::list, anchor);
  }
  void OnSequenceEnd() override { end(take(EventKind::list_end)); }

  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    begin(take(EventKind::map), DocumentKind::map, anchor);
  }
  void OnMapEnd() override { end(take(EventKind::map_end)); }

 private:
  /// What an anchor stands for. `closed` is false as long as its list or map is open.
  struct Anchored {
    std::uint32_t value = 0;
    std::uint64_t expanded = 1;
    std::size_t height = 0;
    bool closed = true;
    bool used = false;
    Span place;
  };
  struct Open {
    YAML::anchor_t anchor;
    std::uint64_t expanded_before;
    std::size_t height;  ///< of the highest value in it
  };

  const Event& take(EventKind kind) {
    if (at_end() || events_.items[next_].kind != kind) disagree();
    return events_.items[next_++];
  }

  [[nodiscard]] const Properties* properties(const Event& event) const {
    if (!event.has_properties) return nullptr;
    return &events_.properties.at(static_cast<std::size_t>(&event - events_.items.data()));
  }

  [[nodiscard]] std::string_view text_of(const Event& event) const {
    const std::string_view all = event.own_text ? std::string_view(events_.decoded) : source_->text();
    return all.substr(event.text_offset, event.text_length);
  }

  static Span span_of(const Event& event) { return {event.offset, event.end - event.offset}; }

  void error(Span span, std::string_view id, std::string message, std::string help = {}) {
    diagnostics_.error(*source_, span, id, std::move(message), std::move(help));
  }
  [[noreturn]] void stop(Span span, std::string_view id, std::string message, std::string help = {}) {
    error(span, id, std::move(message), std::move(help));
    throw Stop{};
  }

  void grow(std::uint64_t by) {
    expanded_ = by > std::numeric_limits<std::uint64_t>::max() - expanded_
                    ? std::numeric_limits<std::uint64_t>::max()
                    : expanded_ + by;
  }

  static DocumentKind kind_of_plain(std::string_view text) {
    if (text.empty() || text == "~" || text == "null") return DocumentKind::null;
    if (text == "true" || text == "false") return DocumentKind::boolean;
    return detail::number_kind(text);
  }

  void scalar(const Event& event, YAML::anchor_t anchor) {
    const std::string_view text = text_of(event);
    DocumentKind kind =
        event.notation == Notation::plain ? kind_of_plain(text) : DocumentKind::text;
    const Properties* const written = properties(event);
    if ((anchor != YAML::NullAnchor) != (written != nullptr && !written->anchor.empty())) disagree();
    if (written != nullptr) {
      check_anchor(*written);
      if (!written->tag.empty()) kind = tagged_kind(event, *written, kind);
    }
    if (builder_.wants_key()) kind = check_key(event, kind);
    const std::uint32_t index =
        event.own_text ? builder_.decoded_scalar(kind, event.notation, span_of(event), text)
                       : builder_.scalar(kind, event.notation, span_of(event),
                                         {event.text_offset, event.text_length});
    grow(1);
    if (anchor != YAML::NullAnchor) anchors_[anchor] = {.value = index, .place = place_of_anchor(*written)};
    if (event.notation == Notation::plain) warn_about_traps(event);
  }

  /// What is YAML, but perhaps not what its author meant.
  void warn_about_traps(const Event& event) {
    if (event.end > event.offset) {
      if (auto trap = detail::find_plain_trap(*source_, span_of(event))) {
        diagnostics_.warning(*source_, trap->span, trap->id, std::move(trap->message), std::move(trap->help));
      }
    } else if (builder_.in_map() && builder_.wants_key() && !event.has_properties &&
               event.offset > 0 && source_->text()[event.offset - 1] != ':') {
      diagnostics_.warning(*source_, {event.offset - 1, 1}, "yaml-key-without-value",
                           "this key has no ':' and no value, and is null",
                           "write a value, or put the whole in quotes if it is a text");
    }
  }

  DocumentKind check_key(const Event& event, DocumentKind kind) {
    const std::string_view text = text_of(event);
    if (builder_.count() >= limits_.keys_per_map) {
      stop(span_of(event), "yaml-too-many-keys",
           "more than " + std::to_string(limits_.keys_per_map) + " keys in one map");
    }
    if (kind != DocumentKind::text) {
      const std::string shown = detail::shortened(text);
      error(span_of(event), "yaml-key-not-text",
            text.empty() ? "a key is missing before this ':'"
                         : "the key " + shown + " is not text but " + std::string(name_of(kind)),
            text.empty() ? "" : "put it in quotes: \"" + shown + "\"");
    } else if (text == "<<" && event.notation == Notation::plain) {
      error(span_of(event), "yaml-merge-key", "merge keys ('<<') are not read",
            "write the keys out, or give the common part a key of its own");
    }
    return DocumentKind::text;
  }

  static std::string_view name_of(DocumentKind kind) {
    switch (kind) {
      case DocumentKind::null: return "null";
      case DocumentKind::boolean: return "true or false";
      case DocumentKind::integer: return "a whole number";
      case DocumentKind::number: return "a number";
      case DocumentKind::text: return "text";
      case DocumentKind::list: return "a list";
      case DocumentKind::map: return "a map";
    }
    return "";
  }

  void refuse_tag(const Properties& written) {
    const std::string shown =
        detail::shortened(source_->text().substr(written.tag_span.offset, written.tag_span.length));
    error(written.tag_span, "yaml-tag", "'" + shown + "' is read as a YAML tag, and there is no such tag",
          "a text that begins with '!' must be quoted, or stand in a block: `|` after the key and the text, "
          "indented, on the next line");
  }

  /// The kind that a core tag asks for.
  DocumentKind tagged_kind(const Event& event, const Properties& written, DocumentKind kind) {
    const std::string_view tag = written.tag;
    const std::string_view text = text_of(event);
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
      error(span_of(event), "yaml-tag-mismatch",
            "'" + detail::shortened(text) + "' is not what the tag !!" + std::string(name) + " says",
            "remove the tag");
    } else {
      refuse_tag(written);
    }
    return kind;
  }

  /// For the warning about unused ones; nothing if the name was refused anyway.
  static Span place_of_anchor(const Properties& written) {
    return is_word(written.anchor) ? written.anchor_span : Span{};
  }

  static bool is_word(std::string_view name) {
    return std::all_of(name.begin(), name.end(), [](char byte) {
      return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
             (byte >= 'A' && byte <= 'Z') || byte == '-' || byte == '_';
    });
  }

  void check_anchor(const Properties& written) {
    if (written.anchor.empty()) return;
    if (aliases_ == Aliases::expand) {
      // `&& b` is YAML for the text `b` with an anchor called `&`.
      if (is_word(written.anchor)) return;
      error(written.anchor_span, "yaml-anchor",
            "'&" + detail::shortened(written.anchor) + "' is read as an anchor, and its name is not of letters, digits, '-' and '_'",
            "a text that begins with '&' must be quoted, or stand in a block: `|` after the key and the "
            "text, indented, on the next line");
      return;
    }
    error(written.anchor_span, "yaml-anchor", "anchors ('&') are not read in this kind of file",
          "write the value out; a text that begins with '&' must be quoted");
  }

  void alias(const Event& event, YAML::anchor_t anchor) {
    const Span span = span_of(event);
    if (aliases_ == Aliases::refuse) {
      error(span, "yaml-alias", "aliases ('*') are not read in this kind of file",
            "write the value out; a text that begins with '*' must be quoted");
      builder_.scalar(builder_.wants_key() ? DocumentKind::text : DocumentKind::null, Notation::plain, span,
                      span);
      return;
    }
    if (builder_.wants_key()) {
      stop(span, "yaml-key-not-text", "an alias cannot be a key", "write the key out");
    }
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) disagree();
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
    alias_places_.emplace_back(span, expanded_);
  }

  void begin(const Event& event, DocumentKind kind, YAML::anchor_t anchor) {
    if (builder_.wants_key()) {
      stop({event.offset, 1}, "yaml-key-not-text",
           std::string("a key must be text, and this is ") + std::string(name_of(kind)),
           "if this is meant as text, put it in quotes");
    }
    const Properties* const written = properties(event);
    if ((anchor != YAML::NullAnchor) != (written != nullptr && !written->anchor.empty())) disagree();
    if (written != nullptr) {
      check_anchor(*written);
      const std::string_view tag = written->tag;
      const bool fits = kind == DocumentKind::list ? tag == "tag:yaml.org,2002:seq"
                                                   : tag == "tag:yaml.org,2002:map";
      if (!tag.empty() && !fits) {
        if (tag.starts_with(core_tag)) {
          error(written->tag_span, "yaml-tag-mismatch",
                "the tag does not go with " + std::string(name_of(kind)), "remove the tag");
        } else {
          refuse_tag(*written);
        }
      }
    }
    const std::uint64_t before = expanded_;
    grow(1);
    const std::uint32_t index = builder_.begin(kind, event.offset);
    if (anchor != YAML::NullAnchor) {
      anchors_[anchor] = {.value = index, .closed = false, .place = place_of_anchor(*written)};
    }
    open_.push_back({anchor, before, 0});
  }

  void end(const Event& event) {
    if (builder_.in_map()) {
      builder_.end_map(event.offset, [this](std::uint32_t key, std::uint32_t first) {
        const auto& values = builder_.arena().values;
        const Position before = source_->position(values[first].offset);
        error({values[key].offset, values[key].length}, "yaml-duplicate-key",
              "the key '" + detail::shortened(builder_.arena().text(key)) + "' is here for the second time",
              "the first one is at " + std::to_string(before.line) + ":" + std::to_string(before.column));
      });
    } else {
      builder_.end_list(event.offset);
    }
    const Open closed = open_.back();
    open_.pop_back();
    const std::size_t height = closed.height + 1;
    if (!open_.empty()) open_.back().height = std::max(open_.back().height, height);
    if (closed.anchor == YAML::NullAnchor) return;
    Anchored& anchored = anchors_[closed.anchor];
    anchored.closed = true;
    anchored.height = height;
    anchored.expanded = expanded_ - closed.expanded_before;
  }

  /// Aliases let a few lines stand for more values than there are atoms: at most so many times as written.
  void check_growth() {
    const std::uint64_t written = builder_.size();
    const std::uint64_t most = written > std::numeric_limits<std::uint64_t>::max() / limits_.alias_growth
                                   ? std::numeric_limits<std::uint64_t>::max()
                                   : written * limits_.alias_growth;
    for (const auto& [span, expanded] : alias_places_) {
      if (expanded <= most) continue;
      stop(span, "yaml-alias-growth",
           "with this alias the file stands for more than " + std::to_string(limits_.alias_growth) +
               " times as many values as are written in it",
           "write the values out");
    }
  }

  SourcePtr source_;
  const Limits& limits_;
  Aliases aliases_;
  const Events& events_;
  Diagnostics& diagnostics_;
  ArenaBuilder builder_;
  std::size_t next_ = 0;
  std::map<YAML::anchor_t, Anchored> anchors_;
  std::vector<Open> open_;
  std::uint64_t expanded_ = 0;
  std::vector<std::pair<Span, std::uint64_t>> alias_places_;
};

void check_text(const Source& source, const Limits& limits, Diagnostics& diagnostics) {
  const std::string_view text = source.text();
  // Both parsers count bytes in `int`.
  const std::size_t most = std::min<std::size_t>(limits.data_file_bytes, 0x7FFF0000u);
  if (text.size() > most) {
    diagnostics.error(source.name(), "yaml-too-large",
                      "the file has " + std::to_string(text.size()) + " bytes; at most " +
                          std::to_string(most) + " are read");
    throw Stop{};
  }
  std::optional<YamlProblem> problem = detail::find_bad_character(source);
  if (!problem) problem = detail::find_directive(source);
  if (!problem) {
    if (const auto deep = detail::find_deep_brackets(text, limits.document_depth)) {
      problem = YamlProblem{"yaml-too-deep",
                            "more than " + std::to_string(limits.document_depth) +
                                " lists and maps inside each other",
                            "",
                            {*deep, 1}};
    }
  }
  if (!problem) return;
  diagnostics.error(source, problem->span, problem->id, std::move(problem->message),
                    std::move(problem->help));
  throw Stop{};
}

std::vector<DocumentPtr> parse(const SourcePtr& source, const Limits& limits, Aliases aliases, bool many,
                               Diagnostics& diagnostics) {
  check_text(*source, limits, diagnostics);
  const Events events = Gate(source, limits, aliases, many, diagnostics).run();
  std::vector<DocumentPtr> documents;
  if (events.items.empty()) {
    diagnostics.error(*source, {0, 1}, "yaml-empty", "there is nothing in this file");
    return documents;
  }
  ViewBuffer buffer(source->text());
  std::istream stream(&buffer);
  TreeBuilder builder(source, limits, aliases, events, diagnostics);
  try {
    YAML::Parser parser(stream);
    while (!builder.at_end()) {
      if (!parser.HandleNextDocument(builder)) builder.disagree();
      documents.push_back(builder.finish());
    }
  } catch (const YAML::Exception&) {
    builder.disagree();
  }
  return documents;
}

/// The documents, or errors in `diagnostics`.
std::vector<DocumentPtr> read_documents(const SourcePtr& source, const Limits& limits, Aliases aliases,
                                        bool many, Diagnostics& diagnostics) {
  std::vector<DocumentPtr> documents;
  try {
    documents = parse(source, limits, aliases, many, diagnostics);
  } catch (const Stop&) {
    // said in the diagnostics
  }
  diagnostics.sort_by_place();
  return documents;
}

}  // namespace

Checked<DocumentPtr> read_yaml(SourcePtr source, const Limits& limits, Aliases aliases) {
  Diagnostics diagnostics(limits.diagnostics_per_file, limits.diagnostics);
  std::vector<DocumentPtr> documents = read_documents(source, limits, aliases, false, diagnostics);
  if (diagnostics.has_errors()) return diagnostics;
  return {std::move(documents.front()), std::move(diagnostics)};
}

Checked<std::vector<DocumentPtr>> read_yaml_stream(SourcePtr source, const Limits& limits, Aliases aliases) {
  Diagnostics diagnostics(limits.diagnostics_per_file, limits.diagnostics);
  std::vector<DocumentPtr> documents = read_documents(source, limits, aliases, true, diagnostics);
  if (diagnostics.has_errors()) return diagnostics;
  return {std::move(documents), std::move(diagnostics)};
}

}  // namespace eraudit
