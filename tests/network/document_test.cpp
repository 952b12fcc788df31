#include <filesystem>
#include <fstream>

#include "eraudit/network/read.hpp"
#include "eraudit/network/write.hpp"
#include "tests/network/schema.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/network.hpp"

using namespace eraudit;

namespace {

// Word for word as the design writes it.
constexpr const char* as_people_write_it = R"(eraudit: network/1
as_of: 2026-06-30
sources:
  contract:  {class: contract,         date: 2024-01-10, ref: service-agreement-07.pdf}
  voices:    {class: worker_interview, date: 2026-05-14, ref: interviews-may, place: off_site, chosen_by: auditor, sample: 12, of: 48}
nodes:
  Company:   {acme: {name: Acme Retail, country: GB, focal: true}}
  Facility:  {delta: {name: Delta Gloves plant 2, country: MY, headcount: 1200}}
  Recruiter: {sunrise: {name: Sunrise Overseas, country: NP, role: agency, licence: NP-1034, licence_until: 2025-12-31}}
  Cohort:    {np-24: {workers: 48, origin: NP, destination: MY, recruited: 2024-02-01/2024-04-30, base_wage: 1500 MYR/month}}
edges:
  supplies:  [{from: delta, to: acme}]
  engages:   [{from: delta, to: sunrise, source: contract, fees_paid_by: employer}]
  recruited: [{from: sunrise, to: np-24}]
  charged:   [{from: sunrise, to: np-24, category: service-fee, per: worker, amount: {low: 100000 NPR, typical: 145000 NPR, high: 150000 NPR},
               payers: {said: 11, asked: 12}, borne_by: worker, source: voices}]
complete:    [{node: np-24, list: fees, source: voices}]
)";

Network read_text(const std::string& name, const std::string& text, SchemaPtr schema = nullptr) {
  const auto source = std::make_shared<const Source>(name, text);
  const auto document = (name.ends_with(".json") ? read_json(source) : read_yaml(source)).value();
  ReadOptions options;
  options.schema = std::move(schema);
  return read_network(*document, options).value();
}

}  // namespace

TEST_CASE("network: the network of the design reads word for word", "[network][document]") {
  const Network network = read_text("network.yaml", as_people_write_it);
  CHECK(network.as_of() == parse_date("2026-06-30"));
  CHECK(network.node_count() == 4);
  CHECK(network.edge_count() == 4);
  const NodeId cohort = test::node(network, "np-24");
  CHECK(test::cell(network, test::node(network, "acme"), "focal") == "true");
  CHECK(test::cell(network, test::node(network, "delta"), "headcount") == "1200");
  CHECK(test::cell(network, test::node(network, "sunrise"), "licence_until") == "2025-12-31");
  CHECK(test::cell(network, cohort, "recruited") == "2024-02-01/2024-04-30");
  CHECK(test::cell(network, cohort, "base_wage") == "1500 MYR/month");
  const EdgeId charge = test::edge(network, "charged(sunrise, np-24, service-fee, ?)");
  CHECK(test::cell(network, charge, "amount") ==
        "{low: 100000 NPR, typical: 145000 NPR, high: 150000 NPR}");
  CHECK(test::cell(network, charge, "payers_said") == "11");
  CHECK(test::cell(network, charge, "payers_asked") == "12");
  const SourceRecord& voices = network.sources()[network.source(charge)];
  CHECK(voices.id == "voices");
  CHECK(voices.source_class == "worker-interview-offsite");
  CHECK(voices.date == parse_date("2026-05-14"));
  CHECK(voices.details ==
        std::vector<std::pair<std::string, std::string>>{
            {"chosen_by", "auditor"}, {"of", "48"}, {"place", "off_site"}, {"sample", "12"}});
  CHECK(network.complete(cohort, network.schema().find_list(network.kind(cohort), "fees")->list));
  CHECK(network.origin(cohort).line == 10);
  CHECK(network.origin(charge).line == 15);
  REQUIRE(network.inputs().size() == 1);
  CHECK(network.inputs()[0].rows == 9);
  CHECK(network.inputs()[0].sha256.starts_with("sha256:"));
}

