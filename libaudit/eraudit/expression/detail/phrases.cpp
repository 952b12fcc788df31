#include "eraudit/expression/detail/phrases.hpp"

namespace eraudit::detail {
namespace {

constexpr Phrases english{
    .point = '.',
    .yes = "yes",
    .no = "no",
    .not_known = "not known",
    .not_existing = "does not exist",
    .none = "none",
    .none_known = "none known, may be more",
    .possibly = "possibly ",
    .may_be_more = ", may be more",
    .that_is_all = ", that is all",
    .more_possible = {"more possible", "more possible"},
    .at_least = "at least ",
    .at_most = "at most ",
    .to = " to ",
    .sources_disagree = "sources disagree: ",
    .error = "error: ",
    .no_nodes = "no nodes",
    .no_edges = "no edges",
    .nodes = {"node", "nodes"},
    .edges = {"edge", "edges"},
    .days = {"day", "days"},
};

constexpr Phrases french{
    .point = ',',
    .yes = "oui",
    .no = "non",
    .not_known = "non connu",
    .not_existing = "n’existe pas",
    .none = "aucun",
    .none_known = "aucun connu, peut-être davantage",
    .possibly = "peut-être ",
    .may_be_more = ", peut-être davantage",
    .that_is_all = ", c’est tout",
    .more_possible = {"de plus possible", "de plus possibles"},
    .at_least = "au moins ",
    .at_most = "au plus ",
    .to = " à ",
    .sources_disagree = "sources divergentes : ",
    .error = "erreur : ",
    .no_nodes = "aucun nœud",
    .no_edges = "aucun lien",
    .nodes = {"nœud", "nœuds"},
    .edges = {"lien", "liens"},
    .days = {"jour", "jours"},
};

constexpr Phrases spanish{
    .point = ',',
    .yes = "sí",
    .no = "no",
    .not_known = "no consta",
    .not_existing = "no existe",
    .none = "ninguno",
    .none_known = "ninguno conocido, puede haber más",
    .possibly = "posiblemente ",
    .may_be_more = ", puede haber más",
    .that_is_all = ", eso es todo",
    .more_possible = {"más posible", "más posibles"},
    .at_least = "al menos ",
    .at_most = "como máximo ",
    .to = " a ",
    .sources_disagree = "fuentes discrepantes: ",
    .error = "error: ",
    .no_nodes = "ningún nodo",
    .no_edges = "ningún enlace",
    .nodes = {"nodo", "nodos"},
    .edges = {"enlace", "enlaces"},
    .days = {"día", "días"},
};

}  // namespace

const Phrases& phrases(std::string_view language) noexcept {
  const std::string_view primary = language.substr(0, language.find('-'));
  if (primary == "fr") return french;
  if (primary == "es") return spanish;
  return english;
}

}  // namespace eraudit::detail
