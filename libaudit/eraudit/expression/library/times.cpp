#include "eraudit/expression/library/library.hpp"

namespace eraudit {

std::span<const Builtin> times_builtins() { return {}; }

}  // namespace eraudit
