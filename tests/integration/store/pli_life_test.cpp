// Random lives of plis, with workers that die between any two steps and others that come back too
// late, against a model in memory (pli_life.h): after every step both must say the same.

#include "tests/integration/store/mail_room.h"
#include "tests/integration/store/pli_life.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <set>
#include <sstream>

namespace pleiade::store {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* all_states = R"(
select 'lot ' || lot_id, state from lot
union all select 'pli ' || pli_id, state from pli
union all select 'page ' || page_id, state from page
union all select 'document ' || pli_id || '/' || position, state from document
union all select 'delivery ' || document.pli_id || '/' || position, delivery.state
    from delivery join document using (document_id)
union all select 'job ' || kind || ' ' || coalesce(
        document.pli_id || '/' || position, page_id::text, job.pli_id::text, lot_id::text), job.state
    from job left join delivery using (delivery_id) left join document using (document_id))";

/// Has each document under its key, and remembers who brought it twice.
struct OneGed {
    std::set<std::string> keys;
    std::vector<std::string> brought_twice;

    void take(const std::string& key) {
        if (!keys.insert(key).second) {
            brought_twice.push_back(key);
        }
    }
};

struct Hand {
    Job job;
    std::string name;
    int position = 0; ///< Of its document.
    std::string worker;
    bool expires = false; ///< Lost as soon as anybody claims anything.
};

class Lives {
public:
    explicit Lives(unsigned seed) : random_(seed) {}

    void step() {
        switch (pick(10)) {
        case 0:
        case 1:
            return take_in();
        case 2:
            return chance(5) ? crash() : die(worker());
        case 3:
            return come_back_too_late();
        case 4:
        case 5:
        case 6:
            return claim();
        default:
            return hands_.empty() ? claim() : work_on(pick(hands_.size()), Mischief::Any);
        }
    }

    /// Everything to its end, with nobody dying any more.
    void finish() {
        crash();
        while (!open_lots_.empty()) {
            close_lot(open_lots_.begin()->first);
        }
        for (;;) {
            claim();
            if (hands_.empty()) {
                break;
            }
            while (!hands_.empty()) {
                work_on(0, Mischief::None);
            }
        }
    }

    [[nodiscard]] PliLife::States said() const {
        PliLife::States states;
        for (const auto& row : room_.database.rows(all_states)) {
            states[row.at(0)] = row.at(1);
        }
        return states;
    }
    [[nodiscard]] const PliLife& life() const { return life_; }
    [[nodiscard]] const OneGed& ged() const { return ged_; }
    [[nodiscard]] const std::string& story() const { return story_; }
    MailRoom& room() { return room_; }

private:
    enum class Mischief { None, Any };

