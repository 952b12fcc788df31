// The one strict YAML reader. Two independent parsers must read a text alike, or it is refused.
//
// libfyaml is the gate: of all that was tried it alone refuses every malformed document of the YAML
// test suite, it says where tokens begin and end, and it needs no recursion. Its events, taken
// under limits, are what the tree is built from (detail/yaml_tree.cpp). yaml-cpp is the second
// opinion: on what has passed the gate its events must agree with the gate's in kind, text and
// anchor. It cannot come first or stand alone, for it accepts 34 of those 94 malformed documents
// and never returns from some (`,` in a loop over documents). So a slip in either parser ends in a
// message, never in a rule that means something else than what its author sees. yaml-cpp reads
// about 2 MB in a second, a seventh of what the gate does: texts beyond `second_opinion_bytes`,
// which no rule file reaches, have the gate alone. No third-party name leaves this file.

#include <algorithm>
#include <cstdint>
#include <libfyaml.h>
#include <limits>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include <yaml-cpp/anchor.h>
#include <yaml-cpp/emitterstyle.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include "eraudit/core/detail/scalar.hpp"
#include "eraudit/core/detail/yaml_events.hpp"
#include "eraudit/core/detail/yaml_scan.hpp"
#include "eraudit/core/detail/yaml_words.hpp"
#include "eraudit/core/document.hpp"
#include "eraudit/core/error.hpp"
#include "eraudit/core/utf8.hpp"

namespace eraudit {
namespace {

using detail::Notation;
using detail::YamlEvent;
using detail::YamlEventKind;
using detail::YamlEvents;
using detail::YamlProblem;
using detail::YamlProperties;
using detail::YamlStop;

constexpr std::size_t second_opinion_bytes = 1u << 20;

/// Stands for a '?' where only yaml-cpp sees it.
constexpr char question_mask = '_';

// Both parsers count bytes in `int`.
constexpr std::size_t most_bytes = 0x7FFF0000u;

class Gate {
 public:
  Gate(const SourcePtr& source, const Limits& limits, bool many_documents, Diagnostics& diagnostics)
      : source_(*source),
        text_(source->text()),
        limits_(limits),
        many_documents_(many_documents),
        diagnostics_(diagnostics) {}

  YamlEvents run() {
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
    if (fy_parser_set_string(parser_.get(), text_.data(), text_.size()) != 0)
      throw std::bad_alloc();
  }

  [[noreturn]] void stop(Span span, std::string_view id, std::string message,
                         std::string help = {}) {
    diagnostics_.error(source_, span, id, std::move(message), std::move(help));
    throw YamlStop{};
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
      case FYET_DOCUMENT_START:
        return document(event);
      case FYET_SCALAR:
        return scalar(event);
      case FYET_ALIAS:
        return alias(event);
      case FYET_SEQUENCE_START:
        return begin(event, YamlEventKind::list, event.sequence_start.sequence_start,
                     event.sequence_start.anchor, event.sequence_start.tag);
      case FYET_MAPPING_START:
        return begin(event, YamlEventKind::map, event.mapping_start.mapping_start,
                     event.mapping_start.anchor, event.mapping_start.tag);
      case FYET_SEQUENCE_END:
        return end(event, YamlEventKind::list_end);
      case FYET_MAPPING_END:
        return end(event, YamlEventKind::map_end);
      default:
        return;
    }
  }

  void document(fy_event& event) {
    if (documents_++ > 0 && !many_documents_) {
      const fy_mark* const mark = fy_event_start_mark(&event);
      std::uint32_t offset =
          mark != nullptr ? static_cast<std::uint32_t>(mark->input_pos) : last_end_;
      if (mark == nullptr) offset = detail::find_next_content(text_, last_end_, size(), false);
      stop({offset, 3}, "yaml-second-document", "a second document begins here",
           "this file may hold one document only: put the other one into a file of its own");
    }
    YamlEvent item;
    item.kind = YamlEventKind::document;
    item.offset = item.end = last_end_;
    if (event.document_start.document_start != nullptr) {
      last_end_ = static_cast<std::uint32_t>(
          fy_token_end_mark(event.document_start.document_start)->input_pos);
    }
    events_.items.push_back(item);
  }

