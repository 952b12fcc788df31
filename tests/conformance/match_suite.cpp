#include "tests/conformance/match_suite.hpp"

#include <algorithm>
#include <exception>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>

#include "eraudit/core/error.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/pattern/matcher.hpp"
#include "tests/conformance/scenario_graph.hpp"
#include "tests/conformance/scenario_query.hpp"
#include "tests/conformance/scenario_values.hpp"

namespace eraudit::test {
namespace {

using Line = std::vector<std::string>;

class Scenario {
 public:
  explicit Scenario(DocumentNode data) : data_(data), graph_(data), query_(read_query(data)) {}

  void run(Outcome& out) {
    const DocumentNode expected = *data_.find("expected");
    const bool wants_error = expected.find("error").has_value();
    std::string pattern = text_of(data_, "quantified_pattern");
    if (pattern.empty()) pattern = text_of(data_, "pattern");
    if (pattern.empty()) return skip(out, "no pattern is named");
    if (!wants_error && !query_.beyond.empty()) return skip(out, query_.beyond);
    if (!wants_error && !query_.where.empty()) return skip(out, "a condition that is not CEL");
    const std::string text = graph_.rewritten(pattern);
    if (!wants_error && graph_.mixes_types()) {
      return skip(out, "a property compared with a value of another type");
    }
    for (const Column& column : query_.columns) {
      if (!column.property.empty()) graph_.mention(column.property);
    }
    graph_.make_schema();
    Environment environment(graph_.schema());
    PatternLimits limits;
    limits.kind_combinations = 1'000'000;
    // No path has more edges than the graph.
    limits.unbounded_hops =
        std::min(limits.hops, static_cast<std::uint32_t>(std::max<std::size_t>(1, graph_.edges())));
    const auto compiled =
        compile_match(ExpressionText::of(text), environment, graph_.subject(), limits);
    if (wants_error) return expect_refusal(out, *expected.find("error"), compiled, environment);
    if (!compiled) {
      out.kind = Outcome::Kind::failed;
      out.expected = "rows of " + text;
      out.got = to_text(compiled.diagnostics());
      return;
    }
    compare(out, expected, *compiled, environment);
  }

 private:
  static void skip(Outcome& out, std::string reason) {
    out.kind = Outcome::Kind::skipped;
    out.reason = std::move(reason);
  }

  /// The pattern is refused, or what stands behind it and says the same in CEL.
  void expect_refusal(Outcome& out, DocumentNode error, const Checked<PatternPtr>& compiled,
                      const Environment& environment) const {
    if (!compiled) return;
    if (!query_.where.empty()) {
      const auto where =
          compile(ExpressionText::of(query_.where), environment, Type(TypeKind::boolean));
      if (!where) return;
    } else if (!query_.beyond.empty()) {
      return skip(out, "an error behind the pattern: " + query_.beyond);
    }
    for (const Column& column : query_.columns) {
      const std::string expression = expression_of(column);
      if (expression.empty() && !column.name.empty()) {
        return skip(out, "an error behind the pattern: an expression in RETURN that is not CEL");
      }
      if (expression.empty()) continue;
      if (!compile(ExpressionText::of(expression), environment)) return;
    }
    out.kind = Outcome::Kind::failed;
    out.expected = "a refusal: " + text_of(error, "detail");
    out.got = "accepted";
  }

