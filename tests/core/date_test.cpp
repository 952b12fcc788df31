#include "eraudit/core/date.hpp"
#include "tests/support/catch.hpp"
