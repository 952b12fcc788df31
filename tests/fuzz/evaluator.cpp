// Expressions on tiny networks with a few things that are not known, and on what these may turn out
// to be.

#include "eraudit/expression/evaluator.hpp"

#include <algorithm>
#include <memory>
#include <random>
#include <vector>

#include "eraudit/expression/explain.hpp"
#include "eraudit/expression/program.hpp"
#include "tests/expression/soundness_network.hpp"
#include "tests/fuzz/target.hpp"

namespace eraudit::fuzz {
namespace {

using test::TinyWorld;

constexpr std::size_t worlds_used = 2;
constexpr std::size_t variants_used = 5;

Limits small_limits() {
  Limits limits;
  limits.fuel = 5'000;
  limits.value_bytes = 1u << 18;
  limits.regex_memory_bytes = 1 << 16;
  return limits;
}

/// A network, and what it may turn out to be: the first variant knows least.
struct World {
  explicit World(unsigned seed) : random(seed), tiny(random, small_limits()) {
    const std::size_t steps = std::min(tiny.size(), variants_used) - 1;
    for (std::size_t i = 0; i < steps; ++i) variants.push_back(i * tiny.size() / steps);
    variants.push_back(tiny.size() - 1);
  }
  std::mt19937 random;
  TinyWorld tiny;
  std::vector<std::size_t> variants;
};

/// Those of the first seeds that leave most open.
std::vector<std::unique_ptr<World>> make_worlds() {
  std::vector<std::unique_ptr<World>> worlds;
  for (unsigned seed = 1; worlds.size() < worlds_used; ++seed) {
    auto world = std::make_unique<World>(seed);
    bool list = false;
    bool cell = false;
    for (const test::Hole& hole : world->tiny.holes()) {
      list = list || hole.kind == test::Hole::Kind::list;
      cell = cell || hole.kind == test::Hole::Kind::cell;
    }
    if (list && cell && world->tiny.holes().size() > 2) worlds.push_back(std::move(world));
  }
  return worlds;
}

bool out_of_limits(const Value& value) {
  return value.is(ValueKind::error) && value.error->message.starts_with("limit reached");
}

/// What `contradiction` understands, and lists short enough for it.
bool comparable(const Value& value) {
  switch (value.kind) {
    case ValueKind::bytes:
    case ValueKind::map:
    case ValueKind::type:
    case ValueKind::record:
      return false;
    case ValueKind::list:
      return value.list->items.size() < 20 &&
             std::all_of(value.list->items.begin(), value.list->items.end(), comparable);
    default:
      return true;
  }
}

class Trial {
 public:
  Trial(World& world, const ProgramPtr& program) : world_(world) {
    for (const std::size_t number : world.variants) {
      TinyWorld::Variant& variant = world.tiny.variant(number);
      programs_.push_back(eraudit::bind(program, &variant.network));
    }
  }

  void run(const std::string& text) {
    for (std::size_t i = 0; i < programs_.size(); ++i) values_.push_back(evaluate(i));
    for (std::size_t i = 0; i < programs_.size(); ++i) {
      for (std::size_t later = 0; later < programs_.size(); ++later) compare(text, i, later);
    }
    const ValueKind kind = values_[0].kind;
    const std::string before = evaluator(0).describe(values_[0]);
    if (evaluator(0).describe(evaluate(0)) != before) broken("twice gives the same", text);
    if (explain(evaluator(0), programs_[0]).kind != kind) {
      broken("what is explained is what came out", text);
    }
  }

 private:
  Evaluator& evaluator(std::size_t i) { return *world_.tiny.variant(world_.variants[i]).evaluator; }

  Value evaluate(std::size_t i) {
    evaluator(i).begin();
    evaluator(i).set(0, Value::of(*programs_[i].network()->find("c1")));
    return evaluator(i).evaluate(programs_[i]);
  }

  /// Decided stays decided, in the same way, whatever is found out.
  void compare(const std::string& text, std::size_t before, std::size_t after) {
    const Value& earlier = values_[before];
    const Value& later = values_[after];
    if (before == after || earlier.is(ValueKind::unknown)) return;
    if (!world_.tiny.extends(world_.variants[after], world_.variants[before])) return;
    if (out_of_limits(earlier) || out_of_limits(later)) return;
    std::string problem;
    if (comparable(earlier) && comparable(later)) {
      problem = test::contradiction(evaluator(before), earlier, evaluator(after), later);
    } else if (earlier.is_whole() &&
               evaluator(before).describe(earlier) != evaluator(after).describe(later)) {
      problem = "another value";
    }
    if (problem.empty()) return;
    broken("no completion contradicts what was decided",
           text + "\n" + problem + "\nbefore: " + evaluator(before).describe(earlier) +
               "\nafter:  " + evaluator(after).describe(later) + "\n--- before\n" +
               world_.tiny.describe(world_.variants[before]) + "--- after\n" +
               world_.tiny.describe(world_.variants[after]));
  }

  World& world_;
  std::vector<BoundProgram> programs_;
  std::vector<Value> values_;
};

void run(std::string_view bytes) {
  static const Environment names = [] {
    Environment made(test::tiny_schema());
    static_cast<void>(made.add_variable("c", Type::node({KindId{0}})));
    return made;
  }();
  static const std::vector<std::unique_ptr<World>> worlds = make_worlds();
  const std::string text(bytes);
  const auto program = compile(ExpressionText::of(text), names);
  if (!program) return;
  for (const auto& world : worlds) Trial(*world, *program).run(text);
}

const Target target("evaluator", run);

}  // namespace
}  // namespace eraudit::fuzz
