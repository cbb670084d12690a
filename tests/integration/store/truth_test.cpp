// What people say of documents, and the samples they key blind.

#include "core/failure.h"
#include "store/migrate.h"
#include "store/truth.h"
#include "tests/integration/store/mail_room.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <pqxx/pqxx>
#include <string>
#include <vector>

namespace pleiade::store {
namespace {

constexpr const char* nir = "184050608800195";

struct TruthRoom : MailRoom {
    /// A delivered pli.
    RowId
    pli(const std::string& name = "0001.tif",
        int pages = 1,
        Documents documents = Documents::OnePerPli) {
        const RowId lot = open_lot(name);
        const RowId id = add(lot, name, pages);
        close(lot, {name});
        read_everything();
        split(lot);
        (void)understood(lot, documents);
        deliver_everything();
        return id;
    }

    Kept keep(const Statement& statement) { return truth.keep({statement}).front(); }

    [[nodiscard]] std::string said_of(const Statement& statement) {
        try {
            (void)truth.keep({statement});
        } catch (const Error& error) {
            EXPECT_EQ(error.remedy(), Remedy::FixInput);
            return error.what();
        }
        return {};
    }

    Truth truth{database.url()};
};

Statement statement(const std::string& subject, const std::string& type, int second = 1) {
    return {
        .subject = subject,
        .page_numbers = {},
        .type = type,
        .fields = {},
        .who = "Lucette",
        .when = Instant(std::chrono::seconds(second))};
}

TEST(Truth, IsKeptWithWhoAndWhenAndTaughtWithItsPages) {
    TruthRoom room;
    const RowId pli = room.pli("0001.tif", 2);
    Statement said = statement("061-" + std::to_string(pli) + "-1", "AAT");
    said.fields = {{"nir", nir}, {"motif", ""}};
    const Kept kept = room.keep(said);
    EXPECT_EQ(kept.pli, pli);
    EXPECT_EQ(kept.position, 1);
    EXPECT_EQ(kept.type_decided, "DAT");
    EXPECT_EQ(
        room.database.value(
            "select type || ' ' || said_by || ' ' || origin || ' ' || pages_said "
            "|| ' ' || caisse_id || ' ' || extract(epoch from said_at)::int from truth"
        ),
        "AAT Lucette correction false 061 1"
    );
    EXPECT_EQ(
        room.database.value("select string_agg(name || '=' || value, ' ' order by position) "
                            "from truth_field"),
        std::string("nir=") + nir + " motif="
    );
    ASSERT_EQ(room.truth.known_plis(""), std::vector<RowId>{pli});
    EXPECT_TRUE(room.truth.known_plis("201").empty());
    const KnownPli known = room.truth.known_pli(pli);
    EXPECT_EQ(known.caisse, "061");
    EXPECT_EQ(known.readings.size(), 2U);
    ASSERT_EQ(known.documents.size(), 1U);
    EXPECT_EQ(known.documents[0].type, "AAT");
    EXPECT_EQ(known.documents[0].page_indexes, (std::vector<int>{0, 1}));
}

TEST(Truth, SaidLaterReplacesWhatWasSaidOfThosePagesAndBothAreKept) {
    TruthRoom room;
    const RowId pli = room.pli("0001.tif", 3);
    const std::string name = "lot/0001.tif";
    (void)room.keep(statement(name, "AAT", 10));
    Statement first = statement(name, "DAT", 20);
    first.page_numbers = {1, 2};
    Statement second = statement(name, "RIB", 20);
    second.page_numbers = {3};
    (void)room.truth.keep({first, second});
    KnownPli known = room.truth.known_pli(pli);
    ASSERT_EQ(known.documents.size(), 2U);
    EXPECT_EQ(known.documents[0].type, "DAT");
    EXPECT_EQ(known.documents[0].page_indexes, (std::vector<int>{0, 1}));
    EXPECT_EQ(known.documents[1].type, "RIB");
    EXPECT_EQ(room.database.number("select count(*) from truth"), 3);

    (void)room.keep(statement(name, "FSP", 5)); // said before the others, stored after them
    known = room.truth.known_pli(pli);
    EXPECT_EQ(known.documents.size(), 2U);
}

TEST(Truth, MovesNoStateAndIsAnEventThatShowsNoNumber) {
    TruthRoom room;
    const RowId pli = room.pli();
    const std::string before =
        room.database.value("select string_agg(state, ' ' order by document_id) from document");
    Statement said = statement(std::to_string(pli), "AAT");
    said.fields = {{"nir", nir}};
    said.who = std::string("Lucette ") + nir;
    (void)room.keep(said);
    EXPECT_EQ(room.state_of("pli", pli), "delivered");
    EXPECT_EQ(
        room.database.value("select string_agg(state, ' ' order by document_id) from document"),
        before
    );
    EXPECT_EQ(
        room.database.value("select from_state || ' ' || to_state || ' ' || actor || ' ' || reason "
                            "from event order by event_id desc limit 1"),
        "delivered delivered Lucette (NIR) corrected: document 1 is AAT, not DAT; fields nir"
    );
    EXPECT_EQ(room.database.value("select said_by from truth"), "Lucette (NIR)");
    EXPECT_TRUE(room.reconcile(Hands::None).unexplained.empty());
}

TEST(Truth, IsNeverChangedAndGoesWithItsPliToAnotherCaisse) {
    TruthRoom room;
    const RowId lot = room.open_lot();
    const RowId pli = room.add(lot, "0001.tif");
    room.close(lot, {"0001.tif"});
    room.read_everything();
    room.split(lot);
    Statement said = statement(std::to_string(pli), "AAT");
    said.page_numbers = {1};
    said.fields = {{"nir", nir}};
    EXPECT_EQ(room.keep(said).position, 0);
    room.journey.assign_caisse(pli, "201");
    for (const char* table : {"truth", "truth_page", "truth_field"}) {
        EXPECT_EQ(room.database.value(std::string("select caisse_id from ") + table), "201")
            << table;
        EXPECT_THROW(room.database.exec(std::string("delete from ") + table), std::exception);
        EXPECT_THROW(
            room.database.exec(std::string("truncate ") + table + " cascade"), std::exception
        );
    }
    EXPECT_THROW(room.database.exec("update truth set type = 'DAT'"), std::exception);
    EXPECT_THROW(room.database.exec("update truth_field set value = ''"), std::exception);
}

TEST(Truth, RefusesWhatIsNotClear) {
    TruthRoom room;
    const RowId pli = room.pli("0001.tif", 2, Documents::OnePerPage);
    const std::string number = std::to_string(pli);
    EXPECT_NE(room.said_of(statement(number, "AAT")).find("2 documents"), std::string::npos);
    EXPECT_NE(
        room.said_of(statement("061-" + number + "-7", "AAT")).find("no such document"),
        std::string::npos
    );
    EXPECT_NE(
        room.said_of(statement("no such thing", "AAT")).find("no such pli"), std::string::npos
    );
    EXPECT_NE(room.said_of(statement("999", "AAT")).find("no such pli"), std::string::npos);
    EXPECT_NE(
        room.said_of(statement("999999999999999999999", "AAT")).find("no such pli"),
        std::string::npos
    );
    Statement beyond = statement(number, "AAT");
    beyond.page_numbers = {3};
    beyond.where = "a.jsonl:2";
    EXPECT_EQ(
        room.said_of(beyond),
        "a.jsonl:2: the pli has no such page, or it is a separator sheet. Pages count from 1"
    );
    EXPECT_THROW((void)room.truth.keep({statement("061-" + number + "-1", "AAT"), beyond}), Error);
    EXPECT_EQ(room.database.number("select count(*) from truth"), 0) << "all or none";
    (void)room.pli("0001.tif ", 1);
    room.database.exec("update pli set name = 'twin'");
    EXPECT_NE(room.said_of(statement("twin", "AAT")).find("several plis"), std::string::npos);
}

TEST(Truth, OfAKeyThatNamesAnotherCaisseIsRefused) {
    TruthRoom room;
    const RowId pli = room.pli();
    EXPECT_EQ(
        room.said_of(statement("201-" + std::to_string(pli) + "-1", "AAT")),
        "there is no such pli or document"
    );
    EXPECT_EQ(room.said_of(statement("061-" + std::to_string(pli) + "-1", "AAT")), "");
}

TEST(Truth, IsKeptByTheWebStationForTheCaissesItSees) {
    TruthRoom room;
    const std::string pli = std::to_string(room.pli());
    const auto as_web = [](const std::string& caisse, const std::string& statements) {
        return "set local role pleiade_web; set local pleiade.caisses = '" + caisse + "'; " +
               statements;
    };
    const std::string kept =
        "with said as (insert into truth (caisse_id, pli_id, type, pages_said, origin, said_by, "
        "said_at) select caisse_id, pli_id, 'AAT', false, 'correction', 'Lucette', now() "
        "from pli where pli_id = " +
        pli +
        " returning truth_id, pli_id) insert into truth_page "
        "select truth_id, page_index, page_id, caisse_id from said join page using (pli_id); ";
    EXPECT_EQ(
        room.database.refusal(
            as_web("061", kept + "select tell_of_truth(" + pli + ", 'corrected', 'Lucette'); ")
        ),
        ""
    );
    room.database.exec(as_web("201", "select tell_of_truth(" + pli + ", 'corrected', 'somebody'); ")
    );
    EXPECT_EQ(room.database.number("select count(*) from event where reason = 'corrected'"), 0);
    room.database.exec(as_web("061", "select tell_of_truth(" + pli + ", 'corrected', 'Lucette'); ")
    );
    EXPECT_EQ(room.database.value("select actor from event where reason = 'corrected'"), "Lucette");
}

TEST(Truth, IsSaidOfAPliOfAnyName) {
    TruthRoom room;
    const RowId pli = room.pli();
    room.database.exec(
        "update pli set name = (select string_agg(md5(n::text), '') from generate_series(1, 200) n)"
    );
    const std::string name = room.database.value("select name from pli");
    EXPECT_EQ(name.size(), 6400U);
    EXPECT_EQ(room.keep(statement(name, "AAT")).pli, pli);
}

TEST(Samples, AreTheSameShareOfAutomaticDocumentsWhateverTheyLookLike) {
    TruthRoom room;
    room.database.exec("update sampling set seed = 'painted'");
    room.sample_percent = 50.0;
    (void)room.pli("0001.tif", 40, Documents::OnePerPage);
    const std::string chosen = room.database.value(
        "select string_agg(document_id::text, ' ' order by document_id) from sample"
    );
    EXPECT_GT(room.database.number("select count(*) from sample"), 8);
    EXPECT_LT(room.database.number("select count(*) from sample"), 32);
    EXPECT_EQ(
        chosen,
        room.database.value(
            "select string_agg(document_id::text, ' ' order by document_id) from document "
            "where seeded_share('painted', document_id) < 0.5"
        )
    );
    EXPECT_NE(
        chosen,
        room.database.value(
            "select string_agg(document_id::text, ' ' order by document_id) from document "
            "where seeded_share('another', document_id) < 0.5"
        )
    );
    EXPECT_EQ(room.database.number("select count(*) from sample where percent <> 50"), 0);
    room.sample_percent = 0.0;
    (void)room.pli("0002.tif", 40, Documents::OnePerPage);
    EXPECT_EQ(
        room.database.number("select count(*) from sample join document using (document_id) "
                             "where pli_id <> 1"),
        0
    );
}

TEST(Samples, EveryDatabaseHasASeedOfItsOwn) {
    const test::TempDatabase one(test::TempDatabase::Schema::None); // others are copies of one
    migrate(one.url());
    const test::TempDatabase other(test::TempDatabase::Schema::None);
    migrate(other.url());
    const std::string seed = "select seed from sampling";
    EXPECT_NE(one.value(seed), other.value(seed));
    EXPECT_GE(one.value(seed).size(), 64U);
}

TEST(Samples, ShowNothingThatWasDecidedAndAreKeyedOnce) {
    TruthRoom room;
    room.sample_percent = 100.0;
    const RowId pli = room.pli("0001.tif", 3);
    EXPECT_EQ(room.state_of("pli", pli), "delivered") << "a sample holds nothing up";
    const std::vector<OpenSample> open = room.truth.open_samples({});
    ASSERT_EQ(open.size(), 1U);
    EXPECT_EQ(open[0].pli_name, "lot/0001.tif");
    EXPECT_EQ(open[0].received_on, "2026-03-02");
    ASSERT_EQ(open[0].pages.size(), 3U);
    EXPECT_EQ(open[0].pages[2].page_number, 3);
    EXPECT_EQ(std::ranges::count(open[0].pages, true, &SamplePage::asked), 1);
    EXPECT_TRUE(room.truth.open_samples({.caisse = "201"}).empty());

    Statement keyed = statement(std::to_string(open[0].sample), "AAT");
    keyed.origin = Origin::Sample;
    const int asked = std::ranges::find(open[0].pages, true, &SamplePage::asked)->page_number;
    keyed.page_numbers = {asked == 1 ? 2 : 1};
    EXPECT_NE(room.said_of(keyed).find("asks for"), std::string::npos);
    keyed.page_numbers = {asked};
    keyed.fields = {{"nir", "285039935000169"}};
    const Kept kept = room.keep(keyed);
    EXPECT_EQ(kept.type_decided, "") << "whoever keys is not told";
    EXPECT_NE(room.said_of(keyed).find("keyed already"), std::string::npos);
    EXPECT_TRUE(room.truth.open_samples({}).empty());
    EXPECT_EQ(
        room.database.value("select reason from event order by event_id desc limit 1"),
        "keyed as a sample; fields nir"
    );
}

TEST(Samples, AreJudgedByWhatIsInEffectOfThem) {
    TruthRoom room;
    room.sample_percent = 100.0;
    (void)room.pli("0001.tif", 2);
    (void)room.pli("0002.tif", 1);
    const RowId sample = room.truth.open_samples({}).front().sample;
    Statement keyed = statement(std::to_string(sample), "AAT", 10);
    keyed.origin = Origin::Sample;
    keyed.page_numbers = {1, 2};
    keyed.fields = {{"nir", nir}};
    (void)room.keep(keyed);
    KeyedSamples judged = room.truth.keyed_samples({});
    ASSERT_EQ(judged.samples.size(), 1U);
    EXPECT_EQ(judged.samples[0].type, "DAT");
    EXPECT_EQ(judged.samples[0].true_type, "AAT");
    EXPECT_TRUE(judged.samples[0].pages_said);
    EXPECT_TRUE(judged.samples[0].same_pages);
    EXPECT_EQ(judged.samples[0].fields, (std::vector<NamedValue>{{"nir", nir}}));
    EXPECT_EQ(judged.samples[0].true_fields, (std::vector<NamedValue>{{"nir", nir}}));
    ASSERT_EQ(judged.counts.size(), 1U);
    EXPECT_EQ(judged.counts[0].automatic, 2);
    EXPECT_EQ(judged.counts[0].chosen, 2);

    Statement second_look = statement("lot/0001.tif", "DAT", 20); // who keyed it was wrong
    second_look.page_numbers = {1};
    (void)room.keep(second_look);
    judged = room.truth.keyed_samples({});
    ASSERT_EQ(judged.samples.size(), 1U);
    EXPECT_EQ(judged.samples[0].true_type, "DAT");
    EXPECT_FALSE(judged.samples[0].same_pages);
}

} // namespace
} // namespace pleiade::store
