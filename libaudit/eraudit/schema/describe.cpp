#include <algorithm>
#include <array>

#include "eraudit/core/error.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/schema/show.hpp"

namespace eraudit {
namespace {

constexpr std::size_t columns = 80;
constexpr std::size_t name_column = 4;
constexpr std::size_t text_column = 24;

/// The words around what the schema itself says.
struct Words {
  std::string_view language;
  std::string_view schema, kinds, edge_kinds, source_classes;
  std::string_view attributes, shares, lists, ask, of_whom;
  std::string_view from, to, edges, neighbours, key, both_ends;
  std::string_view more, no_more;
  std::string_view per_month, not_negative, may_be_absent, required;
  std::string_view internal, sensitive;
  std::string_view of, self_declared, also_written;
};

// clang-format off
constexpr std::array<Words, 3> all_words = {{
    {"en", "Schema", "kinds of node", "kinds of edge", "source classes",
     "Attributes", "Shares", "Lists", "Ask:", "Of:",
     "From", "To", "edges", "neighbours", "One edge per", "both ends",
     "there may be more", "these are all unless a source says otherwise",
     "per month", "0 or more", "may be absent", "unknown if missing",
     "internal", "sensitive",
     "of", "a party about itself", "Also"},
    {"fr", "Schéma", "types de nœud", "types d'arête", "classes de source",
     "Attributs", "Proportions", "Listes", "Demander :", "À :",
     "De", "À", "arêtes", "voisins", "Une arête par", "les deux bouts",
     "il peut y en avoir d'autres", "complète sauf avis contraire d'une source",
     "par mois", "0 ou plus", "peut être absent", "inconnu s'il manque",
     "interne", "sensible",
     "sur", "une partie sur elle-même", "Aussi"},
    {"es", "Esquema", "tipos de nodo", "tipos de arista", "clases de fuente",
     "Atributos", "Proporciones", "Listas", "Preguntar:", "A:",
     "De", "A", "aristas", "vecinos", "Una arista por", "ambos extremos",
     "puede haber más", "completa salvo que una fuente diga otra cosa",
     "por mes", "0 o más", "puede estar ausente", "desconocido si falta",
     "interno", "sensible",
     "de", "una parte sobre sí misma", "También"},
}};
// clang-format on

const Words& words_in(std::string_view language) {
  for (const Words& words : all_words) {
    if (language.substr(0, language.find('-')) == words.language) return words;
  }
  return all_words.front();
}

class Description {
 public:
  Description(const Schema& schema, std::string_view language)
      : schema_(schema), language_(language), words_(words_in(language)) {}

  std::string all() {
    out_ = std::string(words_.schema) + ' ' + schema_.name() + ": " +
           std::to_string(schema_.kinds().size()) + ' ' + std::string(words_.kinds) + ", " +
           std::to_string(schema_.edges().size()) + ' ' + std::string(words_.edge_kinds) + ", " +
           std::to_string(schema_.source_classes().size()) + ' ' +
           std::string(words_.source_classes) + '\n';
    for (std::size_t index = 0; index < schema_.kinds().size(); ++index) {
      out_ += '\n';
      kind({static_cast<std::uint16_t>(index)});
    }
    for (const EdgeKind& kind : schema_.edges()) {
      out_ += '\n';
      edge(kind);
    }
    source_classes();
    return std::move(out_);
  }

  std::string one_kind(KindId id) {
    kind(id);
    return std::move(out_);
  }

