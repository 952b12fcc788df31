#pragma once
// Three answers: what is known decides, or it does not.

#include <cstdint>

namespace eraudit {

/// Kleene truth, ordered `no < unknown < yes`: "and" is the smaller, "or" the larger.
enum class Truth : std::uint8_t { no, unknown, yes };

constexpr Truth operator&(Truth a, Truth b) noexcept {
  return a < b ? a : b;
}
constexpr Truth operator|(Truth a, Truth b) noexcept {
  return a < b ? b : a;
}
constexpr Truth operator!(Truth a) noexcept {
  return Truth(2 - int(a));
}

static_assert((Truth::no & Truth::unknown) == Truth::no);    // one missing receipt does not
static_assert((Truth::yes | Truth::unknown) == Truth::yes);  // hide what is already certain

}  // namespace eraudit
