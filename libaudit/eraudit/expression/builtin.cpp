#include "eraudit/expression/builtin.hpp"

#include <algorithm>
#include <vector>

#include "eraudit/expression/library/library.hpp"

namespace eraudit {
namespace {

std::vector<Builtin> assemble() {
  std::vector<Builtin> all;
  for (const std::span<const Builtin> part :
       {arithmetic_builtins(), comparison_builtins(), conversion_builtins(), dates_builtins(),
        encoders_builtins(), format_builtins(), lists_builtins(), mathematics_builtins(),
        money_builtins(), names_builtins(), numbers_builtins(), optionals_builtins(),
        sequences_builtins(), sets_builtins(), text_builtins(), text_parts_builtins(),
        times_builtins()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  std::sort(all.begin(), all.end(),
            [](const Builtin& a, const Builtin& b) { return a.name < b.name; });
  return all;
}

}  // namespace

std::span<const Builtin> builtins() {
  static const std::vector<Builtin> all = assemble();
  return all;
}

std::optional<std::uint32_t> find_builtin(std::string_view name) {
  const auto all = builtins();
  const auto found = std::lower_bound(
      all.begin(), all.end(), name,
      [](const Builtin& builtin, std::string_view wanted) { return builtin.name < wanted; });
  if (found == all.end() || found->name != name) return std::nullopt;
  return static_cast<std::uint32_t>(found - all.begin());
}

}  // namespace eraudit
