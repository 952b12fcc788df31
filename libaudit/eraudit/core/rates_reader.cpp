#include "eraudit/core/rates.hpp"
