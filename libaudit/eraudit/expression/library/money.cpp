#include "eraudit/expression/library/library.hpp"

namespace eraudit {

std::span<const Builtin> money_builtins() { return {}; }

}  // namespace eraudit
