//! `make-warc --out FILE [--bytes N] [--gzip] [--english N]`: a web archive of any size, to measure reading by.
//!
//! Pages are made of sentences in five languages that this project wrote, with the markup, scripts and links that pages of news sites have around their
//! words, some 40 KB each; every `--english`-th page is English (none by default). With `--gzip`, a member a record, as crawls are packed.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};

use anyhow::Context as _;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::option;
use crate::syndication::Dice;

const SENTENCES: [&[&str]; 5] = [
    &[
        "L'armée a repris la ville mercredi après trois jours de combats, selon un porte-parole du ministère.",
        "Des habitants ont raconté que les tirs avaient duré presque toute la nuit dans les quartiers du nord.",
        "Le gouverneur de la province a demandé une trêve pour évacuer les blessés vers l'hôpital de la capitale.",
    ],
    &[
        "El ejército tomó la ciudad el miércoles tras tres días de combates, dijo un portavoz del ministerio.",
        "Los vecinos contaron que los disparos duraron casi toda la noche en los barrios del norte de la ciudad.",
        "El gobernador de la provincia pidió una tregua para llevar a los heridos al hospital de la capital.",
    ],
    &[
        "Армия заняла город после трёх дней боёв, сообщил в среду представитель министерства обороны.",
        "Жители рассказали, что стрельба в северных кварталах продолжалась почти всю ночь.",
        "Губернатор области попросил о перемирии, чтобы вывезти раненых в больницу столицы.",
    ],
    &[
        "قالت مصادر محلية إن القوات الحكومية سيطرت على البلدة صباح الأربعاء بعد ثلاثة أيام من القتال.",
        "وروى السكان أن إطلاق النار استمر معظم الليل في الأحياء الشمالية من المدينة.",
        "وطلب المحافظ هدنة لإجلاء الجرحى إلى مستشفى العاصمة.",
    ],
    &[
        "Ordu üç gün süren çatışmaların ardından çarşamba günü kasabayı ele geçirdi, dedi bakanlık sözcüsü.",
        "Mahalle sakinleri, silah seslerinin kuzey semtlerinde neredeyse bütün gece sürdüğünü anlattı.",
        "Vali, yaralıların başkentteki hastaneye taşınması için ateşkes istedi.",
    ],
];
const ENGLISH: [&str; 3] = [
    "Rebels captured the town of Rawa on Tuesday, a commander said, after three days of fighting along the river.",
    "Residents said that the shelling of the northern quarters had gone on for most of the night.",
    "The governor asked for a truce so that the wounded could be taken to the hospital of the capital.",
];

pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    let path = option(arguments, "--out").context("make-warc needs --out FILE")?;
    let size: u64 = option(arguments, "--bytes").map_or(Ok(5_000_000_000), str::parse)?;
    let english: u64 = option(arguments, "--english").map_or(Ok(0), str::parse)?;
    let gzip = arguments.iter().any(|argument| argument == "--gzip");
    let mut out = BufWriter::with_capacity(
        1 << 20,
        File::create(path).with_context(|| format!("cannot write {path}"))?,
    );
    let mut dice = Dice::new(11);
    let (mut written, mut pages) = (0u64, 0u64);
    while written < size {
        pages += 1;
        let sentences: &[&str] = if english > 0 && pages % english == 0 {
            &ENGLISH
        } else {
            SENTENCES[dice.below(SENTENCES.len())]
        };
        let record = record(pages, &page(pages, sentences, &mut dice));
        written += record.len() as u64;
        if gzip {
            let mut member = GzEncoder::new(&mut out, Compression::fast());
            member.write_all(&record)?;
            member.finish()?;
        } else {
            out.write_all(&record)?;
        }
    }
    out.flush()?;
    println!("{pages} pages, {written} bytes of records, {} bytes of file", std::fs::metadata(path)?.len());
    Ok(())
}

fn record(number: u64, page: &str) -> Vec<u8> {
    let answer =
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nServer: x\r\n\r\n{page}");
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\nWARC-Date: 2017-11-09T00:00:00Z\r\nContent-Length: {}\r\n\
         Content-Type: application/http; msgtype=response\r\nWARC-Target-URI: https://news{}.example/{number}\r\n\r\n{answer}\r\n\r\n",
        answer.len(),
        number % 997
    )
    .into_bytes()
}

fn page(number: u64, sentences: &[&str], dice: &mut Dice) -> String {
    let mut page = format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{}</title><link rel=\"stylesheet\" href=\"/style.css\">",
        sentences[0]
    );
    for n in 0..20 {
        let _ = write!(
            page,
            "<script>var part{n} = {{id: {number}, on: true, list: [1, 2, 3]}}; window.load(part{n}, '{}');</script>",
            "x".repeat(300)
        );
    }
    page.push_str("</head><body><nav><ul>");
    for n in 0..60 {
        let _ = write!(
            page,
            "<li class=\"menu menu-{n}\"><a href=\"/section/{n}?from=nav\"><span>{n}</span></a></li>"
        );
    }
    page.push_str("</ul></nav><main><article>");
    for _ in 0..8 + dice.below(20) {
        page.push_str("<p class=\"body\">");
        for _ in 0..3 {
            page.push_str(sentences[dice.below(sentences.len())]);
            page.push(' ');
        }
        page.push_str("</p>\n");
    }
    page.push_str("</article></main><aside>");
    for n in 0..80 {
        let _ = write!(
            page,
            "<div class=\"teaser\" data-id=\"{n}\"><a href=\"/story/{n}\"><img src=\"/img/{n}.jpg\" alt=\"\"></a></div>"
        );
    }
    page.push_str("</aside></body></html>");
    page
}
