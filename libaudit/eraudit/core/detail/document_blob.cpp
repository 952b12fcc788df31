#include "eraudit/core/detail/document_blob.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "eraudit/core/detail/document_arena.hpp"
#include "eraudit/core/error.hpp"

namespace eraudit::detail {
namespace {

// magic, version, name, text, number of values, values; then nothing. Numbers are LEB128, texts are
// a length and bytes. A value is a byte of kind (3 bits), notation (3), own text, alias; the
// distance of its offset from that of the value before; its length; and by its kind
//   alias: the index of its target        list, map: the number of its items or entries
//   own text: the text                    other scalars: where its text begins after its offset,
//   and length
constexpr std::string_view magic = "eradoc";
constexpr char version = 1;

constexpr unsigned notation_shift = 3;
constexpr unsigned own_text_bit = 0x40;
constexpr unsigned alias_bit = 0x80;

void put_number(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<char>((value & 0x7F) | 0x80));
  out.push_back(static_cast<char>(value));
}

void put_text(std::string& out, std::string_view text) {
  put_number(out, text.size());
  out += text;
}

/// Small whatever the sign.
std::uint64_t zigzag(std::int64_t value) noexcept {
  return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}
std::int64_t unzigzag(std::uint64_t value) noexcept {
  return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

[[noreturn]] void refuse(const char* why) {
  throw Error(ErrorCode::bad_content, std::string("a built-in document is damaged: ") + why);
}

class Reader {
 public:
  explicit Reader(std::string_view blob) : rest_(blob) {}

  DocumentPtr read() {
    if (bytes(magic.size()) != magic) refuse("it does not begin as one");
    if (bytes(1).front() != version) refuse("it is of another version");
    const std::string_view name = text();
    const std::string_view written = text();
    size_ = written.size();
    const auto source = std::make_shared<const Source>(std::string(name), std::string(written));
    ArenaBuilder builder(source);
    const std::uint64_t count = number();
    if (count == 0) refuse("it has no values");
    if (count > rest_.size()) refuse("it is cut off");  // each value takes a byte or more
    builder.reserve(static_cast<std::size_t>(count));
    for (std::uint64_t index = 0; index < count; ++index) {
      if (index != 0 && open_.empty()) refuse("it has values after its end");
      value(builder);
      close_full(builder);
    }
    if (!open_.empty()) refuse("a list or map has too few values");
    if (!rest_.empty()) refuse("something follows it");
    return builder.finish();
  }

 private:
  struct Open {
    std::uint64_t missing;  ///< values; two for each entry of a map
    std::uint32_t end;
    bool map;
  };

  std::string_view bytes(std::uint64_t count) {
    if (count > rest_.size()) refuse("it is cut off");
    const std::string_view taken = rest_.substr(0, static_cast<std::size_t>(count));
    rest_.remove_prefix(taken.size());
    return taken;
  }

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes(1).front());
      value |= std::uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) return value;
    }
    refuse("a number is too long");
  }

  std::string_view text() { return bytes(number()); }

  /// A stretch of the source text.
  Span span(std::uint64_t offset, std::uint64_t length) const {
    if (offset > size_ || length > size_ - offset) refuse("a place lies outside of its text");
    return {static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(length)};
  }

  std::uint64_t moved(std::uint64_t from, std::int64_t by) const {
    const std::uint64_t to = from + static_cast<std::uint64_t>(by);
    if (to > size_) refuse("a place lies outside of its text");
    return to;
  }

  void value(ArenaBuilder& builder) {
    const auto head = static_cast<unsigned char>(bytes(1).front());
    const unsigned kind_bits = head & 7u;
    const unsigned notation_bits = (head >> notation_shift) & 7u;
    if (kind_bits > static_cast<unsigned>(DocumentKind::map)) refuse("a value has no kind");
    if (notation_bits > static_cast<unsigned>(Notation::json_string))
      refuse("a value has no style");
    const auto kind = static_cast<DocumentKind>(kind_bits);
    const auto notation = static_cast<Notation>(notation_bits);
    offset_ = moved(offset_, unzigzag(number()));
    const Span written = span(offset_, number());
    const bool key = builder.wants_key();
    if (key && (kind != DocumentKind::text || (head & alias_bit) != 0)) refuse("a key is not text");
    if (!open_.empty()) --open_.back().missing;

    if ((head & alias_bit) != 0) {
      const std::uint64_t target = number();
      if (target >= builder.size()) refuse("an alias stands before its target");
      const Value& aliased = builder.arena().values[static_cast<std::size_t>(target)];
      if ((aliased.flags & Value::alias) != 0 || is_open(target))
        refuse("an alias has a bad target");
      builder.alias(written, static_cast<std::uint32_t>(target));
    } else if (kind >= DocumentKind::list) {
      const std::uint64_t count = number();
      if (count > rest_.size()) refuse("it is cut off");
      const bool map = kind == DocumentKind::map;
      builder.begin(kind, written.offset);
      open_.push_back({map ? 2 * count : count, written.offset + written.length, map});
      open_values_.push_back(builder.size() - 1);
    } else if ((head & own_text_bit) != 0) {
      builder.decoded_scalar(kind, notation, written, text());
    } else {
      const std::uint64_t first = moved(offset_, unzigzag(number()));
      builder.scalar(kind, notation, written, span(first, number()));
    }
  }

  [[nodiscard]] bool is_open(std::uint64_t index) const {
    for (const std::uint64_t open : open_values_) {
      if (open == index) return true;
    }
    return false;
  }

  void close_full(ArenaBuilder& builder) {
    while (!open_.empty() && open_.back().missing == 0) {
      const Open closed = open_.back();
      open_.pop_back();
      open_values_.pop_back();
      if (closed.map) {
        builder.end_map(closed.end, [](std::uint32_t, std::uint32_t) { refuse("a key repeats"); });
      } else {
        builder.end_list(closed.end);
      }
    }
  }

  std::string_view rest_;
  std::uint64_t size_ = 0;
  std::uint64_t offset_ = 0;
  std::vector<Open> open_;
  std::vector<std::uint64_t> open_values_;
};

}  // namespace

std::string serialize(const Document& document) {
  // What a node shows is not enough to write it again (notation, aliases): read the arena.
  const Document::Arena& arena = ArenaAccess::arena(document);
  std::string out(magic);
  out.push_back(version);
  put_text(out, arena.source->name());
  put_text(out, arena.source->text());
  put_number(out, arena.values.size());
  std::int64_t before = 0;
  for (const Value& value : arena.values) {
    const bool alias = (value.flags & Value::alias) != 0;
    const bool own_text = (value.flags & Value::own_text) != 0;
    out.push_back(static_cast<char>(static_cast<unsigned>(value.kind) |
                                    (static_cast<unsigned>(value.notation) << notation_shift) |
                                    (own_text ? own_text_bit : 0u) | (alias ? alias_bit : 0u)));
    put_number(out, zigzag(std::int64_t{value.offset} - before));
    before = value.offset;
    put_number(out, value.length);
    if (alias) {
      put_number(out, value.first);
    } else if (value.kind >= DocumentKind::list) {
      put_number(out, value.count);
    } else if (own_text) {
      put_text(out, arena.text(value));
    } else {
      put_number(out, zigzag(std::int64_t{value.first} - std::int64_t{value.offset}));
      put_number(out, value.count);
    }
  }
  return out;
}

DocumentPtr deserialize(std::string_view blob) {
  return Reader(blob).read();
}

}  // namespace eraudit::detail
