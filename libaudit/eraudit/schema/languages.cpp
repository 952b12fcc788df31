#include "eraudit/schema/languages.hpp"

#include <set>

namespace eraudit {
namespace {

class Collector {
 public:
  void add(const LocalText& text) {
    for (const auto& [tag, content] : text.all()) tags_.insert(tag);
  }

  void add(const Attribute& attribute) {
    add(attribute.label);
    add(attribute.ask);
    add(attribute.about);
    for (const EnumerationValue& value : attribute.values) add(value.label);
  }

  void add(const EdgeEnd& end) { add(end.ask); }

  [[nodiscard]] std::vector<std::string> take() const { return {tags_.begin(), tags_.end()}; }

 private:
  std::set<std::string> tags_;
};

}  // namespace

std::vector<std::string> languages_of(const Schema& schema) {
  Collector found;
  for (const NodeKind& kind : schema.kinds()) {
    found.add(kind.label);
    found.add(kind.plural);
    found.add(kind.about);
    for (const Attribute& attribute : kind.attributes) found.add(attribute);
  }
  for (const EdgeKind& edge : schema.edges()) {
    found.add(edge.label);
    found.add(edge.about);
    found.add(edge.from);
    found.add(edge.to);
    for (const Attribute& attribute : edge.attributes) found.add(attribute);
  }
  for (const SourceClass& known : schema.source_classes()) {
    found.add(known.label);
    found.add(known.about);
  }
  return found.take();
}

}  // namespace eraudit
