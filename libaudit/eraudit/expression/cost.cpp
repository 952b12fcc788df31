#include "eraudit/expression/cost.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "eraudit/expression/detail/binding.hpp"
#include "eraudit/expression/detail/cost_of_calls.hpp"

namespace eraudit {
namespace {

using detail::larger;
using detail::list_of;
using detail::text_of;

/// An enumeration's value, a name of a kind.
constexpr double most_code_bytes = 64;
/// Text that is written in a rule, or made of a number.
constexpr double usual_text = 24;

ValueSize size_of(const Value& value) {
  switch (value.kind) {
    case ValueKind::text:
    case ValueKind::bytes:
      return text_of(Expected::of(value.size));
    case ValueKind::list: {
      ValueSize element;
      for (const Value& item : value.list->items) element = larger(element, size_of(item));
      return list_of(Expected::of(static_cast<double>(value.list->items.size())),
                     std::move(element));
    }
    case ValueKind::map: {
      ValueSize element;
      for (const Value& item : value.map->values) element = larger(element, size_of(item));
      return list_of(Expected::of(static_cast<double>(value.map->keys.size())), std::move(element));
    }
    default:
      return {};
  }
}

class Costing {
 public:
  Costing(const BoundProgram& bound, std::span<const ValueSize> variables, NetworkSizes& sizes,
          const Limits& limits)
      : program_(bound.program()),
        binding_(bound.binding()),
        variables_(variables),
        sizes_(sizes),
        limits_(limits),
        locals_(program_.locals) {}

  ExpressionCost result() {
    ExpressionCost cost;
    cost.result = visit(program_.root, cost.steps);
    cost.parts = std::move(parts_);
    return cost;
  }

 private:
  /// Adds the steps of an operation and returns how large its value is.
  ValueSize visit(std::uint32_t id, Expected& steps) {
    const Operation& operation = program_.operation(id);
    const auto children = program_.children_of(operation);
    steps += Expected::of(1);
    switch (operation.op) {
      case Op::constant:
        return size_of(program_.constants[operation.payload]);
      case Op::variable:
        return operation.payload < variables_.size() ? variables_[operation.payload] : ValueSize();
      case Op::local:
        return locals_[operation.payload];
      case Op::attribute:
        visit(children[0], steps);
        return of_attribute(binding_.attributes[operation.payload], steps);
      case Op::list:
        visit(children[0], steps);
        return of_list(binding_.lists[operation.payload], steps);
      case Op::identity:
        visit(children[0], steps);
        return text_of({usual_text, static_cast<double>(limits_.identifier_bytes)});
      case Op::select:
      case Op::has_select:
      case Op::optional_select:
      case Op::index:
        return of_entry(children, steps);
      case Op::make_list:
      case Op::make_map:
        return of_literal(operation, children, steps);
      case Op::conditional: {
        visit(children[0], steps);
        // Of an unknown condition both are tried.
        const ValueSize one = visit(children[1], steps);
        return larger(one, visit(children[2], steps));
      }
      case Op::call: {
        std::vector<ValueSize> operands;
        for (const std::uint32_t child : children) operands.push_back(visit(child, steps));
        const detail::CallCost call = detail::cost_of_call(
            {builtins()[operation.payload].name, program_, children, operands, limits_});
        steps += call.steps;
        return call.result;
      }
      case Op::table:
        return of_table(binding_.tables[operation.payload], children, steps);
      case Op::comprehension:
        return of_loop(operation, children, steps);
      default: {
        ValueSize size;
        for (const std::uint32_t child : children) size = larger(size, visit(child, steps));
        return operation.op == Op::optional_entry ? size : ValueSize();
      }
    }
  }

  ValueSize of_attribute(const detail::BoundAttribute& attribute, Expected& steps) {
    ValueSize size;
    for (const detail::AttributeRows& rows : attribute.rows) {
      if (rows.column->empty()) continue;
      switch (rows.column->type) {
        case AttributeType::text:
          size = larger(size, text_of(sizes_.text()));
          break;
        case AttributeType::enumeration:
          size = larger(size, text_of({usual_text, most_code_bytes}));
          break;
        case AttributeType::text_list:
        case AttributeType::enumeration_list: {
          const bool codes = rows.column->type == AttributeType::enumeration_list;
          size = larger(size, list_of(sizes_.listed(*rows.column),
                                      text_of(codes ? Expected{usual_text, most_code_bytes}
                                                    : sizes_.text())));
          break;
        }
        default:
          break;
      }
    }
    steps += size.items;
    return size;
  }

