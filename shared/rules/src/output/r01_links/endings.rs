//! The endings of domains, and which of them are words of ordinary talk too.

/// Every ending that is delegated: what software makes clickable.
const DELEGATED: &str = include_str!("delegated.txt");

/// Endings that are read as a domain however little else tells, also where blanks or other signs stand in between.
const KNOWN: &str = " com net org info biz io co me app dev ai xyz ru su ua by kz рф укр de fr es it pl tr uk us eu cz sk ro gr \
    il ir th vn jp kr cn tw hk in id my sg ph nl be ch at se no fi dk hu bg rs hr pt br mx ar cl pe au nz za ca ly gg gl tv fm \
    cc to la ws pw sh so is im li lt lv ee ge am az uz site online shop store club live link click page pages top vip pro fun \
    space website world today cloud chat love cam porn xxx sex sexy adult tube video photos pics money cash bet casino win \
    finance bank pay help support email social media network agency studio art blog news life one zone tech digital host \
    press wiki onion bit eth ton tk cf gq icu cyou sbs mobi test example local localhost ";

/// Endings that are seldom anything else, also where a blank stands before their full stop.
const SURE: &str = " com net org ru io me info biz xyz app site online shop club live link page top vip tv gg ly ua de fr ";

/// Endings that are words with which a sentence begins, where nothing else tells one from a domain.
const EVERYDAY: &str = " ai by es il it us in id my no be at se to la so is im am li ca ch pe za az sh su ar as ph ge ee bit \
    ton win fun pro love today world life news one help support pay chat money cash bet test video photos pics social media \
    art press space click zone bank sex sexy adult email example local host ";

/// Delegated endings, none of the known, that talk goes on with where a blank was forgotten ("ok.do you"), in any of the
/// languages spoken here: words that begin a sentence, interjections, units, titles.
const TALK: &str = " ad af al ao as aw ba bb bo ci cm cu dj dm do er et gb gm gn hm je jo ke kg ki km lu ma mg mm mo mr ms mt mu \
    na ne ni np nr nu om pa pk pm ps re sa sc si sr st uy va vc ve vi vu ye \
    able baby bar best bid black blue bom book boo bot build buy call care casa case cat cheap christmas coffee compare \
    cool contact dad dance date day direct discover dog dot eat expert fail family fast final fire fit fly food free fyi game \
    games gay got gratis green here hot how ice ist jetzt joy kids like living man meet men mint mit moi mom movie music name \
    new next now ong ooo open party phone pink pizza place play plus post read red rent rest rich rip room run safe save \
    school search seek select show sky smile song soy star study sucks talk team total trust uno viva vivo vote \
    watch weather web wed work wow wtf yoga you zero \
    дети ею ישראל קום مصر المغرب بيتك همراه بازار قطر ایران عراق سودان عمان فلسطين تونس الجزائر भारत ไทย 한국 삼성 我爱你 世界 中国 \
    在线 健康 手机 游戏 みんな сайт bond house dupont ing ";

/// The commonest endings, also in the midst of a sentence after `name. `.
const COMMONEST: &str = " com net org ru ";

/// Abbreviations that end as a domain does: Polish "among others", Italian "for example".
const ABBREVIATIONS: &str = " m.in p.es ";

/// Fewest letters of a name that is hardly a word: `mirafans.cool` closes a line, "so.cool" may.
const LONG: usize = 8;

fn is_in(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|listed| listed == word)
}

/// Whether a word is an ending that is read as a domain in any spelling.
pub(super) fn is_known(word: &str) -> bool {
    is_in(KNOWN, word)
}

/// Whether a word is an ending that is seldom anything else.
pub(super) fn is_sure(word: &str) -> bool {
    is_in(SURE, word)
}

/// Whether a word begins a sentence as often as it ends a domain.
pub(super) fn is_everyday(word: &str) -> bool {
    is_in(EVERYDAY, word)
}

