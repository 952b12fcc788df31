// A text as a cell of any type that an attribute may have: what is read can be written. The first
// character says which attribute it is (`a`: the first), a capital one that the text stood in
// quotes.

#include "eraudit/network/cell.hpp"

#include "eraudit/core/document.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/network/read.hpp"
#include "eraudit/network/write.hpp"
#include "eraudit/schema/schema.hpp"
#include "tests/fuzz/target.hpp"

namespace eraudit::fuzz {
namespace {

constexpr std::string_view every_type = R"(
eraudit: schema/1
name: cells
kinds:
  Thing:
    attributes:
      flag: {type: bool}
      count: {type: int, non_negative: true, unit: people, may_be_absent: true}
      share: {type: double, unit: percent}
      label: {type: enum, values: {red: red, green: green, dark-blue: blue}}
      note: {type: string, may_be_absent: true}
      country: {type: string, format: country}
      since: {type: date, may_be_absent: true}
      price: {type: money}
      wage: {type: money, per: month, non_negative: true}
      colours: {type: list(enum), values: {red: red, green: green, "null": none}}
      names: {type: list(string), may_be_absent: true}
      degrees: {type: int}
      ratio: {type: double, may_be_absent: true}
edges: {}
)";

void read_as(const Attribute& attribute, std::string_view text, bool quoted) {
  CellProblem problem;
  const auto cell = read_cell(attribute, text, problem, quoted);
  if (!cell) {
    require(!problem.id.empty() && !problem.message.empty(), "what is refused is refused aloud");
    require(!find_bad_utf8(problem.message + problem.help), "messages are UTF-8");
    return;
  }
  require(problem.id.empty(), "what is read is no problem");
  if (cell->state == CellState::unknown) return;
  const bool text_cell =
      cell->state == CellState::known &&
      (attribute.type == AttributeType::text || attribute.type == AttributeType::enumeration);
  const std::string written = to_text(*cell, attribute);
  const auto again = read_cell(attribute, written, problem, text_cell);
  if (!again) {
    broken("what is read can be written",
           attribute.name + ": " + std::string(text) + " -> " + written + ": " + problem.message);
  }
  if (*again != *cell) {
    broken("what is written reads as the same", attribute.name + ": " + std::string(text) + " -> " +
                                                    written + " -> " + to_text(*again, attribute));
  }
}

void run(std::string_view bytes) {
  if (bytes.empty() || find_bad_utf8(bytes)) return;  // files are checked before cells are
  static const SchemaPtr schema = read_schema(*read_yaml(source_of(every_type)).value()).value();
  static const std::vector<Attribute>& attributes = schema->kind(KindId{0}).attributes;
  const bool quoted = bytes[0] >= 'A' && bytes[0] <= 'Z';
  const auto number = static_cast<std::size_t>(static_cast<unsigned char>(bytes[0]) & 31u);
  if (number == 0 || number > attributes.size()) return;
  read_as(attributes[number - 1], bytes.substr(1), quoted);
}

const Target target("cell", run);

}  // namespace
}  // namespace eraudit::fuzz
