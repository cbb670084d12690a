#pragma once
// Sheets that are filled with lines from the top: what a statement is set on.

#include "core/drawing.h"
#include "ged-export/print_font.h"

#include <string>
#include <vector>

namespace pleiade::pipeline {

/// Keeps a reference to the font: it must live as long.
class Paper {
public:
    explicit Paper(const ged::PrintFont& font);
    explicit Paper(ged::PrintFont&&) = delete;

    void title(const std::string& text);
    void strong(const std::string& text);
    void heading(const std::string& text);
    void line(const std::string& text);             ///< Broken at blanks where it is too wide.
    void row(const std::string& text, long number); ///< The number to the right, over a rule.
    void gap();
    /// A heading with how many there are, and one item a line; "néant" when there is none.
    void list(const std::string& text, const std::vector<std::string>& items);
    /// The same for items that hold several each.
    void list(const std::string& text, const std::vector<std::string>& items, long number);

    /// All sheets, with `foot` and their number at the bottom.
    [[nodiscard]] std::vector<Drawing> finished(const std::string& foot);

private:
    void put(const std::string& text, double x_mm, double size_mm, DrawnWeight weight);
    void wrap(const std::string& text, double indent_mm, DrawnWeight weight);
    void turn();
    void need(double height_mm); ///< Turns when there is less left.

    const ged::PrintFont& font_;
    std::vector<Drawing> sheets_;
    double y_mm_ = 0.0;
};

} // namespace pleiade::pipeline
