# pleiade_test(<name> LABEL <label>... SOURCES <file>... [LIBS <target>...] [TIMEOUT <seconds>])
#
# One GoogleTest program = one ctest entry. PLEIADE_SOURCE_DIR and PLEIADE_BINARY_DIR tell it where
# the repository and the built programs are; third-party data is looked for in ../shared beside it.

find_package(GTest REQUIRED)

# What `ctest -L "unit|fuzz|sanitized"` runs and nothing else: the sanitizer presets build no more than
# that. Label "sanitized": too slow or with too much of the system in it for "unit", but over pictures.
add_custom_target(unit-tests)

function(pleiade_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "LABEL;SOURCES;LIBS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE pleiade_flags ${ARG_LIBS} GTest::gmock GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE
    PLEIADE_SOURCE_DIR="${PROJECT_SOURCE_DIR}" PLEIADE_BINARY_DIR="${PROJECT_BINARY_DIR}")
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABEL}" TIMEOUT ${ARG_TIMEOUT})
  if("unit" IN_LIST ARG_LABEL OR "sanitized" IN_LIST ARG_LABEL)
    add_dependencies(unit-tests ${name})
  endif()
endfunction()