    std::size_t pick(std::size_t below) {
        return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_);
    }
    bool chance(int of_ten) { return static_cast<int>(pick(10)) < of_ten; }
    std::string worker() { return "worker " + std::to_string(pick(3)); }
    void tell(const std::string& what) { story_ += what + "\n"; }

    void take_in() {
        if (open_lots_.empty() || chance(2)) {
            const RowId lot = room_.open_lot("lot " + std::to_string(++names_));
            life_.open_lot(lot);
            open_lots_[lot];
            return tell("open lot " + std::to_string(lot));
        }
        auto lot = open_lots_.begin();
        std::advance(lot, pick(open_lots_.size()));
        if (chance(2)) {
            return close_lot(lot->first);
        }
        if (!lot->second.empty() && chance(2)) { // a run that was killed brings it again
            (void)room_.add(lot->first, lot->second.back(), 1);
            return tell("the same file again");
        }
        add_file(lot->first, lot->second);
    }

    void add_file(RowId lot, std::vector<std::string>& names) {
        names.push_back(std::to_string(++names_) + ".tif");
        const bool is_readable = !chance(2);
        const NewFile file{
            .name = names.back(),
            .blob = blob_named(names.back()),
            .bytes = 7,
            .pages = is_readable ? static_cast<int>(pick(3)) + 1 : 1};
        const RowId pli = is_readable ? room_.intake.add_file(lot, file)
                                      : room_.intake.add_unreadable_file(lot, file, "no picture");
        std::vector<RowId> pages;
        for (const ReadPage& page : room_.lot_pages(lot)) {
            if (page.pli == pli) {
                pages.push_back(page.id);
            }
        }
        EXPECT_EQ(pages.size(), static_cast<std::size_t>(file.pages));
        life_.add_file(lot, pli, pages, is_readable);
        tell("pli " + std::to_string(pli) + (is_readable ? "" : ", unreadable"));
    }

    void close_lot(RowId lot) {
        const std::vector<std::string> names = open_lots_.at(lot);
        if (chance(3)) {
            std::vector<std::string> more = names;
            more.emplace_back("missing.tif");
            const Closing closing = room_.intake.close_lot(lot, more);
            EXPECT_FALSE(closing.closed);
            EXPECT_THAT(closing.missing, ElementsAre("missing.tif"));
        }
        EXPECT_TRUE(room_.intake.close_lot(lot, names).closed);
        open_lots_.erase(lot);
        life_.close_lot(lot);
        tell("close lot " + std::to_string(lot));
    }

    void claim() {
        const std::string who = worker();
        const bool expires = chance(1);
        const std::vector<JobKind> kinds{
            JobKind::Read, JobKind::Split, JobKind::Understand, JobKind::Deliver};
        life_.expire();
        leave_to_the_late([](const Hand& hand) { return hand.expires; });
        const auto job = room_.queue.claim(who, kinds, expires ? 0s : 300s);
        const bool any =
            std::ranges::any_of(kinds, [this](JobKind kind) { return life_.is_waiting(kind); });
        EXPECT_EQ(job.has_value(), any) << "a job waits and is not given, or the reverse";
        if (!job) {
            return tell("nothing to claim");
        }
        Hand hand{.job = *job, .name = "", .position = 0, .worker = who, .expires = expires};
        if (job->kind == JobKind::Deliver) {
            hand.position = room_.deliveries.delivery_for_job(*job).position;
        }
        hand.name = PliLife::name_of(*job, hand.position);
        EXPECT_TRUE(life_.may_claim(hand.name)) << hand.name;
        EXPECT_EQ(job->losses, life_.losses(hand.name)) << hand.name;
        life_.claim(hand.name, who, expires);
        tell(who + " claims " + hand.name + (expires ? ", for no time" : ""));
        // Who held it before, if anybody did, is too late from now on.
        leave_to_the_late([&](const Hand& other) { return other.name == hand.name; });
        hands_.push_back(std::move(hand));
    }

    template <typename Condition>
    void leave_to_the_late(Condition condition) {
        for (const Hand& hand : hands_) {
            if (condition(hand)) {
                late_.push_back(hand);
            }
        }
        std::erase_if(hands_, condition);
    }

    /// A worker is killed; another of its name begins anew.
    void die(const std::string& who) {
        EXPECT_GE(room_.queue.release_jobs_of(who), 0);
        life_.release(who);
        leave_to_the_late([&](const Hand& hand) { return hand.worker == who; });
        tell(who + " dies");
    }

    /// The whole program is killed and begins anew.
    void crash() {
        room_.queue = Queue(room_.database.url());
        room_.journey = Journey(room_.database.url());
        room_.deliveries = Deliveries(room_.database.url());
        room_.queue.release_all_running();
        life_.release_all();
        leave_to_the_late([](const Hand&) { return true; });
        tell("all die");
    }

    /// A worker that was taken for dead ends what is no more its job: nothing must come of it.
    void come_back_too_late() {
        if (late_.empty()) {
            return;
        }
        const Hand hand = late_[pick(late_.size())];
        if (std::ranges::any_of(hands_, [&](const Hand& now) {
                return now.job.id == hand.job.id && now.job.fence == hand.job.fence;
            })) {
            return;
        }
        tell(hand.worker + " is late with " + hand.name);
        const Receipt receipt{some_pdf.sha256, "ged/a.pdf", Instant{}};
        switch (hand.job.kind) {
        case JobKind::Read:
            return expect_late(room_.journey.finish_read(hand.job, room_.reading()));
        case JobKind::Split:
            return expect_late(room_.journey.finish_split(hand.job, {}));
        case JobKind::Understand:
            return expect_late(room_.journey.finish_understand(
                hand.job, understanding_of(hand.job.pli, true, documents_of(hand.job.pli))
            ));
        case JobKind::Deliver:
            expect_late(room_.deliveries.mark_sent(hand.job, "folder"));
            expect_late(room_.deliveries.refuse(hand.job, "too late"));
            return expect_late(room_.deliveries.acknowledge(hand.job, receipt));
        }
    }
    static void expect_late(Finish finish) { EXPECT_EQ(finish, Finish::LeaseLost); }

    /// One verb further. Whoever holds a job may die before the next.
    void work_on(std::size_t place, Mischief mischief) {
        Hand hand = hands_.at(place);
        if (mischief == Mischief::Any && chance(1)) {
            EXPECT_EQ(room_.queue.put_back(hand.job), Finish::Committed);
            life_.put_back(hand.name);
            drop(hand);
            return tell("put back " + hand.name);
        }
        if (mischief == Mischief::Any && chance(1)) {
            EXPECT_EQ(room_.queue.set_aside_job(hand.job, "a bug"), Finish::Committed);
            life_.set_aside_job(hand.name);
            drop(hand);
            return tell("set aside " + hand.name);
        }
        tell("work on " + hand.name);
        switch (hand.job.kind) {
        case JobKind::Read:
            read(hand);
            return drop(hand);
        case JobKind::Split:
            split(hand);
            return drop(hand);
        case JobKind::Understand:
            understand(hand);
            return drop(hand);
        case JobKind::Deliver:
            return deliver(hand);
        }
    }

    /// What was ended is never ended again.
    void drop(const Hand& hand) {
        late_.push_back(hand);
        std::erase_if(hands_, [&](const Hand& other) { return other.job.id == hand.job.id; });
    }

    void read(const Hand& hand) {
        if (chance(1)) {
            EXPECT_EQ(room_.journey.set_aside_page(hand.job, "torn"), Finish::Committed);
            return life_.settle_page(hand.job.page, "set_aside");
        }
        const bool blank = chance(2);
        EXPECT_EQ(room_.journey.finish_read(hand.job, room_.reading(blank)), Finish::Committed);
        life_.settle_page(hand.job.page, blank ? "blank" : "read");
    }

    void split(const Hand& hand) {
        LotSettlement settlement;
        const std::vector<RowId> pages = life_.pages_of_lot(hand.job.lot);
        const bool joins = !pages.empty() && chance(3);
        if (joins) {
            settlement.groups.push_back({.name = "joined", .pages = pages});
        }
        EXPECT_EQ(room_.journey.finish_split(hand.job, settlement), Finish::Committed);
        life_.split(hand.job.lot, joins ? room_.database.number("select max(pli_id) from pli") : 0);
    }

    std::vector<PliLife::Document> documents_of(RowId pli) {
        std::vector<PliLife::Document> documents;
        for (const RowId page : life_.pages_of(pli)) {
            if (documents.empty() || chance(5)) {
                documents.emplace_back();
            }
            documents.back().pages.push_back(page);
        }
        return documents;
    }

    Understanding understanding_of(
        RowId /*pli*/, bool is_to_verify, const std::vector<PliLife::Document>& documents
    ) const {
        Understanding understanding;
        understanding.decision_json = understanding.facts_json = "{}";
        if (is_to_verify) {
            understanding.verify_reasons.emplace_back("not sure");
        }
        for (const PliLife::Document& document : documents) {
            understanding.documents.push_back(room_.document(document.pages));
        }
        return understanding;
    }

    void understand(const Hand& hand) {
        const RowId pli = hand.job.pli;
        const bool is_to_verify = life_.misses_a_page(pli) || chance(2);
        const std::vector<PliLife::Document> documents = documents_of(pli);
        EXPECT_EQ(
            room_.journey.finish_understand(
                hand.job, understanding_of(pli, is_to_verify, documents)
            ),
            Finish::Committed
        );
        life_.understand(pli, is_to_verify, documents);
    }

    /// As app/pipeline/deliver_step.cpp goes about it, one verb at a time.
    void deliver(const Hand& hand) {
        const DeliveryWork work = room_.deliveries.delivery_for_job(hand.job);
        const RowId pli = hand.job.pli;
        const auto move = [&](Finish finish, const char* state) {
            EXPECT_EQ(finish, Finish::Committed);
            life_.move_delivery(pli, hand.position, state);
        };
        if (work.pdf.sha256.empty()) {
            EXPECT_EQ(
                room_.deliveries.record_pdf(hand.job, some_pdf, some_index), Finish::Committed
            );
        } else if (work.state == DeliveryState::Waiting) {
            send(hand);
        } else if (work.state == DeliveryState::InDoubt) {
            ged_.keys.contains(work.idempotency_key)
                ? acknowledge(hand)
                : move(room_.deliveries.mark_not_there(hand.job), "waiting");
        } else if (sent_.contains({hand.job.id, hand.job.fence})) {
            call_ged(hand, work.idempotency_key);
        } else { // somebody else sent it, and died
            move(room_.deliveries.mark_in_doubt(hand.job), "in_doubt");
        }
    }

    void send(const Hand& hand) {
        const Finish finish = room_.deliveries.mark_sent(hand.job, "folder");
        const bool goes = life_.send(hand.job.pli, hand.position);
        EXPECT_EQ(finish, goes ? Finish::Committed : Finish::LeaseLost);
        if (goes) {
            sent_.insert({hand.job.id, hand.job.fence});
        } else {
            drop(hand);
        }
    }

    void call_ged(const Hand& hand, const std::string& key) {
        if (chance(1)) {
            EXPECT_EQ(room_.deliveries.refuse(hand.job, "no"), Finish::Committed);
            life_.refuse(hand.job.pli, hand.position);
            return drop(hand);
        }
        sent_.erase({hand.job.id, hand.job.fence});
        ged_.take(key);
        if (chance(7)) {
            acknowledge(hand);
        } else { // dies with the answer in its hands
            die(hand.worker);
        }
    }

    void acknowledge(const Hand& hand) {
        const Receipt receipt{
            .sha256 = some_pdf.sha256, .location = "ged/061/a.pdf", .at = Instant{}};
        EXPECT_EQ(room_.deliveries.acknowledge(hand.job, receipt), Finish::Committed);
        life_.acknowledge(hand.job.pli, hand.position);
        drop(hand);
    }

    std::mt19937 random_;
    MailRoom room_;
    PliLife life_;
    OneGed ged_;
    std::map<RowId, std::vector<std::string>> open_lots_; ///< With the names of their files.
    std::vector<Hand> hands_;
    std::vector<Hand> late_;                        ///< Jobs that their holders lost or ended.
    std::set<std::pair<RowId, std::int64_t>> sent_; ///< Whose GED is to be called next.
    int names_ = 0;
    std::string story_;
};

