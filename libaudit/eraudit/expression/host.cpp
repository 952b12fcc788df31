#include "eraudit/expression/host.hpp"

#include <string>

#include "eraudit/core/error.hpp"
#include "eraudit/expression/detail/lexer.hpp"
#include "eraudit/expression/detail/visibility.hpp"
#include "eraudit/expression/lazy_value.hpp"

namespace eraudit {

std::optional<std::uint32_t> expression_end(std::string_view text, std::uint32_t begin,
                                            bool at_comma) {
  const std::string_view rest = text.substr(begin);
  std::string arena;
  arena.reserve(rest.size() + 1);
  detail::Lexer lexer(rest, arena);
  std::size_t open = 0;
  try {
    for (;;) {
      const detail::Token token = lexer.next();
      switch (token.kind) {
        case detail::TokenKind::open_paren:
        case detail::TokenKind::open_bracket:
        case detail::TokenKind::open_brace:
          ++open;
          break;
        case detail::TokenKind::close_paren:
        case detail::TokenKind::close_bracket:
        case detail::TokenKind::close_brace:
          if (open == 0) return begin + token.span.offset;
          --open;
          break;
        case detail::TokenKind::comma:
          if (at_comma && open == 0) return begin + token.span.offset;
          break;
        case detail::TokenKind::end:
          return static_cast<std::uint32_t>(text.size());
        default:
          break;
      }
    }
  } catch (const detail::SyntaxFailure&) {
    return std::nullopt;
  }
}

EdgeDays::EdgeDays(const Network& network, const EdgeTable& table)
    : times_(detail::times_of(network, table)), first_(table.first) {}

Truth EdgeDays::counts(Evaluator& evaluator, std::uint32_t row, const FactSet*& facts) const {
  facts = nullptr;
  if (times_.none()) return Truth::yes;
  detail::Visibility visibility(evaluator, times_, true);
  if (!visibility.look(first_, row)) return Truth::no;
  facts = visibility.facts();
  return facts == nullptr ? Truth::yes : Truth::unknown;
}

bool list_complete(const Evaluator& evaluator, NodeId node, ListId list) {
  const auto masks = masked(evaluator);
  if (!evaluator.network()->complete(node, list)) return false;
  if (masks.empty()) return true;
  const Fact fact = Fact::of(node, list);
  for (const Fact& mask : masks) {
    if (mask == fact) return false;
  }
  return true;
}

std::span<const Fact> masked(const Evaluator& evaluator) {
  return evaluator.state().masked;
}

Value spend(Evaluator& evaluator, std::uint64_t steps) {
  Evaluator::State& state = evaluator.state();
  if (state.exhausted || !state.spend(steps)) return state.limit_error;
  return Value::null();
}

void set_lazy(Evaluator& evaluator, Slot slot, LazyValue& value) {
  evaluator.set(slot, Value::null());
  detail::Variable& variable = evaluator.state().variables[slot];
  variable.state = detail::Variable::State::lazy;
  variable.program = nullptr;
  variable.host = &value;
}

}  // namespace eraudit
