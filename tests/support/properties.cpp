#include "tests/support/properties.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <random>
#include <set>
#include <stdexcept>
#include <utility>

#include "eraudit/network/builder.hpp"
#include "eraudit/network/write.hpp"

namespace eraudit::test {

struct Parts::Change {
  std::optional<Place> removed;
  std::optional<std::pair<Place, Cell>> added;
  std::optional<std::size_t> removed_edge;
  std::optional<std::size_t> removed_completion;
  std::optional<std::uint32_t> seed;
};

namespace {

template <class Id>
void read_row(const Network& network, Id id, std::size_t attributes, Parts::Row& row) {
  const auto presence = network.claims(id, row_itself);
  if (presence.empty()) {
    row.sources.push_back(network.source(id));
  } else {
    for (const Claim& claim : presence) row.sources.push_back(claim.source);
  }
  for (std::uint16_t index = 0; index < attributes; ++index) {
    Parts::Row::Said said{AttributeId{index}, {}};
    const auto claims = network.claims(id, said.attribute);
    for (const Claim& claim : claims) said.claims.emplace_back(claim.cell, claim.source);
    if (claims.empty()) {
      Cell cell = network.cell(id, said.attribute);
      if (cell.state != CellState::unknown) said.claims.emplace_back(std::move(cell), 0);
    }
    if (!said.claims.empty()) row.cells.push_back(std::move(said));
  }
}

template <class Items>
void shuffle(Items& items, std::optional<std::mt19937>& random) {
  if (!random) return;
  for (std::size_t n = items.size(); n > 1; --n) std::swap(items[n - 1], items[(*random)() % n]);
}

}  // namespace

Parts::Parts(const Network& network) : network_(network) {
  const Schema& schema = network.schema();
  for (std::uint32_t index = 0; index < network.node_count(); ++index) {
    const NodeId id{index};
    Row row;
    row.index = index;
    row.node_kind = network.kind(id);
    row.id = std::string(network.id(id));
    read_row(network, id, schema.kind(row.node_kind).attributes.size(), row);
    rows_.push_back(std::move(row));
  }
  for (std::uint32_t index = 0; index < network.edge_count(); ++index) {
    const EdgeId id{index};
    const EdgeTable& table = network.table(id);
    if (!table.ids.empty()) throw std::runtime_error("edges with ids of their own are not taken apart");
    Row row;
    row.is_edge = true;
    row.index = index;
    row.edge_kind = table.kind;
    row.from = std::string(network.id(network.from(id)));
    row.to = std::string(network.id(network.to(id)));
    read_row(network, id, schema.edge(row.edge_kind).attributes.size(), row);
    rows_.push_back(std::move(row));
  }
}

std::vector<Parts::Place> Parts::said() const {
  std::vector<Place> places;
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    for (const Row::Said& said : rows_[row].cells) places.push_back({row, said.attribute});
  }
  return places;
}

std::vector<Parts::Place> Parts::unsaid(const std::vector<std::string>& paths) const {
  const std::vector<Place> known = said();
  const std::set<Place> has(known.begin(), known.end());
  const std::set<std::string> wanted(paths.begin(), paths.end());
  std::vector<Place> places;
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    const Schema& schema = network_.schema();
    const std::size_t attributes = rows_[row].is_edge ? schema.edge(rows_[row].edge_kind).attributes.size()
                                                      : schema.kind(rows_[row].node_kind).attributes.size();
    for (std::uint16_t index = 0; index < attributes; ++index) {
      const Place place{row, AttributeId{index}};
      if (has.count(place) == 0 && wanted.count(path(place)) != 0) places.push_back(place);
    }
  }
  return places;
}

const Attribute& Parts::attribute(const Place& place) const {
  const Row& row = rows_.at(place.row);
  const Schema& schema = network_.schema();
  return row.is_edge ? schema.edge(row.edge_kind).attributes.at(place.attribute.index)
                     : schema.kind(row.node_kind).attributes.at(place.attribute.index);
}

