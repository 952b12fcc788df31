#include "eraudit/rules/proof_table.hpp"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

#include "eraudit/core/error.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/rules/detail/builtin.hpp"
#include "eraudit/rules/detail/file_reader.hpp"

namespace eraudit {
namespace {

using rules_detail::FileReader;
using rules_detail::Node;
using rules_detail::quoted;

constexpr std::array<std::string_view, 6> file_keys = {"eraudit",    "certainty", "levels",
                                                       "interviews", "topics",    "classes"};
constexpr std::array<std::string_view, 2> certainties = {"verified", "recalled"};
constexpr std::array<std::string_view, 3> level_keys = {"stated", "supported", "corroborated"};
constexpr std::array<std::string_view, 2> interview_keys = {"class", "separately"};
constexpr std::array<std::string_view, 4> topic_keys = {"title", "facts", "fresh_months",
                                                        "pass_needs"};
constexpr std::size_t most_topics = 32;
constexpr std::int64_t most_months = 1'200;

class Reader {
 public:
  Reader(const Document& document, const Schema& schema, const Limits& limits)
      : reader_(document, "proof", limits),
        root_(document.root()),
        source_(document.source_ptr()),
        schema_(schema) {
    for (const SourceClass& known : schema.source_classes()) class_names_.push_back(known.id);
  }

  Checked<ProofTablePtr> read() {
    if (!reader_.is_map(root_, "a table of weights")) return reader_.take();
    const auto form = root_.find("eraudit");
    if (!form || form->text() != "proof/1") {
      reader_.error(form.value_or(root_), "wrong-form", "this is not a table of weights",
                    "it begins with 'eraudit: proof/1'");
      return reader_.take();
    }
    reader_.known_keys(root_, file_keys, "a table of weights");
    if (const auto certainty = required(root_, "certainty", "a table of weights")) {
      const auto word = reader_.one_of(*certainty, certainties, "bad-certainty", "certainty");
      out_.draft = word && certainties[*word] == "recalled";
    }
    read_levels();
    read_interviews();
    read_topics();
    read_classes();
    if (reader_.has_errors()) return reader_.take();
    out_.source = source_;
    return {std::make_shared<const ProofTable>(std::move(out_)), reader_.take()};
  }

 private:
  std::optional<Node> required(Node map, std::string_view key, std::string_view what) {
    const auto found = map.find(key);
    if (!found) {
      reader_.error(map, "missing-key", std::string(what) + " needs " + quoted(key));
    }
    return found;
  }

  std::optional<std::int64_t> whole(Node node, std::string_view what, std::int64_t low,
                                    std::int64_t high) {
    const auto number = node.integer();
    if (number && *number >= low && *number <= high) return number;
    reader_.error(node, "bad-number",
                  std::string(what) + " is a whole number from " + std::to_string(low) + " to " +
                      std::to_string(high));
    return std::nullopt;
  }

  std::optional<std::uint32_t> source_class(Node node) {
    const auto word = reader_.word(node, "a class of source");
    if (!word) return std::nullopt;
    const auto found = std::find(class_names_.begin(), class_names_.end(), *word);
    if (found != class_names_.end()) {
      return static_cast<std::uint32_t>(found - class_names_.begin());
    }
    reader_.error(node, "unknown-class", "the schema has no class of source " + quoted(*word),
                  suggest(*word, class_names_));
    return std::nullopt;
  }

  void read_levels() {
    const auto map = required(root_, "levels", "a table of weights");
    if (!map || !reader_.is_map(*map, "'levels'")) return;
    reader_.known_keys(*map, level_keys, "'levels'");
    std::int64_t before = 1;
    for (std::size_t index = 0; index < level_keys.size(); ++index) {
      const auto value = required(*map, level_keys[index], "'levels'");
      if (!value) continue;
      const auto number = whole(*value, quoted(level_keys[index]), 1, 5);
      if (!number) continue;
      if (*number < before) {
        reader_.error(
            *value, "order",
            quoted(level_keys[index]) + " must not ask for less than the level before it");
      }
      before = *number;
      out_.least[index + 1] = static_cast<ProofTable::Strength>(*number);
    }
  }

  void read_interviews() {
    const auto map = root_.find("interviews");
    if (!map || !reader_.is_map(*map, "'interviews'")) return;
    reader_.known_keys(*map, interview_keys, "'interviews'");
    if (const auto name = required(*map, "class", "'interviews'")) {
      out_.interviews = source_class(*name);
    }
    if (const auto count = required(*map, "separately", "'interviews'")) {
      out_.separately = whole(*count, "'separately'", 2, 1'000'000).value_or(0);
    }
  }

