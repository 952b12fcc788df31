// Table files.

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "eraudit/core/file.hpp"
#include "eraudit/core/money.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/expression/builtin.hpp"
#include "eraudit/expression/environment.hpp"
#include "eraudit/expression/program.hpp"
#include "eraudit/network/countries.hpp"
#include "eraudit/rules/detail/file_reader.hpp"
#include "eraudit/rules/detail/table_catalogue.hpp"
#include "eraudit/rules/detail/table_reader.hpp"

namespace eraudit::rules_detail {
namespace {

constexpr std::string_view form = "table/1";
constexpr std::array<std::string_view, 10> file_key_names = {
    "eraudit", "table", "title", "about", "inputs", "output", "ask", "source", "certainty", "rows"};
constexpr std::array<std::string_view, 5> row_key_names = {"since", "until", "source", "certainty",
                                                           "note"};
constexpr std::array<std::string_view, 10> type_words = {
    "bool", "int", "double", "string", "country", "place", "language", "date", "money", "severity"};
constexpr std::array<std::string_view, 2> certainty_words = {"verified", "recalled"};
constexpr std::size_t most_rows = 1'000'000;

/// An attribute that gives a text column its format.
const Attribute& formatted(TextFormat format) {
  static const std::array<Attribute, 4> attributes = [] {
    std::array<Attribute, 4> made;
    for (std::size_t index = 0; index < made.size(); ++index) {
      made[index].name = "text";
      made[index].type = AttributeType::text;
      made[index].format = static_cast<TextFormat>(index);
    }
    return made;
  }();
  return attributes.at(static_cast<std::size_t>(format));
}

/// As `to_key` writes a number.
std::string number_key(double number) {
  if (number == std::floor(number) && std::fabs(number) < 9e15) {
    return std::to_string(static_cast<std::int64_t>(number));
  }
  return to_text(number);
}

bool starts_before(const std::optional<Date>& since, const std::optional<Date>& until) {
  return !since || !until || *since <= *until;
}

bool bands_meet(const TableBand& a, const TableBand& b) {
  const auto below = [](const TableBand& left, const TableBand& right) {
    if (!left.high || !right.low) return false;
    return *left.high < *right.low ||
           (*left.high == *right.low && (left.high_open || right.low_open));
  };
  return !below(a, b) && !below(b, a);
}

std::optional<double> as_number(const TableCell& cell) {
  if (cell.number) return cell.number;
  if (cell.integer) return static_cast<double>(*cell.integer);
  return std::nullopt;
}

/// Whether one value can match both.
bool keys_meet(const TableCell& a, const TableCell& b) {
  using State = TableCell::State;
  if (a.state == State::any || b.state == State::any) return true;
  if (a.state == State::band && b.state == State::band) return bands_meet(*a.band, *b.band);
  if (a.state == State::band || b.state == State::band) {
    const TableCell& band = a.state == State::band ? a : b;
    const auto number = as_number(a.state == State::band ? b : a);
    return number && band.band->contains(*number);
  }
  return a.text == b.text;
}

bool rows_meet(const TableRow& a, const TableRow& b) {
  if (!starts_before(a.since, b.until) || !starts_before(b.since, a.until)) return false;
  for (std::size_t index = 0; index < a.keys.size(); ++index) {
    if (!keys_meet(a.keys[index], b.keys[index])) return false;
  }
  return true;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// `< 1`, `>= 3`.
bool read_comparison(std::string_view text, TableBand& band) {
  text = trimmed(text);
  const bool less = text.substr(0, 1) == "<";
  if (!less && text.substr(0, 1) != ">") return false;
  const bool closed = text.substr(1, 1) == "=";
  const auto number = parse_number(trimmed(text.substr(closed ? 2 : 1)));
  if (!number || !std::isfinite(*number)) return false;
  std::optional<double>& end = less ? band.high : band.low;
  if (end) return false;
  end = *number;
  (less ? band.high_open : band.low_open) = !closed;
  return true;
}

}  // namespace

std::optional<TableBand> parse_band(std::string_view text) {
  TableBand band;
  text = trimmed(text);
  const std::size_t dots = text.find("..");
  if (dots != std::string_view::npos) {
    std::string_view low = text.substr(0, dots);
    std::string_view high = text.substr(dots + 2);
    band.low_open = low.substr(0, 1) == ">";
    if (band.low_open) low.remove_prefix(1);
    band.high_open = high.substr(0, 1) == "<";
    if (band.high_open) high.remove_prefix(1);
    band.low = parse_number(trimmed(low));
    band.high = parse_number(trimmed(high));
    if (!band.low || !band.high || !std::isfinite(*band.low) || !std::isfinite(*band.high)) {
      return std::nullopt;
    }
  } else {
    const std::size_t comma = text.find(',');
    if (!read_comparison(text.substr(0, comma), band)) return std::nullopt;
    if (comma != std::string_view::npos && !read_comparison(text.substr(comma + 1), band)) {
      return std::nullopt;
    }
  }
  if (band.low && band.high) {
    const bool empty =
        *band.low > *band.high || (*band.low == *band.high && (band.low_open || band.high_open));
    if (empty) return std::nullopt;
  }
  return band;
}

namespace table_keys {
std::span<const std::string_view> file() {
  return file_key_names;
}
std::span<const std::string_view> row() {
  return row_key_names;
}
std::span<const std::string_view> types() {
  return type_words;
}
std::span<const std::string_view> certainties() {
  return certainty_words;
}
}  // namespace table_keys

namespace {

class TableReader {
 public:
  TableReader(const Document& document, SchemaPtr schema, const Limits& limits)
      : reader_(document, "table", limits), schema_(std::move(schema)), environment_(schema_) {}

