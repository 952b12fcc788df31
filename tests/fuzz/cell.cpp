// A text as a cell of every type that an attribute may have: what is read can be written.

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
  if (find_bad_utf8(bytes)) return;  // files are checked before cells are
  static const SchemaPtr schema = test::small_schema();
  for (const Attribute& attribute : schema->kind(KindId{0}).attributes) {
    read_as(attribute, bytes, false);
    read_as(attribute, bytes, true);
  }
}

const Target target("cell", run);

}  // namespace
}  // namespace eraudit::fuzz
