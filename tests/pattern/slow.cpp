#include "tests/pattern/slow.hpp"

#include <algorithm>
#include <tuple>

namespace eraudit::test {
namespace {

using Kinds = std::set<int>;

std::string condition_text(const SlowPattern::Condition& condition, const std::string& variable) {
  const std::string left = variable + "." + condition.attribute;
  if (condition.operation == "b") return left;
  if (condition.operation == "/") return "10 / " + left + " > 4";
  const std::string right = condition.other.empty()
                                ? std::to_string(condition.right)
                                : condition.other + "." + condition.other_attribute;
  return left + " " + condition.operation + " " + right;
}

std::string where(const std::vector<SlowPattern::Condition>& conditions,
                  const std::string& variable) {
  std::string out;
  for (const auto& condition : conditions) {
    out += out.empty() ? " WHERE " : " && ";
    out += condition_text(condition, variable);
  }
  return out;
}

std::string kinds_text(const std::vector<int>& kinds, const std::vector<std::string>& names) {
  std::string out;
  for (const int kind : kinds) {
    out += (out.empty() ? ":" : "|") + names[static_cast<std::size_t>(kind)];
  }
  return out;
}

/// One reading: what is bound, and where it was broken off.
struct Reading {
  struct Stretch {  ///< of a step
    std::vector<int> edges;
    std::vector<int> nodes;  ///< that they lead to, in the order of reading
    bool known = false;      ///< read to its end
    bool touched = false;    ///< its edges up to where it was broken off count too
  };
  std::vector<int> begins;                      ///< by path; -1 behind a frontier
  std::vector<std::vector<Stretch>> stretches;  ///< by path, edge as written
  std::set<Fact> facts;                         ///< of lists it was broken off at
  bool broken = false;
};

class Slow {
 public:
  Slow(const SlowPattern& pattern, const Graph& graph, const Network& network, int start)
      : pattern_(pattern), graph_(graph), network_(network), start_(start) {
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
      node_ids_.push_back(network.find("n" + std::to_string(i))->index);
    }
    edge_ids_.resize(graph.edges.size());
    for (std::uint32_t i = 0; i < network.edge_count(); ++i) {
      edge_ids_[std::stoul(network.name(EdgeId{i}).substr(1))] = i;
    }
    narrow();
    find_begins();
  }

  SlowResult run() {
    Reading reading;
    reading.begins.assign(pattern_.paths.size(), -1);
    for (const auto& path : pattern_.paths) {
      reading.stretches.emplace_back(path.edges.size());
    }
    begin_path(0, reading);
    return std::move(result_);
  }

 private:
  // Which kinds can stand where, by trying until nothing changes.
  Kinds after(const SlowPattern::Edge& edge, const Kinds& kinds, bool forward) const {
    Kinds out;
    for (int kind = 0; kind < 3; ++kind) {
      if (!of_kind(edge.kinds, kind)) continue;
      const EdgeKind& schema = graph_schema()->edge(EdgeKindId{static_cast<std::uint16_t>(kind)});
      for (const KindId from : schema.from.kinds) {
        for (const KindId to : schema.to.kinds) {
          const int direction = forward ? edge.direction : -edge.direction;
          if (direction >= 0 && kinds.count(from.index) != 0) out.insert(to.index);
          if (direction <= 0 && kinds.count(to.index) != 0) out.insert(from.index);
        }
      }
    }
    return out;
  }
  static bool of_kind(const std::vector<int>& kinds, int kind) {
    return kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  }
  Kinds image(const SlowPattern::Edge& edge, Kinds kinds, bool forward, int done = 0) const {
    Kinds out;
    const int high = edge.high < 0 ? 12 : edge.high;
    for (int hop = done; hop <= high; ++hop) {
      if (hop >= edge.low) out.insert(kinds.begin(), kinds.end());
      kinds = after(edge, kinds, forward);
    }
    return out;
  }
  static Kinds both(const Kinds& a, const Kinds& b) {
    Kinds out;
    for (const int kind : a) {
      if (b.count(kind) != 0) out.insert(kind);
    }
    return out;
  }
  void narrow() {
    for (const auto& path : pattern_.paths) {
      kinds_.emplace_back();
      for (const auto& node : path.nodes) {
        Kinds kinds(node.kinds.begin(), node.kinds.end());
        if (kinds.empty()) kinds = {0, 1};
        kinds_.back().push_back(kinds);
      }
    }
    std::vector<std::vector<Kinds>> old;
    while (old != kinds_) {
      old = kinds_;
      for (std::size_t p = 0; p < pattern_.paths.size(); ++p) {
        const auto& edges = pattern_.paths[p].edges;
        for (std::size_t i = 0; i < edges.size(); ++i) {
          kinds_[p][i + 1] = both(kinds_[p][i + 1], image(edges[i], kinds_[p][i], true));
        }
        for (std::size_t i = edges.size(); i-- > 0;) {
          kinds_[p][i] = both(kinds_[p][i], image(edges[i], kinds_[p][i + 1], false));
        }
        for (std::size_t i = 0; i < pattern_.paths[p].nodes.size(); ++i) {
          const std::string& variable = pattern_.paths[p].nodes[i].variable;
          if (variable.empty()) continue;
          for (std::size_t q = 0; q < pattern_.paths.size(); ++q) {
            for (std::size_t j = 0; j < pattern_.paths[q].nodes.size(); ++j) {
              if (pattern_.paths[q].nodes[j].variable != variable) continue;
              kinds_[p][i] = both(kinds_[p][i], kinds_[q][j]);
            }
          }
        }
      }
    }
  }

