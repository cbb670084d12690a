#pragma once
// Independent programs that say whether a PDF is one, and what its text is.

#include "core/bytes.h"

#include <filesystem>
#include <string>
#include <vector>

namespace pleiade::test {

struct Verdict {
    bool good = false;
    std::string said; ///< What the program printed.
};

struct Ran {
    int exit_code = -1;
    std::string output; ///< Standard output and standard error.
};

/// Runs a shell command to its end.
[[nodiscard]] Ran run(const std::string& command);

/// A folder of its own, removed with what is in it.
class ScratchFolder {
public:
    ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ScratchFolder(ScratchFolder&&) = delete;
    ScratchFolder& operator=(ScratchFolder&&) = delete;
    ~ScratchFolder();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// Apache PDFBox preflight, PDF/A-1b.
[[nodiscard]] Verdict preflight(BytesView pdf);

/// qpdf --check: good only without warnings.
[[nodiscard]] Verdict qpdf_check(BytesView pdf);

/// Text as pdftotext gives it, without the form feeds between pages.
[[nodiscard]] std::string pdf_text(BytesView pdf);

struct PdfWord {
    std::string text; ///< As in pdftotext's output: & < > are escaped.
    double x0 = 0.0;  ///< Points from the top left corner.
    double y0 = 0.0;
    double x1 = 0.0;
    double y1 = 0.0;
};

/// Words of all pages with their boxes as pdftotext -bbox sees them.
[[nodiscard]] std::vector<PdfWord> pdf_words(BytesView pdf);

} // namespace pleiade::test
