#pragma once
// Ends of ranges to compute with.

#include <algorithm>
#include <iterator>

#include "eraudit/core/half_even.hpp"

namespace eraudit::detail {

/// A whole number, or without end.
struct WholeEnd {
  int infinite = 0;  ///< -1, 0, 1
  Int128 value = 0;
};

inline bool operator<(const WholeEnd& a, const WholeEnd& b) {
  if (a.infinite != b.infinite) return a.infinite < b.infinite;
  return a.infinite == 0 && a.value < b.value;
}

inline int sign_of(const WholeEnd& end) {
  if (end.infinite != 0) return end.infinite;
  return end.value > 0 ? 1 : (end.value < 0 ? -1 : 0);
}

inline WholeEnd plus(const WholeEnd& a, const WholeEnd& b) {
  if (a.infinite != 0) return a;
  if (b.infinite != 0) return b;
  return {0, a.value + b.value};
}

inline WholeEnd minus(const WholeEnd& a) {
  return {-a.infinite, -a.value};
}

inline WholeEnd times(const WholeEnd& a, const WholeEnd& b) {
  const int sign = sign_of(a) * sign_of(b);
  if (sign == 0) return {};
  if (a.infinite != 0 || b.infinite != 0) return {sign, 0};
  return {0, a.value * b.value};
}

/// Toward zero; `b` is not zero.
inline WholeEnd over(const WholeEnd& a, const WholeEnd& b) {
  if (b.infinite != 0) return {};
  if (a.infinite != 0) return {sign_of(a) * sign_of(b), 0};
  return {0, a.value / b.value};
}

template <class End>
struct Interval {
  End low;
  End high;
};

template <class End, class Combine>
Interval<End> corners(const Interval<End>& a, const Interval<End>& b, const Combine& combine) {
  const End all[] = {combine(a.low, b.low), combine(a.low, b.high), combine(a.high, b.low),
                     combine(a.high, b.high)};
  const auto [low, high] = std::minmax_element(std::begin(all), std::end(all));
  return {*low, *high};
}

}  // namespace eraudit::detail
