/* The images in the library's read-only data. JS_IMAGE, COMPILER_IMAGE and, with the engine, PYTHON_IMAGE are set by the
 * build. */
    .macro embed name, file
    .section .rodata
    .balign 4096
    .globl cl_image_\name\()_start
    .hidden cl_image_\name\()_start
cl_image_\name\()_start:
    .incbin "\file"
cl_image_\name\()_last:
    .section .data.rel.ro, "aw"
    .balign 8
    .globl cl_image_\name\()_end
    .hidden cl_image_\name\()_end
cl_image_\name\()_end:
    .quad cl_image_\name\()_last
    .endm

    embed js, JS_IMAGE
    embed compiler, COMPILER_IMAGE
#ifdef PYTHON_IMAGE
    embed python, PYTHON_IMAGE
#endif
    .section .note.GNU-stack,"",%progbits
