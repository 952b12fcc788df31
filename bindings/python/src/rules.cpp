#include "eraudit/rules/rules.hpp"

#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include "common.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/rules/languages.hpp"
#include "eraudit/rules/load_texts.hpp"
#include "python_names.hpp"

namespace eraudit::python {
namespace {

struct PyRule {
  PyRules rules;
  std::uint32_t index = 0;
  [[nodiscard]] const Rule& get() const { return rules.value.all()[index]; }
};

/// `texts`: (name, text) of rule files.
PyRules load(const std::vector<std::string>& what,
             const std::vector<std::pair<std::string, std::string>>& texts,
             const std::optional<PySchema>& schema,
             const std::optional<std::vector<std::string>>& only, const LimitsDict& limits) {
  const LoadOptions options{schema ? schema->value : recruitment_schema(), limits_from(limits)};
  const Checked<Rules> made = [&] {
    const nb::gil_scoped_release release;
    std::vector<SourcePtr> sources;
    for (const auto& [name, text] : texts) {
      sources.push_back(std::make_shared<const Source>(name, text));
    }
    return load_rules(what, sources, options);
  }();
  const Warnings warnings = warnings_of(made);
  Rules rules = require(made);
  if (only) rules = rules.select(*only);
  return {rules, warnings};
}

nb::list texts(const std::vector<std::string>& from) {
  nb::list out;
  for (const std::string& text : from) out.append(py_text(text));
  return out;
}

nb::list kinds_of(const PyRule& self) {
  nb::list out;
  for (const KindId kind : self.get().kinds) {
    out.append(py_text(self.rules.value.schema()->kind(kind).name));
  }
  return out;
}

nb::list basis_of(const Rule& rule) {
  nb::list out;
  for (const Basis& basis : rule.basis) {
    out.append(nb::make_tuple(py_text(basis.provision), py_text(basis.relation)));
  }
  return out;
}

nb::dict rule_dict(const PyRule& self) {
  const Rule& rule = self.get();
  nb::dict out;
  out["rule"] = py_text(rule.id);
  out["version"] = rule.version;
  out["status"] = py_text(to_text(rule.status));
  out["lacks"] = texts(rule.lacks);
  out["pack"] = py_text(rule.pack);
  out["indicator"] = py_text(rule.indicator);
  out["title"] = py_local_text(rule.title);
  out["why"] = py_local_text(rule.why);
  out["kinds"] = kinds_of(self);
  out["basis"] = basis_of(rule);
  out["remedy"] = rule.remedy ? nb::object(py_local_text(rule.remedy->text)) : nb::none();
  out["remedy_days"] =
      rule.remedy && rule.remedy->days ? nb::object(nb::int_(*rule.remedy->days)) : nb::none();
  out["reads"] = texts(rule.reads);
  out["references"] = texts(rule.references);
  out["since"] = py_date(rule.since);
  out["until"] = py_date(rule.until);
  out["file"] = py_text(rule.file);
  out["line"] = rule.position.line;
  out["column"] = rule.position.column;
  out["sha256"] = py_text(rule.sha256);
  return out;
}

nb::list all_ids(const Rules& rules) {
  nb::list out;
  for (const Rule& rule : rules.all()) out.append(py_text(rule.id));
  return out;
}

}  // namespace

std::uint32_t rule_named(const Rules& rules, nb::handle id) {
  if (nb::isinstance<nb::str>(id)) {
    const auto text = nb::cast<std::string_view>(id);
    if (const auto found = rules.find(text)) return static_cast<std::uint32_t>(*found);
    std::vector<std::string_view> ids;
    for (const Rule& rule : rules.all()) ids.emplace_back(rule.id);
    bad_argument("there is no rule '" + std::string(text) + "'" +
                 (ids.empty() ? "" : "; " + suggest(text, ids)));
  }
  if (nb::isinstance<PyRule>(id))
    return rule_named(rules, py_text(nb::cast<const PyRule&>(id).get().id));
  std::uint32_t index = 0;
  if (nb::isinstance<nb::bool_>(id) || !nb::try_cast<std::uint32_t>(id, index, true)) {
    throw nb::type_error("a rule is given by its id (str) or its number (int)");
  }
  if (index >= rules.size()) {
    bad_argument("there is no rule " + std::to_string(index) + ": there are " +
                 std::to_string(rules.size()));
  }
  return index;
}

void bind_rules(nb::module_& m) {
  nb::enum_<RuleStatus> status(m, "RuleStatus", nb::is_str(), "How far a rule can be relied on.");
  status.str_value("draft", RuleStatus::draft, "draft", "lacks something, and says so")
      .str_value("stable", RuleStatus::stable, "stable", "complete, and checked")
      .str_value("deprecated", RuleStatus::deprecated, "deprecated",
                 "another rule takes its place");

  nb::class_<PyRule>(m, "Rule", "One question put to one subject. Immutable.")
      .def_prop_ro(
          "id", [](const PyRule& self) { return self.get().id; }, "Stable id.")
      .def_prop_ro(
          "version", [](const PyRule& self) { return self.get().version; },
          "Counts its changes of meaning.")
      .def_prop_ro(
          "status", [](const PyRule& self) { return self.get().status; },
          "Draft, stable or deprecated.")
      .def_prop_ro(
          "lacks", [](const PyRule& self) { return self.get().lacks; },
          "What keeps a draft from being stable.")
      .def_prop_ro(
          "pack", [](const PyRule& self) { return self.get().pack; },
          "Id of its pack; empty if it is in none.")
      .def_prop_ro(
          "indicator", [](const PyRule& self) { return self.get().indicator; },
          "Id of its indicator.")
      .def_prop_ro("kinds", kinds_of, nb::sig("def kinds(self) -> list[str]"),
                   "Kinds of nodes that it judges.")
      .def_prop_ro(
          "reads", [](const PyRule& self) { return self.get().reads; },
          "Schema paths that its verdict may wait for: `charged.amount`.")
      .def_prop_ro(
          "basis", [](const PyRule& self) { return basis_of(self.get()); },
          nb::sig("def basis(self) -> list[tuple[str, str]]"),
          "(provision, relation): what it rests on, and whether it asks the same.")
      .def_prop_ro(
          "file", [](const PyRule& self) { return self.get().file; }, "Where it was read from.")
      .def_prop_ro(
          "line", [](const PyRule& self) { return self.get().position.line; },
          "Line of its condition.")
      .def_prop_ro(
          "sha256", [](const PyRule& self) { return self.get().sha256; }, "Digest of its file.")
      .def(
          "title",
          [](const PyRule& self, std::string_view language) {
            return py_text(self.get().title.in(language));
          },
          nb::arg("language") = "en",
          "In that language or what is broader (`pt-BR`: `pt`), else in English, else in the first "
          "there is.")
      .def(
          "why",
          [](const PyRule& self, std::string_view language) {
            return py_text(self.get().why.in(language));
          },
          nb::arg("language") = "en",
          "Why it matters, what counts as evidence, what it does not say.")
      .def(
          "remedy",
          [](const PyRule& self, std::string_view language) {
            return py_text(self.get().remedy ? self.get().remedy->text.in(language) : "");
          },
          nb::arg("language") = "en", "What to do; empty if the rule names nothing.")
      .def("to_dict", rule_dict, nb::sig("def to_dict(self) -> dict[str, typing.Any]"),
           "All of it, texts by language.")
      .def("__repr__", [](const PyRule& self) {
        return "<eraudit.Rule '" + self.get().id + "' version " +
               std::to_string(self.get().version) + ", " + std::string(to_text(self.get().status)) +
               ">";
      });

  nb::class_<PyRules>(m, "Rules",
                      "Rules, loaded and checked, ordered by id. Made by `load_rules`. Immutable, "
                      "a cheap handle; safe from many threads.")
      .def_prop_ro(
          "ids", [](const PyRules& self) { return all_ids(self.value); },
          nb::sig("def ids(self) -> list[str]"),
          "In order: position i is the rule with the number i.")
      .def_prop_ro(
          "packs",
          [](const PyRules& self) {
            nb::list out;
            for (const Pack& pack : self.value.packs()) {
              nb::dict item;
              item["id"] = py_text(pack.id);
              item["version"] = py_text(pack.version);
              item["title"] = py_local_text(pack.title);
              item["licence"] = py_text(pack.licence);
              item["sha256"] = py_text(pack.sha256);
              out.append(item);
            }
            return out;
          },
          nb::sig("def packs(self) -> list[dict[str, typing.Any]]"),
          "The packs they come from: id, version, title, licence, digest.")
      .def_prop_ro(
          "languages", [](const PyRules& self) { return texts(languages_of(self.value)); },
          nb::sig("def languages(self) -> list[str]"),
          "Tags of the languages that their texts are in: `en`, `fr`, `es`, then others.")
      .def_prop_ro(
          "schema",
          [](const PyRules& self) {
            return PySchema{self.value.schema(), nullptr};
          },
          "The schema they were checked against.")
      .def_prop_ro(
          "diagnostics",
          [](const PyRules& self) {
            return self.warnings ? py_diagnostics(*self.warnings) : nb::list();
          },
          nb::sig("def diagnostics(self) -> list[eraudit.Diagnostic]"), "Warnings of the loader.")
      .def(
          "select",
          [](const PyRules& self, const std::vector<std::string>& ids) {
            return PyRules{self.value.select(ids), self.warnings};
          },
          nb::arg("ids"), nb::sig("def select(self, ids: collections.abc.Sequence[str]) -> Rules"),
          "Only the rules with these ids or beginnings of ids (`recruitment-fees`). Raises "
          "BadArgumentError with the nearest id for one that selects nothing.")
      .def("__len__", [](const PyRules& self) { return self.value.size(); })
      .def(
          "__getitem__",
          [](const PyRules& self, nb::handle id) -> PyRule {
            std::int64_t index = 0;
            if (nb::try_cast<std::int64_t>(id, index, false)) {
              const auto size = static_cast<std::int64_t>(self.value.size());
              if (index < 0) index += size;
              if (index < 0 || index >= size) throw nb::index_error("no rule has this number");
              return {self, static_cast<std::uint32_t>(index)};
            }
            return {self, rule_named(self.value, id)};
          },
          nb::arg("rule"), nb::sig("def __getitem__(self, rule: str | int, /) -> Rule"),
          "By id or number.")
      .def(
          "__contains__",
          [](const PyRules& self, nb::handle id) {
            return nb::isinstance<nb::str>(id) &&
                   self.value.find(nb::cast<std::string_view>(id)).has_value();
          },
          nb::sig("def __contains__(self, id: object, /) -> bool"))
      .def(
          "__iter__",
          [](const PyRules& self) {
            nb::list out;
            for (std::uint32_t i = 0; i < self.value.size(); ++i) out.append(PyRule{self, i});
            return nb::iter(out);
          },
          nb::sig("def __iter__(self) -> collections.abc.Iterator[Rule]"))
      .def("__repr__", [](const PyRules& self) {
        std::string out = "<eraudit.Rules: " + several(self.value.size(), "rule");
        for (const Pack& pack : self.value.packs()) out += ", " + pack.id + " " + pack.version;
        return out + ">";
      });

  m.def("_load_rules", load, nb::arg("what"), nb::arg("texts"), nb::arg("schema").none(),
        nb::arg("only").none(), nb::arg("limits"));
  m.def("builtin_packs", builtin_packs, "Names of the packs that are part of the library.");
}

}  // namespace eraudit::python
