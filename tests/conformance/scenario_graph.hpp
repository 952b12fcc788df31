#pragma once
// The graph of a scenario as a network, and its pattern in the names of that network.
//
// A set of labels becomes a kind; every kind has every property under the prefix `p_`, and what an
// element lacks is unknown, so that only certain rows count (there `null` is neither equal nor
// unequal). All lists of edges are complete.

#include <map>
#include <set>
#include <string>

#include "eraudit/core/document.hpp"
#include "eraudit/network/network.hpp"

namespace eraudit::test {

class ScenarioGraph {
 public:
  explicit ScenarioGraph(DocumentNode scenario);

  /// Gives the first node a name if it has none: the subject. Learns types and properties.
  [[nodiscard]] std::string rewritten(const std::string& pattern);
  /// A property that the query names, which elements need not have.
  void mention(const std::string& property);

  // When all is known that the query names.
  void make_schema();
  [[nodiscard]] const SchemaPtr& schema() const noexcept { return schema_; }
  [[nodiscard]] Network network() const;

  [[nodiscard]] const std::string& subject() const noexcept { return subject_; }
  [[nodiscard]] std::size_t edges() const;
  /// The pattern compares a property with a value of another type than elements have, which is
  /// false there and a mistake here.
  [[nodiscard]] bool mixes_types() const noexcept { return mixes_types_; }
  /// Elements of the data, by id of the network.
  [[nodiscard]] DocumentNode node(const Network& network, NodeId id) const;
  [[nodiscard]] DocumentNode edge(const Network& network, EdgeId id) const;

 private:
  void learn(DocumentNode element);
  void learn(const std::string& property, AttributeType type);
  [[nodiscard]] std::string kinds_with(const std::string& labels) const;
  [[nodiscard]] std::string properties(const std::string& pattern, std::size_t& at);

  DocumentNode scenario_;
  DocumentNode graph_;
  std::string subject_;
  std::map<std::string, std::string> kinds_;  ///< names by labels
  std::map<std::string, KindId> numbers_;     ///< by labels
  std::set<std::string> edge_kinds_;
  std::map<std::string, AttributeType> properties_;
  std::set<std::string> of_several_types_;
  bool mixes_types_ = false;
  SchemaPtr schema_;
};

}  // namespace eraudit::test
