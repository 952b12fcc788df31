#include "eraudit/network/network.hpp"

#include <nanobind/ndarray.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include "common.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/network/write.hpp"
#include "python_names.hpp"

namespace eraudit::python {
namespace {

SchemaPtr schema_or_default(const std::optional<PySchema>& schema) {
  return schema ? schema->value : recruitment_schema();
}

bool looks_like_json(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '{';
}

template <class Function>
PyNetwork reading(const std::optional<PySchema>& schema, const Function& read) {
  const auto made = [&] {
    const nb::gil_scoped_release release;
    return read();
  }();
  const Warnings warnings = warnings_of(made);
  return {require(made), warnings, file_of(schema)};
}

PyNetwork read_path(const std::string& path, const std::optional<PySchema>& schema,
                    const LimitsDict& limits) {
  const ReadOptions options{schema_or_default(schema), limits_from(limits)};
  return reading(schema, [&] { return read_network(path, options); });
}

Checked<DocumentPtr> read_text(std::string name, std::string text, const Limits& limits) {
  const bool json = looks_like_json(text);
  auto source = std::make_shared<const Source>(std::move(name), std::move(text));
  return json ? read_json(std::move(source), limits) : read_yaml(std::move(source), limits);
}

PyNetwork read_document_text(std::string name, std::string text,
                             const std::optional<PySchema>& schema, const LimitsDict& limits) {
  const ReadOptions options{schema_or_default(schema), limits_from(limits)};
  return reading(schema, [&]() -> Checked<Network> {
    const auto document = read_text(std::move(name), std::move(text), options.limits);
    if (!document) return document.diagnostics();
    return read_network(**document, options);
  });
}

PySchema read_schema_from(const std::optional<std::string>& path, std::string text) {
  SchemaFile file;
  const auto made = [&]() -> Checked<SchemaPtr> {
    const nb::gil_scoped_release release;
    const auto document = path ? read_document(*path) : read_text("<text>", std::move(text), {});
    if (!document) return document.diagnostics();
    file = std::make_shared<const RunFile>(run_file(RunFile::Role::schema, (*document)->source()));
    return read_schema(**document, recruitment_schema());
  }();
  return {require(made), file};
}

KindId kind_named(const Schema& schema, std::string_view name) {
  if (const auto found = schema.find_kind(name)) return *found;
  std::vector<std::string_view> names;
  for (const NodeKind& kind : schema.kinds()) names.emplace_back(kind.name);
  bad_argument("no kind of node is called '" + std::string(name) + "'; " + suggest(name, names));
}

EdgeKindId edge_named(const Schema& schema, std::string_view name) {
  if (const auto found = schema.find_edge(name)) return *found;
  std::vector<std::string_view> names;
  for (const EdgeKind& kind : schema.edges()) names.emplace_back(kind.name);
  bad_argument("no kind of edge is called '" + std::string(name) + "'; " + suggest(name, names));
}

template <class Id>
nb::dict cells_of(const Network& network, Id id, const std::vector<Attribute>& attributes) {
  nb::dict out;
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    const Cell cell = network.cell(id, AttributeId{static_cast<std::uint16_t>(i)});
    if (cell.state != CellState::unknown) out[py_text(attributes[i].name)] = py_cell(cell);
  }
  return out;
}

nb::dict attributes_of(const std::vector<Attribute>& attributes) {
  nb::dict out;
  for (const Attribute& attribute : attributes) {
    out[py_text(attribute.name)] = py_text(to_text(attribute.type));
  }
  return out;
}

nb::dict node_counts(const Network& network) {
  nb::dict out;
  const auto kinds = network.schema().kinds();
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const std::size_t count = network.nodes(KindId{static_cast<std::uint16_t>(i)}).size();
    if (count != 0) out[py_text(kinds[i].name)] = count;
  }
  return out;
}

nb::dict edge_counts(const Network& network) {
  std::vector<std::size_t> counts(network.schema().edges().size());
  for (const EdgeTable& table : network.tables()) counts[table.kind.index] += table.size();
  nb::dict out;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] != 0) out[py_text(network.schema().edges()[i].name)] = counts[i];
  }
  return out;
}

