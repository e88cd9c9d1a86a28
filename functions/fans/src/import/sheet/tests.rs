use super::*;

fn columns() -> BTreeMap<String, ImportColumn> {
    let named = [
        ("Number", ImportColumn::TelegramId),
        ("Given name", ImportColumn::FirstName),
        ("Nick", ImportColumn::Username),
        ("Groups", ImportColumn::Tags),
        ("Remarks", ImportColumn::Note),
    ];
    named
        .map(|(heading, column)| (heading.to_owned(), column))
        .into()
}

fn read(rows: &str) -> Result<Sheet, Problem> {
    let text = format!("Number,Given name,Nick,Groups,Remarks,Colour\r\n{rows}");
    Sheet::read(&text, &columns())
}

fn sheet(rows: &str) -> Sheet {
    read(rows).unwrap_or_else(|problem| panic!("{problem:?}"))
}

/// What is wrong, as row, column and code.
fn wrong(sheet: &Sheet) -> Vec<(usize, &str, &str)> {
    let errors = sheet.errors.iter();
    errors
        .map(|error| (error.row, error.column.as_str(), error.code))
        .collect()
}

fn refused(result: Result<Sheet, Problem>) -> (String, String) {
    match result {
        Err(Problem::Invalid(errors)) => {
            (errors[0].field.clone(), errors[0].code.clone().into_owned())
        }
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("it was taken"),
    }
}

#[test]
fn columns_are_found_by_their_headings_and_the_others_left_out() {
    let sheet = sheet("71,Zoë,@zoe_ph,\"VIP; Berlin,vip\",\"two\nlines\",red\r\n72,,,,,\r\n");
    let [zoe, other] = sheet.people.as_slice() else {
        panic!("{} people", sheet.people.len());
    };
    assert_eq!((zoe.row, zoe.user, other.row, other.user), (2, 71, 3, 72));
    assert_eq!(zoe.profile.first_name, "Zoë");
    assert_eq!(zoe.profile.username.as_deref(), Some("zoe_ph"));
    assert_eq!(zoe.tags, ["VIP", "Berlin"]);
    assert_eq!(zoe.note.as_deref(), Some("two\nlines"));
    assert!(other.profile == FanProfile::default() && other.note.is_none());
    assert!(sheet.errors.is_empty());
}

#[test]
fn everything_that_is_wrong_is_named_by_row_and_column() {
    let long = "x".repeat(65);
    let rows = format!(
        "7.1E+09,{long},zoë,,\n\n,Kim,,,\n71,Ann,,{},\n71,Bo,,,\n",
        "x".repeat(41)
    );
    let sheet = sheet(&rows);
    let expected = [
        (2, "Number", "invalid_value"),
        (2, "Given name", "too_long"),
        (2, "Nick", "invalid_value"),
        (4, "Number", "required"),
        (5, "Groups", "too_long"),
        (6, "Number", "duplicate"),
    ];
    assert_eq!(wrong(&sheet), expected);
    assert_eq!((sheet.rows, sheet.people.len()), (4, 0));
}

#[test]
fn numbers_that_are_none_of_a_person_are_refused() {
    for number in [
        "0",
        "-100123",
        "4503599627370496",
        "12 3",
        "9999999999999999999",
    ] {
        let sheet = sheet(&format!("{number},,,,\n"));
        assert_eq!(wrong(&sheet), [(2, "Number", "invalid_value")], "{number}");
    }
    assert!(sheet("4503599627370495,,,,\n").errors.is_empty());
}

#[test]
fn a_part_has_two_hundred_rows_at_most_and_one_at_least() {
    let rows = |count: usize| -> String { (1..=count).map(|id| format!("{id},,,,\n")).collect() };
    assert_eq!(sheet(&rows(MOST_ROWS)).people.len(), MOST_ROWS);
    let field = |code: &str| ("csv".to_owned(), code.to_owned());
    assert_eq!(refused(read(&rows(MOST_ROWS + 1))), field("too_many"));
    assert_eq!(refused(read(",,,,\n")), field("required"));
    assert_eq!(refused(read("71,\"never closed")), field("invalid_value"));
}

#[test]
fn a_column_that_is_not_there_or_there_twice_is_told() {
    let expected = ("columns".to_owned(), "invalid_value".to_owned());
    for headings in [
        "Number,Given name,Nick,Groups",
        "Number,Number,Given name,Nick,Groups,Remarks",
    ] {
        let text = format!("{headings}\n71\n");
        assert_eq!(
            refused(Sheet::read(&text, &columns())),
            expected,
            "{headings}"
        );
    }
}

#[test]
fn a_tag_with_a_comma_stands_on_a_line_of_its_own() {
    let lines = sheet("71,,,\"first, second\nthird\n\",\n72,,,\"only, one\n\",\n");
    assert_eq!(lines.people[0].tags, ["first, second", "third"]);
    assert_eq!(lines.people[1].tags, ["only, one"]);
}

#[test]
fn a_row_has_as_many_tags_as_a_fan_can_have_and_no_more() {
    let tags = |count: usize| -> String { (0..count).map(|n| format!("t{n};")).collect() };
    assert!(sheet(&format!("71,,,{},\n", tags(MOST))).errors.is_empty());
    let many = sheet(&format!("71,,,{},\n", tags(MOST + 1)));
    assert_eq!(wrong(&many), [(2, "Groups", "too_many")]);
}
