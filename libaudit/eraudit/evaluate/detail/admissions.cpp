#include "eraudit/evaluate/detail/admissions.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string_view>
#include <utility>

#include "eraudit/evaluate/detail/source_details.hpp"

namespace eraudit::evaluate_detail {
namespace {

std::int32_t month_of(Date date) {
  const std::chrono::year_month_day day{std::chrono::sys_days{std::chrono::days{date.days}}};
  return static_cast<std::int32_t>(int(day.year()) * 12 + static_cast<int>(unsigned(day.month())) -
                                   1);
}

/// Claims on one cell, told apart by what they say.
struct Saying {
  const Cell* cell = nullptr;
  std::vector<std::uint16_t> sources;
};

std::vector<Saying> sayings(std::span<const Claim> claims) {
  std::vector<Saying> out;
  for (const Claim& claim : claims) {
    const auto same = std::find_if(
        out.begin(), out.end(), [&](const Saying& saying) { return *saying.cell == claim.cell; });
    Saying& saying = same != out.end() ? *same : out.emplace_back(Saying{&claim.cell, {}});
    saying.sources.push_back(claim.source);
  }
  return out;
}

}  // namespace

Sources::Sources(const Network& network, const ProofTable& table, Date as_of)
    : network_(network), table_(table), this_month_(month_of(as_of)) {
  const Schema& schema = network.schema();
  for (const SourceRecord& record : network.sources()) {
    Weighed& source = sources_.emplace_back();
    const auto found = schema.find_source_class(record.source_class, record.details);
    if (!found || *found >= table.classes.size() || table.classes[*found].by_topic.empty()) {
      continue;
    }
    const std::string_view chosen_by = detail_of(record, "chosen_by");
    source.source_class = *found;
    source.plain = !schema.source_classes()[*found].self_declared && chosen_by != "management";
    source.asked_by_auditor = chosen_by == "auditor";
    source.dated = record.date.has_value();
    if (record.date) source.month = month_of(*record.date);
    if (table.interviews == found && detail_of(record, "separate") != "false") {
      source.separately = std::max<std::int64_t>(count_of(record, "sample"), 1);
    }
  }
}

bool Sources::fresh(const Weighed& source, std::uint8_t topic) const {
  return source.month + table_.topics[topic].fresh_months >= this_month_;
}

ProofLevel Sources::level(std::uint8_t topic, std::span<const std::uint16_t> sources) const {
  ProofLevel best = ProofLevel::any;
  std::optional<std::uint32_t> group;
  std::int64_t separately = 0;
  const auto least = [&](ProofLevel level) {
    return table_.least[static_cast<std::size_t>(level)];
  };
  for (const std::uint16_t number : sources) {
    const Weighed& source = sources_[number];
    if (!source.plain || (source.dated && !fresh(source, topic))) continue;
    const ProofTable::Class& of = table_.classes[source.source_class];
    const ProofTable::Strength strength = of.by_topic[topic];
    if (strength < least(ProofLevel::stated)) continue;
    best = std::max(best, ProofLevel::stated);
    // Nobody can say of what bears no date that it is not out of date.
    if (!source.dated) continue;
    if (strength >= least(ProofLevel::supported)) best = std::max(best, ProofLevel::supported);
    if (strength < least(ProofLevel::corroborated)) continue;
    separately += source.separately;
    if (group && *group != of.group) return ProofLevel::corroborated;
    group = of.group;
  }
  if (table_.separately > 0 && separately >= table_.separately) return ProofLevel::corroborated;
  return best;
}

bool Sources::suffices(std::uint8_t topic, std::span<const std::uint16_t> sources, Demand demand,
                       bool that_is_all) const {
  if (topic == ProofTable::no_topic || demand.level == ProofLevel::any) return true;
  if (level(topic, sources) < demand.level) return false;
  const std::vector<std::uint32_t>& needs = table_.topics[topic].pass_needs;
  if (!that_is_all || !demand.to_pass || needs.empty()) return true;
  return std::any_of(sources.begin(), sources.end(), [&](std::uint16_t number) {
    const Weighed& source = sources_[number];
    return source.plain && source.asked_by_auditor &&
           std::find(needs.begin(), needs.end(), source.source_class) != needs.end();
  });
}

std::vector<const Cell*> values_that_count(const Sources& sources, const Fact& fact,
                                           Demand demand) {
  const Network& network = sources.network();
  std::uint8_t topic = ProofTable::no_topic;
  std::span<const Claim> claims;
  if (fact.kind == Fact::Kind::node_attribute) {
    const NodeId node{fact.row};
    topic = sources.table().topic(network.kind(node), fact.attribute());
    claims = network.claims(node, fact.attribute());
  } else if (fact.kind == Fact::Kind::edge_attribute && fact.attribute() != row_itself) {
    const EdgeId edge{fact.row};
    topic = sources.table().topic(network.table(edge).kind, fact.attribute());
    claims = network.claims(edge, fact.attribute());
  }
  std::vector<const Cell*> out;
  for (const Saying& saying : sayings(claims)) {
    if (sources.suffices(topic, saying.sources, demand, false)) out.push_back(saying.cell);
  }
  return out;
}

namespace {

class Maker {
 public:
  Maker(const Sources& sources, Demand demand, bool to_tell)
      : sources_(sources), network_(sources.network()), demand_(demand), to_tell_(to_tell) {}