  ValueSize of_list(const detail::BoundList& list, Expected& steps) {
    Expected edges;
    for (const detail::ListRows& rows : list.rows) {
      if (rows.first == rows.last) continue;
      const Expected here = sizes_.edges(sizes_.network().kind(NodeId{rows.first}), rows.list);
      edges = {std::max(edges.typical, here.typical), std::max(edges.most, here.most)};
    }
    steps += edges;
    return list_of(edges, {});
  }

  ValueSize of_entry(std::span<const std::uint32_t> children, Expected& steps) {
    const ValueSize whole = visit(children[0], steps);
    ValueSize key;
    if (children.size() > 1) key = visit(children[1], steps);
    // Of a map its keys are looked through.
    steps += whole.items * ((8 + key.bytes.most / 8) / 64);
    return whole.element ? *whole.element : ValueSize{{}, whole.bytes, {}};
  }

  ValueSize of_literal(const Operation& operation, std::span<const std::uint32_t> children,
                       Expected& steps) {
    const bool map = operation.op == Op::make_map;
    ValueSize element;
    double key_bytes = 0;
    for (std::size_t index = 0; index < children.size(); ++index) {
      const ValueSize one = visit(children[index], steps);
      if (map && index % 2 == 0) {
        key_bytes = std::max(key_bytes, one.bytes.most);
      } else {
        element = larger(element, one);
      }
    }
    const double count = static_cast<double>(children.size()) / (map ? 2 : 1);
    steps += Expected::of(map ? count * count * (8 + key_bytes / 8) / 64 : count / 8);
    return list_of(Expected::of(count), std::move(element));
  }

  ValueSize of_table(const detail::BoundTable& bound, std::span<const std::uint32_t> children,
                     Expected& steps) {
    constexpr double most_combinations = 256;
    for (const std::uint32_t child : children) {
      steps += visit(child, steps).bytes * (1.0 / 16);
    }
    if (bound.table == nullptr) return {};
    const auto find = static_cast<double>(bound.table->find_steps());
    steps += {find, find * most_combinations};
    steps.most += static_cast<double>(children.size() * bound.table->rows().size());
    Expected cell;
    for (const auto& [program, ready] : bound.cells) {
      const Expected one = expected_cost(ready, {}, sizes_, limits_).steps;
      cell = {std::max(cell.typical, one.typical), std::max(cell.most, one.most)};
    }
    steps += cell * static_cast<double>(bound.table->output().fields().size());
    ValueSize record;
    record.element = std::make_shared<ValueSize>(text_of({usual_text, 4096}));
    return record;
  }

