#include "eraudit/expression/library/library.hpp"

namespace eraudit {

std::span<const Builtin> dates_builtins() { return {}; }

}  // namespace eraudit
