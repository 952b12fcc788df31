// Numbers without a source, and conditions that something else has decided.

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "eraudit/expression/builtin.hpp"
#include "eraudit/rules/detail/domain.hpp"
#include "eraudit/rules/detail/file_reader.hpp"
#include "eraudit/rules/detail/lint.hpp"
#include "eraudit/rules/uses.hpp"

namespace eraudit::rules_detail {
namespace {

/// Looks at so many parts of one rule: names of `let` that use each other could make them many.
constexpr std::size_t most_parts = 100'000;
constexpr std::size_t deepest = 1000;

/// Counts how deep parts stand in each other.
class Level {
 public:
  explicit Level(std::size_t& depth) : depth_(depth) { ++depth_; }
  ~Level() { --depth_; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;

 private:
  std::size_t& depth_;
};

bool compares(const Operation& operation) {
  if (operation.op != Op::call || operation.children != 2) return false;
  constexpr std::string_view signs[] = {"_<_", "_<=_", "_>_", "_>=_", "_==_", "_!=_"};
  const std::string_view name = builtins()[operation.payload].name;
  return std::find(std::begin(signs), std::end(signs), name) != std::end(signs);
}

class Thresholds {
 public:
  Thresholds(const Rule& rule, Diagnostics& found) : rule_(rule), found_(found) {}

  void look(const Program& program) {
    for (std::uint32_t id = 0; id < program.operations.size(); ++id) {
      if (!compares(program.operation(id))) continue;
      const Part part{&program, id};
      for (std::uint32_t side = 0; side < 2; ++side) {
        if (!is_threshold(part.child(side)) || !reads(part.child(1 - side))) continue;
        warning_at(found_, program, id, "lint-threshold-source",
                   quoted(program.text_of(part.child(side).get())) +
                       " is a line that somebody drew, and the rule does not say who",
                   "name the law or standard under 'basis', or its text under 'references'");
        break;
      }
    }
  }

 private:
  /// A number or amount, zero apart: that something is there at all needs no source.
  bool is_threshold(Part part) const {
    part = definition_of(rule_, part);
    const Operation& operation = part.get();
    if (operation.op == Op::call && operation.children == 1) {
      return builtins()[operation.payload].name == "money" &&
             part.child(0).get().op == Op::constant;
    }
    if (operation.op != Op::constant) return false;
    const Value& value = part.program->constants[operation.payload];
    return (value.is(ValueKind::integer) && value.integer != 0) ||
           (value.is(ValueKind::number) && value.number != 0);
  }

  /// Whether there is an attribute in it.
  bool reads(Part part) {
    if (depth_ > deepest) return false;
    const Level level(depth_);
    part = definition_of(rule_, part);
    const auto [known, fresh] = reads_.emplace(std::pair(part.program, part.operation), false);
    if (!fresh) return known->second;
    bool any = part.get().op == Op::attribute;
    for (std::uint32_t index = 0; index < part.get().children && !any; ++index) {
      any = reads(part.child(index));
    }
    return reads_[std::pair(part.program, part.operation)] = any;
  }

  const Rule& rule_;
  Diagnostics& found_;
  std::map<std::pair<const Program*, std::uint32_t>, bool> reads_;
  std::size_t depth_ = 0;
};

/// Walks through the conditions of a rule with what is known where each of them is asked.
class DeadConditions {
 public:
  DeadConditions(const Rule& rule, const Schema& schema, Diagnostics& found)
      : rule_(rule), schema_(schema), found_(found), keys_(rule) {}

  void look() {
    Known nothing;
    if (rule_.when) visit({rule_.when.get(), rule_.when->root}, nothing);
    const std::set<Slot> used = lets_of_verdict(rule_);
    for (const Let& let : rule_.lets) {
      if (let.program && used.count(let.slot) != 0) {
        visit({let.program.get(), let.program->root}, nothing);
      }
    }
    for (const PatternPtr& pattern : patterns()) {
      for (const ProgramPtr& program : pattern->conditions()) {
        visit({program.get(), program->root}, nothing);
      }
    }
    // A verdict is only given where `when` holds, and the conditions of a row.
    if (rule_.when) assume({rule_.when.get(), rule_.when->root}, true, nothing);
    if (rule_.match) {
      for (const ProgramPtr& program : rule_.match->conditions()) {
        assume({program.get(), program->root}, true, nothing);
      }
    }
    visit({rule_.condition.get(), rule_.condition->root}, nothing);
  }

 private:
  using Known = std::map<std::string, Domain>;

  std::vector<PatternPtr> patterns() const {
    std::vector<PatternPtr> all;
    if (rule_.match) all.push_back(rule_.match);
    for (const Let& let : rule_.lets) {
      if (let.pattern) all.push_back(let.pattern);
    }
    return all;
  }

  /// By value: what is learnt within a part is not known outside of it.
  void visit(Part part, Known known) {
    if (++parts_ > most_parts || part.get().op == Op::variable) return;
    const Operation& operation = part.get();
    switch (operation.op) {
      case Op::and_:
      case Op::or_:
        for (std::uint32_t index = 0; index < operation.children; ++index) {
          visit(part.child(index), known);
          assume(part.child(index), operation.op == Op::and_, known);
        }
        return;
      case Op::conditional:
        visit(part.child(0), known);
        for (const bool holds : {true, false}) {
          Known branch = known;
          assume(part.child(0), holds, branch);
          visit(part.child(holds ? 1 : 2), std::move(branch));
        }
        return;
      case Op::comprehension:
        visit_comprehension(part, std::move(known));
        return;
      default:
        break;
    }
    if (operation.type.is(TypeKind::boolean)) report(part, known);
    for (std::uint32_t index = 0; index < operation.children; ++index) {
      visit(part.child(index), known);
    }
  }