std::string Parts::path(const Place& place) const {
  const Row& row = rows_.at(place.row);
  return row.is_edge ? network_.schema().path(row.edge_kind, place.attribute)
                     : network_.schema().path(row.node_kind, place.attribute);
}

std::string Parts::name(const Place& place) const {
  const Row& row = rows_.at(place.row);
  return (row.is_edge ? network_.name(EdgeId{row.index}) : row.id) + "." + attribute(place).name;
}

std::vector<std::size_t> Parts::edges() const {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    if (rows_[row].is_edge) rows.push_back(row);
  }
  return rows;
}

std::size_t Parts::completions() const { return network_.completions().size(); }

Network Parts::whole() const { return build({}); }
Network Parts::without(const Place& place) const {
  Change change;
  change.removed = place;
  return build(change);
}
Network Parts::with(const Place& place, const Cell& cell) const {
  Change change;
  change.added.emplace(place, cell);
  return build(change);
}
Network Parts::without_edge(std::size_t row) const {
  Change change;
  change.removed_edge = row;
  return build(change);
}
Network Parts::without_completion(std::size_t index) const {
  Change change;
  change.removed_completion = index;
  return build(change);
}
Network Parts::shuffled(std::uint32_t seed) const {
  Change change;
  change.seed = seed;
  return build(change);
}

Network Parts::build(const Change& change) const {
  std::optional<std::mt19937> random;
  if (change.seed) random.emplace(*change.seed);
  const auto order_of = [&](std::size_t size) {
    std::vector<std::size_t> order(size);
    std::iota(order.begin(), order.end(), std::size_t{0});
    shuffle(order, random);
    return order;
  };
  NetworkBuilder builder(network_.schema_ptr());
  if (network_.as_of()) builder.as_of(*network_.as_of());
  std::vector<std::uint16_t> sources(network_.sources().size(), 0);
  for (const std::size_t index : order_of(sources.size())) {
    if (index != 0) sources[index] = builder.source(network_.sources()[index]);
  }
  const auto fill = [&](std::size_t number, const auto& draft) {
    std::vector<std::pair<AttributeId, std::pair<Cell, std::uint16_t>>> claims;
    for (const Row::Said& said : rows_[number].cells) {
      if (change.removed == Place{number, said.attribute}) continue;
      for (const auto& [cell, source] : said.claims) {
        claims.push_back({said.attribute, {cell, source == 0 ? source : sources[source]}});
      }
    }
    if (change.added && change.added->first.row == number) {
      claims.push_back({change.added->first.attribute, {change.added->second, 0}});
    }
    shuffle(claims, random);
    for (const auto& [attribute, claim] : claims) builder.set(draft, attribute, claim.first, claim.second);
  };
  for (const std::size_t number : order_of(rows_.size())) {
    const Row& row = rows_[number];
    if (change.removed_edge == number) continue;
    std::vector<std::uint16_t> said_by;
    for (const std::uint16_t source : row.sources) said_by.push_back(sources[source]);
    shuffle(said_by, random);
    const auto add = [&](const auto& draft) {
      for (std::size_t index = 1; index < said_by.size(); ++index) builder.also(draft, said_by[index]);
      fill(number, draft);
    };
    if (row.is_edge) {
      add(builder.edge(row.edge_kind, row.from, row.to, {}, said_by.front()));
    } else {
      add(builder.node(row.node_kind, row.id, {}, said_by.front()));
    }
  }
  for (const std::size_t index : order_of(network_.completions().size())) {
    const Completion& completion = network_.completions()[index];
    if (change.removed_completion == index) continue;
    builder.complete(network_.id(completion.node), completion.list, {}, sources[completion.source]);
  }
  return std::move(builder.build().value());
}

bool Parts::is(const Place& place, const Network& other, const Fact& fact) const {
  const Row& row = rows_.at(place.row);
  if (row.is_edge) {
    if (fact.kind != Fact::Kind::edge_attribute || fact.attribute() != place.attribute) return false;
    const EdgeId edge{fact.row};
    return other.table(edge).kind == row.edge_kind && other.id(other.from(edge)) == row.from &&
           other.id(other.to(edge)) == row.to;
  }
  return fact.kind == Fact::Kind::node_attribute && fact.attribute() == place.attribute &&
         other.id(NodeId{fact.row}) == row.id;
}

