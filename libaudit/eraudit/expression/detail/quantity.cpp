#include "eraudit/expression/evaluator.hpp"
