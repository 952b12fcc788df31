#include "eraudit/expression/host.hpp"

#include <fmt/format.h>
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
    : times_(detail::times_of(network, table)),
      first_(table.first),
      place_(place_of(network, table, row_itself)) {}

Truth EdgeDays::counts(Evaluator& evaluator, std::uint32_t row, const FactSet*& facts) const {
  facts = nullptr;
  if (times_.none() && evaluator.state().admission == nullptr) return Truth::yes;
  detail::Visibility visibility(evaluator, times_, place_);
  if (!visibility.look(first_, row)) return Truth::no;
  facts = visibility.facts();
  return facts == nullptr ? Truth::yes : Truth::unknown;
}

bool list_complete(Evaluator& evaluator, NodeId node, ListId list) {
  const auto masks = masked(evaluator);
  if (!evaluator.network()->complete(node, list)) return false;
  const Fact fact = Fact::of(node, list);
  if (!detail::completeness_counts(evaluator.state(), fact)) return false;
  for (const Fact& mask : masks) {
    if (mask == fact) return false;
  }
  return true;
}

Reading read_edge_list(Evaluator& evaluator, NodeId node, ListId list) {
  const Network& network = *evaluator.network();
  const KindId kind = network.kind(node);
  Reading reading;
  reading.fact = Fact::of(node, list);
  reading.name = fmt::format("{}.{}", network.id(node), network.schema().end(list).edges);
  reading.path = network.schema().path(kind, list);
  std::size_t certain = 0;
  std::size_t possible = 0;
  for (const std::uint16_t index : network.tables(kind, list)) {
    const EdgeTable& table = network.tables()[index];
    const EdgeDays days(network, table);
    const bool out = list.side == Side::from;
    const std::uint32_t at = node.index - network.nodes(kind).first;
    const auto& offsets = out ? table.out_offsets : table.in_offsets;
    for (std::uint32_t position = offsets[at]; position < offsets[at + 1]; ++position) {
      const FactSet* facts = nullptr;
      const Truth counts = days.counts(evaluator, out ? position : table.in_rows[position], facts);
      certain += counts == Truth::yes ? 1U : 0U;
      possible += counts == Truth::unknown ? 1U : 0U;
    }
  }
  reading.value.kind = PlainValue::Kind::count;
  reading.value.of = "edges";
  reading.value.value = std::to_string(certain);
  reading.value.possible_more = possible;
  reading.value.more = !list_complete(evaluator, node, list);
  for (const Completion& completion : network.completions()) {
    if (completion.node != node || completion.list != list) continue;
    const std::string& id = network.sources()[completion.source].id;
    if (!id.empty()) reading.source += (reading.source.empty() ? "" : ", ") + id;
    if (reading.file.empty() && completion.file != 0) {
      reading.file = network.inputs()[completion.file - 1U].path;
      reading.line = completion.line;
    }
  }
  return reading;
}

std::span<const Fact> masked(const Evaluator& evaluator) {
  return evaluator.state().masked;
}

Value spend(Evaluator& evaluator, std::uint64_t steps, const ExpressionText* text) {
  Evaluator::State& state = evaluator.state();
  if (!state.exhausted && state.spend(steps)) return Value::null();
  if (text != nullptr) {
    const auto length = static_cast<std::uint32_t>(text->text.size());
    state.place_limit(detail::place_in_file(*text, {0, length}));
  }
  return state.limit_error;
}

std::string_view limit_reached(const Evaluator& evaluator) noexcept {
  const Evaluator::State& state = evaluator.state();
  return state.exhausted ? limit_of(state.limit_error) : std::string_view();
}

Value limit_reached(Evaluator& evaluator, std::string_view which, const ExpressionText& text,
                    Span span) {
  return detail::limit_reached(evaluator.state(), which, detail::place_in_file(text, span));
}

void set_lazy(Evaluator& evaluator, Slot slot, LazyValue& value) {
  evaluator.set(slot, Value::null());
  detail::Variable& variable = evaluator.state().variables[slot];
  variable.state = detail::Variable::State::lazy;
  variable.program = nullptr;
  variable.host = &value;
}

}  // namespace eraudit
