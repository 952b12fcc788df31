// The scalar evaluator, one row after another, by the calls that the judge makes for a subject; and
// what it takes to read, check and bind an expression.
//
// Rows are nodes: `fee` double, `cc` one of 64 texts, `hours` int, `lang` one of 8 texts. `fee` and
// `hours` are unknown in 5 % of them each. The programs of peers/ make the same rows: each hangs on
// its number alone, so that those who are slow can take the first few. Items are rows.

#include <algorithm>
#include <array>
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <memory>
#include <string>
#include <vector>

#include "eraudit/core/document.hpp"
#include "eraudit/expression/evaluator.hpp"
#include "eraudit/network/builder.hpp"
#include "eraudit/rules/rules.hpp"
#include "tests/benchmarks/machine.hpp"

using namespace eraudit;

namespace {

constexpr std::uint32_t rows = 1'000'000;
constexpr std::uint32_t rows_with_fees = 100'000;

constexpr const char* four_predicates =
    "c.fee > 0.0 && c.cc in ['c03', 'c17', 'c29', 'c41', 'c58'] && (c.hours > 48 || c.lang != "
    "'ne')";
constexpr std::array<std::uint32_t, 5> wanted_countries = {3, 17, 29, 41, 58};
constexpr std::array<const char*, 8> languages = {"ne", "bn", "hi", "en", "id", "my", "tl", "vi"};

/// Finisher of SplitMix64 over the number of a row.
std::uint64_t random_bits(std::uint64_t number) {
  std::uint64_t z = (number + 1) * 0x9E3779B97F4A7C15;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

struct Row {
  explicit Row(std::uint32_t number, bool gaps) {
    const std::uint64_t bits = random_bits(number);
    const std::uint64_t hundred = (bits & 0xFFFF) % 100;
    fee = hundred < 20 ? 0.0 : static_cast<double>(hundred) * 12.5;
    country = static_cast<std::uint32_t>((bits >> 16) & 63);
    hours = static_cast<std::int64_t>(30 + ((bits >> 24) & 0xFF) % 41);
    language = static_cast<std::uint32_t>((bits >> 32) & 7);
    fee_known = !gaps || ((bits >> 40) & 0xFFF) % 20 != 0;
    hours_known = !gaps || ((bits >> 52) & 0xFFF) % 20 != 0;
  }
  double fee;
  std::uint32_t country;
  std::int64_t hours;
  std::uint32_t language;
  bool fee_known;
  bool hours_known;
};

SchemaPtr row_schema() {
  static const char* const text = R"(eraudit: schema/1
name: rows
kinds:
  Agent: {label: Agent, attributes: {}}
  Cohort:
    label: Cohort
    attributes:
      fee: {type: double, label: Fee, ask: Which}
      cc: {type: string, label: Country, ask: Which}
      hours: {type: int, label: Hours, ask: Which}
      lang: {type: string, label: Language, ask: Which}
      wage: {type: money, non_negative: true, label: Wage, ask: Which}
edges:
  charged:
    label: charged
    from: {kinds: [Agent], edges: charges, nodes: charged, ask: Who else}
    to: {kinds: [Cohort], edges: fees, nodes: takers, complete: true}
    attributes:
      number: {type: int, label: Number, ask: Which}
      amount: {type: money, non_negative: true, label: Amount, ask: Which}
      repaid: {type: money, non_negative: true, label: Repaid, ask: Which}
      borne_by: {type: enum, values: {worker: worker, employer: employer, agent: agent}, label: Payer, ask: Who}
)";
  auto document = read_yaml(std::make_shared<const Source>("rows.yaml", text), {}, Aliases::expand);
  return read_schema(*document.value()).value();
}

/// `fees`: up to three payments each, 1.5 on average, in one currency.
Network network_of(std::uint32_t count, bool gaps, bool fees) {
  NetworkBuilder builder(row_schema());
  const Schema& schema = builder.schema();
  const KindId cohort = *schema.find_kind("Cohort");
  const EdgeKindId charged = *schema.find_edge("charged");
  const auto id = [&](std::string_view name) { return *schema.kind(cohort).find(name); };
  const auto part = [&](std::string_view name) { return *schema.edge(charged).find(name); };
  const AttributeId fee = id("fee"), cc = id("cc"), hours = id("hours"), lang = id("lang"),
                    wage = id("wage");
  const AttributeId number = part("number"), amount = part("amount"), repaid = part("repaid"),
                    borne_by = part("borne_by");
  const Currency npr = *Currency::from_code("NPR");
  static constexpr std::array payers = {"worker", "employer", "agent"};
  const NodeDraft agent = builder.node(*schema.find_kind("Agent"), "agent");
  for (std::uint32_t at = 0; at < count; ++at) {
    const Row row(at, gaps);
    const NodeDraft node = builder.node(cohort, fmt::format("c{:07}", at));
    if (row.fee_known) builder.set_number(node, fee, row.fee);
    builder.set_text(node, cc, fmt::format("c{:02}", row.country));
    if (row.hours_known) builder.set_integer(node, hours, row.hours);
    builder.set_text(node, lang, languages.at(row.language));
    builder.set_money(node, wage, {row.hours * 10'000, npr});
    if (!fees) continue;
    const std::uint64_t bits = random_bits(std::uint64_t{at} + rows);
    for (std::uint64_t edge = 0; edge < (bits & 3); ++edge) {
      const EdgeDraft draft = builder.edge(charged, agent, node);
      const std::uint64_t more = bits >> (8 + 8 * edge);
      builder.set_integer(draft, number, static_cast<std::int64_t>(edge));
      builder.set_money(draft, amount, {static_cast<std::int64_t>(more & 15) * 1'000, npr});
      builder.set_money(draft, repaid, {static_cast<std::int64_t>(more & 3) * 1'000, npr});
      builder.set_text(draft, borne_by, payers.at(more % 3));
    }
  }
  return std::move(builder.build().value());
}

struct Counts {
  std::uint64_t yes = 0;
  std::uint64_t no = 0;
  std::uint64_t unknown = 0;
  bool operator==(const Counts&) const = default;
};

/// A rule's `let` entries and its condition, bound to a network.
class BoundCondition {
 public:
  BoundCondition(const Network& network,
                 const std::vector<std::pair<std::string, const char*>>& lets, const char* text)
      : kind_(*network.schema().find_kind("Cohort")) {
    Environment environment(network.schema_ptr());
    subject_ = environment.add_variable("c", Type::node({kind_}));
    for (const auto& [name, definition] : lets) {
      const ProgramPtr program = compile(ExpressionText::of(definition), environment).value();
      lets_.emplace_back(environment.add_variable(name, program),
                         std::make_unique<BoundProgram>(eraudit::bind(program, &network)));
    }
    condition_ = std::make_unique<BoundProgram>(eraudit::bind(
        compile(ExpressionText::of(text), environment, TypeKind::boolean).value(), &network));
  }

  /// As `Judge` does for each subject of a rule.
  [[nodiscard]] Counts judge(Evaluator& evaluator, Date day) const {
    Counts counts;
    for (const NodeId row : evaluator.network()->nodes(kind_)) {
      evaluator.begin();
      evaluator.at(day);
      evaluator.set(subject_, Value::of(row));
      for (const auto& [slot, program] : lets_) evaluator.set_lazy(slot, program.get());
      const Value value = evaluator.evaluate(*condition_);
      if (value.is_true()) {
        ++counts.yes;
      } else if (value.is_false()) {
        ++counts.no;
      } else {
        ++counts.unknown;
      }
    }
    return counts;
  }

 private:
  KindId kind_;
  Slot subject_ = 0;
  std::vector<std::pair<Slot, std::unique_ptr<BoundProgram>>> lets_;
  std::unique_ptr<BoundProgram> condition_;
};

using Lets = std::vector<std::pair<std::string, const char*>>;

Counts judge_all(benchmark::State& state, const Network& network, const Lets& lets,
                 const char* text) {
  const BoundCondition condition(network, lets, text);
  const Date day = parse_date("2026-06-30").value();
  Evaluator evaluator(&network, {day, day, {}, {}});
  Counts counts;
  test::PeakMemory memory;
  for (auto _ : state) counts = condition.judge(evaluator, day);
  memory.tell(state);
  const auto items = static_cast<std::int64_t>(counts.yes + counts.no + counts.unknown);
  state.SetItemsProcessed(state.iterations() * items);
  state.counters["row"] =
      benchmark::Counter(static_cast<double>(items), benchmark::Counter::kIsIterationInvariantRate |
                                                         benchmark::Counter::kInvert);
  state.counters["true"] = static_cast<double>(counts.yes);
  state.counters["false"] = static_cast<double>(counts.no);
  state.counters["unknown"] = static_cast<double>(counts.unknown);
  return counts;
}

/// What `four_predicates` must come to, worked out without the evaluator.
Counts expected(bool gaps) {
  Counts counts;
  for (std::uint32_t at = 0; at < rows; ++at) {
    const Row row(at, gaps);
    const bool country = std::find(wanted_countries.begin(), wanted_countries.end(), row.country) !=
                         wanted_countries.end();
    const bool other_language = row.language != 0;
    const bool never = (row.fee_known && row.fee <= 0) || !country ||
                       (row.hours_known && row.hours <= 48 && !other_language);
    const bool always = row.fee_known && row.fee > 0 && country &&
                        (other_language || (row.hours_known && row.hours > 48));
    ++(always ? counts.yes : (never ? counts.no : counts.unknown));
  }
  return counts;
}

void judge_rule(benchmark::State& state, bool gaps) {
  const Network network = network_of(rows, gaps, false);
  if (judge_all(state, network, {}, four_predicates) != expected(gaps)) {
    state.SkipWithError("the evaluator counts otherwise");
  }
}

void rule_with_gaps(benchmark::State& state) {
  judge_rule(state, true);
}
void rule_all_known(benchmark::State& state) {
  judge_rule(state, false);
}

void with_fees(benchmark::State& state, const Lets& lets, const char* text) {
  const Network network = network_of(rows_with_fees, true, true);
  judge_all(state, network, lets, text);
}

/// An amount beside a constant one.
void money(benchmark::State& state) {
  with_fees(state, {}, "c.wage > money('4500 NPR')");
}
/// Lists of up to three, 1.5 on average.
void comprehension(benchmark::State& state) {
  with_fees(state, {}, "c.fees.exists(f, f.borne_by == 'worker' && f.amount > money('5 NPR'))");
}
/// A list, two sums over it and their comparison, each in a `let` of its own.
void pass_over_let(benchmark::State& state) {
  with_fees(state,
            {{"borne", "c.fees.filter(f, f.borne_by == 'worker')"},
             {"paid", "borne.map(f, f.amount).sum()"},
             {"repaid", "borne.map(f, f.repaid).sum()"}},
            "paid > money('0 NPR') && repaid < paid");
}

// What comes before the first row.

/// An expression and where it stands.
struct Written {
  std::string name;
  ExpressionText text;
  Environment environment;
  std::vector<TablePtr> tables;
};

Written rule_of_rows() {
  Environment environment(row_schema());
  environment.add_variable("c", Type::node({*environment.schema()->find_kind("Cohort")}));
  return {"rule", ExpressionText::of(four_predicates), std::move(environment), {}};
}

/// A condition that ships, with all that stands before it in its rule.
Written shipped(const Rule& rule) {
  Environment environment(recruitment_schema());
  environment.add_variable(rule.subject, Type::node(rule.kinds));
  for (const TablePtr& table : rule.tables) environment.add_table(table);
  for (const Let& let : rule.lets) environment.add_variable(let.name, let.program);
  if (rule.when) environment.assume(*rule.when);
  return {rule.id, rule.condition->text, std::move(environment), rule.tables};
}

void parse(benchmark::State& state, const Written& what) {
  for (auto _ : state) benchmark::DoNotOptimize(parse_expression(what.text).value());
}

void parse_and_check(benchmark::State& state, const Written& what) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(compile(what.text, what.environment, TypeKind::boolean).value());
  }
}

void bind_to(benchmark::State& state, const Written& what) {
  const Network network = NetworkBuilder(what.environment.schema()).build().value();
  const ProgramPtr program = compile(what.text, what.environment, TypeKind::boolean).value();
  for (auto _ : state) {
    benchmark::DoNotOptimize(eraudit::bind(program, &network, what.tables));
  }
}

/// The rule above, and the longest conditions of the rules that ship.
std::vector<Written> written() {
  constexpr std::size_t longest = 3;
  std::vector<Written> all{rule_of_rows()};
  const Rules rules = load_rules("core").value();
  std::vector<const Rule*> by_length;
  for (const Rule& rule : rules.all()) {
    const bool patterns = rule.match || std::any_of(rule.lets.begin(), rule.lets.end(),
                                                    [](const Let& let) { return let.pattern; });
    if (!patterns) by_length.push_back(&rule);
  }
  std::stable_sort(by_length.begin(), by_length.end(), [](const Rule* a, const Rule* b) {
    return a->condition->text.text.size() > b->condition->text.text.size();
  });
  for (std::size_t at = 0; at < std::min(longest, by_length.size()); ++at) {
    all.push_back(shipped(*by_length[at]));
  }
  return all;
}

}  // namespace

BENCHMARK(rule_with_gaps)->Unit(benchmark::kMillisecond);
BENCHMARK(rule_all_known)->Unit(benchmark::kMillisecond);
BENCHMARK(money)->Unit(benchmark::kMillisecond);
BENCHMARK(comprehension)->Unit(benchmark::kMillisecond);
BENCHMARK(pass_over_let)->Unit(benchmark::kMillisecond);

int main(int count, char** arguments) {
  const std::vector<Written> all = written();
  for (const Written& what : all) {
    const auto add = [&](const char* step, void (*measure)(benchmark::State&, const Written&)) {
      const std::string name = std::string(step) + "/" + what.name;
      benchmark::RegisterBenchmark(name.c_str(), measure, what)->Unit(benchmark::kMicrosecond);
    };
    add("parse", parse);
    add("parse_and_check", parse_and_check);
    add("bind", bind_to);
  }
  return test::run_benchmarks(count, arguments);
}
