#include "common.hpp"

#include <exception>
#include <nanobind/ndarray.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <span>
#include <variant>

#include "eraudit/core/suggest.hpp"
#include "eraudit/network/write.hpp"

namespace eraudit::python {
namespace {

struct LimitName {
  const char* name;
  std::uint64_t (*get)(const Limits&);
  void (*set)(Limits&, std::uint64_t);
};

#define ERAUDIT_LIMIT(member)                                                          \
  LimitName {                                                                          \
#member, [](const Limits& limits) { return std::uint64_t(limits.member); },          \
        [](Limits& limits, std::uint64_t value) {                                    \
          limits.member = static_cast<decltype(limits.member)>(value);               \
        } \
  }

constexpr LimitName limit_names[] = {
    ERAUDIT_LIMIT(rule_file_bytes),
    ERAUDIT_LIMIT(data_file_bytes),
    ERAUDIT_LIMIT(document_depth),
    ERAUDIT_LIMIT(document_nodes),
    ERAUDIT_LIMIT(alias_uses),
    ERAUDIT_LIMIT(alias_growth),
    ERAUDIT_LIMIT(scalar_bytes),
    ERAUDIT_LIMIT(identifier_bytes),
    ERAUDIT_LIMIT(keys_per_map),
    ERAUDIT_LIMIT(csv_columns),
    ERAUDIT_LIMIT(csv_field_bytes),
    ERAUDIT_LIMIT(csv_rows),
    ERAUDIT_LIMIT(nodes),
    ERAUDIT_LIMIT(edges),
    ERAUDIT_LIMIT(rules),
    ERAUDIT_LIMIT(expression_code_points),
    ERAUDIT_LIMIT(expression_depth),
    ERAUDIT_LIMIT(regex_pattern_bytes),
    ERAUDIT_LIMIT(regex_memory_bytes),
    ERAUDIT_LIMIT(fuel),
    ERAUDIT_LIMIT(rule_fuel),
    ERAUDIT_LIMIT(value_bytes),
    ERAUDIT_LIMIT(facts_per_verdict),
    ERAUDIT_LIMIT(witnesses),
    ERAUDIT_LIMIT(message_bytes),
    ERAUDIT_LIMIT(findings),
    ERAUDIT_LIMIT(diagnostics_per_file),
    ERAUDIT_LIMIT(diagnostics),
};
#undef ERAUDIT_LIMIT

const char* exception_name(ErrorCode code) {
  switch (code) {
    case ErrorCode::bad_argument:
      return "BadArgumentError";
    case ErrorCode::no_such_file:
      return "NoSuchFileError";
    case ErrorCode::file_exists:
    case ErrorCode::cannot_write:
      return "CannotWriteError";
    case ErrorCode::bad_content:
      return "LoadError";
    case ErrorCode::limit_exceeded:
      return "LimitExceededError";
    case ErrorCode::internal:
      return "InternalError";
  }
  return "InternalError";
}

void translate(const std::exception_ptr& thrown, void*) {
  try {
    std::rethrow_exception(thrown);
  } catch (const Error& error) {
    const nb::object type = python_function("_errors", exception_name(error.code()));
    const nb::object made = type(py_text(error.what()));
    PyErr_SetObject(type.ptr(), made.ptr());
  }
}

}  // namespace

nb::object python_function(const char* module, const char* name) {
  return nb::module_::import_((std::string("eraudit.") + module).c_str()).attr(name);
}

nb::list py_diagnostics(const Diagnostics& diagnostics) {
  const nb::object make = python_function("_errors", "make_diagnostic");
  nb::list out;
  for (const Diagnostic& item : diagnostics.items()) {
    out.append(make(py_text(to_text(item.level)), py_text(item.id), py_text(item.message),
                    py_text(item.help), py_text(item.file), item.position.line,
                    item.position.column, item.width, py_text(item.line), py_text(to_text(item))));
  }
  return out;
}

void throw_load_error(const Diagnostics& diagnostics) {
  const nb::object type = python_function("_errors", "LoadError");
  const nb::object made =
      type(py_text(to_text(diagnostics)), py_diagnostics(diagnostics), diagnostics.dropped());
  PyErr_SetObject(type.ptr(), made.ptr());
  throw nb::python_error();
}

Limits limits_from(const nb::dict& given) {
  Limits limits;
  for (const auto& [key, value] : given) {
    const std::string name = nb::cast<std::string>(nb::str(key));
    const LimitName* found = nullptr;
    for (const LimitName& limit : limit_names) {
      if (name == limit.name) found = &limit;
    }
    if (found == nullptr) {
      std::vector<std::string_view> names;
      for (const LimitName& limit : limit_names) names.emplace_back(limit.name);
      bad_argument("there is no limit '" + name + "'; " + suggest(name, names));
    }
    std::uint64_t number = 0;
    if (nb::isinstance<nb::bool_>(value) || !nb::try_cast<std::uint64_t>(value, number, false) ||
        number > (std::uint64_t{1} << 62)) {
      bad_argument("the limit '" + name + "' takes a whole number of 0 or more");
    }
    found->set(limits, number);
  }
  return limits;
}

LimitsDict limits_to_dict(const Limits& limits) {
  LimitsDict out;
  for (const LimitName& limit : limit_names) out[limit.name] = limit.get(limits);
  return out;
}

Date day_from(std::string_view iso) {
  if (const auto date = parse_date(iso)) return *date;
  bad_argument("'" + std::string(iso) + "' is not a day; write it as 2026-06-30");
}

nb::object py_date(Date date) {
  const CivilDate civil = civil_from_date(date);
  return nb::module_::import_("datetime").attr("date")(civil.year, civil.month, civil.day);
}

nb::object py_date(const std::optional<Date>& date) {
  return date ? py_date(*date) : nb::none();
}

nb::object py_value(const CellValue& value) {
  return std::visit(
      [](const auto& item) -> nb::object {
        using T = std::decay_t<decltype(item)>;
        if constexpr (std::is_same_v<T, std::string>) {
          return py_text(item);
        } else if constexpr (std::is_same_v<T, Date>) {
          return py_date(item);
        } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
          nb::list out;
          for (const std::string& text : item) out.append(py_text(text));
          return nb::tuple(out);
        } else {
          return nb::cast(item);
        }
      },
      value);
}

