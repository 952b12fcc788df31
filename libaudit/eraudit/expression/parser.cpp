#include "eraudit/expression/syntax.hpp"

namespace eraudit {}  // namespace eraudit