  /// Where each path begins: at the start, or at a variable of a path before.
  void find_begins() {
    std::set<std::string> bound;
    for (std::size_t p = 0; p < pattern_.paths.size(); ++p) {
      const auto& nodes = pattern_.paths[p].nodes;
      for (std::size_t i = 0; i < nodes.size(); ++i) {
        const bool here =
            p == 0 ? nodes[i].variable == pattern_.start : bound.count(nodes[i].variable) != 0;
        if (!here) continue;
        begins_at_.push_back(static_cast<int>(i));
        break;
      }
      for (const auto& node : nodes) {
        if (!node.variable.empty()) bound.insert(node.variable);
      }
    }
  }

  void begin_path(std::size_t p, Reading reading) {
    if (result_.gave_up) return;
    if (p == pattern_.paths.size()) {
      look_at(reading);
      return;
    }
    int node = start_;
    if (p > 0) {
      node = -1;
      const auto& variable =
          pattern_.paths[p].nodes[static_cast<std::size_t>(begins_at_[p])].variable;
      for (const auto& [name, bound] : nodes_of(reading)) {
        if (name == variable) node = bound;
      }
    }
    reading.begins[p] = node;
    if (node < 0) {
      begin_path(p + 1, reading);
      return;
    }
    arm(p, begins_at_[p], 1, node, reading);
  }

  /// Reads on from a place of the path; at the end of the right arm comes the left one.
  void arm(std::size_t p, int place, int direction, int node, const Reading& reading) {
    const int last = static_cast<int>(pattern_.paths[p].edges.size());
    if (direction > 0 && place == last) {
      arm(p, begins_at_[p], -1, reading.begins[p], reading);
      return;
    }
    if (direction < 0 && place == 0) {
      begin_path(p + 1, reading);
      return;
    }
    hop(p, place, direction, node, 0, reading);
  }

  void rest_of_arm(std::size_t p, int direction, const Reading& reading) {
    if (direction > 0) {
      arm(p, begins_at_[p], -1, reading.begins[p], reading);
    } else {
      begin_path(p + 1, reading);
    }
  }

