// The module `eraudit._core`. What users see is put together in eraudit/__init__.py.

#include "common.hpp"

NB_MODULE(_core, m) {
  namespace python = eraudit::python;
  m.doc() = "The library itself; import `eraudit` instead.";
  m.def(
      "version", [] { return python::py_text(eraudit::version()); },
      "Of the library, as `major.minor.patch`.");
  python::bind_common(m);
  python::bind_network(m);
  python::bind_tables(m);
  python::bind_rules(m);
  auto assessment = python::bind_assessment(m);
  python::bind_findings(m, assessment);
  python::bind_report(m, assessment);
}
