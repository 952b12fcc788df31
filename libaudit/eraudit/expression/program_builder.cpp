#include "eraudit/expression/detail/program_builder.hpp"

#include <cmath>
#include <utility>

#include "eraudit/core/date.hpp"

namespace eraudit::detail {
namespace {

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
  // FNV-1a over words, finished by a multiplication that spreads high bits.
  hash = (hash ^ value) * 0x9E3779B97F4A7C15ull;
  return hash ^ (hash >> 29);
}

std::uint64_t hash_of(const Value& value) {
  std::uint64_t hash = mix(0, static_cast<std::uint64_t>(value.kind));
  if (value.is(ValueKind::text) || value.is(ValueKind::bytes)) {
    return mix(hash, std::hash<std::string_view>()(value.as_text()));
  }
  hash = mix(hash, value.code);
  hash = mix(hash, value.size);
  return mix(hash, value.uinteger);
}

/// The same constant, bit by bit: 0.0 and -0.0 are two.
bool same(const Value& a, const Value& b) {
  if (a.kind != b.kind || a.code != b.code || a.size != b.size || a.flags != b.flags) return false;
  if (a.is(ValueKind::text) || a.is(ValueKind::bytes)) return a.as_text() == b.as_text();
  return a.uinteger == b.uinteger;
}

/// Storage of a constant list or map.
struct ConstantList {
  std::vector<Value> items;
  ListData data;
};
struct ConstantMap {
  std::vector<Value> keys;
  std::vector<Value> values;
  MapData data;
};

/// What operators can be given when a program is made: it cannot wait, and needs no arena.
bool is_plain(const Value& value) {
  switch (value.kind) {
    case ValueKind::boolean:
    case ValueKind::integer:
    case ValueKind::uinteger:
    case ValueKind::number:
    case ValueKind::date:
      return true;
    default:
      return false;
  }
}

}  // namespace

const Value* ProgramBuilder::constant_of(std::uint32_t id) const {
  const Operation& operation = program_->operations[id];
  return operation.op == Op::constant ? &program_->constants[operation.payload] : nullptr;
}

std::uint32_t ProgramBuilder::add(Op op, std::uint32_t payload,
                                  std::span<const std::uint32_t> children, const Type& type,
                                  Span span) {
  Operation operation;
  operation.op = op;
  operation.payload = payload;
  operation.first_child = static_cast<std::uint32_t>(program_->children.size());
  operation.children = static_cast<std::uint32_t>(children.size());
  operation.span = span;
  operation.type = type;
  program_->children.insert(program_->children.end(), children.begin(), children.end());
  program_->operations.push_back(std::move(operation));
  return static_cast<std::uint32_t>(program_->operations.size() - 1);
}

std::uint32_t ProgramBuilder::constant(Value value, const Type& type, Span span) {
  const std::uint64_t hash = hash_of(value);
  const auto [first, last] = ids_.equal_range(hash);
  for (auto at = first; at != last; ++at) {
    const Value* const other = constant_of(at->second);
    if (other != nullptr && same(*other, value)) return at->second;
  }
  const auto payload = static_cast<std::uint32_t>(program_->constants.size());
  program_->constants.push_back(value);
  const std::uint32_t id = add(Op::constant, payload, {}, type, span);
  ids_.emplace(hash, id);
  return id;
}

std::uint32_t ProgramBuilder::emit(Op op, std::uint32_t payload,
                                   std::span<const std::uint32_t> children, const Type& type,
                                   Span span) {
  if (const auto folded = fold(op, payload, children, type, span)) return *folded;
  std::uint64_t hash = mix(static_cast<std::uint64_t>(op) + 1, payload);
  for (const std::uint32_t child : children) hash = mix(hash, child);
  const auto [first, last] = ids_.equal_range(hash);
  for (auto at = first; at != last; ++at) {
    const Operation& other = program_->operations[at->second];
    const auto others = program_->children_of(other);
    if (other.op == op && other.payload == payload &&
        std::equal(children.begin(), children.end(), others.begin(), others.end()) &&
        // Locals are numbered by nesting: the same number can stand for elements of other lists.
        (op != Op::local || other.type == type)) {
      return at->second;
    }
  }
  const std::uint32_t id = add(op, payload, children, type, span);
  ids_.emplace(hash, id);
  return id;
}

