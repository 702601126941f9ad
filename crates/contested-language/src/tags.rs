//! The label sets of the analysis: Universal Dependencies v2 as UD English uses them, Penn Treebank tags, kinds of names.

macro_rules! labels {
    ($(#[$meta:meta])* $name:ident default $default:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $(#[doc = concat!("<code>", $text, "</code>")] $variant),+ }

        impl $name {
            /// Every label, in the order of the model's output.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The label as CoNLL-U writes it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The label written `text`.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)+ _ => None }
            }
        }

        impl Default for $name {
            fn default() -> Self { Self::$default }
        }
    };
}

labels! {
    /// Universal part of speech (UD v2).
    Upos default X {
        Adj = "ADJ",
        Adp = "ADP",
        Adv = "ADV",
        Aux = "AUX",
        Cconj = "CCONJ",
        Det = "DET",
        Intj = "INTJ",
        Noun = "NOUN",
        Num = "NUM",
        Part = "PART",
        Pron = "PRON",
        Propn = "PROPN",
        Punct = "PUNCT",
        Sconj = "SCONJ",
        Sym = "SYM",
        Verb = "VERB",
        X = "X",
    }
}

labels! {
    /// Penn Treebank tag, as in UD English's fifth column.
    Xpos default Xx {
        Cc = "CC",
        Cd = "CD",
        Dt = "DT",
        Ex = "EX",
        Fw = "FW",
        In = "IN",
        Jj = "JJ",
        Jjr = "JJR",
        Jjs = "JJS",
        Ls = "LS",
        Md = "MD",
        Nn = "NN",
        Nns = "NNS",
        Nnp = "NNP",
        Nnps = "NNPS",
        Pdt = "PDT",
        Pos = "POS",
        Prp = "PRP",
        PrpPoss = "PRP$",
        Rb = "RB",
        Rbr = "RBR",
        Rbs = "RBS",
        Rp = "RP",
        Sym = "SYM",
        To = "TO",
        Uh = "UH",
        Vb = "VB",
        Vbd = "VBD",
        Vbg = "VBG",
        Vbn = "VBN",
        Vbp = "VBP",
        Vbz = "VBZ",
        Wdt = "WDT",
        Wp = "WP",
        WpPoss = "WP$",
        Wrb = "WRB",
        Hyph = "HYPH",
        Afx = "AFX",
        Nfp = "NFP",
        Add = "ADD",
        Gw = "GW",
        Xx = "XX",
        Dollar = "$",
        Stop = ".",
        Comma = ",",
        Colon = ":",
        OpenQuote = "``",
        CloseQuote = "''",
        OpenBracket = "-LRB-",
        CloseBracket = "-RRB-",
    }
}

labels! {
    /// Relation to the head (UD v2 with the subtypes of UD English).
    Deprel default Dep {
        Acl = "acl",
        AclRelcl = "acl:relcl",
        Advcl = "advcl",
        AdvclRelcl = "advcl:relcl",
        Advmod = "advmod",
        Amod = "amod",
        Appos = "appos",
        Aux = "aux",
        AuxPass = "aux:pass",
        Case = "case",
        Cc = "cc",
        CcPreconj = "cc:preconj",
        Ccomp = "ccomp",
        Compound = "compound",
        CompoundPrt = "compound:prt",
        Conj = "conj",
        Cop = "cop",
        Csubj = "csubj",
        CsubjOuter = "csubj:outer",
        CsubjPass = "csubj:pass",
        Dep = "dep",
        Det = "det",
        DetPredet = "det:predet",
        Discourse = "discourse",
        Dislocated = "dislocated",
        Expl = "expl",
        Fixed = "fixed",
        Flat = "flat",
        FlatForeign = "flat:foreign",
        Goeswith = "goeswith",
        Iobj = "iobj",
        List = "list",
        Mark = "mark",
        Nmod = "nmod",
        NmodDesc = "nmod:desc",
        NmodNpmod = "nmod:npmod",
        NmodPoss = "nmod:poss",
        NmodTmod = "nmod:tmod",
        NmodUnmarked = "nmod:unmarked",
        Nsubj = "nsubj",
        NsubjOuter = "nsubj:outer",
        NsubjPass = "nsubj:pass",
        Nummod = "nummod",
        Obj = "obj",
        Obl = "obl",
        OblAgent = "obl:agent",
        OblNpmod = "obl:npmod",
        OblTmod = "obl:tmod",
        OblUnmarked = "obl:unmarked",
        Orphan = "orphan",
        Parataxis = "parataxis",
        Punct = "punct",
        Reparandum = "reparandum",
        Root = "root",
        Vocative = "vocative",
        Xcomp = "xcomp",
    }
}

labels! {
    /// What kind of thing a name names.
    NameKind default Other {
        Person = "person",
        Organisation = "organisation",
        ArmedGroup = "armed-group",
        Place = "place",
        Facility = "facility",
        Norp = "norp",
        Date = "date",
        Number = "number",
        Weapon = "weapon",
        Other = "other",
    }
}

impl Deprel {
    /// The relation without its subtype (`acl:relcl` → `acl`).
    #[must_use]
    pub fn base(self) -> Self {
        let text = self.as_str();
        text.split_once(':').and_then(|(base, _)| Self::parse(base)).unwrap_or(self)
    }

    /// Whether this is `wanted` or a subtype of it.
    pub fn is(self, wanted: Self) -> bool {
        self == wanted || self.base() == wanted
    }
}

impl Xpos {
    /// Whether the tag is one of a verb's (VB, VBD, VBG, VBN, VBP, VBZ).
    pub const fn is_verb(self) -> bool {
        matches!(self, Self::Vb | Self::Vbd | Self::Vbg | Self::Vbn | Self::Vbp | Self::Vbz)
    }
}
