#include "eraudit/expression/type.hpp"

namespace eraudit {}  // namespace eraudit
