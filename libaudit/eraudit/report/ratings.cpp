#include "eraudit/report/detail/ratings.hpp"

#include <algorithm>

namespace eraudit::detail {
namespace {

constexpr std::size_t most_contributions = 20;

void write(JsonWriter& json, std::string_view key, const RatingRange& range) {
  json.key(key).begin_object();
  json.member("low", std::int64_t{range.low});
  json.member("high", std::int64_t{range.high});
  json.end_object();
}

void write_node(JsonWriter& json, std::string_view key, const Network& network, NodeId node) {
  json.key(key).begin_object();
  json.member("kind", network.schema().kind(network.kind(node)).name);
  json.member("id", network.id(node));
  json.end_object();
}

void write_contributions(JsonWriter& json, const Risk& risk, NodeId node) {
  const Assessment& assessment = risk.assessment();
  const std::vector<Contribution> all = risk.contributions(node);
  const std::size_t shown = std::min(all.size(), most_contributions);
  json.key("contributions").begin_array();
  for (std::size_t at = 0; at < shown; ++at) {
    const Contribution& one = all[at];
    json.begin_object();
    json.member("rule", assessment.rules().all()[one.rule].id);
    write_node(json, "subject", assessment.network(), one.subject);
    json.member("verdict", to_text(one.verdict));
    write(json, "adds", one.adds);
    json.end_object();
  }
  json.end_array();
  RatingRange rest;
  for (std::size_t at = shown; at < all.size(); ++at) {
    rest.low += all[at].adds.low;
    rest.high += all[at].adds.high;
  }
  json.key("more_contributions").unsigned_integer(all.size() - shown);
  write(json, "more_add", rest);
}

void write_rating(JsonWriter& json, const Risk& risk, const Rating& rating) {
  const Network& network = risk.assessment().network();
  json.begin_object();
  write_node(json, "subject", network, rating.node);
  write(json, "total", rating.total());
  write(json, "own", rating.own);
  write(json, "reached", rating.reached);
  json.key("rank").begin_object();
  json.key("best").unsigned_integer(rating.best_rank);
  json.key("worst").unsigned_integer(rating.worst_rank);
  json.end_object();
  json.member("gravest", to_text(rating.gravest));
  json.key("applicable").unsigned_integer(rating.applicable);
  json.key("decided").unsigned_integer(rating.decided);
  write_contributions(json, risk, rating.node);
  json.key("path").begin_array();
  if (const auto reached = risk.reached(rating.node)) {
    for (const std::string& station : stations(network, rating.node, *reached)) json.text(station);
  }
  json.end_array();
  json.end_object();
}

}  // namespace

std::vector<std::string> stations(const Network& network, NodeId from, const Reached& reached) {
  std::vector<std::string> out{std::string(network.id(from))};
  NodeId at = from;
  for (const EdgeId edge : reached.path) {
    at = network.from(edge) == at ? network.to(edge) : network.from(edge);
    out.emplace_back(network.id(at));
  }
  return out;
}

void write_ratings(JsonWriter& json, const Risk& risk, std::size_t most) {
  const std::size_t shown = std::min(risk.ratings().size(), most);
  json.key("ratings").begin_object();
  json.key("method").begin_object();
  json.member("file", risk.exposure().file);
  json.member("sha256", risk.exposure().sha256);
  json.end_object();
  json.key("rated").unsigned_integer(risk.ratings().size());
  json.key("subjects").begin_array();
  for (const Rating& rating : risk.ratings().first(shown)) write_rating(json, risk, rating);
  json.end_array();
  json.key("omitted").unsigned_integer(risk.ratings().size() - shown);
  json.end_object();
}

}  // namespace eraudit::detail
