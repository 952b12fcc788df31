#include "arrow.hpp"

#include <array>
#include <charconv>
#include <cstring>
#include <deque>
#include <utility>

#include "eraudit/core/error.hpp"
#include "eraudit/core/text.hpp"

namespace eraudit::python {
namespace {

enum class Layout : std::uint8_t {
  nothing,
  boolean,
  int8,
  uint8,
  int16,
  uint16,
  int32,
  uint32,
  int64,
  uint64,
  float32,
  float64,
  utf8,
  large_utf8,
  utf8_view,
  date32,
  date64,
  timestamp,
  decimal,
  list,
  large_list,
  fixed_list,
  dictionary,
  unsupported,
};

/// What a column's cells are, read off its format string.
struct Type {
  Layout layout = Layout::unsupported;
  std::string shown;
  std::int64_t scale = 0;       ///< timestamp: units in a day; decimal: digits after the point
  std::int64_t width = 0;       ///< decimal: bytes; fixed list: items
  std::unique_ptr<Type> child;  ///< items of a list, values of a dictionary
  Layout index = Layout::nothing;
};

[[noreturn]] void fail(const std::string& table, const std::string& message) {
  throw Error(ErrorCode::bad_argument, table + ": " + message);
}

struct Named {
  std::string_view format;
  Layout layout;
  const char* shown;
};
constexpr std::array plain_types = {
    Named{"n", Layout::nothing, "null"},
    Named{"b", Layout::boolean, "bool"},
    Named{"c", Layout::int8, "int8"},
    Named{"C", Layout::uint8, "uint8"},
    Named{"s", Layout::int16, "int16"},
    Named{"S", Layout::uint16, "uint16"},
    Named{"i", Layout::int32, "int32"},
    Named{"I", Layout::uint32, "uint32"},
    Named{"l", Layout::int64, "int64"},
    Named{"L", Layout::uint64, "uint64"},
    Named{"f", Layout::float32, "float32"},
    Named{"g", Layout::float64, "float64"},
    Named{"u", Layout::utf8, "text"},
    Named{"U", Layout::large_utf8, "text"},
    Named{"vu", Layout::utf8_view, "text"},
    Named{"tdD", Layout::date32, "date32"},
    Named{"tdm", Layout::date64, "date64"},
    Named{"e", Layout::unsupported, "float16"},
    Named{"z", Layout::unsupported, "binary"},
    Named{"Z", Layout::unsupported, "binary"},
    Named{"vz", Layout::unsupported, "binary"},
    Named{"+s", Layout::unsupported, "struct"},
    Named{"+m", Layout::unsupported, "map"},
    Named{"+r", Layout::unsupported, "run-end encoded"},
    Named{"+vl", Layout::unsupported, "list view"},
    Named{"+vL", Layout::unsupported, "list view"},
};

bool is_integer(Layout layout) {
  return layout >= Layout::int8 && layout <= Layout::uint64;
}

std::int64_t units_in_a_day(char unit) {
  switch (unit) {
    case 's':
      return 86'400;
    case 'm':
      return 86'400'000;
    case 'u':
      return 86'400'000'000;
    case 'n':
      return 86'400'000'000'000;
    default:
      return 0;
  }
}

std::int64_t number_in(std::string_view text) {
  return parse_integer(text).value_or(0);
}

Type type_of(const ArrowSchema& schema) {
  Type type;
  const std::string_view format = schema.format == nullptr ? "" : schema.format;
  type.shown = "'" + std::string(format) + "'";
  for (const Named& named : plain_types) {
    if (named.format == format) {
      type.layout = named.layout;
      type.shown = named.shown;
    }
  }
  if (format.starts_with("ts") && format.size() >= 4 && format[3] == ':') {
    const std::string_view zone = format.substr(4);
    type.shown = zone.empty() ? "timestamp" : "timestamp in " + std::string(zone);
    // A moment in another zone is not a day of ours.
    if (zone.empty() || zone == "UTC" || zone == "+00:00" || zone == "Etc/UTC" || zone == "Z") {
      type.layout = Layout::timestamp;
      type.scale = units_in_a_day(format[2]);
    }
  } else if (format.starts_with("d:")) {
    type.shown = "decimal";
    const std::string_view numbers = format.substr(2);
    const std::size_t first = numbers.find(',');
    const std::size_t second =
        first == std::string_view::npos ? first : numbers.find(',', first + 1);
    const std::int64_t bits =
        second == std::string_view::npos ? 128 : number_in(numbers.substr(second + 1));
    if (first != std::string_view::npos && (bits == 32 || bits == 64 || bits == 128)) {
      type.scale = number_in(numbers.substr(first + 1, second - first - 1));
      type.width = bits / 8;
      if (type.scale >= 0 && type.scale <= 38) type.layout = Layout::decimal;
    }
  } else if (format == "+l" || format == "+L" || format.starts_with("+w:")) {
    if (schema.n_children == 1) {
      type.child = std::make_unique<Type>(type_of(*schema.children[0]));
      type.shown = "list of " + type.child->shown;
      const Layout of = type.child->layout;
      const bool texts = of == Layout::utf8 || of == Layout::large_utf8 ||
                         of == Layout::utf8_view || of == Layout::nothing ||
                         (of == Layout::dictionary && type.child->child->layout >= Layout::utf8 &&
                          type.child->child->layout <= Layout::utf8_view);
      if (texts) {
        type.layout = format == "+l"   ? Layout::list
                      : format == "+L" ? Layout::large_list
                                       : Layout::fixed_list;
        if (type.layout == Layout::fixed_list) type.width = number_in(format.substr(3));
      }
    }
  }
  if (schema.dictionary != nullptr) {
    Type outer;
    outer.index = type.layout;
    outer.child = std::make_unique<Type>(type_of(*schema.dictionary));
    outer.shown = "dictionary of " + outer.child->shown;
    const bool sound = is_integer(type.layout) && outer.child->layout != Layout::unsupported &&
                       outer.child->layout != Layout::dictionary;
    outer.layout = sound ? Layout::dictionary : Layout::unsupported;
    return outer;
  }
  return type;
}

template <class T>
T at(const void* buffer, std::int64_t index) noexcept {
  T out;
  std::memcpy(&out, static_cast<const char*>(buffer) + index * std::int64_t(sizeof(T)), sizeof(T));
  return out;
}

bool bit(const void* bits, std::int64_t index) noexcept {
  return ((static_cast<const unsigned char*>(bits)[index >> 3] >> (index & 7)) & 1) != 0;
}

std::int64_t integer_at(Layout layout, const void* values, std::int64_t i, bool& large) noexcept {
  switch (layout) {
    case Layout::int8:
      return at<std::int8_t>(values, i);
    case Layout::uint8:
      return at<std::uint8_t>(values, i);
    case Layout::int16:
      return at<std::int16_t>(values, i);
    case Layout::uint16:
      return at<std::uint16_t>(values, i);
    case Layout::int32:
      return at<std::int32_t>(values, i);
    case Layout::uint32:
      return at<std::uint32_t>(values, i);
    case Layout::uint64: {
      const auto value = at<std::uint64_t>(values, i);
      large = value > std::uint64_t(INT64_MAX);
      return static_cast<std::int64_t>(value);
    }
    default:
      return at<std::int64_t>(values, i);
  }
}

__extension__ typedef __int128 Signed128;
__extension__ typedef unsigned __int128 Unsigned128;

/// Of a two's complement number of `width` bytes, lowest byte first, with `scale` decimals.
std::string decimal_text(const void* values, std::int64_t index, std::int64_t width,
                         std::int64_t scale) {
  Unsigned128 bits = 0;
  bool negative = false;
  if (width == 4) {
    const auto value = at<std::int32_t>(values, index);
    negative = value < 0;
    bits = static_cast<Unsigned128>(static_cast<Signed128>(value));
  } else if (width == 8) {
    const auto value = at<std::int64_t>(values, index);
    negative = value < 0;
    bits = static_cast<Unsigned128>(static_cast<Signed128>(value));
  } else {
    const auto low = at<std::uint64_t>(values, 2 * index);
    const auto high = at<std::uint64_t>(values, 2 * index + 1);
    negative = (high >> 63) != 0;
    bits = (static_cast<Unsigned128>(high) << 64) | low;
  }
  if (negative) bits = ~bits + 1;
  std::string digits;
  do {
    digits.push_back(static_cast<char>('0' + static_cast<int>(bits % 10)));
    bits /= 10;
  } while (bits != 0);
  while (static_cast<std::int64_t>(digits.size()) <= scale) digits.push_back('0');
  std::string out = negative ? "-" : "";
  for (std::size_t i = digits.size(); i-- > 0;) {
    out.push_back(digits[i]);
    if (static_cast<std::int64_t>(i) == scale && i != 0) out.push_back('.');
  }
  return out;
}

class ArrowCells : public Cells {
 public:
  /// `offset`: of the table's rows in the array, beside the array's own.
  ArrowCells(const Type& type, const ArrowArray& array, std::int64_t offset)
      : type_(type), array_(array), offset_(offset + array.offset) {
    const bool without_bitmap = type.layout == Layout::nothing;
    validity_ = without_bitmap || array.n_buffers < 1 ? nullptr : array.buffers[0];
    if (type.layout == Layout::dictionary) {
      child_ = std::make_unique<ArrowCells>(*type.child, *array.dictionary, 0);
    } else if (type.child) {
      child_ = std::make_unique<ArrowCells>(*type.child, *array.children[0], 0);
    }
    if (array.n_buffers > 1) values_ = array.buffers[1];
  }