  TablePtr read(Diagnostics& diagnostics) {
    const Node root = reader_.document().root();
    if (reader_.is_map(root, "a table file")) read_file(root);
    TablePtr table;
    if (!reader_.has_errors()) {
      table = std::make_shared<const Table>(
          name_, std::move(inputs_), Type::record(name_, std::move(outputs_)), std::move(rows_),
          std::move(ask_), reader_.source().name(), sha256(reader_.source().text()));
    }
    diagnostics.append(reader_.take());
    return table;
  }

 private:
  void read_file(Node root) {
    reader_.known_keys(root, table_keys::file(), "a table file");
    if (const auto version = root.find("eraudit")) {
      if (version->text() != form) {
        reader_.error(*version, "header", quoted(version->text()) + " is not a form of table files",
                      "write 'eraudit: table/1'");
      }
    } else {
      reader_.error(root, "header", "a table file begins with 'eraudit: table/1'");
    }
    read_name(root);
    if (const auto title = root.find("title"))
      static_cast<void>(reader_.local_text(*title, "'title'"));
    if (const auto about = root.find("about"))
      static_cast<void>(reader_.local_text(*about, "'about'"));
    if (const auto ask = root.find("ask")) ask_ = reader_.local_text(*ask, "'ask'");
    source_ = word_of(root, "source");
    certainty_ = certainty_of(root);
    const auto inputs = required(root, "inputs");
    if (inputs && reader_.is_map(*inputs, "'inputs'")) read_inputs(*inputs);
    const auto output = required(root, "output");
    if (output && reader_.is_map(*output, "'output'")) read_output(*output);
    const auto rows = required(root, "rows");
    if (rows && reader_.is_list(*rows, "'rows'")) read_rows(*rows);
  }

  std::optional<Node> required(Node root, std::string_view key) {
    const auto found = root.find(key);
    if (!found) reader_.error(root, "missing-key", "a table file needs " + quoted(key));
    return found;
  }

  /// Others are kept, and count as not verified.
  std::string certainty_of(Node map) {
    std::string text = word_of(map, "certainty");
    const auto known = table_keys::certainties();
    if (!text.empty() && std::find(known.begin(), known.end(), text) == known.end()) {
      reader_.warn(*map.find("certainty"), "unknown-certainty",
                   quoted(text) + " is not a certainty that is known here", suggest(text, known));
    }
    return text;
  }

  std::string word_of(Node map, std::string_view key) {
    const auto value = map.find(key);
    if (!value) return {};
    return std::string(reader_.word(*value, quoted(key)).value_or(""));
  }

  void read_name(Node root) {
    const auto name = required(root, "table");
    if (!name) return;
    const auto text = reader_.word(*name, "'table'");
    if (!text) return;
    name_ = table_function(*text);
    if (!is_identifier(name_)) {
      reader_.error(*name, "bad-name", quoted(*text) + " cannot be the name of a table",
                    "write letters, digits, '_' and '-', as in min_wage");
    } else if (find_builtin(name_) || is_taken_word(name_)) {
      reader_.error(*name, "name-taken", quoted(*text) + " is a word or function of the language");
    }
  }

