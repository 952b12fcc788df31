#include "eraudit/expression/table.hpp"

namespace eraudit {}  // namespace eraudit
