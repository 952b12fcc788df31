# What the library is linked with. All of it comes from Debian 12; none of it is in a public header,
# except Boost in <eraudit/network/boost_graph.hpp>, which is opt-in.
set(eraudit_boost_components)
if(ERAUDIT_COMMAND)
  set(eraudit_boost_components COMPONENTS program_options)
endif()
find_package(Boost 1.81 QUIET ${eraudit_boost_components})
if(NOT Boost_FOUND)
  message(FATAL_ERROR "eraudit needs Boost >= 1.81. On Debian 12 the package libboost-dev is 1.74: "
    "install libboost1.81-dev libboost-graph1.81-dev libboost-program-options1.81-dev instead.")
endif()
find_package(PkgConfig REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(fmt REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(fyaml REQUIRED IMPORTED_TARGET libfyaml)
find_package(Threads REQUIRED)