  void hop(std::size_t p, int place, int direction, int node, int count, const Reading& reading) {
    const auto number = static_cast<std::size_t>(direction > 0 ? place : place - 1);
    const SlowPattern::Edge& edge = pattern_.paths[p].edges[number];
    const int next = place + direction;
    if (count >= edge.low && (edge.repeated || count == 1)) {
      Reading more = reading;
      more.stretches[p][number].known = true;
      arm(p, next, direction, node, more);
    }
    const int high = edge.high < 0 ? 12 : edge.high;
    if (count >= high) return;
    const Kinds& wanted = kinds_[p][static_cast<std::size_t>(next)];
    const int kind = graph_.nodes[static_cast<std::size_t>(node)].kind;
    for (int e = 0; e < 3; ++e) {
      if (!of_kind(edge.kinds, e)) continue;
      for (const Side side : {Side::from, Side::to}) {
        const int outward = side == Side::from ? 1 : -1;
        if (edge.direction != 0 && edge.direction * direction != outward) continue;
        const ListId list{EdgeKindId{static_cast<std::uint16_t>(e)}, side};
        const auto& ends = graph_schema()->end(list).kinds;
        if (std::none_of(ends.begin(), ends.end(), [&](KindId one) { return one.index == kind; })) {
          continue;
        }
        // What an edge that nobody named could lead to.
        Kinds beyond;
        for (const KindId far :
             graph_schema()->end({list.edge, side == Side::from ? Side::to : Side::from}).kinds) {
          beyond.insert(far.index);
        }
        const bool leads = !both(image(edge, beyond, direction > 0, count + 1), wanted).empty();
        if (leads && !graph_.is_complete(node, list)) {
          Reading broken = reading;
          broken.broken = true;
          broken.facts.insert(Fact::of(NodeId{node_id(node)}, list));
          broken.stretches[p][number].touched = true;
          rest_of_arm(p, direction, broken);
        }
        for (std::size_t i = 0; i < graph_.edges.size(); ++i) {
          const Graph::Edge& one = graph_.edges[i];
          if (one.kind != e || (side == Side::from ? one.from : one.to) != node) continue;
          if (edge.direction == 0 && side == Side::to && one.from == one.to) continue;
          if (pattern_.paths[p].mode != PatternMode::walk &&
              on_path(reading, p, static_cast<int>(i))) {
            continue;
          }
          Reading more = reading;
          more.stretches[p][number].edges.push_back(static_cast<int>(i));
          more.stretches[p][number].nodes.push_back(side == Side::from ? one.to : one.from);
          hop(p, place, direction, side == Side::from ? one.to : one.from, count + 1, more);
        }
      }
    }
  }

  static bool on_path(const Reading& reading, std::size_t p, int edge) {
    for (const auto& stretch : reading.stretches[p]) {
      if (std::find(stretch.edges.begin(), stretch.edges.end(), edge) != stretch.edges.end()) {
        return true;
      }
    }
    return false;
  }

  /// Node at a place of a path, or -1.
  int node_at(const Reading& reading, std::size_t p, int place) const {
    if (place == begins_at_[p]) return reading.begins[p];
    if (reading.begins[p] < 0) return -1;
    const int step = place > begins_at_[p] ? 1 : -1;
    int node = reading.begins[p];
    for (int at = begins_at_[p]; at != place; at += step) {
      const auto& stretch = reading.stretches[p][static_cast<std::size_t>(step > 0 ? at : at - 1)];
      if (!stretch.known) return -1;
      if (!stretch.nodes.empty()) node = stretch.nodes.back();
    }
    return node;
  }

  std::vector<std::pair<std::string, int>> nodes_of(const Reading& reading) const {
    std::vector<std::pair<std::string, int>> out;
    for (std::size_t p = 0; p < pattern_.paths.size(); ++p) {
      for (std::size_t i = 0; i < pattern_.paths[p].nodes.size(); ++i) {
        const std::string& variable = pattern_.paths[p].nodes[i].variable;
        const int node = node_at(reading, p, static_cast<int>(i));
        if (!variable.empty() && node >= 0) out.emplace_back(variable, node);
      }
    }
    return out;
  }

  struct Answer {
    bool no = false;
    bool error = false;
    std::set<Fact> facts;
  };

  struct Operand {
    bool known = false;
    bool there = false;  ///< not behind a frontier
    int value = 0;
    Fact fact;
  };

  Operand node_value(int node, const std::string& attribute) const {
    Operand out;
    out.there = true;
    const Graph::Node& of = graph_.nodes[static_cast<std::size_t>(node)];
    const bool is_n = attribute == "n";
    out.known = is_n ? of.n.has_value() : of.b.has_value();
    if (out.known) out.value = is_n ? *of.n : (*of.b ? 1 : 0);
    out.fact =
        Fact::of(NodeId{node_id(node)}, AttributeId{static_cast<std::uint16_t>(is_n ? 0 : 1)});
    return out;
  }
  Operand edge_value(int edge) const {
    Operand out;
    out.there = true;
    const Graph::Edge& of = graph_.edges[static_cast<std::size_t>(edge)];
    out.known = of.k.has_value();
    if (out.known) out.value = *of.k;
    out.fact = Fact::of(EdgeId{edge_ids_[static_cast<std::size_t>(edge)]}, AttributeId{0});
    return out;
  }

  Operand variable_value(const Reading& reading, const std::string& variable,
                         const std::string& attribute) const {
    for (const auto& [name, node] : nodes_of(reading)) {
      if (name == variable) return node_value(node, attribute);
    }
    for (std::size_t p = 0; p < pattern_.paths.size(); ++p) {
      for (std::size_t i = 0; i < pattern_.paths[p].edges.size(); ++i) {
        const auto& stretch = reading.stretches[p][i];
        if (pattern_.paths[p].edges[i].variable == variable && stretch.known) {
          return edge_value(stretch.edges.front());
        }
      }
    }
    return {};
  }

