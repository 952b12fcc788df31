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
  void read_subject_kinds(Node scalar, std::size_t begin, std::size_t end);
  void read_basis(Node list);
  void read_asks(Node map);
  void read_remedy(Node map);
  void read_proof(Node map);
  void read_texts(Node root);
  void list_what_it_lacks(Node root);

  // read_logic.cpp: expressions
  struct LetText {
    std::string name;
    Node key;
    Node scalar;
    ExpressionText text;
    std::vector<std::size_t> uses;  ///< other entries, by index
  };
  void read_logic(Node root);
  void collect_lets(Node map);
  [[nodiscard]] bool let_name_ok(Node key);
  [[nodiscard]] std::vector<std::size_t> order_lets();
  void compile_lets();
  void collect_tables(Node root);
  void collect_calls(const ExpressionText& text, std::set<std::string>& calls) const;
  [[nodiscard]] ProgramPtr compile_at(Node scalar, std::string_view what, const Type& type);
  void read_condition(Node root);
  void read_severity(Node node);
  void read_severity_table(Node map);
  void read_message(Node node);
  void find_unused_lets();
  void collect_reads();
  void collect_reads_of(const Program& program, std::set<Slot>& slots);
  void check_asks();

  FileReader reader_;
  const RuleSurroundings& around_;
  const Schema& schema_;
  Rule rule_;
  Environment environment_;
  std::vector<LetText> lets_;
  std::set<std::string> faulty_tables_;  ///< called here, but their files have errors
  bool incomplete_ = false;  ///< an expression could not be read: what is unused is not known
  std::optional<Node> status_;
  std::optional<Node> asks_;
};

}  // namespace eraudit::rules_detail