  void read(std::int64_t row, Value& out) const override {
    const std::int64_t i = row + offset_;
    out.kind = Value::Kind::missing;
    if (validity_ != nullptr && !bit(validity_, i)) return;
    switch (type_.layout) {
      case Layout::nothing:
      case Layout::unsupported:
        return;
      case Layout::boolean:
        out.kind = Value::Kind::boolean;
        out.integer = bit(values_, i) ? 1 : 0;
        return;
      case Layout::int8:
      case Layout::uint8:
      case Layout::int16:
      case Layout::uint16:
      case Layout::int32:
      case Layout::uint32:
      case Layout::int64:
      case Layout::uint64: {
        bool large = false;
        out.integer = integer_at(type_.layout, values_, i, large);
        out.kind = large ? Value::Kind::large : Value::Kind::integer;
        return;
      }
      case Layout::float32:
        out.kind = Value::Kind::number;
        out.number = at<float>(values_, i);
        return;
      case Layout::float64:
        out.kind = Value::Kind::number;
        out.number = at<double>(values_, i);
        return;
      case Layout::utf8: {
        const auto begin = at<std::int32_t>(values_, i);
        return text(out, begin, at<std::int32_t>(values_, i + 1) - begin);
      }
      case Layout::large_utf8: {
        const auto begin = at<std::int64_t>(values_, i);
        return text(out, begin, at<std::int64_t>(values_, i + 1) - begin);
      }
      case Layout::utf8_view:
        return view(out, i);
      case Layout::date32:
        out.kind = Value::Kind::date;
        out.integer = at<std::int32_t>(values_, i);
        return;
      case Layout::date64:
        out.kind = Value::Kind::moment;
        out.scale = 86'400'000;
        out.integer = at<std::int64_t>(values_, i);
        return;
      case Layout::timestamp:
        out.kind = Value::Kind::moment;
        out.scale = type_.scale;
        out.integer = at<std::int64_t>(values_, i);
        return;
      case Layout::decimal:
        texts_.push_back(decimal_text(values_, i, type_.width, type_.scale));
        if (texts_.size() > 8) texts_.pop_front();
        out.kind = Value::Kind::decimal;
        out.text = texts_.back();
        return;
      case Layout::list: {
        const auto begin = at<std::int32_t>(values_, i);
        return list(out, begin, at<std::int32_t>(values_, i + 1));
      }
      case Layout::large_list: {
        const auto begin = at<std::int64_t>(values_, i);
        return list(out, begin, at<std::int64_t>(values_, i + 1));
      }
      case Layout::fixed_list:
        return list(out, i * type_.width, (i + 1) * type_.width);
      case Layout::dictionary: {
        bool large = false;
        const std::int64_t code = integer_at(type_.index, values_, i, large);
        if (code < 0 || large || code >= array_.dictionary->length) {
          throw Error(ErrorCode::bad_argument, "a code of a dictionary has no entry in it");
        }
        return child_->read(code, out);
      }
    }
  }