  Admission make() {
    out_.places.resize(place_count(network_));
    out_.source_count = network_.sources().size();
    weigh_sources();
    const Schema& schema = network_.schema();
    for (std::size_t kind = 0; kind < schema.kinds().size(); ++kind) {
      const KindId id{static_cast<std::uint16_t>(kind)};
      const auto rows = network_.sources(id);
      for (std::size_t a = 0; a < schema.kinds()[kind].attributes.size(); ++a) {
        const AttributeId attribute{static_cast<std::uint16_t>(a)};
        out_.places[place_of(network_, id, attribute)] = {
            sources_.table().topic(id, attribute), rows, {}, {}};
      }
    }
    for (const EdgeTable& table : network_.tables()) {
      const std::size_t count = schema.edge(table.kind).attributes.size();
      for (std::size_t a = 0; a <= count; ++a) {
        const AttributeId attribute =
            a == count ? row_itself : AttributeId{static_cast<std::uint16_t>(a)};
        out_.places[place_of(network_, table, attribute)] = {
            sources_.table().topic(table.kind, attribute), table.sources, {}, {}};
      }
    }
    weigh_claims();
    weigh_completions();
    return std::move(out_);
  }

 private:
  void weigh_sources() {
    const std::size_t topics = sources_.table().topics.size();
    out_.counts.reserve(topics * out_.source_count);
    for (std::size_t topic = 0; topic < topics; ++topic) {
      for (std::size_t source = 0; source < out_.source_count; ++source) {
        const auto number = static_cast<std::uint16_t>(source);
        const bool counts = to_tell_ || sources_.suffices(static_cast<std::uint8_t>(topic),
                                                          std::span(&number, 1), demand_, false);
        out_.counts.push_back(counts ? 1 : 0);
      }
    }
  }

  void weigh_claims() {
    const std::span<const Claim> all = network_.claims();
    for (std::size_t first = 0; first < all.size();) {
      std::size_t last = first + 1;
      while (last < all.size() && all[last].of_edge == all[first].of_edge &&
             all[last].id == all[first].id) {
        ++last;
      }
      weigh_row(all.subspan(first, last - first));
      first = last;
    }
  }

  /// All claims on one row and its cells.
  void weigh_row(std::span<const Claim> claims) {
    std::vector<std::uint16_t> all;   // who says anything of it
    std::vector<std::uint16_t> rows;  // who says that it is there: of cells without claims, too
    std::vector<AttributeId> claimed;
    for (std::size_t first = 0; first < claims.size();) {
      std::size_t last = first + 1;
      while (last < claims.size() && claims[last].attribute == claims[first].attribute) ++last;
      const AttributeId attribute = claims[first].attribute;
      for (const Claim& claim : claims.subspan(first, last - first)) {
        all.push_back(claim.source);
        if (attribute == row_itself) rows.push_back(claim.source);
      }
      if (attribute != row_itself) {
        weigh(claims[first], claims.subspan(first, last - first));
        claimed.push_back(attribute);
      }
      first = last;
    }
    const Claim& row = claims.front();
    const Schema& schema = network_.schema();
    const std::size_t attributes =
        row.of_edge ? schema.edge(network_.table(EdgeId{row.id}).kind).attributes.size()
                    : schema.kind(network_.kind(NodeId{row.id})).attributes.size();
    for (std::size_t a = 0; a < attributes && !rows.empty(); ++a) {
      const AttributeId attribute{static_cast<std::uint16_t>(a)};
      if (std::find(claimed.begin(), claimed.end(), attribute) == claimed.end()) {
        weigh_together(row, attribute, rows);
      }
    }
    if (!row.of_edge) return;
    // Who says something of an edge says that it is there.
    all.push_back(network_.source(EdgeId{row.id}));
    weigh_together(row, row_itself, all);
  }

