#include "app/cli/commands/balance_table.h"

#include "app/cli/commands/table.h"

namespace pleiade::cli {
namespace {

std::vector<std::string>
row_of(const std::string& code, const std::string& name, const store::CaisseBalance& balance) {
    return {
        code,
        name,
        std::to_string(balance.received),
        std::to_string(balance.delivered),
        std::to_string(balance.to_verify),
        std::to_string(balance.set_aside),
        std::to_string(balance.in_work),
        std::to_string(balance.held),
        std::to_string(balance.unexplained)};
}

} // namespace

std::string balance_table(const std::vector<store::CaisseBalance>& balances) {
    std::vector<std::vector<std::string>> rows{
        {"caisse",
         "",
         "plis in",
         "delivered",
         "to verify",
         "set aside",
         "in work",
         "held",
         "unexplained"}};
    store::CaisseBalance sum;
    for (const store::CaisseBalance& balance : balances) {
        rows.push_back(row_of(balance.caisse, balance.name, balance));
        sum.received += balance.received;
        sum.delivered += balance.delivered;
        sum.to_verify += balance.to_verify;
        sum.set_aside += balance.set_aside;
        sum.in_work += balance.in_work;
        sum.held += balance.held;
        sum.unexplained += balance.unexplained;
    }
    rows.push_back(row_of("all", "", sum));
    return table_text(rows);
}

Json balances_json(const std::vector<store::CaisseBalance>& balances) {
    Json list = Json::array();
    for (const store::CaisseBalance& balance : balances) {
        list.push_back(
            {{"caisse", balance.caisse},
             {"name", balance.name},
             {"received", balance.received},
             {"delivered", balance.delivered},
             {"to_verify", balance.to_verify},
             {"set_aside", balance.set_aside},
             {"in_work", balance.in_work},
             {"held", balance.held},
             {"unexplained", balance.unexplained}}
        );
    }
    return list;
}

} // namespace pleiade::cli
