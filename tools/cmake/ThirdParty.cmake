# Every third-party library, from Debian packages only (tools/packages.txt). Modules link them PRIVATE.

find_package(PkgConfig REQUIRED)
foreach(pair IN ITEMS
    pqxx=libpqxx tesseract=tesseract lept=lept zxing=zxing poppler=poppler-cpp tiff=libtiff-4
    jpeg=libjpeg png=libpng openjp2=libopenjp2 qpdf=libqpdf lcms2=lcms2 seccomp=libseccomp)
  string(REPLACE "=" ";" pair ${pair})
  list(GET pair 0 name)
  list(GET pair 1 module)
  pkg_check_modules(${name} REQUIRED IMPORTED_TARGET ${module})
endforeach()
find_package(OpenSSL REQUIRED)
find_package(Threads REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)

# OpenCV, zint and liblinear ship no .pc file in the packages we use: small imported targets instead.
foreach(part IN ITEMS core imgproc dnn)
  find_library(OPENCV_${part} opencv_${part} REQUIRED)
endforeach()
find_path(OPENCV_INCLUDE opencv2/core.hpp PATH_SUFFIXES opencv4 REQUIRED)
add_library(opencv INTERFACE IMPORTED GLOBAL)
target_include_directories(opencv INTERFACE ${OPENCV_INCLUDE})
target_link_libraries(opencv INTERFACE ${OPENCV_core} ${OPENCV_imgproc})
add_library(opencv_dnn INTERFACE IMPORTED GLOBAL)
target_link_libraries(opencv_dnn INTERFACE opencv ${OPENCV_dnn})

find_library(ZINT_LIBRARY zint REQUIRED)
find_path(ZINT_INCLUDE zint.h REQUIRED)
add_library(zint INTERFACE IMPORTED GLOBAL)
target_include_directories(zint INTERFACE ${ZINT_INCLUDE})
target_link_libraries(zint INTERFACE ${ZINT_LIBRARY})

find_library(LINEAR_LIBRARY linear REQUIRED)
find_path(LINEAR_INCLUDE linear.h REQUIRED)
add_library(liblinear INTERFACE IMPORTED GLOBAL)
target_include_directories(liblinear INTERFACE ${LINEAR_INCLUDE})
target_link_libraries(liblinear INTERFACE ${LINEAR_LIBRARY})
