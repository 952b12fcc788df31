#include "tests/network/random_network.hpp"

#include <algorithm>

#include "eraudit/network/write.hpp"
#include "tests/network/schema.hpp"

namespace eraudit::test {
namespace {

const char* const texts[] = {
    "plain",      "two words",   "null",       "true",        "NO",     "12",   "1.5e3",
    "2024-03-01", "~",           "- dash",     "a: b",        "a #b",   "#c",   "[x]",
    "{y}",        "a,b",         "a;b",        "\"quoted\"",  "it's",   "",     " lead",
    "trail ",     "line\nbreak", "crlf\r\nx",  "tab\tx",      "कामदार", "é",    "e\u0301",
    "\u202Eabc",  "\u00A0x",     "\U0001F9E4", "back\\slash", "%",      "@x",   "`x`",
    "|",          "> x",         "? x",        "!tag",        "&a",     "*a",   "x:",
    ":x",         "...",         "---",        "0x1F",        "1_000",  "=1+1", "\u2028",
    "\uFEFFbom",  "\u0085",      "a\n\n b\n",  "[]",          "''",     "\"",   "?",
    "=",          "<<",          "0o17",       ".inf",        "-",      "-5",   "x\r"};

template <class T>
const T& pick(std::mt19937& random, const std::vector<T>& items) {
  return items[random() % items.size()];
}

std::string text(std::mt19937& random) {
  std::string out = texts[random() % std::size(texts)];
  if (random() % 8 == 0) out += texts[random() % std::size(texts)];
  return out;
}

/// An id: a text that is admitted as one.
std::string id(std::mt19937& random, int number) {
  std::string out = text(random);
  std::erase_if(out, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  while (out.starts_with(' ')) out.erase(0, 1);
  return out + "-" + std::to_string(number);
}

Date date(std::mt19937& random) {
  return Date{static_cast<std::int32_t>(random() % 30000)};
}

Money money(std::mt19937& random, Currency currency) {
  return {static_cast<std::int64_t>(random() % 1'000'000), currency};
}

CellValue value(const Attribute& attribute, std::mt19937& random, Currency currency) {
  switch (attribute.type) {
    case AttributeType::boolean:
      return random() % 2 == 0;
    case AttributeType::integer:
      return static_cast<std::int64_t>(random() % 1000);
    case AttributeType::number: {
      const double numbers[] = {0.1, 1e300, -2.5, 1.0 / 3, 12, 5e-324, 0};
      return numbers[random() % std::size(numbers)];
    }
    case AttributeType::text:
      if (attribute.format == TextFormat::country)
        return std::string(random() % 2 == 0 ? "NO" : "NP");
      return text(random);
    case AttributeType::enumeration:
      return attribute.values[random() % attribute.values.size()].id;
    case AttributeType::date:
      return date(random);
    case AttributeType::money:
      return money(random, currency);
    case AttributeType::text_list:
    case AttributeType::enumeration_list: {
      std::vector<std::string> items;
      for (std::size_t i = random() % 4; i-- > 0;) {
        items.push_back(attribute.type == AttributeType::text_list
                            ? text(random)
                            : attribute.values[random() % attribute.values.size()].id);
      }
      return items;
    }
  }
  return false;
}

bool less(const CellValue& a, const CellValue& b) {
  if (const auto* x = std::get_if<std::int64_t>(&a)) return *x < std::get<std::int64_t>(b);
  if (const auto* x = std::get_if<double>(&a)) return *x < std::get<double>(b);
  if (const auto* x = std::get_if<Date>(&a)) return *x < std::get<Date>(b);
  return std::get<Money>(a).minor < std::get<Money>(b).minor;
}

Cell cell(const Attribute& attribute, std::mt19937& random) {
  const auto chance = random() % 10;
  if (chance == 0 && attribute.may_be_absent) return Cell::absent();
  const Currency currency = *Currency::from_code(random() % 4 == 0 ? "JPY" : "NPR");
  const bool ranged =
      attribute.type == AttributeType::integer || attribute.type == AttributeType::number ||
      attribute.type == AttributeType::date || attribute.type == AttributeType::money;
  if (chance < 4 && ranged) {
    std::vector<CellValue> ends;
    for (int i = 0; i < 3; ++i) ends.push_back(value(attribute, random, currency));
    std::sort(ends.begin(), ends.end(), less);
    std::optional<CellValue> typical;
    if (random() % 2 == 0) typical = ends[1];
    return Cell::between(ends[0], ends[2], std::move(typical));
  }
  return Cell::of(value(attribute, random, currency));
}

void fill(RandomNetwork::Record& record, std::span<const Attribute> attributes,
          std::mt19937& random, const std::vector<std::string>& sources, bool claims) {
  for (std::uint16_t i = 0; i < attributes.size(); ++i) {
    // The two parts of a share would have to fit.
    if (attributes[i].name == "said" || random() % 2 == 0) continue;
    record.values.push_back({AttributeId{i}, cell(attributes[i], random), {}});
    while (claims && random() % 5 == 0) {
      record.values.push_back(
          {AttributeId{i},
           random() % 3 == 0 ? record.values.back().cell : cell(attributes[i], random),
           random() % 4 == 0 ? std::string() : pick(random, sources)});
    }
  }
  if (random() % 3 == 0) record.sources.push_back(pick(random, sources));
  if (claims && random() % 6 == 0) record.sources.push_back(pick(random, sources));
}

}  // namespace

Network RandomNetwork::build() const {
  NetworkBuilder builder(small_schema());
  if (as_of) builder.as_of(*as_of);
  for (const SourceRecord& source : sources) builder.source(source);
  const auto number = [&](const std::string& source) {
    return source.empty() ? std::uint16_t{0} : builder.find_source(source).value();
  };
  const auto tell = [&](auto draft, const Record& record) {
    for (std::size_t i = 1; i < record.sources.size(); ++i) {
      builder.also(draft, number(record.sources[i]));
    }
    for (const Value& said : record.values) {
      builder.set(draft, said.attribute, said.cell, number(said.source));
    }
  };
  for (const Record& record : records) {
    const std::uint16_t source =
        record.sources.empty() ? std::uint16_t{0} : number(record.sources[0]);
    if (record.edge) {
      tell(builder.edge(EdgeKindId{record.kind}, record.from, record.to, {}, source, record.id),
           record);
    } else {
      tell(builder.node(KindId{record.kind}, record.id, {}, source), record);
    }
  }
  for (const Statement& said : statements) {
    builder.complete(said.node, said.list, {}, number(said.source));
  }
  return std::move(builder.build().value());
}

void RandomNetwork::shuffle(std::mt19937& random) {
  std::shuffle(sources.begin(), sources.end(), random);
  std::shuffle(records.begin(), records.end(), random);
  std::shuffle(statements.begin(), statements.end(), random);
}

RandomNetwork random_network(std::mt19937& random, bool claims) {
  RandomNetwork out;
  const Schema& schema = *small_schema();
  if (random() % 2 == 0) out.as_of = date(random);
  std::vector<std::string> sources;
  for (int i = 0; i < 4; ++i) {
    SourceRecord source;
    source.id = id(random, i);
    if (random() % 2 == 0) source.source_class = text(random);
    if (random() % 2 == 0) source.date = date(random);
    if (random() % 2 == 0) source.ref = text(random);
    if (random() % 2 == 0) source.details = {{"place", text(random)}, {"of", "48"}};
    std::erase_if(source.details, [](const auto& detail) { return detail.second.empty(); });
    sources.push_back(source.id);
    out.sources.push_back(std::move(source));
  }
  std::vector<std::vector<std::string>> ids(schema.kinds().size());
  int number = 0;
  for (std::uint16_t kind = 0; kind < schema.kinds().size(); ++kind) {
    for (std::size_t i = random() % 7; i-- > 0;) {
      RandomNetwork::Record record;
      record.kind = kind;
      record.id = id(random, number++);
      ids[kind].push_back(record.id);
      for (int times = claims && random() % 6 == 0 ? 2 : 1; times-- > 0;) {
        RandomNetwork::Record again = record;
        fill(again, schema.kinds()[kind].attributes, random, sources, claims);
        out.records.push_back(std::move(again));
      }
    }
  }
  const auto end = [&](const EdgeEnd& of) {
    std::vector<std::string> all;
    for (const KindId kind : of.kinds)
      all.insert(all.end(), ids[kind.index].begin(), ids[kind.index].end());
    return all;
  };
  for (std::uint16_t kind = 0; kind < schema.edges().size(); ++kind) {
    const EdgeKind& about = schema.edges()[kind];
    const auto from = end(about.from);
    const auto to = end(about.to);
    if (from.empty() || to.empty()) continue;
    for (std::size_t i = random() % 12; i-- > 0;) {
      RandomNetwork::Record record;
      record.edge = true;
      record.kind = kind;
      record.from = pick(random, from);
      record.to = pick(random, to);
      if (random() % 4 == 0) record.id = id(random, number++);
      fill(record, about.attributes, random, sources, claims);
      out.records.push_back(record);
      if (claims && random() % 4 == 0) {
        record.values.clear();
        record.sources.clear();
        fill(record, about.attributes, random, sources, claims);
        out.records.push_back(std::move(record));
      }
    }
    for (const Side side : {Side::from, Side::to}) {
      const auto& nodes = side == Side::from ? from : to;
      while (random() % 3 == 0) {
        out.statements.push_back({pick(random, nodes),
                                  {EdgeKindId{kind}, side},
                                  random() % 2 == 0 ? pick(random, sources) : std::string()});
      }
    }
  }
  return out;
}

std::string difference(const Network& a, const Network& b) {
  if (a.as_of() != b.as_of()) return "as_of";
  if (a.node_count() != b.node_count()) return "number of nodes";
  if (a.edge_count() != b.edge_count()) return "number of edges";
  if (a.sources().size() != b.sources().size()) return "number of sources";
  for (std::size_t i = 0; i < a.sources().size(); ++i) {
    const SourceRecord& x = a.sources()[i];
    const SourceRecord& y = b.sources()[i];
    if (x.id != y.id || x.source_class != y.source_class || x.date != y.date || x.ref != y.ref ||
        x.details != y.details) {
      return "source " + x.id;
    }
  }
  for (std::uint32_t i = 0; i < a.node_count(); ++i) {
    const NodeId node{i};
    if (a.id(node) != b.id(node) || a.kind(node) != b.kind(node))
      return "node " + std::string(a.id(node));
    if (a.source(node) != b.source(node)) return "source of " + std::string(a.id(node));
    const auto& attributes = a.schema().kind(a.kind(node)).attributes;
    for (std::uint16_t k = 0; k < attributes.size(); ++k) {
      if (a.cell(node, AttributeId{k}) != b.cell(node, AttributeId{k})) {
        return std::string(a.id(node)) + "." + attributes[k].name + ": " +
               to_text(a.cell(node, AttributeId{k})) + " / " +
               to_text(b.cell(node, AttributeId{k}));
      }
      const Column& x = a.column(a.kind(node), AttributeId{k});
      const Column& y = b.column(b.kind(node), AttributeId{k});
      const std::uint32_t row = i - a.nodes(a.kind(node)).first;
      if (x.disputed.test(row) != y.disputed.test(row))
        return "dispute about " + std::string(a.id(node));
    }
    for (const ListId list : a.schema().lists(a.kind(node))) {
      if (a.complete(node, list) != b.complete(node, list))
        return "lists of " + std::string(a.id(node));
    }
  }
  for (std::uint32_t i = 0; i < a.edge_count(); ++i) {
    const EdgeId edge{i};
    if (a.name(edge) != b.name(edge)) return "edge " + a.name(edge) + " / " + b.name(edge);
    if (a.source(edge) != b.source(edge)) return "source of " + a.name(edge);
    const auto& attributes = a.schema().edge(a.table(edge).kind).attributes;
    for (std::uint16_t k = 0; k < attributes.size(); ++k) {
      if (a.cell(edge, AttributeId{k}) != b.cell(edge, AttributeId{k})) {
        return a.name(edge) + "." + attributes[k].name + ": " +
               to_text(a.cell(edge, AttributeId{k})) + " / " +
               to_text(b.cell(edge, AttributeId{k}));
      }
    }
  }
  if (a.claims().size() != b.claims().size()) return "number of claims";
  for (std::size_t i = 0; i < a.claims().size(); ++i) {
    const Claim& x = a.claims()[i];
    const Claim& y = b.claims()[i];
    if (x.of_edge != y.of_edge || x.id != y.id || x.attribute != y.attribute || x.cell != y.cell ||
        x.source != y.source) {
      return "claim " + std::to_string(i);
    }
  }
  if (a.completions().size() != b.completions().size()) return "number of statements";
  for (std::size_t i = 0; i < a.completions().size(); ++i) {
    const Completion& x = a.completions()[i];
    const Completion& y = b.completions()[i];
    if (x.node != y.node || x.list != y.list || x.source != y.source) return "statement";
  }
  if (a.strings().size() != b.strings().size()) return "number of texts";
  for (std::uint32_t i = 0; i < a.strings().size(); ++i) {
    if (a.strings().at(i) != b.strings().at(i)) return "text";
  }
  return {};
}

}  // namespace eraudit::test
