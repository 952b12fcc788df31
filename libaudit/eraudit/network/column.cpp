#include "eraudit/network/column.hpp"

#include <algorithm>

#include "eraudit/network/detail/state.hpp"

namespace eraudit {

const Column::Range& Column::range(std::size_t row) const noexcept {
  return *std::lower_bound(
      ranges.begin(), ranges.end(), row,
      [](const Range& range, std::size_t wanted) { return range.row < wanted; });
}

StringPool::StringPool() : state_(std::make_unique<State>()) {}
StringPool::StringPool(std::unique_ptr<State> state) : state_(std::move(state)) {}
StringPool::~StringPool() = default;
StringPool::StringPool(StringPool&&) noexcept = default;
StringPool& StringPool::operator=(StringPool&&) noexcept = default;

std::uint32_t StringPool::intern(std::string_view text) {
  return state_->table.intern(text);
}

std::optional<std::uint32_t> StringPool::find(std::string_view text) const noexcept {
  const std::uint32_t code = state_->table.find(text);
  if (code == detail::NameTable::nothing) return std::nullopt;
  return code;
}

std::string_view StringPool::at(std::uint32_t code) const noexcept {
  return state_->table.at(code);
}
std::size_t StringPool::size() const noexcept {
  return state_->table.size();
}
std::size_t StringPool::memory_bytes() const noexcept {
  return state_->table.memory_bytes();
}

}  // namespace eraudit
