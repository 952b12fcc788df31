#include "eraudit/report/report.hpp"

#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include "assessment_handles.hpp"
#include "common.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/evaluate/ask_plan.hpp"
#include "eraudit/import/import.hpp"
#include "eraudit/report/ask_list.hpp"
#include "eraudit/report/formats.hpp"
#include "eraudit/risk/risk.hpp"

namespace eraudit::python {
namespace {

/// As the command does: with ratings by the exposure table that ships.
ReportOptions report_options(const PyAssessment& self, std::size_t explained) {
  ReportOptions options;
  options.explained = explained;
  options.risk = rate(self.value);
  return options;
}

std::string report_json(const PyAssessment& self, std::size_t explained) {
  const nb::gil_scoped_release release;
  return write_report_json(self.value, report_options(self, explained));
}

const ReportFormat& format_named(std::string_view name) {
  if (const ReportFormat* found = find_report_format(name)) return *found;
  std::vector<std::string_view> names;
  for (const ReportFormat& format : report_formats()) names.push_back(format.name);
  bad_argument("no report format is called '" + std::string(name) + "'; " + suggest(name, names));
}

std::string report_in(const PyAssessment& self, std::string_view format, std::string_view language,
                      std::size_t explained) {
  const ReportFormat& to = format_named(format);
  const nb::gil_scoped_release release;
  return to.write(make_report(self.value, report_options(self, explained)), language);
}

void write_report(const PyAssessment& self, const std::string& path, std::string_view format,
                  std::string_view language, bool overwrite, std::size_t explained) {
  const std::string content = report_in(self, format, language, explained);
  const nb::gil_scoped_release release;
  write_file(path, content, overwrite ? Overwrite::yes : Overwrite::no);
}

nb::object ask_plan_object(const PyAssessment& self) {
  AskPlan plan;
  {
    const nb::gil_scoped_release release;
    plan = plan_asks(self.value);
  }
  const nb::object make = python_function("_types", "PlannedAsk");
  nb::list asks;
  for (const PlannedAsk& ask : plan.asks) {
    nb::list places;
    for (const std::uint32_t place : ask.asks) places.append(place);
    asks.append(make(py_text(ask.path), nb::tuple(places), ask.waiting, ask.settles,
                     nb::cast(ask.gravest), ask.settled, ask.at_most));
  }
  return python_function("_types", "AskPlan")(nb::tuple(asks), plan.waiting, plan.left_out);
}

TextOptions text_options(std::string language, std::size_t width) {
  TextOptions options;
  options.language = std::move(language);
  options.width = width;
  return options;
}

std::pair<PyNetwork, std::string> import_from(const std::string& mapping,
                                              const std::vector<std::string>& tables,
                                              const std::optional<std::string>& as_of,
                                              const std::string& pseudonym_key,
                                              const std::optional<PySchema>& schema,
                                              const LimitsDict& limits) {
  ImportOptions options;
  options.limits = limits_from(limits);
  if (as_of) options.as_of = day_from(*as_of);
  options.pseudonym_key = pseudonym_key;
  const auto made = [&]() -> Checked<ImportResult> {
    const nb::gil_scoped_release release;
    const auto document = read_document(mapping, options.limits);
    if (!document) return document.diagnostics();
    const auto read =
        read_mapping(**document, schema ? schema->value : recruitment_schema(), options.limits);
    if (!read) return read.diagnostics();
    return import_tables(*read, tables, options);
  }();
  const Warnings warnings = warnings_of(made);
  const ImportResult result = require(made);
  return {PyNetwork{result.network, warnings, file_of(schema)}, write_json(result.report)};
}

}  // namespace

void bind_report(nb::module_& m, nb::class_<PyAssessment>& assessment) {
  assessment
      .def("report_json", report_json, nb::arg("explained") = ReportOptions{}.explained,
           "The canonical `report.json` as text, byte by byte what the command writes. "
           "`explained`: how many findings carry their whole condition tree. Without the GIL.")
      .def(
          "report",
          [](nb::handle self, std::size_t explained) {
            return nb::module_::import_("json").attr("loads")(self.attr("report_json")(explained));
          },
          nb::arg("explained") = ReportOptions{}.explained,
          nb::sig("def report(self, explained: int = 10000) -> dict[str, typing.Any]"),
          "The same as a dict.")
      .def("to_format", report_in, nb::arg("format"), nb::arg("language") = "en",
           nb::arg("explained") = ReportOptions{}.explained,
           "The report in one of `report_formats()` as text. Raises BadArgumentError for another "
           "format.")
      .def("_write", write_report, nb::arg("path"), nb::arg("format"), nb::arg("language"),
           nb::arg("overwrite"), nb::arg("explained"))
      .def(
          "write",
          [](nb::handle self, nb::handle path, nb::handle format, nb::handle language,
             nb::handle overwrite, nb::handle explained) {
            return python_function("_tables", "write_report")(self, path, format, language,
                                                              overwrite, explained);
          },
          nb::arg("path"), nb::arg("format") = nb::none(), nb::arg("language") = "en",
          nb::arg("overwrite") = false, nb::arg("explained") = ReportOptions{}.explained,
          nb::sig("def write(self, path: str | os.PathLike[str], format: str | None = None, "
                  "language: str = 'en', overwrite: bool = False, explained: int = 10000) -> None"),
          "Writes the report to a file, whole or not at all. `format` None: by the ending of the "
          "name. Raises CannotWriteError if the file exists and `overwrite` is not set.")
      .def(
          "summary",
          [](const PyAssessment& self, std::string language, std::size_t width) {
            const nb::gil_scoped_release release;
            TextOptions options = text_options(std::move(language), width);
            options.risk = rate(self.value);
            return summary(self.value, options);
          },
          nb::arg("language") = "en", nb::arg("width") = 80,
          "What the command prints: counts, the gravest findings, what to ask next, what was not "
          "checked.")
      .def(
          "ask_list",
          [](const PyAssessment& self, std::string language, std::size_t width) {
            const nb::gil_scoped_release release;
            return ask_list(self.value, text_options(std::move(language), width));
          },
          nb::arg("language") = "en", nb::arg("width") = 80, "What to ask next, as a work list.")
      .def(
          "asks_csv",
          [](const PyAssessment& self, const std::string& language) {
            const nb::gil_scoped_release release;
            return write_asks_csv(self.value, language);
          },
          nb::arg("language") = "en",
          "The same as a table: one line per question, in the order in which to ask.")
      .def("ask_plan", ask_plan_object, nb::sig("def ask_plan(self) -> eraudit.AskPlan"),
           "In which order to ask, so that each answer settles as much as it can.");

  m.def(
      "_write_file",
      [](const std::string& path, std::string_view content, bool overwrite) {
        write_file(path, content, overwrite ? Overwrite::yes : Overwrite::no);
      },
      nb::arg("path"), nb::arg("content"), nb::arg("overwrite"));
  m.def(
      "report_formats",
      [] {
        nb::dict out;
        for (const ReportFormat& format : report_formats()) {
          out[py_text(format.name)] = py_text(format.about);
        }
        return out;
      },
      nb::sig("def report_formats() -> dict[str, str]"),
      "Formats of reports with a line about each.");
  m.def(
      "help",
      [](std::string_view id) {
        const std::string text = describe_diagnostic(id);
        if (text.empty()) bad_argument("no diagnostic has the id '" + std::string(id) + "'");
        return text;
      },
      nb::arg("id"), "What a diagnostic means and what to do about it.");
  m.def("_import_tables", import_from, nb::arg("mapping"), nb::arg("tables"),
        nb::arg("as_of").none(), nb::arg("pseudonym_key"), nb::arg("schema").none(),
        nb::arg("limits"));
}

}  // namespace eraudit::python