  std::optional<Type> read_type(Node node, std::string_view owner) {
    const auto text = reader_.word(node, "the type of " + quoted(owner));
    if (!text) return std::nullopt;
    if (*text == "bool") return Type(TypeKind::boolean);
    if (*text == "int") return Type(TypeKind::integer);
    if (*text == "double") return Type(TypeKind::number);
    if (*text == "string") return Type(TypeKind::text);
    if (*text == "date") return Type(TypeKind::date);
    if (*text == "money") return Type(TypeKind::money);
    if (*text == "country") return Type::of(formatted(TextFormat::country));
    if (*text == "place") return Type::of(formatted(TextFormat::place));
    if (*text == "language") return Type::of(formatted(TextFormat::language));
    if (*text == "severity") return Type::enumeration(&severity_attribute());
    if (text->find('.') != std::string_view::npos) {
      if (const Attribute* attribute = find_attribute(*text)) {
        if (attribute->type < AttributeType::text_list) return Type::of(*attribute);
        reader_.error(node, "bad-type",
                      "a cell of a table holds one value, and " + quoted(*text) + " is a list");
        return std::nullopt;
      }
      const auto problem = check_path(*schema_, *text);
      reader_.error(node, "unknown-type",
                    problem ? problem->message : quoted(*text) + " is a list of edges",
                    problem ? problem->help : "");
      return std::nullopt;
    }
    reader_.error(node, "unknown-type", quoted(*text) + " is no type of a column",
                  suggest(*text, table_keys::types()) +
                      "\nor an attribute of the schema, as Cohort.base_wage");
    return std::nullopt;
  }

  const Attribute* find_attribute(std::string_view path) const {
    const std::size_t dot = path.find('.');
    const std::string_view name = path.substr(dot + 1);
    if (const auto kind = schema_->find_kind(path.substr(0, dot))) {
      const auto id = schema_->kind(*kind).find(name);
      return id ? &schema_->kind(*kind).attributes[id->index] : nullptr;
    }
    if (const auto edge = schema_->find_edge(path.substr(0, dot))) {
      const auto id = schema_->edge(*edge).find(name);
      return id ? &schema_->edge(*edge).attributes[id->index] : nullptr;
    }
    return nullptr;
  }

  bool column_ok(Node key) {
    const std::string_view name = key.text();
    const auto reserved = table_keys::row();
    if (!is_identifier(name)) {
      reader_.error(key, "bad-name", quoted(name) + " cannot be the name of a column",
                    "write letters, digits and '_', not beginning with a digit");
    } else if (is_taken_word(name)) {
      reader_.error(key, "name-taken", quoted(name) + " is a word of the language");
    } else if (std::find(reserved.begin(), reserved.end(), name) != reserved.end()) {
      reader_.error(key, "name-taken",
                    "every row has " + quoted(name) + "; give the column another name");
    } else if (columns_.count(std::string(name)) != 0) {
      reader_.error(key, "name-taken", quoted(name) + " is an input already");
    } else {
      return true;
    }
    return false;
  }

  void read_inputs(Node map) {
    if (map.size() == 0) reader_.error(map, "missing-key", "a table has at least one input");
    for (std::size_t index = 0; index < map.size(); ++index) {
      const Node key = map.key(index);
      if (!column_ok(key)) continue;
      const std::string name(key.text());
      const auto type = read_type(map.at(index), name);
      if (!type) continue;
      if (name == "on" && !type->is(TypeKind::date)) {
        reader_.error(map.at(index), "bad-type",
                      "'on' is the day for which a row holds, so it is a date");
        continue;
      }
      columns_.emplace(name, Column{true, inputs_.size()});
      input_keys_.push_back(key);
      environment_.add_variable(name, *type);
      inputs_.push_back({name, *type, false});
    }
  }

  void read_output(Node map) {
    if (map.size() == 0) reader_.error(map, "missing-key", "a table has at least one output");
    for (std::size_t index = 0; index < map.size(); ++index) {
      const Node key = map.key(index);
      if (!column_ok(key)) continue;
      const auto type = read_type(map.at(index), key.text());
      if (!type) continue;
      columns_.emplace(std::string(key.text()), Column{false, outputs_.size()});
      outputs_.emplace_back(std::string(key.text()), *type);
    }
  }

