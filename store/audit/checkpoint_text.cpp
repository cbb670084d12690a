#include "store/audit/checkpoint_text.h"

#include "core/day.h"
#include "store/audit/merkle.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <sstream>

namespace pleiade::store::audit {
namespace {

std::string line_of(const ChainHead& head) {
    return "chain " + head.caisse + " " + std::to_string(head.position) + " " + head.hash + " " +
           std::to_string(head.blobs) + " " + head.blobs_root;
}

} // namespace

std::string to_text(const CheckpointText& checkpoint) {
    MerkleTree tree;
    std::string text = "pleiade-checkpoint-1\nnumber " + std::to_string(checkpoint.number) +
                       "\nmade-at " + checkpoint.made_at + "\nprevious " + checkpoint.previous +
                       "\n";
    for (const ChainHead& head : checkpoint.heads) {
        const std::string line = line_of(head);
        tree.add(line);
        text += line + "\n";
    }
    return text + "root " + tree.root() + "\n";
}

std::optional<CheckpointText> checkpoint_from(const std::string& text) {
    CheckpointText checkpoint;
    std::istringstream words(text);
    std::string word;
    words >> word >> word >> checkpoint.number >> word >> checkpoint.made_at >> word >>
        checkpoint.previous;
    while (words >> word && word == "chain") {
        ChainHead head;
        words >> head.caisse >> head.position >> head.hash >> head.blobs >> head.blobs_root;
        checkpoint.heads.push_back(head);
    }
    // Whatever was read wrong, or else than it was written, gives another text.
    return to_text(checkpoint) == text ? std::optional(checkpoint) : std::nullopt;
}

std::string iso_instant(std::int64_t microseconds) {
    using namespace std::chrono;
    const Instant instant{std::chrono::microseconds(microseconds)};
    const sys_days day = floor<days>(instant);
    const hh_mm_ss time{instant - day};
    std::array<char, 32> text{};
    std::snprintf(
        text.data(),
        text.size(),
        "T%02d:%02d:%02d.%06dZ",
        static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count()),
        static_cast<int>(time.subseconds().count())
    );
    return iso_day(day) + text.data();
}

} // namespace pleiade::store::audit
