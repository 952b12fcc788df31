// Values on their own: in words, as JSON, and of values of an evaluator.

#include "eraudit/expression/plain_value.hpp"

#include <memory>
#include <vector>

#include "eraudit/schema/attribute_path.hpp"
#include "tests/expression/evaluation.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace eraudit;
using eraudit::test::Evaluation;
using eraudit::test::rate;
using Kind = PlainValue::Kind;

PlainValue of(Kind kind, std::string value, std::string more = {}) {
  PlainValue out;
  out.kind = kind;
  out.value = std::move(value);
  out.of = std::move(more);
  return out;
}

PlainValue range(std::string kind, std::string low, std::string high) {
  PlainValue out = of(Kind::range, {}, std::move(kind));
  out.low = std::move(low);
  out.high = std::move(high);
  return out;
}

PlainValue with(Kind kind, std::vector<PlainValue> items, bool more = false) {
  PlainValue out;
  out.kind = kind;
  out.items = std::move(items);
  out.more = more;
  return out;
}

PlainValue count(std::string kind, std::string certain, std::uint64_t possible, bool more) {
  PlainValue out = of(Kind::count, std::move(certain), std::move(kind));
  out.possible_more = possible;
  out.more = more;
  return out;
}

PlainValue possible(PlainValue value) {
  value.possible = true;
  return value;
}

PlainValue said_by(PlainValue value, std::string source) {
  value.source = std::move(source);
  return value;
}

PlainValue under(std::string key, PlainValue value) {
  value.key = std::move(key);
  return value;
}

PlainValue named(std::string id, std::string name) {
  PlainValue out = of(Kind::node, std::move(id));
  out.name = std::move(name);
  return out;
}

PlainValue quoted(PlainValue rate, std::string day) {
  rate.on = std::move(day);
  return rate;
}

PlainValue bounded(PlainValue sum, PlainValue::Bound bound) {
  sum.bound = bound;
  return sum;
}

struct Told {
  PlainValue value;
  std::string en, fr, es;
};

