#include "tests/fuzz/target.hpp"

#include <cstdlib>
#include <iostream>
#include <memory>
#include <utility>

#include "eraudit/core/text.hpp"

namespace eraudit::fuzz {
namespace {

const Target* first = nullptr;

void require_place(const Diagnostic& one, const Source& source) {
  const Position& place = one.position;
  if (place.line == 0) return;
  const auto fail = [&](std::string_view law) { broken(law, to_text(one)); };
  if (place.byte > source.text().size()) fail("a place is inside of the text");
  if (source.position(place.byte) != place) fail("line and column are those of the byte");
  if (one.width == 0) fail("something is underlined");
  const std::string_view line = source.line(place.line);
  if (find_bad_utf8(line)) return;  // columns count code points
  const std::size_t columns = code_points(line);
  const std::size_t before = place.column - std::size_t{1};
  if (before > columns + 1) fail("a column is in its line, or at the end of it");
  if (one.width > 1 && before + one.width > columns) fail("what is underlined is in the line");
}

}  // namespace

Target::Target(std::string_view name, Run how) noexcept
    : name_(name), run_(how), next_(std::exchange(first, this)) {}

const Target* Target::find(std::string_view name) noexcept {
  const Target* target = first;
  while (target != nullptr && !name.empty() && target->name_ != name) target = target->next_;
  return target;
}

void broken(std::string_view law, std::string_view details) {
  std::cerr << "this does not hold: " << law << "\n" << details << std::endl;
  std::abort();
}

SourcePtr source_of(std::string_view bytes, std::string name) {
  return std::make_shared<const Source>(std::move(name), std::string(bytes));
}

void require_places(const Diagnostics& diagnostics, const Source& source) {
  constexpr std::size_t printed = 2;  // the others are made the same way, and printing is slow
  std::size_t number = 0;
  for (const Diagnostic& one : diagnostics.items()) {
    if (one.file == source.name()) require_place(one, source);
    require(!one.id.empty() && !one.message.empty(), "a diagnostic has an id and a message");
    if (number++ < printed && find_bad_utf8(to_text(one)))
      broken("messages are UTF-8", to_text(one));
  }
}

}  // namespace eraudit::fuzz
