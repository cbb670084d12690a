#include "pdf_judges.h"

#include "core/durable_file.h"

#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <regex>

namespace pleiade::test {

Ran run(const std::string& command) {
    Ran result;
    FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    if (pipe == nullptr) {
        return result;
    }
    std::array<char, 4096> buffer{};
    std::size_t got = 0;
    while ((got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0) {
        result.output.append(buffer.data(), got);
    }
    const int status = ::pclose(pipe);
    result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return result;
}

ScratchFolder::ScratchFolder() {
    std::string pattern = std::filesystem::temp_directory_path() / "pleiade-test-XXXXXX";
    path_ = ::mkdtemp(pattern.data());
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

Verdict preflight(BytesView pdf) {
    const ScratchFolder folder;
    write_durably(folder.path() / "a.pdf", pdf);
    std::string jars;
    for (const char* jar :
         {"preflight",
          "xmpbox",
          "pdfbox2",
          "fontbox2",
          "commons-logging",
          "commons-io",
          "jaxb-api",
          "javax.activation"}) {
        jars += "/usr/share/java/" + std::string(jar) + ".jar:";
    }
    const Ran ran =
        run("java -Xshare:auto -XX:TieredStopAtLevel=1 -cp " + jars +
            " org.apache.pdfbox.preflight.Validator_A1b " + (folder.path() / "a.pdf").string());
    const bool said_so = ran.output.find("is a valid PDF/A-1b file") != std::string::npos;
    return {ran.exit_code == 0 && said_so, ran.output};
}

Verdict qpdf_check(BytesView pdf) {
    const ScratchFolder folder;
    write_durably(folder.path() / "a.pdf", pdf);
    const Ran ran = run("qpdf --check " + (folder.path() / "a.pdf").string());
    return {ran.exit_code == 0, ran.output};
}

std::string pdf_text(BytesView pdf) {
    const ScratchFolder folder;
    write_durably(folder.path() / "a.pdf", pdf);
    std::string text =
        run("pdftotext -enc UTF-8 " + (folder.path() / "a.pdf").string() + " -").output;
    text.erase(std::remove(text.begin(), text.end(), '\f'), text.end());
    return text;
}

std::vector<PdfWord> pdf_words(BytesView pdf) {
    const ScratchFolder folder;
    write_durably(folder.path() / "a.pdf", pdf);
    const std::string html =
        run("pdftotext -enc UTF-8 -bbox " + (folder.path() / "a.pdf").string() + " -").output;
    const std::regex word(
        "<word xMin=\"([^\"]*)\" yMin=\"([^\"]*)\" xMax=\"([^\"]*)\" yMax=\"([^\"]*)\">"
        "([^<]*)</word>"
    );
    std::vector<PdfWord> words;
    for (std::sregex_iterator it(html.begin(), html.end(), word), end; it != end; ++it) {
        words.push_back(
            {(*it)[5],
             std::stod((*it)[1]),
             std::stod((*it)[2]),
             std::stod((*it)[3]),
             std::stod((*it)[4])}
        );
    }
    return words;
}

} // namespace pleiade::test
