#include "eraudit/expression/library/library.hpp"

namespace eraudit {

std::span<const Builtin> comparison_builtins() { return {}; }

}  // namespace eraudit