  void compare(Outcome& out, DocumentNode expected, const PatternPtr& pattern,
               const Environment& environment) {
    const Network network = graph_.network();
    const BoundPattern bound = eraudit::bind(pattern, network);
    for (const Column& column : query_.columns) {
      programs_.emplace_back();
      if (column.what != Column::What::function) continue;
      const std::string expression = expression_of(column);
      if (expression.empty()) continue;
      programs_.back() =
          eraudit::bind(compile(ExpressionText::of(expression), environment).value(), &network);
    }
    const auto order = expected.find("ignore_list_order");
    any_order_ = order && order->boolean().value_or(false);
    Evaluator evaluator(&network, {Date{}, Date{}, {}, {}});
    Matcher matcher(bound, evaluator);
    std::vector<Line> rows;
    for (std::uint32_t node = 0; node < network.node_count(); ++node) {
      evaluator.begin();
      const MatchRows& found = matcher.rows(NodeId{node});
      if (found.limit().is(ValueKind::error)) {
        throw std::runtime_error(std::string(found.limit().error->message));
      }
      for (std::size_t row = 0; row < found.size(); ++row) {
        if (!found.certain(row)) continue;
        Line line;
        for (std::size_t i = 0; i < query_.columns.size(); ++i) {
          line.push_back(projected(matcher, evaluator, network, row, i));
        }
        rows.push_back(std::move(line));
      }
    }
    rows = grouped(std::move(rows));
    std::vector<Line> wanted;
    const DocumentNode list = *expected.find("rows");
    for (std::size_t i = 0; i < list.size(); ++i) {
      Line line;
      for (std::size_t j = 0; j < list.at(i).size(); ++j) {
        line.push_back(spelled(list.at(i).at(j), any_order_));
      }
      wanted.push_back(std::move(line));
    }
    std::sort(rows.begin(), rows.end());
    std::sort(wanted.begin(), wanted.end());
    out.expected = text_of_rows(wanted);
    out.got = text_of_rows(rows);
    if (rows != wanted) out.kind = Outcome::Kind::failed;
  }

  static std::string text_of_rows(const std::vector<Line>& rows) {
    std::string out = std::to_string(rows.size()) + " rows";
    for (const Line& line : rows) {
      out += "\n    ";
      for (const std::string& cell : line) out += cell + " | ";
    }
    return out;
  }

  /// Counts rows that agree in all other columns.
  [[nodiscard]] std::vector<Line> grouped(std::vector<Line> rows) const {
    const auto is_count = [](const Column& column) { return column.what == Column::What::count; };
    if (std::none_of(query_.columns.begin(), query_.columns.end(), is_count)) {
      if (query_.distinct) {
        std::set<Line> once(rows.begin(), rows.end());
        rows.assign(once.begin(), once.end());
      }
      return rows;
    }
    std::map<Line, std::vector<Line>> groups;
    bool keys = false;
    for (Line& row : rows) {
      Line key;
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (!is_count(query_.columns[i])) key.push_back(row[i]);
      }
      groups[std::move(key)].push_back(std::move(row));
    }
    for (const Column& column : query_.columns) keys = keys || !is_count(column);
    if (!keys && groups.empty()) groups[{}] = {};
    std::vector<Line> out;
    for (const auto& [key, members] : groups) {
      Line line;
      std::size_t next = 0;
      for (std::size_t i = 0; i < query_.columns.size(); ++i) {
        if (!is_count(query_.columns[i])) {
          line.push_back(key[next++]);
          continue;
        }
        std::vector<std::string> values;
        for (const Line& member : members) {
          if (member[i] != null_text) values.push_back(member[i]);
        }
        if (query_.columns[i].distinct) {
          std::sort(values.begin(), values.end());
          values.erase(std::unique(values.begin(), values.end()), values.end());
        }
        line.push_back(spelled_text("int", std::to_string(values.size())));
      }
      out.push_back(std::move(line));
    }
    return out;
  }

  std::string projected(Matcher& matcher, Evaluator& evaluator, const Network& network,
                        std::size_t row, std::size_t number) {
    const Column& column = query_.columns[number];
    if (column.name.empty()) return "row";
    if (programs_[number]) {
      matcher.set_row(row);
      return value_text(network, evaluator.evaluate(*programs_[number]));
    }
    const auto& variables = matcher.pattern().variables();
    for (std::uint32_t i = 0; i < variables.size(); ++i) {
      if (variables[i].name != column.name) continue;
      const Value value = matcher.value(row, i);
      if (column.what == Column::What::function) return function_text(network, column, value);
      if (column.property.empty()) return value_text(network, value);
      const DocumentNode of = value.is(ValueKind::node) ? graph_.node(network, value.as_node())
                                                        : graph_.edge(network, value.as_edge());
      const auto found = of.find("props")->find(column.property);
      return found ? spelled(*found) : std::string(null_text);
    }
    throw std::runtime_error("no column " + column.name);
  }

