#include "eraudit/rules/detail/condition_key.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "eraudit/core/file.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/expression/builtin.hpp"

namespace eraudit::rules_detail {
namespace {

constexpr std::size_t longest_key = 4096;
constexpr std::size_t deepest_key = 1000;

const Let* let_of(const Rule& rule, Slot slot) {
  const auto found = std::find_if(rule.lets.begin(), rule.lets.end(),
                                  [&](const Let& let) { return let.slot == slot; });
  return found == rule.lets.end() ? nullptr : &*found;
}

std::string without_blanks(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\t' && c != '\r') out += c;
  }
  return out;
}

std::string join(std::string_view sign, const std::vector<std::string>& parts) {
  std::string out = "(";
  for (const std::string& part : parts) {
    if (out.size() > 1) out.append(" ").append(sign).append(" ");
    out += part;
  }
  return out + ")";
}

std::string constant(const Part& part) {
  const Value& value = part.program->constants[part.get().payload];
  switch (value.kind) {
    case ValueKind::boolean:
      return value.boolean ? "true" : "false";
    case ValueKind::integer:
      return std::to_string(value.integer);
    case ValueKind::number:
      return to_text(value.number);
    case ValueKind::text:
      return "'" + std::string(value.as_text()) + "'";
    case ValueKind::date:
      return to_text(value.as_date());
    default:
      return without_blanks(part.program->text_of(part.get()));
  }
}

std::string variable(const Rule& rule, Slot slot) {
  if (slot == rule.subject_slot) return "$subject";
  if (const Let* let = let_of(rule, slot)) {  // of a pattern: the others have a definition
    return (let->counts ? "count(" : "exists(") + without_blanks(let->pattern->text().text) + ")";
  }
  if (rule.match) {
    for (const PatternVariable& variable : rule.match->variables()) {
      if (variable.slot == slot) return "$" + variable.name;
    }
  }
  return "$slot" + std::to_string(slot);
}

std::string call(std::string_view name, std::vector<std::string> operands) {
  if (name == "_==_" || name == "_!=_") std::sort(operands.begin(), operands.end());
  if (name == "_>_" || name == "_>=_") {
    std::swap(operands[0], operands[1]);
    name = name == "_>_" ? "_<_" : "_<=_";
  }
  return std::string(name) + join(",", operands);
}

}  // namespace

Part definition_of(const Rule& rule, Part part) {
  while (part.get().op == Op::variable) {
    const Let* const let = let_of(rule, part.get().payload);
    if (let == nullptr || !let->program) break;
    part = {let->program.get(), let->program->root, part.shift};
  }
  return part;
}

const std::string& ConditionKeys::of(Part part) {
  part = definition_of(rule_, part);
  const std::tuple at(part.program, part.operation, part.shift);
  const auto known = made_.find(at);
  if (known != made_.end()) return known->second;
  ++depth_;
  std::string key = depth_ > deepest_key
                        ? "too deep " + std::to_string(++too_deep_) + " " + rule_.id
                        : make(part);
  --depth_;
  if (key.size() > longest_key) key = sha256(key);
  return made_.emplace(at, std::move(key)).first->second;
}

std::string ConditionKeys::make(const Part& part) {
  const Operation& operation = part.get();
  std::vector<std::string> operands;
  for (std::uint32_t index = 0; index < operation.children; ++index) {
    operands.push_back(of(part.child(index)));
  }
  const Program& program = *part.program;
  std::string key;
  switch (operation.op) {
    case Op::constant:
      key = constant(part);
      break;
    case Op::variable:
      key = variable(rule_, operation.payload);
      break;
    case Op::as_of:
      key = "as_of";
      break;
    case Op::local:
      key = "$" + std::to_string(operation.payload + part.shift) + ";";
      break;
    case Op::attribute:
      key = operands[0] + "." + program.attributes[operation.payload].name;
      break;
    case Op::has_attribute:
      key = "has(" + operands[0] + "." + program.attributes[operation.payload].name + ")";
      break;
    case Op::list:
      key = operands[0] + "." + program.lists[operation.payload].name;
      break;
    case Op::edge_end:
      key = operands[0] + (operation.payload == 0 ? ".from" : ".to");
      break;
    case Op::identity:
      key = operands[0] + (operation.payload == 0 ? ".id" : ".kind");
      break;
    case Op::select:
      key = operands[0] + "." + program.names[operation.payload];
      break;
    case Op::has_select:
      key = "has(" + operands[0] + "." + program.names[operation.payload] + ")";
      break;
    case Op::optional_select:
      key = operands[0] + ".?" + program.names[operation.payload];
      break;
    case Op::optional_entry:
      key = "?" + operands[0];
      break;
    case Op::index:
      key = operands[0] + (operation.payload == 0 ? "[" : "[?") + operands[1] + "]";
      break;
    case Op::and_:
    case Op::or_:
      std::sort(operands.begin(), operands.end());
      key = join(operation.op == Op::and_ ? "&&" : "||", operands);
      break;
    case Op::not_:
      key = "!" + operands[0];
      break;
    case Op::conditional:
      key = join("?:", operands);
      break;
    case Op::make_list:
      key = "list" + join(",", operands);
      break;
    case Op::make_map:
      key = "map" + join(",", operands);
      break;
    case Op::call:
      key = call(builtins()[operation.payload].name, std::move(operands));
      break;
    case Op::table:
      key = "table " + rule_.tables[operation.payload]->name() + join(",", operands);
      break;
    case Op::comprehension: {
      const Comprehension& what = program.comprehensions[operation.payload];
      key = "macro" + std::to_string(static_cast<int>(what.macro)) + "$" +
            std::to_string(what.first_local + part.shift) + ";" + join(",", operands);
      break;
    }
    case Op::fail:
      key = "fail";
      break;
  }
  return key;
}

std::vector<std::string> ConditionKeys::of_operands(Part part) {
  part = definition_of(rule_, part);
  std::vector<std::string> keys;
  if (part.get().op == Op::and_ || part.get().op == Op::or_) {
    for (std::uint32_t index = 0; index < part.get().children; ++index) {
      keys.push_back(of(part.child(index)));
    }
  } else {
    keys.push_back(of(part));
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

}  // namespace eraudit::rules_detail
