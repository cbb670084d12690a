#include "app/cli/commands/ledger_report.h"

#include "app/cli/commands/balance_table.h"
#include "app/cli/commands/table.h"
#include "app/cli/commands/words.h"
#include "core/day.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <utility>

namespace pleiade::cli {
namespace {

std::string steps_table(const std::vector<store::CaisseSteps>& caisses) {
    std::vector<std::vector<std::string>> rows{
        {"caisse",
         "",
         "files expected",
         "taken in",
         "pages scanned",
         "read",
         "plis in",
         "understood",
         "verified",
         "delivered",
         "acknowledged",
         "set aside",
         "waiting",
         "in work"}};
    for (const store::CaisseSteps& steps : caisses) {
        std::vector<std::string> row{steps.caisse, steps.name};
        for (const long number :
             {steps.files_expected,
              steps.files_taken_in,
              steps.pages_scanned,
              steps.pages_read,
              steps.received,
              steps.understood,
              steps.verified,
              steps.delivered,
              steps.acknowledged,
              steps.set_aside,
              steps.waiting,
              steps.in_work}) {
            row.push_back(std::to_string(number));
        }
        rows.push_back(std::move(row));
    }
    return table_text(rows);
}

void print_machines(const std::vector<store::MachineCount>& counts) {
    if (!counts.empty()) {
        std::puts("\ncounted by machines:");
    }
    for (const store::MachineCount& count : counts) {
        std::printf(
            "  %s  %s, %s: %ld\n",
            count.caisse.c_str(),
            shown(count.machine).c_str(),
            shown(count.what).c_str(),
            count.pieces
        );
    }
}

void print_given_away(const std::vector<store::GivenAway>& plis) {
    std::map<std::string, std::string> by_caisse;
    for (const store::GivenAway& each : plis) {
        std::string& numbers = by_caisse[each.caisse];
        numbers += (numbers.empty() ? "" : ", ") + std::to_string(each.pli);
    }
    if (!by_caisse.empty()) {
        std::puts("\nplis of their lots that belong to another caisse:");
    }
    for (const auto& [caisse, numbers] : by_caisse) {
        std::printf("  %s  %s\n", caisse.c_str(), numbers.c_str());
    }
}

void print_unread_pages(const std::vector<store::UnreadPage>& pages) {
    if (!pages.empty()) {
        std::puts("\npages that are scanned and not read:");
    }
    for (const store::UnreadPage& page : pages) {
        std::printf(
            "  %s  pli %ld (%s), page %d: %s\n",
            page.caisse.c_str(),
            static_cast<long>(page.pli),
            shown(page.pli_name).c_str(),
            page.page_number,
            page.state.c_str()
        );
    }
}

struct LateInCorbeille {
    long documents = 0;
    std::chrono::sys_days oldest;
};

/// Delivered ones by corbeille: there may be thousands, and --json names them.
void print_late(const std::vector<store::LateDocument>& late) {
    std::map<std::pair<std::string, std::string>, LateInCorbeille> corbeilles;
    if (!late.empty()) {
        std::puts("\nlate, of this mail and of earlier days:");
    }
    for (const store::LateDocument& document : late) {
        if (!document.corbeille.empty()) {
            LateInCorbeille& place = corbeilles[{document.caisse, document.corbeille}];
            place.oldest =
                place.documents == 0 ? document.due_on : std::min(place.oldest, document.due_on);
            ++place.documents;
            continue;
        }
        std::printf(
            "  %s  pli %ld (%s), document %d (%s): was due on %s, the pli is %s\n",
            document.caisse.c_str(),
            static_cast<long>(document.pli),
            shown(document.pli_name).c_str(),
            document.position,
            shown(document.type).c_str(),
            iso_day(document.due_on).c_str(),
            document.pli_state.c_str()
        );
    }
    for (const auto& [place, found] : corbeilles) {
        std::printf(
            "  %s  corbeille %s: %s delivered and not done, the first was due on %s\n",
            place.first.c_str(),
            shown(place.second).c_str(),
            counted(found.documents, "document").c_str(),
            iso_day(found.oldest).c_str()
        );
    }
}

std::string joined(const std::vector<std::string>& reasons) {
    std::string text;
    for (const std::string& reason : reasons) {
        text += (text.empty() ? "" : "; ") + reason;
    }
    return text;
}

void print_remarks(const char* heading, const std::vector<store::Remark>& remarks) {
    if (!remarks.empty()) {
        std::printf("\n%s\n", heading);
    }
    for (const store::Remark& remark : remarks) {
        std::printf(
            "  %s  %s: %s\n",
            remark.caisse.c_str(),
            shown(remark.subject).c_str(),
            shown(remark.what).c_str()
        );
    }
}

Json remarks_json(const std::vector<store::Remark>& remarks) {
    Json list = Json::array();
    for (const store::Remark& remark : remarks) {
        list.push_back(
            {{"caisse", remark.caisse}, {"subject", remark.subject}, {"what", remark.what}}
        );
    }
    return list;
}

void print_balance(const store::Reconciliation& balance) {
    if (!balance.exceptions.empty()) {
        std::puts("\nplis that wait for a person (to_verify, held) or are set aside:");
    }
    for (const store::NamedException& exception : balance.exceptions) {
        std::printf(
            "  %s  %s  %s: %s\n",
            exception.caisse.c_str(),
            shown(exception.pli_name).c_str(),
            exception.state.c_str(),
            shown(joined(exception.reasons)).c_str()
        );
    }
    print_remarks("in work:", balance.unfinished);
    print_remarks("odd about lots:", balance.complaints);
}

void print_unexplained(const store::Reconciliation& balance) {
    std::puts(balance.unexplained.empty() ? "\nnothing is unexplained" : "\nUNEXPLAINED:");
    for (const store::Unexplained& difference : balance.unexplained) {
        std::printf(
            "  %s  %s: %s\n",
            difference.caisse.c_str(),
            shown(difference.subject).c_str(),
            shown(difference.what).c_str()
        );
    }
}

Json json_of(const store::UnreadPage& page) {
    return {
        {"caisse", page.caisse},
        {"pli_id", page.pli},
        {"pli", page.pli_name},
        {"page_number", page.page_number},
        {"state", page.state}};
}

Json machines_json(const std::vector<store::MachineCount>& counts) {
    Json list = Json::array();
    for (const store::MachineCount& count : counts) {
        list.push_back(
            {{"caisse", count.caisse},
             {"machine", count.machine},
             {"what", count.what},
             {"pieces", count.pieces}}
        );
    }
    return list;
}

Json balance_json(const store::Reconciliation& balance) {
    Json exceptions = Json::array();
    for (const store::NamedException& exception : balance.exceptions) {
        exceptions.push_back(
            {{"caisse", exception.caisse},
             {"pli_id", exception.pli},
             {"pli", exception.pli_name},
             {"state", exception.state},
             {"reasons", exception.reasons}}
        );
    }
    Json unexplained = Json::array();
    for (const store::Unexplained& difference : balance.unexplained) {
        unexplained.push_back(
            {{"caisse", difference.caisse},
             {"subject", difference.subject},
             {"what", difference.what}}
        );
    }
    return {
        {"caisses", balances_json(balance.caisses)},
        {"exceptions", exceptions},
        {"unexplained", unexplained},
        {"unfinished", remarks_json(balance.unfinished)},
        {"complaints", remarks_json(balance.complaints)}};
}

} // namespace

void print_ledger(const store::Ledger& ledger) {
    std::fputs(balance_table(ledger.balance.caisses).c_str(), stdout);
    std::printf("\nstep by step:\n%s", steps_table(ledger.caisses).c_str());
    print_machines(ledger.machines);
    print_balance(ledger.balance);
    print_unread_pages(ledger.unread_pages);
    print_given_away(ledger.given_away);
    print_late(ledger.late);
    print_unexplained(ledger.balance);
}

Json steps_json(const store::CaisseSteps& steps) {
    return {
        {"files_expected", steps.files_expected},
        {"files_taken_in", steps.files_taken_in},
        {"pages_scanned", steps.pages_scanned},
        {"pages_read", steps.pages_read},
        {"plis_received", steps.received},
        {"plis_understood", steps.understood},
        {"plis_verified", steps.verified},
        {"plis_delivered", steps.delivered},
        {"plis_acknowledged", steps.acknowledged},
        {"plis_set_aside", steps.set_aside},
        {"plis_waiting", steps.waiting},
        {"plis_in_work", steps.in_work},
        {"plis_given_away", steps.given_away}};
}

Json late_json(const std::vector<store::LateDocument>& late, PliNames names) {
    Json list = Json::array();
    for (const store::LateDocument& document : late) {
        Json item{{"caisse", document.caisse}, {"pli_id", document.pli}};
        if (names == PliNames::Shown) {
            item["pli"] = document.pli_name;
        }
        item["document"] = document.position;
        item["type"] = document.type;
        item["due_on"] = iso_day(document.due_on);
        item["pli_state"] = document.pli_state;
        if (!document.corbeille.empty()) {
            item["corbeille"] = document.corbeille;
        }
        list.push_back(std::move(item));
    }
    return list;
}

Json ledger_json(const store::Ledger& ledger) {
    Json json = balance_json(ledger.balance);
    json["ledger"] = Json::array();
    for (const store::CaisseSteps& steps : ledger.caisses) {
        Json line{{"caisse", steps.caisse}, {"name", steps.name}};
        line.update(steps_json(steps));
        json["ledger"].push_back(std::move(line));
    }
    json["machines"] = machines_json(ledger.machines);
    json["unread_pages"] = Json::array();
    for (const store::UnreadPage& page : ledger.unread_pages) {
        json["unread_pages"].push_back(json_of(page));
    }
    json["given_away"] = Json::array();
    for (const store::GivenAway& pli : ledger.given_away) {
        json["given_away"].push_back({{"caisse", pli.caisse}, {"pli_id", pli.pli}});
    }
    json["late"] = late_json(ledger.late, PliNames::Shown);
    return json;
}

} // namespace pleiade::cli
