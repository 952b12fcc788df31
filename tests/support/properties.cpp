#include "tests/support/properties.hpp"

#include <algorithm>
#include <numeric>
#include <random>

#include "eraudit/network/builder.hpp"
#include "eraudit/network/write.hpp"
#include "tests/support/plain_value.hpp"

namespace eraudit::test {
namespace {

constexpr std::size_t listed = 10;

bool same(const std::optional<Statement>& a, const Statement& b) {
  return a && a->kind == b.kind && a->row == b.row && a->attribute == b.attribute &&
         a->list == b.list;
}

Statement of_node(NodeId node, AttributeId attribute) {
  return {Statement::Kind::node_cell, node.index, attribute, {}};
}
Statement of_edge(EdgeId edge, AttributeId attribute) {
  return {Statement::Kind::edge_cell, edge.index, attribute, {}};
}

std::vector<std::uint32_t> order_of(std::size_t count, std::uint64_t seed) {
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  if (seed == 0) return order;
  // Not std::shuffle: its result is the library's own affair.
  std::mt19937_64 random(seed);
  for (std::size_t left = count; left > 1; --left) {
    std::swap(order[left - 1], order[random() % left]);
  }
  return order;
}

class Remaker {
 public:
  Remaker(const Network& network, const Remake& change)
      : network_(network), change_(change), builder_(network.schema_ptr()) {}

  Network make() {
    if (const auto day = network_.as_of()) builder_.as_of(*day);
    add_sources();
    for (const Network::InputFile& input : network_.inputs()) {
      files_.push_back(builder_.file(input.path, input.sha256, input.bytes));
    }
    const std::vector<std::uint32_t> nodes = order_of(network_.node_count(), change_.order);
    const std::vector<std::uint32_t> edges =
        order_of(network_.edge_count(), change_.order == 0 ? 0 : change_.order + 1);
    // Edges may come before their nodes.
    const bool edges_first = change_.order % 2 == 1;
    if (edges_first) add_edges(edges);
    for (const std::uint32_t node : nodes) add_node(NodeId{node});
    if (!edges_first) add_edges(edges);
    for (const std::uint32_t index : order_of(network_.completions().size(), change_.order)) {
      const Completion& completion = network_.completions()[index];
      const Statement statement{
          Statement::Kind::completion, completion.node.index, {}, completion.list};
      if (same(change_.without, statement)) continue;
      builder_.complete(network_.id(completion.node), completion.list,
                        {file(completion.file), completion.line}, source(completion.source));
    }
    return builder_.build().value();
  }

 private:
  void add_sources() {
    sources_.assign(network_.sources().size(), 0);
    for (const std::uint32_t index : order_of(network_.sources().size(), change_.order)) {
      if (index != 0) sources_[index] = builder_.source(network_.sources()[index]);
    }
  }
  std::uint16_t source(std::uint16_t index) const { return sources_[index]; }
  std::uint16_t file(std::uint16_t number) const { return number == 0 ? 0 : files_[number - 1]; }
  DraftOrigin origin(const Origin& at) const {
    for (std::size_t index = 0; index < network_.inputs().size(); ++index) {
      if (network_.inputs()[index].path == at.file) return {files_[index], at.line};
    }
    return {0, at.line};
  }

  template <class Id, class Draft>
  void fill(Id id, Draft draft, const std::vector<Attribute>& attributes, Statement::Kind kind) {
    for (const Claim& claim : network_.claims(id, row_itself)) {
      builder_.also(draft, source(claim.source), claim.line);
    }
    for (std::uint16_t index = 0; index < attributes.size(); ++index) {
      const AttributeId attribute{index};
      const Statement statement{kind, id.index, attribute, {}};
      if (same(change_.with, statement)) {
        builder_.set(draft, attribute, change_.value);
        continue;
      }
      if (same(change_.without, statement)) continue;
      const auto claims = network_.claims(id, attribute);
      for (const Claim& claim : claims) {
        builder_.set(draft, attribute, claim.cell, source(claim.source), claim.line);
      }
      if (claims.empty()) builder_.set(draft, attribute, network_.cell(id, attribute));
    }
  }

  void add_node(NodeId node) {
    const KindId kind = network_.kind(node);
    const NodeDraft draft = builder_.node(kind, network_.id(node), origin(network_.origin(node)),
                                          source(network_.source(node)));
    fill(node, draft, network_.schema().kind(kind).attributes, Statement::Kind::node_cell);
  }

