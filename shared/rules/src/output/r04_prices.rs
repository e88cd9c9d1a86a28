//! R04: prices below their floor or of nothing that is for sale, other currencies, discounts, gifts.

use wording::fold;

use super::draft::Draft;
use super::{Action, Context};
use crate::phrase::Book;

static WORDS: Book = Book::new(include_str!("phrases/prices.txt"));

/// Takes hold of every offer that the floors do not cover.
pub(super) fn find(draft: &Draft, context: &Context<'_>) -> Option<Action> {
    let offered = WORDS.says("offers", &draft.sentences)
        || names_money(&draft.lower)
        || asks_less(draft, context);
    offered.then_some(Action::HandOver)
}

/// Whether an amount in a currency, or a share off a price, is named by signs.
pub(crate) fn names_money(lower: &str) -> bool {
    let signs: Vec<char> = lower.chars().filter(|c| *c != ' ').collect();
    signs.windows(2).any(|pair| {
        (is_currency(pair[0]) && pair[1].is_numeric())
            || (pair[0].is_numeric() && is_currency(pair[1]))
            || (pair[0] == '-' && pair[1] == '%')
    })
}

/// Whether a sign is a currency's, in any of its shapes, or the picture of its notes.
fn is_currency(c: char) -> bool {
    const SIGNS: &str = "$\u{58f}\u{60b}\u{9f2}\u{9f3}\u{af1}\u{bf9}\u{e3f}\u{17db}\u{fdfc}\u{fe69}\u{ffe0}\u{ffe1}\u{ffe5}\u{ffe6}💲";
    matches!(c, '¢'..='¥' | '\u{20a0}'..='\u{20cf}' | '💴'..='💷') || SIGNS.contains(c)
}

/// Whether an amount of Stars is named for nothing that is for sale, or below its floor.
fn asks_less(draft: &Draft, context: &Context<'_>) -> bool {
    let text = draft.lower.replace(['⭐', '🌟', '★', '✨'], " stars ");
    let folded = fold(&text);
    let words: Vec<&str> = folded.split(' ').collect();
    words
        .iter()
        .enumerate()
        .filter(|(_, word)| is_star(word))
        .any(|(at, _)| {
            let near = &words[at.saturating_sub(1)..words.len().min(at + 2)];
            if near.iter().any(|word| is_number_word(word)) {
                return true;
            }
            amount(&words, at).is_some_and(|stars| {
                floor_near(&words, at, context).is_none_or(|floor| stars < u64::from(floor))
            })
        })
}

fn is_star(word: &str) -> bool {
    const STARS: &str = " stars star xtr telegramstars estrella estrellas estrela estrelas stern sterne sternen etoile etoiles stella stelle \
        gwiazdka gwiazdki gwiazdek gwiazdkami yildiz yildiza yildizi ster sterren hvezda hvezdy hvezd hvezdicek stea stele αστερι αστερια bintang \
        stjarna stjarnor csillag csillagert звезда звезды звезд звездочек звездами зирка зирки зирок зірка зірки зірок נגמות כוכב כוכבים نجمه نجوم \
        ستاره स्टार स्टार्स सितारे ดาว sao スター すたー 별 스타 星 星星 ";
    STARS.contains(&format!(" {word} "))
}

fn is_number_word(word: &str) -> bool {
    const NUMBERS: &str = " ten twenty thirty forty fifty hundred thousand zehn zwanzig funfzig hundert tausend diez veinte cincuenta cien mil dez vinte \
        cinquenta cem dix vingt cinquante cent dieci venti cinquanta cento десять двадцать пятьдесят сто тысяча ";
    NUMBERS.contains(&format!(" {word} "))
}

/// The number next to a word for Stars; groups of three digits belong together.
fn amount(words: &[&str], at: usize) -> Option<u64> {
    let number = |place: usize| {
        words
            .get(place)
            .filter(|word| word.bytes().all(|b| b.is_ascii_digit()) && !word.is_empty())
    };
    let Some(last) = at.checked_sub(1).and_then(number) else {
        return number(at + 1)?.parse().ok();
    };
    let thousands = at
        .checked_sub(2)
        .and_then(number)
        .filter(|first| first.len() <= 3 && last.len() == 3);
    match thousands {
        Some(first) => format!("{first}{last}").parse().ok(),
        None => last.parse().ok(),
    }
}

