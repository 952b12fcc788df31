#include "eraudit/rules/rules.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "eraudit/core/error.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/rules/detail/file_reader.hpp"
#include "eraudit/rules/detail/rule_reader.hpp"
#include "eraudit/rules/detail/state.hpp"

namespace eraudit {

std::string_view to_text(RuleStatus status) {
  return rules_detail::rule_keys::statuses()[static_cast<std::size_t>(status)];
}

const LocalText* Rule::ask(std::string_view path) const noexcept {
  const auto found = std::find_if(asks.begin(), asks.end(),
                                  [&](const auto& entry) { return entry.first == path; });
  return found == asks.end() ? nullptr : &found->second;
}

const Template* message_in(const LocalTemplate& message, std::string_view language) noexcept {
  const auto found = std::find_if(message.begin(), message.end(),
                                  [&](const auto& entry) { return entry.first == language; });
  return found == message.end() ? nullptr : &found->second;
}

namespace rules_detail {

Rules make_rules(std::vector<Rule> rules, std::vector<Pack> packs, SchemaPtr schema) {
  auto state = std::make_shared<Rules::State>();
  state->rules = std::move(rules);
  state->packs = std::move(packs);
  state->schema = std::move(schema);
  std::sort(state->rules.begin(), state->rules.end(),
            [](const Rule& a, const Rule& b) { return a.id < b.id; });
  for (const Rule& rule : state->rules) {
    for (const TablePtr& table : rule.tables) {
      if (std::find(state->tables.begin(), state->tables.end(), table) == state->tables.end()) {
        state->tables.push_back(table);
      }
    }
  }
  std::sort(state->tables.begin(), state->tables.end(), [](const TablePtr& a, const TablePtr& b) {
    return a->name() != b->name() ? a->name() < b->name() : a->file() < b->file();
  });
  return Rules(std::move(state));
}

}  // namespace rules_detail

std::span<const Rule> Rules::all() const noexcept {
  return state_->rules;
}
std::span<const Pack> Rules::packs() const noexcept {
  return state_->packs;
}
std::span<const TablePtr> Rules::tables() const noexcept {
  return state_->tables;
}
const SchemaPtr& Rules::schema() const noexcept {
  return state_->schema;
}

std::optional<std::size_t> Rules::find(std::string_view id) const noexcept {
  const auto& rules = state_->rules;
  const auto found =
      std::lower_bound(rules.begin(), rules.end(), id,
                       [](const Rule& rule, std::string_view key) { return rule.id < key; });
  if (found == rules.end() || found->id != id) return std::nullopt;
  return static_cast<std::size_t>(found - rules.begin());
}

Rules Rules::select(std::span<const std::string> ids) const {
  std::vector<bool> chosen(size());
  for (const std::string& id : ids) {
    bool any = false;
    for (std::size_t index = 0; index < size(); ++index) {
      const std::string_view candidate = all()[index].id;
      const bool below =
          candidate.size() > id.size() && candidate.starts_with(id) && candidate[id.size()] == '.';
      if (candidate != id && !below) continue;
      chosen[index] = true;
      any = true;
    }
    if (any) continue;
    std::set<std::string_view> names;
    for (const Rule& rule : all()) {
      names.insert(rule.id);
      for (std::size_t dot = rule.id.find('.'); dot != std::string::npos;
           dot = rule.id.find('.', dot + 1)) {
        names.insert(std::string_view(rule.id).substr(0, dot));
      }
    }
    const std::vector<std::string_view> candidates(names.begin(), names.end());
    throw Error(ErrorCode::bad_argument,
                "no rule has the id or prefix " + rules_detail::quoted(id) +
                    (candidates.empty() ? "" : ": " + suggest(id, candidates)));
  }
  std::vector<Rule> rules;
  for (std::size_t index = 0; index < size(); ++index) {
    if (chosen[index]) rules.push_back(all()[index]);
  }
  return rules_detail::make_rules(std::move(rules), state_->packs, state_->schema);
}

Severity gravest(const Rule& rule) {
  if (!rule.severity_program) return rule.severity;
  if (!rule.severity_table) return Severity::critical;
  Severity worst = Severity::none;
  for (const TableRow& row : rule.tables[rule.severity_table->table]->rows()) {
    const TableCell& cell = row.output[rule.severity_table->field];
    const auto severity = cell.state == TableCell::State::constant ? parse_severity(cell.text)
                                                                   : std::optional<Severity>();
    worst = std::max(worst, severity.value_or(Severity::critical));
  }
  return worst;
}

const LocalText* question(const Rule& rule, const Schema& schema, std::string_view path) {
  if (const LocalText* own = rule.ask(path)) return own;
  if (path.starts_with("table ")) {
    for (const TablePtr& table : rule.tables) {
      if (table->name() == path.substr(6) && !table->ask().empty()) return &table->ask();
    }
    static const LocalText of_tables = [] {
      LocalText text;
      text.set("en", "What does the table say for this case?");
      text.set("fr", "Que dit la table pour ce cas ?");
      text.set("es", "¿Qué dice la tabla para este caso?");
      return text;
    }();
    return &of_tables;
  }
  if (path == "rate") {
    static const LocalText of_rates = [] {
      LocalText text;
      text.set("en", "Which exchange rate applied on that day?");
      text.set("fr", "Quel taux de change s'appliquait ce jour-là ?");
      text.set("es", "¿Qué tipo de cambio se aplicaba ese día?");
      return text;
    }();
    return &of_rates;
  }
  if (schema.find_edge(path)) {  // it is stated that there is such an edge, on too little
    static const LocalText of_edges = [] {
      LocalText text;
      text.set("en", "What else confirms that this is so?");
      text.set("fr", "Quoi d'autre confirme qu'il en est ainsi ?");
      text.set("es", "¿Qué más confirma que es así?");
      return text;
    }();
    return &of_edges;
  }
  return rules_detail::schema_question(schema, path);
}

}  // namespace eraudit
