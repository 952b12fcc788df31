#include <algorithm>

#include "eraudit/core/error.hpp"
#include "eraudit/expression/admission.hpp"
#include "eraudit/expression/detail/amount.hpp"
#include "eraudit/expression/detail/binding.hpp"
#include "eraudit/expression/evaluator.hpp"
#include "eraudit/expression/library/library.hpp"

namespace eraudit {
namespace detail {
namespace {

/// The column of an attribute, found by name: only dates bound a row in time.
template <class Kind, class Rows, class ColumnOf>
Times::Bound bound_by(const Network& network, const Kind& kind, const Rows& rows,
                      std::string_view name, const ColumnOf& column_of) {
  const auto id = kind.find(name);
  if (!id || kind.attributes[id->index].type != AttributeType::date) return {};
  return {column_of(*id), *id, kind.attributes[id->index].required, place_of(network, rows, *id)};
}

template <class Kind, class Rows, class ColumnOf>
Times times_by(const Network& network, const Kind& kind, const Rows& rows,
               const ColumnOf& column_of) {
  const auto bound = [&](std::string_view name) {
    return bound_by(network, kind, rows, name, column_of);
  };
  return {bound("on"), bound("since"), bound("until")};
}

/// A column nobody filled, for attributes that a table has no column for.
const Column* no_column() {
  static const Column empty;
  return &empty;
}

const Column* column_of(const EdgeTable& table, AttributeId id) {
  return id.index < table.columns.size() ? &table.columns[id.index] : no_column();
}

bool is_numeric(AttributeType type) {
  return type == AttributeType::integer || type == AttributeType::number ||
         type == AttributeType::money;
}

[[noreturn]] void refuse(const std::string& name) {
  throw Error(ErrorCode::bad_argument,
              "the network's schema is not the one the expression was checked with, nor an "
              "extension of it: '" +
                  name + "' differs");
}

/// The attribute a reference names, in the network's schema: an extension has it at the same place.
const Attribute& attribute_of(const AttributeReference& reference,
                              const AttributeReference::Member& member, const Schema& schema) {
  if (reference.of_edge) {
    if (member.kind < schema.edges().size()) {
      const EdgeKind& kind = schema.edge(EdgeKindId{member.kind});
      if (member.attribute.index < kind.attributes.size() &&
          kind.attributes[member.attribute.index].name == reference.name) {
        return kind.attributes[member.attribute.index];
      }
    }
  } else if (member.kind < schema.kinds().size()) {
    const NodeKind& kind = schema.kind(KindId{member.kind});
    if (member.attribute.index < kind.attributes.size() &&
        kind.attributes[member.attribute.index].name == reference.name) {
      return kind.attributes[member.attribute.index];
    }
  }
  refuse(reference.name);
}

BoundAttribute bind_attribute(const AttributeReference& reference, const Network& network) {
  BoundAttribute bound;
  bound.reference = &reference;
  bound.non_negative = !reference.members.empty();
  for (const AttributeReference::Member& member : reference.members) {
    const Attribute& attribute = attribute_of(reference, member, network.schema());
    bound.non_negative = bound.non_negative && attribute.non_negative && is_numeric(attribute.type);
    if (reference.of_edge) {
      for (const EdgeTable& table : network.tables()) {
        if (table.kind.index != member.kind) continue;
        const auto first = table.first;
        bound.rows.push_back({first, static_cast<std::uint32_t>(first + table.size()),
                              column_of(table, member.attribute), member.attribute, &attribute,
                              times_of(network, table).on,
                              place_of(network, table, member.attribute)});
      }
    } else {
      const KindId kind{member.kind};
      const auto nodes = network.nodes(kind);
      bound.rows.push_back({nodes.first, nodes.last, &network.column(kind, member.attribute),
                            member.attribute, &attribute, times_of(network, kind).on,
                            place_of(network, kind, member.attribute)});
    }
  }
  std::sort(bound.rows.begin(), bound.rows.end(),
            [](const AttributeRows& a, const AttributeRows& b) { return a.first < b.first; });
  return bound;
}

BoundList bind_list(const ListReference& reference, const Network& network) {
  BoundList bound;
  bound.reference = &reference;
  for (const ListReference::Member& member : reference.members) {
    const Schema& schema = network.schema();
    if (member.kind.index >= schema.kinds().size()) refuse(reference.name);
    const auto found = schema.find_list(member.kind, reference.name);
    if (!found || found->list != member.list || found->nodes != reference.nodes) {
      refuse(reference.name);
    }
    const auto nodes = network.nodes(member.kind);
    ListRows rows{nodes.first, nodes.last, member.list, {}};
    for (const std::uint16_t index : network.tables(member.kind, member.list)) {
      const EdgeTable& table = network.tables()[index];
      rows.parts.push_back(
          {&table, times_of(network, table), place_of(network, table, row_itself)});
    }
    std::sort(rows.parts.begin(), rows.parts.end(),
              [](const ListRows::Part& a, const ListRows::Part& b) {
                return a.table->first < b.table->first;
              });
    bound.rows.push_back(std::move(rows));
  }
  std::sort(bound.rows.begin(), bound.rows.end(),
            [](const ListRows& a, const ListRows& b) { return a.first < b.first; });
  return bound;
}

Fast fast_of(std::string_view name) {
  static constexpr std::pair<std::string_view, Fast> names[] = {
      {"_<_", Fast::less},    {"_<=_", Fast::less_equal},
      {"_>_", Fast::greater}, {"_>=_", Fast::greater_equal},
      {"_==_", Fast::equal},  {"_!=_", Fast::not_equal},
      {"_+_", Fast::add},     {"_-_", Fast::subtract},
      {"_*_", Fast::multiply}};
  for (const auto& [known, fast] : names) {
    if (known == name) return fast;
  }
  return Fast::none;
}

Sign sign_of_result(std::string_view name) {
  if (name == "abs" || name == "math.abs" || name == "size") return Sign::not_negative;
  for (const std::string_view known : {"_+_", "_*_", "_/_", "sum", "double", "dyn"}) {
    if (known == name) return Sign::kept;
  }
  return Sign::open;
}

/// Equality never fails; all else may meet operands that it has no overload for, if their types are
/// not known.
bool fails_on_dyn(std::string_view name) {
  for (const std::string_view known :
       {"_==_", "_!=_", "dyn", "type", "optional.of", "optional.ofNonZeroValue"}) {
    if (known == name) return false;
  }
  return true;
}

Instruction instruction_of(const Program& program, const Operation& operation) {
  Instruction instruction;
  instruction.op = operation.op;
  instruction.payload = operation.payload;
  instruction.count = operation.children;
  instruction.children = program.children.data() + operation.first_child;
  instruction.type = &operation.type;
  if (operation.op == Op::call) {
    const Builtin& builtin = builtins()[operation.payload];
    instruction.apply = builtin.apply;
    instruction.takes = builtin.takes;
    instruction.fails = builtin.fails;
    instruction.sign = sign_of_result(builtin.name);
    const auto children = program.children_of(operation);
    if (builtin.name == "matches" && program.operation(children.back()).op == Op::constant) {
      instruction.apply = matches_written;
    }
    if (operation.children == 2) instruction.fast = fast_of(builtin.name);
    if (const auto amount = constant_amount(program, operation)) {
      instruction.fast = Fast::amount;
      instruction.amount = *amount;
    }
    if (fails_on_dyn(builtin.name)) {
      for (const std::uint32_t child : program.children_of(operation)) {
        if (program.operation(child).type.is_dyn()) instruction.fails = Fails::sometimes;
      }
    }
  }
  return instruction;
}

/// Cells may not call tables themselves.
BoundTable bind_table(const TablePtr& table, const Network* network) {
  BoundTable bound;
  bound.table = table;
  for (const TableRow& row : table->rows()) {
    for (const TableCell& cell : row.output) {
      if (cell.state != TableCell::State::expression) continue;
      bound.cells.emplace_back(cell.program.get(), eraudit::bind(cell.program, network));
    }
  }
  std::sort(bound.cells.begin(), bound.cells.end(), [](const auto& a, const auto& b) {
    return std::less<const Program*>()(a.first, b.first);
  });
  return bound;
}

}  // namespace

Times times_of(const Network& network, KindId kind) {
  return times_by(network, network.schema().kind(kind), kind,
                  [&](AttributeId id) { return &network.column(kind, id); });
}

Times times_of(const Network& network, const EdgeTable& table) {
  return times_by(network, network.schema().edge(table.kind), table,
                  [&](AttributeId id) { return column_of(table, id); });
}

}  // namespace detail

BoundProgram bind(ProgramPtr program, const Network* network, std::span<const TablePtr> tables) {
  if (!program) throw Error(ErrorCode::bad_argument, "there is no program to bind");
  auto binding = std::make_shared<BoundProgram::Binding>();
  binding->instructions.reserve(program->operations.size());
  std::vector<bool> uses_table(tables.size());
  for (const Operation& operation : program->operations) {
    binding->instructions.push_back(detail::instruction_of(*program, operation));
    if (operation.op == Op::variable) {
      binding->slots = std::max(binding->slots, operation.payload + 1);
    }
    if (operation.op == Op::table) {
      if (operation.payload >= tables.size()) {
        throw Error(ErrorCode::bad_argument, "the expression uses a table that was not given");
      }
      uses_table[operation.payload] = true;
    }
  }
  if (!program->attributes.empty() || !program->lists.empty()) {
    if (network == nullptr) {
      throw Error(ErrorCode::bad_argument, "the expression reads a network, but there is none");
    }
    for (const AttributeReference& reference : program->attributes) {
      binding->attributes.push_back(detail::bind_attribute(reference, *network));
    }
    for (const ListReference& reference : program->lists) {
      binding->lists.push_back(detail::bind_list(reference, *network));
    }
    for (std::size_t id = 0; id < program->operations.size(); ++id) {
      auto cell = detail::CellComparison::of(*program, program->operations[id], binding->attributes,
                                             *network);
      if (cell == nullptr) continue;
      binding->instructions[id].cell = cell.get();
      binding->comparisons.push_back(std::move(cell));
    }
  }
  binding->tables.resize(tables.size());
  for (std::size_t index = 0; index < tables.size(); ++index) {
    if (uses_table[index]) binding->tables[index] = detail::bind_table(tables[index], network);
  }
  BoundProgram bound;
  bound.program_ = std::move(program);
  bound.network_ = network;
  bound.binding_ = std::move(binding);
  return bound;
}

}  // namespace eraudit
