#include "app/pipeline/statement.h"

#include "app/pipeline/paper.h"
#include "core/day.h"
#include "core/durable_file.h"
#include "core/failure.h"
#include "ged-export/drawing_pdf.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <map>
#include <vector>

namespace pleiade::pipeline {
namespace {

std::string french_day(std::chrono::sys_days day) {
    const std::string iso = iso_day(day);
    return iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4);
}

std::string two_digits(long number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

/// "17/03/2026 à 08:05 UTC": a statement is compared with logs of machines anywhere.
std::string french_moment(Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::minutes>(instant - day)};
    return french_day(day) + " à " + two_digits(time.hours().count()) + ":" +
           two_digits(time.minutes().count()) + " UTC";
}

std::string french_state(const std::string& state) {
    static const std::map<std::string, std::string> words{
        {"captured", "numérisé"},
        {"read", "lu"},
        {"understood", "compris"},
        {"to_verify", "à vérifier"},
        {"verified", "vérifié"},
        {"delivering", "en cours de remise"},
        {"set_aside", "mis de côté"},
        {"held", "retenu"},
        {"rescan_wanted", "à numériser de nouveau"}};
    const auto found = words.find(state);
    return found == words.end() ? state : found->second;
}

std::string counted(long number, const std::string& one, const std::string& many) {
    return std::to_string(number) + " " + (number < 2 ? one : many);
}

std::string joined(const std::vector<std::string>& parts, const std::string& between) {
    std::string text;
    for (const std::string& part : parts) {
        text += (text.empty() ? "" : between) + part;
    }
    return text;
}

/// "plis 3, 17": each once, in order.
std::string plis_text(std::vector<RowId> plis) {
    std::ranges::sort(plis);
    plis.erase(std::unique(plis.begin(), plis.end()), plis.end());
    std::string text = plis.size() < 2 ? "pli " : "plis ";
    for (const RowId pli : plis) {
        text += (pli == plis.front() ? "" : ", ") + std::to_string(pli);
    }
    return text;
}

bool is_in_word(char byte) {
    const auto code = static_cast<unsigned char>(byte);
    return std::isalnum(code) != 0 || code >= 0x80U; // in UTF-8 the latter are letters with accents
}

/// Puts dots where `name` stands as a word of its own.
void hide(std::string& said, const std::string& name) {
    constexpr std::string_view dots = "...";
    std::size_t at = name.empty() ? std::string::npos : said.find(name);
    while (at != std::string::npos) {
        const std::size_t end = at + name.size();
        const bool stands_alone = (at == 0 || !is_in_word(said[at - 1])) &&
                                  (end == said.size() || !is_in_word(said[end]));
        if (stands_alone) {
            said.replace(at, name.size(), dots);
        }
        at = said.find(name, stands_alone ? at + dots.size() : end);
    }
}

std::vector<std::string> waiting(const DayStatement& statement) {
    std::vector<std::string> lines;
    for (const store::NamedException& exception : statement.ledger.balance.exceptions) {
        std::vector<std::string> reasons;
        if (exception.state == "held") { // who and why stay in the house
            reasons.emplace_back("sur décision d'une personne");
        } else {
            for (const std::string& reason : exception.reasons) {
                reasons.push_back(filed_reason(reason, exception.pli_name));
            }
        }
        lines.push_back(
            "pli " + std::to_string(exception.pli) + ", " + french_state(exception.state) + " : " +
            joined(reasons, " ; ")
        );
    }
    return lines;
}

template <typename Findings>
std::vector<std::string> filed(const Findings& findings) {
    std::vector<std::string> lines;
    for (const auto& finding : findings) {
        lines.push_back(finding.filed.subject + " : " + finding.filed.what);
    }
    return lines;
}

std::vector<std::string> unread_pages(const DayStatement& statement) {
    std::vector<std::string> lines;
    for (const store::UnreadPage& page : statement.ledger.unread_pages) {
        lines.push_back(
            "pli " + std::to_string(page.pli) + ", page " + std::to_string(page.page_number) +
            " : " + (page.state == "set_aside" ? "mise de côté" : french_state(page.state))
        );
    }
    return lines;
}

std::vector<std::string> given_away(const DayStatement& statement) {
    std::vector<RowId> plis;
    for (const store::GivenAway& each : statement.ledger.given_away) {
        plis.push_back(each.pli);
    }
    return plis.empty() ? std::vector<std::string>{} : std::vector{plis_text(plis)};
}

std::vector<std::string> not_delivered_in_time(const DayStatement& statement) {
    std::vector<std::string> lines;
    for (const store::LateDocument& document : statement.ledger.late) {
        if (document.corbeille.empty()) {
            lines.push_back(
                "pli " + std::to_string(document.pli) + ", document " +
                std::to_string(document.position) + " (" + document.type + ") : échéance " +
                french_day(document.due_on) + ", pli " + french_state(document.pli_state)
            );
        }
    }
    return lines;
}

long undone(const DayStatement& statement) {
    return static_cast<long>(std::ranges::count_if(
        statement.ledger.late,
        [](const store::LateDocument& document) { return !document.corbeille.empty(); }
    ));
}

/// One line for each corbeille: there may be many, and another service is late with them.
std::vector<std::string> not_done_in_time(const DayStatement& statement) {
    std::map<std::string, std::vector<const store::LateDocument*>> by_corbeille;
    for (const store::LateDocument& document : statement.ledger.late) {
        if (!document.corbeille.empty()) {
            by_corbeille[document.corbeille].push_back(&document);
        }
    }
    std::vector<std::string> lines;
    for (const auto& [corbeille, documents] : by_corbeille) {
        std::vector<RowId> plis;
        std::chrono::sys_days oldest = documents.front()->due_on;
        for (const store::LateDocument* document : documents) {
            oldest = std::min(oldest, document->due_on);
            plis.push_back(document->pli);
        }
        lines.push_back(
            "corbeille " + corbeille + ", " +
            counted(static_cast<long>(documents.size()), "document", "documents") +
            ", première échéance " + french_day(oldest) + " : " + plis_text(plis)
        );
    }
    return lines;
}

std::vector<std::string> lots_with_remarks(const DayStatement& statement) {
    std::vector<std::string> lots;
    for (const store::Remark& remark : statement.ledger.balance.complaints) {
        if (lots.empty() || lots.back() != remark.filed.subject) {
            lots.push_back(remark.filed.subject);
        }
    }
    return lots;
}

void write_head(Paper& paper, const DayStatement& statement) {
    paper.title("État journalier du courrier");
    paper.strong("Caisse " + statement.caisse + " – " + statement.caisse_name);
    paper.strong("Courrier reçu le " + french_day(statement.day));
    paper.line(
        "État n° " + std::to_string(statement.number) + ", établi le " +
        french_moment(statement.made_at) +
        (statement.replaces.empty() ? std::string() : ", remplace " + statement.replaces)
    );
    paper.line("Signé Ed25519, clé " + statement.key_id + " : le fichier .sig qui l'accompagne");
}

void write_steps(Paper& paper, const DayStatement& statement) {
    const store::CaisseSteps steps = steps_of(statement);
    paper.heading("Étape par étape");
    for (const store::MachineCount& count : statement.ledger.machines) {
        paper.row("Machine " + count.machine + ", " + count.what, count.pieces);
    }
    paper.row("Fichiers annoncés par les lots", steps.files_expected);
    paper.row("Fichiers pris en charge", steps.files_taken_in);
    paper.row("Pages numérisées", steps.pages_scanned);
    paper.row("Pages lues", steps.pages_read);
    paper.row("Plis reçus", steps.received);
    paper.row("Plis compris", steps.understood);
    paper.row("Plis vérifiés par une personne", steps.verified);
    paper.row("Plis remis à la GED", steps.delivered);
    paper.row("Plis dont la GED a accusé réception", steps.acknowledged);
    paper.row("Plis en attente d'une personne", steps.waiting);
    paper.row("Plis mis de côté", steps.set_aside);
    paper.row("Plis en cours", steps.in_work);
    paper.gap();
    paper.strong(
        counted(steps.received, "pli reçu", "plis reçus") + " = " +
        std::to_string(steps.delivered) + " remis + " + std::to_string(steps.waiting) +
        " en attente + " + std::to_string(steps.set_aside) + " mis de côté + " +
        std::to_string(steps.in_work) + " en cours"
    );
}

void write_lists(Paper& paper, const DayStatement& statement) {
    const store::Reconciliation& balance = statement.ledger.balance;
    paper.list("Écarts sans explication", filed(balance.unexplained));
    paper.list("Plis en attente d'une personne ou mis de côté", waiting(statement));
    paper.list("Plis et lots en cours", filed(balance.unfinished));
    paper.list("Pages numérisées et non lues", unread_pages(statement));
    paper.list(
        "Plis de ces lots transmis à une autre caisse",
        given_away(statement),
        static_cast<long>(statement.ledger.given_away.size())
    );
    paper.list(
        "Documents non remis à leur échéance, tous jours jusqu'à celui-ci",
        not_delivered_in_time(statement)
    );
    paper.list(
        "Documents remis, non traités à leur échéance, tous jours jusqu'à celui-ci",
        not_done_in_time(statement),
        undone(statement)
    );
    paper.list(
        "Lots avec des remarques (pleiade reconcile les donne)", lots_with_remarks(statement)
    );
}

} // namespace