  void ask(Answer& answer, const Reading& reading, const SlowPattern::Condition& condition,
           const Operand& left) const {
    Operand right;
    right.known = right.there = true;
    right.value = condition.right;
    if (!condition.other.empty()) {
      right = variable_value(reading, condition.other, condition.other_attribute);
      if (!right.there) return;
    }
    if (!left.known || !right.known) {
      if (!left.known) answer.facts.insert(left.fact);
      if (!right.known) answer.facts.insert(right.fact);
      return;
    }
    bool holds = true;
    if (condition.operation == "b") holds = left.value != 0;
    if (condition.operation == "<") holds = left.value < right.value;
    if (condition.operation == "==") holds = left.value == right.value;
    if (condition.operation == "/") {
      if (left.value == 0) {
        answer.error = true;
        return;
      }
      holds = 10 / left.value > 4;
    }
    if (!holds) answer.no = true;
  }

  /// Of one element: what is not known hides an error beside it.
  static void add(Answer& answer, const Answer& element) {
    answer.no = answer.no || element.no;
    answer.facts.insert(element.facts.begin(), element.facts.end());
    answer.error = answer.error || (element.error && element.facts.empty());
  }

  /// An expression is the conjunction of conditions: no, else unknown, else error.
  void look_at(const Reading& reading) {
    result_.gave_up = ++looked_at_ > 5'000;
    Answer answer;
    answer.facts = reading.facts;
    SlowRow row;
    for (std::size_t p = 0; p < pattern_.paths.size(); ++p) {
      if (reading.begins[p] < 0) continue;
      const SlowPattern::Path& path = pattern_.paths[p];
      std::vector<int> visited{reading.begins[p]};
      const int begin = begins_at_[p];
      const int last = static_cast<int>(path.edges.size());
      row.nodes.push_back(node_id(reading.begins[p]));
      row.ends.push_back(static_cast<std::uint32_t>(row.edges.size()));
      for (int round = 0; round < 2; ++round) {
        const int step = round == 0 ? 1 : -1;
        for (int at = begin; at != (round == 0 ? last : 0); at += step) {
          const auto& stretch =
              reading.stretches[p][static_cast<std::size_t>(step > 0 ? at : at - 1)];
          for (std::size_t i = 0; i < stretch.edges.size(); ++i) {
            visited.push_back(stretch.nodes[i]);
            row.edges.push_back(edge_ids_[static_cast<std::size_t>(stretch.edges[i])]);
            row.nodes.push_back(node_id(stretch.nodes[i]));
          }
          row.ends.push_back(static_cast<std::uint32_t>(row.edges.size()));
          if (!stretch.known) break;
        }
      }
      if (path.mode == PatternMode::acyclic || path.mode == PatternMode::simple) {
        // SIMPLE: the two ends of a path that was read to both may be one node.
        const bool closes = path.mode == PatternMode::simple && visited.size() > 1 &&
                            node_at(reading, p, last) >= 0 &&
                            node_at(reading, p, last) == node_at(reading, p, 0);
        const std::size_t most = visited.size() - (closes ? 1 : 0);
        if (std::set<int>(visited.begin(), visited.end()).size() != most) return;
      }
      for (std::size_t i = 0; i < path.edges.size(); ++i) {
        for (const int edge : reading.stretches[p][i].edges) {
          days(answer, edge);
          Answer of_edge;
          for (const auto& condition : path.edges[i].conditions) {
            ask(of_edge, reading, condition, edge_value(edge));
          }
          add(answer, of_edge);
        }
      }
      for (std::size_t i = 0; i < path.nodes.size(); ++i) {
        const int node = node_at(reading, p, static_cast<int>(i));
        if (node < 0) continue;
        if (!path.nodes[i].kinds.empty() &&
            !of_kind(path.nodes[i].kinds, graph_.nodes[static_cast<std::size_t>(node)].kind)) {
          return;
        }
        // Kinds that the rest of the pattern leaves.
        if (kinds_[p][i].count(graph_.nodes[static_cast<std::size_t>(node)].kind) == 0) return;
        Answer of_node;
        for (const auto& condition : path.nodes[i].conditions) {
          ask(of_node, reading, condition, node_value(node, condition.attribute));
        }
        add(answer, of_node);
      }
    }
    std::map<std::string, int> one;
    for (const auto& [name, node] : nodes_of(reading)) {
      const auto [found, fresh] = one.emplace(name, node);
      if (!fresh && found->second != node) return;
    }
    if (answer.no) return;
    if (reading.broken) {
      result_.has_frontier = true;
      result_.frontier.insert(answer.facts.begin(), answer.facts.end());
      result_.broken.push_back({edges_at_least(reading), answer.facts});
      return;
    }
    row.status =
        !answer.facts.empty() ? Status::possible : (answer.error ? Status::error : Status::certain);
    row.facts = answer.facts;
    row.error = answer.error;
    for (const auto& [name, node] : one) row.variables[name] = {node_id(node)};
    result_.rows.push_back(std::move(row));
  }

