# pleiade_module(<folder> [USES <folder>...] [PRIVATE_LIBS <target>...] [SOURCES <file>...])
#
# One folder = one static library = one line in the dependency picture.
# Third-party libraries are always PRIVATE: no module may leak them to its users.

add_library(pleiade_flags INTERFACE)
target_include_directories(pleiade_flags INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(pleiade_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
  -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-qual
  -Wformat=2 -Wundef
  -Wno-missing-field-initializers # designated initialisers leave the rest at their defaults, on purpose
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wduplicated-branches -Wlogical-op>
  $<$<BOOL:${PLEIADE_WERROR}>:-Werror>)
if(PLEIADE_SANITIZE)
  target_compile_options(pleiade_flags INTERFACE
    -fsanitize=${PLEIADE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(pleiade_flags INTERFACE -fsanitize=${PLEIADE_SANITIZE})
endif()
if(PLEIADE_FUZZ)
  # Without this in every module, libFuzzer sees no branch of what it feeds.
  target_compile_options(pleiade_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

function(pleiade_module folder)
  cmake_parse_arguments(ARG "" "" "USES;PRIVATE_LIBS;SOURCES" ${ARGN})
  string(REPLACE "/" "-" name ${folder})
  if(ARG_SOURCES)
    add_library(pleiade-${name} STATIC ${ARG_SOURCES})
    target_link_libraries(pleiade-${name}
      PUBLIC pleiade_flags PRIVATE ${ARG_PRIVATE_LIBS})
    set(link PUBLIC)
  else()
    add_library(pleiade-${name} INTERFACE)
    target_link_libraries(pleiade-${name} INTERFACE pleiade_flags)
    set(link INTERFACE)
  endif()
  foreach(used IN LISTS ARG_USES)
    string(REPLACE "/" "-" used ${used})
    target_link_libraries(pleiade-${name} ${link} pleiade-${used})
  endforeach()
  add_library(pleiade::${name} ALIAS pleiade-${name})
endfunction()

# pleiade_embed_sql(<module-target> <file.sql>...): each file becomes a string
# constant of the same name in the generated header "store/sql.h".
function(pleiade_embed_sql target)
  set(header "#pragma once\n// Generated from store/sql/. Edit the .sql files.\nnamespace pleiade::store::sql {\n")
  foreach(file IN LISTS ARGN)
    get_filename_component(name ${file} NAME_WE)
    file(READ ${file} text)
    string(APPEND header "inline constexpr const char* ${name} = R\"sql(${text})sql\";\n")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  endforeach()
  string(APPEND header "} // namespace pleiade::store::sql\n")
  file(WRITE ${PROJECT_BINARY_DIR}/generated/store/sql.h.new "${header}")
  file(COPY_FILE ${PROJECT_BINARY_DIR}/generated/store/sql.h.new
    ${PROJECT_BINARY_DIR}/generated/store/sql.h ONLY_IF_DIFFERENT)
  target_include_directories(${target} PRIVATE ${PROJECT_BINARY_DIR}/generated)
endfunction()
