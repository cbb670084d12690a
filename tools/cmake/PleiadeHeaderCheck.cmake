# pleiade_header_check(): the test "headers" compiles, for each public header, a file that includes it and
# nothing else. Public = directly in a module's folder (the one-slash rule). Built only by the test, with no
# include path but the repository's root, so that a third-party header in a public one fails too unless it
# lies where every compiler looks.

function(pleiade_header_check)
  set(sources "")
  foreach(folder IN ITEMS
      core capture capture/image ocr classify ged-export store
      app/config app/wire app/reader app/pipeline app/cli)
    file(GLOB headers CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/${folder}/*.h)
    foreach(header IN LISTS headers)
      string(MAKE_C_IDENTIFIER ${header} name)
      set(source ${PROJECT_BINARY_DIR}/headers/${name}.cpp)
      file(CONFIGURE OUTPUT ${source} CONTENT "#include \"@header@\"\n" @ONLY)
      list(APPEND sources ${source})
    endforeach()
  endforeach()
  add_library(headers OBJECT EXCLUDE_FROM_ALL ${sources})
  target_link_libraries(headers PRIVATE pleiade_flags)
  add_test(NAME headers COMMAND ${CMAKE_COMMAND} --build ${PROJECT_BINARY_DIR} --target headers)
  set_tests_properties(headers PROPERTIES LABELS lint TIMEOUT 600 RUN_SERIAL ON)
endfunction()
