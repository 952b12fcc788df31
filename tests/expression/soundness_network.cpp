#include "tests/expression/soundness_network.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace eraudit::test {
namespace {

Attribute attribute(std::string name, AttributeType type) {
  Attribute made;
  made.name = std::move(name);
  made.type = type;
  return made;
}

Attribute not_negative(Attribute made) {
  made.non_negative = true;
  return made;
}

Attribute letters(std::string name) {
  Attribute made = attribute(std::move(name), AttributeType::enumeration);
  made.values = {{"x", {}}, {"y", {}}};
  return made;
}

Currency currency(std::string_view code) {
  return Currency::from_code(code).value();
}

Cell money(std::int64_t units, std::string_view code) {
  return Cell::of(Money{units * 100, currency(code)});
}

Date day(int offset) {
  return Date{tiny_as_of.days + offset};
}

}  // namespace

const SchemaPtr& tiny_schema() {
  static const SchemaPtr schema = [] {
    NodeKind c;
    c.name = "C";
    Attribute a = attribute("a", AttributeType::integer);
    a.may_be_absent = true;
    c.attributes = {not_negative(attribute("n", AttributeType::integer)),
                    attribute("m", AttributeType::integer),
                    a,
                    attribute("b", AttributeType::boolean),
                    letters("t"),
                    not_negative(attribute("wage", AttributeType::money)),
                    attribute("d", AttributeType::date),
                    attribute("x", AttributeType::number)};
    NodeKind r;
    r.name = "R";
    r.attributes = {attribute("n", AttributeType::integer), attribute("b", AttributeType::boolean)};
    EdgeKind paid;
    paid.name = "paid";
    paid.from = {{KindId{1}}, "pays", "payers", false, {}};
    paid.to = {{KindId{0}}, "fees", "takers", false, {}};
    paid.attributes = {not_negative(attribute("amount", AttributeType::money)),
                       not_negative(attribute("k", AttributeType::integer)),
                       attribute("j", AttributeType::integer),
                       letters("t"),
                       attribute("b", AttributeType::boolean),
                       attribute("on", AttributeType::date)};
    EdgeKind holds;
    holds.name = "holds";
    holds.from = {{KindId{1}}, "holds", "keeps", false, {}};
    holds.to = {{KindId{0}}, "held", "holders", false, {}};
    Attribute until = attribute("until", AttributeType::date);
    until.required = true;
    holds.attributes = {attribute("since", AttributeType::date), until,
                        attribute("k", AttributeType::integer)};
    return std::make_shared<const Schema>("tiny", std::vector{c, r}, std::vector{paid, holds});
  }();
  return schema;
}

Cell TinyWorld::random_cell(const std::string& name, bool of_node) {
  const auto integer = [&](int low, int high) {
    return Cell::of(
        std::int64_t{low + static_cast<int>(pick(static_cast<std::size_t>(high - low + 1)))});
  };
  if (name == "n" || name == "k")
    return integer(name == "n" && of_node ? 0 : (name == "k" ? 0 : -1), 3);
  if (name == "m" || name == "j") return integer(-2, 3);
  if (name == "a") return pick(3) == 0 ? Cell::absent() : integer(0, 2);
  if (name == "b") return Cell::of(pick(2) == 0);
  if (name == "t") return Cell::of(std::string(pick(2) == 0 ? "x" : "y"));
  if (name == "x") return Cell::of(static_cast<double>(pick(5)) / 2 - 0.5);
  if (name == "d") return Cell::of(day(static_cast<int>(pick(5)) - 2));
  if (name == "on") return Cell::of(day(static_cast<int>(pick(3)) * 20 - 30));
  if (name == "since") return Cell::of(day(static_cast<int>(pick(4)) - 2));
  if (name == "until") return Cell::of(day(static_cast<int>(pick(4)) - 1));
  const auto units = static_cast<std::int64_t>(pick(4));
  return money(units, pick(3) == 0 ? "USD" : "NPR");
}

TinyWorld::EdgeRow TinyWorld::random_edge(const std::string& kind, const std::string& id) {
  EdgeRow row{kind, id, pick(2) == 0 ? "r1" : "r2", "c1", {}};
  const EdgeKind& schema = tiny_schema()->edge(*tiny_schema()->find_edge(kind));
  for (const Attribute& one : schema.attributes) {
    row.cells.emplace_back(one.name, random_cell(one.name, false));
  }
  if (kind == "holds" && pick(3) == 0) row.cells[0].second = Cell::unknown();  // since: unbounded
  return row;
}

