//! Each rule, and a row that breaks it.

use super::{line, with};

#[test]
fn a_region_that_cannot_be_is_told_with_its_line() {
    let cohorts = |one, other| with("cohorts.csv", 17, one, other);
    assert!(line("cohorts.csv", 17).starts_with("2017,35.22,Kabupaten Bojonegoro,"));
    for (one, other, said) in [
        ("2017,", "2020,", "there was no cohort in 2020"),
        ("2017,", "abc,", "year: invalid digit found in string"),
        ("35.22", "3522", "\"3522\" is no code of Kemendagri's"),
        ("35.22", "35.72", "35.72 is the code of a kota, not of a kabupaten"),
        ("35.22", "33.22", "the code 33.22 does not lie in province 35"),
        (",35,", ",37,", "no province has the code \"37\""),
        (",kabupaten,", ",ministry,", "a ministry does not belong into this table"),
        (",kabupaten,", ",desa,", "unknown variant `desa`"),
        (
            "Kabupaten Bojonegoro,Kab",
            "Bojonegoro,Kab",
            "the name \"Bojonegoro\" does not begin with \"Kabupaten \"",
        ),
        (
            "Kabupaten Bojonegoro,Kab",
            "Kabupaten Bojonegoro ,Kab",
            "\"Kabupaten Bojonegoro \" has space around it",
        ),
        (",Kabupaten Bojonegoro,kab", ",,kab", "name_as_published is empty"),
        (",Bojonegoro,", ",,", "seat is empty"),
        ("-7.1502", "61.2", "latitude 61.2 is not in Indonesia"),
        ("-7.1502", "-11.2", "latitude -11.2 is not in Indonesia"),
        ("-7.1502", "NaN", "latitude NaN is not in Indonesia"),
        ("111.8817", "94.8", "longitude 94.8 is not in Indonesia"),
        ("111.8817", "141.2", "longitude 141.2 is not in Indonesia"),
        ("geonames:1648451", "map", "\"map\" is neither `geonames:` with a number nor `hand`"),
        ("geonames:1648451", "geonames:", "\"geonames:\" is neither"),
        (",list,", ",sure,", "unknown variant `sure`"),
        ("http://rtikkediri.or.id/", "ftp://rtikkediri.or.id/", "\"ftp://rtikkediri.or.id/the"),
        ("http://rtikkediri.or.id/", "rtikkediri ", "is not the address of a source"),
        ("http://rtikkediri.or.id/", "http://a.id/ http://b.id/", "is not the address of a source"),
    ] {
        let told = cohorts(one, other);
        assert!(told.starts_with("cohorts.csv:17: ") && told.contains(said), "{told}");
    }
    let told = with("cohorts.csv", 103, "Lake Toba group: one of the eight at the closing discussion.", "");
    assert_eq!(told, "cohorts.csv:103: the note is said in one language only");
}

#[test]
fn rows_that_do_not_fit_together_are_told_with_the_later_line() {
    let again = format!("{}\n{}", line("cohorts.csv", 2), line("cohorts.csv", 2));
    let told = with("cohorts.csv", 2, &line("cohorts.csv", 2), &again);
    assert_eq!(told, "cohorts.csv:3: 15.71 in 2017 stands there already, on line 2");
    let first = line("cohorts.csv", 14);
    assert!(first.contains("34.04") && line("cohorts.csv", 113).contains("34.04"));
    for (one, other, column) in [
        ("Kabupaten Sleman,", "Kabupaten Slemann,", "name"),
        (",Sleman,", ",Beran,", "seat"),
        ("-7.71556", "-7.7156", "the place"),
        ("geonames:1626754", "hand", "position"),
    ] {
        let told = with("cohorts.csv", 113, one, other);
        assert_eq!(told, format!("cohorts.csv:113: {column} is not what line 14 says of 34.04"));
    }
}

#[test]
fn a_seat_that_is_another_regions_is_told() {
    let bandung = line("cohorts.csv", 61);
    assert!(bandung.contains(",32.04,") && line("cohorts.csv", 9).contains("-6.92222,107.60694"));
    let told = with("cohorts.csv", 61, "-7.03306,107.51833", "-6.92222,107.60694");
    assert_eq!(told, "cohorts.csv:61: kota:32.73 has its seat on the same spot");
}

#[test]
fn a_column_that_is_missing_or_unknown_is_told() {
    let told = with("cohorts.csv", 1, ",evidence,", ",proof,");
    assert!(told.starts_with("cohorts.csv:2: unknown field `proof`"), "{told}");
    let told = with("cohorts.csv", 17, "2017,", "");
    assert!(told.starts_with("cohorts.csv: CSV error: record 16 (line: 17"), "{told}");
}