  /// Of the first path: edges read, one more where it was broken off, and what is demanded besides.
  std::size_t edges_at_least(const Reading& reading) const {
    std::size_t edges = 0;
    for (std::size_t i = 0; i < pattern_.paths[0].edges.size(); ++i) {
      const SlowPattern::Edge& edge = pattern_.paths[0].edges[i];
      const auto& stretch = reading.stretches[0][i];
      const auto low = static_cast<std::size_t>(edge.low);
      edges += stretch.known     ? stretch.edges.size()
               : stretch.touched ? std::max(low, stretch.edges.size() + 1)
                                 : low;
    }
    return edges;
  }

  void days(Answer& answer, int number) const {
    const Graph::Edge& edge = graph_.edges[static_cast<std::size_t>(number)];
    if (edge.kind != 0) return;
    if (edge.since && *edge.since > 0) answer.no = true;
    if (edge.until == Graph::Until::past) answer.no = true;
    if (edge.until == Graph::Until::unknown || edge.until == Graph::Until::around) {
      answer.facts.insert(
          Fact::of(EdgeId{edge_ids_[static_cast<std::size_t>(number)]}, AttributeId{2}));
    }
  }

  std::uint32_t node_id(int node) const { return node_ids_[static_cast<std::size_t>(node)]; }

  const SlowPattern& pattern_;
  const Graph& graph_;
  const Network& network_;
  int start_;
  std::vector<std::uint32_t> node_ids_;
  std::vector<std::uint32_t> edge_ids_;
  std::vector<std::vector<Kinds>> kinds_;
  std::vector<int> begins_at_;
  std::size_t looked_at_ = 0;
  SlowResult result_;
};

}  // namespace

std::string SlowPattern::text() const {
  std::string out;
  for (const Path& path : paths) {
    if (!out.empty()) out += ", ";
    if (path.mode != PatternMode::trail) out.append(to_text(path.mode)) += ' ';
    for (std::size_t i = 0; i < path.nodes.size(); ++i) {
      const Node& node = path.nodes[i];
      const std::string& variable = node.variable;
      out += "(" + variable + kinds_text(node.kinds, {"A", "B"}) +
             where(node.conditions, variable) + ")";
      if (i == path.edges.size()) break;
      const Edge& edge = path.edges[i];
      out += edge.direction < 0 ? "<-[" : "-[";
      out += edge.variable + kinds_text(edge.kinds, {"e", "f", "g"}) +
             where(edge.conditions, edge.variable);
      out += edge.direction > 0 ? "]->" : "]-";
      if (!edge.repeated) continue;
      if (edge.high < 0) {
        out += edge.low == 0 ? "*" : (edge.low == 1 ? "+" : "{" + std::to_string(edge.low) + ",}");
      } else {
        out += "{" + std::to_string(edge.low) + "," + std::to_string(edge.high) + "}";
      }
    }
  }
  return out;
}

std::string SlowPattern::far_end() const {
  const bool forward = paths[0].nodes.front().variable == start;
  return (forward ? paths[0].nodes.back() : paths[0].nodes.front()).variable;
}

bool SlowRow::before(const SlowRow& other) const {
  const auto key = [](const SlowRow& row) {
    return std::make_tuple(row.edges.size(), std::cref(row.nodes), std::cref(row.edges),
                           std::cref(row.ends));
  };
  return key(*this) < key(other);
}

