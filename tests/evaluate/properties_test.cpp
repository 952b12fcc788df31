// Laws of verdicts on generated networks (tests/support/properties.hpp).

#include "tests/support/properties.hpp"

#include <random>
#include <string>

#include "eraudit/evaluate/evaluate.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/model.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace eraudit;
using namespace eraudit::test;

namespace {

/// Rules that between them read cells, lists both ways, ranges, money, dates, tables and 'let'
/// entries.
const Rules& rules() {
  static const Rules loaded = [] {
    const ScratchFolder folder;
    const auto add = [&](const std::string& name, const std::string& body) {
      folder.write(name + ".yaml",
                   "rule: law." + name + "\nmessage: {en: found, fr: trouvé}\n" + body);
    };
    folder.write("tables/grade.yaml", R"(eraudit: table/1
table: grade
inputs: {workers: int}
output: {severity: severity}
rows: [{workers: '< 10', severity: low}, {workers: '>= 10', severity: high}]
)");
    folder.write("tables/cap.yaml", R"(eraudit: table/1
table: cap
inputs: {origin: country, on: date}
output: {most: money}
rows:
  - {origin: NP, until: 2023-12-31, most: 100 USD}
  - {origin: NP, since: 2024-01-01, most: 50 USD}
  - {origin: MY, most: 0 USD}
)");
    add("fees", R"yaml(subject: (c:Cohort)
when: c.workers > 0
let: {borne: "c.fees.filter(f, f.borne_by == 'worker')", workers: c.workers}
fail_if: borne.exists(f, f.amount > 0)
severity: {table: grade, by: [workers]}
)yaml");
    add("sum", R"yaml(subject: (c:Cohort)
let: {paid: 'c.fees.map(f, f.amount).sum()'}
fail_if: paid > cap(c.origin, c.arrived).most
)yaml");
    add("months", R"yaml(subject: (c:Cohort)
when: c.base_wage > 0
let: {months: 'c.fees.map(f, f.amount).sum() / c.base_wage'}
fail_if: months > 2.5
)yaml");
    add("agency", R"yaml(subject: (r:Recruiter)
when: "r.role != 'individual' || r.cohorts.exists(c, c.workers > 5)"
pass_if: has(r.licence_until) && r.licence_until >= as_of || r.cohorts.all(c, has(r.licence_until) && c.arrived < r.licence_until)
)yaml");
    add("left", R"yaml(subject: (c:Cohort)
fail_if: has(c.left) && c.left < as_of && c.fees.size() > 1
)yaml");
    add("ratio", R"yaml(subject: (x:Facility|Recruiter)
fail_if: "x.country == 'MY' && x.engagements.exists(e, e.price_per_worker < e.itemised_cost)"
)yaml");
    add("employed", R"yaml(subject: (c:Cohort)
at: c.arrived
when: c.employments.exists(e, e.legal_employer)
fail_if: c.employers.exists(f, f.country != c.destination)
)yaml");
    add("chain", R"yaml(match: |
  (f:Facility)-[e:engages]->(r:Recruiter WHERE r.country != f.country)-[:recruited]->(c:Cohort WHERE c.workers > 3)
subject: f
fail_if: r.role == 'sub_agent' || c.base_wage < money('15 USD')
)yaml");
    add("upward", R"yaml(match: |
  ACYCLIC (c:Cohort)<-[:recruited]-(r:Recruiter)<-[h:engages]-{0,2}(top)
subject: c
when: c.origin == 'NP' || c.workers > 5
let:
  took: {count: "(r)-[f:charged WHERE f.amount > money('30 USD')]->(c)"}
  employs: {exists: "(top)-[:employs]->(c)"}
fail_if: took > 1 || employs && h.exists(e, e.itemised_cost > e.price_per_worker)
)yaml");
    add("cheap", R"yaml(match: |
  p = (r:Recruiter)<-[e:engages]-(f:Facility), (r)-[:recruited]->(c)
subject: r
pass_if: e.price_per_worker >= e.itemised_cost || c.workers < 5
)yaml");
    return load_rules(folder.path()).value();
  }();
  return loaded;
}

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}

  Network network() {
    std::string out = "sources: {voices: {class: worker-interview-offsite}}\nnodes:\n";
    const int cohorts = 2 + below(3);
    const int recruiters = 1 + below(3);
    const int facilities = 1 + below(2);
    out += "  Cohort: {";
    for (int index = 0; index < cohorts; ++index) {
      out += "c" + std::to_string(index) + ": {" +
             cells({{"workers", {"0", "4", "12", "3..30"}},
                    {"origin", {"NP", "MY", "VN"}},
                    {"destination", {"MY", "NP"}},
                    {"arrived", {"2023-05-01", "2024-02-01", "2023-11/2024-02"}},
                    {"left", {"null", "2025-01-01"}},
                    {"base_wage",
                     {"0 USD/month", "20 USD/month", "100 USD/month", "10..60 USD/month"}}}) +
             "}, ";
    }
    out += "}\n  Recruiter: {";
    for (int index = 0; index < recruiters; ++index) {
      out += "r" + std::to_string(index) + ": {" +
             cells({{"role", {"agency", "sub_agent", "individual"}},
                    {"country", {"MY", "NP"}},
                    {"licence_until", {"2025-01-01", "2027-01-01", "2025-01-01/2027-01-01"}}}) +
             "}, ";
    }
    out += "}\n  Facility: {";
    for (int index = 0; index < facilities; ++index) {
      out += "f" + std::to_string(index) + ": {" + cells({{"country", {"MY", "NP"}}}) + "}, ";
    }
    out += "}\nedges:\n  charged: [";
    for (int index = 0, end = below(6); index < end; ++index) {
      const std::string category[] = {"service-fee", "medical", "insurance"};
      out += "{id: k" + std::to_string(index) + ", from: r" + std::to_string(below(recruiters)) +
             ", to: c" + std::to_string(below(cohorts)) + ", category: " + category[below(3)] +
             more_cells({{"amount", {"0 USD", "40 USD", "120 USD", "10..70 USD"}},
                         {"borne_by", {"worker", "employer"}}}) +
             (below(2) == 0 ? ", source: voices" : "") + "}, ";
    }
    out += "]\n  recruited: [";
    for (int recruiter = 0; recruiter < recruiters; ++recruiter) {
      for (int cohort = 0; cohort < cohorts; ++cohort) {
        if (below(2) == 0) {
          out +=
              "{from: r" + std::to_string(recruiter) + ", to: c" + std::to_string(cohort) + "}, ";
        }
      }
    }
    out += "]\n  engages: [";
    for (int index = 0, end = below(4); index < end; ++index) {
      out += "{id: e" + std::to_string(index) + ", from: f" + std::to_string(below(facilities)) +
             ", to: r" + std::to_string(below(recruiters)) +
             more_cells({{"price_per_worker", {"10 USD", "30 USD"}},
                         {"itemised_cost", {"20 USD", "5..25 USD"}}}) +
             "}, ";
    }
    out += "]\n  employs: [";
    for (int cohort = 0; cohort < cohorts; ++cohort) {
      if (below(3) == 0) continue;
      out += "{from: f" + std::to_string(below(facilities)) + ", to: c" + std::to_string(cohort) +
             more_cells({{"legal_employer", {"true", "false"}}}) +
             (below(3) == 0 ? ", since: 2024-01-01" : "") + "}, ";
    }
    out += "]\ncomplete: [";
    for (int cohort = 0; cohort < cohorts; ++cohort) {
      for (const char* list : {"fees", "employments"}) {
        if (below(3) != 0) {
          out += "{node: c" + std::to_string(cohort) + ", list: " + list +
                 (below(2) == 0 ? ", source: voices" : "") + "}, ";
        }
      }
    }
    for (int recruiter = 0; recruiter < recruiters; ++recruiter) {
      if (below(2) == 0) out += "{node: r" + std::to_string(recruiter) + ", list: recruits}, ";
    }
    for (int facility = 0; facility < facilities; ++facility) {
      if (below(2) == 0) out += "{node: f" + std::to_string(facility) + ", list: engagements}, ";
    }
    return network_of(out + "]\n");
  }

 private:
  int below(int end) { return static_cast<int>(random_() % static_cast<std::uint64_t>(end)); }

  /// Each attribute with one of its values, or left out.
  std::string cells(
      const std::vector<std::pair<std::string, std::vector<std::string>>>& attributes) {
    std::string out;
    for (const auto& [name, values] : attributes) {
      if (below(4) == 0) continue;
      out += (out.empty() ? "" : ", ") + name + ": " +
             values[static_cast<std::size_t>(below(static_cast<int>(values.size())))];
    }
    return out;
  }

  /// The same behind other keys.
  std::string more_cells(
      const std::vector<std::pair<std::string, std::vector<std::string>>>& attributes) {
    const std::string out = cells(attributes);
    return out.empty() ? out : ", " + out;
  }

  std::mt19937_64 random_;
};