  void read_topics() {
    for (const NodeKind& kind : schema_.kinds()) {
      out_.of_node.emplace_back(kind.attributes.size(), ProofTable::no_topic);
    }
    for (const EdgeKind& edge : schema_.edges()) {
      out_.of_edge.emplace_back(edge.attributes.size() + 1, ProofTable::no_topic);
      out_.of_list.push_back({ProofTable::no_topic, ProofTable::no_topic});
    }
    const auto map = required(root_, "topics", "a table of weights");
    if (!map || !reader_.is_map(*map, "'topics'")) return;
    if (map->size() > most_topics) {
      reader_.error(*map, "too-many", "more than " + std::to_string(most_topics) + " topics");
      return;
    }
    std::vector<std::pair<Node, std::uint8_t>> facts;
    for (std::size_t index = 0; index < map->size(); ++index) {
      const auto number = static_cast<std::uint8_t>(out_.topics.size());
      ProofTable::Topic topic;
      topic.id = std::string(map->key(index).text());
      const Node body = map->at(index);
      const std::string what = "the topic " + quoted(topic.id);
      if (topic.id == "group" || topic.id == "default") {
        reader_.error(map->key(index), "twice", "no topic is called " + quoted(topic.id),
                      "classes have a key of that name: choose another");
      }
      if (!reader_.is_map(body, what)) continue;
      reader_.known_keys(body, topic_keys, what);
      if (const auto title = required(body, "title", what)) {
        topic.title = reader_.local_text(*title, "'title'");
      }
      if (const auto months = required(body, "fresh_months", what)) {
        topic.fresh_months =
            static_cast<std::int32_t>(whole(*months, "'fresh_months'", 1, most_months).value_or(1));
      }
      if (const auto needs = body.find("pass_needs");
          needs && reader_.is_list(*needs, "'pass_needs'")) {
        for (std::size_t entry = 0; entry < needs->size(); ++entry) {
          if (const auto found = source_class(needs->at(entry))) topic.pass_needs.push_back(*found);
        }
      }
      if (const auto list = required(body, "facts", what);
          list && reader_.is_list(*list, "'facts'")) {
        for (std::size_t entry = 0; entry < list->size(); ++entry) {
          facts.emplace_back(list->at(entry), number);
        }
      }
      topic_names_.push_back(topic.id);
      out_.topics.push_back(std::move(topic));
    }
    // What is wide first, so that the nearest name wins.
    for (const bool wide : {true, false}) {
      for (const auto& [node, topic] : facts) read_fact(node, topic, wide);
    }
  }

  void set(Node node, std::uint8_t& topic, std::uint8_t number) {
    if (std::find(said_.begin(), said_.end(), &topic) != said_.end()) {
      reader_.error(node, "twice", quoted(node.text()) + " is of two topics, or there twice");
    }
    topic = number;
    said_.push_back(&topic);
  }

  void read_fact(Node node, std::uint8_t topic, bool wide) {
    const std::string_view path = node.text();
    const bool is_wide = path.find('.') == std::string_view::npos;
    if (is_wide != wide) return;
    if (wide) {
      const auto edge = schema_.find_edge(path);
      if (!edge) {
        std::vector<std::string_view> names;
        for (const EdgeKind& kind : schema_.edges()) names.push_back(kind.name);
        reader_.error(node, "unknown-fact",
                      "there is no kind of edge " + quoted(path) +
                          "; of a node its attributes are named one by one",
                      suggest(path, names));
        return;
      }
      auto& attributes = out_.of_edge[edge->index];
      if (attributes.back() != ProofTable::no_topic) {
        reader_.error(node, "twice", quoted(path) + " is of two topics, or there twice");
      }
      std::fill(attributes.begin(), attributes.end(), topic);
      out_.of_list[edge->index] = {topic, topic};
      return;
    }
    if (const auto problem = rules_detail::check_path(schema_, path)) {
      reader_.error(node, "unknown-fact", problem->message, problem->help);
      return;
    }
    const std::size_t dot = path.find('.');
    const std::string_view owner = path.substr(0, dot);
    const std::string_view name = path.substr(dot + 1);
    if (const auto kind = schema_.find_kind(owner)) {
      if (const auto attribute = schema_.kind(*kind).find(name)) {
        set(node, out_.of_node[kind->index][attribute->index], topic);
      } else {
        const ListId list = schema_.find_list(*kind, name)->list;
        set(node, out_.of_list[list.edge.index][list.side == Side::to ? 1 : 0], topic);
      }
    } else {
      const EdgeKindId edge = *schema_.find_edge(owner);
      set(node, out_.of_edge[edge.index][schema_.edge(edge).find(name)->index], topic);
    }
  }

