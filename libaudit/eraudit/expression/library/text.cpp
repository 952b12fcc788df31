#include "eraudit/expression/library/library.hpp"

namespace eraudit {

std::span<const Builtin> text_builtins() { return {}; }

}  // namespace eraudit
