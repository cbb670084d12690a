#include "app/pipeline/sheet_backs.h"

#include "core/units.h"

namespace pleiade::pipeline {

bool says_enough(int word_count, double confidence) {
    // chosen: one line of text, read well. Bleed-through is mirrored: few words come out of it, and
    // hardly any surely.
    constexpr int least_words = 5;
    constexpr double least_confidence = 0.8;
    return word_count >= least_words && confidence >= least_confidence;
}

bool is_blank_back(const wire::CompareSides& sides, ReaderProcess& reader) {
    const Result<bool> compared = reader.only_shines_through(sides);
    return compared.ok() && compared.value();
}

PageReading as_blank(PageReading reading) {
    reading.blank = true;
    reading.marks.clear();
    reading.identifiers.clear();
    reading.sealed_documents.clear();
    reading.text = {};
    return reading;
}

double width_mm(int width_px, int dpi) {
    return dpi > 0 ? width_px * mm_per_inch / dpi : 0.0;
}

} // namespace pleiade::pipeline
