// Scenarios derived from the openCypher TCK, as far as one linear pattern says them.
//
// Sets of labels become kinds; every kind has every property, and what a node lacks is unknown, so
// that only certain rows count (there `null` is neither equal nor unequal).

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <regex>
#include <set>

#include "eraudit/core/document.hpp"
#include "eraudit/network/builder.hpp"
#include "eraudit/pattern/matcher.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shared_data.hpp"

namespace eraudit::test {
namespace {

std::string text_of(DocumentNode node, std::string_view key) {
  const auto found = node.find(key);
  return found ? std::string(found->text()) : std::string();
}

/// A value of the data in one spelling.
std::string spelled(DocumentNode value) {
  if (value.is_list()) {
    std::string out = "[";
    for (std::size_t i = 0; i < value.size(); ++i) out += spelled(value.at(i)) + ";";
    return out + "]";
  }
  if (value.is_map()) {
    std::map<std::string, std::string> entries;
    for (std::size_t i = 0; i < value.size(); ++i) {
      std::string entry = spelled(value.at(i));
      if (value.key(i).text() == "labels") {  // a set
        std::set<std::string> labels;
        for (std::size_t j = 0; j < value.at(i).size(); ++j) {
          labels.insert(std::string(value.at(i).at(j).text()));
        }
        entry = "[";
        for (const std::string& label : labels) entry += label + ";";
        entry += "]";
      }
      entries.emplace(value.key(i).text(), std::move(entry));
    }
    std::string out = "{";
    for (const auto& [key, entry] : entries) out.append(key).append(":").append(entry).append(";");
    return out + "}";
  }
  return std::string(value.text());
}

std::string labels_of(DocumentNode node) {
  std::set<std::string> labels;
  const DocumentNode list = *node.find("labels");
  for (std::size_t i = 0; i < list.size(); ++i) labels.insert(std::string(list.at(i).text()));
  std::string out;
  for (const std::string& label : labels) out += ":" + label;
  return out;
}

class Scenario {
 public:
  explicit Scenario(DocumentNode data) : data_(data), graph_(*data.find("graph")) {}

  /// Nothing if it agrees; else what is wrong.
  std::string run() {
    collect();
    const std::string pattern = rewritten(text_of(data_, "quantified_pattern"));
    Environment environment(schema_);
    PatternLimits limits;
    limits.kind_combinations = 1'000'000;
    limits.unbounded_hops = 20;
    const auto compiled = compile_match(ExpressionText::of(pattern), environment, subject_, limits);
    const DocumentNode expected = *data_.find("expected");
    if (expected.find("error")) {
      return compiled ? "accepted, but " + spelled(expected) : std::string();
    }
    if (!compiled) return to_text(compiled.diagnostics());
    const Network network = build();
    const BoundPattern bound = bind(*compiled, network);
    Evaluator evaluator(&network, {Date{}, Date{}, {}, {}});
    Matcher matcher(bound, evaluator);
    std::vector<std::string> rows;
    std::int64_t count = 0;
    for (std::uint32_t node = 0; node < network.node_count(); ++node) {
      evaluator.begin();
      const MatchRows& found = matcher.rows(NodeId{node});
      if (found.limit().is(ValueKind::error)) return std::string(found.limit().error->message);
      for (std::size_t row = 0; row < found.size(); ++row) {
        if (!found.certain(row)) continue;
        ++count;
        std::string line;
        for (const std::string& column : columns_) {
          line += projected(matcher, network, row, column) + "|";
        }
        rows.push_back(std::move(line));
      }
    }
    std::vector<std::string> wanted;
    const DocumentNode list = *expected.find("rows");
    if (columns_.size() == 1 && columns_[0].starts_with("count(")) {
      rows = {std::to_string(count)};
      wanted = {text_of(list.at(0).at(0), "int")};
    } else {
      for (std::size_t i = 0; i < list.size(); ++i) {
        std::string line;
        for (std::size_t j = 0; j < list.at(i).size(); ++j) line += spelled(list.at(i).at(j)) + "|";
        wanted.push_back(std::move(line));
      }
    }
    std::sort(rows.begin(), rows.end());
    std::sort(wanted.begin(), wanted.end());
    if (rows == wanted) return {};
    std::string out = pattern + "\nwanted:";
    for (const std::string& row : wanted) out += "\n  " + row;
    out += "\nfound:";
    for (const std::string& row : rows) out += "\n  " + row;
    return out;
  }