  /// What all of these say alike.
  void weigh_together(const Claim& claim, AttributeId attribute,
                      std::vector<std::uint16_t>& sources) {
    const auto [place, row] = where(claim, attribute);
    Admission::Place& at = out_.places[place];
    if (at.topic == Admission::no_topic) return;
    std::sort(sources.begin(), sources.end());
    sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
    const bool counts = to_tell_ || sources_.suffices(at.topic, sources, demand_, false);
    at.has_claims.set(row);
    at.claims.push_back(
        {row, counts ? Admission::Says::as_stored : Admission::Says::nothing, nullptr});
  }

  [[nodiscard]] Admission::Claimed admitted(const std::vector<Saying>& said, std::uint8_t topic,
                                            std::uint32_t row, Demand demand) const {
    Admission::Claimed claimed{row, Admission::Says::nothing, nullptr};
    for (const Saying& saying : said) {
      if (!sources_.suffices(topic, saying.sources, demand, false)) continue;
      if (claimed.says == Admission::Says::nothing) {
        claimed = {row, Admission::Says::claim, saying.cell};
      } else {
        claimed = {row, Admission::Says::disputed, nullptr};
      }
    }
    return claimed;
  }

  /// Place and row of what a claim speaks of.
  [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> where(const Claim& claim,
                                                              AttributeId attribute) const {
    if (claim.of_edge) {
      const EdgeTable& table = network_.table(EdgeId{claim.id});
      return {place_of(network_, table, attribute), claim.id - table.first};
    }
    const KindId kind = network_.kind(NodeId{claim.id});
    return {place_of(network_, kind, attribute), claim.id - network_.nodes(kind).first};
  }

  void weigh(const Claim& claim, std::span<const Claim> claims) {
    const auto [place, row] = where(claim, claim.attribute);
    Admission::Place& at = out_.places[place];
    if (at.topic == Admission::no_topic) return;
    const std::vector<Saying> said = sayings(claims);
    Admission::Claimed claimed = admitted(said, at.topic, row, demand_);
    for (Demand demand = demand_;
         to_tell_ && claimed.says == Admission::Says::nothing && demand.level != ProofLevel::any;) {
      demand.level = proof_levels.at(static_cast<std::size_t>(demand.level) - 1);
      claimed = admitted(said, at.topic, row, demand);
    }
    at.has_claims.set(row);
    at.claims.push_back(claimed);  // claims come by row
  }

  void weigh_completions() {
    const auto all = network_.completions();
    std::vector<std::uint16_t> by;
    for (std::size_t first = 0; first < all.size();) {
      const Completion& one = all[first];
      by.clear();
      std::size_t last = first;
      for (; last < all.size() && all[last].node == one.node && all[last].list == one.list;
           ++last) {
        by.push_back(all[last].source);
      }
      first = last;
      if (!sources_.suffices(sources_.table().topic(one.list), by, demand_, true)) {
        out_.not_complete.push_back(Fact::of(one.node, one.list));
      }
    }
    std::sort(out_.not_complete.begin(), out_.not_complete.end());
  }

  const Sources& sources_;
  const Network& network_;
  Demand demand_;
  bool to_tell_;
  Admission out_;
};

}  // namespace

Admission admission_of(const Sources& sources, Demand demand) {
  return Maker(sources, demand, false).make();
}

Admission telling_of(const Sources& sources, Demand demand) {
  return Maker(sources, demand, true).make();
}

}  // namespace eraudit::evaluate_detail
