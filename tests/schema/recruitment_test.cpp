// The schema that ships.

#include <chrono>
#include <functional>
#include <set>
#include <thread>

#include "eraudit/core/text.hpp"
#include "eraudit/schema/detail/embedded.hpp"
#include "tests/schema/support.hpp"
#include "tests/support/shared_data.hpp"

using namespace eraudit;

namespace {

const Schema& shipped() {
  return *recruitment_schema();
}

const std::vector<std::string> languages = {"en", "fr", "es"};

std::string missing_in(const LocalText& text) {
  std::string missing;
  for (const std::string& language : languages) {
    if (!text.has(language)) missing += ' ' + language;
  }
  return missing;
}

using Visit = std::function<void(const std::string& where, const LocalText& text, bool optional)>;

void visit_attributes(const std::string& owner, const std::vector<Attribute>& attributes,
                      const Visit& visit) {
  for (const Attribute& attribute : attributes) {
    const std::string path = owner + '.' + attribute.name;
    visit(path + " label", attribute.label, false);
    visit(path + " ask", attribute.ask, false);
    visit(path + " about", attribute.about, true);
    for (const EnumerationValue& value : attribute.values) {
      visit(path + " value " + value.id, value.label, false);
    }
  }
}

void visit_texts(const Schema& schema, const Visit& visit) {
  for (const NodeKind& kind : schema.kinds()) {
    visit(kind.name + " label", kind.label, false);
    visit(kind.name + " plural", kind.plural, false);
    visit(kind.name + " about", kind.about, false);
    visit_attributes(kind.name, kind.attributes, visit);
  }
  for (const EdgeKind& edge : schema.edges()) {
    visit(edge.name + " label", edge.label, false);
    visit(edge.name + " about", edge.about, true);
    visit(edge.name + " from ask", edge.from.ask, false);
    visit(edge.name + " to ask", edge.to.ask, false);
    visit_attributes(edge.name, edge.attributes, visit);
  }
  for (const SourceClass& source_class : schema.source_classes()) {
    visit(source_class.id + " label", source_class.label, false);
    visit(source_class.id + " about", source_class.about, true);
  }
}

}  // namespace

TEST_CASE("schema: the schema that ships reads without a warning", "[schema][recruitment]") {
  const auto document =
      read_document(test::project_file("rules/schema/recruitment.yaml"), {}, Aliases::expand);
  INFO(to_text(document.diagnostics()));
  REQUIRE(document);
  const auto read = read_schema(**document);
  INFO(to_text(read.diagnostics()));
  REQUIRE(read);
  CHECK(read.diagnostics().empty());
  CHECK((*read)->name() == "recruitment");
  // What is built in is the same file.
  CHECK(shipped().kinds().size() == (*read)->kinds().size());
  CHECK(shipped().edges().size() == (*read)->edges().size());
  const auto embedded = detail::embedded_document(detail::embedded_schema_documents(),
                                                  "rules/schema/recruitment.yaml");
  CHECK(embedded->source().text() == (*document)->source().text());
  CHECK(embedded->source().name() == "rules/schema/recruitment.yaml");
}

TEST_CASE("schema: every text that ships is there in English, French and Spanish",
          "[schema][recruitment]") {
  std::size_t texts = 0;
  visit_texts(shipped(), [&](const std::string& where, const LocalText& text, bool optional) {
    INFO(where << " lacks" << missing_in(text));
    CHECK(((optional && text.empty()) || missing_in(text).empty()));
    CHECK(text.all().size() <= languages.size());
    ++texts;
  });
  CHECK(texts > 600);
}

TEST_CASE("schema: texts that ship are typeset alike", "[schema][recruitment]") {
  visit_texts(shipped(), [&](const std::string& where, const LocalText& text, bool) {
    for (const auto& [language, words] : text.all()) {
      INFO(where << ' ' << language << ": " << words);
      CHECK(words.front() != ' ');
      CHECK(words.back() != ' ');
      CHECK(words.find("  ") == std::string::npos);
      CHECK_FALSE(find_bad_utf8(words));
      if (where.ends_with(" ask")) {
        CHECK(words.find('?') != std::string::npos);
        if (language == "fr") CHECK(words.find(" ?") != std::string::npos);
        if (language == "es") CHECK(words.find("¿") != std::string::npos);
      }
      if (where.ends_with(" about")) CHECK(words.back() == '.');
      if (where.ends_with(" label")) CHECK(words.back() != '.');
    }
  });
}

