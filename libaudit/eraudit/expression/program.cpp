#include "eraudit/expression/program.hpp"

#include <algorithm>

namespace eraudit {

std::vector<Slot> Program::variables() const {
  std::vector<Slot> slots;
  for (const Operation& operation : operations) {
    if (operation.op == Op::variable) slots.push_back(operation.payload);
  }
  std::sort(slots.begin(), slots.end());
  slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
  return slots;
}

}  // namespace eraudit
