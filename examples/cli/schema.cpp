// eraudit schema show [NAME] | json [network|schema|rules|report] | xml

#include <fmt/format.h>
#include <string>

#include "command.hpp"
#include "console.hpp"
#include "eraudit/report/report.hpp"
#include "eraudit/report/xml.hpp"
#include "eraudit/rules/rules.hpp"
#include "eraudit/schema/show.hpp"
#include "exit_code.hpp"
#include "inputs.hpp"
#include "language.hpp"

namespace eraudit::cli {

int run_schema(const Arguments& arguments) {
  if (arguments.positional.empty()) throw UsageError{"schema what?", "one of: show, json, xml"};
  const std::string& what = arguments.positional[0];
  const SchemaPtr schema = schema_of(arguments);
  if (arguments.positional.size() > 2) {
    throw UsageError{fmt::format("'{}' is one argument too many", arguments.positional[2]), ""};
  }
  const std::string name = arguments.positional.size() > 1 ? arguments.positional[1] : "";
  if (what == "show") {
    const std::string language = language_of(arguments);
    settle_language(language, *schema);
    print(describe(*schema, language, name));
    return 0;
  }
  if (what == "json") {
    if (name.empty() || name == "network") {
      print(network_json_schema(*schema));
    } else if (name == "schema") {
      print(schema_json_schema());
    } else if (name == "rules") {
      print(rule_json_schema(*schema));
    } else if (name == "report") {
      print(report_json_schema());
    } else {
      throw UsageError{fmt::format("there is no JSON Schema of '{}'", name),
                       "one of: network, schema, rules, report"};
    }
    return 0;
  }
  if (what == "xml") {
    if (!name.empty() && name != "report") {
      throw UsageError{fmt::format("there is no XML Schema of '{}'", name), "one of: report"};
    }
    print(report_xml_schema());
    return 0;
  }
  throw UsageError{fmt::format("schema has no '{}'", what), "one of: show, json, xml"};
}

}  // namespace eraudit::cli