TEST_CASE("network: the network of the design is written as YAML and as JSON",
          "[network][document]") {
  const Network network = read_text("network.yaml", as_people_write_it);
  const std::string yaml = write_network_yaml(network);
  CHECK(yaml == R"(eraudit: network/1
as_of: 2026-06-30
sources:
  contract: {class: contract-document, date: 2024-01-10, ref: service-agreement-07.pdf}
  voices: {class: worker-interview-offsite, date: 2026-05-14, ref: interviews-may, chosen_by: auditor, of: "48", place: off_site, sample: "12"}
nodes:
  Company:
    acme: {name: Acme Retail, country: GB, focal: true}
  Facility:
    delta: {name: Delta Gloves plant 2, country: MY, headcount: 1200}
  Recruiter:
    sunrise: {name: Sunrise Overseas, country: NP, role: agency, licence: NP-1034, licence_until: 2025-12-31}
  Cohort:
    np-24: {workers: 48, origin: NP, destination: MY, recruited: 2024-02-01/2024-04-30, base_wage: 1500 MYR/month}
edges:
  supplies:
    - {from: delta, to: acme}
  engages:
    - {from: delta, to: sunrise, fees_paid_by: employer, source: contract}
  recruited:
    - {from: sunrise, to: np-24}
  charged:
    - {from: sunrise, to: np-24, category: service-fee, amount: {low: 100000 NPR, typical: 145000 NPR, high: 150000 NPR}, per: worker, payers_said: 11, payers_asked: 12, borne_by: worker, source: voices}
complete:
  - {node: np-24, list: fees, source: voices}
)");
  const std::string json = write_network_json(network);
  CHECK(json == R"({
  "eraudit": "network/1",
  "as_of": "2026-06-30",
  "sources": {
    "contract": {"class": "contract-document", "date": "2024-01-10", "ref": "service-agreement-07.pdf"},
    "voices": {"class": "worker-interview-offsite", "date": "2026-05-14", "ref": "interviews-may", "chosen_by": "auditor", "of": "48", "place": "off_site", "sample": "12"}
  },
  "nodes": {
    "Company": {
      "acme": {"name": "Acme Retail", "country": "GB", "focal": true}
    },
    "Facility": {
      "delta": {"name": "Delta Gloves plant 2", "country": "MY", "headcount": 1200}
    },
    "Recruiter": {
      "sunrise": {"name": "Sunrise Overseas", "country": "NP", "role": "agency", "licence": "NP-1034", "licence_until": "2025-12-31"}
    },
    "Cohort": {
      "np-24": {"workers": 48, "origin": "NP", "destination": "MY", "recruited": "2024-02-01/2024-04-30", "base_wage": "1500 MYR/month"}
    }
  },
  "edges": {
    "supplies": [
      {"from": "delta", "to": "acme"}
    ],
    "engages": [
      {"from": "delta", "to": "sunrise", "fees_paid_by": "employer", "source": "contract"}
    ],
    "recruited": [
      {"from": "sunrise", "to": "np-24"}
    ],
    "charged": [
      {"from": "sunrise", "to": "np-24", "category": "service-fee", "amount": {"low": "100000 NPR", "typical": "145000 NPR", "high": "150000 NPR"}, "per": "worker", "payers_said": 11, "payers_asked": 12, "borne_by": "worker", "source": "voices"}
    ]
  },
  "complete": [
    {"node": "np-24", "list": "fees", "source": "voices"}
  ]
}
)");
  CHECK(write_network_yaml(read_text("network.json", json)) == yaml);
  CHECK(write_network_json(read_text("network.yaml", yaml)) == json);
}