/// Whether a word is an ending that is a domain's also in the midst of a sentence.
pub(super) fn is_commonest(word: &str) -> bool {
    is_in(COMMONEST, word)
}

/// Whether a word ends a domain anywhere in the world.
pub(super) fn is_delegated(word: &str) -> bool {
    let mut lines = DELEGATED.lines().filter(|line| !line.starts_with('#'));
    is_known(word) || lines.any(|line| is_in(line, word))
}

/// Whether what looks like a host is an abbreviation.
pub(super) fn abbreviates(host: &str) -> bool {
    is_in(ABBREVIATIONS, host)
}

/// Whether `name.ending` is a host, where `addressed` tells that parameters, an anchor or a port follow. An ending that
/// talk goes on with is one only then, or behind a name that is no word.
pub(super) fn ends_a_host(name: &str, ending: &str, addressed: bool) -> bool {
    let mixed = name.starts_with(char::is_alphabetic) && name.contains(char::is_numeric);
    let coined = ending.len() > 2 && (mixed || name.contains(['-', '_']));
    // "г.Москва", "М.Дети": what one letter stands for, and a name.
    let initial = name.chars().count() == 1 && !ending.is_ascii();
    is_known(ending)
        || (is_delegated(ending) && (addressed || coined || !(initial || is_in(TALK, ending))))
}

/// Whether `name.ending` is a host where nothing follows it: no sentence that lacks its blank is a single word then.
pub(super) fn closes_a_line(name: &str, ending: &str) -> bool {
    let word = name.rsplit('.').next().unwrap_or(name);
    let long = word.chars().filter(|c| c.is_alphanumeric()).count() >= LONG;
    long && ending.is_ascii() && ending.len() > 2 && is_delegated(ending)
}

/// A word with the Latin letters that its letters look like.
pub(super) fn posed(word: &str) -> String {
    const LIKE: &str = "аaсcеeоoрpхxуyіiјjѕsкkмmтtнhвbԁdԛqԝwοoαaεeιiκkνvρpτtυuχxμmıiӏlոnօo0o1i";
    let like: Vec<char> = LIKE.chars().collect();
    let latin = |c: char| {
        let pair = like.chunks(2).find(|pair| pair[0] == c);
        pair.map_or(c, |pair| pair[1])
    };
    word.chars().map(latin).collect()
}

#[cfg(test)]
mod tests {
    use super::{DELEGATED, EVERYDAY, KNOWN, SURE, TALK, ends_a_host, is_delegated, is_known};

    #[test]
    fn the_list_of_delegated_endings_is_whole_and_in_lower_case() {
        let lines = DELEGATED.lines().filter(|line| !line.starts_with('#'));
        let all: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
        assert!(all.len() > 1_500, "{}", all.len());
        let odd = |word: &&&str| word.to_lowercase() != **word || word.contains(['.', '#']);
        assert_eq!(all.iter().find(odd), None);
        for ending in [
            "com",
            "lol",
            "ie",
            "md",
            "ae",
            "zw",
            "онлайн",
            "مصر",
            "在线",
            "xn--p1ai",
        ] {
            assert!(is_delegated(ending), "{ending}");
        }
        assert!(!is_delegated("well") && !is_delegated("#") && !is_delegated("version"));
    }

    #[test]
    fn every_word_of_talk_was_no_known_ending_and_every_sure_or_everyday_one_is() {
        for word in TALK.split_whitespace() {
            assert!(is_delegated(word) && !is_known(word), "{word}");
            assert!(!ends_a_host("ok", word, false), "{word}");
        }
        let listed = SURE.split_whitespace().chain(EVERYDAY.split_whitespace());
        // `as` was never read as a domain.
        let mut listed = listed.filter(|word| *word != "as");
        assert_eq!(listed.find(|word| !is_known(word)), None);
        assert!(
            KNOWN
                .split_whitespace()
                .all(|word| ends_a_host("ok", word, false))
        );
    }
}
