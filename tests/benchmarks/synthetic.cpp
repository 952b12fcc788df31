#include "tests/benchmarks/synthetic.hpp"

#include <array>
#include <utility>

namespace eraudit::test {
namespace {

/// SplitMix64: the same numbers everywhere, which the standard library's distributions are not.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }
  std::uint32_t below(std::uint32_t limit) {
    return static_cast<std::uint32_t>(((next() >> 32) * limit) >> 32);
  }
  /// Small numbers are far more likely than large ones.
  std::uint32_t popular(std::uint32_t limit) {
    const std::uint64_t a = next() >> 32;
    const std::uint64_t b = (a * a) >> 32;
    return static_cast<std::uint32_t>((((b * a) >> 32) * limit) >> 32);
  }

 private:
  std::uint64_t state_;
};

constexpr std::array<std::string_view, 6> origins = {"NP", "BD", "ID", "MM", "IN", "PH"};
constexpr std::array<std::string_view, 4> destinations = {"MY", "QA", "AE", "SA"};
constexpr std::array<std::string_view, 4> categories = {"service-fee", "medical", "travel-lodging",
                                                        "administrative"};

template <std::size_t n>
std::string_view choose(const std::array<std::string_view, n>& from, std::uint32_t number) {
  return from[number % n];
}

std::string numbered(const char* prefix, std::uint32_t number) {
  std::string digits = std::to_string(number);
  return prefix + std::string(7 - digits.size(), '0') + digits;
}

}  // namespace

