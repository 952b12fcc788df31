// Texts that name persons reach neither network, nor report, nor message.

#include "eraudit/import/detail/pseudonym.hpp"
#include "eraudit/network/write.hpp"
#include "tests/import/support.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;
using namespace eraudit::test;

namespace {

constexpr const char* columns = R"(
table:
  columns:
    id: ID
    worker: {header: WORKER, person: key_only}
    last: {header: LAST_NAME, person: drop}
    number: {header: NO, person: key_only, opaque: true, required: false}
    amount: AMOUNT
)";

bool mentions(const std::string& text, std::string_view canary) {
  return text.find(canary) != std::string::npos;
}

}  // namespace

TEST_CASE("import: HMAC-SHA-256 is that of RFC 4231", "[import][persons]") {
  CHECK(detail::hmac_sha256(std::string(20, '\x0b'), "Hi There") ==
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  CHECK(detail::hmac_sha256("Jefe", "what do ya want for nothing?") ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(detail::hmac_sha256(std::string(131, '\xaa'),
                            "Test Using Larger Than Block-Size Key - Hash Key First") ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("import: a pseudonym needs its key and forgives spelling", "[import][persons]") {
  CHECK(detail::pseudonym("k", "PÉREZ, María") == detail::pseudonym("k", "perez maria"));
  CHECK(detail::pseudonym("k", "Perez Maria") != detail::pseudonym("l", "Perez Maria"));
  CHECK(detail::pseudonym("k", "Perez").size() == 16);
}

TEST_CASE("import: a key_only column gives ids under pseudonyms", "[import][persons]") {
  const Mapping map = mapping(std::string("salt: pepper\n") + columns + R"(
nodes:
  worker: {kind: Recruiter, id: "'w-' + row.worker", when: filled.worker}
  number: {kind: Order, id: "'n-' + row.number"}
)");
  const ImportResult result = import_text(map,
                                          "ID,WORKER,LAST_NAME,NO,AMOUNT\n1,Canary "
                                          "One,Canaryson,P001,5\n2,CANARY ONE,Canaryson,P002,6\n"
                                          "3,N/A,Canaryson,N/A,7\n");
  CHECK(result.network.find("w-" + detail::pseudonym("pepper", "Canary One")).has_value());
  CHECK(result.network.find("n-P001").has_value());
  CHECK(result.report.nodes == 3);
  const std::string all = yaml(result) + to_text(result.report) + write_json(result.report);
  CHECK_FALSE(mentions(all, "anary"));
  CHECK_FALSE(mentions(all, "ANARY"));
  // The key of the caller goes before that of the mapping.
  ImportOptions options;
  options.pseudonym_key = "other";
  const ImportResult other =
      import_text(map, "ID,WORKER,LAST_NAME,AMOUNT\n1,Canary One,x,5\n", options);
  CHECK(other.network.find("w-" + detail::pseudonym("other", "Canary One")).has_value());
}

TEST_CASE("import: without a key there are no pseudonyms", "[import][persons]") {
  const Mapping map = mapping(std::string(columns) + R"(
nodes: {worker: {kind: Recruiter, id: row.worker}}
)");
  CHECK(import_messages(map, "ID,WORKER,LAST_NAME,AMOUNT\n1,Canary,x,5\n") ==
        "map.yaml:7:5: error: the column 'worker' names persons, and there is no key for their "
        "pseudonyms [import-no-key]\n"
        "    7 |     worker: {header: WORKER, person: key_only}\n"
        "      |     ^~~~~~\n"
        "  help: give a key with the import, or `salt:` in the mapping; a column of ids that name "
        "nobody is `opaque: true`\n");
}

TEST_CASE("import: no message shows a person, whatever is wrong in the row", "[import][persons]") {
  const Mapping map = mapping(std::string("salt: pepper\n") + columns + R"(
nodes:
  worker:
    kind: Recruiter
    id: "'w-' + string(int(row.number)) + row.worker"
    attributes: {workers: row.amount}
)");
  const std::string header = "ID,WORKER,LAST_NAME,NO,AMOUNT\n";
  const char* tables[] = {
      "1,Canary One,Canaryson,Canary9,5\n",             // the id cannot be computed
      "1,Canary One,Canaryson,1,many\n",                // a value cannot be read
      "1,Canary One,Canaryson,1,5,6\n",                 // too long
      "1,Canary One,Canaryson\n",                       // too short
      "1,\"Canary One\"x,Canaryson,1,5\n",              // text after a quote
      "1,Canary One,\"Canaryson,1,5\n",                 // an open quote
      "1,Canary One,Canary\xC3\xA9\xC3\xA9\xFF,1,5\n",  // bad UTF-8
      "1, \"Canary One\",Canaryson,1,many\n",           // a blank before a quote
  };
  for (const char* table : tables) {
    const std::string messages = import_messages(map, header + table);
    INFO(messages);
    CHECK(mentions(messages, "error: "));
    CHECK_FALSE(mentions(messages, "anary"));
  }
  CHECK(import_messages(map, header + tables[0]) ==
        "table.csv:2:24: error: worker: id: cannot be computed [import-id]\n");
  CHECK(import_messages(map, header + tables[1]) ==
        "table.csv:2:26: error: Recruiter.workers: 'workers' takes a whole number, not 'many' "
        "[import-value]\n"
        "    2 | ...many\n"
        "      |    ^~~~\n"
        "  help: write a number such as 48, or 900..1400 if only its bounds are known\n");
}

TEST_CASE("import: columns that nobody declared are not looked at", "[import][persons]") {
  const Mapping map = mapping(R"(
table: {columns: {id: ID}}
nodes: {r: {kind: Recruiter, id: row.id, attributes: {workers: row.id}}}
)");
  const std::string messages = import_messages(map, "PASSPORT,ID\nCanary 77,x\n");
  CHECK(mentions(messages, "table.csv:2:11: error"));
  CHECK_FALSE(mentions(messages, "anary"));
}

TEST_CASE("import: spellings of persons are not reported", "[import][persons]") {
  const Mapping map = mapping(std::string("salt: pepper\n") + columns + R"y(
nodes: {w: {kind: Recruiter, id: "slug(row.worker)"}, a: {kind: Order, id: "slug(row.id + row.worker)"}}
)y");
  const ImportResult result =
      import_text(map, "ID,WORKER,LAST_NAME,AMOUNT\nx,Canary One,c,5\nX,Canary one,c,6\n");
  const std::string all = yaml(result) + to_text(result.report) + write_json(result.report);
  CHECK_FALSE(mentions(all, "anary"));
}
