#pragma once
// The arena behind `Document`, and how the readers fill it. For core's own use.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/document.hpp"

namespace eraudit::detail {

/// How the characters of a scalar were written: what `locate` must undo.
enum class Notation : std::uint8_t {
  plain,          ///< YAML plain, JSON number or word
  single_quoted,  ///< YAML
  double_quoted,  ///< YAML
  literal,        ///< YAML `|`
  folded,         ///< YAML `>`
  json_string,
};

/// One value: 20 bytes, and 4 more for its place among its siblings.
struct Value {
  static constexpr std::uint8_t own_text = 1;  ///< text in `Arena::decoded`, else in the source
  static constexpr std::uint8_t alias = 2;     ///< `first` is the index of the value it stands for

  std::uint32_t offset = 0;  ///< of the whole of what was written
  std::uint32_t length = 0;
  std::uint32_t first =
      0;  ///< scalars: where the text begins; lists and maps: index into `children`
  std::uint32_t count = 0;  ///< scalars: bytes of text; lists: items; maps: entries
  DocumentKind kind = DocumentKind::null;
  Notation notation = Notation::plain;
  std::uint8_t flags = 0;
  std::uint8_t unused = 0;
};
static_assert(sizeof(Value) == 20);

/// Maps with more entries than this have a sorted index.
inline constexpr std::uint32_t small_map = 8;

}  // namespace eraudit::detail

namespace eraudit {

/// Values stand in the order in which they were written, the root first. A key is followed by its
/// value, so a map lists its keys only; a large map lists them twice, as written and sorted by
/// (length, bytes).
struct Document::Arena {
  SourcePtr source;
  std::string decoded;  ///< texts that differ from what was written
  std::vector<detail::Value> values;
  std::vector<std::uint32_t> children;

  /// `index`, or the value that it is an alias of.
  [[nodiscard]] const detail::Value& target(std::uint32_t index) const {
    const detail::Value& value = values[index];
    return (value.flags & detail::Value::alias) != 0 ? values[value.first] : value;
  }
  [[nodiscard]] std::string_view text(const detail::Value& value) const {
    if (value.kind >= DocumentKind::list) return {};
    const std::string_view all =
        (value.flags & detail::Value::own_text) != 0 ? std::string_view(decoded) : source->text();
    return {all.data() + value.first, value.count};
  }
  [[nodiscard]] std::string_view text(std::uint32_t index) const { return text(target(index)); }
};

}  // namespace eraudit

namespace eraudit::detail {

/// The order of a large map's index.
inline bool key_less(std::string_view a, std::string_view b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

/// Fills an arena from the events of a reader, which guarantees that they nest and that each key is
/// a scalar followed by its value.
class ArenaBuilder {
 public:
  explicit ArenaBuilder(SourcePtr source);

  /// Room for about so many values; more may follow. Room that is not used costs no memory.
  void reserve(std::size_t values);

  /// A scalar whose text stands in the source as it is.
  std::uint32_t scalar(DocumentKind kind, Notation notation, Span written, Span text);
  /// A scalar whose text had to be decoded.
  std::uint32_t decoded_scalar(DocumentKind kind, Notation notation, Span written,
                               std::string_view text);
  /// Another value once more; `target` is finished and no alias.
  std::uint32_t alias(Span written, std::uint32_t target);
  std::uint32_t begin(DocumentKind kind, std::uint32_t offset);
  void end_list(std::uint32_t end_offset);
  /// Called with the key that repeats and the one that came first, in the order written.
  using Repeated = std::function<void(std::uint32_t key, std::uint32_t first)>;
  void end_map(std::uint32_t end_offset, const Repeated& repeated);

  /// Lists and maps that are open.
  [[nodiscard]] std::size_t depth() const noexcept { return open_.size(); }
  [[nodiscard]] bool in_map() const noexcept {
    return !open_.empty() && arena_->values[open_.back().value].kind == DocumentKind::map;
  }
  /// In a map: whether the next value is a key.
  [[nodiscard]] bool wants_key() const noexcept { return in_map() && open_.back().wants_key; }
  [[nodiscard]] std::uint32_t innermost() const noexcept { return open_.back().value; }
  /// Items or keys so far of the innermost list or map.
  [[nodiscard]] std::size_t count() const noexcept {
    return pending_.size() - open_.back().pending;
  }
  [[nodiscard]] std::size_t size() const noexcept { return arena_->values.size(); }
  [[nodiscard]] const Document::Arena& arena() const noexcept { return *arena_; }

  [[nodiscard]] DocumentPtr finish();

 private:
  struct Open {
    std::uint32_t value;
    std::size_t pending;  ///< size of `pending_` when it was begun
    bool wants_key;
  };
  std::uint32_t add(const Value& value);
  Value& close(std::uint32_t end_offset);
  void find_repeated(const Value& map, const Repeated& repeated);

  std::unique_ptr<Document::Arena> arena_;
  std::vector<Open> open_;
  std::vector<std::uint32_t> pending_;
};

struct ArenaAccess {
  static const Document::Arena& arena(const Document& document) noexcept {
    return *document.arena_;
  }
};

/// Whether `text` is a number by the grammar of RFC 8259: integer, number, or else text.
[[nodiscard]] DocumentKind number_kind(std::string_view text) noexcept;

}  // namespace eraudit::detail