  void add_edges(const std::vector<std::uint32_t>& edges) {
    for (const std::uint32_t index : edges) {
      const EdgeId edge{index};
      const EdgeTable& table = network_.table(edge);
      const std::uint32_t row = index - table.first;
      const std::string_view own = table.ids.empty() || table.ids[row] == 0
                                       ? std::string_view()
                                       : network_.text(table.ids[row] - 1);
      const EdgeDraft draft = builder_.edge(
          table.kind, network_.id(network_.from(edge)), network_.id(network_.to(edge)),
          origin(network_.origin(edge)), source(network_.source(edge)), own);
      fill(edge, draft, network_.schema().edge(table.kind).attributes, Statement::Kind::edge_cell);
    }
  }

  const Network& network_;
  const Remake& change_;
  NetworkBuilder builder_;
  std::vector<std::uint16_t> sources_;
  std::vector<std::uint16_t> files_;
};

const std::vector<Attribute>& attributes_of(const Network& network, const Statement& statement) {
  if (statement.kind == Statement::Kind::edge_cell) {
    return network.schema().edge(network.table(EdgeId{statement.row}).kind).attributes;
  }
  return network.schema().kind(network.kind(NodeId{statement.row})).attributes;
}

const Attribute& attribute_of(const Network& network, const Statement& statement) {
  return attributes_of(network, statement)[statement.attribute.index];
}

std::string path_of(const Network& network, const Statement& statement) {
  const Schema& schema = network.schema();
  switch (statement.kind) {
    case Statement::Kind::node_cell:
      return schema.path(network.kind(NodeId{statement.row}), statement.attribute);
    case Statement::Kind::edge_cell:
      return schema.path(network.table(EdgeId{statement.row}).kind, statement.attribute);
    case Statement::Kind::completion:
      break;
  }
  return schema.path(network.kind(NodeId{statement.row}), statement.list);
}

/// Its absence means something: that there is no bound.
bool bounds(const Network& network, const Statement& statement) {
  if (statement.kind == Statement::Kind::completion) return false;
  const Attribute& attribute = attribute_of(network, statement);
  const bool time =
      attribute.name == "since" || attribute.name == "until" || attribute.name == "on";
  return time && !attribute.required;
}

/// Calls `use` for each cell of each row.
template <class Use>
void each_cell(const Network& network, Use use) {
  for (std::uint32_t node = 0; node < network.node_count(); ++node) {
    const auto& attributes = network.schema().kind(network.kind(NodeId{node})).attributes;
    for (std::uint16_t index = 0; index < attributes.size(); ++index) {
      use(of_node(NodeId{node}, AttributeId{index}), network.cell(NodeId{node}, AttributeId{index}),
          !network.claims(NodeId{node}, AttributeId{index}).empty());
    }
  }
  for (std::uint32_t edge = 0; edge < network.edge_count(); ++edge) {
    const auto& attributes = network.schema().edge(network.table(EdgeId{edge}).kind).attributes;
    for (std::uint16_t index = 0; index < attributes.size(); ++index) {
      use(of_edge(EdgeId{edge}, AttributeId{index}), network.cell(EdgeId{edge}, AttributeId{index}),
          !network.claims(EdgeId{edge}, AttributeId{index}).empty());
    }
  }
}

/// A waiting reading is about `statement`: nodes by id, edges by their ends, for their names may
/// hang on the cell.
bool is_about(const Network& before, const Network& after, const Reading& reading,
              const Statement& statement) {
  if (reading.path != path_of(before, statement)) return false;
  if (statement.kind == Statement::Kind::edge_cell) {
    const EdgeId edge{statement.row};
    const EdgeId waits{reading.fact.row};
    return after.id(after.from(waits)) == before.id(before.from(edge)) &&
           after.id(after.to(waits)) == before.id(before.to(edge));
  }
  return after.id(NodeId{reading.fact.row}) == before.id(NodeId{statement.row});
}

std::string pair_text(const Assessment& assessment, std::size_t rule, NodeId subject) {
  return assessment.rules().all()[rule].id + " on " + std::string(assessment.network().id(subject));
}

void note(Lawbreakers& law, std::string what) {
  law.found.push_back(std::move(what));
}

std::vector<Cell> values_for(const Attribute& attribute) {
  switch (attribute.type) {
    case AttributeType::boolean:
      return {Cell::of(true), Cell::of(false)};
    case AttributeType::integer: {
      std::vector<Cell> cells{Cell::of(std::int64_t{0}), Cell::of(std::int64_t{1'000}),
                              Cell::between(std::int64_t{1}, std::int64_t{20})};
      return cells;
    }
    case AttributeType::number:
      return {Cell::of(0.0), Cell::of(1e4), Cell::between(0.5, 90.0)};
    case AttributeType::text:
      if (attribute.format == TextFormat::language)
        return {Cell::of(std::string("en")), Cell::of(std::string("ne"))};
      if (attribute.format != TextFormat::any)
        return {Cell::of(std::string("MY")), Cell::of(std::string("NP"))};
      return {Cell::of(std::string("something")), Cell::of(std::string("else"))};
    case AttributeType::enumeration: {
      std::vector<Cell> cells;
      for (const EnumerationValue& value : attribute.values) cells.push_back(Cell::of(value.id));
      return cells;
    }
    case AttributeType::date:
      return {Cell::of(Date{19'000}), Cell::of(Date{21'500}),
              Cell::between(Date{19'700}, Date{20'100})};
    case AttributeType::money: {
      const Currency currency = *Currency::from_code("USD");
      std::vector<Cell> cells{Cell::of(Money{0, currency}), Cell::of(Money{123'456, currency})};
      cells.push_back(Cell::between(Money{0, currency}, Money{50'000'000, currency}));
      // Currencies that networks here have and rates are for.
      for (const char* code : {"MYR", "NPR"}) {
        const Currency local = *Currency::from_code(code);
        for (const std::int64_t minor : {0, 1, 150'000, 100'000'000})
          cells.push_back(Cell::of(Money{minor, local}));
        cells.push_back(Cell::between(Money{0, local}, Money{100'000'000, local}));
      }
      return cells;
    }
    case AttributeType::text_list:
      if (attribute.format == TextFormat::country || attribute.format == TextFormat::place)
        return {Cell::of(std::vector<std::string>{}),
                Cell::of(std::vector<std::string>{"MY", "NP"})};
      return {Cell::of(std::vector<std::string>{}), Cell::of(std::vector<std::string>{"en"})};
    case AttributeType::enumeration_list: {
      std::vector<std::string> all;
      for (const EnumerationValue& value : attribute.values) all.push_back(value.id);
      return {Cell::of(std::vector<std::string>{}), Cell::of(all)};
    }
  }
  return {};
}

void append(std::string& out, const Condition& condition, std::size_t depth) {
  out += std::string(2 * depth, ' ') + condition.text + " @" +
         std::to_string(condition.position.line) + ":" + std::to_string(condition.position.column) +
         " -> " + written(condition.outcome) + "\n";
  for (const Reading& reading : condition.readings) {
    out += std::string(2 * depth + 1, ' ') + reading.name + " = " + written(reading.value) + " [" +
           reading.path + ", " + reading.source + ", " + reading.file + ":" +
           std::to_string(reading.line) + "]\n";
  }
  for (const Condition& part : condition.variables) append(out, part, depth + 1);
  for (const Condition& part : condition.parts) append(out, part, depth + 1);
}

void append(std::string& out, std::string_view title, const std::vector<Reading>& readings) {
  for (const Reading& reading : readings) {
    out.append("  ")
        .append(title)
        .append(" ")
        .append(reading.name)
        .append(" = ")
        .append(written(reading.value));
    out.append(" [").append(reading.path).append(", ").append(reading.source).append("]\n");
  }
}

}  // namespace

Network remake(const Network& network, const Remake& change) {
  return Remaker(network, change).make();
}

std::vector<Statement> statements(const Network& network) {
  std::vector<Statement> out;
  each_cell(network, [&](const Statement& statement, const Cell& cell, bool) {
    if (cell.state != CellState::unknown) out.push_back(statement);
  });
  for (const Completion& completion : network.completions()) {
    const Statement statement{
        Statement::Kind::completion, completion.node.index, {}, completion.list};
    if (out.empty() || !same(out.back(), statement)) out.push_back(statement);
  }
  return out;
}

std::vector<Statement> gaps(const Network& network) {
  std::vector<Statement> out;
  each_cell(network, [&](const Statement& statement, const Cell& cell, bool claimed) {
    if (cell.state == CellState::unknown && !claimed) out.push_back(statement);
  });
  return out;
}

std::string name_of(const Network& network, const Statement& statement) {
  switch (statement.kind) {
    case Statement::Kind::node_cell:
      return std::string(network.id(NodeId{statement.row})) + "." +
             attribute_of(network, statement).name;
    case Statement::Kind::edge_cell:
      return network.name(EdgeId{statement.row}) + "." + attribute_of(network, statement).name;
    case Statement::Kind::completion:
      break;
  }
  return std::string(network.id(NodeId{statement.row})) + "." +
         network.schema().end(statement.list).edges + " (complete)";
}

std::string Lawbreakers::text() const {
  std::string out;
  for (std::size_t index = 0; index < found.size() && index < listed; ++index)
    out += found[index] + "\n";
  if (found.size() > listed) out += "... and " + std::to_string(found.size() - listed) + " more\n";
  return out;
}

Lawbreakers check_removing(const Network& network, const Rules& rules, const Options& options) {
  Lawbreakers law;
  const Assessment before = evaluate(network, rules, options);
  for (const Statement& statement : statements(network)) {
    if (bounds(network, statement)) continue;
    const Network less = remake(network, {0, statement, std::nullopt, {}});
    // Without a part of its natural key an edge may be told from another no more: that is another
    // network.
    if (less.edge_count() != network.edge_count()) continue;
    ++law.looked_at;
    const Assessment after = evaluate(less, rules, options);
    for (std::size_t rule = 0; rule < rules.size(); ++rule) {
      for (std::uint32_t index = 0; index < network.node_count(); ++index) {
        const NodeId subject{index};  // nodes are ordered by kind and id: the same in both
        const Verdict was = before.verdict(rule, subject);
        const Verdict is = after.verdict(rule, subject);
        if (was == is) continue;
        ++law.changed;
        const Explanation explanation = after.explain(rule, subject);
        const std::string what = "without " + name_of(network, statement) + ": " +
                                 pair_text(before, rule, subject) + " was " +
                                 std::string(to_text(was)) + " and is " + std::string(to_text(is));
        if (is == Verdict::not_applicable && was == Verdict::pass && explanation.when &&
            explanation.when->kind == ValueKind::unknown) {
          continue;
        }
        // What showed it may have been all that sufficed, and others may have been right.
        const bool found = was == Verdict::fail || was == Verdict::conflict;
        if (is == Verdict::suspect && found) continue;
        if (is != Verdict::unknown) {
          note(law, what);
          continue;
        }
        const bool asked = std::any_of(explanation.waits_for.begin(), explanation.waits_for.end(),
                                       [&](const Missing& missing) {
                                         return is_about(network, less, missing.reading, statement);
                                       });
        if (!asked) note(law, what + ", but does not ask for it");
      }
    }
  }
  return law;
}

Lawbreakers check_filling(const Network& network, const Rules& rules, const Options& options,
                          std::size_t tries) {
  Lawbreakers law;
  const Assessment before = evaluate(network, rules, options);
  for (const Statement& statement : gaps(network)) {
    if (bounds(network, statement)) continue;
    const std::vector<Cell> values = values_for(attribute_of(network, statement));
    for (std::size_t index = 0; index < values.size() && index < tries; ++index) {
      const Network more = remake(network, {0, std::nullopt, statement, values[index]});
      if (more.edge_count() != network.edge_count()) continue;
      ++law.looked_at;
      const Assessment after = evaluate(more, rules, options);
      for (std::size_t rule = 0; rule < rules.size(); ++rule) {
        for (std::uint32_t node = 0; node < network.node_count(); ++node) {
          const NodeId subject{node};
          const Verdict was = before.verdict(rule, subject);
          const Verdict is = after.verdict(rule, subject);
          if (was == is) continue;
          ++law.changed;
          if (was == Verdict::unknown) continue;
          if (was == Verdict::not_applicable && is == Verdict::pass) {
            const Explanation explanation = before.explain(rule, subject);
            if (explanation.when && explanation.when->kind == ValueKind::unknown) continue;
          }
          note(law, "with " + name_of(network, statement) + " = " + to_text(values[index]) + ": " +
                        pair_text(before, rule, subject) + " was " + std::string(to_text(was)) +
                        " and is " + std::string(to_text(is)));
        }
      }
    }
  }
  return law;
}

Lawbreakers check_order(const Network& network, const Rules& rules, const Options& options,
                        std::size_t orders) {
  Lawbreakers law;
  const std::string before = everything(evaluate(remake(network, {}), rules, options));
  for (std::size_t order = 1; order <= orders; ++order) {
    ++law.looked_at;
    const std::string after = everything(
        evaluate(remake(network, {order, std::nullopt, std::nullopt, {}}), rules, options));
    if (before == after) continue;
    const auto [a, b] = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
    const auto at = static_cast<std::size_t>(a - before.begin());
    const std::size_t from = at > 100 ? at - 100 : 0;
    note(law, "order " + std::to_string(order) + " differs:\n" + before.substr(from, 300) +
                  "\n--- and ---\n" + after.substr(from, 300));
    static_cast<void>(b);
  }
  return law;
}

Lawbreakers check_threads(const Network& network, const Rules& rules, const Options& options) {
  Lawbreakers law;
  Options with = options;
  with.threads = 1;
  const std::string before = everything(evaluate(network, rules, with));
  for (const unsigned threads : {2U, 8U}) {
    ++law.looked_at;
    with.threads = threads;
    if (everything(evaluate(network, rules, with)) != before) {
      note(law, std::to_string(threads) + " threads give something else than one");
    }
  }
  return law;
}

std::string everything(const Assessment& assessment, bool explanations) {
  const Network& network = assessment.network();
  std::string out;
  for (std::size_t rule = 0; rule < assessment.rules().size(); ++rule) {
    const RuleCounts& counts = assessment.counts(rule);
    out += assessment.rules().all()[rule].id + " selected " + std::to_string(counts.selected) +
           " applicable " + std::to_string(counts.applicable) + " decided " +
           std::to_string(counts.decided) + "\n";
    for (std::uint32_t index = 0; index < network.node_count(); ++index) {
      const NodeId node{index};
      out += " " + std::string(network.id(node)) + " " +
             std::string(to_text(assessment.verdict(rule, node))) + " " +
             assessment.fingerprint(rule, node) + "\n";
      if (!explanations) continue;
      for (const std::string_view language : {"en", "fr"}) {
        const Explanation explanation = assessment.explain(rule, node, language);
        out += "  " + explanation.message + " " + std::string(to_text(explanation.severity.low)) +
               ".." + std::string(to_text(explanation.severity.high)) + " " + explanation.error +
               "\n";
        if (explanation.when) append(out, *explanation.when, 2);
        if (explanation.condition) append(out, *explanation.condition, 2);
        append(out, "witness", explanation.witness);
        const auto append_missing = [&](std::string_view title, const std::vector<Missing>& facts) {
          for (const Missing& missing : facts) {
            append(out, title, {missing.reading});
            out.append("   ").append(missing.question.in(language)).append("\n");
          }
        };
        append_missing("waits for", explanation.waits_for);
        append(out, "would change", explanation.would_change);
        for (const Enough& enough : explanation.enough) append_missing("enough", enough.facts);
        for (const Later& later : explanation.later) append_missing("later", later.facts);
      }
    }
  }
  for (const Finding& finding : assessment.findings()) {
    out += "finding " + std::to_string(finding.rule) + " " +
           std::string(network.id(finding.subject)) + " " + std::string(to_text(finding.verdict)) +
           " " + std::string(to_text(finding.severity.low)) + ".." +
           std::string(to_text(finding.severity.high)) + "\n";
  }
  for (const Ask& ask : assessment.asks()) {
    out += "ask " + std::to_string(ask.rule) + " " + ask.path + " " + std::to_string(ask.verdicts) +
           " " + std::to_string(ask.facts) + (ask.at_least ? "+" : "");
    for (const std::string& name : ask.names) out += " " + name;
    out += " " + assessment.question(ask) + "\n";
  }
  for (const LimitHit& hit : assessment.run().limits_hit) {
    out += to_text(hit.reached) + " " + hit.rule + " " + std::to_string(hit.count) + "\n";
  }
  return out;
}

}  // namespace eraudit::test