/// The floor of what is named closest to a place; what is named before an amount counts as closer than what follows.
fn floor_near(words: &[&str], at: usize, context: &Context<'_>) -> Option<u32> {
    context
        .floors
        .iter()
        .flat_map(|floor| {
            let name = fold(floor.name);
            let name: Vec<&str> = name.split(' ').collect();
            let distances: Vec<usize> = words
                .windows(name.len())
                .enumerate()
                .filter(|(_, window)| window.iter().zip(&name).all(|(a, b)| is_same_noun(a, b)))
                .map(|(place, _)| {
                    if place < at {
                        at - place
                    } else {
                        2 * (place - at + 1)
                    }
                })
                .collect();
            distances
                .into_iter()
                .map(|distance| (distance, floor.stars))
        })
        .min_by_key(|(distance, stars)| (*distance, u32::MAX - stars))
        .map(|(_, stars)| stars)
}

/// Whether a word is the name's, or its plural in `s`.
fn is_same_noun(word: &str, name: &str) -> bool {
    word == name || word.strip_suffix('s') == Some(name)
}

#[cfg(test)]
mod tests {
    use super::super::RuleId;
    use super::super::testing::{assert_caught, assert_left_alone};

    #[test]
    fn r04_no_price_leaves_that_the_floors_do_not_cover() {
        let texts = [
            "the video is 499 ⭐",
            "a call is 1000 stars",
            "the photo set for fifty Stars",
            "photo set 100 ⭐, video 100 ⭐",
            "only $5",
            "5 €",
            "5\u{a0}€",
            "5\u{202f}€",
            "it's $\u{2009}5",
            "💲5",
            "💲\u{fe0f} 5",
            "﹩5",
            "＄５",
            "￡20",
            "20 💶",
            "5\u{fe0f}\u{20e3}€",
            "٥٠ €",
            "₹ ५००",
            "٥٠٠ ﷼",
            "video – 20\u{a0}⭐",
            "20 euros and it's yours",
            "20% off today",
            "half price for you",
            "the video is free for you",
            "te lo dejo gratis",
            "сделаю скидку",
            "ich schenke es dir",
            "it only costs 50",
            "cinq euros et c'est à toi",
            "twenty-five dollars",
            "fünfundzwanzig Euro",
            "solo veinte euros",
            "venticinque euro",
            "dwadzieścia złotych",
            "пятьсот рублей",
            "п'ятсот гривень",
            "vijftig euro voor jou",
            "beş dolar",
            "năm mươi nghìn đồng",
            "五十块钱",
            "오천원",
            "ห้าร้อยบาท",
            "zece lei",
            "خمسين دولار",
            "a fiver for you",
            "five grand and you can have it",
            "that would be 2 grand",
            "twenty quid for the lot",
            "30 bucks",
            "c'est vingt balles",
            "50 balles la vidéo",
            "te sale por veinte pavos",
            "son 30 pavos",
            "macht fünfzig Mäuse",
            "für 20 Kröten gehört es dir",
            "za stówę jest twoje",
            "dwie stówy i masz wszystko",
            "stówa za zdjęcia",
            "отдам за пять штук",
            "за 3 штуки всё твоё",
            "пять косарей",
            "за косарь отдам",
            "sai por 50 conto",
            "cem conto e é seu",
            "yüz papel yeter",
            "200 papel",
        ];
        assert_caught(RuleId::Prices, &texts);
    }

    #[test]
    fn prices_at_their_floor_and_talk_about_freedom_are_left_alone() {
        let texts = [
            "the video is 500 ⭐",
            "The photo set costs 120 Stars.",
            "photo set: 100 ⭐, video: 1 200 ⭐",
            "video: 1\u{202f}200\u{a0}⭐",
            "5\u{a0}km – and I ran all of it",
            "are you free tonight?",
            "feel free to write",
            "stars in the sky",
            "I'm 100% sure",
            "I can't give discounts, sorry",
            "you look like a million dollars",
            "just my two cents",
            "I lost ten pounds last month",
            "Sei come lei",
            "five minutes, six at most",
            "我们一块去吧",
            "하지만 너만 알아",
            "das war ein schöner Tag",
            "the grand opening is on Friday",
            "two grand pianos stood there",
            "one grand adventure, wasn't it",
            "un grand merci à toi",
            "j'ai perdu deux balles au tennis",
            "dix balles de tennis dans le sac",
            "vi veinte pavos reales en el parque",
            "I saw two mice in the kitchen",
            "ein paar Mäuse im Garten",
            "zwei Kröten saßen am Teich",
            "przyjdę na stówę",
            "это интересная штука",
            "у меня их пять штук, и все разные",
            "um conto de fadas",
            "li dois contos ontem",
            "me corté con papel, auch",
            "осталось всего три штуки",
            "hizo el papel de su vida",
        ];
        assert_left_alone(RuleId::Prices, &texts);
    }
}