  [[nodiscard]] std::uint32_t size() const noexcept {
    return static_cast<std::uint32_t>(text_.size());
  }

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
  void note_properties(YamlEvent& item, fy_token* anchor, fy_token* tag) {
    if (anchor == nullptr && tag == nullptr) return;
    item.has_properties = true;
    YamlProperties properties;
    if (anchor != nullptr) {
      properties.anchor = text_of(anchor);
      properties.anchor_span = span_of(anchor);
      // The mark is that of the name.
      if (properties.anchor_span.offset > 0 && text_[properties.anchor_span.offset - 1] == '&') {
        --properties.anchor_span.offset;
        ++properties.anchor_span.length;
      }
      last_end_ =
          std::max(last_end_, properties.anchor_span.offset + properties.anchor_span.length);
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
    YamlEvent item;
    item.kind = YamlEventKind::scalar;
    const std::uint32_t before = last_end_;
    note_properties(item, event.scalar.anchor, event.scalar.tag);
    const fy_mark* const mark = fy_event_start_mark(&event);
    if (mark == nullptr) {
      // Nothing was written: the place is after the indicator, or after the properties.
      item.offset =
          item.has_properties ? last_end_ : detail::find_next_content(text_, before, size(), true);
      item.end = item.offset;
      item.text_offset = item.offset;
    } else {
      written_scalar(event, item);
    }
    count_value(item.offset);
    last_end_ = std::max(last_end_, item.end);
    events_.items.push_back(item);
  }

  static bool is_block(const YamlEvent& item) noexcept {
    return item.notation == Notation::literal || item.notation == Notation::folded;
  }

  void written_scalar(fy_event& event, YamlEvent& item) {
    fy_token* const token = event.scalar.value;
    const Span inner = span_of(token);
    item.offset = inner.offset;
    item.end = inner.offset + inner.length;
    switch (fy_token_scalar_style(token)) {
      case FYSS_SINGLE_QUOTED:
        item.notation = Notation::single_quoted;
        break;
      case FYSS_DOUBLE_QUOTED:
        item.notation = Notation::double_quoted;
        break;
      case FYSS_LITERAL:
        item.notation = Notation::literal;
        break;
      case FYSS_FOLDED:
        item.notation = Notation::folded;
        break;
      default:
        item.notation = Notation::plain;
        break;
    }
    if (item.notation == Notation::single_quoted || item.notation == Notation::double_quoted) {
      --item.offset;  // the marks are inside of the quotes
      ++item.end;
    } else if (is_block(item)) {
      item.offset = detail::find_next_content(text_, last_end_, item.offset, false);
    }
    // libfyaml 0.7 loses memory over quotes in a row.
    std::string unquoted;
    if (item.notation == Notation::single_quoted) {
      const std::string_view written = text_.substr(item.offset, item.end - item.offset);
      unquoted = detail::decode_scalar(item.notation, written, 0).text;
    }
    std::string_view text =
        item.notation == Notation::single_quoted ? std::string_view(unquoted) : text_of(token);
    // The end of the file is no line break (YAML 1.2, 8.1.1.2); libfyaml adds one.
    if (is_block(item) && item.end == size() && !text_.ends_with('\n') && text.ends_with('\n')) {
      text.remove_suffix(1);
    }
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
    YamlEvent item;
    item.kind = YamlEventKind::alias;
    Span span = span_of(event.alias.anchor);
    if (span.offset > 0 && text_[span.offset] != '*' && text_[span.offset - 1] == '*') {
      --span.offset;
      ++span.length;
    }
    item.offset = span.offset;
    item.end = span.offset + span.length;
    item.has_properties = true;
    YamlProperties properties;
    properties.anchor = text_of(event.alias.anchor);
    count_value(item.offset);
    events_.properties.emplace(events_.items.size(), std::move(properties));
    last_end_ = std::max(last_end_, item.end);
    events_.items.push_back(item);
  }

  void begin(fy_event& event, YamlEventKind kind, fy_token* token, fy_token* anchor,
             fy_token* tag) {
    YamlEvent item;
    item.kind = kind;
    note_properties(item, anchor, tag);
    const fy_mark* const mark =
        token != nullptr ? fy_token_start_mark(token) : fy_event_start_mark(&event);
    item.offset = mark != nullptr ? static_cast<std::uint32_t>(mark->input_pos) : last_end_;
    item.end = item.offset;
    const bool bracket = item.offset < size() &&
                         (text_[item.offset] == '[' || text_[item.offset] == '{') &&
                         token != nullptr && fy_token_end_mark(token)->input_pos == item.offset + 1;
    if (open_.size() >= limits_.document_depth) {
      stop({item.offset, 1}, "yaml-too-deep",
           "more than " + std::to_string(limits_.document_depth) +
               " lists and maps inside each other");
    }
    count_value(item.offset);
    if (bracket) last_end_ = item.offset + 1;
    if (!bracket && kind == YamlEventKind::list)
      last_end_ = std::max(last_end_, item.offset);  // the '-'
    open_.push_back({events_.items.size(), bracket});
    events_.items.push_back(item);
  }

  void end(fy_event& event, YamlEventKind kind) {
    const Open closed = open_.back();
    open_.pop_back();
    YamlEvent& first = events_.items[closed.event];
    if (closed.bracket) {
      const fy_mark* const mark = fy_event_end_mark(&event);
      if (mark != nullptr)
        last_end_ = std::max(last_end_, static_cast<std::uint32_t>(mark->input_pos));
    }
    // Of a map like `[a: b]` the parser marks the colon.
    const std::size_t next = closed.event + 1;
    if (!closed.bracket && next < events_.items.size()) {
      first.offset = std::min(first.offset, events_.items[next].offset);
    }
    YamlEvent item;
    item.kind = kind;
    item.offset = item.end = std::max(last_end_, first.offset);
    events_.items.push_back(item);
  }

  const Source& source_;
  std::string_view text_;
  const Limits& limits_;
  bool many_documents_;
  Diagnostics& diagnostics_;
  std::unique_ptr<fy_diag, Destroy> complaints_;
  std::unique_ptr<fy_parser, Destroy> parser_;
  YamlEvents events_;
  std::vector<Open> open_;
  std::size_t documents_ = 0;
  std::size_t values_ = 0;
  std::uint32_t last_end_ = 0;  ///< of the last token that is not the end of a block
};

/// Checks yaml-cpp's events against the gate's, one by one.
class SecondOpinion : public YAML::EventHandler {
 public:
  SecondOpinion(const Source& source, const YamlEvents& events, Diagnostics& diagnostics)
      : source_(source), events_(events), diagnostics_(diagnostics) {}

