//! R07: other people and stored records.

use super::draft::Draft;
use super::{Action, Context};
use crate::phrase::Book;

static WORDS: Book = Book::new(include_str!("phrases/people.txt"));

/// Prefixes of our ids and of the keys of our table.
const IDS: [&str; 14] = [
    "fan_", "bot_", "acct_", "acc_", "usr_", "user_id", "chat_id", "tenant_", "conv_", "msg_",
    "t#", "fan#", "acct#", "tenant#",
];
/// Fewest digits in a row that are read as the number of a person or a chat.
const DIGITS: usize = 8;

/// Takes hold of what is known about others, and of anything that looks like a record.
pub(super) fn find(draft: &Draft, _: &Context<'_>) -> Option<Action> {
    let found = draft.chunks().any(is_record) || WORDS.says("people", &draft.sentences);
    found.then_some(Action::Block)
}

/// An id of ours, a UUID or a ULID, or a long run of digits.
fn is_record(chunk: &str) -> bool {
    if IDS.iter().any(|id| chunk.contains(id)) {
        return true;
    }
    chunk
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .any(|word| {
            let hex = word.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
            let uuid = word.len() == 36 && hex && word.matches('-').count() == 4;
            let digits = word.bytes().filter(u8::is_ascii_digit).count();
            let ulid =
                word.len() == 26 && digits > 2 && word.bytes().all(|b| b.is_ascii_alphanumeric());
            uuid || ulid || (digits >= DIGITS && digits == word.len())
        })
}

#[cfg(test)]
mod tests {
    use super::super::RuleId;
    use super::super::testing::{assert_caught, assert_left_alone};

    #[test]
    fn r07_nothing_about_other_people_or_records_leaves() {
        let texts = [
            "another fan told me the same",
            "one of my fans, Tom, bought it",
            "the other subscribers paid 900",
            "in the database you are marked as VIP",
            "your id is fan_01J9Z3K4M5N6P7Q8R9S0T1V2W3",
            "T#01J9",
            "chat id 123456789",
            "550e8400-e29b-41d4-a716-446655440000",
            "ein anderer Fan hat das gekauft",
            "otro fan me dijo",
            "другой фан писал",
            "Robin told me he is moving to Oslo",
            "You know, Robin told me the same",
            "Robin hat mir gestern erzählt, dass er umzieht",
            "Robin me contó que se muda",
            "Robin m'a dit qu'il déménage",
            "Robin mi ha detto che parte",
            "Robin me disse que vai viajar",
            "Робин рассказал мне о переезде",
            "Robin powiedział mi, że się przeprowadza",
            "Robin vertelde me over zijn baan",
            "Robin bana söyledi",
        ];
        assert_caught(RuleId::People, &texts);
    }

    #[test]
    fn talk_about_fans_in_general_is_left_alone() {
        let texts = [
            "my fans are the best",
            "are you a football fan?",
            "your friend sounds lovely",
            "the year 2026",
            "you told me you like rain",
            "My sister told me a joke",
            "Mum told me to rest",
            "Mira told me to be honest",
            "Everything you told me stays here",
            "Meine Mutter hat mir erzählt, wie das geht",
            "Du hast mir erzählt, dass du malst",
            "Mi amiga me contó un chiste",
            "Me dijo mi madre que descanse",
            "On m'a dit que tu peins",
            "Мне сказали, что будет дождь",
        ];
        assert_left_alone(RuleId::People, &texts);
    }
}
