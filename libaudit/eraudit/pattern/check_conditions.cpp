// Conditions inside of elements, and the variables that expressions see.

#include <algorithm>
#include <set>
#include <utility>

#include "eraudit/core/error.hpp"
#include "eraudit/pattern/detail/checker.hpp"

namespace eraudit::pattern_detail {
namespace {

Type path_type(std::vector<KindId> nodes, std::vector<EdgeKindId> edges) {
  return Type::record("path", {{"length", Type(TypeKind::integer)},
                               {"nodes", Type::list(Type::node(std::move(nodes)))},
                               {"edges", Type::list(Type::edge(std::move(edges)))}});
}

}  // namespace

/// Types and slots of variables, and slots of elements without a name that conditions speak of.
void Checker::allocate(const PatternTree& tree) {
  Slot next = static_cast<Slot>(environment_.variables().size());
  const auto take = [&](std::string name, Type type) {
    taken_.push_back({local_ ? std::string() : std::move(name), std::move(type)});
    return next++;
  };
  std::vector<bool> done(plan_->variables.size());
  const auto settle = [&](std::uint32_t index, const Type& type) {
    PatternVariable& variable = plan_->variables[index];
    if (done[index]) return;
    done[index] = true;
    variable.type = type;
    if (!variable.outer) variable.slot = take(variable.name, type);
  };
  element_slots_.resize(tree.paths.size());
  for (std::uint32_t p = 0; p < tree.paths.size(); ++p) {
    const Path& path = plan_->paths[p];
    const auto& elements = tree.paths[p].elements;
    element_slots_[p].assign(elements.size(), none);
    std::vector<KindId> all_nodes;
    std::vector<EdgeKindId> all_edges;
    for (std::size_t i = 0; i < elements.size(); ++i) {
      const bool has_conditions = !elements[i].conditions.empty();
      if (i % 2 == 0) {
        const Place& place = path.places[i / 2];
        const std::vector<KindId> kinds = place.kinds.kinds();
        all_nodes.insert(all_nodes.end(), kinds.begin(), kinds.end());
        if (place.variable != none) {
          settle(place.variable, Type::node(kinds));
          element_slots_[p][i] = plan_->variables[place.variable].slot;
        } else if (has_conditions) {
          element_slots_[p][i] = take({}, Type::node(kinds));
        }
        continue;
      }
      const Step& step = edges_[p][i / 2];
      const Type edge = Type::edge(step.kinds);
      all_edges.insert(all_edges.end(), step.kinds.begin(), step.kinds.end());
      if (step.repeated) {
        // Nodes between may be of any kind that the edges join.
        KindSet between = path.places[i / 2].kinds;
        for (std::uint32_t hop = 1; hop < step.high; ++hop)
          between.unite(after(step, between, false));
        const auto kinds = between.kinds();
        all_nodes.insert(all_nodes.end(), kinds.begin(), kinds.end());
      }
      if (step.variable != none) {
        settle(step.variable, step.repeated ? Type::list(edge) : edge);
        if (!step.repeated) element_slots_[p][i] = plan_->variables[step.variable].slot;
      }
      if (element_slots_[p][i] == none && has_conditions) element_slots_[p][i] = take({}, edge);
    }
    if (path.variable != none) {
      settle(path.variable, path_type(std::move(all_nodes), std::move(all_edges)));
    }
  }
}

void Checker::compile_conditions(const PatternTree& tree) {
  // Expressions see the variables to their left: names are given one after another.
  Environment scope = environment_;
  for (const Taken& taken : taken_) static_cast<void>(scope.reserve(taken.type));
  std::vector<bool> named(plan_->variables.size());
  const auto reveal = [&](std::uint32_t index) {
    if (index == none || named[index]) return;
    named[index] = true;
    const PatternVariable& variable = plan_->variables[index];
    if (!variable.outer) scope.name(variable.slot, variable.name);
  };
  for (std::uint32_t p = 0; p < tree.paths.size(); ++p) {
    const auto& elements = tree.paths[p].elements;
    for (std::uint32_t i = 0; i < elements.size(); ++i) {
      const PatternElement& element = elements[i];
      const bool of_node = i % 2 == 0;
      const std::uint32_t variable =
          of_node ? plan_->paths[p].places[i / 2].variable : edges_[p][i / 2].variable;
      const bool repeated = !of_node && edges_[p][i / 2].repeated;
      if (!repeated) reveal(variable);
      std::vector<ProgramPtr> holds;
      if (!element.conditions.empty()) {
        // Inside of a repeated edge its name is one edge; without a name it has a hidden one.
        Environment inside = scope;
        std::string name = element.name.text;
        if (repeated || name.empty()) {
          if (name.empty()) name = "_element";
          while (inside.find_variable(name)) name += '_';
          inside.name(element_slots_[p][i], name);
        }
        for (const PatternCondition& condition : element.conditions) {
          compile_condition(condition, inside, name,
                            {nullptr, element_slots_[p][i], of_node, p, i / 2},
                            repeated ? nullptr : &holds);
        }
      }
      if (repeated) reveal(variable);
      for (const ProgramPtr& program : holds) {
        scope.assume(*program);
        assumed_.push_back(program);
      }
    }
    reveal(plan_->paths[p].variable);
  }
}

void Checker::compile_condition(const PatternCondition& condition, const Environment& scope,
                                std::string_view name, Pending pending,
                                std::vector<ProgramPtr>* holds) {
  ExpressionText text = condition.text;
  if (!condition.key.empty()) {
    // `{key: value}` is `name.key == (value)`, each part at its place.
    const ExpressionText key = reporter_.part(
        condition.key.span.offset, condition.key.span.offset + condition.key.span.length);
    const std::string before = std::string(name) + ".";
    const std::string between = " == (";
    text.text = before + key.text + between + condition.text.text + ")";
    text.offsets.assign(before.size(), key.offsets.front());
    text.offsets.insert(text.offsets.end(), key.offsets.begin(), key.offsets.end() - 1);
    text.offsets.insert(text.offsets.end(), between.size(), key.offsets.back());
    text.offsets.insert(text.offsets.end(), condition.text.offsets.begin(),
                        condition.text.offsets.end());
    text.offsets.push_back(condition.text.offsets.back());
  }
  auto program = compile(text, scope, Type(TypeKind::boolean), limits_);
  Diagnostics said = program.diagnostics();
  const std::string hidden = "`" + std::string(name) + ".";
  if (!program && name.starts_with("_element") && said.items().size() == 1 &&
      said.items()[0].help.find(hidden) != std::string::npos) {
    Diagnostic once = said.items()[0];
    once.help = "give the element a name and write it in front: `(x:Cohort WHERE x.workers > 5)`";
    said = Diagnostics();
    said.add(std::move(once));
  } else if (!program && said.items().size() == 1 && said.items()[0].id == "cel-unknown-name") {
    // The usual reason: what it names stands further to the right.
    for (const PatternVariable& variable : plan_->variables) {
      const std::string& message = said.items()[0].message;
      if (message != "there is nothing named '" + variable.name + "'") continue;
      Diagnostic once = said.items()[0];
      once.help = variable.role == PatternRole::path
                      ? "a path is complete only behind its end: ask for it in the rule's condition"
                      : "'" + variable.name +
                            "' stands to the right: a condition sees what stands to its left; move "
                            "the condition to '" +
                            variable.name + "'";
      said = Diagnostics();
      said.add(std::move(once));
      break;
    }
  }
  reporter_.append(said);
  if (!program) return;
  pending.program = *program;
  if (holds != nullptr) holds->push_back(*program);
  pending_.push_back(std::move(pending));
}

}  // namespace eraudit::pattern_detail

