//! Which script a character belongs to, as far as phrase files are chosen by it.

pub(crate) fn cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}')
}

pub(crate) fn hebrew(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{5ff}')
}

pub(crate) fn arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

pub(crate) fn thai(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{e7f}')
}

pub(crate) fn east_asian(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff66}'..='\u{ff9f}')
}

pub(crate) fn hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7a3}')
}
