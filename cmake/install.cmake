# find_package(eraudit), pkg-config eraudit; relocatable.
include(CMakePackageConfigHelpers)
set(eraudit_cmake_dir ${CMAKE_INSTALL_LIBDIR}/cmake/eraudit)

install(TARGETS eraudit EXPORT eraudit-targets FILE_SET HEADERS
  RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR}
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS eraudit_boost_graph EXPORT eraudit-boost-graph-targets)
install(EXPORT eraudit-targets NAMESPACE eraudit:: DESTINATION ${eraudit_cmake_dir})
install(EXPORT eraudit-boost-graph-targets NAMESPACE eraudit:: DESTINATION ${eraudit_cmake_dir})
configure_package_config_file(cmake/eraudit-config.cmake.in
  ${PROJECT_BINARY_DIR}/eraudit-config.cmake INSTALL_DESTINATION ${eraudit_cmake_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/eraudit-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/eraudit-config.cmake
  ${PROJECT_BINARY_DIR}/eraudit-config-version.cmake DESTINATION ${eraudit_cmake_dir})
configure_file(cmake/eraudit.pc.in ${PROJECT_BINARY_DIR}/eraudit.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/eraudit.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
if(TARGET eraudit_command)
  install(TARGETS eraudit_command RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