  /// Why it cannot be said, or nothing.
  std::string beyond() {
    const std::string query = text_of(data_, "query");
    if (query.find("WHERE") != std::string::npos) return "a condition that is not CEL";
    if (text_of(data_, "quantified_pattern").empty()) return "no pattern";
    const bool error = data_.find("expected")->find("error").has_value();
    const std::string returned = query.substr(query.rfind("RETURN") + 6);
    if (error && returned.find("length(") != std::string::npos)
      return "an error behind the pattern";
    std::smatch parts;
    std::string rest = returned;
    static const std::regex item(
        R"(^\s*(\*|count\(\*\)|count\(\w+\)|type\(\w+\)|\w+\.\w+|\w+)(\s+AS\s+\w+)?\s*(,|$))");
    while (!rest.empty() && rest.find_first_not_of(" \n") != std::string::npos) {
      if (!std::regex_search(rest, parts, item)) return "RETURN" + returned;
      columns_.push_back(parts[1]);
      rest = parts.suffix();
    }
    if (columns_ == std::vector<std::string>{"*"}) {
      columns_.clear();
      const auto names = data_.find("expected")->find("columns");
      for (std::size_t i = 0; names && i < names->size(); ++i) {
        columns_.emplace_back(names->at(i).text());
      }
    }
    return {};
  }

 private:
  void collect() {
    const DocumentNode nodes = *graph_.find("nodes");
    const DocumentNode edges = *graph_.find("edges");
    kinds_.emplace("", "None");
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const std::string labels = labels_of(nodes.at(i));
      kinds_.emplace(labels, "K" + std::to_string(kinds_.size()));
      properties(nodes.at(i));
    }
    edge_kinds_.insert("none");
    for (std::size_t i = 0; i < edges.size(); ++i) {
      edge_kinds_.insert(text_of(edges.at(i), "type"));
      properties(edges.at(i));
    }
  }

  void properties(DocumentNode element) {
    const DocumentNode props = *element.find("props");
    for (std::size_t i = 0; i < props.size(); ++i) {
      const std::string_view type = props.at(i).key(0).text();
      properties_.emplace(props.key(i).text(), type == "int"    ? AttributeType::integer
                                               : type == "bool" ? AttributeType::boolean
                                                                : AttributeType::text);
    }
  }

  /// Labels as kinds, properties with a prefix, a name for the first node.
  std::string rewritten(const std::string& pattern) {
    std::string out;
    char inside = '\0';
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      const char c = pattern[i];
      if (c == '(' || c == '[') {
        inside = c;
        out += c;
        if (c != '(' || !subject_.empty()) continue;
        std::size_t end = i + 1;
        while (
            end < pattern.size() &&
            (std::isalnum(static_cast<unsigned char>(pattern[end])) != 0 || pattern[end] == '_')) {
          ++end;
        }
        subject_ = pattern.substr(i + 1, end - i - 1);
        if (subject_.empty()) {
          subject_ = "subject";
          out += subject_;
        }
        continue;
      }
      if (c == ')' || c == ']') inside = '\0';
      if (inside == '(' && c == ':') {
        std::size_t end = pattern.find_first_of(" ){", i);
        out += ":" + kinds_with(pattern.substr(i, end - i));
        i = end - 1;
        continue;
      }
      if (inside == '[' && c == ':') {
        const std::size_t end = pattern.find_first_of(" ]{", i);
        std::string name;
        for (std::size_t at = i + 1; at <= end; ++at) {
          if (at < end && pattern[at] != '|') {
            name += pattern[at];
            continue;
          }
          edge_kinds_.insert(std::exchange(name, {}));
        }
        out += pattern.substr(i, end - i);
        i = end - 1;
        continue;
      }
      if (inside != '\0' && c == '{') {
        const std::size_t colon = pattern.find(':', i);
        const std::string name = pattern.substr(i + 1, colon - i - 1);
        properties_.emplace(name, AttributeType::text);
        out += "{p_" + name + ":";
        i = colon;
        continue;
      }
      out += c;
    }
    make_schema();
    return out;
  }