 private:
  void text(Value& out, std::int64_t begin, std::int64_t length) const {
    out.kind = Value::Kind::text;
    const char* bytes = static_cast<const char*>(array_.buffers[2]);
    out.text =
        length == 0 ? std::string_view() : std::string_view(bytes + begin, std::size_t(length));
  }

  /// 16 bytes: length, then the text itself if it is short, else four bytes, buffer and offset.
  void view(Value& out, std::int64_t i) const {
    const char* entry = static_cast<const char*>(values_) + i * 16;
    const auto length = at<std::int32_t>(entry, 0);
    out.kind = Value::Kind::text;
    if (length <= 12) {
      out.text = {entry + 4, std::size_t(length)};
      return;
    }
    const auto buffer = at<std::int32_t>(entry, 2);
    const auto begin = at<std::int32_t>(entry, 3);
    out.text = {static_cast<const char*>(array_.buffers[2 + buffer]) + begin, std::size_t(length)};
  }

  /// An item that is missing makes the list unknown: what it is we do not know.
  void list(Value& out, std::int64_t begin, std::int64_t end) const {
    out.texts.clear();
    Value item;
    for (std::int64_t i = begin; i < end; ++i) {
      child_->read(i, item);
      if (item.kind != Value::Kind::text) {
        out.kind = Value::Kind::missing;
        return;
      }
      out.texts.push_back(item.text);
    }
    out.kind = Value::Kind::texts;
  }

