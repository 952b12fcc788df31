// Patterns against the recruitment schema, and on a small network before and after more is known.

#include "eraudit/pattern/pattern.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "eraudit/pattern/matcher.hpp"
#include "tests/fuzz/target.hpp"
#include "tests/support/network.hpp"

namespace eraudit::fuzz {
namespace {

constexpr std::string_view known = R"(
nodes:
  Facility: {delta: {name: Delta Gloves, country: MY}}
  Recruiter:
    sunrise: {licence: NP-1034, country: NP, role: agency}
    middle: {country: NP LICENCE}
    hill: {licence: null, country: IN, role: sub_agent}
  Cohort:
    np-24: {workers: 48, origin: NP, destination: MY}
    np-25: {origin: NP WORKERS}
edges:
  recruited: [{from: sunrise, to: np-24}, {from: middle, to: np-25}]
  engages:
    - {from: middle, to: sunrise, fees_paid_by: worker}
    - {from: hill, to: middle, since: 2024-01-01}
    - {from: middle, to: hill}
    - {from: delta, to: hill}
MORE_EDGES
  charged:
    - {id: a, from: sunrise, to: np-24, amount: 100000 NPR BORNE}
    - {id: b, from: middle, to: np-24, borne_by: worker AMOUNT}
complete:
  - {node: np-24, list: recruitments}
  - {node: sunrise, list: engaged_by}
MORE_COMPLETE
)";

using Replacement = std::pair<std::string_view, std::string_view>;

Network made(std::span<const Replacement> replacements) {
  std::string text(known);
  for (const auto& [word, by] : replacements) text.replace(text.find(word), word.size(), by);
  return test::network(text);
}

constexpr std::string_view rest_complete = R"(
  - {node: np-25, list: recruitments}
  - {node: np-24, list: fees}
  - {node: np-25, list: fees}
  - {node: middle, list: engaged_by}
  - {node: hill, list: engaged_by}
)";

/// Words that stand for nothing in the first, and for something found out later in the others.
const std::array<Network, 3>& networks() {
  static const std::array<Network, 3> all = {
      made(std::array<Replacement, 6>{{{" LICENCE", ""},
                                       {" WORKERS", ""},
                                       {"MORE_EDGES", ""},
                                       {" BORNE", ""},
                                       {" AMOUNT", ""},
                                       {"MORE_COMPLETE", ""}}}),
      made(std::array<Replacement, 6>{{{" LICENCE", ", licence: NP-2000, role: agency"},
                                       {" WORKERS", ", workers: 0"},
                                       {"MORE_EDGES", "    - {from: delta, to: middle}"},
                                       {" BORNE", ", borne_by: worker"},
                                       {" AMOUNT", ", amount: 0 NPR"},
                                       {"MORE_COMPLETE", rest_complete}}}),
      made(std::array<Replacement, 6>{{{" LICENCE", ", licence: null, role: sub_agent"},
                                       {" WORKERS", ", workers: 12"},
                                       {"MORE_EDGES", ""},
                                       {" BORNE", ", borne_by: employer"},
                                       {" AMOUNT", ", amount: 45000 NPR"},
                                       {"MORE_COMPLETE", rest_complete}}}),
  };
  return all;
}

bool out_of_limits(const Value& value) {
  return value.is(ValueKind::error) && value.error->message.starts_with("limit reached");
}

/// A pattern on one network, for one subject.
struct Answer {
  bool limited = false;
  Value exists;
  Value count;
  std::string text;
};

class Search {
 public:
  Search(const PatternPtr& pattern, const Network& network)
      : bound_(bind(pattern, network)),
        evaluator_(&network, {day(), day(), {}, limits()}),
        matcher_(bound_, evaluator_) {}

