#include "eraudit/expression/explain.hpp"
