/* The image in the library's read-only data. IMAGE_FILE is set by the build. */
    .section .rodata
    .balign 4096
    .globl cl_image_js_start
    .hidden cl_image_js_start
cl_image_js_start:
    .incbin IMAGE_FILE
image_end:
    .section .data.rel.ro, "aw"
    .balign 8
    .globl cl_image_js_end
    .hidden cl_image_js_end
cl_image_js_end:
    .quad image_end
    .section .note.GNU-stack,"",%progbits
