#pragma once
// Memory for the values of one row: handed out by moving a pointer, taken back all at once.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace eraudit::detail {

/// Keeps its blocks when it is reset, so that rows after the first allocate nothing; large ones are
/// given back. Only for types without a destructor.
class Arena {
 public:
  /// Once more than `bytes` are handed out, `*end` becomes 0: whoever looks at it stops. Where that
  /// happens does not hang on the blocks that are there.
  void limit(std::size_t bytes, std::uint64_t* end) noexcept {
    limit_ = bytes;
    end_of_work_ = end;
    reset();
  }
  [[nodiscard]] bool over() const noexcept { return over_; }

  void reset() noexcept {
    std::size_t kept = 0;
    std::size_t count = 0;
    while (count < blocks_.size() && kept + blocks_[count].size <= most_kept) {
      kept += blocks_[count++].size;
    }
    blocks_.resize(count);
    block_ = 0;
    used_before_ = 0;
    over_ = false;
    if (blocks_.empty()) {
      at_ = end_ = nullptr;
    } else {
      enter(0);
    }
  }

  /// Bytes handed out since `reset`.
  [[nodiscard]] std::size_t used() const noexcept {
    return blocks_.empty()
               ? 0
               : used_before_ + static_cast<std::size_t>(at_ - blocks_[block_].bytes.get());
  }

  [[nodiscard]] void* allocate(std::size_t bytes) {
    bytes = (bytes + 7) & ~std::size_t{7};
    if (bytes > static_cast<std::size_t>(end_ - at_)) grow(bytes);
    std::byte* const result = at_;
    at_ += bytes;
    return result;
  }

  template <class T>
  [[nodiscard]] T* make(const T& value) {
    static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= 8);
    return new (allocate(sizeof(T))) T(value);
  }

  /// Not initialised; for trivial types.
  template <class T>
  [[nodiscard]] std::span<T> array(std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 8);
    if (count == 0) return {};
    // Of pointers, too: they are what is kept.
    const std::size_t bytes = count * sizeof(T);  // NOLINT(bugprone-sizeof-expression)
    return {static_cast<T*>(allocate(bytes)), count};
  }

  template <class T>
  [[nodiscard]] std::span<T> copy(std::span<const T> items) {
    const std::span<T> result = array<T>(items.size());
    if (!items.empty())
      std::memcpy(static_cast<void*>(result.data()), items.data(), items.size_bytes());
    return result;
  }

  [[nodiscard]] std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    auto* const characters = static_cast<char*>(allocate(text.size()));
    std::memcpy(characters, text.data(), text.size());
    return {characters, text.size()};
  }

 private:
  struct Block {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size = 0;
  };

  void enter(std::size_t block) noexcept {
    block_ = block;
    at_ = blocks_[block].bytes.get();
    end_ = at_ + blocks_[block].size;
    if (over_) return;
    // Where the limit is crossed, `grow` takes notice.
    const std::size_t left = limit_ - std::min(limit_, used_before_);
    if (left < blocks_[block].size) end_ = at_ + left;
  }

  void grow(std::size_t bytes) {
    if (!over_ && used() + bytes > limit_) {
      over_ = true;
      if (end_of_work_ != nullptr) *end_of_work_ = 0;
      if (!blocks_.empty()) {
        end_ = blocks_[block_].bytes.get() + blocks_[block_].size;
        if (bytes <= static_cast<std::size_t>(end_ - at_)) return;
      }
    }
    used_before_ = used();
    std::size_t next = blocks_.empty() ? 0 : block_ + 1;
    while (next < blocks_.size() && blocks_[next].size < bytes) ++next;
    if (next == blocks_.size()) {
      std::size_t size = blocks_.empty() ? first_block : blocks_.back().size * 2;
      if (size > largest_block) size = largest_block;
      if (size < bytes) size = bytes;
      blocks_.push_back({std::unique_ptr<std::byte[]>(new std::byte[size]), size});
    }
    enter(next);
  }

  static constexpr std::size_t first_block = std::size_t{16} << 10;
  static constexpr std::size_t largest_block = std::size_t{1} << 20;
  static constexpr std::size_t most_kept = std::size_t{16} << 20;

  std::vector<Block> blocks_;
  std::size_t block_ = 0;
  std::size_t used_before_ = 0;
  std::byte* at_ = nullptr;
  std::byte* end_ = nullptr;
  std::size_t limit_ = SIZE_MAX;
  bool over_ = false;
  std::uint64_t* end_of_work_ = nullptr;
};

}  // namespace eraudit::detail
