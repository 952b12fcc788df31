#include "tests/conformance/scenario_values.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

namespace eraudit::test {

std::string text_of(DocumentNode node, std::string_view key) {
  const auto found = node.find(key);
  return found ? std::string(found->text()) : std::string();
}

std::string spelled(DocumentNode value, bool any_order) {
  if (value.is_list()) {
    std::vector<std::string> items;
    for (std::size_t i = 0; i < value.size(); ++i) items.push_back(spelled(value.at(i)));
    if (any_order) std::sort(items.begin(), items.end());
    std::string out = "[";
    for (const std::string& item : items) out += item + ";";
    return out + "]";
  }
  if (!value.is_map()) return std::string(value.text());
  std::map<std::string, std::string> entries;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const std::string key(value.key(i).text());
    // Labels are a set.
    entries.emplace(key, spelled(value.at(i), key == "labels" || (any_order && key == "list")));
  }
  std::string out = "{";
  for (const auto& [key, entry] : entries) out.append(key).append(":").append(entry).append(";");
  return out + "}";
}

std::string labels_of(DocumentNode node) {
  std::set<std::string> labels;
  const DocumentNode list = *node.find("labels");
  for (std::size_t i = 0; i < list.size(); ++i) labels.insert(std::string(list.at(i).text()));
  std::string out;
  for (const std::string& label : labels) out += ":" + label;
  return out;
}

std::string spelled_node(DocumentNode node) {
  return "{node:{labels:" + spelled(*node.find("labels"), true) +
         ";props:" + spelled(*node.find("props")) + ";};}";
}

std::string spelled_edge(DocumentNode edge, std::string_view direction) {
  std::string out = "{edge:{";
  if (!direction.empty()) out += "direction:" + std::string(direction) + ";";
  return out + "props:" + spelled(*edge.find("props")) + ";type:" + text_of(edge, "type") + ";};}";
}

std::string spelled_text(std::string_view kind, std::string_view text) {
  return "{" + std::string(kind) + ":" + std::string(text) + ";}";
}

}  // namespace eraudit::test
