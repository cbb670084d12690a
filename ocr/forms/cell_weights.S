/* The weights of the cell reader as bytes of the program: a reader process opens no files. */
    .section .rodata
    .global pleiade_cell_weights
    .global pleiade_cell_weights_end
    .balign 16
pleiade_cell_weights:
    .incbin "cell_characters.onnx"
pleiade_cell_weights_end:
    .byte 0
    .section .note.GNU-stack, "", %progbits
