// Networks from tables in memory: what Python hands over becomes cells.

#include <cmath>
#include <deque>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>

#include "arrow.hpp"
#include "common.hpp"
#include "table_reader.hpp"

namespace eraudit::python {
namespace {

/// A column of Python objects, looked at once, with the GIL.
class ObjectCells : public Cells {
 public:
  ObjectCells(const std::string& table, const std::string& column, const nb::object& items)
      : table_(table), column_(column) {
    const nb::object datetime = nb::module_::import_("datetime");
    date_ = datetime.attr("date");
    moment_ = datetime.attr("datetime");
    decimal_ = nb::module_::import_("decimal").attr("Decimal");
    for (const nb::handle item : items) values_.push_back(value_of(nb::borrow(item)));
    date_.reset();
    moment_.reset();
    decimal_.reset();
  }
  [[nodiscard]] std::size_t size() const noexcept { return values_.size(); }
  [[nodiscard]] std::string type() const { return type_.empty() ? "null" : type_; }

  void read(std::int64_t row, Value& out) const override {
    out = values_[static_cast<std::size_t>(row)];
  }

 private:
  [[noreturn]] void refuse(const std::string& what) {
    throw Error(ErrorCode::bad_argument, table_ + ": row " + std::to_string(values_.size() + 1) +
                                             ", column '" + column_ + "': " + what);
  }

  std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }

  std::string_view text_of(const nb::object& item) {
    Py_ssize_t size = 0;
    const char* bytes = PyUnicode_AsUTF8AndSize(item.ptr(), &size);
    if (bytes == nullptr) {
      PyErr_Clear();
      refuse("this text has lone surrogates and is no Unicode text");
    }
    return keep(std::string(bytes, static_cast<std::size_t>(size)));
  }

  static std::string type_name(const nb::object& item) {
    return nb::cast<std::string>(item.type().attr("__name__"));
  }

  static std::int64_t number_of(const nb::object& owner, const char* name) {
    return nb::cast<std::int64_t>(owner.attr(name));
  }

  static std::int64_t days_of(const nb::object& date) {
    return number_of(nb::borrow(date.attr("toordinal")()), "real") - 719'163;
  }

  Value value_of(nb::object item) {
    Value value;
    if (item.is_none()) return value;
    using Kind = Value::Kind;
    if (PyBool_Check(item.ptr())) {
      name_type("bool");
      value.kind = Kind::boolean;
      value.integer = item.ptr() == Py_True ? 1 : 0;
    } else if (PyLong_Check(item.ptr())) {
      name_type("int");
      int overflow = 0;
      value.integer = PyLong_AsLongLongAndOverflow(item.ptr(), &overflow);
      if (overflow < 0) refuse("is smaller than -9223372036854775808");
      value.kind = overflow != 0 ? Kind::large : Kind::integer;
    } else if (PyFloat_Check(item.ptr())) {
      value.number = PyFloat_AsDouble(item.ptr());
      if (std::isnan(value.number)) return value;
      name_type("float");
      value.kind = Kind::number;
    } else if (PyUnicode_Check(item.ptr())) {
      name_type("str");
      value.kind = Kind::text;
      value.text = text_of(item);
    } else if (nb::isinstance(item, moment_)) {
      if (type_name(item) == "NaTType") return value;  // pandas.NaT calls itself a datetime
      name_type("datetime");
      if (!item.attr("tzinfo").is_none()) {
        const nb::object offset = item.attr("utcoffset")();
        if (!offset.is_none() && nb::cast<bool>(nb::bool_(offset))) {
          refuse("is a moment in a time zone, and no day follows from it: use dates");
        }
      }
      value.kind = Kind::moment;
      value.scale = 86'400'000'000;
      value.integer = days_of(item) * value.scale +
                      ((number_of(item, "hour") * 60 + number_of(item, "minute")) * 60 +
                       number_of(item, "second")) *
                          1'000'000 +
                      number_of(item, "microsecond");
    } else if (nb::isinstance(item, date_)) {
      name_type("date");
      value.kind = Kind::date;
      value.integer = days_of(item);
    } else if (nb::isinstance(item, decimal_)) {
      if (nb::cast<bool>(item.attr("is_nan")())) return value;
      if (!nb::cast<bool>(item.attr("is_finite")())) refuse("is infinite, which is no number");
      name_type("Decimal");
      value.kind = Kind::decimal;
      value.text =
          text_of(nb::borrow(nb::module_::import_("builtins").attr("format")(item, nb::str("f"))));
    } else if (nb::isinstance<Money>(item)) {
      name_type("Money");
      value.kind = Kind::text;
      value.text = keep(to_text(nb::cast<const Money&>(item)));
    } else if (nb::isinstance<nb::list>(item) || nb::isinstance<nb::tuple>(item)) {
      name_type("list");
      value.kind = Kind::texts;
      for (const nb::handle part : item) {
        if (!PyUnicode_Check(part.ptr())) refuse("a list takes texts");
        value.texts.push_back(text_of(nb::borrow(part)));
      }
    } else if (nb::hasattr(item, "item") && nb::hasattr(item, "dtype")) {
      return value_of(nb::borrow(item.attr("item")()));  // a scalar of NumPy
    } else if (type_name(item) == "NAType") {
      return value;
    } else {
      refuse("a cell cannot be of the type " + type_name(item) +
             "; it takes bool, int, float, Decimal, str, date, Money, a list of texts or None");
    }
    return value;
  }

