#include "eraudit/core/money.hpp"
#include "tests/support/catch.hpp"
