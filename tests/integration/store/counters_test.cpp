// What dashboards count, kept up to date instead of counted.

#include "tests/integration/store/mail_room.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace pleiade::store {
namespace {

using testing::IsEmpty;

RowId through_to_delivery(MailRoom& room, const std::string& source) {
    const RowId lot = room.open_lot(source);
    room.add(lot, source + "-1.tif", 2);
    room.add(lot, source + "-2.tif");
    room.close(lot, {source + "-1.tif", source + "-2.tif"});
    room.read_everything();
    room.split(lot);
    const RowId pli = room.understood(lot);
    (void)room.understood(lot);
    room.deliver_everything();
    return pli;
}

long counted(MailRoom& room, const std::string& what, const std::string& state) {
    return room.database.number(
        "select coalesce(sum(number), 0)::bigint from counter where what = '" + what +
        "' and state = '" + state + "'"
    );
}

TEST(Counters, FollowTheMailWhetherAddedUpOrNot) {
    MailRoom room;
    (void)through_to_delivery(room, "a");
    EXPECT_THAT(room.wrong_counters(), IsEmpty());
    EXPECT_EQ(counted(room, "pli", "delivered"), 0); // nobody added up
    room.counters.add_up();
    EXPECT_THAT(room.wrong_counters(), IsEmpty());
    EXPECT_EQ(counted(room, "pli", "delivered"), 2);
    EXPECT_EQ(counted(room, "page", "read"), 3);
    EXPECT_EQ(counted(room, "work_item", "new"), 2);
    EXPECT_EQ(room.database.number("select count(*) from counter_change"), 0);
    (void)through_to_delivery(room, "b");
    EXPECT_THAT(room.wrong_counters(), IsEmpty());
    room.counters.add_up();
    EXPECT_EQ(counted(room, "pli", "delivered"), 4);
}

TEST(Counters, GoAlongWhenAPliIsGivenToAnotherCaisse) {
    MailRoom room;
    const RowId lot = room.open_lot("mixed", "000");
    const RowId pli = room.add(lot, "0001.tif", 3);
    room.counters.add_up();
    room.journey.assign_caisse(pli, "201");
    EXPECT_THAT(room.wrong_counters(), IsEmpty());
    room.counters.add_up();
    EXPECT_THAT(room.wrong_counters(), IsEmpty());
    EXPECT_EQ(
        room.database.number("select number from counter where caisse_id = '201' and what = 'page'"
        ),
        3
    );
}

TEST(Counters, AreRightWhenSeveralAddUpAtOnce) {
    MailRoom room;
    const RowId lot = room.open_lot();
    std::vector<std::thread> threads;
    for (int n = 0; n < 3; ++n) {
        threads.emplace_back([&room] {
            Counters counters(connect(room.database.url()));
            for (int round = 0; round < 20; ++round) {
                counters.add_up();
            }
        });
    }
    for (int file = 0; file < 30; ++file) {
        room.add(lot, std::to_string(file) + ".tif", 2);
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_THAT(room.wrong_counters(), IsEmpty());
}

} // namespace
} // namespace pleiade::store