  const Type& type_;
  const ArrowArray& array_;
  std::int64_t offset_;
  const void* validity_ = nullptr;
  const void* values_ = nullptr;
  std::unique_ptr<ArrowCells> child_;
  mutable std::deque<std::string> texts_;  ///< of decimals; a table is read by one thread
};

class ArrowTable : public Table {
 public:
  ArrowTable(std::string table, ArrowOwner<ArrowSchema> schema) : schema_(std::move(schema)) {
    name = std::move(table);
    const ArrowSchema& root = schema_.get();
    if (root.format == nullptr || std::string_view(root.format) != "+s") {
      fail(name, "this is a column, not a table: give a table with named columns");
    }
    for (std::int64_t i = 0; i < root.n_children; ++i) {
      const ArrowSchema& child = *root.children[i];
      columns.emplace_back(child.name == nullptr ? "" : child.name);
      column_types_.push_back(type_of(child));
      types.push_back(column_types_.back().shown);
      if (column_types_.back().layout == Layout::unsupported) {
        fail(name, "the column '" + columns.back() + "' is of the type " + types.back() +
                       ", which cannot be read as cells: cast it to text, numbers, dates or lists "
                       "of texts, or leave it out");
      }
    }
  }

  void add(ArrowOwner<ArrowArray> given) {
    arrays_.push_back(std::move(given));
    const ArrowArray& array = arrays_.back().get();
    if (array.n_children != static_cast<std::int64_t>(columns.size())) {
      fail(name, "a batch has " + std::to_string(array.n_children) + " columns, the table " +
                     std::to_string(columns.size()));
    }
    if (array.n_buffers > 0 && array.buffers[0] != nullptr && array.null_count != 0) {
      for (std::int64_t i = 0; i < array.length; ++i) {
        if (!bit(array.buffers[0], array.offset + i)) fail(name, "a row as a whole is missing");
      }
    }
    Batch batch;
    batch.rows = array.length;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const ArrowArray& child = *array.children[i];
      if (child.length < array.length + array.offset) {
        fail(name, "the column '" + columns[i] + "' is shorter than the table");
      }
      batch.columns.push_back(std::make_unique<ArrowCells>(column_types_[i], child, array.offset));
    }
    batches.push_back(std::move(batch));
  }

 private:
  ArrowOwner<ArrowSchema> schema_;
  std::vector<Type> column_types_;
  std::deque<ArrowOwner<ArrowArray>> arrays_;  ///< where they are they stay
};

}  // namespace

std::unique_ptr<Table> arrow_table(std::string name, ArrowOwner<ArrowArrayStream> stream) {
  ArrowArrayStream& source = stream.get();
  const auto check = [&](int code) {
    if (code == 0) return;
    const char* why = source.get_last_error(&source);
    fail(name,
         "the table could not be read: " + std::string(why == nullptr ? std::strerror(code) : why));
  };
  ArrowOwner<ArrowSchema> schema;
  check(source.get_schema(&source, &schema.get()));
  auto table = std::make_unique<ArrowTable>(name, std::move(schema));
  for (;;) {
    ArrowOwner<ArrowArray> batch;
    check(source.get_next(&source, &batch.get()));
    if (batch.empty()) break;
    table->add(std::move(batch));
  }
  return table;
}

std::unique_ptr<Table> arrow_table(std::string name, ArrowOwner<ArrowSchema> schema,
                                   ArrowOwner<ArrowArray> batch) {
  auto table = std::make_unique<ArrowTable>(std::move(name), std::move(schema));
  table->add(std::move(batch));
  return table;
}

}  // namespace eraudit::python