bool Parts::is_list_of(std::size_t number, const Network& other, const Fact& fact) const {
  const Row& row = rows_.at(number);
  if (fact.kind != Fact::Kind::list || fact.list().edge != row.edge_kind) return false;
  return other.id(NodeId{fact.row}) == (fact.list().side == Side::from ? row.from : row.to);
}

bool Parts::is_completion(std::size_t index, const Network& other, const Fact& fact) const {
  const Completion& completion = network_.completions()[index];
  return fact.kind == Fact::Kind::list && fact.list() == completion.list &&
         other.id(NodeId{fact.row}) == network_.id(completion.node);
}

std::vector<Cell> plausible_values(const Attribute& attribute, Date as_of) {
  std::vector<Cell> values;
  const auto add = [&](CellValue value) { values.push_back(Cell::of(std::move(value))); };
  switch (attribute.type) {
    case AttributeType::boolean:
      add(true);
      add(false);
      break;
    case AttributeType::integer:
      for (const std::int64_t number : {0, 1, 48}) add(number);
      values.push_back(Cell::between(std::int64_t{0}, std::int64_t{1000}));
      break;
    case AttributeType::number:
      for (const double number : {0.0, 0.5, 48.0, 1000.0}) add(number);
      values.push_back(Cell::between(0.0, 1000.0));
      break;
    case AttributeType::text:
      if (attribute.format == TextFormat::language) {
        add(std::string("ne"));
      } else if (attribute.format == TextFormat::any) {
        for (const char* text : {"machine operator", "cleaner"}) add(std::string(text));
      } else {
        for (const char* text : {"NP", "MY", "SG"}) add(std::string(text));
      }
      break;
    case AttributeType::enumeration:
      for (const EnumerationValue& value : attribute.values) add(value.id);
      break;
    case AttributeType::date:
      add(as_of);
      add(Date{as_of.days - 4000});
      add(Date{as_of.days + 400});
      values.push_back(Cell::between(Date{as_of.days - 30}, Date{as_of.days + 30}));
      break;
    case AttributeType::money:
      for (const char* code : {"MYR", "NPR"}) {
        const Currency currency = *Currency::from_code(code);
        for (const std::int64_t minor : {0, 1, 150'000, 100'000'000}) add(Money{minor, currency});
        values.push_back(Cell::between(Money{0, currency}, Money{100'000'000, currency}));
      }
      break;
    case AttributeType::text_list:
      add(std::vector<std::string>{});
      if (attribute.format == TextFormat::country) add(std::vector<std::string>{"NP", "SG"});
      break;
    case AttributeType::enumeration_list:
      add(std::vector<std::string>{});
      add(std::vector<std::string>{attribute.values.front().id});
      break;
  }
  if (attribute.may_be_absent) values.push_back(Cell::absent());
  return values;
}

namespace {

using Key = std::pair<std::size_t, std::string>;  // rule, id of the subject
using VerdictMap = std::map<Key, Verdict>;

VerdictMap verdicts_of(const Assessment& assessment) {
  VerdictMap verdicts;
  const Network& network = assessment.network();
  for (std::size_t rule = 0; rule < assessment.rules().size(); ++rule) {
    for (const KindId kind : assessment.rules().all()[rule].kinds) {
      for (const NodeId node : network.nodes(kind)) {
        verdicts[{rule, std::string(network.id(node))}] = assessment.verdict(rule, node);
      }
    }
  }
  return verdicts;
}

std::string sentence(const Assessment& assessment, const Key& key, Verdict before, Verdict after,
                     const std::string& change) {
  return change + ": " + assessment.rules().all()[key.first].id + " of " + key.second + " was " +
         std::string(to_text(before)) + " and is " + std::string(to_text(after));
}

class Removals {
 public:
  Removals(const Network& network, const Rules& rules, const Options& options)
      : rules_(rules), options_(options), before_(verdicts_of(evaluate(network, rules, options))) {}

  template <class IsThat>
  void look(const Network& without, const std::string& change, const IsThat& is_that) {
    const Assessment assessment = evaluate(without, rules_, options_);
    ++report_.checked;
    for (const auto& [key, verdict] : verdicts_of(assessment)) {
      const Verdict before = before_.at(key);
      if (verdict == before) continue;
      const bool nothing_to_find = before == Verdict::pass && verdict == Verdict::not_applicable;
      if (nothing_to_find) continue;
      if (verdict != Verdict::unknown) {
        report_.broken.push_back(sentence(assessment, key, before, verdict, change));
        continue;
      }
      ++report_.changed;
      const Explanation explanation = assessment.explain(key.first, *without.find(key.second));
      const bool named = std::any_of(explanation.waits_for.begin(), explanation.waits_for.end(),
                                     [&](const Reading& reading) { return is_that(without, reading.fact); });
      if (named) continue;
      std::string waits;
      for (const Reading& reading : explanation.waits_for) waits += " " + reading.name;
      report_.broken.push_back(sentence(assessment, key, before, verdict, change) +
                               ", but waits for something else:" + waits);
    }
  }
  [[nodiscard]] LawReport report() && { return std::move(report_); }

 private:
  const Rules& rules_;
  const Options& options_;
  VerdictMap before_;
  LawReport report_;
};

}  // namespace

LawReport law_of_removal(const Network& network, const Rules& rules, const Options& options) {
  const Parts parts(network);
  Removals removals(network, rules, options);
  for (const Parts::Place& place : parts.said()) {
    removals.look(parts.without(place), "without " + parts.name(place),
                  [&](const Network& other, const Fact& fact) { return parts.is(place, other, fact); });
  }
  std::uint32_t edge = 0;
  for (const std::size_t row : parts.edges()) {
    const EdgeId id{edge++};
    const EdgeKindId kind = network.table(id).kind;
    if (network.complete(network.from(id), {kind, Side::from}) || network.complete(network.to(id), {kind, Side::to})) {
      continue;  // "that is all" would then be said of a shorter list
    }
    removals.look(parts.without_edge(row), "without " + network.name(id),
                  [&](const Network& other, const Fact& fact) { return parts.is_list_of(row, other, fact); });
  }
  for (std::size_t index = 0; index < parts.completions(); ++index) {
    const Completion& completion = network.completions()[index];
    const std::string list = network.schema().end(completion.list).edges;
    removals.look(parts.without_completion(index),
                  "if " + std::string(network.id(completion.node)) + "." + list + " is open",
                  [&](const Network& other, const Fact& fact) { return parts.is_completion(index, other, fact); });
  }
  return std::move(removals).report();
}

LawReport law_of_filling(const Network& network, const Rules& rules, const Options& options) {
  const Parts parts(network);
  const Assessment whole = evaluate(network, rules, options);
  const VerdictMap before = verdicts_of(whole);
  std::vector<std::string> paths;
  for (const Rule& rule : rules.all()) paths.insert(paths.end(), rule.reads.begin(), rule.reads.end());
  LawReport report;
  for (const Parts::Place& place : parts.unsaid(paths)) {
    const Attribute& attribute = parts.attribute(place);
    const bool bound = attribute.name == "since" || attribute.name == "until" || attribute.name == "on";
    if (bound && !attribute.required) continue;
    for (const Cell& cell : plausible_values(attribute, whole.run().as_of)) {
      const Assessment assessment = evaluate(parts.with(place, cell), rules, options);
      ++report.checked;
      const std::string written = cell.state == CellState::absent ? "null" : to_text(cell, attribute);
      for (const auto& [key, verdict] : verdicts_of(assessment)) {
        const Verdict old = before.at(key);
        if (verdict == old) continue;
        if (old == Verdict::unknown) {
          ++report.changed;
        } else {
          report.broken.push_back(
              sentence(assessment, key, old, verdict, "with " + parts.name(place) + " = " + written));
        }
      }
    }
  }
  return report;
}

}  // namespace eraudit::test