  void run() {
    std::istringstream stream(mask_question_marks());
    try {
      YAML::Parser parser(stream);
      while (next_ != events_.items.size()) {
        if (!parser.HandleNextDocument(*this)) disagree();
      }
    } catch (const YAML::Exception&) {
      disagree();
    }
  }

  void OnDocumentStart(const YAML::Mark&) override {
    take(YamlEventKind::document);
    anchors_.clear();
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark&, YAML::anchor_t anchor) override {
    const YamlEvent& event = take(YamlEventKind::scalar);
    const std::string_view text = events_.text(source_, event);
    const bool null =
        text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
    if (!null || event.notation != Notation::plain) disagree();
    check_anchor(event, anchor);
  }
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t anchor,
                const std::string& value) override {
    const YamlEvent& event = take(YamlEventKind::scalar);
    if (!same_text(event, value)) disagree();
    check_anchor(event, anchor);
  }
  void OnAlias(const YAML::Mark&, YAML::anchor_t anchor) override {
    const YamlEvent& event = take(YamlEventKind::alias);
    const auto found = anchors_.find(events_.properties_of(event)->anchor);
    if (found == anchors_.end() || found->second != anchor) disagree();
  }
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    check_anchor(take(YamlEventKind::list), anchor);
  }
  void OnSequenceEnd() override { take(YamlEventKind::list_end); }
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    check_anchor(take(YamlEventKind::map), anchor);
  }
  void OnMapEnd() override { take(YamlEventKind::map_end); }

 private:
  /// The text with another character for each '?' in a plain scalar: yaml-cpp follows YAML 1.1,
  /// where it ends a scalar within brackets. `{en: How much?}` is what people write.
  [[nodiscard]] std::string mask_question_marks() const {
    std::string text(source_.text());
    for (const YamlEvent& event : events_.items) {
      if (event.kind != YamlEventKind::scalar || event.notation != Notation::plain) continue;
      const auto first = text.begin() + event.offset;
      std::replace(first, text.begin() + event.end, '?', question_mask);
    }
    return text;
  }

  [[nodiscard]] bool same_text(const YamlEvent& event, std::string_view value) const {
    const std::string_view text = events_.text(source_, event);
    if (event.notation != Notation::plain) return text == value;
    return std::equal(text.begin(), text.end(), value.begin(), value.end(),
                      [](char read, char second) {
                        return read == second || (read == '?' && second == question_mask);
                      });
  }

  const YamlEvent& take(YamlEventKind kind) {
    if (next_ == events_.items.size() || events_.items[next_].kind != kind) disagree();
    return events_.items[next_++];
  }

  void check_anchor(const YamlEvent& event, YAML::anchor_t anchor) {
    const YamlProperties* const properties = events_.properties_of(event);
    const bool named = properties != nullptr && !properties->anchor.empty();
    if (named != (anchor != YAML::NullAnchor)) disagree();
    if (named) anchors_.insert_or_assign(properties->anchor, anchor);
  }

  /// At the last event that was looked at.
  [[noreturn]] void disagree() {
    const YamlEvent& event = events_.items[next_ == 0 ? 0 : next_ - 1];
    diagnostics_.error(source_,
                       {event.offset, std::max<std::uint32_t>(event.end - event.offset, 1)},
                       "yaml-ambiguous", "YAML parsers do not agree on how to read this",
                       "write it more plainly: put texts in quotes, a key and its ':' on one line");
    throw YamlStop{};
  }

  const Source& source_;
  const YamlEvents& events_;
  Diagnostics& diagnostics_;
  std::size_t next_ = 0;
  std::map<std::string, YAML::anchor_t, std::less<>> anchors_;
};

