#pragma once
// `pleiade learn try`: what new or changed document types would have made of mail that is known.

#include "app/cli/commands/command.h"

namespace pleiade::cli {

/// @param learn The command it goes under.
void add_learn_try(CLI::App& learn, CommonOptions& options, Chosen& chosen);

} // namespace pleiade::cli