  std::string kinds_with(const std::string& labels) {
    std::string out;
    for (const auto& [of, kind] : kinds_) {
      bool all = true;
      for (std::size_t at = 0; at < labels.size();) {
        const std::size_t next = std::min(labels.find(':', at + 1), labels.size());
        all = all && (of + ":").find(labels.substr(at, next - at) + ":") != std::string::npos;
        at = next;
      }
      if (!all) continue;
      if (!out.empty()) out += "|";
      out += kind;
    }
    return out.empty() ? "None" : out;
  }

  void make_schema() {
    std::vector<Attribute> attributes;
    for (const auto& [name, type] : properties_) {
      Attribute attribute;
      attribute.name = "p_" + name;
      attribute.type = type;
      attributes.push_back(std::move(attribute));
    }
    std::vector<NodeKind> kinds;
    std::vector<KindId> all;
    for (const auto& [labels, name] : kinds_) {
      numbers_[labels] = KindId{static_cast<std::uint16_t>(kinds.size())};
      all.push_back(numbers_[labels]);
      NodeKind kind;
      kind.name = name;
      kind.attributes = attributes;
      kinds.push_back(std::move(kind));
    }
    std::vector<EdgeKind> edges;
    for (const std::string& name : edge_kinds_) {
      EdgeKind edge;
      edge.name = name;
      edge.from = {all, name + "_out", name + "_ends", true, {}};
      edge.to = {all, name + "_in", name + "_begins", true, {}};
      edge.attributes = attributes;
      edges.push_back(std::move(edge));
    }
    schema_ = std::make_shared<const Schema>("scenario", std::move(kinds), std::move(edges));
  }

  template <class Draft>
  void set(NetworkBuilder& builder, Draft draft, DocumentNode element) {
    const DocumentNode props = *element.find("props");
    for (std::size_t i = 0; i < props.size(); ++i) {
      const std::string name(props.key(i).text());
      const DocumentNode value = props.at(i).at(0);
      Cell cell = Cell::of(std::string(value.text()));
      if (properties_.at(name) == AttributeType::integer) {
        cell = Cell::of(std::int64_t{std::stoll(std::string(value.text()))});
      }
      if (properties_.at(name) == AttributeType::boolean) cell = Cell::of(*value.boolean());
      builder.set(draft, "p_" + name, cell);
    }
  }