void check_text(const Source& source, const Limits& limits, Diagnostics& diagnostics) {
  const std::string_view text = source.text();
  const std::size_t most = std::min(limits.data_file_bytes, most_bytes);
  if (text.size() > most) {
    diagnostics.error(source.name(), "yaml-too-large",
                      "the file has " + std::to_string(text.size()) + " bytes; at most " +
                          std::to_string(most) + " are read");
    throw YamlStop{};
  }
  std::optional<YamlProblem> problem = detail::find_bad_character(source);
  if (!problem) problem = detail::find_bad_shape(source, limits.document_depth);
  if (!problem) return;
  diagnostics.error(source, problem->span, problem->id, std::move(problem->message),
                    std::move(problem->help));
  throw YamlStop{};
}

std::vector<DocumentPtr> parse(const SourcePtr& source, const Limits& limits, Aliases aliases,
                               bool many, Diagnostics& diagnostics) {
  check_text(*source, limits, diagnostics);
  const YamlEvents events = Gate(source, limits, many, diagnostics).run();
  if (events.items.empty()) {
    diagnostics.error(*source, {0, 1}, "yaml-empty", "there is nothing in this file");
    return {};
  }
  std::vector<DocumentPtr> documents =
      detail::build_documents(source, events, limits, aliases, diagnostics);
  // Last, so that a mistake that can be named is; and not at all after one, for yaml-cpp gives up
  // at an alias that has no anchor.
  if (!diagnostics.has_errors() && source->text().size() <= second_opinion_bytes) {
    SecondOpinion(*source, events, diagnostics).run();
  }
  return documents;
}

/// The documents, or errors in `diagnostics`.
std::vector<DocumentPtr> read_documents(const SourcePtr& source, const Limits& limits,
                                        Aliases aliases, bool many, Diagnostics& diagnostics) {
  std::vector<DocumentPtr> documents;
  try {
    documents = parse(source, limits, aliases, many, diagnostics);
  } catch (const YamlStop&) {
    // said in the diagnostics
  }
  diagnostics.sort_by_place();
  return documents;
}

}  // namespace

// By value, as `read_json`, which keeps it.
// NOLINTNEXTLINE(performance-unnecessary-value-param)
Checked<DocumentPtr> read_yaml(SourcePtr source, const Limits& limits, Aliases aliases) {
  Diagnostics diagnostics(limits.diagnostics_per_file, limits.diagnostics);
  std::vector<DocumentPtr> documents = read_documents(source, limits, aliases, false, diagnostics);
  if (diagnostics.has_errors()) return diagnostics;
  return {std::move(documents.front()), std::move(diagnostics)};
}

// NOLINTNEXTLINE(performance-unnecessary-value-param)
Checked<std::vector<DocumentPtr>> read_yaml_stream(SourcePtr source, const Limits& limits,
                                                   Aliases aliases) {
  Diagnostics diagnostics(limits.diagnostics_per_file, limits.diagnostics);
  std::vector<DocumentPtr> documents = read_documents(source, limits, aliases, true, diagnostics);
  if (diagnostics.has_errors()) return diagnostics;
  return {std::move(documents), std::move(diagnostics)};
}

}  // namespace eraudit
