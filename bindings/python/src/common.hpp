#pragma once
// What the bindings share: handles that keep what they need alive, and mistakes as exceptions.

#include <cstdint>
#include <memory>
#include <nanobind/nanobind.h>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eraudit/eraudit.hpp"

namespace eraudit::python {

namespace nb = nanobind;

/// What a reader warned of though it could read; null if nothing.
using Warnings = std::shared_ptr<const Diagnostics>;

/// A schema of the user's, for reports; null if it is the one that ships.
using SchemaFile = std::shared_ptr<const RunFile>;

struct PyNetwork {
  Network value;
  Warnings warnings;
  SchemaFile schema_file;
};

struct PyRules {
  Rules value;
  Warnings warnings;
};

struct PySchema {
  SchemaPtr value;
  SchemaFile file;
};

inline SchemaFile file_of(const std::optional<PySchema>& schema) {
  return schema ? schema->file : nullptr;
}

struct PyRates {
  Rates value;
};

struct PyAssessment {
  Assessment value;
  PyNetwork network;
  PyRules rules;
};
using AssessmentPtr = std::shared_ptr<const PyAssessment>;

inline nb::str py_text(std::string_view text) {
  // Texts of the library are UTF-8; ids of files need not be.
  PyObject* made =
      PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace");
  if (made == nullptr) throw nb::python_error();
  return nb::steal<nb::str>(made);
}

/// `1 edge`, `2 edges`
inline std::string several(std::size_t count, const char* what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

/// Limits by name, as Python gives them.
using LimitsDict = nb::typed<nb::dict, nb::str, nb::int_>;

/// `eraudit.Diagnostic` objects, and how many more there were.
nb::list py_diagnostics(const Diagnostics& diagnostics);
[[noreturn]] void throw_load_error(const Diagnostics& diagnostics);

/// The value, or a `LoadError`. Call with the GIL held.
template <class T>
T require(Checked<T> checked) {
  if (!checked) throw_load_error(checked.diagnostics());
  return *std::move(checked);
}

template <class T>
Warnings warnings_of(const Checked<T>& checked) {
  if (!checked || checked.diagnostics().empty()) return nullptr;
  return std::make_shared<const Diagnostics>(checked.diagnostics());
}

/// `{'nodes': 1000}`; a wrong name is a `BadArgumentError` with the nearest.
Limits limits_from(const nb::dict& limits);
LimitsDict limits_to_dict(const Limits& limits);

Date day_from(std::string_view iso);
nb::object py_date(Date date);
nb::object py_date(const std::optional<Date>& date);
/// An unknown cell is nothing; an absent one None.
nb::object py_cell(const Cell& cell);
nb::object py_value(const CellValue& value);
nb::dict py_local_text(const LocalText& text);

/// A function of a module of the package: `python_function("_tables", "findings_to_pandas")`.
nb::object python_function(const char* module, const char* name);

/// A read-only array that owns its values.
nb::object owned_array(std::vector<std::uint8_t> values, std::vector<std::size_t> shape);
nb::object owned_array(std::vector<std::uint32_t> values);

[[noreturn]] inline void bad_argument(const std::string& message) {
  throw Error(ErrorCode::bad_argument, message);
}

void bind_common(nb::module_& m);
void bind_network(nb::module_& m);
void bind_tables(nb::module_& m);
void bind_rules(nb::module_& m);
nb::class_<PyAssessment> bind_assessment(nb::module_& m);
void bind_findings(nb::module_& m, nb::class_<PyAssessment>& assessment);
void bind_report(nb::module_& m, nb::class_<PyAssessment>& assessment);

}  // namespace eraudit::python
