#include "tests/conformance/scenario_query.hpp"

#include <regex>
#include <set>

#include "tests/conformance/scenario_values.hpp"

namespace eraudit::test {
namespace {

/// Between two words of the query, without blanks at the ends.
std::string part(const std::string& query, std::size_t begin, std::size_t end) {
  std::string out = query.substr(begin, end - begin);
  out.erase(0, out.find_first_not_of(" \n\t"));
  out.erase(out.find_last_not_of(" \n\t;") + 1);
  return out;
}

bool read_columns(const std::string& text, ScenarioQuery& query) {
  static const std::regex item(
      R"(^\s*(?:(count)\(\s*(DISTINCT\s+)?(?:(\*)|(\w+)(?:\.(\w+))?)\s*\)|(\w+)\(\s*(\w+)\s*\)|(\w+)(?:\.(\w+))?))"
      R"((?:\s+AS\s+\w+)?\s*(?:,|$))",
      std::regex::ECMAScript | std::regex::icase);
  std::string rest = text;
  std::smatch parts;
  while (rest.find_first_not_of(" \n\t") != std::string::npos) {
    if (!std::regex_search(rest, parts, item)) return false;
    Column column;
    if (parts[1].matched) {
      column.what = Column::What::count;
      column.distinct = parts[2].matched;
      column.name = parts[4].str();
      column.property = parts[5].str();
    } else if (parts[6].matched) {
      column.what = Column::What::function;
      column.function = parts[6].str();
      column.name = parts[7].str();
      static const std::set<std::string> known = {"head", "last",          "length", "nodes",
                                                  "size", "relationships", "type"};
      if (!known.contains(column.function)) return false;
    } else {
      column.what = parts[9].matched ? Column::What::property : Column::What::value;
      column.name = parts[8].str();
      column.property = parts[9].str();
    }
    query.columns.push_back(std::move(column));
    rest = parts.suffix();
  }
  return !query.columns.empty();
}

}  // namespace

std::string expression_of(const Column& column) {
  if (column.what == Column::What::value) return column.name;
  if (column.what == Column::What::property) return column.name + ".p_" + column.property;
  if (column.what != Column::What::function) return {};
  if (column.function == "length") return column.name + ".length";
  if (column.function == "nodes") return column.name + ".nodes";
  if (column.function == "relationships") return column.name + ".edges";
  if (column.function == "size") return "size(" + column.name + ")";
  return {};
}

ScenarioQuery read_query(DocumentNode scenario) {
  ScenarioQuery out;
  const std::string query = text_of(scenario, "query");
  const std::size_t where = query.find("WHERE");
  const std::size_t returned = query.rfind("RETURN");
  if (returned == std::string::npos) {
    out.beyond = "a query without RETURN";
    return out;
  }
  if (where != std::string::npos && where < returned) {
    const std::string condition = part(query, where + 5, returned);
    static const std::regex one_name(R"(\(?\s*\w+\s*\)?)");
    if (!std::regex_match(condition, one_name)) {
      out.beyond = "a condition that is not CEL";
      return out;
    }
    out.where = condition;
  }
  std::string text = part(query, returned + 6, query.size());
  static const std::regex cut(R"(\b(LIMIT|SKIP)\b)");
  if (std::regex_search(text, cut)) {
    out.beyond = "LIMIT or SKIP behind RETURN";
    return out;
  }
  // Rows are compared as a bag: their order is not the pattern's.
  if (const std::size_t order = text.find("ORDER BY"); order != std::string::npos) {
    text = part(text, 0, order);
  }
  if (text.starts_with("DISTINCT ")) {
    out.distinct = true;
    text = text.substr(9);
  }
  if (text == "*") {
    const auto names = scenario.find("expected")->find("columns");
    for (std::size_t i = 0; names && i < names->size(); ++i) {
      Column column;
      column.name = names->at(i).text();
      out.columns.push_back(std::move(column));
    }
    return out;
  }
  if (!read_columns(text, out)) out.beyond = "an expression in RETURN that is not CEL";
  return out;
}

}  // namespace eraudit::test
