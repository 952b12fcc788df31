#include "eraudit/core/error.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/schema/show.hpp"
#include "tests/schema/support.hpp"

using namespace eraudit;
using eraudit::test::schema;
using eraudit::test::small_schema;

TEST_CASE("schema: a kind described", "[schema][describe]") {
  const auto read = schema(small_schema);
  CHECK(describe(*read, "en", "Recruiter") == R"(Recruiter - Recruiter
  Who finds workers.
  Attributes
    name                string
                        Name
                        Ask: Which name
    licence             string, may be absent
                        Licence
                        Ask: Which licence
    role                enum
                        Role
                        agency - agency
                        sub_agent - sub-agent
                        Ask: Which role
    active_in           list(string) (ISO 3166-1)
                        Active in
                        Ask: Where
  Lists
    charges             edges charged -> Cohort; there may be more
    charged_cohorts     neighbours
                        Ask: Whom else
)");
}

TEST_CASE("schema: an edge kind described", "[schema][describe]") {
  const auto read = schema(small_schema);
  const std::string text = describe(*read, "en", "charged");
  CHECK(text.substr(0, text.find("  Attributes")) == R"(charged - charged
    From                Recruiter
                        charges - edges
                        charged_cohorts - neighbours
                        there may be more
                        Ask: Whom else
    To                  Cohort
                        fees - edges
                        fee_takers - neighbours
                        these are all unless a source says otherwise
    One edge per        both ends, category, on
)");
  CHECK(text.find("    amount              money, 0 or more, internal\n") != std::string::npos);
  CHECK(text.find("    until               date, unknown if missing\n") != std::string::npos);
  CHECK(text.find("    rate                double, percent/year\n") != std::string::npos);
  CHECK(text.find("    payers              payers_said of payers_asked\n") != std::string::npos);
}

TEST_CASE("schema: a name that does not exist is told with the nearest", "[schema][describe]") {
  const auto read = schema(small_schema);
  try {
    (void)describe(*read, "en", "Kohort");
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::bad_argument);
    CHECK(std::string(error.what()) ==
          "schema 'small' has no kind or edge 'Kohort'; did you mean 'Cohort'?");
  }
}

TEST_CASE("schema: the schema that ships described in 80 columns", "[schema][describe]") {
  for (const char* language : {"en", "fr", "es", "de", "pt-BR"}) {
    const std::string text = describe(*recruitment_schema(), language);
    std::size_t lines = 0;
    std::size_t begin = 0;
    while (begin < text.size()) {
      const std::size_t end = text.find('\n', begin);
      REQUIRE(end != std::string::npos);
      const std::string line = text.substr(begin, end - begin);
      INFO(line);
      CHECK(display_width(line) <= 80);
      CHECK((line.empty() || line.back() != ' '));
      begin = end + 1;
      ++lines;
    }
    CHECK(lines > 500);
    for (const NodeKind& kind : recruitment_schema()->kinds()) {
      CHECK(text.find('\n' + kind.name + " - ") != std::string::npos);
    }
    for (const EdgeKind& edge : recruitment_schema()->edges()) {
      CHECK(text.find('\n' + edge.name + " - ") != std::string::npos);
    }
  }
  const std::string french = describe(*recruitment_schema(), "fr");
  CHECK(french.find("Demander : Combien de travailleurs") != std::string::npos);
  CHECK(french.find("Ask:") == std::string::npos);
  const std::string spanish = describe(*recruitment_schema(), "es-MX");
  CHECK(spanish.find("Preguntar: ¿Cuántos trabajadores") != std::string::npos);
}
