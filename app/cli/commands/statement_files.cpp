#include "app/cli/commands/statement_files.h"

#include "app/cli/commands/json.h"
#include "app/cli/commands/ledger_report.h"
#include "app/cli/commands/words.h"
#include "app/pipeline/statement.h"
#include "core/caisse.h"
#include "core/clock.h"
#include "core/day.h"
#include "core/durable_file.h"
#include "core/failure.h"
#include "store/signed_file.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <set>
#include <system_error>

namespace pleiade::cli {
namespace {

constexpr std::size_t most_json_bytes = 1U << 28U; // chosen: the lists of the worst day

/// "2026-03-16T18:05:09Z".
std::string second_of(Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(instant - day)};
    std::array<char, 16> text{};
    (void)std::snprintf(
        text.data(),
        text.size(),
        "T%02d:%02d:%02dZ",
        static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count())
    );
    return iso_day(day) + text.data();
}

Json waiting_json(const std::vector<store::NamedException>& exceptions) {
    Json list = Json::array();
    for (const store::NamedException& exception : exceptions) {
        Json reasons = Json::array();
        for (const std::string& reason : exception.reasons) {
            reasons.push_back(pipeline::filed_reason(reason, exception.pli_name));
        }
        list.push_back({{"pli_id", exception.pli}, {"state", exception.state}, {"reasons", reasons}}
        );
    }
    return list;
}

template <typename Findings>
Json filed_json(const Findings& findings) {
    Json list = Json::array();
    for (const auto& finding : findings) {
        list.push_back({{"subject", finding.filed.subject}, {"what", finding.filed.what}});
    }
    return list;
}

Json machines_json(const std::vector<store::MachineCount>& counts) {
    Json list = Json::array();
    for (const store::MachineCount& count : counts) {
        list.push_back({{"machine", count.machine}, {"what", count.what}, {"pieces", count.pieces}}
        );
    }
    return list;
}

Json given_away_json(const std::vector<store::GivenAway>& plis) {
    Json list = Json::array();
    for (const store::GivenAway& each : plis) {
        list.push_back(each.pli);
    }
    return list;
}

Json unread_pages_json(const std::vector<store::UnreadPage>& pages) {
    Json list = Json::array();
    for (const store::UnreadPage& page : pages) {
        list.push_back(
            {{"pli_id", page.pli}, {"page_number", page.page_number}, {"state", page.state}}
        );
    }
    return list;
}

Json statement_json(const pipeline::DayStatement& statement) {
    const store::Ledger& ledger = statement.ledger;
    std::set<std::string> remarks;
    for (const store::Remark& remark : ledger.balance.complaints) {
        remarks.insert(remark.filed.subject);
    }
    return {
        {"format", "pleiade-statement-1"},
        {"caisse", statement.caisse},
        {"name", statement.caisse_name},
        {"day", iso_day(statement.day)},
        {"number", statement.number},
        {"replaces", statement.replaces},
        {"made_at", second_of(statement.made_at)},
        {"key", statement.key_id},
        {"steps", steps_json(pipeline::steps_of(statement))},
        {"machines", machines_json(ledger.machines)},
        {"unexplained", filed_json(ledger.balance.unexplained)},
        {"waiting", waiting_json(ledger.balance.exceptions)},
        {"unfinished", filed_json(ledger.balance.unfinished)},
        {"unread_pages", unread_pages_json(ledger.unread_pages)},
        {"given_away", given_away_json(ledger.given_away)},
        {"late", late_json(ledger.late, PliNames::Hidden)},
        {"lots_with_remarks", remarks}};
}

/// What a folder of statements is written with.
struct Desk {
    std::filesystem::path folder;
    const store::SigningKey& key;
    const ged::PrintFont& font;
};

/// The files of one statement.
struct StatementPlace {
    std::filesystem::path json;
    std::filesystem::path pdf;
};

StatementPlace place_of(const pipeline::DayStatement& statement, const Desk& desk) {
    std::string stem = "statement-" + statement.caisse + "-" + iso_day(statement.day);
    if (statement.number > 1) {
        stem += "-" + std::to_string(statement.number);
    }
    return {desk.folder / (stem + ".json"), desk.folder / (stem + ".pdf")};
}

