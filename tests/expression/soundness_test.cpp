// What an evaluation decides from what is known, no completion contradicts; and what it waits for
// really holds it up. Tested on random programs over random tiny networks, with every completion
// tried.

#include <cstdlib>
#include <map>
#include <string>

#include "eraudit/expression/evaluator.hpp"
#include "eraudit/expression/program.hpp"
#include "tests/expression/soundness_network.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace eraudit;
using namespace eraudit::test;

Environment environment() {
  Environment made(tiny_schema());
  static_cast<void>(made.add_variable("c", Type::node({KindId{0}})));
  return made;
}

/// One program on all variants of one network.
class Trial {
 public:
  Trial(TinyWorld& world, const std::string& text, const ProgramPtr& program)
      : world_(world), text_(text) {
    for (std::size_t number = 0; number < world.size(); ++number) {
      TinyWorld::Variant& variant = world.variant(number);
      programs_.push_back(eraudit::bind(program, &variant.network));
      variant.evaluator->begin();
      variant.evaluator->set(0, Value::of(*variant.network.find("c1")));
      values_.push_back(variant.evaluator->evaluate(programs_.back()));
    }
  }

  /// Counts what came out of the network as it is, so that the test does not pass by deciding
  /// nothing.
  void count(std::map<std::string, std::size_t>& outcomes) const {
    const Value& value = values_[0];
    if (value.is(ValueKind::unknown)) {
      ++outcomes["unknown"];
    } else if (value.is(ValueKind::error)) {
      ++outcomes["error"];
    } else if (!value.is_whole()) {
      ++outcomes["in part"];
    } else {
      ++outcomes["decided"];
    }
  }

  /// Decided stays decided, in the same way, whatever is found out.
  void check_soundness() {
    for (std::size_t before = 0; before < values_.size(); ++before) {
      if (values_[before].is(ValueKind::unknown)) continue;
      for (std::size_t after = 0; after < values_.size(); ++after) {
        if (after == before || !world_.extends(after, before)) continue;
        const std::string problem =
            contradiction(evaluator(before), values_[before], evaluator(after), values_[after]);
        if (!problem.empty()) report(before, after, problem);
      }
    }
  }

  /// As long as nothing that an unknown waits for is found out, it stays unknown.
  void check_blocking() {
    for (std::size_t before = 0; before < values_.size(); ++before) {
      if (!values_[before].is(ValueKind::unknown)) continue;
      bool all = true;
      const std::vector<bool> waits =
          world_.holes_in(world_.variant(before).network, *values_[before].facts, all);
      if (!all) report(before, before, "waits for something that is known");
      for (std::size_t after = 0; after < values_.size(); ++after) {
        if (!world_.extends(after, before) || values_[after].is(ValueKind::unknown)) continue;
        bool blocked = true;
        for (std::size_t hole = 0; hole < waits.size(); ++hole) {
          if (waits[hole] && world_.choice(after, hole) != 0) blocked = false;
        }
        if (blocked) report(before, after, "did not wait for what it said");
      }
    }
  }

 private:
  Evaluator& evaluator(std::size_t number) { return *world_.variant(number).evaluator; }

  void report(std::size_t before, std::size_t after, const std::string& problem) {
    if (reported_) return;  // one is enough of each program
    reported_ = true;
    UNSCOPED_INFO(text_ << "\n"
                        << problem << "\nbefore: " << evaluator(before).describe(values_[before])
                        << "\nafter:  " << evaluator(after).describe(values_[after])
                        << "\n--- before\n"
                        << world_.describe(before) << "--- after\n"
                        << world_.describe(after));
    FAIL_CHECK();
  }

  TinyWorld& world_;
  const std::string& text_;
  std::vector<BoundProgram> programs_;
  std::vector<Value> values_;
  bool reported_ = false;
};

std::size_t cases() {
  return std::getenv("ERAUDIT_SOAK") != nullptr ? 500'000 : 20'000;
}

unsigned first_seed() {
  const char* const wanted = std::getenv("ERAUDIT_SOUNDNESS_SEED");
  return wanted != nullptr ? static_cast<unsigned>(std::stoul(wanted)) : 1;
}

TEST_CASE("expression: no completion contradicts what was decided from less",
          "[expression][soundness]") {
  const Environment names = environment();
  constexpr std::size_t programs_a_world = 100;
  std::map<std::string, std::size_t> outcomes;
  const auto try_world = [&](unsigned seed) -> std::size_t {
    std::mt19937 random(seed);
    TinyWorld world(random);
    if (world.holes().empty()) return 0;
    for (std::size_t number = 0; number < programs_a_world; ++number) {
      const std::string text = random_expression(random, 1 + static_cast<int>(random() % 4));
      const Checked<ProgramPtr> program = compile(ExpressionText::of(text), names);
      INFO("seed " << seed << ", program " << number << ": " << text);
      if (!program) {
        INFO(to_text(program.diagnostics()));
        REQUIRE(program);
      }
      Trial trial(world, text, *program);
      trial.count(outcomes);
      trial.check_soundness();
      trial.check_blocking();
    }
    return programs_a_world;
  };
  // Where a long run once found something: the day of an amount, an order of ranges, the currency
  // of a quotient, infinity.
  for (const unsigned seed : {1245U, 1559U, 2940U, 3979U}) static_cast<void>(try_world(seed));
  outcomes.clear();
  std::size_t done = 0;
  for (unsigned seed = first_seed(); done < cases(); ++seed) done += try_world(seed);
  // Most programs come to some end, and each kind of end is common.
  for (const auto& [outcome, count] : outcomes) {
    INFO(outcome << ": " << count << " of " << done);
    CHECK(count > done / 50);
  }
  CHECK(outcomes.size() == 4);
}

}  // namespace
