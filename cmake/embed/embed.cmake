# Documents as part of the library, so that it works with no file beside it and pays for no YAML.
#
#   eraudit_embed(schema_documents schema rules/schema/recruitment.yaml)
#
# reads the files (paths from the root of the project) as strictly as the library would - what is wrong
# with one fails the build, with its place - and adds to the module a function
#
#   std::span<const EmbeddedDocument> eraudit::detail::embedded_schema_documents() noexcept;
#
# that the module declares for itself (eraudit/core/embedded.hpp has the type and the look-up).
# Call it after eraudit_module, in the same CMakeLists.txt.
include_guard(GLOBAL)

add_executable(eraudit_embed_tool ${CMAKE_CURRENT_LIST_DIR}/embed.cpp)
eraudit_link_modules(eraudit_embed_tool core)
target_compile_features(eraudit_embed_tool PRIVATE cxx_std_20)
target_include_directories(eraudit_embed_tool PRIVATE ${PROJECT_SOURCE_DIR}/libaudit
  ${PROJECT_BINARY_DIR}/generated)
target_link_libraries(eraudit_embed_tool PRIVATE Threads::Threads)
set_target_properties(eraudit_embed_tool PROPERTIES CXX_EXTENSIONS OFF)

function(eraudit_embed set module)
  set(out ${PROJECT_BINARY_DIR}/generated/embedded/${set}.cpp)
  set(files ${ARGN})
  list(TRANSFORM files PREPEND ${PROJECT_SOURCE_DIR}/ OUTPUT_VARIABLE paths)
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/generated/embedded)
  add_custom_command(
    OUTPUT ${out}
    COMMAND eraudit_embed_tool ${set} ${out} ${files}
    DEPENDS eraudit_embed_tool ${paths}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    COMMENT "Embedding ${set}"
    VERBATIM)
  target_sources(eraudit_${module} PRIVATE ${out})
endfunction()
