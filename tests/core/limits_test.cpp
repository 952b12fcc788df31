// Each limit of reading at one less, at its value, and at one more.

#include "eraudit/core/limits.hpp"

#include <functional>
#include <string>

#include "eraudit/core/csv.hpp"
#include "eraudit/core/document.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;

namespace {

SourcePtr source(std::string text) {
  return std::make_shared<const Source>("x", std::move(text));
}

/// The id of the first error, or nothing.
std::string first_error(const Diagnostics& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics.items()) {
    if (diagnostic.level == DiagnosticLevel::error) return diagnostic.id;
  }
  return {};
}

std::string yaml(const std::string& text, const Limits& limits) {
  return first_error(read_yaml(source(text), limits, Aliases::expand).diagnostics());
}
std::string json(const std::string& text, const Limits& limits) {
  return first_error(read_json(source(text), limits).diagnostics());
}
std::string csv(const std::string& text, const Limits& limits) {
  Diagnostics diagnostics;
  CsvOptions options;
  options.limits = limits;
  read_csv(
      *source(text), options, [](std::uint32_t, std::span<const CsvField>) { return true; },
      diagnostics);
  return first_error(diagnostics);
}

std::string repeated(const std::string& text, std::size_t count) {
  std::string out;
  for (; count > 0; --count) out += text;
  return out;
}

using Read = std::string (*)(const std::string&, const Limits&);
using Text = std::function<std::string(std::size_t)>;

/// `text(n)` reaches the limit with n.
void check(std::size_t Limits::*limit, std::size_t value, const Read& read, const Text& text,
           const std::string& id) {
  INFO(id);
  Limits limits;
  limits.*limit = value;
  CHECK(read(text(value - 1), limits) == "");
  CHECK(read(text(value), limits) == "");
  CHECK(read(text(value + 1), limits) == id);
}

}  // namespace

TEST_CASE("core: the limits of size", "[core][limits]") {
  const auto blanks = [](std::size_t size) { return "[]" + std::string(size - 2, ' '); };
  check(&Limits::data_file_bytes, 100, yaml, blanks, "yaml-too-large");
  check(&Limits::data_file_bytes, 100, json, blanks, "json-too-large");
  check(&Limits::data_file_bytes, 100, csv, blanks, "csv-too-large");
}

TEST_CASE("core: the limits of depth", "[core][limits]") {
  const auto brackets = [](std::size_t depth) {
    return repeated("[", depth) + repeated("]", depth);
  };
  const auto braces = [](std::size_t depth) {
    return repeated("{\"a\": ", depth) + "1" + repeated("}", depth);
  };
  const auto items = [](std::size_t depth) { return repeated("- ", depth) + "x"; };
  const auto keys = [](std::size_t depth) {
    std::string text;
    for (std::size_t level = 0; level < depth; ++level) text += std::string(level, ' ') + "a:\n";
    return text;
  };
  const auto mixed = [](std::size_t depth) {
    return "- " + repeated("[", depth - 1) + repeated("]", depth - 1);
  };
  for (const std::size_t depth : {5u, 64u, 200u}) {
    check(&Limits::document_depth, depth, yaml, brackets, "yaml-too-deep");
    check(&Limits::document_depth, depth, yaml, braces, "yaml-too-deep");
    check(&Limits::document_depth, depth, yaml, items, "yaml-too-deep");
    check(&Limits::document_depth, depth, yaml, keys, "yaml-too-deep");
    check(&Limits::document_depth, depth, yaml, mixed, "yaml-too-deep");
    check(&Limits::document_depth, depth, json, brackets, "json-too-deep");
    check(&Limits::document_depth, depth, json, braces, "json-too-deep");
  }
  // Through aliases: each stands for one list more.
  const auto aliases = [](std::size_t depth) {
    std::string text = "- &a1 []\n";
    for (std::size_t level = 2; level < depth; ++level) {
      text += "- &a" + std::to_string(level) + " [*a" + std::to_string(level - 1) + "]\n";
    }
    return text + "- *a" + std::to_string(depth - 1) + "\n";
  };
  check(&Limits::document_depth, 8, yaml, aliases, "yaml-too-deep");
}

TEST_CASE("core: the limits of values in a file", "[core][limits]") {
  // A list of n - 1 is n values; a map of one key is three.
  const auto list = [](std::size_t count) { return "[1" + repeated(", 1", count - 2) + "]"; };
  check(&Limits::document_nodes, 10, yaml, list, "yaml-too-many-values");
  check(&Limits::document_nodes, 10, json, list, "json-too-many-values");
  const auto map = [](std::size_t count) {
    std::string text = "{\"k\": [1";
    return text + repeated(", 1", count - 4) + "]}";
  };
  check(&Limits::document_nodes, 10, yaml, map, "yaml-too-many-values");
  check(&Limits::document_nodes, 10, json, map, "json-too-many-values");
}

