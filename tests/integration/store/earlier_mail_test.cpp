// What is known of other mail when a pli is decided, and that two workers cannot decide past each
// other.

#include "tests/integration/store/mail_room.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <thread>
#include <vector>

namespace pleiade::store {
namespace {

constexpr const char* jeanne = "184050608800195";
constexpr const char* iban = "FR7630006000011234567890189";
constexpr std::chrono::sys_days received{std::chrono::year(2026) / 3 / 2};

const PagePrint print{
    .picture = std::string(64, 'a'),
    .numbers = {-5, 3, 9},
    .firm = {3},
    .words = {1, 2},
    .bands = {-77, 42}};

struct Sorting : MailRoom {
    /// A pli of one file that waits to be understood; every file holds other bytes.
    Job pli_waiting(const std::string& name, const std::string& caisse = "061", int pages = 1) {
        const RowId lot = open_lot("samples/" + name, caisse);
        add(lot, name, pages);
        close(lot, {name});
        read_everything();
        split(lot);
        const Job job = claim(JobKind::Understand);
        jobs[job.pli] = job;
        return job;
    }

    [[nodiscard]] EarlierMail earlier(const Inquiry& asked) {
        return journey.earlier_mail(jobs.at(asked.pli), asked);
    }

    std::map<RowId, Job> jobs; ///< Those that understand, by pli.

    [[nodiscard]] std::vector<RowId> pages_of(const Job& job) {
        std::vector<RowId> pages;
        for (const ReadPage& page : journey.understood_pli(job.pli).pages) {
            pages.push_back(page.id);
        }
        return pages;
    }

    /// What every page is asked by from now on.
    PagePrint asked_by = print;

    [[nodiscard]] Inquiry inquiry(const Job& job, const std::string& caisse = "061") {
        return {
            .pli = job.pli,
            .pages = pages_of(job),
            .caisse = caisse,
            .received_on = received,
            .questions = {
                {Question::Kind::Nir, jeanne},
                {Question::Kind::AatNumber, "ab1234567"},
                {Question::Kind::PageFingerprint, "", 0, asked_by}}};
    }

    [[nodiscard]] Understanding decided(const Inquiry& asked, const EarlierMail& earlier) const {
        NewDocument made = document(asked.pages);
        made.person = jeanne;
        made.account = iban;
        made.form_number = "ab1234567";
        made.notes = {"réitération"};
        return {
            .caisse = "",
            .decision_json = "{}",
            .facts_json = "{}",
            .verify_reasons = {},
            .documents = {made},
            .inquiry = asked,
            .earlier = earlier};
    }

