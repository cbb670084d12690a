#include "classify/rules/columns.h"

#include "classify/rules/labels.h"

#include <algorithm>

namespace pleiade::classify {
namespace {

constexpr int most_rows_apart = 4;          // chosen: in heights of the row before
constexpr double share_when_disputed = 0.6; // chosen

bool in_column(const Box& heading, const Box& value) {
    const int slack = 2 * std::max(heading.height(), 1);
    return value.x0 <= heading.x1 + slack && value.x1 >= heading.x0 - slack &&
           value.y0 >= heading.y1 - heading.height() / 2;
}

bool same_row(const Box& a, const Box& b) {
    const int shared = std::min(a.y1, b.y1) - std::max(a.y0, b.y0);
    return 2 * shared >= std::max(1, std::min(a.height(), b.height()));
}

/// Does a word of the value's row say that it is what the column comes to?
bool is_total(const Box& value, const Layout& layout) {
    return std::any_of(layout.words.begin(), layout.words.end(), [&](const LaidWord& word) {
        return same_row(word.box_px, value) &&
               (word.folded == "total" || word.folded == "totaux" || word.folded == "somme");
    });
}

struct ColumnValues {
    std::vector<const Candidate*> rows;
    const Candidate* total = nullptr;
};

ColumnValues values_below(
    const Box& heading,
    const std::string& kind,
    const std::vector<Candidate>& candidates,
    const Layout& layout
) {
    std::vector<const Candidate*> below;
    for (const Candidate& candidate : candidates) {
        if (candidate.kind == kind && in_column(heading, candidate.box_px)) {
            below.push_back(&candidate);
        }
    }
    std::sort(below.begin(), below.end(), [](const Candidate* a, const Candidate* b) {
        return a->box_px.y0 < b->box_px.y0;
    });
    ColumnValues values;
    Box last = heading;
    for (const Candidate* candidate : below) {
        const int height = std::max(last.height(), candidate->box_px.height());
        if (candidate->box_px.y0 - last.y1 > most_rows_apart * std::max(height, 1)) {
            break;
        }
        if (!values.rows.empty() && same_row(last, candidate->box_px)) {
            continue; // of the neighbouring column
        }
        if (is_total(candidate->box_px, layout)) {
            values.total = candidate;
            break;
        }
        values.rows.push_back(candidate);
        last = candidate->box_px;
    }
    return values;
}

Field field_of(const FieldRule& rule, const Candidate& candidate) {
    return {
        rule.name, candidate.value, candidate.confidence, candidate.page_index, candidate.box_px};
}

Field sum_of(const FieldRule& rule, const ColumnValues& values) {
    Field sum{rule.name, "", 1.0, values.rows.front()->page_index, Box{}};
    long cents = 0;
    for (const Candidate* row : values.rows) {
        cents += cents_of(row->value);
        sum.confidence = std::min(sum.confidence, row->confidence);
        sum.box_px = united(sum.box_px, row->box_px);
    }
    sum.value = amount_text(cents);
    if (values.total != nullptr && values.total->value != sum.value) {
        sum.confidence *= share_when_disputed; // a row was lost or misread
    }
    return sum;
}

} // namespace

std::vector<Field> column_fields(
    const FieldRule& rule,
    const std::vector<Candidate>& candidates,
    const Layout& layout,
    int page_index
) {
    ColumnValues best;
    for (const std::string& label : rule.labels) {
        for (const Match& match : find_label(label, layout.search)) {
            ColumnValues values =
                values_below(layout.box_of(match), rule.identifier, candidates, layout);
            if (values.rows.size() > best.rows.size()) {
                best = std::move(values);
            }
        }
    }
    std::vector<Field> fields;
    if (best.rows.empty() || best.rows.front()->page_index != page_index) {
        return fields;
    }
    if (rule.column == FieldRule::Column::Sum) {
        fields.push_back(sum_of(rule, best));
        return fields;
    }
    for (const Candidate* row : best.rows) {
        fields.push_back(field_of(rule, *row));
    }
    return fields;
}

} // namespace pleiade::classify