/// Every kind, and each way that it can be told.
std::vector<Told> all() {
  const auto npr = [](const char* text) { return of(Kind::money, text); };
  return {
      {{}, "not known", "non connu", "no consta"},
      {of(Kind::absent, {}), "does not exist", "n’existe pas", "no existe"},
      {of(Kind::none, {}), "none", "aucun", "ninguno"},
      {of(Kind::null, {}), "null", "null", "null"},
      {of(Kind::boolean, "true"), "yes", "oui", "sí"},
      {of(Kind::boolean, "false"), "no", "non", "no"},
      {of(Kind::number, "1234567"), "1234567", "1234567", "1234567"},
      {of(Kind::number, "66.0"), "66", "66", "66"},
      {of(Kind::number, "-0.33333333333333331"), "-0.3333", "-0,3333", "-0,3333"},
      {of(Kind::number, "1.5e+300"), "1.5e+300", "1,5e+300", "1,5e+300"},
      {of(Kind::text, "at least 1.5"), "at least 1.5", "at least 1.5", "at least 1.5"},
      {of(Kind::code, "service-fee", "charged.category"), "recruitment service",
       "service de recrutement", "servicio de contratación"},
      {of(Kind::code, "unheard-of", "charged.category"), "unheard-of", "unheard-of", "unheard-of"},
      {of(Kind::code, "x", "nowhere"), "x", "x", "x"},
      {of(Kind::bytes, "0x00ff"), "0x00ff", "0x00ff", "0x00ff"},
      {of(Kind::date, "2026-06-30"), "2026-06-30", "2026-06-30", "2026-06-30"},
      {of(Kind::timestamp, "2026-06-30T01:02:03.5Z"), "2026-06-30T01:02:03.5Z",
       "2026-06-30T01:02:03.5Z", "2026-06-30T01:02:03.5Z"},
      {of(Kind::duration, "259200s"), "3 days", "3 jours", "3 días"},
      {of(Kind::duration, "-86400s"), "-1 day", "-1 jour", "-1 día"},
      {of(Kind::duration, "90s"), "90s", "90s", "90s"},
      {npr("1500.50 MYR"), "1500.50 MYR", "1500,50 MYR", "1500,50 MYR"},
      {npr("0"), "0", "0", "0"},
      {of(Kind::node, "np-24"), "np-24", "np-24", "np-24"},
      {named("s", "Sunrise"), "Sunrise", "Sunrise", "Sunrise"},
      {of(Kind::edge, "charged(s, np-24)"), "charged(s, np-24)", "charged(s, np-24)",
       "charged(s, np-24)"},
      {of(Kind::type, "list(int)"), "list(int)", "list(int)", "list(int)"},
      {range("money", "100000 NPR", "150000 NPR"), "100000 to 150000 NPR", "100000 à 150000 NPR",
       "100000 a 150000 NPR"},
      {range("number", "1.5", "2.0"), "1.5 to 2", "1,5 à 2", "1,5 a 2"},
      {range("date", "2024-02-01", "2024-04-30"), "2024-02-01 to 2024-04-30",
       "2024-02-01 à 2024-04-30", "2024-02-01 a 2024-04-30"},
      {range("duration", "86400s", "172800s"), "1 day to 2 days", "1 jour à 2 jours",
       "1 día a 2 días"},
      {range("money", "5 NPR", ""), "at least 5 NPR", "au moins 5 NPR", "al menos 5 NPR"},
      {range("number", "", "5"), "at most 5", "au plus 5", "como máximo 5"},
      {with(Kind::sum, {npr("5 NPR"), range("money", "2.50 USD", "4.00 USD")}),
       "5 NPR + 2.50 to 4.00 USD", "5 NPR + 2,50 à 4,00 USD", "5 NPR + 2,50 a 4,00 USD"},
      {bounded(with(Kind::sum, {npr("5 NPR")}), PlainValue::Bound::at_least), "at least 5 NPR",
       "au moins 5 NPR", "al menos 5 NPR"},
      {bounded(with(Kind::sum, {npr("5 NPR")}), PlainValue::Bound::at_most), "at most 5 NPR",
       "au plus 5 NPR", "como máximo 5 NPR"},
      {bounded(with(Kind::sum, {}), PlainValue::Bound::at_least), "at least 0", "au moins 0",
       "al menos 0"},
      {with(Kind::list, {}), "none", "aucun", "ninguno"},
      {with(Kind::list, {}, true), "none known, may be more", "aucun connu, peut-être davantage",
       "ninguno conocido, puede haber más"},
      {with(Kind::list, {of(Kind::text, "ne"), possible(of(Kind::boolean, "true")), {}}, true),
       "ne, possibly yes, not known, may be more",
       "ne, peut-être oui, non connu, peut-être davantage",
       "ne, posiblemente sí, no consta, puede haber más"},
      {with(Kind::map, {under("a", of(Kind::number, "0.5")), under("b", {})}),
       "a: 0.5, b: not known", "a: 0,5, b: non connu", "a: 0,5, b: no consta"},
      {with(Kind::map, {}), "none", "aucun", "ninguno"},
      {count("edges", "0", 0, false), "no edges, that is all", "aucun lien, c’est tout",
       "ningún enlace, eso es todo"},
      {count("nodes", "0", 1, true), "no nodes, 1 more possible, may be more",
       "aucun nœud, 1 de plus possible, peut-être davantage",
       "ningún nodo, 1 más posible, puede haber más"},
      {count("edges", "1", 2, false), "1 edge, 2 more possible, that is all",
       "1 lien, 2 de plus possibles, c’est tout", "1 enlace, 2 más posibles, eso es todo"},
      {count("nodes", "12", 0, true), "12 nodes, may be more", "12 nœuds, peut-être davantage",
       "12 nodos, puede haber más"},
      {quoted(of(Kind::rate, "28.16 NPR", "MYR"), "2026-06-01"), "1 MYR = 28.16 NPR (2026-06-01)",
       "1 MYR = 28,16 NPR (2026-06-01)", "1 MYR = 28,16 NPR (2026-06-01)"},
      {with(Kind::disputed, {said_by(npr("1500 MYR"), "paper"), said_by({}, "talk"), npr("9 MYR")}),
       "sources disagree: 1500 MYR (paper), not known (talk), 9 MYR",
       "sources divergentes : 1500 MYR (paper), non connu (talk), 9 MYR",
       "fuentes discrepantes: 1500 MYR (paper), no consta (talk), 9 MYR"},
      {of(Kind::error, "division by zero"), "error: division by zero", "erreur : division by zero",
       "error: division by zero"},
  };
}

