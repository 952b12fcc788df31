#include "eraudit/expression/environment.hpp"

namespace eraudit {}  // namespace eraudit
