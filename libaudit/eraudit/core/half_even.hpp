#pragma once
// 128-bit integers and the one rounding of money: half to even.

namespace eraudit::detail {

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UInt128;

/// `numerator / denominator`, half to even; the denominator is positive.
constexpr Int128 divide_half_even(Int128 numerator, Int128 denominator) {
  Int128 quotient = numerator / denominator;
  const Int128 remainder = numerator % denominator;
  const Int128 rest = remainder < 0 ? -remainder : remainder;
  const Int128 other = denominator - rest;  // no overflow, unlike 2 * rest
  if (rest > other || (rest == other && quotient % 2 != 0)) quotient += numerator < 0 ? -1 : 1;
  return quotient;
}

static_assert(divide_half_even(5, 2) == 2 && divide_half_even(7, 2) == 4);
static_assert(divide_half_even(-5, 2) == -2 && divide_half_even(-7, 2) == -4);
static_assert(divide_half_even(1, 2) == 0 && divide_half_even(-1, 2) == 0);

constexpr Int128 power_of_ten(int exponent) {
  Int128 power = 1;
  for (; exponent > 0; --exponent) power *= 10;
  return power;
}

}  // namespace eraudit::detail