  void visit_comprehension(Part part, Known known) {
    const Comprehension& what = part.program->comprehensions[part.get().payload];
    visit(part.child(0), known);
    // Its locals may have been those of a list beside it.
    const std::uint32_t first = what.first_local + part.shift;
    for (auto entry = known.begin(); entry != known.end();) {
      entry = speaks_of_local(entry->first, first) ? known.erase(entry) : std::next(entry);
    }
    if (what.macro != Macro::bind && !what.two_variables) {
      assume_of_elements(part.child(0), first, known);
    }
    if (what.macro == Macro::map_if && part.get().children == 3) {
      visit(part.child(1), known);
      assume(part.child(1), true, known);
      visit(part.child(2), std::move(known));
      return;
    }
    for (std::uint32_t index = 1; index < part.get().children; ++index) {
      visit(part.child(index), known);
    }
  }

  static bool speaks_of_local(const std::string& key, std::uint32_t from) {
    for (std::size_t at = key.find('$'); at != std::string::npos; at = key.find('$', at + 1)) {
      std::uint32_t number = 0;
      std::size_t end = at + 1;
      for (; end < key.size() && key[end] >= '0' && key[end] <= '9'; ++end) {
        number = number * 10 + static_cast<std::uint32_t>(key[end] - '0');
      }
      if (end > at + 1 && end < key.size() && key[end] == ';' && number >= from) return true;
    }
    return false;
  }

  /// What filters say of the elements of a list, one of which is the local `local`.
  void assume_of_elements(Part list, std::uint32_t local, Known& known) {
    if (++parts_ > most_parts || depth_ > deepest) return;
    const Level level(depth_);
    list = definition_of(rule_, list);
    if (list.get().op != Op::comprehension) return;
    const Comprehension& what = list.program->comprehensions[list.get().payload];
    if (what.macro != Macro::filter || what.two_variables) return;
    assume_of_elements(list.child(0), local, known);
    if (what.first_local > local) return;
    Part condition = list.child(1);
    condition.shift = local - what.first_local;
    assume(condition, true, known);
  }

  void assume(Part part, bool holds, Known& known) {
    if (++parts_ > most_parts || depth_ > deepest) return;
    const Level level(depth_);
    part = definition_of(rule_, part);
    const Operation& operation = part.get();
    if (operation.op == Op::not_) {
      assume(part.child(0), !holds, known);
      return;
    }
    if (operation.op == Op::and_ || operation.op == Op::or_) {
      if ((operation.op == Op::and_) != holds) {
        assume_one_of(part, holds, known);
        return;
      }
      for (std::uint32_t index = 0; index < operation.children; ++index) {
        assume(part.child(index), holds, known);
      }
      return;
    }
    const auto atom = atom_of(rule_, part);
    if (!atom) return;
    Domain& domain = known.try_emplace(keys_.of(atom->about), all_of(*atom)).first->second;
    // What contradicts has been told: it is not to spoil all that follows.
    if (!domain.decides(*atom)) domain.assume(*atom, holds);
  }

  /// `x == 'a' || x == 'b'` is `x in ['a', 'b']`; other alternatives leave everything open.
  void assume_one_of(const Part& part, bool holds, Known& known) {
    std::optional<Atom> all;
    std::string about;
    for (std::uint32_t index = 0; index < part.get().children; ++index) {
      const auto atom = atom_of(rule_, part.child(index));
      if (!atom || !atom->texts || atom->negated == holds) return;
      const std::string key = keys_.of(atom->about);
      if (!all) {
        all = atom;
        about = key;
      } else if (about != key) {
        return;
      } else {
        all->texts->insert(all->texts->end(), atom->texts->begin(), atom->texts->end());
      }
    }
    Domain& domain = known.try_emplace(about, all_of(*all)).first->second;
    if (!domain.decides(*all)) domain.assume(*all, holds);
  }

  Domain all_of(const Atom& atom) const { return Domain(atom.about.get().type, schema_); }

  void report(Part part, const Known& known) {
    const auto atom = atom_of(rule_, part);
    if (!atom) return;
    const auto domain = known.find(keys_.of(atom->about));
    const bool alone = domain == known.end();
    const auto decided = (alone ? all_of(*atom) : domain->second).decides(*atom);
    // Equal conditions are one operation, at the place of the first.
    const bool again = !asked_.emplace(part.program, part.operation).second;
    if (!decided) return;
    const Operation& operation = part.get();
    if (!told_.emplace(part.program, part.operation).second) return;
    const std::string why = alone || all_of(*atom).decides(*atom)
                                ? "the schema allows no other value"
                                : "what stands before it says so";
    warning_at(found_, *part.program, part.operation, "lint-dead-condition",
               quoted(part.program->text_of(operation)) +
                   (again ? " is asked again where it " : " ") +
                   (*decided ? "is always true: " : "can never be true: ") + why,
               *decided ? "leave it out, or ask what was meant" : "one of the two is a slip");
  }

  const Rule& rule_;
  const Schema& schema_;
  Diagnostics& found_;
  ConditionKeys keys_;
  std::size_t parts_ = 0;
  std::size_t depth_ = 0;
  std::set<std::pair<const Program*, std::uint32_t>> asked_;
  std::set<std::pair<const Program*, std::uint32_t>> told_;
};

}  // namespace

void lint_thresholds(const Rule& rule, Diagnostics& found) {
  if (!rule.basis.empty() || !rule.references.empty()) return;
  Thresholds thresholds(rule, found);
  for (const Program* program : programs_of_verdict(rule)) thresholds.look(*program);
}

void lint_dead_conditions(const Rule& rule, const Schema& schema, Diagnostics& found) {
  DeadConditions(rule, schema, found).look();
}

}  // namespace eraudit::rules_detail
