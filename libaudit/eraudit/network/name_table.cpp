#include "eraudit/network/detail/name_table.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "eraudit/core/error.hpp"

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

/// The first eight bytes after `skip`, so that comparing integers compares texts.
std::uint64_t sort_key(std::string_view text, std::size_t skip) noexcept {
  std::uint64_t key = 0;
  const std::size_t end = std::min(text.size(), skip + 8);
  for (std::size_t i = skip; i < end; ++i) {
    key |= std::uint64_t{static_cast<unsigned char>(text[i])} << (56 - 8 * (i - skip));
  }
  return key;
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
    if (text < before) ascending = false;
    skip = std::min(skip, common_prefix(before, text));
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
  if ((size() + 1) * 4 > slots_.size() * 3) {
    std::size_t capacity = 64;
    while ((size() + 1) * 4 > capacity * 3) capacity *= 2;
    grow(capacity);
  }
  const auto tag = static_cast<std::uint32_t>(hashed >> 32);
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hashed & mask;
  for (; slots_[slot].code != nothing; slot = (slot + 1) & mask) {
    if (slots_[slot].tag == tag && at(slots_[slot].code) == text) return slots_[slot].code;
  }
  const std::uint32_t code = append(text);
  slots_[slot] = {tag, code};
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

void NameTable::grow(std::size_t capacity) {
  std::vector<Slot> old = std::move(slots_);
  slots_.assign(capacity, Slot{});
  const std::size_t mask = capacity - 1;
  const auto place = [&](Slot entry, std::uint64_t hashed) {
    std::size_t slot = hashed & mask;
    while (slots_[slot].code != nothing) slot = (slot + 1) & mask;
    slots_[slot] = entry;
  };
  // In order of code, so that the arena is read from front to back.
  for (std::uint32_t code = 0; code < size(); ++code) {
    const std::uint64_t hashed = hash(at(code));
    place({static_cast<std::uint32_t>(hashed >> 32), code}, hashed);
  }
}

void NameTable::intern(std::span<const char> bytes, std::span<const Stretch> texts,
                       std::uint32_t* codes) {
  constexpr std::size_t batch = 32;
  std::uint64_t hashes[batch];
  for (std::size_t first = 0; first < texts.size(); first += batch) {
    const std::size_t count = std::min(batch, texts.size() - first);
    const auto text = [&](std::size_t i) {
      return std::string_view(bytes.data() + texts[first + i].offset, texts[first + i].length);
    };
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = 0; i < count; ++i) {
      hashes[i] = hash(text(i));
      if (!slots_.empty()) __builtin_prefetch(&slots_[hashes[i] & mask]);
    }
    if (!slots_.empty()) {
      for (std::size_t i = 0; i < count; ++i) {
        const Slot& slot = slots_[hashes[i] & mask];
        if (slot.code != nothing) __builtin_prefetch(&offsets_[slot.code]);
      }
      for (std::size_t i = 0; i < count; ++i) {
        const Slot& slot = slots_[hashes[i] & mask];
        if (slot.code != nothing) __builtin_prefetch(bytes_.data() + offsets_[slot.code]);
      }
    }
    for (std::size_t i = 0; i < count; ++i) codes[first + i] = intern(text(i), hashes[i]);
  }
}

void NameTable::reserve(std::size_t names, std::size_t bytes) {
  offsets_.reserve(names + 1);
  bytes_.reserve(bytes);
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
  } else if (new_size < new_codes.size()) {
    std::size_t capacity = 64;
    while (new_size * 4 > capacity * 3) capacity *= 2;
    grow(capacity);
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
