#include "eraudit/expression/library/library.hpp"

namespace eraudit {

std::span<const Builtin> conversion_builtins() { return {}; }

}  // namespace eraudit