nb::object py_cell(const Cell& cell) {
  switch (cell.state) {
    case CellState::unknown:
    case CellState::absent:
      return nb::none();
    case CellState::known:
      return py_value(cell.low);
    case CellState::range:
      break;
  }
  return python_function("_types", "Range")(py_value(cell.low), py_value(cell.high),
                                            cell.typical ? py_value(*cell.typical) : nb::none());
}

nb::dict py_local_text(const LocalText& text) {
  nb::dict out;
  for (const auto& [language, words] : text.all()) out[py_text(language)] = py_text(words);
  return out;
}

nb::object owned_array(std::vector<std::uint8_t> values, std::vector<std::size_t> shape) {
  auto* kept = new std::vector<std::uint8_t>(std::move(values));
  const nb::capsule owner(
      kept, [](void* p) noexcept { delete static_cast<std::vector<std::uint8_t>*>(p); });
  using Array = nb::ndarray<nb::numpy, const std::uint8_t>;
  return nb::cast(Array(kept->data(), shape.size(), shape.data(), owner));
}

nb::object owned_array(std::vector<std::uint32_t> values) {
  auto* kept = new std::vector<std::uint32_t>(std::move(values));
  const nb::capsule owner(
      kept, [](void* p) noexcept { delete static_cast<std::vector<std::uint32_t>*>(p); });
  using Array = nb::ndarray<nb::numpy, const std::uint32_t>;
  return nb::cast(Array(kept->data(), {kept->size()}, owner));
}

void bind_common(nb::module_& m) {
  nb::register_exception_translator(translate);
  m.def("_limits", [] { return limits_to_dict(Limits{}); });
  m.def(
      "_set_leak_warnings", [](bool on) { nb::set_leak_warnings(on); }, nb::arg("on"),
      "For tests: say at exit what was not released.");

  nb::class_<Money>(m, "Money",
                    "Exact money: whole minor units of an ISO 4217 currency. Immutable, hashable; "
                    "`str()` writes it as files do, `145000 NPR`.")
      .def(
          "__init__",
          [](Money* self, std::int64_t minor, std::string_view currency) {
            const auto found = Currency::from_code(currency);
            if (!found) {
              bad_argument("'" + std::string(currency) + "' is no code of ISO 4217");
            }
            new (self) Money{minor, *found};
          },
          nb::arg("minor"), nb::arg("currency"),
          "`minor` units (cents, paisa) of `currency` (`NPR`). Raises BadArgumentError for a code "
          "that ISO 4217 does not have.")
      .def_ro("minor", &Money::minor, "In minor units: 150050 for 1500.50 MYR.")
      .def_prop_ro(
          "currency", [](const Money& money) { return money.currency.code(); },
          "Code of ISO 4217: `NPR`.")
      .def_prop_ro(
          "amount",
          [](const Money& money) {
            const nb::object decimal = nb::module_::import_("decimal").attr("Decimal")(money.minor);
            return decimal.attr("scaleb")(-money.currency.exponent());
          },
          nb::sig("def amount(self) -> decimal.Decimal"),
          "In major units, exactly: Decimal('1500.50').")
      .def("__str__", [](const Money& money) { return to_text(money); })
      .def("__repr__",
           [](const Money& money) {
             return "Money(" + std::to_string(money.minor) + ", '" +
                    std::string(money.currency.code()) + "')";
           })
      .def(
          "__eq__",
          [](const Money& a, nb::handle b) {
            return nb::isinstance<Money>(b) && a == nb::cast<const Money&>(b);
          },
          nb::sig("def __eq__(self, other: object, /) -> bool"))
      .def("__hash__",
           [](const Money& money) {
             return static_cast<std::int64_t>(std::hash<std::int64_t>()(money.minor) * 1'000'003U +
                                              money.currency.index()) >>
                    1;
           })
      .def(
          "__reduce__",
          [](const Money& money) {
            return nb::make_tuple(nb::type<Money>(),
                                  nb::make_tuple(money.minor, money.currency.code()));
          },
          nb::sig("def __reduce__(self) -> tuple[typing.Any, ...]"));
}

}  // namespace eraudit::python
