#include "eraudit/expression/library/library.hpp"

namespace eraudit {

std::span<const Builtin> lists_builtins() { return {}; }

}  // namespace eraudit
