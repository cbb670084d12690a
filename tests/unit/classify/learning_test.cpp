#include "classify/type_trainer.h"
#include "tests/unit/classify/papers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>

namespace pleiade::classify::test {
namespace {

// Types that no anchor of these pages speaks for: what is known of them is learned.
const std::vector<DocumentType>& plain_types() {
    static const std::vector<DocumentType> types{
        {.code = "EAU", .title = "Facture d'eau", .service = "S", .anchors = {}, .fields = {}},
        {.code = "ECOLE", .title = "Bulletin", .service = "S", .anchors = {}, .fields = {}},
        {.code = "GARAGE", .title = "Devis", .service = "S", .anchors = {}, .fields = {}}};
    return types;
}

const std::array<std::vector<std::string>, 3> words_of_types{
    std::vector<std::string>{"robinet", "compteur", "consommation", "hydraulique", "canalisation"},
    std::vector<std::string>{"élève", "trimestre", "professeur", "bulletin", "collège"},
    std::vector<std::string>{"carrosserie", "pneumatique", "embrayage", "moteur", "vidange"}};

const std::vector<std::string> words_of_all{
    "monsieur", "madame", "adresse", "date", "montant", "service", "rue", "ville", "signature"};

PageReading page_of(const std::vector<std::string>& own, std::mt19937& random) {
    Painter page;
    for (int line = 0; line < 6; ++line) {
        std::string text;
        for (int word = 0; word < 4; ++word) {
            const std::vector<std::string>& words = word % 2 == 0 ? own : words_of_all;
            text += words[random() % words.size()] + " ";
        }
        page.line(200, 300 + 150 * line, text);
    }
    return page.page();
}

Trained taught(unsigned seed = 1, int pages_by_type = 24) {
    std::mt19937 random(7);
    TypeTrainer trainer(plain_types(), {.seed = seed});
    for (int page = 0; page < pages_by_type; ++page) {
        for (std::size_t type = 0; type < words_of_types.size(); ++type) {
            trainer.add(
                page_of(words_of_types[type], random),
                plain_types()[type].code,
                "layout " + std::to_string(page)
            );
        }
    }
    return trainer.train({});
}

TypeGuess guess_of(const PageReading& page, const TypeModel& model) {
    const ClassifySettings settings{plain_types(), {}, model};
    return understand({.pages = {page}}, settings, Facts{}).page_types.at(0);
}

TEST(LearnedTypes, MailOfOtherBodiesIsNamedByAnAnchorAndNotByItsWords) {
    const std::vector<DocumentType> types{
        plain_types()[0],
        {.code = "HORS",
         .title = "Autre organisme",
         .service = "S",
         .anchors = {{Anchor::Kind::Phrase, "collège des remparts", 4.0}},
         .fields = {}}};
    std::mt19937 random(7);
    TypeTrainer trainer(types, {.seed = 1});
    for (int page = 0; page < 24; ++page) {
        const std::string layout = "layout " + std::to_string(page);
        trainer.add(page_of(words_of_types[0], random), "EAU", layout);
        trainer.add(page_of(words_of_types[1], random), "HORS", layout);
    }
    const Trained trained = trainer.train({});
    const ClassifySettings settings{types, {}, trained.model};
    PageReading page = page_of(words_of_types[1], random);
    const auto code_of = [&](const PageReading& asked) {
        return understand({.pages = {asked}}, settings, Facts{}).page_types.at(0).code;
    };
    EXPECT_EQ(code_of(page), "INCONNU");
    const PageReading line = Painter().line(200, 200, "COLLÈGE DES REMPARTS").page();
    page.text.words.insert(page.text.words.begin(), line.text.words.begin(), line.text.words.end());
    EXPECT_EQ(code_of(page), "HORS");
}

TEST(LearnedTypes, ATypeThatWasNeverTaughtIsKnownByItsAnchorsAmongTaughtOnes) {
    std::vector<DocumentType> types = plain_types();
    types.push_back(
        {.code = "NOUVEAU",
         .title = "Formulaire nouveau",
         .service = "S",
         .anchors = {{Anchor::Kind::Phrase, "formulaire nouveau", 6.0}},
         .fields = {}}
    );
    std::mt19937 random(3);
    const Trained trained = taught();
    const ClassifySettings settings{types, {}, trained.model};
    PageReading with_anchor = page_of(words_of_types[0], random);
    const PageReading without = with_anchor;
    const PageReading line = Painter().line(200, 200, "FORMULAIRE NOUVEAU").page();
    with_anchor.text.words.insert(
        with_anchor.text.words.begin(), line.text.words.begin(), line.text.words.end()
    );
    const auto code_of = [&](const PageReading& page) {
        return understand({.pages = {page}}, settings, Facts{}).page_types.at(0).code;
    };
    EXPECT_EQ(code_of(with_anchor), "NOUVEAU");
    EXPECT_EQ(code_of(without), "EAU");
}

TEST(LearnedTypes, AreKnownByTheirWordsWithoutAnyAnchor) {
    const TypeModel model = taught().model;
    std::mt19937 random(99);
    for (std::size_t type = 0; type < words_of_types.size(); ++type) {
        EXPECT_EQ(
            guess_of(page_of(words_of_types[type], random), model).code, plain_types()[type].code
        );
    }
}

TEST(LearnedTypes, SayWhichWordsSpokeAndWhereTheyStand) {
    std::mt19937 random(99);
    const TypeGuess guess = guess_of(page_of(words_of_types[2], random), taught().model);
    const auto word = std::find_if(guess.why.begin(), guess.why.end(), [](const Evidence& why) {
        return why.what.starts_with("mot « ");
    });
    ASSERT_NE(word, guess.why.end());
    EXPECT_GT(word->weight, 0.0);
    EXPECT_NE(word->what.find("(+"), std::string::npos) << word->what;
    EXPECT_FALSE(word->box_px.empty());
    EXPECT_EQ(word->page_index, 0);
}

TEST(LearnedTypes, ArePoorlyReadAndStillKnown) {
    Painter page;
    page.line(200, 300, "carrosserle pneumatlque embrayaqe")
        .line(200, 500, "moleur vidanqe carr0sserie montant");
    EXPECT_EQ(guess_of(page.page(), taught().model).code, "GARAGE");
}

TEST(LearnedTypes, AreNeverSureOfAPageThatLooksLikeNothingTaught) {
    Painter page;
    for (int line = 0; line < 6; ++line) {
        page.line(200, 300 + 150 * line, "zephyr quokka xylophone wagon kiwi fjord");
    }
    const TypeGuess guess = guess_of(page.page(), taught().model);
    EXPECT_TRUE(guess.code == "INCONNU" || guess.confidence < 0.9)
        << guess.code << guess.confidence;
    EXPECT_FALSE(guess.automatic);
}

TEST(LearnedTypes, LeaveBlankSidesBlank) {
    PageReading blank;
    blank.blank = true;
    EXPECT_EQ(guess_of(blank, taught().model).code, "BLANC");
}

TEST(LearnedTypes, DoNotOutvoteTheNumberAndTitleOfAForm) {
    ClassifySettings settings = shipped();
    settings.model = taught().model;
    const Decision decision = understand({.pages = {sick_note().page()}}, settings, Facts{});
    EXPECT_EQ(decision.page_types.at(0).code, "AAT");
}

TEST(LearnedTypes, DoNotMakeABadlyReadLetterSure) {
    ClassifySettings settings = shipped();
    settings.model = TypeModel{};
    settings.model->mixing.rules = 3.0; // as sure as can be of what the rules say
    const auto letter_read_with = [&](double confidence) {
        Painter page =
            letter("Je vous informe que j'ai changé d'adresse depuis le début du mois.\n"
                   "Ma nouvelle adresse est celle indiquée en haut de ce courrier et je\n"
                   "vous remercie de bien vouloir mettre à jour mon dossier.");
        page.line(150, 2900, "Veuillez agréer, Madame, Monsieur, mes salutations distinguées.")
            .read_with(confidence);
        return understand({.pages = {page.page()}, .lot_caisse = "061"}, settings, Facts{})
            .page_types.at(0);
    };
    EXPECT_TRUE(letter_read_with(0.93).automatic);
    const TypeGuess badly_read = letter_read_with(0.5);
    EXPECT_EQ(badly_read.code, "LIBRE");
    EXPECT_FALSE(badly_read.automatic) << badly_read.confidence;
}

TEST(Training, GivesTheSameBytesForTheSamePages) {
    EXPECT_EQ(to_bytes(taught().model), to_bytes(taught().model));
}

TEST(Training, SaysHowPagesFaredThatWereLeftOut) {
    const FoldFigures folds = taught().folds;
    EXPECT_GT(folds.pages, 30U);
    EXPECT_GT(folds.right_by_words * 10, folds.pages * 9);
    EXPECT_EQ(folds.right_by_rules, 0U);
}

TEST(Training, LeavesTypesWithFewPagesToTheirAnchors) {
    std::mt19937 random(7);
    TypeTrainer trainer(plain_types(), {.least_pages = 4});
    for (int page = 0; page < 8; ++page) {
        trainer.add(page_of(words_of_types[0], random), "EAU", "a" + std::to_string(page));
        trainer.add(page_of(words_of_types[1], random), "ECOLE", "b" + std::to_string(page));
    }
    trainer.add(page_of(words_of_types[2], random), "GARAGE", "c");
    const Trained trained = trainer.train({});
    EXPECT_EQ(trained.left_out, std::vector<std::string>{"GARAGE"});
    EXPECT_EQ(trained.model.codes, (std::vector<std::string>{"EAU", "ECOLE"}));
}

TEST(Training, RefusesWhatCannotBeToldApart) {
    std::mt19937 random(7);
    TypeTrainer trainer(plain_types());
    for (int page = 0; page < 8; ++page) {
        trainer.add(page_of(words_of_types[0], random), "EAU", "a");
    }
    EXPECT_THROW((void)trainer.train({}), Error);
}

TEST(Training, LearnsNoNumbersOfPeople) {
    std::mt19937 random(7);
    TypeTrainer trainer(plain_types());
    for (int page = 0; page < 8; ++page) {
        for (std::size_t type = 0; type < 2; ++type) {
            PageReading reading = page_of(words_of_types[type], random);
            reading.text.words.front().text = type == 0 ? "184050608800195" : "285310608800124";
            trainer.add(reading, plain_types()[type].code, std::to_string(page));
        }
    }
    const TypeModel model = trainer.train({}).model;
    Painter first;
    Painter second;
    first.line(200, 300, "184050608800195 montant");
    second.line(200, 300, "285310608800124 montant");
    EXPECT_EQ(guess_of(first.page(), model).confidence, guess_of(second.page(), model).confidence);
}

TEST(ModelFile, GivesBackWhatWasWritten) {
    const TypeModel model = taught().model;
    const Result<TypeModel> read = type_model_from(to_bytes(model));
    ASSERT_TRUE(read.ok()) << read.failure().what;
    EXPECT_EQ(read.value(), model);
}

TEST(ModelFile, IsRefusedWithAnyByteChanged) {
    const Bytes good = to_bytes(taught(1, 6).model);
    for (std::size_t at = 0; at < good.size(); at += 1 + good.size() / 500) {
        Bytes bad = good;
        bad[at] ^= std::byte{0x10};
        EXPECT_FALSE(type_model_from(bad).ok()) << at;
    }
}

TEST(ModelFile, IsRefusedWhenCutOffOrTooLongOrNoModelAtAll) {
    const Bytes good = to_bytes(taught(1, 6).model);
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{5}, good.size() / 2, good.size() - 1}) {
        EXPECT_FALSE(type_model_from(BytesView(good).first(size)).ok()) << size;
    }
    Bytes longer = good;
    longer.push_back(std::byte{0});
    EXPECT_FALSE(type_model_from(longer).ok());
    EXPECT_FALSE(type_model_from(bytes_of("a letter to the caisse")).ok());
}

} // namespace
} // namespace pleiade::classify::test