  std::string one_edge(const EdgeKind& kind) {
    edge(kind);
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string in(const LocalText& text) const {
    return std::string(text.in(language_));
  }

  void title(const std::string& name, const LocalText& label, const LocalText& about) {
    out_ += name;
    if (!label.empty()) out_ += " - " + in(label);
    out_ += '\n';
    if (!about.empty()) wrapped(in(about), 2, "");
  }

  void heading(std::string_view name) {
    out_ += "  ";
    out_ += name;
    out_ += '\n';
  }

  /// Words at `indent` to the right edge; what a line already holds is `used` columns wide. A word
  /// that is wider than the room stands alone.
  void wrapped(const std::string& text, std::size_t indent, const std::string& before) {
    const std::size_t start = display_width(before);
    std::string line = before;
    line.append(start < indent ? indent - start : 0, ' ');
    if (start >= indent && start != 0) {
      out_ += line + '\n';
      line.assign(indent, ' ');
    }
    std::size_t width = indent;
    bool first = true;
    std::size_t at = 0;
    while (at < text.size()) {
      const std::size_t end = std::min(text.find(' ', at), text.size());
      const std::string word = text.substr(at, end - at);
      at = end + 1;
      if (word.empty()) continue;
      const std::size_t word_width = display_width(word);
      if (!first && width + 1 + word_width > columns) {
        out_ += line + '\n';
        line.assign(indent, ' ');
        width = indent;
        first = true;
      }
      if (!first) line += ' ';
      line += word;
      width += word_width + (first ? 0 : 1);
      first = false;
    }
    out_ += line + '\n';
  }

  void entry(const std::string& name, const std::string& text) {
    wrapped(text, text_column, std::string(name_column, ' ') + name);
  }

  void below(const std::string& text) {
    if (!text.empty()) wrapped(text, text_column, "");
  }

  void ask(const LocalText& question, const std::string& path) {
    if (!question.empty()) below(std::string(words_.ask) + ' ' + in(question));
    const Respondent* const respondent = schema_.respondent(path);
    if (respondent != nullptr) below(std::string(words_.of_whom) + ' ' + in(respondent->label));
  }

  [[nodiscard]] std::string type_of(const Attribute& attribute) const {
    std::string text(to_text(attribute.type));
    if (attribute.wage) text += ' ' + std::string(words_.per_month);
    if (attribute.format == TextFormat::country) text += " (ISO 3166-1)";
    if (attribute.format == TextFormat::place) text += " (ISO 3166-2)";
    if (attribute.format == TextFormat::language) text += " (BCP 47)";
    if (!attribute.unit.empty()) text += ", " + attribute.unit;
    if (attribute.non_negative) text += ", " + std::string(words_.not_negative);
    if (attribute.may_be_absent) text += ", " + std::string(words_.may_be_absent);
    if (attribute.required) text += ", " + std::string(words_.required);
    if (attribute.sensitivity == Sensitivity::internal) text += ", " + std::string(words_.internal);
    if (attribute.sensitivity == Sensitivity::sensitive)
      text += ", " + std::string(words_.sensitive);
    return text;
  }

  void attributes(const std::string& owner, const std::vector<Attribute>& all,
                  const std::vector<Share>& shares) {
    if (!all.empty()) heading(words_.attributes);
    for (const Attribute& attribute : all) {
      entry(attribute.name, type_of(attribute));
      below(in(attribute.label));
      below(in(attribute.about));
      for (const EnumerationValue& value : attribute.values) {
        below(value.label.empty() ? value.id : value.id + " - " + in(value.label));
      }
      ask(attribute.ask, owner + '.' + attribute.name);
    }
    if (!shares.empty()) heading(words_.shares);
    for (const Share& share : shares) {
      entry(share.name, all[share.part.index].name + ' ' + std::string(words_.of) + ' ' +
                            all[share.whole.index].name);
    }
  }

  [[nodiscard]] std::string kinds_at(const EdgeEnd& end) const {
    std::string text;
    for (const KindId id : end.kinds) {
      if (!text.empty()) text += ", ";
      text += schema_.kind(id).name;
    }
    return text;
  }

  void kind(KindId id) {
    const NodeKind& described = schema_.kind(id);
    title(described.name, described.label, described.about);
    attributes(described.name, described.attributes, described.shares);
    if (!schema_.lists(id).empty()) heading(words_.lists);
    for (const ListId list : schema_.lists(id)) {
      const EdgeKind& through = schema_.edge(list.edge);
      const EdgeEnd& here = through.end(list.side);
      const EdgeEnd& there = through.end(list.side == Side::from ? Side::to : Side::from);
      const std::string_view direction = list.side == Side::from ? "-> " : "<- ";
      entry(here.edges, std::string(words_.edges) + ' ' + through.name + ' ' +
                            std::string(direction) + kinds_at(there) + "; " +
                            std::string(here.complete ? words_.no_more : words_.more));
      entry(here.nodes, std::string(words_.neighbours));
      ask(here.ask, schema_.path(id, list));
    }
  }

  void end(std::string_view name, const EdgeEnd& shown) {
    entry(std::string(name), kinds_at(shown));
    below(shown.edges + " - " + std::string(words_.edges));
    below(shown.nodes + " - " + std::string(words_.neighbours));
    below(std::string(shown.complete ? words_.no_more : words_.more));
    ask(shown.ask, schema_.kind(shown.kinds.front()).name + '.' + shown.edges);
  }

  void edge(const EdgeKind& described) {
    title(described.name, described.label, described.about);
    end(words_.from, described.from);
    end(words_.to, described.to);
    std::string key(words_.both_ends);
    for (const AttributeId part : described.key)
      key += ", " + described.attributes[part.index].name;
    entry(std::string(words_.key), key);
    attributes(described.name, described.attributes, described.shares);
  }

  void source_classes() {
    if (schema_.source_classes().empty()) return;
    out_ += '\n';
    out_ += words_.source_classes;
    out_ += '\n';
    for (const SourceClass& described : schema_.source_classes()) {
      entry(described.id, described.label.empty() ? described.id : in(described.label));
      below(in(described.about));
      if (described.self_declared) below(std::string(words_.self_declared));
      for (const SourceAlias& alias : described.aliases) {
        std::string text = std::string(words_.also_written) + ' ' + alias.name;
        if (!alias.detail.empty()) text += " + " + alias.detail + ": " + alias.value;
        below(text);
      }
    }
  }

  const Schema& schema_;
  std::string_view language_;
  const Words& words_;
  std::string out_;
};

}  // namespace

std::string describe(const Schema& schema, std::string_view language, std::string_view only) {
  Description description(schema, language);
  if (only.empty()) return description.all();
  if (const auto kind = schema.find_kind(only)) return description.one_kind(*kind);
  if (const auto edge = schema.find_edge(only)) return description.one_edge(schema.edge(*edge));
  std::vector<std::string_view> names;
  for (const NodeKind& kind : schema.kinds()) names.push_back(kind.name);
  for (const EdgeKind& edge : schema.edges()) names.push_back(edge.name);
  const std::string help = suggest(only, names);
  throw Error(ErrorCode::bad_argument, "schema '" + schema.name() + "' has no kind or edge '" +
                                           std::string(only) + "'" +
                                           (help.empty() ? "" : "; " + help));
}

}  // namespace eraudit