Options usual() {
  Options options;
  options.as_of = parse_date("2026-06-30");
  return options;
}

}  // namespace

TEST_CASE("evaluate: without a statement a verdict stays or becomes unknown and asks for it",
          "[evaluate][law]") {
  std::size_t looked = 0;
  std::size_t changed = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const Lawbreakers law = check_removing(Generator(seed).network(), rules(), usual());
    INFO("seed " << seed << "\n" << law.text());
    CHECK(law.found.empty());
    looked += law.looked_at;
    changed += law.changed;
  }
  CHECK(looked > 800);
  CHECK(changed > 100);
}

TEST_CASE("evaluate: filling a gap never flips a verdict", "[evaluate][law]") {
  std::size_t looked = 0;
  std::size_t changed = 0;
  for (std::uint64_t seed = 101; seed <= 110; ++seed) {
    const Lawbreakers law = check_filling(Generator(seed).network(), rules(), usual(), 3);
    INFO("seed " << seed << "\n" << law.text());
    CHECK(law.found.empty());
    looked += law.looked_at;
    changed += law.changed;
  }
  CHECK(looked > 1'000);
  CHECK(changed > 50);
}

TEST_CASE("evaluate: the order of input changes no byte", "[evaluate][law]") {
  for (std::uint64_t seed = 201; seed <= 215; ++seed) {
    const Lawbreakers law = check_order(Generator(seed).network(), rules(), usual(), 4);
    INFO("seed " << seed << "\n" << law.text());
    CHECK(law.found.empty());
    CHECK(law.looked_at == 4);
  }
}

TEST_CASE("evaluate: the number of threads changes no byte", "[evaluate][law]") {
  for (std::uint64_t seed = 301; seed <= 310; ++seed) {
    const Lawbreakers law = check_threads(Generator(seed).network(), rules(), usual());
    INFO("seed " << seed << "\n" << law.text());
    CHECK(law.found.empty());
  }
}

TEST_CASE("evaluate: a network is remade as it was, but for what is taken away or put in",
          "[evaluate][law]") {
  const Network before = Generator(7).network();
  const std::vector<Statement> said = statements(before);
  REQUIRE(said.size() > 10);
  CHECK(statements(remake(before, {})).size() == said.size());
  for (const Statement& statement : said) {
    const Network less = remake(before, {3, statement, std::nullopt, {}});
    CHECK(statements(less).size() == said.size() - 1);
    CHECK(less.node_count() == before.node_count());
  }
  const Statement gap = gaps(before).front();
  const Network more = remake(before, {0, std::nullopt, gap, Cell::of(std::string("MY"))});
  CHECK(statements(more).size() == said.size() + 1);
  CHECK(gaps(more).size() + 1 == gaps(before).size());
}
