#include "eraudit/rules/uses.hpp"

namespace eraudit {

std::set<Slot> lets_of_verdict(const Rule& rule) {
  std::set<Slot> read;
  for (const ProgramPtr& program : {rule.at, rule.when, rule.condition}) {
    if (!program) continue;
    for (const Slot slot : program->variables()) read.insert(slot);
  }
  if (rule.match) {
    for (const Slot slot : rule.match->needs()) read.insert(slot);
  }
  std::set<Slot> lets;
  // Entries stand after those they use.
  for (auto let = rule.lets.rbegin(); let != rule.lets.rend(); ++let) {
    if (read.count(let->slot) == 0) continue;
    lets.insert(let->slot);
    if (let->program) {
      for (const Slot slot : let->program->variables()) read.insert(slot);
    }
    if (let->pattern) {
      for (const Slot slot : let->pattern->needs()) read.insert(slot);
    }
  }
  return lets;
}

}  // namespace eraudit
