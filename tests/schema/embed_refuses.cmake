file(WRITE ${OUT}/broken.yaml "a: 1\nb: 2\na: 3\n")
file(WRITE ${OUT}/sound.yaml "a: 1\n")
file(REMOVE ${OUT}/broken.cpp ${OUT}/sound.cpp)
execute_process(COMMAND ${TOOL} both broken.cpp sound.yaml broken.yaml WORKING_DIRECTORY ${OUT}
  RESULT_VARIABLE code ERROR_VARIABLE text)
if(NOT code EQUAL 65 OR NOT text MATCHES "^broken.yaml:3:1: error: .*a.* \\[yaml-duplicate-key\\]\n"
    OR EXISTS ${OUT}/broken.cpp)
  message(FATAL_ERROR "a duplicate key gave exit code ${code} and: ${text}")
endif()
execute_process(COMMAND ${TOOL} both sound.cpp sound.yaml WORKING_DIRECTORY ${OUT}
  RESULT_VARIABLE code ERROR_VARIABLE text)
if(NOT code EQUAL 0 OR NOT text STREQUAL "" OR NOT EXISTS ${OUT}/sound.cpp)
  message(FATAL_ERROR "a sound file gave exit code ${code} and: ${text}")
endif()
execute_process(COMMAND ${TOOL} both missing.cpp missing.yaml WORKING_DIRECTORY ${OUT}
  RESULT_VARIABLE code ERROR_VARIABLE text)
if(NOT code EQUAL 70 OR NOT text MATCHES "missing.yaml")
  message(FATAL_ERROR "a missing file gave exit code ${code} and: ${text}")
endif()
