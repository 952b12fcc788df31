#include "eraudit/network/detail/name_table.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "eraudit/core/error.hpp"
#include "eraudit/network/detail/large_pages.hpp"

namespace eraudit::detail {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t secret_a = 0xA0761D6478BD642F;
constexpr std::uint64_t secret_b = 0xE7037ED1A0B428DB;

std::uint64_t fold(std::uint64_t a, std::uint64_t b) noexcept {
  const Wide product = Wide{a} * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t load(const char* at, std::size_t length) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, at, length);
  return word;
}

/// What `a == b` says, without a call for the short texts that ids are.
[[gnu::always_inline]] inline bool same(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  const std::size_t length = a.size();
  if (length > 16) return std::memcmp(a.data(), b.data(), length) == 0;
  const auto alike = [&](std::size_t from, std::size_t bytes) {
    return load(a.data() + from, bytes) == load(b.data() + from, bytes);
  };
  if (length >= 8) return alike(0, 8) && alike(length - 8, 8);
  if (length >= 4) return alike(0, 4) && alike(length - 4, 4);
  return length == 0 || (a[0] == b[0] && a[length / 2] == b[length / 2] && a.back() == b.back());
}

/// The first eight bytes after `skip`, so that comparing integers compares texts.
std::uint64_t sort_key(std::string_view text, std::size_t skip) noexcept {
  std::uint64_t key = 0;
  const std::size_t end = std::min(text.size(), skip + 8);
  for (std::size_t i = skip; i < end; ++i) {
    key |= std::uint64_t{static_cast<unsigned char>(text[i])} << (56 - 8 * (i - skip));
  }
  return key;
}

unsigned char byte_at(std::string_view text, std::size_t at) noexcept {
  return static_cast<unsigned char>(text[at]);
}

std::size_t common_prefix(std::string_view a, std::string_view b) noexcept {
  const std::size_t end = std::min(a.size(), b.size());
  std::size_t i = 0;
  while (i < end && a[i] == b[i]) ++i;
  return i;
}

template <class TextAt>
std::vector<std::uint32_t> sort_positions(std::size_t count, const TextAt& text_at) {
  std::vector<std::uint32_t> order(count);
  if (count == 0) return order;
  bool ascending = true;
  std::string_view before = text_at(0);
  std::size_t skip = before.size();
  for (std::size_t i = 0; i < count; ++i) {
    order[i] = static_cast<std::uint32_t>(i);
    const std::string_view text = text_at(i);
    const std::size_t common = common_prefix(before, text);
    const bool differ = text.size() > common && before.size() > common;
    if (differ ? byte_at(text, common) < byte_at(before, common) : text.size() < before.size()) {
      ascending = false;
    }
    skip = std::min(skip, common);
    before = text;
  }
  if (ascending) return order;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> keys(count);
  for (std::size_t i = 0; i < count; ++i) {
    keys[i] = {sort_key(text_at(i), skip), static_cast<std::uint32_t>(i)};
  }
  std::sort(keys.begin(), keys.end());
  for (std::size_t first = 0; first < count;) {
    std::size_t last = first + 1;
    while (last < count && keys[last].first == keys[first].first) ++last;
    if (last - first > 1) {
      std::sort(keys.begin() + static_cast<std::ptrdiff_t>(first),
                keys.begin() + static_cast<std::ptrdiff_t>(last),
                [&](const auto& a, const auto& b) {
                  const int order_of = text_at(a.second).compare(text_at(b.second));
                  return order_of != 0 ? order_of < 0 : a.second < b.second;
                });
    }
    first = last;
  }
  for (std::size_t i = 0; i < count; ++i) order[i] = keys[i].second;
  return order;
}

}  // namespace

std::uint64_t hash_bytes(std::string_view text, std::uint64_t seed) noexcept {
  const char* at = text.data();
  std::size_t left = text.size();
  std::uint64_t state = seed ^ secret_a;
  while (left > 16) {
    state = fold(load(at, 8) ^ secret_b, load(at + 8, 8) ^ state);
    at += 16;
    left -= 16;
  }
  std::uint64_t a = 0;
  std::uint64_t b = 0;
  if (left >= 8) {
    a = load(at, 8);
    b = load(at + left - 8, 8);
  } else if (left >= 4) {
    a = load(at, 4);
    b = load(at + left - 4, 4);
  } else if (left > 0) {
    a = (std::uint64_t{static_cast<unsigned char>(at[0])} << 16) |
        (std::uint64_t{static_cast<unsigned char>(at[left / 2])} << 8) |
        static_cast<unsigned char>(at[left - 1]);
  }
  return fold(secret_b ^ text.size(), fold(a ^ secret_b, b ^ state));
}

NameTable::NameTable() : seed_(reinterpret_cast<std::uintptr_t>(this) * secret_a) {}

std::uint32_t NameTable::find(std::string_view text) const noexcept {
  if (slots_.empty()) {
    std::size_t low = 0;
    std::size_t high = size();
    while (low < high) {
      const std::size_t middle = low + (high - low) / 2;
      if (at(static_cast<std::uint32_t>(middle)) < text) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low < size() && at(static_cast<std::uint32_t>(low)) == text) {
      return static_cast<std::uint32_t>(low);
    }
    return nothing;
  }
  const std::uint64_t hashed = hash(text);
  const auto tag = static_cast<std::uint32_t>(hashed >> 32);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hashed & mask;; slot = (slot + 1) & mask) {
    if (slots_[slot].code == nothing) return nothing;
    if (slots_[slot].tag == tag && at(slots_[slot].code) == text) return slots_[slot].code;
  }
}

