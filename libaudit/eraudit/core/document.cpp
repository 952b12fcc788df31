#include "eraudit/core/document.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "eraudit/core/detail/document_arena.hpp"
#include "eraudit/core/detail/scalar.hpp"
#include "eraudit/core/error.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/core/text.hpp"

namespace eraudit {

using detail::Notation;
using detail::Value;

DocumentKind DocumentNode::kind() const noexcept {
  return document_->arena_->target(index_).kind;
}

std::string_view DocumentNode::text() const noexcept {
  return document_->arena_->text(index_);
}

ScalarStyle DocumentNode::style() const noexcept {
  switch (document_->arena_->target(index_).notation) {
    case Notation::plain:
      return ScalarStyle::plain;
    case Notation::literal:
    case Notation::folded:
      return ScalarStyle::block;
    default:
      return ScalarStyle::quoted;
  }
}

std::optional<bool> DocumentNode::boolean() const noexcept {
  if (kind() != DocumentKind::boolean) return std::nullopt;
  return text() == "true";
}

std::optional<std::int64_t> DocumentNode::integer() const noexcept {
  if (kind() != DocumentKind::integer) return std::nullopt;
  return parse_integer(text());
}

std::optional<double> DocumentNode::number() const noexcept {
  if (kind() != DocumentKind::integer && kind() != DocumentKind::number) return std::nullopt;
  return parse_number(text());
}

std::size_t DocumentNode::size() const noexcept {
  const Value& value = document_->arena_->target(index_);
  return value.kind >= DocumentKind::list ? value.count : 0;
}

DocumentNode DocumentNode::at(std::size_t index) const noexcept {
  const Value& value = document_->arena_->target(index_);
  const std::uint32_t child = document_->arena_->children[value.first + index];
  return {document_, value.kind == DocumentKind::map ? child + 1 : child};
}

DocumentNode DocumentNode::key(std::size_t index) const noexcept {
  return {document_, document_->arena_->children[document_->arena_->target(index_).first + index]};
}

std::optional<DocumentNode> DocumentNode::find(std::string_view name) const noexcept {
  const Document::Arena& arena = *document_->arena_;
  const Value& map = arena.target(index_);
  if (map.kind != DocumentKind::map || map.count == 0) return std::nullopt;
  const std::uint32_t* const keys = arena.children.data() + map.first;
  if (map.count <= detail::small_map) {
    for (std::uint32_t entry = 0; entry < map.count; ++entry) {
      if (arena.text(keys[entry]) == name) return DocumentNode(document_, keys[entry] + 1);
    }
    return std::nullopt;
  }
  const std::uint32_t* const sorted_end = keys + 2 * std::size_t{map.count};
  const std::uint32_t* const found = std::lower_bound(
      keys + map.count, sorted_end, name, [&](std::uint32_t key, std::string_view wanted) {
        return detail::key_less(arena.text(key), wanted);
      });
  if (found == sorted_end || arena.text(*found) != name) return std::nullopt;
  return DocumentNode(document_, *found + 1);
}

Span DocumentNode::span() const noexcept {
  const Value& value = document_->arena_->values[index_];
  return {value.offset, value.length};
}

std::uint32_t DocumentNode::locate(std::size_t offset) const {
  const Document::Arena& arena = *document_->arena_;
  const Value& value = arena.target(index_);
  offset = std::min(offset, arena.text(value).size());
  if (value.kind >= DocumentKind::list) return value.offset;
  if ((value.flags & Value::own_text) == 0) return value.first + static_cast<std::uint32_t>(offset);
  return places()[offset];
}

std::vector<std::uint32_t> DocumentNode::places() const {
  const Document::Arena& arena = *document_->arena_;
  const Value& value = arena.target(index_);
  const std::string_view text = arena.text(value);
  if (value.kind >= DocumentKind::list) return {value.offset};
  std::vector<std::uint32_t> places(text.size() + 1);
  if ((value.flags & Value::own_text) == 0) {
    std::iota(places.begin(), places.end(), value.first);
    return places;
  }
  const std::string_view written = arena.source->text().substr(value.offset, value.length);
  places = detail::places_in_scalar(value.notation, written, text);
  for (std::uint32_t& place : places) place += value.offset;
  return places;
}

Document::Document(std::unique_ptr<const Arena> arena) : arena_(std::move(arena)) {}
Document::~Document() = default;

DocumentNode Document::root() const noexcept {
  return {this, 0};
}
const Source& Document::source() const noexcept {
  return *arena_->source;
}
const SourcePtr& Document::source_ptr() const noexcept {
  return arena_->source;
}
std::size_t Document::size() const noexcept {
  return arena_->values.size();
}

Checked<DocumentPtr> read_document(const std::string& path, const Limits& limits, Aliases aliases) {
  SourcePtr source = read_file(path, limits.data_file_bytes);
  if (path.ends_with(".json")) return read_json(std::move(source), limits);
  return read_yaml(std::move(source), limits, aliases);
}

namespace detail {

ArenaBuilder::ArenaBuilder(SourcePtr source) : arena_(std::make_unique<Document::Arena>()) {
  arena_->source = std::move(source);
}

void ArenaBuilder::reserve(std::size_t values) {
  arena_->values.reserve(values);
  arena_->children.reserve(values);
}

std::uint32_t ArenaBuilder::add(const Value& value) {
  const std::size_t index = arena_->values.size();
  if (index >= std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorCode::limit_exceeded, "a document of more than 4294967295 values");
  }
  arena_->values.push_back(value);
  if (!open_.empty()) {
    Open& parent = open_.back();
    if (arena_->values[parent.value].kind == DocumentKind::list) {
      pending_.push_back(static_cast<std::uint32_t>(index));
    } else {
      if (parent.wants_key) pending_.push_back(static_cast<std::uint32_t>(index));
      parent.wants_key = !parent.wants_key;
    }
  }
  return static_cast<std::uint32_t>(index);
}

std::uint32_t ArenaBuilder::scalar(DocumentKind kind, Notation notation, Span written, Span text) {
  Value value;
  value.offset = written.offset;
  value.length = written.length;
  value.first = text.offset;
  value.count = text.length;
  value.kind = kind;
  value.notation = notation;
  return add(value);
}

std::uint32_t ArenaBuilder::decoded_scalar(DocumentKind kind, Notation notation, Span written,
                                           std::string_view text) {
  std::string& decoded = arena_->decoded;
  if (text.size() > std::numeric_limits<std::uint32_t>::max() - decoded.size()) {
    throw Error(ErrorCode::limit_exceeded, "a document with more than 4 GiB of decoded text");
  }
  const auto begin = static_cast<std::uint32_t>(decoded.size());
  decoded += text;
  const std::uint32_t index =
      scalar(kind, notation, written, {begin, static_cast<std::uint32_t>(text.size())});
  arena_->values[index].flags = Value::own_text;
  return index;
}

std::uint32_t ArenaBuilder::alias(Span written, std::uint32_t target) {
  Value value;
  value.offset = written.offset;
  value.length = written.length;
  value.first = target;
  value.kind = arena_->values[target].kind;
  value.flags = Value::alias;
  return add(value);
}

std::uint32_t ArenaBuilder::begin(DocumentKind kind, std::uint32_t offset) {
  Value value;
  value.offset = offset;
  value.kind = kind;
  const std::uint32_t index = add(value);
  open_.push_back({index, pending_.size(), true});
  return index;
}

Value& ArenaBuilder::close(std::uint32_t end_offset) {
  const Open closed = open_.back();
  open_.pop_back();
  Value& value = arena_->values[closed.value];
  std::vector<std::uint32_t>& children = arena_->children;
  const std::size_t count = pending_.size() - closed.pending;
  if (children.size() + 2 * count > std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorCode::limit_exceeded, "a document of more than 4294967295 values");
  }
  value.length = end_offset - value.offset;
  value.first = static_cast<std::uint32_t>(children.size());
  value.count = static_cast<std::uint32_t>(count);
  children.insert(children.end(), pending_.begin() + static_cast<std::ptrdiff_t>(closed.pending),
                  pending_.end());
  pending_.resize(closed.pending);
  return value;
}