    Finish understand(const Job& job, const std::string& caisse = "061") {
        const Inquiry asked = inquiry(job, caisse);
        return journey.finish_understand(job, decided(asked, earlier(asked)));
    }
};

TEST(EarlierMail, IsFoundByPagePersonAccountAndFormNumber) {
    Sorting room;
    const Job first = room.pli_waiting("0001.tif");
    EXPECT_EQ(room.earlier(room.inquiry(first)), EarlierMail{});
    ASSERT_EQ(room.understand(first), Finish::Committed);
    const Job second = room.pli_waiting("0002.tif");
    const EarlierMail known = room.earlier(room.inquiry(second));
    ASSERT_EQ(known.pages.size(), 1U);
    EXPECT_EQ(known.pages[0].pli, first.pli);
    EXPECT_EQ(known.pages[0].pli_name, "lot/0001.tif");
    EXPECT_EQ(known.pages[0].received_on, received);
    EXPECT_FALSE(known.pages[0].same_file);
    PagePrint without_bands = print;
    without_bands.bands.clear();
    EXPECT_EQ(known.pages[0].print, without_bands);
    EXPECT_EQ(
        known.documents, (std::vector<EarlierDocument>{{jeanne, "DAT", "lot/0001.tif", received}})
    );
    EXPECT_EQ(known.accounts, (std::vector<KnownAccount>{{jeanne, iban}}));
    EXPECT_EQ(
        known.aat_numbers, (std::vector<EarlierNumber>{{"ab1234567", "lot/0001.tif", received}})
    );
}

TEST(EarlierMail, ThePliItselfIsNoPartOfIt) {
    Sorting room;
    const Job job = room.pli_waiting("0001.tif");
    const Inquiry asked = room.inquiry(job);
    ASSERT_EQ(room.understand(job), Finish::Committed);
    EXPECT_EQ(room.earlier(asked), EarlierMail{});
}

TEST(EarlierMail, OfAnotherCaisseIsNeverLookedAtAndThatOfNoneAlways) {
    Sorting room;
    ASSERT_EQ(room.understand(room.pli_waiting("0001.tif", "201"), "201"), Finish::Committed);
    const Job nice = room.pli_waiting("0002.tif");
    EXPECT_EQ(room.earlier(room.inquiry(nice)), EarlierMail{});
    ASSERT_EQ(room.understand(room.pli_waiting("0003.tif", "000"), "000"), Finish::Committed);
    const EarlierMail known = room.earlier(room.inquiry(nice));
    ASSERT_EQ(known.pages.size(), 1U);
    EXPECT_EQ(known.pages[0].pli_name, "lot/0003.tif");
}

TEST(EarlierMail, KnowsAFileThatCameBeforeUnderAnotherName) {
    Sorting room;
    ASSERT_EQ(room.understand(room.pli_waiting("0001.tif")), Finish::Committed);
    const Job copy = room.pli_waiting("copy.tif");
    room.database.exec(
        "update lot_file set sha256 = (select sha256 from lot_file where name = '0001.tif')"
    );
    Inquiry asked = room.inquiry(copy);
    asked.questions.clear();
    const EarlierMail known = room.earlier(asked);
    ASSERT_EQ(known.pages.size(), 1U);
    EXPECT_TRUE(known.pages[0].same_file);
    EXPECT_EQ(known.pages[0].page_index, 0);
}

TEST(EarlierMail, OfAPliThatWasSetAsideCountsNoLonger) {
    Sorting room;
    const Job first = room.pli_waiting("0001.tif");
    ASSERT_EQ(room.understand(first), Finish::Committed);
    const Job second = room.pli_waiting("0002.tif");
    room.database.exec(
        "select set_aside_pli(" + std::to_string(first.pli) + ", 'taken out by hand')"
    );
    const EarlierMail known = room.earlier(room.inquiry(second));
    EXPECT_TRUE(known.pages.empty());
    EXPECT_TRUE(known.documents.empty());
}

TEST(EarlierMail, ADecisionThatDidNotKnowOfItIsOutdatedAndLeavesNothing) {
    Sorting room;
    const Job first = room.pli_waiting("0001.tif");
    const Job second = room.pli_waiting("0002.tif");
    const Inquiry asked = room.inquiry(second);
    const EarlierMail before = room.earlier(asked);
    ASSERT_EQ(room.understand(first), Finish::Committed);
    EXPECT_EQ(
        room.journey.finish_understand(second, room.decided(asked, before)), Finish::Outdated
    );
    EXPECT_EQ(room.state_of("pli", second.pli), "read");
    EXPECT_EQ(room.understand(second), Finish::Committed);
}

TEST(EarlierMail, OfTwoPlisDecidedAtOnceOneLearnsOfTheOther) {
    Sorting room;
    for (int round = 0; round < 10; ++round) {
        const std::string name = std::to_string(round);
        const Job jobs[] = {room.pli_waiting(name + "a.tif"), room.pli_waiting(name + "b.tif")};
        std::vector<Understanding> decisions;
        for (const Job& job : jobs) {
            const Inquiry asked = room.inquiry(job);
            decisions.push_back(room.decided(asked, room.earlier(asked)));
        }
        Finish ends[2] = {Finish::LeaseLost, Finish::LeaseLost};
        std::vector<std::thread> racers;
        for (const std::size_t racer : {0U, 1U}) {
            racers.emplace_back([&, racer] {
                Journey journey(room.database.url());
                ends[racer] = journey.finish_understand(jobs[racer], decisions[racer]);
            });
        }
        for (std::thread& racer : racers) {
            racer.join();
        }
        EXPECT_EQ((ends[0] == Finish::Committed) + (ends[1] == Finish::Committed), 1);
        EXPECT_EQ((ends[0] == Finish::Outdated) + (ends[1] == Finish::Outdated), 1);
        ASSERT_EQ(room.understand(jobs[ends[0] == Finish::Outdated ? 0 : 1]), Finish::Committed);
    }
}

TEST(EarlierMail, OfTwoDecidedAtOnceOneWithoutACaisseTheOtherLearns) {
    Sorting room;
    for (int round = 0; round < 10; ++round) {
        const std::string name = std::to_string(round);
        const Job nice = room.pli_waiting(name + "a.tif");
        const Job nobodys = room.pli_waiting(name + "b.tif", "000");
        const Inquiry asked = room.inquiry(nice);
        const Understanding decision = room.decided(asked, room.earlier(asked));
        Finish end = Finish::LeaseLost;
        std::thread racer([&] {
            Journey journey(room.database.url());
            end = journey.finish_understand(nice, decision);
        });
        EXPECT_EQ(room.understand(nobodys, "000"), Finish::Committed);
        racer.join();
        if (end == Finish::Outdated) {
            EXPECT_EQ(room.understand(nice), Finish::Committed);
        } else {
            EXPECT_EQ(end, Finish::Committed); // it was first
        }
    }
}

/// The same form, written on by somebody else.
PagePrint with_another_look(char picture) {
    PagePrint other = print;
    other.picture = std::string(64, picture);
    return other;
}

TEST(EarlierMail, APageIsFoundAmongManyThatShareItsFormAndItsPerson) {
    Sorting room;
    int number = 0;
    const auto decide = [&](const PagePrint& asked_by) {
        room.asked_by = asked_by;
        const Job job = room.pli_waiting(std::to_string(++number) + ".tif");
        EXPECT_EQ(room.understand(job), Finish::Committed);
        return job.pli;
    };
    for (int i = 0; i < 6; ++i) {
        decide(with_another_look('5'));
    }
    const RowId same = decide(print);
    for (int i = 0; i < 6; ++i) {
        decide(with_another_look('0'));
    }
    room.asked_by = print;
    const EarlierMail known = room.earlier(room.inquiry(room.pli_waiting("again.tif")));
    ASSERT_EQ(known.pages.size(), 1U);
    EXPECT_EQ(known.pages[0].pli, same);
}

TEST(EarlierMail, APageIsFoundAmongMoreOfItsPersonThanAreLookedAt) {
    Sorting room;
    const Job first = room.pli_waiting("0001.tif");
    ASSERT_EQ(room.understand(first), Finish::Committed);
    room.asked_by = with_another_look('5');
    room.asked_by.bands = {-77};
    ASSERT_EQ(room.understand(room.pli_waiting("0002.tif")), Finish::Committed);
    room.database.exec("insert into page_band select caisse_id, band, received_on + n, page_id "
                       "from page_band cross join generate_series(1, 200) n "
                       "where page_id = (select max(page_id) from page_band)");
    room.asked_by = print;
    const EarlierMail known = room.earlier(room.inquiry(room.pli_waiting("again.tif")));
    ASSERT_EQ(known.pages.size(), 1U);
    EXPECT_EQ(known.pages[0].pli, first.pli);
}

TEST(EarlierMail, TwoPlisOfOneFormWithNothingFilledInAlikeNeedNotKnowOfEachOther) {
    Sorting room;
    const auto filled_in_with = [&](const Job& job, int band) {
        room.asked_by.bands = {band};
        Inquiry asked = room.inquiry(job);
        std::erase_if(asked.questions, [](const Question& question) {
            return question.kind != Question::Kind::PageFingerprint;
        });
        return asked;
    };
    const Job first = room.pli_waiting("0001.tif");
    const Job second = room.pli_waiting("0002.tif");
    const Inquiry asked = filled_in_with(second, 1);
    const EarlierMail before = room.earlier(asked);
    const Inquiry other = filled_in_with(first, 2);
    ASSERT_EQ(
        room.journey.finish_understand(first, room.decided(other, room.earlier(other))),
        Finish::Committed
    );
    EXPECT_EQ(
        room.journey.finish_understand(second, room.decided(asked, before)), Finish::Committed
    );
}

TEST(EarlierMail, APageThatCameMoreThanAYearAgoIsNotLookedFor) {
    Sorting room;
    ASSERT_EQ(room.understand(room.pli_waiting("0001.tif")), Finish::Committed);
    Inquiry asked = room.inquiry(room.pli_waiting("0002.tif"));
    EXPECT_EQ(room.earlier(asked).pages.size(), 1U);
    asked.received_on = received + std::chrono::days(400);
    EXPECT_TRUE(room.earlier(asked).pages.empty());
}

TEST(EarlierMail, APrintedBackCountsWhereItsFrontCameToo) {
    Sorting room;
    PagePrint back = with_another_look('5');
    back.bands.clear();
    const auto with_a_back = [&](Inquiry asked) {
        asked.questions.push_back({Question::Kind::PageFingerprint, "", 1, back});
        return asked;
    };
    const auto decide = [&](const Job& job) {
        const Inquiry asked = with_a_back(room.inquiry(job));
        EXPECT_EQ(
            room.journey.finish_understand(job, room.decided(asked, room.earlier(asked))),
            Finish::Committed
        );
    };
    const Job first = room.pli_waiting("0001.tif", "061", 2);
    decide(first);
    room.asked_by = with_another_look('0');
    decide(room.pli_waiting("0002.tif", "061", 2));
    room.asked_by = print;
    const Job second = room.pli_waiting("0003.tif", "061", 2);
    const EarlierMail known = room.earlier(with_a_back(room.inquiry(second)));
    ASSERT_EQ(known.pages.size(), 2U);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(known.pages[i].pli, first.pli);
        EXPECT_EQ(known.pages[i].page_index, static_cast<int>(i));
    }
}

TEST(EarlierMail, NotesGoWithTheDocumentAndItsWorkItem) {
    Sorting room;
    ASSERT_EQ(room.understand(room.pli_waiting("0001.tif")), Finish::Committed);
    const auto job = room.queue.claim("worker", {JobKind::Deliver}, std::chrono::minutes(5));
    ASSERT_TRUE(job);
    EXPECT_EQ(
        room.deliveries.delivery_for_job(*job).notes, std::vector<std::string>{"réitération"}
    );
    ASSERT_EQ(room.queue.put_back(*job), Finish::Committed);
    room.deliver_everything();
    EXPECT_EQ(room.database.value("select notes from work_item"), "{réitération}");
}

TEST(EarlierMail, MovesWithItsPliToAnotherCaisse) {
    Sorting room;
    const Job first = room.pli_waiting("0001.tif", "000");
    Understanding doubtful = room.decided(room.inquiry(first, "000"), {});
    doubtful.verify_reasons = {"caisse inconnue"};
    ASSERT_EQ(room.journey.finish_understand(first, doubtful), Finish::Committed);
    room.journey.assign_caisse(first.pli, "201");
    const Job second = room.pli_waiting("0002.tif", "201");
    EXPECT_EQ(room.earlier(room.inquiry(second, "201")).pages.size(), 1U);
    const Job third = room.pli_waiting("0003.tif", "061");
    EXPECT_TRUE(room.earlier(room.inquiry(third, "061")).pages.empty());
}

} // namespace
} // namespace pleiade::store
