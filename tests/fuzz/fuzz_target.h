#pragma once
// What every fuzz target is made of: the entry point libFuzzer and replay_main.cpp call, the bytes
// as text, and a check that stops the program where a sanitizer would.
//
// A target lets only Error(FixInput) pass: any other exception out of a decoder is a finding.

#include "core/failure.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace pleiade::fuzz {

inline std::string text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

/// Not assert(): the release preset replays the seeds too.
inline void require(bool holds, const char* sentence) {
    if (!holds) {
        std::cerr << "fuzz: not true: " << sentence << '\n';
        std::abort();
    }
}

/// Runs a decoder that may refuse its input, and in no other way than by Error(FixInput).
template <typename Decoder>
void may_refuse(Decoder&& decode) {
    try {
        decode();
    } catch (const Error& error) {
        require(error.remedy() == Remedy::FixInput, "foreign bytes are refused with FixInput");
    }
}

} // namespace pleiade::fuzz