TEST_CASE("core: the limits of text length", "[core][limits]") {
  const auto quoted = [](std::size_t length) { return "[\"" + std::string(length, 'x') + "\"]"; };
  const auto escaped = [](std::size_t length) {
    return "[\"\\n" + std::string(length - 1, 'x') + "\"]";
  };
  const auto key = [](std::size_t length) { return "{\"" + std::string(length, 'x') + "\": 1}"; };
  const auto block = [](std::size_t length) { return "|-\n  " + std::string(length, 'x') + "\n"; };
  for (const auto& text : {Text(quoted), Text(escaped), Text(key)}) {
    check(&Limits::scalar_bytes, 50, yaml, text, "yaml-text-too-long");
    check(&Limits::scalar_bytes, 50, json, text, "json-text-too-long");
  }
  check(&Limits::scalar_bytes, 50, yaml, block, "yaml-text-too-long");
  const auto number = [](std::size_t length) { return std::string(length, '1'); };
  check(&Limits::scalar_bytes, 50, json, number, "json-text-too-long");
}

TEST_CASE("core: the limits of keys in a map", "[core][limits]") {
  const auto map = [](std::size_t count) {
    std::string text = "{\"k0\": 0";
    for (std::size_t key = 1; key < count; ++key) text += ", \"k" + std::to_string(key) + "\": 0";
    return text + "}";
  };
  for (const std::size_t count : {3u, 20u}) {
    check(&Limits::keys_per_map, count, yaml, map, "yaml-too-many-keys");
    check(&Limits::keys_per_map, count, json, map, "json-too-many-keys");
  }
}

TEST_CASE("core: the limits of aliases", "[core][limits]") {
  const auto uses = [](std::size_t count) { return "- &a 1\n" + repeated("- *a\n", count); };
  check(&Limits::alias_uses, 5, yaml, uses, "yaml-too-many-aliases");

  // 1 + 1 + 10 values are written before the aliases, each of which adds one written and 11 to what
  // they stand for: with a aliases 12 + a are written, and 12 + 11 a meant.
  Limits limits;
  const auto growth = [](std::size_t aliases) {
    return "- &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + repeated("- *a\n", aliases);
  };
  limits.alias_growth = 6;  // 12 + 11 a <= 6 (12 + a) as long as a <= 12
  CHECK(yaml(growth(11), limits) == "");
  CHECK(yaml(growth(12), limits) == "");
  CHECK(yaml(growth(13), limits) == "yaml-alias-growth");
}

TEST_CASE("core: the limits of CSV", "[core][limits]") {
  const auto columns = [](std::size_t count) {
    return "a\n" + std::string(count - 1, ',') + "\nb\n";
  };
  check(&Limits::csv_columns, 7, csv, columns, "csv-too-many-columns");
  const auto plain = [](std::size_t length) { return "a," + std::string(length, 'x') + "\n"; };
  const auto quoted = [](std::size_t length) { return "a,\"" + std::string(length, 'x') + "\"\n"; };
  const auto doubled = [](std::size_t length) {
    return "\"\"\"" + std::string(length - 1, 'x') + "\"\n";
  };
  for (const auto& text : {Text(plain), Text(quoted), Text(doubled)}) {
    check(&Limits::csv_field_bytes, 40, csv, text, "csv-field-too-long");
  }
  const auto rows = [](std::size_t count) { return repeated("x\n\n", count); };
  check(&Limits::csv_rows, 5, csv, rows, "csv-too-many-rows");
}

TEST_CASE("core: a CSV row beyond a limit is left out and the next is read", "[core][limits]") {
  CsvOptions options;
  options.limits.csv_columns = 2;
  options.limits.csv_field_bytes = 3;
  Diagnostics diagnostics;
  std::string seen;
  read_csv(
      *source("a,b\n1,2,3\nabcd,e\nf,g\n"), options,
      [&](std::uint32_t line, std::span<const CsvField> fields) {
        seen += std::to_string(line) + ":" + std::to_string(fields.size()) + " ";
        return true;
      },
      diagnostics);
  CHECK(seen == "1:2 4:2 ");
  REQUIRE(diagnostics.items().size() == 2);
  CHECK(diagnostics.items()[0].position.column == 5);
  CHECK(diagnostics.items()[1].position.line == 3);
}

TEST_CASE("core: messages beyond their limit are counted", "[core][limits]") {
  Limits limits;
  limits.diagnostics_per_file = 3;
  const auto document = read_yaml(source("a: !x 1\nb: !x 1\nc: !x 1\nd: !x 1\n"), limits);
  CHECK(document.diagnostics().items().size() == 3);
  CHECK(document.diagnostics().dropped() == 1);
  CHECK(document.diagnostics().errors() == 4);
}