  ValueSize of_loop(const Operation& operation, std::span<const std::uint32_t> children,
                    Expected& steps) {
    const Comprehension& what = program_.comprehensions[operation.payload];
    const ValueSize range = visit(children[0], steps);
    if (what.macro == Macro::bind) {
      locals_[what.first_local] = range;
      return visit(children[1], steps);
    }
    const ValueSize element = range.element ? *range.element : ValueSize();
    if (what.macro >= Macro::optional_or) {
      if (what.macro >= Macro::optional_map) {
        locals_[what.first_local] = range.element ? element : range;
      }
      return larger(range, visit(children[1], steps));
    }
    // The first of two variables is the place or the key, and so is the only one of a map.
    const bool of_keys = program_.operation(children[0]).type.is(TypeKind::map);
    const ValueSize key = text_of({usual_text, static_cast<double>(limits_.identifier_bytes)});
    locals_[what.first_local] = what.two_variables || of_keys ? key : element;
    if (what.two_variables) locals_[what.first_local + 1] = element;

    // Once more for elements that nobody has said yet.
    const Expected turns{range.items.typical, range.items.most + 1};
    const Expected outer = times_;
    times_ = times_ * turns;
    lengths_.push_back(range.items.most);
    const std::size_t number = parts_.size();
    parts_.push_back({&program_, operation.span, lengths_, 0});
    Expected turn;
    ValueSize made;
    for (std::size_t part = 1; part < children.size(); ++part) {
      made = visit(children[part], turn);
    }
    lengths_.pop_back();
    times_ = outer;

    Expected all = turn * turns;
    ValueSize result;
    switch (what.macro) {
      case Macro::map:
      case Macro::map_if:
        result = list_of(turns, std::move(made));
        break;
      case Macro::filter:
        result = list_of(turns, element);
        break;
      case Macro::transform_map:
      case Macro::transform_map_entry: {
        const bool entries = what.macro == Macro::transform_map_entry;
        const Expected count = entries ? turns * std::max(1.0, made.items.most) : turns;
        all += count * count * (1.0 / 8);
        if (entries && made.element) {
          result = list_of(count, *made.element);
        } else {
          result = list_of(count, std::move(made));
        }
        break;
      }
      case Macro::sort_by:
        all += detail::cost_of_sorting(turns, made.bytes);
        result = list_of(turns, element);
        break;
      default:
        break;
    }
    parts_[number].steps = all.most * outer.most;
    steps += all;
    return result;
  }

  const Program& program_;
  const BoundProgram::Binding& binding_;
  std::span<const ValueSize> variables_;
  NetworkSizes& sizes_;
  const Limits& limits_;
  std::vector<ValueSize> locals_;
  Expected times_ = Expected::of(1);  ///< that the loops around turn
  std::vector<double> lengths_;       ///< of their lists
  std::vector<CostlyPart> parts_;
};

}  // namespace

Expected NetworkSizes::edges(KindId kind, ListId list) {
  const auto [at, is_new] =
      edges_.try_emplace({kind.index, {list.edge.index, list.side}}, Expected());
  if (!is_new) return at->second;
  const auto nodes = network_->nodes(kind);
  std::uint64_t sum = 0;
  std::uint64_t most = 0;
  const auto tables = network_->tables(kind, list);
  for (std::size_t node = 0; node < nodes.size() && !tables.empty(); ++node) {
    std::uint64_t here = 0;
    for (const std::uint16_t index : tables) {
      const EdgeTable& table = network_->tables()[index];
      const auto& offsets = list.side == Side::from ? table.out_offsets : table.in_offsets;
      here += offsets[node + 1] - offsets[node];
    }
    sum += here;
    most = std::max(most, here);
  }
  if (nodes.size() > 0) {
    at->second = {static_cast<double>(sum) / static_cast<double>(nodes.size()),
                  static_cast<double>(most)};
  }
  return at->second;
}

Expected NetworkSizes::listed(const Column& column) {
  const auto [at, is_new] = listed_.try_emplace(&column, Expected());
  if (!is_new || column.list_offsets.size() < 2) return at->second;
  std::uint32_t most = 0;
  for (std::size_t row = 1; row < column.list_offsets.size(); ++row) {
    most = std::max(most, column.list_offsets[row] - column.list_offsets[row - 1]);
  }
  at->second = {static_cast<double>(column.list_offsets.back()) /
                    static_cast<double>(column.list_offsets.size() - 1),
                static_cast<double>(most)};
  return at->second;
}

Expected NetworkSizes::text() {
  if (text_) return *text_;
  const StringPool& pool = network_->strings();
  std::uint64_t sum = 0;
  std::size_t most = 0;
  for (std::size_t code = 0; code < pool.size(); ++code) {
    const std::size_t size = pool.at(static_cast<std::uint32_t>(code)).size();
    sum += size;
    most = std::max(most, size);
  }
  text_ =
      Expected{pool.size() == 0 ? 0.0 : static_cast<double>(sum) / static_cast<double>(pool.size()),
               static_cast<double>(most)};
  return *text_;
}

ExpressionCost expected_cost(const BoundProgram& program, std::span<const ValueSize> variables,
                             NetworkSizes& sizes, const Limits& limits) {
  return Costing(program, variables, sizes, limits).result();
}

}  // namespace eraudit