TEST_CASE("schema: texts that ship accuse nobody", "[schema][recruitment]") {
  const std::vector<std::string> never = {"guilty",    "illegal",  "traffick", "slave",
                                          "violation", "proof",    "preuve",   "prueba",
                                          "coupable",  "culpable", "esclav",   "victim"};
  visit_texts(shipped(), [&](const std::string& where, const LocalText& text, bool) {
    for (const auto& [language, words] : text.all()) {
      std::string lower = words;
      for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
      }
      for (const std::string& word : never) {
        INFO(where << ' ' << language << ": " << words);
        CHECK(lower.find(word) == std::string::npos);
      }
    }
  });
}

TEST_CASE("schema: every name of the example network is there", "[schema][recruitment]") {
  const Schema& schema = shipped();
  const auto has = [&](const char* kind, std::initializer_list<const char*> attributes) {
    const auto id = schema.find_kind(kind);
    INFO(kind);
    REQUIRE(id);
    for (const char* attribute : attributes) {
      INFO(attribute);
      CHECK(schema.kind(*id).find(attribute));
    }
  };
  has("Company", {"name", "country", "focal"});
  has("Facility", {"name", "country", "headcount"});
  has("Recruiter", {"name", "country", "role", "licence", "licence_until"});
  has("Cohort", {"workers", "origin", "destination", "recruited", "base_wage"});
  const auto edge = [&](const char* name, const char* from, const char* to,
                        std::initializer_list<const char*> attributes) {
    const auto id = schema.find_edge(name);
    INFO(name);
    REQUIRE(id);
    const EdgeKind& kind = schema.edge(*id);
    const auto stands = [&](const EdgeEnd& end, const char* wanted) {
      const auto found = schema.find_kind(wanted);
      return found && std::find(end.kinds.begin(), end.kinds.end(), *found) != end.kinds.end();
    };
    CHECK(stands(kind.from, from));
    CHECK(stands(kind.to, to));
    for (const char* attribute : attributes) {
      INFO(attribute);
      CHECK(kind.find(attribute));
    }
  };
  edge("supplies", "Facility", "Company", {});
  edge("engages", "Facility", "Recruiter", {"fees_paid_by"});
  edge("recruited", "Recruiter", "Cohort", {});
  edge("charged", "Recruiter", "Cohort", {"category", "per", "amount", "borne_by", "on"});

  const EdgeKind& charged = schema.edge(*schema.find_edge("charged"));
  const auto value = [&](const char* attribute, const char* id) {
    return charged.attributes[charged.find(attribute)->index].find_value(id).has_value();
  };
  CHECK(value("category", "service-fee"));
  CHECK(value("per", "worker"));
  CHECK(value("borne_by", "worker"));
  const Share* payers = charged.find_share("payers");
  REQUIRE(payers != nullptr);
  CHECK(payers->part_key == "said");
  CHECK(payers->whole_key == "asked");
  REQUIRE(charged.key.size() == 2);
  CHECK(charged.attributes[charged.key[0].index].name == "category");
  CHECK(charged.attributes[charged.key[1].index].name == "on");

  const KindId cohort = *schema.find_kind("Cohort");
  CHECK(schema.find_list(cohort, "fees")->list == ListId{*schema.find_edge("charged"), Side::to});
  CHECK(schema.find_list(cohort, "recruiters")->nodes);
  CHECK(schema.kind(cohort).attributes[schema.kind(cohort).find("base_wage")->index].wage);

  using Details = std::vector<std::pair<std::string, std::string>>;
  const auto class_of = [&](const char* name, const Details& details) {
    const auto found = schema.find_source_class(name, details);
    return found ? schema.source_classes()[*found].id : std::string();
  };
  CHECK(class_of("contract", {}) == "contract-document");
  CHECK(class_of("worker_interview", {{"place", "off_site"}}) == "worker-interview-offsite");
  CHECK(class_of("worker_interview", {{"place", "on_site"}}) == "worker-interview-onsite");
  CHECK(class_of("worker_interview", {}).empty());
}

TEST_CASE("schema: lists are open unless the kind itself says all", "[schema][recruitment]") {
  std::set<std::string> complete;
  for (const EdgeKind& edge : shipped().edges()) {
    if (edge.from.complete) complete.insert(edge.name + ".from");
    if (edge.to.complete) complete.insert(edge.name + ".to");
  }
  CHECK(complete == std::set<std::string>{"carried_out_by.from", "for_order.from", "through.from"});
}