void ArenaBuilder::end_list(std::uint32_t end_offset) {
  close(end_offset);
}

void ArenaBuilder::end_map(std::uint32_t end_offset, const Repeated& repeated) {
  find_repeated(close(end_offset), repeated);
}

void ArenaBuilder::find_repeated(const Value& map, const Repeated& repeated) {
  std::vector<std::uint32_t>& children = arena_->children;
  const std::uint32_t count = map.count;
  const auto text_of = [&](std::uint32_t key) { return arena_->text(key); };
  if (count <= small_map) {
    for (std::uint32_t entry = 1; entry < count; ++entry) {
      const std::uint32_t key = children[map.first + entry];
      const std::string_view text = text_of(key);
      for (std::uint32_t earlier = 0; earlier < entry; ++earlier) {
        if (text_of(children[map.first + earlier]) != text) continue;
        repeated(key, children[map.first + earlier]);
        break;
      }
    }
    return;
  }
  children.resize(children.size() + count);
  const auto keys = children.begin() + map.first;
  const auto sorted = keys + count;
  std::copy(keys, keys + count, sorted);
  std::sort(sorted, sorted + count, [&](std::uint32_t a, std::uint32_t b) {
    const std::string_view left = text_of(a);
    const std::string_view right = text_of(b);
    return left == right ? a < b : key_less(left, right);
  });
  std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
  std::uint32_t first = *sorted;
  for (std::uint32_t entry = 1; entry < count; ++entry) {
    const std::uint32_t key = sorted[entry];
    if (text_of(key) == text_of(first)) {
      found.emplace_back(key, first);
    } else {
      first = key;
    }
  }
  std::sort(found.begin(), found.end());
  for (const auto& [key, first_key] : found) repeated(key, first_key);
}

DocumentPtr ArenaBuilder::finish() {
  // Pages that were reserved and never written cost nothing, but memory that was written and given
  // up while a small vector grew is worth a copy.
  if (arena_->values.size() < 1u << 16) {
    arena_->values.shrink_to_fit();
    arena_->children.shrink_to_fit();
  }
  arena_->decoded.shrink_to_fit();
  return std::make_shared<const Document>(std::move(arena_));
}

DocumentKind number_kind(std::string_view text) noexcept {
  const char* at = text.data();
  const char* const end = at + text.size();
  const auto digits = [&] {
    const char* const begin = at;
    while (at != end && *at >= '0' && *at <= '9') ++at;
    return at != begin;
  };
  if (at != end && *at == '-') ++at;
  if (at != end && *at == '0') {
    ++at;
  } else if (!digits()) {
    return DocumentKind::text;
  }
  DocumentKind kind = DocumentKind::integer;
  if (at != end && *at == '.') {
    ++at;
    if (!digits()) return DocumentKind::text;
    kind = DocumentKind::number;
  }
  if (at != end && (*at == 'e' || *at == 'E')) {
    ++at;
    if (at != end && (*at == '+' || *at == '-')) ++at;
    if (!digits()) return DocumentKind::text;
    kind = DocumentKind::number;
  }
  return at == end ? kind : DocumentKind::text;
}

}  // namespace detail
}  // namespace eraudit
