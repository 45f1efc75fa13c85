//! ISO 4217 list one: currencies and funds in force in 2026, as data.
//!
//! In scope: alphabetic code, numeric code, minor-unit exponent (`None` where the standard says "N.A."). Out of
//! scope: withdrawn codes (BGN, HRK, CUC, SLL, ANG, ZWL...): an amount in one has been converted by law.
//! An attacker who owns this part could make cents count as units.

/// One code of the list: alphabetic, numeric, exponent.
pub(super) type Row = (&'static str, u16, Option<u8>);

/// Sorted by alphabetic code.
#[rustfmt::skip]
pub(super) const LIST_ONE: &[Row] = &[
    ("AED", 784, Some(2)), ("AFN", 971, Some(2)), ("ALL", 8, Some(2)), ("AMD", 51, Some(2)), ("AOA", 973, Some(2)),
    ("ARS", 32, Some(2)), ("AUD", 36, Some(2)), ("AWG", 533, Some(2)), ("AZN", 944, Some(2)), ("BAM", 977, Some(2)),
    ("BBD", 52, Some(2)), ("BDT", 50, Some(2)), ("BHD", 48, Some(3)), ("BIF", 108, Some(0)), ("BMD", 60, Some(2)),
    ("BND", 96, Some(2)), ("BOB", 68, Some(2)), ("BOV", 984, Some(2)), ("BRL", 986, Some(2)), ("BSD", 44, Some(2)),
    ("BTN", 64, Some(2)), ("BWP", 72, Some(2)), ("BYN", 933, Some(2)), ("BZD", 84, Some(2)), ("CAD", 124, Some(2)),
    ("CDF", 976, Some(2)), ("CHE", 947, Some(2)), ("CHF", 756, Some(2)), ("CHW", 948, Some(2)), ("CLF", 990, Some(4)),
    ("CLP", 152, Some(0)), ("CNY", 156, Some(2)), ("COP", 170, Some(2)), ("COU", 970, Some(2)), ("CRC", 188, Some(2)),
    ("CUP", 192, Some(2)), ("CVE", 132, Some(2)), ("CZK", 203, Some(2)), ("DJF", 262, Some(0)), ("DKK", 208, Some(2)),
    ("DOP", 214, Some(2)), ("DZD", 12, Some(2)), ("EGP", 818, Some(2)), ("ERN", 232, Some(2)), ("ETB", 230, Some(2)),
    ("EUR", 978, Some(2)), ("FJD", 242, Some(2)), ("FKP", 238, Some(2)), ("GBP", 826, Some(2)), ("GEL", 981, Some(2)),
    ("GHS", 936, Some(2)), ("GIP", 292, Some(2)), ("GMD", 270, Some(2)), ("GNF", 324, Some(0)), ("GTQ", 320, Some(2)),
    ("GYD", 328, Some(2)), ("HKD", 344, Some(2)), ("HNL", 340, Some(2)), ("HTG", 332, Some(2)), ("HUF", 348, Some(2)),
    ("IDR", 360, Some(2)), ("ILS", 376, Some(2)), ("INR", 356, Some(2)), ("IQD", 368, Some(3)), ("IRR", 364, Some(2)),
    ("ISK", 352, Some(0)), ("JMD", 388, Some(2)), ("JOD", 400, Some(3)), ("JPY", 392, Some(0)), ("KES", 404, Some(2)),
    ("KGS", 417, Some(2)), ("KHR", 116, Some(2)), ("KMF", 174, Some(0)), ("KPW", 408, Some(2)), ("KRW", 410, Some(0)),
    ("KWD", 414, Some(3)), ("KYD", 136, Some(2)), ("KZT", 398, Some(2)), ("LAK", 418, Some(2)), ("LBP", 422, Some(2)),
    ("LKR", 144, Some(2)), ("LRD", 430, Some(2)), ("LSL", 426, Some(2)), ("LYD", 434, Some(3)), ("MAD", 504, Some(2)),
    ("MDL", 498, Some(2)), ("MGA", 969, Some(2)), ("MKD", 807, Some(2)), ("MMK", 104, Some(2)), ("MNT", 496, Some(2)),
    ("MOP", 446, Some(2)), ("MRU", 929, Some(2)), ("MUR", 480, Some(2)), ("MVR", 462, Some(2)), ("MWK", 454, Some(2)),
    ("MXN", 484, Some(2)), ("MXV", 979, Some(2)), ("MYR", 458, Some(2)), ("MZN", 943, Some(2)), ("NAD", 516, Some(2)),
    ("NGN", 566, Some(2)), ("NIO", 558, Some(2)), ("NOK", 578, Some(2)), ("NPR", 524, Some(2)), ("NZD", 554, Some(2)),
    ("OMR", 512, Some(3)), ("PAB", 590, Some(2)), ("PEN", 604, Some(2)), ("PGK", 598, Some(2)), ("PHP", 608, Some(2)),
    ("PKR", 586, Some(2)), ("PLN", 985, Some(2)), ("PYG", 600, Some(0)), ("QAR", 634, Some(2)), ("RON", 946, Some(2)),
    ("RSD", 941, Some(2)), ("RUB", 643, Some(2)), ("RWF", 646, Some(0)), ("SAR", 682, Some(2)), ("SBD", 90, Some(2)),
    ("SCR", 690, Some(2)), ("SDG", 938, Some(2)), ("SEK", 752, Some(2)), ("SGD", 702, Some(2)), ("SHP", 654, Some(2)),
    ("SLE", 925, Some(2)), ("SOS", 706, Some(2)), ("SRD", 968, Some(2)), ("SSP", 728, Some(2)), ("STN", 930, Some(2)),
    ("SVC", 222, Some(2)), ("SYP", 760, Some(2)), ("SZL", 748, Some(2)), ("THB", 764, Some(2)), ("TJS", 972, Some(2)),
    ("TMT", 934, Some(2)), ("TND", 788, Some(3)), ("TOP", 776, Some(2)), ("TRY", 949, Some(2)), ("TTD", 780, Some(2)),
    ("TWD", 901, Some(2)), ("TZS", 834, Some(2)), ("UAH", 980, Some(2)), ("UGX", 800, Some(0)), ("USD", 840, Some(2)),
    ("USN", 997, Some(2)), ("UYI", 940, Some(0)), ("UYU", 858, Some(2)), ("UYW", 927, Some(4)), ("UZS", 860, Some(2)),
    ("VED", 926, Some(2)), ("VES", 928, Some(2)), ("VND", 704, Some(0)), ("VUV", 548, Some(0)), ("WST", 882, Some(2)),
    ("XAD", 396, Some(2)), ("XAF", 950, Some(0)), ("XAG", 961, None), ("XAU", 959, None), ("XBA", 955, None),
    ("XBB", 956, None), ("XBC", 957, None), ("XBD", 958, None), ("XCD", 951, Some(2)), ("XCG", 532, Some(2)),
    ("XDR", 960, None), ("XOF", 952, Some(0)), ("XPD", 964, None), ("XPF", 953, Some(0)), ("XPT", 962, None),
    ("XSU", 994, None), ("XTS", 963, None), ("XUA", 965, None), ("XXX", 999, None), ("YER", 886, Some(2)),
    ("ZAR", 710, Some(2)), ("ZMW", 967, Some(2)), ("ZWG", 924, Some(2)),
];
