# What is built around the library: each folder describes itself.
foreach(folder examples tests bench fuzz)
  if(EXISTS ${CMAKE_SOURCE_DIR}/${folder}/CMakeLists.txt)
    add_subdirectory(${folder})
  endif()
endforeach()