std::uint32_t ProgramBuilder::fail(std::string message, Span span) {
  program_->names.push_back(std::move(message));
  return add(Op::fail, static_cast<std::uint32_t>(program_->names.size() - 1), {}, TypeKind::error,
             span);
}

std::uint32_t ProgramBuilder::name(std::string_view name) {
  const auto [found, is_new] =
      names_.emplace(name, static_cast<std::uint32_t>(program_->names.size()));
  if (is_new) program_->names.emplace_back(name);
  return found->second;
}

std::uint32_t ProgramBuilder::attribute(AttributeReference reference) {
  const auto equal = [&](const AttributeReference& other) {
    if (other.name != reference.name || other.of_edge != reference.of_edge ||
        other.members.size() != reference.members.size()) {
      return false;
    }
    for (std::size_t i = 0; i < other.members.size(); ++i) {
      if (other.members[i].kind != reference.members[i].kind) return false;
    }
    return true;
  };
  for (std::size_t i = 0; i < program_->attributes.size(); ++i) {
    if (equal(program_->attributes[i])) return static_cast<std::uint32_t>(i);
  }
  program_->attributes.push_back(std::move(reference));
  return static_cast<std::uint32_t>(program_->attributes.size() - 1);
}

std::uint32_t ProgramBuilder::list(ListReference reference) {
  const auto equal = [&](const ListReference& other) {
    if (other.name != reference.name || other.members.size() != reference.members.size()) {
      return false;
    }
    for (std::size_t i = 0; i < other.members.size(); ++i) {
      if (other.members[i].kind != reference.members[i].kind) return false;
    }
    return true;
  };
  for (std::size_t i = 0; i < program_->lists.size(); ++i) {
    if (equal(program_->lists[i])) return static_cast<std::uint32_t>(i);
  }
  program_->lists.push_back(std::move(reference));
  return static_cast<std::uint32_t>(program_->lists.size() - 1);
}

std::uint32_t ProgramBuilder::comprehension(Comprehension comprehension) {
  for (std::size_t i = 0; i < program_->comprehensions.size(); ++i) {
    const Comprehension& other = program_->comprehensions[i];
    if (other.macro == comprehension.macro && other.first_local == comprehension.first_local &&
        other.two_variables == comprehension.two_variables) {
      return static_cast<std::uint32_t>(i);
    }
  }
  program_->comprehensions.push_back(comprehension);
  return static_cast<std::uint32_t>(program_->comprehensions.size() - 1);
}

std::optional<std::uint32_t> ProgramBuilder::fold(Op op, std::uint32_t payload,
                                                  std::span<const std::uint32_t> children,
                                                  const Type& type, Span span) {
  const auto boolean = [&](std::uint32_t id) -> std::optional<bool> {
    const Value* const value = constant_of(id);
    if (value == nullptr || !value->is(ValueKind::boolean)) return std::nullopt;
    return value->boolean;
  };
  switch (op) {
    case Op::not_:
      if (const auto value = boolean(children[0])) return constant(Value::of(!*value), type, span);
      return std::nullopt;
    case Op::conditional:
      if (const auto value = boolean(children[0])) return children[*value ? 1 : 2];
      return std::nullopt;
    case Op::and_:
    case Op::or_:
      // One operand decides, whatever becomes of the others.
      for (const std::uint32_t child : children) {
        const auto value = boolean(child);
        if (value && *value == (op == Op::or_)) return child;
      }
      return std::nullopt;
    case Op::make_list: {
      auto list = std::make_shared<ConstantList>();
      for (const std::uint32_t child : children) {
        const Value* const value = constant_of(child);
        if (value == nullptr) return std::nullopt;
        list->items.push_back(*value);
      }
      list->data.items = list->items;
      Value value = Value::make(ValueKind::list);
      value.list = &list->data;
      program_->owned.push_back(std::move(list));
      return constant(value, type, span);
    }
    case Op::make_map:
      return fold_map(children, type, span);
    case Op::call:
      return fold_call(payload, children, type, span);
    default:
      return std::nullopt;
  }
}