TEST_CASE("schema: licences and measures do not run for ever by silence", "[schema][recruitment]") {
  std::set<std::string> required;
  for (const NodeKind& kind : shipped().kinds()) {
    for (const Attribute& attribute : kind.attributes) {
      if (attribute.required) required.insert(kind.name + '.' + attribute.name);
    }
  }
  CHECK(required ==
        std::set<std::string>{"Licence.since", "Licence.until", "Measure.since", "Measure.until"});
}

TEST_CASE("schema: counts, amounts and rates are never negative", "[schema][recruitment]") {
  const auto check = [](const std::string& owner, const std::vector<Attribute>& attributes) {
    for (const Attribute& attribute : attributes) {
      if (attribute.type != AttributeType::money && attribute.type != AttributeType::integer &&
          attribute.type != AttributeType::number) {
        continue;
      }
      INFO(owner << '.' << attribute.name);
      CHECK(attribute.non_negative);
    }
  };
  for (const NodeKind& kind : shipped().kinds()) check(kind.name, kind.attributes);
  for (const EdgeKind& edge : shipped().edges()) check(edge.name, edge.attributes);
}

TEST_CASE("schema: no cohort and no person has the name of a worker", "[schema][recruitment]") {
  const NodeKind& cohort = shipped().kind(*shipped().find_kind("Cohort"));
  for (const char* name : {"name", "names", "passport_number", "phone", "address", "birth_date"}) {
    CHECK_FALSE(cohort.find(name));
  }
}

TEST_CASE("schema: one attribute name has one type wherever it stands", "[schema][recruitment]") {
  // An attribute read over several kinds must exist in all of them with one type.
  std::vector<std::pair<std::string, AttributeType>> types;
  for (const NodeKind& kind : shipped().kinds()) {
    for (const Attribute& attribute : kind.attributes) {
      const auto known = std::find_if(types.begin(), types.end(), [&](const auto& entry) {
        return entry.first == attribute.name;
      });
      if (known == types.end()) {
        types.emplace_back(attribute.name, attribute.type);
        continue;
      }
      INFO(kind.name << '.' << attribute.name);
      CHECK(attribute.type == known->second);
    }
  }
}

TEST_CASE("schema: whoever charges, lends or holds papers has a name and a country",
          "[schema][recruitment]") {
  for (const char* edge : {"charged", "lends", "holds", "owns", "employs", "engages"}) {
    const EdgeKind& kind = shipped().edge(*shipped().find_edge(edge));
    for (const KindId id : kind.from.kinds) {
      const NodeKind& end = shipped().kind(id);
      if (end.name == "JobOrder") continue;
      INFO(edge << ' ' << end.name);
      CHECK(end.find("name"));
      CHECK(end.find("country"));
    }
  }
}

TEST_CASE("schema: fee categories and source classes are the ids of the domain files",
          "[schema][recruitment]") {
  const std::string shared = test::shared_data_or_skip("ids of the domain files");
  if (shared.empty()) return;
  const auto load = [&](const char* name) {
    auto document = read_document(shared + "/domain/" + name);
    INFO(to_text(document.diagnostics()));
    REQUIRE(document);
    return *document;
  };
  const auto ids = [](DocumentNode list) {
    std::vector<std::string> out;
    for (std::size_t index = 0; index < list.size(); ++index) {
      out.emplace_back(list.at(index).find("id")->text());
    }
    return out;
  };
  const auto indicators = load("indicators.yaml");
  const EdgeKind& charged = shipped().edge(*shipped().find_edge("charged"));
  std::vector<std::string> categories;
  for (const EnumerationValue& value : charged.attributes[charged.find("category")->index].values) {
    categories.push_back(value.id);
  }
  CHECK(categories == ids(*indicators->root().find("fee_taxonomy")->find("categories")));

  const auto standards = load("standards.yaml");
  std::vector<std::string> classes;
  for (const SourceClass& known : shipped().source_classes()) classes.push_back(known.id);
  CHECK(classes == ids(*standards->root().find("evidence_types")->find("types")));
}

TEST_CASE("schema: the built-in schema is one object for all threads", "[schema][recruitment]") {
  std::vector<const Schema*> seen(8);
  std::vector<std::thread> threads;
  for (std::size_t index = 0; index < seen.size(); ++index) {
    threads.emplace_back([&seen, index] { seen[index] = recruitment_schema().get(); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const Schema* schema : seen) CHECK(schema == seen[0]);
}
