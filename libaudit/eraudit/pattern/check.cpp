// Names of a pattern: kinds, edges, variables.

#include <algorithm>
#include <utility>

#include "eraudit/core/error.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/pattern/detail/checker.hpp"

namespace eraudit {
namespace pattern_detail {
namespace {

std::string_view role_words(PatternRole role) {
  switch (role) {
    case PatternRole::node:
      return "a node";
    case PatternRole::edge:
      return "an edge";
    case PatternRole::group:
      return "a list of edges";
    case PatternRole::path:
      return "a path";
  }
  return "";
}

}  // namespace

std::shared_ptr<Pattern::Plan> Checker::run(const PatternTree& tree, std::string_view start) {
  const std::size_t errors_before = reporter_.errors();
  plan_ = std::make_shared<Pattern::Plan>();
  plan_->text = reporter_.text();
  plan_->schema = environment_.schema();
  plan_->limits = pattern_limits_;
  for (const PatternPath& path : tree.paths) {
    check_mode(path, tree.paths.size());
    add_path(path);
  }
  // With a kind too few, steps would be blamed for what a name lacks.
  if (reporter_.errors() != errors_before) return nullptr;
  narrow();
  if (reporter_.errors() != errors_before) return nullptr;
  for (Path& path : plan_->paths) {
    const bool may_close = path.places.front().kinds.meets(path.places.back().kinds);
    if (path.mode == PatternMode::simple && !may_close) path.mode = PatternMode::acyclic;
  }
  warn_idle_kinds(tree);
  count_combinations();
  count_edges();
  allocate(tree);
  compile_conditions(tree);
  if (!order(start) || reporter_.errors() != errors_before) return nullptr;
  place_checks();
  find_walkable();
  return plan_;
}

void Checker::check_mode(const PatternPath& written, std::size_t paths) {
  const std::string mode(to_text(written.mode));
  if (chooses(written.mode) && paths > 1) {
    reporter_.error(written.mode_span, "pattern-unsupported",
                    "'" + mode + "' beside another path is not evaluated",
                    "leave one path here, and ask for the other with `{exists: ...}` in `let`");
  }
  if (written.mode != PatternMode::walk) return;
  for (const PatternElement& element : written.elements) {
    if (!element.quantifier || element.quantifier->high) continue;
    reporter_.error(element.quantifier->span, "pattern-unbounded",
                    "a WALK may go round for ever, and this edge repeats without an end",
                    "write how often at most: `{1,4}`; or TRAIL: no edge twice");
  }
}

void Checker::add_path(const PatternPath& written) {
  Path path;
  path.mode = written.mode;
  path.mode_span = written.mode_span;
  std::vector<Step> edges;
  std::vector<KindSet> kinds;
  if (!written.name.empty()) path.variable = add_variable(written.name, PatternRole::path);
  for (std::size_t i = 0; i < written.elements.size(); ++i) {
    const PatternElement& element = written.elements[i];
    if (i % 2 == 0) {
      Place place;
      place.kinds = node_kinds(element);
      if (!element.name.empty()) place.variable = add_variable(element.name, PatternRole::node);
      if (place.variable != none && plan_->variables[place.variable].outer) {
        KindSet outer(schema_.kinds().size());
        for (const KindId kind : plan_->variables[place.variable].type.node_kinds())
          outer.add(kind);
        place.kinds.intersect(outer);
        if (place.kinds.empty() && !element.labels.empty()) {
          reporter_.error(element.span, "pattern-step",
                          "'" + element.name.text + "' is never of this kind",
                          "it is " + words(outer));
        }
      }
      kinds.push_back(place.kinds);
      path.places.push_back(std::move(place));
    } else {
      edges.push_back(edge_step(element));
    }
  }
  path.edges = static_cast<std::uint32_t>(edges.size());
  plan_->paths.push_back(std::move(path));
  edges_.push_back(std::move(edges));
  written_kinds_.push_back(std::move(kinds));
}

bool Checker::label_holds(const PatternLabels& labels, KindId kind) const {
  const std::string& name = schema_.kind(kind).name;
  return std::any_of(labels.begin(), labels.end(), [&](const std::vector<PatternLabel>& all) {
    return std::all_of(all.begin(), all.end(), [&](const PatternLabel& label) {
      return (label.name.text == name) != label.negated;
    });
  });
}

KindSet Checker::node_kinds(const PatternElement& element) {
  const std::size_t count = schema_.kinds().size();
  if (element.labels.empty()) return KindSet(count, true);
  bool known = true;
  for (const auto& term : element.labels) {
    for (const PatternLabel& label : term) {
      if (schema_.find_kind(label.name.text)) continue;
      unknown_kind(label.name);
      known = false;
    }
  }
  if (!known) return KindSet(count, true);
  KindSet out(count);
  for (std::size_t i = 0; i < count; ++i) {
    const KindId kind{static_cast<std::uint16_t>(i)};
    if (label_holds(element.labels, kind)) out.add(kind);
  }
  if (out.empty()) {
    reporter_.error(element.labels.front().front().name.span, "pattern-step",
                    "no node is all of this at once",
                    "a node has one kind; one of several is `A|B`");
  }
  return out;
}

void Checker::unknown_kind(const PatternWord& name) {
  std::vector<std::string_view> names;
  for (const NodeKind& kind : schema_.kinds()) names.push_back(kind.name);
  std::string help;
  if (schema_.find_edge(name.text)) {
    help = "'" + name.text + "' is a kind of edge: `-[:" + name.text + "]->`";
  } else {
    help = suggest(name.text, names);
  }
  reporter_.error(name.span, "pattern-unknown-kind", "there is no kind '" + name.text + "'",
                  std::move(help));
}

void Checker::unknown_edge(const PatternWord& name) {
  std::vector<std::string_view> names;
  for (const EdgeKind& edge : schema_.edges()) names.push_back(edge.name);
  std::string help;
  if (schema_.find_kind(name.text)) {
    help = "'" + name.text + "' is a kind of node: `(x:" + name.text + ")`";
  } else if (!nearest_name(name.text, names)) {
    // Lists are how expressions name edges: `c.fees` is the inward side of `charged`.
    for (const EdgeKind& edge : schema_.edges()) {
      for (const Side side : {Side::from, Side::to}) {
        const EdgeEnd& end = edge.end(side);
        if (end.edges != name.text && end.nodes != name.text) continue;
        help = "'" + name.text + "' is what " + schema_.kind(end.kinds.front()).name +
               " calls it: write `" +
               (side == Side::from ? "-[:" + edge.name + "]->`" : "<-[:" + edge.name + "]-`");
        break;
      }
    }
  }
  if (help.empty()) help = suggest(name.text, names);
  reporter_.error(name.span, "pattern-unknown-edge", "there is no kind of edge '" + name.text + "'",
                  std::move(help));
}

Step Checker::edge_step(const PatternElement& element) {
  Step step;
  step.span = element.span;
  step.out = element.direction != PatternDirection::left;
  step.in = element.direction != PatternDirection::right;
  for (const auto& term : element.labels) {
    const PatternWord& name = term.front().name;
    if (const auto edge = schema_.find_edge(name.text)) {
      step.kinds.push_back(*edge);
    } else {
      unknown_edge(name);
    }
  }
  if (element.labels.empty()) {
    for (std::size_t i = 0; i < schema_.edges().size(); ++i) {
      step.kinds.push_back(EdgeKindId{static_cast<std::uint16_t>(i)});
    }
  }
  std::sort(step.kinds.begin(), step.kinds.end());
  step.kinds.erase(std::unique(step.kinds.begin(), step.kinds.end()), step.kinds.end());
  if (element.quantifier) {
    step.repeated = true;
    step.low = element.quantifier->low;
    step.cut_off = !element.quantifier->high;
    step.high = element.quantifier->high.value_or(
        std::max(step.low, std::min(pattern_limits_.unbounded_hops, pattern_limits_.hops)));
    step.never = step.low > step.high;
    if (step.never) {
      plan_->never = true;
      reporter_.warning(element.quantifier->span, "pattern-never",
                        "nothing is repeated at least " + std::to_string(step.low) +
                            " and at most " + std::to_string(step.high) + " times",
                        "write the smaller number first");
    }
  }
  if (!element.name.empty()) {
    step.variable =
        add_variable(element.name, step.repeated ? PatternRole::group : PatternRole::edge);
  }
  return step;
}

std::uint32_t Checker::add_variable(const PatternWord& name, PatternRole role) {
  for (std::uint32_t i = 0; i < plan_->variables.size(); ++i) {
    const PatternVariable& known = plan_->variables[i];
    if (known.name != name.text) continue;
    if (known.role != role || role != PatternRole::node) {
      const bool same = known.role == role;
      reporter_.error(
          name.span, "pattern-variable",
          "'" + name.text + "' is " + std::string(role_words(known.role)) +
              (same ? " already" : ", and cannot be " + std::string(role_words(role)) + " too"),
          role == PatternRole::node || same ? "give it another name"
                                            : "give one of them another name");
    }
    return i;
  }
  PatternVariable variable;
  variable.name = name.text;
  variable.role = role;
  variable.span = name.span;
  const auto slot = environment_.find_variable(name.text);
  const auto refuse = [&](const std::string& what) {
    reporter_.error(name.span, "pattern-variable", "'" + name.text + "' " + what,
                    "give it another name");
  };
  if (slot) {
    const Type& type = environment_.variables()[*slot].type;
    if (local_ && role == PatternRole::node && type.is(TypeKind::node)) {
      variable.outer = true;
      variable.slot = *slot;
      variable.type = type;
    } else {
      refuse(local_ && role == PatternRole::node ? "is a variable of the rule, and no node"
                                                 : "is the name of another variable already");
    }
  } else if (environment_.find_table(name.text)) {
    refuse("is the name of a table");
  } else {
    try {
      Environment trial(environment_.schema());
      trial.add_variable(name.text, Type());
    } catch (const Error&) {
      refuse("is a word of the language and cannot be the name of a variable");
    }
  }
  plan_->variables.push_back(std::move(variable));
  return static_cast<std::uint32_t>(plan_->variables.size() - 1);
}

}  // namespace pattern_detail

namespace {

Checked<PatternPtr> compile_pattern(const ExpressionText& text, Environment& environment,
                                    std::string_view start, bool local,
                                    const PatternLimits& pattern_limits, const Limits& limits) {
  if (environment.schema() == nullptr) {
    throw Error(ErrorCode::bad_argument, "patterns need a schema");
  }
  Checked<PatternTree> tree = parse_pattern(text, pattern_limits, limits);
  if (!tree) return tree.diagnostics();
  Diagnostics diagnostics;
  pattern_detail::Reporter reporter(text, diagnostics);
  pattern_detail::Checker checker(reporter, environment, local, pattern_limits, limits);
  auto plan = checker.run(*tree, start);
  if (plan == nullptr) return diagnostics;
  for (const auto& taken : checker.taken()) {
    if (taken.name.empty()) {
      static_cast<void>(environment.reserve(taken.type));
    } else {
      static_cast<void>(environment.add_variable(taken.name, taken.type));
    }
  }
  if (!local) {
    for (const ProgramPtr& program : checker.assumed()) environment.assume(*program);
  }
  return {std::make_shared<const Pattern>(std::move(plan)), std::move(diagnostics)};
}

}  // namespace

Checked<PatternPtr> compile_match(const ExpressionText& text, Environment& environment,
                                  std::string_view subject, const PatternLimits& pattern_limits,
                                  const Limits& limits) {
  return compile_pattern(text, environment, subject, false, pattern_limits, limits);
}

Checked<PatternPtr> compile_local(const ExpressionText& text, Environment& environment,
                                  std::string_view start, const PatternLimits& pattern_limits,
                                  const Limits& limits) {
  return compile_pattern(text, environment, start, true, pattern_limits, limits);
}

const std::vector<PatternVariable>& Pattern::variables() const noexcept {
  return plan_->variables;
}
std::uint32_t Pattern::start() const noexcept {
  return plan_->start;
}
const std::vector<KindId>& Pattern::start_kinds() const noexcept {
  return plan_->start_kinds;
}
const ExpressionText& Pattern::text() const noexcept {
  return plan_->text;
}
const PatternLimits& Pattern::limits() const noexcept {
  return plan_->limits;
}

}  // namespace eraudit
