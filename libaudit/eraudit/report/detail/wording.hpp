#pragma once
// Words of reports in one language, with numbers and names put into them.

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "eraudit/evaluate/assessment.hpp"
#include "eraudit/expression/plain_value.hpp"

namespace eraudit::detail {

/// A sign for a verdict that can be told apart without colour.
[[nodiscard]] char mark(Verdict verdict) noexcept;

/// For one line of a terminal: line breaks with the blanks around them become one blank, control
/// characters are escaped.
[[nodiscard]] std::string one_line(std::string_view text);

/// Numbers for people: groups of three as the language writes them.
[[nodiscard]] std::string grouped(std::uint64_t number, std::string_view language);

/// The engine's own texts, and values, in one language. Keeps a view of `language`, and `labels`.
class Wording {
 public:
  using Replacements = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  /// `labels`: what codes in values are called; without them they stay codes.
  explicit Wording(std::string_view language, const CodeLabels* labels = nullptr) noexcept
      : language_(language), labels_(labels) {}

  [[nodiscard]] std::string_view language() const noexcept { return language_; }
  [[nodiscard]] std::string_view say(std::string_view key) const;
  /// Text `key` with what stands for each `{name}`; every name must be given, and no other.
  [[nodiscard]] std::string fill(std::string_view key, Replacements replacements) const;
  /// Text `key`, or `key`-one where the language speaks of a single thing, with `n` for `{n}`.
  [[nodiscard]] std::string count(std::string_view key, std::uint64_t n) const;

  /// `a; b` as the language sets its stops; the one if the other is empty.
  [[nodiscard]] std::string also(std::string_view a, std::string_view b) const;
  /// `52.8`, `52,8`: how much of `whole`, in per cent. What is little is not called nothing.
  [[nodiscard]] std::string per_cent(std::uint64_t part, std::uint64_t whole) const;
  /// `0.880`, `0,880`: exact.
  [[nodiscard]] std::string thousandths(std::uint64_t n) const;

  [[nodiscard]] std::string severity(const SeverityRange& severity) const;
  [[nodiscard]] std::string_view verdict(Verdict verdict) const;
  /// What comes before the message of a finding for whom it is not settled; empty of the others.
  [[nodiscard]] std::string_view lead(Verdict verdict) const;
  /// A message with its lead.
  [[nodiscard]] std::string led(Verdict verdict, std::string_view message) const;
  /// `would help to settle 3 verdicts; stated for 2 of them, on too little evidence`
  [[nodiscard]] std::string settles(std::uint64_t verdicts, std::uint64_t stated) const;
  /// What a fact said, or what a condition came to.
  [[nodiscard]] std::string value(const PlainValue& value) const {
    return to_text(value, language_, labels_);
  }
  /// `voices asked 12 of 48: 10 or more affected (20.8 %) would have been noticed ...`
  [[nodiscard]] std::string detection(const Detection& detection) const;
  /// `10,000 steps of evaluation: rule test.rule, 1 subject`
  [[nodiscard]] std::string limit(const LimitHit& hit) const;

 private:
  [[nodiscard]] bool is(std::string_view language) const noexcept {
    return language_.substr(0, language_.find('-')) == language;
  }
  /// Between whole numbers and parts.
  [[nodiscard]] char point() const noexcept { return is("fr") || is("es") ? ',' : '.'; }

  std::string_view language_;
  const CodeLabels* labels_;
};

/// `ILO C181, Article 7(1): No fees to workers (ilo-conv-c181-no-fees; the rule asks less)`
[[nodiscard]] std::string basis_text(const Basis& basis, const Wording& words);

/// `himal -> village-a`; a pattern of several paths has them behind one another.
[[nodiscard]] std::string row_text(const MatchedRow& row, const Network& network);

}  // namespace eraudit::detail