std::uint32_t NameTable::intern(std::string_view text, std::uint64_t hashed) {
  if (slots_.empty()) resize_slots(slots_for(1));
  const auto tag = static_cast<std::uint32_t>(hashed >> 32);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hashed & mask;; slot = (slot + 1) & mask) {
    const Slot found = slots_[slot];
    if (found.code == nothing) return add(text, hashed, slot);
    if (found.tag == tag && same(at(found.code), text)) return found.code;
  }
}

std::uint32_t NameTable::add(std::string_view text, std::uint64_t hashed, std::size_t slot) {
  if ((size() + 1) * 4 > slots_.size() * 3) {
    resize_slots(slots_for(size() + 1));
    const std::size_t mask = slots_.size() - 1;
    slot = hashed & mask;
    while (slots_[slot].code != nothing) slot = (slot + 1) & mask;
  }
  const std::uint32_t code = append(text);
  slots_[slot] = {static_cast<std::uint32_t>(hashed >> 32), code};
  return code;
}

std::uint32_t NameTable::append(std::string_view text) {
  if (text.size() > std::numeric_limits<std::uint32_t>::max() - bytes_.size()) {
    throw Error(ErrorCode::limit_exceeded, "more than 4 GiB of distinct texts in one network");
  }
  bytes_.insert(bytes_.end(), text.begin(), text.end());
  offsets_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  return static_cast<std::uint32_t>(size() - 1);
}

std::size_t NameTable::slots_for(std::size_t names) noexcept {
  std::size_t count = 64;
  while (names * 4 > count * 3) count *= 2;
  return count;
}

void NameTable::resize_slots(std::size_t count) {
  slots_ = {};
  slots_.reserve(count);
  prefer_large_pages(slots_.data(), count * sizeof(Slot));
  slots_.resize(count);
  const std::size_t mask = count - 1;
  // In order of code, so that the arena is read from front to back.
  for (std::uint32_t code = 0; code < size(); ++code) {
    const std::uint64_t hashed = hash(at(code));
    std::size_t slot = hashed & mask;
    while (slots_[slot].code != nothing) slot = (slot + 1) & mask;
    slots_[slot] = {static_cast<std::uint32_t>(hashed >> 32), code};
  }
}

void NameTable::intern(std::span<const std::string_view> texts, std::uint32_t* codes) {
  constexpr std::size_t batch = 64;
  std::uint64_t hashes[batch];
  bool again[batch];
  for (std::size_t first = 0; first < texts.size(); first += batch) {
    const std::size_t count = std::min(batch, texts.size() - first);
    const std::span<const std::string_view> some = texts.subspan(first, count);
    if (slots_.empty()) resize_slots(slots_for(1));
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = 0; i < count; ++i) {
      again[i] = first + i >= 2 && same(texts[first + i - 2], some[i]);
      if (again[i]) continue;
      hashes[i] = hash(some[i]);
      __builtin_prefetch(&slots_[hashes[i] & mask]);
    }
    for (std::size_t i = 0; i < count; ++i) {
      if (again[i]) continue;
      const Slot& slot = slots_[hashes[i] & mask];
      if (slot.code != nothing) __builtin_prefetch(&offsets_[slot.code]);
    }
    for (std::size_t i = 0; i < count; ++i) {
      if (again[i]) continue;
      const Slot& slot = slots_[hashes[i] & mask];
      if (slot.code != nothing) __builtin_prefetch(bytes_.data() + offsets_[slot.code]);
    }
    for (std::size_t i = 0; i < count; ++i) {
      codes[first + i] = again[i] ? codes[first + i - 2] : intern(some[i], hashes[i]);
    }
  }
}

void NameTable::expect(std::size_t names) {
  offsets_.reserve(offsets_.size() + names);
  const std::size_t wanted = slots_for(size() + names);
  if (wanted > slots_.size()) resize_slots(wanted);
}

std::size_t NameTable::memory_bytes() const noexcept {
  return bytes_.capacity() + offsets_.capacity() * sizeof(std::uint32_t) +
         slots_.capacity() * sizeof(Slot);
}

void NameTable::renumber(std::span<const std::uint32_t> new_codes, std::size_t new_size,
                         bool slots) {
  std::vector<std::uint32_t> old_codes(new_size);
  std::size_t total = 0;
  bool same = new_size == new_codes.size();
  for (std::uint32_t code = 0; code < new_codes.size(); ++code) {
    same = same && new_codes[code] == code;
    if (new_codes[code] == nothing) continue;
    old_codes[new_codes[code]] = code;
    total += at(code).size();
  }
  if (!same) {
    std::vector<char> arena;
    arena.reserve(total);
    std::vector<std::uint32_t> offsets;
    offsets.reserve(new_size + 1);
    offsets.push_back(0);
    for (const std::uint32_t code : old_codes) {
      const std::string_view text = at(code);
      arena.insert(arena.end(), text.begin(), text.end());
      offsets.push_back(static_cast<std::uint32_t>(arena.size()));
    }
    bytes_ = std::move(arena);
    offsets_ = std::move(offsets);
  } else {
    bytes_.shrink_to_fit();
    offsets_.shrink_to_fit();
  }
  if (!slots) {
    slots_ = {};
  } else if (new_size < new_codes.size() || slots_.size() > slots_for(new_size)) {
    resize_slots(slots_for(new_size));
  } else if (!same) {
    for (Slot& slot : slots_) {
      if (slot.code != nothing) slot.code = new_codes[slot.code];
    }
  }
}

std::vector<std::uint32_t> NameTable::sorted() const {
  return sort_positions(size(), [&](std::size_t i) { return at(static_cast<std::uint32_t>(i)); });
}

std::vector<std::uint32_t> sorted_by_text(std::span<const std::string_view> texts) {
  return sort_positions(texts.size(), [&](std::size_t i) { return texts[i]; });
}

}  // namespace eraudit::detail
