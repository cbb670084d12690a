#include "classify/rules/boundaries.h"

#include "classify/rules/codes.h"

#include <algorithm>
#include <string>

namespace pleiade::classify {
namespace {

using Documents = std::vector<std::vector<int>>;

/// Every page but separator sheets, cut where a document separator stood.
Documents cut_at_separators(const ReadPli& pli) {
    const std::vector<int>& starts = pli.document_starts;
    Documents documents(1);
    for (int page_index = 0; page_index < static_cast<int>(pli.pages.size()); ++page_index) {
        if (pli.pages[static_cast<std::size_t>(page_index)].separator) {
            continue;
        }
        if (std::binary_search(starts.begin(), starts.end(), page_index) &&
            !documents.back().empty()) {
            documents.emplace_back();
        }
        documents.back().push_back(page_index);
    }
    if (documents.back().empty()) {
        documents.pop_back();
    }
    return documents;
}

/// Blank sides alone are no document: those behind a separator (its own back, an empty sheet) stay
/// with the document before, and those before the first written page go with that.
Documents without_blank_ones(const Documents& cut, const std::vector<PageGuess>& guesses) {
    Documents documents;
    bool only_blank = false; // so far, in the last of `documents`
    for (const std::vector<int>& pages : cut) {
        const bool blank = std::all_of(pages.begin(), pages.end(), [&](int page_index) {
            return guesses[static_cast<std::size_t>(page_index)].type.code == codes::blank;
        });
        if (documents.empty() || (!blank && !only_blank)) {
            documents.emplace_back();
            only_blank = blank;
        } else {
            only_blank = only_blank && blank;
        }
        documents.back().insert(documents.back().end(), pages.begin(), pages.end());
    }
    return documents;
}

bool bears_number_of(const PageGuess& guess, const std::string& code) {
    return std::any_of(guess.scores.begin(), guess.scores.end(), [&](const TypeScore& score) {
        return score.code == code && score.at_foot;
    });
}

/// Whether a page with this guess starts a document although one of type `running` goes on.
///
/// @param number_seen Its form number stood at the foot of a page before: a second one is another.
///
/// A heuristic. It fails where one document ends and an unrecognised one begins: those pages stay
/// with the document before, and only a document separator prevents it.
bool begins_document(const PageGuess& guess, const std::string& running, bool number_seen) {
    constexpr double serious_without_title = 0.8;
    const std::string& code = guess.type.code;
    if (code == codes::unknown || guess.type.confidence < serious) {
        return false;
    }
    const bool its_own =
        code != running && guess.headed && guess.type.confidence >= serious_without_title;
    if (guess.says_further && (code == codes::envelope || (!guess.heads && !its_own))) {
        return false;
    }
    if (running == codes::envelope || code == codes::envelope) {
        return true;
    }
    if (code == codes::letter && !guess.opens_letter) {
        return false; // the end of a letter: greetings without an opening
    }
    if (code == running) {
        return (guess.heads || (guess.at_foot && number_seen)) && !guess.says_further;
    }
    if (!guess.heads && guess.at_foot && !number_seen && bears_number_of(guess, running)) {
        return false; // secured sick notes and others have the same number
    }
    // Words alone say much of a second page, too: a doctor's name and signature end many papers.
    return guess.heads || guess.at_foot ||
           (guess.headed && guess.type.confidence >= serious_without_title);
}

class Splitter {
public:
    explicit Splitter(const std::vector<PageGuess>& guesses) : guesses_(guesses) {}
    explicit Splitter(std::vector<PageGuess>&&) = delete;

    void take(int page_index) {
        const PageGuess& guess = guesses_[static_cast<std::size_t>(page_index)];
        const bool blank = guess.type.code == codes::blank;
        if (documents_.empty() || (!blank && starts(guess))) {
            documents_.emplace_back();
            running_ = guess.type.code;
            print_stamp_ = guess.print_stamp;
            number_seen_ = false;
        } else if (!blank && (running_ == codes::blank || running_ == codes::unknown)) {
            running_ = guess.type.code; // blank sides before the first written one
            print_stamp_ = guess.print_stamp;
        }
        number_seen_ = number_seen_ || guess.at_foot;
        documents_.back().push_back(page_index);
    }

    [[nodiscard]] Documents documents() && { return std::move(documents_); }

private:
    [[nodiscard]] bool starts(const PageGuess& guess) const {
        if (running_ == codes::blank) {
            return false;
        }
        const bool same_or_unknown = guess.type.code == running_ ||
                                     guess.type.code == codes::unknown ||
                                     guess.type.confidence < serious;
        if (!guess.print_stamp.empty() && guess.print_stamp == print_stamp_ && same_or_unknown) {
            return false; // printed in one go
        }
        // The back of an envelope is mostly blank; a written page behind it is something else.
        return running_ == codes::envelope || begins_document(guess, running_, number_seen_);
    }

    const std::vector<PageGuess>& guesses_;
    Documents documents_;
    std::string running_;
    std::string print_stamp_; ///< Of the first page of the running document.
    bool number_seen_ = false;
};

} // namespace

std::vector<std::vector<int>>
split_documents(const ReadPli& pli, const std::vector<PageGuess>& guesses) {
    if (!pli.document_starts.empty()) {
        return without_blank_ones(cut_at_separators(pli), guesses);
    }
    Splitter splitter(guesses);
    for (std::size_t i = 0; i < pli.pages.size(); ++i) {
        if (!pli.pages[i].separator.has_value()) {
            splitter.take(static_cast<int>(i));
        }
    }
    return std::move(splitter).documents();
}

} // namespace pleiade::classify
