#include "eraudit/expression/program.hpp"

namespace eraudit {}  // namespace eraudit
