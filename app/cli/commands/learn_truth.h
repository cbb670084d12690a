#pragma once
// The parts of `pleiade learn` about what people say: correct, sample, error.

#include "app/cli/commands/command.h"

namespace pleiade::cli {

/// @param learn The command they go under.
void add_learn_truth(CLI::App& learn, CommonOptions& options, Chosen& chosen);

} // namespace pleiade::cli