/// Keys of one kind that are all different: a duplicate or a bad key is an error when it is
/// evaluated.
std::optional<std::uint32_t> ProgramBuilder::fold_map(std::span<const std::uint32_t> children,
                                                      const Type& type, Span span) {
  constexpr std::size_t largest = 512;  // the comparison below is quadratic
  if (children.size() > 2 * largest) return std::nullopt;
  auto map = std::make_shared<ConstantMap>();
  for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
    const Value* const key = constant_of(children[i]);
    const Value* const value = constant_of(children[i + 1]);
    if (key == nullptr || value == nullptr) return std::nullopt;
    const bool fine = key->is(ValueKind::text) || key->is(ValueKind::integer) ||
                      key->is(ValueKind::uinteger) || key->is(ValueKind::boolean);
    if (!fine || (i != 0 && key->kind != map->keys[0].kind)) return std::nullopt;
    for (const Value& other : map->keys) {
      if (same(other, *key)) return std::nullopt;
    }
    map->keys.push_back(*key);
    map->values.push_back(*value);
  }
  map->data.keys = map->keys;
  map->data.values = map->values;
  Value value = Value::make(ValueKind::map);
  value.map = &map->data;
  program_->owned.push_back(std::move(map));
  return constant(value, type, span);
}

std::optional<std::uint32_t> ProgramBuilder::fold_call(std::uint32_t builtin,
                                                       std::span<const std::uint32_t> children,
                                                       const Type& type, Span span) {
  const std::string_view name = builtins()[builtin].name;
  if (const auto result = computed(builtins()[builtin], children)) {
    return constant(*result, type, span);
  }
  if (children.size() == 1) {
    const Value* const value = constant_of(children[0]);
    if (value == nullptr) return std::nullopt;
    if (name == "double" && value->is(ValueKind::text)) {
      // Written in an expression they are meant; in data they say that a number is missing.
      const std::string_view text = value->as_text();
      if (text == "NaN") return constant(Value::of(std::nan("")), type, span);
      if (text == "Infinity") return constant(Value::of(HUGE_VAL), type, span);
      if (text == "-Infinity") return constant(Value::of(-HUGE_VAL), type, span);
    }
    if (name == "date" && value->is(ValueKind::text)) {
      const auto date = parse_date(value->as_text());
      if (date) return constant(Value::of(*date), type, span);
    }
    return std::nullopt;
  }
  return std::nullopt;
}

/// An operator on constants, as it comes out when it is evaluated; nothing if that is an error.
std::optional<Value> ProgramBuilder::computed(const Builtin& builtin,
                                              std::span<const std::uint32_t> children) {
  if (builtin.name.front() != '_' && builtin.name.front() != '-') return std::nullopt;
  std::vector<Value> operands;
  for (const std::uint32_t child : children) {
    const Value* const value = constant_of(child);
    const bool fine = value != nullptr && (is_plain(*value) || value->is(ValueKind::text) ||
                                           value->is(ValueKind::list));
    if (!fine) return std::nullopt;
    operands.push_back(*value);
  }
  if (!evaluator_) evaluator_ = std::make_unique<Evaluator>(nullptr, EvaluationContext{});
  evaluator_->begin();
  const Value result = builtin.apply(*evaluator_, operands);
  return is_plain(result) ? std::optional(result) : std::nullopt;
}

std::shared_ptr<Program> ProgramBuilder::finish(std::uint32_t root) {
  Program& program = *program_;
  std::vector<bool> needed(program.operations.size());
  needed[root] = true;
  for (std::uint32_t id = root + 1; id-- > 0;) {
    if (!needed[id]) continue;
    for (const std::uint32_t child : program.children_of(program.operations[id])) {
      needed[child] = true;
    }
  }
  std::vector<std::uint32_t> moved(program.operations.size());
  std::vector<Operation> operations;
  std::vector<std::uint32_t> all_children;
  for (std::uint32_t id = 0; id <= root; ++id) {
    if (!needed[id]) continue;
    Operation operation = std::move(program.operations[id]);
    const auto first = static_cast<std::uint32_t>(all_children.size());
    for (std::uint32_t i = 0; i < operation.children; ++i) {
      all_children.push_back(moved[program.children[operation.first_child + i]]);
    }
    operation.first_child = first;
    moved[id] = static_cast<std::uint32_t>(operations.size());
    operations.push_back(std::move(operation));
  }
  program.operations = std::move(operations);
  program.children = std::move(all_children);
  program.root = moved[root];
  return std::move(program_);
}

}  // namespace eraudit::detail
