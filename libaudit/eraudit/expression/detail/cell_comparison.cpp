#include "eraudit/expression/detail/cell_comparison.hpp"

#include <algorithm>
#include <string_view>

#include "eraudit/expression/builtin.hpp"
#include "eraudit/expression/detail/amount.hpp"
#include "eraudit/expression/detail/binding.hpp"

namespace eraudit::detail {
namespace {

constexpr std::string_view membership = "_in_";

struct Relation {
  std::string_view name;
  unsigned truths;
  unsigned mirrored;  ///< with the constant on the left
};
constexpr Relation relations[] = {
    {"_<_", is_less, is_greater},
    {"_<=_", is_less | is_equal, is_greater | is_equal},
    {"_>_", is_greater, is_less},
    {"_>=_", is_greater | is_equal, is_less | is_equal},
    {"_==_", is_equal, is_equal},
    {"_!=_", is_less | is_greater | is_unordered, is_less | is_greater | is_unordered},
};

const Relation* find_relation(std::string_view name) {
  for (const Relation& one : relations) {
    if (one.name == name) return &one;
  }
  return nullptr;
}

const Value* constant_of(const Program& program, const Operation& operation) {
  return operation.op == Op::constant ? &program.constants[operation.payload] : nullptr;
}

}  // namespace

bool CellComparison::take_constant(const Program& program, const Operation& with,
                                   AttributeType type) {
  if (type == AttributeType::money) {
    cells_ = Cells::amounts;
    if (const auto amount = constant_amount(program, with)) {
      ++steps_;  // the text in it
      integer_ = amount->minor;
      currency_ = amount->currency;
      return true;
    }
    const Value* const zero = constant_of(program, with);
    return zero != nullptr && ((zero->is(ValueKind::integer) && zero->integer == 0) ||
                               (zero->is(ValueKind::number) && zero->number == 0));
  }
  if (type == AttributeType::date && with.op == Op::as_of) {
    cells_ = Cells::days;
    with_as_of_ = true;
    return true;
  }
  const Value* const constant = constant_of(program, with);
  if (constant == nullptr) return false;
  integer_ = constant->is(ValueKind::number) ? 0 : constant->integer;
  number_ =
      constant->is(ValueKind::integer) ? static_cast<double>(constant->integer) : constant->number;
  switch (type) {
    case AttributeType::integer:
      cells_ = constant->is(ValueKind::integer) ? Cells::integers : Cells::integers_as_numbers;
      return constant->is(ValueKind::integer) || constant->is(ValueKind::number);
    case AttributeType::number:
      cells_ = Cells::numbers;
      return constant->is(ValueKind::integer) || constant->is(ValueKind::number);
    case AttributeType::date:
      cells_ = Cells::days;
      return constant->is(ValueKind::date);
    default:
      return false;
  }
}

bool CellComparison::take_texts(const Value& constant, bool list, const BoundAttribute& attribute,
                                const Network& network) {
  std::vector<std::string_view> texts;
  if (list) {
    if (!constant.is(ValueKind::list) || !constant.is_whole()) return false;
    for (const Value& item : constant.list->items) {
      if (item.is(ValueKind::text)) texts.push_back(item.as_text());  // nothing else equals a text
    }
    steps_ += constant.list->items.size();
  } else {
    if (!constant.is(ValueKind::text)) return false;
    texts.push_back(constant.as_text());
  }
  cells_ = Cells::codes;
  for (std::size_t part = 0; part < parts_.size(); ++part) {
    const Attribute& described = *attribute.rows[part].attribute;
    std::vector<std::uint32_t> codes;
    for (const std::string_view text : texts) {
      const auto code = described.type == AttributeType::enumeration ? described.find_value(text)
                                                                     : network.strings().find(text);
      if (code) codes.push_back(*code);
    }
    parts_[part].codes = CodeSet(std::move(codes));
  }
  return true;
}

std::unique_ptr<const CellComparison> CellComparison::of(const Program& program,
                                                         const Operation& operation,
                                                         const std::vector<BoundAttribute>& bound,
                                                         const Network& network) {
  if (operation.op != Op::call || operation.children != 2) return nullptr;
  const std::string_view name = builtins()[operation.payload].name;
  const Relation* const relation = find_relation(name);
  if (relation == nullptr && name != membership) return nullptr;
  const auto operands = program.children_of(operation);
  const auto is_cell = [&](std::uint32_t id) { return program.operation(id).op == Op::attribute; };
  const bool mirrored = !is_cell(operands[0]);
  if (mirrored && (relation == nullptr || !is_cell(operands[1]))) return nullptr;
  const std::uint32_t cell_id = operands[mirrored ? 1 : 0];
  const Operation& cell = program.operation(cell_id);
  const Operation& with = program.operation(operands[mirrored ? 0 : 1]);
  const Operation& object = program.operation(program.children_of(cell)[0]);
  if (object.op != Op::variable && object.op != Op::local) return nullptr;

  const BoundAttribute& attribute = bound[cell.payload];
  if (attribute.rows.empty()) return nullptr;
  const AttributeType type = attribute.rows[0].attribute->type;
  auto made = std::make_unique<CellComparison>();
  made->kind_ = attribute.reference->of_edge ? ValueKind::edge : ValueKind::node;
  made->of_local_ = object.op == Op::local;
  made->object_ = object.payload;
  made->last_operation_ = static_cast<std::uint32_t>(&operation - program.operations.data());
  made->steps_ = 3;  // the cell, its node or edge, the constant
  for (const AttributeRows& rows : attribute.rows) {
    if (rows.attribute->type != type) return nullptr;
    made->parts_.push_back({rows.first, rows.last - rows.first, rows.column, {}});
  }
  if (type == AttributeType::text || type == AttributeType::enumeration) {
    const bool equality = name == "_==_" || name == "_!=_";
    const Value* const constant = constant_of(program, with);
    if (constant == nullptr || (!equality && name != membership)) return nullptr;
    made->negated_ = name == "_!=_";
    if (!made->take_texts(*constant, !equality, attribute, network)) return nullptr;
    return made;
  }
  if (relation == nullptr || !made->take_constant(program, with, type)) return nullptr;
  made->truths_ = mirrored ? relation->mirrored : relation->truths;
  return made;
}

}  // namespace eraudit::detail