namespace eraudit {

std::vector<std::string> Pattern::reads() const {
  std::set<std::string> paths;
  const Schema& schema = *plan_->schema;
  const auto add_date = [&](EdgeKindId edge, std::string_view name) {
    const EdgeKind& kind = schema.edge(edge);
    const auto id = kind.find(name);
    if (id && kind.attributes[id->index].type == AttributeType::date) {
      paths.insert(schema.path(edge, *id));
    }
  };
  for (const auto& site : plan_->sites) {
    if (site.kind != pattern_detail::Site::Kind::step) continue;
    const auto& step = site.step;
    for (std::size_t hop = 0; hop + 1 < step.viable.size(); ++hop) {
      for (const KindId kind : step.viable[hop].kinds()) {
        for (const ListId list : schema.lists(kind)) {
          const bool read =
              std::find(step.kinds.begin(), step.kinds.end(), list.edge) != step.kinds.end() &&
              (list.side == Side::from ? step.out : step.in);
          if (!read) continue;
          if (!schema.end(list).complete) paths.insert(schema.path(kind, list));
          for (const std::string_view name : {"on", "since", "until"}) {
            add_date(list.edge, name);
          }
        }
      }
    }
  }
  for (const auto& check : plan_->checks) {
    for (const AttributeReference& reference : check.program->attributes) {
      for (const auto& member : reference.members) {
        paths.insert(reference.of_edge ? schema.path(EdgeKindId{member.kind}, member.attribute)
                                       : schema.path(KindId{member.kind}, member.attribute));
      }
    }
    for (const ListReference& reference : check.program->lists) {
      for (const auto& member : reference.members)
        paths.insert(schema.path(member.kind, member.list));
    }
  }
  return {paths.begin(), paths.end()};
}

std::vector<Slot> Pattern::needs() const {
  std::set<Slot> slots;
  for (const auto& check : plan_->checks) {
    for (const Slot slot : check.program->variables()) slots.insert(slot);
  }
  for (const auto& check : plan_->checks) slots.erase(check.slot);
  for (const PatternVariable& variable : plan_->variables) {
    if (variable.outer) {
      slots.insert(variable.slot);
    } else {
      slots.erase(variable.slot);
    }
  }
  return {slots.begin(), slots.end()};
}

std::vector<std::uint32_t> Pattern::tables() const {
  std::set<std::uint32_t> tables;
  for (const auto& check : plan_->checks) {
    for (const Operation& operation : check.program->operations) {
      if (operation.op == Op::table) tables.insert(operation.payload);
    }
  }
  return {tables.begin(), tables.end()};
}

std::vector<ProgramPtr> Pattern::conditions() const {
  std::vector<ProgramPtr> programs;
  programs.reserve(plan_->checks.size());
  for (const auto& check : plan_->checks) programs.push_back(check.program);
  return programs;
}

}  // namespace eraudit