  void name_type(const char* name) {
    if (type_.empty()) type_ = name;
  }

  std::string table_;
  std::string column_;
  std::string type_;
  nb::object date_;
  nb::object moment_;
  nb::object decimal_;
  std::vector<Value> values_;
  std::deque<std::string> texts_;
};

/// `{'id': [..], 'workers': [..]}`: columns of one length.
std::unique_ptr<Table> object_table(const std::string& name, const nb::dict& columns) {
  auto table = std::make_unique<Table>();
  table->name = name;
  Table::Batch batch;
  bool first = true;
  for (const auto& [key, items] : columns) {
    if (!PyUnicode_Check(key.ptr())) bad_argument(name + ": names of columns are texts");
    const std::string column = nb::cast<std::string>(key);
    auto cells = std::make_unique<ObjectCells>(name, column, nb::borrow(items));
    const auto rows = static_cast<std::int64_t>(cells->size());
    if (!first && rows != batch.rows) {
      bad_argument(name + ": the column '" + column + "' has " + std::to_string(rows) +
                   " rows, the others have " + std::to_string(batch.rows));
    }
    first = false;
    batch.rows = rows;
    table->columns.push_back(column);
    table->types.push_back(cells->type());
    batch.columns.push_back(std::move(cells));
  }
  table->batches.push_back(std::move(batch));
  return table;
}

template <class T>
ArrowOwner<T> from_capsule(const std::string& table, nb::handle capsule, const char* name) {
  auto* found = static_cast<T*>(PyCapsule_GetPointer(capsule.ptr(), name));
  if (found == nullptr) {
    PyErr_Clear();
    bad_argument(table + ": the table handed over no '" + name + "'");
  }
  if (found->release == nullptr) {
    bad_argument(table + ": what the table handed over was used already");
  }
  return ArrowOwner<T>::take(*found);
}

/// A table as `_tables.export` hands it over, not read yet if it is a stream.
struct Pending {
  std::string name;
  ArrowOwner<ArrowArrayStream> stream;
  std::unique_ptr<Table> table;

  /// Without the GIL: streams may do their work now.
  std::unique_ptr<Table> open() {
    return table ? std::move(table) : arrow_table(name, std::move(stream));
  }
};

Pending pending(const std::string& name, const nb::object& exported) {
  Pending out;
  out.name = name;
  if (nb::isinstance<nb::dict>(exported)) {
    out.table = object_table(name, nb::cast<nb::dict>(exported));
  } else if (nb::isinstance<nb::tuple>(exported)) {
    auto schema = from_capsule<ArrowSchema>(name, exported[0], "arrow_schema");
    auto batch = from_capsule<ArrowArray>(name, exported[1], "arrow_array");
    out.table = arrow_table(name, std::move(schema), std::move(batch));
  } else {
    out.stream = from_capsule<ArrowArrayStream>(name, exported, "arrow_array_stream");
  }
  return out;
}

struct PendingOf {
  std::string kind;
  Pending table;
};

/// (kind, name, what `_tables.export` made of it)
using TableList = nb::typed<nb::list, nb::typed<nb::tuple, nb::str, nb::str, nb::object>>;

std::vector<PendingOf> all_pending(const TableList& tables) {
  std::vector<PendingOf> out;
  for (const nb::handle entry : tables) {
    const std::string kind = nb::cast<std::string>(entry[0]);
    out.push_back({kind, pending(nb::cast<std::string>(entry[1]), nb::borrow(entry[2]))});
  }
  return out;
}

PyNetwork network(const TableList& nodes, const TableList& edges, const nb::object& complete,
                  const std::optional<PyNetwork>& sources, std::optional<std::string> as_of,
                  const std::optional<PySchema>& schema, const LimitsDict& limits) {
  const Limits bounds = limits_from(limits);
  std::vector<PendingOf> of_nodes = all_pending(nodes);
  std::vector<PendingOf> of_edges = all_pending(edges);
  std::optional<Pending> of_complete;
  if (!complete.is_none()) of_complete = pending("complete", complete);
  NetworkTables tables;
  if (as_of) tables.as_of = day_from(*as_of);
  if (sources) {
    const auto records = sources->value.sources();
    tables.sources.assign(records.begin() + 1, records.end());  // the first is "none named"
  }
  const auto made = [&] {
    const nb::gil_scoped_release release;
    for (PendingOf& of : of_nodes) tables.nodes.push_back({of.kind, of.table.open()});
    for (PendingOf& of : of_edges) tables.edges.push_back({of.kind, of.table.open()});
    if (of_complete) tables.complete = of_complete->open();
    return read_tables(schema ? schema->value : recruitment_schema(), std::move(tables), bounds);
  }();
  const Warnings warnings = warnings_of(made);
  return {require(made), warnings, file_of(schema)};
}

}  // namespace

void bind_tables(nb::module_& m) {
  m.def("_network", network, nb::arg("nodes"), nb::arg("edges"), nb::arg("complete").none(),
        nb::arg("sources").none(), nb::arg("as_of").none(), nb::arg("schema").none(),
        nb::arg("limits"));
}

}  // namespace eraudit::python