  Network build() {
    NetworkBuilder builder(schema_);
    const DocumentNode nodes = *graph_.find("nodes");
    const DocumentNode edges = *graph_.find("edges");
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      set(builder,
          builder.node(numbers_.at(labels_of(nodes.at(i))), "n" + text_of(nodes.at(i), "id")),
          nodes.at(i));
    }
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const DocumentNode edge = edges.at(i);
      set(builder,
          builder.edge(*schema_->find_edge(text_of(edge, "type")), "n" + text_of(edge, "source"),
                       "n" + text_of(edge, "target"), {}, 0, "e" + text_of(edge, "id")),
          edge);
    }
    return std::move(builder.build().value());
  }

  DocumentNode element(std::string_view list, std::string_view name) const {
    const DocumentNode all = *graph_.find(list);
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (text_of(all.at(i), "id") == name.substr(1)) return all.at(i);
    }
    throw std::runtime_error("no such element");
  }

  std::string node_text(const Network& network, NodeId id) const {
    const DocumentNode node = element("nodes", network.id(id));
    std::string labels;
    std::string all = labels_of(node);
    for (std::size_t at = 0; at < all.size();) {
      const std::size_t next = std::min(all.find(':', at + 1), all.size());
      labels += all.substr(at + 1, next - at - 1) + ";";
      at = next;
    }
    return "{node:{labels:[" + labels + "];props:" + spelled(*node.find("props")) + ";};}";
  }
  std::string edge_text(const Network& network, EdgeId id, std::string_view direction = {}) const {
    const DocumentNode edge = element("edges", network.name(id));
    std::string out = "{edge:{";
    if (!direction.empty()) out += "direction:" + std::string(direction) + ";";
    return out + "props:" + spelled(*edge.find("props")) + ";type:" + text_of(edge, "type") +
           ";};}";
  }

  std::string projected(Matcher& matcher, const Network& network, std::size_t row,
                        const std::string& column) {
    if (column.starts_with("count(")) return {};
    std::string name = column;
    std::string property;
    const bool type = column.starts_with("type(");
    if (type) name = column.substr(5, column.size() - 6);
    if (const std::size_t dot = column.find('.'); dot != std::string::npos) {
      name = column.substr(0, dot);
      property = column.substr(dot + 1);
    }
    const auto& variables = matcher_variables(matcher);
    for (std::uint32_t i = 0; i < variables.size(); ++i) {
      if (variables[i].name != name) continue;
      const Value value = matcher.value(row, i);
      if (type)
        return "{string:" + text_of(element("edges", network.name(value.as_edge())), "type") + ";}";
      if (!property.empty()) {
        const DocumentNode of = value.is(ValueKind::node)
                                    ? element("nodes", network.id(value.as_node()))
                                    : element("edges", network.name(value.as_edge()));
        const auto found = of.find("props")->find(property);
        return found ? spelled(*found) : "{null:;}";
      }
      return value_text(network, value);
    }
    throw std::runtime_error("no column " + column);
  }

  std::string value_text(const Network& network, const Value& value) const {
    if (value.is(ValueKind::node)) return node_text(network, value.as_node());
    if (value.is(ValueKind::edge)) return edge_text(network, value.as_edge());
    if (value.is(ValueKind::list)) {
      std::string out = "{list:[";
      for (const Value& item : value.list->items) out += value_text(network, item) + ";";
      return out + "];}";
    }
    const auto nodes = value.record->fields[1].list->items;
    const auto edges = value.record->fields[2].list->items;
    std::string out = "{path:[" + node_text(network, nodes[0].as_node()) + ";";
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const bool onward = network.from(edges[i].as_edge()) == nodes[i].as_node();
      out += edge_text(network, edges[i].as_edge(), onward ? "out" : "in") + ";" +
             node_text(network, nodes[i + 1].as_node()) + ";";
    }
    return out + "];}";
  }

  static const std::vector<PatternVariable>& matcher_variables(Matcher& matcher) {
    return matcher.pattern().variables();
  }

  DocumentNode data_;
  DocumentNode graph_;
  std::string subject_;
  std::vector<std::string> columns_;
  std::map<std::string, std::string> kinds_;  ///< by labels
  std::map<std::string, KindId> numbers_;
  std::set<std::string> edge_kinds_;
  std::map<std::string, AttributeType> properties_;
  SchemaPtr schema_;
};

}  // namespace

TEST_CASE("pattern: linear scenarios give the rows they should", "[pattern][conformance]") {
  const std::string folder = shared_data_or_skip("scenarios of path patterns");
  if (folder.empty()) return;
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder + "/conformance/match")) {
    if (entry.path().extension() == ".json") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  std::size_t run = 0;
  std::size_t failed = 0;
  std::size_t beyond = 0;
  for (const std::string& file : files) {
    const DocumentPtr document = read_document(file).value();
    const DocumentNode all = *document->root().find("scenarios");
    for (std::size_t i = 0; i < all.size(); ++i) {
      const DocumentNode data = all.at(i);
      if (!data.find("linear")->boolean().value_or(false)) continue;
      Scenario scenario(data);
      if (!scenario.beyond().empty()) {
        ++beyond;
        continue;
      }
      ++run;
      const std::string difference = scenario.run();
      INFO(text_of(data, "id") << ": " << text_of(data, "query"));
      CHECK(difference == "");
      failed += difference.empty() ? 0 : 1;
    }
  }
  std::cerr << "scenarios of path patterns: " << run - failed << " passed, " << failed
            << " failed, " << beyond << " not linear patterns alone\n";
  CHECK(run >= 65);
}

}  // namespace eraudit::test