/// Whether the files are there, whole, and say the same but for when they were made.
bool is_there_already(
    const StatementPlace& place, const pipeline::DayStatement& statement, const Desk& desk
) {
    std::error_code unknown;
    if (!std::filesystem::exists(place.pdf, unknown)) {
        return false;
    }
    const std::vector<store::VerifyingKey> own{desk.key.public_half()};
    if (!store::check_signature(place.json, own).good ||
        !store::check_signature(place.pdf, own).good) {
        return false;
    }
    Json said = Json::parse(text_of(read_file(place.json, most_json_bytes)), nullptr, false, false);
    Json now = Json::parse(line_of(statement_json(statement)));
    if (!said.is_object()) {
        return false;
    }
    said.erase("made_at");
    now.erase("made_at");
    return said == now;
}

/// One of them alone may have been filed.
bool is_taken(const StatementPlace& place) {
    std::error_code unknown;
    return std::filesystem::exists(place.json, unknown) ||
           std::filesystem::exists(place.pdf, unknown);
}

/// Nothing is ever written over. What an interrupted writer left has no signature, and the next one
/// takes the next number.
void write_statement(pipeline::DayStatement statement, const Desk& desk) {
    while (true) {
        const StatementPlace place = place_of(statement, desk);
        if (is_taken(place)) {
            if (is_there_already(place, statement, desk)) {
                std::fprintf(
                    stderr,
                    "statement: %s says the same already\n",
                    shown(place.json.string()).c_str()
                );
                return;
            }
            statement.replaces = place.json.stem().string();
            ++statement.number;
            continue;
        }
        const std::string json = line_of(statement_json(statement)) + "\n";
        const Bytes pdf = pipeline::statement_pdf(statement, desk.font);
        if (!write_durably_once(place.json, bytes_of(json)) ||
            !write_durably_once(place.pdf, pdf)) {
            continue; // somebody else was faster: look at what they wrote
        }
        store::write_signature(place.pdf, pdf, desk.key);
        store::write_signature(place.json, bytes_of(json), desk.key);
        std::fprintf(
            stderr, "statement: %s and .pdf, signed\n", shown(place.json.string()).c_str()
        );
        return;
    }
}

store::SigningKey key_of(const pipeline::Platform& platform) {
    std::error_code unknown;
    if (!std::filesystem::exists(platform.audit_key(), unknown)) {
        throw Error(
            Remedy::FixConfiguration,
            "there is no key to sign with: " + platform.audit_key().string() +
                " is made by the first pleiade run"
        );
    }
    return store::SigningKey::from_file_or_new(platform.audit_key());
}

std::string name_of(const std::string& code, const config::Config& config) {
    const auto caisse = std::ranges::find(config.caisses, code, &Caisse::code);
    return caisse == config.caisses.end() ? std::string() : caisse->name;
}

} // namespace

void check_statement_folder(const std::filesystem::path& folder) {
    std::error_code unknown;
    if (!std::filesystem::is_directory(folder, unknown)) {
        throw Error(Remedy::FixInput, "there is no folder " + folder.string() + " for statements");
    }
}

void write_statements(
    const StatementOrder& order, store::Reports& reports, const pipeline::Platform& platform
) {
    const store::SigningKey key = key_of(platform);
    const ged::PrintFont font = pipeline::statement_font();
    const Instant now = SystemClock().now();
    store::Scope scope{.first_day = order.day, .last_day = order.day, .caisse = order.caisse};
    std::set<std::string> caisses;
    if (!order.caisse.empty()) {
        caisses.insert(order.caisse);
    } else {
        for (const store::CaisseSteps& steps : reports.ledger(scope, order.hands, now).caisses) {
            caisses.insert(steps.caisse);
        }
    }
    for (const std::string& caisse : caisses) {
        scope.caisse = caisse; // each is asked for by itself: no statement can hold two
        pipeline::DayStatement statement{
            .caisse = caisse,
            .caisse_name = name_of(caisse, platform.configuration()),
            .day = order.day,
            .made_at = now,
            .key_id = key.public_half().id(),
            .ledger = reports.ledger(scope, order.hands, now)};
        if (statement.caisse_name.empty()) {
            statement.caisse_name = pipeline::steps_of(statement).name;
        }
        write_statement(std::move(statement), {order.folder, key, font});
    }
    if (caisses.empty()) {
        std::fprintf(stderr, "statement: none, no mail was received on that day\n");
    }
}

} // namespace pleiade::cli
