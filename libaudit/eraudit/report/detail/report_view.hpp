#pragma once
// What writers read from a report that has its shape. Views are valid as long as the report.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/document.hpp"
#include "eraudit/report/detail/wording.hpp"
#include "eraudit/rules/verdict.hpp"
#include "eraudit/rules/vocabulary.hpp"
#include "eraudit/schema/local_text.hpp"

namespace eraudit::detail {

/// Member `key`, which must be there.
[[nodiscard]] DocumentNode member(DocumentNode map, std::string_view key);
[[nodiscard]] std::string_view text_of(DocumentNode map, std::string_view key);
[[nodiscard]] std::uint64_t number_of(DocumentNode map, std::string_view key);

/// A text, and the tag of the language that it is in.
struct SpokenText {
  std::string_view language;
  std::string_view text;
};
/// Of a map by language: `language`, else what is broader, else English, else the first; empty if
/// there is none.
[[nodiscard]] SpokenText spoken_in(DocumentNode texts, std::string_view language);
[[nodiscard]] std::string_view text_in(DocumentNode texts, std::string_view language);

[[nodiscard]] Verdict verdict_of(DocumentNode finding);
[[nodiscard]] Severity severity_of(DocumentNode finding, std::string_view end);
/// Indicator present, of high or critical severity if what is open turns out badly.
[[nodiscard]] bool grave(DocumentNode finding);

/// The rules of a report by id.
class RuleIndex {
 public:
  explicit RuleIndex(DocumentNode report);
  /// Findings name no rule that is not there (else: the first; a report of ours has none such).
  [[nodiscard]] DocumentNode find(std::string_view id) const;
  [[nodiscard]] bool empty() const noexcept { return rules_.empty(); }

 private:
  std::vector<DocumentNode> rules_;
};

/// One provision that a rule rests on, as people cite it.
struct Cited {
  std::string_view id;
  std::string_view relation;   ///< `equal`, `subset`, ...
  std::string_view standard;   ///< name of the standard or law; its id if the vocabulary has none
  std::string_view reference;  ///< `Article 7(1)`; may be empty
  const LocalText* title = nullptr;  ///< null if the vocabulary does not know it
};

/// By standard, in the order in which the rule names them first.
[[nodiscard]] std::vector<Cited> basis_of(DocumentNode rule);

/// One missing fact that undecided verdicts wait for, over all rules.
struct AskCause {
  std::string_view path;                   ///< `Recruiter.licence`
  std::optional<DocumentNode> respondent;  ///< whom to ask; nothing: the schema does not say
  std::vector<DocumentNode> questions;     ///< by language, each once
  std::vector<std::string_view> rules;
  std::uint64_t verdicts = 0;
  std::uint64_t stated = 0;  ///< of these: somebody states it, without the proof demanded
  std::uint64_t facts = 0;
  bool at_least = false;
  std::vector<std::string_view> examples;  ///< whom or what it is missing of
};

/// `and 4 more`, beyond the examples; empty if there are none.
[[nodiscard]] std::string left_out(const AskCause& cause, const Wording& words);

/// Who disagrees, in one line: `a.hours = 70 [payroll]: indicator present; a.hours = 48 [voices]:
/// not found in what was checked`. Empty of a finding that is no conflict.
[[nodiscard]] std::string sides_in_line(DocumentNode finding, const Wording& words);

/// All that is asked of one respondent, and so in one conversation.
struct AskGroup {
  std::optional<DocumentNode> respondent;
  std::string_view about;  ///< without a respondent: a kind of node or edge, `rate` or `table`
  std::uint64_t verdicts = 0;
  std::vector<AskCause> causes;
};

/// Those that would settle most come first, groups and causes.
[[nodiscard]] std::vector<AskGroup> group_asks(DocumentNode report);

/// Whom to ask, or what a group without a respondent is about; the id for what the built-in schema
/// does not know.
[[nodiscard]] std::string group_label(const AskGroup& group, const Wording& words);

/// Something that the report says nothing about, and why.
struct Unchecked {
  Verdict verdict = Verdict::unknown;  ///< `unknown` or `not_applicable`: which sign it has
  SpokenText rule;                     ///< its title; empty: not of one rule
  std::string text;
};

/// Never empty: what nobody named and no rule asks about comes last.
[[nodiscard]] std::vector<Unchecked> unchecked(DocumentNode report, const Wording& words);

/// What values of enumerations are called, as the report itself says.
class ReportLabels final : public CodeLabels {
 public:
  explicit ReportLabels(DocumentNode report) : codes_(member(report, "codes")) {}
  [[nodiscard]] std::string_view label(std::string_view path, std::string_view code,
                                       std::string_view language) const override;

 private:
  DocumentNode codes_;
};

/// `Cohort` as people call it, one or several of them.
[[nodiscard]] std::string_view label_of_kind(std::string_view kind, std::string_view language);
/// Of an attribute (`charged.amount`); the path itself for what the built-in schema does not know.
[[nodiscard]] std::string_view label_of_path(std::string_view path, std::string_view language);
/// Of a class of evidence.
[[nodiscard]] std::string_view label_of_class(std::string_view id, std::string_view language);

}  // namespace eraudit::detail
