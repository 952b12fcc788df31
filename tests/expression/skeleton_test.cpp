// What a condition that is not known is made of says what the evaluator says, whatever is answered.

#include "eraudit/expression/skeleton.hpp"

#include <array>
#include <fmt/format.h>
#include <memory>
#include <random>
#include <string>

#include "eraudit/expression/later.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random_condition.hpp"

namespace {

using namespace eraudit;
using Outcome = Skeleton::Outcome;

constexpr std::array names = {"a", "b", "c", "d"};
using Answers = std::array<Outcome, names.size()>;

/// Programs over four booleans and two numbers `x` and `y` that may be unknown, and a number `n`
/// that is 0.
class Conditions {
 public:
  Conditions() {
    for (const char* name : names) slots_.push_back(variable(name, TypeKind::boolean));
    for (const char* name : {"x", "y"}) numbers_.push_back(variable(name, TypeKind::integer));
    zero_ = variable("n", TypeKind::integer);
  }

  const BoundProgram& program(const std::string& text) {
    const auto compiled = compile(ExpressionText::of(text), environment_);
    INFO(text << "\n" << to_text(compiled.diagnostics()));
    REQUIRE(compiled);
    programs_.push_back(std::make_unique<BoundProgram>(eraudit::bind(*compiled, nullptr)));
    return *programs_.back();
  }

  void let(const std::string& name, const std::string& text) {
    const BoundProgram& definition = program(text);
    lets_.emplace_back(variable(name, definition.program().type()), &definition);
  }

  /// A row; what is not answered is unknown.
  Evaluator& row(const Answers& answers = {Outcome::unknown, Outcome::unknown, Outcome::unknown,
                                           Outcome::unknown}) {
    evaluator_.begin();
    for (std::size_t index = 0; index < names.size(); ++index) {
      if (answers[index] == Outcome::unknown) {
        evaluator_.set_unknown(slots_[index], names[index]);
      } else {
        evaluator_.set(slots_[index], Value::of(answers[index] == Outcome::yes));
      }
    }
    evaluator_.set_unknown(numbers_[0], "x");
    evaluator_.set_unknown(numbers_[1], "y");
    evaluator_.set(zero_, Value::of(std::int64_t{0}));
    for (const auto& [slot, definition] : lets_) evaluator_.set_lazy(slot, definition);
    return evaluator_;
  }

  [[nodiscard]] std::string text(const FactSet& facts) const {
    std::string out;
    for (const Fact& fact : facts.facts) {
      if (!out.empty()) out += " ";
      out += evaluator_.name(fact);
    }
    return out;
  }

  /// `a: a; x > 1: x` the open conditions with what they may need.
  std::string open(const std::string& condition) {
    const BoundProgram& bound = program(condition);
    Skeleton skeleton;
    static_cast<void>(skeleton.add(row(), bound));
    std::string out;
    for (const Skeleton::Open& one : skeleton.open()) {
      if (!out.empty()) out += "; ";
      out += fmt::format("{}: {}", one.text, text(*one.facts));
    }
    return out;
  }

  /// `if a: b; if not a: c`
  std::string later(const std::string& condition) {
    const BoundProgram& bound = program(condition);
    std::string out;
    for (const BranchNeeds& needs : needed_later(row(), bound)) {
      if (!out.empty()) out += "; ";
      out += fmt::format("if {}{}: {}", needs.outcome ? "" : "not ", needs.condition,
                         text(*needs.facts));
    }
    return out;
  }

  Evaluator& evaluator() { return evaluator_; }

 private:
  Slot variable(const std::string& name, const Type& type) {
    return environment_.add_variable(name, type);
  }

  Environment environment_;
  Evaluator evaluator_{nullptr, {}};
  std::vector<Slot> slots_;
  std::vector<Slot> numbers_;
  Slot zero_ = 0;
  std::vector<std::unique_ptr<BoundProgram>> programs_;
  std::vector<std::pair<Slot, const BoundProgram*>> lets_;
};

/// A condition that is open, or one that is known or breaks.
std::string leaf(std::mt19937& random) {
  switch (random() % 8) {
    case 0:
      return "1 / n > 0";
    case 1:
      return "n == 0";
    case 2:
      return "p";
    default:
      return names[random() % names.size()];
  }
}

Outcome outcome_of(const Value& value) {
  if (value.is(ValueKind::unknown)) return Outcome::unknown;
  if (value.is(ValueKind::error)) return Outcome::error;
  REQUIRE(value.is(ValueKind::boolean));
  return value.boolean ? Outcome::yes : Outcome::no;
}

}  // namespace

TEST_CASE("expression: a skeleton is made of the conditions that are not known",
          "[expression][skeleton]") {
  Conditions given;
  CHECK(given.open("a && (b || !c)") == "a: a; b: b; c: c");
  // Once each, and nothing that is known.
  CHECK(given.open("a && n == 0 && (b || a)") == "a: a; b: b");
  CHECK(given.open("n == 0 || a").empty());
  CHECK(given.open("n == 0 ? a : b") == "a: a");
  CHECK(given.open("x > 1 || x > y") == "x > 1: x; x > y: x y");
  CHECK(given.open("[1, x].exists(i, i == 3 && a) && b") ==
        "[1, x].exists(i, i == 3 && a): x a; b: b");
}