store::CaisseSteps steps_of(const DayStatement& statement) {
    const auto& all = statement.ledger.caisses;
    const auto found = std::ranges::find(all, statement.caisse, &store::CaisseSteps::caisse);
    return found == all.end() ? store::CaisseSteps{.caisse = statement.caisse} : *found;
}

std::string filed_reason(const std::string& reason, const std::string& pli_name) {
    constexpr std::string_view colon = ": ";
    std::size_t from = 0;
    if (reason.rfind("page ", 0) == 0) {
        const std::size_t digits = reason.find_first_not_of("0123456789", 5);
        if (digits != std::string::npos && reason.compare(digits, 3, " : ") == 0) {
            from = digits + 3; // "page 3 : une marque de séparateur": no value yet
        }
    }
    std::string said = reason.substr(0, reason.find(colon, from));
    said.erase(said.find_last_not_of(' ') + 1);
    hide(said, pli_name);
    hide(said, std::filesystem::path(pli_name).filename().string());
    return said;
}

ged::PrintFont statement_font() {
    const std::filesystem::path stem =
        "/usr/share/fonts/type1/urw-base35/NimbusSans-Regular"; // spec: Debian, fonts-urw-base35
    constexpr std::size_t most_bytes = 1U << 22U;               // chosen: it has 0.1 MB
    std::error_code unknown;
    if (!std::filesystem::exists(stem.string() + ".t1", unknown)) {
        throw Error(
            Remedy::FixConfiguration,
            "the font for statements is not there: " + stem.string() +
                ".t1. apt-get install fonts-urw-base35"
        );
    }
    const Bytes metrics = read_file(stem.string() + ".afm", most_bytes);
    return ged::print_font(read_file(stem.string() + ".t1", most_bytes), text_of(metrics));
}

Bytes statement_pdf(const DayStatement& statement, const ged::PrintFont& font) {
    Paper paper(font);
    write_head(paper, statement);
    write_steps(paper, statement);
    write_lists(paper, statement);
    const std::string name =
        "État journalier du courrier – " + statement.caisse + " – " + french_day(statement.day);
    return ged::drawing_pdf_a(
        paper.finished(name + " – n° " + std::to_string(statement.number)),
        font,
        name,
        statement.made_at
    );
}

} // namespace pleiade::pipeline
