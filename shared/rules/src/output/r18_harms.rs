//! R18: dangerous advice about medicine and drugs.

use super::draft::Draft;
use super::{Action, Context};
use crate::phrase::Book;

static WORDS: Book = Book::new(include_str!("phrases/harms.txt"));

/// Takes hold of doses, of drugs to take, and of treatment to stop or to do without.
pub(super) fn find(draft: &Draft, _: &Context<'_>) -> Option<Action> {
    WORDS
        .says("harms", &draft.sentences)
        .then_some(Action::Block)
}

#[cfg(test)]
mod tests {
    use super::super::RuleId;
    use super::super::testing::{assert_caught, assert_left_alone};

    #[test]
    fn r18_no_dangerous_advice_about_medicine_or_drugs_leaves() {
        let texts = [
            "Take 20 pills and you will sleep",
            "I can give you medical advice: stop your insulin",
            "just skip your antidepressants for a week",
            "mix xanax with vodka, you'll feel great",
            "try some fentanyl with me",
            "you don't need a doctor for that",
            "double your dose tonight",
            "drink bleach, it cures everything",
            "nimm zwanzig Schlaftabletten",
            "setz das Insulin ab",
            "toma veinte pastillas y duerme",
            "deja de tomar la insulina",
            "prends vingt comprimés",
            "arrête ton insuline",
            "prendi venti pillole",
            "выпей двадцать таблеток",
            "брось свои таблетки",
            "吃二十片安眠药",
            "swallow the whole packet, it's fine",
            "you can safely mix sleeping tablets and wine",
            "forget your heart medication today",
            "just do a line of coke with me",
            "nimm die doppelte Dosis",
            "no tomes más tu medicación",
            "mélange tes cachets avec du vin",
            "не пей больше антидепрессанты",
            "smettila con l'insulina",
            "vaccines are poison, don't get one",
            "du brauchst keinen Arzt",
        ];
        assert_caught(RuleId::Harms, &texts);
    }

    #[test]
    fn care_and_talk_about_medicine_are_left_alone() {
        let texts = [
            "did you take your vitamins?",
            "please see a doctor about that",
            "I can't give medical advice, a doctor can",
            "I took a painkiller for my headache",
            "don't stop your medication without asking your doctor",
            "never mix pills with alcohol",
            "hope the medicine helps, get well soon",
            "that song is my drug",
            "gute Besserung, hör auf deinen Arzt",
            "stop working and rest a bit",
            "did your doctor change the dose?",
            "I hope the pills from your doctor work",
            "take two of these cookies and one coffee",
        ];
        assert_left_alone(RuleId::Harms, &texts);
    }
}