TEST_CASE("network: sections may come in any order and be empty", "[network][document]") {
  const Network network = test::network(
      "edges:\n"
      "  paid: [{from: a, to: a, source: s}]\n"
      "  near:\n"
      "complete: [{node: a, list: payees}]\n"
      "nodes:\n"
      "  Place:\n"
      "  Thing:\n"
      "    a:\n"
      "sources: {s: }\n",
      test::small_schema());
  CHECK(network.node_count() == 1);
  CHECK(network.edge_count() == 1);
  CHECK(network.complete(NodeId{0},
                         {EdgeKindId{0}, Side::from}));  // the neighbours are those of the edges
  CHECK(test::network("{}", test::small_schema()).node_count() == 0);
}

TEST_CASE("network: a share is written in any of its forms", "[network][document]") {
  const Network network = test::network(R"(
    sources: {s: {}, t: {}}
    nodes:
      Thing:
        a: {asking: 11 of 12}
        b: {asking: {said: 11}}
        c: {asking: "? of 12"}
        d: {said: 3, asked: 4}
        e: {asking: [{value: 1 of 2, source: s}, {value: {said: 1, asked: 3}, source: t}]}
        f: {asking: {said: 3..5, asked: 4}}
  )",
                                        test::small_schema());
  const auto pair = [&](const char* id) {
    const NodeId node = test::node(network, id);
    return test::cell(network, node, "said") + "/" + test::cell(network, node, "asked");
  };
  CHECK(pair("a") == "11/12");
  CHECK(pair("b") == "11/");
  CHECK(pair("c") == "/12");
  CHECK(pair("d") == "3/4");
  CHECK(pair("e") == "1/");
  CHECK(pair("f") == "3..5/4");
  CHECK(network.claims(test::node(network, "e"), AttributeId{12}).size() == 2);
}

TEST_CASE("network: numbers are taken quoted or not, and ids as they are written",
          "[network][document]") {
  const Network network = test::network(R"(
    nodes:
      Thing:
        "007": {count: "48", note: 1.50}
        "1e3": {count: 48, flag: "false"}
        NO: {country: NO}
    edges:
      paid: [{from: 007, to: 1e3, id: 0x1F}]
  )",
                                        test::small_schema());
  CHECK(test::cell(network, test::node(network, "007"), "count") == "48");
  CHECK(test::cell(network, test::node(network, "007"), "note") == "1.50");
  CHECK(test::cell(network, test::node(network, "1e3"), "flag") == "false");
  CHECK(test::cell(network, test::node(network, "NO"), "country") == "NO");
  CHECK(network.name(EdgeId{0}) == "0x1F");
}

TEST_CASE("network: read_network takes YAML and JSON files", "[network][document]") {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / "eraudit-network-document-test";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "n.yaml") << as_people_write_it;
  const Network network = read_network((folder / "n.yaml").string()).value();
  std::ofstream(folder / "n.json") << write_network_json(network);
  CHECK(write_network_yaml(read_network((folder / "n.json").string()).value()) ==
        write_network_yaml(network));
  CHECK_THROWS_AS(read_network((folder / "none.yaml").string()), Error);

  std::ofstream(folder / "bare.yaml") << "nodes: {}\n";
  CHECK(to_text(read_network((folder / "bare.yaml").string()).diagnostics()) ==
        (folder / "bare.yaml").string() +
            ":1:1: error: this file does not say that it is a network [network-header]\n"
            "    1 | nodes: {}\n"
            "      | ^~~~~\n"
            "  help: begin with `eraudit: network/1`\n");

  ReadOptions options;
  options.limits.nodes = 3;
  const auto too_many = read_network((folder / "n.yaml").string(), options);
  REQUIRE_FALSE(too_many);
  CHECK(to_text(too_many.diagnostics()) ==
        (folder / "n.yaml").string() + ": error: more than 3 nodes [network-limit]\n");
  std::filesystem::remove_all(folder);
}
