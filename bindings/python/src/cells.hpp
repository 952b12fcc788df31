#pragma once
// A table as the network builder reads it, wherever its cells lie.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace eraudit::python {

/// One cell. Texts are valid as long as the table.
struct Value {
  enum class Kind : std::uint8_t {
    missing,
    boolean,  ///< `integer`: 0 or 1
    integer,  ///< `integer`
    large,    ///< an unsigned integer beyond 2^63-1; `integer` holds its bits
    number,   ///< `number`
    text,     ///< `text`
    date,     ///< `integer`: days since 1970-01-01
    moment,   ///< `integer`: units since 1970-01-01T00:00; `scale` of them make a day
    decimal,  ///< `text`: `1500.50`
    texts,    ///< `texts`
  };
  Kind kind = Kind::missing;
  std::int64_t integer = 0;
  std::int64_t scale = 0;
  double number = 0;
  std::string_view text;
  std::vector<std::string_view> texts;
};

/// Cells of one column in one batch.
class Cells {
 public:
  virtual ~Cells() = default;
  /// Overwrites all that means something in `out`.
  virtual void read(std::int64_t row, Value& out) const = 0;
};

class Table {
 public:
  struct Batch {
    std::int64_t rows = 0;
    std::vector<std::unique_ptr<Cells>> columns;
  };
  virtual ~Table() = default;
  std::string name;                  ///< `nodes['Cohort']`
  std::vector<std::string> columns;  ///< names
  std::vector<std::string> types;    ///< as people know them: `int64`, `date32`
  std::vector<Batch> batches;
};

}  // namespace eraudit::python
