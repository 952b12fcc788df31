// Findings and asks: as sequences of objects, and as columns.

#include <cstddef>
#include <nanobind/ndarray.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include "arrow_out.hpp"
#include "assessment_handles.hpp"
#include "common.hpp"
#include "python_names.hpp"

namespace eraudit::python {
namespace {

struct PyFinding {
  AssessmentPtr of;
  std::size_t index = 0;
  [[nodiscard]] const Finding& get() const { return of->value.findings()[index]; }
  [[nodiscard]] const Rule& rule() const { return of->rules.value.all()[get().rule]; }
};

struct PyAsk {
  AssessmentPtr of;
  std::size_t index = 0;
  [[nodiscard]] const Ask& get() const { return of->value.asks()[index]; }
  [[nodiscard]] const Rule& rule() const { return of->rules.value.all()[get().rule]; }
};

struct Findings {
  using Item = PyFinding;
  AssessmentPtr of;
  [[nodiscard]] std::size_t size() const { return of->value.findings().size(); }
};

struct Asks {
  using Item = PyAsk;
  AssessmentPtr of;
  [[nodiscard]] std::size_t size() const { return of->value.asks().size(); }
};

template <class Sequence>
struct Iterator {
  Sequence sequence;
  std::size_t at = 0;
};

template <class Sequence>
nb::list slice_of(const Sequence& self, const nb::slice& slice) {
  const auto [start, stop, step, count] = slice.compute(self.size());
  nb::list out;
  for (std::size_t i = 0; i < count; ++i) {
    const Py_ssize_t at = start + static_cast<Py_ssize_t>(i) * step;
    out.append(typename Sequence::Item{self.of, static_cast<std::size_t>(at)});
  }
  return out;
}

template <class Sequence>
typename Sequence::Item item_of(const Sequence& self, std::int64_t index) {
  const auto size = static_cast<std::int64_t>(self.size());
  if (index < 0) index += size;
  if (index < 0 || index >= size) throw nb::index_error("index out of range");
  return {self.of, static_cast<std::size_t>(index)};
}

/// What makes a class a `collections.abc.Sequence`.
template <class Sequence>
nb::class_<Sequence> bind_sequence(nb::module_& m, const char* name, const char* item,
                                   const char* doc) {
  const std::string iterator = std::string("_") + name + "Iterator";
  using Cursor = Iterator<Sequence>;
  nb::class_<Cursor>(m, iterator.c_str())
      .def(
          "__iter__", [](nb::handle self) { return self; },
          nb::sig(("def __iter__(self) -> " + iterator).c_str()))
      .def(
          "__next__",
          [](Cursor& self) {
            if (self.at >= self.sequence.size()) throw nb::stop_iteration();
            return typename Sequence::Item{self.sequence.of, self.at++};
          },
          nb::sig((std::string("def __next__(self) -> ") + item).c_str()));
  nb::class_<Sequence> type(m, name, doc);
  const std::string one = std::string("def __getitem__(self, index: int, /) -> ") + item;
  const std::string part =
      std::string("def __getitem__(self, index: slice, /) -> list[") + item + "]";
  const std::string iter =
      std::string("def __iter__(self) -> collections.abc.Iterator[") + item + "]";
  type.def_prop_ro(
          "assessment", [](const Sequence& self) { return *self.of; }, "Where they come from.")
      .def("__len__", &Sequence::size)
      .def("__getitem__", item_of<Sequence>, nb::sig(one.c_str()))
      .def("__getitem__", slice_of<Sequence>, nb::sig(part.c_str()))
      .def(
          "__getitem__",
          [name](const Sequence&, nb::handle wrong) -> nb::object {
            python_function("_arguments", "refuse_index")(name, wrong);
            return nb::none();
          },
          nb::sig("def __getitem__(self, index: str, /) -> typing.NoReturn"))
      .def(
          "__iter__",
          [](const Sequence& self) {
            return Cursor{self, 0};
          },
          nb::sig(iter.c_str()))
      .def("__repr__", [name](const Sequence& self) {
        return std::string("<eraudit.") + name + ": " + std::to_string(self.size()) + ">";
      });
  return type;
}

nb::capsule keeper(const AssessmentPtr& of) {
  return {new AssessmentPtr(of), [](void* p) noexcept { delete static_cast<AssessmentPtr*>(p); }};
}

/// One member of an array of structs, as it lies there.
template <class Shown, class Struct>
nb::object view(const AssessmentPtr& of, std::span<const Struct> items, std::size_t offset) {
  static_assert(sizeof(Struct) % sizeof(Shown) == 0);
  const auto* first =
      reinterpret_cast<const Shown*>(reinterpret_cast<const std::byte*>(items.data()) + offset);
  static const Shown nothing{};
  using Array = nb::ndarray<nb::numpy, const Shown, nb::ndim<1>>;
  return nb::cast(Array(items.empty() ? &nothing : first, {items.size()}, keeper(of),
                        {static_cast<std::int64_t>(sizeof(Struct) / sizeof(Shown))}));
}

nb::dict finding_columns(const Findings& self) {
  const std::span<const Finding> all = self.of->value.findings();
  const std::size_t severity = offsetof(Finding, severity);
  nb::dict out;
  out["rule"] = view<std::uint32_t>(self.of, all, offsetof(Finding, rule));
  out["subject"] = view<std::uint32_t>(self.of, all, offsetof(Finding, subject));
  out["verdict"] = view<std::uint8_t>(self.of, all, offsetof(Finding, verdict));
  out["severity_low"] = view<std::uint8_t>(self.of, all, severity + offsetof(SeverityRange, low));
  out["severity_high"] = view<std::uint8_t>(self.of, all, severity + offsetof(SeverityRange, high));
  return out;
}

/// Ids of the subjects; each text is made once.
nb::list finding_subjects(const Findings& self) {
  const Network& network = self.of->network.value;
  const std::span<const Finding> all = self.of->value.findings();
  std::vector<PyObject*> made(network.node_count());
  nb::list out = nb::steal<nb::list>(PyList_New(static_cast<Py_ssize_t>(all.size())));
  if (!out.is_valid()) throw nb::python_error();
  for (std::size_t i = 0; i < all.size(); ++i) {
    PyObject*& text = made[all[i].subject.index];
    if (text == nullptr) {
      text = py_text(network.id(all[i].subject)).release().ptr();
    } else {
      Py_INCREF(text);
    }
    PyList_SET_ITEM(out.ptr(), static_cast<Py_ssize_t>(i), text);
  }
  return out;
}

std::vector<std::string> finding_messages(const Findings& self, const std::string& language) {
  const nb::gil_scoped_release release;
  std::vector<std::string> out;
  for (const Finding& finding : self.of->value.findings()) {
    out.push_back(self.of->value.message(finding, language));
  }
  return out;
}

nb::dict finding_dict(const PyFinding& self, std::string_view language) {
  nb::dict out;
  out["rule"] = py_text(self.rule().id);
  out["subject"] = py_text(self.of->network.value.id(self.get().subject));
  out["verdict"] = py_text(to_text(self.get().verdict));
  out["severity_low"] = py_text(to_text(self.get().severity.low));
  out["severity_high"] = py_text(to_text(self.get().severity.high));
  out["indicator"] = py_text(self.rule().indicator);
  out["message"] = py_text(self.of->value.message(self.get(), language));
  out["fingerprint"] = py_text(self.of->value.fingerprint(self.get().rule, self.get().subject));
  return out;
}

nb::dict ask_columns(const Asks& self) {
  const std::span<const Ask> all = self.of->value.asks();
  nb::dict out;
  out["rule"] = view<std::uint32_t>(self.of, all, offsetof(Ask, rule));
  out["verdicts"] = view<std::uint64_t>(self.of, all, offsetof(Ask, verdicts));
  out["stated"] = view<std::uint64_t>(self.of, all, offsetof(Ask, stated));
  out["facts"] = view<std::uint64_t>(self.of, all, offsetof(Ask, facts));
  out["at_least"] = view<bool>(self.of, all, offsetof(Ask, at_least));
  nb::list paths;
  for (const Ask& ask : all) paths.append(py_text(ask.path));
  out["path"] = python_function("_tables", "text_array")(paths);
  return out;
}

nb::object respondent_of(const PyAsk& self, std::string_view language) {
  const Respondent* const respondent = self.of->network.value.schema().respondent(self.get().path);
  return respondent == nullptr ? nb::none() : nb::object(py_text(respondent->label.in(language)));
}

nb::dict ask_dict(const PyAsk& self, std::string_view language) {
  nb::dict out;
  out["rule"] = py_text(self.rule().id);
  out["path"] = py_text(self.get().path);
  out["respondent"] = respondent_of(self, language);
  out["question"] = py_text(self.of->value.question(self.get(), language));
  out["verdicts"] = self.get().verdicts;
  out["stated"] = self.get().stated;
  out["facts"] = self.get().facts;
  out["at_least"] = self.get().at_least;
  nb::list names;
  for (const std::string& name : self.get().names) names.append(py_text(name));
  out["examples"] = names;
  return out;
}

nb::object findings_stream(const Findings& self, nb::handle) {
  const nb::gil_scoped_release release;
  const Network& network = self.of->network.value;
  const std::span<const Finding> all = self.of->value.findings();
  ArrowExport table;
  std::vector<std::string> rules;
  for (const Rule& rule : self.of->rules.value.all()) rules.push_back(rule.id);
  std::vector<std::string> verdict_names;
  for (const Verdict verdict : verdicts) verdict_names.emplace_back(to_text(verdict));
  std::vector<std::string> severity_names;
  for (int i = 0; i <= int(Severity::critical); ++i) {
    severity_names.emplace_back(to_text(static_cast<Severity>(i)));
  }
  const auto codes = [&](const auto& of) {
    std::vector<std::int32_t> out;
    out.reserve(all.size());
    for (const Finding& finding : all) out.push_back(static_cast<std::int32_t>(of(finding)));
    return out;
  };
  table.dictionary("rule", rules, codes([](const Finding& f) { return f.rule; }));
  table.texts("subject", all.size(), [&](std::size_t i) { return network.id(all[i].subject); });
  table.dictionary("verdict", verdict_names, codes([](const Finding& f) { return f.verdict; }));
  table.dictionary("severity_low", severity_names,
                   codes([](const Finding& f) { return f.severity.low; }));
  table.dictionary("severity_high", severity_names,
                   codes([](const Finding& f) { return f.severity.high; }));
  const nb::gil_scoped_acquire acquire;
  return std::move(table).capsule();
}

}  // namespace

void bind_findings(nb::module_& m, nb::class_<PyAssessment>& assessment) {
  nb::class_<SeverityRange>(m, "SeverityRange",
                            "From `low` (every unknown input good) to `high` (every one bad).")
      .def_ro("low", &SeverityRange::low, "The lower end.")
      .def_ro("high", &SeverityRange::high, "The upper end; what sorting takes.")
      .def(
          "__eq__",
          [](const SeverityRange& a, nb::handle b) {
            return nb::isinstance<SeverityRange>(b) && a == nb::cast<const SeverityRange&>(b);
          },
          nb::sig("def __eq__(self, other: object, /) -> bool"))
      .def("__hash__",
           [](const SeverityRange& range) { return int(range.low) * 8 + int(range.high); })
      .def("__str__",
           [](const SeverityRange& range) {
             std::string out(to_text(range.low));
             if (range.low != range.high) out.append(" to ").append(to_text(range.high));
             return out;
           })
      .def("__repr__", [](const SeverityRange& range) {
        return "SeverityRange('" + std::string(to_text(range.low)) + "', '" +
               std::string(to_text(range.high)) + "')";
      });

  nb::class_<PyFinding>(m, "Finding",
                        "A fail, suspect, conflict or error: one per rule and subject. Immutable, "
                        "hashable; keeps its assessment alive.")
      .def_prop_ro(
          "rule", [](const PyFinding& self) { return self.rule().id; }, "Id of the rule.")
      .def_prop_ro(
          "subject",
          [](const PyFinding& self) {
            return py_text(self.of->network.value.id(self.get().subject));
          },
          "Id of the node.")
      .def_prop_ro(
          "verdict", [](const PyFinding& self) { return self.get().verdict; },
          "fail, suspect, conflict or error.")
      .def_prop_ro(
          "severity", [](const PyFinding& self) { return self.get().severity; },
          "How grave, as a range.")
      .def_prop_ro(
          "indicator", [](const PyFinding& self) { return self.rule().indicator; },
          "Id of the rule's indicator.")
      .def_prop_ro(
          "fingerprint",
          [](const PyFinding& self) {
            return self.of->value.fingerprint(self.get().rule, self.get().subject);
          },
          "Stable across runs, versions and order of input: 16 hexadecimal digits.")
      .def(
          "label",
          [](const PyFinding& self, std::string_view language) {
            return py_text(label(self.get().verdict, language));
          },
          nb::arg("language") = "en", "What people read for the verdict.")
      .def(
          "title",
          [](const PyFinding& self, std::string_view language) {
            return py_text(self.rule().title.in(language));
          },
          nb::arg("language") = "en", "Title of the rule.")
      .def(
          "message",
          [](const PyFinding& self, std::string_view language) {
            const nb::gil_scoped_release release;
            return self.of->value.message(self.get(), language);
          },
          nb::arg("language") = "en",
          "What was found, in `en`, `fr` or `es`. Evaluates the rule once more.")
      .def(
          "explain",
          [](const PyFinding& self, std::string_view language) {
            return explanation_object(*self.of, self.get().rule, self.get().subject, language);
          },
          nb::arg("language") = "en",
          nb::sig("def explain(self, language: str = 'en') -> eraudit.Explanation"),
          "As `Assessment.explain`.")
      .def("to_dict", finding_dict, nb::arg("language") = "en",
           nb::sig("def to_dict(self, language: str = 'en') -> dict[str, typing.Any]"),
           "With message and fingerprint.")
      .def(
          "__eq__",
          [](const PyFinding& a, nb::handle b) {
            if (!nb::isinstance<PyFinding>(b)) return false;
            const auto& other = nb::cast<const PyFinding&>(b);
            return a.of->value.findings().data() == other.of->value.findings().data() &&
                   a.index == other.index;
          },
          nb::sig("def __eq__(self, other: object, /) -> bool"))
      .def("__hash__",
           [](const PyFinding& self) {
             return static_cast<std::int64_t>(self.index * 2'654'435'761U % 0x7FFFFFFF);
           })
      .def("__repr__", [](const PyFinding& self) {
        const Finding& finding = self.get();
        std::string severity(to_text(finding.severity.low));
        if (finding.severity.low != finding.severity.high) {
          severity.append(" to ").append(to_text(finding.severity.high));
        }
        return "<eraudit.Finding " + std::string(to_text(finding.verdict)) + " (" + severity +
               "): " + self.rule().id + " on " +
               std::string(self.of->network.value.id(finding.subject)) + ">";
      });

  nb::class_<PyAsk>(m, "Ask",
                    "What would settle unknown verdicts, and confirm or clear suspicions: one per "
                    "rule and fact attribute. Immutable.")
      .def_prop_ro(
          "rule", [](const PyAsk& self) { return self.rule().id; }, "Id of the rule.")
      .def_prop_ro(
          "path", [](const PyAsk& self) { return self.get().path; },
          "Schema path: `charged.amount`, `Cohort.fees`, `rate`, `table min_wage`.")
      .def_prop_ro(
          "verdicts", [](const PyAsk& self) { return self.get().verdicts; },
          "Undecided or suspected (rule, subject) pairs that wait for it.")
      .def_prop_ro(
          "stated", [](const PyAsk& self) { return self.get().stated; },
          "Of these: somebody states it, without the proof demanded.")
      .def_prop_ro(
          "facts", [](const PyAsk& self) { return self.get().facts; }, "Distinct facts.")
      .def_prop_ro(
          "at_least", [](const PyAsk& self) { return self.get().at_least; },
          "There may be more facts: they were too many to tell apart.")
      .def_prop_ro(
          "examples", [](const PyAsk& self) { return self.get().names; },
          "Names of the first few facts: `np-24.base_wage`.")
      .def(
          "question",
          [](const PyAsk& self, std::string_view language) {
            return py_text(self.of->value.question(self.get(), language));
          },
          nb::arg("language") = "en", "The question, of the rule or else of the schema.")
      .def("respondent", respondent_of, nb::arg("language") = "en",
           nb::sig("def respondent(self, language: str = 'en') -> str | None"),
           "Whom to ask; None where the schema does not say.")
      .def("to_dict", ask_dict, nb::arg("language") = "en",
           nb::sig("def to_dict(self, language: str = 'en') -> dict[str, typing.Any]"),
           "With the question.")
      .def("__repr__", [](const PyAsk& self) {
        return "<eraudit.Ask " + self.get().path + ": " + several(self.get().verdicts, "verdict") +
               " of " + self.rule().id + ">";
      });

  bind_sequence<Findings>(
      m, "Findings", "Finding",
      "Findings, gravest first: verdict, then severity, then rule id, then subject id. An "
      "immutable sequence: `len`, index, slice, iteration, `list()`; columns without objects in "
      "between.")
      .def("columns", finding_columns,
           nb::sig("def columns(self) -> dict[str, numpy.typing.NDArray[typing.Any]]"),
           "Read-only arrays of shape (findings,) that copy nothing: `rule` (uint32, position in "
           "`rules.ids`), `subject` (uint32, position in `network.ids()`), `verdict` (uint8, "
           "position in `list(Verdict)`), `severity_low`, `severity_high` (uint8, position in "
           "`list(Severity)`). O(1).")
      .def("subjects", finding_subjects, nb::sig("def subjects(self) -> list[str]"),
           "Ids of the subjects, in order; each text is made once.")
      .def("messages", finding_messages, nb::arg("language") = "en",
           "All messages, in order. Evaluates each rule once more: far dearer than columns.")
      .def(
          "to_pandas",
          [](nb::handle self, nb::handle language) {
            return python_function("_tables", "findings_to_pandas")(self, language);
          },
          nb::arg("language") = nb::none(),
          nb::sig("def to_pandas(self, language: str | None = None) -> pandas.DataFrame"),
          "A DataFrame: rule, subject, verdict, severity_low, severity_high; all but `subject` "
          "are categories. With a `language` also `message`. Needs pandas.")
      .def("__arrow_c_stream__", findings_stream, nb::arg("requested_schema") = nb::none(),
           nb::sig("def __arrow_c_stream__(self, requested_schema: object | None = None) -> "
                   "typing.Any"),
           "For polars, DuckDB, pyarrow: `polars.DataFrame(assessment.findings)`.");

  bind_sequence<Asks>(m, "Asks", "Ask",
                      "What to ask next: most verdicts first, then rule id, then path. An "
                      "immutable sequence.")
      .def("columns", ask_columns,
           nb::sig("def columns(self) -> dict[str, numpy.typing.NDArray[typing.Any]]"),
           "Arrays of shape (asks,): `rule` (uint32), `verdicts`, `facts` (uint64), `at_least` "
           "(bool) copy nothing; `path` holds texts.")
      .def(
          "to_pandas",
          [](nb::handle self, std::string_view language) {
            return python_function("_tables", "asks_to_pandas")(self, py_text(language));
          },
          nb::arg("language") = "en",
          nb::sig("def to_pandas(self, language: str = 'en') -> pandas.DataFrame"),
          "A DataFrame: rule, path, question, verdicts, facts, at_least. Needs pandas.");

  assessment
      .def_prop_ro(
          "findings",
          [](const PyAssessment& self) {
            return Findings{std::make_shared<const PyAssessment>(self)};
          },
          nb::sig("def findings(self) -> Findings"), "Gravest first.")
      .def_prop_ro(
          "asks",
          [](const PyAssessment& self) { return Asks{std::make_shared<const PyAssessment>(self)}; },
          nb::sig("def asks(self) -> Asks"), "What would settle the unknowns.");
}

}  // namespace eraudit::python