nb::list ids_of(const Network& network, const std::optional<std::string>& kind) {
  IdRange<NodeId> range{0, static_cast<std::uint32_t>(network.node_count())};
  if (kind) range = network.nodes(kind_named(network.schema(), *kind));
  nb::list out;
  for (const NodeId node : range) out.append(py_text(network.id(node)));
  return out;
}

nb::list edges_of(const Network& network, std::string_view name) {
  const EdgeKindId kind = edge_named(network.schema(), name);
  const auto& attributes = network.schema().edge(kind).attributes;
  nb::list out;
  for (const EdgeTable& table : network.tables()) {
    if (table.kind != kind) continue;
    for (std::uint32_t row = 0; row < table.size(); ++row) {
      const EdgeId edge{table.first + row};
      nb::dict item;
      item["from"] = py_text(network.id(network.from(edge)));
      item["to"] = py_text(network.id(network.to(edge)));
      for (const auto& [key, value] : cells_of(network, edge, attributes)) item[key] = value;
      out.append(item);
    }
  }
  return out;
}

nb::list sources_of(const Network& network) {
  nb::list out;
  for (const SourceRecord& record : network.sources().subspan(1)) {
    nb::dict item;
    item["id"] = py_text(record.id);
    item["class"] = py_text(record.source_class);
    item["date"] = py_date(record.date);
    item["ref"] = py_text(record.ref);
    for (const auto& [key, value] : record.details) item[py_text(key)] = py_text(value);
    out.append(item);
  }
  return out;
}

std::string representation(const Network& network) {
  std::string kinds;
  for (std::uint16_t k = 0; k < network.schema().kinds().size(); ++k) {
    const std::size_t count = network.nodes(KindId{k}).size();
    if (count == 0) continue;
    kinds += (kinds.empty() ? " (" : ", ") + std::to_string(count) + " " +
             network.schema().kinds()[k].name;
  }
  if (!kinds.empty()) kinds += ")";
  std::string out = "<eraudit.Network: " + several(network.node_count(), "node") + kinds + ", " +
                    several(network.edge_count(), "edge");
  if (network.as_of()) out += ", as of " + to_text(*network.as_of());
  return out + ">";
}

}  // namespace