TEST_CASE("expression: a skeleton follows variables", "[expression][skeleton]") {
  Conditions given;
  given.let("p", "a || x > 1");
  given.let("q", "p && b");
  given.let("sum", "x + y");
  CHECK(given.open("q || c") == "a: a; x > 1: x; b: b; c: c");
  CHECK(given.open("sum > 3 && p") == "sum > 3: x y; a: a; x > 1: x");
}

TEST_CASE("expression: an open condition needs what either branch within it may need",
          "[expression][skeleton]") {
  Conditions given;
  given.let("chosen", "a ? x : y");
  CHECK(given.open("(a ? x : 0) > 1") == "(a ? x : 0) > 1: a x");
  CHECK(given.open("chosen > 1") == "chosen > 1: a x y");
  CHECK(given.open("[1, 2].all(i, i > (a ? x : y))") == "[1, 2].all(i, i > (a ? x : y)): a x y");
  // That is for those who ask; what is waited for is as before.
  const BoundProgram& program = given.program("chosen > 1");
  Evaluator& evaluator = given.row();
  Skeleton skeleton;
  static_cast<void>(skeleton.add(evaluator, program));
  const Value value = evaluator.evaluate(program);
  REQUIRE(value.is(ValueKind::unknown));
  CHECK(given.text(*value.facts) == "a");
}

TEST_CASE("expression: what is needed later is what a branch waits for", "[expression][skeleton]") {
  Conditions given;
  given.let("chosen", "b ? x : 0");
  CHECK(given.later("a ? b : c") == "if a: b; if not a: c");
  CHECK(given.later("a ? b : n == 0") == "if a: b");
  CHECK(given.later("a ? x > 1 : x + y > 1") == "if a: x; if not a: x y");
  // What the condition itself waits for comes before.
  CHECK(given.later("x > 1 ? x > 3 : y > x") == "if not x > 1: y");
  CHECK(given.later("a ? (b ? c : d) : d") == "if a: b; if not a: d; if b: c; if not b: d");
  CHECK(given.later("chosen > 1 && a") == "if b: x");
  // Not of what is decided, and not of a way that is not gone.
  CHECK(given.later("(n == 0 || (a ? b : c)) && d").empty());
  CHECK(given.later("n == 0 ? a : (b ? c : d)").empty());
  CHECK(given.later("a && b").empty());
}

TEST_CASE("expression: a skeleton says what the evaluator says, whatever is answered",
          "[expression][skeleton]") {
  std::mt19937 random(7);
  std::size_t compared = 0;
  std::array<std::size_t, 4> outcomes{};
  for (int number = 0; number < 1'000; ++number) {
    Conditions given;
    given.let("p", "a ? b : c && d");
    const std::string text =
        test::random_condition(random, 1 + static_cast<int>(random() % 4), leaf);
    INFO(number << ": " << text);
    const BoundProgram& program = given.program(text);
    Skeleton skeleton;
    const Skeleton::Id root = skeleton.add(given.row(), program);
    CHECK_FALSE(skeleton.cut_short());
    for (std::size_t answered = 0; answered < 81; ++answered) {
      Answers answers{};
      std::size_t rest = answered;
      for (Outcome& answer : answers) {
        answer = static_cast<Outcome>(rest % 3);
        rest /= 3;
      }
      std::vector<Outcome> of_open;
      for (const Skeleton::Open& open : skeleton.open()) {
        of_open.push_back(answers[static_cast<std::size_t>(open.text[0] - 'a')]);
      }
      skeleton.answer(of_open);
      const Outcome expected = outcome_of(given.row(answers).evaluate(program));
      REQUIRE(skeleton.outcome(root) == expected);
      ++outcomes[static_cast<std::size_t>(expected)];
      ++compared;
    }
  }
  CHECK(compared == 81'000);
  for (const std::size_t count : outcomes) CHECK(count > 500);
}

TEST_CASE("expression: taking a condition apart costs the row no fuel, and a limit is told",
          "[expression][skeleton]") {
  Conditions given;
  const BoundProgram& program = given.program("a && (b || x > 1)");
  Evaluator& evaluator = given.row();
  static_cast<void>(evaluator.evaluate(program));
  const std::uint64_t before = evaluator.fuel_used();
  Skeleton skeleton;
  static_cast<void>(skeleton.add(evaluator, program));
  static_cast<void>(needed_later(evaluator, program));
  CHECK(evaluator.fuel_used() == before);
  CHECK_FALSE(skeleton.cut_short());

  Limits limits;
  limits.fuel = 4;
  EvaluationContext context;
  context.limits = limits;
  Evaluator poor(nullptr, context);
  poor.begin();
  for (Slot slot = 0; slot < 6; ++slot) poor.set_unknown(slot, "s" + std::to_string(slot));
  Skeleton cut;
  static_cast<void>(cut.add(poor, program));
  CHECK(cut.cut_short());
}