  void read_rows(Node list) {
    if (list.size() == 0)
      reader_.warn(list, "no-rows", "this table has no rows: whatever is asked is unknown");
    if (list.size() > most_rows) {
      reader_.error(list, "too-many", "more than " + std::to_string(most_rows) + " rows");
      return;
    }
    if (reader_.has_errors()) return;  // columns that are not there would be reported for every row
    find_keys(list);
    std::vector<Node> places;
    for (std::size_t index = 0; index < list.size(); ++index) {
      const Node row = list.at(index);
      if (!reader_.is_map(row, "a row")) continue;
      read_row(row);
      places.push_back(row);
    }
    for (std::size_t index = 0; index < inputs_.size(); ++index) {
      const bool used = inputs_[index].key || inputs_[index].name == "on" || used_in_cells_[index];
      if (!used && !reader_.has_errors()) {
        reader_.warn(input_keys_[index], "unused-input",
                     "no row has a value for input " + quoted(inputs_[index].name) +
                         ", and no cell uses it");
      }
    }
    if (!reader_.has_errors()) find_overlaps(places);
  }

  /// An input is a key if any row has a value for it.
  void find_keys(Node list) {
    used_in_cells_.assign(inputs_.size(), false);
    for (std::size_t index = 0; index < list.size(); ++index) {
      const Node row = list.at(index);
      if (!row.is_map()) continue;
      for (std::size_t entry = 0; entry < row.size(); ++entry) {
        const auto column = columns_.find(std::string(row.key(entry).text()));
        if (column == columns_.end() || !column->second.input) continue;
        inputs_[column->second.index].key = true;
      }
    }
    const auto day = std::find_if(inputs_.begin(), inputs_.end(),
                                  [](const TableInput& input) { return input.name == "on"; });
    has_day_ = day != inputs_.end();
    if (has_day_) day->key = false;
  }

  void read_row(Node map) {
    TableRow row;
    row.position = reader_.position(map);
    row.source = source_;
    row.certainty = certainty_;
    row.output.resize(outputs_.size());
    std::vector<std::optional<TableCell>> keys(inputs_.size());
    for (std::size_t index = 0; index < map.size(); ++index) {
      const Node key = map.key(index);
      const Node value = map.at(index);
      const std::string name(key.text());
      if (const auto column = columns_.find(name); column != columns_.end()) {
        if (!column->second.input) {
          read_output_cell(value, outputs_[column->second.index].second, name,
                           row.output[column->second.index]);
        } else if (name == "on") {
          reader_.error(key, "unknown-key", "a row has no 'on'", "write 'since' and 'until'");
        } else {
          keys[column->second.index] =
              read_key_cell(value, inputs_[column->second.index].type, name);
        }
      } else if (name == "since" || name == "until") {
        if (!has_day_) {
          reader_.error(key, "no-day",
                        "a row has " + quoted(name) + ", but the table no input 'on'",
                        "add 'on: date' to 'inputs'");
        }
        (name == "since" ? row.since : row.until) = reader_.date(value, quoted(name));
      } else if (name == "source") {
        row.source = word_of(map, "source");
      } else if (name == "certainty") {
        row.certainty = certainty_of(map);
      } else if (name == "note") {
        static_cast<void>(reader_.word(value, "'note'"));
      } else {
        std::vector<std::string_view> names;
        for (const auto& entry : columns_) names.push_back(entry.first);
        for (const std::string_view reserved : table_keys::row()) names.push_back(reserved);
        reader_.error(key, "unknown-key", "this table has no column " + quoted(name),
                      suggest(name, names));
      }
    }
    for (std::size_t index = 0; index < inputs_.size(); ++index) {
      if (!inputs_[index].key) continue;
      const auto written = map.find(inputs_[index].name);
      if (!written) {
        reader_.error(map, "missing-key", "this row has no " + quoted(inputs_[index].name),
                      "write '" + inputs_[index].name + ": any' if it holds for all");
      }
      row.keys.push_back(keys[index] ? *std::move(keys[index]) : TableCell());
    }
    if (row.since && row.until && *row.until < *row.since) {
      reader_.error(map, "bad-date",
                    "this row ends (" + to_text(*row.until) + ") before it begins (" +
                        to_text(*row.since) + ")");
    }
    rows_.push_back(std::move(row));
  }

