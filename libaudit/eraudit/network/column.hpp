#pragma once
// The values of one attribute, one row after another.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "eraudit/core/date.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/money.hpp"
#include "eraudit/network/cell.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit {

/// One bit per row; all zero, and no memory, until the first bit is set. In a finished network: no
/// words, or a word for every 64 rows.
class Bitmap {
 public:
  [[nodiscard]] bool test(std::size_t row) const noexcept {
    const std::size_t word = row >> 6;
    return word < words_.size() && ((words_[word] >> (row & 63)) & 1) != 0;
  }
  void set(std::size_t row) {
    const std::size_t word = row >> 6;
    if (word >= words_.size()) words_.resize(word + 1);
    words_[word] |= std::uint64_t{1} << (row & 63);
  }
  void clear(std::size_t row) noexcept {
    const std::size_t word = row >> 6;
    if (word < words_.size()) words_[word] &= ~(std::uint64_t{1} << (row & 63));
  }
  /// No bit was ever set.
  [[nodiscard]] bool none() const noexcept { return words_.empty(); }
  /// Makes room for `rows` bits, all further ones zero; nothing if `none()`.
  void resize(std::size_t rows) {
    if (!words_.empty()) words_.resize((rows + 63) / 64);
  }
  [[nodiscard]] std::span<const std::uint64_t> words() const noexcept { return words_; }

  /// For whole words at once; as many as there are rows, or none.
  [[nodiscard]] static Bitmap from_words(std::vector<std::uint64_t> words) {
    Bitmap bitmap;
    bitmap.words_ = std::move(words);
    return bitmap;
  }

 private:
  std::vector<std::uint64_t> words_;
};

/// Distinct strings of a network; a code is stable within it. In a finished network codes are in
/// the order of the texts (by code point), so that comparing codes compares texts.
class ERAUDIT_API StringPool {
 public:
  struct State;  ///< private (network/detail/state.hpp)
  StringPool();
  explicit StringPool(std::unique_ptr<State> state);
  ~StringPool();
  StringPool(StringPool&&) noexcept;
  StringPool& operator=(StringPool&&) noexcept;

  std::uint32_t intern(std::string_view text);
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view text) const noexcept;
  /// Valid as long as the pool.
  [[nodiscard]] std::string_view at(std::uint32_t code) const noexcept;
  [[nodiscard]] std::size_t size() const noexcept;
  [[nodiscard]] std::size_t memory_bytes() const noexcept;

 private:
  std::unique_ptr<State> state_;
};

/// Typed storage of one attribute. Exactly one of the vectors is in use, by `type`:
///   boolean -> bytes; integer, money (minor units) -> longs; number -> doubles; text -> codes
///   (pool); enumeration -> codes (schema); date -> days; lists -> codes with `list_offsets`.
/// A row's value means something only if `known` (or, for a range, as its lower end). Members are
/// public: this is the raw layout that both evaluators read; a finished network hands out const
/// references only.
struct Column {
  struct Range {  ///< sorted by row; the lower end stands in the main vector
    std::uint32_t row = 0;
    bool has_typical = false;
    std::int64_t high = 0;  ///< integer, money (minor units), date (days)
    std::int64_t typical = 0;
    double high_number = 0;  ///< number
    double typical_number = 0;
  };

  AttributeType type = AttributeType::text;
  Bitmap known;  ///< a value or a range is there
  Bitmap absent;
  Bitmap ranged;    ///< subset of `known`
  Bitmap disputed;  ///< claims disagree: neither known nor absent; see `Network::claims`
  std::vector<std::uint8_t> bytes;
  std::vector<std::int64_t> longs;
  std::vector<double> doubles;
  std::vector<std::uint32_t> codes;
  std::vector<std::int32_t> days;
  std::vector<std::uint32_t> list_offsets;  ///< rows + 1
  std::vector<Currency> currencies;         ///< of money; one entry if all rows share it
  std::vector<Range> ranges;

  /// Nothing is known about any row, and no vector is filled.
  [[nodiscard]] bool empty() const noexcept { return known.none() && absent.none(); }
  [[nodiscard]] bool readable(std::size_t row) const noexcept { return known.test(row); }
  [[nodiscard]] Money money(std::size_t row) const noexcept {
    return {longs[row], currencies.size() == 1 ? currencies[0] : currencies[row]};
  }
  [[nodiscard]] std::span<const std::uint32_t> list(std::size_t row) const noexcept {
    return std::span(codes).subspan(list_offsets[row], list_offsets[row + 1] - list_offsets[row]);
  }
  /// The range of a row whose `ranged` bit is set. O(log ranges).
  [[nodiscard]] ERAUDIT_API const Range& range(std::size_t row) const noexcept;
};

}  // namespace eraudit