std::vector<std::string> unexplained(Lives& lives, Hands hands) {
    std::vector<std::string> found;
    for (const Unexplained& one : lives.room().reconcile(hands).unexplained) {
        found.push_back(one.subject + " " + one.what);
    }
    return found;
}

std::vector<std::string> delivered_keys(Lives& lives) {
    std::vector<std::string> keys;
    for (const auto& row : lives.room().database.rows(
             "select idempotency_key from delivery where state = 'acknowledged' order by 1"
         )) {
        keys.push_back(row.at(0));
    }
    return keys;
}

void live(unsigned seed) {
    constexpr int steps = 150;           // chosen: a few lots, some twenty plis
    constexpr int between_balances = 10; // chosen: reports are slower than steps
    SCOPED_TRACE("seed " + std::to_string(seed));
    Lives lives(seed);
    for (int step = 0; step < steps; ++step) {
        lives.step();
        ASSERT_EQ(lives.said(), lives.life().states()) << lives.story();
        if (step % between_balances == 0) {
            ASSERT_THAT(unexplained(lives, Hands::AtWork), IsEmpty()) << lives.story();
            ASSERT_THAT(lives.room().wrong_counters(), IsEmpty()) << lives.story();
            lives.room().counters.add_up();
            ASSERT_THAT(lives.room().wrong_counters(), IsEmpty()) << lives.story();
        }
        ASSERT_FALSE(testing::Test::HasFailure()) << lives.story();
    }
    lives.finish();
    ASSERT_EQ(lives.said(), lives.life().states()) << lives.story();
    EXPECT_THAT(unexplained(lives, Hands::None), IsEmpty()) << lives.story();
    EXPECT_THAT(lives.ged().brought_twice, IsEmpty()) << lives.story();
    const std::vector<std::string> delivered = delivered_keys(lives);
    for (const std::string& key : delivered) {
        EXPECT_TRUE(lives.ged().keys.contains(key)) << key << lives.story();
    }
    for (const auto& [name, state] : lives.life().states()) {
        if (name.starts_with("pli ")) {
            EXPECT_THAT(state, testing::AnyOf("delivered", "to_verify", "set_aside", "superseded"))
                << name << lives.story();
        }
    }
}

TEST(PliLife, IsTheSameInTheDatabaseWhateverHappens) {
    const char* wanted = std::getenv("PLEIADE_LIVES");
    const unsigned lives = wanted == nullptr ? 8 : static_cast<unsigned>(std::stoul(wanted));
    for (unsigned seed = 1; seed <= lives && !HasFailure(); ++seed) {
        live(seed);
    }
}

TEST(PliLife, NoticesADatabaseThatForgetsAStep) {
    Lives lives(1);
    lives.room().database.exec(
        "create or replace function queue_split_when_settled(settled_lot bigint) "
        "returns void language sql as ''"
    );
    bool noticed = false;
    for (int step = 0; step < 300 && !noticed; ++step) {
        lives.step();
        noticed = lives.said() != lives.life().states();
    }
    EXPECT_TRUE(noticed);
}

} // namespace
} // namespace pleiade::store