  void read_classes() {
    out_.classes.resize(class_names_.size());
    const auto map = required(root_, "classes", "a table of weights");
    if (!map || !reader_.is_map(*map, "'classes'")) return;
    std::vector<std::string_view> keys = {"group", "default"};
    keys.insert(keys.end(), topic_names_.begin(), topic_names_.end());
    for (std::size_t index = 0; index < map->size(); ++index) {
      const auto number = source_class(map->key(index));
      const Node body = map->at(index);
      if (!number) continue;
      const std::string what = "the class " + quoted(class_names_[*number]);
      if (!reader_.is_map(body, what)) continue;
      reader_.known_keys(body, keys, what);
      ProofTable::Class& entry = out_.classes[*number];
      if (const auto group = required(body, "group", what)) {
        if (const auto word = reader_.word(*group, "'group'")) entry.group = group_of(*word);
      }
      const auto usual = required(body, "default", what);
      if (!usual) continue;
      const auto strength = whole(*usual, "'default'", 1, 5).value_or(1);
      entry.by_topic.assign(out_.topics.size(), static_cast<ProofTable::Strength>(strength));
      for (std::size_t topic = 0; topic < topic_names_.size(); ++topic) {
        const auto own = body.find(topic_names_[topic]);
        if (!own) continue;
        entry.by_topic[topic] = static_cast<ProofTable::Strength>(
            whole(*own, quoted(topic_names_[topic]), 1, 5).value_or(1));
      }
    }
    for (std::size_t index = 0; index < out_.classes.size(); ++index) {
      if (out_.classes[index].by_topic.empty() && !reader_.has_errors()) {
        reader_.warn(*map, "missing-class",
                     "the class of source " + quoted(class_names_[index]) +
                         " of the schema is not here: what only it says counts as 'any'",
                     "add '" + std::string(class_names_[index]) + ": {group: .., default: ..}'");
      }
    }
  }

  std::uint32_t group_of(std::string_view name) {
    const auto found = std::find(out_.groups.begin(), out_.groups.end(), name);
    if (found != out_.groups.end()) {
      return static_cast<std::uint32_t>(found - out_.groups.begin());
    }
    out_.groups.emplace_back(name);
    return static_cast<std::uint32_t>(out_.groups.size() - 1);
  }

  FileReader reader_;
  Node root_;
  SourcePtr source_;
  const Schema& schema_;
  std::vector<std::string_view> class_names_;
  std::vector<std::string> topic_names_;
  std::vector<const std::uint8_t*> said_;  ///< attributes and lists that were named themselves
  ProofTable out_;
};

}  // namespace

std::uint8_t ProofTable::topic(KindId kind, AttributeId attribute) const noexcept {
  if (kind.index >= of_node.size()) return no_topic;
  const auto& attributes = of_node[kind.index];
  return attribute.index < attributes.size() ? attributes[attribute.index] : no_topic;
}

std::uint8_t ProofTable::topic(EdgeKindId edge, AttributeId attribute) const noexcept {
  if (edge.index >= of_edge.size()) return no_topic;
  const auto& attributes = of_edge[edge.index];
  if (attribute == row_itself) return attributes.back();
  return attribute.index + 1U < attributes.size() ? attributes[attribute.index] : no_topic;
}

std::uint8_t ProofTable::topic(ListId list) const noexcept {
  if (list.edge.index >= of_list.size()) return no_topic;
  return of_list[list.edge.index][list.side == Side::to ? 1 : 0];
}

Checked<ProofTablePtr> read_proof_table(const Document& document, const Schema& schema,
                                        const Limits& limits) {
  return Reader(document, schema, limits).read();
}

Checked<ProofTablePtr> read_proof_table(const std::string& path, const Schema& schema,
                                        const Limits& limits) {
  const auto document = read_yaml(read_file(path, limits.rule_file_bytes), limits);
  if (!document) return document.diagnostics();
  return read_proof_table(**document, schema, limits);
}

ProofTablePtr builtin_proof_table(const Schema& schema) {
  const Schema& base = *recruitment_schema();
  const bool extends = schema.name() == base.name() &&
                       schema.kinds().size() >= base.kinds().size() &&
                       schema.edges().size() >= base.edges().size();
  if (!extends) return nullptr;
  const DocumentPtr document = rules_detail::builtin_document("rules/proof.yaml");
  Checked<ProofTablePtr> read = read_proof_table(*document, schema);
  if (!read) {
    throw Error(ErrorCode::bad_argument,
                "the schema lacks what proof is weighed by:\n" + to_text(read.diagnostics()));
  }
  return *std::move(read);
}

}  // namespace eraudit
