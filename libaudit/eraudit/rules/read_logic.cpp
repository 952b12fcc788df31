// The expressions of rule files: let, when, conditions, severity, messages.

#include <algorithm>
#include <array>
#include <utility>

#include "eraudit/core/suggest.hpp"
#include "eraudit/rules/detail/names.hpp"
#include "eraudit/rules/detail/rule_reader.hpp"
#include "eraudit/rules/detail/template.hpp"

namespace eraudit::rules_detail {
namespace {

constexpr std::size_t most_lets = 1'000;

Node key_of(Node map, std::string_view name) {
  for (std::size_t index = 0; index < map.size(); ++index) {
    if (map.key(index).text() == name) return map.key(index);
  }
  return map;
}

}  // namespace

void RuleReader::read_logic(Node root) {
  collect_tables(root);
  if (!rule_.subject.empty()) {
    rule_.subject_slot = environment_.add_variable(rule_.subject, Type::node(rule_.kinds));
    incomplete_ = incomplete_ || rule_.kinds.empty();
  } else {
    incomplete_ = true;
  }
  // `at` is the day on which the entries of `let` are read, so it cannot hang on them.
  if (const auto at = root.find("at")) rule_.at = compile_at(*at, "'at'", Type(TypeKind::date));
  if (const auto let = root.find("let"); let && reader_.is_map(*let, "'let'")) {
    collect_lets(*let);
    compile_lets();
  }
  if (const auto when = root.find("when")) {
    rule_.when = compile_at(*when, "'when'", Type(TypeKind::boolean));
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
  check_asks();
}

ProgramPtr RuleReader::compile_at(Node scalar, std::string_view what, const Type& type) {
  const auto text = reader_.expression(scalar, what);
  if (!text) {
    incomplete_ = true;
    return nullptr;
  }
  std::set<std::string> calls;
  collect_calls(*text, calls);
  const bool faulty = std::any_of(calls.begin(), calls.end(), [&](const std::string& name) {
    return faulty_tables_.count(name) != 0;
  });
  // Without its subject or a table nothing certain can be said about an expression but its syntax.
  if (faulty || rule_.kinds.empty()) {
    reader_.append(parse_expression(*text, around_.limits).diagnostics());
    incomplete_ = true;
    return nullptr;
  }
  auto program = compile(*text, environment_, type, around_.limits);
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
  if (const auto let = root.find("let"); let && let->is_map()) {
    for (std::size_t index = 0; index < let->size(); ++index) collect(let->at(index));
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

bool RuleReader::let_name_ok(Node key) {
  const std::string_view name = key.text();
  if (!is_identifier(name)) {
    reader_.error(key, "bad-name", quoted(name) + " cannot be the name of a 'let' entry",
                  "write letters, digits and '_', not beginning with a digit");
  } else if (is_taken_word(name)) {
    reader_.error(
        key, "name-taken",
        quoted(name) + " is a word of the language and cannot be the name of a 'let' entry");
  } else if (name == rule_.subject) {
    reader_.error(key, "name-taken",
                  quoted(name) + " is the subject and cannot be the name of a 'let' entry");
  } else if (around_.tables->has(name)) {
    reader_.error(key, "name-taken",
                  quoted(name) + " is a table and cannot be the name of a 'let' entry");
  } else {
    return true;
  }
  return false;
}

void RuleReader::collect_lets(Node map) {
  if (map.size() > most_lets) {
    reader_.error(map, "too-many", "more than " + std::to_string(most_lets) + " entries of 'let'");
    return;
  }
  for (std::size_t index = 0; index < map.size(); ++index) {
    const Node key = map.key(index);
    const Node value = map.at(index);
    if (!let_name_ok(key)) {
      incomplete_ = true;
      // What uses it is not to blame.
      const bool could_stand = is_identifier(key.text()) && !is_taken_word(key.text());
      if (could_stand && key.text() != rule_.subject) {
        environment_.add_variable(std::string(key.text()), Type());
      }
      continue;
    }
    if (value.is_map() && (value.find("exists") || value.find("count"))) {
      reader_.error(value, "not-yet", "patterns ('exists', 'count') come with the next version",
                    "write an expression over the lists of the subject");
      incomplete_ = true;
      environment_.add_variable(std::string(key.text()), Type());
      continue;
    }
    auto text = reader_.expression(value, "'let' entry " + quoted(key.text()));
    if (!text) {
      incomplete_ = true;
      environment_.add_variable(std::string(key.text()), Type());
      continue;
    }
    lets_.push_back({std::string(key.text()), key, value, *std::move(text), {}});
  }
  std::vector<std::string_view> names;
  names.reserve(lets_.size());
  for (const LetText& let : lets_) names.push_back(let.name);
  for (LetText& let : lets_) {
    if (const auto tree = parse_expression(let.text, around_.limits))
      let.uses = free_names(*tree, names);
  }
}

/// So that each stands after those it uses, otherwise as written; those on a cycle are left out and
/// reported.
std::vector<std::size_t> RuleReader::order_lets() {
  enum class State : std::uint8_t { fresh, open, done, cyclic };
  std::vector<State> states(lets_.size(), State::fresh);
  std::vector<std::size_t> order;
  struct Visit {
    std::size_t let;
    std::size_t next;
  };
  std::vector<Visit> path;
  for (std::size_t first = 0; first < lets_.size(); ++first) {
    if (states[first] != State::fresh) continue;
    path.push_back({first, 0});
    states[first] = State::open;
    while (!path.empty()) {
      Visit& visit = path.back();
      if (visit.next == lets_[visit.let].uses.size()) {
        if (states[visit.let] == State::open) {
          states[visit.let] = State::done;
          order.push_back(visit.let);
        }
        path.pop_back();
        continue;
      }
      const std::size_t used = lets_[visit.let].uses[visit.next++];
      if (states[used] == State::fresh) {
        states[used] = State::open;
        path.push_back({used, 0});
      } else if (states[used] == State::open) {
        const auto begin = std::find_if(path.begin(), path.end(),
                                        [&](const Visit& entry) { return entry.let == used; });
        std::string cycle;
        for (auto entry = begin; entry != path.end(); ++entry) {
          cycle += lets_[entry->let].name + " -> ";
          states[entry->let] = State::cyclic;
        }
        cycle += lets_[used].name;
        reader_.error(lets_[used].key, "let-cycle",
                      used == path.back().let && begin + 1 == path.end()
                          ? "'let' entry " + quoted(lets_[used].name) + " uses itself"
                          : "entries of 'let' use each other in a circle: " + cycle,
                      "an entry may use those that do not need it");
      }
    }
  }
  return order;
}

void RuleReader::compile_lets() {
  const std::vector<std::size_t> order = order_lets();
  for (std::size_t index = 0; index < lets_.size(); ++index) {
    if (std::find(order.begin(), order.end(), index) != order.end()) continue;
    incomplete_ = true;
    environment_.add_variable(lets_[index].name, Type());
  }
  // What an entry reads unguarded must be guarded where the entry is used; the checker sees to it.
  environment_.require_guards = false;
  for (const std::size_t index : order) {
    const LetText& let = lets_[index];
    const ProgramPtr program = compile_at(let.scalar, "'let' entry " + quoted(let.name), Type());
    if (!program) {
      environment_.add_variable(let.name, Type());
      continue;
    }
    const Slot slot = environment_.add_variable(let.name, program);
    rule_.lets.push_back({let.name, program, slot});
  }
  environment_.require_guards = true;
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
    if (root.find("match")) return;
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
    for (std::size_t index = 0; index < part.size(); ++index) {
      text.offsets.push_back(verbatim ? at.locate(index) : at.span().offset);
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
    const std::string language(node.key(index).text());
    if (!is_language(language)) {
      reader_.error(node.key(index), "unknown-language",
                    quoted(language) + " is no language of 'message'",
                    "write a language such as 'en', 'fr', 'es' or 'pt-BR'");
      continue;
    }
    if (!reader_.word(node.at(index), "'message' in " + language)) continue;
    rule_.message.emplace_back(
        language, read_template(reader_, node.at(index), environment_, around_.limits));
  }
}

void RuleReader::find_unused_lets() {
  if (incomplete_ || reader_.has_errors()) return;
  std::set<Slot> used;
  const auto add = [&](const ProgramPtr& program) {
    if (!program) return;
    for (const Slot slot : program->variables()) used.insert(slot);
  };
  add(rule_.when);
  add(rule_.condition);
  add(rule_.severity_program);
  for (const auto& [language, text] : rule_.message) {
    for (const Template::Part& part : text.parts) add(part.program);
  }
  // Entries stand after those they use.
  for (auto let = rule_.lets.rbegin(); let != rule_.lets.rend(); ++let) {
    if (used.count(let->slot) != 0) add(let->program);
  }
  for (const LetText& text : lets_) {
    const auto let = std::find_if(rule_.lets.begin(), rule_.lets.end(),
                                  [&](const Let& entry) { return entry.name == text.name; });
    if (let == rule_.lets.end() || used.count(let->slot) != 0) continue;
    reader_.warn(text.key, "unused-let", "'let' entry " + quoted(text.name) + " is not used");
  }
}

void RuleReader::collect_reads_of(const Program& program, std::set<Slot>& slots) {
  const auto add = [&](std::string path) {
    if (std::find(rule_.reads.begin(), rule_.reads.end(), path) == rule_.reads.end()) {
      rule_.reads.push_back(std::move(path));
    }
  };
  for (const AttributeReference& attribute : program.attributes) {
    for (const AttributeReference::Member& member : attribute.members) {
      add(attribute.of_edge ? schema_.path(EdgeKindId{member.kind}, member.attribute)
                            : schema_.path(KindId{member.kind}, member.attribute));
    }
  }
  for (const ListReference& list : program.lists) {
    for (const ListReference::Member& member : list.members)
      add(schema_.path(member.kind, member.list));
  }
  for (const Operation& operation : program.operations) {
    if (operation.op == Op::table) add("table " + rule_.tables[operation.payload]->name());
  }
  for (const Slot slot : program.variables()) slots.insert(slot);
}

void RuleReader::collect_reads() {
  std::set<Slot> slots;
  for (const ProgramPtr& program : {rule_.at, rule_.when, rule_.condition}) {
    if (program) collect_reads_of(*program, slots);
  }
  for (auto let = rule_.lets.rbegin(); let != rule_.lets.rend(); ++let) {
    if (slots.count(let->slot) != 0) collect_reads_of(*let->program, slots);
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