NodeId node_named(const Network& network, nb::handle id) {
  if (nb::isinstance<nb::str>(id)) {
    const auto text = nb::cast<std::string_view>(id);
    if (const auto found = network.find(text)) return *found;
    const std::string message = "no node has the id '" + std::string(text) + "'";
    // The nearest of many ids costs more than it helps.
    if (network.node_count() > 10'000) bad_argument(message);
    std::vector<std::string_view> ids;
    for (std::uint32_t i = 0; i < network.node_count(); ++i) ids.push_back(network.id(NodeId{i}));
    bad_argument(message + (ids.empty() ? "" : "; " + suggest(text, ids)));
  }
  std::uint32_t index = 0;
  if (nb::isinstance<nb::bool_>(id) || !nb::try_cast<std::uint32_t>(id, index, true)) {
    throw nb::type_error("a node is given by its id (str) or its number (int)");
  }
  if (index >= network.node_count()) {
    bad_argument("there is no node " + std::to_string(index) + ": the network has " +
                 std::to_string(network.node_count()));
  }
  return {index};
}

void bind_network(nb::module_& m) {
  nb::class_<PySchema>(
      m, "Schema",
      "What a network may say: kinds of nodes and edges, and their attributes. Immutable; safe "
      "from many threads.")
      .def_prop_ro(
          "name", [](const PySchema& self) { return self.value->name(); }, "As its file names it.")
      .def_prop_ro(
          "kinds",
          [](const PySchema& self) {
            nb::list out;
            for (const NodeKind& kind : self.value->kinds()) out.append(py_text(kind.name));
            return out;
          },
          nb::sig("def kinds(self) -> list[str]"), "Names of the kinds of nodes.")
      .def_prop_ro(
          "edges",
          [](const PySchema& self) {
            nb::list out;
            for (const EdgeKind& kind : self.value->edges()) out.append(py_text(kind.name));
            return out;
          },
          nb::sig("def edges(self) -> list[str]"), "Names of the kinds of edges.")
      .def(
          "attributes",
          [](const PySchema& self, std::string_view kind) {
            if (const auto edge = self.value->find_edge(kind)) {
              return attributes_of(self.value->edge(*edge).attributes);
            }
            return attributes_of(self.value->kind(kind_named(*self.value, kind)).attributes);
          },
          nb::arg("kind"), nb::sig("def attributes(self, kind: str) -> dict[str, str]"),
          "Attributes of a kind of nodes or edges with their types (`bool int double string enum "
          "date money`, `list(string)`, `list(enum)`). Raises BadArgumentError for an unknown "
          "kind.")
      .def(
          "lists",
          [](const PySchema& self, std::string_view kind) {
            const KindId of = kind_named(*self.value, kind);
            nb::list out;
            for (const ListId list : self.value->lists(of)) {
              out.append(py_text(self.value->end(list).edges));
            }
            return out;
          },
          nb::arg("kind"), nb::sig("def lists(self, kind: str) -> list[str]"),
          "Names of the edge lists of a kind of nodes, as `complete` takes them: `fees`.")
      .def("__repr__", [](const PySchema& self) {
        return "<eraudit.Schema '" + self.value->name() +
               "': " + std::to_string(self.value->kinds().size()) + " kinds of nodes, " +
               std::to_string(self.value->edges().size()) + " of edges>";
      });

  nb::class_<PyNetwork>(
      m, "Network",
      "Suppliers, recruiters and the workers they recruit: an immutable graph under a schema. "
      "Made by `read_network` and `network`. A cheap handle; safe from many threads.")
      .def_prop_ro(
          "node_count", [](const PyNetwork& self) { return self.value.node_count(); },
          "Nodes of all kinds.")
      .def_prop_ro(
          "edge_count", [](const PyNetwork& self) { return self.value.edge_count(); },
          "Edges of all kinds.")
      .def_prop_ro(
          "as_of", [](const PyNetwork& self) { return py_date(self.value.as_of()); },
          nb::sig("def as_of(self) -> datetime.date | None"),
          "The day the network speaks of, if it says one.")
      .def_prop_ro(
          "schema",
          [](const PyNetwork& self) {
            return PySchema{self.value.schema_ptr(), self.schema_file};
          },
          "The schema it was read under.")
      .def_prop_ro(
          "nodes", [](const PyNetwork& self) { return node_counts(self.value); },
          nb::sig("def nodes(self) -> dict[str, int]"),
          "How many nodes there are of each kind that has some.")
      .def_prop_ro(
          "edges", [](const PyNetwork& self) { return edge_counts(self.value); },
          nb::sig("def edges(self) -> dict[str, int]"),
          "How many edges there are of each kind that has some.")
      .def_prop_ro(
          "sources", [](const PyNetwork& self) { return sources_of(self.value); },
          nb::sig("def sources(self) -> list[dict[str, typing.Any]]"),
          "Who said something: id, class, date, ref and details, ordered by id.")
      .def_prop_ro(
          "inputs",
          [](const PyNetwork& self) {
            nb::list out;
            for (const Network::InputFile& file : self.value.inputs()) {
              nb::dict item;
              item["path"] = py_text(file.path);
              item["sha256"] = py_text(file.sha256);
              item["bytes"] = file.bytes;
              item["rows"] = file.rows;
              out.append(item);
            }
            return out;
          },
          nb::sig("def inputs(self) -> list[dict[str, typing.Any]]"),
          "Files or tables it was read from, with digests; what tables contained is "
          "digested the same however it was stored.")
      .def_prop_ro(
          "memory_bytes", [](const PyNetwork& self) { return self.value.memory_bytes(); },
          "What it holds in memory, in bytes.")
      .def_prop_ro(
          "diagnostics",
          [](const PyNetwork& self) {
            return self.warnings ? py_diagnostics(*self.warnings) : nb::list();
          },
          nb::sig("def diagnostics(self) -> list[eraudit.Diagnostic]"), "Warnings of the reader.")
      .def(
          "ids",
          [](const PyNetwork& self, const std::optional<std::string>& kind) {
            return ids_of(self.value, kind);
          },
          nb::arg("kind") = nb::none(),
          nb::sig("def ids(self, kind: str | None = None) -> list[str]"),
          "Ids of all nodes, or of those of one kind. Position i of all ids is the node with the "
          "number i, as columns of findings and verdicts give it. O(nodes).")
      .def(
          "kind",
          [](const PyNetwork& self, nb::handle node) {
            const NodeId id = node_named(self.value, node);
            return self.value.schema().kind(self.value.kind(id)).name;
          },
          nb::arg("node"), nb::sig("def kind(self, node: str | int) -> str"),
          "Kind of a node, given by id or number. Raises BadArgumentError if there is none.")
      .def(
          "number",
          [](const PyNetwork& self, nb::handle node) { return node_named(self.value, node).index; },
          nb::arg("node"), nb::sig("def number(self, node: str | int) -> int"),
          "Number of the node with this id; of this network only. O(1).")
      .def(
          "node",
          [](const PyNetwork& self, nb::handle node) {
            const NodeId id = node_named(self.value, node);
            const auto& kind = self.value.schema().kind(self.value.kind(id));
            return cells_of(self.value, id, kind.attributes);
          },
          nb::arg("node"), nb::sig("def node(self, node: str | int) -> dict[str, typing.Any]"),
          "What is known of a node, by attribute. Unknown attributes are not there; None is known "
          "not to exist. Money is Money, days are dates, `900..1400 USD` is a Range. What sources "
          "dispute is not there either.")
      .def(
          "edges_of",
          [](const PyNetwork& self, std::string_view kind) { return edges_of(self.value, kind); },
          nb::arg("kind"), nb::sig("def edges_of(self, kind: str) -> list[dict[str, typing.Any]]"),
          "All edges of a kind: from, to, and what is known, as in `node`. O(edges).")
      .def(
          "origin",
          [](const PyNetwork& self, nb::handle node) -> nb::object {
            const Origin origin = self.value.origin(node_named(self.value, node));
            if (origin.line == 0) return nb::none();
            return nb::make_tuple(py_text(origin.file), origin.line);
          },
          nb::arg("node"), nb::sig("def origin(self, node: str | int) -> tuple[str, int] | None"),
          "File and line, or table and row, that a node comes from.")
      .def(
          "to_yaml",
          [](const PyNetwork& self) {
            const nb::gil_scoped_release release;
            return write_network_yaml(self.value);
          },
          "As native YAML; reads back as the same network.")
      .def(
          "to_json",
          [](const PyNetwork& self) {
            const nb::gil_scoped_release release;
            return write_network_json(self.value);
          },
          "The same as JSON.")
      .def(
          "_write_folder",
          [](const PyNetwork& self, const std::string& path, bool overwrite) {
            const nb::gil_scoped_release release;
            write_network_folder(self.value, path, overwrite ? Overwrite::yes : Overwrite::no);
          },
          nb::arg("path"), nb::arg("overwrite"))
      .def("__len__", [](const PyNetwork& self) { return self.value.node_count(); })
      .def(
          "__contains__",
          [](const PyNetwork& self, nb::handle id) {
            return nb::isinstance<nb::str>(id) &&
                   self.value.find(nb::cast<std::string_view>(id)).has_value();
          },
          nb::sig("def __contains__(self, id: object, /) -> bool"))
      .def(
          "_repr_html_",
          [](nb::handle self) { return python_function("_html", "network_html")(self); },
          nb::sig("def _repr_html_(self) -> str"))
      .def("__repr__", [](const PyNetwork& self) { return representation(self.value); });

  m.def("_read_network", read_path, nb::arg("path"), nb::arg("schema").none(), nb::arg("limits"));
  m.def("_read_network_text", read_document_text, nb::arg("name"), nb::arg("text"),
        nb::arg("schema").none(), nb::arg("limits"));
  m.def("_read_schema", read_schema_from, nb::arg("path").none(), nb::arg("text"));
  m.def("_recruitment_schema", [] { return PySchema{recruitment_schema(), nullptr}; });
}

}  // namespace eraudit::python
