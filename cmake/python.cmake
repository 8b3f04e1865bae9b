# The Python engine: what is linked, and its image. Without CLOCHE_PYTHON all of it is empty.
set(PYTHON_OBJECTS "")
set(PYTHON_INIT_OBJECTS "")
set(PYTHON_INCLUDE "")
set(PYTHON_IMAGE "")
set(PYTHON_IMAGE_DEFINITION "")
set(PYTHON_IMAGE_TARGET "")

if(CLOCHE_PYTHON)
  set(PYTHON_OBJECTS ${PYTHON_DIR}/python.o)
  set(PYTHON_INIT_OBJECTS ${PYTHON_DIR}/python_init.o) # brings the module to life, which only the image builder does
  set(PYTHON_INCLUDE ${PYTHON_DIR})
  add_dependencies(core engine_python)
  target_include_directories(core SYSTEM PRIVATE ${PYTHON_DIR})
  target_compile_definitions(core PRIVATE CL_PYTHON_VERSION="3.11")
endif()

macro(make_python_image)
  if(CLOCHE_PYTHON)
    set(PYTHON_IMAGE ${CMAKE_BINARY_DIR}/python.img)
    set(PYTHON_IMAGE_DEFINITION "PYTHON_IMAGE=\"${PYTHON_IMAGE}\"")
    set(PYTHON_IMAGE_TARGET image_python)
    file(GLOB PYTHON_WORLD CONFIGURE_DEPENDS guest/python/world/*.py)
    set(PYTHON_PACK ${CMAKE_BINARY_DIR}/python.pack)
    add_custom_command(
      OUTPUT ${PYTHON_PACK}
      COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/guest/image/pack_python.py ${PYTHON_DIR}/stdlib.pack
              ${CMAKE_SOURCE_DIR}/guest/python/world ${PYTHON_PACK}
      DEPENDS ${PYTHON_WORLD} guest/image/pack_python.py guest/python/pack.py ${PYTHON_DIR}/stdlib.pack
      COMMENT "Packing Python's library" VERBATIM)
    add_custom_command(
      OUTPUT ${PYTHON_IMAGE}
      COMMAND ${CMAKE_SOURCE_DIR}/guest/image/make_python.sh $<TARGET_FILE:mkimage> ${PYTHON_DIR}/engine.id ${PYTHON_IMAGE} ${PYTHON_PACK}
      DEPENDS mkimage ${PYTHON_PACK} ${PYTHON_DIR}/engine.id guest/image/make_python.sh
      COMMENT "Making the image python" VERBATIM)
    add_custom_target(image_python DEPENDS ${PYTHON_IMAGE})
  endif()
endmacro()
