// The entry of a fuzzer: linked with libFuzzer and one target.

#include <cstddef>
#include <cstdint>

#include "tests/fuzz/target.hpp"

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const eraudit::fuzz::Target* const target = eraudit::fuzz::Target::find();
  target->run({reinterpret_cast<const char*>(data), size});
  return 0;
}
