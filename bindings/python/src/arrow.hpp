#pragma once
// Tables of the Arrow C data interface, read cell by cell without copying. No Python here.
//
// https://arrow.apache.org/docs/format/CDataInterface.html; the three structs are its ABI.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cells.hpp"

namespace eraudit::python {

extern "C" {
struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  std::int64_t flags;
  std::int64_t n_children;
  ArrowSchema** children;
  ArrowSchema* dictionary;
  void (*release)(ArrowSchema*);
  void* private_data;
};
struct ArrowArray {
  std::int64_t length;
  std::int64_t null_count;
  std::int64_t offset;
  std::int64_t n_buffers;
  std::int64_t n_children;
  const void** buffers;
  ArrowArray** children;
  ArrowArray* dictionary;
  void (*release)(ArrowArray*);
  void* private_data;
};
struct ArrowArrayStream {
  int (*get_schema)(ArrowArrayStream*, ArrowSchema*);
  int (*get_next)(ArrowArrayStream*, ArrowArray*);
  const char* (*get_last_error)(ArrowArrayStream*);
  void (*release)(ArrowArrayStream*);
  void* private_data;
};
}

/// Released when it goes; moving leaves the other empty.
template <class T>
class ArrowOwner {
 public:
  ArrowOwner() = default;
  ~ArrowOwner() { reset(); }
  ArrowOwner(ArrowOwner&& other) noexcept : value_(other.value_) { other.value_ = T{}; }
  ArrowOwner& operator=(ArrowOwner&& other) noexcept {
    if (this != &other) {
      reset();
      value_ = other.value_;
      other.value_ = T{};
    }
    return *this;
  }
  /// Takes what `from` holds, as the interface demands: the other is marked as released.
  static ArrowOwner take(T& from) {
    ArrowOwner owner;
    owner.value_ = from;
    from.release = nullptr;
    return owner;
  }
  [[nodiscard]] T& get() noexcept { return value_; }
  [[nodiscard]] const T& get() const noexcept { return value_; }
  [[nodiscard]] bool empty() const noexcept { return value_.release == nullptr; }

 private:
  void reset() noexcept {
    if (value_.release != nullptr) value_.release(&value_);
    value_.release = nullptr;
  }
  T value_{};
};

/// A table in hand: from a stream (read to its end) or one batch. Throws `Error` (`bad_argument`)
/// with `name` for what is no table of rows, a producer that fails, and types that cannot be cells.
/// Reading a stream may call the producer for as long as it likes: call without the GIL.
std::unique_ptr<Table> arrow_table(std::string name, ArrowOwner<ArrowArrayStream> stream);
std::unique_ptr<Table> arrow_table(std::string name, ArrowOwner<ArrowSchema> schema,
                                   ArrowOwner<ArrowArray> batch);

}  // namespace eraudit::python