void TinyWorld::add_nodes() {
  NodeRow c{"C", "c1", {}};
  for (const Attribute& one : tiny_schema()->kind(KindId{0}).attributes) {
    c.cells.emplace_back(one.name, random_cell(one.name, true));
  }
  nodes_.push_back(c);
  for (const std::string id : {"r1", "r2"}) {
    nodes_.push_back({"R", id, {{"n", random_cell("n", false)}, {"b", random_cell("b", true)}}});
  }
}

void TinyWorld::add_edges() {
  const std::size_t fees = pick(4);
  for (std::size_t index = 0; index < fees; ++index) {
    edges_.push_back(random_edge("paid", fmt::format("f{}", index)));
  }
  const std::size_t held = pick(3);
  for (std::size_t index = 0; index < held; ++index) {
    edges_.push_back(random_edge("holds", fmt::format("h{}", index)));
  }
}

bool TinyWorld::open_cell(bool of_edge) {
  if (of_edge && edges_.empty()) return false;
  const std::size_t row = of_edge ? pick(edges_.size()) : (pick(3) != 0 ? 0 : pick(nodes_.size()));
  auto& cells = of_edge ? edges_[row].cells : nodes_[row].cells;
  auto& [name, cell] = cells[pick(cells.size())];
  Hole hole;
  hole.of_edge = of_edge;
  hole.owner = of_edge ? edges_[row].id : nodes_[row].id;
  hole.attribute = name;
  for (const Hole& other : holes_) {
    if (other.owner == hole.owner && other.attribute == name) return false;
  }
  std::vector<Option> options;
  const bool as_range = pick(2) == 0;
  const bool time = name == "on" || name == "since" || name == "until";
  if (cell.state != CellState::known && !(name == "a"))
    return false;  // `since` that does not bound
  if (as_range && cell.state == CellState::known && name != "b" && name != "t") {
    const std::size_t count = 2 + pick(3);
    CellValue low = cell.low;
    if (time) low = day(static_cast<int>(pick(3)) - 2);
    CellValue high = low;
    for (std::size_t step = 0; step < count; ++step) {
      CellValue value = low;
      if (auto* integer = std::get_if<std::int64_t>(&value))
        *integer += static_cast<std::int64_t>(step);
      if (auto* number = std::get_if<double>(&value)) *number += 0.5 * static_cast<double>(step);
      if (auto* date = std::get_if<Date>(&value)) date->days += static_cast<int>(step);
      if (auto* amount = std::get_if<Money>(&value))
        amount->minor += static_cast<std::int64_t>(step) * 50;
      options.push_back({Cell::of(value), {}, 0});
      high = value;
    }
    hole.open = Cell::between(low, high);
  } else if (time) {
    if (name != "until") return false;  // unknown `on` and `since` do not bound, whatever they are
    options = {{Cell::of(day(-1)), {}, 0}, {Cell::of(day(1)), {}, 0}};
  } else if (name == "b") {
    options = {{Cell::of(true), {}, 0}, {Cell::of(false), {}, 0}};
  } else if (name == "t") {
    options = {{Cell::of(std::string("x")), {}, 0}, {Cell::of(std::string("y")), {}, 0}};
  } else {
    const std::size_t count = 2 + pick(2);
    for (std::size_t index = 0; index < count; ++index) {
      options.push_back({random_cell(name, !of_edge && row == 0), {}, 0});
    }
  }
  hole.options = options.size();
  cell = hole.open;
  holes_.push_back(hole);
  options_.push_back(std::move(options));
  return true;
}

bool TinyWorld::open_list() {
  Hole hole;
  hole.kind = Hole::Kind::list;
  hole.owner = "c1";
  hole.attribute = pick(4) == 0 ? "held" : "fees";
  for (const Hole& other : holes_) {
    if (other.attribute == hole.attribute) return false;
  }
  const std::string kind = hole.attribute == "fees" ? "paid" : "holds";
  std::vector<Option> options(1);  // no further edges
  const std::size_t count = 2 + pick(2);
  for (std::size_t index = 0; index < count; ++index) {
    Option option;
    const std::size_t edges = index == 0 ? 2 : 1;
    for (std::size_t edge = 0; edge < edges; ++edge) {
      // Some come before the known ones in the order of edges, some after.
      option.edges.push_back(
          random_edge(kind, fmt::format("{}-{}{}", pick(2) == 0 ? "a" : "z", kind, edge)));
    }
    options.push_back(std::move(option));
  }
  hole.options = options.size();
  holes_.push_back(hole);
  options_.push_back(std::move(options));
  return true;
}