  /// A constant of the type; nothing if the text is none. `problem` says why in the words of the
  /// type.
  std::optional<TableCell> constant(Node node, const Type& type, std::string& problem,
                                    std::string& help) {
    const std::string_view text = node.text();
    TableCell cell;
    cell.state = TableCell::State::constant;
    cell.text = std::string(text);
    switch (type.kind()) {
      case TypeKind::boolean:
        problem = "true or false";
        if (node.kind() != DocumentKind::boolean) return std::nullopt;
        cell.integer = *node.boolean() ? 1 : 0;
        cell.text = *node.boolean() ? "true" : "false";
        return cell;
      case TypeKind::integer:
        problem = "a whole number";
        cell.integer = node.integer();
        if (!cell.integer) return std::nullopt;
        cell.text = std::to_string(*cell.integer);
        return cell;
      case TypeKind::number:
        problem = "a number";
        cell.number = node.number();
        if (!cell.number || !std::isfinite(*cell.number)) return std::nullopt;
        cell.text = number_key(*cell.number);
        return cell;
      case TypeKind::date:
        problem = "a day";
        cell.date = parse_date(text);
        if (!cell.date) return std::nullopt;
        return cell;
      case TypeKind::money:
        return money(text, type, cell, problem, help);
      default:
        break;
    }
    problem = "a text";
    if (text.empty() || node.is_null()) return std::nullopt;
    for (const Attribute* enumeration : type.enumerations()) {
      if (enumeration->find_value(text)) return cell;
      std::vector<std::string_view> ids;
      for (const EnumerationValue& value : enumeration->values) ids.push_back(value.id);
      problem = "one of the values of " + quoted(enumeration->name);
      help = suggest(text, ids);
    }
    if (!type.enumerations().empty()) return std::nullopt;
    if (!format_allows(type.format(), text, problem, help)) return std::nullopt;
    return cell;
  }

  /// What no network can say could never be looked up.
  static bool format_allows(TextFormat format, std::string_view text, std::string& problem,
                            std::string& help) {
    switch (format) {
      case TextFormat::any:
        return true;
      case TextFormat::country:
        problem = "a country";
        help = detail::country_help(text);
        return detail::is_country(text) || is_example(text);
      case TextFormat::place:
        problem = "a place";
        help = "write a code of ISO 3166, as US or US-TX";
        return detail::is_place(text);
      case TextFormat::language:
        problem = "a language";
        help = "write two or three small letters of ISO 639, as ne";
        return detail::is_language(text);
    }
    return true;
  }

  /// AA and ZZ: ISO 3166 leaves them to its users, so that examples speak of no real country.
  static bool is_example(std::string_view text) { return text == "AA" || text == "ZZ"; }

  static std::optional<TableCell> money(std::string_view text, const Type& type, TableCell& cell,
                                        std::string& problem, std::string& help) {
    problem = "an amount of money";
    MoneyProblem why;
    const auto parsed = parse_money(text, &why);
    if (!parsed) {
      help = why.message + (why.help.empty() ? "" : "\n" + why.help);
      return std::nullopt;
    }
    if (!(parsed->low == parsed->high)) {
      help = "a cell of a table holds one amount, not a range";
      return std::nullopt;
    }
    if (type.wage() && parsed->period == WagePeriod::none) {
      help = "say for how long it is paid: '1500 MYR/month'";
      return std::nullopt;
    }
    cell.money =
        parsed->period == WagePeriod::none ? parsed->low : per_month(parsed->low, parsed->period);
    if (!cell.money) return std::nullopt;
    cell.text = to_text(*cell.money);
    return std::move(cell);
  }

  std::optional<TableCell> read_key_cell(Node node, const Type& type, const std::string& name) {
    if (!reader_.word(node, quoted(name))) return std::nullopt;
    TableCell cell;
    if (node.text() == "any") {
      cell.state = TableCell::State::any;
      return cell;
    }
    const bool numeric = type.is(TypeKind::integer) || type.is(TypeKind::number);
    std::string problem;
    std::string help;
    if (type.is(TypeKind::money)) {
      reader_.error(
          node, "bad-key", "a row is not found by an amount of money",
          "give the table a number, as months of wages, or use the amount inside of cells only");
      return std::nullopt;
    }
    if (auto found = constant(node, type, problem, help)) return found;
    if (numeric) {
      if (const auto band = parse_band(node.text())) {
        cell.state = TableCell::State::band;
        cell.band = *band;
        cell.text = std::string(node.text());
        return cell;
      }
      help =
          "write a number, '< 1', '1..3' (both ends belong to it), '1..<3' (3 does not), '> 5, <= "
          "40' or "
          "any";
    }
    reader_.error(node, "bad-cell",
                  quoted(node.text()) + " in column " + quoted(name) + " is not " + problem, help);
    return std::nullopt;
  }

