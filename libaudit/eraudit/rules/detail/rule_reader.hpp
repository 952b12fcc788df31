#pragma once
// How a rule file becomes a rule: one reader for one document, in several source files.

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/document.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/expression/environment.hpp"
#include "eraudit/expression/program.hpp"
#include "eraudit/pattern/pattern.hpp"
#include "eraudit/rules/detail/file_reader.hpp"
#include "eraudit/rules/detail/table_catalogue.hpp"
#include "eraudit/rules/rule.hpp"
#include "eraudit/rules/vocabulary.hpp"

namespace eraudit::rules_detail {

/// Keys of rule files, as the reader accepts them and the JSON Schema offers them.
namespace rule_keys {
[[nodiscard]] std::span<const std::string_view> file();
[[nodiscard]] std::span<const std::string_view> severities();  ///< in the order of `Severity`
[[nodiscard]] std::span<const std::string_view> relations();
[[nodiscard]] std::span<const std::string_view> proof_levels();
[[nodiscard]] std::span<const std::string_view> statuses();  ///< in the order of `RuleStatus`
}  // namespace rule_keys

/// What is known about a rule besides its own file.
struct RuleSurroundings {
  SchemaPtr schema;
  TableCatalogue* tables = nullptr;
  const Vocabulary* vocabulary = nullptr;
  std::string pack;        ///< id; empty if there is none
  std::string cases_file;  ///< name of the file of its cases
  bool has_cases = false;
  Limits limits;
  PatternLimits pattern_limits;
  const ReplacedText* replaced = nullptr;  ///< one expression that is read instead
};

/// Call `read` once.
class RuleReader {
 public:
  RuleReader(const Document& document, const RuleSurroundings& around);

  /// Nothing if there are errors; they are in `diagnostics`, as are warnings.
  [[nodiscard]] std::optional<Rule> read(Diagnostics& diagnostics);

 private:
  // read_rule.cpp: everything but expressions
  void read_identity(Node root);
  void read_subject(Node root);
  void read_subject_name(Node scalar, std::string_view text);
  void read_subject_kinds(Node scalar, std::size_t begin, std::size_t end);
  void read_basis(Node list);
  void read_asks(Node map);
  void read_remedy(Node map);
  void read_proof(Node map);
  void read_texts(Node root);
  void list_what_it_lacks(Node root);

  // read_match.cpp: patterns
  void read_match(Node scalar, Node root);
  [[nodiscard]] bool is_subject_of(const PatternTree& tree, Node scalar, std::string& start);
  void collect_calls(const PatternTree& tree, std::set<std::string>& calls) const;
  [[nodiscard]] std::vector<std::size_t> names_used(const PatternTree& tree,
                                                    std::span<const std::string_view> names) const;
  /// What only the subject may be read by, with the subject alone to read.
  [[nodiscard]] ProgramPtr compile_of_subject(Node scalar, std::string_view what, const Type& type);
  [[nodiscard]] bool reads_rows(const ExpressionText& text, std::string_view what);
  void collect_match_needs();

  // read_lets.cpp: `let`
  struct LetText {
    enum class Kind : std::uint8_t { expression, exists, count };
    std::string name;
    Node key;
    Node scalar;
    ExpressionText text;
    Kind kind = Kind::expression;
    std::vector<std::size_t> uses{};  ///< other entries, by index
  };
  void collect_lets(Node map);
  void collect_let(Node key, Node value);
  [[nodiscard]] bool let_name_ok(Node key);
  void add_faulty_let(std::string_view name);
  void find_uses();
  [[nodiscard]] std::vector<std::size_t> order_lets();
  void compile_lets();
  [[nodiscard]] bool compile_pattern_let(const LetText& let);
  void find_unused_lets();
  /// Adds the slots of all entries that those in `slots` hang on.
  void add_lets_used(std::set<Slot>& slots) const;

  // read_logic.cpp: expressions
  void read_logic(Node root);
  void collect_tables(Node root);
  void collect_calls(const ExpressionText& text, std::set<std::string>& calls) const;
  [[nodiscard]] bool calls_faulty(const std::set<std::string>& calls) const;
  [[nodiscard]] ProgramPtr compile_at(Node scalar, std::string_view what, const Type& type);
  [[nodiscard]] ProgramPtr compile_in(const Environment& environment, Node scalar,
                                      std::string_view what, const Type& type);
  void read_condition(Node root);
  void read_severity(Node node);
  void read_severity_table(Node map);
  void read_message(Node node);
  void collect_reads();
  void add_read(std::string path);
  void collect_reads_of(const Program& program);
  void collect_reads_of(const Pattern& pattern);
  void check_asks();

  FileReader reader_;
  const RuleSurroundings& around_;
  const Schema& schema_;
  Rule rule_;
  Environment environment_;
  std::vector<LetText> lets_;
  std::set<std::string> faulty_lets_;    ///< what uses them is not to blame
  std::set<std::string> faulty_tables_;  ///< called here, but their files have errors
  bool incomplete_ = false;  ///< an expression could not be read: what is unused is not known
  std::optional<Node> status_;
  std::optional<Node> asks_;
};

}  // namespace eraudit::rules_detail