bool TinyWorld::open_rate() {
  if (rate_ == 0) return false;
  Hole hole;
  hole.kind = Hole::Kind::rate;
  hole.attribute = "rate";
  std::vector<Option> options;
  for (const std::int64_t numerator : {10'000, 3'333, 140}) options.push_back({{}, {}, numerator});
  rate_ = 0;
  hole.options = options.size();
  holes_.push_back(hole);
  options_.push_back(std::move(options));
  return true;
}

void TinyWorld::add_holes() {
  const std::size_t wanted = 1 + pick(3);
  std::size_t combinations = 1;
  for (int tries = 0; holes_.size() < wanted && tries < 20; ++tries) {
    bool made = false;
    switch (pick(8)) {
      case 0:
      case 1:
      case 2:
        made = open_cell(true);
        break;
      case 3:
      case 4:
        made = open_cell(false);
        break;
      case 5:
      case 6:
        made = open_list();
        break;
      default:
        made = open_rate();
        break;
    }
    if (made) combinations *= holes_.back().options + 1;
    if (combinations > 40) break;
  }
}

TinyWorld::TinyWorld(std::mt19937& random, const Limits& limits) : random_(random) {
  rate_ = 140;
  add_nodes();
  add_edges();
  add_holes();
  std::size_t count = 1;
  for (const Hole& hole : holes_) {
    strides_.push_back(count);
    count *= hole.options + 1;
  }
  variants_.resize(count);
  for (std::size_t number = 0; number < count; ++number) {
    variants_[number].reset(new Variant{build(number), nullptr});
    EvaluationContext context;
    context.as_of = tiny_as_of;
    context.at = tiny_as_of;
    context.rates = rates(number);
    context.limits = limits;
    variants_[number]->evaluator =
        std::make_unique<Evaluator>(&variants_[number]->network, std::move(context));
  }
}

bool TinyWorld::complete(std::size_t variant) const {
  for (std::size_t hole = 0; hole < holes_.size(); ++hole) {
    if (choice(variant, hole) == 0) return false;
  }
  return true;
}

bool TinyWorld::extends(std::size_t variant, std::size_t earlier) const {
  for (std::size_t hole = 0; hole < holes_.size(); ++hole) {
    const std::size_t before = choice(earlier, hole);
    if (before != 0 && before != choice(variant, hole)) return false;
  }
  return true;
}

Network TinyWorld::build(std::size_t variant) const {
  NetworkBuilder builder(tiny_schema());
  const Schema& schema = *tiny_schema();
  const auto cell_of = [&](const std::string& owner, const std::string& name, const Cell& cell) {
    for (std::size_t hole = 0; hole < holes_.size(); ++hole) {
      if (holes_[hole].kind == Hole::Kind::cell && holes_[hole].owner == owner &&
          holes_[hole].attribute == name && choice(variant, hole) != 0) {
        return options_[hole][choice(variant, hole) - 1].cell;
      }
    }
    return cell;
  };
  for (const NodeRow& row : nodes_) {
    const NodeDraft node = builder.node(*schema.find_kind(row.kind), row.id);
    for (const auto& [name, cell] : row.cells) builder.set(node, name, cell_of(row.id, name, cell));
  }
  const auto add_edge = [&](const EdgeRow& row) {
    const EdgeDraft edge =
        builder.edge(*schema.find_edge(row.kind), row.from, row.to, {}, 0, row.id);
    for (const auto& [name, cell] : row.cells) builder.set(edge, name, cell_of(row.id, name, cell));
  };
  for (const EdgeRow& row : edges_) add_edge(row);
  for (const std::string list : {"fees", "held"}) {
    bool open = false;
    for (std::size_t hole = 0; hole < holes_.size(); ++hole) {
      if (holes_[hole].kind != Hole::Kind::list || holes_[hole].attribute != list) continue;
      open = choice(variant, hole) == 0;
      if (open) continue;
      for (const EdgeRow& row : options_[hole][choice(variant, hole) - 1].edges) add_edge(row);
    }
    if (!open) builder.complete("c1", schema.find_list(KindId{0}, list)->list);
  }
  return builder.build().value();
}