#[test]
fn a_province_that_cannot_be_is_told_with_its_line() {
    assert!(line("provinces.csv", 13).starts_with("32,Jawa Barat,27,yes,5,6,"));
    for (one, other, said) in [
        ("32,", "3,", "13: \"3\" is no code of Kemendagri's"),
        ("32,", "31,", "13: province 31 stands there already, on line 12"),
        ("Jawa Barat", "Jawa Tengah", "14: Jawa Tengah stands there already, on line 13"),
        ("Jawa Barat", "", "13: name is empty"),
        ("yes", "ja", "13: unknown variant `ja`, expected `yes` or `no`"),
        ("5,6", "13,6", "13: tile 13, 6 is not on the grid of 13 by 8"),
        ("5,6", "5,8", "13: tile 5, 8 is not on the grid of 13 by 8"),
        ("5,6", "6,6", "14: tile 6, 6 stands there already, on line 13"),
        ("https://", "www.", "13: \"www.github.com/cahyadsn/wilayah\" is not the address of a source"),
        (",27,", ",28,", " 515 kabupaten and kota, but there are 514"),
        ("yes", "no", " 33 provinces of 2019, but there are 34"),
    ] {
        let told = with("provinces.csv", 13, one, other);
        assert_eq!(told, format!("provinces.csv:{said}"));
    }
    let told = with("provinces.csv", 13, &line("provinces.csv", 13), "");
    assert_eq!(told, "provinces.csv: 37 provinces, but there are 38");
}

#[test]
fn a_declarator_that_cannot_be_is_told_with_its_line() {
    assert!(line("declarators.csv", 13).starts_with("32,Bandung,-6.92222,107.60694,"));
    for (one, other, said) in [
        ("32,", "30,", "13: no province has the code \"30\""),
        ("32,", "93,", "13: province 93 did not exist in 2019"),
        ("32,", "31,", "13: province 31 stands there already, on line 12"),
        ("Bandung", "", "13: capital is empty"),
        ("-6.92222", "6.92222", "13: latitude 6.92222 is not in Indonesia"),
        ("https://megapolitan", "megapolitan", "13: \"megapolitan.kompas.com/"),
        ("https://megapolitan", " https://megapolitan", "13: \" https://megapolitan"),
        (" https://katadata", "  https://katadata", "13: \"\" is not the address of a source"),
    ] {
        let told = with("declarators.csv", 13, one, other);
        assert!(told.starts_with(&format!("declarators.csv:{said}")), "{told}");
    }
    let told = with("declarators.csv", 13, &line("declarators.csv", 13), "");
    assert_eq!(told, "declarators.csv: 33 declarators, but there are 34");
}

#[test]
fn a_partner_that_cannot_be_is_told_with_its_line() {
    assert!(
        line("partners.csv", 3).starts_with("ministry,kemendagri,Kementerian Dalam Negeri,2017 2018 2019,")
    );
    for (one, other, said) in [
        ("ministry,", "kota,", "a kota does not belong into this table"),
        ("ministry,", "declarator,", "a declarator does not belong into this table"),
        ("kemendagri", "Kemendagri", "\"Kemendagri\" is no code: lower-case letters"),
        ("kemendagri", "kominfo", "ministry:kominfo stands there already, on line 2"),
        ("Kementerian Dalam Negeri", "", "name is empty"),
        ("2017 2018", "2018 2017", "years: not in their order, or one of them twice"),
        ("2017 2018", "2017 2017", "years: not in their order, or one of them twice"),
        ("2017 2018", "2017 2016", "there was no cohort in 2016"),
        ("2017 2018", "2017 x", "years: \"x\" is no year"),
        (
            "One of the bodies that ran the joint programme, the Movement Towards 100 Smart Cities.",
            "",
            "the role is said in one language only",
        ),
        ("https://kominfo", "kominfo", "\"kominfo.go.id"),
    ] {
        let told = with("partners.csv", 3, one, other);
        assert!(told.starts_with(&format!("partners.csv:3: {said}")), "{told}");
    }
}

#[test]
fn a_claim_that_cannot_be_is_told_with_its_line() {
    assert!(line("claims.csv", 7).starts_with("total,2021,141,514,2022-04-21,"));
    for (one, other, said) in [
        ("total,", "all,", "unknown variant `all`"),
        ("2021,", "2020,", "there was no cohort in 2020"),
        (",141,", ",515,", "515 of 514 is more than all"),
        (",141,", ",-1,", "number: invalid digit found in string"),
        ("2022-04-21", "2022-04-31", "\"2022-04-31\" is not a day (YYYY-MM-DD)"),
        ("2022-04-21", "20220421", "\"20220421\" is not a day (YYYY-MM-DD)"),
        ("https://", "", "\"bekasi.tribunnews.com"),
    ] {
        let told = with("claims.csv", 7, one, other);
        assert!(told.starts_with(&format!("claims.csv:7: {said}")), "{told}");
    }
    let told = with("claims.csv", 2, "\"Johnny G. Plate, Menteri Komunikasi dan Informatika\"", "");
    assert_eq!(told, "claims.csv:2: the speaker is said in one language only");
    let again = format!("{}\n{}", line("claims.csv", 4), line("claims.csv", 4));
    let told = with("claims.csv", 4, &line("claims.csv", 4), &again);
    assert_eq!(told, "claims.csv:5: this claim of 2018 stands there already, on line 4");
}
