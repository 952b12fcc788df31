#include "tests/fuzz/print_expression.hpp"

#include <bit>

#include "eraudit/core/text.hpp"

namespace eraudit::fuzz {
namespace {

constexpr std::string_view name_characters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

bool plain_name(std::string_view text) {
  if (text == "in" || text == "true" || text == "false" || text == "null") return false;
  return !text.empty() && (text[0] < '0' || text[0] > '9') &&
         text.find_first_not_of(name_characters) == std::string_view::npos;
}

/// Each part between dots.
bool plain_names(std::string_view text) {
  for (;;) {
    const std::size_t dot = text.find('.');
    if (!plain_name(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

std::string_view sign_of(SyntaxKind kind) {
  switch (kind) {
    case SyntaxKind::multiply:
      return "*";
    case SyntaxKind::divide:
      return "/";
    case SyntaxKind::remainder:
      return "%";
    case SyntaxKind::add:
      return "+";
    case SyntaxKind::subtract:
      return "-";
    case SyntaxKind::less:
      return "<";
    case SyntaxKind::less_equal:
      return "<=";
    case SyntaxKind::greater:
      return ">";
    case SyntaxKind::greater_equal:
      return ">=";
    case SyntaxKind::equal:
      return "==";
    case SyntaxKind::not_equal:
      return "!=";
    case SyntaxKind::in:
      return " in ";
    case SyntaxKind::and_:
      return "&&";
    case SyntaxKind::or_:
      return "||";
    default:
      return {};
  }
}

class Printer {
 public:
  explicit Printer(const SyntaxTree& tree) : tree_(tree) {}

  std::optional<std::string> print() {
    node(tree_.nodes[tree_.root]);
    if (!sayable_) return std::nullopt;
    return std::move(out_);
  }

 private:
  void literal(std::string_view prefix, std::string_view text, bool bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    out_.append(prefix).append("\"");
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\') {
        out_ += c;
      } else if (bytes || byte < 0x80) {
        out_.append("\\x").append(1, digits[byte >> 4]).append(1, digits[byte & 15u]);
      } else {
        out_ += c;
      }
    }
    out_ += '"';
  }

  void child(const SyntaxNode& parent, std::uint32_t index) {
    const SyntaxNode& part = tree_.child(parent, index);
    if (part.is(SyntaxKind::name)) return node(part);
    out_ += '(';
    node(part);
    out_ += ')';
  }

  void list(const SyntaxNode& parent, std::uint32_t from, bool pairs = false) {
    for (std::uint32_t i = from; i < parent.children; ++i) {
      if (i != from) out_ += pairs && (i - from) % 2 == 1 ? ':' : ',';
      if (tree_.child(parent, i).optional_entry && (!pairs || (i - from) % 2 == 0)) out_ += '?';
      child(parent, i);
    }
  }

  void field(std::string_view text) {
    if (plain_name(text)) {
      out_ += text;
    } else {
      out_.append("`").append(text).append("`");
    }
  }

  void operators(const SyntaxNode& parent) {
    for (std::uint32_t i = 0; i < parent.children; ++i) {
      if (i != 0) out_ += sign_of(parent.kind);
      child(parent, i);
    }
  }

  void message(const SyntaxNode& parent) {
    sayable_ = sayable_ && plain_names(parent.text);
    if (parent.leading_dot) out_ += '.';
    out_.append(parent.text).append("{");
    for (std::uint32_t i = 0; i < parent.children; i += 2) {
      const SyntaxNode& key = tree_.child(parent, i);
      if (i != 0) out_ += ',';
      if (key.optional_entry) out_ += '?';
      field(key.text);
      out_ += ':';
      child(parent, i + 1);
    }
    out_ += '}';
  }

  void node(const SyntaxNode& one) {
    switch (one.kind) {
      case SyntaxKind::null:
        out_ += "null";
        break;
      case SyntaxKind::boolean:
        out_ += one.integer != 0 ? "true" : "false";
        break;
      case SyntaxKind::integer:
        out_ += std::to_string(one.integer);
        break;
      case SyntaxKind::uinteger:
        out_ += std::to_string(one.uinteger) + "u";
        break;
      case SyntaxKind::number:
        out_ += to_text(one.number);
        break;
      case SyntaxKind::text:
        literal("", one.text, false);
        break;
      case SyntaxKind::bytes:
        literal("b", one.text, true);
        break;
      case SyntaxKind::name:
      case SyntaxKind::call:
        if (one.leading_dot) out_ += '.';
        out_ += one.text;
        if (one.is(SyntaxKind::call)) arguments(one, 0);
        break;
      case SyntaxKind::select:
      case SyntaxKind::member_call:
        child(one, 0);
        out_ += one.optional ? ".?" : ".";
        field(one.text);
        if (one.is(SyntaxKind::member_call)) arguments(one, 1);
        break;
      case SyntaxKind::index:
        child(one, 0);
        out_ += one.optional ? "[?" : "[";
        child(one, 1);
        out_ += ']';
        break;
      case SyntaxKind::list:
        out_ += '[';
        list(one, 0);
        out_ += ']';
        break;
      case SyntaxKind::map:
        out_ += '{';
        list(one, 0, true);
        out_ += '}';
        break;
      case SyntaxKind::message:
        message(one);
        break;
      case SyntaxKind::negate:
      case SyntaxKind::not_:
        out_ += one.is(SyntaxKind::negate) ? '-' : '!';
        child(one, 0);
        break;
      case SyntaxKind::conditional:
        child(one, 0);
        out_ += '?';
        child(one, 1);
        out_ += ':';
        child(one, 2);
        break;
      default:
        operators(one);
        break;
    }
  }

  void arguments(const SyntaxNode& one, std::uint32_t from) {
    out_ += '(';
    list(one, from);
    out_ += ')';
  }

  const SyntaxTree& tree_;
  std::string out_;
  bool sayable_ = true;
};

std::string difference(const SyntaxTree& a, const SyntaxNode& x, const SyntaxTree& b,
                       const SyntaxNode& y) {
  const auto here = [&](std::string_view what) {
    return std::string(what) + " at byte " + std::to_string(x.span.offset) + " of the first";
  };
  if (x.kind != y.kind) return here("another kind");
  if (x.text != y.text) return here("another text");
  if (x.integer != y.integer || x.uinteger != y.uinteger ||
      std::bit_cast<std::uint64_t>(x.number) != std::bit_cast<std::uint64_t>(y.number)) {
    return here("another number");
  }
  if (x.leading_dot != y.leading_dot || x.optional != y.optional ||
      x.optional_entry != y.optional_entry) {
    return here("another mark");
  }
  if (x.children != y.children) return here("other parts");
  for (std::uint32_t i = 0; i < x.children; ++i) {
    std::string found = difference(a, a.child(x, i), b, b.child(y, i));
    if (!found.empty()) return found;
  }
  return {};
}

}  // namespace

std::optional<std::string> print_expression(const SyntaxTree& tree) {
  return Printer(tree).print();
}

std::string tree_difference(const SyntaxTree& a, const SyntaxTree& b) {
  return difference(a, a.nodes[a.root], b, b.nodes[b.root]);
}

}  // namespace eraudit::fuzz
