#include "tests/conformance/scenario_graph.hpp"

#include <algorithm>
#include <cctype>
#include <stdexcept>
#include <utility>
#include <vector>

#include "eraudit/network/builder.hpp"
#include "tests/conformance/scenario_values.hpp"

namespace eraudit::test {
namespace {

constexpr std::string_view no_node = "nothing";  ///< labels that no node of the graph has
constexpr std::string_view no_edge = "none";

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

DocumentNode element(DocumentNode graph, std::string_view list, std::string_view id) {
  const DocumentNode all = *graph.find(list);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (text_of(all.at(i), "id") == id) return all.at(i);
  }
  throw std::runtime_error("no such element");
}

/// Where a quoted text ends that begins at `at`.
std::size_t end_of_quote(const std::string& text, std::size_t at) {
  const char quote = text[at];
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      return i + 1;
    }
  }
  return text.size();
}

}  // namespace

ScenarioGraph::ScenarioGraph(DocumentNode scenario)
    : scenario_(scenario), graph_(*scenario.find("graph")) {
  const DocumentNode nodes = *graph_.find("nodes");
  const DocumentNode edges = *graph_.find("edges");
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    kinds_.emplace(labels_of(nodes.at(i)), "K" + std::to_string(kinds_.size()));
    learn(nodes.at(i));
  }
  edge_kinds_.insert(std::string(no_edge));
  for (std::size_t i = 0; i < edges.size(); ++i) {
    edge_kinds_.insert(text_of(edges.at(i), "type"));
    learn(edges.at(i));
  }
}

std::size_t ScenarioGraph::edges() const {
  return graph_.find("edges")->size();
}

void ScenarioGraph::learn(const std::string& property, AttributeType type) {
  const auto [found, fresh] = properties_.emplace(property, type);
  if (fresh || found->second == type) return;
  found->second = AttributeType::text;
  of_several_types_.insert(property);
}

void ScenarioGraph::learn(DocumentNode element) {
  const DocumentNode props = *element.find("props");
  for (std::size_t i = 0; i < props.size(); ++i) {
    const std::string_view type = props.at(i).key(0).text();
    learn(std::string(props.key(i).text()), type == "int"      ? AttributeType::integer
                                            : type == "double" ? AttributeType::number
                                            : type == "bool"   ? AttributeType::boolean
                                                               : AttributeType::text);
  }
}

void ScenarioGraph::mention(const std::string& property) {
  properties_.emplace(property, AttributeType::text);
}

/// `:A:B`, `:A&B` all of them, `:A|B` any.
std::string ScenarioGraph::kinds_with(const std::string& labels) const {
  const auto all = [](const std::string& of, const std::string& wanted) {
    for (std::size_t at = 0; at < wanted.size();) {
      const std::size_t next = std::min(wanted.find_first_of(":&", at + 1), wanted.size());
      const std::string one = ":" + wanted.substr(at + 1, next - at - 1) + ":";
      if ((of + ":").find(one) == std::string::npos) return false;
      at = next;
    }
    return true;
  };
  std::string out;
  for (const auto& [of, kind] : kinds_) {
    bool any = false;
    for (std::size_t at = 0; at < labels.size() && !any;) {
      const std::size_t next = std::min(labels.find('|', at + 1), labels.size());
      any = all(of, ":" + labels.substr(at + 1, next - at - 1));
      at = next;
    }
    if (any) out += (out.empty() ? "" : "|") + kind;
  }
  return out.empty() ? std::string(no_node) : out;
}

/// `{name: 'x', year: $year}` from `at` on, which is moved behind it.
std::string ScenarioGraph::properties(const std::string& pattern, std::size_t& at) {
  std::string out = "{";
  ++at;
  while (at < pattern.size() && pattern[at] != '}') {
    const std::size_t colon = pattern.find(':', at);
    if (colon == std::string::npos) break;
    std::size_t begin = at;
    while (begin < colon && !is_word(pattern[begin])) ++begin;
    const std::string name = pattern.substr(begin, colon - begin);
    std::size_t end = colon + 1;
    while (end < pattern.size() && pattern[end] != ',' && pattern[end] != '}') {
      end = pattern[end] == '\'' || pattern[end] == '"' ? end_of_quote(pattern, end) : end + 1;
    }
    std::string value = pattern.substr(colon + 1, end - colon - 1);
    value.erase(0, value.find_first_not_of(' '));
    if (value.starts_with('$')) {
      const auto given = scenario_.find("parameters")->find(value.substr(1));
      if (!given) throw std::runtime_error("there is no parameter " + value);
      const bool text = given->key(0).text() == "string";
      value = std::string(given->at(0).text());
      if (text) value.insert(0, 1, '\'') += '\'';
    }
    const char first = value.empty() ? ' ' : value.front();
    const bool digits = std::isdigit(static_cast<unsigned char>(first)) != 0 || first == '-';
    const AttributeType type = value == "true" || value == "false"    ? AttributeType::boolean
                               : !digits                              ? AttributeType::text
                               : value.find('.') != std::string::npos ? AttributeType::number
                                                                      : AttributeType::integer;
    const AttributeType known = properties_.emplace(name, type).first->second;
    mixes_types_ = mixes_types_ || known != type || of_several_types_.contains(name);
    out.append("p_").append(name).append(": ").append(value);
    at = end;
    if (at < pattern.size() && pattern[at] == ',') {
      out += ", ";
      ++at;
    }
  }
  if (at < pattern.size()) ++at;
  return out + "}";
}

