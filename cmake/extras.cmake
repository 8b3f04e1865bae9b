# What is built around the library: each folder describes itself.
set(CLOCHE_FOLDERS examples tests bench fuzz tools CACHE STRING "what to build beside the library")
foreach(folder ${CLOCHE_FOLDERS})
  if(EXISTS ${CMAKE_SOURCE_DIR}/${folder}/CMakeLists.txt)
    add_subdirectory(${folder})
  endif()
endforeach()
