#include "eraudit/core/rates.hpp"
#include "tests/support/catch.hpp"
