#include "tests/support/print_expression.hpp"

#include <bit>
#include <cmath>

#include "eraudit/core/text.hpp"

namespace eraudit::test {
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
      return "in";
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
  void octet(unsigned char byte) {
    constexpr std::string_view digits = "0123456789abcdef";
    out_.append("\\x").append(1, digits[byte >> 4]).append(1, digits[byte & 15u]);
  }

  void text(std::string_view text) {
    out_ += '\'';
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      if (c == '\n') {
        out_ += "\\n";
      } else if (byte < 0x20 || byte == 0x7F) {
        octet(byte);
      } else {
        if (c == '\'' || c == '\\') out_ += '\\';
        out_ += c;
      }
    }
    out_ += '\'';
  }

  void bytes(std::string_view octets) {
    out_ += "b'";
    for (const char c : octets) octet(static_cast<unsigned char>(c));
    out_ += '\'';
  }

  void bracketed(const SyntaxNode& one) {
    out_ += '(';
    node(one);
    out_ += ')';
  }

  /// What a dot stands behind: that of `1.e5` is part of the number.
  void owner(const SyntaxNode& parent) {
    const SyntaxNode& one = tree_.child(parent, 0);
    const bool number =
        one.is(SyntaxKind::integer) || one.is(SyntaxKind::uinteger) || one.is(SyntaxKind::number);
    if (number) {
      bracketed(one);
    } else {
      node(one);
    }
  }

  /// The minus of a number belongs to the number.
  void negate(const SyntaxNode& one) {
    const SyntaxNode& operand = tree_.child(one, 0);
    const bool takes_it = (operand.is(SyntaxKind::integer) && operand.integer >= 0) ||
                          (operand.is(SyntaxKind::number) && !std::signbit(operand.number));
    out_ += "(-";
    if (takes_it) {
      bracketed(operand);
    } else {
      node(operand);
    }
    out_ += ')';
  }

  void list(const SyntaxNode& parent, std::uint32_t from, bool pairs = false) {
    for (std::uint32_t i = from; i < parent.children; ++i) {
      if (i != from) out_ += pairs && (i - from) % 2 == 1 ? ": " : ", ";
      const SyntaxNode& one = tree_.child(parent, i);
      if (one.optional_entry && (!pairs || (i - from) % 2 == 0)) out_ += '?';
      node(one);
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
    out_ += '(';
    for (std::uint32_t i = 0; i < parent.children; ++i) {
      if (i != 0) out_.append(" ").append(sign_of(parent.kind)).append(" ");
      node(tree_.child(parent, i));
    }
    out_ += ')';
  }

  void message(const SyntaxNode& parent) {
    sayable_ = sayable_ && plain_names(parent.text);
    if (parent.leading_dot) out_ += '.';
    out_.append(parent.text).append("{");
    for (std::uint32_t i = 0; i < parent.children; i += 2) {
      const SyntaxNode& key = tree_.child(parent, i);
      if (i != 0) out_ += ", ";
      if (key.optional_entry) out_ += '?';
      field(key.text);
      out_ += ": ";
      node(tree_.child(parent, i + 1));
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
        text(one.text);
        break;
      case SyntaxKind::bytes:
        bytes(one.text);
        break;
      case SyntaxKind::name:
      case SyntaxKind::call:
        if (one.leading_dot) out_ += '.';
        out_ += one.text;
        if (one.is(SyntaxKind::call)) arguments(one, 0);
        break;
      case SyntaxKind::select:
      case SyntaxKind::member_call:
        owner(one);
        out_ += one.optional ? ".?" : ".";
        field(one.text);
        if (one.is(SyntaxKind::member_call)) arguments(one, 1);
        break;
      case SyntaxKind::index:
        node(tree_.child(one, 0));
        out_ += one.optional ? "[?" : "[";
        node(tree_.child(one, 1));
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
        negate(one);
        break;
      case SyntaxKind::not_:
        out_ += "(!";
        node(tree_.child(one, 0));
        out_ += ')';
        break;
      case SyntaxKind::conditional:
        out_ += '(';
        node(tree_.child(one, 0));
        out_ += " ? ";
        node(tree_.child(one, 1));
        out_ += " : ";
        node(tree_.child(one, 2));
        out_ += ')';
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

}  // namespace eraudit::test
