// split_generated FROM TO: the files of shared/bench/gen.cpp as a folder that `eraudit check`
// reads.

#include <cstdio>
#include <exception>

#include "tests/benchmarks/generated.hpp"

int main(int count, char** arguments) {
  if (count != 3) {
    std::fputs("split_generated FROM TO\n", stderr);
    return 64;
  }
  try {
    const auto tables = eraudit::test::split_generated(arguments[1], arguments[2]);
    std::printf("%llu bytes, %llu nodes, %llu edges\n",
                static_cast<unsigned long long>(tables.bytes),
                static_cast<unsigned long long>(tables.nodes),
                static_cast<unsigned long long>(tables.edges));
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 65;
  }
}