TEST_CASE("expression: values are told in three languages", "[expression][value]") {
  const SchemaLabels labels(*recruitment_schema());
  std::vector<bool> seen(static_cast<std::size_t>(Kind::error) + 1);
  for (const Told& told : all()) {
    INFO(told.en);
    seen[static_cast<std::size_t>(told.value.kind)] = true;
    CHECK(to_text(told.value, "en", &labels) == told.en);
    CHECK(to_text(told.value, "fr", &labels) == told.fr);
    CHECK(to_text(told.value, "fr-CA", &labels) == told.fr);
    CHECK(to_text(told.value, "es", &labels) == told.es);
    // Other languages read English.
    CHECK(to_text(told.value, "de", &labels) == told.en);
  }
  CHECK(seen == std::vector<bool>(seen.size(), true));
}

TEST_CASE("expression: without labels codes stay codes", "[expression][value]") {
  CHECK(to_text(of(Kind::code, "service-fee", "charged.category"), "fr") == "service-fee");
}

TEST_CASE("expression: what is written as JSON reads back as the same value",
          "[expression][value]") {
  for (const Told& told : all()) {
    INFO(told.en);
    std::string text;
    JsonWriter json(text);
    write_json(json, told.value);
    const DocumentPtr read = read_json(std::make_shared<const Source>("value", text)).value();
    CHECK(read_plain_value(read->root()) == told.value);
  }
}

TEST_CASE("expression: values as JSON hold no words", "[expression][value]") {
  const auto json = [](const PlainValue& value) {
    std::string text;
    JsonWriter writer(text, JsonWriter::Layout::compact);
    write_json(writer, value);
    return text;
  };
  CHECK(json({}) == R"({"type":"unknown"})");
  CHECK(json(of(Kind::boolean, "false")) == R"({"type":"boolean","value":false})");
  CHECK(json(of(Kind::text, "")) == R"({"type":"text","value":""})");
  CHECK(json(range("money", "5 NPR", "")) == R"({"type":"range","of":"money","low":"5 NPR"})");
  CHECK(json(count("edges", "1", 2, true)) ==
        R"({"type":"count","of":"edges","value":"1","possible_more":2,"more":true})");
  CHECK(json(with(Kind::list, {possible(of(Kind::text, "ne"))})) ==
        R"({"type":"list","items":[{"type":"text","value":"ne","possible":true}]})");
  CHECK(json(with(Kind::map, {under("a", {})})) ==
        R"({"type":"map","items":[{"key":"a","type":"unknown"}]})");
  CHECK(json(bounded(with(Kind::sum, {of(Kind::money, "5 NPR")}), PlainValue::Bound::at_least)) ==
        R"({"type":"sum","bound":"at_least","items":[{"type":"money","value":"5 NPR"}]})");
}

TEST_CASE("expression: what an evaluator makes becomes a value on its own", "[expression][value]") {
  Evaluation given(R"(
nodes:
  C: {c1: {n: 2, wage: 100 NPR}}
  R: {r1: {n: 1}}
edges:
  paid:
    - {id: f1, from: r1, to: c1, k: 1, t: y, amount: 5 NPR}
    - {id: f2, from: r1, to: c1, k: 7, amount: 2 USD}
)");
  const auto made = [&](std::string_view text) {
    return plain_value(given.evaluator(), given.value(text));
  };
  CHECK(made("c.n > 1") == of(Kind::boolean, "true"));
  CHECK(made("c.n / 4") == of(Kind::number, "0"));
  CHECK(made("1.0 / 3.0") == of(Kind::number, "0.3333333333333333"));
  CHECK(made("c") == of(Kind::node, "c1"));
  CHECK(made("c.x > 1.0") == PlainValue());
  CHECK(made("1 / 0") == of(Kind::error, "division by zero"));
  CHECK(made("[1, 2]") == with(Kind::list, {of(Kind::number, "1"), of(Kind::number, "2")}));
  CHECK(made("{'a': 1}") == with(Kind::map, {under("a", of(Kind::number, "1"))}));
  CHECK(made("date('2024-03-03') - date('2024-03-01')") == of(Kind::number, "2"));
  CHECK(made("duration('72h')") == of(Kind::duration, "259200s"));
  CHECK(made("c.fees") == with(Kind::list, {of(Kind::edge, "f1"), of(Kind::edge, "f2")}, true));
  // Nobody said that these are all: others may come on top.
  CHECK(made("c.fees.map(f, f.amount).sum()") ==
        bounded(with(Kind::sum, {of(Kind::money, "5 NPR"), of(Kind::money, "2 USD")}),
                PlainValue::Bound::at_least));
}

}  // namespace
