#include "eraudit/rules/verdict.hpp"

#include <algorithm>
#include <cstddef>

namespace eraudit {
namespace {

/// A code and what people read, in the languages of `language_index`.
struct Words {
  std::string_view code;
  std::array<std::string_view, 3> labels;
};

constexpr std::array<Words, verdicts.size()> verdict_words{{
    {"fail", {"indicator present", "indicateur constaté", "indicador constatado"}},
    {"suspect", {"signs to be confirmed", "indices à confirmer", "indicios por confirmar"}},
    {"conflict", {"sources disagree", "sources divergentes", "fuentes discrepantes"}},
    {"error", {"rule could not run", "règle non exécutée", "regla no ejecutada"}},
    {"unknown", {"not enough information", "information insuffisante", "información insuficiente"}},
    {"pass",
     {"not found in what was checked", "non relevé dans ce qui a été vérifié",
      "no observado en lo verificado"}},
    {"not_applicable", {"not applicable", "sans objet", "no aplicable"}},
}};

constexpr std::array<Words, 5> severity_words{{
    {"none", {"to examine", "à examiner", "por examinar"}},
    {"low", {"low", "faible", "baja"}},
    {"medium", {"medium", "moyenne", "media"}},
    {"high", {"high", "élevée", "alta"}},
    {"critical", {"critical", "critique", "crítica"}},
}};

std::size_t language_index(std::string_view language) {
  const std::string_view primary = language.substr(0, language.find('-'));
  if (primary == "fr") return 1;
  if (primary == "es") return 2;
  return 0;
}

template <class Code, std::size_t N>
std::optional<Code> parse(const std::array<Words, N>& words, std::string_view code) {
  const auto found = std::find_if(words.begin(), words.end(),
                                  [&](const Words& entry) { return entry.code == code; });
  if (found == words.end()) return std::nullopt;
  return static_cast<Code>(found - words.begin());
}

}  // namespace

std::string_view to_text(Verdict verdict) {
  return verdict_words.at(static_cast<std::size_t>(verdict)).code;
}

std::optional<Verdict> parse_verdict(std::string_view code) {
  return parse<Verdict>(verdict_words, code);
}

std::string_view label(Verdict verdict, std::string_view language) {
  return verdict_words.at(static_cast<std::size_t>(verdict)).labels.at(language_index(language));
}

std::string_view to_text(Severity severity) {
  return severity_words.at(static_cast<std::size_t>(severity)).code;
}

std::optional<Severity> parse_severity(std::string_view code) {
  return parse<Severity>(severity_words, code);
}

std::string_view label(Severity severity, std::string_view language) {
  return severity_words.at(static_cast<std::size_t>(severity)).labels.at(language_index(language));
}

}  // namespace eraudit