Synthetic::Synthetic(SyntheticShape shape) {
  Random random(shape.seed);
  const auto part = [&](std::uint32_t percent) {
    return static_cast<std::uint32_t>(std::uint64_t{shape.nodes} * percent / 100);
  };
  struct Range {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  const auto add = [&](const char* prefix, const char* kind, std::uint32_t count) {
    const Range range{static_cast<std::uint32_t>(ids_.size()), count};
    if (groups_.empty() || groups_.back().name != kind) groups_.push_back({kind, {}, {}});
    for (std::uint32_t i = 0; i < count; ++i) {
      groups_.back().nodes.push_back(static_cast<std::uint32_t>(ids_.size()));
      ids_.push_back(numbered(prefix, i));
    }
    return range;
  };
  const Range companies = add("company-", "Company", part(5));
  const Range facilities = add("facility-", "Facility", part(20));
  const Range agencies = add("agency-", "Recruiter", part(5));
  const Range sub_agents = add("sub-agent-", "Recruiter", part(30));
  const Range cohorts =
      add("cohort-", "Cohort", shape.nodes - static_cast<std::uint32_t>(ids_.size()));
  const auto one_of = [&](Range range) { return range.first + random.below(range.count); };
  const auto popular = [&](Range range) { return range.first + random.popular(range.count); };
  const auto recruiter = [&] {
    return random.below(4) == 0 ? popular(agencies) : one_of(sub_agents);
  };
  const auto edges = [&](const char* kind) -> std::vector<Edge>& {
    groups_.push_back({kind, {}, {}});
    return groups_.back().edges;
  };
  const auto number = [&] { return static_cast<std::uint32_t>(random.next()); };
  /// Mostly `whole`, else one more, so that the mean is `whole + percent / 100`.
  const auto times = [&](std::uint32_t whole, std::uint32_t percent) {
    return whole + (random.below(100) < percent ? 1u : 0u);
  };
  auto& supplies = edges("supplies");
  for (std::uint32_t i = 0; i < facilities.count; ++i) {
    for (std::uint32_t n = times(1, 50); n-- > 0;) {
      supplies.push_back({facilities.first + i, popular(companies), number()});
    }
  }
  auto& operates = edges("operates");
  for (std::uint32_t i = 0; i < facilities.count; ++i) {
    operates.push_back({popular(companies), facilities.first + i, number()});
  }
  auto& engages = edges("engages");
  for (std::uint32_t i = 0; i < facilities.count; ++i) {
    for (std::uint32_t n = times(2, 0); n-- > 0;) {
      engages.push_back({facilities.first + i, popular(agencies), number()});
    }
  }
  for (std::uint32_t i = 0; i < sub_agents.count; ++i) {
    for (std::uint32_t n = times(1, 20); n-- > 0;) {
      engages.push_back({popular(agencies), sub_agents.first + i, number()});
    }
  }
  auto& employs = edges("employs");
  for (std::uint32_t i = 0; i < cohorts.count; ++i) {
    employs.push_back({one_of(facilities), cohorts.first + i, number()});
  }
  auto& recruited = edges("recruited");
  for (std::uint32_t i = 0; i < cohorts.count; ++i) {
    for (std::uint32_t n = times(1, 50); n-- > 0;) {
      recruited.push_back({recruiter(), cohorts.first + i, number()});
    }
  }
  auto& charged = edges("charged");
  for (std::uint32_t i = 0; i < cohorts.count; ++i) {
    for (std::uint32_t n = times(2, 35); n-- > 0;) {
      charged.push_back({recruiter(), cohorts.first + i, number()});
    }
  }
  if (!shape.shuffled) return;
  const auto shuffle = [&](auto& rows) {
    for (std::size_t i = rows.size(); i > 1; --i) {
      std::swap(rows[i - 1], rows[random.below(static_cast<std::uint32_t>(i))]);
    }
  };
  for (Group& group : groups_) {
    shuffle(group.nodes);
    shuffle(group.edges);
  }
}

void Synthetic::tell(NetworkBuilder& builder, bool with_cells) const {
  const Schema& schema = builder.schema();
  const Currency npr = *Currency::from_code("NPR");
  const Currency myr = *Currency::from_code("MYR");
  const std::int32_t start = parse_date("2022-01-01")->days;
  for (const Group& group : groups_) {
    if (const auto kind = schema.find_kind(group.name)) {
      const NodeKind& about = schema.kind(*kind);
      const auto id = [&](std::string_view name) {
        return about.find(name).value_or(AttributeId{});
      };
      const AttributeId name = id("name"), country = id("country"), headcount = id("headcount"),
                        role = id("role"), licence = id("licence"), until = id("licence_until"),
                        workers = id("workers"), origin = id("origin"),
                        destination = id("destination"), recruited = id("recruited"),
                        base_wage = id("base_wage");
      for (const std::uint32_t node : group.nodes) {
        const NodeDraft draft = builder.node(*kind, ids_[node]);
        if (!with_cells) continue;
        if (group.name == "Cohort") {
          builder.set_integer(draft, workers, 5 + node % 60);
          builder.set_text(draft, origin, choose(origins, node));
          builder.set_text(draft, destination, choose(destinations, node / 6));
          builder.set_date(draft, recruited, Date{start + static_cast<std::int32_t>(node % 1200)});
          if (node % 5 != 0) builder.set_money(draft, base_wage, {100'000 + node % 70'000, myr});
        } else if (group.name == "Recruiter") {
          const bool agency = ids_[node][0] == 'a';
          builder.set_text(draft, name, "Recruiter " + ids_[node]);
          builder.set_text(draft, country, choose(origins, node));
          builder.set_text(draft, role, agency ? "agency" : "sub_agent");
          if (agency) {
            builder.set_text(draft, licence, "L-" + ids_[node]);
            builder.set_date(draft, until, Date{start + static_cast<std::int32_t>(node % 2400)});
          }
        } else {
          builder.set_text(draft, name, "Plant and company " + ids_[node]);
          builder.set_text(draft, country, choose(destinations, node));
          if (group.name == "Facility") builder.set_integer(draft, headcount, 50 + node % 5000);
        }
      }
      continue;
    }
    const EdgeKindId kind = *schema.find_edge(group.name);
    const EdgeKind& about = schema.edge(kind);
    const auto id = [&](std::string_view name) { return about.find(name).value_or(AttributeId{}); };
    const AttributeId category = id("category"), on = id("on"), amount = id("amount"),
                      per = id("per"), borne_by = id("borne_by"), fees_paid_by = id("fees_paid_by"),
                      since = id("since");
    for (const Edge& edge : group.edges) {
      const EdgeDraft draft = builder.edge(kind, ids_[edge.from], ids_[edge.to]);
      if (!with_cells) continue;
      const auto day = [&] { return Date{start + static_cast<std::int32_t>(edge.number % 1500)}; };
      if (group.name == "charged") {
        // By another digit than the one that leaves the amount out: fees of each category have
        // both.
        builder.set_text(draft, category, choose(categories, edge.number / 20));
        builder.set_date(draft, on, day());
        if (edge.number % 4 != 0) {
          builder.set_money(draft, amount, {(edge.number % 20) * 1'000'000, npr});
        }
        builder.set_text(draft, per, "worker");
        builder.set_text(draft, borne_by, edge.number % 3 == 0 ? "employer" : "worker");
      } else if (group.name == "engages") {
        if (edge.number % 2 == 0) builder.set_text(draft, fees_paid_by, "employer");
        builder.set_date(draft, since, day());
      } else if (group.name == "recruited") {
        builder.set_date(draft, on, day());
      }
    }
  }
}

Network synthetic_network(SyntheticShape shape) {
  NetworkBuilder builder(recruitment_schema());
  Synthetic(shape).tell(builder);
  return std::move(builder.build().value());
}

}  // namespace eraudit::test