Rates TinyWorld::rates(std::size_t variant) const {
  std::int64_t numerator = rate_;
  for (std::size_t hole = 0; hole < holes_.size(); ++hole) {
    if (holes_[hole].kind == Hole::Kind::rate && choice(variant, hole) != 0) {
      numerator = options_[hole][choice(variant, hole) - 1].rate_numerator;
    }
  }
  if (numerator == 0) return {};
  return Rates({{currency("USD"), currency("NPR"), Date{tiny_as_of.days - 1000}, numerator, 100},
                {currency("USD"), currency("NPR"), Date{tiny_as_of.days - 20}, numerator + 7, 100}},
               2000);
}

std::vector<bool> TinyWorld::holes_in(const Network& network, const FactSet& facts,
                                      bool& all) const {
  std::vector<bool> in(holes_.size());
  const Schema& schema = network.schema();
  for (const Fact& fact : facts.facts) {
    bool found = false;
    for (std::size_t index = 0; index < holes_.size(); ++index) {
      const Hole& hole = holes_[index];
      bool same = false;
      switch (fact.kind) {
        case Fact::Kind::node_attribute:
          same = hole.kind == Hole::Kind::cell && !hole.of_edge &&
                 network.id(NodeId{fact.row}) == hole.owner &&
                 schema.kind(network.kind(NodeId{fact.row})).attributes[fact.code].name ==
                     hole.attribute;
          break;
        case Fact::Kind::edge_attribute:
          same = hole.kind == Hole::Kind::cell && hole.of_edge &&
                 network.name(EdgeId{fact.row}) == hole.owner &&
                 schema.edge(network.table(EdgeId{fact.row}).kind).attributes[fact.code].name ==
                     hole.attribute;
          break;
        case Fact::Kind::list:
          same = hole.kind == Hole::Kind::list && schema.end(fact.list()).edges == hole.attribute;
          break;
        case Fact::Kind::rate:
          same = hole.kind == Hole::Kind::rate;
          break;
        default:
          break;
      }
      if (same) {
        in[index] = true;
        found = true;
      }
    }
    all = all && found;
  }
  return in;
}

std::string TinyWorld::describe(std::size_t variant) const {
  std::string text;
  const auto cells = [&](const std::string& owner, const auto& all) {
    for (const auto& [name, cell] : all) {
      Cell shown = cell;
      for (std::size_t hole = 0; hole < holes_.size(); ++hole) {
        if (holes_[hole].owner == owner && holes_[hole].attribute == name &&
            holes_[hole].kind == Hole::Kind::cell && choice(variant, hole) != 0) {
          shown = options_[hole][choice(variant, hole) - 1].cell;
        }
      }
      const auto value = [](const CellValue& one) {
        if (const auto* b = std::get_if<bool>(&one)) return std::string(*b ? "true" : "false");
        if (const auto* i = std::get_if<std::int64_t>(&one)) return std::to_string(*i);
        if (const auto* x = std::get_if<double>(&one)) return fmt::format("{}", *x);
        if (const auto* s = std::get_if<std::string>(&one)) return *s;
        if (const auto* date = std::get_if<Date>(&one)) return to_text(*date);
        if (const auto* amount = std::get_if<Money>(&one)) return to_text(*amount);
        return std::string("?");
      };
      text += fmt::format(" {}=", name);
      switch (shown.state) {
        case CellState::unknown:
          text += "unknown";
          break;
        case CellState::absent:
          text += "absent";
          break;
        case CellState::known:
          text += value(shown.low);
          break;
        case CellState::range:
          text += value(shown.low) + ".." + value(shown.high);
          break;
      }
    }
    text += "\n";
  };
  for (const NodeRow& row : nodes_) {
    text += row.id;
    cells(row.id, row.cells);
  }
  const auto edge = [&](const EdgeRow& row) {
    text += fmt::format("{} {}->{}", row.id, row.from, row.to);
    cells(row.id, row.cells);
  };
  for (const EdgeRow& row : edges_) edge(row);
  for (std::size_t hole = 0; hole < holes_.size(); ++hole) {
    const std::size_t chosen = choice(variant, hole);
    if (holes_[hole].kind == Hole::Kind::list) {
      text += fmt::format("{}: {}\n", holes_[hole].attribute, chosen == 0 ? "open" : "complete");
      if (chosen == 0) continue;
      for (const EdgeRow& row : options_[hole][chosen - 1].edges) edge(row);
    }
    if (holes_[hole].kind == Hole::Kind::rate) {
      text +=
          fmt::format("rate: {}\n", chosen == 0 ? 0 : options_[hole][chosen - 1].rate_numerator);
    }
  }
  return text;
}

}  // namespace eraudit::test
