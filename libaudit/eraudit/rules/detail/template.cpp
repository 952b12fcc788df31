#include "eraudit/rules/detail/template.hpp"

#include <algorithm>
#include <utility>

#include "eraudit/expression/program.hpp"

namespace eraudit::rules_detail {
namespace {

/// The end of the quoted text that begins at `at` (its quote), one past the closing quote; the end
/// of `text` if it is not closed.
std::size_t skip_quoted(std::string_view text, std::size_t at, bool raw) {
  const char quote = text[at];
  const std::string triple(3, quote);
  const bool is_triple = text.substr(at, 3) == triple;
  std::size_t next = at + (is_triple ? 3 : 1);
  while (next < text.size()) {
    if (text[next] == '\\' && !raw) {
      next += 2;
    } else if (is_triple ? text.substr(next, 3) == triple : text[next] == quote) {
      return next + (is_triple ? 3 : 1);
    } else {
      ++next;
    }
  }
  return text.size();
}

/// The `}` that ends the expression that begins at `at`; nothing if there is none.
std::optional<std::size_t> expression_end(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '\'' || c == '"') {
      const bool raw = at > 0 && (text[at - 1] == 'r' || text[at - 1] == 'R');
      at = skip_quoted(text, at, raw);
      continue;
    }
    if (c == '{') ++depth;
    if (c == '}') {
      if (depth == 0) return at;
      --depth;
    }
    ++at;
  }
  return std::nullopt;
}

}  // namespace

std::vector<TemplatePart> split_template(std::string_view text,
                                         std::optional<TemplateProblem>& problem) {
  std::vector<TemplatePart> parts;
  const auto literal = [&]() -> TemplatePart& {
    if (parts.empty() || parts.back().expression) parts.emplace_back();
    return parts.back();
  };
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    const bool doubled = at + 1 < text.size() && text[at + 1] == c;
    if (c != '{' && c != '}') {
      const std::size_t next = std::min(text.find_first_of("{}", at), text.size());
      literal().text += text.substr(at, next - at);
      at = next;
    } else if (doubled) {
      literal().text += c;
      at += 2;
    } else if (c == '}') {
      problem =
          TemplateProblem{at, "this '}' closes nothing", "write '}}' for a brace in the text"};
      return parts;
    } else {
      const auto end = expression_end(text, at + 1);
      if (!end) {
        problem = TemplateProblem{at, "this '{' is not closed",
                                  "write '{expression}', or '{{' for a brace in the text"};
        return parts;
      }
      const std::string_view inside = text.substr(at + 1, *end - at - 1);
      if (inside.find_first_not_of(" \t\n") == std::string_view::npos) {
        problem = TemplateProblem{at, "there is no expression between these braces",
                                  "write '{expression}', or '{{' for a brace in the text"};
        return parts;
      }
      parts.push_back({true, std::string(inside), at + 1});
      at = *end + 1;
    }
  }
  return parts;
}

Template read_template(FileReader& reader, Node scalar, const Environment& environment,
                       const Limits& limits) {
  Template out;
  std::optional<TemplateProblem> problem;
  for (TemplatePart& part : split_template(scalar.text(), problem)) {
    if (!part.expression) {
      out.parts.push_back({std::move(part.text), nullptr});
      continue;
    }
    auto program =
        compile(reader.expression(scalar, part.offset, part.text.size()), environment, limits);
    reader.append(program.diagnostics());
    if (program) out.parts.push_back({std::string(), *program});
  }
  if (problem) {
    reader.error_inside(scalar, problem->offset, 1, "template", std::move(problem->message),
                        std::move(problem->help));
  }
  return out;
}

}  // namespace eraudit::rules_detail
