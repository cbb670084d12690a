#pragma once
// What `understand` must be told of other mail and of the insured, and what is asked for it.

#include "core/mail.h"

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace pleiade {

/// What a page is found again by when the same paper comes a second time. Numbers and words stand
/// there as hashes, rising, each once.
struct PagePrint {
    static constexpr std::size_t most_hashes = 64; // chosen: a page has 10 to 60 numbers

    std::string picture;      ///< How it looks: 64 hexadecimal digits, or empty. capture/image.
    std::vector<int> numbers; ///< Words with digits: what is filled in, mostly.
    std::vector<int> firm;    ///< Those of them that are surely read: dates, NIRs, amounts.
    std::vector<int> words;   ///< Words of letters.
    std::vector<int> bands;   ///< It is looked for by these: each number of somebody, two dates.

    bool operator==(const PagePrint&) const = default;
};

/// Whether two pages are the same sheet of paper, scanned and read twice. The picture alone cannot
/// say so: copies of one form look alike, whoever filled them in. So the words with digits must
/// agree, which is what people fill in, mostly, and none that is surely read may stand on one page
/// and another in its place on the other.
///
/// A heuristic. Takes two copies of one form for the same when they differ in handwriting alone
/// that was not read; misses a second scan in which a date was surely read and wrong.
[[nodiscard]] bool is_same_paper(const PagePrint& a, const PagePrint& b);

/// What the store or a referential must be asked before `understand`.
struct Question {
    enum class Kind { Nir, Name, Siret, PageFingerprint, AatNumber, Iban };
    Kind kind = Kind::Nir;
    std::string key;     ///< Empty for PageFingerprint.
    int page_index = -1; ///< Of PageFingerprint only, as is the print.
    PagePrint print{};
};

/// A page that came before and may be the same paper as one of ours.
struct EarlierPage {
    int page_index = 0;   ///< Of our pli.
    RowId pli = 0;        ///< Where it came in.
    std::string pli_name; ///< For people.
    std::chrono::sys_days received_on;
    bool same_file = false; ///< The very bytes of a file came twice.
    PagePrint print;        ///< Empty when same_file.

    bool operator==(const EarlierPage&) const = default;
};

/// A document that came before for a person.
struct EarlierDocument {
    std::string person; ///< NIR.
    std::string type;
    std::string pli_name;
    std::chrono::sys_days received_on;

    bool operator==(const EarlierDocument&) const = default;
};

/// The account to which a person is paid, as last delivered.
struct KnownAccount {
    std::string person; ///< NIR.
    std::string iban;

    bool operator==(const KnownAccount&) const = default;
};

/// A secured form that came before.
struct EarlierNumber {
    std::string number;
    std::string pli_name;
    std::chrono::sys_days received_on;

    bool operator==(const EarlierNumber&) const = default;
};

/// What the store knows about the keys of a pli: of its caisse and of mail without one, never of
/// the pli itself.
struct EarlierMail {
    std::vector<EarlierPage> pages;
    std::vector<EarlierDocument> documents; ///< Latest first.
    std::vector<KnownAccount> accounts;
    std::vector<EarlierNumber> aat_numbers;

    bool operator==(const EarlierMail&) const = default;
};

/// A line of the referential of insured people; what it does not say is empty.
struct InsuredPerson {
    std::string nir;
    std::string family_name;
    std::string birth_name;
    std::string first_names;
    std::string birth_date; ///< ISO 8601.
    std::string caisse;     ///< Three digits.
    std::string iban;

    bool operator==(const InsuredPerson&) const = default;
};

/// What was known when the pli was understood; kept with the decision so that it can be replayed.
struct Facts {
    std::chrono::sys_days today{};
    std::chrono::sys_days received_on{};
    EarlierMail earlier{};
    bool referential = false; ///< Whether there was one to ask.
    std::vector<InsuredPerson> people{};
};

} // namespace pleiade