std::string ScenarioGraph::rewritten(const std::string& pattern) {
  std::string out;
  char inside = '\0';
  for (std::size_t i = 0; i < pattern.size();) {
    const char c = pattern[i];
    if (c == '\'' || c == '"') {
      const std::size_t end = end_of_quote(pattern, i);
      out += pattern.substr(i, end - i);
      i = end;
    } else if (c == '(' || c == '[') {
      inside = c;
      out += c;
      ++i;
      if (c != '(' || !subject_.empty()) continue;
      std::size_t end = i;
      while (end < pattern.size() && is_word(pattern[end])) ++end;
      subject_ = pattern.substr(i, end - i);
      if (!subject_.empty()) continue;
      subject_ = "subject";
      out += subject_;
    } else if (inside == '(' && c == ':') {
      const std::size_t end = std::min(pattern.find_first_of(" ){", i), pattern.size());
      out += ":" + kinds_with(pattern.substr(i, end - i));
      i = end;
    } else if (inside == '[' && c == ':') {
      const std::size_t end = std::min(pattern.find_first_of(" ]{", i), pattern.size());
      std::string name;
      for (std::size_t at = i + 1; at <= end; ++at) {
        if (at < end && pattern[at] != '|') {
          name += pattern[at];
        } else {
          edge_kinds_.insert(std::exchange(name, {}));
        }
      }
      out += pattern.substr(i, end - i);
      i = end;
    } else if (inside != '\0' && c == '{') {
      out += properties(pattern, i);
    } else {
      if (c == ')' || c == ']') inside = '\0';
      out += c;
      ++i;
    }
  }
  return out;
}

void ScenarioGraph::make_schema() {
  std::vector<Attribute> attributes;
  for (const auto& [name, type] : properties_) {
    Attribute attribute;
    attribute.name = "p_" + name;
    attribute.type = type;
    attributes.push_back(std::move(attribute));
  }
  std::vector<NodeKind> kinds;
  std::vector<KindId> all;
  const auto add = [&](const std::string& name) {
    all.push_back(KindId{static_cast<std::uint16_t>(kinds.size())});
    NodeKind kind;
    kind.name = name;
    kind.attributes = attributes;
    kinds.push_back(std::move(kind));
    return all.back();
  };
  for (const auto& [labels, name] : kinds_) numbers_[labels] = add(name);
  static_cast<void>(add(std::string(no_node)));
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

Network ScenarioGraph::network() const {
  NetworkBuilder builder(schema_);
  const auto set = [&](auto draft, DocumentNode element) {
    const DocumentNode props = *element.find("props");
    for (std::size_t i = 0; i < props.size(); ++i) {
      const std::string name(props.key(i).text());
      const std::string text(props.at(i).at(0).text());
      Cell cell = Cell::of(text);
      if (properties_.at(name) == AttributeType::integer) {
        cell = Cell::of(std::int64_t{std::stoll(text)});
      } else if (properties_.at(name) == AttributeType::number) {
        cell = Cell::of(std::stod(text));
      } else if (properties_.at(name) == AttributeType::boolean) {
        cell = Cell::of(*props.at(i).at(0).boolean());
      }
      builder.set(draft, "p_" + name, cell);
    }
  };
  const DocumentNode nodes = *graph_.find("nodes");
  const DocumentNode edges = *graph_.find("edges");
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const DocumentNode one = nodes.at(i);
    set(builder.node(numbers_.at(labels_of(one)), "n" + text_of(one, "id")), one);
  }
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const DocumentNode one = edges.at(i);
    set(builder.edge(*schema_->find_edge(text_of(one, "type")), "n" + text_of(one, "source"),
                     "n" + text_of(one, "target"), {}, 0, "e" + text_of(one, "id")),
        one);
  }
  return std::move(builder.build().value());
}

DocumentNode ScenarioGraph::node(const Network& network, NodeId id) const {
  return element(graph_, "nodes", std::string_view(network.id(id)).substr(1));
}

DocumentNode ScenarioGraph::edge(const Network& network, EdgeId id) const {
  return element(graph_, "edges", std::string_view(network.name(id)).substr(1));
}

}  // namespace eraudit::test
