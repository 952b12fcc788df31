#include "tests/support/model.hpp"

#include <memory>

#include "eraudit/core/document.hpp"
#include "eraudit/network/read.hpp"
#include "tests/support/scratch_folder.hpp"

namespace eraudit::test {

Network network_of(std::string_view yaml, SchemaPtr schema) {
  const auto document =
      read_yaml(std::make_shared<const Source>("network.yaml", std::string(yaml))).value();
  ReadOptions options;
  options.schema = std::move(schema);
  return read_network(document->root(), options).value();
}

Rules rules_of(std::string_view yaml) {
  const ScratchFolder folder;
  return load_rules(folder.write("rule.yaml", yaml)).value();
}

Rules cohort_rule(std::string_view rest) {
  return rules_of("rule: test.rule\nsubject: (c:Cohort)\nmessage: found\n" + std::string(rest));
}

std::string rule_mistakes(std::string_view yaml) {
  const ScratchFolder folder;
  return folder.relative(to_text(load_rules(folder.write("rule.yaml", yaml)).diagnostics()));
}

}  // namespace eraudit::test
