// A text as a cell of any type that an attribute may have: what is read can be written. The first
// character says which attribute it is (`a`: the first), a capital one that the text stood in
// quotes.

#include "eraudit/network/cell.hpp"

#include "eraudit/core/text.hpp"
#include "eraudit/network/read.hpp"
#include "eraudit/network/write.hpp"
#include "tests/fuzz/target.hpp"
#include "tests/network/schema.hpp"

namespace eraudit::fuzz {
namespace {

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
  static const SchemaPtr schema = test::small_schema();
  static const std::vector<Attribute>& attributes = schema->kind(KindId{0}).attributes;
  const bool quoted = bytes[0] >= 'A' && bytes[0] <= 'Z';
  const auto number = static_cast<std::size_t>(static_cast<unsigned char>(bytes[0]) & 31u);
  if (number == 0 || number > attributes.size()) return;
  read_as(attributes[number - 1], bytes.substr(1), quoted);
}

const Target target("cell", run);

}  // namespace
}  // namespace eraudit::fuzz