  Answer ask(NodeId subject) {
    Answer answer;
    evaluator_.begin();
    answer.exists = matcher_.exists(subject);
    answer.count = matcher_.count(subject);
    answer.text = evaluator_.describe(answer.exists) + " " + evaluator_.describe(answer.count);
    const MatchRows& rows = matcher_.rows(subject);
    answer.limited = out_of_limits(answer.exists) || out_of_limits(answer.count) ||
                     !rows.limit().is(ValueKind::null);
    bool certain = false;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      certain = certain || rows.certain(row);
      if (row < 3) {
        matcher_.set_row(row);
        for (const MatchedPath& path : matcher_.paths(row)) {
          require(path.nodes.size() == path.edges.size() + 1, "a path has a node at each end");
          answer.text += "\n" + to_text(path, bound_.network());
        }
      }
    }
    if (!answer.limited) {
      if (certain && !answer.exists.is_true()) broken("what is a row exists", answer.text);
      if (answer.exists.is_true() && rows.empty()) broken("what exists is a row", answer.text);
    }
    if (!rows.empty()) {
      for (const Condition& one : matcher_.conditions(0)) {
        answer.text += "\n" + to_text(one.outcome, "en");
      }
    }
    return answer;
  }

 private:
  static Date day() { return *parse_date("2026-06-30"); }
  static Limits limits() {
    Limits small;
    small.fuel = 5'000;
    small.value_bytes = 1u << 18;
    small.regex_memory_bytes = 1 << 16;
    return small;
  }
  BoundPattern bound_;
  Evaluator evaluator_;
  Matcher matcher_;
};

/// Whether a whole number, or each end of a range of them, lies within what was said before.
bool within(const Value& later, const Value& earlier) {
  const auto end = [](const Value& value, bool low) {
    if (!value.is(ValueKind::range)) return value;
    return low ? value.range->low : value.range->high;
  };
  const Value low = end(earlier, true);
  const Value high = end(earlier, false);
  const auto inside = [&](const Value& value) {
    return value.is(ValueKind::integer) &&
           (!low.is(ValueKind::integer) || value.integer >= low.integer) &&
           (!high.is(ValueKind::integer) || value.integer <= high.integer);
  };
  const Value later_high = end(later, false);
  return inside(end(later, true)) &&
         (inside(later_high) || (later_high.is(ValueKind::null) && high.is(ValueKind::null)));
}

void compare(const Answer& before, const Answer& after, std::string_view pattern) {
  if (before.limited || after.limited) return;
  const auto fail = [&](std::string_view law) {
    broken(law, std::string(pattern) + "\nbefore: " + before.text + "\nafter:  " + after.text);
  };
  if (before.exists.is(ValueKind::boolean) &&
      (!after.exists.is(ValueKind::boolean) || after.exists.boolean != before.exists.boolean)) {
    fail("what exists, exists whatever is found out");
  }
  const bool counted = before.count.is(ValueKind::integer) || before.count.is(ValueKind::range);
  if (counted && !within(after.count, before.count)) fail("a count stays within what was said");
}

void match(const PatternPtr& pattern, std::string_view text) {
  std::vector<Search> searches;
  searches.reserve(networks().size());
  for (const Network& network : networks()) searches.emplace_back(pattern, network);
  for (std::uint32_t node = 0; node < networks()[0].node_count(); ++node) {
    const auto& kinds = pattern->start_kinds();
    const KindId kind = networks()[0].kind(NodeId{node});
    if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) continue;
    const Answer first = searches[0].ask(NodeId{node});
    for (std::size_t later = 1; later < searches.size(); ++later) {
      compare(first, searches[later].ask(NodeId{node}), text);
    }
    if (searches[0].ask(NodeId{node}).text != first.text) broken("twice gives the same", text);
  }
}

void run(std::string_view bytes) {
  ExpressionText text = ExpressionText::of(std::string(bytes));
  text.name = "input";
  const Source source("input", text.text);

  const auto tree = parse_pattern(text);
  require_places(tree.diagnostics(), source);
  if (!tree) return;

  Environment names(recruitment_schema());
  const auto pattern = compile_match(text, names, "c");
  require_places(pattern.diagnostics(), source);
  require(static_cast<bool>(pattern) || names.variables().empty(),
          "a pattern that is refused leaves no names");
  if (pattern) match(*pattern, bytes);

  Environment around(recruitment_schema());
  static_cast<void>(
      around.add_variable("c", Type::node({*recruitment_schema()->find_kind("Cohort")})));
  const auto local = compile_local(text, around, "c");
  require_places(local.diagnostics(), source);
}

const Target target("pattern", run);

}  // namespace
}  // namespace eraudit::fuzz
