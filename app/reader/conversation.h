#pragma once
// The dialogue of a reader process: answers requests from a socket until the other side closes it.

#include "app/reader/read_page.h"

namespace pleiade::reader {

/// Makes what reading is made of; called when the configuration arrives, before any foreign byte.
/// Gives back when the parent is gone or sends what is not a request.
void converse(int socket);

} // namespace pleiade::reader
