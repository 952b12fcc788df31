// The expressions of rule files: when, conditions, severity, messages.

#include <algorithm>
#include <array>
#include <utility>

#include "eraudit/core/suggest.hpp"
#include "eraudit/rules/detail/names.hpp"
#include "eraudit/rules/detail/rule_reader.hpp"
#include "eraudit/rules/detail/template.hpp"

namespace eraudit::rules_detail {
namespace {

Node key_of(Node map, std::string_view name) {
  for (std::size_t index = 0; index < map.size(); ++index) {
    if (map.key(index).text() == name) return map.key(index);
  }
  return map;
}

}  // namespace

void RuleReader::read_logic(Node root) {
  collect_tables(root);
  const auto match = root.find("match");
  if (match) {
    read_match(*match, root);
  } else if (!rule_.subject.empty()) {
    rule_.subject_slot = environment_.add_variable(rule_.subject, Type::node(rule_.kinds));
  }
  incomplete_ = incomplete_ || rule_.kinds.empty();
  // `at` is the day on which the entries of `let` are read, so it cannot hang on them.
  if (const auto at = root.find("at")) {
    const Type day(TypeKind::date);
    rule_.at = match ? compile_of_subject(*at, "'at'", day) : compile_at(*at, "'at'", day);
  }
  const auto let = root.find("let");
  if (let && reader_.is_map(*let, "'let'")) {
    collect_lets(*let);
    compile_lets();
  }
  if (const auto when = root.find("when")) {
    const Type truth(TypeKind::boolean);
    rule_.when =
        match ? compile_of_subject(*when, "'when'", truth) : compile_at(*when, "'when'", truth);
    if (rule_.when) environment_.assume(*rule_.when);
  }
  read_condition(root);
  // What a text or a severity reads of a thing known not to exist is printed as such, not refused.
  environment_.require_guards = false;
  if (const auto severity = root.find("severity")) read_severity(*severity);
  if (const auto message = root.find("message")) {
    read_message(*message);
  } else {
    reader_.error(root, "missing-key", "a rule needs 'message': what a finding says",
                  "write for instance 'message: \"{c.workers} workers paid {paid}\"'");
  }
  find_unused_lets();
  collect_reads();
  collect_match_needs();
  check_asks();
}

bool RuleReader::calls_faulty(const std::set<std::string>& calls) const {
  return std::any_of(calls.begin(), calls.end(),
                     [&](const std::string& name) { return faulty_tables_.count(name) != 0; });
}

ProgramPtr RuleReader::compile_at(Node scalar, std::string_view what, const Type& type) {
  return compile_in(environment_, scalar, what, type);
}

ProgramPtr RuleReader::compile_in(const Environment& environment, Node scalar,
                                  std::string_view what, const Type& type) {
  const auto text = reader_.expression(scalar, what);
  if (!text) {
    incomplete_ = true;
    return nullptr;
  }
  std::set<std::string> calls;
  collect_calls(*text, calls);
  // Without its subject or a table nothing certain can be said about an expression but its syntax.
  if (calls_faulty(calls) || rule_.kinds.empty()) {
    reader_.append(parse_expression(*text, around_.limits).diagnostics());
    incomplete_ = true;
    return nullptr;
  }
  auto program = compile(*text, environment, type, around_.limits);
  reader_.append(program.diagnostics());
  if (!program) {
    incomplete_ = true;
    return nullptr;
  }
  return *program;
}

void RuleReader::collect_calls(const ExpressionText& text, std::set<std::string>& calls) const {
  const auto tree = parse_expression(text, around_.limits);
  if (!tree) return;
  for (const SyntaxNode& node : tree->nodes) {
    if (node.kind == SyntaxKind::call) calls.emplace(node.text);
  }
}

void RuleReader::collect_tables(Node root) {
  std::set<std::string> calls;
  const auto collect = [&](Node scalar) {
    if (scalar.is_scalar())
      collect_calls(reader_.expression(scalar, 0, scalar.text().size()), calls);
  };
  for (const std::string_view key : {"at", "when", "fail_if", "pass_if"}) {
    if (const auto value = root.find(key)) collect(*value);
  }
  const auto collect_pattern = [&](Node scalar) {
    if (!scalar.is_scalar()) return;
    const ExpressionText text = reader_.expression(scalar, 0, scalar.text().size());
    const auto tree = parse_pattern(text, around_.pattern_limits, around_.limits);
    if (tree) collect_calls(*tree, calls);
  };
  if (const auto match = root.find("match")) collect_pattern(*match);
  if (const auto let = root.find("let"); let && let->is_map()) {
    for (std::size_t index = 0; index < let->size(); ++index) {
      const Node value = let->at(index);
      collect(value);
      if (!value.is_map()) continue;
      for (std::size_t key = 0; key < value.size(); ++key) collect_pattern(value.at(key));
    }
  }
  const auto collect_parts = [&](Node scalar) {
    std::optional<TemplateProblem> problem;
    for (const TemplatePart& part : split_template(scalar.text(), problem)) {
      if (part.expression) collect_calls(ExpressionText::of(part.text), calls);
    }
  };
  if (const auto message = root.find("message")) {
    if (message->is_map()) {
      for (std::size_t index = 0; index < message->size(); ++index)
        collect_parts(message->at(index));
    } else {
      collect_parts(*message);
    }
  }
  if (const auto severity = root.find("severity"); severity && severity->is_map()) {
    if (const auto table = severity->find("table")) calls.insert(table_function(table->text()));
  }
  std::vector<std::string> names;
  for (const std::string& call : calls) {
    if (around_.tables->has(call)) {
      names.push_back(call);
    } else if (!find_builtin(call)) {
      // So that the checker can say what was meant.
      const std::vector<std::string> known = around_.tables->names();
      const std::vector<std::string_view> views(known.begin(), known.end());
      if (const auto near = nearest_name(call, views)) names.emplace_back(*near);
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  for (const std::string& name : names) {
    const TablePtr table = around_.tables->find(name);
    if (!table) {
      faulty_tables_.insert(name);
      incomplete_ = true;
      continue;
    }
    environment_.add_table(table);
    rule_.tables.push_back(table);
  }
}

void RuleReader::read_condition(Node root) {
  const auto fail_if = root.find("fail_if");
  const auto pass_if = root.find("pass_if");
  if (fail_if && pass_if) {
    reader_.error(key_of(root, "pass_if"), "two-conditions",
                  "a rule has either 'fail_if' or 'pass_if', not both",
                  "the other outcome follows: what does not fail passes, if enough is known");
  }
  if (!fail_if && !pass_if) {
    reader_.error(root, "missing-key", "a rule needs a condition: 'fail_if' or 'pass_if'",
                  "write for instance 'fail_if: c.fees.exists(f, f.amount > 0)'");
    return;
  }
  rule_.fails_if_true = fail_if.has_value();
  const Node condition = fail_if ? *fail_if : *pass_if;
  rule_.position = reader_.source().position(condition.is_scalar() ? condition.locate(0)
                                                                   : condition.span().offset);
  rule_.condition =
      compile_at(condition, fail_if ? "'fail_if'" : "'pass_if'", Type(TypeKind::boolean));
  if (fail_if && pass_if) {
    static_cast<void>(compile_at(*pass_if, "'pass_if'", Type(TypeKind::boolean)));
  }
}

void RuleReader::read_severity(Node node) {
  if (node.is_map()) {
    read_severity_table(node);
    return;
  }
  if (const auto severity =
          reader_.one_of(node, rule_keys::severities(), "bad-severity", "severity")) {
    rule_.severity = static_cast<Severity>(*severity);
  }
}

void RuleReader::read_severity_table(Node map) {
  constexpr std::array<std::string_view, 2> keys = {"table", "by"};
  reader_.known_keys(map, keys, "'severity'");
  const auto table_name = map.find("table");
  const auto by = map.find("by");
  if (!table_name || !by) {
    reader_.error(map, "missing-key",
                  std::string("'severity' needs '") + (table_name ? "by" : "table") + "'",
                  "write 'severity: {table: rba-fee-severity, by: [share, months]}', or one word: "
                  "low, medium, "
                  "high, critical");
    return;
  }
  const auto written = reader_.word(*table_name, "'table'");
  if (!written || !reader_.is_list(*by, "'by'")) return;
  const std::string name = table_function(*written);
  if (faulty_tables_.count(name) != 0) return;
  const auto number = environment_.find_table(name);
  if (!number || !around_.tables->has(name)) {
    const std::vector<std::string> known = around_.tables->names();
    reader_.error(*table_name, "unknown-table", "there is no table " + quoted(*written),
                  suggest(name, std::vector<std::string_view>(known.begin(), known.end())));
    return;
  }
  const Table& table = *rule_.tables[*number];
  const auto& fields = table.output().fields();
  const auto field = std::find_if(fields.begin(), fields.end(),
                                  [](const auto& entry) { return entry.first == "severity"; });
  if (field == fields.end() || field->second.enumeration() != &severity_attribute()) {
    reader_.error(*table_name, "not-a-severity-table",
                  "table " + quoted(*written) + " has no output 'severity' of type severity",
                  "write 'output: {severity: severity}' in " + table.file());
    return;
  }
  if (by->size() != table.inputs().size()) {
    std::vector<std::string> inputs;
    for (const TableInput& input : table.inputs()) inputs.push_back(input.name);
    reader_.error(*by, "wrong-inputs",
                  "table " + quoted(*written) + " has " + std::to_string(table.inputs().size()) +
                      (table.inputs().size() == 1 ? " input (" : " inputs (") + enumerate(inputs) +
                      "), not " + std::to_string(by->size()));
    return;
  }
  SeverityTable form;
  form.table = *number;
  form.field = static_cast<std::uint32_t>(field - fields.begin());
  // One expression, `table(a, b).severity`, each part of which points to where it was written.
  ExpressionText text;
  text.source = reader_.document().source_ptr();
  text.name = reader_.source().name();
  const auto append = [&](std::string_view part, Node at, bool verbatim) {
    const std::vector<std::uint32_t> places = verbatim ? at.places() : std::vector<std::uint32_t>();
    for (std::size_t index = 0; index < part.size(); ++index) {
      text.offsets.push_back(verbatim ? places[index] : at.span().offset);
    }
    text.text += part;
  };
  append(name, *table_name, name.size() == written->size());
  append("(", *by, false);
  bool complete = true;
  for (std::size_t index = 0; index < by->size(); ++index) {
    const Node entry = by->at(index);
    const auto let = reader_.word(entry, "an entry of 'by'");
    if (!let) return;
    const auto found = std::find_if(rule_.lets.begin(), rule_.lets.end(),
                                    [&](const Let& candidate) { return candidate.name == *let; });
    if (found == rule_.lets.end()) {
      complete = false;
      const bool faulty = std::any_of(lets_.begin(), lets_.end(), [&](const LetText& candidate) {
        return candidate.name == *let;
      });
      if (faulty) continue;  // said where it stands
      std::vector<std::string_view> names;
      for (const LetText& candidate : lets_) names.push_back(candidate.name);
      reader_.error(entry, "unknown-let", "there is no 'let' entry " + quoted(*let),
                    names.empty() ? "give the expression a name in 'let'" : suggest(*let, names));
      continue;
    }
    form.by.push_back(found->slot);
    if (index != 0) append(", ", entry, false);
    append(*let, entry, true);
  }
  if (!complete) return;
  append(").severity", *table_name, false);
  text.offsets.push_back(table_name->span().offset);
  auto program = compile(text, environment_, Type(TypeKind::text), around_.limits);
  reader_.append(program.diagnostics());
  if (!program) return;
  rule_.severity_program = *program;
  rule_.severity_table = std::move(form);
}

void RuleReader::read_message(Node node) {
  if (rule_.kinds.empty()) return;
  if (!node.is_map()) {
    if (!reader_.word(node, "'message'")) return;
    rule_.message.emplace_back("en", read_template(reader_, node, environment_, around_.limits));
    return;
  }
  if (node.size() == 0) reader_.error(node, "wrong-shape", "'message' has no text in any language");
  for (std::size_t index = 0; index < node.size(); ++index) {
    const auto language = reader_.language(node.key(index), "'message'");
    if (!language) continue;
    if (message_in(rule_.message, *language) != nullptr) {
      reader_.language_again(node.key(index), *language);
      continue;
    }
    if (!reader_.word(node.at(index), "'message' in " + *language)) continue;
    rule_.message.emplace_back(
        *language, read_template(reader_, node.at(index), environment_, around_.limits));
  }
}

void RuleReader::add_read(std::string path) {
  if (std::find(rule_.reads.begin(), rule_.reads.end(), path) == rule_.reads.end()) {
    rule_.reads.push_back(std::move(path));
  }
}

void RuleReader::collect_reads_of(const Program& program) {
  for (const AttributeReference& attribute : program.attributes) {
    for (const AttributeReference::Member& member : attribute.members) {
      add_read(attribute.of_edge ? schema_.path(EdgeKindId{member.kind}, member.attribute)
                                 : schema_.path(KindId{member.kind}, member.attribute));
    }
  }
  for (const ListReference& list : program.lists) {
    for (const ListReference::Member& member : list.members)
      add_read(schema_.path(member.kind, member.list));
  }
  for (const Operation& operation : program.operations) {
    if (operation.op == Op::table) add_read("table " + rule_.tables[operation.payload]->name());
  }
}

void RuleReader::collect_reads_of(const Pattern& pattern) {
  for (std::string& path : pattern.reads()) add_read(std::move(path));
  for (const std::uint32_t table : pattern.tables()) {
    add_read("table " + rule_.tables[table]->name());
  }
}

void RuleReader::collect_reads() {
  std::set<Slot> slots;
  if (rule_.match) collect_reads_of(*rule_.match);
  for (const ProgramPtr& program : {rule_.at, rule_.when, rule_.condition}) {
    if (!program) continue;
    collect_reads_of(*program);
    for (const Slot slot : program->variables()) slots.insert(slot);
  }
  add_lets_used(slots);
  for (auto let = rule_.lets.rbegin(); let != rule_.lets.rend(); ++let) {
    if (slots.count(let->slot) == 0) continue;
    if (let->program) collect_reads_of(*let->program);
    if (let->pattern) collect_reads_of(*let->pattern);
  }
}

void RuleReader::check_asks() {
  if (!asks_ || !asks_->is_map()) return;
  for (std::size_t index = 0; index < asks_->size(); ++index) {
    const Node key = asks_->key(index);
    const std::string_view path = key.text();
    if (path == "rate") continue;
    if (path.substr(0, 6) == "table ") {
      if (!around_.tables->has(path.substr(6))) {
        const std::vector<std::string> known = around_.tables->names();
        reader_.error(
            key, "unknown-table", "there is no table " + quoted(path.substr(6)),
            suggest(path.substr(6), std::vector<std::string_view>(known.begin(), known.end())));
      }
    } else if (const auto problem = check_path(schema_, path)) {
      reader_.error(key, "unknown-path", problem->message, problem->help);
      continue;
    }
    if (incomplete_ || reader_.has_errors()) continue;
    if (std::find(rule_.reads.begin(), rule_.reads.end(), path) == rule_.reads.end()) {
      reader_.warn(key, "unread-path",
                   "the rule asks for " + quoted(path) + ", but never waits for it");
    }
  }
}

}  // namespace eraudit::rules_detail
