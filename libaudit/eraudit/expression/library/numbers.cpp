#include "eraudit/expression/library/library.hpp"

namespace eraudit {

std::span<const Builtin> numbers_builtins() { return {}; }

}  // namespace eraudit
