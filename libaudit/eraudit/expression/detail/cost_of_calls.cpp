#include "eraudit/expression/detail/cost_of_calls.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <re2/re2.h>

namespace eraudit::detail {
namespace {

/// The parts of a value, and those within them.
Expected parts(const ValueSize& size) {
  Expected all = size.items;
  if (size.element) all += size.items * parts(*size.element);
  return all;
}

Expected bytes(const ValueSize& size) {
  Expected all = size.bytes;
  if (size.element) all += size.items * bytes(*size.element);
  return all;
}

Expected element_bytes(const ValueSize& size) {
  return size.element ? size.element->bytes : Expected();
}

/// To go through values, as comparing, adding up, describing and waiting for them do.
Expected going_through(std::span<const ValueSize> operands) {
  Expected all = Expected::of(2);
  for (const ValueSize& operand : operands) all += parts(operand) * 4 + bytes(operand) * 0.25;
  return all;
}

Expected comparing(const ValueSize& a, const ValueSize& b) {
  const Expected both = parts(a) + parts(b);
  return Expected::of(1) + both + (bytes(a) + bytes(b)) * (1.0 / 64);
}

Expected searching(const ValueSize& text, const ValueSize& part) {
  return text.bytes * ((part.bytes.most + 64) / 1024);
}

const Value* constant(const Call& call, std::size_t operand) {
  if (operand >= call.children.size()) return nullptr;
  const Operation& operation = call.program.operation(call.children[operand]);
  return operation.op == Op::constant ? &call.program.constants[operation.payload] : nullptr;
}

Expected matching(const Call& call) {
  // An instruction of RE2 has 16 bytes, of two thirds of the memory.
  Expected instructions{100, static_cast<double>(call.limits.regex_memory_bytes) / 24};
  const Value* const pattern = constant(call, call.operands.size() - 1);
  if (pattern != nullptr && pattern->is(ValueKind::text)) {
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(call.limits.regex_memory_bytes);
    const re2::RE2 compiled(re2::StringPiece(pattern->characters, pattern->size), options);
    if (compiled.ok()) instructions = Expected::of(compiled.ProgramSize());
  }
  const Expected& text = call.operands[0].bytes;
  return text * 0.125 + call.operands.back().bytes * 0.125 + instructions +
         text * instructions * (1.0 / 32);
}

bool one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

CallCost joined(const ValueSize& a, const ValueSize& b) {
  ValueSize result = larger(a, b);
  result.items = a.items + b.items;
  result.bytes = a.bytes + b.bytes;
  // Amounts in several currencies are lists, too, that nobody sees.
  const std::array both = {a, b};
  return {going_through(both), result};
}

CallCost found_in(const ValueSize& wanted, const ValueSize& list) {
  const ValueSize element = list.element ? *list.element : ValueSize();
  return {(Expected::of(2) + list.items * 2) * comparing(wanted, element), {}};
}

CallCost written(const Call& call) {
  const ValueSize& format = call.operands[0];
  const ValueSize& values = call.operands[1];
  // The longest double with all its digits.
  constexpr double most_of_one = 440;
  const Expected count = parts(values);
  const Expected size = format.bytes + bytes(values) * 2 + count * Expected{16, most_of_one};
  return {Expected::of(4) + size * 1.25 + count * 32, text_of(size)};
}

CallCost of_texts(const Call& call) {
  const ValueSize& text = call.operands[0];
  const ValueSize other = call.operands.size() > 1 ? call.operands[1] : ValueSize();
  const Expected linear = going_through(call.operands);
  if (call.name == "matches") return {matching(call), {}};
  if (one_of(call.name, {"contains", "indexOf", "lastIndexOf"}) && text.items.most == 0) {
    return {linear + searching(text, other), {}};
  }
  if (call.name == "replace") {
    const Expected size = text.bytes + (text.bytes + Expected::of(1)) * call.operands[2].bytes;
    return {linear + searching(text, other) + size * (1.0 / 16), text_of(size)};
  }
  if (call.name == "split") {
    const Expected count{text.bytes.typical / 8 + 1, text.bytes.most + 1};
    return {linear + searching(text, other) + count * 1.25, list_of(count, text_of(text.bytes))};
  }
  if (call.name == "join") {
    const Expected size = text.items * (element_bytes(text) + other.bytes);
    return {linear + size * (1.0 / 16), text_of(size)};
  }
  if (one_of(call.name, {"plain_name", "normal_name", "slug", "country"})) {
    return {linear + other.items * text.bytes * (1.0 / 16), text_of(text.bytes * 4)};
  }
  if (one_of(call.name, {"strings.quote", "base64.encode", "base64.decode"})) {
    return {linear, text_of(text.bytes * 2 + Expected::of(8))};
  }
  // Anything that is text, or is made one.
  return {linear, text_of(text.bytes + Expected::of(64))};
}

}  // namespace

ValueSize text_of(Expected bytes) {
  ValueSize text;
  text.bytes = bytes;
  return text;
}

ValueSize list_of(Expected items, ValueSize element) {
  ValueSize list;
  list.items = items;
  const bool has_size = element.items.most > 0 || element.bytes.most > 0 || element.element;
  if (has_size) list.element = std::make_shared<ValueSize>(std::move(element));
  return list;
}

ValueSize larger(const ValueSize& a, const ValueSize& b) {
  const auto of = [](const Expected& x, const Expected& y) {
    return Expected{std::max(x.typical, y.typical), std::max(x.most, y.most)};
  };
  ValueSize result;
  result.items = of(a.items, b.items);
  result.bytes = of(a.bytes, b.bytes);
  if (a.element && b.element) {
    result.element = std::make_shared<ValueSize>(larger(*a.element, *b.element));
  } else {
    result.element = a.element ? a.element : b.element;
  }
  return result;
}

Expected cost_of_sorting(const Expected& items, const Expected& bytes) {
  const auto rounds = [](double count) { return std::log2(count + 1) + 1; };
  const Expected compared{items.typical * rounds(items.typical), items.most * rounds(items.most)};
  return items * 3 + compared * 0.5 + compared * bytes * (1.0 / 64);
}

CallCost cost_of_call(const Call& call) {
  const std::string_view name = call.name;
  const auto operands = call.operands;
  if (operands.empty()) return {Expected::of(1), {}};
  const ValueSize& first = operands[0];
  const ValueSize element = first.element ? *first.element : ValueSize();
  const Expected linear = going_through(operands);
  if (name == "_+_") return joined(first, operands[1]);
  if (name == "_in_") return found_in(first, operands[1]);
  if (one_of(name, {"_==_", "_!=_"})) {
    // Of maps each key is sought among all.
    const Expected keys = parts(first);
    return {linear + comparing(first, operands[1]) + keys * keys * 0.25, {}};
  }
  if (name == "distinct") {
    return {linear + first.items * first.items * (Expected::of(0.25) + comparing(element, element)),
            first};
  }
  if (name.starts_with("sets.")) {
    const ValueSize& other = operands[1];
    return {linear + first.items * other.items * comparing(element, element) * 4, {}};
  }
  if (name == "sort") return {linear + cost_of_sorting(first.items, element.bytes), first};
  if (name == "lists.range") {
    const Value* const count = constant(call, 0);
    Expected items{10, static_cast<double>(call.limits.value_bytes) / sizeof(Value)};
    if (count != nullptr && count->is(ValueKind::integer)) {
      items = Expected::of(static_cast<double>(std::max<std::int64_t>(count->integer, 0)));
    }
    return {Expected::of(2) + items * 0.25, list_of(items, {})};
  }
  if (name == "flatten") {
    if (operands.size() > 1) return {linear, list_of(parts(first), text_of(bytes(first)))};
    return {linear,
            list_of(first.items * element.items, element.element ? *element.element : ValueSize())};
  }
  if (one_of(name, {"slice", "reverse", "dyn", "optional.of", "optional.ofNonZeroValue"})) {
    return {linear, first};
  }
  if (one_of(name, {"first", "last", "min", "max", "value"})) {
    return {linear, first.element ? element : first};
  }
  if (name == "format") return written(call);
  return of_texts(call);
}

}  // namespace eraudit::detail
