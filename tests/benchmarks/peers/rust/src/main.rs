//! The rule of expression_benchmark.cpp by the crate `cel`, over the same rows.
//!
//!     peer ROWS
//!
//! Prints a line of JSON for rows of which all is known, and one for rows with gaps: it knows no
//! unknown values, so they are variables that are not there, an error. Values are made before the
//! clock starts. Processor time.

use cel::common::types::{CelDouble, CelInt, CelString};
use cel::common::value::CowVal;
use cel::context::VariableResolver;
use cel::{Context, Program, Value};
use std::fs::read_to_string;
use std::sync::atomic::{AtomicUsize, Ordering};

const RULE: &str =
    "fee > 0.0 && cc in ['c03', 'c17', 'c29', 'c41', 'c58'] && (hours > 48 || lang != 'ne')";
const LANGUAGES: [&str; 8] = ["ne", "bn", "hi", "en", "id", "my", "tl", "vi"];

fn random_bits(number: u64) -> u64 {
    let mut z = (number + 1).wrapping_mul(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D049BB133111EB);
    z ^ (z >> 31)
}

struct Row {
    fee: Option<CelDouble>,
    country: usize,
    hours: Option<CelInt>,
    language: usize,
}

/// All rows; variables are those of the row it stands at.
struct Rows {
    at: AtomicUsize,
    rows: Vec<Row>,
    countries: Vec<CelString<'static>>,
    languages: Vec<CelString<'static>>,
}

impl Rows {
    fn new(count: u64, gaps: bool) -> Self {
        let rows = (0..count)
            .map(|number| {
                let bits = random_bits(number);
                let hundred = (bits & 0xFFFF) % 100;
                let fee = if hundred < 20 { 0.0 } else { hundred as f64 * 12.5 };
                let hours = (30 + ((bits >> 24) & 0xFF) % 41) as i64;
                let fee_known = !gaps || ((bits >> 40) & 0xFFF) % 20 != 0;
                let hours_known = !gaps || ((bits >> 52) & 0xFFF) % 20 != 0;
                Row {
                    fee: fee_known.then(|| CelDouble::from(fee)),
                    country: ((bits >> 16) & 63) as usize,
                    hours: hours_known.then(|| CelInt::from(hours)),
                    language: ((bits >> 32) & 7) as usize,
                }
            })
            .collect();
        Rows {
            at: AtomicUsize::new(0),
            rows,
            countries: (0..64).map(|code| CelString::from(format!("c{code:02}"))).collect(),
            languages: LANGUAGES.iter().map(|name| CelString::from(*name)).collect(),
        }
    }
}

impl VariableResolver for Rows {
    fn resolve<'b>(&'b self, variable: &str) -> Option<CowVal<'b, 'b>> {
        let row = &self.rows[self.at.load(Ordering::Relaxed)];
        match variable {
            "fee" => row.fee.as_ref().map(|fee| CowVal::Borrowed(fee)),
            "cc" => Some(CowVal::Borrowed(&self.countries[row.country])),
            "hours" => row.hours.as_ref().map(|hours| CowVal::Borrowed(hours)),
            "lang" => Some(CowVal::Borrowed(&self.languages[row.language])),
            _ => None,
        }
    }
}

/// Of this process, in ticks of a hundredth of a second.
fn seconds() -> f64 {
    let stat = read_to_string("/proc/self/stat").expect("no /proc");
    let after_name = stat.rsplit(')').next().expect("no name");
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    let ticks = |index: usize| fields[index].parse::<f64>().expect("no number");
    (ticks(11) + ticks(12)) / 100.0
}

fn peak_mb() -> u64 {
    let status = read_to_string("/proc/self/status").expect("no /proc");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("no VmHWM");
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).expect("no number") >> 10
}

fn measure(count: u64, gaps: bool) {
    const REPEATS: u32 = 5_000;
    let start = seconds();
    let mut program = Program::compile(RULE).expect("it does not compile");
    for _ in 1..REPEATS {
        program = Program::compile(RULE).expect("it does not compile");
    }
    let parse_us = (seconds() - start) / f64::from(REPEATS) * 1e6;

    let rows = Rows::new(count, gaps);
    let mut context = Context::default();
    context.set_variable_resolver(&rows);
    let (mut yes, mut no, mut not_known) = (0u64, 0u64, 0u64);
    let start = seconds();
    for number in 0..rows.rows.len() {
        rows.at.store(number, Ordering::Relaxed);
        match program.execute(&context) {
            Ok(Value::Bool(true)) => yes += 1,
            Ok(Value::Bool(false)) => no += 1,
            _ => not_known += 1,
        }
    }
    let ns_row = (seconds() - start) / count as f64 * 1e9;
    let peak = peak_mb();
    println!(
        "{{\"peer\":\"cel (Rust)\",\"version\":\"0.15.0\",\"rows\":{count},\"gaps\":{gaps},\"ns_row\":{ns_row:.1},\
         \"parse_us\":{parse_us:.1},\"true\":{yes},\"false\":{no},\"not_known\":{not_known},\"peak_mb\":{peak}}}"
    );
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let Some(count) = arguments.get(1).and_then(|text| text.parse().ok()) else {
        eprintln!("usage: peer ROWS");
        std::process::exit(64);
    };
    measure(count, false);
    measure(count, true);
}
