#include <algorithm>
#include <utility>

#include "eraudit/core/suggest.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/expression/detail/checker.hpp"
#include "eraudit/expression/detail/optional.hpp"
#include "eraudit/expression/detail/report.hpp"

namespace eraudit::detail {
namespace {

constexpr std::size_t shown_characters = 40;

bool contains(std::span<const std::string> paths, std::string_view path) {
  return std::find(paths.begin(), paths.end(), path) != paths.end();
}

void append(std::vector<std::string>& to, const std::vector<std::string>& from) {
  for (const std::string& path : from) {
    if (!contains(to, path)) to.push_back(path);
  }
}

void append_reads(std::vector<UnguardedRead>& to, std::vector<UnguardedRead>& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

void drop_guarded(std::vector<UnguardedRead>& reads, std::span<const std::string> exist) {
  if (exist.empty()) return;
  std::erase_if(reads, [&](const UnguardedRead& read) { return contains(exist, read.path); });
}

/// Whether a path means the same to another expression of the same environment.
bool exported(std::string_view path) {
  return path.front() != '#' && path.front() != '@';
}

std::vector<std::string> exported_paths(const std::vector<std::string>& paths) {
  std::vector<std::string> out;
  for (const std::string& path : paths) {
    if (exported(path)) out.push_back(path);
  }
  return out;
}

}  // namespace

Checker::Checker(const ExpressionText& text, SyntaxTree tree, const Environment& environment,
                 const Limits& limits, Diagnostics& diagnostics)
    : text_(text),
      tree_(std::move(tree)),
      environment_(environment),
      limits_(limits),
      diagnostics_(diagnostics) {
  const auto& variables = environment.variables();
  dotted_names_ =
      !environment.container.empty() ||
      std::any_of(variables.begin(), variables.end(), [](const Environment::Variable& variable) {
        return variable.name.find('.') != std::string::npos;
      });
}

ProgramPtr Checker::run(const Type* wanted) {
  const std::size_t errors_before = diagnostics_.errors();
  const SyntaxNode& root = tree_.nodes[tree_.root];
  Typed whole = check(root);
  if (wanted != nullptr) check_result(whole, root, *wanted);
  warn_constant(whole, root);
  std::erase_if(whole.reads, [&](const UnguardedRead& read) {
    return contains(environment_.assumed(), read.path);
  });
  if (environment_.require_guards && checked()) report_reads(whole.reads);
  if (diagnostics_.errors() != errors_before) return nullptr;

  for (std::uint32_t id = 0; id < builder_.size(); ++id) {
    builder_.set_type(id, types_.finish(builder_.operation(id).type));
  }
  const std::shared_ptr<Program> program = builder_.finish(whole.id);
  program->text = text_;
  // Constants point into the texts of the tree: moving the vector leaves them where they are.
  program->owned.push_back(
      std::make_shared<const std::vector<std::string>>(std::move(tree_.strings)));
  if (environment_.schema() != nullptr) program->owned.push_back(environment_.schema());
  program->exist_when_true = exported_paths(whole.exist_when_true);
  program->exist_when_false = exported_paths(whole.exist_when_false);
  program->exist_in_elements = whole.exist_in_elements;
  for (const UnguardedRead& read : whole.reads) {
    // What no other expression can guard stays unguarded there.
    std::string path = exported(read.path) ? read.path : "!" + read.what;
    if (!contains(program->unguarded, path)) program->unguarded.push_back(std::move(path));
  }
  return program;
}

Typed Checker::check(const SyntaxNode& node) {
  switch (node.kind) {
    case SyntaxKind::null:
    case SyntaxKind::boolean:
    case SyntaxKind::integer:
    case SyntaxKind::uinteger:
    case SyntaxKind::number:
    case SyntaxKind::text:
    case SyntaxKind::bytes:
      return check_literal(node);
    case SyntaxKind::name:
      return check_name(node);
    case SyntaxKind::select:
      return check_select(node);
    case SyntaxKind::call:
      return check_call(node);
    case SyntaxKind::member_call:
      return check_member_call(node);
    case SyntaxKind::index:
      return check_index(node);
    case SyntaxKind::list:
      return check_list(node);
    case SyntaxKind::map:
      return check_map(node);
    case SyntaxKind::message:
      return wrong(
          node, node.at, "cel-unsupported",
          "'" + std::string(node.text) + "{...}': there are no messages in this profile of CEL",
          "a map is written {'key': value}");
    case SyntaxKind::negate:
    case SyntaxKind::multiply:
    case SyntaxKind::divide:
    case SyntaxKind::remainder:
    case SyntaxKind::add:
    case SyntaxKind::subtract:
      return check_operator(node);
    case SyntaxKind::less:
    case SyntaxKind::less_equal:
    case SyntaxKind::greater:
    case SyntaxKind::greater_equal:
    case SyntaxKind::equal:
    case SyntaxKind::not_equal:
      return check_comparison(node);
    case SyntaxKind::in:
      return check_membership(node);
    case SyntaxKind::not_:
      return check_not(node);
    case SyntaxKind::and_:
    case SyntaxKind::or_:
      return check_chain(node);
    case SyntaxKind::conditional:
      return check_conditional(node);
  }
  return {};
}

Typed Checker::check_literal(const SyntaxNode& node) {
  static const Type natural_integer = Type(TypeKind::integer).with_unit({}, true);
  static const Type natural_uinteger = Type(TypeKind::uinteger).with_unit({}, true);
  static const Type natural_number = Type(TypeKind::number).with_unit({}, true);
  Typed typed;
  Value value;
  switch (node.kind) {
    case SyntaxKind::boolean:
      typed.type = TypeKind::boolean;
      value = Value::of(node.integer != 0);
      break;
    case SyntaxKind::integer:
      typed.type = node.integer >= 0 ? natural_integer : Type(TypeKind::integer);
      value = Value::of(node.integer);
      break;
    case SyntaxKind::uinteger:
      typed.type = natural_uinteger;
      value = Value::of(node.uinteger);
      break;
    case SyntaxKind::number:
      typed.type = node.number >= 0 ? natural_number : Type(TypeKind::number);
      value = Value::of(node.number);
      break;
    case SyntaxKind::text:
      typed.type = TypeKind::text;
      value = Value::of(node.text);
      break;
    case SyntaxKind::bytes:
      typed.type = TypeKind::bytes;
      value = Value::of(node.text);
      value.kind = ValueKind::bytes;
      break;
    default:
      typed.type = TypeKind::null;
      break;
  }
  typed.id = builder_.constant(value, typed.type, node.span);
  return typed;
}

Typed Checker::check_list(const SyntaxNode& node) {
  std::vector<Typed> items;
  bool optional = false;
  Type element = node.children == 0 ? types_.fresh() : Type(TypeKind::error);
  for (std::uint32_t i = 0; i < node.children; ++i) {
    const SyntaxNode& item = child(node, i);
    optional = optional || item.optional_entry;
    items.push_back(item.optional_entry ? check_optional_entry(item) : check(item));
    const Type type = types_.resolve(items.back().type);
    if (i == 0) {
      element = type;
    } else if (!element.is(TypeKind::dyn)) {
      const std::size_t mark = types_.mark();
      if (types_.assignable(element, type)) {
        element = types_.most_general(types_.resolve(element), types_.resolve(type));
      } else {
        types_.undo(mark);
        element = Type();
      }
    }
  }
  return make(Op::make_list, optional ? 1 : 0, items, Type::list(element), node);
}

Typed Checker::check_map(const SyntaxNode& node) {
  std::vector<Typed> entries;
  Type types[2] = {Type(TypeKind::error), Type(TypeKind::error)};
  if (node.children == 0) {
    types[0] = types_.fresh();
    types[1] = types_.fresh();
  }
  for (std::uint32_t i = 0; i < node.children; ++i) {
    const SyntaxNode& part = child(node, i);
    const bool optional = i % 2 == 1 && child(node, i - 1).optional_entry;  // said of the key
    entries.push_back(optional ? check_optional_entry(part) : check(part));
    const Type type = types_.resolve(entries.back().type);
    Type& joined = types[i % 2];
    if (i % 2 == 0 && checked()) {
      const TypeKind kind = types_.shallow(type).kind();
      const bool fine = type.is_dyn() || kind == TypeKind::variable || kind == TypeKind::text ||
                        kind == TypeKind::integer || kind == TypeKind::uinteger ||
                        kind == TypeKind::boolean;
      if (!fine) {
        error(part.span, "cel-type", "a key of a map cannot be " + words(type),
              "keys are string, int, uint or bool");
      }
    }
    if (i < 2) {
      joined = type;
    } else if (!joined.is(TypeKind::dyn)) {
      const std::size_t mark = types_.mark();
      if (types_.assignable(joined, type)) {
        joined = types_.most_general(types_.resolve(joined), types_.resolve(type));
      } else {
        types_.undo(mark);
        joined = Type();
      }
    }
  }
  return make(Op::make_map, 0, entries, Type::map(types[0], types[1]), node);
}

/// `place`: "'!' takes a condition".
void Checker::require_condition(const Typed& typed, const SyntaxNode& node,
                                std::string_view place) {
  if (!checked()) return;
  if (types_.assignable(TypeKind::boolean, typed.type)) return;
  const Type type = types_.resolve(typed.type);
  std::string help;
  switch (type.kind()) {
    case TypeKind::text:
      help = node.is(SyntaxKind::text)
                 ? "compare each: `x == 'a' || x == 'b'`, or write `x in ['a', 'b']`"
                 : "compare it: `" + written(node) + " == '...'`";
      break;
    case TypeKind::integer:
    case TypeKind::uinteger:
    case TypeKind::number:
    case TypeKind::money:
      help = is_literal(node) ? "compare each: `x == 1 || x == 2`, or write `x in [1, 2]`"
                              : "compare it: `" + written(node) + " > 0`";
      break;
    case TypeKind::list:
      help = "ask for its elements: `" + written(node) + ".size() > 0` or `.exists(x, ...)`";
      break;
    default:
      if (is_optional(type)) {
        help = "say what holds without a value: `" + written(node) + ".orValue(false)`";
      }
      break;
  }
  error(node.span, "cel-type", std::string(place) + "; this is " + words(type), std::move(help));
}

Typed Checker::check_not(const SyntaxNode& node) {
  const SyntaxNode& operand_node = child(node, 0);
  Typed operand = check(operand_node);
  require_condition(operand, operand_node, "'!' negates a condition");
  std::vector<std::string> exist_when_true = std::move(operand.exist_when_false);
  std::vector<std::string> exist_when_false = std::move(operand.exist_when_true);
  Typed typed = make(Op::not_, 0, {&operand, 1}, TypeKind::boolean, node);
  typed.exist_when_true = std::move(exist_when_true);
  typed.exist_when_false = std::move(exist_when_false);
  return typed;
}

Typed Checker::check_chain(const SyntaxNode& node) {
  const bool conjunction = node.is(SyntaxKind::and_);
  const std::string_view place = conjunction ? "'&&' joins conditions" : "'||' joins conditions";
  std::vector<Typed> operands;
  bool all_conditions = true;
  for (std::uint32_t i = 0; i < node.children; ++i) {
    operands.push_back(check(child(node, i)));
    require_condition(operands.back(), child(node, i), place);
    all_conditions = all_conditions && type_of(operands.back()).is(TypeKind::boolean);
  }
  // An error is absorbed by whatever decides the whole, on either side: so a guard may stand
  // anywhere.
  std::vector<std::string> exist;
  for (const Typed& operand : operands) {
    append(exist, conjunction ? operand.exist_when_true : operand.exist_when_false);
  }
  for (Typed& operand : operands) drop_guarded(operand.reads, exist);
  if (checked()) {
    for (std::uint32_t i = 0; i < node.children; ++i) {
      const Value* const value = builder_.constant_of(operands[i].id);
      if (value == nullptr || !value->is(ValueKind::boolean)) continue;
      const std::string known = value->boolean ? "true" : "false";
      const bool decides = value->boolean != conjunction;
      warning(child(node, i).span, "cel-constant-condition",
              decides ? "this is always " + known + ", and so is the whole condition"
                      : "this is always " + known + " and changes nothing");
    }
  }
  // The neutral constant says nothing, unless it is all there is.
  std::size_t left = operands.size();
  std::erase_if(operands, [&](const Typed& operand) {
    const Value* const value = builder_.constant_of(operand.id);
    if (!all_conditions || left == 1 || value == nullptr || value->boolean != conjunction)
      return false;
    --left;
    return true;
  });
  const auto emit_one = [&] {
    Typed only = std::move(operands.front());
    only.exist_when_true.clear();
    only.exist_when_false.clear();
    return only;
  };
  Typed typed = operands.size() == 1 && all_conditions
                    ? emit_one()
                    : make(conjunction ? Op::and_ : Op::or_, 0, operands, TypeKind::boolean, node);
  (conjunction ? typed.exist_when_true : typed.exist_when_false) = std::move(exist);
  return typed;
}

Typed Checker::check_conditional(const SyntaxNode& node) {
  std::vector<Typed> parts;
  for (std::uint32_t i = 0; i < 3; ++i) parts.push_back(check(child(node, i)));
  require_condition(parts[0], child(node, 0), "a condition stands before '?'");
  drop_guarded(parts[1].reads, parts[0].exist_when_true);
  drop_guarded(parts[2].reads, parts[0].exist_when_false);
  if (const Value* const value = builder_.constant_of(parts[0].id);
      value != nullptr && value->is(ValueKind::boolean) && checked()) {
    warning(child(node, 0).span, "cel-constant-condition",
            std::string("this is always ") + (value->boolean ? "true" : "false"));
  }
  Type type;
  const std::size_t mark = types_.mark();
  if (types_.assignable(parts[1].type, parts[2].type)) {
    type = types_.most_general(types_.resolve(parts[1].type), types_.resolve(parts[2].type));
  } else {
    types_.undo(mark);
    const Type yes = types_.resolve(parts[1].type);
    const Type no = types_.resolve(parts[2].type);
    if (checked()) {
      std::string help = "both values must be of one type";
      const bool money = yes.is(TypeKind::money) || no.is(TypeKind::money);
      if (money && (yes.is_numeric() || no.is_numeric())) {
        help = "an amount has a currency: `money('0 USD')`";
      } else if (yes.is_numeric() && no.is_numeric()) {
        help = "write `double(x)` or `int(x)`";
      }
      error(node.at, "cel-type",
            "'?:' gives " + words(yes) + " on one side and " + words(no) + " on the other",
            std::move(help));
      type = TypeKind::error;
    }
  }
  std::vector<std::string> in_elements;
  if (parts[1].exist_in_elements == parts[2].exist_in_elements) {
    in_elements = parts[1].exist_in_elements;
  }
  Typed typed = make(Op::conditional, 0, parts, type, node);
  typed.exist_in_elements = std::move(in_elements);
  return typed;
}

void Checker::check_result(const Typed& typed, const SyntaxNode& node, const Type& wanted) {
  if (!checked() || types_.assignable(wanted, typed.type)) return;
  const Type type = types_.resolve(typed.type);
  std::string help;
  if (node.is(SyntaxKind::text) && wanted.is(TypeKind::boolean)) {
    help = "the quotes make a text of it: leave them out";
  } else if (is_optional(type)) {
    help = "say what holds without a value: `" + written(node) + ".orValue(...)`";
  } else if (wanted.is(TypeKind::boolean) && type.is(TypeKind::list)) {
    help = "ask for its elements: `" + written(node) + ".size() > 0` or `.exists(x, ...)`";
  } else if (wanted.is(TypeKind::boolean) && (type.is_numeric() || type.is(TypeKind::money))) {
    help = "compare it: `" + written(node) + " > 0`";
  } else if (wanted.is(TypeKind::money) && type.is_numeric()) {
    help = "an amount has a currency: `money('12.50 USD')`";
  } else if (wanted.is(TypeKind::date) && type.is(TypeKind::text)) {
    help = "write `date('2026-01-01')`";
  } else if (wanted.is(TypeKind::number) && type.is_numeric()) {
    help = "write `double(...)`";
  } else if (wanted.is(TypeKind::text)) {
    help = "write `string(...)`";
  }
  const std::string expected =
      wanted.is(TypeKind::boolean) ? std::string("a condition") : words(wanted);
  error(node.span, "cel-type", "this must be " + expected + ", but is " + words(type),
        std::move(help));
}

void Checker::warn_constant(const Typed& typed, const SyntaxNode& node) {
  const Value* const value = builder_.constant_of(typed.id);
  if (!checked() || value == nullptr || !value->is(ValueKind::boolean)) return;
  if (node.is(SyntaxKind::boolean)) return;  // on purpose
  const bool told =
      node.is(SyntaxKind::and_) || node.is(SyntaxKind::or_) || node.is(SyntaxKind::conditional);
  if (told) return;
  warning(node.span, "cel-constant-condition",
          std::string("this is always ") + (value->boolean ? "true" : "false"));
}

void Checker::report_reads(std::span<const UnguardedRead> reads) {
  std::vector<std::string> said;
  for (const UnguardedRead& read : reads) {
    if (contains(said, read.path)) continue;
    said.push_back(read.path);
    error(read.span, "cel-missing-guard", "'" + read.what + "' may be absent: ask with has() first",
          "write `has(" + read.what + ") && ...`, or `has(" + read.what + ") ? " + read.what +
              " : other`");
  }
}

// Common.

void Checker::error(Span span, std::string_view id, std::string message, std::string help) {
  report(diagnostics_, text_, DiagnosticLevel::error, span, id, std::move(message),
         std::move(help));
}

void Checker::warning(Span span, std::string_view id, std::string message, std::string help) {
  report(diagnostics_, text_, DiagnosticLevel::warning, span, id, std::move(message),
         std::move(help));
}

Typed Checker::wrong(const SyntaxNode& node, Span span, std::string_view id, std::string message,
                     std::string help) {
  Typed typed;
  typed.id = builder_.fail(message, node.span);
  if (checked()) {
    error(span, id, std::move(message), std::move(help));
    typed.type = TypeKind::error;
  }
  return typed;
}

Typed Checker::wrong_silently(const SyntaxNode& node, std::string message) {
  Typed typed;
  typed.id = builder_.fail(std::move(message), node.span);
  if (checked()) typed.type = TypeKind::error;
  return typed;
}

namespace {

std::size_t depth_of(const Type& type, const Unifier& types) {
  if (type.is(TypeKind::variable)) {
    const Type known = types.resolve(type);
    return known.is(TypeKind::variable) ? 0 : depth_of(known, types);
  }
  std::size_t deepest = 0;
  for (const Type& part : type.parameters()) deepest = std::max(deepest, 1 + depth_of(part, types));
  return deepest;
}

}  // namespace

Typed Checker::make(Op op, std::uint32_t payload, std::span<Typed> operands, Type type,
                    const SyntaxNode& node) {
  Typed typed;
  // Each entry of `let` may put what the one before made into another list.
  if (!type.parameters().empty() && depth_of(type, types_) > limits_.expression_depth) {
    error(node.span, "cel-limit",
          "lists would lie in each other deeper than " + std::to_string(limits_.expression_depth) +
              " levels",
          "join them with '+', or use 'flatten'");
    type = Type(TypeKind::error);
  }
  std::vector<std::uint32_t> children;
  children.reserve(operands.size());
  for (Typed& operand : operands) {
    children.push_back(operand.id);
    append_reads(typed.reads, operand.reads);
  }
  typed.id = builder_.emit(op, payload, children, type, node.span);
  typed.type = std::move(type);
  return typed;
}

std::string Checker::written(const SyntaxNode& node) const {
  std::string text = text_.text.substr(node.span.offset, node.span.length);
  std::replace(text.begin(), text.end(), '\n', ' ');
  if (code_points(text) <= shown_characters) return text;
  std::size_t end = shown_characters - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
  return text.substr(0, end) + "...";
}

/// `Company, Facility or Recruiter`.
std::string Checker::kinds_in_words(const Type& type) const {
  std::string out;
  const std::vector<KindId>& kinds = type.node_kinds();
  if (schema() == nullptr || kinds.empty()) return "node";
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    if (i != 0) out += i + 1 == kinds.size() ? " or " : ", ";
    out += schema()->kind(kinds[i]).name;
  }
  return out;
}

std::string Checker::words(const Type& type) const {
  switch (type.kind()) {
    case TypeKind::dyn:
    case TypeKind::variable:
    case TypeKind::parameter:
    case TypeKind::error:
      return "of no certain type";
    case TypeKind::null:
      return "null";
    case TypeKind::text:
      return "text";
    case TypeKind::type:
      return "a type";
    case TypeKind::timestamp:
      return "a timestamp";
    case TypeKind::duration:
      return "a duration";
    case TypeKind::date:
      return "a date";
    case TypeKind::list: {
      const Type element = types_.shallow(type.element());
      if (element.is_dyn() || element.is(TypeKind::variable)) return "a list";
      if (element.is(TypeKind::date)) return "a list of dates";
      if (element.is(TypeKind::node)) return "a list of " + kinds_in_words(element) + " nodes";
      if (element.is(TypeKind::edge)) return "a list of " + words(element).substr(2) + "s";
      const std::string inner = words(element);
      return "a list of " + (inner.starts_with("a ") ? inner.substr(2) + "s" : inner);
    }
    case TypeKind::map:
      return "a map";
    case TypeKind::node:
      return "a " + kinds_in_words(type);
    case TypeKind::edge: {
      const std::string kinds = type.text(schema());
      return kinds == "edge" ? "an edge" : "a '" + kinds.substr(5, kinds.size() - 6) + "' edge";
    }
    case TypeKind::record:
      return "a '" + type.name() + "' record";
    case TypeKind::opaque:
      return is_optional(type) ? "an optional value" : type.text(schema());
    default:
      return type.text(schema());
  }
}

std::optional<std::string> Checker::dotted(const SyntaxNode& node) const {
  if (node.is(SyntaxKind::name)) return std::string(node.text);
  if (!node.is(SyntaxKind::select) || node.optional) return std::nullopt;
  auto before = dotted(child(node, 0));
  if (!before) return std::nullopt;
  *before += '.';
  *before += node.text;
  return before;
}

const SyntaxNode& Checker::root_of(const SyntaxNode& node) const {
  const SyntaxNode* at = &node;
  while (at->is(SyntaxKind::select)) at = &child(*at, 0);
  return *at;
}

bool Checker::leading_dot(const SyntaxNode& node) const {
  return root_of(node).leading_dot;
}

std::vector<std::string> Checker::candidates(std::string_view name, bool absolute) const {
  std::vector<std::string> all;
  if (!absolute) {
    std::string_view container = environment_.container;
    while (!container.empty()) {
      all.push_back(std::string(container) + "." + std::string(name));
      const std::size_t dot = container.rfind('.');
      container = dot == std::string_view::npos ? std::string_view() : container.substr(0, dot);
    }
  }
  all.emplace_back(name);
  return all;
}

}  // namespace eraudit::detail

namespace eraudit {
namespace {

Checked<ProgramPtr> compile_to(const ExpressionText& text, const Environment& environment,
                               const Type* wanted, const Limits& limits) {
  Checked<SyntaxTree> parsed = parse_expression(text, limits);
  if (!parsed) return parsed.diagnostics();
  Diagnostics diagnostics;
  detail::Checker checker(text, std::move(*parsed), environment, limits, diagnostics);
  ProgramPtr program = checker.run(wanted);
  if (program == nullptr) return diagnostics;
  return {std::move(program), std::move(diagnostics)};
}

}  // namespace

Checked<ProgramPtr> compile(const ExpressionText& text, const Environment& environment,
                            const Limits& limits) {
  return compile_to(text, environment, nullptr, limits);
}

Checked<ProgramPtr> compile(const ExpressionText& text, const Environment& environment,
                            const Type& type, const Limits& limits) {
  return compile_to(text, environment, &type, limits);
}

}  // namespace eraudit
