#pragma once
// Distinct texts with dense codes, and the way back from text to code.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace eraudit::detail {

/// Spread well enough for open addressing; not for anything that is kept or shown.
[[nodiscard]] std::uint64_t hash_bytes(std::string_view text, std::uint64_t seed) noexcept;

/// Texts in one arena, found through slots of eight bytes: a tag of 32 hash bits saves the look
/// into the arena for nearly all texts that are not there. Codes are in order of arrival.
///
/// The seed differs between runs, so that nobody can prepare texts that collide; no result depends
/// on it. Throws `Error` (`limit_exceeded`) beyond 4 GiB of text.
class NameTable {
 public:
  static constexpr std::uint32_t nothing = 0xFFFFFFFF;
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t code = nothing;
  };

  NameTable();

  std::uint32_t intern(std::string_view text) { return intern(text, hash(text)); }
  [[nodiscard]] std::uint32_t find(std::string_view text) const noexcept;
  [[nodiscard]] std::string_view at(std::uint32_t code) const noexcept {
    return {bytes_.data() + offsets_[code], offsets_[code + 1] - offsets_[code]};
  }
  [[nodiscard]] std::size_t size() const noexcept { return offsets_.size() - 1; }

  /// Codes of many texts at once: the memory they lie in is fetched while others are compared.
  /// `codes` has room for all. Cheapest where a text is that of two places before, as the ends of
  /// edges often are.
  void intern(std::span<const std::string_view> texts, std::uint32_t* codes);

  [[nodiscard]] std::uint64_t hash(std::string_view text) const noexcept {
    return hash_bytes(text, seed_);
  }
  /// `names` more are about to come.
  void expect(std::size_t names);
  [[nodiscard]] std::size_t memory_bytes() const noexcept;

  /// The same texts under new codes: code c becomes `new_codes[c]`; texts that get `nothing` are
  /// left out. New codes are dense and, if `slots` is no, must be in the order of the texts: `find`
  /// then searches by halving and needs no slots.
  void renumber(std::span<const std::uint32_t> new_codes, std::size_t new_size, bool slots);

  /// Codes in the order of their texts. O(n log n), but only a comparison of integers each where
  /// texts differ within the eight bytes after what all have in common.
  [[nodiscard]] std::vector<std::uint32_t> sorted() const;

 private:
  std::uint32_t intern(std::string_view text, std::uint64_t hashed);
  std::uint32_t add(std::string_view text, std::uint64_t hashed, std::size_t slot);
  std::uint32_t append(std::string_view text);
  [[nodiscard]] static std::size_t slots_for(std::size_t names) noexcept;
  void resize_slots(std::size_t count);

  std::vector<char> bytes_;
  std::vector<std::uint32_t> offsets_{0};
  std::vector<Slot> slots_;  ///< a power of two, at most 3/4 full; empty: codes are in text order
  std::uint64_t seed_;
};

/// Positions 0 .. texts.size() - 1 in the order of the texts, equal ones in order of position.
[[nodiscard]] std::vector<std::uint32_t> sorted_by_text(std::span<const std::string_view> texts);

}  // namespace eraudit::detail
