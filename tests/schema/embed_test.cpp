#include "eraudit/core/error.hpp"
#include "eraudit/schema/detail/embedded.hpp"
#include "tests/schema/support.hpp"

using namespace eraudit;

TEST_CASE("schema: what is not built in is a bug, not an empty document", "[schema][embed]") {
  try {
    (void)detail::embedded_document(detail::embedded_schema_documents(), "rules/schema/other.yaml");
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::internal);
    CHECK(std::string(error.what()).find("rules/schema/other.yaml") != std::string::npos);
  }
}

TEST_CASE("schema: a built-in document keeps its places", "[schema][embed]") {
  const auto document = detail::embedded_document(detail::embedded_schema_documents(),
                                                  "rules/schema/recruitment.yaml");
  const auto kinds = document->root().find("kinds");
  REQUIRE(kinds);
  const auto cohort = kinds->find("Cohort");
  REQUIRE(cohort);
  const Schema& schema = *recruitment_schema();
  const std::string declared = schema.kind(*schema.find_kind("Cohort")).declared;
  const std::string prefix = "rules/schema/recruitment.yaml:";
  REQUIRE(declared.substr(0, prefix.size()) == prefix);
  const auto line = static_cast<std::uint32_t>(std::stoul(declared.substr(prefix.size())));
  CHECK(document->source().line(line) == "  Cohort:");
}
