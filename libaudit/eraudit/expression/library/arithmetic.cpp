#include "eraudit/expression/library/library.hpp"

namespace eraudit {

std::span<const Builtin> arithmetic_builtins() { return {}; }

}  // namespace eraudit
