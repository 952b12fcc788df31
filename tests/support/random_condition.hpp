#pragma once
// Conditions made by chance.

#include <random>
#include <string>

namespace eraudit::test {

/// `leaf(random)` under `&&`, `||`, `!` and `?:`, at most `depth` of them in each other.
template <class Leaf>
std::string random_condition(std::mt19937& random, int depth, const Leaf& leaf) {
  if (depth == 0 || random() % 6 == 0) return leaf(random);
  // The order of operands in C++ is open; that of the draws is not to be.
  const auto part = [&] { return random_condition(random, depth - 1, leaf); };
  const std::string first = part();
  switch (random() % 6) {
    case 0:
      return "!(" + first + ")";
    case 1: {
      const std::string second = part();
      return "(" + first + " ? " + second + " : " + part() + ")";
    }
    case 2:
    case 3:
      return "(" + first + " && " + part() + ")";
    default:
      return "(" + first + " || " + part() + ")";
  }
}

}  // namespace eraudit::test
