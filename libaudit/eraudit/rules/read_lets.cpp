// The entries of `let`: names for expressions, and for what patterns find.

#include <algorithm>
#include <utility>

#include "eraudit/rules/detail/names.hpp"
#include "eraudit/rules/detail/rule_reader.hpp"

namespace eraudit::rules_detail {
namespace {

constexpr std::size_t most_lets = 1'000;

}  // namespace

bool RuleReader::let_name_ok(Node key) {
  const std::string_view name = key.text();
  if (!is_identifier(name)) {
    reader_.error(key, "bad-name", quoted(name) + " cannot be the name of a 'let' entry",
                  "write letters, digits and '_', not beginning with a digit");
  } else if (is_taken_word(name)) {
    reader_.error(
        key, "name-taken",
        quoted(name) + " is a word of the language and cannot be the name of a 'let' entry");
  } else if (rule_.match && environment_.find_variable(name) && name != rule_.subject) {
    reader_.error(
        key, "name-taken",
        quoted(name) + " is a variable of 'match' and cannot be the name of a 'let' entry");
  } else if (name == rule_.subject) {
    reader_.error(key, "name-taken",
                  quoted(name) + " is the subject and cannot be the name of a 'let' entry");
  } else if (around_.tables->has(name)) {
    reader_.error(key, "name-taken",
                  quoted(name) + " is a table and cannot be the name of a 'let' entry");
  } else {
    return true;
  }
  return false;
}

/// A variable of no type in its place: what uses it is not to blame.
void RuleReader::add_faulty_let(std::string_view name) {
  incomplete_ = true;
  faulty_lets_.emplace(name);
  environment_.add_variable(std::string(name), Type());
}

void RuleReader::collect_lets(Node map) {
  if (map.size() > most_lets) {
    reader_.error(map, "too-many", "more than " + std::to_string(most_lets) + " entries of 'let'");
    return;
  }
  for (std::size_t index = 0; index < map.size(); ++index) {
    collect_let(map.key(index), map.at(index));
  }
  find_uses();
}

void RuleReader::collect_let(Node key, Node value) {
  if (!let_name_ok(key)) {
    incomplete_ = true;
    const bool could_stand = is_identifier(key.text()) && !is_taken_word(key.text());
    if (could_stand && !environment_.find_variable(key.text())) add_faulty_let(key.text());
    return;
  }
  const std::string what = "'let' entry " + quoted(key.text());
  LetText let{std::string(key.text()), key, value, {}};
  std::optional<ExpressionText> text;
  if (value.is_map()) {
    const auto exists = value.find("exists");
    const auto count = value.find("count");
    if (value.size() != 1 || (!exists && !count)) {
      const bool both = exists && count;
      Node at = value;
      for (std::size_t index = 0; index < value.size(); ++index) {
        const std::string_view word = value.key(index).text();
        const bool known = word == "exists" || word == "count";
        if (both ? known : !known) at = value.key(index);
      }
      reader_.error(at, "let-pattern",
                    both ? what + " asks two things at once"
                         : what + " is neither an expression nor one pattern",
                    both ? "write two entries, one with 'exists' and one with 'count'"
                         : "write an expression, {exists: PATTERN} or {count: PATTERN}, with no "
                           "other key beside");
      add_faulty_let(key.text());
      return;
    }
    let.kind = exists ? LetText::Kind::exists : LetText::Kind::count;
    let.scalar = value.at(0);
    text = reader_.expression(let.scalar, exists ? "'exists'" : "'count'", "a pattern");
  } else {
    text = reader_.expression(value, what);
  }
  if (!text) {
    add_faulty_let(key.text());
    return;
  }
  let.text = *std::move(text);
  lets_.push_back(std::move(let));
}

void RuleReader::find_uses() {
  std::vector<std::string_view> names;
  names.reserve(lets_.size());
  for (const LetText& let : lets_) names.push_back(let.name);
  for (LetText& let : lets_) {
    if (let.kind == LetText::Kind::expression) {
      const auto tree = parse_expression(let.text, around_.limits);
      if (tree) let.uses = free_names(*tree, names);
    } else {
      const auto tree = parse_pattern(let.text, around_.pattern_limits, around_.limits);
      if (tree) let.uses = names_used(*tree, names);
    }
  }
}

/// So that each stands after those it uses, otherwise as written; those on a cycle are left out and
/// reported.
std::vector<std::size_t> RuleReader::order_lets() {
  enum class State : std::uint8_t { fresh, open, done, cyclic };
  std::vector<State> states(lets_.size(), State::fresh);
  std::vector<std::size_t> order;
  struct Visit {
    std::size_t let;
    std::size_t next;
  };
  std::vector<Visit> path;
  for (std::size_t first = 0; first < lets_.size(); ++first) {
    if (states[first] != State::fresh) continue;
    path.push_back({first, 0});
    states[first] = State::open;
    while (!path.empty()) {
      Visit& visit = path.back();
      if (visit.next == lets_[visit.let].uses.size()) {
        if (states[visit.let] == State::open) {
          states[visit.let] = State::done;
          order.push_back(visit.let);
        }
        path.pop_back();
        continue;
      }
      const std::size_t used = lets_[visit.let].uses[visit.next++];
      if (states[used] == State::fresh) {
        states[used] = State::open;
        path.push_back({used, 0});
      } else if (states[used] == State::open) {
        const auto begin = std::find_if(path.begin(), path.end(),
                                        [&](const Visit& entry) { return entry.let == used; });
        std::string cycle;
        for (auto entry = begin; entry != path.end(); ++entry) {
          cycle += lets_[entry->let].name + " -> ";
          states[entry->let] = State::cyclic;
        }
        cycle += lets_[used].name;
        reader_.error(lets_[used].key, "let-cycle",
                      used == path.back().let && begin + 1 == path.end()
                          ? "'let' entry " + quoted(lets_[used].name) + " uses itself"
                          : "entries of 'let' use each other in a circle: " + cycle,
                      "an entry may use those that do not need it");
      }
    }
  }
  return order;
}

void RuleReader::compile_lets() {
  const std::vector<std::size_t> order = order_lets();
  for (std::size_t index = 0; index < lets_.size(); ++index) {
    if (std::find(order.begin(), order.end(), index) == order.end()) {
      add_faulty_let(lets_[index].name);
    }
  }
  // What an entry reads unguarded must be guarded where the entry is used; the checker sees to it.
  environment_.require_guards = false;
  for (const std::size_t index : order) {
    const LetText& let = lets_[index];
    if (let.kind != LetText::Kind::expression) {
      if (!compile_pattern_let(let)) add_faulty_let(let.name);
      continue;
    }
    const ProgramPtr program = compile_at(let.scalar, "'let' entry " + quoted(let.name), Type());
    if (!program) {
      add_faulty_let(let.name);
      continue;
    }
    const Slot slot = environment_.add_variable(let.name, program);
    rule_.lets.push_back({let.name, program, slot});
  }
  environment_.require_guards = true;
}

bool RuleReader::compile_pattern_let(const LetText& let) {
  const auto tree = parse_pattern(let.text, around_.pattern_limits, around_.limits);
  std::set<std::string> calls;
  if (tree) collect_calls(*tree, calls);
  const bool uses_faulty = std::any_of(let.uses.begin(), let.uses.end(), [&](std::size_t used) {
    return faulty_lets_.count(lets_[used].name) != 0;
  });
  if (!tree || calls_faulty(calls) || uses_faulty || rule_.kinds.empty()) {
    reader_.append(tree.diagnostics());
    return false;
  }
  // Conditions inside of a pattern are asked there and then: nothing around them guards.
  environment_.require_guards = true;
  auto pattern =
      compile_local(let.text, environment_, rule_.subject, around_.pattern_limits, around_.limits);
  environment_.require_guards = false;
  reader_.append(pattern.diagnostics());
  if (!pattern) return false;
  const bool counts = let.kind == LetText::Kind::count;
  const Type type(counts ? TypeKind::integer : TypeKind::boolean);
  const Slot slot = environment_.add_variable(let.name, type);
  rule_.lets.push_back({let.name, nullptr, slot, *std::move(pattern), counts});
  return true;
}

void RuleReader::add_lets_used(std::set<Slot>& slots) const {
  // Entries stand after those they use.
  for (auto let = rule_.lets.rbegin(); let != rule_.lets.rend(); ++let) {
    if (slots.count(let->slot) == 0) continue;
    if (let->program) {
      for (const Slot slot : let->program->variables()) slots.insert(slot);
    }
    if (let->pattern) {
      for (const Slot slot : let->pattern->needs()) slots.insert(slot);
    }
  }
}

void RuleReader::find_unused_lets() {
  if (incomplete_ || reader_.has_errors()) return;
  std::set<Slot> used;
  const auto add = [&](const ProgramPtr& program) {
    if (!program) return;
    for (const Slot slot : program->variables()) used.insert(slot);
  };
  add(rule_.when);
  add(rule_.condition);
  add(rule_.severity_program);
  for (const auto& [language, text] : rule_.message) {
    for (const Template::Part& part : text.parts) add(part.program);
  }
  add_lets_used(used);
  for (const LetText& text : lets_) {
    const auto let = std::find_if(rule_.lets.begin(), rule_.lets.end(),
                                  [&](const Let& entry) { return entry.name == text.name; });
    if (let == rule_.lets.end() || used.count(let->slot) != 0) continue;
    reader_.warn(text.key, "unused-let", "'let' entry " + quoted(text.name) + " is not used");
  }
}

}  // namespace eraudit::rules_detail