  /// What only the data knows: types and labels of elements.
  std::string function_text(const Network& network, const Column& column,
                            const Value& value) const {
    if (column.function == "type" && value.is(ValueKind::edge)) {
      return spelled_text("string", text_of(graph_.edge(network, value.as_edge()), "type"));
    }
    const bool last = column.function == "last";
    if ((last || column.function == "head") && value.is(ValueKind::list)) {
      const auto items = value.list->items;
      if (items.empty()) return std::string(null_text);
      return value_text(network, last ? items.back() : items.front());
    }
    throw std::runtime_error("RETURN " + column.function + "(..) cannot be worked out");
  }

  std::string value_text(const Network& network, const Value& value) const {
    if (value.is(ValueKind::null)) return std::string(null_text);
    if (value.is(ValueKind::integer)) return spelled_text("int", std::to_string(value.integer));
    if (value.is(ValueKind::node)) return spelled_node(graph_.node(network, value.as_node()));
    if (value.is(ValueKind::edge)) return spelled_edge(graph_.edge(network, value.as_edge()));
    if (value.is(ValueKind::list)) {
      std::vector<std::string> items;
      for (const Value& item : value.list->items) items.push_back(value_text(network, item));
      if (any_order_) std::sort(items.begin(), items.end());
      std::string out = "{list:[";
      for (const std::string& item : items) out += item + ";";
      return out + "];}";
    }
    if (!value.is(ValueKind::record)) throw std::runtime_error("a value of another kind");
    const auto nodes = value.record->fields[1].list->items;
    const auto edges = value.record->fields[2].list->items;
    std::string out = "{path:[" + spelled_node(graph_.node(network, nodes[0].as_node())) + ";";
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const EdgeId edge = edges[i].as_edge();
      const bool onward = network.from(edge) == nodes[i].as_node();
      out += spelled_edge(graph_.edge(network, edge), onward ? "out" : "in") + ";" +
             spelled_node(graph_.node(network, nodes[i + 1].as_node())) + ";";
    }
    return out + "];}";
  }

  static constexpr std::string_view null_text = "{null:null;}";

  DocumentNode data_;
  ScenarioGraph graph_;
  ScenarioQuery query_;
  std::vector<std::optional<BoundProgram>> programs_;  ///< by column
  bool any_order_ = false;
};

}  // namespace

Outcome run_scenario(DocumentNode scenario) {
  Outcome out;
  out.id = text_of(scenario, "id");
  out.asked = text_of(scenario, "query");
  const auto linear = scenario.find("linear");
  const bool wants_error = scenario.find("expected")->find("error").has_value();
  out.group = wants_error ? "linear patterns that are refused" : "linear patterns";
  if (!linear || !linear->boolean().value_or(false)) {
    out.kind = Outcome::Kind::skipped;
    out.reason = "more than one linear pattern";
    return out;
  }
  try {
    Scenario(scenario).run(out);
  } catch (const std::exception& problem) {
    out.kind = Outcome::Kind::failed;
    out.expected = wants_error ? "a refusal" : "rows";
    out.got = std::string("an exception: ") + problem.what();
  }
  return out;
}

void run_match_suite(const std::vector<std::string>& folders, const Wanted& wanted,
                     const std::function<void(const Outcome&)>& done) {
  for (const std::string& file : json_files(folders)) {
    const auto document = read_json(read_file(file, std::size_t{64} << 20));
    if (!document) throw Error(ErrorCode::bad_argument, to_text(document.diagnostics()));
    const auto scenarios = (*document)->root().find("scenarios");
    if (!scenarios || scenarios->size() == 0) {
      throw Error(ErrorCode::bad_argument, file + " has no scenarios");
    }
    for (std::size_t i = 0; i < scenarios->size(); ++i) {
      const DocumentNode scenario = scenarios->at(i);
      if (wanted(text_of(scenario, "id"))) done(run_scenario(scenario));
    }
  }
}

}  // namespace eraudit::test