  void read_output_cell(Node node, const Type& type, const std::string& name, TableCell& cell) {
    if (node.is_null()) {
      reader_.error(node, "bad-cell", "column " + quoted(name) + " has no value here",
                    "leave the key out if the value is not known");
      return;
    }
    if (!reader_.word(node, quoted(name))) return;
    const std::string_view text = node.text();
    const bool marked = text.substr(0, 1) == "=";
    std::string problem;
    std::string help;
    if (!marked) {
      if (auto found = constant(node, type, problem, help)) {
        cell = *std::move(found);
        return;
      }
    }
    // Anything else could be an expression; a text is one only after '='.
    const bool could_be = marked || (!type.is(TypeKind::text) && mentions_input(text));
    if (!could_be) {
      const std::string inputs = input_names();
      if (!inputs.empty() && text.find_first_of("*+/(?") != std::string_view::npos) {
        help = "an expression reads an input of the table: " + inputs;
      }
      reader_.error(node, "bad-cell",
                    quoted(text) + " in column " + quoted(name) + " is not " + problem, help);
      return;
    }
    const std::size_t begin = marked ? 1 : 0;
    auto program = compile(reader_.expression(node, begin, text.size() - begin), environment_, type,
                           reader_.limits());
    reader_.append(program.diagnostics());
    if (!program) return;
    for (const Slot slot : (*program)->variables()) {
      if (slot < used_in_cells_.size()) used_in_cells_[slot] = true;
    }
    cell.state = TableCell::State::expression;
    cell.text = std::string(text);
    cell.program = *program;
  }

  std::string input_names() const {
    std::string names;
    for (const auto& [name, column] : columns_) {
      if (column.input) names += (names.empty() ? "" : ", ") + name;
    }
    return names;
  }

  bool mentions_input(std::string_view text) const {
    const auto word = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    for (std::size_t at = 0; at < text.size();) {
      std::size_t end = at;
      while (end < text.size() && word(text[end])) ++end;
      if (end == at) {
        ++at;
        continue;
      }
      const auto column = columns_.find(std::string(text.substr(at, end - at)));
      if (column != columns_.end() && column->second.input) return true;
      at = end;
    }
    return false;
  }

  void find_overlaps(const std::vector<Node>& places) {
    // Rows with one exact first key can only meet rows with the same or with none.
    std::map<std::string, std::vector<std::size_t>> exact;
    std::vector<std::size_t> others;
    const auto report = [&](std::size_t first, std::size_t second) {
      reader_.error(
          places[second], "overlap",
          "this row and the one at " + reader_.place(places[first]) + " match the same call",
          "make their keys or their days ('since', 'until') exclude each other; '1..3' holds for "
          "3, "
          "'1..<3' does not");
    };
    for (std::size_t index = 0; index < rows_.size(); ++index) {
      const TableRow& row = rows_[index];
      const bool has_exact =
          !row.keys.empty() && row.keys.front().state == TableCell::State::constant;
      std::optional<std::size_t> met;
      const auto look = [&](const std::vector<std::size_t>& candidates) {
        for (const std::size_t other : candidates) {
          if ((!met || other < *met) && rows_meet(rows_[other], row)) met = other;
        }
      };
      look(others);
      if (has_exact) {
        std::vector<std::size_t>& same = exact[row.keys.front().text];
        look(same);
        same.push_back(index);
      } else {
        for (const auto& [key, rows] : exact) look(rows);
        others.push_back(index);
      }
      if (met) report(*met, index);
    }
  }

  struct Column {
    bool input = false;
    std::size_t index = 0;
  };
  FileReader reader_;
  SchemaPtr schema_;
  Environment environment_;
  std::string name_;
  std::vector<TableInput> inputs_;
  std::vector<Node> input_keys_;
  std::vector<bool> used_in_cells_;
  std::vector<std::pair<std::string, Type>> outputs_;
  std::map<std::string, Column> columns_;
  std::vector<TableRow> rows_;
  LocalText ask_;
  std::string source_;
  std::string certainty_;
  bool has_day_ = false;
};

}  // namespace

TablePtr read_table(const Document& document, const SchemaPtr& schema, const Limits& limits,
                    Diagnostics& diagnostics) {
  return TableReader(document, schema, limits).read(diagnostics);
}

}  // namespace eraudit::rules_detail
