/* The weights of the reader of text strips as bytes of the program: a reader process opens no files. */
    .section .rodata
    .global pleiade_strip_weights
    .global pleiade_strip_weights_end
    .balign 16
pleiade_strip_weights:
    .incbin "text_strips.onnx"
pleiade_strip_weights_end:
    .byte 0
    .section .note.GNU-stack, "", %progbits
