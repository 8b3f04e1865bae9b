# Workers: libcloche-pool, which a program links to run its cells in them (src/worker), and the program that they are
# (src/worker/jailed).
file(GLOB WORKER_SOURCES CONFIGURE_DEPENDS src/worker/*.c)
add_library(worker_objects OBJECT ${WORKER_SOURCES})
set_target_properties(worker_objects PROPERTIES POSITION_INDEPENDENT_CODE ON)
target_include_directories(worker_objects PUBLIC include src/worker PRIVATE src/core) # of core's, remote.h
target_link_libraries(worker_objects PUBLIC PkgConfig::JANSSON PkgConfig::SODIUM)
target_compile_definitions(worker_objects PRIVATE CL_WORKER_FOLDER="${CMAKE_INSTALL_FULL_LIBEXECDIR}/cloche")

add_library(worker STATIC $<TARGET_OBJECTS:worker_objects>)
set_target_properties(worker PROPERTIES OUTPUT_NAME cloche-pool)
target_include_directories(worker PUBLIC src/worker)
target_link_libraries(worker PUBLIC cloche_static PkgConfig::JANSSON PkgConfig::SODIUM)
add_library(pool_shared SHARED $<TARGET_OBJECTS:worker_objects>)
set_target_properties(pool_shared PROPERTIES OUTPUT_NAME cloche-pool SOVERSION 0 VERSION ${PROJECT_VERSION})
target_include_directories(pool_shared PUBLIC include)
target_link_libraries(pool_shared PUBLIC cloche_shared PRIVATE PkgConfig::JANSSON PkgConfig::SODIUM)
target_link_options(pool_shared PRIVATE -Wl,-z,relro,-z,now,--as-needed)

# The filter of system calls is made by libseccomp at build time (src/worker/jailed/filter).
pkg_check_modules(SECCOMP REQUIRED IMPORTED_TARGET libseccomp)
add_executable(make_filter src/worker/jailed/filter/make.c src/worker/jailed/filter/calls.c)
target_link_libraries(make_filter PRIVATE PkgConfig::SECCOMP)
set(FILTER_DIR ${CMAKE_BINARY_DIR}/filter)
add_custom_command(OUTPUT ${FILTER_DIR}/jail_filter.h
  COMMAND ${CMAKE_COMMAND} -E make_directory ${FILTER_DIR}
  COMMAND make_filter header > ${FILTER_DIR}/jail_filter.h
  DEPENDS make_filter COMMENT "Making the filter of system calls" VERBATIM)
add_custom_target(jail_filter DEPENDS ${FILTER_DIR}/jail_filter.h)

add_library(jail OBJECT src/worker/jailed/jail.c)
add_dependencies(jail jail_filter)
target_include_directories(jail PUBLIC include src/worker/jailed PRIVATE src/worker/jailed/filter ${FILTER_DIR})

file(GLOB JAILED_SOURCES CONFIGURE_DEPENDS src/worker/jailed/*.c)
list(FILTER JAILED_SOURCES EXCLUDE REGEX "/jail\\.c$")
if(JAILED_SOURCES)
  add_executable(cloche-worker ${JAILED_SOURCES} $<TARGET_OBJECTS:jail>)
  target_include_directories(cloche-worker PRIVATE src/worker/jailed src/core) # of core's, remote.h
  target_link_libraries(cloche-worker PRIVATE worker cloche_static)
  set_target_properties(cloche-worker PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_link_options(cloche-worker PRIVATE -pie -Wl,-z,relro,-z,now,--as-needed)
endif()