SlowPattern random_pattern(Random& random) {
  SlowPattern out;
  const int paths = random.chance(15) ? 2 : 1;
  int names = 0;
  std::vector<std::string> nodes;  // with names so far
  std::vector<std::string> edges;
  const auto condition = [&](bool of_node) {
    SlowPattern::Condition one;
    one.attribute = of_node ? (random.chance(50) ? "n" : "b") : "k";
    if (one.attribute == "b") {
      one.operation = "b";
      return one;
    }
    if (of_node && random.chance(12)) {
      one.operation = "/";
      return one;
    }
    one.operation = random.chance(70) ? "<" : "==";
    one.right = random.pick(3) + (one.operation == "<" ? 1 : 0);
    if (random.chance(25) && !nodes.empty()) {
      const bool node = edges.empty() || random.chance(70);
      const auto& from = node ? nodes : edges;
      one.other = from[static_cast<std::size_t>(random.pick(static_cast<int>(from.size())))];
      one.other_attribute = node ? "n" : "k";
    }
    return one;
  };
  for (int p = 0; p < paths; ++p) {
    SlowPattern::Path path;
    static constexpr PatternMode modes[] = {
        PatternMode::trail,        PatternMode::trail,        PatternMode::trail,
        PatternMode::trail,        PatternMode::acyclic,      PatternMode::acyclic,
        PatternMode::acyclic,      PatternMode::simple,       PatternMode::simple,
        PatternMode::walk,         PatternMode::any,          PatternMode::any_shortest,
        PatternMode::any_shortest, PatternMode::all_shortest, PatternMode::all_shortest,
        PatternMode::all_shortest};
    path.mode = modes[random.pick(static_cast<int>(std::size(modes)))];
    const int steps = p == 0 ? (random.chance(10) ? 0 : 1 + random.pick(3)) : random.pick(3);
    for (int i = 0; i <= steps; ++i) {
      SlowPattern::Node node;
      if (p > 0 && i == 0) {
        node.variable =
            nodes[static_cast<std::size_t>(random.pick(static_cast<int>(nodes.size())))];
      } else if (!nodes.empty() && random.chance(10)) {
        node.variable =
            nodes[static_cast<std::size_t>(random.pick(static_cast<int>(nodes.size())))];
      } else if (random.chance(60) || (p == 0 && i == steps && nodes.empty())) {
        node.variable = "v" + std::to_string(names++);
      }
      if (random.chance(35)) node.kinds = {random.chance(65) ? 0 : 1};
      if (random.chance(30)) node.conditions.push_back(condition(true));
      if (node.variable.empty() && !node.conditions.empty()) {
        node.variable = "v" + std::to_string(names++);
      }
      if (!node.variable.empty()) nodes.push_back(node.variable);
      path.nodes.push_back(std::move(node));
      if (i == steps) break;
      SlowPattern::Edge edge;
      edge.direction = random.chance(20) ? 0 : (random.chance(60) ? 1 : -1);
      if (random.chance(75)) edge.kinds = {random.chance(60) ? 0 : 1 + random.pick(2)};
      if (random.chance(20) && !edge.kinds.empty() && edge.kinds[0] != 2) edge.kinds.push_back(2);
      if (random.chance(45)) {
        edge.repeated = true;
        edge.low = random.chance(80) ? random.pick(2) : 2;
        edge.high = random.chance(20) ? -1 : edge.low + random.pick(3);
      }
      if (path.mode == PatternMode::walk && edge.high < 0) edge.high = edge.low + 1;
      if (random.chance(25)) edge.conditions.push_back(condition(false));
      if (random.chance(30) || !edge.conditions.empty()) {
        edge.variable = "v" + std::to_string(names++);
        if (!edge.repeated) edges.push_back(edge.variable);
      }
      path.edges.push_back(std::move(edge));
    }
    if (p == 0) {
      out.start = nodes[static_cast<std::size_t>(
          random.chance(60) ? 0 : random.pick(static_cast<int>(nodes.size())))];
    }
    out.paths.push_back(std::move(path));
  }
  // What chooses stands alone and is read from an end.
  const auto& ends = out.paths[0].nodes;
  const bool at_end = ends.front().variable == out.start ||
                      std::none_of(ends.begin(), ends.end() - 1,
                                   [&](const auto& node) { return node.variable == out.start; });
  for (SlowPattern::Path& path : out.paths) {
    if (eraudit::chooses(path.mode) && (paths > 1 || !at_end)) path.mode = PatternMode::trail;
  }
  return out;
}

SlowResult slow_match(const SlowPattern& pattern, const Graph& graph, const Network& network,
                      int start) {
  return Slow(pattern, graph, network, start).run();
}

}  // namespace eraudit::test
